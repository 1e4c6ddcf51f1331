/* db/migrate.c and db/grants.c: each file once, in order, and never a half one for good. */
#include "support/test.h"

#include "base/arena.h"
#include "base/str.h"
#include "db/migrate.h"
#include "support/testdb.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

struct number {
    int64_t n;
};
static const struct db_field n_fields[] = { DB_FIELD(struct number, n, DB_I64, 0), { 0 } };

struct world {
    struct testdb schema;
    struct db *db;
    struct arena *a;
    char dir[64];
};

static int steps;

static void count_steps(const char *line)
{
    (void)line;
    steps++;
}

static int make_world(void **state)
{
    struct world *w = calloc(1, sizeof(*w));

    testdb_empty(&w->schema);
    w->db = testdb_connect(w->schema.name, NULL);
    w->a = arena_new(4096);
    snprintf(w->dir, sizeof(w->dir), "/tmp/fairway-migrate-XXXXXX");
    assert_non_null(mkdtemp(w->dir));
    mkdir(arena_printf(w->a, "%s/migrations", w->dir), 0700);
    mkdir(arena_printf(w->a, "%s/grants", w->dir), 0700);
    steps = 0;
    *state = w;
    return 0;
}

static int end_world(void **state)
{
    struct world *w = *state;
    char command[128];

    db_close(w->db);
    testdb_drop(&w->schema);
    snprintf(command, sizeof(command), "rm -r %s", w->dir);
    assert_int_equal(system(command), 0);
    arena_free(w->a);
    free(w);
    return 0;
}

static void put(struct world *w, const char *name, const char *text)
{
    FILE *f = fopen(arena_printf(w->a, "%s/%s", w->dir, name), "we");

    assert_non_null(f);
    fputs(text, f);
    fclose(f);
}

static struct err *run(struct world *w)
{
    steps = 0;
    return migrate_run(w->db, w->a, w->dir, count_steps);
}

static int64_t ask(struct world *w, const char *sql)
{
    struct db_stmt st = { .name = "ask",
                          .sql = sql,
                          .binds = "",
                          .fields = n_fields,
                          .row_bytes = sizeof(struct number) };
    struct db *db = testdb_connect(w->schema.name, NULL);
    struct number row;

    assert_ok(db_begin_read(db));
    assert_ok(db_get(db, w->a, &st, DB_NO_ARGS, &row));
    db_close(db);
    return row.n;
}

static void test_migrate__applies_files_once_and_in_order(void **state)
{
    struct world *w = *state;

    put(w, "migrations/0002_more.sql", "ALTER TABLE t ADD b INT; INSERT INTO t VALUES (1, 2);");
    put(w, "migrations/0001_first.sql", "CREATE TABLE t (a INT PRIMARY KEY);\n-- a; comment\n");
    assert_ok(run(w));
    assert_int_equal(steps, 2);
    assert_int_equal(ask(w, "SELECT SUM(b) AS n FROM t"), 2);
    assert_ok(run(w));
    assert_int_equal(steps, 0);
    put(w, "migrations/0003_third.sql", "INSERT INTO t VALUES (2, 5)");
    assert_ok(run(w));
    assert_int_equal(steps, 1);
    assert_int_equal(ask(w, "SELECT SUM(b) AS n FROM t"), 7);
}

static void test_migrate__splits_where_the_server_would(void **state)
{
    struct world *w = *state;

    put(w, "migrations/0001_first.sql",
        "/* c; c */ CREATE TABLE t (a INT PRIMARY KEY, b VARCHAR(40) DEFAULT ';', `c;d` INT);\n"
        "INSERT INTO t VALUES (1, 'it''s; \\'so\\'', 1); # ; x\n"
        "INSERT INTO t VALUES (2, \"a;--b\", 1);-- end\n;;\n");
    assert_ok(run(w));
    assert_int_equal(ask(w, "SELECT COUNT(*) AS n FROM t WHERE b IN ('it''s; ''so''', 'a;--b')"),
                     2);
}

static void test_migrate__refuses_a_file_that_was_changed_after_it_was_applied(void **state)
{
    struct world *w = *state;
    struct err *e;

    put(w, "migrations/0001_first.sql", "CREATE TABLE t (a INT PRIMARY KEY)");
    assert_ok(run(w));
    put(w, "migrations/0001_first.sql", "CREATE TABLE t (a BIGINT PRIMARY KEY)");
    e = run(w);
    assert_non_null(strstr(err_message(e), "0001_first.sql was changed"));
    assert_err_kind(e, ERR_CONFIG);
}

