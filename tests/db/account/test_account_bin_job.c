/* What has lain in the bin for as long as it may is removed by the worker, and nothing else. */
#include "support/test.h"

#include "access/parameter.h"
#include "account/account_bin.h"
#include "account/contact.h"
#include "attachment/attachment.h"
#include "custom/custom.h"
#include "base/str.h"
#include "fixture/fixture.h"
#include "support/testdb.h"

static struct testdb schema;
static struct db *db, *lazy;
static struct arena *arena;

static db_stmt_table *const statements[] = { job_worker_statements,    parameter_read_statements,
                                             account_purge_statements, contact_purge_statements,
                                             custom_forget_statements, attachment_remove_statements,
                                             audit_statements,         NULL };

static int set_up(void **state)
{
    (void)state;
    testdb_copy(&schema);
    db = testdb_connect(schema.name, statements);
    lazy = testdb_connect(schema.name, NULL);
    arena = arena_new(4096);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(arena);
    db_close(db);
    db_close(lazy);
    testdb_drop(&schema);
    return 0;
}

struct number_row {
    int64_t n;
};
static const struct db_field number_fields[] = { DB_FIELD(struct number_row, n, DB_I64, 0), { 0 } };
static const struct db_stmt names_left = {
    .name = "test.names_left",
    .sql = "SELECT COUNT(*) AS n FROM account WHERE name LIKE ?",
    .binds = "s",
    .fields = number_fields,
    .row_bytes = sizeof(struct number_row),
};
static const struct db_stmt contacts_left = {
    .name = "test.contacts_left",
    .sql = "SELECT COUNT(*) AS n FROM contact WHERE name LIKE ?",
    .binds = "s",
    .fields = number_fields,
    .row_bytes = sizeof(struct number_row),
};

static int64_t left(const struct db_stmt *st, const char *name)
{
    struct number_row row = { 0 };

    assert_ok(db_begin_read(lazy));
    assert_ok(db_get(lazy, arena, st, DB_ARGS(DB_S(name)), &row));
    assert_ok(db_commit(lazy));
    return row.n;
}

static void run_job(void)
{
    static const struct job_kind *const tables[] = { account_bin_jobs, NULL };
    static const volatile int never;
    struct arena *own = arena_new(1024);
    struct job_context ctx = { .db = db, .arena = own, .owner = "test" };
    int ran;

    assert_ok(job_ensure_timers(&ctx, tables));
    assert_ok(db_script(lazy, "UPDATE job SET due_at = created_at WHERE kind = 'account.purge'"));
    assert_ok(job_run_due(&ctx, tables, &never, &ran));
    assert_int_equal(ran, 1);
    arena_free(own);
}

static void test_job__removes_what_is_old_and_leaves_the_rest(void **state)
{
    (void)state;
    assert_ok(db_script(
        lazy,
        "INSERT INTO account (kind, name, country, created_at, updated_at, deleted_at, in_bin)"
        " SELECT 'prospect', CONCAT('Old bin ', seq), 'DE', UTC_TIMESTAMP(6), UTC_TIMESTAMP(6),"
        " UTC_TIMESTAMP(6) - INTERVAL 91 DAY, 1 FROM seq_1_to_45;"
        "INSERT INTO account (kind, name, country, created_at, updated_at, deleted_at, in_bin)"
        " VALUES ('prospect', 'New bin', 'DE', UTC_TIMESTAMP(6), UTC_TIMESTAMP(6),"
        " UTC_TIMESTAMP(6) - INTERVAL 89 DAY, 1), ('prospect', 'Alive', 'DE', UTC_TIMESTAMP(6) -"
        " INTERVAL 400 DAY, UTC_TIMESTAMP(6) - INTERVAL 400 DAY, NULL, 0);"
        "INSERT INTO contact (account_id, name, name_key, created_at, updated_at, deleted_at)"
        " SELECT id, 'With it', 'with it', UTC_TIMESTAMP(6), UTC_TIMESTAMP(6), NULL FROM account"
        " WHERE name = 'Old bin 1';"
        "INSERT INTO contact (account_id, name, name_key, created_at, updated_at, deleted_at)"
        " SELECT id, 'Old person', 'old person', UTC_TIMESTAMP(6), UTC_TIMESTAMP(6),"
        " UTC_TIMESTAMP(6) - INTERVAL 91 DAY FROM account WHERE name = 'Alive';"
        "INSERT INTO contact (account_id, name, name_key, created_at, updated_at, deleted_at)"
        " SELECT id, 'New person', 'new person', UTC_TIMESTAMP(6), UTC_TIMESTAMP(6),"
        " UTC_TIMESTAMP(6) - INTERVAL 89 DAY FROM account WHERE name = 'Alive'"));
    run_job();
    assert_int_equal(left(&names_left, "Old bin %"), 0);
    assert_int_equal(left(&names_left, "New bin"), 1);
    assert_int_equal(left(&names_left, "Alive"), 1);
    assert_int_equal(left(&contacts_left, "With it"), 0);
    assert_int_equal(left(&contacts_left, "Old person"), 0);
    assert_int_equal(left(&contacts_left, "New person"), 1);
}

static void test_job__goes_by_the_parameter(void **state)
{
    (void)state;
    assert_ok(db_script(
        lazy,
        "INSERT INTO account (kind, name, country, created_at, updated_at, deleted_at, in_bin)"
        " VALUES ('prospect', 'Ten days', 'DE', UTC_TIMESTAMP(6), UTC_TIMESTAMP(6),"
        " UTC_TIMESTAMP(6) - INTERVAL 10 DAY, 1)"));
    run_job();
    assert_int_equal(left(&names_left, "Ten days"), 1);
    assert_ok(db_begin_write(lazy));
    assert_ok(parameter_set(lazy, PARAM_KEEP_BIN, "7"));
    assert_ok(db_commit(lazy));
    run_job();
    assert_int_equal(left(&names_left, "Ten days"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_job__removes_what_is_old_and_leaves_the_rest),
        cmocka_unit_test(test_job__goes_by_the_parameter),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
