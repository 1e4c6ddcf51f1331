/* program/worker.h - what fairway-worker does: kinds of jobs, makers of links, and their
 * statements. */
#pragma once

#include "job/outbox.h"
#include "job/queue.h"

/* What jobs find behind job_context.rooms. */
struct worker_rooms {
    struct mailer *mailer;
    void *deals; /* struct deal_rooms */
};

extern const struct job_kind *const worker_jobs[]; /* tables, ended by NULL */
extern db_stmt_table *const worker_statements[];   /* ended by NULL */
extern const struct outbox_link worker_links[];
extern const struct outbox_content worker_contents[];
