/* text/sheet.c - one way to read what the two kinds of file hold. */
#include "text/sheet.h"

#include "base/arena.h"
#include "base/log.h"
#include "base/str.h"
#include "text/xlsx_read.h"

#include <stdlib.h>
#include <string.h>

struct memory {
    const char *data;
    size_t len, at;
};

struct text_sheet {
    enum text_sheet_fault fault; /* of the first bytes */
    struct text_csv *csv;
    struct text_xlsx *xlsx;
    struct memory memory;
    unsigned char *plain; /* kinds of a CSV file's cells */
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

static bool begins(const struct memory *m, const char *bytes, size_t len)
{
    return m->len >= len && memcmp(m->data, bytes, len) == 0;
}

struct err *text_sheet_open(const void *data, size_t len, const struct text_csv_limits *limits,
                            struct text_sheet **sheet_out)
{
    struct text_sheet *sheet = calloc(1, sizeof(*sheet));

    if (sheet == NULL)
        log_die("out of memory");
    *sheet_out = sheet;
    sheet->memory = (struct memory){ data, len, 0 };
    if (begins(&sheet->memory, "PK\x03\x04", 4) || begins(&sheet->memory, "PK\x05\x06", 4))
        return err_pass(text_xlsx_open(data, len, limits, &sheet->xlsx));
    /* What Windows keeps files of before 2007 in, and workbooks with a password. */
    if (begins(&sheet->memory, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8)) {
        sheet->fault = SHEET_LOCKED;
        return err_with_detail(err_raise(ERR_PARSE, "a compound file"), "1");
    }
    sheet->plain = calloc(limits->max_columns, 1);
    if (sheet->plain == NULL)
        log_die("out of memory");
    return err_pass(text_csv_open((struct text_csv_source){ read_memory, &sheet->memory }, limits,
                                  &sheet->csv));
}

void text_sheet_close(struct text_sheet *sheet)
{
    if (sheet == NULL)
        return;
    text_csv_close(sheet->csv);
    text_xlsx_close(sheet->xlsx);
    free(sheet->plain);
    free(sheet);
}

struct err *text_sheet_read(struct text_sheet *sheet, struct text_sheet_row *row_out,
                            bool *found_out)
{
    struct text_csv_row row;

    if (sheet->xlsx != NULL)
        return err_pass(text_xlsx_read(sheet->xlsx, row_out, found_out));
    TRY(text_csv_read(sheet->csv, &row, found_out));
    if (*found_out)
        *row_out = (struct text_sheet_row){
            .cells = row.cells, .kinds = sheet->plain, .count = row.count, .line = row.line
        };
    return NULL;
}

enum text_sheet_fault text_sheet_fault(const struct text_sheet *sheet)
{
    static const enum text_sheet_fault of_csv[CSV_FAULT_COUNT] = {
        [CSV_ENCODING] = SHEET_ENCODING,           [CSV_NUL] = SHEET_NUL,
        [CSV_QUOTE_OPEN] = SHEET_QUOTE_OPEN,       [CSV_AFTER_QUOTE] = SHEET_AFTER_QUOTE,
        [CSV_TOO_MANY_ROWS] = SHEET_TOO_MANY_ROWS, [CSV_TOO_MANY_COLUMNS] = SHEET_TOO_MANY_COLUMNS,
        [CSV_CELL_TOO_LONG] = SHEET_CELL_TOO_LONG,
    };

    if (sheet->xlsx != NULL)
        return text_xlsx_fault(sheet->xlsx);
    if (sheet->csv != NULL)
        return of_csv[text_csv_fault(sheet->csv)];
    /* A CSV file that could not even be opened: the first block is in no known encoding. */
    return sheet->fault != SHEET_FINE ? sheet->fault : SHEET_ENCODING;
}

const char *text_sheet_chosen(const struct text_sheet *sheet)
{
    return sheet->xlsx != NULL && text_xlsx_sheet_count(sheet->xlsx) > 1
               ? text_xlsx_sheet_name(sheet->xlsx)
               : "";
}

const char *text_sheet_unguarded(const char *cell)
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

size_t text_sheet_used(const struct text_sheet_row *row)
{
    size_t count = row->count;

    while (count > 0 && *row->cells[count - 1] == '\0')
        count--;
    return count;
}
