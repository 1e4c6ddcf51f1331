/* support/testdb.c - see testdb.h.  The shared schema's name holds a checksum of all migrations, so
 * that a changed migration gives a new schema and never a refusal. */
#include "support/testdb.h"

#include "base/arena.h"
#include "base/str.h"
#include "db/migrate.h"

#include <dirent.h>
#include <mysql.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

/* Of accounts that nobody gave a password yet; they exist on this server alone, which has no
 * network. */
#define ACCOUNT_PASSWORD "only-for-tests"

enum { PASSWORD_BYTES = 128 };

static const char *const accounts[] = { "public", "partner", "customer", "staff",
                                        "api",    "worker",  "backup",   "metrics" };

_Noreturn static void give_up(const char *what, const char *why)
{
    fprintf(stderr, "test database: %s: %s\n", what, why);
    exit(1);
}

static void must(struct err *e)
{
    char trace[1024];

    if (e == NULL)
        return;
    err_trace(e, trace, sizeof(trace));
    give_up("failed", trace);
}

/* One socket after another of a list with commas: on a cluster neighbours in a test are on
 * different nodes. */
static const char *next_socket(size_t turn)
{
    enum { NODES_MAX = 8 };
    static char text[800];
    static const char *sockets[NODES_MAX];
    static size_t count;

    if (count == 0) {
        const char *given = getenv("FAIRWAY_TEST_DB_SOCKET");
        char *rest = text, *one;

        if (given == NULL || *given == '\0' || strlen(given) >= sizeof(text))
            give_up("FAIRWAY_TEST_DB_SOCKET", "is not set (make test sets it)");
        memcpy(text, given, strlen(given) + 1);
        while (count < NODES_MAX && (one = strsep(&rest, ",")) != NULL)
            sockets[count++] = one;
    }
    return sockets[turn % count];
}

const char *testdb_socket(void)
{
    return next_socket(0);
}

static const char *admin(void)
{
    const struct passwd *me = getpwuid(geteuid());

    return me != NULL ? me->pw_name : "root";
}

const char *testdb_sql_dir(void)
{
    const char *dir = getenv("FAIRWAY_SQL_DIR");

    return str_is_empty(dir) ? "sql" : dir;
}

static struct db_settings settings_of(const char *schema)
{
    static size_t turn;

    return (struct db_settings){ .socket = next_socket(turn++), .name = schema, .user = admin() };
}

struct db *testdb_connect(const char *schema, db_stmt_table *const *tables)
{
    struct db_settings settings = settings_of(schema);
    struct db *db;

    must(tables == NULL ? db_open_lazy(&settings, &db) : db_open(&settings, tables, &db));
    return db;
}

/* The password of a program's account: from the file that came with the server, or our own. */
static void read_password(const char *program, char out[PASSWORD_BYTES])
{
    const char *folder = getenv("FAIRWAY_TEST_SECRETS");
    char path[400];

    snprintf(out, PASSWORD_BYTES, "%s", ACCOUNT_PASSWORD);
    if (str_is_empty(folder))
        return;
    snprintf(path, sizeof(path), "%s/db_%s", folder, program);
    must(conf_secret(path, out, PASSWORD_BYTES));
}

const char *testdb_password_file(const char *program)
{
    static char path[400];
    const char *folder = getenv("FAIRWAY_TEST_SECRETS"), *b = getenv("B");
    FILE *f;

    if (!str_is_empty(folder)) {
        snprintf(path, sizeof(path), "%s/db_%s", folder, program);
        return path;
    }
    snprintf(path, sizeof(path), "%s/db-password-%d", str_is_empty(b) ? "build" : b, (int)getpid());
    f = fopen(path, "we");
    if (f == NULL || fchmod(fileno(f), 0600) != 0 || fputs(ACCOUNT_PASSWORD "\n", f) < 0 ||
        fclose(f) != 0)
        give_up(path, "cannot be written");
    return path;
}

struct err *testdb_connect_as(const char *schema, const char *program, db_stmt_table *const *tables,
                              struct db **db_out)
{
    char user[64], password[PASSWORD_BYTES];
    struct db_settings settings = settings_of(schema);

    read_password(program, password);
    snprintf(user, sizeof(user), "fw_%s", program);
    settings.user = user;
    settings.password = password;
    return err_pass(tables == NULL ? db_open_lazy(&settings, db_out)
                                   : db_open(&settings, tables, db_out));
}

static void make_accounts(struct db *db)
{
    char sql[256];

    for (size_t i = 0; i < ARRAY_LEN(accounts); i++) {
        snprintf(sql, sizeof(sql),
                 "CREATE USER IF NOT EXISTS 'fw_%s'@'localhost';"
                 "ALTER USER 'fw_%s'@'localhost' IDENTIFIED BY '" ACCOUNT_PASSWORD "'",
                 accounts[i], accounts[i]);
        must(db_script(db, sql));
    }
}

static void make_schema(const char *name)
{
    struct db *db = testdb_connect("mysql", NULL);
    char sql[256];

    snprintf(sql, sizeof(sql), "CREATE DATABASE IF NOT EXISTS `%s`", name);
    must(db_script(db, sql));
    if (str_is_empty(getenv("FAIRWAY_TEST_SECRETS")))
        make_accounts(db);
    db_close(db);
}

