/* admin/demo_opportunities.h - opportunities of the demo company over the last nine months. */
#pragma once

#include "account/match_name.h"
#include "db/db.h"

/* Plays every opportunity of the table through the rules that partners and staff use, each step at
 * its own time, in the open write transaction. */
struct err *demo_opportunities_play(struct db *db, struct match_names *names,
                                    struct text_ctx *text);
