/* identity/identity_throttle.h - slows down people who guess, and only them.
 *
 * Failures are counted per address, and per account and address.  Failures on one account from
 * everywhere never lock it: beyond a number they only leave each address fewer tries, so that
 * somebody elsewhere cannot keep the owner out.  A browser that the owner has used before is
 * counted by itself. A try is counted before it is judged, so that parallel ones cannot slip
 * through, and taken back when it was right. */
#pragma once

#include "access/rate.h"
#include "web/request.h"

enum { THROTTLE_RATES = 3 };

struct throttle_rules {
    struct rate device;  /* per account and known browser */
    struct rate pair;    /* per account and address */
    struct rate account; /* per account: beyond it only TIGHT tries a pair are left */
    struct rate address; /* per address, over all accounts */
    int tight;
};
extern const struct throttle_rules throttle_login, throttle_code;

struct throttle {
    size_t count;
    const struct rate *rates[THROTTLE_RATES];
    const char *subjects[THROTTLE_RATES];
    int left; /* tries before the next refusal */
};

/* Counts a try for ACCOUNT (any text that stands for it).  DEVICE: a known browser's mark, or NULL.
 * ERR_TOO_MANY.  Outside any transaction: each count is its
 * own. */
struct err *throttle_enter(struct request *req, const struct throttle_rules *rules,
                           const char *account, const char *device, struct throttle *out);
/* Takes the try back. */
struct err *throttle_forgive(struct request *req, const struct throttle *t);
