/* db/stmt.c - statements that are run: with their arguments, their rows read into structs.  Nothing
 * is allocated for an execution but the rows themselves. */
#include "db/inside.h"

#include "base/clock.h"
#include "base/fault.h"
#include "base/metric.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_ROWS = 32 };

struct now_row {
    int64_t at;
};
static const struct db_field now_fields[] = { DB_FIELD(struct now_row, at, DB_AT, 0), { 0 } };
static const struct db_stmt now_stmt = { .name = "db.now",
                                         .sql = "SELECT UTC_TIMESTAMP(6) AS at",
                                         .binds = "",
                                         .fields = now_fields,
                                         .row_bytes = sizeof(struct now_row) };
db_stmt_table db_own_statements[] = { &now_stmt, NULL };

static struct err *check_state(const struct db *db, const struct db_stmt *st, bool gives_rows)
{
    TRY(db_latched(db));
    if (db->state == DB_IDLE)
        return err_raise(ERR_BUG, "statement %s outside a transaction", st->name);
    if ((st->flags & DB_WRITE) != 0 && db->state != DB_WRITES)
        return err_raise(ERR_BUG, "statement %s writes in a reading transaction", st->name);
    if (gives_rows != (st->fields != NULL))
        return err_raise(ERR_BUG, "statement %s %s rows", st->name, gives_rows ? "has no" : "has");
    return NULL;
}

/* How long the database took, also over one that fails. */
static int run(MYSQL_STMT *handle)
{
    const int64_t began = clock_monotonic_us();
    const int rc = mysql_stmt_execute(handle);

    metric_add(METRIC_STATEMENTS, 0, 0, 1);
    metric_add(METRIC_STATEMENT_SECONDS, 0, 0, clock_monotonic_us() - began);
    return rc;
}

struct err *db_execute(struct db *db, struct prepared *p, const struct db_arg *args)
{
    TRY(db_params_bind(p, args));
    db->statements++;
    TRY(db_fault(db, p->st->name));
    if (run(p->handle) != 0)
        return db_server_error(db, p->handle, p->st->name);
    return NULL;
}

static struct err *execute(struct db *db, const struct db_stmt *st, const struct db_arg *args,
                           bool gives_rows, struct prepared **p_out)
{
    TRY(check_state(db, st, gives_rows));
    TRY(db_prepared(db, st, p_out));
    return err_pass(db_execute(db, *p_out, args));
}

/* Asks for the next row. */
static struct err *next_row(struct db *db, struct prepared *p, bool *more_out)
{
    int rc = mysql_stmt_fetch(p->handle);

    *more_out = rc == 0 || rc == MYSQL_DATA_TRUNCATED;
    if (rc != 0 && rc != MYSQL_NO_DATA && rc != MYSQL_DATA_TRUNCATED)
        return db_server_error(db, p->handle, p->st->name);
    return NULL;
}

static struct err *read_one(struct db *db, struct prepared *p, struct arena *a, void *row,
                            bool *found_out)
{
    bool more;

    TRY(next_row(db, p, found_out));
    if (!*found_out)
        return NULL;
    TRY(db_columns_read(db, p, a, row));
    TRY(next_row(db, p, &more));
    return more ? err_raise(ERR_BUG, "statement %s: more than one row", p->st->name) : NULL;
}

struct err *db_one(struct db *db, struct arena *a, const struct db_stmt *st,
                   const struct db_arg *args, void *row, bool *found_out)
{
    struct prepared *p;
    struct err *e = execute(db, st, args, true, &p);

    *found_out = false;
    if (e != NULL)
        return db_latch(db, err_pass(e));
    e = read_one(db, p, a, row, found_out);
    mysql_stmt_free_result(p->handle);
    return db_latch(db, err_pass(e));
}

struct err *db_get(struct db *db, struct arena *a, const struct db_stmt *st,
                   const struct db_arg *args, void *row)
{
    bool found;

    TRY(db_one(db, a, st, args, row, &found));
    return found ? NULL : err_raise(ERR_NOT_FOUND, "statement %s: no row", st->name);
}

