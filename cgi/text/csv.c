/* text/csv.c - bytes are decoded block by block to UTF-8, and a state machine makes rows of them.
 */
#include "text/csv.h"

#include "base/log.h"
#include "base/str.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>

enum { BLOCK_BYTES = 65536, PIVOT_UNITS = 4096, MARK_BYTES = 3 };

enum csv_state { CELL_START, IN_PLAIN, IN_QUOTED, QUOTE_SEEN };

struct text_csv {
    struct text_csv_source source;
    struct text_csv_limits limits;
    enum text_csv_fault fault;
    char separator;
    const char *encoding;
    bool source_ended;

    char raw[BLOCK_BYTES]; /* as they came, from raw_at on */
    size_t raw_at, raw_len;
    UConverter *from, *to;
    UChar pivot[PIVOT_UNITS];
    UChar *pivot_read, *pivot_write;
    bool decoder_begun, decoder_ended;

    char text[BLOCK_BYTES]; /* decoded, from text_at on */
    size_t text_at, text_len;

    struct buf row; /* cells one after the other, each with its end mark */
    size_t *starts; /* of the cells in row */
    const char **cells;
    size_t count;
    size_t cell_start;
    int64_t rows, line, row_line, quote_line;
    enum csv_state state;
    bool skip_lf; /* the last character was CR */
};

static struct err *file_read(void *arg, char *buffer, size_t size, size_t *got_out)
{
    FILE *in = arg;

    *got_out = fread(buffer, 1, size, in);
    if (*got_out == 0 && ferror(in))
        return err_raise(ERR_IO, "a CSV file cannot be read");
    return NULL;
}

struct text_csv_source text_csv_from_file(FILE *in)
{
    return (struct text_csv_source){ .read = file_read, .arg = in };
}

static struct err *refuse(struct text_csv *csv, enum text_csv_fault fault, int64_t line)
{
    static const char *const why[CSV_FAULT_COUNT] = {
        [CSV_FINE] = "no fault",
        [CSV_ENCODING] = "neither UTF-8, UTF-16 nor GB18030",
        [CSV_NUL] = "a zero byte",
        [CSV_QUOTE_OPEN] = "a quoted cell has no end",
        [CSV_AFTER_QUOTE] = "text after a closing quote",
        [CSV_TOO_MANY_ROWS] = "too many rows",
        [CSV_TOO_MANY_COLUMNS] = "too many columns",
        [CSV_CELL_TOO_LONG] = "a cell is too long",
    };
    char number[24];

    csv->fault = fault;
    snprintf(number, sizeof(number), "%lld", (long long)line);
    return err_with_detail(err_raise(ERR_PARSE, "CSV line %s: %s", number, why[fault]), number);
}

/* ---- bytes to UTF-8 ---- */

static struct err *fill_raw(struct text_csv *csv)
{
    size_t kept = csv->raw_len - csv->raw_at;

    memmove(csv->raw, csv->raw + csv->raw_at, kept);
    csv->raw_at = 0;
    csv->raw_len = kept;
    while (csv->raw_len < BLOCK_BYTES && !csv->source_ended) {
        size_t got = 0;

        TRY(csv->source.read(csv->source.arg, csv->raw + csv->raw_len, BLOCK_BYTES - csv->raw_len,
                             &got));
        csv->raw_len += got;
        csv->source_ended = got == 0;
    }
    return NULL;
}

/* True when LEN bytes are UTF-8, but for a last character that the block's end may have cut. */
static bool looks_like_utf8(const char *data, size_t len)
{
    for (size_t cut = 0; cut < 4 && cut <= len; cut++)
        if (utf8_valid(data, len - cut))
            return true;
    return false;
}

static bool detected_gb18030(const char *data, size_t len)
{
    UErrorCode status = U_ZERO_ERROR;
    UCharsetDetector *detector = ucsdet_open(&status);
    int32_t count = 0;
    bool found = false;

    ucsdet_setText(detector, data, (int32_t)len, &status);
    const UCharsetMatch **matches = ucsdet_detectAll(detector, &count, &status);
    for (int32_t i = 0; U_SUCCESS(status) && i < count && !found; i++) {
        const char *name = ucsdet_getName(matches[i], &status);

        found = name != NULL && strcmp(name, "GB18030") == 0;
    }
    ucsdet_close(detector);
    return found;
}

