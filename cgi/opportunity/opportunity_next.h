/* opportunity/opportunity_next.h - what the visitor has to do next, by day, and the same for his
 * calendar. */
#pragma once

#include "web/request.h"

extern db_stmt_table opportunity_own_next_statements[], opportunity_staff_next_statements[];

struct err *opportunity_next_show(struct request *req);
struct err *opportunity_next_file(struct request *req);
