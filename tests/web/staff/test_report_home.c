/* Charts on home pages: put there by a person or for a role, made by the worker with the rights of
 * who looks, and shown while these are the same. */
#include "support/test.h"
#include "fixture/portal.h"

#include "base/log.h"
#include "base/str.h"
#include "program/program.h"
#include "program/worker.h"
#include "report/report_home.h"

#define BASE "/staff/reports"

static struct portal portal;
static struct webtest *staff;
static struct visitor writer, other;
static struct db *worker;
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
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    db_close(worker);
    portal_close(&portal);
    return 0;
}

static void give_role(const struct visitor *v, const char *code)
{
    portal_run(&portal, with("DELETE FROM user_role WHERE user_id = ?", v->user_id));
    portal_run(&portal, with(arena_join(portal.world.a,
                                        "INSERT INTO user_role (user_id, role_id) SELECT ?, id FROM"
                                        " role WHERE audience = 'staff' AND code = '",
                                        code, "'", NULL),
                             v->user_id));
}

/* Two registrations of a department and one that OTHER reviews, who sees no department. */
static int begin(void **state)
{
    static const char page[] = BASE "/new/deals";

    (void)state;
    portal_forget_rates(&portal);
    writer = other = (struct visitor){ 0 };
    portal_sign_in_as(staff, &writer, AUD_STAFF, 0);
    portal_sign_in_as(staff, &other, AUD_STAFF, 0);
    portal_run(&portal, "DELETE FROM report_pin; DELETE FROM report_home_role; DELETE FROM report"
                        " WHERE owner_id IS NOT NULL; INSERT IGNORE INTO department (id, last_id,"
                        " name_en, name_zh) VALUES (500000000, 500000999, 'North', '北');"
                        " DELETE FROM deal WHERE project_name = 'pinned'");
    portal_run(&portal,
               with("INSERT INTO deal (account_id, created_by, state, phase, company_name, country,"
                    " project_name, department_id, created_at, updated_at) SELECT ?, 1, 'approved',"
                    " 2, name, country, 'pinned', 500000000, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6)"
                    " FROM (SELECT 'Amber &lt;b&gt; Works' AS name, 'DE' AS country UNION ALL"
                    " SELECT 'Birch', 'DE' UNION ALL SELECT 'Cobalt Ltd', 'FR') x",
                    portal.world.north.account));
    portal_run(&portal, with("UPDATE deal SET reviewer_id = ? WHERE company_name = 'Cobalt Ltd' AND"
                             " project_name = 'pinned'",
                             other.user_id));
    give_role(&writer, "channel_manager");
    give_role(&other, "sales");
    portal_run(&portal, "UPDATE role SET scope = '' WHERE audience = 'staff'");
    portal_run(&portal, with("UPDATE user SET scope = 'all' WHERE id = ?", writer.user_id));
    portal_run(&portal, with("UPDATE user SET scope = 'own' WHERE id = ?", other.user_id));
    portal_run(&portal, with("UPDATE session SET department_low = 0, department_high = -1"
                             " WHERE user_id = ?",
                             other.user_id));
    portal_run(&portal, with("UPDATE session SET department_low = 0, department_high ="
                             " 9223372036854775807 WHERE user_id = ?",
                             writer.user_id));
    assert_int_equal(webtest_post(staff, &writer, page, page,
                                  "name=By+country&share=staff&filter1=project&op1=is&value1="
                                  "pinned&group1=country&figure1=count&chart=bars")
                         .status,
                     303);
    report = number("SELECT MAX(id) FROM report");
    return 0;
}

static struct answer choose(struct visitor *v, const char *verb, const char *body)
{
    const char *page = with(BASE "/?", report);

    return webtest_post(staff, v, page, arena_join(portal.world.a, page, verb, NULL), body);
}

static void run_job(void)
{
    struct job_context ctx = { .db = worker, .arena = arena_new(65536) };

    assert_ok(
        report_home_jobs[0].handler(&ctx, &(struct job){ .kind = "report.home", .tries = 1 }));
    arena_free(ctx.arena);
}

static const char *home(struct visitor *v)
{
    const struct answer a = webtest_get(staff, v, "/staff/");

    assert_int_equal(a.status, 200);
    return a.body;
}

static bool has(const char *page, const char *part)
{
    return strstr(page, part) != NULL;
}

static int64_t bars(const struct visitor *v)
{
    return number(with("SELECT COUNT(*) FROM report_bar WHERE user_id = ?", v->user_id));
}

static void test_report_home__what_a_person_puts_there_stands_with_bars_that_open_their_rows(
    void **state)
{
    const char *page;

    (void)state;
    assert_int_equal(choose(&writer, "/home", "shown=yes").status, 303);
    page = home(&writer);
    assert_true(has(page, "By country"));
    assert_true(has(page, "In a minute"));
    run_job();
    page = home(&writer);
    assert_false(has(page, "In a minute"));
    assert_true(has(page, "/rows?g1=vDE\""));
    assert_true(has(page, "Germany: 2"));
}

