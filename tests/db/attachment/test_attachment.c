/* test_attachment.c - files in pieces: kept whole, owned last, scanned, removed. */
#include "support/test.h"

#include "access/parameter.h"
#include "attachment/attachment.h"
#include "attachment/inside.h"
#include "base/fault.h"
#include "base/log.h"
#include "base/str.h"
#include "crypt/hash.h"
#include "support/scanner.h"
#include "support/testdb.h"

#include <pwd.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MIB = 1 << 20 };

static struct testdb schema;
static struct db *db, *lazy;
static struct arena *arena;
static struct conf conf;
static struct attachment_store *store;

static db_stmt_table *const statements[] = { attachment_statements,     attachment_job_statements,
                                             job_add_statements,        job_worker_statements,
                                             parameter_read_statements, NULL };

/* -- helpers --------------------------------------------------------------------------- */

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

static void script(const char *sql)
{
    assert_ok(db_script(lazy, sql));
}

static const struct attachment_owner deal = { .kind = "deal", .object_id = 10423, .user_id = 7 };

static unsigned char *noise(size_t len)
{
    unsigned char *data = malloc(len + 1);

    assert_non_null(data);
    srand((unsigned)len);
    for (size_t i = 0; i < len; i++)
        data[i] = (unsigned char)rand();
    return data;
}

static struct err *add(const unsigned char *data, size_t len)
{
    const struct upload file = {
        .name = "plan.pdf", .mime = "application/pdf", .data = data, .len = len
    };
    struct err *e;

    assert_ok(db_begin_write(db));
    e = attachment_add(store, db, arena, &deal, &file);
    if (e == NULL)
        e = db_commit(db);
    else
        db_rollback(db);
    return e;
}

static struct attachment *files(size_t *count)
{
    struct attachment *rows;

    assert_ok(db_begin_read(db));
    assert_ok(attachment_list(db, arena, "deal", 10423, &rows, count));
    assert_ok(db_commit(db));
    return rows;
}

static struct attachment *only_file(void)
{
    size_t count;
    struct attachment *rows = files(&count);

    assert_int_equal(count, 1);
    return rows;
}

struct reading {
    struct sha256 hash;
    size_t len;
};

static struct err *read_part(void *arg, const void *row)
{
    const struct attachment_part *part = row;
    struct reading *r = arg;

    sha256_add(&r->hash, part->data.data, part->data.len);
    r->len += part->data.len;
    return NULL;
}

static void assert_stored(const struct attachment *file, const unsigned char *data, size_t len)
{
    unsigned char expected[SHA256_BYTES], got[SHA256_BYTES];
    struct reading r = { .len = 0 };

    sha256_begin(&r.hash);
    assert_ok(db_begin_read(db));
    assert_ok(db_each(db, &attachment_list_parts, DB_ARGS(DB_I(file->file_id)), read_part, &r));
    assert_ok(db_commit(db));
    sha256_end(&r.hash, got);
    sha256(data, len, expected);
    assert_int_equal(r.len, len);
    assert_int_equal(file->size_bytes, (int64_t)len);
    assert_memory_equal(got, expected, SHA256_BYTES);
}

static void round_trip(size_t len)
{
    unsigned char *data = noise(len);

    assert_ok(add(data, len));
    assert_stored(only_file(), data, len);
    free(data);
}

/* -- storing --------------------------------------------------------------------------- */

static void test_attachment_add__keeps_an_empty_file(void **state)
{
    (void)state;
    round_trip(0);
}

static void test_attachment_add__keeps_a_file_of_one_piece(void **state)
{
    (void)state;
    round_trip(MIB);
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM file_chunk"), 1);
}

static void test_attachment_add__keeps_a_file_of_one_byte_more_in_two_pieces(void **state)
{
    (void)state;
    round_trip(MIB + 1);
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM file_chunk"), 2);
}

static void test_attachment_add__keeps_the_largest_file(void **state)
{
    (void)state;
    round_trip(25 * MIB);
    assert_int_equal(NUMBER("SELECT MAX(LENGTH(data)) AS n FROM file_chunk"), MIB);
}

static void test_attachment_add__refuses_a_larger_one_and_writes_nothing(void **state)
{
    unsigned char *data = noise(25 * MIB + 1);

    (void)state;
    assert_err_kind(add(data, 25 * MIB + 1), ERR_TOO_LARGE);
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM file"), 0);
    free(data);
}

static void test_attachment_add__refuses_more_files_than_a_record_may_have(void **state)
{
    (void)state;
    for (int i = 0; i < ATTACHMENTS_PER_RECORD; i++)
        assert_ok(add((const unsigned char *)"x", 1));
    assert_err_kind(add((const unsigned char *)"x", 1), ERR_CONFLICT);
}

