/* programme/tier.c - the rules of tiers. */
#include "programme/tier.h"

#include "base/str.h"

static const char *const codes[TIER_MEASURE_COUNT] = {
#define X(id, code, label) [TIER_##id] = (code),
    TIER_MEASURES(X)
#undef X
};

const char *tier_measure_code(enum tier_measure measure)
{
    return codes[measure];
}

enum tier_measure tier_measure_find(const char *code)
{
    for (unsigned i = 0; i < TIER_MEASURE_COUNT; i++)
        if (str_eq(codes[i], code))
            return (enum tier_measure)i;
    return TIER_MEASURE_COUNT;
}

bool tier_is_met(const struct tier_ask *tier, const struct tier_figures *figures)
{
    bool met = true;

    for (unsigned i = 0; i < TIER_MEASURE_COUNT; i++)
        met = met && figures->value[i] >= tier->least[i];
    return met;
}

const struct tier_ask *tier_reached(const struct tier_ask *tiers, size_t count,
                                    const struct tier_figures *figures)
{
    const struct tier_ask *reached = NULL;

    for (size_t i = 0; i < count && tier_is_met(&tiers[i], figures); i++)
        reached = &tiers[i];
    return reached;
}

const struct tier_ask *tier_next(const struct tier_ask *tiers, size_t count, int64_t tier_id)
{
    size_t next = 0;

    for (size_t i = 0; i < count; i++)
        if (tiers[i].id == tier_id)
            next = i + 1;
    return next < count ? &tiers[next] : NULL;
}
