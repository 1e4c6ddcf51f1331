/* The health page, and what failed running again. */
#include "support/test.h"
#include "fixture/fixture.h"
#include "fixture/fixture_login.h"

#include "base/str.h"
#include "program/program.h"

static struct webtest *w;
static struct arena *a;
static struct visitor operator_, auditor, stranger;

static int set_up(void **state)
{
    static const enum permission all[] = { PERM_HOME, PERM_OPERATIONS_VIEW, PERM_OPERATIONS_MANAGE,
                                           PERM_UNSET };
    static const enum permission reads[] = { PERM_HOME, PERM_OPERATIONS_VIEW, PERM_UNSET };
    static const enum permission none[] = { PERM_HOME, PERM_UNSET };

    (void)state;
    w = webtest_open(&program_staff, NULL);
    a = arena_new(65536);
    operator_ = fixture_staff(w, all);
    auditor = fixture_staff(w, reads);
    stranger = fixture_staff(w, none);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(a);
    webtest_close(w);
    return 0;
}

static int64_t failed_job(void)
{
    fixture_run(w,
                "INSERT INTO job (kind, state, due_at, created_at, ended_at, tries, last_error)"
                " VALUES ('deal.rules', 'failed', UTC_TIMESTAMP(6), UTC_TIMESTAMP(6),"
                " UTC_TIMESTAMP(6), 8, CONCAT('the moon was <full> ', ?))",
                7);
    return fixture_number(w, "SELECT MAX(id) AS n FROM job WHERE id > ?", 0);
}

static int64_t failed_mail(void)
{
    fixture_run(w,
                "INSERT INTO outbox (template, user_id, lang, values_json, state, due_at,"
                " created_at, tries, last_error) VALUES ('notification/event', ?, 'en', '{}',"
                " 'failed', UTC_TIMESTAMP(6), UTC_TIMESTAMP(6), 9, '550 no such mailbox')",
                auditor.user_id);
    return fixture_number(w, "SELECT MAX(id) AS n FROM outbox WHERE id > ?", 0);
}

static struct answer run_again(struct visitor *v, const char *path, int64_t id)
{
    return webtest_post(w, v, "/staff/health", path, arena_printf(a, "id=%lld", (long long)id));
}

static int64_t waits(const char *sql, int64_t id)
{
    return fixture_number(w, sql, id);
}

#define JOB_WAITS "SELECT COUNT(*) AS n FROM job WHERE state = 'waiting' AND tries = 0 AND id = ?"
#define MAIL_WAITS \
    "SELECT COUNT(*) AS n FROM outbox WHERE state = 'waiting' AND tries = 0 AND id = ?"

static const char *newest_migration(void)
{
    return arena_printf(
        a, "%04lld_",
        (long long)fixture_number(
            w, "SELECT MAX(number) AS n FROM schema_migration WHERE number > ?", 0));
}

static void test_health__shows_each_question_with_its_answer(void **state)
{
    struct answer got = webtest_get(w, &auditor, "/staff/health");

    (void)state;
    assert_int_equal(got.status, 200);
    assert_true(answer_has(&got, "Transparency log"));
    assert_true(answer_has(&got, "the oldest that is due waits"));
    assert_true(answer_has(&got, "MariaDB"));
    assert_true(answer_has(&got, newest_migration()));
    got = webtest_get(w, &auditor, "/staff/health?lang=zh");
    assert_true(answer_has(&got, "运行状况"));
    webtest_get(w, &auditor, "/staff/health?lang=en");
}

static void test_health__a_program_that_is_away_is_told(void **state)
{
    struct answer got = webtest_get(w, &auditor, "/staff/health");

    (void)state;
    assert_true(answer_has(&got, "partner: there is no socket at"));
    assert_false(answer_has(&got, "staff: there is no socket at"));
}

static void test_health__what_failed_is_shown_with_why(void **state)
{
    struct answer got;

    (void)state;
    failed_job();
    failed_mail();
    got = webtest_get(w, &auditor, "/staff/health");
    assert_true(answer_has(&got, "the moon was &lt;full&gt; 7"));
    assert_true(answer_has(&got, "550 no such mailbox"));
    got = webtest_get(w, &auditor, "/staff/health/failed");
    assert_true(answer_has(&got, "the moon was"));
    got = webtest_get(w, &auditor, "/staff/health/failed?view=mails");
    assert_true(answer_has(&got, "550 no such mailbox"));
}

static void test_health__a_failed_job_runs_again_once(void **state)
{
    const int64_t id = failed_job();

    (void)state;
    assert_int_equal(run_again(&operator_, "/staff/health/jobs", id).status, 303);
    assert_int_equal(waits(JOB_WAITS, id), 1);
    assert_int_equal(run_again(&operator_, "/staff/health/jobs", id).status, 303);
    assert_int_equal(fixture_number(w,
                                    "SELECT COUNT(*) AS n FROM audit_event WHERE kind = 'job'"
                                    " AND object_id = ?",
                                    id),
                     1);
}

static void test_health__a_failed_mail_runs_again(void **state)
{
    const int64_t id = failed_mail();

    (void)state;
    assert_int_equal(run_again(&operator_, "/staff/health/mails", id).status, 303);
    assert_int_equal(waits(MAIL_WAITS, id), 1);
}

static void test_health__a_mail_that_was_sent_is_not_sent_again(void **state)
{
    const int64_t id = failed_mail();

    (void)state;
    fixture_run(w, "UPDATE outbox SET state = 'sent' WHERE id = ?", id);
    run_again(&operator_, "/staff/health/mails", id);
    assert_int_equal(waits(MAIL_WAITS, id), 0);
}

static void test_health__who_only_reads_runs_nothing(void **state)
{
    const int64_t id = failed_job();
    struct answer got = webtest_get(w, &auditor, "/staff/health");

    (void)state;
    assert_false(answer_has(&got, "Run again"));
    assert_int_equal(run_again(&auditor, "/staff/health/jobs", id).status, 404);
    assert_int_equal(waits(JOB_WAITS, id), 0);
    assert_int_equal(webtest_get(w, &stranger, "/staff/health").status, 404);
    assert_int_equal(webtest_get(w, &stranger, "/staff/health/failed").status, 404);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_health__shows_each_question_with_its_answer),
        cmocka_unit_test(test_health__a_program_that_is_away_is_told),
        cmocka_unit_test(test_health__what_failed_is_shown_with_why),
        cmocka_unit_test(test_health__a_failed_job_runs_again_once),
        cmocka_unit_test(test_health__a_failed_mail_runs_again),
        cmocka_unit_test(test_health__a_mail_that_was_sent_is_not_sent_again),
        cmocka_unit_test(test_health__who_only_reads_runs_nothing),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
