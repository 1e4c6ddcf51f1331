/* lead/lead_sql.c - rows of leads.  A partner's statements begin with its account, and give what
 * tells who asked only from its acceptance on. */
#include "lead/lead_sql.h"

#include "lead/lead.h"

/* -- reading -------------------------------------------------------------------------------------
 */

static const struct db_field fields[] = {
    DB_FIELD(struct lead, id, DB_I64, 0),
    DB_FIELD(struct lead, row_version, DB_I64, 0),
    DB_FIELD(struct lead, state_code, DB_TEXT, 12),
    DB_NULLABLE(struct lead, account_id, DB_I64, 0),
    DB_FIELD(struct lead, partner_name, DB_TEXT, 800),
    DB_FIELD(struct lead, company_name, DB_TEXT, 800),
    DB_FIELD(struct lead, country, DB_TEXT, 4),
    DB_FIELD(struct lead, region, DB_TEXT, 320),
    DB_FIELD(struct lead, city, DB_TEXT, 320),
    DB_FIELD(struct lead, website, DB_TEXT, 400),
    DB_FIELD(struct lead, person_name, DB_TEXT, 480),
    DB_FIELD(struct lead, person_title, DB_TEXT, 480),
    DB_FIELD(struct lead, email, DB_TEXT, 260),
    DB_FIELD(struct lead, phone, DB_TEXT, 60),
    DB_NULLABLE(struct lead, product_line_id, DB_I64, 0),
    DB_FIELD(struct lead, budget, DB_TEXT, 8),
    DB_FIELD(struct lead, timeframe, DB_TEXT, 8),
    DB_FIELD(struct lead, lang, DB_TEXT, 8),
    DB_FIELD(struct lead, note, DB_TEXT, 1000),
    DB_FIELD(struct lead, source, DB_TEXT, 10),
    DB_FIELD(struct lead, campaign, DB_TEXT, 160),
    DB_FIELD(struct lead, consent_text, DB_TEXT, 700),
    DB_NULLABLE(struct lead, consent_at, DB_AT, 0),
    DB_FIELD(struct lead, score, DB_I64, 0),
    DB_FIELD(struct lead, pool, DB_TEXT, 6),
    DB_NULLABLE(struct lead, pooled_at, DB_AT, 0),
    DB_NULLABLE(struct lead, due_at, DB_AT, 0),
    DB_NULLABLE(struct lead, warn_at, DB_AT, 0),
    DB_NULLABLE(struct lead, accepted_at, DB_AT, 0),
    DB_NULLABLE(struct lead, worked_at, DB_AT, 0),
    DB_NULLABLE(struct lead, closed_at, DB_AT, 0),
    DB_FIELD(struct lead, reason_code, DB_TEXT, 20),
    DB_FIELD(struct lead, reason_text, DB_TEXT, 400),
    DB_NULLABLE(struct lead, opportunity_id, DB_I64, 0),
    DB_NULLABLE(struct lead, deal_id, DB_I64, 0),
    DB_NULLABLE(struct lead, department_id, DB_I64, 0),
    DB_FIELD(struct lead, created_at, DB_AT, 0),
    DB_FIELD(struct lead, updated_at, DB_AT, 0),
    DB_FIELD(struct lead, held, DB_TEXT, 6),
    DB_FIELD(struct lead, verdict, DB_TEXT, 10),
    DB_NULLABLE(struct lead, created_by, DB_I64, 0),
    { 0 },
};

#define COLUMNS(person, staff)                                                                  \
    "SELECT l.id, l.row_version, l.state AS state_code, l.account_id, COALESCE(p.name, '') AS " \
    "partner_name, l.company_name, l.country, l.region, l.city, l.website, " person             \
    "l.product_line_id, l.budget, l.timeframe, l.lang, l.note, l.source, l.campaign, "          \
    "l.consent_text, l.consent_at, l.score, l.pool, l.pooled_at, l.due_at, l.warn_at, "         \
    "l.accepted_at, l.worked_at, l.closed_at, l.reason_code, l.reason_text, l.opportunity_id, " \
    "l.deal_id, l.department_id, l.created_at, l.updated_at, " staff " FROM lead l LEFT JOIN "  \
    "account p ON p.id = l.account_id "
