/* identity/identity_slots.h - how many password hashes may be computed at once.  Argon2 is slow and
 * takes memory on purpose; without a bound, a burst of log-ins would hold every worker. */
#pragma once

#include "base/conf.h"
#include "base/err.h"

/* Opens the slots, once, in the master before it forks: its workers then share them. */
struct err *identity_slots_open(void);
/* Waits a moment for one of workers/2 slots (at least one); ERR_UNAVAILABLE when all stay busy, and
 * at once when as many wait already as leave one worker free. */
struct err *identity_slot_take(const struct conf *conf, int *slot_out);
void identity_slot_give(int slot);
