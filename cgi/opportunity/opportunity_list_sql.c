/* opportunity/opportunity_list_sql.c - statements of one shape, made by macros; keyset conditions
 * are written out (k <= ? AND (k < ? OR id < ?)), since row constructors are not read by the index.
 * The index is named, so that the plan does not change with the statistics. */
#include "opportunity/opportunity_list_sql.h"
#include "access/scope.h"

#include <string.h>

static const struct db_field fields[] = {
    DB_FIELD(struct opportunity_row, id, DB_I64, 0),
    DB_FIELD(struct opportunity_row, row_version, DB_I64, 0),
    DB_FIELD(struct opportunity_row, stage_id, DB_I64, 0),
    DB_FIELD(struct opportunity_row, probability, DB_I64, 0),
    DB_FIELD(struct opportunity_row, slips, DB_I64, 0),
    DB_FIELD(struct opportunity_row, name, DB_TEXT, 200),
    DB_FIELD(struct opportunity_row, customer_name, DB_TEXT, 200),
    DB_FIELD(struct opportunity_row, state, DB_TEXT, 8),
    DB_FIELD(struct opportunity_row, currency, DB_TEXT, 4),
    DB_FIELD(struct opportunity_row, owner_name, DB_TEXT, 120),
    DB_FIELD(struct opportunity_row, partner_name, DB_TEXT, 200),
    DB_FIELD(struct opportunity_row, next_step, DB_TEXT, 300),
    DB_FIELD(struct opportunity_row, level, DB_TEXT, 12),
    DB_FIELD(struct opportunity_row, category, DB_TEXT, 10),
    DB_FIELD(struct opportunity_row, amount, DB_E4, 0),
    DB_FIELD(struct opportunity_row, amount_report, DB_E4, 0),
    DB_FIELD(struct opportunity_row, updated_at, DB_AT, 0),
    DB_NULLABLE(struct opportunity_row, expected_close, DB_DAY, 0),
    DB_NULLABLE(struct opportunity_row, close_on, DB_DAY, 0),
    DB_NULLABLE(struct opportunity_row, next_step_on, DB_DAY, 0),
    DB_NULLABLE(struct opportunity_row, stale_on, DB_DAY, 0),
    { 0 },
};
#define COLUMNS(partner, owner, level)                                                             \
    "SELECT o.id, o.row_version, o.stage_id, o.probability, o.slips, o.name, "                     \
    "o.customer_name, o.state, o.currency, " owner " AS owner_name, " partner " AS partner_name, " \
    "o.next_step, " level                                                                          \
    " AS level, o.category, o.amount, o.amount_report, o.updated_at, o.expected_close, "           \
    "o.close_on, o.next_step_on, o.stale_on "

/* State, stage, months, owner, category, stale by a day, slipping on a day, territory: each of no
 * effect when its first parameter is "" or 0.  X is the table whose index is read. */
#define TAIL(x)                                                              \
    "AND (? = '' OR " x ".state = ?) AND (? = 0 OR " x ".stage_id = ?) "     \
    "AND " x ".close_on BETWEEN ? AND ? AND (? = 0 OR o.owner_user_id = ?) " \
    "AND (? = '' OR o.category = ?) AND (? = 0 OR " x ".stale_on <= ?) "     \
    "AND (? = 0 OR " x ".close_on < ? OR " x ".slips > 0) "                  \
    "AND (? = 0 OR o.territory_id = ?) "
#define TAIL_BINDS "ssiiddiissididii"

#define BEHIND(key, id, sign) \
    "AND " key " " sign "= ? AND (" key " " sign " ? OR " id " " sign " ?) "

#define ONE(ident, name_, flags_, head, lead_binds, x, idcol, behind, key_binds, order) \
    static const struct db_stmt ident = {                                               \
        .name = name_,                                                                  \
        .sql = head TAIL(x) behind "ORDER BY " order " LIMIT ?",                        \
        .binds = lead_binds TAIL_BINDS key_binds "i",                                   \
        .fields = fields,                                                               \
        .row_bytes = sizeof(struct opportunity_row),                                    \
        .flags = (flags_) | DB_LISTS,                                                   \
    }