#define SHOWN          "l.person_name, l.person_title, l.email, l.phone, "
#define HIDDEN(column) "IF(l.phase = 2, '', l." column ") AS " column ", "
#define MASKED         HIDDEN("person_name") HIDDEN("person_title") HIDDEN("email") HIDDEN("phone")
#define NOTHING        "'' AS held, '' AS verdict, 0 AS created_by"
#define STAFF          "COALESCE(s.held, '') AS held, COALESCE(s.verdict, '') AS verdict, s.created_by"
#define JOIN_STAFF     "LEFT JOIN lead_staff s ON s.lead_id = l.id "

const struct db_stmt lead_sql_of_account = {
    .name = "lead.of_account",
    .sql = COLUMNS(MASKED, NOTHING) "WHERE l.account_id = ? AND l.id = ?",
    .binds = "ii",
    .fields = fields,
    .row_bytes = sizeof(struct lead),
    .flags = DB_ACCOUNT_FIRST,
};
/* What may be known of a lead before it is accepted, and no column beyond that. */
#define BARE(holder, company, dates)                                                                                                                        \
    "SELECT l.id, l.row_version, l.state AS state_code, " holder " AS account_id, '' AS "                                                                   \
    "partner_name, " company " AS company_name, l.country, l.region, l.city, '' AS website, '' "                                                            \
    "AS person_name, '' AS person_title, '' AS email, '' AS phone, l.product_line_id, l.budget, "                                                           \
    "l.timeframe, 'en' AS lang, '' AS note, 'web' AS source, '' AS campaign, '' AS "                                                                        \
    "consent_text, CAST(NULL AS DATETIME(6)) AS consent_at, l.score, l.pool, l.pooled_at, " dates                                                           \
    ", CAST(NULL AS DATETIME(6)) AS accepted_at, CAST(NULL AS DATETIME(6)) AS worked_at, CAST(NULL AS DATETIME(6)) AS closed_at, '' AS reason_code, '' AS " \
    "reason_text, CAST(NULL AS SIGNED) AS opportunity_id, CAST(NULL AS SIGNED) AS deal_id, CAST(NULL AS SIGNED) AS department_id, "                         \
    "l.created_at, l.updated_at, " NOTHING " FROM lead l "
const struct db_stmt lead_sql_of_link = {
    .name = "lead.of_link",
    .sql = BARE(
        "l.account_id", "l.company_name",
        "l.due_at, CAST(NULL AS DATETIME(6)) AS warn_at") "WHERE l.account_id = ? AND l.id = ?",
    .binds = "ii",
    .fields = fields,
    .row_bytes = sizeof(struct lead),
    .flags = DB_ACCOUNT_FIRST,
};
/* Of nobody, waiting in the pool. */
const struct db_stmt lead_sql_of_pool = {
    .name = "lead.of_pool",
    .sql = BARE(
        "CAST(NULL AS SIGNED)", "''",
        "CAST(NULL AS DATETIME(6)) AS due_at, CAST(NULL AS DATETIME(6)) AS warn_at") "WHERE l.id = ? AND l.pool <> '' AND l.phase = 1",
    .binds = "i",
    .fields = fields,
    .row_bytes = sizeof(struct lead),
};
const struct db_stmt lead_sql_of_staff = {
    .name = "lead.of_staff",
    .sql = COLUMNS(SHOWN, STAFF) JOIN_STAFF
    "WHERE (l.department_id BETWEEN ? AND ? OR l.department_id IS NULL) AND l.id = ?",
    .binds = "iii",
    .fields = fields,
    .row_bytes = sizeof(struct lead),
    .flags = DB_STAFF_SCOPE,
};
const struct db_stmt lead_sql_of_worker = {
    .name = "lead.of_worker",
    .sql = COLUMNS(SHOWN, STAFF) JOIN_STAFF "WHERE l.id = ?",
    .binds = "i",
    .fields = fields,
    .row_bytes = sizeof(struct lead),
};

/* -- writing -------------------------------------------------------------------------------------
 */

