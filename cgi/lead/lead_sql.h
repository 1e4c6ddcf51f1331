/* lead/lead_sql.h - the statements behind leads, as lists for the programs. */
#pragma once

#include "db/stmt.h"

extern db_stmt_table lead_partner_statements[]; /* reads and moves, of the own account */
extern db_stmt_table lead_staff_statements[];
extern db_stmt_table lead_worker_statements[];
extern db_stmt_table lead_guest_statements[];  /* public.fcgi: who asks */
extern db_stmt_table lead_answer_statements[]; /* public.fcgi: answers of links */

extern const struct db_stmt lead_sql_of_account, lead_sql_of_link, lead_sql_of_pool,
    lead_sql_of_staff, lead_sql_of_worker, lead_sql_insert, lead_sql_insert_staff, lead_sql_update,
    lead_sql_move, lead_sql_step, lead_sql_offer_begin, lead_sql_offer_answer, lead_sql_offer_end,
    lead_sql_offer_live, lead_sql_share_put, lead_sql_share_add, lead_sql_share_take,
    lead_sql_share_open, lead_sql_worked, lead_sql_pool, lead_sql_points, lead_sql_people;

struct lead_offer_row {
    int64_t id, account_id, offered_at, answered_at;
};
struct lead_point_row {
    int64_t id, points, row_version;
    const char *kind, *value;
};
struct lead_open_row {
    int64_t open;
};
struct lead_id_row {
    int64_t id;
};
