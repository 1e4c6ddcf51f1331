/* accounts/accounts_merge.h - two records of one company become one. */
#pragma once

#include "account/account.h"
#include "web/request.h"

struct accounts_merge {
    struct account kept; /* as it is to be; its row_version, and GONE's, are those that were seen */
    struct account gone;
};
/* What may be merged: two end customers, or a partner with another that has neither people nor
 * records.  NULL: it may; else an English message id. */
struct err *accounts_merge_judge(struct request *req, const struct account *kept,
                                 const struct account *gone, const char **against_out);
/* Everything of GONE is KEPT's, whose claims stay as they are; GONE's number leads to KEPT.
 * ERR_CONFLICT with a detail of deal_decide_pair(), "version" or "depth". */
struct err *accounts_merge(struct request *req, struct accounts_merge *m);
