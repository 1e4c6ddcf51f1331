/* view/parsed.h - files as parsed trees: the macros that all pages may call, the frames around
 * pages, and the pages, each parsed once per language and standing within the one before.
 *
 * With its own copy of frame and macros a page took five times as much memory. */
#pragma once

#include "base/buf.h"
#include "base/err.h"
#include "text/lang.h"
#include "view/view.h"

#include <stdbool.h>

struct parsed;

struct parsed_input {
    const char *folder; /* of all templates */
    const char *file;   /* "deal/show.cs" */
    enum lang lang;
    bool plain; /* a text, not HTML: nothing is escaped */
    /* What the file may call, and what is printed around it; outlives the tree.  NULL: nothing. */
    struct parsed *around;
    /* The address of an asset, NULL when there is none of that name. */
    const char *(*asset)(void *arg, const char *name);
    void *asset_arg;
};

/* ERR_CONFIG names file and line.  A file that the macros AROUND it were made of is not included
 * again. */
struct err *parsed_new(const struct parsed_input *in, struct parsed **out);
void parsed_free(struct parsed *tree); /* NULL is allowed */
/* The files that it was made of are others now; so are those of what is around it. */
bool parsed_is_outdated(const struct parsed *tree);
struct parsed *parsed_around(const struct parsed *tree);
/* A frame has a place for its page: <?cs include:Page.Template ?>. */
bool parsed_is_frame(const struct parsed *tree);

/* Appends to OUT; an error leaves OUT as it was.  The values stay as they are. */
struct err *parsed_render(struct parsed *tree, struct view *values, struct buf *out);
