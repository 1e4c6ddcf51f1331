/* programme/tier_trial.h - what another set of requirements would do: who meets a tier today, and
 * who would then.  Nothing is written. */
#pragma once

#include "access/actor.h"
#include "programme/tier_inside.h"

enum { TIER_TRIAL_NAMES = 10 };

struct tier_trial {
    int64_t partners;      /* all that are not ended */
    int64_t before, after; /* of these meet it, and all below it */
    int64_t gained, lost;  /* between the two */
    int64_t holders;       /* hold it now, and would not meet it then */
    size_t names;          /* of holders that ACTOR may see, the first few: */
    const char *name[TIER_TRIAL_NAMES];
};
/* CHANGED is the tier as it would be; its id is 0 for a new one. */
struct err *tier_try(struct db *db, struct arena *a, const struct actor *actor,
                     const struct tier_ask *changed, struct tier_trial *trial_out);
