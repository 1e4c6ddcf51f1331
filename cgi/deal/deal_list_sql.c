/* deal/deal_list_sql.c - eighteen statements of one shape, made by macros; keyset conditions are
 * written out (k <= ? AND (k < ? OR id < ?)), since row constructors are not read by the index. The
 * index is named, so that the plan does not change with the statistics. */
#include "deal/deal_list_sql.h"

#include "deal/deal.h"

#define REST                                                                                     \
    "company_name, project_name, currency, sales_name, company_key, total, protected_until_at, " \
    "due_at, answer_due_at, updated_at, expected_close, close_on"
#define COLUMNS "id, state AS state_code, " REST

static const struct db_field fields[] = {
    DB_FIELD(struct deal_row, id, DB_I64, 0),
    DB_FIELD(struct deal_row, state_code, DB_TEXT, 12),
    DB_FIELD(struct deal_row, company_name, DB_TEXT, 200),
    DB_FIELD(struct deal_row, project_name, DB_TEXT, 200),
    DB_FIELD(struct deal_row, currency, DB_TEXT, 4),
    DB_FIELD(struct deal_row, sales_name, DB_TEXT, 120),
    DB_FIELD(struct deal_row, company_key, DB_TEXT, 120),
    DB_FIELD(struct deal_row, total, DB_E4, 0),
    DB_NULLABLE(struct deal_row, protected_until_at, DB_AT, 0),
    DB_NULLABLE(struct deal_row, due_at, DB_AT, 0),
    DB_NULLABLE(struct deal_row, answer_due_at, DB_AT, 0),
    DB_FIELD(struct deal_row, updated_at, DB_AT, 0),
    DB_NULLABLE(struct deal_row, expected_close, DB_DAY, 0),
    DB_NULLABLE(struct deal_row, close_on, DB_DAY, 0),
    { 0 },
};

#define LIST(ident, name_, index, where, condition, order, binds_)                      \
    static const struct db_stmt ident = {                                               \
        .name = name_,                                                                  \
        .sql = "SELECT " COLUMNS " FROM deal FORCE INDEX (" index                       \
               ") WHERE account_id = ? " where condition " ORDER BY " order " LIMIT ?", \
        .binds = binds_,                                                                \
        .fields = fields,                                                               \
        .row_bytes = sizeof(struct deal_row),                                           \
        .flags = DB_ACCOUNT_FIRST | DB_LISTS,                                           \
    }

#define BEHIND(key, sign) "AND " key " " sign "= ? AND (" key " " sign " ? OR id " sign " ?)"

/* First page, the next ones, and those before: FORWARD is the sign that leads on. */
#define ORDER(set, name_, index, where, w, key, k, forward, way, back, yaw)                        \
    LIST(set##_first, name_ ".first", index, where, "", key " " way ", id " way, "i" w "i");       \
    LIST(set##_older, name_ ".older", index, where, BEHIND(key, forward), key " " way ", id " way, \
         "i" w k k "ii");                                                                          \
    LIST(set##_newer, name_ ".newer", index, where, BEHIND(key, back), key " " yaw ", id " yaw,    \
         "i" w k k "ii")

#define PHASE "AND phase = ? "

ORDER(all_updated, "deal.own.updated", "deal_own", "", "", "updated_at", "t", "<", "DESC", ">",
      "ASC");
ORDER(all_close, "deal.own.close", "deal_own_close", "", "", "close_on", "d", ">", "ASC", "<",
      "DESC");
ORDER(all_company, "deal.own.company", "deal_own_name", "", "", "company_key", "s", ">", "ASC", "<",
      "DESC");
ORDER(one_updated, "deal.own.phase.updated", "deal_own_phase", PHASE, "i", "updated_at", "t", "<",
      "DESC", ">", "ASC");
ORDER(one_close, "deal.own.phase.close", "deal_own_phase_close", PHASE, "i", "close_on", "d", ">",
      "ASC", "<", "DESC");
ORDER(one_company, "deal.own.phase.company", "deal_own_phase_name", PHASE, "i", "company_key", "s",
      ">", "ASC", "<", "DESC");

#define THREE(set)                               \
    {                                            \
        &set##_first, &set##_older, &set##_newer \
    }

static const struct db_stmt *const lists[2][DEAL_ORDER_COUNT][3] = {
    { THREE(all_updated), THREE(all_close), THREE(all_company) },
    { THREE(one_updated), THREE(one_close), THREE(one_company) },
};

const struct db_stmt *deal_own_list(bool one_phase, enum deal_order order,
                                    enum list_direction direction)
{
    return lists[one_phase][order][direction];
}

/* The inner list is bounded, so the cost is: a partner with more rows is told so on the page. */
const struct db_stmt deal_own_search = {
    .name = "deal.own.search",
    .sql =
        "SELECT " COLUMNS " FROM (SELECT id, state, phase, " REST " FROM deal WHERE account_id = ? "
        "ORDER BY updated_at DESC, id DESC LIMIT 2000) newest WHERE (? = 0 OR phase = ?) "
        "AND (company_name LIKE ? OR project_name LIKE ?) ORDER BY updated_at DESC, id DESC LIMIT ?",
    .binds = "iiissi",
    .fields = fields,
    .row_bytes = sizeof(struct deal_row),
    .flags = DB_ACCOUNT_FIRST | DB_LISTS,
};

db_stmt_table deal_own_list_statements[] = {
    &all_updated_first, &all_updated_older, &all_updated_newer, &all_close_first,
    &all_close_older,   &all_close_newer,   &all_company_first, &all_company_older,
    &all_company_newer, &one_updated_first, &one_updated_older, &one_updated_newer,
    &one_close_first,   &one_close_older,   &one_close_newer,   &one_company_first,
    &one_company_older, &one_company_newer, &deal_own_search,   NULL,
};
