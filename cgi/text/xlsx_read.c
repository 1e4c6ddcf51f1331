/* text/xlsx_read.c - the rows of a sheet.  The parser pauses after each row that holds something,
 * so there is never more than one of them. */
#include "text/xlsx_inside.h"

#include "base/log.h"
#include "base/str.h"

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ARENA_BYTES = 4096, LAST_ROW = 1048576, LAST_COLUMN = 16384, FORMULA_BYTES_MOST = 500 };

enum taking { NOTHING, VALUE, INLINE, FORMULA };

/* The cell that is being read, and the row so far. */
struct xlsx_cell {
    enum taking taking;
    bool in_rows, in_row, in_cell, in_inline, has_formula;
    int phonetic;
    char type; /* s, i(nlineStr), S(tr), b, e, d, n */
    size_t style;
    int64_t row, rows; /* its number; how many held something */
    size_t column;     /* counted from 1 */
    struct buf value;

    struct buf texts; /* the row's cells, each with its end mark; the first byte is an empty one */
    size_t *starts;
    const char **cells;
    unsigned char *kinds;
    size_t count;
    bool ready;
};

/* -- where ---------------------------------------------------------------------------------------
 */

static void refuse_row(struct xlsx_part *part, enum text_sheet_fault fault)
{
    snprintf(part->x->place, sizeof(part->x->place), "%lld", (long long)part->x->cell->row);
    xlsx_part_refuse(part, fault);
}

/* "AB12" is column 28; 0: none. */
static size_t column_of(const char *reference)
{
    size_t column = 0;

    for (; *reference >= 'A' && *reference <= 'Z' && column <= LAST_COLUMN; reference++)
        column = 26 * column + (size_t)(*reference - 'A') + 1;
    return column <= LAST_COLUMN ? column : 0;
}

/* Rows and cells may leave out where they are; they never go back. */
static void begin_row(struct xlsx_part *part, const char **attributes)
{
    const char *number = xlsx_attribute(attributes, "r");
    struct xlsx_cell *c = part->x->cell;
    int64_t row = c->row + 1;

    if (number != NULL && (!str_to_i64(number, &row) || row <= c->row || row > LAST_ROW)) {
        refuse_row(part, SHEET_BROKEN);
        return;
    }
    c->row = row;
    c->in_row = true;
    c->column = c->count = 0;
    buf_reset(&c->texts);
    buf_putc(&c->texts, '\0');
}

static char type_of(const char *type)
{
    static const struct {
        const char *name;
        char type;
    } types[] = { { "s", 's' }, { "inlineStr", 'i' }, { "str", 'S' },
                  { "b", 'b' }, { "e", 'e' },         { "d", 'd' } };

    for (size_t i = 0; i < ARRAY_LEN(types); i++)
        if (str_eq(type, types[i].name))
            return types[i].type;
    return 'n';
}

static void begin_cell(struct xlsx_part *part, const char **attributes)
{
    const char *reference = xlsx_attribute(attributes, "r"),
               *style = xlsx_attribute(attributes, "s");
    struct xlsx_cell *c = part->x->cell;
    const size_t column = reference != NULL ? column_of(reference) : c->column + 1;
    int64_t number = 0;

    if (column <= c->column || column > LAST_COLUMN) {
        refuse_row(part, SHEET_BROKEN);
        return;
    }
    c->column = column;
    c->type = type_of(xlsx_attribute(attributes, "t"));
    c->style = style != NULL && str_to_i64(style, &number) && number > 0 ? (size_t)number : 0;
    c->in_cell = true;
    c->in_inline = c->has_formula = false;
    c->phonetic = 0;
    buf_reset(&c->value);
}

/* -- what ----------------------------------------------------------------------------------------
 */

static const char *shared_text(struct xlsx_part *part)
{
    const struct xlsx_strings *strings = &part->x->strings;
    int64_t at;

    if (!str_to_i64(part->x->cell->value.data, &at) || at < 0)
        refuse_row(part, SHEET_BROKEN);
    else if ((size_t)at >= strings->count)
        refuse_row(part, strings->cut ? SHEET_TOO_LARGE : SHEET_BROKEN);
    else
        return strings->text.data + strings->starts[at];
    return "";
}

static void add_cell(struct xlsx_part *part, const char *text, enum text_cell_kind kind)
{
    struct text_xlsx *x = part->x;
    struct xlsx_cell *c = x->cell;

    if (*text == '\0')
        return;
    if (c->column > x->limits.max_columns) {
        refuse_row(part, SHEET_TOO_MANY_COLUMNS);
        return;
    }
    if (strlen(text) > x->limits.max_cell_bytes) {
        refuse_row(part, SHEET_CELL_TOO_LONG);
        return;
    }
    for (; c->count < c->column; c->count++) {
        c->starts[c->count] = 0;
        c->kinds[c->count] = CELL_PLAIN;
    }
    c->starts[c->column - 1] = c->texts.len;
    c->kinds[c->column - 1] = (unsigned char)kind;
    buf_add(&c->texts, text, strlen(text) + 1);
    if (kind == CELL_PLAIN && strchr(text, '_') != NULL)
        xlsx_unescape(c->texts.data + c->starts[c->column - 1]);
}

