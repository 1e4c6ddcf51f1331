/* programme/programme_partners_sql.c - the statements of partners in the programme: their list,
 * their status and its history, their first steps, and what their administrators may grant. */
#include "programme/programme_inside.h"
#include "access/scope.h"

static const struct db_field partner_fields[] = {
    DB_FIELD(struct partner_account, id, DB_I64, 0),
    DB_FIELD(struct partner_account, row_version, DB_I64, 0),
    DB_NULLABLE(struct partner_account, department_id, DB_I64, 0),
    DB_FIELD(struct partner_account, updated_at, DB_AT, 0),
    DB_FIELD(struct partner_account, name, DB_TEXT, 800),
    DB_FIELD(struct partner_account, status, DB_TEXT, 12),
    DB_FIELD(struct partner_account, country, DB_TEXT, 2),
    DB_FIELD(struct partner_account, city, DB_TEXT, 320),
    DB_NULLABLE(struct partner_account, tier_en, DB_TEXT, 240),
    DB_NULLABLE(struct partner_account, tier_zh, DB_TEXT, 240),
    DB_FIELD(struct partner_account, agreement_due, DB_BOOL, 0),
    { 0 },
};

#define PARTNER_COLUMNS                                                                        \
    "SELECT p.id, p.row_version, p.department_id, p.updated_at, p.name, p.status, p.country, " \
    "p.city, t.name_en AS tier_en, t.name_zh AS tier_zh, p.agreement_due "
#define PARTNER_FROM "FROM account p LEFT JOIN tier t ON t.id = p.tier_id WHERE "
#define SCOPE        SCOPE_WITHIN("")
#define IS_PARTNER   "kind = 'partner' AND p.deleted_at IS NULL "
#define OF_PARTNER   .fields = partner_fields, .row_bytes = sizeof(struct partner_account)

const struct db_stmt programme_sql_partner = {
    .name = "programme.partner",
    .sql = PARTNER_COLUMNS PARTNER_FROM SCOPE "AND " IS_PARTNER "AND p.id = ?",
    .binds = "iii",
    OF_PARTNER,
    .flags = DB_STAFF_SCOPE,
};
const struct db_stmt programme_sql_own = {
    .name = "programme.own",
    .sql = "SELECT p.id, p.row_version, p.department_id, UTC_TIMESTAMP(6) AS updated_at, p.name, "
           "p.status, p.country, '' AS city, t.name_en AS tier_en, t.name_zh AS tier_zh, "
           "p.agreement_due " PARTNER_FROM "p.id = ?",
    .binds = "i",
    OF_PARTNER,
};

#define PARTNER_LIST(ident, name_, index, where, w, behind, b, order)                             \
    static const struct db_stmt ident = {                                                         \
        .name = name_,                                                                            \
        .sql = PARTNER_COLUMNS "FROM account p FORCE INDEX (" index ") LEFT JOIN tier t ON t.id " \
                               "= p.tier_id WHERE " SCOPE "AND " IS_PARTNER where behind          \
                               "ORDER BY p.updated_at " order ", p.id " order " LIMIT ?",         \
        .binds = "ii" w b "i",                                                                    \
        OF_PARTNER,                                                                               \
        .flags = DB_STAFF_SCOPE | DB_LISTS,                                                       \
    }
