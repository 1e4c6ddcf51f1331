/* deal/deal_sql.h - the statements of deal registration, and the tables of them by program. */
#pragma once

#include "db/stmt.h"

/* What each program may run; a statement stands in every table that needs it. */
extern db_stmt_table deal_partner_statements[];
extern db_stmt_table deal_vendor_statements[]; /* staff.fcgi, the worker, fairwayctl: decides */

/* -- the record */
extern const struct db_stmt deal_sql_of_account, deal_sql_of_staff, deal_sql_of_worker,
    deal_sql_lines;
extern const struct db_stmt deal_sql_insert, deal_sql_update_content, deal_sql_total;
extern const struct db_stmt deal_sql_line_delete_all, deal_sql_line_insert;
extern const struct db_stmt deal_sql_move;
/* -- steps */
extern const struct db_stmt deal_sql_step_close, deal_sql_step_open, deal_sql_steps;
/* -- submission */
extern const struct db_stmt deal_sql_rank_next, deal_sql_mark_submitted, deal_sql_mark_answered;
extern const struct db_stmt deal_sql_match_update, deal_sql_match_insert, deal_sql_rate_on;
/* -- decisions */
extern const struct db_stmt deal_sql_mark_taken, deal_sql_mark_returned, deal_sql_mark_decided;
extern const struct db_stmt deal_sql_mark_protected, deal_sql_mark_duplicate, deal_sql_mark_rule;
extern const struct db_stmt deal_sql_open_matches, deal_sql_obstacles;
/* -- claims */
extern const struct db_stmt claim_sql_take, claim_sql_change_hands, claim_sql_free,
    claim_sql_of_deal;
extern const struct db_stmt claim_sql_event, claim_sql_line_lost, claim_sql_left;
extern const struct db_stmt deal_sql_term, deal_sql_group_of, deal_sql_line_discount;
extern const struct db_stmt deal_sql_receipt_insert;
extern const struct db_stmt deal_sql_reason, deal_sql_line_name, deal_sql_told;
extern const struct db_stmt deal_sql_own_customer, deal_sql_live_put, deal_sql_live_count;
extern const struct db_stmt deal_sql_assign_end, deal_sql_assign_begin, deal_sql_take_free;

struct deal_claim_row {
    int64_t id, group_id, product_line_id, deal_id, version;
};
struct deal_obstacle_row {
    int64_t other_deal_id, party_id, product_line_id, claim_id, claim_version;
};
/* kind: 0 an open match, 1 an earlier rank, 2 a claim. */
struct deal_any_obstacle_row {
    int64_t kind, place, other_deal_id, party_id, product_line_id, claim_id, claim_version;
};
struct deal_customer_row {
    int64_t end_customer_id;
};
struct deal_reason_row {
    const char *text_en;
};
struct deal_told_row {
    int64_t user_id;
};
struct deal_line_name_row {
    const char *name_en;
};
struct deal_rate_row {
    const char *rate;
};
