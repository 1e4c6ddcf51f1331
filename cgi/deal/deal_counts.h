/* deal/deal_counts.h - how many registrations wait for a person, kept for the menu.  For partners:
 * those of the company that need its answer.  For staff who decide: what they have, and what nobody
 * has within their scope.  The worker counts, so that no page and no decision waits for it. */
#pragma once

#include "job/queue.h"

extern db_stmt_table deal_count_statements[];
extern const struct job_kind deal_count_jobs[];
