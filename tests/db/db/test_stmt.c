/* db/stmt.c: what goes in comes out again, and what does not fit is refused with its name. */
#include "support/test.h"

#include "base/arena.h"
#include "base/clock.h"
#include "base/str.h"
#include "support/testdb.h"

#include <pwd.h>
#include <stdlib.h>
#include <unistd.h>

struct everything {
    int64_t number, at, e4;
    bool yes;
    const char *text;
    struct bytes bytes;
    int32_t day;
};

#define EVERYTHING(nullable_)                                                        \
    {                                                                                \
        { "number", DB_I64, offsetof(struct everything, number), 0, nullable_ },     \
            { "yes", DB_BOOL, offsetof(struct everything, yes), 0, nullable_ },      \
            { "text", DB_TEXT, offsetof(struct everything, text), 8, nullable_ },    \
            { "bytes", DB_BYTES, offsetof(struct everything, bytes), 8, nullable_ }, \
            { "at", DB_AT, offsetof(struct everything, at), 0, nullable_ },          \
            { "day", DB_DAY, offsetof(struct everything, day), 0, nullable_ },       \
            { "e4", DB_E4, offsetof(struct everything, e4), 0, nullable_ }, { 0 },   \
    }

#define SELECT_ALL "SELECT number, yes, text, bytes, at, day, e4 FROM t"

static const struct db_field maybe_fields[] = EVERYTHING(true);
static const struct db_field sure_fields[] = EVERYTHING(false);

static const struct db_stmt add = {
    .name = "t.add",
    .sql = "INSERT INTO t (number, yes, text, bytes, at, day, e4) VALUES (?, ?, ?, ?, ?, ?, ?)",
    .binds = "iisbtdm",
    .flags = DB_WRITE,
};
static const struct db_stmt by_number = {
    .name = "t.by_number",
    .sql = SELECT_ALL " WHERE number = ?",
    .binds = "i",
    .fields = sure_fields,
    .row_bytes = sizeof(struct everything),
};
static const struct db_stmt list = {
    .name = "t.list",
    .sql = SELECT_ALL " ORDER BY id",
    .binds = "",
    .fields = maybe_fields,
    .row_bytes = sizeof(struct everything),
};
static const struct db_stmt change = {
    .name = "t.change",
    .sql = "UPDATE t SET text = ? WHERE number = ?",
    .binds = "si",
    .flags = DB_WRITE,
};
static db_stmt_table statements[] = { &add, &by_number, &list, &change, NULL };
static db_stmt_table *const tables[] = { statements, NULL };

struct world {
    struct testdb schema;
    struct db *db;
    struct arena *a;
};

static int make_world(void **state)
{
    struct world *w = calloc(1, sizeof(*w));
    struct db *db;

    testdb_empty(&w->schema);
    db = testdb_connect(w->schema.name, NULL);
    assert_ok(db_script(db, "CREATE TABLE t (id BIGINT AUTO_INCREMENT PRIMARY KEY, number BIGINT,"
                            " yes TINYINT(1), text VARCHAR(500), bytes VARBINARY(500),"
                            " at DATETIME(6), day DATE, e4 DECIMAL(19,4), UNIQUE KEY t_text (text))"
                            " ENGINE=InnoDB CHARACTER SET utf8mb4"));
    db_close(db);
    w->db = testdb_connect(w->schema.name, tables);
    w->a = arena_new(4096);
    *state = w;
    return 0;
}

static int end_world(void **state)
{
    struct world *w = *state;

    db_close(w->db);
    testdb_drop(&w->schema);
    arena_free(w->a);
    free(w);
    return 0;
}

static int roll_back(void **state)
{
    struct world *w = *state;

    db_rollback(w->db);
    arena_clear(w->a);
    return 0;
}

static int64_t put(struct world *w, int64_t number, const char *text)
{
    int64_t id;

    assert_ok(db_insert(
        w->db, &add,
        DB_ARGS(DB_I(number), DB_I(1), DB_S(text), DB_B("\0\1", 2), DB_T(1), DB_D(0), DB_M(1)),
        &id));
    return id;
}

