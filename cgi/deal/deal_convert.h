/* deal/deal_convert.h - a protected registration becomes an opportunity that both sides work on.
 * Conversion copies: the registration stays what it was, linked to its opportunity. */
#pragma once

#include "deal/deal.h"

extern db_stmt_table deal_convert_statements[];

/* Makes the opportunity, sets DEAL->opportunity_id, and moves DEAL to converted, in the open
 * transaction.  ERR_CONFLICT as deal_decide(). */
struct err *deal_convert(struct db *db, struct arena *a, const struct deal_actor *by,
                         struct deal *deal);