static struct err *find_encoding(struct text_csv *csv)
{
    static const struct {
        const char *bytes, *name;
        size_t len;
    } marks[] = { { "\xEF\xBB\xBF", "UTF-8", 3 },
                  { "\xFF\xFE", "UTF-16LE", 2 },
                  { "\xFE\xFF", "UTF-16BE", 2 } };

    for (size_t i = 0; i < ARRAY_LEN(marks); i++) {
        if (csv->raw_len >= marks[i].len && memcmp(csv->raw, marks[i].bytes, marks[i].len) == 0) {
            csv->encoding = marks[i].name;
            csv->raw_at = marks[i].len;
            return NULL;
        }
    }
    if (looks_like_utf8(csv->raw, csv->raw_len))
        csv->encoding = "UTF-8";
    else if (detected_gb18030(csv->raw, csv->raw_len))
        csv->encoding = "GB18030";
    else
        return refuse(csv, CSV_ENCODING, 1);
    return NULL;
}

static struct err *open_decoder(struct text_csv *csv)
{
    UErrorCode status = U_ZERO_ERROR;

    csv->from = ucnv_open(csv->encoding, &status);
    csv->to = ucnv_open("UTF-8", &status);
    ucnv_setToUCallBack(csv->from, UCNV_TO_U_CALLBACK_STOP, NULL, NULL, NULL, &status);
    ucnv_setFromUCallBack(csv->to, UCNV_FROM_U_CALLBACK_STOP, NULL, NULL, NULL, &status);
    if (U_FAILURE(status))
        return err_raise(ERR_CONFIG, "ICU cannot read %s: %s", csv->encoding, u_errorName(status));
    csv->pivot_read = csv->pivot_write = csv->pivot;
    return NULL;
}

/* Decodes the next block once the last one is used up. */
static struct err *fill_text(struct text_csv *csv)
{
    csv->text_at = csv->text_len = 0;
    while (csv->text_len == 0 && !csv->decoder_ended) {
        UErrorCode status = U_ZERO_ERROR;
        char *target = csv->text;

        TRY(fill_raw(csv));
        const char *source = csv->raw + csv->raw_at;
        ucnv_convertEx(csv->to, csv->from, &target, csv->text + BLOCK_BYTES, &source,
                       csv->raw + csv->raw_len, csv->pivot, &csv->pivot_read, &csv->pivot_write,
                       csv->pivot + PIVOT_UNITS, !csv->decoder_begun, csv->source_ended, &status);
        csv->decoder_begun = true;
        csv->raw_at = (size_t)(source - csv->raw);
        csv->text_len = (size_t)(target - csv->text);
        if (U_FAILURE(status) && status != U_BUFFER_OVERFLOW_ERROR)
            return refuse(csv, CSV_ENCODING, csv->line);
        csv->decoder_ended = csv->source_ended && status != U_BUFFER_OVERFLOW_ERROR;
    }
    return NULL;
}

static void find_separator(struct text_csv *csv)
{
    static const char candidates[] = { ',', ';', '\t' };
    size_t seen[ARRAY_LEN(candidates)] = { 0 }, best = 0;
    bool quoted = false;

    for (size_t i = 0; i < csv->text_len; i++) {
        char c = csv->text[i];

        if (c == '"')
            quoted = !quoted;
        if (!quoted && (c == '\n' || c == '\r'))
            break;
        for (size_t k = 0; k < ARRAY_LEN(candidates) && !quoted; k++)
            seen[k] += c == candidates[k];
    }
    for (size_t k = 1; k < ARRAY_LEN(candidates); k++)
        if (seen[k] > seen[best])
            best = k;
    csv->separator = candidates[best];
}

/* ---- rows ---- */

