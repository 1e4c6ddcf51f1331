/* programme/programme_sql.c - the statements of the programme. */
#include "programme/programme_inside.h"
#include "access/scope.h"

/* -- applications --------------------------------------------------------------------------------
 */

static const struct db_field question_fields[] = {
    DB_FIELD(struct application_question, id, DB_I64, 0),
    DB_FIELD(struct application_question, text_en, DB_TEXT, 1200),
    DB_FIELD(struct application_question, text_zh, DB_TEXT, 1200),
    DB_FIELD(struct application_question, required, DB_BOOL, 0),
    { 0 },
};

const struct db_stmt programme_sql_questions = {
    .name = "programme.questions",
    .sql = "SELECT id, text_en, text_zh, required FROM application_question WHERE active = 1 "
           "ORDER BY sort, id LIMIT 50",
    .binds = "",
    .fields = question_fields,
    .row_bytes = sizeof(struct application_question),
    .flags = DB_WHOLE_TABLE,
};

const struct db_stmt programme_sql_apply = {
    .name = "programme.apply",
    .sql = "INSERT INTO application (company_name, country, city, address, website, tax_number, "
           "tax_key, domain_key, contact_name, contact_title, contact_phone, email, email_key, "
           "lang, remote_addr, consent_at, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, "
           "?, ?, ?, ?, ?, ?, ?, ?, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))",
    .binds = "sssssssssssssss",
    .flags = DB_WRITE,
};

const struct db_stmt programme_sql_answer_add = {
    .name = "programme.answer_add",
    .sql = "INSERT INTO application_answer (application_id, place, question_id, question_en, "
           "question_zh, answer) VALUES (?, ?, ?, ?, ?, ?)",
    .binds = "iiisss",
    .flags = DB_WRITE,
};

static const struct db_field application_fields[] = {
    DB_FIELD(struct application, id, DB_I64, 0),
    DB_FIELD(struct application, row_version, DB_I64, 0),
    DB_NULLABLE(struct application, department_id, DB_I64, 0),
    DB_NULLABLE(struct application, reviewer_id, DB_I64, 0),
    DB_NULLABLE(struct application, account_id, DB_I64, 0),
    DB_FIELD(struct application, created_at, DB_AT, 0),
    DB_NULLABLE(struct application, checked_at, DB_AT, 0),
    DB_NULLABLE(struct application, decided_at, DB_AT, 0),
    DB_NULLABLE(struct application, due_at, DB_AT, 0),
    DB_NULLABLE(struct application, purged_at, DB_AT, 0),
    DB_FIELD(struct application, state_code, DB_TEXT, 10),
    DB_FIELD(struct application, company_name, DB_TEXT, 800),
    DB_FIELD(struct application, country, DB_TEXT, 2),
    DB_FIELD(struct application, city, DB_TEXT, 320),
    DB_FIELD(struct application, address, DB_TEXT, 1200),
    DB_FIELD(struct application, website, DB_TEXT, 800),
    DB_FIELD(struct application, tax_number, DB_TEXT, 160),
    DB_FIELD(struct application, tax_key, DB_TEXT, 40),
    DB_FIELD(struct application, domain_key, DB_TEXT, 190),
    DB_FIELD(struct application, contact_name, DB_TEXT, 480),
    DB_FIELD(struct application, contact_title, DB_TEXT, 480),
    DB_FIELD(struct application, contact_phone, DB_TEXT, 160),
    DB_FIELD(struct application, email, DB_TEXT, 1016),
    DB_FIELD(struct application, email_key, DB_TEXT, 1016),
    DB_FIELD(struct application, lang, DB_TEXT, 8),
    DB_FIELD(struct application, reviewer_name, DB_TEXT, 480),
    DB_FIELD(struct application, reason_text, DB_TEXT, 4000),
    DB_NULLABLE(struct application, account_name, DB_TEXT, 800),
    { 0 },
};

#define APPLICATION_COLUMNS                                                                                         \
    "SELECT p.id, p.row_version, p.department_id, p.reviewer_id, p.account_id, p.created_at, "                      \
    "p.checked_at, p.decided_at, p.due_at, p.purged_at, p.state AS state_code, p.company_name, p.country, p.city, " \
    "p.address, p.website, p.tax_number, p.tax_key, p.domain_key, p.contact_name, "                                 \
    "p.contact_title, p.contact_phone, p.email, p.email_key, p.lang, p.reviewer_name, "                             \
    "p.reason_text, (SELECT a.name FROM account a WHERE a.id = p.account_id) AS account_name "
