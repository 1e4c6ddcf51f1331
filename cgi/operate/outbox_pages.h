/* operate/outbox_pages.h - the mails that the portal sent or is to send, as staff see them: to
 * whom, when, what became of them, and what they say.
 *
 * A mail is shown from its row, in the reader's language: nothing that its receiver alone may have,
 * such as a link that lets somebody in, stands in the row or is made here. */
#pragma once

#include "db/stmt.h"
#include "web/route.h"

extern const struct route outbox_staff_routes[];
extern db_stmt_table outbox_page_statements[]; /* with wording_read_statements */
