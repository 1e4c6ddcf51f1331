/* view/hdf.h - what view.c and template.c share behind their headers.  The only header that
 * includes ClearSilver's, which define MIN, TRUE, HASH and more: no other room includes this one.
 */
#pragma once

#include <ClearSilver/ClearSilver.h>

#include "base/buf.h"
#include "base/err.h"
#include "view/memory.h"
#include "view/view.h"

/* Values below a place, for a region under way (view_memory_enter()) where the build has renamed
 * the libraries' malloc; names without a dot.  NULL: not there, or not so simple; the engine's own
 * functions then know.  view_engine_add() asks not whether the name is new. */
HDF *view_engine_find(HDF *parent, const char *name);
HDF *view_engine_add(HDF *parent, const char *name, const char *text); /* TEXT NULL: no value */
/* The value NAME becomes TEXT itself, no copy of it; false where view_engine_add() gives NULL. */
bool view_engine_lend(HDF *parent, const char *name, const char *text);

/* A text that the engine made, by template_part() alone. */
struct view_html {
    char *text;
};

bool view_name_is_html(const char *name);
/* TEXT as the engine prints a variable. */
void view_escape(struct buf *out, const char *text);

/* The engine's error as one of ours, with its whole trace as message; frees E.  NULL stays NULL. */
struct err *view_err(NEOERR *e);
/* Never NULL: a program without memory for its templates does not start. */
char *view_need_dup(const char *text);
void *view_need_zeroed(size_t size);

HDF *view_hdf(const struct view *v);
struct view_memory *view_memory_of(const struct view *v);
/* The first error of a setter since the last reset: still the view's, told once per page. */
struct err *view_take_error(struct view *v);
