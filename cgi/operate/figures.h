/* operate/figures.h - how much waits, and for how long: what a check judges and metrics show. */
#pragma once

#include "db/db.h"

extern db_stmt_table figures_statements[];

struct figures {
    int64_t jobs_late_seconds; /* how long the oldest that is due waits; 0: none does */
    int64_t jobs_failed;       /* in the last week */
    int64_t mails_waiting, mails_late_seconds;
    int64_t mails_failed;     /* of the last week's */
    int64_t events_pending;   /* audit events that are no leaf of the log yet */
    int64_t events_seconds;   /* the age of the oldest of them */
    int64_t receipts_pending; /* statements that are not signed */
    int64_t receipts_seconds;
    int64_t log_size, head_size; /* leaves, and what the newest signed head says */
    int64_t sessions;            /* that could be used now */
};

/* In an open transaction. */
struct err *figures_read(struct db *db, struct arena *a, struct figures *out);

struct figures_jobs { /* of one kind in one state */
    const char *kind, *state;
    int64_t count;
};
struct err *figures_jobs_read(struct db *db, struct arena *a, struct figures_jobs **rows_out,
                              size_t *count_out);
struct figures_mails { /* in one state */
    const char *state;
    int64_t count;
};
struct err *figures_mails_read(struct db *db, struct arena *a, struct figures_mails **rows_out,
                               size_t *count_out);
