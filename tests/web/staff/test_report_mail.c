/* Reports by mail: chosen on a report's page, sent once at the hour, run with the reader's own
 * rights when the mail is sent. */
#include "support/test.h"
#include "fixture/portal.h"

#include "base/log.h"
#include "base/str.h"
#include "program/program.h"
#include "program/worker.h"
#include "report/report_jobs.h"
#include "report/report_mail.h"

#define BASE "/staff/reports"

static struct portal portal;
static struct webtest *staff;
static struct visitor writer, other;
static struct db *worker;
static struct view *mail;
static int64_t report;

static const char *with(const char *format, int64_t id)
{
    return portal_with_id(&portal, format, id);
}

static int64_t number(const char *sql)
{
    return portal_number(&portal, sql);
}

static int set_up(void **state)
{
    (void)state;
    log_set_sink(portal_keep_quiet);
    portal_open(&portal);
    staff = portal_program(&portal, &program_staff);
    assert_ok(testdb_connect_as(webtest_schema(staff), "worker", worker_statements, &worker));
    mail = view_new();
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    view_free(mail);
    db_close(worker);
    portal_close(&portal);
    return 0;
}

/* One registration of a department, another that OTHER reviews; OTHER sees no department, and both
 * have a role with every right on reports and registrations. */
static int begin(void **state)
{
    static const char page[] = BASE "/new/deals";

    (void)state;
    portal_forget_rates(&portal);
    writer = other = (struct visitor){ 0 };
    portal_sign_in_as(staff, &writer, AUD_STAFF, 0);
    portal_sign_in_as(staff, &other, AUD_STAFF, 0);
    portal_run(&portal, "DELETE FROM outbox; DELETE FROM report_mail; INSERT IGNORE INTO department"
                        " (id, last_id, name_en, name_zh) VALUES (500000000, 500000999, 'North',"
                        " '北'); DELETE FROM deal WHERE project_name = 'mailed'");
    portal_run(&portal,
               with("INSERT INTO deal (account_id, created_by, state, phase, company_name,"
                    " project_name, department_id, created_at, updated_at) SELECT ?, 1, 'approved',"
                    " 2, name, 'mailed', 500000000, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) FROM (SELECT"
                    " 'Amber Works' AS name UNION ALL SELECT 'Cobalt Ltd') x",
                    portal.world.north.account));
    portal_run(&portal, with("UPDATE deal SET reviewer_id = ? WHERE company_name = 'Cobalt Ltd' AND"
                             " project_name = 'mailed'",
                             other.user_id));
    for (int i = 0; i < 2; i++)
        portal_run(&portal,
                   with("DELETE FROM user_role WHERE user_id = ?; INSERT INTO user_role (user_id,"
                        " role_id) SELECT ?, id FROM role WHERE audience = 'staff' AND code ="
                        " 'channel_manager'",
                        i == 0 ? writer.user_id : other.user_id));
    portal_run(&portal, "UPDATE role SET scope = '' WHERE audience = 'staff'");
    portal_run(&portal, with("UPDATE user SET scope = 'all' WHERE id = ?", writer.user_id));
    portal_run(&portal, with("UPDATE user SET scope = 'own' WHERE id = ?", other.user_id));
    assert_int_equal(webtest_post(staff, &writer, page, page,
                                  "name=Daily&share=staff&column1=customer&filter1=project&op1=is&"
                                  "value1=mailed")
                         .status,
                     303);
    report = number("SELECT MAX(id) FROM report");
    return 0;
}

static int choose(struct visitor *v, const char *body)
{
    const char *page = with(BASE "/?", report);

    return webtest_post(staff, v, page, arena_join(portal.world.a, page, "/mail", NULL), body)
        .status;
}

static void make_due(void)
{
    portal_run(&portal, "UPDATE report_mail SET next_at = UTC_TIMESTAMP(6) - INTERVAL 3 DAY");
}

static void run_job(void)
{
    struct job_context ctx = { .db = worker, .arena = arena_new(65536) };

    assert_ok(report_jobs[0].handler(&ctx, &(struct job){ .kind = "report.mail", .tries = 1 }));
    arena_free(ctx.arena);
}

static int64_t mails(const struct visitor *v)
{
    return number(with("SELECT COUNT(*) FROM outbox WHERE template = 'report/report' AND user_id"
                       " = ?",
                       v->user_id));
}

static void read_mail(const struct visitor *v)
{
    struct outbox_reading reading = { .user_id = v->user_id,
                                      .object_id = report,
                                      .kind = "report",
                                      .base = "https://portal.example",
                                      .locale = text_locale_get(LANG_EN, "UTC"),
                                      .view = mail };

    view_reset(mail);
    assert_ok(db_begin_write(worker));
    assert_ok(report_fill_mail(worker, portal.world.a, &reading));
    assert_ok(db_commit(worker));
}

