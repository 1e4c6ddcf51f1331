/* transfer/transfer_read.c - from the bytes of a file to the cells of its rows, in the order of the
 * data set's columns.  A page reads the headings and a few rows; the worker reads the rest, slice
 * by slice, each of which reads over what is there already. */
#include "base/buf.h"
#include "base/str.h"
#include "transfer/transfer_inside.h"
#include "web/judge.h"
#include "web/sheet.h"

#include <string.h>

enum { SAMPLE_ROWS = 3, SAMPLE_BYTES = 120, STAGE_ROWS = 500, STAGE_BYTES = 1 << 20 };

static struct text_csv_limits limits_for(int64_t most_rows)
{
    return (struct text_csv_limits){ .max_rows = most_rows + 1,
                                     .max_columns = TRANSFER_FILE_COLUMNS,
                                     .max_cell_bytes = TRANSFER_CELL_BYTES };
}

/* -- headings ------------------------------------------------------------------------------------
 */

static const char *shortened(struct arena *a, const char *text, size_t most)
{
    const size_t bytes = utf8_prefix_bytes(text, most);

    return arena_printf(a, "%.*s%s", (int)bytes, text, text[bytes] != '\0' ? "…" : "");
}

static void keep_heads(struct request *req, const struct text_sheet_row *row,
                       struct transfer_heads *out)
{
    out->count = text_sheet_used(row);
    out->heads = arena_array(req->arena, out->count + 1, sizeof(*out->heads));
    for (size_t i = 0; i < out->count; i++)
        out->heads[i] =
            shortened(req->arena, str_trim(req->arena, row->cells[i]), TRANSFER_HEAD_BYTES);
}

static const char *sample_of(struct request *req, const struct text_sheet_row *row, size_t count)
{
    const char **texts = arena_array(req->arena, count + 1, sizeof(*texts));

    for (size_t i = 0; i < count; i++)
        texts[i] = i < row->count ? shortened(req->arena, row->cells[i], SAMPLE_BYTES) : "";
    return transfer_texts_json(req->arena, texts, count);
}

static struct err *read_beginning(struct request *req, struct text_sheet *sheet,
                                  struct transfer_heads *out)
{
    struct text_sheet_row row;
    bool found;

    TRY(text_sheet_read(sheet, &row, &found));
    if (found)
        keep_heads(req, &row, out);
    out->sample_json = "[";
    for (int i = 0; found && i < SAMPLE_ROWS; i++) {
        TRY(text_sheet_read(sheet, &row, &found));
        if (found)
            out->sample_json = arena_join(req->arena, out->sample_json, i > 0 ? "," : "",
                                          sample_of(req, &row, out->count), NULL);
        else if (i == 0)
            out->fault = tr(req, N_("The file has no rows below its headings."));
    }
    out->sample_json = arena_join(req->arena, out->sample_json, "]", NULL);
    if (out->count == 0)
        out->fault = tr(req, N_("The file has no headings in its first line."));
    return NULL;
}

struct err *transfer_heads_read(struct request *req, const void *data, size_t len,
                                int64_t most_rows, struct transfer_heads *out)
{
    const struct text_csv_limits limits = limits_for(most_rows);
    struct text_sheet *sheet;
    struct err *e = text_sheet_open(data, len, &limits, &sheet);

    *out = (struct transfer_heads){ 0 };
    if (e == NULL)
        e = read_beginning(req, sheet, out);
    if (err_is(e, ERR_PARSE)) {
        out->fault = sheet_fault(req, sheet, e, most_rows);
        err_free(e);
        e = NULL;
    }
    out->sheet = arena_dup(req->arena, text_sheet_chosen(sheet));
    text_sheet_close(sheet);
    return err_pass(e);
}

/* -- which column is what ------------------------------------------------------------------------
 */

static bool is_taken(const int *columns, size_t count, int column)
{
    for (size_t i = 0; i < count; i++)
        if (columns[i] == column)
            return true;
    return false;
}

void transfer_guess(struct arena *a, const struct transfer_set *set, const char *const *heads,
                    size_t count, int *columns_out)
{
    for (size_t i = 0; i < count; i++) {
        const int column = transfer_column_find(a, set, heads[i]);

        columns_out[i] = is_taken(columns_out, i, column) ? -1 : column;
    }
}

const char *transfer_columns_fault(const struct transfer_set *set, const int *columns, size_t count,
                                   const char **what_out)
{
    const int own = (int)transfer_column_count(set);

    *what_out = "";
    for (size_t i = 0; i < count; i++) {
        if (columns[i] < -1 || columns[i] >= own)
            return N_("Choose a field of the list for each column, or none.");
        *what_out = columns[i] < 0 ? "" : transfer_field(set, columns[i])->label;
        if (columns[i] >= 0 && is_taken(columns, i, columns[i]))
            return N_("Two columns are “%s”. Leave one of them out.");
    }
    for (int i = 0; i < own; i++) {
        *what_out = transfer_field(set, i)->label;
        if (transfer_field(set, i)->required && !is_taken(columns, count, i))
            return N_("No column is “%s”, which every row needs.");
    }
    return NULL;
}

