/* base/metric_inside.h - the file of counters, as its writer and its reader know it. */
#pragma once

#include "base/metric.h"

/* Where each metric's numbers stand in a slot. */
struct metric_layout {
    size_t first[METRIC_COUNT], cells[METRIC_COUNT], count;
    size_t width[METRIC_COUNT]; /* values of the second label */
    const char *const *kinds;
    uint64_t mark; /* the same for those who count the same */
};
void metric_layout_make(struct metric_layout *out, enum metric_source source,
                        const char *const *kinds);
/* How many values a label has. */
size_t metric_label_values(const struct metric_layout *layout, enum metric_label_id label);
/* Of one pair of labels' values: buckets and sum of a histogram, else 1. */
size_t metric_parts(const struct metric *m);

enum { METRIC_BUILD_BYTES = 44, METRIC_SLOTS_MAX = 1100 };
#define METRIC_MAGIC "fairway\1"

/* At the beginning of the file; slots follow, the first of which holds the totals. */
struct metric_head {
    char magic[8];
    uint64_t mark;
    uint32_t slots, slot_bytes;
    uint32_t changes; /* odd while a slot is on its way to the totals */
    int32_t master;
    int64_t began_at;
    char build[METRIC_BUILD_BYTES];
    char unused[44]; /* up to 128 bytes */
};
struct metric_slot {
    int32_t worker; /* 0: nobody's */
    int32_t unused;
    int64_t cells[];
};
_Static_assert(sizeof(struct metric_head) == 128, "slots begin at a cache line");

/* Bytes of a slot, whole cache lines. */
size_t metric_slot_bytes(const struct metric_layout *layout);
/* metric_map.c to metric.c: where this process counts; NULL: nowhere. */
extern int64_t *metric_mine;
extern struct metric_layout metric_layout;
