/* test_purge.c - what has served is removed, and nothing else. */
#include "support/test.h"

#include "access/parameter.h"
#include "base/log.h"
#include "fixture/fixture.h"
#include "job/purge.h"
#include "support/testdb.h"

static struct testdb schema;
static struct db *db;
static struct arena *arena;

static db_stmt_table *const statements[] = { job_purge_statements, job_worker_statements,
                                             parameter_read_statements, NULL };
static struct db *lazy; /* for everything but the purge itself */

struct number_row {
    int64_t n;
};
static const struct db_field number_fields[] = { DB_FIELD(struct number_row, n, DB_I64, 0), { 0 } };

static int64_t number(const struct db_stmt *st)
{
    struct number_row row = { 0 };

    assert_ok(db_begin_read(lazy));
    assert_ok(db_get(lazy, arena, st, DB_NO_ARGS, &row));
    assert_ok(db_commit(lazy));
    return row.n;
}

/* Statements are known by their address, so each must be static. */
#define NUMBER(text)                                                                  \
    ({                                                                                \
        static const struct db_stmt st_ = { .name = "test",                           \
                                            .sql = (text),                            \
                                            .binds = "",                              \
                                            .fields = number_fields,                  \
                                            .row_bytes = sizeof(struct number_row) }; \
        number(&st_);                                                                 \
    })

static void purge(void)
{
    static const struct job_kind *const tables[] = { job_purge_jobs, NULL };
    static const volatile int never;
    struct arena *own = arena_new(1024);
    struct job_context ctx = { .db = db, .arena = own, .owner = "test" };
    int ran;

    assert_ok(job_ensure_timers(&ctx, tables));
    assert_ok(db_script(lazy, "UPDATE job SET due_at = created_at WHERE kind = 'purge'"));
    assert_ok(job_run_due(&ctx, tables, &never, &ran));
    assert_int_equal(ran, 1);
    arena_free(own);
}

static void script(const char *sql)
{
    assert_ok(db_script(lazy, sql));
}

static void test_purge__removes_counted_hits_and_form_tokens_in_batches(void **state)
{
    (void)state;
    /* An earlier run has left what is kept. */
    script("DELETE FROM rate_bucket; DELETE FROM form_use;"
           "INSERT INTO rate_bucket (subject, window_at, hits)"
           " SELECT UNHEX(MD5(seq)), UTC_TIMESTAMP() - INTERVAL 3 DAY, 1 FROM seq_1_to_2500;"
           " INSERT INTO rate_bucket (subject, window_at, hits)"
           " VALUES (UNHEX(MD5('new')), UTC_TIMESTAMP(), 1);"
           " INSERT INTO form_use (token_hash, user_id, route, body_hash, result, used_at)"
           " SELECT UNHEX(SHA2(seq, 256)), 1, 'x', UNHEX(SHA2('b', 256)), '',"
           " UTC_TIMESTAMP(6) - INTERVAL IF(seq = 1, 1, 3) DAY FROM seq_1_to_5");
    purge();
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM rate_bucket"), 1);
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM form_use"), 1);
}

static void test_purge__keeps_failed_jobs_longer_than_done_ones(void **state)
{
    (void)state;
    script(
        "INSERT INTO job (kind, state, due_at, created_at, ended_at)"
        " SELECT 'x', s.state, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6),"
        " UTC_TIMESTAMP(6) - INTERVAL 8 DAY FROM (SELECT 'done' AS state UNION SELECT 'failed') s");
    purge();
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM job WHERE state = 'done'"), 0);
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM job WHERE state = 'failed'"), 1);
}

static void test_purge__keeps_mails_that_were_not_sent(void **state)
{
    (void)state;
    script("INSERT INTO outbox (template, lang, values_json, state, due_at, created_at)"
           " SELECT 'x', 'en', '{}', s.state, UTC_TIMESTAMP(6),"
           " UTC_TIMESTAMP(6) - INTERVAL 200 DAY"
           " FROM (SELECT 'sent' AS state UNION SELECT 'waiting') s");
    purge();
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM outbox"), 1);
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM outbox WHERE state = 'waiting'"), 1);
}

