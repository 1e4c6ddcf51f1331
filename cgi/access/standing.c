/* access/standing.c */
#include "access/standing.h"

#include "base/str.h"

static const struct {
    const char *status;
    enum standing standing;
} standings[] = {
    { "active", STANDING_FULL },
    { "onboarding", STANDING_LIMITED },
    { "suspended", STANDING_LIMITED },
    { "agreement", STANDING_AGREEMENT },
};

/* What begins something with the vendor; everything else is reading and finishing. */
static const enum permission beginnings[] = { PERM_DEAL_REGISTER, PERM_DEAL_CHECK };

/* What is left before there is an agreement. */
static const enum permission before[] = { PERM_HOME, PERM_PROGRAMME_VIEW, PERM_PROGRAMME_ACCEPT };

enum standing standing_of(const char *status, bool agreement_due)
{
    enum standing standing = STANDING_AGREEMENT;

    for (size_t i = 0; i < ARRAY_LEN(standings); i++)
        if (str_eq(standings[i].status, status))
            standing = standings[i].standing;
    return agreement_due && standing == STANDING_FULL ? STANDING_LIMITED : standing;
}

static void permission_drop(struct permission_set *set, enum permission p)
{
    set->bits[p / 64] &= ~(UINT64_C(1) << (p % 64));
}

void standing_limit(enum standing standing, struct permission_set *set)
{
    struct permission_set left = { 0 };

    if (standing == STANDING_LIMITED)
        for (size_t i = 0; i < ARRAY_LEN(beginnings); i++)
            permission_drop(set, beginnings[i]);
    if (standing != STANDING_AGREEMENT)
        return;
    for (size_t i = 0; i < ARRAY_LEN(before); i++)
        if (permission_has(set, before[i]))
            permission_add(&left, before[i]);
    *set = left;
}