#define SCOPE          SCOPE_WITHIN("")
#define OF_APPLICATION .fields = application_fields, .row_bytes = sizeof(struct application)

const struct db_stmt programme_sql_application = {
    .name = "programme.application",
    .sql = APPLICATION_COLUMNS "FROM application p WHERE " SCOPE "AND p.id = ?",
    .binds = "iii",
    OF_APPLICATION,
    .flags = DB_STAFF_SCOPE,
};
const struct db_stmt programme_sql_application_worker = {
    .name = "programme.application_worker",
    .sql = APPLICATION_COLUMNS "FROM application p WHERE p.id = ?",
    .binds = "i",
    OF_APPLICATION,
};

#define LIST(ident, name_, index, where, w, behind, b, order)                                   \
    static const struct db_stmt ident = {                                                       \
        .name = name_,                                                                          \
        .sql = APPLICATION_COLUMNS "FROM application p FORCE INDEX (" index                     \
                                   ") WHERE " SCOPE where behind "ORDER BY p.created_at " order \
                                   ", p.id " order " LIMIT ?",                                  \
        .binds = "ii" w b "i",                                                                  \
        OF_APPLICATION,                                                                         \
        .flags = DB_STAFF_SCOPE | DB_LISTS,                                                     \
    }
#define OLDER "AND created_at <= ? AND (created_at < ? OR id < ?) "
#define NEWER "AND created_at >= ? AND (created_at > ? OR id > ?) "
#define THREE(set, name_, index, where, w)                                    \
    LIST(set##_first, name_ "_first", index, where, w, "", "", "DESC");       \
    LIST(set##_older, name_ "_older", index, where, w, OLDER, "tti", "DESC"); \
    LIST(set##_newer, name_ "_newer", index, where, w, NEWER, "tti", "ASC")

THREE(all, "programme.applications", "application_created", "", "");
THREE(state, "programme.applications_in", "application_state", "AND state = ? ", "s");

const struct db_stmt *programme_sql_applications(bool one_state, enum list_direction direction)
{
    static const struct db_stmt *const lists[2][3] = {
        { &all_first, &all_older, &all_newer },
        { &state_first, &state_older, &state_newer },
    };

    return lists[one_state][direction];
}

/* Among the newest thousand. */
const struct db_stmt programme_sql_application_search = {
    .name = "programme.application_search",
    .sql = APPLICATION_COLUMNS "FROM (SELECT id FROM application FORCE INDEX (application_created) "
                               "WHERE " SCOPE "ORDER BY created_at DESC, id DESC LIMIT 1000) k "
                               "JOIN application p ON p.id = k.id WHERE p.company_name LIKE ? "
                               "ORDER BY p.created_at DESC, p.id DESC LIMIT ?",
    .binds = "iisi",
    OF_APPLICATION,
    .flags = DB_STAFF_SCOPE | DB_LISTS,
};

static const struct db_field answer_fields[] = {
    DB_FIELD(struct application_answer, question_en, DB_TEXT, 1200),
    DB_FIELD(struct application_answer, question_zh, DB_TEXT, 1200),
    DB_FIELD(struct application_answer, answer, DB_TEXT, 4000),
    { 0 },
};

const struct db_stmt programme_sql_answers = {
    .name = "programme.answers",
    .sql = "SELECT question_en, question_zh, answer FROM application_answer "
           "WHERE application_id = ? ORDER BY place",
    .binds = "i",
    .fields = answer_fields,
    .row_bytes = sizeof(struct application_answer),
    .flags = DB_LISTS,
};

static const struct db_field match_fields[] = {
    DB_FIELD(struct application_match, id, DB_I64, 0),
    DB_FIELD(struct application_match, score, DB_I64, 0),
    DB_FIELD(struct application_match, name, DB_TEXT, 800),
    DB_FIELD(struct application_match, kind, DB_TEXT, 10),
    DB_FIELD(struct application_match, status, DB_TEXT, 12),
    DB_FIELD(struct application_match, country, DB_TEXT, 2),
    DB_FIELD(struct application_match, city, DB_TEXT, 320),
    DB_FIELD(struct application_match, tax_number, DB_TEXT, 160),
    DB_FIELD(struct application_match, website, DB_TEXT, 800),
    DB_FIELD(struct application_match, verdict, DB_TEXT, 10),
    DB_FIELD(struct application_match, evidence_json, DB_TEXT, 1600),
    { 0 },
};

const struct db_stmt programme_sql_matches = {
    .name = "programme.matches",
    .sql = "SELECT a.id, m.score, a.name, a.kind, a.status, a.country, a.city, a.tax_number, "
           "a.website, m.verdict, m.evidence_json FROM application_match m JOIN account a "
           "ON a.id = m.party_id WHERE m.application_id = ? "
           "ORDER BY m.verdict DESC, m.score DESC, a.id LIMIT 20",
    .binds = "i",
    .fields = match_fields,
    .row_bytes = sizeof(struct application_match),
    .flags = DB_LISTS,
};

/* The same address, tax number or domain, each by its index. */
#define SAME(key) "SELECT id FROM application WHERE " key " = ? AND " key " <> ''"
const struct db_stmt programme_sql_same = {
    .name = "programme.same",
    .sql = APPLICATION_COLUMNS "FROM (" SAME("email_key") " UNION " SAME("tax_key") " UNION " SAME(
        "domain_key") " LIMIT 100) k JOIN application p ON p.id = k.id WHERE p.id <> ? "
                      "ORDER BY p.created_at DESC, p.id DESC LIMIT 20",
    .binds = "sssi",
    OF_APPLICATION,
    .flags = DB_LISTS,
};

const struct db_stmt programme_sql_application_move = {
    .name = "programme.application_move",
    .sql = "UPDATE application SET state = ?, reviewer_id = ?, reviewer_name = ?, reason_text = ?, "
           "account_id = ?, decided_at = ?, updated_at = UTC_TIMESTAMP(6), "
           "row_version = row_version + 1 WHERE id = ? AND row_version = ? AND state = ?",
    .binds = "sissitiis",
    .flags = DB_WRITE,
};

const struct db_stmt programme_sql_application_checked = {
    .name = "programme.application_checked",
    .sql = "UPDATE application SET department_id = COALESCE(department_id, ?), "
           "checked_at = UTC_TIMESTAMP(6) WHERE id = ?",
    .binds = "ii",
    .flags = DB_WRITE,
};

const struct db_stmt programme_sql_match_clear = {
    .name = "programme.match_clear",
    .sql = "DELETE FROM application_match WHERE application_id = ?",
    .binds = "i",
    .flags = DB_WRITE,
};

const struct db_stmt programme_sql_match_add = {
    .name = "programme.match_add",
    .sql =
        "INSERT INTO application_match (application_id, party_id, verdict, score, evidence_json) "
        "VALUES (?, ?, ?, ?, ?)",
    .binds = "iisis",
    .flags = DB_WRITE,
};

static const struct db_field department_fields[] = {
    DB_FIELD(struct programme_department, id, DB_I64, 0),
    { 0 },
};

const struct db_stmt programme_sql_territory = {
    .name = "programme.territory",
    .sql = "SELECT t.department_id AS id FROM territory_area r JOIN territory t "
           "ON t.id = r.territory_id WHERE r.country = ? AND t.department_id IS NOT NULL "
           "ORDER BY r.region <> '', r.region LIMIT 1",
    .binds = "s",
    .fields = department_fields,
    .row_bytes = sizeof(struct programme_department),
};

static const struct db_field person_fields[] = {
    DB_FIELD(struct programme_person, id, DB_I64, 0),
    { 0 },
};

const struct db_stmt programme_sql_reviewers = {
    .name = "programme.reviewers",
    .sql = "SELECT u.id FROM role_permission rp JOIN user_role ur ON ur.role_id = rp.role_id "
           "JOIN user u ON u.id = ur.user_id AND u.audience = 'staff' AND u.status = 'active' "
           "LEFT JOIN department d ON d.id = u.department_id "
           "WHERE rp.permission = 'programme.review' AND (u.scope = 'all' OR "
           "? BETWEEN d.id AND d.last_id) GROUP BY u.id ORDER BY u.id LIMIT 20",
    .binds = "i",
    .fields = person_fields,
    .row_bytes = sizeof(struct programme_person),
    .flags = DB_LISTS,
};

const struct db_stmt programme_sql_everybody = {
    .name = "programme.everybody",
    .sql = "SELECT id FROM user WHERE account_id = ? AND status = 'active' ORDER BY id LIMIT 200",
    .binds = "i",
    .fields = person_fields,
    .row_bytes = sizeof(struct programme_person),
    .flags = DB_ACCOUNT_FIRST | DB_LISTS,
};

static const struct db_field party_fields[] = {
    DB_FIELD(struct programme_party, id, DB_I64, 0),
    DB_FIELD(struct programme_party, name, DB_TEXT, 800),
    DB_FIELD(struct programme_party, country, DB_TEXT, 2),
    DB_FIELD(struct programme_party, tax_number, DB_TEXT, 160),
    DB_FIELD(struct programme_party, website, DB_TEXT, 800),
    DB_FIELD(struct programme_party, phone, DB_TEXT, 160),
    DB_FIELD(struct programme_party, address, DB_TEXT, 1200),
    { 0 },
};

const struct db_stmt programme_sql_partners = {
    .name = "programme.partners",
    .sql = "SELECT id, name, country, tax_number, website, phone, address FROM account "
           "WHERE kind = 'partner' AND deleted_at IS NULL",
    .binds = "",
    .fields = party_fields,
    .row_bytes = sizeof(struct programme_party),
    .flags = DB_LISTS,
};

static const struct db_field choice_fields[] = {
    DB_FIELD(struct programme_choice, id, DB_I64, 0),
    DB_FIELD(struct programme_choice, name_en, DB_TEXT, 480),
    DB_FIELD(struct programme_choice, name_zh, DB_TEXT, 480),
    { 0 },
};
const struct db_stmt programme_sql_tiers = {
    .name = "programme.tiers",
    .sql = "SELECT id, name_en, name_zh FROM tier ORDER BY rank",
    .binds = "",
    .fields = choice_fields,
    .row_bytes = sizeof(struct programme_choice),
    .flags = DB_WHOLE_TABLE,
};
const struct db_stmt programme_sql_departments = {
    .name = "programme.departments",
    .sql = "SELECT id, name_en, name_zh FROM department ORDER BY id",
    .binds = "",
    .fields = choice_fields,
    .row_bytes = sizeof(struct programme_choice),
    .flags = DB_WHOLE_TABLE,
};

/* -- inviting ------------------------------------------------------------------------------------
 */

static const struct db_field known_fields[] = {
    DB_NULLABLE(struct programme_known, account_id, DB_I64, 0),
    { 0 },
};

const struct db_stmt programme_sql_user_known = {
    .name = "programme.user_known",
    .sql = "SELECT account_id FROM user WHERE email_key = ?",
    .binds = "s",
    .fields = known_fields,
    .row_bytes = sizeof(struct programme_known),
};

const struct db_stmt programme_sql_user_add = {
    .name = "programme.user_add",
    .sql =
        "INSERT INTO user (audience, account_id, email, email_key, name, title, lang, zone, status, "
        "created_at, updated_at) VALUES ('partner', ?, ?, ?, ?, ?, ?, ?, 'invited', "
        "UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))",
    .binds = "issssss",
    .flags = DB_WRITE,
};

const struct db_stmt programme_sql_user_role = {
    .name = "programme.user_role",
    .sql = "INSERT INTO user_role (user_id, role_id) SELECT ?, id FROM role "
           "WHERE audience = 'partner' AND code = 'administrator'",
    .binds = "i",
    .flags = DB_WRITE,
};

/* -- partners ------------------------------------------------------------------------------------
 */

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

const struct db_stmt programme_sql_partner_roles = {
    .name = "programme.partner_roles",
    .sql = "SELECT id, name_en, name_zh FROM role WHERE audience = 'partner' ORDER BY id",
    .binds = "",
    .fields = choice_fields,
    .row_bytes = sizeof(struct programme_choice),
    .flags = DB_WHOLE_TABLE,
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

/* -- agreements ----------------------------------------------------------------------------------
 */

static const struct db_field agreement_fields[] = {
    DB_FIELD(struct agreement, id, DB_I64, 0),
    DB_FIELD(struct agreement, row_version, DB_I64, 0),
    DB_FIELD(struct agreement, created_at, DB_AT, 0),
    DB_NULLABLE(struct agreement, published_at, DB_AT, 0),
    DB_FIELD(struct agreement, state, DB_TEXT, 10),
    DB_FIELD(struct agreement, title_en, DB_TEXT, 800),
    DB_FIELD(struct agreement, title_zh, DB_TEXT, 800),
    DB_FIELD(struct agreement, body_en, DB_TEXT, 4000),
    DB_FIELD(struct agreement, body_zh, DB_TEXT, 4000),
    DB_FIELD(struct agreement, published_name, DB_TEXT, 480),
    DB_FIELD(struct agreement, asks_again, DB_BOOL, 0),
    { 0 },
};

#define AGREEMENT_COLUMNS(en, zh)                                                      \
    "SELECT id, row_version, created_at, published_at, state, title_en, title_zh, " en \
    " AS body_en, " zh " AS body_zh, published_name, asks_again FROM agreement "
#define AGREEMENT    AGREEMENT_COLUMNS("body_en", "body_zh")
#define OF_AGREEMENT .fields = agreement_fields, .row_bytes = sizeof(struct agreement)

const struct db_stmt programme_sql_agreements = {
    .name = "programme.agreements",
    .sql = AGREEMENT_COLUMNS("''", "''") "ORDER BY id DESC LIMIT 100",
    .binds = "",
    OF_AGREEMENT,
    .flags = DB_LISTS,
};
const struct db_stmt programme_sql_agreement = {
    .name = "programme.agreement",
    .sql = AGREEMENT "WHERE id = ?",
    .binds = "i",
    OF_AGREEMENT,
};
const struct db_stmt programme_sql_agreement_current = {
    .name = "programme.agreement_current",
    .sql = AGREEMENT "WHERE state = 'published' ORDER BY id DESC LIMIT 1",
    .binds = "",
    OF_AGREEMENT,
};

const struct db_stmt programme_sql_agreement_add = {
    .name = "programme.agreement_add",
    .sql = "INSERT INTO agreement (title_en, title_zh, body_en, body_zh, asks_again, created_at) "
           "VALUES (?, ?, ?, ?, ?, UTC_TIMESTAMP(6))",
    .binds = "ssssi",
    .flags = DB_WRITE,
};

const struct db_stmt programme_sql_agreement_set = {
    .name = "programme.agreement_set",
    .sql =
        "UPDATE agreement SET title_en = ?, title_zh = ?, body_en = ?, body_zh = ?, asks_again = ?, "
        "row_version = row_version + 1 WHERE id = ? AND row_version = ? AND state = 'draft'",
    .binds = "ssssiii",
    .flags = DB_WRITE,
};

const struct db_stmt programme_sql_agreement_publish = {
    .name = "programme.agreement_publish",
    .sql = "UPDATE agreement SET state = 'published', published_at = UTC_TIMESTAMP(6), "
           "published_name = ?, row_version = row_version + 1 "
           "WHERE id = ? AND row_version = ? AND state = 'draft'",
    .binds = "sii",
    .flags = DB_WRITE,
};

static const struct db_field acceptance_fields[] = {
    DB_FIELD(struct acceptance, accepted_at, DB_AT, 0),
    DB_FIELD(struct acceptance, account_id, DB_I64, 0),
    DB_FIELD(struct acceptance, agreement_id, DB_I64, 0),
    DB_FIELD(struct acceptance, title_en, DB_TEXT, 800),
    DB_FIELD(struct acceptance, title_zh, DB_TEXT, 800),
    DB_FIELD(struct acceptance, account_name, DB_TEXT, 800),
    DB_FIELD(struct acceptance, user_name, DB_TEXT, 480),
    DB_FIELD(struct acceptance, address, DB_TEXT, 45),
    DB_FIELD(struct acceptance, lang, DB_TEXT, 8),
    { 0 },
};

#define ACCEPTANCE                                                                        \
    "SELECT x.accepted_at, x.account_id, x.agreement_id, g.title_en, g.title_zh, "        \
    "a.name AS account_name, x.user_name, x.address, x.lang FROM agreement_acceptance x " \
    "JOIN agreement g ON g.id = x.agreement_id JOIN account a ON a.id = x.account_id WHERE x."
#define OF_ACCEPTANCE .fields = acceptance_fields, .row_bytes = sizeof(struct acceptance)

const struct db_stmt programme_sql_acceptances = {
    .name = "programme.acceptances",
    .sql = ACCEPTANCE "agreement_id = ? ORDER BY x.accepted_at DESC, x.account_id LIMIT 100",
    .binds = "i",
    OF_ACCEPTANCE,
    .flags = DB_LISTS,
};
const struct db_stmt programme_sql_accepted = {
    .name = "programme.accepted",
    .sql = ACCEPTANCE "account_id = ? ORDER BY x.agreement_id DESC LIMIT 20",
    .binds = "i",
    OF_ACCEPTANCE,
    .flags = DB_ACCOUNT_FIRST | DB_LISTS,
};

const struct db_stmt programme_sql_accept = {
    .name = "programme.accept",
    .sql =
        "INSERT INTO agreement_acceptance (account_id, agreement_id, user_id, user_name, address, "
        "lang, text_hash, accepted_at) VALUES (?, ?, ?, ?, ?, ?, ?, UTC_TIMESTAMP(6))",
    .binds = "iiisssb",
    .flags = DB_WRITE,
};

static const struct db_field ask_fields[] = {
    DB_FIELD(struct partner_to_ask, id, DB_I64, 0),
    { 0 },
};

const struct db_stmt programme_sql_to_ask = {
    .name = "programme.to_ask",
    .sql = "SELECT p.id FROM account p WHERE p.kind = 'partner' AND p.status IN ('onboarding', "
           "'active', 'suspended') AND p.agreement_due = 0 AND NOT EXISTS (SELECT 1 "
           "FROM agreement_acceptance x WHERE x.account_id = p.id AND x.agreement_id = ?) "
           "ORDER BY p.id LIMIT ?",
    .binds = "ii",
    .fields = ask_fields,
    .row_bytes = sizeof(struct partner_to_ask),
    .flags = DB_LISTS,
};

const struct db_stmt programme_sql_ask = {
    .name = "programme.ask",
    .sql = "UPDATE account SET agreement_due = 1, row_version = row_version + 1 "
           "WHERE id = ? AND agreement_due = 0 AND status <> 'ended'",
    .binds = "i",
    .flags = DB_WRITE,
};

/* -- who runs what -------------------------------------------------------------------------------
 */

db_stmt_table programme_public_statements[] = {
    &programme_sql_questions,
    &programme_sql_apply,
    &programme_sql_answer_add,
    NULL,
};
db_stmt_table programme_partner_statements[] = {
    &programme_sql_own,
    &programme_sql_status_set,
    &programme_sql_due_over,
    &programme_sql_move_add,
    &programme_sql_moves,
    &programme_sql_steps,
    &programme_sql_step_tick,
    &programme_sql_agreement_current,
    &programme_sql_accepted,
    &programme_sql_accept,
    NULL,
};
db_stmt_table programme_staff_statements[] = {
    &programme_sql_application,
    &all_first,
    &all_older,
    &all_newer,
    &state_first,
    &state_older,
    &state_newer,
    &programme_sql_application_search,
    &programme_sql_answers,
    &programme_sql_matches,
    &programme_sql_same,
    &programme_sql_application_move,
    &programme_sql_tiers,
    &programme_sql_departments,
    &programme_sql_user_known,
    &programme_sql_user_add,
    &programme_sql_user_role,
    &programme_sql_partner,
    &partners_first,
    &partners_older,
    &partners_newer,
    &status_first,
    &status_older,
    &status_newer,
    &programme_sql_partner_search,
    &programme_sql_status_set,
    &programme_sql_move_add,
    &programme_sql_moves,
    &programme_sql_steps,
    &programme_sql_step_verify,
    &programme_sql_step_undo,
    &programme_sql_everybody,
    &programme_sql_partner_roles,
    &programme_sql_limit_add,
    &programme_sql_limit_set,
    &programme_sql_limit_role_clear,
    &programme_sql_limit_role_add,
    &programme_sql_agreements,
    &programme_sql_agreement,
    &programme_sql_agreement_current,
    &programme_sql_agreement_add,
    &programme_sql_agreement_set,
    &programme_sql_agreement_publish,
    &programme_sql_acceptances,
    &programme_sql_accepted,
    NULL,
};
db_stmt_table programme_job_statements[] = {
    &programme_sql_application_worker,
    &programme_sql_application_checked,
    &programme_sql_match_clear,
    &programme_sql_match_add,
    &programme_sql_territory,
    &programme_sql_reviewers,
    &programme_sql_everybody,
    &programme_sql_partners,
    &programme_sql_agreement_current,
    &programme_sql_to_ask,
    &programme_sql_ask,
    NULL,
};
