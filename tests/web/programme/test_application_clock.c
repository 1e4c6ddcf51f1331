/* How long an application waits, and what becomes of one that nobody accepted: its reviewers are
 * told once that it is late; after a time it is emptied, and its number, dates and outcome stay. */
#include "support/test.h"
#include "fixture/portal.h"

#include "base/log.h"
#include "base/str.h"
#include "deal/deal_rooms.h"
#include "program/program.h"
#include "program/worker.h"

static struct portal portal;
static struct webtest *staff;
static struct visitor *reviewer;

static int set_up(void **state)
{
    (void)state;
    log_set_sink(portal_keep_quiet);
    portal_open(&portal);
    staff = portal_program(&portal, &program_staff);
    reviewer = &portal.people[AUD_STAFF];
    portal_run(&portal, "UPDATE session SET department_high = 9223372036854775807;"
                        "UPDATE user SET scope = 'all' WHERE audience = 'staff'");
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    portal_close(&portal);
    return 0;
}

static int begin(void **state)
{
    (void)state;
    portal_forget_rates(&portal);
    portal_run(&portal, "DELETE FROM notification; DELETE FROM application_answer;"
                        " DELETE FROM application_match; DELETE FROM application");
    return 0;
}

/* One that came, was last worked on, and was decided DAYS ago. */
static int64_t applied(const char *state, int days)
{
    portal_run(&portal,
               arena_printf(portal.world.a,
                            "INSERT INTO application (state, company_name, country, city,"
                            " contact_name, email, email_key, lang, remote_addr, reason_text,"
                            " consent_at, created_at, updated_at, decided_at) SELECT '%s', 'Otter"
                            " Rechner', 'XX', 'Kassel', 'Ida', 'ida@otter.example',"
                            " 'ida@otter.example', 'en', '192.0.2.1', 'Too far away', x.at, x.at,"
                            " x.at, IF('%s' IN ('applied', 'review'), NULL, x.at) FROM (SELECT"
                            " UTC_TIMESTAMP(6) - INTERVAL %d DAY AS at) x",
                            state, state, days));
    return portal_number(&portal, "SELECT MAX(id) FROM application");
}

static int64_t number(const char *sql, int64_t id)
{
    return portal_number(&portal, portal_with_id(&portal, sql, id));
}

static void run_jobs(void)
{
    volatile int stop = 0;
    struct worker_rooms rooms = { 0 };
    struct db *db;
    int ran;

    portal_run(&portal, "DELETE FROM job; INSERT INTO job (kind, due_at, created_at) VALUES"
                        " ('programme.late', '2020-01-01', '2020-01-01'), ('programme.purge',"
                        " '2020-01-02', '2020-01-01')");
    assert_ok(testdb_connect_as(webtest_schema(staff), "worker", worker_statements, &db));
    assert_ok(deal_rooms_open(webtest_conf(staff), &rooms.deals));
    struct job_context ctx = { .db = db,
                               .arena = arena_new(4096),
                               .conf = webtest_conf(staff),
                               .rooms = &rooms,
                               .owner = "test" };

    assert_ok(job_run_due(&ctx, worker_jobs, &stop, &ran));
    assert_int_equal(
        portal_number(&portal, "SELECT COUNT(*) FROM job WHERE last_error IS NOT NULL"), 0);
    deal_rooms_close(rooms.deals);
    arena_free(ctx.arena);
    db_close(db);
}

static int64_t told(int64_t id)
{
    return number("SELECT COUNT(*) FROM notification WHERE event = 'programme.late' AND object_id ="
                  " ?",
                  id);
}

static struct answer page_of(int64_t id)
{
    return webtest_get(staff, reviewer, portal_with_id(&portal, "/staff/applications/PA-?", id));
}

static void test_clock__reviewers_are_told_once_that_it_is_late(void **state)
{
    const int64_t late = applied("applied", 30), fresh = applied("applied", 0);
    int64_t people;
    struct answer a;

    (void)state;
    run_jobs();
    people = told(late);
    assert_true(people > 0);
    assert_int_equal(told(fresh), 0);
    run_jobs();
    assert_int_equal(told(late), people);
    assert_int_equal(number("SELECT due_at > created_at FROM application WHERE id = ?", fresh), 1);
    a = page_of(late);
    assert_true(answer_has(&a, "late by"));
    a = page_of(fresh);
    assert_true(answer_has(&a, "left of 24 h"));
    a = webtest_get(staff, reviewer, "/staff/applications");
    assert_true(answer_has(&a, "Answer due"));
}

