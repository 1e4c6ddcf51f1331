/* admin/demo_deals.h - registrations of the demo company's partners over the last nine months. */
#pragma once

#include "account/match_name.h"
#include "db/db.h"

/* Plays every registration of the table through the rules that partners and staff use, each step at
 * its own time: the connection's clock is set back, and stays so after an error.  In the open write
 * transaction, on the owner's connection; mails of the past are not sent. */
struct err *demo_deals_play(struct db *db, struct match_names *names, struct text_ctx *text);
/* After the commit: does what the worker would have done since, at the time it would have, makes
 * the figures, and tries the rules on the past.  Safe to run again. */
struct err *demo_deals_settle(struct db *db, struct match_names *names);
/* The connection's UTC_TIMESTAMP() gives AT_US from here on; 0: the real time. */
struct err *demo_set_clock(struct db *db, int64_t at_us);
