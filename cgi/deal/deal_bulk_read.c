/* deal/deal_bulk_read.c - from the bytes of a file to the cells of its rows, in the order of our
 * columns.  A file that cannot be read is refused whole, with the line; what is wrong with a row is
 * judged later. */
#include "base/buf.h"
#include "base/str.h"
#include "deal/deal_bulk.h"
#include "text/sheet.h"
#include "web/sheet.h"

#include <jansson.h>
#include <string.h>

/* A description has 4,000 characters, of 4 bytes at most. */
enum { COLUMNS_MOST = 80, CELL_BYTES_MOST = 16000 };

struct reading {
    struct request *req;
    struct deal_bulk_own own;
    struct text_sheet *sheet;
    int64_t most_rows;
    int columns[COLUMNS_MOST]; /* of each cell: ours, or DEAL_BULK_REMARK */
    size_t column_count;
    size_t room;
    struct deal_bulk_file *out;
};

/* A file that breaks the format is the visitor's, and an answer; anything else is passed on. */
static struct err *take_fault(struct reading *r, struct err *e)
{
    if (!err_is(e, ERR_PARSE))
        return err_pass(e);
    r->out->fault = sheet_fault(r->req, r->sheet, e, r->most_rows);
    err_free(e);
    return NULL;
}

/* -- headings ------------------------------------------------------------------------------------
 */

static bool is_taken(const struct reading *r, int column)
{
    for (size_t i = 0; i < r->column_count; i++)
        if (r->columns[i] == column)
            return true;
    return false;
}

/* A short quotation of what stands in the file. */
static const char *quoted(struct request *req, const char *text)
{
    const size_t most = 60, bytes = utf8_prefix_bytes(text, most);

    return arena_printf(req->arena, "“%.*s%s”", (int)bytes, text, text[bytes] != '\0' ? "…" : "");
}

static void read_headings(struct reading *r, const struct text_sheet_row *row)
{
    const char *unknown = "";

    for (size_t i = 0; i < text_sheet_used(row) && r->out->fault == NULL; i++) {
        const int column = deal_bulk_column_find(r->req->arena, &r->own, row->cells[i]);

        if (column == DEAL_BULK_UNKNOWN)
            unknown = arena_printf(r->req->arena, "%s%s%s", unknown, *unknown != '\0' ? " " : "",
                                   quoted(r->req, row->cells[i]));
        else if (column >= 0 && is_taken(r, column))
            r->out->fault =
                trf(r->req, N_("Two columns are called %s."), quoted(r->req, row->cells[i]));
        r->columns[r->column_count++] = column;
    }
    if (*unknown != '\0')
        r->out->fault =
            trf(r->req, N_("The first line must hold the headings of the template. Not known: %s"),
                unknown);
    else if (r->out->fault == NULL && !is_taken(r, 0))
        r->out->fault =
            trf(r->req, N_("There is no column “%s”."), tr(r->req, deal_bulk_columns[0].heading));
}

/* -- rows ----------------------------------------------------------------------------------------
 */

static void put_cell(struct buf *out, const char *text, enum text_cell_kind kind)
{
    if (kind != CELL_PLAIN)
        buf_printf(out, "[%d,", (int)kind);
    buf_json(out, text);
    if (kind != CELL_PLAIN)
        buf_putc(out, ']');
}

static void put_own(struct buf *out, const struct deal_bulk_cells *cells)
{
    for (size_t i = 0; i < cells->own_count; i++) {
        buf_puts(out, i == 0 ? ",{" : ",");
        buf_json(out, cells->own[i].code);
        buf_putc(out, ':');
        put_cell(out, cells->own[i].text, cells->own[i].kind);
    }
    if (cells->own_count > 0)
        buf_putc(out, '}');
}

static const char *cells_json(struct arena *a, const struct deal_bulk_cells *cells)
{
    const char *json;
    struct buf out;

    buf_init(&out, 512, 0);
    for (int i = 0; i < DEAL_BULK_COLUMNS; i++) {
        buf_putc(&out, i == 0 ? '[' : ',');
        put_cell(&out, cells->texts[i], cells->kinds[i]);
    }
    put_own(&out, cells);
    buf_putc(&out, ']');
    json = arena_dup_bytes(a, out.data, out.len);
    buf_free(&out);
    return json;
}

static void add_line(struct reading *r, const struct deal_bulk_line *line)
{
    struct deal_bulk_file *out = r->out;

    if (out->count == r->room) {
        struct deal_bulk_line *old = out->lines;

        r->room = r->room == 0 ? 64 : 2 * r->room;
        out->lines = arena_array(r->req->arena, r->room, sizeof(*out->lines));
        if (out->count > 0)
            memcpy(out->lines, old, out->count * sizeof(*old));
    }
    out->lines[out->count++] = *line;
}

