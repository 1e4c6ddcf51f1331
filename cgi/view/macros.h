/* view/macros.h - leaves out what a page does not call, and writes out what it calls with a word.
 *
 * Each page is parsed, in each language, with the files of layout/ that it includes, and calls a
 * few of their many macros.  Parsed all the same, the others were half of a program's memory.  A
 * definition is known by its spelling, <?cs def:NAME(...) ?> ... <?cs /def ?>; what is spelled
 * otherwise stays. */
#pragma once

#include "base/buf.h"
#include "base/err.h"

#include <stddef.h>

struct macros; /* the files of a page, and which of their macros are called */

/* Appends the text of file NAME to OUT. */
typedef struct err *macros_read(void *arg, const char *name, struct buf *out);

/* Reads FRAME and all that it includes, Page.Template standing for PAGE.  A file that cannot be
 * read is passed over: the parser will say so.  Never NULL. */
struct macros *macros_find(macros_read *read, void *arg, const char *frame, const char *page);
void macros_free(struct macros *m);

/* Takes the definitions that nobody calls out of TEXT; line breaks stay, so that lines keep their
 * numbers.  Gives the length that is left. */
size_t macros_drop(const struct macros *m, char *text);

/* Appends TEXT to OUT.  Where a macro of one parameter, whose body is text and that parameter, is
 * called with a literal word - an icon by its name - stands what it would have written: a page
 * with twenty icons spent a seventh of its rendering on calling them. */
void macros_fold(const struct macros *m, const char *text, struct buf *out);
