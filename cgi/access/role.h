/* access/role.h - roles are sets of permissions, kept in the database and edited by staff; a person
 * has any number of them. */
#pragma once

#include "access/permission.h"
#include "base/arena.h"
#include "db/db.h"

extern const struct db_stmt role_permissions_of; /* stands among the statements of session.h */

/* Everything that the roles of a user allow.  Roles of another audience than the user's,
 * permissions that his audience cannot have, and names that this program does not know count for
 * nothing. */
struct err *role_permissions(struct db *db, struct arena *a, int64_t user_id,
                             struct permission_set *set_out);
