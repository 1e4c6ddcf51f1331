/* job/queue.h - work that is done later, as rows.  A job is written in the transaction that wants
 * it, taken by a conditional update with a lease, and taken again when its worker died: effects
 * must be idempotent. */
#pragma once

#include "base/arena.h"
#include "base/conf.h"
#include "db/db.h"

extern db_stmt_table job_add_statements[];    /* programs that ask for work */
extern db_stmt_table job_worker_statements[]; /* the worker */

/* Asks for KIND ("deal.decide") on record REF; RUN_AT 0: at once.  PAYLOAD is a JSON object or
 * NULL. With UNIQUE_KEY the same key is queued once only while it waits: asking again leaves one
 * job, due at the earlier of the two times, which sees whatever this transaction writes. */
struct err *job_add(struct db *db, const char *kind, int64_t ref, int64_t run_at,
                    const char *payload, const char *unique_key);

struct job {
    int64_t id, ref, due_at;
    int32_t tries;              /* 1 in the first run */
    const char *kind, *payload; /* payload NULL: none */
    /* The database account that asked ("fw_partner"), as the database itself wrote it down: what a
     * payload says of its asker may be made up. */
    const char *asked_by;
};

struct job_context {
    struct db *db;
    struct arena *arena; /* cleared after each job */
    const struct conf *conf;
    void *rooms;       /* main/worker.c's own things, for the kinds that need them */
    const char *owner; /* who holds the leases; must differ between workers */
    bool ended;        /* job_end_within() has ended the job that runs */
};

/* A row of the table in main/worker.c's rooms. */
struct job_kind {
    const char *name;
    /* Runs outside a transaction and opens its own (db_transaction). */
    struct err *(*handler)(struct job_context *ctx, const struct job *job);
    int retries;         /* then the job is failed and shown to staff */
    int timeout_seconds; /* lease; a handler that is not back by then ends its process (SIGALRM) */
    int every_seconds;   /* a timer: queued again by the worker; 0: only on demand */
};

/* For an effect that must not come twice, such as a mail: ends the job as a part of the open write
 * transaction DB of its effect.  *MINE_OUT false: it was ended already, by an earlier run whose
 * commit nobody answered, or another worker has it; then there is nothing to do. */
struct err *job_end_within(struct job_context *ctx, struct db *db, const struct job *job,
                           bool *mine_out);

/* Takes and runs what is due, until there is nothing or STOP is set.  *ran_out: how many.  An error
 * of a handler is logged and waits for its next try (after 5, 15, 45 ... seconds, an hour at most)
 * or marks the job as failed; only an error of the queue itself, as a rule ERR_UNAVAILABLE, is
 * returned.  TABLES are arrays of kinds ended by a kind without name; the array of tables ends with
 * NULL.  A job of an unknown kind is left for a worker that knows it. */
struct err *job_run_due(struct job_context *ctx, const struct job_kind *const *tables,
                        const volatile int *stop, int *ran_out);
/* The names of all kinds, in their order; ended by NULL. */
const char *const *job_kind_names(struct arena *a, const struct job_kind *const *tables);
/* Puts the timers' rows there.  A timer has one row for good, which is due again after each run. */
struct err *job_ensure_timers(struct job_context *ctx, const struct job_kind *const *tables);
/* The owner for this process: host, process, and a random part.  OUT holds 64 bytes. */
void job_make_owner(char out[64]);