static void test_db__every_kind_comes_back_as_it_went_in(void **state)
{
    struct world *w = *state;
    struct everything row;
    int64_t id, at = 1795255800123456, e4 = -9007199254740993;

    assert_ok(db_begin_write(w->db));
    assert_ok(db_insert(w->db, &add,
                        DB_ARGS(DB_I(INT64_MIN), DB_I(1), DB_S("名称"), DB_B("a\0b", 3), DB_T(at),
                                DB_D(20000), DB_M(e4)),
                        &id));
    assert_true(id > 0);
    assert_ok(db_get(w->db, w->a, &by_number, DB_ARGS(DB_I(INT64_MIN)), &row));
    assert_true(row.number == INT64_MIN);
    assert_true(row.yes);
    assert_string_equal(row.text, "名称");
    assert_int_equal(row.bytes.len, 3);
    assert_memory_equal(row.bytes.data, "a\0b", 3);
    assert_true(row.at == at);
    assert_int_equal(row.day, 20000);
    assert_true(row.e4 == e4);
}

static void test_db__instants_before_1970_come_back(void **state)
{
    struct world *w = *state;
    struct everything row;
    int64_t id;

    assert_ok(db_begin_write(w->db));
    assert_ok(db_insert(
        w->db, &add,
        DB_ARGS(DB_I(1), DB_I(0), DB_S(""), DB_B("", 0), DB_T(-1), DB_D(-25000), DB_M(0)), &id));
    assert_ok(db_get(w->db, w->a, &by_number, DB_ARGS(DB_I(1)), &row));
    assert_true(row.at == -1);
    assert_int_equal(row.day, -25000);
    assert_string_equal(row.text, "");
    assert_int_equal(row.bytes.len, 0);
    assert_false(row.yes);
}

static void test_db__null_goes_in_and_comes_out_as_nothing(void **state)
{
    struct world *w = *state;
    struct everything *rows;
    size_t count;

    assert_ok(db_begin_write(w->db));
    assert_ok(db_exec(w->db, &add,
                      DB_ARGS(DB_NULL_I, DB_NULL_I, DB_S(NULL), DB_B(NULL, 0), DB_T(0),
                              DB_D(DAY_NONE), DB_NULL_I),
                      NULL));
    assert_ok(db_list(w->db, w->a, &list, DB_NO_ARGS, &rows, &count));
    assert_int_equal(count, 1);
    assert_int_equal(rows->number, 0);
    assert_null(rows->text);
    assert_null(rows->bytes.data);
    assert_true(rows->at == 0);
    assert_true(rows->day == DAY_NONE);
    assert_int_equal(rows->e4, 0);
}

static void test_db__a_null_where_none_may_be_names_its_column(void **state)
{
    struct world *w = *state;
    struct everything row;
    struct err *e;

    assert_ok(db_begin_write(w->db));
    assert_ok(db_exec(
        w->db, &add,
        DB_ARGS(DB_I(1), DB_I(1), DB_S(NULL), DB_B(NULL, 0), DB_T(0), DB_D(DAY_NONE), DB_NULL_I),
        NULL));
    e = db_get(w->db, w->a, &by_number, DB_ARGS(DB_I(1)), &row);
    assert_non_null(strstr(err_message(e), "t.by_number: column text is NULL"));
    assert_err_kind(e, ERR_DB);
}

static void test_db__values_longer_than_their_cap_arrive_whole(void **state)
{
    struct world *w = *state;
    char text[401];
    struct everything *rows;
    size_t count;

    memset(text, 'x', 400);
    text[400] = '\0';
    assert_ok(db_begin_write(w->db));
    assert_ok(db_exec(
        w->db, &add,
        DB_ARGS(DB_I(1), DB_I(1), DB_S(text), DB_B(text, 300), DB_T(1), DB_D(0), DB_M(0)), NULL));
    put(w, 2, "12345678");
    put(w, 3, "short");
    assert_ok(db_list(w->db, w->a, &list, DB_NO_ARGS, &rows, &count));
    assert_int_equal(count, 3);
    assert_string_equal(rows[0].text, text);
    assert_int_equal(rows[0].bytes.len, 300);
    assert_memory_equal(rows[0].bytes.data, text, 300);
    assert_string_equal(rows[1].text, "12345678");
    assert_string_equal(rows[2].text, "short");
}

