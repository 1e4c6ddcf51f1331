/* text/xlsx_read.h - the first visible sheet of a workbook (ISO/IEC 29500, transitional or strict),
 * as rows of text.
 *
 * A number keeps its digits as they were typed: never an exponent, no binary tail.  A cell with a
 * date's format gives "2026-11-21", with a time behind it "2026-11-21 13:30".  Formulas, errors and
 * numbers that were rounded are marked (enum text_cell_kind); of merged cells the first has the
 * text.
 *
 * Before anything is unpacked the archive's own figures are looked at: entries, sizes, how far they
 * are packed; what is really unpacked is counted again.  XML is read as a stream of at most so many
 * bytes, to at most so deep, without DTD or entities; no reference out of the file is followed.
 * Texts that cells share are kept, up to a limit. */
#pragma once

#include "text/sheet.h"

enum {
    XLSX_ENTRIES_MOST = 2000,
    XLSX_RATIO_MOST = 200, /* of entries that are large unpacked */
    XLSX_LARGE_BYTES = 1024 * 1024,
    XLSX_STATED_MOST_MIB = 1024, /* of one entry, by the archive's own figures */
    XLSX_STATED_ALL_MIB = 2048,
    XLSX_UNPACKED_MOST = 128 * 1024 * 1024, /* in all, as it is read */
    XLSX_STRINGS_MOST = 200000,
    XLSX_STRING_BYTES_MOST = 16 * 1024 * 1024,
    XLSX_DEPTH_MOST = 40,
    XLSX_TAG_BYTES_MOST = 256 * 1024,
    XLSX_SHEETS_MOST = 256,
    XLSX_STYLES_MOST = 65536
};

struct text_xlsx;

/* As text_sheet_open() and text_sheet_read(). */
struct err *text_xlsx_open(const void *data, size_t len, const struct text_csv_limits *limits,
                           struct text_xlsx **x_out);
void text_xlsx_close(struct text_xlsx *x); /* NULL is allowed */
struct err *text_xlsx_read(struct text_xlsx *x, struct text_sheet_row *row_out, bool *found_out);
enum text_sheet_fault text_xlsx_fault(const struct text_xlsx *x);
const char *text_xlsx_sheet_name(const struct text_xlsx *x);
size_t text_xlsx_sheet_count(const struct text_xlsx *x); /* visible ones */
