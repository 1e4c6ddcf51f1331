/* admin/demo_leads.h - leads of the demo company, of the last weeks. */
#pragma once

#include "account/match_name.h"
#include "db/db.h"
#include "text/ctx.h"

/* Plays every lead of the table through the rules that guests, staff, partners and the worker use,
 * each step at its own time; the connection's clock is set back, and stays so after an error.  In
 * the open write transaction, on the owner's connection; mails of the past are not sent. */
struct err *demo_leads_play(struct db *db, struct match_names *names, struct text_ctx *text);
