/* text/csv.h - tables as text: reading what people send, writing what spreadsheets may safely open.
 *
 * Reading is RFC 4180 with what real files need: UTF-8 with or without byte order mark, UTF-16 with
 * one, GB18030 (what a Chinese spreadsheet saves) when the first bytes are no UTF-8; comma,
 * semicolon or tab, whichever the first line holds most of; any line end; quoted line breaks. Lines
 * that are empty are skipped.  Memory is constant: one block and one row. */
#pragma once

#include "base/buf.h"
#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct text_csv;

/* Where the bytes come from: fills BUFFER with up to SIZE bytes; *got_out 0 is the end. */
struct text_csv_source {
    struct err *(*read)(void *arg, char *buffer, size_t size, size_t *got_out);
    void *arg;
};
struct text_csv_source text_csv_from_file(FILE *in);

struct text_csv_limits {
    int64_t max_rows; /* with the header */
    size_t max_columns;
    size_t max_cell_bytes; /* in UTF-8 */
};

/* Why a file was refused, for a message in the reader's language. */
enum text_csv_fault {
    CSV_FINE,
    CSV_ENCODING,    /* neither UTF-8, UTF-16 nor GB18030 */
    CSV_NUL,         /* a zero byte: no text */
    CSV_QUOTE_OPEN,  /* the file ends within a quoted cell; the line is where it began */
    CSV_AFTER_QUOTE, /* something stands between a closing quote and the separator */
    CSV_TOO_MANY_ROWS,
    CSV_TOO_MANY_COLUMNS,
    CSV_CELL_TOO_LONG,
    CSV_FAULT_COUNT
};

struct text_csv_row {
    const char **cells; /* UTF-8; valid until the next call */
    size_t count;
    int64_t line; /* where the row begins; the first line is 1 */
};

/* Reads the first block, finds encoding and separator.  ERR_PARSE, or the source's own error. */
struct err *text_csv_open(struct text_csv_source source, const struct text_csv_limits *limits,
                          struct text_csv **csv_out);
void text_csv_close(struct text_csv *csv); /* NULL is allowed */
/* The next row.  *found_out is false at the end.  ERR_PARSE (its detail is the line number) when
 * the file breaks a rule or a limit; nothing can be read after that. */
struct err *text_csv_read(struct text_csv *csv, struct text_csv_row *row_out, bool *found_out);
enum text_csv_fault text_csv_fault(const struct text_csv *csv);
char text_csv_separator(const struct text_csv *csv);
const char *text_csv_encoding(const struct text_csv *csv); /* "UTF-8", "UTF-16LE", "GB18030" */

/* Adds a row with CR LF.  A cell is quoted when it must be.  One that a spreadsheet would take for
 * a formula (it begins with = + - @ TAB or CR and is no plain number) gets a ' in front. */
void text_csv_write(struct buf *out, const char *const *cells, size_t count);
/* The byte order mark by which spreadsheets know UTF-8; first in a file that people download. */
void text_csv_write_mark(struct buf *out);