static void *grow(struct arena *a, void *rows, size_t count, size_t *room, size_t row_bytes)
{
    void *more;

    *room = *room == 0 ? FIRST_ROWS : *room * 2;
    more = arena_array(a, *room, row_bytes);
    if (count != 0)
        memcpy(more, rows, count * row_bytes);
    return more;
}

struct err *db_rows_read(struct db *db, struct prepared *p, struct arena *a, void **rows_out,
                         size_t *count_out)
{
    size_t bytes = p->st->row_bytes, room = 0, count = 0;
    char *rows = grow(a, NULL, 0, &room, bytes);
    bool more;

    for (;;) {
        TRY(next_row(db, p, &more));
        if (!more)
            break;
        if (count == room)
            rows = grow(a, rows, count, &room, bytes);
        TRY(db_columns_read(db, p, a, rows + count * bytes));
        count++;
    }
    *rows_out = rows;
    *count_out = count;
    return NULL;
}

struct err *db_list(struct db *db, struct arena *a, const struct db_stmt *st,
                    const struct db_arg *args, void *rows_out, size_t *count_out)
{
    struct prepared *p;
    void *rows = NULL;
    struct err *e = execute(db, st, args, true, &p);

    if (e != NULL)
        return db_latch(db, err_pass(e));
    e = db_rows_read(db, p, a, &rows, count_out);
    mysql_stmt_free_result(p->handle);
    /* rows_out points to a pointer to the caller's struct, whatever that is. */
    memcpy(rows_out, &rows, sizeof(rows));
    return db_latch(db, err_pass(e));
}

static struct err *show_rows(struct db *db, struct prepared *p,
                             struct err *(*fn)(void *arg, const void *row), void *arg, void *row)
{
    bool more;

    for (;;) {
        TRY(next_row(db, p, &more));
        if (!more)
            return NULL;
        arena_clear(db->rows);
        memset(row, 0, p->st->row_bytes);
        TRY(db_columns_read(db, p, db->rows, row));
        TRY(fn(arg, row));
    }
}

struct err *db_rows_show(struct db *db, struct prepared *p,
                         struct err *(*fn)(void *arg, const void *row), void *arg)
{
    void *row = calloc(1, p->st->row_bytes);
    struct err *e =
        row == NULL ? err_raise(ERR_IO, "no memory for a row") : show_rows(db, p, fn, arg, row);

    free(row);
    return err_pass(e);
}

struct err *db_each(struct db *db, const struct db_stmt *st, const struct db_arg *args,
                    struct err *(*fn)(void *arg, const void *row), void *arg)
{
    struct prepared *p;
    struct err *e = execute(db, st, args, true, &p);

    if (e != NULL)
        return db_latch(db, err_pass(e));
    e = db_rows_show(db, p, fn, arg);
    mysql_stmt_free_result(p->handle);
    return db_latch(db, err_pass(e));
}

struct err *db_exec(struct db *db, const struct db_stmt *st, const struct db_arg *args,
                    int64_t *affected_out)
{
    struct prepared *p;
    struct err *e = execute(db, st, args, false, &p);

    if (e != NULL)
        return db_latch(db, err_pass(e));
    if (affected_out != NULL)
        *affected_out = (int64_t)mysql_stmt_affected_rows(p->handle);
    return NULL;
}

struct err *db_insert(struct db *db, const struct db_stmt *st, const struct db_arg *args,
                      int64_t *id_out)
{
    struct prepared *p;
    struct err *e = execute(db, st, args, false, &p);

    if (e != NULL)
        return db_latch(db, err_pass(e));
    *id_out = (int64_t)mysql_stmt_insert_id(p->handle);
    return NULL;
}

struct err *db_now(struct db *db, int64_t *at_us_out)
{
    struct now_row now = { 0 };
    bool found;

    if (db->now_us == 0) {
        TRY(db_one(db, db->rows, &now_stmt, DB_NO_ARGS, &now, &found));
        db->now_us = now.at;
    }
    *at_us_out = db->now_us;
    return NULL;
}

void db_now_is(struct db *db, int64_t at_us)
{
    if (db->now_us == 0)
        db->now_us = at_us;
}
