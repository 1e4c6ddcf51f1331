/* lead/lead_jobs.h - what the worker does for leads: finds partners, warns them, takes leads back.
 */
#pragma once

#include "account/match_name.h"
#include "job/queue.h"
#include "lead/lead.h"

extern db_stmt_table lead_job_statements[];
extern const struct job_kind lead_jobs[]; /* the timers */

/* "lead.route": judges a lead that nobody has judged, and asks the rules. */
struct err *lead_route_run(struct job_context *ctx, const struct job *job,
                           struct match_names *names);
/* One round of what is due, as the timer makes it. */
struct err *lead_clocks_run(struct job_context *ctx);
