/* access/audit.c: a chain goes on from its last event, and whatever was changed later is found. */
#include "support/test.h"

#include "access/audit.h"
#include "fixture/fixture.h"
#include "support/testdb.h"

#include <stdlib.h>

struct world {
    struct testdb schema;
    struct db *db, *other;
    struct arena *a;
};

static int make_world(void **state)
{
    struct world *w = calloc(1, sizeof(*w));

    testdb_copy(&w->schema);
    w->db = testdb_connect(w->schema.name, NULL);
    w->other = testdb_connect(w->schema.name, NULL);
    w->a = arena_new(8192);
    *state = w;
    return 0;
}

static int end_world(void **state)
{
    struct world *w = *state;

    db_close(w->db);
    db_close(w->other);
    testdb_drop(&w->schema);
    arena_free(w->a);
    free(w);
    return 0;
}

static int empty(void **state)
{
    struct world *w = *state;

    db_rollback(w->db);
    db_rollback(w->other);
    assert_ok(db_script(w->db, "TRUNCATE TABLE audit_event"));
    arena_clear(w->a);
    return 0;
}

static struct err *put(struct db *db, struct arena *a, int64_t object_id, const char *after)
{
    struct actor actor = { .audience = AUD_STAFF, .user_id = 7 };
    struct audit_who who = { .actor = &actor, .address = "192.0.2.7", .for_user_id = 8 };
    struct audit_change change = { .kind = "deal",
                                   .object_id = object_id,
                                   .action = "deal.submit",
                                   .before = NULL,
                                   .after = after };

    return audit_write(db, a, &who, &change);
}

static void put_committed(struct world *w, int64_t object_id, const char *after)
{
    assert_ok(db_begin_write(w->db));
    assert_ok(put(w->db, w->a, object_id, after));
    assert_ok(db_commit(w->db));
}

static struct audit_report verify(struct world *w)
{
    struct audit_report report;

    assert_ok(db_begin_read(w->db));
    assert_ok(audit_verify(w->db, &report));
    assert_ok(db_commit(w->db));
    return report;
}

static void test_audit__chains_of_records_are_whole(void **state)
{
    struct world *w = *state;
    struct audit_report report;

    for (int i = 0; i < 3; i++) {
        put_committed(w, 1, "{\"title\":\"名称 \\\"x\\\"\"}");
        put_committed(w, 2, NULL);
    }
    report = verify(w);
    assert_int_equal(report.events, 6);
    assert_int_equal(report.chains, 2);
    assert_int_equal(report.faults, 0);
}

static void test_audit__the_system_writes_too(void **state)
{
    struct world *w = *state;
    struct audit_who who = { .actor = NULL, .address = "" };
    struct audit_change change = { .kind = "deal", .object_id = 1, .action = "deal.expire" };

    assert_ok(db_begin_write(w->db));
    assert_ok(audit_write(w->db, w->a, &who, &change));
    assert_ok(db_commit(w->db));
    assert_int_equal(verify(w).faults, 0);
}

static void test_audit__two_at_once_on_one_record_do_not_fork_its_chain(void **state)
{
    struct world *w = *state;
    struct err *e;

    put_committed(w, 1, "{}");
    assert_ok(db_begin_write(w->db));
    assert_ok(db_begin_write(w->other));
    assert_ok(db_script(w->other, "SET SESSION innodb_lock_wait_timeout = 0"));
    assert_ok(put(w->db, w->a, 1, "{\"a\":\"1\"}"));
    /* While the first is undecided the second cannot know what follows what.  On another node of a
     * cluster it is told so when it commits. */
    e = put(w->other, w->a, 1, "{\"a\":\"2\"}");
    assert_ok(db_commit(w->db));
    assert_err_kind(e != NULL ? e : db_commit(w->other), ERR_AGAIN);
    db_rollback(w->other);
    assert_int_equal(verify(w).events, 2);
    assert_int_equal(verify(w).faults, 0);
}

/* One event that slips in between reading the last one and adding the next. */
static void test_audit__a_link_that_is_taken_makes_the_transaction_run_again(void **state)
{
    struct world *w = *state;

    put_committed(w, 1, "{}");
    assert_ok(db_script(w->db, "CREATE OR REPLACE TRIGGER slip BEFORE INSERT ON audit_event"
                               " FOR EACH ROW SET NEW.seq = 1"));
    assert_ok(db_begin_write(w->db));
    assert_err_kind(put(w->db, w->a, 1, "{}"), ERR_AGAIN);
    assert_err_kind(db_commit(w->db), ERR_AGAIN);
    db_rollback(w->db);
    assert_ok(db_script(w->db, "DROP TRIGGER slip"));
}

