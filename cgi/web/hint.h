/* web/hint.h - what a worker remembers for some seconds, and may forget at any time: little that
 * was dear to find out and may be as old as that.  Never a right, and never what was asked for
 * alone. */
#pragma once

#include "web/request.h"

enum { HINT_BYTES = 256 };

struct hint {
    const void *what; /* an address of the room's own */
    int64_t of[5];    /* whose, and as of which change */
};

/* NULL when there is none; as many bytes as were kept, at least 1. */
const void *hint_find(const struct request *req, const struct hint *hint);
void hint_keep(struct request *req, const struct hint *hint, const void *data, size_t len,
               int64_t us); /* len at most HINT_BYTES */
