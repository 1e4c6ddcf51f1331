/* opportunity/opportunity_territory.h - the territory of an opportunity is that of its customer's
 * place.  The database sets it with the customer; after territories were changed the worker does.
 */
#pragma once

#include "job/queue.h"

extern const struct job_kind opportunity_territory_jobs[];
extern db_stmt_table opportunity_territory_statements[]; /* the worker */
