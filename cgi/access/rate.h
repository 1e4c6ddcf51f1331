/* access/rate.h - limits per key and window, as rows, so that every host counts the same.  Fixed
 * windows: at most LIMIT hits in each window of SECONDS. */
#pragma once

#include "db/db.h"

extern db_stmt_table rate_statements[];

struct rate {
    const char *name; /* "login.address" */
    int limit;
    int seconds;
};

/* Counts one hit of SUBJECT (an address, an account's id as text) in its own transaction.
 * *left_out: what is left in this window after this hit, negative when it was one too many;
 * *wait_seconds_out: until the window ends. */
struct err *rate_hit(struct db *db, const struct rate *rate, const char *subject, int *left_out,
                     int *wait_seconds_out);
/* Takes one hit of SUBJECT in the current window back, in the open write transaction: for limits
 * that count failures only, where a try is counted before it is judged. */
struct err *rate_forgive(struct db *db, const struct rate *rate, const char *subject);
