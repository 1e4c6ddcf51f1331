/* deal/deal_term.h - how long an approval protects, and the discount that comes with it: by the
 * tier that the partner has now and the type of the deal. */
#pragma once

#include "base/arena.h"
#include "db/db.h"

struct deal_term {
    int64_t days, discount_bp; /* discount in basis points; 0: none */
};
/* What is set for tier and type; the days of deal.protect_days, and no discount, where nothing is.
 * In the open transaction. */
struct err *deal_term_of(struct db *db, struct arena *a, int64_t account_id, const char *deal_type,
                         struct deal_term *term_out);
