/* deal/deal_resolve.h - what a person makes of a match: one end customer, or two for good. */
#pragma once

#include "account/account.h"
#include "deal/deal.h"

extern db_stmt_table deal_resolve_statements[];

/* PAIR_SAME joins the two groups of end customers, and every claim of the one that goes moves to
 * the one that stays; PAIR_DIFFERENT keeps them apart for good.  Both are noted at the match, at
 * the same match seen from the other registration, and in the audit of the registration and of both
 * companies.
 *
 * ERR_NOT_FOUND when PARTY_ID does not match DEAL.  ERR_CONFLICT with the detail "resolved" (it is
 * decided already), "claims" (both groups hold a claim on one product line: one must end first),
 * "pair" (a pair between the groups was marked different) or "group" (they are one group). */
struct err *deal_resolve(struct db *db, struct arena *a, const struct deal_actor *by,
                         const struct deal *deal, int64_t party_id, enum pair_decision decision);
/* The same of any two end customers, whether or not they were ever found to match. */
struct err *deal_decide_pair(struct db *db, struct arena *a, const struct deal_actor *by,
                             int64_t x_id, int64_t y_id, enum pair_decision decision);
/* Every registration of the end customer GONE is KEPT's from now on; both stand in one group
 * already. */
struct err *deal_move_customer(struct db *db, int64_t gone, int64_t kept);
/* An English message id for a detail of the above. */
const char *deal_resolve_refusal(const char *detail);
