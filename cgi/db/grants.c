/* db/grants.c - gives each program's account exactly the rights of its file.  Rights of other
 * schemas stay as they are: several portals may share a server. */
#include "base/buf.h"
#include "base/str.h"
#include "db/inside.h"
#include "db/migrate.h"

#include <stdio.h>
#include <string.h>

struct account_row {
    const char *host;
    const char *wanted; /* checksum of the file at the last run; NULL: never */
    const char *given;  /* checksum of the rights after it */
};
static const struct db_field account_fields[] = {
    DB_FIELD(struct account_row, host, DB_TEXT, 255),
    DB_NULLABLE(struct account_row, wanted, DB_TEXT, 64),
    DB_NULLABLE(struct account_row, given, DB_TEXT, 64),
    { 0 },
};
static const struct db_stmt list_accounts = {
    .name = "grants.accounts",
    .sql =
        "SELECT u.Host AS host, g.wanted AS wanted, g.given AS given FROM mysql.user u"
        " LEFT JOIN schema_grant g ON g.account = CONVERT(CONCAT(u.User, '@', u.Host) USING ascii)"
        " WHERE u.User = ?",
    .binds = "s",
    .fields = account_fields,
    .row_bytes = sizeof(struct account_row),
    .flags = DB_LISTS | DB_WHOLE_TABLE,
};

struct sum_row {
    const char *sum;
};
static const struct db_field sum_fields[] = { DB_FIELD(struct sum_row, sum, DB_TEXT, 64), { 0 } };
/* Everything that an account may do in a schema, as one checksum. */
static const struct db_stmt sum_rights = {
    .name = "grants.sum",
    .sql = "SELECT SHA2(IFNULL(GROUP_CONCAT(line ORDER BY line SEPARATOR '\\n'), ''), 256) AS sum"
           " FROM (SELECT CONCAT('t ', Table_name, ' ', Table_priv, ' ', Column_priv) AS line"
           "   FROM mysql.tables_priv WHERE Db = ? AND User = ? AND Host = ?"
           "  UNION ALL SELECT CONCAT('c ', Table_name, ' ', Column_name, ' ', Column_priv)"
           "   FROM mysql.columns_priv WHERE Db = ? AND User = ? AND Host = ?"
           "  UNION ALL SELECT CONCAT_WS(' ', 'd', Select_priv, Insert_priv, Update_priv,"
           "    Delete_priv, Create_priv, Drop_priv, Grant_priv, References_priv, Index_priv,"
           "    Alter_priv, Create_tmp_table_priv, Lock_tables_priv, Create_view_priv,"
           "    Show_view_priv, Create_routine_priv, Alter_routine_priv, Execute_priv,"
           "    Event_priv, Trigger_priv, Delete_history_priv)"
           "   FROM mysql.db WHERE Db = ? AND User = ? AND Host = ?) AS rights",
    .binds = "sssssssss",
    .fields = sum_fields,
    .row_bytes = sizeof(struct sum_row),
};
static const struct db_stmt sum_file = {
    .name = "grants.sum_file",
    .sql = "SELECT SHA2(?, 256) AS sum",
    .binds = "s",
    .fields = sum_fields,
    .row_bytes = sizeof(struct sum_row),
};

struct table_row {
    const char *name; /* "" for the schema itself */
    bool passes_on;   /* WITH GRANT OPTION, which ALL PRIVILEGES does not cover */
};
static const struct db_field table_fields[] = {
    DB_FIELD(struct table_row, name, DB_TEXT, 256),
    DB_FIELD(struct table_row, passes_on, DB_BOOL, 0),
    { 0 },
};
static const struct db_stmt list_granted = {
    .name = "grants.tables",
    .sql = "SELECT Table_name AS name, FIND_IN_SET('Grant', Table_priv) > 0 AS passes_on"
           "  FROM mysql.tables_priv WHERE Db = ? AND User = ? AND Host = ?"
           " UNION ALL SELECT '', Grant_priv = 'Y' FROM mysql.db"
           "  WHERE Db = ? AND User = ? AND Host = ?",
    .binds = "ssssss",
    .fields = table_fields,
    .row_bytes = sizeof(struct table_row),
    .flags = DB_LISTS | DB_WHOLE_TABLE,
};
static const struct db_stmt note_grant = {
    .name = "grants.note",
    .sql = "INSERT INTO schema_grant (account, wanted, given, applied_at)"
           " VALUES (?, ?, ?, UTC_TIMESTAMP(6)) ON DUPLICATE KEY UPDATE wanted = VALUES(wanted),"
           " given = VALUES(given), applied_at = VALUES(applied_at)",
    .binds = "sss",
    .flags = DB_WRITE,
};

