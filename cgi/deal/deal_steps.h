/* deal/deal_steps.h - registrations that several people decide: which steps one needs (plans, as
 * ordered conditions), its rounds of them, and what each vote does.  The last vote approves as one
 * person would, with everything that may stand against that; whoever refuses ends the round. */
#pragma once

#include "approval/approval.h"
#include "deal/deal.h"
#include "deal/deal_rules.h"
#include "job/queue.h"
#include "web/request.h"

extern db_stmt_table deal_plan_statements[];         /* which plan fits */
extern db_stmt_table deal_plan_preview_statements[]; /* the same for a partner: not who decides */
extern db_stmt_table deal_progress_statements[];     /* of partners: how many are given */
extern db_stmt_table deal_step_statements[];         /* a round and its votes */
extern db_stmt_table deal_step_job_statements[];
extern const struct job_kind deal_step_jobs[];

enum { DEAL_DECIDERS_BYTES = 81 };

/* -- the worker ----------------------------------------------------------------------------------
 */

/* Begins a round where a plan fits, and opens its first step; else ends the round that there is.
 * OWNER_ID has the registration, or would get it: his manager may be asked for. */
struct err *deal_steps_begin(struct db *db, struct arena *a, struct deal *deal,
                             const struct deal_facts *facts, int64_t owner_id, bool *begun_out);

/* -- a decision ----------------------------------------------------------------------------------
 */

/* What a person may do to the open step. */
struct deal_vote {
    bool may;  /* it waits for him, or there is no step */
    bool last; /* his approval leaves nothing to wait for */
};
struct err *deal_steps_vote(struct db *db, struct arena *a, const struct deal *deal,
                            int64_t user_id, struct deal_vote *out);
/* Records an approval of BY's; opens the next step when this one is complete. */
struct err *deal_steps_give(struct db *db, struct arena *a, const struct deal_actor *by,
                            struct deal *deal);
/* ERR_CONFLICT "step" while a step is not approved. */
struct err *deal_steps_refuse(struct db *db, struct arena *a, const struct deal *deal);

/* -- pages ---------------------------------------------------------------------------------------
 */

/* V.Steps.n.{Title,Need,Status,Due,Closed,Votes.n.{Name,Done,By,For,At}} */
struct err *deal_steps_show(struct request *req, struct view *v, const struct deal *deal);
/* For its partner, V.Approvals: "1 of 2 approvals are given"; nothing while none are waited for. */
struct err *deal_progress_show(struct request *req, struct view *v, const struct deal *deal);
/* V.Plan.n.{Title,Hours} and V.PlanHours: who will look at DEAL, as far as it is filled in. */
struct err *deal_plan_preview(struct request *req, struct view *v, const struct deal *deal);
