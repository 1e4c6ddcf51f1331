/* backup/restore_check.c - whether restored data are whole: tables, rows, foreign keys, the audit
 * trail and the log.  The server itself writes the statements that look at a table. */
#include "backup/inside.h"

#include "access/audit.h"
#include "base/str.h"
#include "receipt/log_verify.h"

struct look_row {
    const char *name, *text; /* what is looked at, and the statement that does */
};
struct word_row {
    const char *word;
};

static const struct db_field look_fields[] = { DB_FIELD(struct look_row, name, DB_TEXT, 300),
                                               DB_FIELD(struct look_row, text, DB_TEXT, 4000),
                                               { 0 } };
static const struct db_field count_fields[] = { DB_FIELD(struct count_row, n, DB_I64, 0), { 0 } };

static const struct db_stmt list_tables = {
    .name = "restore.tables",
    .sql = "SELECT table_name AS name,"
           " CONCAT('SELECT COUNT(*) AS n FROM `', table_name, '`') AS text"
           " FROM information_schema.tables"
           " WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE' ORDER BY table_name",
    .binds = "",
    .fields = look_fields,
    .row_bytes = sizeof(struct look_row),
};

/* Rows that name a parent which is not there. */
static const struct db_stmt list_keys = {
    .name = "restore.foreign_keys",
    .sql = "SELECT CONCAT(table_name, '.', constraint_name) AS name,"
           " CONCAT('SELECT COUNT(*) AS n FROM `', table_name, '` c LEFT JOIN `',"
           " referenced_table_name, '` p ON ',"
           " GROUP_CONCAT('p.`', referenced_column_name, '` = c.`', column_name, '`'"
           " SEPARATOR ' AND '), ' WHERE ',"
           " GROUP_CONCAT('c.`', column_name, '` IS NOT NULL' SEPARATOR ' AND '),"
           " ' AND p.`', MIN(referenced_column_name), '` IS NULL') AS text"
           " FROM information_schema.key_column_usage"
           " WHERE table_schema = DATABASE() AND referenced_table_name IS NOT NULL"
           " GROUP BY table_name, constraint_name, referenced_table_name ORDER BY name",
    .binds = "",
    .fields = look_fields,
    .row_bytes = sizeof(struct look_row),
};

struct check {
    const struct backup_job *job;
    struct db *db;
    int64_t faults;
};

/* A statement that the server wrote, of one number. */
static struct err *count(struct check *c, const struct look_row *look, int64_t *n_out)
{
    struct db_stmt *st = arena_alloc(c->job->a, sizeof(*st));
    struct count_row row = { 0 };

    *st = (struct db_stmt){ .name = look->name,
                            .sql = look->text,
                            .binds = "",
                            .fields = count_fields,
                            .row_bytes = sizeof(row) };
    TRY(db_get(c->db, c->job->a, st, DB_NO_ARGS, &row));
    *n_out = row.n;
    return NULL;
}

/* Reads each index of a table and compares it with its rows.  Of what the server answers only the
 * last column counts: all of them go to one place. */
static struct err *check_table(struct check *c, const char *name)
{
    static const struct db_field fields[] = {
        { "Table", DB_TEXT, offsetof(struct word_row, word), 300, false },
        { "Op", DB_TEXT, offsetof(struct word_row, word), 40, true },
        { "Msg_type", DB_TEXT, offsetof(struct word_row, word), 40, true },
        { "Msg_text", DB_TEXT, offsetof(struct word_row, word), 2000, true },
        { 0 },
    };
    struct db_stmt *st = arena_alloc(c->job->a, sizeof(*st));
    struct word_row *rows = NULL;
    size_t n;

    *st = (struct db_stmt){ .name = name,
                            .sql = arena_printf(c->job->a, "CHECK TABLE `%s`", name),
                            .binds = "",
                            .fields = fields,
                            .row_bytes = sizeof(struct word_row) };
    TRY(db_list(c->db, c->job->a, st, DB_NO_ARGS, &rows, &n));
    if (n == 0 || !str_eq(rows[n - 1].word, "OK")) {
        c->faults++;
        fprintf(c->job->out, "table %s is damaged: %s\n", name, n == 0 ? "" : rows[0].word);
    }
    return NULL;
}

