/* view/hdf.h - what view.c and template.c share behind their headers.  The only header that
 * includes ClearSilver's, which define MIN, TRUE, HASH and more: no other room includes this one.
 */
#pragma once

#include <ClearSilver/ClearSilver.h>

#include "base/err.h"
#include "view/memory.h"
#include "view/view.h"

/* The engine's error as one of ours, with its whole trace as message; frees E.  NULL stays NULL. */
struct err *view_err(NEOERR *e);
HDF *view_hdf(const struct view *v);
struct view_memory *view_memory_of(const struct view *v);
/* The first error of a setter since the last reset: still the view's, told once per page. */
struct err *view_take_error(struct view *v);