static void test_report_home__who_sees_less_has_smaller_bars(void **state)
{
    (void)state;
    assert_int_equal(choose(&other, "/home", "shown=yes").status, 303);
    run_job();
    assert_true(has(home(&other), "France: 1"));
    assert_false(has(home(&other), "Germany"));
}

static void test_report_home__rights_that_were_taken_hide_the_bars_at_once(void **state)
{
    (void)state;
    choose(&writer, "/home", "shown=yes");
    run_job();
    portal_run(&portal, with("UPDATE session SET department_low = 0, department_high = -1"
                             " WHERE user_id = ?",
                             writer.user_id));
    assert_false(has(home(&writer), "Germany"));
    assert_true(has(home(&writer), "In a minute"));
}

static void test_report_home__a_report_that_is_not_shared_any_more_is_not_there(void **state)
{
    (void)state;
    choose(&other, "/home", "shown=yes");
    run_job();
    portal_run(&portal, with("UPDATE report SET share = 'private' WHERE id = ?", report));
    assert_false(has(home(&other), "By country"));
}

static void test_report_home__a_role_brings_it_and_takes_it_again(void **state)
{
    (void)state;
    give_role(&writer, "administrator");
    portal_run(&portal, with("INSERT INTO report_home_role (report_id, role_id) SELECT ?, id FROM"
                             " role WHERE audience = 'staff' AND code = 'sales'",
                             report));
    run_job();
    assert_true(has(home(&other), "France: 1"));
    assert_false(has(home(&writer), "By country"));
    portal_run(&portal, "DELETE FROM report_home_role");
    run_job();
    assert_false(has(home(&other), "By country"));
}

static void test_report_home__what_a_person_took_off_no_role_brings_again(void **state)
{
    (void)state;
    portal_run(&portal, with("INSERT INTO report_home_role (report_id, role_id) SELECT ?, id FROM"
                             " role WHERE audience = 'staff' AND code = 'sales'",
                             report));
    run_job();
    assert_int_equal(choose(&other, "/home", "shown=no").status, 303);
    run_job();
    assert_false(has(home(&other), "By country"));
}

static void test_report_home__a_role_brings_nothing_that_is_not_shared_with_it(void **state)
{
    (void)state;
    portal_run(&portal, with("UPDATE report SET share = 'private' WHERE id = ?", report));
    portal_run(&portal, with("INSERT INTO report_home_role (report_id, role_id) SELECT ?, id FROM"
                             " role WHERE audience = 'staff' AND code = 'sales'",
                             report));
    run_job();
    assert_int_equal(
        number(with("SELECT COUNT(*) FROM report_pin WHERE user_id = ?", other.user_id)), 0);
}

static void test_report_home__a_fifth_chart_is_refused(void **state)
{
    (void)state;
    portal_run(&portal, with("INSERT INTO report_pin (user_id, report_id, own, due_at) SELECT ?,"
                             " id, 1, UTC_TIMESTAMP(6) FROM report WHERE id <= 4",
                             writer.user_id));
    assert_int_equal(choose(&writer, "/home", "shown=yes").status, 422);
}

static void test_report_home__nothing_is_made_for_who_is_away(void **state)
{
    (void)state;
    choose(&writer, "/home", "shown=yes");
    portal_run(&portal, with("UPDATE session SET last_seen_at = UTC_TIMESTAMP(6) - INTERVAL 2 HOUR"
                             " WHERE user_id = ?",
                             writer.user_id));
    run_job();
    assert_int_equal(bars(&writer), 0);
}

static void test_report_home__it_is_made_anew_after_a_quarter_of_an_hour(void **state)
{
    (void)state;
    choose(&writer, "/home", "shown=yes");
    run_job();
    portal_run(&portal, "UPDATE deal SET country = 'ES' WHERE project_name = 'pinned'");
    run_job();
    assert_true(has(home(&writer), "Germany: 2"));
    portal_run(&portal, "UPDATE report_pin SET due_at = due_at - INTERVAL 15 MINUTE");
    run_job();
    assert_true(has(home(&writer), "Spain: 3"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(
            test_report_home__what_a_person_puts_there_stands_with_bars_that_open_their_rows,
            begin),
        cmocka_unit_test_setup(test_report_home__who_sees_less_has_smaller_bars, begin),
        cmocka_unit_test_setup(test_report_home__rights_that_were_taken_hide_the_bars_at_once,
                               begin),
        cmocka_unit_test_setup(test_report_home__a_report_that_is_not_shared_any_more_is_not_there,
                               begin),
        cmocka_unit_test_setup(test_report_home__a_role_brings_it_and_takes_it_again, begin),
        cmocka_unit_test_setup(test_report_home__what_a_person_took_off_no_role_brings_again,
                               begin),
        cmocka_unit_test_setup(test_report_home__a_role_brings_nothing_that_is_not_shared_with_it,
                               begin),
        cmocka_unit_test_setup(test_report_home__a_fifth_chart_is_refused, begin),
        cmocka_unit_test_setup(test_report_home__nothing_is_made_for_who_is_away, begin),
        cmocka_unit_test_setup(test_report_home__it_is_made_anew_after_a_quarter_of_an_hour, begin),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