struct grants {
    struct arena *a;
    const char *sql_dir, *schema;
    void (*say)(const char *line);
    bool only_look;
    int differing;
    /* The file at hand. */
    const char *user; /* "fw_partner" */
    char *text;
    const char *wanted;
};

static const char *quote(struct arena *a, const char *name, char mark)
{
    struct buf b;
    const char *text;

    buf_init(&b, 64, 0);
    buf_putc(&b, mark);
    for (; *name != '\0'; name++) {
        if (*name == mark || (*name == '\\' && mark == '\''))
            buf_putc(&b, *name);
        buf_putc(&b, *name);
    }
    buf_putc(&b, mark);
    text = arena_dup(a, b.data);
    buf_free(&b);
    return text;
}

static const char *replace(struct arena *a, const char *text, const char *from, const char *to)
{
    struct buf b;
    const char *hit, *result;

    buf_init(&b, strlen(text) + 1, 0);
    for (; (hit = strstr(text, from)) != NULL; text = hit + strlen(from)) {
        buf_add(&b, text, (size_t)(hit - text));
        buf_puts(&b, to);
    }
    buf_puts(&b, text);
    result = arena_dup(a, b.data);
    buf_free(&b);
    return result;
}

static const char *account_text(const struct grants *g, const char *host)
{
    return arena_printf(g->a, "%s@%s", quote(g->a, g->user, '\''), quote(g->a, host, '\''));
}

static struct err *read_rights(struct db *db, struct grants *g, const char *host,
                               const char **sum_out)
{
    struct sum_row row;

    TRY(db_get(db, g->a, &sum_rights,
               DB_ARGS(DB_S(g->schema), DB_S(g->user), DB_S(host), DB_S(g->schema), DB_S(g->user),
                       DB_S(host), DB_S(g->schema), DB_S(g->user), DB_S(host)),
               &row));
    *sum_out = row.sum;
    return NULL;
}

/* The statements that take away everything in the schema. */
static struct err *add_revokes(struct db *db, struct grants *g, const char *host, struct buf *sql)
{
    struct table_row *rows;
    size_t count;
    const char *account = account_text(g, host), *schema = quote(g->a, g->schema, '`');

    TRY(db_list(db, g->a, &list_granted,
                DB_ARGS(DB_S(g->schema), DB_S(g->user), DB_S(host), DB_S(g->schema), DB_S(g->user),
                        DB_S(host)),
                &rows, &count));
    for (size_t i = 0; i < count; i++) {
        const char *table = *rows[i].name == '\0' ? "*" : quote(g->a, rows[i].name, '`');

        if (rows[i].passes_on)
            buf_printf(sql, "REVOKE GRANT OPTION ON %s.%s FROM %s;\n", schema, table, account);
        buf_printf(sql, "REVOKE ALL PRIVILEGES ON %s.%s FROM %s;\n", schema, table, account);
    }
    return NULL;
}

static struct err *plan(struct db *db, struct grants *g, const struct account_row *row,
                        bool *same_out, struct buf *sql)
{
    const char *given;

    TRY(read_rights(db, g, row->host, &given));
    *same_out = str_eq(row->wanted, g->wanted) && str_eq(row->given, given);
    if (*same_out)
        return NULL;
    TRY(add_revokes(db, g, row->host, sql));
    buf_puts(sql, replace(g->a, replace(g->a, g->text, "@ACCOUNT@", account_text(g, row->host)),
                          "@DB@", quote(g->a, g->schema, '`')));
    return NULL;
}

