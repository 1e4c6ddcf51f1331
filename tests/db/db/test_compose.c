/* db/compose.c - a statement of constant pieces and bound values, and what is refused. */
#include "support/test.h"

#include "base/str.h"
#include "db/compose.h"
#include "support/testdb.h"

struct row {
    int64_t n;
    const char *text;
};

static struct db *db;
static struct arena *a;

static int set_up(void **state)
{
    (void)state;
    db = testdb_open(NULL);
    a = arena_new(65536);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    db_close(db);
    arena_free(a);
    return 0;
}

static int begin(void **state)
{
    (void)state;
    assert_ok(db_begin_read(db));
    return 0;
}

static int end(void **state)
{
    (void)state;
    db_rollback(db);
    arena_clear(a);
    return 0;
}

static struct db_compose *two_columns(int64_t n, const char *text)
{
    struct db_compose *c = db_compose_new(a, "test.composed");

    db_compose_add(c, "SELECT CAST(");
    db_compose_value(c, DB_I(n));
    db_compose_add(c, " AS INT) AS n, CAST(");
    db_compose_value(c, DB_S(text));
    db_compose_add(c, " AS CHAR) AS text");
    db_compose_column(
        c, (struct db_field){ .column = "n", .kind = DB_I64, .offset = offsetof(struct row, n) });
    db_compose_column(c, (struct db_field){ .column = "text",
                                            .kind = DB_TEXT,
                                            .offset = offsetof(struct row, text),
                                            .nullable = true });
    return c;
}

static struct err *list(const struct db_compose *c, struct row **rows, size_t *count, bool *late)
{
    return db_compose_list(db, a, c, sizeof(struct row), 5, rows, count, late);
}

static void test_compose__binds_what_was_typed(void **state)
{
    const char *typed = "' OR 1=1 -- \\";
    struct row *rows;
    size_t count;
    bool late;

    (void)state;
    assert_ok(list(two_columns(7, typed), &rows, &count, &late));
    assert_int_equal(count, 1);
    assert_int_equal(rows[0].n, 7);
    assert_string_equal(rows[0].text, typed);
    assert_false(late);
}

static void test_compose__gives_nothing_as_nothing(void **state)
{
    struct row *rows;
    size_t count;
    bool late;

    (void)state;
    assert_ok(list(two_columns(0, NULL), &rows, &count, &late));
    assert_null(rows[0].text);
}

static void test_compose__never_runs_a_piece_that_is_no_constant(void **state)
{
    struct db_compose *c = two_columns(1, "x");
    char local[] = " LIMIT 1";
    struct row *rows;
    size_t count;
    bool late;

    (void)state;
    db_compose_add(c, arena_dup(a, " LIMIT 1"));
    assert_err_kind(list(c, &rows, &count, &late), ERR_BUG);
    db_rollback(db);
    assert_ok(db_begin_read(db));
    c = two_columns(1, "x");
    db_compose_add(c, local);
    assert_err_kind(list(c, &rows, &count, &late), ERR_BUG);
}

static void test_compose__that_takes_too_long_is_told_and_can_be_gone_on_with(void **state)
{
    struct db_compose *c = db_compose_new(a, "test.slow");
    struct row *rows;
    size_t count;
    bool late;

    (void)state;
    db_compose_add(c,
                   "SELECT COUNT(*) AS n FROM information_schema.collations a,"
                   " information_schema.collations b, information_schema.collations c,"
                   " information_schema.collations d WHERE CONCAT(a.id, b.id, c.id, d.id) = 'x'");
    db_compose_column(
        c, (struct db_field){ .column = "n", .kind = DB_I64, .offset = offsetof(struct row, n) });
    assert_ok(db_compose_list(db, a, c, sizeof(struct row), 1, &rows, &count, &late));
    assert_true(late);
    assert_int_equal(count, 0);
    assert_ok(list(two_columns(3, "x"), &rows, &count, &late));
    assert_int_equal(rows[0].n, 3);
    assert_ok(db_commit(db));
    assert_ok(db_begin_read(db));
}

static void test_compose__leaves_the_limit_of_other_statements_as_it_was(void **state)
{
    static const struct db_field fields[] = { DB_FIELD(struct row, n, DB_I64, 0), { 0 } };
    static const struct db_stmt limit = {
        .name = "test.limit",
        .sql = "SELECT CAST(@@SESSION.max_statement_time AS INT) AS n",
        .binds = "",
        .fields = fields,
        .row_bytes = sizeof(struct row),
    };
    struct row before, after, *rows;
    size_t count;
    bool late;

    (void)state;
    assert_ok(db_get(db, a, &limit, DB_NO_ARGS, &before));
    assert_ok(list(two_columns(1, "x"), &rows, &count, &late));
    assert_ok(db_get(db, a, &limit, DB_NO_ARGS, &after));
    assert_int_equal(after.n, before.n);
}

static void test_compose__cannot_write_where_only_is_read(void **state)
{
    struct db_compose *c = db_compose_new(a, "test.write");
    struct row *rows;
    size_t count;
    bool late;
    struct err *e;

    (void)state;
    db_compose_add(c, "DELETE FROM saved_view WHERE id = ");
    db_compose_value(c, DB_I(1));
    e = list(c, &rows, &count, &late);
    assert_non_null(e);
    err_free(e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_compose__binds_what_was_typed, begin, end),
        cmocka_unit_test_setup_teardown(test_compose__gives_nothing_as_nothing, begin, end),
        cmocka_unit_test_setup_teardown(test_compose__never_runs_a_piece_that_is_no_constant, begin,
                                        end),
        cmocka_unit_test_setup_teardown(
            test_compose__that_takes_too_long_is_told_and_can_be_gone_on_with, begin, end),
        cmocka_unit_test_setup_teardown(
            test_compose__leaves_the_limit_of_other_statements_as_it_was, begin, end),
        cmocka_unit_test_setup_teardown(test_compose__cannot_write_where_only_is_read, begin, end),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
