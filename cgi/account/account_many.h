/* account/account_many.h - hundreds of companies at once, as an import makes them and takes them
 * back. */
#pragma once

#include "account/account.h"
#include "account/match_many.h"

extern db_stmt_table account_many_statements[]; /* the worker, fairwayctl */

/* As account_create() for each; COUNT is at most MATCH_MANY_MOST. */
struct err *account_create_many(struct db *db, struct arena *a, struct match_names *names,
                                const struct audit_who *who, struct account *list, size_t count);

/* What becomes of an account that is to be taken back. */
enum account_kept {
    ACCOUNT_UNDONE,
    ACCOUNT_GONE,    /* it was, or is not there any more */
    ACCOUNT_CHANGED, /* somebody changed it since */
    ACCOUNT_USED,    /* something belongs to it: people, registrations, opportunities, accounts */
    ACCOUNT_PAIRED,  /* marked with another account, or in a group with one that came later */
    ACCOUNT_KEPT_COUNT
};
struct account_undo {
    int64_t id, row_version; /* as it was made */
    enum account_kept kept;  /* out */
};
/* Takes back accounts that are as they were made and that nothing hangs on; the others are kept and
 * say why.  What is taken back is deleted as by a person: its row stays, nobody finds it. */
struct err *account_undo_many(struct db *db, struct arena *a, struct match_names *names,
                              const struct audit_who *who, struct account_undo *list, size_t count);

/* Partners by their exact names; 0: none.  Partners have no keys of the conflict check. */
struct err *account_partners_named(struct db *db, struct arena *a, const char *const *names,
                                   size_t count, int64_t *ids_out);
