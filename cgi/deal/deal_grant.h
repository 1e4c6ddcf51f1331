/* deal/deal_grant.h - staff's side of an extension: granted with a new last day, or refused. */
#pragma once

#include "deal/deal.h"

extern db_stmt_table deal_grant_statements[];

struct deal_extension_answer {
    int64_t extension_id;
    bool granted;
    int32_t until;      /* granted: the new last day, in the partner's zone */
    const char *reason; /* what the partner may read */
};
/* Moves the end of DEAL's protection, or leaves it.  ERR_CONFLICT with the detail "decided" (no
 * longer pending), "over" (the protection has ended), "until" (not after the day that holds now) or
 * "version" (DEAL changed since it was read). */
struct err *deal_extension_decide(struct db *db, struct arena *a, const struct deal_actor *by,
                                  struct deal *deal, const struct deal_extension_answer *answer);
/* An English message id for a detail of the above. */
const char *deal_grant_refusal(const char *detail);
