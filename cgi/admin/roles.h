/* admin/roles.h - the matrix of roles and permissions, edited by staff. */
#pragma once

#include "db/stmt.h"
#include "web/route.h"

extern const struct route roles_staff_routes[], roles_edit_routes[];
extern db_stmt_table roles_staff_statements[], roles_edit_statements[];

struct request;
/* Carries what a role means now into the sessions of everybody who has it. */
struct err *roles_refresh_sessions(struct request *req, int64_t role_id);
