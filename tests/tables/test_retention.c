/* operate/retention.c against the schema and against what the worker removes. */
#include "support/test.h"

#include "base/arena.h"
#include "access/parameter.h"
#include "base/str.h"
#include "operate/retention.h"
#include "program/worker.h"
#include "support/testdb.h"

struct name_row {
    const char *name;
};
static const struct db_field fields[] = { DB_FIELD(struct name_row, name, DB_TEXT, 64), { 0 } };
static const struct db_stmt list_tables = {
    .name = "test.tables",
    .sql = "SELECT table_name AS name FROM information_schema.tables"
           " WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE'",
    .binds = "",
    .fields = fields,
    .row_bytes = sizeof(struct name_row),
};

static int count_rows(const char *table)
{
    int count = 0;

    for (const struct retention *r = retention_rows; r->table != NULL; r++)
        count += str_eq(r->table, table);
    return count;
}

static void test_retention__every_table_says_how_long_its_rows_stay(void **state)
{
    struct arena *a = arena_new(4096);
    struct db *db = testdb_open(NULL);
    struct name_row *tables;
    size_t count, known = 0;
    int faults = 0;

    (void)state;
    assert_ok(db_begin_read(db));
    assert_ok(db_list(db, a, &list_tables, DB_NO_ARGS, &tables, &count));
    for (size_t i = 0; i < count; i++)
        if (count_rows(tables[i].name) != 1) {
            print_error("%s stands %d times in operate/retention.c\n", tables[i].name,
                        count_rows(tables[i].name));
            faults++;
        }
    while (retention_rows[known].table != NULL)
        known++;
    assert_int_equal(faults, 0);
    assert_int_equal(known, count); /* and no table that is gone */
    db_close(db);
    arena_free(a);
}

/* Whether a statement of the worker deletes from TABLE. */
static bool worker_deletes(const char *table)
{
    char begins[96];

    snprintf(begins, sizeof(begins), "DELETE FROM %s WHERE ", table);
    for (int i = 0; worker_statements[i] != NULL; i++)
        for (db_stmt_table *st = worker_statements[i]; *st != NULL; st++)
            if (str_starts((*st)->sql, begins))
                return true;
    return false;
}

static void test_retention__what_is_kept_a_time_is_removed_by_the_worker(void **state)
{
    (void)state;
    for (const struct retention *r = retention_rows; r->table != NULL; r++) {
        if (r->kind == KEPT_A_TIME && !worker_deletes(r->table))
            print_error("nobody removes rows of %s\n", r->table);
        assert_true(r->kind != KEPT_A_TIME || worker_deletes(r->table));
    }
}

static void test_retention__evidence_is_removed_by_nobody(void **state)
{
    (void)state;
    for (const struct retention *r = retention_rows; r->table != NULL; r++)
        assert_false(r->kind == KEPT_EVER && worker_deletes(r->table));
}

static void test_retention__every_parameter_of_it_is_named(void **state)
{
    (void)state;
    for (int i = 0; i < PARAM_COUNT; i++) {
        bool named = !str_starts(parameter_rows[i].name, "keep.");

        for (const struct retention *r = retention_rows; r->table != NULL && !named; r++)
            named = strstr(r->how, parameter_rows[i].name) != NULL;
        assert_true(named);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_retention__every_table_says_how_long_its_rows_stay),
        cmocka_unit_test(test_retention__what_is_kept_a_time_is_removed_by_the_worker),
        cmocka_unit_test(test_retention__evidence_is_removed_by_nobody),
        cmocka_unit_test(test_retention__every_parameter_of_it_is_named),
    };

    return cmocka_run_group_tests_name("tables/retention", tests, NULL, NULL);
}