static struct err *note(struct db *db, struct grants *g, const char *host)
{
    const char *given;

    TRY(read_rights(db, g, host, &given));
    return err_pass(db_exec(
        db, &note_grant,
        DB_ARGS(DB_S(arena_printf(g->a, "%s@%s", g->user, host)), DB_S(g->wanted), DB_S(given)),
        NULL));
}

static struct err *apply_account(struct db *db, struct grants *g, const struct account_row *row)
{
    struct buf sql;
    struct err *e;
    bool same;

    buf_init(&sql, 4096, 0);
    TRY_TO(done, e, db_begin_read(db));
    TRY_TO(done, e, plan(db, g, row, &same, &sql));
    TRY_TO(done, e, db_commit(db));
    if (same)
        goto done;
    g->differing++;
    if (g->say != NULL)
        g->say(arena_printf(g->a, "rights of %s@%s", g->user, row->host));
    if (g->only_look)
        goto done;
    TRY_TO(done, e, db_script(db, sql.data));
    TRY_TO(done, e, db_begin_write(db));
    TRY_TO(done, e, note(db, g, row->host));
    TRY_TO(done, e, db_commit(db));
done:
    db_rollback(db);
    buf_free(&sql);
    return e;
}

static struct err *read_accounts(struct db *db, struct grants *g, struct account_row **rows_out,
                                 size_t *count_out)
{
    struct sum_row sum;
    struct err *e;

    TRY(db_begin_read(db));
    TRY_TO(failed, e, db_get(db, g->a, &sum_file, DB_ARGS(DB_S(g->text)), &sum));
    TRY_TO(failed, e,
           db_list(db, g->a, &list_accounts, DB_ARGS(DB_S(g->user)), rows_out, count_out));
    TRY_TO(failed, e, db_commit(db));
    g->wanted = sum.sum;
    return NULL;
failed:
    db_rollback(db);
    return e;
}

static struct err *apply_program(struct db *db, struct grants *g, const char *file)
{
    struct account_row *accounts;
    size_t count;

    g->user = arena_printf(g->a, "fw_%.*s", (int)(strlen(file) - strlen(".sql")), file);
    TRY(db_read_file(g->a, arena_printf(g->a, "%s/grants/%s", g->sql_dir, file), &g->text));
    TRY(read_accounts(db, g, &accounts, &count));
    if (count == 0)
        return err_raise(ERR_CONFIG, "there is no database account %s", g->user);
    for (size_t i = 0; i < count; i++)
        TRY(apply_account(db, g, &accounts[i]));
    return NULL;
}

static struct err *apply_all(struct db *db, void *arg)
{
    struct grants *g = arg;
    char **files;
    size_t count;

    TRY(db_script(db, "SET SESSION group_concat_max_len = 16777216"));
    TRY(db_list_files(g->a, arena_printf(g->a, "%s/grants", g->sql_dir), &files, &count));
    for (size_t i = 0; i < count; i++)
        TRY(apply_program(db, g, files[i]));
    return NULL;
}

struct err *migrate_grants(struct db *db, struct arena *a, const char *sql_dir, const char *db_name,
                           void (*say)(const char *line))
{
    struct grants g = { .a = a, .sql_dir = sql_dir, .schema = db_name, .say = say };

    return err_pass(db_with_lease(db, apply_all, &g, say));
}

struct err *migrate_grants_check(struct db *db, struct arena *a, const char *sql_dir,
                                 const char *db_name, void (*say)(const char *line),
                                 int *differing_out)
{
    struct grants g = {
        .a = a, .sql_dir = sql_dir, .schema = db_name, .say = say, .only_look = true
    };

    TRY(apply_all(db, &g));
    *differing_out = g.differing;
    return NULL;
}
