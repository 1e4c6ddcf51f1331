/* accounts/accounts_parts_sql.c - the lists that belong to a company, by macros: one shape of row,
 * the reader's scope first, one index a list. */
#include "accounts/accounts_parts_sql.h"
#include "access/scope.h"

static const struct db_field fields[] = {
    DB_FIELD(struct accounts_item, id, DB_I64, 0),
    DB_NULLABLE(struct accounts_item, at, DB_AT, 0),
    DB_FIELD(struct accounts_item, total, DB_E4, 0),
    DB_FIELD(struct accounts_item, key, DB_TEXT, 480),
    DB_FIELD(struct accounts_item, name, DB_TEXT, 400),
    DB_FIELD(struct accounts_item, other, DB_TEXT, 400),
    DB_FIELD(struct accounts_item, state, DB_TEXT, 12),
    DB_FIELD(struct accounts_item, currency, DB_TEXT, 4),
    { 0 },
};

#define ONE(ident, name_, flags_, head, w, behind, b, order)                        \
    const struct db_stmt ident = { .name = name_,                                   \
                                   .sql = head behind "ORDER BY " order " LIMIT ?", \
                                   .binds = w b "i",                                \
                                   .fields = fields,                                \
                                   .row_bytes = sizeof(struct accounts_item),       \
                                   .flags = (flags_) | DB_LISTS }
#define BEHIND(k, id, sign) "AND " k " " sign "= ? AND (" k " " sign " ? OR " id " " sign " ?) "
#define THREE(set, name_, flags_, head, w, k, b, id, on, way, back, yaw)                  \
    ONE(set##_first, name_ ".first", flags_, head, w, "", "", k " " way ", " id " " way); \
    ONE(set##_older, name_ ".older", flags_, head, w, BEHIND(k, id, on), b b "i",         \
        k " " way ", " id " " way);                                                       \
    ONE(set##_newer, name_ ".newer", flags_, head, w, BEHIND(k, id, back), b b "i",       \
        k " " yaw ", " id " " yaw)
#define NEWEST(set, name_, head, w, of)                                                           \
    THREE(set, name_, DB_STAFF_SCOPE, head, w, of ".updated_at", "t", of ".id", "<", "DESC", ">", \
          "ASC")
#define BY_NAME(set, name_, head, of)                                                              \
    THREE(set, name_, DB_ACCOUNT_FIRST, head, "i", of ".name_key", "s", of ".id", ">", "ASC", "<", \
          "DESC")

/* Drafts are the partner's alone. */
#define DEAL_COLUMNS(other)                                                                 \
    "SELECT d.id, d.updated_at AS at, d.total, '' AS `key`, d.company_name AS name, " other \
    " AS other, d.state, d.currency "
#define DEAL_SCOPE "WHERE " SCOPE_WITHIN_OR_OWN("d.", "reviewer_id")
NEWEST(accounts_deals_by, "accounts.deals_by",
       DEAL_COLUMNS("d.project_name") "FROM deal d FORCE INDEX (deal_own) " DEAL_SCOPE
                                      "AND d.account_id = ? AND d.state <> 'draft' ",
       "iiii", "d");
NEWEST(accounts_deals_for, "accounts.deals_for",
       DEAL_COLUMNS("p.name") "FROM account g FORCE INDEX (account_group) STRAIGHT_JOIN deal d "
                              "FORCE INDEX (deal_customer) ON d.end_customer_id = g.id "
                              "STRAIGHT_JOIN account p ON p.id = d.account_id " DEAL_SCOPE
                              "AND g.group_id = ? AND d.state <> 'draft' ",
       "iiii", "d");

#define OPPORTUNITY_COLUMNS(other)                                                    \
    "SELECT o.id, o.updated_at AS at, o.amount AS total, '' AS `key`, o.name, " other \
    " AS other, o.state, o.currency "
#define OPPORTUNITY_SCOPE "WHERE " SCOPE_WITHIN_OR_OWN("o.", "owner_user_id")
/* Its own, and those that were shared with it. */
#define SHARED(set, name_, w)                                                                               \
    THREE(                                                                                                  \
        set, name_, DB_STAFF_SCOPE,                                                                         \
        OPPORTUNITY_COLUMNS(                                                                                \
            "o.customer_name") "FROM opportunity_share s FORCE INDEX "                                      \
                               "(opportunity_share_all) STRAIGHT_JOIN opportunity o FORCE INDEX (PRIMARY) " \
                               "ON o.id = s.opportunity_id " OPPORTUNITY_SCOPE                              \
                               "AND s.account_id = ? AND s.standing = 'accepted' ",                         \
        w, "s.updated_at", "t", "s.opportunity_id", "<", "DESC", ">", "ASC")
SHARED(accounts_opportunities_by, "accounts.opportunities_by", "iiii");
NEWEST(accounts_opportunities_for, "accounts.opportunities_for",
       OPPORTUNITY_COLUMNS(
           "COALESCE(p.name, '')") "FROM account g FORCE INDEX (account_group) STRAIGHT_JOIN "
                                   "opportunity o FORCE INDEX (opportunity_customer) "
                                   "ON o.end_customer_id = g.id LEFT JOIN account p "
                                   "ON p.id = o.account_id " OPPORTUNITY_SCOPE
                                   "AND g.group_id = ? ",
       "iiii", "o");

NEWEST(accounts_leads_by, "accounts.leads_by",
       "SELECT l.id, l.updated_at AS at, CAST(0 AS DECIMAL(19,4)) AS total, '' AS `key`, "
       "l.company_name AS name, l.city AS other, l.state, '' AS currency "
       "FROM lead l FORCE INDEX (lead_account_updated) WHERE " SCOPE_WITHIN(
           "l.") " AND l.account_id = ? ",
       "iii", "l");

BY_NAME(accounts_users, "accounts.users",
        "SELECT u.id, u.last_login_at AS at, CAST(0 AS DECIMAL(19,4)) AS total, "
        "u.name_key AS `key`, u.name, u.email AS other, u.status AS state, '' AS currency "
        "FROM user u FORCE INDEX (user_account_key) WHERE u.account_id = ? ",
        "u");
BY_NAME(accounts_contacts, "accounts.contacts",
        "SELECT c.id, c.updated_at AS at, CAST(0 AS DECIMAL(19,4)) AS total, "
        "c.name_key AS `key`, c.name, CONCAT_WS('\\n', NULLIF(c.title, ''), NULLIF(c.email, ''), "
        "NULLIF(c.phone, '')) AS other, '' AS state, '' AS currency FROM contact c "
        "FORCE INDEX (contact_account) WHERE c.account_id = ? AND c.deleted_at IS NULL ",
        "c");

#define ALL(set) &set##_first, &set##_older, &set##_newer
db_stmt_table accounts_part_statements[] = {
    ALL(accounts_deals_by),         ALL(accounts_deals_for),
    ALL(accounts_opportunities_by), ALL(accounts_opportunities_for),
    ALL(accounts_leads_by),         ALL(accounts_users),
    ALL(accounts_contacts),         NULL
};
