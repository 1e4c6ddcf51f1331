/* approval/delegate.h - who decides while a reviewer is away: dated, so that the audit can name
 * both.
 *
 * A delegate may decide what the other may decide, as long as he is active, of the same audience
 * and account; he never gets rights of his own by it.  Delegations of one person do not overlap. */
#pragma once

#include "base/arena.h"
#include "db/db.h"
#include "web/route.h"

extern db_stmt_table delegate_statements[];        /* staff.fcgi */
extern db_stmt_table delegate_lookup_statements[]; /* the worker, too */

extern const struct route
    delegate_staff_routes[]; /* /staff/away: whoever is away says who decides */

struct delegation {
    int64_t id, user_id, delegate_id, from_at, until_at;
    const char *user_name, *delegate_name;
};

enum { DELEGATION_MAX_DAYS = 366 };

/* In the open write transaction.  ERR_INVALID with the field as detail: "delegate" (himself, not
 * active, not of his company or audience), "until" (not after from, in the past, or more than a
 * year); ERR_CONFLICT "overlap" when the person has a delegate in that time already. */
struct err *delegate_add(struct db *db, struct arena *a, int64_t user_id, int64_t delegate_id,
                         int64_t from_at, int64_t until_at);
/* Ends one of the person's own, now.  ERR_NOT_FOUND when it is not his or over. */
struct err *delegate_end(struct db *db, int64_t user_id, int64_t id);
/* Those of a person that are not over, soonest first. */
struct err *delegate_list(struct db *db, struct arena *a, int64_t user_id,
                          struct delegation **rows_out, size_t *count_out);

struct delegate_person {
    int64_t id;
    const char *name;
};
/* Who of staff may be a delegate of USER_ID, by name; at most MOST. */
struct err *delegate_colleagues(struct db *db, struct arena *a, int64_t user_id, int64_t most,
                                struct delegate_person **rows_out, size_t *count_out);

/* Who decides for USER_ID at this moment: his delegate, that one's delegate if he is away too, and
 * so on for five steps; the person himself when nobody is set or the chain leads back to him. */
struct err *delegate_of(struct db *db, struct arena *a, int64_t user_id, int64_t *decider_out);
/* For whom USER_ID may decide at this moment, besides himself: for his lists of work. */
struct err *delegate_people_of(struct db *db, struct arena *a, int64_t user_id,
                               struct delegation **rows_out, size_t *count_out);
/* True for himself, for whoever has made him his delegate for this moment, and for whom he stands
 * in at the end of such a chain. */
struct err *delegate_may_decide_for(struct db *db, struct arena *a, int64_t user_id,
                                    int64_t for_user_id, bool *may_out);
