/* deal/deal_bulk_read.c - from the bytes of a file to the cells of its rows, in the order of our
 * columns.  A file that cannot be read is refused whole, with the line; what is wrong with a row is
 * judged later. */
#include "base/buf.h"
#include "base/str.h"
#include "deal/deal_bulk.h"
#include "text/csv.h"

#include <jansson.h>
#include <string.h>

/* A description has 4,000 characters, of 4 bytes at most. */
enum { COLUMNS_MOST = 80, CELL_BYTES_MOST = 16000 };

struct memory {
    const char *data;
    size_t len, at;
};

static struct err *read_memory(void *arg, char *buffer, size_t size, size_t *got_out)
{
    struct memory *m = arg;
    const size_t left = m->len - m->at;

    *got_out = left < size ? left : size;
    memcpy(buffer, m->data + m->at, *got_out);
    m->at += *got_out;
    return NULL;
}

struct reading {
    struct request *req;
    struct text_csv *csv;
    int64_t most_rows;
    int columns[COLUMNS_MOST]; /* of each cell: ours, or DEAL_BULK_REMARK */
    size_t column_count;
    size_t room;
    struct deal_bulk_file *out;
};

/* -- faults of the file --------------------------------------------------------------------------
 */

static const char *const fault_words[CSV_FAULT_COUNT] = {
    [CSV_ENCODING] = N_("Line %s holds bytes that are no text. Save the file as “CSV UTF-8”."),
    [CSV_NUL] = N_("Line %s holds a zero byte, which no text has. Save the sheet as CSV."),
    [CSV_QUOTE_OPEN] = N_("The quoted cell that begins in line %s has no end."),
    [CSV_AFTER_QUOTE] = N_("In line %s something stands behind a closing quotation mark."),
    [CSV_TOO_MANY_ROWS] = N_("At most %s rows in one file. Split it into several."),
    [CSV_TOO_MANY_COLUMNS] = N_("Line %s has more cells than any list of registrations."),
    [CSV_CELL_TOO_LONG] = N_("Line %s has a cell that is too long for any field."),
};

/* A file that breaks the format is the visitor's, and an answer; anything else is passed on. */
static struct err *take_fault(struct reading *r, struct err *e)
{
    enum text_csv_fault fault = r->csv != NULL ? text_csv_fault(r->csv) : CSV_ENCODING;
    const char *place;

    if (!err_is(e, ERR_PARSE))
        return err_pass(e);
    place = fault == CSV_TOO_MANY_ROWS ? text_number(r->req->locale, r->req->arena, r->most_rows)
                                       : arena_dup(r->req->arena, err_detail(e));
    r->out->fault = trf(r->req, fault_words[fault], place);
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

/* Empty cells behind the last heading are what spreadsheets leave. */
static size_t used_cells(const struct text_csv_row *row)
{
    size_t count = row->count;

    while (count > 0 && *row->cells[count - 1] == '\0')
        count--;
    return count;
}

static void read_headings(struct reading *r, const struct text_csv_row *row)
{
    const char *unknown = "";

    for (size_t i = 0; i < used_cells(row) && r->out->fault == NULL; i++) {
        const int column = deal_bulk_column_find(r->req->arena, row->cells[i]);

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

/* Our own files put a ' before what a spreadsheet would run; it comes off when they come back. */
static const char *without_guard(const char *cell)
{
    static const char *const wide[] = { "＝", "＋", "－", "＠" };

    if (cell[0] != '\'')
        return cell;
    if (cell[1] != '\0' && strchr("=+-@\t\r", cell[1]) != NULL)
        return cell + 1;
    for (size_t i = 0; i < ARRAY_LEN(wide); i++)
        if (str_starts(cell + 1, wide[i]))
            return cell + 1;
    return cell;
}

static const char *cells_json(struct arena *a, const char *const *cells)
{
    const char *json;
    struct buf out;

    buf_init(&out, 512, 0);
    for (int i = 0; i < DEAL_BULK_COLUMNS; i++) {
        buf_putc(&out, i == 0 ? '[' : ',');
        buf_json(&out, cells[i]);
    }
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

static void read_row(struct reading *r, const struct text_csv_row *row)
{
    const char *cells[DEAL_BULK_COLUMNS];
    const size_t used = used_cells(row);
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
        cells[i] = "";
    for (size_t i = 0; i < used; i++) {
        if (r->columns[i] < 0)
            continue;
        cells[r->columns[i]] = without_guard(row->cells[i]);
        any = any || *row->cells[i] != '\0';
    }
    if (any)
        add_line(r, &(struct deal_bulk_line){ row->line, cells_json(r->req->arena, cells) });
}

static struct err *read_rows(struct reading *r)
{
    struct text_csv_row row;
    bool found;

    TRY(text_csv_read(r->csv, &row, &found));
    if (found)
        read_headings(r, &row);
    while (found && r->out->fault == NULL) {
        TRY(text_csv_read(r->csv, &row, &found));
        if (found)
            read_row(r, &row);
    }
    if (r->out->fault == NULL && r->out->count == 0)
        r->out->fault = tr(r->req, N_("The file has no rows below its headings."));
    return NULL;
}

struct err *deal_bulk_read(struct request *req, const void *data, size_t len, int64_t most_rows,
                           struct deal_bulk_file *out)
{
    struct reading r = { .req = req, .most_rows = most_rows, .out = out };
    struct memory memory = { data, len, 0 };
    const struct text_csv_limits limits = { .max_rows = most_rows + 1,
                                            .max_columns = COLUMNS_MOST,
                                            .max_cell_bytes = CELL_BYTES_MOST };
    struct err *e;

    *out = (struct deal_bulk_file){ 0 };
    e = text_csv_open((struct text_csv_source){ read_memory, &memory }, &limits, &r.csv);
    if (e == NULL)
        e = read_rows(&r);
    if (e != NULL)
        e = take_fault(&r, e);
    text_csv_close(r.csv);
    return err_pass(e);
}

/* -- and back ------------------------------------------------------------------------------------
 */

struct err *deal_bulk_cells(struct arena *a, const char *json, const char **cells_out)
{
    json_t *list = json_loads(json, 0, NULL);

    if (json_array_size(list) != DEAL_BULK_COLUMNS) {
        json_decref(list);
        return err_raise(ERR_PARSE, "cells of a list that are none");
    }
    for (size_t i = 0; i < DEAL_BULK_COLUMNS; i++)
        cells_out[i] = arena_dup(a, json_string_value(json_array_get(list, i)));
    json_decref(list);
    return NULL;
}