#define P_OLDER "AND updated_at <= ? AND (updated_at < ? OR p.id < ?) "
#define P_NEWER "AND updated_at >= ? AND (updated_at > ? OR p.id > ?) "
#define P_THREE(set, name_, index, where, w)                                            \
    PARTNER_LIST(set##_first, name_ "_first", index, where, w, "", "", "DESC");         \
    PARTNER_LIST(set##_older, name_ "_older", index, where, w, P_OLDER, "tti", "DESC"); \
    PARTNER_LIST(set##_newer, name_ "_newer", index, where, w, P_NEWER, "tti", "ASC")

P_THREE(partners, "programme.partner_list", "account_kind_updated", "", "");
P_THREE(status, "programme.partner_list_in", "account_programme", "AND status = ? ", "s");

const struct db_stmt *programme_sql_partner_list(bool one_status, enum list_direction direction)
{
    static const struct db_stmt *const lists[2][3] = {
        { &partners_first, &partners_older, &partners_newer },
        { &status_first, &status_older, &status_newer },
    };

    return lists[one_status][direction];
}

/* A beginning of a name is a range of the index. */
const struct db_stmt programme_sql_partner_search = {
    .name = "programme.partner_search",
    .sql = PARTNER_COLUMNS "FROM account p FORCE INDEX (account_kind) LEFT JOIN tier t ON t.id = "
                           "p.tier_id WHERE " SCOPE "AND " IS_PARTNER
                           "AND p.name LIKE ? ORDER BY p.name, p.id LIMIT ?",
    .binds = "iisi",
    OF_PARTNER,
    .flags = DB_STAFF_SCOPE | DB_LISTS,
};

const struct db_stmt programme_sql_status_set = {
    .name = "programme.status_set",
    .sql = "UPDATE account SET status = ?, updated_at = UTC_TIMESTAMP(6), "
           "row_version = row_version + 1 WHERE id = ? AND row_version = ? AND status = ?",
    .binds = "siis",
    .flags = DB_WRITE,
};

const struct db_stmt programme_sql_due_over = {
    .name = "programme.due_over",
    .sql = "UPDATE account SET agreement_due = 0, updated_at = UTC_TIMESTAMP(6), "
           "row_version = row_version + 1 WHERE id = ? AND row_version = ?",
    .binds = "ii",
    .flags = DB_WRITE,
};

const struct db_stmt programme_sql_move_add = {
    .name = "programme.move_add",
    .sql = "INSERT INTO programme_move (account_id, verb, to_status, at, user_id, user_name, "
           "reason_text) VALUES (?, ?, ?, UTC_TIMESTAMP(6), ?, ?, ?)",
    .binds = "ississ",
    .flags = DB_WRITE,
};

static const struct db_field move_fields[] = {
    DB_FIELD(struct partner_move_row, at, DB_AT, 0),
    DB_FIELD(struct partner_move_row, verb, DB_TEXT, 20),
    DB_FIELD(struct partner_move_row, to_status, DB_TEXT, 12),
    DB_FIELD(struct partner_move_row, user_name, DB_TEXT, 480),
    DB_FIELD(struct partner_move_row, reason_text, DB_TEXT, 4000),
    { 0 },
};

const struct db_stmt programme_sql_moves = {
    .name = "programme.moves",
    .sql = "SELECT at, verb, to_status, user_name, reason_text FROM programme_move "
           "WHERE account_id = ? ORDER BY id DESC LIMIT 50",
    .binds = "i",
    .fields = move_fields,
    .row_bytes = sizeof(struct partner_move_row),
    .flags = DB_ACCOUNT_FIRST | DB_LISTS,
};

static const struct db_field step_fields[] = {
    DB_FIELD(struct onboarding_row, id, DB_I64, 0),
    DB_NULLABLE(struct onboarding_row, ticked_at, DB_AT, 0),
    DB_NULLABLE(struct onboarding_row, verified_at, DB_AT, 0),
    DB_FIELD(struct onboarding_row, text_en, DB_TEXT, 1200),
    DB_FIELD(struct onboarding_row, text_zh, DB_TEXT, 1200),
    DB_NULLABLE(struct onboarding_row, ticked_name, DB_TEXT, 480),
    DB_NULLABLE(struct onboarding_row, verified_name, DB_TEXT, 480),
    DB_FIELD(struct onboarding_row, required, DB_BOOL, 0),
    { 0 },
};

const struct db_stmt programme_sql_steps = {
    .name = "programme.steps",
    .sql = "SELECT s.id, d.ticked_at, d.verified_at, s.text_en, s.text_zh, d.ticked_name, "
           "d.verified_name, s.required FROM onboarding_step s LEFT JOIN onboarding_done d "
           "ON d.account_id = ? AND d.step_id = s.id WHERE s.active = 1 "
           "ORDER BY s.sort, s.id LIMIT 100",
    .binds = "i",
    .fields = step_fields,
    .row_bytes = sizeof(struct onboarding_row),
    .flags = DB_ACCOUNT_FIRST | DB_WHOLE_TABLE,
};

const struct db_stmt programme_sql_step_tick = {
    .name = "programme.step_tick",
    .sql = "INSERT INTO onboarding_done (account_id, step_id, ticked_at, ticked_name) "
           "SELECT ?, id, UTC_TIMESTAMP(6), ? FROM onboarding_step WHERE id = ? AND active = 1",
    .binds = "isi",
    .flags = DB_WRITE,
};

const struct db_stmt programme_sql_step_verify = {
    .name = "programme.step_verify",
    .sql = "UPDATE onboarding_done SET verified_at = UTC_TIMESTAMP(6), verified_name = ? "
           "WHERE account_id = ? AND step_id = ? AND verified_at IS NULL",
    .binds = "sii",
    .flags = DB_WRITE,
};

const struct db_stmt programme_sql_step_undo = {
    .name = "programme.step_undo",
    .sql = "DELETE FROM onboarding_done WHERE account_id = ? AND step_id = ?",
    .binds = "ii",
    .flags = DB_WRITE,
};

const struct db_stmt programme_sql_limit_add = {
    .name = "programme.limit_add",
    .sql = "INSERT INTO partner_limit (account_id, users_most, roles_limited) VALUES (?, ?, ?)",
    .binds = "iii",
    .flags = DB_WRITE,
};
const struct db_stmt programme_sql_limit_set = {
    .name = "programme.limit_set",
    .sql = "UPDATE partner_limit SET users_most = ?, roles_limited = ?, "
           "row_version = row_version + 1 WHERE account_id = ? AND row_version = ?",
    .binds = "iiii",
    .flags = DB_WRITE,
};
const struct db_stmt programme_sql_limit_role_clear = {
    .name = "programme.limit_role_clear",
    .sql = "DELETE FROM partner_limit_role WHERE account_id = ?",
    .binds = "i",
    .flags = DB_WRITE,
};
const struct db_stmt programme_sql_limit_role_add = {
    .name = "programme.limit_role_add",
    .sql = "INSERT INTO partner_limit_role (account_id, role_id) "
           "SELECT ?, id FROM role WHERE id = ? AND audience = 'partner'",
    .binds = "ii",
    .flags = DB_WRITE,
};

db_stmt_table programme_partners_statements[] = { &partners_first,
                                                  &partners_older,
                                                  &partners_newer,
                                                  &status_first,
                                                  &status_older,
                                                  &status_newer,
                                                  NULL };
