/* deal/deal_clock.h - the decision clock, the same on both sides: business hours that the vendor
 * has had a registration, of those that it may take. */
#pragma once

#include "approval/business_clock.h"
#include "deal/deal.h"

/* The calendar of the end customer's country; the standard one when that country has none. */
struct err *deal_calendar(struct db *db, struct arena *a, const char *country,
                          struct business_calendar *calendar_out);

struct deal_clock {
    bool running;    /* submitted or in review, and the office is open */
    int64_t used_us; /* business time until now */
    int64_t target_us;
    int64_t due_at;   /* 0: not waited for */
    int64_t opens_at; /* when it next runs while the office is closed; 0 */
};
/* Recomputed from the steps, so that it is right whatever happened in between.  For pages: of the
 * steps that deal_load_steps() loaded. */
struct err *deal_clock_read(struct db *db, struct arena *a, const struct deal *deal,
                            struct deal_clock *clock_out);
