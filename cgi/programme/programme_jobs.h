/* programme/programme_jobs.h - the jobs that compare companies: program/worker.c hands them its
 * names. */
#pragma once

#include "account/match_name.h"
#include "job/queue.h"

/* "programme.received", once an application; "programme.check", whenever staff ask. */
struct err *programme_run_received(struct job_context *ctx, const struct job *job,
                                   struct match_names *names);
struct err *programme_run_check(struct job_context *ctx, const struct job *job,
                                struct match_names *names);