static void test_migrate__goes_on_where_a_file_stopped(void **state)
{
    struct world *w = *state;
    struct err *e;

    put(w, "migrations/0001_first.sql",
        "CREATE TABLE t (a INT PRIMARY KEY);\nINSERT INTO t VALUES (1);\nINSERT INTO tt VALUES (2);\n"
        "INSERT INTO t VALUES (3);");
    e = run(w);
    assert_non_null(strstr(err_message(e), "statement 3 (line 3)"));
    assert_err_kind(e, ERR_CONFIG);
    e = migrate_check(w->db, w->a, w->dir);
    assert_non_null(strstr(err_message(e), "0001_first.sql"));
    assert_err_kind(e, ERR_CONFIG);
    put(w, "migrations/0001_first.sql",
        "CREATE TABLE t (a INT PRIMARY KEY);\nINSERT INTO t VALUES (1);\nINSERT INTO t VALUES (2);\n"
        "INSERT INTO t VALUES (3);");
    assert_ok(run(w));
    assert_int_equal(ask(w, "SELECT SUM(a) AS n FROM t"), 6);
    assert_ok(migrate_check(w->db, w->a, w->dir));
}

static void test_migrate__takes_back_half_a_statement_of_rows(void **state)
{
    struct world *w = *state;

    put(w, "migrations/0001_first.sql",
        "CREATE TABLE t (a INT PRIMARY KEY) ENGINE=InnoDB; INSERT INTO t VALUES (1), (2), (1);");
    assert_err_kind(run(w), ERR_CONFIG);
    assert_int_equal(ask(w, "SELECT COUNT(*) AS n FROM t"), 0);
}

static void test_migrate__refuses_names_and_numbers_that_are_wrong(void **state)
{
    struct world *w = *state;

    put(w, "migrations/first.sql", "SELECT 1");
    assert_err_kind(run(w), ERR_CONFIG);
    unlink(arena_printf(w->a, "%s/migrations/first.sql", w->dir));
    put(w, "migrations/0001_a.sql", "SELECT 1");
    put(w, "migrations/0001_b.sql", "SELECT 1");
    assert_err_kind(run(w), ERR_CONFIG);
}

static void test_migrate_check__finds_a_database_that_is_too_old_or_too_new(void **state)
{
    struct world *w = *state;

    put(w, "migrations/0001_a.sql", "SELECT 1");
    put(w, "migrations/0002_b.sql", "SELECT 1");
    assert_ok(run(w));
    assert_ok(migrate_check(w->db, w->a, w->dir));
    put(w, "migrations/0003_c.sql", "SELECT 1");
    assert_err_kind(migrate_check(w->db, w->a, w->dir), ERR_CONFIG);
    unlink(arena_printf(w->a, "%s/migrations/0003_c.sql", w->dir));
    unlink(arena_printf(w->a, "%s/migrations/0002_b.sql", w->dir));
    assert_err_kind(migrate_check(w->db, w->a, w->dir), ERR_CONFIG);
}

static void test_migrate_check__finds_a_file_that_was_changed(void **state)
{
    struct world *w = *state;

    put(w, "migrations/0001_a.sql", "SELECT 1");
    assert_ok(run(w));
    put(w, "migrations/0001_a.sql", "SELECT 2");
    assert_err_kind(migrate_check(w->db, w->a, w->dir), ERR_CONFIG);
}

static void test_migrate__two_at_once_wait_for_each_other(void **state)
{
    struct world *w = *state;
    pid_t child;
    int status;

    put(w, "migrations/0001_a.sql",
        "CREATE TABLE t (a INT PRIMARY KEY); DO SLEEP(0.4); INSERT INTO t VALUES (1)");
    child = fork();
    if (child == 0) {
        struct db *db = testdb_connect(w->schema.name, NULL);
        struct err *e = migrate_run(db, w->a, w->dir, NULL);

        _exit(e == NULL ? 0 : 1);
    }
    assert_ok(run(w));
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    assert_int_equal(ask(w, "SELECT COUNT(*) AS n FROM t"), 1);
}

static void test_migrate__does_not_wait_for_one_that_died(void **state)
{
    struct world *w = *state;
    char host[48] = "";
    pid_t child = fork();

    if (child == 0)
        _exit(0);
    assert_int_equal(waitpid(child, NULL, 0), child);
    put(w, "migrations/0001_a.sql", "SELECT 1");
    assert_ok(run(w));
    gethostname(host, sizeof(host) - 1);
    assert_ok(db_script(w->db, arena_printf(w->a,
                                            "UPDATE schema_lease SET owner = '%s/%d',"
                                            " until_at = UTC_TIMESTAMP() + INTERVAL 1 HOUR",
                                            host, (int)child)));
    assert_ok(run(w));
}

/* -- rights --------------------------------------------------------------------------------------
 */

static struct err *grant(struct world *w)
{
    steps = 0;
    return migrate_grants(w->db, w->a, w->dir, w->schema.name, count_steps);
}

static struct err *try_as_api(struct world *w, const char *sql)
{
    struct db *db = NULL;
    struct err *e = testdb_connect_as(w->schema.name, "api", NULL, &db);

    if (e == NULL)
        e = db_script(db, sql);
    db_close(db);
    return e;
}

static int make_granted_world(void **state)
{
    struct world *w;

    make_world(state);
    w = *state;
    put(w, "migrations/0001_a.sql", "CREATE TABLE t (a INT, b INT); CREATE TABLE u (a INT)");
    put(w, "grants/api.sql",
        "GRANT SELECT (a), INSERT ON @DB@.t TO @ACCOUNT@; GRANT SELECT ON @DB@.u TO @ACCOUNT@;");
    assert_ok(run(w));
    assert_ok(grant(w));
    return 0;
}

