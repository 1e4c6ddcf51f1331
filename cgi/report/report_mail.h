/* report/report_mail.h - when a report comes by mail. */
#pragma once

#include "text/format.h"
#include "web/request.h"

extern db_stmt_table report_mail_statements[];
extern const struct form report_mail_form;

/* The next time after NOW at which the clock of the reader shows HOUR: on any day, a Monday, or the
 * first of a month. */
int64_t report_next_at(const struct text_locale *loc, const char *every, int hour, int64_t now);
/* V.Mail of the report that is open: its form, and when the next one comes. */
struct err *report_mail_show(struct request *req, struct view *v);
struct err *report_mail_post(struct request *req);