#define THREE_WAYS(set, name_, flags_, head, lead_binds, x, idcol, key, k, on, way, back, yaw)     \
    ONE(set##_first, name_ ".first", flags_, head, lead_binds, x, idcol, "", "",                   \
        key " " way ", " idcol " " way);                                                           \
    ONE(set##_older, name_ ".older", flags_, head, lead_binds, x, idcol, BEHIND(key, idcol, on),   \
        k k "i", key " " way ", " idcol " " way);                                                  \
    ONE(set##_newer, name_ ".newer", flags_, head, lead_binds, x, idcol, BEHIND(key, idcol, back), \
        k k "i", key " " yaw ", " idcol " " yaw)

#define BY_CLOSE(x)      x ".close_on", "d", ">", "ASC", "<", "DESC"
#define BY_UPDATED(x)    x ".updated_at", "t", "<", "DESC", ">", "ASC"
#define THREE_WAYS_(...) THREE_WAYS(__VA_ARGS__)

/* -- a partner's ---------------------------------------------------------------------------------
 */

/* Another partner's person is named to those alone who may see others. */
#define OWNER "IF(s.own = 1 OR s.sees_others = 1 OR o.side = 'vendor', o.owner_name, '')"
#define OWN(index, lead)                                                          \
    COLUMNS("''", OWNER, "s.level")                                               \
    "FROM opportunity_share s FORCE INDEX (" index ") STRAIGHT_JOIN opportunity " \
    "o FORCE INDEX (PRIMARY) ON o.id = s.opportunity_id WHERE s.account_id = ? "  \
    "AND s.standing = 'accepted' " lead
#define OWN_LIST(set, name_, index, lead, w, by) \
    THREE_WAYS_(set, name_, DB_ACCOUNT_FIRST, OWN(index, lead), "i" w, "s", "s.opportunity_id", by)

OWN_LIST(own_all_close, "opportunity.own.close", "opportunity_share_all_close", "", "",
         BY_CLOSE("s"));
OWN_LIST(own_all_updated, "opportunity.own.updated", "opportunity_share_all", "", "",
         BY_UPDATED("s"));
OWN_LIST(own_state_close, "opportunity.own.state.close", "opportunity_share_close",
         "AND s.state = ? ", "s", BY_CLOSE("s"));
OWN_LIST(own_state_updated, "opportunity.own.state.updated", "opportunity_share_state",
         "AND s.state = ? ", "s", BY_UPDATED("s"));

/* -- staff's -------------------------------------------------------------------------------------
 */

#define SCOPE   SCOPE_WITHIN_OR_OWN("o.", "owner_user_id")
#define PARTNER "LEFT JOIN account p ON p.id = o.account_id "
#define ALL(index, lead)                                      \
    COLUMNS("COALESCE(p.name, '')", "o.owner_name", "'lead'") \
    "FROM opportunity o FORCE INDEX (" index ") " PARTNER "WHERE " SCOPE lead
#define STAFF_LIST(set, name_, index, lead, w, by) \
    THREE_WAYS_(set, name_, DB_STAFF_SCOPE, ALL(index, lead), "iii" w, "o", "o.id", by)
#define SHARED(index)                                                               \
    COLUMNS("COALESCE(p.name, '')", "o.owner_name", "'lead'")                       \
    "FROM opportunity_share s FORCE INDEX (" index ") STRAIGHT_JOIN opportunity o " \
    "FORCE INDEX (PRIMARY) ON o.id = s.opportunity_id " PARTNER "WHERE " SCOPE      \
    "AND s.account_id = ? AND s.standing = 'accepted' "
#define PARTNER_LIST(set, name_, index, by) \
    THREE_WAYS_(set, name_, DB_STAFF_SCOPE, SHARED(index), "iiii", "s", "s.opportunity_id", by)

