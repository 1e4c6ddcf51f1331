/* web/hint.c - each hint has one place, which the next one that falls there takes over. */
#include "web/hint.h"

#include "base/clock.h"
#include "base/str.h"
#include "web/inside.h"

#include <string.h>

static struct hint_kept *place_of(const struct request *req, const struct hint *hint)
{
    uint64_t n = (uint64_t)(uintptr_t)hint->what;

    for (size_t i = 0; i < ARRAY_LEN(hint->of); i++)
        n = (n ^ (uint64_t)hint->of[i]) * 0x9e3779b97f4a7c15U;
    return &req->serve->state->hints[(n >> 32) % HINTS_KEPT];
}

static bool is_same(const struct hint *a, const struct hint *b)
{
    return a->what == b->what && memcmp(a->of, b->of, sizeof(a->of)) == 0;
}

const void *hint_find(const struct request *req, const struct hint *hint)
{
    const struct hint_kept *kept = place_of(req, hint);

    return is_same(&kept->hint, hint) && clock_monotonic_us() < kept->until_us ? kept->data : NULL;
}

void hint_keep(struct request *req, const struct hint *hint, const void *data, size_t len,
               int64_t us)
{
    struct hint_kept *kept = place_of(req, hint);

    if (len > sizeof(kept->data))
        return;
    kept->hint = *hint;
    kept->until_us = clock_monotonic_us() + us;
    memcpy(kept->data, data, len);
}
