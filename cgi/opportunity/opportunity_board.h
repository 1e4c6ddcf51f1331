/* opportunity/opportunity_board.h - open opportunities by stage, and in figures. */
#pragma once

#include "web/request.h"

extern const struct form opportunity_board_query;
extern db_stmt_table opportunity_own_sum_statements[], opportunity_staff_sum_statements[];

/* V.Tabs.n: board, list, funnel; CURRENT is one of "board", "list", "figures", "next", "tasks",
 * "setup". */
void opportunity_show_tabs(struct request *req, struct view *v, const char *current);

struct err *opportunity_board_show(struct request *req);
struct err *opportunity_figures_show(struct request *req);

/* Open ones of the visitor's, by a key: a stage, an owner, a partner, a territory; or by month of
 * closing. */
struct opportunity_sum {
    int64_t key, n;
    const char *name;         /* of an owner or a partner */
    int64_t amount, weighted; /* in the reporting currency, ten-thousandths */
    int32_t month;            /* its first day */
};
enum opportunity_sum_by {
    SUM_STAGE,
    SUM_MONTH,
    SUM_OWNER,
    SUM_PARTNER,
    SUM_TERRITORY,
    SUM_STAGE_FEW, /* by stage, of OPPORTUNITY_FEW and one more at most: right while n says so */
    SUM_COUNT
};
enum { OPPORTUNITY_FEW = 2000 };
struct err *opportunity_sums(struct request *req, enum opportunity_sum_by by,
                             struct opportunity_sum **rows_out, size_t *count_out);