static void take_cell(const struct reading *r, int column, const char *text,
                      enum text_cell_kind kind, struct deal_bulk_cells *cells)
{
    if (column < DEAL_BULK_COLUMNS) {
        cells->texts[column] = text;
        cells->kinds[column] = kind;
    } else {
        cells->own[cells->own_count++] =
            (struct deal_bulk_cell){ r->own.fields[column - DEAL_BULK_COLUMNS].code, text, kind };
    }
}

static void read_row(struct reading *r, const struct text_sheet_row *row)
{
    struct deal_bulk_cell own[COLUMNS_MOST];
    struct deal_bulk_cells cells = { .texts = { NULL }, .own = own };
    const size_t used = text_sheet_used(row);
    bool any = false;

    if (used > r->column_count) {
        r->out->fault =
            trf(r->req,
                N_("Line %s has more cells than there are headings. Put text that holds the "
                   "separator in quotation marks."),
                text_number(r->req->locale, r->req->arena, row->line));
        return;
    }
    for (int i = 0; i < DEAL_BULK_COLUMNS; i++)
        cells.texts[i] = "";
    for (size_t i = 0; i < used; i++) {
        if (r->columns[i] < 0)
            continue;
        take_cell(r, r->columns[i], text_sheet_unguarded(row->cells[i]),
                  (enum text_cell_kind)row->kinds[i], &cells);
        any = any || *row->cells[i] != '\0';
    }
    if (any)
        add_line(r, &(struct deal_bulk_line){ row->line, cells_json(r->req->arena, &cells) });
}

static struct err *read_rows(struct reading *r)
{
    struct text_sheet_row row;
    bool found;

    TRY(text_sheet_read(r->sheet, &row, &found));
    if (found)
        read_headings(r, &row);
    while (found && r->out->fault == NULL) {
        TRY(text_sheet_read(r->sheet, &row, &found));
        if (found)
            read_row(r, &row);
    }
    if (r->out->fault == NULL && r->out->count == 0)
        r->out->fault = tr(r->req, N_("The file has no rows below its headings."));
    return NULL;
}

struct err *deal_bulk_read(struct request *req, const struct deal_bulk_own *own, const void *data,
                           size_t len, int64_t most_rows, struct deal_bulk_file *out)
{
    struct reading r = { .req = req, .own = *own, .most_rows = most_rows, .out = out };
    const struct text_csv_limits limits = { .max_rows = most_rows + 1,
                                            .max_columns = COLUMNS_MOST,
                                            .max_cell_bytes = CELL_BYTES_MOST };
    struct err *e;

    *out = (struct deal_bulk_file){ 0 };
    e = text_sheet_open(data, len, &limits, &r.sheet);
    if (e == NULL)
        e = read_rows(&r);
    if (e != NULL)
        e = take_fault(&r, e);
    out->sheet = arena_dup(req->arena, text_sheet_chosen(r.sheet));
    text_sheet_close(r.sheet);
    return err_pass(e);
}

/* -- and back ------------------------------------------------------------------------------------
 */

static struct deal_bulk_cell read_cell(struct arena *a, const json_t *cell)
{
    const bool odd = json_is_array(cell);
    struct deal_bulk_cell out = {
        .text = arena_dup(a, json_string_value(odd ? json_array_get(cell, 1) : cell)),
        .kind = odd ? (enum text_cell_kind)json_integer_value(json_array_get(cell, 0)) : CELL_PLAIN
    };

    if (out.kind >= CELL_KIND_COUNT)
        out.kind = CELL_ERROR;
    return out;
}

static void read_own(struct arena *a, json_t *object, struct deal_bulk_cells *out)
{
    const char *code;
    json_t *cell;

    out->own = arena_array(a, json_object_size(object) + 1, sizeof(*out->own));
    out->own_count = 0;
    json_object_foreach(object, code, cell)
    {
        out->own[out->own_count] = read_cell(a, cell);
        out->own[out->own_count++].code = arena_dup(a, code);
    }
}

struct err *deal_bulk_cells_read(struct arena *a, const char *json, struct deal_bulk_cells *out)
{
    json_t *list = json_loads(json, 0, NULL);

    if (json_array_size(list) < DEAL_BULK_COLUMNS) {
        json_decref(list);
        return err_raise(ERR_PARSE, "cells of a list that are none");
    }
    for (int i = 0; i < DEAL_BULK_COLUMNS; i++) {
        const struct deal_bulk_cell cell = read_cell(a, json_array_get(list, (size_t)i));

        out->texts[i] = cell.text;
        out->kinds[i] = cell.kind;
    }
    read_own(a, json_array_get(list, DEAL_BULK_COLUMNS), out);
    json_decref(list);
    return NULL;
}

const struct deal_bulk_cell *deal_bulk_cell_of(const struct deal_bulk_cells *cells,
                                               const char *code)
{
    for (size_t i = 0; i < cells->own_count; i++)
        if (str_eq(cells->own[i].code, code))
            return &cells->own[i];
    return NULL;
}
