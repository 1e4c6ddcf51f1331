/* support/sheet.h - what a sheet says, for tests that read what was written. */
#pragma once

#include "base/arena.h"

#include <stddef.h>

/* Rows of CSV or XLSX as "a|b\n"; fails the test when it cannot be read, or marks a cell. */
char *sheet_text(struct arena *a, const void *data, size_t len);
