/* account/account_merge.h - a company's record gives way to another one of the same company. */
#pragma once

#include "account/account.h"

extern db_stmt_table account_merge_statements[]; /* staff.fcgi */

/* GONE is deleted for good under its row_version, its number leads to KEPT from now on, as do those
 * that led to it before.  ERR_CONFLICT "version".  The rows that everybody writes first who changes
 * the tree are written: account_tree_take() comes before. */
struct err *account_retire(struct db *db, const struct audit_who *who, const struct account *gone,
                           int64_t kept_id);
/* Where KEPT stands when GONE has gone: below its own parent, or GONE's where it has none or stood
 * below GONE.  Sets its parent_id, before account_update() writes it. */
struct err *account_place_kept(struct db *db, struct arena *a, struct account *kept,
                               const struct account *gone);
/* What stood below GONE stands below KEPT.  ERR_CONFLICT "depth" when the tree becomes too high. */
struct err *account_move_below(struct db *db, struct arena *a, const struct account *kept,
                               int64_t gone_id);
/* Contacts, people, files and applications of GONE are KEPT's. */
struct err *account_move_parts(struct db *db, const struct account *kept, int64_t gone_id);

/* The numbers that lead to a company, lowest first. */
struct account_number {
    int64_t id;
    const char *name;
};
struct err *account_numbers(struct db *db, struct arena *a, int64_t id,
                            struct account_number **rows_out, size_t *count_out);
