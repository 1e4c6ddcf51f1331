/* receipt/log_verify.c and access/audit.c together: whatever somebody with all rights changes in
 * the database is found.  Forgeries are rolled back; what the worker has to see is in a log of its
 * own. */
#include "support/test.h"

#include "access/audit.h"
#include "base/str.h"
#include "fixture/fixture_receipt.h"
#include "receipt/log_verify.h"

static struct receipt_world *w;
static int64_t receipt_id;

/* Two records with three events each, a receipt, and three heads. */
static int make(void **state)
{
    (void)state;
    w = receipt_world_new();
    receipt_id = receipt_world_statement(w, 10423, "submitted");
    receipt_world_job(w, "receipt.sign");
    for (int i = 0; i < 3; i++) {
        receipt_world_event(w, 1);
        receipt_world_event(w, 2);
        receipt_world_job(w, "log.append");
    }
    return 0;
}

static int end(void **state)
{
    (void)state;
    receipt_world_free(w);
    return 0;
}

/* In the open transaction, if there is one. */
static struct log_report check_with(const struct tlog_checkpoint *kept)
{
    const struct log_verify how = { .origin = w->conf.log_origin, .kept = kept };
    const bool open = db_in_transaction(w->db);
    struct log_report report;

    if (!open)
        assert_ok(db_begin_read(w->db));
    assert_ok(log_verify(w->db, &how, &report));
    if (!open)
        assert_ok(db_commit(w->db));
    return report;
}

static struct log_report check(void)
{
    return check_with(NULL);
}

static int64_t chain_faults(void)
{
    const bool open = db_in_transaction(w->db);
    struct audit_report report;

    if (!open)
        assert_ok(db_begin_read(w->db));
    assert_ok(audit_verify(w->db, &report));
    if (!open)
        assert_ok(db_commit(w->db));
    return report.faults;
}

/* Runs a forgery and expects the log to tell of it in these words.  It is there until
 * roll_back(). */
static void forge(const char *sql, const char *words)
{
    struct log_report report;

    assert_ok(db_begin_write(w->db));
    assert_ok(db_script(w->db, sql));
    report = check();
    if (report.faults == 0 || strstr(report.first, words) == NULL)
        print_error("%s: \"%s\"\n", sql, report.first);
    assert_true(report.faults > 0);
    assert_non_null(strstr(report.first, words));
}

static int roll_back(void **state)
{
    (void)state;
    db_rollback(w->db);
    return 0;
}

static struct receipt_world *shared;

static int make_shared(void **state)
{
    make(state);
    shared = w;
    return 0;
}

static int end_shared(void **state)
{
    w = shared;
    return end(state);
}

static int begin(void **state)
{
    (void)state;
    w = shared;
    return 0;
}

static struct tlog_checkpoint head_of(const char *order)
{
    struct log_checkpoint_row *row;
    struct tlog_checkpoint cp;
    struct note note;

    assert_ok(db_begin_read(w->db));
    if (str_eq(order, "newest"))
        assert_ok(log_checkpoint_newest(w->db, w->a, &row));
    else
        assert_ok(log_checkpoint_of(w->db, w->a, 0, &row));
    assert_ok(db_commit(w->db));
    assert_ok(note_parse(w->a, row->note, strlen(row->note), &note));
    assert_ok(tlog_checkpoint_parse(note.text, note.text_len, &cp));
    return cp;
}

static void test_log_verify__a_log_that_nobody_touched_is_whole(void **state)
{
    struct tlog_checkpoint first = head_of("first"), newest = head_of("newest");
    struct log_report report = check();

    (void)state;
    assert_int_equal(report.faults, 0);
    assert_int_equal(report.heads, 3);
    assert_int_equal(report.leaves, 7);
    assert_int_equal(report.pending, 0);
    assert_int_equal(check_with(&first).faults, 0);
    assert_int_equal(check_with(&newest).faults, 0);
}

static void test_log_verify__an_event_since_the_last_head_is_pending(void **state)
{
    (void)state;
    receipt_world_event(w, 3);
    assert_int_equal(check().faults, 0);
    assert_int_equal(check().pending, 1);
}

static void test_log_verify__finds_an_event_that_is_gone(void **state)
{
    (void)state;
    forge("DELETE FROM audit_event WHERE kind = 'test' AND object_id = 1 AND seq = 3",
          "not there any more");
}

/* The chain says nothing about it: there is no chain any more. */
static void test_log_verify__finds_a_chain_that_was_removed_whole(void **state)
{
    (void)state;
    forge("DELETE FROM audit_event WHERE kind = 'test' AND object_id = 2", "not there any more");
    assert_int_equal(chain_faults(), 0);
}