/* The newest stays: whoever comes back after years from another browser is told of it. */
static void test_purge__removes_browsers_whose_mark_has_ended_but_a_persons_newest(void **state)
{
    int64_t often, seldom;

    (void)state;
    assert_ok(db_begin_write(lazy));
    often = fixture_user(lazy, &(struct fixture_user){ .audience = AUD_STAFF });
    seldom = fixture_user(lazy, &(struct fixture_user){ .audience = AUD_STAFF });
    assert_ok(db_commit(lazy));
    script(arena_printf(
        arena,
        "INSERT INTO known_device (user_id, device_hash, first_seen_at, seen_at)"
        " SELECT IF(seq < 4, %lld, %lld), UNHEX(SHA2(seq, 256)),"
        " UTC_TIMESTAMP(6) - INTERVAL 900 DAY, UTC_TIMESTAMP(6) - INTERVAL ELT(seq, 500, 400, 300, 600, 500) DAY"
        " FROM seq_1_to_5",
        (long long)often, (long long)seldom));
    purge();
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM known_device"), 2);
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM known_device WHERE"
                            " device_hash IN (UNHEX(SHA2(3, 256)), UNHEX(SHA2(5, 256)))"),
                     2);
}

static void test_purge__removes_sessions_links_and_read_notifications_that_are_over(void **state)
{
    char token[SESSION_TOKEN_BYTES];
    int64_t user;

    (void)state;
    assert_ok(db_begin_write(lazy));
    user = fixture_user(lazy, &(struct fixture_user){ .audience = AUD_STAFF });
    fixture_session(lazy, arena, user, token);
    fixture_session(lazy, arena, user, token);
    assert_ok(db_commit(lazy));
    script("UPDATE session SET expires_at = UTC_TIMESTAMP(6) - INTERVAL 8 DAY ORDER BY id LIMIT 1;"
           " INSERT INTO link_token (token_hash, kind, user_id, created_at, expires_at)"
           " SELECT UNHEX(SHA2(seq, 256)), 'reset', (SELECT MAX(id) FROM user), UTC_TIMESTAMP(6),"
           " UTC_TIMESTAMP(6) - INTERVAL IF(seq = 1, 0, 2) DAY FROM seq_1_to_3;"
           " INSERT INTO notification (user_id, event, kind, object_id, values_json, created_at,"
           " read_at) SELECT (SELECT MAX(id) FROM user), 'x', 'x', 1, '{}',"
           " UTC_TIMESTAMP(6) - INTERVAL 200 DAY, IF(seq = 1, NULL, UTC_TIMESTAMP(6))"
           " FROM seq_1_to_3");
    purge();
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM session"), 1);
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM link_token"), 1);
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM notification"), 1); /* unread still counts */
}

static void test_purge__keeps_as_long_as_staff_want(void **state)
{
    (void)state;
    script("DELETE FROM outbox; INSERT INTO outbox (template, lang, values_json, state, due_at,"
           " created_at) SELECT 'x', 'en', '{}', 'sent', UTC_TIMESTAMP(6),"
           " UTC_TIMESTAMP(6) - INTERVAL seq * 10 DAY FROM seq_1_to_5");
    purge();
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM outbox"), 5);
    script("INSERT INTO system_parameter (name, value, updated_at)"
           " VALUES ('keep.mails', '25', UTC_TIMESTAMP(6))");
    purge();
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM outbox"), 2);
}

static int begin(void **state)
{
    (void)state;
    log_set_level(LOG_ERROR);
    arena = arena_new(4096);
    testdb_copy(&schema);
    db = testdb_connect(schema.name, statements);
    lazy = testdb_connect(schema.name, NULL);
    return 0;
}

static int end(void **state)
{
    (void)state;
    db_close(db);
    db_close(lazy);
    testdb_drop(&schema);
    arena_free(arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_purge__removes_counted_hits_and_form_tokens_in_batches),
        cmocka_unit_test(test_purge__keeps_failed_jobs_longer_than_done_ones),
        cmocka_unit_test(test_purge__keeps_mails_that_were_not_sent),
        cmocka_unit_test(test_purge__removes_browsers_whose_mark_has_ended_but_a_persons_newest),
        cmocka_unit_test(test_purge__removes_sessions_links_and_read_notifications_that_are_over),
        cmocka_unit_test(test_purge__keeps_as_long_as_staff_want),
    };

    return cmocka_run_group_tests_name("job/purge", tests, begin, end);
}
