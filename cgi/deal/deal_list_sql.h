/* deal/deal_list_sql.h - the partner's list: one statement for each view, order and direction, each
 * on an index that holds every column shown. */
#pragma once

#include "db/stmt.h"
#include "web/list.h"

struct deal_row {
    int64_t id;
    const char *state_code, *company_name, *project_name, *currency, *sales_name, *company_key;
    int64_t total, protected_until_at, due_at, answer_due_at, updated_at;
    int32_t expected_close, close_on;
};

enum deal_order { DEAL_BY_UPDATED, DEAL_BY_CLOSE, DEAL_BY_COMPANY, DEAL_ORDER_COUNT };

/* ONE_PHASE: of one phase, whose number is the second parameter; else of all. */
const struct db_stmt *deal_own_list(bool one_phase, enum deal_order order,
                                    enum list_direction direction);
/* Company or project contains a text (LIKE's pattern, twice), among the newest DEAL_SEARCHED rows
 * of the account; of one phase, named twice, or 0 for all. */
extern const struct db_stmt deal_own_search;
enum { DEAL_SEARCHED = 2000 };

extern db_stmt_table deal_own_list_statements[];
