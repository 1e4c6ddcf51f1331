/* db/db.c: opening a connection from the configuration, and what every connection then is. */
#include "support/test.h"

#include "base/arena.h"
#include "base/fault.h"
#include "support/testdb.h"

#include <pwd.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static struct conf conf;
static char password_file[64];

static int make_conf(void **state)
{
    (void)state;
    setenv("FAIRWAY_DB_SOCKET", testdb_socket(), 1);
    setenv("FAIRWAY_DB_NAME", testdb_shared(), 1);
    unsetenv("FAIRWAY_DB_USER");
    unsetenv("FAIRWAY_DB_PASSWORD_FILE");
    unsetenv("FAIRWAY_CONF");
    snprintf(password_file, sizeof(password_file), "/tmp/fairway-password-%d", (int)getpid());
    return 0;
}

static int end_conf(void **state)
{
    (void)state;
    unlink(password_file);
    return 0;
}

static void write_password(const char *text, mode_t mode)
{
    FILE *f;

    unlink(password_file);
    f = fopen(password_file, "we");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
    assert_int_equal(chmod(password_file, mode), 0);
    setenv("FAIRWAY_DB_PASSWORD_FILE", password_file, 1);
}

static struct err *open_as(const char *program, struct db **db_out)
{
    struct err *e;

    assert_ok(conf_read(&conf));
    e = db_open_conf(&conf, program, NULL, db_out);
    conf_free(&conf);
    return e;
}

static void test_db_open_conf__logs_in_as_the_program(void **state)
{
    struct db *admin = testdb_connect("mysql", NULL), *db = NULL;

    (void)state;
    assert_ok(db_script(admin, "CREATE OR REPLACE USER fw_opener@localhost IDENTIFIED BY 'secret';"
                               "GRANT SELECT ON `fairway_none`.* TO fw_opener@localhost"));
    setenv("FAIRWAY_DB_NAME", "information_schema", 1);
    write_password("secret\n", 0600);
    assert_ok(open_as("opener", &db));
    assert_ok(db_ping(db));
    db_close(db);
    db = NULL;
    write_password("wrong\n", 0600);
    assert_err_kind(open_as("opener", &db), ERR_DB);
    assert_null(db);
    assert_ok(db_script(admin, "DROP USER fw_opener@localhost"));
    db_close(admin);
    setenv("FAIRWAY_DB_NAME", testdb_shared(), 1);
}

static void test_db_open_conf__refuses_a_password_that_others_may_read(void **state)
{
    struct db *db = NULL;

    (void)state;
    write_password("secret\n", 0644);
    assert_err_kind(open_as("public", &db), ERR_CONFIG);
    unsetenv("FAIRWAY_DB_PASSWORD_FILE");
}

static void test_db_open_conf__wants_to_know_where_the_server_is(void **state)
{
    struct db *db = NULL;

    (void)state;
    setenv("FAIRWAY_DB_SOCKET", "", 1);
    assert_err_kind(open_as("public", &db), ERR_CONFIG);
    setenv("FAIRWAY_DB_SOCKET", testdb_socket(), 1);
}

struct settings_row {
    const char *isolation, *zone, *mode, *client;
    bool read_only, autocommit;
    int64_t lock_wait;
};
static const struct db_field settings_fields[] = {
    DB_FIELD(struct settings_row, isolation, DB_TEXT, 40),
    DB_FIELD(struct settings_row, zone, DB_TEXT, 40),
    DB_FIELD(struct settings_row, mode, DB_TEXT, 400),
    DB_FIELD(struct settings_row, client, DB_TEXT, 40),
    DB_FIELD(struct settings_row, read_only, DB_BOOL, 0),
    DB_FIELD(struct settings_row, autocommit, DB_BOOL, 0),
    DB_FIELD(struct settings_row, lock_wait, DB_I64, 0),
    { 0 },
};
static const struct db_stmt read_settings = {
    .name = "test.settings",
    .sql = "SELECT @@tx_isolation AS isolation, @@time_zone AS zone, @@sql_mode AS mode,"
           " @@character_set_client AS client, @@tx_read_only AS read_only,"
           " @@autocommit AS autocommit,"
           " CAST(@@innodb_lock_wait_timeout AS SIGNED) AS lock_wait",
    .binds = "",
    .fields = settings_fields,
    .row_bytes = sizeof(struct settings_row),
};

