/* deal/deal_jobs.h - what happens to registrations without anybody at a page: rules, claims that
 * become free, ends, warnings, reminders, figures.  Every job is safe to run twice and beside
 * another worker: each record is changed in a transaction of its own, under the guards of deal.h.
 */
#pragma once

#include "account/match_find.h"
#include "job/queue.h"

extern const struct job_kind deal_jobs[];

/* The job "deal.rules": judges the conflict again, then the first rule that fits decides, or the
 * registration is given to a reviewer.  In a program's table, since it needs NAMES. */
struct err *deal_rules_run(struct job_context *ctx, const struct job *job,
                           struct match_names *names);

/* The job "deal.appeal": an appeal gets a reviewer who may decide it, and both sides are told.  In
 * a program's table, like the above. */
extern db_stmt_table deal_appeal_job_statements[];
struct err *deal_appeal_run(struct job_context *ctx, const struct job *job,
                            struct match_names *names);

/* The job "deal.amend": a small change that was asked for is made, another is told to staff. */
struct err *deal_amend_run(struct job_context *ctx, const struct job *job,
                           struct match_names *names);

/* Figures for staff by department, of a year: deal_scope_jobs.c.  fairwayctl and the timer. */
extern db_stmt_table deal_scope_job_statements[];
extern const struct job_kind deal_scope_jobs[];
struct err *deal_scope_figures_make(struct db *db);

/* Makes the figures of the last MONTHS months again; fairwayctl and the timer. */
struct err *deal_figures_make(struct db *db, int months);