static void test_log_verify__finds_the_removal_of_events_with_their_leaves(void **state)
{
    (void)state;
    forge("DELETE l FROM log_leaf l JOIN audit_event e ON e.id = l.source_id AND l.kind = 'audit'"
          " WHERE e.object_id = 2;"
          "DELETE FROM audit_event WHERE kind = 'test' AND object_id = 2",
          "are missing");
}

/* Whoever makes the whole chain anew satisfies the chain, not the log. */
static void test_log_verify__finds_a_hash_that_was_made_anew(void **state)
{
    (void)state;
    forge("UPDATE audit_event SET hash = UNHEX(SHA2('other', 256))"
          " WHERE kind = 'test' AND object_id = 1 AND seq = 3",
          "was changed after it was logged");
}

/* With the leaf made anew as well, the node above it gives it away, and the signed heads. */
static void test_log_verify__finds_a_leaf_that_was_made_anew(void **state)
{
    (void)state;
    forge("UPDATE audit_event SET hash = UNHEX(SHA2('other', 256))"
          " WHERE kind = 'test' AND object_id = 1 AND seq = 1;"
          "UPDATE log_leaf l JOIN audit_event e ON e.id = l.source_id AND l.kind = 'audit'"
          " SET l.leaf_hash = UNHEX(SHA2(CONCAT(CHAR(0), e.hash), 256))"
          " WHERE e.object_id = 1 AND e.seq = 1",
          "the log was rewritten since it was signed");
}

static void test_log_verify__finds_swapped_leaves(void **state)
{
    (void)state;
    forge("UPDATE log_leaf SET leaf_index = 1000 WHERE leaf_index = 1;"
          "UPDATE log_leaf SET leaf_index = 1 WHERE leaf_index = 2;"
          "UPDATE log_leaf SET leaf_index = 2 WHERE leaf_index = 1000",
          "was rewritten");
}

static void test_log_verify__finds_a_changed_statement(void **state)
{
    (void)state;
    forge("UPDATE receipt SET statement = REPLACE(statement, '\"rank\":7', '\"rank\":1')",
          "receipt");
}

static void test_log_verify__finds_a_receipt_that_is_gone(void **state)
{
    (void)state;
    forge("DELETE FROM receipt", "receipt");
}

static void test_log_verify__finds_a_changed_node(void **state)
{
    (void)state;
    forge("UPDATE log_node SET hash = UNHEX(SHA2('x', 256)) WHERE level = 1 AND node_index = 0",
          "node 0 of level 1");
}

static void test_log_verify__finds_a_missing_node(void **state)
{
    (void)state;
    forge("DELETE FROM log_node WHERE level = 2", "nodes of level 2 are missing");
}

static void test_log_verify__finds_a_changed_edge(void **state)
{
    (void)state;
    forge("UPDATE log_head SET edge = CONCAT(UNHEX(SHA2('x', 256)), SUBSTR(edge, 33))",
          "right edge");
}

static void test_log_verify__finds_a_head_with_another_root(void **state)
{
    (void)state;
    forge("UPDATE log_checkpoint SET root = UNHEX(SHA2('x', 256)) ORDER BY size LIMIT 1",
          "something else than what was signed");
}

static void test_log_verify__finds_a_head_with_another_text(void **state)
{
    (void)state;
    forge("UPDATE log_checkpoint SET note = REPLACE(note, '\\n3\\n', '\\n4\\n')", "not signed");
}

static void test_log_verify__finds_a_head_that_was_cut_off(void **state)
{
    (void)state;
    forge("DELETE FROM log_checkpoint ORDER BY size DESC LIMIT 1", "newest head");
}

static void test_log_verify__finds_a_log_that_was_cut_off(void **state)
{
    (void)state;
    forge("DELETE FROM log_leaf WHERE leaf_index >= 5; UPDATE log_head SET size = 5", "");
}

static void test_log_verify__finds_leaves_behind_the_end(void **state)
{
    (void)state;
    forge("INSERT INTO log_leaf VALUES (7, 'audit', 999999, UNHEX(SHA2('x', 256)))",
          "behind the end");
}

static void test_log_verify__finds_an_event_that_was_backdated_and_logged(void **state)
{
    (void)state;
    receipt_world_event(w, 9);
    receipt_world_run(
        w, "UPDATE audit_event SET at = at - INTERVAL 2 DAY WHERE kind = 'test' AND object_id = ?",
        9);
    receipt_world_job(w, "log.append");
    assert_non_null(strstr(check().first, "backdated"));
}

