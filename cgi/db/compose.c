/* db/compose.c */
#include "db/compose.h"

#include "db/inside.h"

#include <mysqld_error.h>
#include <stdio.h>
#include <string.h>

enum { COMPOSE_ARGS = 96, COMPOSE_COLUMNS = 32, COMPOSE_BYTES = 16 * 1024 };

struct db_compose {
    const char *name;
    char sql[COMPOSE_BYTES];
    size_t len;
    struct db_arg args[COMPOSE_ARGS + 1];
    char binds[COMPOSE_ARGS + 1];
    size_t arg_count;
    struct db_field fields[COMPOSE_COLUMNS + 1];
    size_t field_count;
    const char *fault; /* why it is never run; NULL: it may be */
};

/* The linker's marks around what is constant or initialised in this program. */
extern const char __executable_start[]; /* NOLINT(bugprone-reserved-identifier) */
extern const char edata[];

static bool is_constant(const char *piece)
{
    const uintptr_t at = (uintptr_t)piece;

    return at >= (uintptr_t)__executable_start && at < (uintptr_t)edata;
}

struct db_compose *db_compose_new(struct arena *a, const char *name)
{
    struct db_compose *c = arena_alloc(a, sizeof(*c));

    c->name = name;
    return c;
}

void db_compose_add(struct db_compose *c, const char *piece)
{
    db_compose_part(c, piece, strlen(piece));
}

void db_compose_part(struct db_compose *c, const char *piece, size_t len)
{
    if (!is_constant(piece))
        c->fault = "a piece is no constant of the program";
    else if (c->len + len >= sizeof(c->sql))
        c->fault = "its text is too long";
    if (c->fault != NULL)
        return;
    memcpy(c->sql + c->len, piece, len);
    c->len += len;
    c->sql[c->len] = '\0';
}

void db_compose_value(struct db_compose *c, struct db_arg arg)
{
    db_compose_add(c, "?");
    db_compose_bind(c, arg);
}

void db_compose_bind(struct db_compose *c, struct db_arg arg)
{
    if (c->arg_count == COMPOSE_ARGS) {
        c->fault = "too many values";
        return;
    }
    c->binds[c->arg_count] = arg.kind == 'n' ? 's' : arg.kind;
    c->args[c->arg_count++] = arg;
}

void db_compose_column(struct db_compose *c, struct db_field field)
{
    if (!is_constant(field.column) || c->field_count == COMPOSE_COLUMNS) {
        c->fault = "a column does not fit";
        return;
    }
    c->fields[c->field_count++] = field;
}

const char *db_compose_sql(const struct db_compose *c)
{
    return c->sql;
}

const struct db_arg *db_compose_args(const struct db_compose *c, size_t *count)
{
    *count = c->arg_count;
    return c->args;
}

/* -- running -------------------------------------------------------------------------------------
 */

static struct db_stmt statement_of(const struct db_compose *c, size_t row_bytes)
{
    return (struct db_stmt){ .name = c->name,
                             .sql = c->sql,
                             .binds = c->binds,
                             .fields = c->fields,
                             .row_bytes = row_bytes };
}

static struct err *check(const struct db *db, const struct db_compose *c)
{
    TRY(db_latched(db));
    if (db->state == DB_IDLE)
        return err_raise(ERR_BUG, "statement %s outside a transaction", c->name);
    if (c->fault != NULL)
        return err_raise(ERR_BUG, "statement %s: %s", c->name, c->fault);
    return NULL;
}

struct err *db_compose_check(struct db *db, const struct db_compose *c, size_t row_bytes)
{
    const struct db_stmt st = statement_of(c, row_bytes);
    struct prepared p;

    TRY(check(db, c));
    TRY(db_prepare_apart(db, &st, &p));
    db_unprepare(&p);
    return NULL;
}

static struct err *limit(struct db *db, unsigned seconds)
{
    char sql[64];
    const int len = snprintf(sql, sizeof(sql), "SET SESSION max_statement_time=%u", seconds);

    return err_pass(db_text(db, sql, (size_t)len, "a time limit"));
}

struct taking {
    struct arena *a;
    void **rows;
    size_t *count;
    struct err *(*fn)(void *arg, const void *row);
    void *arg;
};

static struct err *take(struct db *db, struct prepared *p, const struct taking *t)
{
    if (t->fn != NULL)
        return err_pass(db_rows_show(db, p, t->fn, t->arg));
    return err_pass(db_rows_read(db, p, t->a, t->rows, t->count));
}

/* The server ended the statement because of its time: an answer, no error. */
static struct err *see_late(const struct db *db, const struct prepared *p, struct err *e,
                            bool *late_out)
{
    *late_out = e != NULL && (mysql_stmt_errno(p->handle) == ER_STATEMENT_TIMEOUT ||
                              mysql_errno(db->mysql) == ER_STATEMENT_TIMEOUT);
    if (!*late_out)
        return e;
    err_free(e);
    return NULL;
}

static struct err *run_once(struct db *db, const struct db_stmt *st, const struct db_compose *c,
                            const struct taking *t, bool *late_out)
{
    struct prepared p;
    struct err *e;

    TRY(db_prepare_apart(db, st, &p));
    e = db_execute(db, &p, c->args);
    if (e == NULL)
        e = take(db, &p, t);
    e = see_late(db, &p, e, late_out);
    mysql_stmt_free_result(p.handle);
    db_unprepare(&p);
    return err_pass(e);
}

static struct err *run(struct db *db, const struct db_compose *c, size_t row_bytes,
                       unsigned seconds, const struct taking *t, bool *late_out)
{
    const struct db_stmt st = statement_of(c, row_bytes);
    struct err *e;

    *late_out = false;
    TRY(check(db, c));
    TRY(limit(db, seconds));
    e = run_once(db, &st, c, t, late_out);
    if (e != NULL)
        db->broken = true; /* with its limit, which belongs to this statement alone */
    else
        e = limit(db, db_statement_seconds(db));
    return err_pass(e);
}

struct err *db_compose_list(struct db *db, struct arena *a, const struct db_compose *c,
                            size_t row_bytes, unsigned seconds, void *rows_out, size_t *count_out,
                            bool *late_out)
{
    void *rows = NULL;
    const struct taking t = { .a = a, .rows = &rows, .count = count_out };
    struct err *e;

    *count_out = 0;
    e = run(db, c, row_bytes, seconds, &t, late_out);
    if (e != NULL || *late_out)
        *count_out = 0;
    /* rows_out points to a pointer to the caller's struct, whatever that is. */
    memcpy(rows_out, &rows, sizeof(rows));
    return db_latch(db, err_pass(e));
}

struct err *db_compose_each(struct db *db, const struct db_compose *c, size_t row_bytes,
                            unsigned seconds, struct err *(*fn)(void *arg, const void *row),
                            void *arg, bool *late_out)
{
    const struct taking t = { .fn = fn, .arg = arg };

    return db_latch(db, err_pass(run(db, c, row_bytes, seconds, &t, late_out)));
}
