/* account/account_bin.h - companies that are deleted: what stands against it, the bin, and what
 * stays when one is purged. */
#pragma once

#include "account/account.h"
#include "job/queue.h"

extern db_stmt_table account_bin_statements[];   /* staff.fcgi */
extern db_stmt_table account_purge_statements[]; /* staff.fcgi, the worker */
extern const struct job_kind account_bin_jobs[];

/* How much hangs on a company; each is counted up to ACCOUNT_HANGS_MOST. */
enum { ACCOUNT_HANGS_MOST = 1000 };
struct account_hangs {
    /* These stand against its deletion: people who may log in, registrations and opportunities that
     * are open, claims, leads that a partner has, companies below it. */
    int64_t people, deals, claims, opportunities, leads, below;
    /* These stay with it in the bin. */
    int64_t contacts, files, closed_deals, closed_opportunities, closed_leads;
};
struct err *account_hangs_read(struct db *db, struct arena *a, int64_t id,
                               struct account_hangs *out);
bool account_may_be_deleted(const struct account_hangs *hangs);

/* Into the bin, under its row_version.  Nobody finds it there but by its number or in the bin; what
 * hangs on it is kept.  ERR_CONFLICT "version"; "hangs" when something stands against it. */
struct err *account_delete(struct db *db, struct arena *a, struct match_names *names,
                           const struct audit_who *who, const struct account *account,
                           const char *reason);
/* Out of the bin, under its row_version.  It stands below its parent again where that is still
 * there and has room.  ERR_CONFLICT "version". */
struct err *account_restore(struct db *db, struct arena *a, struct match_names *names,
                            const struct audit_who *who, struct account *account);
/* For good, under its row_version: its contacts, its files, and all that is known of it but the
 * number, and its name where records refer to it.  ERR_CONFLICT "version". */
struct err *account_purge(struct db *db, struct arena *a, const struct audit_who *who, int64_t id,
                          int64_t row_version);
