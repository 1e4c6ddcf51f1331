/* support/page_values.h - a page's values from a file, for golden tests and for looking at pages:
 * lines "Page.Title = Deals" and "List.Rows.0.Name = Ada"; # begins a comment line. */
#pragma once

#include "base/err.h"
#include "view/template.h"
#include "view/view.h"

struct err *page_values_read(struct view *view, const char *path);
/* The menu's parts (part/menu_*.cs) of the values Nav.*, as web/menu.c makes them; none without
 * an item. */
struct err *page_values_menu(struct view *view, struct templates *t, enum lang lang);
