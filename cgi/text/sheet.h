/* text/sheet.h - a table that somebody sent, row by row: a CSV file or a workbook (XLSX), told
 * apart by their first bytes, whatever the file is called.
 *
 * A workbook is bytes that somebody else made: text/xlsx_read.h says what is refused of it.  Both
 * skip rows that are empty; memory does not grow with the rows. */
#pragma once

#include "base/err.h"
#include "text/csv.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Why a file was refused, for a message in the reader's language (web/sheet.h). */
enum text_sheet_fault {
    SHEET_FINE,
    SHEET_ENCODING,
    SHEET_NUL,
    SHEET_QUOTE_OPEN,
    SHEET_AFTER_QUOTE,
    SHEET_TOO_MANY_ROWS,
    SHEET_TOO_MANY_COLUMNS,
    SHEET_CELL_TOO_LONG,
    SHEET_NO_WORKBOOK, /* an archive of something else, or an older format */
    SHEET_LOCKED,      /* a workbook with a password, or one of before 2007 */
    SHEET_BROKEN,      /* archive or XML is damaged; the place names the part */
    SHEET_UNSAFE,      /* declares entities, or says that a part of it lies elsewhere */
    SHEET_TOO_LARGE,   /* unpacked it is larger than any list */
    SHEET_NO_SHEET,    /* no sheet that is visible */
    SHEET_FAULT_COUNT
};

/* What a cell's text is, where that is not what was typed. */
enum text_cell_kind {
    CELL_PLAIN,
    CELL_FORMULA, /* the text is the formula with its =, not what it gives */
    CELL_ERROR,   /* #N/A and its like */
    CELL_ROUNDED, /* a number of more than 15 digits: the program that wrote it kept only those */
    CELL_KIND_COUNT
};

struct text_sheet_row {
    const char **cells;         /* UTF-8; valid until the next call */
    const unsigned char *kinds; /* enum text_cell_kind of each */
    size_t count;
    int64_t line; /* CSV: where the row begins; workbook: the row's number */
};

struct text_sheet;

/* DATA must live as long as the sheet.  ERR_PARSE for what cannot be read; *sheet_out is then there
 * all the same, for text_sheet_fault() and text_sheet_close(). */
struct err *text_sheet_open(const void *data, size_t len, const struct text_csv_limits *limits,
                            struct text_sheet **sheet_out);
void text_sheet_close(struct text_sheet *sheet); /* NULL is allowed */
/* As text_csv_read(): false at the end; ERR_PARSE, whose detail is the line or the part. */
struct err *text_sheet_read(struct text_sheet *sheet, struct text_sheet_row *row_out,
                            bool *found_out);
enum text_sheet_fault text_sheet_fault(const struct text_sheet *sheet);
/* Our own files put a ' before what a spreadsheet would run; it comes off when they come back. */
const char *text_sheet_unguarded(const char *cell);
/* Without the empty cells behind the last one, which spreadsheets leave. */
size_t text_sheet_used(const struct text_sheet_row *row);
/* Of several sheets the first visible one is read; "" for CSV, and where there is but one. */
const char *text_sheet_chosen(const struct text_sheet *sheet);