/* -- rows ----------------------------------------------------------------------------------------
 */

struct stage {
    struct transfer_work *w;
    struct text_sheet *sheet;
    int *columns; /* of the file's cells */
    size_t column_count, own_count;
    struct buf rows, cells;
    int64_t count, last_line;
    bool moved; /* somebody else has kept these rows */
};

static void stage_row(struct stage *s, const struct text_sheet_row *row)
{
    struct transfer_cells cells = { .texts = { NULL } };

    for (size_t i = 0; i < s->own_count; i++)
        cells.texts[i] = "";
    for (size_t i = 0; i < row->count && i < s->column_count; i++) {
        if (s->columns[i] < 0)
            continue;
        cells.texts[s->columns[i]] = text_sheet_unguarded(row->cells[i]);
        cells.kinds[s->columns[i]] = (enum text_cell_kind)row->kinds[i];
    }
    buf_reset(&s->cells);
    transfer_cells_write(&s->cells, &cells, s->own_count);
    buf_printf(&s->rows, "%s[%lld,", s->count > 0 ? "," : "[", (long long)row->line);
    buf_json(&s->rows, s->cells.data);
    buf_putc(&s->rows, ']');
    s->count++;
    s->last_line = row->line;
}

static struct err *write_stage(struct db *db, void *arg)
{
    struct stage *s = arg;
    int64_t changed;

    TRY(db_exec(db, &transfer_sql_staged,
                DB_ARGS(DB_I(s->last_line), DB_I(s->count), DB_I(s->w->t.id), DB_I(s->w->t.place)),
                &changed));
    s->moved = changed != 1;
    return s->moved ? NULL
                    : err_pass(db_exec(db, &transfer_sql_stage,
                                       DB_ARGS(DB_I(s->w->t.id), DB_S(s->rows.data)), NULL));
}

static struct err *flush(struct stage *s)
{
    if (s->count == 0)
        return NULL;
    buf_putc(&s->rows, ']');
    TRY(db_transaction(s->w->db, write_stage, s));
    s->w->t.place = s->last_line;
    s->w->t.row_count += s->count;
    s->count = 0;
    buf_reset(&s->rows);
    return NULL;
}

static struct err *stage_rows(struct stage *s, int64_t until_us, bool *done_out)
{
    struct text_sheet_row row;
    bool found;

    *done_out = false;
    TRY(text_sheet_read(s->sheet, &row, &found));
    while (found) {
        TRY(text_sheet_read(s->sheet, &row, &found));
        if (!found)
            break;
        if (row.line <= s->w->t.place || text_sheet_used(&row) == 0)
            continue;
        stage_row(s, &row);
        if (s->count < STAGE_ROWS && s->rows.len < STAGE_BYTES)
            continue;
        TRY(flush(s));
        if (s->moved || clock_monotonic_us() >= until_us)
            return NULL;
    }
    TRY(flush(s));
    *done_out = !s->moved;
    return NULL;
}

/* The fault in both languages, for whoever reads the page. */
static struct err *refuse(struct stage *s, struct err *e, int64_t most_rows)
{
    const char *texts[LANG_COUNT];

    for (int lang = 0; lang < LANG_COUNT; lang++)
        texts[lang] = sheet_fault(judge_request(s->w->a, s->w->db, &s->w->actor, (enum lang)lang),
                                  s->sheet, e, most_rows);
    err_free(e);
    s->w->t.message = transfer_texts_json(s->w->kept, texts, LANG_COUNT);
    return NULL;
}

struct err *transfer_stage(struct transfer_work *w, const void *data, size_t len, int64_t most_rows,
                           int64_t until_us, bool *done_out)
{
    const struct text_csv_limits limits = limits_for(most_rows);
    struct stage s = { .w = w, .own_count = transfer_column_count(w->set) };
    struct err *e;

    s.columns = transfer_numbers_read(w->kept, w->t.columns_json, &s.column_count);
    buf_init(&s.rows, STAGE_BYTES, 0);
    buf_init(&s.cells, 1024, 0);
    e = text_sheet_open(data, len, &limits, &s.sheet);
    if (e == NULL)
        e = stage_rows(&s, until_us, done_out);
    if (err_is(e, ERR_PARSE))
        e = refuse(&s, e, most_rows);
    text_sheet_close(s.sheet);
    buf_free(&s.rows);
    buf_free(&s.cells);
    return err_pass(e);
}
