/* auditing/auditing.h - staff read the audit trail: everything that was done, by whom, from where,
 * with before and after; the history of one record; and the check that nothing of it was changed.
 *
 * Who sees all departments reads all of it.  Everybody else reads what he did himself, and the
 * history of records that he may open. */
#pragma once

#include "base/arena.h"
#include "db/db.h"
#include "web/route.h"

extern const struct route auditing_staff_routes[];

extern db_stmt_table auditing_statements[]; /* staff.fcgi */

/* Looks at a further piece of all chains in the open write transaction, beginning a check in the
 * name of a person when none is under way.  *id_out: the check; *done_out: it has ended. */
struct err *auditing_check_piece(struct db *db, struct arena *a, int64_t user_id,
                                 const char *user_name, int64_t *id_out, bool *done_out);