static void add_number(struct xlsx_part *part)
{
    const struct text_xlsx *x = part->x;
    const struct xlsx_cell *c = x->cell;
    const unsigned char format = c->style < x->format_count ? x->formats[c->style] : XLSX_GENERAL;
    char text[XLSX_NUMBER_BYTES];
    const enum text_cell_kind kind = xlsx_number(c->value.data, format, x->from_1904, text);

    add_cell(part, text, kind);
}

static void add_iso(struct xlsx_part *part)
{
    char text[XLSX_NUMBER_BYTES];

    xlsx_iso(part->x->cell->value.data, text);
    add_cell(part, text, CELL_PLAIN);
}

static void end_cell(struct xlsx_part *part)
{
    struct xlsx_cell *c = part->x->cell;
    const char *value = c->value.data;

    c->in_cell = false;
    if (c->has_formula)
        add_cell(part, value, CELL_FORMULA);
    else if (*value == '\0')
        return;
    else if (c->type == 's')
        add_cell(part, shared_text(part), CELL_PLAIN);
    else if (c->type == 'b')
        add_cell(part, str_eq(value, "0") ? "FALSE" : "TRUE", CELL_PLAIN);
    else if (c->type == 'n')
        add_number(part);
    else if (c->type == 'd')
        add_iso(part);
    else
        add_cell(part, value, c->type == 'e' ? CELL_ERROR : CELL_PLAIN);
}

static void end_row(struct xlsx_part *part)
{
    struct text_xlsx *x = part->x;
    struct xlsx_cell *c = x->cell;

    c->in_row = false;
    if (c->count == 0)
        return;
    if (c->rows == x->limits.max_rows) {
        refuse_row(part, SHEET_TOO_MANY_ROWS);
        return;
    }
    c->rows++;
    c->ready = true;
    xlsx_part_pause(part);
}

/* -- elements ------------------------------------------------------------------------------------
 */

static void start_in_cell(struct xlsx_cell *c, const char *name)
{
    if (str_eq(name, "v") && !c->has_formula)
        c->taking = VALUE;
    if (str_eq(name, "f")) {
        buf_reset(&c->value);
        buf_putc(&c->value, '=');
        c->has_formula = true;
        c->taking = FORMULA;
    }
    c->in_inline = c->in_inline || str_eq(name, "is");
    c->phonetic += str_eq(name, "rPh");
    if (c->in_inline && c->phonetic == 0 && !c->has_formula && str_eq(name, "t"))
        c->taking = INLINE;
}

static void start_sheet(struct xlsx_part *part, const char *name, const char **attributes)
{
    struct xlsx_cell *c = part->x->cell;

    if (c->in_cell)
        start_in_cell(c, name);
    else if (c->in_row && str_eq(name, "c"))
        begin_cell(part, attributes);
    else if (c->in_rows && !c->in_row && str_eq(name, "row"))
        begin_row(part, attributes);
    else if (str_eq(name, "sheetData"))
        c->in_rows = true;
}

static void end_sheet(struct xlsx_part *part, const char *name)
{
    struct xlsx_cell *c = part->x->cell;

    c->taking = NOTHING;
    if (c->in_cell && str_eq(name, "rPh"))
        c->phonetic--;
    if (c->in_cell && str_eq(name, "c"))
        end_cell(part);
    else if (c->in_row && str_eq(name, "row"))
        end_row(part);
    else if (c->in_rows && str_eq(name, "sheetData"))
        xlsx_part_stop(part);
}

static void text_sheet(struct xlsx_part *part, const char *text, size_t len)
{
    struct xlsx_cell *c = part->x->cell;

    if (c->taking == NOTHING)
        return;
    /* Of a formula its beginning is enough to know it by. */
    if (c->taking == FORMULA && c->value.len + len > FORMULA_BYTES_MOST)
        return;
    if (c->value.len + len > 7 * part->x->limits.max_cell_bytes + XLSX_NUMBER_BYTES) {
        refuse_row(part, SHEET_CELL_TOO_LONG);
        return;
    }
    buf_add(&c->value, text, len);
}

static const struct xlsx_handlers sheet = { start_sheet, end_sheet, text_sheet,
                                            XLSX_UNPACKED_MOST };

struct err *text_xlsx_read(struct text_xlsx *x, struct text_sheet_row *row_out, bool *found_out)
{
    struct xlsx_cell *c = x->cell;

