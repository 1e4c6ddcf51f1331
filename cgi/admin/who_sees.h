/* admin/who_sees.h - who can see a record, and by which rule: the same rule by which it is found.
 */
#pragma once

#include "db/stmt.h"
#include "web/route.h"

extern const struct route who_sees_staff_routes[];
extern db_stmt_table who_sees_statements[];