static void test_db__a_list_grows_as_far_as_it_must(void **state)
{
    struct world *w = *state;
    struct everything *rows;
    size_t count;
    char text[16];

    assert_ok(db_begin_write(w->db));
    for (int i = 0; i < 200; i++) {
        snprintf(text, sizeof(text), "row %d", i);
        put(w, i, text);
    }
    assert_ok(db_list(w->db, w->a, &list, DB_NO_ARGS, &rows, &count));
    assert_int_equal(count, 200);
    for (int i = 0; i < 200; i++) {
        snprintf(text, sizeof(text), "row %d", i);
        assert_int_equal(rows[i].number, i);
        assert_string_equal(rows[i].text, text);
    }
}

static void test_db__an_empty_list_is_not_null(void **state)
{
    struct world *w = *state;
    struct everything *rows = NULL;
    size_t count = 7;

    assert_ok(db_begin_read(w->db));
    assert_ok(db_list(w->db, w->a, &list, DB_NO_ARGS, &rows, &count));
    assert_non_null(rows);
    assert_int_equal(count, 0);
}

static void test_db__no_row_is_an_answer(void **state)
{
    struct world *w = *state;
    struct everything row = { .number = 42 };
    bool found = true;

    assert_ok(db_begin_read(w->db));
    assert_ok(db_one(w->db, w->a, &by_number, DB_ARGS(DB_I(5)), &row, &found));
    assert_false(found);
    assert_int_equal(row.number, 42);
    assert_err_kind(db_get(w->db, w->a, &by_number, DB_ARGS(DB_I(5)), &row), ERR_NOT_FOUND);
}

static void test_db__one_row_that_is_two_is_a_bug(void **state)
{
    struct world *w = *state;
    struct everything row;
    bool found;

    assert_ok(db_begin_write(w->db));
    put(w, 5, "a");
    put(w, 5, "b");
    assert_err_kind(db_one(w->db, w->a, &by_number, DB_ARGS(DB_I(5)), &row, &found), ERR_BUG);
}

struct seen {
    int64_t sum;
    int rows, stop_after;
};

static struct err *see(void *arg, const void *row)
{
    struct seen *seen = arg;
    const struct everything *r = row;

    seen->sum += r->number;
    assert_true(r->text != NULL && *r->text == 'n');
    return ++seen->rows == seen->stop_after ? err_raise(ERR_CONFLICT, "enough") : NULL;
}

static void test_db_each__shows_every_row(void **state)
{
    struct world *w = *state;
    struct seen seen = { 0 };

    assert_ok(db_begin_write(w->db));
    put(w, 1, "n1");
    put(w, 2, "n2");
    put(w, 4, "n3");
    assert_ok(db_each(w->db, &list, DB_NO_ARGS, see, &seen));
    assert_int_equal(seen.rows, 3);
    assert_int_equal(seen.sum, 7);
}

static void test_db_each__stops_with_the_error_of_its_function(void **state)
{
    struct world *w = *state;
    struct seen seen = { .stop_after = 1 };

    assert_ok(db_begin_write(w->db));
    put(w, 1, "n1");
    put(w, 2, "n2");
    assert_err_kind(db_each(w->db, &list, DB_NO_ARGS, see, &seen), ERR_CONFLICT);
    assert_int_equal(seen.rows, 1);
    db_rollback(w->db);
    /* The connection is free again although rows were left. */
    assert_ok(db_begin_read(w->db));
    assert_ok(db_each(w->db, &list, DB_NO_ARGS, see, &seen));
}