static void check_settings(struct db *db)
{
    struct arena *a = arena_new(1024);
    struct settings_row row;

    assert_ok(db_begin_read(db));
    assert_ok(db_get(db, a, &read_settings, DB_NO_ARGS, &row));
    assert_ok(db_commit(db));
    assert_string_equal(row.isolation, "READ-COMMITTED");
    assert_string_equal(row.zone, "+00:00");
    assert_string_equal(row.client, "utf8mb4");
    assert_non_null(strstr(row.mode, "STRICT_ALL_TABLES"));
    assert_non_null(strstr(row.mode, "NO_ZERO_DATE"));
    assert_true(row.read_only);
    assert_true(row.autocommit);
    assert_in_range(row.lock_wait, 1, 5);
    arena_free(a);
}

static void test_db_open__sets_what_every_transaction_relies_on(void **state)
{
    struct db *db = testdb_open(NULL);

    (void)state;
    check_settings(db);
    assert_ok(db_reopen(db));
    check_settings(db);
    assert_ok(db_script(db, "DO 1"));
    check_settings(db);
    db_close(db);
}

static void test_db_open__a_fault_at_any_call_leaks_nothing(void **state)
{
    static db_stmt_table one[] = { &read_settings, NULL };
    static db_stmt_table *const tables[] = { one, NULL };
    struct db_settings settings = { .socket = testdb_socket(),
                                    .name = testdb_shared(),
                                    .user = getpwuid(geteuid())->pw_name };
    struct db *db = NULL;
    int n;

    (void)state;
    for (n = 1; n < 30; n++) {
        struct err *e;

        fault_arm(FAULT_DB, n);
        e = db_open(&settings, tables, &db);
        if (e == NULL)
            break;
        assert_null(db);
        err_free(e);
    }
    fault_arm(FAULT_DB, 0);
    /* Connect, settings, cluster, two statements, read only. */
    assert_int_equal(n, 7);
    db_close(db);
}

struct one_row {
    int64_t n;
};
static const struct db_field one_fields[] = { DB_FIELD(struct one_row, n, DB_I64, 0), { 0 } };
static const struct db_stmt ask_own_id = { .name = "own_id",
                                           .sql = "SELECT CONNECTION_ID() AS n",
                                           .binds = "",
                                           .fields = one_fields,
                                           .row_bytes = sizeof(struct one_row) };
static db_stmt_table rotated_statements[] = { &ask_own_id, NULL };
static db_stmt_table *const rotated_tables[] = { rotated_statements, NULL };

static struct err *ask_id(struct db *db, void *arg)
{
    struct arena *a = arena_new(512);
    struct err *e = err_pass(db_get(db, a, &ask_own_id, DB_NO_ARGS, arg));

    arena_free(a);
    return e;
}

static void kill_connection(struct db *admin, struct db *db, struct one_row *row_out)
{
    char sql[64];

    assert_ok(db_transaction(db, ask_id, row_out));
    snprintf(sql, sizeof(sql), "KILL CONNECTION %lld", (long long)row_out->n);
    assert_ok(db_script(admin, sql));
}

#define NATIVE(password) "mysql_native_password USING PASSWORD('" password "')"