STAFF_LIST(all_close, "opportunity.all.close", "opportunity_all_close", "", "", BY_CLOSE("o"));
STAFF_LIST(all_updated, "opportunity.all.updated", "opportunity_all", "", "", BY_UPDATED("o"));
STAFF_LIST(state_close, "opportunity.state.close", "opportunity_state_close", "AND o.state = ? ",
           "s", BY_CLOSE("o"));
STAFF_LIST(state_updated, "opportunity.state.updated", "opportunity_state", "AND o.state = ? ", "s",
           BY_UPDATED("o"));
STAFF_LIST(stage_close, "opportunity.stage.close", "opportunity_stage_close", "AND o.stage_id = ? ",
           "i", BY_CLOSE("o"));
STAFF_LIST(stage_updated, "opportunity.stage.updated", "opportunity_stage_updated",
           "AND o.stage_id = ? ", "i", BY_UPDATED("o"));
STAFF_LIST(owner_close, "opportunity.owner.close", "opportunity_owner_close",
           "AND o.owner_user_id = ? ", "i", BY_CLOSE("o"));
STAFF_LIST(owner_updated, "opportunity.owner.updated", "opportunity_owner",
           "AND o.owner_user_id = ? ", "i", BY_UPDATED("o"));
STAFF_LIST(territory_close, "opportunity.territory.close", "opportunity_territory_close",
           "AND o.territory_id = ? ", "i", BY_CLOSE("o"));
STAFF_LIST(territory_updated, "opportunity.territory.updated", "opportunity_territory",
           "AND o.territory_id = ? ", "i", BY_UPDATED("o"));
PARTNER_LIST(partner_close, "opportunity.partner.close", "opportunity_share_all_close",
             BY_CLOSE("s"));
PARTNER_LIST(partner_updated, "opportunity.partner.updated", "opportunity_share_all",
             BY_UPDATED("s"));

/* -- choosing ------------------------------------------------------------------------------------
 */

#define THREE(set)                               \
    {                                            \
        &set##_first, &set##_older, &set##_newer \
    }