static struct err *begin_cell(struct text_csv *csv)
{
    if (csv->count == csv->limits.max_columns)
        return refuse(csv, CSV_TOO_MANY_COLUMNS, csv->line);
    csv->starts[csv->count++] = csv->cell_start = csv->row.len;
    csv->state = CELL_START;
    return NULL;
}

static struct err *add_char(struct text_csv *csv, char c)
{
    if (c == '\0')
        return refuse(csv, CSV_NUL, csv->line);
    if (csv->row.len - csv->cell_start >= csv->limits.max_cell_bytes)
        return refuse(csv, CSV_CELL_TOO_LONG, csv->line);
    buf_putc(&csv->row, c);
    return NULL;
}

static struct err *end_row(struct text_csv *csv, bool *done_out)
{
    bool empty = csv->count == 1 && csv->row.len == 0 && csv->state == CELL_START;

    buf_putc(&csv->row, '\0');
    if (empty) {
        buf_reset(&csv->row);
        csv->count = 0;
        csv->row_line = csv->line;
        return err_pass(begin_cell(csv));
    }
    if (csv->rows == csv->limits.max_rows)
        return refuse(csv, CSV_TOO_MANY_ROWS, csv->row_line);
    csv->rows++;
    *done_out = true;
    return NULL;
}

static struct err *next_cell(struct text_csv *csv)
{
    buf_putc(&csv->row, '\0');
    return err_pass(begin_cell(csv));
}

static struct err *take_quoted(struct text_csv *csv, char c)
{
    if (c == '"') {
        csv->state = QUOTE_SEEN;
        return NULL;
    }
    csv->line += c == '\n';
    return err_pass(add_char(csv, c));
}

/* One character outside of quotes, or the one behind a quote. */
static struct err *take_plain(struct text_csv *csv, char c, bool *done_out)
{
    if (c == '"' && csv->state == CELL_START) {
        csv->state = IN_QUOTED;
        csv->quote_line = csv->line;
        return NULL;
    }
    if (c == '"' && csv->state == QUOTE_SEEN) {
        csv->state = IN_QUOTED;
        return err_pass(add_char(csv, c));
    }
    if (c == csv->separator)
        return err_pass(next_cell(csv));
    if (c == '\n' || c == '\r') {
        csv->skip_lf = c == '\r';
        csv->line++;
        return err_pass(end_row(csv, done_out));
    }
    if (csv->state == QUOTE_SEEN)
        return refuse(csv, CSV_AFTER_QUOTE, csv->line);
    csv->state = IN_PLAIN;
    return err_pass(add_char(csv, c));
}

static struct err *take(struct text_csv *csv, char c, bool *done_out)
{
    bool skip = csv->skip_lf && c == '\n';

    csv->skip_lf = false;
    if (skip)
        return NULL;
    if (csv->state == IN_QUOTED)
        return err_pass(take_quoted(csv, c));
    return err_pass(take_plain(csv, c, done_out));
}

/* The end of the file ends a row that has anything in it. */
static struct err *finish(struct text_csv *csv, bool *done_out)
{
    if (csv->state == IN_QUOTED)
        return refuse(csv, CSV_QUOTE_OPEN, csv->quote_line);
    if (csv->count == 1 && csv->row.len == 0 && csv->state == CELL_START)
        return NULL;
    return err_pass(end_row(csv, done_out));
}

struct err *text_csv_read(struct text_csv *csv, struct text_csv_row *row_out, bool *found_out)
{
    bool done = false;

    *found_out = false;
    if (csv->fault != CSV_FINE)
        return refuse(csv, csv->fault, csv->line);
    buf_reset(&csv->row);
    csv->count = 0;
    /* A LF that ends the last row's CR LF belongs to that row. */
    csv->row_line = csv->line;
    TRY(begin_cell(csv));
    while (!done) {
        if (csv->text_at == csv->text_len) {
            TRY(fill_text(csv));
            if (csv->text_len == 0) {
                TRY(finish(csv, &done));
                break;
            }
        }
        TRY(take(csv, csv->text[csv->text_at++], &done));
    }
    if (!done)
        return NULL;
    for (size_t i = 0; i < csv->count; i++)
        csv->cells[i] = csv->row.data + csv->starts[i];
    *row_out =
        (struct text_csv_row){ .cells = csv->cells, .count = csv->count, .line = csv->row_line };
    *found_out = true;
    return NULL;
}