static void test_attachment_add__that_is_rolled_back_leaves_a_file_of_nobody(void **state)
{
    const struct upload file = {
        .name = "a", .mime = "text/plain", .data = (const void *)"x", .len = 1
    };
    size_t count;

    (void)state;
    assert_ok(db_begin_write(db));
    assert_ok(attachment_add(store, db, arena, &deal, &file));
    db_rollback(db);
    files(&count);
    assert_int_equal(count, 0);
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM file WHERE complete = 0"), 1);
}

static void test_attachment_add__shows_nothing_of_a_file_whose_piece_failed(void **state)
{
    unsigned char *data = noise(3 * MIB);
    size_t count;

    (void)state;
    for (int n = 1; n <= 3; n++) {
        fault_arm(FAULT_FILE, n);
        assert_err_kind(add(data, 3 * MIB), ERR_IO);
        fault_arm(FAULT_FILE, 0);
        files(&count);
        assert_int_equal(count, 0);
    }
    free(data);
}

/* 1: that of the file's row, 2 and 3: those of its pieces. */
static void test_attachment_add__keeps_a_file_once_when_the_answer_to_a_commit_is_lost(void **state)
{
    unsigned char *data = noise(2 * MIB);

    (void)state;
    for (int n = 1; n <= 3; n++) {
        fault_arm(FAULT_ANSWER, n);
        assert_ok(add(data, 2 * MIB));
        fault_arm(FAULT_ANSWER, 0);
        assert_int_equal(only_file()->size_bytes, 2 * MIB);
        script("DELETE FROM attachment");
    }
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM file WHERE complete = 1"), 3);
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM file_chunk"), 6);
    free(data);
}

/* -- finding --------------------------------------------------------------------------- */

static struct err *get(const char *kind, int64_t object_id, const char *public_id)
{
    struct attachment row;
    struct err *e;

    assert_ok(db_begin_read(db));
    e = attachment_get(db, arena, kind, object_id, public_id, &row);
    db_rollback(db);
    return e;
}

static void test_c25__a_file_is_found_by_its_own_record_alone(void **state)
{
    const struct attachment *file;

    (void)state;
    assert_ok(add((const unsigned char *)"x", 1));
    file = only_file();
    assert_int_equal(strlen(file->public_id), ATTACHMENT_ID_BYTES - 1);
    assert_ok(get("deal", 10423, file->public_id));
    assert_err_kind(get("deal", 10424, file->public_id), ERR_NOT_FOUND);
    assert_err_kind(get("account", 10423, file->public_id), ERR_NOT_FOUND);
    assert_err_kind(get("deal", 10423, "00000000000000000000000000000000"), ERR_NOT_FOUND);
    assert_err_kind(get("deal", 10423, "1"), ERR_NOT_FOUND);
}

static struct err *remove_file(int64_t object_id, const char *public_id)
{
    struct err *e;

    assert_ok(db_begin_write(db));
    e = attachment_remove(db, "deal", object_id, public_id);
    if (e == NULL)
        assert_ok(db_commit(db));
    else
        db_rollback(db);
    return e;
}

static void test_attachment_remove__takes_it_off_its_record_once(void **state)
{
    const struct attachment *file;
    size_t count;

    (void)state;
    assert_ok(add((const unsigned char *)"x", 1));
    file = only_file();
    assert_err_kind(remove_file(10424, file->public_id), ERR_NOT_FOUND);
    assert_ok(remove_file(10423, file->public_id));
    files(&count);
    assert_int_equal(count, 0);
    assert_err_kind(get("deal", 10423, file->public_id), ERR_NOT_FOUND);
    assert_err_kind(remove_file(10423, file->public_id), ERR_NOT_FOUND);
}

/* -- jobs ------------------------------------------------------------------------------ */

static void run_jobs(void)
{
    static const struct job_kind *const tables[] = { attachment_jobs, NULL };
    static const volatile int never;
    struct arena *own = arena_new(4096);
    struct job_context ctx = { .db = db, .arena = own, .conf = &conf, .owner = "test" };
    int ran;

    assert_ok(job_ensure_timers(&ctx, tables));
    assert_ok(job_run_due(&ctx, tables, &never, &ran));
    arena_free(own);
}

static void test_attachment_purge__removes_what_never_belonged_to_anything(void **state)
{
    (void)state;
    test_attachment_add__that_is_rolled_back_leaves_a_file_of_nobody(state);
    assert_ok(add((const unsigned char *)"kept", 4));
    run_jobs();
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM file"), 2); /* not old enough */
    script(
        "UPDATE file SET created_at = created_at - INTERVAL 2 DAY; UPDATE job SET due_at = created_at");
    run_jobs();
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM file"), 1);
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM file_chunk"), 1);
    only_file();
}

static void test_attachment_purge__removes_what_was_removed_a_month_ago(void **state)
{
    (void)state;
    assert_ok(add((const unsigned char *)"x", 1));
    assert_ok(remove_file(10423, only_file()->public_id));
    run_jobs();
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM file"), 1);
    script("UPDATE attachment SET removed_at = removed_at - INTERVAL 31 DAY;"
           " UPDATE job SET due_at = created_at");
    run_jobs();
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM file"), 0);
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM attachment"), 0);
}

