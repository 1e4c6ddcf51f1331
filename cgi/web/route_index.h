/* web/route_index.h - finds the route of a path: a tree over its parts, built once from the tables.
 */
#pragma once

#include "base/arena.h"
#include "web/http.h"
#include "web/route.h"

enum { ROUTE_PARAMS_MAX = 6 };

struct route_index;

struct route_match {
    const struct route *route; /* NULL: nothing of this method at this path */
    unsigned methods;          /* bits 1 << HTTP_x that the path knows; 0: no such path */
    const char *object_text;   /* the part behind ":id", prefix included; NULL without one */
    const char *names[ROUTE_PARAMS_MAX]; /* of the other variable parts, without the colon */
    const char *values[ROUTE_PARAMS_MAX];
    size_t param_count;
};

/* Lives in the arena, as do its copies of paths.  The tables were checked before (route_check.h).
 */
struct route_index *route_index_new(struct arena *a, const struct route *const *tables);
/* A fixed part wins over a variable one. */
void route_index_find(const struct route_index *index, enum http_method method,
                      const char *const *segments, size_t count, struct route_match *match_out);
const char *http_method_name(enum http_method method); /* "GET" */
