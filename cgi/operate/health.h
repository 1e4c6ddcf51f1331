/* operate/health.h - how the portal is, as staff see it: the questions of check.h that a page may
 * ask, what waits, and what failed, to be run again. */
#pragma once

#include "db/stmt.h"
#include "web/route.h"

extern const struct route health_staff_routes[];
extern db_stmt_table health_statements[];
