/* receipt/log_append.c, log_read.c, log_key.c: what the worker makes of new statements and events,
 * under the worker's own account. */
#include "support/test.h"

#include "access/audit.h"
#include "base/str.h"
#include "crypt/merkle_verify.h"
#include "crypt/receipt.h"
#include "fixture/fixture_receipt.h"
#include "receipt/receipt_jobs.h"

#include <sys/stat.h>
#include <unistd.h>

static struct receipt_world *w;

static int open_all(void **state)
{
    (void)state;
    w = receipt_world_new();
    return 0;
}

static int close_all(void **state)
{
    (void)state;
    receipt_world_free(w);
    return 0;
}

static struct log_checkpoint_row *newest(void)
{
    struct log_checkpoint_row *row;

    assert_ok(db_begin_read(w->db));
    assert_ok(log_checkpoint_newest(w->db, w->a, &row));
    assert_ok(db_commit(w->db));
    return row;
}

static struct tlog_checkpoint read_head(const struct log_checkpoint_row *row)
{
    struct tlog_checkpoint cp;
    struct note note;

    assert_ok(note_parse(w->a, row->note, strlen(row->note), &note));
    assert_int_equal(note_verify(&note, &w->key, 1), NOTE_VALID);
    assert_ok(tlog_checkpoint_parse(note.text, note.text_len, &cp));
    return cp;
}

static void test_log__a_statement_is_signed_by_the_worker(void **state)
{
    int64_t id = receipt_world_statement(w, 10423, "submitted");
    struct receipt receipt;

    (void)state;
    receipt_world_job(w, "receipt.sign");
    receipt = receipt_world_read(w, id);
    assert_int_equal(note_verify(&receipt.statement_note, &w->key, 1), NOTE_VALID);
    assert_true(receipt.pending);
}

static void test_log__what_is_no_statement_is_not_signed(void **state)
{
    int64_t id = receipt_world_row(w, 10423, "an order to pay\n1\nto anybody");

    (void)state;
    assert_err_kind(receipt_world_try(w, "receipt.sign"), ERR_PARSE);
    assert_int_equal(receipt_world_number(
                         w, "SELECT COUNT(*) AS n FROM receipt WHERE id = ? AND note IS NULL", id),
                     1);
    receipt_world_run(w, "DELETE FROM receipt WHERE id = ?", id);
}

static void test_log__events_and_signed_statements_become_leaves_once(void **state)
{
    int64_t receipt = receipt_world_statement(w, 10424, "submitted");
    int64_t event = receipt_world_event(w, 1);
    int64_t size;

    (void)state;
    receipt_world_job(w, "receipt.sign");
    receipt_world_job(w, "log.append");
    size = newest()->size;
    receipt_world_job(w, "log.append");
    assert_int_equal(newest()->size, size);
    assert_int_equal(
        receipt_world_number(
            w, "SELECT COUNT(*) AS n FROM log_leaf WHERE kind = 'audit' AND source_id = ?", event),
        1);
    assert_int_equal(
        receipt_world_number(
            w, "SELECT COUNT(*) AS n FROM log_leaf WHERE kind = 'receipt' AND source_id = ?",
            receipt),
        1);
}

static void test_log__a_receipt_in_the_log_passes_every_check(void **state)
{
    int64_t id = receipt_world_statement(w, 10425, "approved");
    const struct receipt_trust trust = { &w->key, 1, w->conf.log_origin };
    struct receipt receipt;
    struct receipt_checks checks;

    (void)state;
    receipt_world_event(w, 2);
    receipt_world_job(w, "receipt.sign");
    receipt_world_job(w, "log.append");
    receipt_world_event(w, 2);
    receipt_world_job(w, "log.append");
    receipt = receipt_world_read(w, id);
    assert_false(receipt.pending);
    checks = receipt_verify(&receipt, &trust, RECEIPT_WORLD_CONTENT, strlen(RECEIPT_WORLD_CONTENT));
    assert_int_equal(receipt_overall(&checks), RECEIPT_PASSED);
    assert_int_equal(checks.content, RECEIPT_PASSED);
}

/* A transaction that began before another and ends after it has the lower id. */
static void test_log__an_event_that_is_committed_late_is_not_skipped(void **state)
{
    int64_t late, early;
    struct db *other = testdb_connect(w->schema.name, NULL);

    (void)state;
    assert_ok(db_begin_write(other));
    late = receipt_world_event_on(w, other, 3);
    early = receipt_world_event(w, 4);
    assert_true(late < early);
    receipt_world_job(w, "log.append");
    assert_int_equal(receipt_world_leaf(w, "audit", late), -1);
    assert_ok(db_commit(other));
    db_close(other);
    receipt_world_job(w, "log.append");
    assert_true(receipt_world_leaf(w, "audit", late) > receipt_world_leaf(w, "audit", early));
}

static void test_log__old_events_are_not_looked_at_again(void **state)
{
    int64_t old = receipt_world_event(w, 5), floor;

    (void)state;
    receipt_world_run(
        w, "UPDATE audit_event SET at = at - INTERVAL 1 DAY WHERE id <= ? ORDER BY id", old);
    receipt_world_event(w, 5);
    receipt_world_job(w, "log.append");
    floor = receipt_world_number(w, "SELECT audit_floor AS n FROM log_head WHERE id = ?", 1);
    assert_int_equal(floor, old);
    assert_int_equal(
        receipt_world_number(w,
                             "SELECT COUNT(*) AS n FROM audit_event e LEFT JOIN log_leaf l"
                             " ON l.kind = 'audit' AND l.source_id = e.id"
                             " WHERE l.leaf_index IS NULL AND e.id > ?",
                             0),
        0);
}

