/* report/report_home.h - charts of reports on the home pages of staff.
 *
 * A pin is a report on one person's home page: chosen by himself, or by who says what a role sees.
 * Home pages run no report: the worker does, as that person, and leaves the bars.  A page shows
 * them only while the reader's rights are those that they were made with. */
#pragma once

#include "identity/home_card.h"
#include "job/queue.h"
#include "web/request.h"

extern db_stmt_table report_home_statements[];     /* staff.fcgi */
extern db_stmt_table report_home_job_statements[]; /* the worker */
extern const struct job_kind report_home_jobs[];
extern const struct form report_home_form, report_home_roles_form;

extern const struct home_card report_home_card; /* a card a pin */
/* V.Home of the report that is open: whether it stands on the reader's page, and for whose roles.
 */
struct err *report_home_show(struct request *req, struct view *v);
struct err *report_home_post(struct request *req);
struct err *report_home_roles_post(struct request *req);