static unsigned long add_file(unsigned long sum, const char *path)
{
    char piece[16384];
    size_t len;
    FILE *f = fopen(path, "re");

    if (f == NULL)
        give_up(path, "cannot be read");
    while ((len = fread(piece, 1, sizeof(piece), f)) > 0)
        sum = crc32(sum, (const unsigned char *)piece, (unsigned)len);
    fclose(f);
    return sum;
}

static int is_sql(const struct dirent *entry)
{
    return str_ends(entry->d_name, ".sql");
}

static unsigned long sum_of_migrations(void)
{
    char folder[256], path[600];
    struct dirent **entries;
    unsigned long sum = 0;
    int count;

    snprintf(folder, sizeof(folder), "%s/migrations", testdb_sql_dir());
    count = scandir(folder, &entries, is_sql, alphasort);
    if (count <= 0)
        give_up(folder, "has no migrations");
    for (int i = 0; i < count; i++) {
        snprintf(path, sizeof(path), "%s/%s", folder, entries[i]->d_name);
        sum = add_file(sum, path);
        free(entries[i]);
    }
    free(entries);
    return sum;
}

static void migrate(const char *name)
{
    struct arena *a = arena_new(4096);
    struct db *db;

    make_schema(name);
    db = testdb_connect(name, NULL);
    must(migrate_run(db, a, testdb_sql_dir(), NULL));
    must(migrate_grants(db, a, testdb_sql_dir(), name, NULL));
    db_close(db);
    arena_free(a);
}

const char *testdb_shared(void)
{
    /* Made once in the life of a test program. */
    static char name[64];

    if (name[0] == '\0') {
        snprintf(name, sizeof(name), "fairway_test_%08lx", sum_of_migrations());
        migrate(name);
    }
    return name;
}

struct db *testdb_open(db_stmt_table *const *tables)
{
    return testdb_connect(testdb_shared(), tables);
}

/* -- copies: the structure as text, since only that carries foreign keys along --------------------
 */

MYSQL *testdb_dial(const char *schema)
{
    MYSQL *mysql = mysql_init(NULL);

    if (mysql_real_connect(mysql, NULL, admin(), NULL, schema, 0, testdb_socket(), 0) == NULL)
        give_up("connect", mysql_error(mysql));
    return mysql;
}

static void run(MYSQL *mysql, const char *sql)
{
    if (mysql_query(mysql, sql) != 0)
        give_up(sql, mysql_error(mysql));
}

static void copy_table(MYSQL *from, MYSQL *to, const char *table)
{
    char sql[512];
    MYSQL_RES *result;

    snprintf(sql, sizeof(sql), "SHOW CREATE TABLE `%s`", table);
    run(from, sql);
    result = mysql_store_result(from);
    run(to, mysql_fetch_row(result)[1]);
    mysql_free_result(result);
    snprintf(sql, sizeof(sql), "INSERT INTO `%s` SELECT * FROM `%s`.`%s`", table, testdb_shared(),
             table);
    run(to, sql);
}

static void copy_triggers(MYSQL *from, MYSQL *to)
{
    MYSQL_RES *triggers, *result;
    MYSQL_ROW row;
    char sql[200];

    run(from, "SHOW TRIGGERS");
    triggers = mysql_store_result(from);
    while ((row = mysql_fetch_row(triggers)) != NULL) {
        snprintf(sql, sizeof(sql), "SHOW CREATE TRIGGER `%s`", row[0]);
        run(from, sql);
        result = mysql_store_result(from);
        run(to, mysql_fetch_row(result)[2]);
        mysql_free_result(result);
    }
    mysql_free_result(triggers);
}

/* Of views the schema's name is left out, since it is the one that is asked. */
static void copy_views(MYSQL *from, MYSQL *to)
{
    MYSQL_RES *views, *result;
    MYSQL_ROW row;
    char sql[200];

    run(from, "SHOW FULL TABLES WHERE Table_type = 'VIEW'");
    views = mysql_store_result(from);
    while ((row = mysql_fetch_row(views)) != NULL) {
        snprintf(sql, sizeof(sql), "SHOW CREATE VIEW `%s`", row[0]);
        run(from, sql);
        result = mysql_store_result(from);
        run(to, mysql_fetch_row(result)[1]);
        mysql_free_result(result);
    }
    mysql_free_result(views);
}

void testdb_empty(struct testdb *empty_out)
{
    static int count;

    snprintf(empty_out->name, sizeof(empty_out->name), "fairway_copy_%d_%d", (int)getpid(),
             ++count);
    testdb_drop(empty_out);
    make_schema(empty_out->name);
}

void testdb_copy(struct testdb *copy_out)
{
    MYSQL *from = testdb_dial(testdb_shared()), *to;
    MYSQL_RES *tables;
    MYSQL_ROW row;

    testdb_empty(copy_out);
    to = testdb_dial(copy_out->name);
    run(to, "SET foreign_key_checks = 0");
    run(from, "SHOW FULL TABLES WHERE Table_type = 'BASE TABLE'");
    tables = mysql_store_result(from);
    while ((row = mysql_fetch_row(tables)) != NULL)
        copy_table(from, to, row[0]);
    mysql_free_result(tables);
    copy_views(from, to);
    copy_triggers(from, to); /* after the rows, which no program wrote */
    run(to, "COMMIT");
    mysql_close(from);
    mysql_close(to);
}

void testdb_drop(const struct testdb *schema)
{
    struct db *db = testdb_connect("mysql", NULL);
    char sql[128];

    snprintf(sql, sizeof(sql), "DROP DATABASE IF EXISTS `%s`", schema->name);
    must(db_script(db, sql));
    db_close(db);
}