static void test_db_exec__counts_rows_that_really_changed(void **state)
{
    struct world *w = *state;
    int64_t affected;

    assert_ok(db_begin_write(w->db));
    put(w, 1, "a");
    assert_ok(db_exec(w->db, &change, DB_ARGS(DB_S("b"), DB_I(1)), &affected));
    assert_int_equal(affected, 1);
    assert_ok(db_exec(w->db, &change, DB_ARGS(DB_S("b"), DB_I(1)), &affected));
    assert_int_equal(affected, 0);
    assert_ok(db_exec(w->db, &change, DB_ARGS(DB_S("c"), DB_I(2)), &affected));
    assert_int_equal(affected, 0);
}

static void test_db_exec__a_unique_key_is_named_and_the_transaction_lives(void **state)
{
    struct world *w = *state;
    struct everything *rows;
    struct err *e;
    size_t count;

    assert_ok(db_begin_write(w->db));
    put(w, 1, "it's 'quoted' for key 'x'");
    e = db_exec(w->db, &add,
                DB_ARGS(DB_I(2), DB_I(1), DB_S("it's 'quoted' for key 'x'"), DB_NULL_I, DB_NULL_I,
                        DB_NULL_I, DB_NULL_I),
                NULL);
    assert_string_equal(err_detail(e), "t_text");
    assert_null(strstr(err_message(e), "quoted"));
    assert_err_kind(e, ERR_DUPLICATE);
    put(w, 3, "other");
    assert_ok(db_list(w->db, w->a, &list, DB_NO_ARGS, &rows, &count));
    assert_int_equal(count, 2);
}

static void test_db__wrong_arguments_are_refused(void **state)
{
    struct world *w = *state;

    assert_ok(db_begin_write(w->db));
    assert_err_kind(db_exec(w->db, &change, DB_ARGS(DB_I(1), DB_I(1)), NULL), ERR_BUG);
    db_rollback(w->db);
    assert_ok(db_begin_write(w->db));
    assert_err_kind(db_exec(w->db, &change, DB_ARGS(DB_S("a")), NULL), ERR_BUG);
    db_rollback(w->db);
    assert_ok(db_begin_write(w->db));
    assert_err_kind(db_exec(w->db, &change, DB_ARGS(DB_S("a"), DB_I(1), DB_I(1)), NULL), ERR_BUG);
}

static void test_db__a_statement_of_no_table_is_a_bug(void **state)
{
    static const struct db_stmt stray = {
        .name = "stray", .sql = "DELETE FROM t", .binds = "", .flags = DB_WRITE
    };
    struct world *w = *state;

    assert_ok(db_begin_write(w->db));
    assert_err_kind(db_exec(w->db, &stray, DB_NO_ARGS, NULL), ERR_BUG);
}

static void test_db__statements_run_only_in_a_transaction(void **state)
{
    struct world *w = *state;
    struct everything row;

    assert_err_kind(db_get(w->db, w->a, &by_number, DB_ARGS(DB_I(1)), &row), ERR_BUG);
}

static void test_db__statements_are_counted(void **state)
{
    struct world *w = *state;
    struct everything row;
    bool found;

    db_statement_count(w->db);
    assert_ok(db_begin_read(w->db));
    assert_ok(db_one(w->db, w->a, &by_number, DB_ARGS(DB_I(1)), &row, &found));
    assert_ok(db_one(w->db, w->a, &by_number, DB_ARGS(DB_I(2)), &row, &found));
    assert_int_equal(db_statement_count(w->db), 2);
    assert_int_equal(db_statement_count(w->db), 0);
}

static void test_db__a_lazy_connection_prepares_more_than_it_began_with(void **state)
{
    enum { COUNT = 200 };
    static struct db_stmt many[COUNT];
    struct world *w = *state;
    struct db *db = testdb_connect(w->schema.name, NULL);
    struct everything row;
    bool found;

    assert_ok(db_begin_read(db));
    for (int round = 0; round < 2; round++)
        for (size_t i = 0; i < COUNT; i++) {
            many[i] = by_number;
            assert_ok(db_one(db, w->a, &many[i], DB_ARGS(DB_I(1)), &row, &found));
        }
    db_close(db);
}

/* -- what start-up refuses -----------------------------------------------------------------------
 */

