/* view/view.h - the values of a page or mail, as a tree of names.  Text goes in raw: the template
 * engine escapes.  Setters never fail: the first error is kept and template_render() returns it.
 *
 * Names are string literals of our own ("Title", "Rows"), never input.  Templates choose and
 * repeat; numbers, money, dates and permissions arrive as finished text and flags. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct view; /* one page's values, or a place within them */
struct view *view_new(void);
void view_free(struct view *view);  /* the root only */
void view_reset(struct view *view); /* the root only: empty again, for the next request */

void view_text(struct view *v, const char *name, const char *text); /* NULL counts as "" */
void view_text_n(struct view *v, const char *name, const char *text, size_t len);
void view_int(struct view *v, const char *name, int64_t number); /* plain digits, for comparing */
void view_flag(struct view *v, const char *name, bool yes);      /* "1", or nothing at all */
/* The place NAME below V, made when missing: view_at(page, "Deal"). */
struct view *view_at(struct view *v, const char *name);
/* A new row at the end of list NAME: <?cs each:row = Deal.Lines ?>. */
struct view *view_row(struct view *v, const char *name);
/* What was set, or "": for tests and for the frame. */
const char *view_get(struct view *v, const char *name);
