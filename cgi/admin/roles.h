/* admin/roles.h - the matrix of roles and permissions, edited by staff. */
#pragma once

#include "db/stmt.h"
#include "web/route.h"

extern const struct route roles_staff_routes[];
extern db_stmt_table roles_staff_statements[];
