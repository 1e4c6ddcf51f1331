/* opportunity/opportunity_calendar.h - a secret address at which a calendar program reads a
 * person's next steps and tasks.
 *
 * Whoever has the address reads it, so it is long, shown once, kept as a hash, renewed and taken
 * back by its person, and leads to days and words alone.  It is served by the public program, which
 * reads views for it and no table. */
#pragma once

#include "web/request.h"

extern const struct route opportunity_calendar_routes[]; /* public.fcgi */
extern db_stmt_table opportunity_calendar_statements[];  /* public.fcgi */
extern db_stmt_table opportunity_link_statements[];      /* partner.fcgi, staff.fcgi */

/* V.Link.{Action,Made} on the page of next steps. */
struct err *opportunity_show_link(struct request *req, struct view *v);
struct err *opportunity_link_post(struct request *req);
struct err *opportunity_link_end_post(struct request *req);
