/* account/account_sql.h - the statements over account and account_pair. */
#pragma once

#include "db/stmt.h"

extern const struct db_stmt account_sql_of_staff, account_sql_any_of_staff, account_sql_of_worker;
extern const struct db_stmt account_sql_insert, account_sql_set_group, account_sql_update;
extern const struct db_stmt account_sql_pair_put, account_sql_pair_between, account_sql_join_groups,
    account_sql_stays;

struct account_count_row {
    int64_t n;
};
