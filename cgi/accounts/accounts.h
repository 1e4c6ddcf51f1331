/* accounts/accounts.h - staff's pages of companies: found, seen whole, made, changed, and declared
 * to be one end customer or two.
 *
 * They stand in this room, above the features, since one page brings together what several of them
 * hold: users, registrations, claims. */
#pragma once

#include "db/stmt.h"
#include "web/route.h"

extern const struct route accounts_staff_routes[];
extern const struct object_kind accounts_kind, accounts_any_kind;
extern db_stmt_table accounts_owner_statements[];
extern db_stmt_table accounts_statements[];
extern db_stmt_table accounts_part_statements[], accounts_tree_statements[];
extern db_stmt_table accounts_figure_statements[], accounts_work_statements[];
extern db_stmt_table accounts_bin_statements[], accounts_merge_statements[],
    accounts_tag_statements[];
