/* programme/programme_limit.h - what the vendor allows a partner's own administrators: asked by
 * user administration (admin/users.h) in the page and again by the worker. */
#pragma once

#include "base/arena.h"
#include "db/db.h"

extern db_stmt_table
    partner_limit_statements[]; /* programs that ask: partner, customer, staff, worker */
extern db_stmt_table partner_limit_hold_statements[]; /* the worker */

struct partner_limit {
    int64_t users, users_most; /* who may log in or is invited; 0: any number */
    int64_t row_version;       /* 0: no limit was ever set */
    bool roles_limited;
    const int64_t *roles;
    size_t role_count;
};

struct err *partner_limit_read(struct db *db, struct arena *a, int64_t account_id,
                               struct partner_limit *out);
bool partner_limit_has_role(const struct partner_limit *limit, int64_t role_id);
/* True when nobody more may log in. */
bool partner_limit_is_full(const struct partner_limit *limit);
/* Before partner_limit_read() in a transaction that makes people: of two, one waits for the other.
 */
struct err *partner_limit_hold(struct db *db, int64_t account_id);
