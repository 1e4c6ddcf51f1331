/* report/report_jobs.h - what fairway-worker does with reports: at the hour that a person chose one
 * mail with the first rows of a report, run with this person's own rights when it is sent. */
#pragma once

#include "job/outbox.h"
#include "job/queue.h"

#define REPORT_MAIL "report/report"

extern const struct job_kind report_jobs[];
extern db_stmt_table report_job_statements[];

struct err *report_fill_mail(struct db *db, struct arena *a, struct outbox_reading *mail);