static struct err *check_tables(struct check *c, int64_t expected)
{
    struct look_row *looks = NULL;
    int64_t rows = 0;
    size_t n;

    TRY(db_list(c->db, c->job->a, &list_tables, DB_NO_ARGS, &looks, &n));
    for (size_t i = 0; i < n; i++) {
        int64_t here = 0;

        TRY(check_table(c, looks[i].name));
        TRY(count(c, &looks[i], &here));
        rows += here;
    }
    if ((int64_t)n < expected) {
        c->faults++;
        fprintf(c->job->out, "%lld tables were backed up, and %zu are there\n", (long long)expected,
                n);
    }
    fprintf(c->job->out, "%zu tables with %lld rows\n", n, (long long)rows);
    return NULL;
}

static struct err *check_keys(struct check *c)
{
    struct look_row *looks = NULL;
    int64_t orphans = 0;
    size_t n;

    TRY(db_list(c->db, c->job->a, &list_keys, DB_NO_ARGS, &looks, &n));
    for (size_t i = 0; i < n; i++) {
        int64_t here = 0;

        TRY(count(c, &looks[i], &here));
        if (here != 0)
            fprintf(c->job->out, "%lld rows without a parent: %s\n", (long long)here,
                    looks[i].name);
        orphans += here;
    }
    c->faults += orphans;
    fprintf(c->job->out, "%zu foreign keys, %lld rows without a parent\n", n, (long long)orphans);
    return NULL;
}

static struct err *check_trail(struct check *c)
{
    const struct log_verify how = { .origin = c->job->conf->log_origin };
    struct audit_report chains;
    struct log_report log;
    int64_t faults;

    TRY(audit_verify(c->db, &chains));
    TRY(log_verify(c->db, &how, &log));
    faults = chains.faults + log.faults;
    c->faults += faults;
    fprintf(c->job->out,
            "%lld audit events in %lld chains, %lld leaves and %lld signed heads of the log: "
            "%lld faults%s%s\n",
            (long long)chains.events, (long long)chains.chains, (long long)log.leaves,
            (long long)log.heads, (long long)faults, faults != 0 ? ", the first: " : "",
            chains.faults != 0 ? chains.first
            : log.faults != 0  ? log.first
                               : "");
    return NULL;
}

/* The key in the file must be the one that the database calls the present one. */
static struct err *check_key(struct check *c)
{
    struct log_signer signer;
    struct err *e = log_signer_open(c->job->a, c->job->conf, &signer);

    if (e == NULL) {
        e = err_pass(log_signer_check(c->db, c->job->a, &signer));
        log_signer_close(&signer);
    }
    if (e == NULL)
        return NULL;
    fprintf(c->job->out, "the log cannot go on before its key is put in place: %s\n",
            err_message(e));
    err_ignore(e); /* said: a key that is kept elsewhere is no fault of the backup */
    return NULL;
}

static struct err *check_all(struct check *c, const struct manifest *m)
{
    TRY(check_tables(c, m->tables));
    TRY(check_keys(c));
    TRY(check_trail(c));
    return err_pass(check_key(c));
}

struct err *restore_check(const struct backup_job *job, const struct restore_server *server,
                          const struct manifest *m, int64_t *faults_out)
{
    const struct db_settings settings = {
        .socket = server->socket, .name = m->database, .user = "root", .timeout_seconds = 3600
    };
    struct check c = { .job = job };
    struct err *e;

    TRY(db_open_lazy(&settings, &c.db));
    e = err_pass(db_begin_read(c.db));
    if (e == NULL)
        e = err_pass(check_all(&c, m));
    db_close(c.db);
    *faults_out = c.faults;
    return e;
}
