/* opportunity/opportunity_board_sql.h - the cards of a board: the soonest of each stage. */
#pragma once

#include "db/stmt.h"

struct opportunity_card {
    int64_t id, row_version, stage_id;
    const char *name, *customer_name, *currency, *next_step, *level; /* level: the reader's */
    int64_t amount, amount_report;
    int32_t expected_close, stale_on;
};

/* Of BOARD_STAGES stages, one after another, in the order of closing.  Parameters of each stage:
 * the scope (the account; or departments, twice, and user), with _mine the owner, the stage (0:
 * none), and how many. */
enum { BOARD_STAGES = 5, BOARD_ARGS = 6 * BOARD_STAGES };
extern const struct db_stmt opportunity_own_cards, opportunity_own_cards_mine;
extern const struct db_stmt opportunity_staff_cards, opportunity_staff_cards_mine;

/* The last change of any opportunity, of which a partner its own: parameter account. */
struct opportunity_newest {
    int64_t updated_at, id;
};
extern const struct db_stmt opportunity_own_newest, opportunity_staff_newest;

extern db_stmt_table opportunity_own_board_statements[], opportunity_staff_board_statements[];
