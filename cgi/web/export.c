/* web/export.c */
#include "web/export.h"

#include "base/arena.h"
#include "base/buf.h"
#include "text/csv.h"

enum { CHUNK_BYTES = 32 * 1024, ROW_BYTES = 2048, HEADS_MAX = 64 };

struct export
{
    struct request *req;
    const struct export_spec *spec;
    const void *arg;
    struct arena *row;
    struct buf out;
};

struct arena *export_arena(struct export *x)
{
    return x->row;
}

const void *export_arg(const struct export *x)
{
    return x->arg;
}

void export_cells(struct export *x, const char *const *cells, size_t count)
{
    text_csv_write(&x->out, cells, count);
}

/* Sends what there is, when it is LEAST bytes. */
static struct err *flush(struct export *x, size_t least)
{
    if (x->out.len < least || x->out.len == 0)
        return NULL;
    TRY(reply_chunk(x->req, x->out.data, x->out.len));
    buf_reset(&x->out);
    return NULL;
}

static void write_heads(struct export *x)
{
    const char *cells[HEADS_MAX];
    size_t count = 0;

    for (; count < HEADS_MAX && x->spec->heads[count] != NULL; count++)
        cells[count] = tr(x->req, x->spec->heads[count]);
    text_csv_write_mark(&x->out);
    text_csv_write(&x->out, cells, count);
}

static struct err *write_row(void *arg, const void *row)
{
    struct export *x = arg;

    arena_clear(x->row);
    x->spec->row(x, x->req, row);
    return err_pass(flush(x, CHUNK_BYTES));
}

static struct err *send_rows(struct export *x, const struct db_stmt *stmt,
                             const struct db_arg *args)
{
    write_heads(x);
    TRY(reply_begin(x->req, x->spec->file_name, "text/csv; charset=utf-8"));
    TRY(db_each(x->req->db, stmt, args, write_row, x));
    return err_pass(flush(x, 0));
}

struct err *export_list(struct request *req, const struct export_spec *spec,
                        const struct db_stmt *stmt, const struct db_arg *args, const void *arg)
{
    struct export x = { .req = req, .spec = spec, .arg = arg, .row = arena_new(ROW_BYTES) };
    struct err *e;

    buf_init(&x.out, CHUNK_BYTES + 4096, 0);
    e = send_rows(&x, stmt, args);
    buf_free(&x.out);
    arena_free(x.row);
    return err_pass(e);
}
