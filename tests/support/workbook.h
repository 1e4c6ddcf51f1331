/* support/workbook.h - workbooks put together by hand, part by part, so that each may be wrong in
 * its own way. */
#pragma once

#include <stddef.h>

struct workbook_part {
    const char *name;
    const char *data; /* NULL: the part is left out */
    size_t len;       /* 0: as long as its text */
};

/* The parts of a plain workbook whose one sheet has ROWS as its <sheetData>; each of PARTS (ended
 * by a name of NULL, may be NULL) replaces one or comes beside them.  To be freed. */
char *workbook_make(const char *rows, const struct workbook_part *parts, size_t *len_out);
/* The same with COUNT rows, each its number and DE, made while they are packed. */
char *workbook_tall(int count, size_t *len_out);
/* PARTS alone, as an archive. */
char *workbook_archive(const struct workbook_part *parts, size_t *len_out);

#define WORKBOOK_MAIN  "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define WORKBOOK_TYPES "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define WORKBOOK_HEAD  "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>"
#define WORKBOOK_SHEET(rows)                                                               \
    WORKBOOK_HEAD "<worksheet xmlns=\"" WORKBOOK_MAIN "\"><sheetData>" rows "</sheetData>" \
                  "</worksheet>"
