/* account/contact.h - the people of a company, whether or not they may log in.  They are the
 * vendor's own: no other program has a right on them. */
#pragma once

#include "access/audit.h"
#include "base/arena.h"
#include "db/db.h"
#include "text/norm.h"

extern db_stmt_table contact_statements[]; /* staff.fcgi */

struct contact {
    int64_t id, account_id, row_version, updated_at;
    const char *name, *title, *email, *phone, *lang, *note;
};

/* Of this company and not deleted; NULL when there is none. */
struct err *contact_of_account(struct db *db, struct arena *a, int64_t account_id, int64_t id,
                               struct contact **contact_out);
/* Makes CONTACT and sets its id, or changes it under its row_version: ERR_CONFLICT "version".  What
 * is done stands in the trail of the company. */
struct err *contact_put(struct db *db, struct arena *a, struct text_ctx *text,
                        const struct audit_who *who, struct contact *contact);
/* Into the bin.  ERR_CONFLICT "version". */
struct err *contact_delete(struct db *db, struct arena *a, const struct audit_who *who,
                           const struct contact *contact, const char *reason);
