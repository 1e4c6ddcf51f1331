/* opportunity/opportunity.h - a sale that partner and vendor work on together; so far it begins as
 * a converted registration, which keeps its protection while this is open and worked on. */
#pragma once

#include "deal/deal.h"
#include "web/request.h"

extern db_stmt_table opportunity_partner_statements[];
extern const struct route opportunity_partner_routes[];
extern const struct object_kind opportunity_partner_object; /* "OP-" */

struct opportunity {
    int64_t id, deal_id, account_id, row_version;
    const char *name, *state; /* open, won, lost */
    const char *currency, *close_reason;
    int64_t amount;
    int32_t expected_close;
    int64_t worked_at, closed_at, created_at;
};
