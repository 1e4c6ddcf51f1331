/* deal/deal_steps.h - registrations that several people decide: which steps one needs (plans, as
 * ordered conditions), its rounds of them, and what each vote does.  The last vote approves as one
 * person would, with everything that may stand against that; whoever refuses ends the round. */
#pragma once

#include "deal/deal_round.h"
#include "job/queue.h"

extern db_stmt_table deal_progress_statements[]; /* of partners: how many are given */
extern db_stmt_table deal_step_statements[];
extern db_stmt_table deal_step_job_statements[];
extern const struct job_kind deal_step_jobs[];

/* -- the worker ----------------------------------------------------------------------------------
 */

/* Begins a round where a plan fits, and opens its first step; else ends the round that there is.
 * OWNER_ID has the registration, or would get it: his manager may be asked for. */
struct err *deal_steps_begin(struct db *db, struct arena *a, struct deal *deal,
                             const struct deal_facts *facts, int64_t owner_id, bool *begun_out);

/* -- a decision ----------------------------------------------------------------------------------
 */

struct err *deal_steps_vote(struct db *db, struct arena *a, const struct deal *deal,
                            int64_t user_id, struct deal_vote *out);
/* Records an approval of BY's; opens the next step when this one is complete. */
struct err *deal_steps_give(struct db *db, struct arena *a, const struct deal_actor *by,
                            struct deal *deal);
/* ERR_CONFLICT "step" while a step is not approved. */
struct err *deal_steps_refuse(struct db *db, struct arena *a, const struct deal *deal);

/* -- pages ---------------------------------------------------------------------------------------
 */

/* V.Steps as deal_round_show() fills it. */
struct err *deal_steps_show(struct request *req, struct view *v, const struct deal *deal);
/* For its partner, V.Approvals: "1 of 2 approvals are given"; nothing while none are waited for. */
struct err *deal_progress_show(struct request *req, struct view *v, const struct deal *deal);
/* The same of the change that was asked for, as V.Approvals. */
struct err *deal_amend_progress_show(struct request *req, struct view *v, const struct deal *deal);
