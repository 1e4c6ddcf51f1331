/* view/mould.h - rows of a list in few steps.
 *
 * A row's template ("part/deal_row.cs") is rendered once for each language and each choice of
 * values that are there, with marks in the places of the values.  That is a mould: each row is then
 * the text between the marks and its own values, escaped as the engine escapes.  So the template of
 * a row may print a value (<?cs var:row.Company ?>) and ask whether it is there (<?cs
 * if:row.Project ?>), and no more: what depends on a value's text is the program's.  A test holds
 * the templates to this. */
#pragma once

#include "base/buf.h"
#include "base/err.h"
#include "text/lang.h"
#include "view/template.h"

enum { MOULD_VALUES_MAX = 32 };

/* A value of a row.  Text is escaped; HTML is what the engine made (template_part()). */
struct mould_value {
    const char *text; /* NULL or "": not there */
    bool is_html;
};
struct mould_value mould_text(const char *text);
struct mould_value mould_html(const struct view_html *html); /* NULL: not there */

struct mould;

/* PAGE is read from T, which must live as long; NAMES are those of a row's values, ended by NULL,
 * at most MOULD_VALUES_MAX; kept, not copied.  Never NULL. */
struct mould *mould_new(struct templates *t, const char *page, const char *const *names);
void mould_free(struct mould *m); /* NULL is allowed */
/* Forgets what was rendered: the template may have changed. */
void mould_forget(struct mould *m);

/* Appends a row to OUT.  VALUES in the order of the names; SCRATCH is emptied when the template is
 * rendered.  An error of the template, or ERR_TOO_LARGE of OUT. */
struct err *mould_fill(struct mould *m, enum lang lang, const struct mould_value *values,
                       struct view *scratch, struct buf *out);
