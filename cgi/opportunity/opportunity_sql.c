/* opportunity/opportunity_sql.c */
#include "opportunity/opportunity_sql.h"
#include "opportunity/opportunity.h"

/* -- stages --------------------------------------------------------------------------------------
 */

static const struct db_field stage_fields[] = {
    DB_FIELD(struct opportunity_stage, id, DB_I64, 0),
    DB_FIELD(struct opportunity_stage, pipeline_id, DB_I64, 0),
    DB_FIELD(struct opportunity_stage, code, DB_TEXT, 20),
    DB_FIELD(struct opportunity_stage, name_en, DB_TEXT, 120),
    DB_FIELD(struct opportunity_stage, name_zh, DB_TEXT, 120),
    DB_FIELD(struct opportunity_stage, sort, DB_I64, 0),
    DB_FIELD(struct opportunity_stage, kind, DB_TEXT, 8),
    DB_FIELD(struct opportunity_stage, probability, DB_I64, 0),
    DB_FIELD(struct opportunity_stage, category, DB_TEXT, 10),
    DB_FIELD(struct opportunity_stage, needed, DB_TEXT, 200),
    DB_FIELD(struct opportunity_stage, stale_days, DB_I64, 0),
    DB_FIELD(struct opportunity_stage, active, DB_BOOL, 0),
    { 0 },
};
const struct db_stmt opportunity_sql_stages = {
    .name = "opportunity.stages",
    .sql = "SELECT s.id, s.pipeline_id, s.code, s.name_en, s.name_zh, s.sort, s.kind, "
           "s.probability, s.category, s.needed, s.stale_days, s.active FROM opportunity_stage s "
           "JOIN opportunity_pipeline p ON p.id = s.pipeline_id ORDER BY p.sort, s.sort, s.id",
    .binds = "",
    .fields = stage_fields,
    .row_bytes = sizeof(struct opportunity_stage),
    .flags = DB_WHOLE_TABLE,
};

/* -- one -----------------------------------------------------------------------------------------
 */

static const struct db_field fields[] = {
    DB_FIELD(struct opportunity, id, DB_I64, 0),
    DB_NULLABLE(struct opportunity, deal_id, DB_I64, 0),
    DB_NULLABLE(struct opportunity, account_id, DB_I64, 0),
    DB_NULLABLE(struct opportunity, end_customer_id, DB_I64, 0),
    DB_FIELD(struct opportunity, row_version, DB_I64, 0),
    DB_FIELD(struct opportunity, pipeline_id, DB_I64, 0),
    DB_FIELD(struct opportunity, stage_id, DB_I64, 0),
    DB_FIELD(struct opportunity, probability, DB_I64, 0),
    DB_FIELD(struct opportunity, slips, DB_I64, 0),
    DB_NULLABLE(struct opportunity, owner_user_id, DB_I64, 0),
    DB_NULLABLE(struct opportunity, created_by, DB_I64, 0),
    DB_NULLABLE(struct opportunity, department_id, DB_I64, 0),
    DB_NULLABLE(struct opportunity, territory_id, DB_I64, 0),
    DB_FIELD(struct opportunity, name, DB_TEXT, 400),
    DB_FIELD(struct opportunity, state, DB_TEXT, 8),
    DB_FIELD(struct opportunity, side, DB_TEXT, 8),
    DB_FIELD(struct opportunity, source, DB_TEXT, 12),
    DB_FIELD(struct opportunity, category, DB_TEXT, 10),
    DB_FIELD(struct opportunity, customer_name, DB_TEXT, 400),
    DB_FIELD(struct opportunity, customer_country, DB_TEXT, 4),
    DB_FIELD(struct opportunity, currency, DB_TEXT, 4),
    DB_FIELD(struct opportunity, owner_name, DB_TEXT, 240),
    DB_FIELD(struct opportunity, competitors, DB_TEXT, 600),
    DB_FIELD(struct opportunity, next_step, DB_TEXT, 600),
    DB_FIELD(struct opportunity, reason_code, DB_TEXT, 20),
    DB_FIELD(struct opportunity, close_reason, DB_TEXT, 400),
    DB_FIELD(struct opportunity, lost_to, DB_TEXT, 240),
    DB_FIELD(struct opportunity, partner_name, DB_TEXT, 400),
    DB_FIELD(struct opportunity, amount, DB_E4, 0),
    DB_FIELD(struct opportunity, amount_report, DB_E4, 0),
    DB_NULLABLE(struct opportunity, expected_close, DB_DAY, 0),
    DB_NULLABLE(struct opportunity, next_step_on, DB_DAY, 0),
    DB_NULLABLE(struct opportunity, stale_on, DB_DAY, 0),
    DB_FIELD(struct opportunity, stage_at, DB_AT, 0),
    DB_FIELD(struct opportunity, worked_at, DB_AT, 0),
    DB_NULLABLE(struct opportunity, closed_at, DB_AT, 0),
    DB_FIELD(struct opportunity, created_at, DB_AT, 0),
    DB_FIELD(struct opportunity, updated_at, DB_AT, 0),
    DB_FIELD(struct opportunity, share_id, DB_I64, 0),
    DB_FIELD(struct opportunity, level, DB_TEXT, 12),
    DB_FIELD(struct opportunity, role, DB_TEXT, 12),
    DB_FIELD(struct opportunity, sees_others, DB_BOOL, 0),
    { 0 },
};
#define COLUMNS(owner)                                                                                     \
    "o.id, o.deal_id, o.account_id, o.end_customer_id, o.row_version, o.pipeline_id, "                     \
    "o.stage_id, o.probability, o.slips, o.owner_user_id, o.created_by, o.department_id, o.territory_id, " \
    "o.name, o.state, o.side, o.source, o.category, o.customer_name, o.customer_country, "                 \
    "o.currency, " owner " AS owner_name, o.competitors, o.next_step, o.reason_code, "                     \
    "o.close_reason, "                                                                                     \
    "o.lost_to, COALESCE(p.name, '') AS partner_name, o.amount, o.amount_report, "                         \
    "o.expected_close, o.next_step_on, o.stale_on, o.stage_at, o.worked_at, o.closed_at, "                 \
    "o.created_at, o.updated_at, "