static void test_log__any_two_heads_are_consistent(void **state)
{
    struct tlog_checkpoint first, second;
    struct merkle_proof proof;
    struct log_reader r;

    (void)state;
    receipt_world_event(w, 6);
    receipt_world_job(w, "log.append");
    first = read_head(newest());
    for (int i = 0; i < 40; i++)
        receipt_world_event(w, 6);
    receipt_world_job(w, "log.append");
    second = read_head(newest());
    assert_int_equal(second.size, first.size + 40);
    log_reader_init(&r, w->db, w->a);
    assert_ok(db_begin_read(w->db));
    assert_ok(merkle_consistency(&r.reader, first.size, second.size, &proof));
    assert_ok(db_commit(w->db));
    assert_true(merkle_verify_consistency(first.size, second.size, &first.root, &second.root,
                                          proof.hashes, proof.count));
}

static void test_log__tiles_have_the_stored_hashes(void **state)
{
    const struct tlog_tile tile = { .level = 0, .index = 0, .width = 7 };
    const struct tlog_tile beyond = { .level = 1, .index = 0, .width = 256 };
    struct merkle_hash hashes[TLOG_TILE_WIDTH], leaf;
    struct log_reader r;
    bool found;

    (void)state;
    log_reader_init(&r, w->db, w->a);
    assert_ok(db_begin_read(w->db));
    assert_ok(log_tile(w->db, w->a, &tile, hashes, &found));
    assert_true(found);
    assert_ok(r.reader.read(r.reader.arg, 0, 6, &leaf));
    assert_memory_equal(&hashes[6], &leaf, sizeof(leaf));
    assert_ok(log_tile(w->db, w->a, &beyond, hashes, &found));
    assert_false(found);
    assert_ok(db_commit(w->db));
}

/* -- keys ----------------------------------------------------------------------------------------
 */

static void test_key__the_file_is_its_owners_alone(void **state)
{
    struct stat st;

    (void)state;
    assert_int_equal(stat(w->conf.sign_key_file, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
}

static void test_key__a_second_first_key_is_refused(void **state)
{
    struct note_key key;

    (void)state;
    assert_err_kind(log_key_new(w->db, w->a, &w->conf, &key), ERR_CONFLICT);
}

static void test_key__a_key_that_nobody_knows_signs_nothing(void **state)
{
    (void)state;
    receipt_world_statement(w, 10426, "submitted");
    receipt_world_run(w, "UPDATE sign_key SET retired_at = valid_from WHERE key_id = ?", w->key.id);
    assert_err_kind(receipt_world_try(w, "receipt.sign"), ERR_CONFIG);
    receipt_world_run(w, "UPDATE sign_key SET retired_at = NULL WHERE key_id = ?", w->key.id);
    receipt_world_job(w, "receipt.sign");
}

static void test_key__old_receipts_stay_valid_after_a_rotation(void **state)
{
    int64_t before = receipt_world_statement(w, 10427, "submitted"), after;
    struct receipt_trust trust = { .origin = w->conf.log_origin };
    struct note_key fresh, *keys;
    struct log_key_row *rows;
    struct receipt receipt;
    struct receipt_checks checks;

    (void)state;
    receipt_world_job(w, "receipt.sign");
    receipt_world_job(w, "log.append");
    assert_ok(log_key_rotate(w->db, w->a, &w->conf, &fresh));
    assert_int_not_equal(fresh.id, w->key.id);
    after = receipt_world_statement(w, 10427, "approved");
    receipt_world_job(w, "receipt.sign");
    receipt_world_job(w, "log.append");

    assert_ok(db_begin_read(w->db));
    assert_ok(log_keys_read(w->db, w->a, &rows, &keys, &trust.key_count));
    assert_ok(db_commit(w->db));
    trust.keys = keys;
    assert_int_equal(trust.key_count, 2);
    assert_true(rows[0].retired_at != 0 && rows[1].retired_at == 0);
    receipt = receipt_world_read(w, before);
    checks = receipt_verify(&receipt, &trust, NULL, 0);
    assert_int_equal(receipt_overall(&checks), RECEIPT_PASSED);
    assert_int_equal(note_verify(&receipt.statement_note, &w->key, 1), NOTE_VALID);
    receipt = receipt_world_read(w, after);
    assert_int_equal(note_verify(&receipt.statement_note, &fresh, 1), NOTE_VALID);
    checks = receipt_verify(&receipt, &trust, NULL, 0);
    assert_int_equal(receipt_overall(&checks), RECEIPT_PASSED);
    w->key = fresh;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_log__a_statement_is_signed_by_the_worker),
        cmocka_unit_test(test_log__what_is_no_statement_is_not_signed),
        cmocka_unit_test(test_log__events_and_signed_statements_become_leaves_once),
        cmocka_unit_test(test_log__a_receipt_in_the_log_passes_every_check),
        cmocka_unit_test(test_log__an_event_that_is_committed_late_is_not_skipped),
        cmocka_unit_test(test_log__old_events_are_not_looked_at_again),
        cmocka_unit_test(test_log__any_two_heads_are_consistent),
        cmocka_unit_test(test_log__tiles_have_the_stored_hashes),
        cmocka_unit_test(test_key__the_file_is_its_owners_alone),
        cmocka_unit_test(test_key__a_second_first_key_is_refused),
        cmocka_unit_test(test_key__a_key_that_nobody_knows_signs_nothing),
        cmocka_unit_test(test_key__old_receipts_stay_valid_after_a_rotation),
    };

    return cmocka_run_group_tests(tests, open_all, close_all);
}
