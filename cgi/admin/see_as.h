/* admin/see_as.h - staff see the portal as a given person does: what he may see, and nothing to
 * change.  Begun here, from the page of the person; the session is made by public.fcgi. */
#pragma once

#include "db/stmt.h"
#include "web/route.h"

extern const struct route see_as_staff_routes[];
extern db_stmt_table see_as_staff_statements[];

struct request;
struct user_row;
/* Whether the visitor may see as this person. */
struct err *see_as_may(struct request *req, const struct user_row *user, bool *may_out);
