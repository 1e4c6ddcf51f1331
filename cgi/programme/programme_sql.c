/* programme/programme_sql.c - the statements of applications, and which program runs which of the
 * programme. */
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

const struct db_stmt programme_sql_partner_roles = {
    .name = "programme.partner_roles",
    .sql = "SELECT id, name_en, name_zh FROM role WHERE audience = 'partner' ORDER BY id",
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
