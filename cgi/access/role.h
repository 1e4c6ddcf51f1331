/* access/role.h - roles are sets of permissions, kept in the database and edited by staff; a person
 * has any number of them. */
#pragma once

#include "access/permission.h"
#include "base/arena.h"
#include "db/db.h"

extern db_stmt_table role_statements[]; /* every program that makes or refreshes sessions */

/* Everything that the roles of a user allow.  Roles of another audience than the user's,
 * permissions that his audience cannot have, and names that this program does not know count for
 * nothing. */
struct err *role_permissions(struct db *db, struct arena *a, int64_t user_id,
                             struct permission_set *set_out);
