/* job/purge.h - removes what has served: expired sessions and links, counted hits, form tokens that
 * acted, old jobs and mails.  At most 1000 rows a transaction, so that neither a cluster nor a busy
 * page waits for it. */
#pragma once

#include "job/queue.h"

extern db_stmt_table job_purge_statements[]; /* the worker */
extern const struct job_kind job_purge_jobs[];
