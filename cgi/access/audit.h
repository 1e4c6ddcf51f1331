/* access/audit.h - who did what to which record, for good.  Each record has its own chain: an event
 * carries the hash of the one before it (table audit_event, append-only by grant).
 *
 * hash = SHA-256 of the canonical JSON (crypt/canon.h) of kind, object_id, seq, at, user_id,
 * for_user_id, audience, address, action, before, after and prev; at as
 * "2026-11-21T09:30:00.123456Z", before and after as texts, left out where there are none, prev in
 * lower-case hex, 64 zeros for the first. */
#pragma once

#include "access/actor.h"
#include "base/arena.h"
#include "db/db.h"

extern db_stmt_table audit_statements[];

struct audit_who {
    const struct actor *actor; /* NULL: the system itself (worker) */
    const char *address;       /* remote address; "" for the worker */
    int64_t for_user_id;       /* decided in the name of, as a delegate; 0: for himself */
};

struct audit_change {
    const char *kind; /* "deal", "user": the object kind's name */
    int64_t object_id;
    const char *action; /* "deal.submit": the route's name, or the job's */
    const char *before; /* JSON object with the changed members, or NULL */
    const char *after;
};

/* Appends to the record's chain in the open transaction.  Two at once on one record: one of them
 * gets ERR_AGAIN and is run again as a whole. */
struct err *audit_write(struct db *db, struct arena *a, const struct audit_who *who,
                        const struct audit_change *change);

extern db_stmt_table audit_many_statements[]; /* the worker, fairwayctl */
/* Begins the chains of COUNT new records of one kind, by one action, in one statement.
 * ERR_DUPLICATE when a chain is there already. */
struct err *audit_begin_many(struct db *db, const struct audit_who *who,
                             const struct audit_change *changes, size_t count);

extern db_stmt_table audit_verify_statements[];

/* What audit_verify() found. */
struct audit_report {
    int64_t events, chains;
    int64_t faults;  /* events that do not continue their chain, or were changed */
    char first[160]; /* the first fault in words, for the operator */
};
/* Reads every event and checks each chain from its beginning, in constant memory.  That a chain's
 * newest events were cut off cannot be seen here. */
struct err *audit_verify(struct db *db, struct audit_report *report_out);

extern db_stmt_table audit_walk_statements[]; /* staff.fcgi */

/* The same a piece at a time.  Begins zeroed; between two pieces all of it may be kept in a row. */
struct audit_walk {
    struct audit_report report;
    char kind[24]; /* the event that was looked at last */
    int64_t object_id, seq;
    unsigned char hash[32];
};
/* Looks at LIMIT further events at most, in an open transaction.  *done_out: there are none left.
 */
struct err *audit_walk_on(struct db *db, struct arena *a, struct audit_walk *walk, int64_t limit,
                          bool *done_out);
/* One record's chain from its beginning, LIMIT events at most. */
struct err *audit_verify_record(struct db *db, const char *kind, int64_t object_id, int64_t limit,
                                struct audit_report *report_out);
