/* Every statement of every program fits the schema, and its program's account may run it. */
#include "support/test.h"

#include "base/str.h"
#include "program/program.h"
#include "operate/metrics.h"
#include "program/worker.h"
#include "support/testdb.h"

#include <ctype.h>

/* Opens each table apart, so that one that does not fit does not hide the others. */
static int open_tables(const char *program, db_stmt_table *const *tables)
{
    int faults = 0;

    for (size_t i = 0; tables[i] != NULL; i++)
        for (size_t j = 0; tables[i][j] != NULL; j++) {
            db_stmt_table one[] = { tables[i][j], NULL };
            db_stmt_table *const list[] = { one, NULL };
            struct db *db = NULL;
            struct err *e = testdb_connect_as(testdb_shared(), program, list, &db);

            if (e != NULL)
                print_error("%s: %s\n", program, err_message(e));
            faults += e != NULL;
            err_free(e);
            db_close(db);
        }
    return faults;
}

static void test_statements__fit_the_schema_and_the_rights_of_their_program(void **state)
{
    int faults = 0;

    (void)state;
    for (size_t i = 0; programs[i] != NULL; i++)
        faults += open_tables(programs[i]->name, programs[i]->statements);
    faults += open_tables("worker", worker_statements);
    faults += open_tables("metrics", metrics_statements);
    assert_int_equal(faults, 0);
}

static int walk_tables(db_stmt_table *const *tables, int (*fn)(const struct db_stmt *st))
{
    int faults = 0;

    for (size_t i = 0; tables[i] != NULL; i++)
        for (size_t j = 0; tables[i][j] != NULL; j++)
            faults += fn(tables[i][j]);
    return faults;
}

/* Calls FN for each statement of each program. */
static int walk(int (*fn)(const struct db_stmt *st))
{
    int faults = walk_tables(worker_statements, fn);

    for (size_t i = 0; programs[i] != NULL; i++)
        faults += walk_tables(programs[i]->statements, fn);
    return faults;
}

static int check_name(const struct db_stmt *st)
{
    const char *p = st->name;

    while (islower((unsigned char)*p) || isdigit((unsigned char)*p) || *p == '_')
        p++;
    if (p > st->name && *p == '.' && p[1] != '\0')
        return 0;
    print_error("%s is not called room.what\n", st->name);
    return 1;
}

static void test_statements__are_called_room_dot_what(void **state)
{
    (void)state;
    assert_int_equal(walk(check_name), 0);
}

static int check_flag(const struct db_stmt *st)
{
    bool writes = !str_starts(st->sql, "SELECT") && !str_starts(st->sql, "(SELECT");

    if (writes == ((st->flags & DB_WRITE) != 0) || strstr(st->sql, "FOR UPDATE") != NULL)
        return 0;
    print_error("%s %s\n", st->name, writes ? "writes without DB_WRITE" : "has DB_WRITE and reads");
    return 1;
}

static void test_statements__say_whether_they_write(void **state)
{
    (void)state;
    assert_int_equal(walk(check_flag), 0);
}

static int check_columns_named(const struct db_stmt *st)
{
    if (strstr(st->sql, "SELECT *") == NULL && strstr(st->sql, ".*") == NULL)
        return 0;
    print_error("%s selects *\n", st->name);
    return 1;
}

static void test_statements__name_their_columns(void **state)
{
    (void)state;
    assert_int_equal(walk(check_columns_named), 0);
}

/* What one node of a cluster would do for itself alone.  A row is locked for what follows in the
 * log of leaves only, whose row is then changed under the size that was read. */
static int check_cluster(const struct db_stmt *st)
{
    static const char *const alone[] = {
        "GET_LOCK",   "RELEASE_LOCK", "LOCK TABLE", "XA ", "LOCK IN SHARE MODE",
        "FOR UPDATE", "SKIP LOCKED",  "NEXTVAL",    "@@"
    };
    int faults = 0;

    for (size_t i = 0; i < ARRAY_LEN(alone); i++)
        if (strstr(st->sql, alone[i]) != NULL && !str_eq(st->name, "log.head_take")) {
            print_error("%s relies on %s\n", st->name, alone[i]);
            faults++;
        }
    return faults;
}

/* Galera refuses an UPDATE that joins what is no table (4165). */
static int check_update(const struct db_stmt *st)
{
    const char *set = strstr(st->sql, " SET "), *list = strstr(st->sql, "JSON_TABLE"),
               *derived = strstr(st->sql, "(SELECT");

    if (strncmp(st->sql, "UPDATE", 6) != 0 || set == NULL)
        return 0;
    if ((list == NULL || list > set) && (derived == NULL || derived > set))
        return 0;
    print_error("%s joins what is no table to what it changes\n", st->name);
    return 1;
}

static void test_statements__change_rows_of_tables_alone(void **state)
{
    (void)state;
    assert_int_equal(walk(check_update), 0);
}

static void test_statements__mean_the_same_on_every_node_of_a_cluster(void **state)
{
    (void)state;
    assert_int_equal(walk(check_cluster), 0);
}

/* Rows that are found by time or state alone may be any number, and pieces of a file are large: on
 * a cluster a change of too much is refused, and holds up the others before that. */
static int check_bounded(const struct db_stmt *st)
{
    bool listed = strstr(st->sql, "JSON_TABLE(?") != NULL; /* no more than its caller names */
    bool many =
        (strstr(st->sql, "= ?") == NULL && !listed) || strstr(st->sql, "file_chunk") != NULL;

    if (!str_starts(st->sql, "DELETE") || !many || strstr(st->sql, " LIMIT ") != NULL)
        return 0;
    print_error("%s removes any number of rows at once\n", st->name);
    return 1;
}

static void test_statements__remove_a_bounded_number_of_rows(void **state)
{
    (void)state;
    assert_int_equal(walk(check_bounded), 0);
}

/* What stands directly before the first parameter. */
static bool first_is(const struct db_stmt *st, const char *before)
{
    const char *mark = strchr(st->sql, '?');
    size_t len = strlen(before);

    return mark != NULL && (size_t)(mark - st->sql) >= len && memcmp(mark - len, before, len) == 0;
}

static int check_scope(const struct db_stmt *st)
{
    int faults = 0;

    if ((st->flags & DB_ACCOUNT_FIRST) != 0 && !first_is(st, "account_id = ")) {
        print_error("%s: the first parameter is no account\n", st->name);
        faults++;
    }
    if ((st->flags & DB_STAFF_SCOPE) != 0 && !first_is(st, "department_id BETWEEN ")) {
        print_error("%s: the first parameters are no range of departments\n", st->name);
        faults++;
    }
    return faults;
}

static void test_statements__begin_with_their_scope(void **state)
{
    (void)state;
    assert_int_equal(walk(check_scope), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_statements__fit_the_schema_and_the_rights_of_their_program),
        cmocka_unit_test(test_statements__are_called_room_dot_what),
        cmocka_unit_test(test_statements__say_whether_they_write),
        cmocka_unit_test(test_statements__name_their_columns),
        cmocka_unit_test(test_statements__begin_with_their_scope),
        cmocka_unit_test(test_statements__mean_the_same_on_every_node_of_a_cluster),
        cmocka_unit_test(test_statements__remove_a_bounded_number_of_rows),
        cmocka_unit_test(test_statements__change_rows_of_tables_alone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
