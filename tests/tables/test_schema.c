/* The schema as a whole: what every table must be, and what every installation begins with. */
#include "support/test.h"

#include "access/permission.h"
#include "base/arena.h"
#include "base/str.h"
#include "support/testdb.h"

struct offender {
    const char *name;
};
static const struct db_field fields[] = { DB_FIELD(struct offender, name, DB_TEXT, 200), { 0 } };

static struct db *db;
static struct arena *a;

static int open_db(void **state)
{
    (void)state;
    db = testdb_open(NULL);
    a = arena_new(4096);
    return 0;
}

static int close_db(void **state)
{
    (void)state;
    db_close(db);
    arena_free(a);
    return 0;
}

/* Prints what the query finds and fails when there is anything. */
static void none_of(const char *sql)
{
    struct db_stmt st = { .name = "test.offenders",
                          .sql = sql,
                          .binds = "",
                          .fields = fields,
                          .row_bytes = sizeof(struct offender) };
    struct db *own = testdb_open(NULL);
    struct offender *rows;
    size_t count;

    assert_ok(db_begin_read(own));
    assert_ok(db_list(own, a, &st, DB_NO_ARGS, &rows, &count));
    for (size_t i = 0; i < count; i++)
        print_error("%s\n", rows[i].name);
    db_close(own);
    assert_int_equal(count, 0);
}

static void test_schema__every_table_is_innodb(void **state)
{
    (void)state;
    none_of(
        "SELECT table_name AS name FROM information_schema.tables"
        " WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE' AND engine <> 'InnoDB'");
}

static void test_schema__every_table_has_a_primary_key(void **state)
{
    (void)state;
    none_of("SELECT t.table_name AS name FROM information_schema.tables t"
            " LEFT JOIN information_schema.table_constraints c ON c.table_schema = t.table_schema"
            " AND c.table_name = t.table_name AND c.constraint_type = 'PRIMARY KEY'"
            " WHERE t.table_schema = DATABASE() AND t.table_type = 'BASE TABLE'"
            " AND c.table_name IS NULL");
}

static void test_schema__text_is_utf8mb4_or_ascii(void **state)
{
    (void)state;
    none_of("SELECT CONCAT(table_name, '.', column_name) AS name FROM information_schema.columns"
            " WHERE table_schema = DATABASE() AND character_set_name IS NOT NULL"
            " AND character_set_name NOT IN ('utf8mb4', 'ascii')");
}

static void test_schema__names_compare_the_same_way_everywhere(void **state)
{
    (void)state;
    none_of("SELECT CONCAT(table_name, '.', column_name, ' ', collation_name) AS name"
            " FROM information_schema.columns WHERE table_schema = DATABASE() AND collation_name"
            " NOT IN ('utf8mb4_uca1400_as_ci', 'utf8mb4_bin', 'utf8mb4_nopad_bin', 'ascii_bin',"
            " 'ascii_general_ci')");
}

static void test_schema__every_foreign_key_has_its_index(void **state)
{
    (void)state;
    none_of("SELECT CONCAT(k.table_name, '.', k.column_name) AS name"
            " FROM information_schema.key_column_usage k"
            " LEFT JOIN information_schema.statistics s ON s.table_schema = k.table_schema"
            " AND s.table_name = k.table_name AND s.column_name = k.column_name"
            " AND s.seq_in_index = k.ordinal_position"
            " WHERE k.table_schema = DATABASE() AND k.referenced_table_name IS NOT NULL"
            " AND s.table_name IS NULL");
}

static void test_schema__money_and_times_have_their_types(void **state)
{
    (void)state;
    none_of("SELECT CONCAT(table_name, '.', column_name, ' ', column_type) AS name"
            " FROM information_schema.columns WHERE table_schema = DATABASE()"
            " AND data_type IN ('float', 'double', 'timestamp', 'enum', 'set')");
}

/* Indexes that are a prefix of another one only cost writes. */
static void test_schema__no_index_is_there_twice(void **state)
{
    (void)state;
    none_of("SELECT CONCAT(x.table_name, '.', x.index_name, ' = ', y.index_name) AS name FROM"
            " (SELECT table_name, index_name, GROUP_CONCAT(column_name, IFNULL(sub_part, ''),"
            "  collation ORDER BY seq_in_index) AS columns FROM information_schema.statistics"
            "  WHERE table_schema = DATABASE() GROUP BY table_name, index_name) x"
            " JOIN (SELECT table_name, index_name, GROUP_CONCAT(column_name, IFNULL(sub_part, ''),"
            "  collation ORDER BY seq_in_index) AS columns FROM information_schema.statistics"
            "  WHERE table_schema = DATABASE() GROUP BY table_name, index_name) y"
            " ON x.table_name = y.table_name AND x.index_name < y.index_name"
            " AND x.columns = y.columns");
}