static void test_audit_verify__finds_every_changed_column(void **state)
{
    static const char *const changes[] = {
        "kind = 'deal2'",
        "object_id = 9",
        "seq = 5",
        "at = at + INTERVAL 1 SECOND",
        "user_id = 1",
        "for_user_id = 0",
        "audience = 'partner'",
        "address = '192.0.2.8'",
        "action = 'deal.revoke'",
        "before_json = '{}'",
        "after_json = NULL",
        "after_json = '{ }'",
        "prev_hash = UNHEX(SHA2('x', 256))",
        "hash = UNHEX(SHA2('x', 256))",
    };
    struct world *w = *state;

    for (size_t i = 0; i < sizeof(changes) / sizeof(changes[0]); i++) {
        char sql[160];
        struct audit_report report;

        empty(state);
        for (int n = 0; n < 3; n++)
            put_committed(w, 1, "{}");
        snprintf(sql, sizeof(sql), "UPDATE audit_event SET %s WHERE seq = 2", changes[i]);
        assert_ok(db_script(w->db, sql));
        report = verify(w);
        if (report.faults == 0)
            print_error("not found: %s\n", changes[i]);
        assert_true(report.faults > 0);
        assert_true(report.first[0] != '\0');
    }
}

static void test_audit_verify__finds_a_missing_event(void **state)
{
    struct world *w = *state;

    for (int n = 0; n < 3; n++)
        put_committed(w, 1, "{}");
    assert_ok(db_script(w->db, "DELETE FROM audit_event WHERE seq = 2"));
    assert_int_equal(verify(w).faults, 1);
    assert_ok(db_script(w->db, "DELETE FROM audit_event WHERE seq = 1"));
    assert_int_equal(verify(w).faults, 1);
}

static struct audit_report walk(struct world *w, int64_t piece)
{
    struct audit_walk walk = { 0 };
    bool done = false;

    for (int i = 0; i < 100 && !done; i++) {
        assert_ok(db_begin_read(w->db));
        assert_ok(audit_walk_on(w->db, w->a, &walk, piece, &done));
        assert_ok(db_commit(w->db));
    }
    assert_true(done);
    return walk.report;
}

static void test_audit_walk__sees_in_pieces_what_is_seen_at_once(void **state)
{
    struct world *w = *state;

    for (int i = 0; i < 4; i++) {
        put_committed(w, 1, "{}");
        put_committed(w, 2, "{}");
    }
    assert_ok(db_script(w->db, "UPDATE audit_event SET kind = 'zebra' WHERE object_id = 2"));
    for (int64_t piece = 1; piece < 10; piece += 2) {
        struct audit_report pieces = walk(w, piece), whole = verify(w);

        assert_int_equal(pieces.events, whole.events);
        assert_int_equal(pieces.chains, whole.chains);
        assert_int_equal(pieces.faults, whole.faults);
        assert_string_equal(pieces.first, whole.first);
    }
}

static void test_audit_walk__finds_what_is_missing_between_two_pieces(void **state)
{
    struct world *w = *state;

    for (int i = 0; i < 4; i++)
        put_committed(w, 1, "{}");
    assert_ok(db_script(w->db, "DELETE FROM audit_event WHERE seq = 3"));
    assert_int_equal(walk(w, 2).faults, 1);
}

static void test_audit_record__is_checked_alone(void **state)
{
    struct world *w = *state;
    struct audit_report report;

    put_committed(w, 1, "{}");
    put_committed(w, 1, "{}");
    put_committed(w, 2, "{}");
    assert_ok(db_script(w->db, "UPDATE audit_event SET address = 'x' WHERE object_id = 2"));
    assert_ok(db_begin_read(w->db));
    assert_ok(audit_verify_record(w->db, "deal", 1, 100, &report));
    assert_int_equal(report.events, 2);
    assert_int_equal(report.faults, 0);
    assert_ok(audit_verify_record(w->db, "deal", 2, 100, &report));
    assert_int_equal(report.faults, 1);
    assert_ok(db_commit(w->db));
}

#define IN_WORLD(test) cmocka_unit_test_setup_teardown(test, empty, empty)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_WORLD(test_audit__chains_of_records_are_whole),
        IN_WORLD(test_audit__the_system_writes_too),
        IN_WORLD(test_audit__two_at_once_on_one_record_do_not_fork_its_chain),
        IN_WORLD(test_audit__a_link_that_is_taken_makes_the_transaction_run_again),
        IN_WORLD(test_audit_verify__finds_every_changed_column),
        IN_WORLD(test_audit_verify__finds_a_missing_event),
        IN_WORLD(test_audit_walk__sees_in_pieces_what_is_seen_at_once),
        IN_WORLD(test_audit_walk__finds_what_is_missing_between_two_pieces),
        IN_WORLD(test_audit_record__is_checked_alone),
    };

    return cmocka_run_group_tests(tests, make_world, end_world);
}