static void refuses(struct world *w, const struct db_stmt *st, const char *words)
{
    db_stmt_table one[] = { st, NULL };
    db_stmt_table *const list_of_one[] = { one, NULL };
    const char *socket = testdb_socket();
    const struct passwd *me = getpwuid(geteuid());
    struct db_settings settings = { .socket = socket,
                                    .name = w->schema.name,
                                    .user = me != NULL ? me->pw_name : "root" };
    struct db *db = NULL;
    struct err *e = db_open(&settings, list_of_one, &db);

    if (e == NULL || strstr(err_message(e), words) == NULL)
        print_error("%s\n", err_message(e));
    assert_non_null(e);
    assert_non_null(strstr(err_message(e), words));
    assert_non_null(strstr(err_message(e), st->name));
    assert_err_kind(e, ERR_CONFIG);
}

struct one_number {
    int64_t number;
};
static const struct db_field number_field[] = { DB_FIELD(struct one_number, number, DB_I64, 0),
                                                { 0 } };

#define ONE(sql_, binds_, fields_, flags_)                            \
    (&(const struct db_stmt){ .name = "bad.one",                      \
                              .sql = (sql_),                          \
                              .binds = (binds_),                      \
                              .fields = (fields_),                    \
                              .row_bytes = sizeof(struct one_number), \
                              .flags = (flags_) })

static void test_db_open__refuses_statements_that_do_not_fit(void **state)
{
    struct world *w = *state;

    refuses(w, ONE("SELECT nothing FROM t", "", number_field, 0), "Unknown column");
    refuses(w, ONE("SELECT number FROM t WHERE id = ?", "", number_field, 0), "1 parameters");
    refuses(w, ONE("SELECT number FROM t WHERE id = ?", "x", number_field, 0), "unknown letter");
    refuses(w, ONE("SELECT number, yes FROM t", "", number_field, 0), "2 columns come");
    refuses(w, ONE("SELECT id FROM t", "", number_field, 0), "id comes where number");
    refuses(w, ONE("SELECT text AS number FROM t", "", number_field, 0), "no whole number");
    refuses(w, ONE("SELECT e4 AS number FROM t", "", number_field, 0), "no whole number");
    refuses(w, ONE("UPDATE t SET number = 1", "", NULL, 0), "without DB_WRITE");
}

static void test_db_open__refuses_columns_of_another_kind(void **state)
{
    static const struct {
        const char *column;
        enum db_kind kind;
    } wrong[] = { { "bytes", DB_TEXT }, { "text", DB_BYTES },  { "day", DB_AT },   { "at", DB_DAY },
                  { "number", DB_E4 },  { "number", DB_TEXT }, { "text", DB_BOOL } };
    struct world *w = *state;
    char sql[64];

    for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
        struct db_field fields[] = { { .column = wrong[i].column, .kind = wrong[i].kind }, { 0 } };

        snprintf(sql, sizeof(sql), "SELECT %s FROM t", wrong[i].column);
        refuses(w, ONE(sql, "", fields, 0), "is no ");
    }
}

static void test_db_open__takes_a_sum_of_whole_numbers(void **state)
{
    struct world *w = *state;
    struct one_number row;
    struct db *db = testdb_connect(w->schema.name, NULL);

    assert_ok(db_begin_read(db));
    assert_ok(db_get(
        db, w->a,
        ONE("SELECT CAST(IFNULL(SUM(number), 7) AS SIGNED) AS number FROM t", "", number_field, 0),
        DB_NO_ARGS, &row));
    assert_int_equal(row.number, 7);
    assert_ok(db_get(db, w->a,
                     ONE("SELECT IFNULL(SUM(number), 7) AS number FROM t", "", number_field, 0),
                     DB_NO_ARGS, &row));
    assert_int_equal(row.number, 7);
    db_close(db);
}

static void test_db_open__refuses_to_be_without_tables(void **state)
{
    struct db *db;

    (void)state;
    assert_err_kind(db_open(&(struct db_settings){ .socket = "/none" }, NULL, &db), ERR_BUG);
}