/* As after a demo company was loaded, or the worker was away for long. */
static void test_log_verify__a_backlog_of_more_than_a_batch_is_whole(void **state)
{
    (void)state;
    for (int i = 0; i < 2 * LOG_BATCH + 20; i++)
        receipt_world_event(w, 9);
    receipt_world_job(w, "log.append");
    /* As if the events had been a day old by then. */
    receipt_world_run(w, "UPDATE log_checkpoint SET at = at + INTERVAL 1 DAY WHERE size >= ?",
                      LOG_BATCH);
    assert_string_equal(check().first, "");
}

static void test_log_verify__finds_an_event_that_was_backdated_since(void **state)
{
    (void)state;
    receipt_world_event(w, 9);
    receipt_world_run(
        w, "UPDATE audit_event SET at = at - INTERVAL 2 DAY WHERE kind = 'test' AND object_id = ?",
        9);
    assert_non_null(strstr(check().first, "backdated"));
}

/* Everything in the database is made anew with the right key; only a head kept elsewhere tells. */
static void test_log_verify__a_kept_head_finds_a_log_that_was_made_anew(void **state)
{
    struct tlog_checkpoint kept = head_of("newest");

    (void)state;
    assert_ok(db_begin_write(w->db));
    assert_ok(db_script(w->db, "DELETE FROM audit_event WHERE kind = 'test' AND object_id = 2;"
                               "UPDATE receipt SET leaf_index = NULL; DELETE FROM log_checkpoint;"
                               "DELETE FROM log_leaf; DELETE FROM log_node;"
                               "UPDATE log_head SET size = 0, edge = '', audit_floor = 0"));
    assert_ok(db_commit(w->db));
    receipt_world_job(w, "log.append");
    assert_int_equal(check().faults, 0);
    assert_int_equal(chain_faults(), 0);
    assert_true(check_with(&kept).faults > 0);
    for (int i = 0; i < 3; i++)
        receipt_world_event(w, 4);
    receipt_world_job(w, "log.append");
    assert_non_null(strstr(check_with(&kept).first, "is not of this log"));
}

/* More leaves than a batch has, and a head that ends in the middle of one. */
static void test_log_verify__works_in_batches(void **state)
{
    (void)state;
    assert_ok(db_begin_write(w->db));
    for (int i = 0; i < 5000; i++)
        receipt_world_event_on(w, w->db, 5);
    assert_ok(db_commit(w->db));
    receipt_world_job(w, "log.append");
    assert_int_equal(check().faults, 0);
    assert_int_equal(check().leaves, 5007);
    assert_int_equal(check().heads, 8);
}

#define FORGED(test)   cmocka_unit_test_setup_teardown(test, begin, roll_back)
#define IN_A_LOG(test) cmocka_unit_test_setup_teardown(test, make, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        FORGED(test_log_verify__a_log_that_nobody_touched_is_whole),
        IN_A_LOG(test_log_verify__an_event_since_the_last_head_is_pending),
        FORGED(test_log_verify__finds_an_event_that_is_gone),
        FORGED(test_log_verify__finds_a_chain_that_was_removed_whole),
        FORGED(test_log_verify__finds_the_removal_of_events_with_their_leaves),
        FORGED(test_log_verify__finds_a_hash_that_was_made_anew),
        FORGED(test_log_verify__finds_a_leaf_that_was_made_anew),
        FORGED(test_log_verify__finds_swapped_leaves),
        FORGED(test_log_verify__finds_a_changed_statement),
        FORGED(test_log_verify__finds_a_receipt_that_is_gone),
        FORGED(test_log_verify__finds_a_changed_node),
        FORGED(test_log_verify__finds_a_missing_node),
        FORGED(test_log_verify__finds_a_changed_edge),
        FORGED(test_log_verify__finds_a_head_with_another_root),
        FORGED(test_log_verify__finds_a_head_with_another_text),
        FORGED(test_log_verify__finds_a_head_that_was_cut_off),
        FORGED(test_log_verify__finds_a_log_that_was_cut_off),
        FORGED(test_log_verify__finds_leaves_behind_the_end),
        IN_A_LOG(test_log_verify__finds_an_event_that_was_backdated_and_logged),
        IN_A_LOG(test_log_verify__a_backlog_of_more_than_a_batch_is_whole),
        IN_A_LOG(test_log_verify__finds_an_event_that_was_backdated_since),
        IN_A_LOG(test_log_verify__a_kept_head_finds_a_log_that_was_made_anew),
        IN_A_LOG(test_log_verify__works_in_batches),
    };

    return cmocka_run_group_tests(tests, make_shared, end_shared);
}