#define OWNER " LEFT JOIN account p ON p.id = o.account_id "

/* Whose it is, and who has it there, is for the partner itself, and for those who may see others.
 */
const struct db_stmt opportunity_sql_of_account = {
    .name = "opportunity.of_account",
    .sql = "SELECT " COLUMNS(
        "IF(s.own = 1 OR s.sees_others = 1 OR o.side = 'vendor', "
        "o.owner_name, '')") "s.id AS share_id, s.level, s.role, s.sees_others "
                             "FROM opportunity_share s JOIN opportunity o ON o.id = s.opportunity_id "
                             "LEFT JOIN account p ON p.id = o.account_id AND (s.own = 1 OR s.sees_others = 1) "
                             "WHERE s.account_id = ? AND s.opportunity_id = ? AND s.standing = 'accepted'",
    .binds = "ii",
    .fields = fields,
    .row_bytes = sizeof(struct opportunity),
    .flags = DB_ACCOUNT_FIRST,
};
const struct db_stmt opportunity_sql_of_staff = {
    .name = "opportunity.of_staff",
    .sql = "SELECT " COLUMNS(
        "o.owner_name") "0 AS share_id, 'lead' AS level, '' AS role, 1 AS sees_others "
                        "FROM opportunity o" OWNER
                        "WHERE (o.department_id BETWEEN ? AND ? OR o.department_id IS NULL "
                        "OR o.owner_user_id = ?) AND o.id = ?",
    .binds = "iiii",
    .fields = fields,
    .row_bytes = sizeof(struct opportunity),
    .flags = DB_STAFF_SCOPE,
};
const struct db_stmt opportunity_sql_of_worker = {
    .name = "opportunity.of_worker",
    .sql = "SELECT " COLUMNS(
        "o.owner_name") "0 AS share_id, 'lead' AS level, '' AS role, 1 AS sees_others "
                        "FROM opportunity o" OWNER "WHERE o.id = ?",
    .binds = "i",
    .fields = fields,
    .row_bytes = sizeof(struct opportunity),
};

static const struct db_field line_fields[] = {
    DB_FIELD(struct opportunity_line, product_line_id, DB_I64, 0),
    DB_FIELD(struct opportunity_line, name_en, DB_TEXT, 240),
    DB_FIELD(struct opportunity_line, name_zh, DB_TEXT, 240),
    DB_FIELD(struct opportunity_line, quantity, DB_I64, 0),
    DB_FIELD(struct opportunity_line, price, DB_E4, 0),
    { 0 },
};
const struct db_stmt opportunity_sql_lines = {
    .name = "opportunity.lines",
    .sql = "SELECT l.product_line_id, p.name_en, p.name_zh, l.quantity, l.price "
           "FROM opportunity_line l JOIN product_line p ON p.id = l.product_line_id "
           "WHERE l.opportunity_id = ? ORDER BY p.sort, p.id",
    .binds = "i",
    .fields = line_fields,
    .row_bytes = sizeof(struct opportunity_line),
};

/* -- writing -------------------------------------------------------------------------------------
 */

