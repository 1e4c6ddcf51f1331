/* opportunity/opportunity_setup.h - staff set up stages and closing reasons.
 *
 * A stage in which something stands, or ever stood, is not deleted, since figures come from it; one
 * in which something open stands is not switched off, since no board would show it.  Won and lost
 * stay what they are; between them and the beginning the order is free. */
#pragma once

#include "web/request.h"

extern const struct route opportunity_setup_routes[]; /* staff.fcgi */
extern db_stmt_table opportunity_setup_statements[];
