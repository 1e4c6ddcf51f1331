/* opportunity/opportunity_board_sql.c - one statement for all columns: each stage is a range of an
 * index, read as far as cards are shown. */
#include "opportunity/opportunity_board_sql.h"
#include "access/scope.h"

static const struct db_field fields[] = {
    DB_FIELD(struct opportunity_card, id, DB_I64, 0),
    DB_FIELD(struct opportunity_card, row_version, DB_I64, 0),
    DB_FIELD(struct opportunity_card, stage_id, DB_I64, 0),
    DB_FIELD(struct opportunity_card, name, DB_TEXT, 200),
    DB_FIELD(struct opportunity_card, customer_name, DB_TEXT, 200),
    DB_FIELD(struct opportunity_card, currency, DB_TEXT, 4),
    DB_FIELD(struct opportunity_card, next_step, DB_TEXT, 300),
    DB_FIELD(struct opportunity_card, level, DB_TEXT, 12),
    DB_FIELD(struct opportunity_card, amount, DB_E4, 0),
    DB_FIELD(struct opportunity_card, amount_report, DB_E4, 0),
    DB_NULLABLE(struct opportunity_card, expected_close, DB_DAY, 0),
    DB_NULLABLE(struct opportunity_card, stale_on, DB_DAY, 0),
    { 0 },
};
#define COLUMNS(level)                                                               \
    "(SELECT o.id, o.row_version, o.stage_id, o.name, o.customer_name, o.currency, " \
    "o.next_step, " level " AS level, o.amount, o.amount_report, o.expected_close, o.stale_on "

#define OWN(mine)                                                                            \
    COLUMNS("s.level")                                                                       \
    "FROM opportunity_share s FORCE INDEX (opportunity_share_stage) STRAIGHT_JOIN "          \
    "opportunity o FORCE INDEX (PRIMARY) ON o.id = s.opportunity_id WHERE s.account_id = ? " \
    "AND s.standing = 'accepted' " mine "AND s.stage_id = ? AND o.state = 'open' "           \
    "ORDER BY s.close_on, s.opportunity_id LIMIT ?)"
#define STAFF(index, mine)                                                   \
    COLUMNS("'lead'")                                                        \
    "FROM opportunity o FORCE INDEX (" index ") WHERE " SCOPE_WITHIN_OR_OWN( \
        "o.", "owner_user_id") "AND o.state = 'open' " mine                  \
                               "AND o.stage_id = ? ORDER BY o.close_on, o.id LIMIT ?)"
#define MINE "AND o.owner_user_id = ? "

#define ALL        " UNION ALL "
#define EACH(one)  one ALL one ALL one ALL one ALL one
#define BINDS(one) one one one one one
_Static_assert(BOARD_STAGES == 5, "the statements read five stages");

#define CARDS(ident, name_, one, binds_, flag)        \
    const struct db_stmt ident = {                    \
        .name = name_,                                \
        .sql = EACH(one),                             \
        .binds = BINDS(binds_),                       \
        .fields = fields,                             \
        .row_bytes = sizeof(struct opportunity_card), \
        .flags = (flag) | DB_LISTS,                   \
    }

CARDS(opportunity_own_cards, "opportunity.own.cards", OWN(""), "iii", DB_ACCOUNT_FIRST);
CARDS(opportunity_own_cards_mine, "opportunity.own.cards_mine", OWN(MINE), "iiii",
      DB_ACCOUNT_FIRST);
CARDS(opportunity_staff_cards, "opportunity.cards", STAFF("opportunity_stage_close", ""), "iiiii",
      DB_STAFF_SCOPE);
CARDS(opportunity_staff_cards_mine, "opportunity.cards_mine",
      STAFF("opportunity_owner_close", MINE), "iiiiii", DB_STAFF_SCOPE);

static const struct db_field newest_fields[] = {
    DB_FIELD(struct opportunity_newest, updated_at, DB_AT, 0),
    DB_FIELD(struct opportunity_newest, id, DB_I64, 0),
    { 0 },
};
const struct db_stmt opportunity_own_newest = {
    .name = "opportunity.own.newest",
    .sql = "SELECT updated_at, opportunity_id AS id FROM opportunity_share "
           "FORCE INDEX (opportunity_share_all) WHERE account_id = ? AND standing = 'accepted' "
           "ORDER BY updated_at DESC, opportunity_id DESC LIMIT 1",
    .binds = "i",
    .fields = newest_fields,
    .row_bytes = sizeof(struct opportunity_newest),
    .flags = DB_ACCOUNT_FIRST,
};
const struct db_stmt opportunity_staff_newest = {
    .name = "opportunity.newest",
    .sql = "SELECT updated_at, id FROM opportunity FORCE INDEX (opportunity_all) "
           "ORDER BY updated_at DESC, id DESC LIMIT 1",
    .binds = "",
    .fields = newest_fields,
    .row_bytes = sizeof(struct opportunity_newest),
};

db_stmt_table opportunity_own_board_statements[] = { &opportunity_own_cards,
                                                     &opportunity_own_cards_mine,
                                                     &opportunity_own_newest, NULL };
db_stmt_table opportunity_staff_board_statements[] = { &opportunity_staff_cards,
                                                       &opportunity_staff_cards_mine,
                                                       &opportunity_staff_newest, NULL };
