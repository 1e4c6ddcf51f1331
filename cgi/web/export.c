/* web/export.c */
#include "web/export.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/conf.h"
#include "base/str.h"
#include "text/csv.h"

#include <string.h>

enum { CHUNK_BYTES = 32 * 1024, ROW_BYTES = 2048 };

struct export
{
    struct request *req;
    const struct export_spec *spec;
    const void *arg;
    struct arena *row;
    struct text_xlsx_column columns[XLSX_COLUMNS_MOST];
    size_t count;
    struct buf out;             /* CSV */
    bool sent;                  /* its beginning */
    struct text_xlsx_out *book; /* XLSX; NULL: CSV */
    struct err *failed;         /* the first row that could not be written */
    const void *row_now;        /* what row() was called with */
};

/* What the two kinds of file do differently. */
struct kind {
    const char *ending, *mime;
    struct err *(*begin)(struct export *x);
    void (*cells)(struct export *x, const char *const *cells);
    struct err *(*after_row)(struct export *x);
    struct err *(*end)(struct export *x);
};

struct arena *export_arena(struct export *x)
{
    return x->row;
}

const void *export_arg(const struct export *x)
{
    return x->arg;
}

static void read_columns(struct export *x)
{
    const struct text_xlsx_column *from = x->spec->columns;

    for (; x->count < XLSX_COLUMNS_MOST && from[x->count].head != NULL; x->count++) {
        x->columns[x->count] = from[x->count];
        if (!x->spec->as_is)
            x->columns[x->count].head = tr(x->req, from[x->count].head);
    }
}

static struct err *begin_reply(struct export *x, const struct kind *kind)
{
    return err_pass(reply_begin(
        x->req, arena_join(x->req->arena, x->spec->file_name, kind->ending, NULL), kind->mime));
}

/* -- CSV -----------------------------------------------------------------------------------------
 */

static const struct kind csv, xlsx;

/* Sends what there is, when it is LEAST bytes. */
static struct err *flush(struct export *x, size_t least)
{
    if (x->out.len < least || x->out.len == 0)
        return NULL;
    if (!x->sent)
        TRY(begin_reply(x, &csv));
    x->sent = true;
    TRY(reply_chunk(x->req, x->out.data, x->out.len));
    buf_reset(&x->out);
    return NULL;
}

static void csv_cells(struct export *x, const char *const *cells)
{
    text_csv_write(&x->out, cells, x->count);
}

static struct err *csv_begin(struct export *x)
{
    const char *heads[XLSX_COLUMNS_MOST];

    for (size_t i = 0; i < x->count; i++)
        heads[i] = x->columns[i].head;
    text_csv_write_mark(&x->out);
    csv_cells(x, heads);
    return NULL;
}

static struct err *csv_after_row(struct export *x)
{
    return err_pass(flush(x, CHUNK_BYTES));
}

static struct err *csv_end(struct export *x)
{
    return err_pass(flush(x, 0));
}

static const struct kind csv = { ".csv",        "text/csv; charset=utf-8",
                                 csv_begin,     csv_cells,
                                 csv_after_row, csv_end };

/* -- XLSX ----------------------------------------------------------------------------------------
 */

static struct err *xlsx_begin(struct export *x)
{
    return err_pass(text_xlsx_begin(x->req->conf->var, tr(x->req, x->spec->title), x->columns,
                                    x->count, 0, &x->book));
}

static void xlsx_cells(struct export *x, const char *const *cells)
{
    if (x->failed == NULL)
        x->failed = text_xlsx_row(x->book, cells);
}

static struct err *xlsx_after_row(struct export *x)
{
    struct err *e = x->failed;

    x->failed = NULL;
    return err_pass(e);
}

static struct err *send_file(struct export *x, FILE *file)
{
    char *chunk = arena_alloc(x->req->arena, CHUNK_BYTES);
    size_t got;

    TRY(begin_reply(x, &xlsx));
    while ((got = fread(chunk, 1, CHUNK_BYTES, file)) > 0)
        TRY(reply_chunk(x->req, chunk, got));
    return ferror(file) ? err_raise(ERR_IO, "a workbook cannot be read again") : NULL;
}

static struct err *xlsx_end(struct export *x)
{
    struct text_xlsx_out *book = x->book;
    struct err *e;
    FILE *file;

