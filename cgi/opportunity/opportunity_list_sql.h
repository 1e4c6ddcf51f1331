/* opportunity/opportunity_list_sql.h - lists of opportunities: one statement for each way in, order
 * and direction; what else is asked for is judged on the columns of its index. */
#pragma once

#include "db/stmt.h"
#include "web/list.h"

struct opportunity_row {
    int64_t id, row_version, stage_id, probability, slips;
    const char *name, *customer_name, *state, *currency, *owner_name, *partner_name, *next_step,
        *category, *level; /* level: the reader's */
    int64_t amount, amount_report, updated_at;
    int32_t expected_close, close_on, next_step_on, stale_on;
};

/* The column that leads: its value is the parameter behind the scope (none for ALL). */
enum opportunity_lead {
    LEAD_ALL,
    LEAD_STATE,
    LEAD_STAGE,     /* staff */
    LEAD_OWNER,     /* staff */
    LEAD_PARTNER,   /* staff: an account it is shared with */
    LEAD_TERRITORY, /* staff */
    LEAD_COUNT
};
enum opportunity_order { ORDER_CLOSE, ORDER_UPDATED, ORDER_COUNT };

/* What is asked for: "" and 0 for anything. */
struct opportunity_asked {
    const char *state, *category;
    int64_t stage, owner, partner, territory; /* the last two of staff */
    int32_t from, until;                      /* days of closing */
    int32_t today;                            /* for stale and slipping */
    bool stale, slipping;
};
/* Its parameters into ARGS, OPPORTUNITY_TAIL_ARGS of them.  Returns how many. */
enum { OPPORTUNITY_TAIL_ARGS = 16 };
size_t opportunity_list_tail(struct db_arg *args, const struct opportunity_asked *x);

/* Parameters of all: the scope (the account; or departments, twice, and user), the leading value,
 * then opportunity_list_tail(), the key twice and the id (not with LIST_FIRST), and the limit. */
const struct db_stmt *opportunity_own_list(enum opportunity_lead lead, enum opportunity_order order,
                                           enum list_direction direction);
const struct db_stmt *opportunity_staff_list(enum opportunity_lead lead,
                                             enum opportunity_order order,
                                             enum list_direction direction);
/* Name or customer contains a text (LIKE's pattern, twice), among the newest: scope, pattern twice,
 * limit. */
extern const struct db_stmt opportunity_own_search, opportunity_staff_search;
enum { OPPORTUNITY_SEARCHED = 2000 };

/* The name behind an id of a filter, within the scope. */
struct opportunity_name_row {
    const char *name;
};
extern const struct db_stmt opportunity_partner_name, opportunity_owner_name;

extern db_stmt_table opportunity_own_list_statements[], opportunity_staff_list_statements[];
