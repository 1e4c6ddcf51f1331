/* opportunity/opportunity_convert.h - a protected registration becomes an opportunity that both
 * sides work on.  Conversion copies: the registration stays what it was, linked to its opportunity.
 */
#pragma once

#include "web/route.h"
#include "deal/deal.h"

/* Makes the opportunity, sets DEAL->opportunity_id, and moves DEAL to converted, in the open
 * transaction.  ERR_CONFLICT as deal_decide(). */
struct err *deal_convert(struct db *db, struct arena *a, const struct deal_actor *by,
                         struct deal *deal);

/* POST /partner/deals/:id/convert; the page that asks is the registration's. */
struct err *opportunity_convert_post(struct request *req);
