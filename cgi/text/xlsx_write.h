/* text/xlsx_write.h - a table as a workbook that any spreadsheet program opens: a bold head that
 * stays in sight, numbers as numbers, days as days, texts never as formulas.
 *
 * Rows go to files without a name in a folder of the program's, which end with it however it ends;
 * memory does not grow with the rows.  A sheet that is full goes on in the next. */
#pragma once

#include "base/err.h"

#include <stddef.h>
#include <stdio.h>

enum { XLSX_ROWS_MOST = 1048576, XLSX_COLUMNS_MOST = 64 };

enum text_xlsx_kind {
    XLSX_TEXT,
    XLSX_NUMBER, /* "1234.50", shown with as many decimals; what is none stays text */
    XLSX_DAY,    /* "2026-11-21" */
    XLSX_INSTANT /* "2026-11-21T09:30:00Z" and finer: to the minute, in UTC, which it says */
};

struct text_xlsx_column {
    const char *head;
    enum text_xlsx_kind kind;
    int width; /* in characters; 0: by its kind and head */
};

struct text_xlsx_out;

/* COLUMNS must live as long.  SHEET_ROWS: rows of a sheet with its head; 0: as many as there can
 * be. */
struct err *text_xlsx_begin(const char *folder, const char *title,
                            const struct text_xlsx_column *columns, size_t count, int sheet_rows,
                            struct text_xlsx_out **out);
/* As many cells as there are columns; "" is an empty one. */
struct err *text_xlsx_row(struct text_xlsx_out *x, const char *const *cells);
/* Ends the workbook.  *file_out is at its beginning and the caller's to close; X is gone. */
struct err *text_xlsx_end(struct text_xlsx_out *x, FILE **file_out);
void text_xlsx_drop(struct text_xlsx_out *x); /* NULL is allowed */
