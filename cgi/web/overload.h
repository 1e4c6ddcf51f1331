/* web/overload.h - whom a program sends away when more come than it can serve.
 *
 * A queue is there to bridge a pause: after one it is long for a moment and drains.  A queue that
 * does not drain makes everybody wait as long as it is, and serves nobody sooner.  So its length
 * says little, and how long requests wait in it much (Nichols and Jacobson, "Controlling Queue
 * Delay", ACM Queue 10.5, 2012): when for more than a second, and of sixteen at least, none
 * came in time, those that come too late are sent away, until one has waited a sixth as long at
 * most. Meanwhile the queue has a quarter of its room, so that few come too late. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

enum { OVERLOAD_STANDS_US = 1200000, OVERLOAD_LATE_LEAST = 16, OVERLOAD_ROOM_SHARE = 4 };

struct overload {
    int64_t most_us; /* what a request may wait in a queue that stands; 0: nobody is sent away */
    int64_t late_since_us, late; /* since when, and how many; 0: the last one came in time */
    int64_t sent_away;           /* since it began */
    bool refuses;                /* the queue stands */
};

/* A request that has waited WAITED_US is taken up at NOW_US of the monotonic clock: true when it is
 * sent away instead. */
bool overload_sends_away(struct overload *o, int64_t waited_us, int64_t now_us);
/* The queue has drained, or whoever judges it ends. */
void overload_end(struct overload *o);
