/* admin/demo_work.h - calls, meetings, mails and tasks on the demo company's opportunities. */
#pragma once

#include "opportunity/opportunity.h"

/* What WHO has done about O since AT and until NOW, and what is to be done, in the open write
 * transaction; NUMBER counts the opportunities and chooses the words. */
struct err *demo_work_play(struct db *db, struct arena *a, const struct actor *who,
                           const struct opportunity *o, size_t number, int64_t at, int64_t now);
