/* job/inside.c */
#include "job/inside.h"

struct change {
    const struct db_stmt *st;
    const struct db_arg *args;
    int64_t affected;
};

static struct err *change_row(struct db *db, void *arg)
{
    struct change *c = arg;

    return err_pass(db_exec(db, c->st, c->args, &c->affected));
}

struct err *job_change(struct db *db, const struct db_stmt *st, const struct db_arg *args,
                       bool *changed_out)
{
    struct change c = { .st = st, .args = args };

    *changed_out = false;
    TRY(db_transaction(db, change_row, &c));
    *changed_out = c.affected == 1;
    return NULL;
}

static struct err *read_rows(struct db *db, struct arena *a, const struct db_stmt *st,
                             const struct db_arg *args, void *rows_out, size_t *count_out)
{
    TRY(db_begin_read(db));
    TRY(db_list(db, a, st, args, rows_out, count_out));
    return err_pass(db_commit(db));
}

struct err *job_list(struct db *db, struct arena *a, const struct db_stmt *st,
                     const struct db_arg *args, void *rows_out, size_t *count_out)
{
    struct db_retry retry = { 0 };
    struct err *e;

    for (;;) {
        e = read_rows(db, a, st, args, rows_out, count_out);
        if (e == NULL)
            return NULL;
        db_rollback(db);
        e = db_retry_next(db, &retry, e);
        if (e != NULL)
            return err_pass(e);
    }
}
