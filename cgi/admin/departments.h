/* admin/departments.h - the tree of departments, edited by staff: what it spans is what people with
 * a scope of departments see. */
#pragma once

#include "db/stmt.h"
#include "web/route.h"

extern const struct route departments_staff_routes[];
extern db_stmt_table departments_statements[];
