/* view/macros.h - writes out what a page calls with a word: an icon by its name.
 *
 * A page with twenty icons spent a seventh of its rendering on calling them.  A definition is known
 * by its spelling, <?cs def:NAME(...) ?> ... <?cs /def ?>; what is spelled otherwise is called. */
#pragma once

#include "base/buf.h"
#include "base/err.h"

struct macros; /* the macros of some files */

/* Appends the text of file NAME to OUT. */
typedef struct err *macros_read(void *arg, const char *name, struct buf *out);

struct macros *macros_new(macros_read *read, void *arg); /* never NULL */
void macros_free(struct macros *m);
/* File NAME and all that it includes.  A file that cannot be read is passed over: the parser will
 * say so. */
void macros_read_file(struct macros *m, const char *name);

/* Appends TEXT to OUT.  Where a macro of one parameter, whose body is text and that parameter, is
 * called with a literal word stands what it would have written. */
void macros_fold(const struct macros *m, const char *text, struct buf *out);
