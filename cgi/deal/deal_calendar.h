/* deal/deal_calendar.h - what ends when, a month at a time: protections, and answers that are due.
 * For a partner his own company's, for staff those within their departments. */
#pragma once

#include "web/request.h"

extern db_stmt_table deal_own_calendar_statements[];   /* partner.fcgi */
extern db_stmt_table deal_staff_calendar_statements[]; /* staff.fcgi */
extern const struct form deal_calendar_query;
extern const struct form deal_staff_calendar_query;

struct err *deal_calendar_show(struct request *req);
struct err *deal_staff_calendar_show(struct request *req);