const struct db_stmt lead_sql_insert = {
    .name = "lead.insert",
    .sql = "INSERT INTO lead (company_name, country, region, city, website, person_name, "
           "person_title, email, phone, product_line_id, budget, timeframe, lang, note, source, "
           "campaign, consent_text, consent_at, score, created_at, updated_at) VALUES "
           "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    .binds = "sssssssssissssssstitt",
    .flags = DB_WRITE,
};
const struct db_stmt lead_sql_insert_staff = {
    .name = "lead.insert_staff",
    .sql = "INSERT INTO lead_staff (lead_id, created_by, email_key) VALUES (?, ?, ?)",
    .binds = "iis",
    .flags = DB_WRITE,
};
const struct db_stmt lead_sql_update = {
    .name = "lead.update",
    .sql = "UPDATE lead SET company_name = ?, country = ?, region = ?, city = ?, website = ?, "
           "person_name = ?, person_title = ?, email = ?, phone = ?, product_line_id = ?, "
           "budget = ?, timeframe = ?, lang = ?, note = ?, source = ?, campaign = ?, score = ?, "
           "updated_at = ?, row_version = row_version + 1 WHERE id = ? AND row_version = ? AND "
           "phase <> 4",
    .binds = "sssssssssissssssitii",
    .flags = DB_WRITE,
};
const struct db_stmt lead_sql_move = {
    .name = "lead.move",
    .sql = "UPDATE lead SET state = ?, phase = ?, account_id = ?, pool = '', pooled_at = NULL, "
           "due_at = ?, warn_at = ?, accepted_at = ?, worked_at = ?, closed_at = ?, "
           "reason_code = ?, reason_text = ?, updated_at = ?, row_version = row_version + 1 "
           "WHERE id = ? AND row_version = ? AND state = ?",
    .binds = "siitttttsstiis",
    .flags = DB_WRITE,
};
const struct db_stmt lead_sql_worked = {
    .name = "lead.mark_worked",
    .sql = "UPDATE lead SET due_at = ?, warn_at = ?, worked_at = ?, updated_at = ?, "
           "row_version = row_version + 1 WHERE id = ? AND row_version = ? AND phase = 3",
    .binds = "ttttii",
    .flags = DB_WRITE,
};
const struct db_stmt lead_sql_pool = {
    .name = "lead.set_pool",
    .sql = "UPDATE lead SET pool = ?, pooled_at = ?, updated_at = ?, row_version = row_version + 1 "
           "WHERE id = ? AND row_version = ? AND phase = 1",
    .binds = "sttii",
    .flags = DB_WRITE,
};
const struct db_stmt lead_sql_step = {
    .name = "lead.step",
    .sql = "INSERT INTO lead_step (lead_id, seq, state, action, at, user_id, user_name, audience, "
           "account_id, account_name, reason_code, reason_text) VALUES "
           "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    .binds = "iisstississs",
    .flags = DB_WRITE,
};

/* -- offers and figures --------------------------------------------------------------------------
 */

static const struct db_field offer_fields[] = {
    DB_FIELD(struct lead_offer_row, id, DB_I64, 0),
    DB_FIELD(struct lead_offer_row, account_id, DB_I64, 0),
    DB_FIELD(struct lead_offer_row, offered_at, DB_AT, 0),
    DB_NULLABLE(struct lead_offer_row, answered_at, DB_AT, 0),
    { 0 },
};
const struct db_stmt lead_sql_offer_live = {
    .name = "lead.offer_live",
    .sql = "SELECT id, account_id, offered_at, answered_at FROM lead_offer "
           "WHERE account_id = ? AND lead_id = ? AND live = 1",
    .binds = "ii",
    .fields = offer_fields,
    .row_bytes = sizeof(struct lead_offer_row),
    .flags = DB_ACCOUNT_FIRST,
};
const struct db_stmt lead_sql_offer_begin = {
    .name = "lead.offer_begin",
    .sql = "INSERT INTO lead_offer (lead_id, account_id, outcome, offered_at, answered_at, "
           "answer_minutes) VALUES (?, ?, ?, ?, ?, ?)",
    .binds = "iistti",
    .flags = DB_WRITE,
};
const struct db_stmt lead_sql_offer_answer = {
    .name = "lead.offer_answer",
    .sql = "UPDATE lead_offer SET outcome = ?, answered_at = ?, answer_minutes = ? WHERE id = ?",
    .binds = "stii",
    .flags = DB_WRITE,
};
const struct db_stmt lead_sql_offer_end = {
    .name = "lead.offer_end",
    .sql = "UPDATE lead_offer SET outcome = ?, ended_at = ?, live = NULL WHERE id = ?",
    .binds = "sti",
    .flags = DB_WRITE,
};
const struct db_stmt lead_sql_share_put = {
    .name = "lead.share_put",
    .sql = "INSERT IGNORE INTO lead_share (account_id) VALUES (?)",
    .binds = "i",
    .flags = DB_WRITE,
};
const struct db_stmt lead_sql_share_add = {
    .name = "lead.share_add",
    .sql = "UPDATE lead_share SET open = open + ?, offers = offers + ?, accepted = accepted + ?, "
           "declined = declined + ?, timed_out = timed_out + ?, recalled = recalled + ?, "
           "converted = converted + ?, disqualified = disqualified + ?, answers = answers + ?, "
           "answer_minutes = answer_minutes + ?, answers_soon = answers_soon + ? "
           "WHERE account_id = ?",
    .binds = "iiiiiiiiiiii",
    .flags = DB_WRITE,
};
/* One more, unless it has as many as it may: of two at once one finds no row. */
const struct db_stmt lead_sql_share_take = {
    .name = "lead.share_take",
    .sql = "UPDATE lead_share SET open = open + 1, offers = offers + 1, accepted = accepted + 1 "
           "WHERE account_id = ? AND open < ?",
    .binds = "ii",
    .flags = DB_WRITE,
};