/* -- roles ---------------------------------------------------------------------------------------
 */

struct given {
    const char *audience, *code, *permission;
};
static const struct db_field given_fields[] = { DB_FIELD(struct given, audience, DB_TEXT, 10),
                                                DB_FIELD(struct given, code, DB_TEXT, 40),
                                                DB_FIELD(struct given, permission, DB_TEXT, 40),
                                                { 0 } };
static const struct db_stmt list_given = {
    .name = "test.given",
    .sql = "SELECT r.audience, r.code, p.permission FROM role r"
           " JOIN role_permission p ON p.role_id = r.id",
    .binds = "",
    .fields = given_fields,
    .row_bytes = sizeof(struct given),
};

static size_t read_given(struct given **rows_out)
{
    size_t count;

    assert_ok(db_begin_read(db));
    assert_ok(db_list(db, a, &list_given, DB_NO_ARGS, rows_out, &count));
    assert_ok(db_commit(db));
    return count;
}

static void test_roles__have_only_permissions_that_their_audience_may_have(void **state)
{
    struct given *rows;
    size_t count = read_given(&rows);
    int faults = 0;

    (void)state;
    for (size_t i = 0; i < count; i++) {
        const struct permission_row *known = permission_find(rows[i].permission);

        if (known != NULL && (known->audiences >> audience_find(rows[i].audience) & 1) != 0)
            continue;
        print_error("role %s %s cannot have %s\n", rows[i].audience, rows[i].code,
                    rows[i].permission);
        faults++;
    }
    assert_true(count > 0);
    assert_int_equal(faults, 0);
}

static bool is_given(const struct given *rows, size_t count, const char *audience, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (str_eq(rows[i].audience, audience) && str_eq(rows[i].permission, name))
            return true;
    return false;
}

static void test_roles__somebody_has_every_permission(void **state)
{
    static const enum audience audiences[] = { AUD_PARTNER, AUD_CUSTOMER, AUD_STAFF };
    struct given *rows;
    size_t count = read_given(&rows);
    int faults = 0;

    (void)state;
    for (const struct permission_row *p = permission_rows; p->name != NULL; p++)
        for (size_t i = 0; i < ARRAY_LEN(audiences); i++) {
            const char *audience = audience_name(audiences[i]);

            if ((p->audiences >> audiences[i] & 1) == 0 || is_given(rows, count, audience, p->name))
                continue;
            print_error("no %s role has %s: give it to roles in a migration\n", audience, p->name);
            faults++;
        }
    assert_int_equal(faults, 0);
}

static void test_roles__the_auditor_changes_nothing(void **state)
{
    /* A check of the trail writes down what it found, and changes no record. */
    static const char *const reads[] = { "home",   ".view",    ".export",
                                         ".rules", ".figures", "audit.check" };
    struct given *rows;
    size_t count = read_given(&rows);
    int seen = 0;

    (void)state;
    for (size_t i = 0; i < count; i++) {
        bool harmless = false;

        if (!str_eq(rows[i].code, "auditor"))
            continue;
        for (size_t j = 0; j < ARRAY_LEN(reads); j++)
            harmless = harmless || str_ends(rows[i].permission, reads[j]);
        if (!harmless)
            print_error("the auditor may %s\n", rows[i].permission);
        assert_true(harmless);
        seen++;
    }
    assert_true(seen > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_schema__every_table_is_innodb),
        cmocka_unit_test(test_schema__every_table_has_a_primary_key),
        cmocka_unit_test(test_schema__text_is_utf8mb4_or_ascii),
        cmocka_unit_test(test_schema__names_compare_the_same_way_everywhere),
        cmocka_unit_test(test_schema__every_foreign_key_has_its_index),
        cmocka_unit_test(test_schema__money_and_times_have_their_types),
        cmocka_unit_test(test_schema__no_index_is_there_twice),
        cmocka_unit_test(test_roles__have_only_permissions_that_their_audience_may_have),
        cmocka_unit_test(test_roles__somebody_has_every_permission),
        cmocka_unit_test(test_roles__the_auditor_changes_nothing),
    };

    return cmocka_run_group_tests(tests, open_db, close_db);
}