/* What conf/README.md tells an operator to do: both passwords, the file, the new one alone. */
static void test_db__a_password_is_changed_while_a_program_runs(void **state)
{
    struct db *admin = testdb_connect("mysql", NULL), *db = NULL;
    struct one_row first, second, third;

    (void)state;
    assert_ok(db_script(admin, "DROP USER IF EXISTS fw_rotated@localhost; CREATE USER"
                               " fw_rotated@localhost IDENTIFIED VIA " NATIVE(
                                   "old") ";"
                                          " GRANT SELECT ON *.* TO fw_rotated@localhost"));
    setenv("FAIRWAY_DB_USER", "fw_rotated", 1);
    write_password("old\n", 0600);
    assert_ok(conf_read(&conf));
    assert_ok(db_open_conf(&conf, "partner", rotated_tables, &db));
    conf_free(&conf);
    assert_ok(db_script(admin, "ALTER USER fw_rotated@localhost IDENTIFIED VIA " NATIVE(
                                   "old") " OR " NATIVE("new")));
    kill_connection(admin, db, &first);
    assert_ok(db_transaction(db, ask_id, &second)); /* still by the old one */
    assert_int_not_equal(first.n, second.n);
    write_password("new\n", 0600);
    assert_ok(db_script(admin, "ALTER USER fw_rotated@localhost IDENTIFIED VIA " NATIVE("new")));
    kill_connection(admin, db, &second);
    assert_ok(db_transaction(db, ask_id, &third)); /* by the new one */
    assert_int_not_equal(second.n, third.n);
    db_close(db);
    assert_ok(db_script(admin, "DROP USER fw_rotated@localhost"));
    db_close(admin);
    unsetenv("FAIRWAY_DB_USER");
    unsetenv("FAIRWAY_DB_PASSWORD_FILE");
}

struct count {
    int64_t n;
};
static const struct db_field count_fields[] = { DB_FIELD(struct count, n, DB_I64, 0), { 0 } };
/* How many this very connection has prepared that are still held. */
static const struct db_stmt held = {
    .name = "test.held",
    .sql = "SELECT CAST(s.opened AS SIGNED) - CAST(c.closed AS SIGNED) AS n FROM (SELECT"
           " VARIABLE_VALUE AS opened FROM information_schema.SESSION_STATUS WHERE VARIABLE_NAME ="
           " 'COM_STMT_PREPARE') s JOIN (SELECT VARIABLE_VALUE AS closed FROM"
           " information_schema.SESSION_STATUS WHERE VARIABLE_NAME = 'COM_STMT_CLOSE') c",
    .binds = "",
    .fields = count_fields,
    .row_bytes = sizeof(struct count),
};
static const struct db_stmt other = {
    .name = "test.other",
    .sql = "SELECT 7 AS n",
    .binds = "",
    .fields = count_fields,
    .row_bytes = sizeof(struct count),
};
static db_stmt_table held_statements[] = { &held, &other, NULL };
static db_stmt_table *const held_tables[] = { held_statements, NULL };

static void test_db__holds_a_statement_only_once_it_is_used(void **state)
{
    struct arena *a = arena_new(1024);
    struct db *db = testdb_connect(testdb_shared(), held_tables);
    struct count count;

    (void)state;
    assert_ok(db_begin_read(db));
    assert_ok(db_get(db, a, &held, DB_NO_ARGS, &count));
    assert_int_equal(count.n, 1);
    assert_ok(db_get(db, a, &other, DB_NO_ARGS, &count));
    assert_ok(db_get(db, a, &other, DB_NO_ARGS, &count));
    assert_ok(db_get(db, a, &held, DB_NO_ARGS, &count));
    assert_int_equal(count.n, 2);
    db_rollback(db);
    assert_ok(db_reopen(db));
    assert_ok(db_begin_read(db));
    assert_ok(db_get(db, a, &held, DB_NO_ARGS, &count));
    assert_int_equal(count.n, 1);
    db_close(db);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_db_open_conf__logs_in_as_the_program),
        cmocka_unit_test(test_db_open_conf__refuses_a_password_that_others_may_read),
        cmocka_unit_test(test_db__a_password_is_changed_while_a_program_runs),
        cmocka_unit_test(test_db_open_conf__wants_to_know_where_the_server_is),
        cmocka_unit_test(test_db__holds_a_statement_only_once_it_is_used),
        cmocka_unit_test(test_db_open__sets_what_every_transaction_relies_on),
        cmocka_unit_test(test_db_open__a_fault_at_any_call_leaks_nothing),
    };

    return cmocka_run_group_tests(tests, make_conf, end_conf);
}