#define BOTH(set)                                \
    {                                            \
        THREE(set##_close), THREE(set##_updated) \
    }

static const struct db_stmt *const own[2][ORDER_COUNT][3] = { BOTH(own_all), BOTH(own_state) };
static const struct db_stmt *const staff[LEAD_COUNT][ORDER_COUNT][3] = {
    [LEAD_ALL] = BOTH(all),     [LEAD_STATE] = BOTH(state),     [LEAD_STAGE] = BOTH(stage),
    [LEAD_OWNER] = BOTH(owner), [LEAD_PARTNER] = BOTH(partner), [LEAD_TERRITORY] = BOTH(territory),
};

const struct db_stmt *opportunity_own_list(enum opportunity_lead lead, enum opportunity_order order,
                                           enum list_direction direction)
{
    return own[lead == LEAD_STATE][order][direction];
}

const struct db_stmt *opportunity_staff_list(enum opportunity_lead lead,
                                             enum opportunity_order order,
                                             enum list_direction direction)
{
    return staff[lead][order][direction];
}

size_t opportunity_list_tail(struct db_arg *args, const struct opportunity_asked *x)
{
    const struct db_arg tail[OPPORTUNITY_TAIL_ARGS] = {
        DB_S(x->state),    DB_S(x->state),    DB_I(x->stage),     DB_I(x->stage),
        DB_D(x->from),     DB_D(x->until),    DB_I(x->owner),     DB_I(x->owner),
        DB_S(x->category), DB_S(x->category), DB_I(x->stale),     DB_D(x->today),
        DB_I(x->slipping), DB_D(x->today),    DB_I(x->territory), DB_I(x->territory),
    };

    memcpy(args, tail, sizeof(tail));
    return OPPORTUNITY_TAIL_ARGS;
}

/* -- by words ------------------------------------------------------------------------------------
 */

const struct db_stmt opportunity_own_search = {
    .name = "opportunity.own.search",
    .sql = COLUMNS(
        "''", OWNER,
        "s.level") "FROM (SELECT opportunity_id, updated_at, own, sees_others, level FROM opportunity_share "
                   "FORCE INDEX (opportunity_share_all) WHERE account_id = ? "
                   "AND standing = 'accepted' ORDER BY updated_at DESC, opportunity_id DESC "
                   "LIMIT 2000) s STRAIGHT_JOIN opportunity o FORCE INDEX (PRIMARY) "
                   "ON o.id = s.opportunity_id WHERE (o.name LIKE ? OR o.customer_name LIKE ?) " TAIL(
                       "o") "ORDER BY s.updated_at DESC, s.opportunity_id DESC LIMIT ?",
    .binds = "iss" TAIL_BINDS "i",
    .fields = fields,
    .row_bytes = sizeof(struct opportunity_row),
    .flags = DB_ACCOUNT_FIRST | DB_LISTS,
};
const struct db_stmt opportunity_staff_search = {
    .name = "opportunity.staff.search",
    .sql = COLUMNS(
        "COALESCE(p.name, '')", "o.owner_name",
        "'lead'") "FROM (SELECT id, updated_at FROM opportunity "
                  "FORCE INDEX (opportunity_all) WHERE " SCOPE_WITHIN_OR_OWN(
                      "", "owner_user_id") " ORDER BY updated_at DESC, "
                                           "id DESC LIMIT 2000) s STRAIGHT_JOIN opportunity o "
                                           "FORCE INDEX (PRIMARY) ON o.id = s.id " PARTNER
                                           "WHERE (o.name LIKE ? OR o.customer_name LIKE ?) " TAIL(
                                               "o") "AND (? = 0 OR EXISTS (SELECT 1 FROM "
                                                    "opportunity_share h WHERE h.opportunity_id = "
                                                    "o.id AND h.account_id = ? AND h.standing = "
                                                    "'accepted')) ORDER BY s.updated_at DESC, "
                                                    "s.id DESC LIMIT ?",
    .binds = "iiiss" TAIL_BINDS "iii",
    .fields = fields,
    .row_bytes = sizeof(struct opportunity_row),
    .flags = DB_STAFF_SCOPE | DB_LISTS,
};

static const struct db_field name_fields[] = {
    DB_FIELD(struct opportunity_name_row, name, DB_TEXT, 400),
    { 0 },
};
const struct db_stmt opportunity_partner_name = {
    .name = "opportunity.partner_name",
    .sql = "SELECT name FROM account WHERE " SCOPE_WITHIN("") " AND id = ? AND kind = 'partner'",
    .binds = "iii",
    .fields = name_fields,
    .row_bytes = sizeof(struct opportunity_name_row),
    .flags = DB_STAFF_SCOPE,
};
const struct db_stmt opportunity_owner_name = {
    .name = "opportunity.owner_name",
    .sql = "SELECT owner_name AS name FROM opportunity WHERE owner_user_id = ? "
           "ORDER BY updated_at DESC LIMIT 1",
    .binds = "i",
    .fields = name_fields,
    .row_bytes = sizeof(struct opportunity_name_row),
};

#define SIX(set)                                                                      \
    &set##_close_first, &set##_close_older, &set##_close_newer, &set##_updated_first, \
        &set##_updated_older, &set##_updated_newer

db_stmt_table opportunity_own_list_statements[] = { SIX(own_all), SIX(own_state),
                                                    &opportunity_own_search, NULL };
db_stmt_table opportunity_staff_list_statements[] = { SIX(all),
                                                      SIX(state),
                                                      SIX(stage),
                                                      SIX(owner),
                                                      SIX(partner),
                                                      SIX(territory),
                                                      &opportunity_staff_search,
                                                      &opportunity_partner_name,
                                                      &opportunity_owner_name,
                                                      NULL };
