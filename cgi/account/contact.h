/* account/contact.h - the people of a company, whether or not they may log in.  They are the
 * vendor's own: no other program has a right on them. */
#pragma once

#include "access/audit.h"
#include "base/arena.h"
#include "db/db.h"
#include "text/norm.h"

extern db_stmt_table contact_statements[];       /* staff.fcgi, the worker */
extern db_stmt_table contact_purge_statements[]; /* staff.fcgi, the worker */
extern db_stmt_table contact_many_statements[];  /* the worker, fairwayctl */

struct contact {
    int64_t id, account_id, row_version, updated_at;
    const char *name, *title, *email, *phone, *lang, *note;
    int64_t deleted_at; /* 0: it is not */
    const char *deleted_name, *deleted_reason;
};

/* Of this company and not deleted; NULL when there is none. */
struct err *contact_of_account(struct db *db, struct arena *a, int64_t account_id, int64_t id,
                               struct contact **contact_out);
/* The same when it lies in the bin, too. */
struct err *contact_any_of_account(struct db *db, struct arena *a, int64_t account_id, int64_t id,
                                   struct contact **contact_out);
/* Without scope, for the worker and fairwayctl: not deleted. */
struct err *contact_of_worker(struct db *db, struct arena *a, int64_t id,
                              struct contact **contact_out);
/* Who of the company that LIST names has the name or the address already; 0: nobody.  COUNT is some
 * hundreds. */
struct err *contact_like_many(struct db *db, struct arena *a, struct text_ctx *text,
                              const struct contact *list, size_t count, int64_t *ids_out);
/* Makes CONTACT and sets its id, or changes it under its row_version: ERR_CONFLICT "version".  What
 * is done stands in the trail of the company. */
struct err *contact_put(struct db *db, struct arena *a, struct text_ctx *text,
                        const struct audit_who *who, struct contact *contact);
/* Into the bin.  ERR_CONFLICT "version". */
struct err *contact_delete(struct db *db, struct arena *a, const struct audit_who *who,
                           const struct contact *contact, const char *reason);
/* Out of the bin.  ERR_CONFLICT "version". */
struct err *contact_restore(struct db *db, struct arena *a, const struct audit_who *who,
                            const struct contact *contact);
/* Out of the bin for good.  ERR_CONFLICT "version". */
struct err *contact_purge(struct db *db, struct arena *a, const struct audit_who *who,
                          const struct contact *contact);
/* Purges some of those that have lain in the bin for as long as they may; *COUNT_OUT 0: there are
 * none. */
struct err *contact_purge_due(struct db *db, struct arena *a, size_t *count_out);