    *found_out = false;
    if (x->fault != SHEET_FINE)
        return xlsx_refuse(x, x->fault);
    c->ready = false;
    TRY(xlsx_part_step(&x->sheet));
    if (!c->ready)
        return NULL;
    for (size_t i = 0; i < c->count; i++)
        c->cells[i] = c->texts.data + c->starts[i];
    *row_out = (struct text_sheet_row){
        .cells = c->cells, .kinds = c->kinds, .count = c->count, .line = c->row
    };
    *found_out = true;
    return NULL;
}

/* -- opening -------------------------------------------------------------------------------------
 */

/* By the archive's own figures; what is read is counted again. */
static enum text_sheet_fault judge_entry(const zip_stat_t *entry, uint64_t *all)
{
    const uint64_t mib = 1024 * 1024;

    if ((entry->valid & ZIP_STAT_ENCRYPTION_METHOD) && entry->encryption_method != ZIP_EM_NONE)
        return SHEET_LOCKED;
    if ((entry->valid & (ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE)) !=
        (ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE))
        return SHEET_BROKEN;
    if (entry->size > XLSX_STATED_MOST_MIB * mib)
        return SHEET_TOO_LARGE;
    if (entry->size > XLSX_LARGE_BYTES && entry->size / XLSX_RATIO_MOST > entry->comp_size)
        return SHEET_TOO_LARGE;
    *all += entry->size;
    return *all > XLSX_STATED_ALL_MIB * mib ? SHEET_TOO_LARGE : SHEET_FINE;
}

static struct err *judge_archive(struct text_xlsx *x)
{
    const zip_int64_t count = zip_get_num_entries(x->zip, 0);
    uint64_t all = 0;

    if (count > XLSX_ENTRIES_MOST)
        return xlsx_refuse(x, SHEET_TOO_LARGE);
    for (zip_int64_t i = 0; i < count; i++) {
        enum text_sheet_fault fault = SHEET_BROKEN;
        zip_stat_t entry;

        if (zip_stat_index(x->zip, (zip_uint64_t)i, 0, &entry) == 0)
            fault = judge_entry(&entry, &all);
        if (fault != SHEET_FINE)
            return xlsx_refuse(x, fault);
    }
    return NULL;
}

static struct err *open_archive(struct text_xlsx *x, const void *data, size_t len)
{
    zip_error_t why;
    zip_source_t *source = zip_source_buffer_create(data, len, 0, &why);

    if (source == NULL)
        log_die("out of memory");
    x->zip = zip_open_from_source(source, ZIP_RDONLY, &why);
    if (x->zip != NULL)
        return err_pass(judge_archive(x));
    zip_source_free(source);
    return xlsx_refuse(x, SHEET_BROKEN);
}

static void make_row(struct text_xlsx *x)
{
    const size_t most = x->limits.max_columns;
    struct xlsx_cell *c = arena_alloc(x->arena, sizeof(*c));

    x->cell = c;
    c->starts = arena_array(x->arena, most, sizeof(*c->starts));
    c->cells = arena_array(x->arena, most, sizeof(*c->cells));
    c->kinds = arena_array(x->arena, most, sizeof(*c->kinds));
    buf_init(&c->value, 256, 0);
    buf_init(&c->texts, 1024, 0);
}

static struct err *open_sheet(struct text_xlsx *x)
{
    bool found;

    TRY(xlsx_book_read(x));
    TRY(xlsx_strings_read(x));
    TRY(xlsx_styles_read(x));
    TRY(xlsx_part_open(x, x->sheet_path, &sheet, NULL, &x->sheet, &found));
    return found ? NULL : xlsx_refuse(x, SHEET_BROKEN);
}

struct err *text_xlsx_open(const void *data, size_t len, const struct text_csv_limits *limits,
                           struct text_xlsx **x_out)
{
    struct arena *a = arena_new(ARENA_BYTES);
    struct text_xlsx *x = arena_alloc(a, sizeof(*x));

    *x_out = x;
    *x = (struct text_xlsx){ .arena = a, .limits = *limits, .part_name = "ZIP", .sheet_name = "" };
    make_row(x);
    TRY(open_archive(x, data, len));
    return err_pass(open_sheet(x));
}

void text_xlsx_close(struct text_xlsx *x)
{
    if (x == NULL)
        return;
    xlsx_part_close(&x->sheet);
    if (x->zip != NULL)
        zip_discard(x->zip);
    buf_free(&x->cell->value);
    buf_free(&x->cell->texts);
    buf_free(&x->strings.text);
    free(x->strings.starts);
    free(x->formats);
    arena_free(x->arena);
    /* Rare and large: what it took is given back, not kept for the next page. */
    malloc_trim(0);
}

enum text_sheet_fault text_xlsx_fault(const struct text_xlsx *x)
{
    return x->fault;
}

const char *text_xlsx_sheet_name(const struct text_xlsx *x)
{
    return x->sheet_name;
}

size_t text_xlsx_sheet_count(const struct text_xlsx *x)
{
    return x->sheet_count;
}
