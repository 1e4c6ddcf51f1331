/* support/page_values.h - a page's values from a file, for golden tests and for looking at pages:
 * lines "Page.Title = Deals" and "List.Rows.0.Name = Ada"; # begins a comment line. */
#pragma once

#include "base/err.h"
#include "view/view.h"

struct err *page_values_read(struct view *view, const char *path);
