/* admin/users_manager.h - who leads whom among staff: told when something is late, asked where a
 * step names the manager.  Nobody leads himself, not over others either. */
#pragma once

#include "access/audit.h"
#include "db/db.h"

extern db_stmt_table users_manager_statements[]; /* staff.fcgi */
extern db_stmt_table users_manager_look_up[];    /* the worker, fairwayctl */

enum { MANAGERS_MOST = 500 };

struct users_manager {
    int64_t id;
    const char *name, *email;
};
/* The manager of somebody; id 0 and name "": nobody. */
struct err *users_manager_of(struct db *db, struct arena *a, int64_t user_id,
                             struct users_manager *out);
/* Whom one may choose from: staff who are not shut out. */
struct err *users_managers(struct db *db, struct arena *a, struct users_manager **list_out,
                           size_t *count_out);
/* Which of these addresses are of staff who are not shut out; 0: of nobody.  COUNT is some
 * hundreds.
 */
struct err *users_managers_of_addresses(struct db *db, struct arena *a, const char *const *emails,
                                        size_t count, int64_t *ids_out);

enum users_lead { LEAD_OK, LEAD_UNKNOWN, LEAD_SELF, LEAD_CIRCLE };
/* Sets or (0) takes away the manager, in the open transaction.  Of two that would make a circle
 * together, one waits and is refused.  The version of USER_ID is whose change it is. */
struct err *users_manager_set(struct db *db, struct arena *a, int64_t user_id, int64_t manager_id,
                              enum users_lead *lead_out);
/* The people of somebody who leaves are his manager's, or nobody's; each is audited. */
struct err *users_manager_leaves(struct db *db, struct arena *a, const struct audit_who *who,
                                 int64_t user_id);