static void test_report_mail__comes_once_at_its_time_to_who_chose_it(void **state)
{
    (void)state;
    assert_int_equal(choose(&writer, "every=day&hour=7"), 303);
    run_job();
    assert_int_equal(mails(&writer), 0);
    make_due();
    run_job();
    run_job();
    assert_int_equal(mails(&writer), 1);
    assert_int_equal(mails(&other), 0);
    assert_int_equal(number("SELECT next_at > UTC_TIMESTAMP(6) FROM report_mail"), 1);
}

static void test_report_mail__ends_where_it_began(void **state)
{
    struct answer a;

    (void)state;
    assert_int_equal(choose(&writer, "every=week&hour=7"), 303);
    a = webtest_get(staff, &writer, with(BASE "/?", report));
    assert_true(answer_has(&a, "The next one comes on"));
    assert_int_equal(choose(&writer, "every=&hour=7"), 303);
    assert_int_equal(number("SELECT COUNT(*) FROM report_mail"), 0);
    assert_int_equal(choose(&writer, "every=hourly&hour=7"), 422);
    assert_int_equal(choose(&writer, "every=day&hour=24"), 422);
}

static void test_report_mail__shows_its_reader_what_he_may_see(void **state)
{
    (void)state;
    read_mail(&writer);
    assert_string_equal(view_get(mail, "Title"), "Daily");
    assert_non_null(strstr(view_get(mail, "Rows.0.Text"), "Cobalt Ltd"));
    assert_non_null(strstr(view_get(mail, "Rows.1.Text"), "Amber Works"));
    read_mail(&other);
    assert_non_null(strstr(view_get(mail, "Rows.0.Text"), "Cobalt Ltd"));
    assert_string_equal(view_get(mail, "Rows.1.Text"), "");
}

static void test_report_mail__says_nothing_of_what_was_taken_away_meanwhile(void **state)
{
    (void)state;
    portal_run(&portal, with("UPDATE report SET share = 'private' WHERE id = ?", report));
    read_mail(&other);
    assert_string_equal(view_get(mail, "IsGone"), "1");
    assert_string_equal(view_get(mail, "Rows.0.Text"), "");
    assert_string_not_equal(view_get(mail, "Title"), "Daily");
    portal_run(&portal, with("DELETE FROM user_role WHERE user_id = ?", writer.user_id));
    read_mail(&writer);
    assert_string_equal(view_get(mail, "IsGone"), "1");
    assert_string_equal(view_get(mail, "Rows.0.Text"), "");
}

static void test_report_mail__is_sent_to_nobody_who_is_disabled(void **state)
{
    (void)state;
    assert_int_equal(choose(&other, "every=day&hour=7"), 303);
    portal_run(&portal, with("UPDATE user SET status = 'disabled' WHERE id = ?", other.user_id));
    make_due();
    run_job();
    assert_int_equal(mails(&other), 0);
    read_mail(&other);
    assert_string_equal(view_get(mail, "IsGone"), "1");
}

static void test_report_mail__ends_with_its_report(void **state)
{
    const char *page = with(BASE "/?/delete", report);

    (void)state;
    assert_int_equal(choose(&other, "every=month&hour=0"), 303);
    assert_int_equal(webtest_post(staff, &writer, page, page, "row_version=1").status, 303);
    assert_int_equal(number("SELECT COUNT(*) FROM report_mail"), 0);
    run_job();
    read_mail(&other);
    assert_string_equal(view_get(mail, "IsGone"), "1");
}

static int64_t at(int year, int month, int day, int hour)
{
    return civil_to_us(&(struct civil){ .year = year, .month = month, .day = day, .hour = hour });
}

/* 28 November 2026 is a Saturday. */
static void test_report_mail__knows_the_next_day_monday_and_month_where_its_reader_is(void **state)
{
    const struct text_locale *utc = text_locale_get(LANG_EN, "UTC"),
                             *shanghai = text_locale_get(LANG_ZH, "Asia/Shanghai");
    const int64_t now = at(2026, 11, 28, 8);

    (void)state;
    assert_true(report_next_at(utc, "day", 9, now) == at(2026, 11, 28, 9));
    assert_true(report_next_at(utc, "day", 8, now) == at(2026, 11, 29, 8));
    assert_true(report_next_at(utc, "week", 9, now) == at(2026, 11, 30, 9));
    assert_true(report_next_at(utc, "month", 9, now) == at(2026, 12, 1, 9));
    assert_true(report_next_at(shanghai, "day", 17, now) == at(2026, 11, 28, 9));
    assert_true(report_next_at(shanghai, "day", 7, now) == at(2026, 11, 28, 23));
}

#define TEST(name) cmocka_unit_test_setup(name, begin)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_report_mail__comes_once_at_its_time_to_who_chose_it),
        TEST(test_report_mail__ends_where_it_began),
        TEST(test_report_mail__shows_its_reader_what_he_may_see),
        TEST(test_report_mail__says_nothing_of_what_was_taken_away_meanwhile),
        TEST(test_report_mail__is_sent_to_nobody_who_is_disabled),
        TEST(test_report_mail__ends_with_its_report),
        TEST(test_report_mail__knows_the_next_day_monday_and_month_where_its_reader_is),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
