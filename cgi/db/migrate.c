/* db/migrate.c - applies the files of sql/migrations, each once. */
#include "db/migrate.h"

#include "base/clock.h"
#include "base/fault.h"
#include "base/str.h"
#include "db/inside.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { FILE_MAX_BYTES = 4 * 1024 * 1024, NUMBER_DIGITS = 4, LEASE_SECONDS = 3600 };

/* A table of this file's own that must be there before anything else.  The lease is a row and no
 * lock function, since those do not reach over a cluster. */
static const char own_tables[] =
    "CREATE TABLE IF NOT EXISTS schema_migration ("
    " number INT NOT NULL PRIMARY KEY,"
    " name VARCHAR(120) NOT NULL,"
    " sha256 CHAR(64) NOT NULL,"
    " statements_done INT NOT NULL,"
    " applied_at DATETIME(6) NULL"
    ") ENGINE=InnoDB CHARACTER SET ascii COLLATE ascii_bin;"
    "CREATE TABLE IF NOT EXISTS schema_lease ("
    " name VARCHAR(40) NOT NULL PRIMARY KEY,"
    " owner VARCHAR(80) NOT NULL,"
    " until_at DATETIME(6) NOT NULL"
    ") ENGINE=InnoDB CHARACTER SET ascii COLLATE ascii_bin;"
    "CREATE TABLE IF NOT EXISTS schema_grant ("
    " account VARCHAR(255) NOT NULL PRIMARY KEY,"
    " wanted CHAR(64) NOT NULL,"
    " given CHAR(64) NOT NULL,"
    " applied_at DATETIME(6) NOT NULL"
    ") ENGINE=InnoDB CHARACTER SET ascii COLLATE ascii_bin;"
    "INSERT IGNORE INTO schema_lease (name, owner, until_at) VALUES ('migrate', '', '2000-01-01')";

struct applied {
    int64_t number, done;
    const char *name, *sha256;
    int64_t applied_at; /* 0: not to its end */
};

static const struct db_field applied_fields[] = {
    { "number", DB_I64, offsetof(struct applied, number), 0, false },
    { "name", DB_TEXT, offsetof(struct applied, name), 120, false },
    { "sha256", DB_TEXT, offsetof(struct applied, sha256), 64, false },
    { "statements_done", DB_I64, offsetof(struct applied, done), 0, false },
    { "applied_at", DB_AT, offsetof(struct applied, applied_at), 0, true },
    { 0 },
};

static const struct db_stmt list_applied = {
    .name = "migrate.list",
    .sql = "SELECT number, name, sha256, statements_done, applied_at FROM schema_migration"
           " ORDER BY number",
    .binds = "",
    .fields = applied_fields,
    .row_bytes = sizeof(struct applied),
    .flags = DB_LISTS | DB_WHOLE_TABLE,
};
static const struct db_stmt begin_file = {
    .name = "migrate.begin",
    .sql =
        "INSERT INTO schema_migration (number, name, sha256, statements_done)"
        " VALUES (?, ?, ?, 0) ON DUPLICATE KEY UPDATE name = VALUES(name), sha256 = VALUES(sha256)",
    .binds = "iss",
    .flags = DB_WRITE,
};
static const struct db_stmt note_progress = {
    .name = "migrate.progress",
    .sql = "UPDATE schema_migration SET statements_done = ? WHERE number = ?",
    .binds = "ii",
    .flags = DB_WRITE,
};
static const struct db_stmt end_file = {
    .name = "migrate.end",
    .sql = "UPDATE schema_migration SET applied_at = UTC_TIMESTAMP(6) WHERE number = ?",
    .binds = "i",
    .flags = DB_WRITE,
};
static const struct db_stmt take_lease = {
    .name = "migrate.take_lease",
    .sql = "UPDATE schema_lease SET owner = ?, until_at = UTC_TIMESTAMP(6) + INTERVAL ? SECOND"
           " WHERE name = 'migrate' AND until_at < UTC_TIMESTAMP(6)",
    .binds = "si",
    .flags = DB_WRITE,
};
static const struct db_stmt end_lease = {
    .name = "migrate.end_lease",
    .sql = "UPDATE schema_lease SET until_at = '2000-01-01' WHERE name = 'migrate' AND owner = ?",
    .binds = "s",
    .flags = DB_WRITE,
};