    TRY(xlsx_after_row(x));
    x->book = NULL;
    TRY(text_xlsx_end(book, &file));
    e = send_file(x, file);
    fclose(file);
    return err_pass(e);
}

static const struct kind xlsx = {
    ".xlsx",        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    xlsx_begin,     xlsx_cells,
    xlsx_after_row, xlsx_end
};

/* -- both ----------------------------------------------------------------------------------------
 */

static const struct kind *kind_of(const struct request *req)
{
    return str_ends(req->route->path, xlsx.ending) ? &xlsx : &csv;
}

static void with_more(struct export *x, const char *const *own, const char **cells)
{
    const struct export_spec *spec = x->spec;
    const size_t count = x->count - spec->more_count;

    memcpy(cells, own, count * sizeof(*cells));
    spec->more(spec->more_arg, x->row, x->row_now, cells + count);
}

void export_cells(struct export *x, const char *const *cells)
{
    const char *all[XLSX_COLUMNS_MOST];

    if (x->spec->more != NULL && x->row_now != NULL && x->count >= x->spec->more_count) {
        with_more(x, cells, all);
        cells = all;
    }
    kind_of(x->req)->cells(x, cells);
}

struct err *export_put(struct export *x, const char *const *cells)
{
    export_cells(x, cells);
    return err_pass(kind_of(x->req)->after_row(x));
}

struct err *export_late(struct export *x)
{
    const char *cells[XLSX_COLUMNS_MOST];

    if (!x->sent)
        return err_raise(ERR_UNAVAILABLE, "a file took too long");
    for (size_t i = 0; i < x->count; i++)
        cells[i] = "";
    cells[0] = tr(x->req, N_("This file is not complete: it took too long. Narrow down what is in "
                             "it, or take the workbook."));
    return err_pass(export_put(x, cells));
}

struct rows {
    const struct db_stmt *stmt;
    const struct db_arg *args;
};

struct err *export_put_row(struct export *x, const void *row)
{
    arena_clear(x->row);
    x->row_now = row;
    x->spec->row(x, x->req, row);
    x->row_now = NULL;
    return err_pass(kind_of(x->req)->after_row(x));
}

static struct err *write_row(void *arg, const void *row)
{
    return err_pass(export_put_row(arg, row));
}

static struct err *fill_rows(struct export *x, void *arg)
{
    const struct rows *rows = arg;

    return err_pass(db_each(x->req->db, rows->stmt, rows->args, write_row, x));
}

static struct err *run(struct export *x, struct err *(*fill)(struct export *x, void *arg),
                       void *arg)
{
    const struct kind *kind = kind_of(x->req);

    TRY(kind->begin(x));
    TRY(fill(x, arg));
    return err_pass(kind->end(x));
}

struct err *export_rows(struct request *req, const struct export_spec *spec,
                        struct err *(*fill)(struct export *x, void *fill_arg), void *fill_arg,
                        const void *arg)
{
    struct export x = { .req = req, .spec = spec, .arg = arg, .row = arena_new(ROW_BYTES) };
    struct err *e;

    read_columns(&x);
    buf_init(&x.out, kind_of(req) == &csv ? CHUNK_BYTES + 4096 : 1, 0);
    e = run(&x, fill, fill_arg);
    /* Behind an error that is told, a row that failed as well says nothing more. */
    err_ignore(x.failed);
    text_xlsx_drop(x.book);
    buf_free(&x.out);
    arena_free(x.row);
    return err_pass(e);
}

struct err *export_list(struct request *req, const struct export_spec *spec,
                        const struct db_stmt *stmt, const struct db_arg *args, const void *arg)
{
    struct rows rows = { stmt, args };

    return err_pass(export_rows(req, spec, fill_rows, &rows, arg));
}

struct err *export_filled(struct request *req, const struct export_spec *spec,
                          struct err *(*fill)(struct export *x, void *arg), void *arg)
{
    return err_pass(export_rows(req, spec, fill, arg, NULL));
}

void export_offer(struct request *req, struct view *v, const char *address, const char *query)
{
    view_text(v, "Csv", arena_join(req->arena, address, csv.ending, query, NULL));
    view_text(v, "Xlsx", arena_join(req->arena, address, xlsx.ending, query, NULL));
}
