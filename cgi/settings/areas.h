/* settings/areas.h - the places of a territory as people write them, one a line: "DE" for a whole
 * country, "CN 上海" for a region of one. */
#pragma once

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

enum { AREAS_MOST = 400, AREA_REGION_MOST = 80 };

struct area {
    const char *country, *region; /* region "": the whole country */
};

/* What is wrong with which line. */
struct area_fault {
    enum { AREA_NO_COUNTRY = 1, AREA_TWICE, AREA_LONG, AREA_MANY } kind;
    const char *line;
};

/* False, and *fault_out says why, when a line cannot be read.  Empty lines are passed over. */
bool areas_read(struct arena *a, const char *text, struct area **areas_out, size_t *count_out,
                struct area_fault *fault_out);
char *areas_text(struct arena *a, const struct area *areas, size_t count);
