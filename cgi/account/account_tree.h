/* account/account_tree.h - which company stands below which. */
#pragma once

#include "account/account.h"

extern db_stmt_table account_tree_statements[]; /* staff.fcgi */

enum { ACCOUNT_TREE_DEPTH = 20 };

/* Sets or (0) removes the parent of ACCOUNT under its row_version, and its members.  Two who change
 * the tree at once follow each other.  ERR_CONFLICT "version"; "circle" when the parent stands
 * below it; "depth" when more than ACCOUNT_TREE_DEPTH would stand above each other; "gone" when the
 * parent is not there any more. */
struct err *account_set_parent(struct db *db, struct arena *a, const struct audit_who *who,
                               struct account *account, int64_t parent_id);

/* Whether ID stands below ANCESTOR, however far. */
struct err *account_tree_below(struct db *db, struct arena *a, int64_t id, int64_t ancestor,
                               bool *below_out);
/* Whether ID may stand below PARENT_ID: it is there, no circle, not too high. */
struct err *account_tree_fits(struct db *db, struct arena *a, int64_t id, int64_t parent_id,
                              bool *fits_out);
/* Writes the row that everybody writes first who changes the tree, or relies on it not changing. */
struct err *account_tree_take(struct db *db);