struct lease {
    const char *owner;
};
static const struct db_field lease_fields[] = { DB_FIELD(struct lease, owner, DB_TEXT, 80), { 0 } };
static const struct db_stmt read_lease = {
    .name = "migrate.read_lease",
    .sql = "SELECT owner FROM schema_lease WHERE name = 'migrate'",
    .binds = "",
    .fields = lease_fields,
    .row_bytes = sizeof(struct lease),
};

struct sum {
    const char *sum;
};
static const struct db_field sum_fields[] = { DB_FIELD(struct sum, sum, DB_TEXT, 64), { 0 } };
static const struct db_stmt sum_text = {
    .name = "migrate.sum",
    .sql = "SELECT SHA2(?, 256) AS sum",
    .binds = "s",
    .fields = sum_fields,
    .row_bytes = sizeof(struct sum),
};

db_stmt_table migrate_check_statements[] = { &list_applied, &sum_text, NULL };

/* -- files ---------------------------------------------------------------------------------------
 */

struct err *db_read_file(struct arena *a, const char *path, char **text_out)
{
    FILE *f = FAULT(FAULT_FILE) ? NULL : fopen(path, "re");
    char *text;
    size_t len;

    if (f == NULL)
        return err_raise(ERR_CONFIG, "cannot read %s: %s", path, strerror(errno));
    text = malloc(FILE_MAX_BYTES);
    len = text == NULL ? 0 : fread(text, 1, FILE_MAX_BYTES, f);
    fclose(f);
    if (len > 0 && len < FILE_MAX_BYTES)
        *text_out = arena_dup_bytes(a, text, len);
    free(text);
    return len > 0 && len < FILE_MAX_BYTES
               ? NULL
               : err_raise(ERR_CONFIG, "%s is empty, or larger than %d bytes", path,
                           FILE_MAX_BYTES);
}

static int is_sql(const struct dirent *entry)
{
    return entry->d_name[0] != '.' && str_ends(entry->d_name, ".sql");
}

