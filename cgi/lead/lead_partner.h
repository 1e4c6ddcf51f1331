/* lead/lead_partner.h - leads as a partner sees them: to answer, in work, closed, and the pool. */
#pragma once

#include "lead/lead.h"
#include "web/list.h"
#include "web/request.h"

extern const struct route lead_partner_routes[];
extern const struct object_kind lead_partner_object; /* "LD-" */
extern db_stmt_table lead_own_statements[];

/* -- lead_partner_list.c */
extern const struct form lead_own_query, lead_pool_query;
struct err *lead_own_show(struct request *req);
struct err *lead_own_export(struct request *req);
struct err *lead_pool_show(struct request *req);
struct err *lead_take_post(struct request *req);

/* -- lead_partner_sql.c */
struct lead_own_row {
    int64_t id, row_version, score, product_line_id, key_at, due_at, accepted_at;
    const char *state_code, *company_name, *city, *region, *country, *person_name;
};
struct lead_pool_row {
    int64_t id, row_version, score, product_line_id, pooled_at;
    bool wished;
    const char *city, *region, *country, *budget, *timeframe, *pool;
};
struct lead_past_row {
    int64_t id, lead_id, product_line_id, offered_at, ended_at;
    const char *outcome, *city, *region, *country;
};
struct lead_share_row {
    int64_t open, offers, accepted, declined, timed_out, recalled, converted, disqualified, answers,
        answer_minutes, answers_soon;
};
const struct db_stmt *lead_own_list(int phase, enum list_direction direction);
extern const struct db_stmt lead_own_search, lead_own_steps, lead_own_past, lead_own_share,
    lead_own_wish;
const struct db_stmt *lead_pool_list(enum list_direction direction);