/* More than a cluster takes as one change. */
static void test_attachment_purge__removes_a_large_file_a_little_at_a_time(void **state)
{
    unsigned char *data = noise(20 * MIB);

    (void)state;
    assert_ok(add(data, 20 * MIB));
    free(data);
    assert_ok(remove_file(10423, only_file()->public_id));
    script("UPDATE attachment SET removed_at = removed_at - INTERVAL 31 DAY;"
           " UPDATE job SET due_at = created_at");
    run_jobs();
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM file_chunk"), 0);
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM file"), 0);
}

static void scan_with(const char *answer, const char *expected)
{
    unsigned char *data = noise(2 * MIB + 5);
    struct scanner scanner;

    scanner_start(&scanner, answer);
    conf.clamd_socket = scanner.path;
    assert_ok(add(data, 2 * MIB + 5));
    assert_string_equal(only_file()->scan, "waiting");
    assert_false(attachment_is_safe(only_file()));
    run_jobs();
    assert_string_equal(only_file()->scan, expected);
    scanner_stop(&scanner);
    free(data);
}

static void test_attachment_scan__frees_a_clean_file(void **state)
{
    (void)state;
    scan_with("stream: OK", "clean");
    assert_true(attachment_is_safe(only_file()));
}

static void test_attachment_scan__keeps_a_bad_file_in_quarantine(void **state)
{
    (void)state;
    scan_with("stream: Win.Test.EICAR_HDB-1 FOUND", "found");
    assert_false(attachment_is_safe(only_file()));
}

static void test_attachment_scan__tries_again_when_the_scanner_is_away(void **state)
{
    (void)state;
    conf.clamd_socket = "/nowhere/clamd.sock";
    assert_ok(add((const unsigned char *)"x", 1));
    run_jobs();
    assert_string_equal(only_file()->scan, "waiting");
    script("UPDATE job SET due_at = created_at, tries = 8 WHERE kind = 'attachment.scan'");
    run_jobs();
    assert_string_equal(only_file()->scan, "failed");
    assert_false(attachment_is_safe(only_file()));
}

/* -- surroundings ---------------------------------------------------------------------- */

static int set_up(void **state)
{
    (void)state;
    conf.clamd_socket = "";
    script("DELETE FROM attachment; TRUNCATE file_chunk; DELETE FROM file; DELETE FROM job");
    return 0;
}

static int begin(void **state)
{
    (void)state;
    log_set_level(LOG_ERROR + 1); /* what fails here fails on purpose */
    arena = arena_new(4096);
    testdb_copy(&schema);
    db = testdb_connect(schema.name, statements);
    lazy = testdb_connect(schema.name, NULL);
    conf = (struct conf){ .db_socket = testdb_socket(),
                          .db_host = "",
                          .db_name = schema.name,
                          .db_user = getpwuid(geteuid())->pw_name,
                          .db_password_file = "",
                          .upload_max_bytes = 25 * MIB,
                          .clamd_socket = "" };
    store = attachment_store_new(&conf, "partner");
    return 0;
}

static int end(void **state)
{
    (void)state;
    attachment_store_free(store);
    db_close(db);
    db_close(lazy);
    testdb_drop(&schema);
    arena_free(arena);
    return 0;
}

#define TEST(name) cmocka_unit_test_setup(name, set_up)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_attachment_add__keeps_an_empty_file),
        TEST(test_attachment_add__keeps_a_file_of_one_piece),
        TEST(test_attachment_add__keeps_a_file_of_one_byte_more_in_two_pieces),
        TEST(test_attachment_add__keeps_the_largest_file),
        TEST(test_attachment_add__refuses_a_larger_one_and_writes_nothing),
        TEST(test_attachment_add__refuses_more_files_than_a_record_may_have),
        TEST(test_attachment_add__that_is_rolled_back_leaves_a_file_of_nobody),
        TEST(test_attachment_add__shows_nothing_of_a_file_whose_piece_failed),
        TEST(test_attachment_add__keeps_a_file_once_when_the_answer_to_a_commit_is_lost),
        TEST(test_c25__a_file_is_found_by_its_own_record_alone),
        TEST(test_attachment_remove__takes_it_off_its_record_once),
        TEST(test_attachment_purge__removes_what_never_belonged_to_anything),
        TEST(test_attachment_purge__removes_what_was_removed_a_month_ago),
        TEST(test_attachment_purge__removes_a_large_file_a_little_at_a_time),
        TEST(test_attachment_scan__frees_a_clean_file),
        TEST(test_attachment_scan__keeps_a_bad_file_in_quarantine),
        TEST(test_attachment_scan__tries_again_when_the_scanner_is_away),
    };

    return cmocka_run_group_tests_name("attachment", tests, begin, end);
}