struct err *text_csv_open(struct text_csv_source source, const struct text_csv_limits *limits,
                          struct text_csv **csv_out)
{
    struct text_csv *csv = calloc(1, sizeof(*csv));
    struct err *e;

    if (csv == NULL)
        log_die("out of memory");
    csv->source = source;
    csv->limits = *limits;
    csv->line = 1;
    buf_init(&csv->row, 4096, 0);
    csv->starts = calloc(limits->max_columns, sizeof(*csv->starts));
    csv->cells = calloc(limits->max_columns, sizeof(*csv->cells));
    if (csv->starts == NULL || csv->cells == NULL)
        log_die("out of memory");
    TRY_TO(failed, e, fill_raw(csv));
    TRY_TO(failed, e, find_encoding(csv));
    TRY_TO(failed, e, open_decoder(csv));
    TRY_TO(failed, e, fill_text(csv));
    find_separator(csv);
    *csv_out = csv;
    return NULL;
failed:
    text_csv_close(csv);
    return e;
}

void text_csv_close(struct text_csv *csv)
{
    if (csv == NULL)
        return;
    ucnv_close(csv->from);
    ucnv_close(csv->to);
    buf_free(&csv->row);
    free(csv->starts);
    free(csv->cells);
    free(csv);
}

enum text_csv_fault text_csv_fault(const struct text_csv *csv)
{
    return csv->fault;
}

char text_csv_separator(const struct text_csv *csv)
{
    return csv->separator;
}

const char *text_csv_encoding(const struct text_csv *csv)
{
    return csv->encoding;
}

/* ---- writing ---- */

/* -12, 3.5, 1e6 is none: digits with at most one point and a minus. */
static bool is_plain_number(const char *text)
{
    size_t digits = 0, points = 0;

    text += *text == '-';
    for (; *text != '\0'; text++) {
        if (*text >= '0' && *text <= '9')
            digits++;
        else if (*text == '.' && digits > 0)
            points++;
        else
            return false;
    }
    return digits > 0 && points <= 1;
}

/* Spreadsheets of East Asian settings read full-width signs as the plain ones: U+FF1D, U+FF0B,
 * U+FF0D, U+FF20. */
static bool begins_wide(const char *text)
{
    static const char *const signs[] = { "\xEF\xBC\x9D", "\xEF\xBC\x8B", "\xEF\xBC\x8D",
                                         "\xEF\xBC\xA0" };

    for (size_t i = 0; i < ARRAY_LEN(signs); i++)
        if (str_starts(text, signs[i]))
            return true;
    return false;
}

static bool is_formula(const char *text)
{
    if (begins_wide(text))
        return true;
    return text[0] != '\0' && strchr("=+-@\t\r", text[0]) != NULL && !is_plain_number(text);
}

static void write_cell(struct buf *out, const char *text)
{
    bool formula = is_formula(text);

    if (strpbrk(text, ",;\t\"\r\n") == NULL && text[0] != ' ' && !str_ends(text, " ")) {
        if (formula)
            buf_putc(out, '\'');
        buf_puts(out, text);
        return;
    }
    buf_putc(out, '"');
    if (formula)
        buf_putc(out, '\'');
    for (; *text != '\0'; text++) {
        if (*text == '"')
            buf_putc(out, '"');
        buf_putc(out, *text);
    }
    buf_putc(out, '"');
}

void text_csv_write(struct buf *out, const char *const *cells, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            buf_putc(out, ',');
        write_cell(out, cells[i]);
    }
    buf_puts(out, "\r\n");
}

void text_csv_write_mark(struct buf *out)
{
    buf_add(out, "\xEF\xBB\xBF", MARK_BYTES);
}