static void test_clock__what_is_decided_waits_for_nothing(void **state)
{
    const int64_t id = applied("rejected", 30);
    struct answer a;

    (void)state;
    run_jobs();
    assert_int_equal(told(id), 0);
    a = page_of(id);
    assert_false(answer_has(&a, "late by"));
}

static int64_t emptied(int64_t id)
{
    return number("SELECT company_name = '' AND email = '' AND remote_addr = '' AND reason_text ="
                  " '' AND contact_name = '' AND purged_at IS NOT NULL FROM application WHERE id ="
                  " ?",
                  id);
}

static void test_purge__a_refused_one_is_emptied_and_its_outcome_stays(void **state)
{
    const int64_t old = applied("rejected", 400), young = applied("rejected", 300);
    struct answer a;

    (void)state;
    portal_run(&portal, portal_with_id(&portal,
                                       "INSERT INTO application_answer (application_id, place,"
                                       " question_en, question_zh, answer) VALUES (?, 0, 'a', 'b',"
                                       " 'c')",
                                       old));
    run_jobs();
    assert_int_equal(emptied(old), 1);
    assert_int_equal(emptied(young), 0);
    assert_int_equal(portal_number(&portal, "SELECT COUNT(*) FROM application_answer"), 0);
    assert_int_equal(number("SELECT state = 'rejected' AND decided_at IS NOT NULL AND created_at IS"
                            " NOT NULL FROM application WHERE id = ?",
                            old),
                     1);
    assert_int_equal(number("SELECT COUNT(*) FROM audit_event WHERE kind = 'application' AND action"
                            " = 'application.purge' AND object_id = ?",
                            old),
                     1);
    a = page_of(old);
    assert_int_equal(a.status, 200);
    assert_true(answer_has(&a, "(removed)"));
    assert_true(answer_has(&a, "Its number, its dates and what came of it stay."));
    assert_false(answer_has(&a, "Too far away"));
    run_jobs();
    assert_int_equal(number("SELECT COUNT(*) FROM audit_event WHERE kind = 'application' AND action"
                            " = 'application.purge' AND object_id = ?",
                            old),
                     1);
}

static void test_purge__one_that_nobody_worked_on_is_abandoned(void **state)
{
    const int64_t id = applied("review", 400);
    struct answer a;

    (void)state;
    run_jobs();
    assert_int_equal(emptied(id), 1);
    assert_int_equal(number("SELECT state = 'abandoned' AND decided_at IS NOT NULL FROM application"
                            " WHERE id = ?",
                            id),
                     1);
    a = page_of(id);
    assert_false(answer_has(&a, "Accept and invite"));
    a = webtest_get(staff, reviewer, "/staff/applications?view=abandoned");
    assert_true(answer_has(&a, "(removed)"));
}

static void test_purge__an_accepted_one_stays(void **state)
{
    const int64_t id = applied("accepted", 4000);

    (void)state;
    run_jobs();
    assert_int_equal(emptied(id), 0);
}

static void worker_may_not(const char *sql, int64_t id)
{
    const struct db_stmt stmt = {
        .name = "test.worker", .sql = sql, .binds = "i", .flags = DB_WRITE
    };
    db_stmt_table statements[] = { &stmt, NULL };
    db_stmt_table *const tables[] = { statements, NULL };
    struct db *db = NULL;
    struct err *e = testdb_connect_as(webtest_schema(staff), "worker", tables, &db);

    if (e == NULL) {
        assert_ok(db_begin_write(db));
        e = db_exec(db, &stmt, DB_ARGS(DB_I(id)), NULL);
        db_rollback(db);
    }
    db_close(db);
    assert_non_null(e);
    err_free(e);
}

static void test_worker__neither_decides_nor_rewrites_an_application(void **state)
{
    const int64_t open = applied("review", 1), admitted = applied("accepted", 1);

    (void)state;
    worker_may_not("UPDATE application SET state = 'accepted' WHERE id = ?", open);
    worker_may_not("UPDATE application SET email = 'eve@heron.example' WHERE id = ?", open);
    worker_may_not("UPDATE application SET company_name = '' WHERE id = ?", open);
    worker_may_not("UPDATE application SET company_name = '', email = '', reason_text = '',"
                   " purged_at = UTC_TIMESTAMP(6) WHERE id = ?",
                   admitted);
}

#define TEST(name) cmocka_unit_test_setup(name, begin)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_clock__reviewers_are_told_once_that_it_is_late),
        TEST(test_clock__what_is_decided_waits_for_nothing),
        TEST(test_purge__a_refused_one_is_emptied_and_its_outcome_stays),
        TEST(test_purge__one_that_nobody_worked_on_is_abandoned),
        TEST(test_purge__an_accepted_one_stays),
        TEST(test_worker__neither_decides_nor_rewrites_an_application),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