static int by_bytes(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

struct err *db_list_files(struct arena *a, const char *folder, char ***names_out, size_t *count_out)
{
    struct dirent **entries;
    int count = scandir(folder, &entries, is_sql, by_bytes);

    if (count < 0)
        return err_raise(ERR_CONFIG, "cannot read %s: %s", folder, strerror(errno));
    *names_out = arena_array(a, (size_t)count + 1, sizeof(**names_out));
    for (int i = 0; i < count; i++) {
        (*names_out)[i] = arena_dup(a, entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
    *count_out = (size_t)count;
    return NULL;
}

struct file {
    const char *name;
    int64_t number;
    char *text;
    const char *sha256;
};

/* The number of "0042_deal_purpose.sql"; 0 when the name has another form. */
static int64_t number_of(const char *name)
{
    int64_t number = 0;

    for (int i = 0; i < NUMBER_DIGITS; i++) {
        if (!isdigit((unsigned char)name[i]))
            return 0;
        number = number * 10 + (name[i] - '0');
    }
    return name[NUMBER_DIGITS] == '_' ? number : 0;
}

static struct err *list_migrations(struct arena *a, const char *sql_dir, struct file **files_out,
                                   size_t *count_out)
{
    char **names;
    struct file *files;

    TRY(db_list_files(a, arena_printf(a, "%s/migrations", sql_dir), &names, count_out));
    files = arena_array(a, *count_out + 1, sizeof(*files));
    for (size_t i = 0; i < *count_out; i++) {
        files[i] = (struct file){ .name = names[i], .number = number_of(names[i]) };
        if (files[i].number == 0)
            return err_raise(ERR_CONFIG, "migration %s is not called NNNN_name.sql", names[i]);
        if (i > 0 && files[i].number == files[i - 1].number)
            return err_raise(ERR_CONFIG, "migrations %s and %s have one number", files[i - 1].name,
                             files[i].name);
    }
    *files_out = files;
    return NULL;
}

/* -- applying ------------------------------------------------------------------------------------
 */

struct run {
    struct arena *a;
    const char *sql_dir;
    void (*say)(const char *line);
    struct applied *applied;
    size_t applied_count;
};

static void tell(void (*say)(const char *line), const char *line)
{
    if (say != NULL)
        say(line);
}

/* One statement as a transaction. */
struct one_change {
    const struct db_stmt *st;
    const struct db_arg *args;
    int64_t affected;
};

static struct err *exec_change(struct db *db, void *arg)
{
    struct one_change *change = arg;

    return err_pass(db_exec(db, change->st, change->args, &change->affected));
}

static struct err *exec_alone(struct db *db, const struct db_stmt *st, const struct db_arg *args,
                              int64_t *affected_out)
{
    struct one_change change = { .st = st, .args = args };

    TRY(db_transaction(db, exec_change, &change));
    if (affected_out != NULL)
        *affected_out = change.affected;
    return NULL;
}

static struct err *read_applied(struct db *db, struct arena *a, struct applied **rows_out,
                                size_t *count_out)
{
    struct err *e;

    TRY(db_begin_read(db));
    TRY_TO(failed, e, db_list(db, a, &list_applied, DB_NO_ARGS, rows_out, count_out));
    TRY_TO(failed, e, db_commit(db));
    return NULL;
failed:
    db_rollback(db);
    return e;
}

static struct err *read_sum(struct db *db, struct arena *a, const char *text, const char **sum_out)
{
    struct sum row;
    struct err *e;

    TRY(db_begin_read(db));
    TRY_TO(failed, e, db_get(db, a, &sum_text, DB_ARGS(DB_S(text)), &row));
    TRY_TO(failed, e, db_commit(db));
    *sum_out = row.sum;
    return NULL;
failed:
    db_rollback(db);
    return e;
}

static int line_of(const char *text, const char *place)
{
    int line = 1;

    for (; text < place; text++)
        line += *text == '\n';
    return line;
}

static struct err *apply_statements(struct db *db, struct run *run, const struct file *file,
                                    int64_t done)
{
    const char *rest = file->text, *statement;
    size_t len;

    for (int64_t number = 1;; number++) {
        struct err *e, *explained;

        statement = db_script_next(&rest, &len);
        if (len == 0)
            return NULL;
        if (number <= done)
            continue;
        e = db_script(db, arena_dup_bytes(run->a, statement, len));
        if (e != NULL) {
            explained = err_raise(ERR_CONFIG,
                                  "%s stopped at its statement %lld (line %d): %s. What stands "
                                  "before it is done. Remove the cause, or correct the file from "
                                  "there on, and run migrate again: it goes on with this statement",
                                  file->name, (long long)number, line_of(file->text, statement),
                                  err_message(e));
            err_free(e);
            return explained;
        }
        TRY(exec_alone(db, &note_progress, DB_ARGS(DB_I(number), DB_I(file->number)), NULL));
    }
}

static const struct applied *applied_find(const struct run *run, int64_t number)
{
    for (size_t i = 0; i < run->applied_count; i++)
        if (run->applied[i].number == number)
            return &run->applied[i];
    return NULL;
}

static struct err *apply_file(struct db *db, struct run *run, struct file *file)
{
    const struct applied *before = applied_find(run, file->number);
    int64_t done = before != NULL ? before->done : 0;

    TRY(db_read_file(run->a, arena_printf(run->a, "%s/migrations/%s", run->sql_dir, file->name),
                     &file->text));
    TRY(read_sum(db, run->a, file->text, &file->sha256));
    if (before != NULL && before->applied_at != 0) {
        if (str_eq(before->sha256, file->sha256))
            return NULL;
        return err_raise(ERR_CONFIG,
                         "%s was changed after it was applied: put it back, and write what "
                         "should be different as a new migration",
                         file->name);
    }
    tell(run->say,
         arena_printf(run->a, done == 0 ? "applying %s" : "going on with %s", file->name));
    TRY(exec_alone(db, &begin_file,
                   DB_ARGS(DB_I(file->number), DB_S(file->name), DB_S(file->sha256)), NULL));
    TRY(apply_statements(db, run, file, done));
    return err_pass(exec_alone(db, &end_file, DB_ARGS(DB_I(file->number)), NULL));
}

static struct err *apply_all(struct db *db, void *arg)
{
    struct run *run = arg;
    struct file *files;
    size_t count;

    TRY(list_migrations(run->a, run->sql_dir, &files, &count));
    TRY(read_applied(db, run->a, &run->applied, &run->applied_count));
    for (size_t i = 0; i < count; i++)
        TRY(apply_file(db, run, &files[i]));
    return NULL;
}

struct lease_name {
    char host[48];
    char owner[80]; /* "host/pid" */
};

static struct lease_name own_name(void)
{
    struct lease_name name = { .host = "" };

    gethostname(name.host, sizeof(name.host) - 1);
    snprintf(name.owner, sizeof(name.owner), "%s/%d", name.host, (int)getpid());
    return name;
}

/* True for the lease of a process of this host that is not there any more. */
static bool is_left_behind(const struct lease_name *me, const char *owner)
{
    size_t len = strlen(me->host);
    int64_t pid;

    return strncmp(owner, me->host, len) == 0 && owner[len] == '/' &&
           str_to_i64(owner + len + 1, &pid) && pid > 0 && kill((pid_t)pid, 0) != 0 &&
           errno == ESRCH;
}

static struct err *end_left_behind(struct db *db, const struct lease_name *me)
{
    struct arena *a = arena_new(512);
    struct lease lease = { "" };
    struct err *e;

    TRY_TO(done, e, db_begin_read(db));
    TRY_TO(done, e, db_get(db, a, &read_lease, DB_NO_ARGS, &lease));
    TRY_TO(done, e, db_commit(db));
    if (is_left_behind(me, lease.owner))
        e = err_pass(exec_alone(db, &end_lease, DB_ARGS(DB_S(lease.owner)), NULL));
done:
    db_rollback(db);
    arena_free(a);
    return e;
}

static struct err *wait_for_lease(struct db *db, const struct lease_name *me,
                                  void (*say)(const char *line))
{
    struct timespec pause = { .tv_nsec = 200 * 1000 * 1000 };
    bool said = false;
    int64_t got;

    for (;;) {
        TRY(end_left_behind(db, me));
        TRY(exec_alone(db, &take_lease, DB_ARGS(DB_S(me->owner), DB_I(LEASE_SECONDS)), &got));
        if (got != 0)
            return NULL;
        if (!said)
            tell(say, "waiting for another migration (table schema_lease says whose)");
        said = true;
        nanosleep(&pause, NULL);
    }
}

struct err *db_with_lease(struct db *db, struct err *(*fn)(struct db *db, void *arg), void *arg,
                          void (*say)(const char *line))
{
    struct lease_name me = own_name();
    struct err *e, *ended;

    TRY(wait_for_lease(db, &me, say));
    e = fn(db, arg);
    if (db_in_transaction(db))
        db_rollback(db);
    ended = exec_alone(db, &end_lease, DB_ARGS(DB_S(me.owner)), NULL);
    if (e == NULL)
        return err_pass(ended);
    err_free(ended);
    return err_pass(e);
}

struct err *migrate_run(struct db *db, struct arena *a, const char *sql_dir,
                        void (*say)(const char *line))
{
    struct run run = { .a = a, .sql_dir = sql_dir, .say = say };

    TRY(db_script(db, own_tables));
    return err_pass(db_with_lease(db, apply_all, &run, say));
}

static struct err *check_file(struct db *db, const struct run *run, const struct file *file)
{
    const struct applied *row = applied_find(run, file->number);
    const char *sum;
    char *text;

    if (row == NULL || row->applied_at == 0)
        return err_raise(ERR_CONFIG, "the database lacks %s: run fairwayctl migrate", file->name);
    TRY(db_read_file(run->a, arena_printf(run->a, "%s/migrations/%s", run->sql_dir, file->name),
                     &text));
    TRY(read_sum(db, run->a, text, &sum));
    return str_eq(row->sha256, sum)
               ? NULL
               : err_raise(ERR_CONFIG, "%s was changed after it was applied: put it back",
                           file->name);
}

struct err *migrate_check(struct db *db, struct arena *a, const char *sql_dir)
{
    struct run run = { .a = a, .sql_dir = sql_dir };
    struct file *files;
    size_t count;
    const struct applied *last;

    TRY(list_migrations(a, sql_dir, &files, &count));
    TRY(read_applied(db, a, &run.applied, &run.applied_count));
    for (size_t i = 0; i < count; i++)
        TRY(check_file(db, &run, &files[i]));
    last = run.applied_count > 0 ? &run.applied[run.applied_count - 1] : NULL;
    if (last != NULL && (count == 0 || last->number > files[count - 1].number))
        return err_raise(ERR_CONFIG, "the database has %s, which this program does not know",
                         last->name);
    return NULL;
}
