/* programme/application_clock.h - how long an application waits for its answer, in business hours
 * of its country, and what becomes of one that nobody accepted: it is emptied after a time; its
 * number, dates and outcome stay. */
#pragma once

#include "deal/deal_clock.h"
#include "programme/programme_inside.h"

/* Sets until when it is answered, from when it came; in the open transaction. */
struct err *application_set_due(struct db *db, struct arena *a, int64_t id, const char *country,
                                int64_t created_at);
/* For a page; due_at is 0 once it is decided. */
struct err *application_clock_read(struct db *db, struct arena *a, const struct application *p,
                                   struct deal_clock *clock_out);
