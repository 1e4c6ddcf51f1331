/* view/view.h - the values of a page or mail, as a tree of names.  Text goes in raw: the template
 * engine escapes.  Setters never fail: the first error is kept and template_render() returns it.
 *
 * Names are string literals of our own ("Title", "Rows"), never input.  Templates choose and
 * repeat; numbers, money, dates and permissions arrive as finished text and flags. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct err;

struct err;
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
/* The same at the place of the list itself, for many rows: view_next(view_at(page, "Deal.Lines")).
 */
struct view *view_next(struct view *list);

/* HTML that the engine made, its values escaped (template_part()).  NAME ends with "Html", as no
 * other setter's name may: only such a name is printed without escaping (<?cs uvar:row.StatusHtml
 * ?>). */
struct view_html;
void view_html(struct view *v, const char *name, const struct view_html *html);

/* The same of rows that were filled into moulds (view/mould.h); HTML is not copied and stays where
 * it is until the page is rendered. */
void view_html_lent(struct view *v, const char *name, const char *html);

/* An error that is kept as a setter's own is. */
void view_fail(struct view *v, struct err *e);

/* What was set, or "": for tests and for the frame. */
const char *view_get(struct view *v, const char *name);
