/* opportunity/opportunity_sql.h - statements over opportunities, their lines and steps. */
#pragma once

#include "db/stmt.h"

extern const struct db_stmt opportunity_sql_stages, opportunity_sql_of_account,
    opportunity_sql_of_staff, opportunity_sql_of_worker, opportunity_sql_lines,
    opportunity_sql_insert, opportunity_sql_update, opportunity_sql_move,
    opportunity_sql_step_close, opportunity_sql_step_open, opportunity_sql_line_delete,
    opportunity_sql_line_insert, opportunity_sql_worked, opportunity_sql_deal_worked,
    opportunity_sql_from_deal, opportunity_sql_account;

struct opportunity_account_row {
    int64_t department_id;
    const char *zone;
};

/* What the rules run: each program that changes opportunities. */
extern db_stmt_table opportunity_statements[];
extern db_stmt_table opportunity_partner_find_statements[], opportunity_staff_find_statements[];