/* It goes to the department of its partner, else to that of whoever makes it. */
const struct db_stmt opportunity_sql_insert = {
    .name = "opportunity.insert",
    .sql = "INSERT INTO opportunity (deal_id, account_id, end_customer_id, customer_name, "
           "customer_country, name, state, pipeline_id, stage_id, stage_at, probability, category, "
           "side, source, currency, amount, amount_report, weighted_report, expected_close, "
           "stale_on, owner_user_id, owner_name, department_id, competitors, next_step, "
           "next_step_on, created_by, worked_at, created_at, updated_at) "
           "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
           "?, ?, ?, ?)",
    .binds = "iiissssiitissssmmmddisissdittt",
    .flags = DB_WRITE,
};
const struct db_stmt opportunity_sql_update = {
    .name = "opportunity.update",
    .sql = "UPDATE opportunity SET name = ?, currency = ?, amount = ?, amount_report = ?, "
           "weighted_report = ?, expected_close = ?, slips = ?, probability = ?, category = ?, "
           "owner_name = IF(owner_user_id <=> ?, owner_name, ?), owner_user_id = ?, "
           "competitors = ?, next_step = ?, next_step_on = ?, "
           "stale_on = ?, worked_at = ?, updated_at = ?, row_version = row_version + 1 "
           "WHERE id = ? AND row_version = ? AND state = 'open'",
    .binds = "ssmmmdiisisissddttii",
    .flags = DB_WRITE,
};
/* Of two who move it at once, one finds no such row. */
const struct db_stmt opportunity_sql_move = {
    .name = "opportunity.move",
    .sql = "UPDATE opportunity SET stage_id = ?, state = ?, stage_at = ?, probability = ?, "
           "category = ?, weighted_report = ?, stale_on = ?, closed_at = ?, reason_code = ?, "
           "close_reason = ?, lost_to = ?, worked_at = ?, updated_at = ?, "
           "row_version = row_version + 1 WHERE id = ? AND row_version = ? AND state = 'open'",
    .binds = "istismdtsssttii",
    .flags = DB_WRITE,
};
const struct db_stmt opportunity_sql_step_close = {
    .name = "opportunity.step_close",
    .sql = "UPDATE opportunity_step SET until_at = ? WHERE opportunity_id = ? AND until_at IS NULL",
    .binds = "ti",
    .flags = DB_WRITE,
};
const struct db_stmt opportunity_sql_step_open = {
    .name = "opportunity.step_open",
    .sql = "INSERT INTO opportunity_step (opportunity_id, seq, from_stage_id, stage_id, back, "
           "amount, at, user_id, user_name, audience, reason_code, reason_text) "
           "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    .binds = "iiiiimtissss",
    .flags = DB_WRITE,
};
const struct db_stmt opportunity_sql_line_delete = {
    .name = "opportunity.line_delete",
    .sql = "DELETE FROM opportunity_line WHERE opportunity_id = ?",
    .binds = "i",
    .flags = DB_WRITE,
};
const struct db_stmt opportunity_sql_line_insert = {
    .name = "opportunity.line_insert",
    .sql = "INSERT INTO opportunity_line (opportunity_id, product_line_id, quantity, price) "
           "VALUES (?, ?, ?, ?)",
    .binds = "iiim",
    .flags = DB_WRITE,
};
const struct db_stmt opportunity_sql_worked = {
    .name = "opportunity.worked",
    .sql = "UPDATE opportunity SET worked_at = ?, updated_at = ?, stale_on = ? "
           "WHERE id = ? AND state = 'open'",
    .binds = "ttdi",
    .flags = DB_WRITE,
};
const struct db_stmt opportunity_sql_deal_worked = {
    .name = "opportunity.deal_worked",
    .sql = "UPDATE deal SET worked_at = ? WHERE id = ?",
    .binds = "ti",
    .flags = DB_WRITE,
};
const struct db_stmt opportunity_sql_from_deal = {
    .name = "opportunity.from_deal",
    .sql = "UPDATE deal SET opportunity_id = ?, worked_at = ? WHERE id = ?",
    .binds = "iti",
    .flags = DB_WRITE,
};
static const struct db_field account_fields[] = {
    DB_NULLABLE(struct opportunity_account_row, department_id, DB_I64, 0),
    DB_FIELD(struct opportunity_account_row, zone, DB_TEXT, 60),
    { 0 },
};
const struct db_stmt opportunity_sql_account = {
    .name = "opportunity.account",
    .sql = "SELECT department_id, zone FROM account WHERE id = ?",
    .binds = "i",
    .fields = account_fields,
    .row_bytes = sizeof(struct opportunity_account_row),
};

db_stmt_table opportunity_statements[] = {
    &opportunity_sql_stages,      &opportunity_sql_lines,
    &opportunity_sql_insert,      &opportunity_sql_update,
    &opportunity_sql_move,        &opportunity_sql_step_close,
    &opportunity_sql_step_open,   &opportunity_sql_line_delete,
    &opportunity_sql_line_insert, &opportunity_sql_worked,
    &opportunity_sql_deal_worked, &opportunity_sql_from_deal,
    &opportunity_sql_account,     NULL,
};
db_stmt_table opportunity_partner_find_statements[] = { &opportunity_sql_of_account, NULL };
db_stmt_table opportunity_staff_find_statements[] = { &opportunity_sql_of_staff, NULL };