static void test_grants__allow_what_the_file_names_and_nothing_else(void **state)
{
    struct world *w = *state;

    assert_ok(try_as_api(w, "SELECT a FROM t; INSERT INTO t VALUES (1, 2); SELECT a FROM u"));
    assert_err_kind(try_as_api(w, "SELECT b FROM t"), ERR_DB);
    assert_err_kind(try_as_api(w, "DELETE FROM t"), ERR_DB);
    assert_err_kind(try_as_api(w, "UPDATE u SET a = 1"), ERR_DB);
    assert_err_kind(try_as_api(w, "CREATE TABLE v (a INT)"), ERR_DB);
}

static void test_grants__take_back_what_is_no_longer_in_the_file(void **state)
{
    struct world *w = *state;

    put(w, "grants/api.sql", "GRANT SELECT (b) ON @DB@.t TO @ACCOUNT@;");
    assert_ok(grant(w));
    assert_int_equal(steps, 1);
    assert_ok(try_as_api(w, "SELECT b FROM t"));
    assert_err_kind(try_as_api(w, "SELECT a FROM t"), ERR_DB);
    assert_err_kind(try_as_api(w, "SELECT a FROM u"), ERR_DB);
    assert_err_kind(try_as_api(w, "INSERT INTO t VALUES (1, 2)"), ERR_DB);
}

static void test_grants__that_are_right_already_are_left_alone(void **state)
{
    struct world *w = *state;

    assert_ok(grant(w));
    assert_int_equal(steps, 0);
}

static void test_grants__given_by_hand_are_taken_back(void **state)
{
    struct world *w = *state;

    assert_ok(db_script(w->db, arena_printf(w->a,
                                            "GRANT DELETE ON `%s`.u TO fw_api@localhost WITH GRANT"
                                            " OPTION; GRANT DROP ON `%s`.* TO fw_api@localhost",
                                            w->schema.name, w->schema.name)));
    assert_ok(try_as_api(w, "DELETE FROM u"));
    assert_ok(grant(w));
    assert_int_equal(steps, 1);
    assert_err_kind(try_as_api(w, "DELETE FROM u"), ERR_DB);
    assert_err_kind(try_as_api(w, "DROP TABLE u"), ERR_DB);
    assert_ok(try_as_api(w, "SELECT a FROM u"));
}

static void test_grants__of_another_schema_stay(void **state)
{
    struct world *w = *state;
    struct testdb other;

    testdb_empty(&other);
    assert_ok(db_script(w->db, arena_printf(w->a,
                                            "CREATE TABLE `%s`.x (a INT);"
                                            "GRANT SELECT ON `%s`.x TO fw_api@localhost",
                                            other.name, other.name)));
    put(w, "grants/api.sql", "GRANT SELECT ON @DB@.u TO @ACCOUNT@;");
    assert_ok(grant(w));
    assert_ok(try_as_api(w, arena_printf(w->a, "SELECT a FROM `%s`.x", other.name)));
    assert_ok(db_script(
        w->db, arena_printf(w->a, "REVOKE SELECT ON `%s`.x FROM fw_api@localhost", other.name)));
    testdb_drop(&other);
}

static void test_grants__for_an_account_that_is_not_there_are_refused(void **state)
{
    struct world *w = *state;
    struct err *e;

    put(w, "grants/nobody.sql", "GRANT SELECT ON @DB@.u TO @ACCOUNT@;");
    e = grant(w);
    assert_non_null(strstr(err_message(e), "fw_nobody"));
    assert_err_kind(e, ERR_CONFIG);
}

#define MIGRATION(test) cmocka_unit_test_setup_teardown(test, make_world, end_world)
#define GRANTED(test)   cmocka_unit_test_setup_teardown(test, make_granted_world, end_world)

int main(void)
{
    const struct CMUnitTest tests[] = {
        MIGRATION(test_migrate__applies_files_once_and_in_order),
        MIGRATION(test_migrate__splits_where_the_server_would),
        MIGRATION(test_migrate__refuses_a_file_that_was_changed_after_it_was_applied),
        MIGRATION(test_migrate__goes_on_where_a_file_stopped),
        MIGRATION(test_migrate__takes_back_half_a_statement_of_rows),
        MIGRATION(test_migrate__refuses_names_and_numbers_that_are_wrong),
        MIGRATION(test_migrate_check__finds_a_database_that_is_too_old_or_too_new),
        MIGRATION(test_migrate_check__finds_a_file_that_was_changed),
        MIGRATION(test_migrate__two_at_once_wait_for_each_other),
        MIGRATION(test_migrate__does_not_wait_for_one_that_died),
        GRANTED(test_grants__allow_what_the_file_names_and_nothing_else),
        GRANTED(test_grants__take_back_what_is_no_longer_in_the_file),
        GRANTED(test_grants__that_are_right_already_are_left_alone),
        GRANTED(test_grants__given_by_hand_are_taken_back),
        GRANTED(test_grants__of_another_schema_stay),
        GRANTED(test_grants__for_an_account_that_is_not_there_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
