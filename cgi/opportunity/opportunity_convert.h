/* opportunity/opportunity_convert.h - a protected registration becomes an opportunity that both
 * sides work on.  Conversion copies: the registration stays what it was, linked to its opportunity.
 */
#pragma once

#include "web/route.h"
#include "deal/deal.h"
#include "job/queue.h"

/* Makes the opportunity, with what the registration has in the vendor's own fields, sets
 * DEAL->opportunity_id, and moves DEAL to converted, in the open transaction.  ERR_CONFLICT as
 * deal_decide(). */
struct err *deal_convert(struct db *db, struct arena *a, const struct deal_actor *by,
                         struct deal *deal);

/* POST /partner/deals/:id/convert; the page that asks is the registration's. */
struct err *opportunity_convert_post(struct request *req);

/* The same for staff, /staff/deals/:id/convert, with the page that asks.
 * opportunity_convert_staff.c */
struct err *opportunity_staff_convert_show(struct request *req);
struct err *opportunity_staff_convert_post(struct request *req);

/* The worker: what a partner's program may not write of the vendor's own fields. */
extern const struct job_kind opportunity_convert_jobs[];
extern db_stmt_table opportunity_convert_job_statements[];