static const struct db_field open_fields[] = {
    DB_FIELD(struct lead_open_row, open, DB_I64, 0),
    { 0 },
};
const struct db_stmt lead_sql_share_open = {
    .name = "lead.share_open",
    .sql = "SELECT open FROM lead_share WHERE account_id = ?",
    .binds = "i",
    .fields = open_fields,
    .row_bytes = sizeof(struct lead_open_row),
    .flags = DB_ACCOUNT_FIRST,
};

/* -- points, people ------------------------------------------------------------------------------
 */

static const struct db_field point_fields[] = {
    DB_FIELD(struct lead_point_row, id, DB_I64, 0),
    DB_FIELD(struct lead_point_row, points, DB_I64, 0),
    DB_FIELD(struct lead_point_row, row_version, DB_I64, 0),
    DB_FIELD(struct lead_point_row, kind, DB_TEXT, 10),
    DB_FIELD(struct lead_point_row, value, DB_TEXT, 160),
    { 0 },
};
const struct db_stmt lead_sql_points = {
    .name = "lead.points",
    .sql = "SELECT id, points, row_version, kind, value FROM lead_point ORDER BY kind, value",
    .binds = "",
    .fields = point_fields,
    .row_bytes = sizeof(struct lead_point_row),
    .flags = DB_WHOLE_TABLE,
};
static const struct db_field id_fields[] = { DB_FIELD(struct lead_id_row, id, DB_I64, 0), { 0 } };
/* Who of a partner answers for leads. */
const struct db_stmt lead_sql_people = {
    .name = "lead.people",
    .sql = "SELECT DISTINCT u.id FROM user u JOIN user_role ur ON ur.user_id = u.id "
           "JOIN role_permission rp ON rp.role_id = ur.role_id AND rp.permission = 'lead.work' "
           "WHERE u.account_id = ? AND u.status = 'active' ORDER BY u.id LIMIT 20",
    .binds = "i",
    .fields = id_fields,
    .row_bytes = sizeof(struct lead_id_row),
    .flags = DB_ACCOUNT_FIRST,
};

/* -- by program ----------------------------------------------------------------------------------
 */

#define MOVES                                                                      \
    &lead_sql_move, &lead_sql_step, &lead_sql_offer_begin, &lead_sql_offer_answer, \
        &lead_sql_offer_end, &lead_sql_offer_live, &lead_sql_share_put, &lead_sql_share_add

db_stmt_table lead_partner_statements[] = { MOVES,
                                            &lead_sql_of_account,
                                            &lead_sql_of_pool,
                                            &lead_sql_worked,
                                            &lead_sql_share_take,
                                            &lead_sql_share_open,
                                            NULL };
db_stmt_table lead_staff_statements[] = { MOVES,
                                          &lead_sql_of_staff,
                                          &lead_sql_insert,
                                          &lead_sql_insert_staff,
                                          &lead_sql_update,
                                          &lead_sql_pool,
                                          &lead_sql_points,
                                          &lead_sql_people,
                                          NULL };
db_stmt_table lead_worker_statements[] = { MOVES,          &lead_sql_of_worker, &lead_sql_points,
                                           &lead_sql_pool, &lead_sql_people,    NULL };
db_stmt_table lead_guest_statements[] = { &lead_sql_insert, &lead_sql_insert_staff, NULL };
db_stmt_table lead_answer_statements[] = { &lead_sql_move,         &lead_sql_step,
                                           &lead_sql_offer_answer, &lead_sql_offer_end,
                                           &lead_sql_offer_live,   &lead_sql_share_add,
                                           &lead_sql_of_link,      NULL };
