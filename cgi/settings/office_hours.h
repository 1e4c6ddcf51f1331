/* settings/office_hours.h - the hours of a day as people write them: "09:00-12:00, 13:00-18:00";
 * "" is a day on which the office is closed. */
#pragma once

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

enum { OFFICE_SPANS = 4 };

struct office_span {
    int from_minute, until_minute; /* of the day: from, until before; 1440 is its end */
};

/* Spans in their order, none over another, at most OFFICE_SPANS.  Dashes, "~", semicolons and the
 * full-width signs of a Chinese keyboard are taken as well. */
bool office_hours_read(const char *text, struct office_span spans[OFFICE_SPANS], size_t *count_out);
char *office_hours_text(struct arena *a, const struct office_span *spans, size_t count);
