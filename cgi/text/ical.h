/* text/ical.h - days and times as a calendar file, RFC 5545: lines of at most 75 bytes, folded
 * between characters, text escaped; whatever would end a line or begin a property is part of the
 * text. */
#pragma once

#include "base/buf.h"

#include <stdint.h>

struct ical_event {
    const char *uid;     /* the same for the same thing, whenever it is asked for */
    const char *summary; /* texts as people wrote them; "" for none */
    const char *description;
    const char *url; /* of ours; "" for none */
    int32_t day;     /* the whole day; DAY_NONE: at AT */
    int64_t at;
    int64_t changed_at; /* when it was last changed */
};

/* NAME is what a calendar program calls it. */
void ical_begin(struct buf *out, const char *name);
void ical_add(struct buf *out, const struct ical_event *event);
void ical_end(struct buf *out);
