/* access/audit.h - who did what to which record, for good.  Each record has its own chain: an event
 * carries the hash of the one before it (table audit_event, append-only by grant).
 *
 * hash = SHA-256 of the canonical JSON of (kind, object_id, seq, at, user_id, audience, address, action,
 * before, after, prev), keys sorted, prev in lower-case hex. */
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
    const char *kind;   /* "deal", "user": the object kind's name */
    int64_t object_id;
    const char *action; /* "deal.submit": the route's name, or the job's */
    const char *before; /* JSON object with the changed members, or NULL */
    const char *after;
};

/* Appends to the record's chain in the open transaction.  Two at once on one record: one of them gets
 * ERR_AGAIN and is run again as a whole. */
struct err *audit_write(struct db *db, struct arena *a, const struct audit_who *who,
                        const struct audit_change *change);
