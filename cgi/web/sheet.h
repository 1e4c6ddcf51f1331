/* web/sheet.h - what is wrong with a sheet that was sent (text/sheet.h), in words. */
#pragma once

#include "text/sheet.h"
#include "web/request.h"

/* Why SHEET could not be read, where E is what its reading gave; MOST_ROWS below its head. */
const char *sheet_fault(struct request *req, const struct text_sheet *sheet, const struct err *e,
                        int64_t most_rows);
/* What is wrong with a cell of that kind: English message ids, NULL for CELL_PLAIN. */
extern const char *const sheet_cell_faults[CELL_KIND_COUNT];

/* A day as a spreadsheet writes it, "2026/1/5" or "2026年1月5日", as a form takes it.  Only what
 * begins with the year is read: 1/5/2026 is two different days.  Anything else comes back. */
const char *sheet_day(struct arena *a, const char *cell);
