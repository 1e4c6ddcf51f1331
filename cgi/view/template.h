/* view/template.h - pages parsed once per worker and language, rendered many times.
 *
 * In a template {{Text}} is a message: replaced by its translation, escaped, when the file is
 * loaded, so that a page pays nothing for languages.  {{Sent by %1$s on %2$s|Deal.Sender|Deal.Day}}
 * puts values in. Variables are escaped as HTML by default.  Forbidden in templates (a test refuses
 * them): alt:, name:, lvar:, evar:, linclude:, uvar: outside layout/, escape:, string.slice, data
 * in script, style or on* attributes.  templates/layout/README.md has the values and macros. */
#pragma once

#include "base/buf.h"
#include "base/conf.h"
#include "base/err.h"
#include "text/lang.h"
#include "view/view.h"

struct templates;

/* FOLDER "templates"; MANIFEST maps asset names to their hashed addresses ("fairway.css" ->
 * "/static/fairway.3f2a9c.css"), reached in templates as {{asset:fairway.css}}. */
struct err *templates_new(const char *folder, const char *manifest_path, bool watch_changes,
                          struct templates **out);
void templates_free(struct templates *t);
/* Parses a page in both languages: for start-up, so that a fault stops the program, not a visitor.
 * PAGE "deal/show.cs" is rendered within the frame named in its first line, <?cs # frame: app ?>
 * (layout/frame_app.cs); "none" stands for a fragment. */
struct err *template_load(struct templates *t, const char *page);
/* The same for every page whose name fits PATTERN, as glob() reads it; one at the least. */
struct err *templates_load(struct templates *t, const char *pattern);
/* Renders into OUT.  The values stay as they are. */
struct err *template_render(struct templates *t, const char *page, enum lang lang,
                            struct view *values, struct buf *out);
/* A fragment of a page for htmx: the same file without its frame. */
struct err *template_render_bare(struct templates *t, const char *page, enum lang lang,
                                 struct view *values, struct buf *out);

/* The same, kept: a part without a frame that many rows show alike.  Blanks around it are cut off.
 * Freed by view_html_free(). */
struct err *template_part(struct templates *t, const char *page, enum lang lang,
                          struct view *values, struct view_html **out);
void view_html_free(struct view_html *html); /* NULL is allowed */

/* A page whose frame is "mail" has three forms.  The subject is one line; text and subject are not
 * HTML and nothing in them is escaped. */
enum mail_part { MAIL_HTML, MAIL_TEXT, MAIL_SUBJECT, MAIL_PART_COUNT };
struct err *template_render_mail(struct templates *t, const char *page, enum mail_part part,
                                 enum lang lang, struct view *values, struct buf *out);

/* The hashed address of an asset; NULL when there is none of that name. */
const char *template_asset(const struct templates *t, const char *name);