static void test_db_open__a_server_that_is_away_is_unavailable(void **state)
{
    struct db *db;

    (void)state;
    assert_err_kind(db_open_lazy(&(struct db_settings){ .socket = "/none", .user = "x" }, &db),
                    ERR_UNAVAILABLE);
}

#define IN_WORLD(test) cmocka_unit_test_teardown(test, roll_back)

/* -- rows that are kept --------------------------------------------------------------------------
 */

enum { LONG_US = 60 * 1000000 };

/* How many statements it took to read the list, of COUNT rows. */
static int asked_for(struct world *w, size_t count)
{
    struct everything *rows;
    size_t found;

    db_statement_count(w->db);
    assert_ok(db_kept(w->db, &list, &rows, &found));
    assert_int_equal(found, count);
    return db_statement_count(w->db);
}

static void next_transaction(struct world *w)
{
    db_rollback(w->db);
    assert_ok(db_begin_read(w->db));
}

static void test_db_kept__is_asked_once_a_transaction(void **state)
{
    struct world *w = *state;

    assert_ok(db_begin_read(w->db));
    assert_int_equal(asked_for(w, 0), 1);
    assert_int_equal(asked_for(w, 0), 0);
    next_transaction(w);
    assert_int_equal(asked_for(w, 0), 1);
}

static void test_db_kept__serves_later_transactions_while_it_is_young(void **state)
{
    struct world *w = *state;

    db_keep_for(w->db, LONG_US);
    assert_ok(db_begin_read(w->db));
    (void)asked_for(w, 0);
    next_transaction(w);
    assert_int_equal(asked_for(w, 0), 0);
    db_keep_for(w->db, 0);
}

static void test_db_kept__keeps_nothing_that_may_be_taken_back(void **state)
{
    struct world *w = *state;

    db_keep_for(w->db, LONG_US);
    assert_ok(db_begin_write(w->db));
    put(w, 1, "not for long");
    (void)asked_for(w, 1);
    next_transaction(w);
    assert_int_equal(asked_for(w, 0), 1);
    db_keep_for(w->db, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_WORLD(test_db__every_kind_comes_back_as_it_went_in),
        IN_WORLD(test_db__instants_before_1970_come_back),
        IN_WORLD(test_db__null_goes_in_and_comes_out_as_nothing),
        IN_WORLD(test_db__a_null_where_none_may_be_names_its_column),
        IN_WORLD(test_db__values_longer_than_their_cap_arrive_whole),
        IN_WORLD(test_db__a_list_grows_as_far_as_it_must),
        IN_WORLD(test_db__an_empty_list_is_not_null),
        IN_WORLD(test_db__no_row_is_an_answer),
        IN_WORLD(test_db__one_row_that_is_two_is_a_bug),
        IN_WORLD(test_db_each__shows_every_row),
        IN_WORLD(test_db_each__stops_with_the_error_of_its_function),
        IN_WORLD(test_db_exec__counts_rows_that_really_changed),
        IN_WORLD(test_db_exec__a_unique_key_is_named_and_the_transaction_lives),
        IN_WORLD(test_db__wrong_arguments_are_refused),
        IN_WORLD(test_db__a_statement_of_no_table_is_a_bug),
        IN_WORLD(test_db__statements_run_only_in_a_transaction),
        IN_WORLD(test_db__statements_are_counted),
        IN_WORLD(test_db__a_lazy_connection_prepares_more_than_it_began_with),
        IN_WORLD(test_db_kept__is_asked_once_a_transaction),
        IN_WORLD(test_db_kept__serves_later_transactions_while_it_is_young),
        IN_WORLD(test_db_kept__keeps_nothing_that_may_be_taken_back),
        IN_WORLD(test_db_open__refuses_statements_that_do_not_fit),
        IN_WORLD(test_db_open__refuses_columns_of_another_kind),
        IN_WORLD(test_db_open__takes_a_sum_of_whole_numbers),
        IN_WORLD(test_db_open__refuses_to_be_without_tables),
        IN_WORLD(test_db_open__a_server_that_is_away_is_unavailable),
    };

    return cmocka_run_group_tests(tests, make_world, end_world);
}
