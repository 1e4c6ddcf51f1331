/* deal/deal_jobs_sql.c */
#include "deal/deal_jobs_sql.h"

/* -- rules ---------------------------------------------------------------------------------------
 */

static const struct db_field rule_fields[] = {
    DB_FIELD(struct deal_rule, id, DB_I64, 0),
    DB_FIELD(struct deal_rule, position, DB_I64, 0),
    DB_FIELD(struct deal_rule, name_en, DB_TEXT, 240),
    DB_FIELD(struct deal_rule, name_zh, DB_TEXT, 240),
    DB_FIELD(struct deal_rule, active, DB_BOOL, 0),
    DB_NULLABLE(struct deal_rule, tier_id, DB_I64, 0),
    DB_FIELD(struct deal_rule, amount_least, DB_E4, 0),
    DB_FIELD(struct deal_rule, amount_most, DB_E4, 0),
    DB_NULLABLE(struct deal_rule, product_line_id, DB_I64, 0),
    DB_FIELD(struct deal_rule, country, DB_TEXT, 4),
    DB_FIELD(struct deal_rule, deal_type, DB_TEXT, 14),
    DB_FIELD(struct deal_rule, verdict, DB_TEXT, 12),
    DB_FIELD(struct deal_rule, outcome, DB_TEXT, 10),
    DB_FIELD(struct deal_rule, reason_code, DB_TEXT, 24),
    DB_NULLABLE(struct deal_rule, assign_user_id, DB_I64, 0),
    DB_NULLABLE(struct deal_rule, assign_department_id, DB_I64, 0),
    DB_NULLABLE(struct deal_rule, tried_at, DB_AT, 0),
    DB_NULLABLE(struct deal_rule, tried_matched, DB_I64, 0),
    DB_NULLABLE(struct deal_rule, tried_agreed, DB_I64, 0),
    { 0 },
};
/* No bound is the largest amount that fits: DEAL_AMOUNT_ANY. */
const struct db_stmt deal_sql_rules = {
    .name = "deal.rules",
    .sql =
        "SELECT id, position, name_en, name_zh, active, tier_id, "
        "COALESCE(amount_least, 0) AS amount_least, "
        "COALESCE(amount_most, 900000000000000.0000) AS amount_most, product_line_id, country, "
        "deal_type, verdict, outcome, reason_code, assign_user_id, assign_department_id, tried_at, "
        "tried_matched, tried_agreed FROM deal_rule WHERE deleted_at IS NULL ORDER BY position, id",
    .binds = "",
    .fields = rule_fields,
    .row_bytes = sizeof(struct deal_rule),
    .flags = DB_WHOLE_TABLE,
};
static const struct db_field tier_fields[] = {
    DB_NULLABLE(struct deal_tier_row, tier_id, DB_I64, 0),
    { 0 },
};
const struct db_stmt deal_sql_tier_of = {
    .name = "deal.tier_of",
    .sql = "SELECT tier_id FROM account WHERE id = ?",
    .binds = "i",
    .fields = tier_fields,
    .row_bytes = sizeof(struct deal_tier_row),
};
static const struct db_field past_fields[] = {
    DB_FIELD(struct deal_past_row, id, DB_I64, 0),
    DB_NULLABLE(struct deal_past_row, tier_id, DB_I64, 0),
    DB_FIELD(struct deal_past_row, total_report, DB_E4, 0),
    DB_FIELD(struct deal_past_row, product_line_id, DB_I64, 0),
    DB_FIELD(struct deal_past_row, country, DB_TEXT, 4),
    DB_FIELD(struct deal_past_row, deal_type, DB_TEXT, 14),
    DB_FIELD(struct deal_past_row, verdict, DB_TEXT, 12),
    DB_FIELD(struct deal_past_row, state, DB_TEXT, 12),
    DB_FIELD(struct deal_past_row, company_name, DB_TEXT, 200),
    DB_FIELD(struct deal_past_row, decided_at, DB_AT, 0),
    DB_NULLABLE(struct deal_past_row, department_id, DB_I64, 0),
    DB_NULLABLE(struct deal_past_row, reviewer_id, DB_I64, 0),
    { 0 },
};
/* A row a product line; those of a registration follow each other. */
const struct db_stmt deal_sql_past = {
    .name = "deal.past",
    .sql =
        "SELECT d.id, p.tier_id, d.total_report, l.product_line_id, d.country, d.deal_type, "
        "d.verdict, d.state, d.company_name, d.decided_at, d.department_id, d.reviewer_id "
        "FROM (SELECT id FROM deal FORCE INDEX (deal_decided) WHERE decided_at IS NOT NULL "
        "ORDER BY decided_at DESC, id DESC LIMIT ?) newest JOIN deal d ON d.id = newest.id "
        "JOIN account p ON p.id = d.account_id JOIN deal_line l ON l.deal_id = d.id "
        "WHERE d.state IN ('approved', 'rejected', 'expired', 'ended', 'converted', 'won', 'lost', "
        "'revoked') ORDER BY d.decided_at DESC, d.id DESC",
    .binds = "i",
    .fields = past_fields,
    .row_bytes = sizeof(struct deal_past_row),
    .flags = DB_LISTS,
};
const struct db_stmt deal_sql_rule_tried = {
    .name = "deal.rule_tried",
    .sql = "UPDATE deal_rule SET tried_at = UTC_TIMESTAMP(6), tried_count = ?, tried_matched = ?, "
           "tried_agreed = ? WHERE id = ?",
    .binds = "iiii",
    .flags = DB_WRITE,
};

/* -- who reviews ---------------------------------------------------------------------------------
 */

static const struct db_field department_fields[] = {
    DB_NULLABLE(struct deal_department_row, department_id, DB_I64, 0),
    { 0 },
};
/* The area of the region, else of the whole country. */
const struct db_stmt deal_sql_department_for = {
    .name = "deal.department_for",
    .sql =
        "SELECT t.department_id FROM territory_area ta JOIN territory t ON t.id = ta.territory_id "
        "WHERE ta.country = ? AND ta.region IN (?, '') AND t.department_id IS NOT NULL "
        "ORDER BY ta.region = '' LIMIT 1",
    .binds = "ss",
    .fields = department_fields,
    .row_bytes = sizeof(struct deal_department_row),
};
const struct db_stmt deal_sql_department_root = {
    .name = "deal.department_root",
    .sql = "SELECT id AS department_id FROM department WHERE parent_id IS NULL ORDER BY id LIMIT 1",
    .binds = "",
    .fields = department_fields,
    .row_bytes = sizeof(struct deal_department_row),
};
const struct db_stmt deal_sql_set_verdict = {
    .name = "deal.set_verdict",
    .sql = "UPDATE deal SET verdict = ? WHERE id = ?",
    .binds = "si",
    .flags = DB_WRITE,
};
/* Lines that a party's registrations name and that nobody counted yet. */
const struct db_stmt deal_sql_live_put_party = {
    .name = "deal.live_put_party",
    .sql = "INSERT IGNORE INTO match_line (party_id, product_line_id, live) "
           "SELECT DISTINCT d.end_customer_id, l.product_line_id, 0 FROM deal d "
           "JOIN deal_line l ON l.deal_id = d.id WHERE d.end_customer_id = ?",
    .binds = "i",
    .flags = DB_WRITE,
};
const struct db_stmt deal_sql_set_department = {
    .name = "deal.set_department",
    .sql = "UPDATE deal SET department_id = ? WHERE id = ?",
    .binds = "ii",
    .flags = DB_WRITE,
};
static const struct db_field reviewer_fields[] = {
    DB_FIELD(struct deal_reviewer_row, id, DB_I64, 0),
    DB_NULLABLE(struct deal_reviewer_row, manager_id, DB_I64, 0),
    DB_FIELD(struct deal_reviewer_row, name, DB_TEXT, 240),
    { 0 },
};
/* Those who may decide in a department: the nearest above it first, among them who has least open.
 */
const struct db_stmt deal_sql_reviewers = {
    .name = "deal.reviewers",
    .sql =
        "SELECT u.id, u.manager_id, u.name FROM user u "
        "JOIN department dep ON dep.id = u.department_id AND ? BETWEEN dep.id AND dep.last_id "
        "WHERE u.audience = 'staff' AND u.status = 'active' AND EXISTS (SELECT 1 FROM user_role ur "
        "JOIN role_permission rp ON rp.role_id = ur.role_id AND rp.permission = 'deal.decide' "
        "WHERE ur.user_id = u.id) ORDER BY dep.last_id - dep.id, "
        "(SELECT COUNT(*) FROM deal o WHERE o.reviewer_id = u.id AND o.phase = 2), u.id LIMIT 20",
    .binds = "i",
    .fields = reviewer_fields,
    .row_bytes = sizeof(struct deal_reviewer_row),
};
/* Of all departments: who has reviewed before, and has least open. */
const struct db_stmt deal_sql_reviewers_anywhere = {
    .name = "deal.reviewers_anywhere",
    .sql =
        "SELECT u.id, u.manager_id, u.name FROM user u "
        "WHERE u.audience = 'staff' AND u.status = 'active' AND EXISTS (SELECT 1 FROM user_role ur "
        "JOIN role_permission rp ON rp.role_id = ur.role_id AND rp.permission = 'deal.decide' "
        "WHERE ur.user_id = u.id) "
        "ORDER BY EXISTS (SELECT 1 FROM deal o WHERE o.reviewer_id = u.id) DESC, "
        "(SELECT COUNT(*) FROM deal o WHERE o.reviewer_id = u.id AND o.phase = 2), u.id LIMIT 20",
    .binds = "",
    .fields = reviewer_fields,
    .row_bytes = sizeof(struct deal_reviewer_row),
    .flags = DB_LISTS,
};
const struct db_stmt deal_sql_reviewer = {
    .name = "deal.reviewer",
    .sql = "SELECT id, manager_id, name FROM user WHERE id = ? AND status = 'active'",
    .binds = "i",
    .fields = reviewer_fields,
    .row_bytes = sizeof(struct deal_reviewer_row),
};

/* -- what is due ---------------------------------------------------------------------------------
 */

static const struct db_field id_fields[] = {
    DB_FIELD(struct deal_id_row, id, DB_I64, 0),
    { 0 },
};
#define DUE(ident, name_, where)                                \
    const struct db_stmt ident = {                              \
        .name = name_,                                          \
        .sql = "SELECT id FROM deal WHERE " where " LIMIT 100", \
        .binds = "",                                            \
        .fields = id_fields,                                    \
        .row_bytes = sizeof(struct deal_id_row),                \
        .flags = DB_LISTS,                                      \
    }
DUE(deal_sql_due_unanswered, "deal.due_unanswered",
    "state = 'returned' AND answer_due_at <= UTC_TIMESTAMP(6) ORDER BY answer_due_at");
DUE(deal_sql_due_expired, "deal.due_expired",
    "state = 'approved' AND protected_until_at <= UTC_TIMESTAMP(6) ORDER BY protected_until_at");
/* A won registration keeps its claims to the end of its protection, and no longer. */
DUE(deal_sql_due_won, "deal.due_won",
    "state = 'won' AND protected_until_at <= UTC_TIMESTAMP(6) "
    "AND EXISTS (SELECT 1 FROM claim c WHERE c.deal_id = deal.id) ORDER BY protected_until_at");
/* An open step has a clock of its own: deal_steps.c. */
#define NO_STEP                                                                              \
    "AND NOT EXISTS (SELECT 1 FROM approval_step s WHERE s.kind = 'deal' AND s.object_id = " \
    "deal.id AND s.state = 'open') ORDER BY due_at, id"
DUE(deal_sql_due_half, "deal.due_half",
    "phase = 2 AND half_at <= UTC_TIMESTAMP(6) AND reminded_at IS NULL " NO_STEP);
DUE(deal_sql_due_late, "deal.due_late",
    "phase = 2 AND due_at <= UTC_TIMESTAMP(6) AND escalated_at IS NULL " NO_STEP);

static const struct db_field warn_fields[] = {
    DB_FIELD(struct deal_warn_row, id, DB_I64, 0),
    DB_FIELD(struct deal_warn_row, stage, DB_I64, 0),
    { 0 },
};
/* The stage is the smallest of 30, 14, 7 and 1 days that holds what is left; each is said once. */
const struct db_stmt deal_sql_due_warned = {
    .name = "deal.due_warned",
    .sql =
        "SELECT id, stage FROM (SELECT id, warned_days, CASE "
        "WHEN protected_until_at <= UTC_TIMESTAMP(6) + INTERVAL 1 DAY THEN 1 "
        "WHEN protected_until_at <= UTC_TIMESTAMP(6) + INTERVAL 7 DAY THEN 7 "
        "WHEN protected_until_at <= UTC_TIMESTAMP(6) + INTERVAL 14 DAY THEN 14 ELSE 30 END AS stage "
        "FROM deal WHERE state = 'approved' AND protected_until_at > UTC_TIMESTAMP(6) "
        "AND protected_until_at <= UTC_TIMESTAMP(6) + INTERVAL 30 DAY) soon "
        "WHERE warned_days IS NULL OR warned_days > stage LIMIT 100",
    .binds = "",
    .fields = warn_fields,
    .row_bytes = sizeof(struct deal_warn_row),
    .flags = DB_LISTS,
};

static const struct db_field idle_fields[] = {
    DB_FIELD(struct deal_idle_row, id, DB_I64, 0),
    DB_FIELD(struct deal_idle_row, lose_at, DB_AT, 0),
    { 0 },
};
#define IDLE(ident, name_, where, binds_)                                                          \
    const struct db_stmt ident = {                                                                 \
        .name = name_,                                                                             \
        .sql = "SELECT d.id, o.worked_at + INTERVAL ? DAY AS lose_at FROM opportunity o "          \
               "JOIN deal d ON d.id = o.deal_id AND d.state = 'converted' "                        \
               "WHERE o.state = 'open' AND o.worked_at <= UTC_TIMESTAMP(6) - INTERVAL ? DAY" where \
               " LIMIT 100",                                                                       \
        .binds = binds_,                                                                           \
        .fields = idle_fields,                                                                     \
        .row_bytes = sizeof(struct deal_idle_row),                                                 \
        .flags = DB_LISTS,                                                                         \
    }
IDLE(deal_sql_due_idle, "deal.due_idle", "", "ii");
/* Warned again only when it was worked on since. */
IDLE(deal_sql_due_idle_soon, "deal.due_idle_soon",
     " AND (d.reminded_at IS NULL OR d.reminded_at < o.worked_at)", "ii");

const struct db_stmt deal_sql_waiting_after = {
    .name = "deal.waiting_after",
    .sql =
        "SELECT DISTINCT o.id FROM claim_event e JOIN account same_group "
        "ON same_group.group_id = e.group_id JOIN deal o ON o.end_customer_id = same_group.id "
        "AND o.state IN ('submitted', 'review', 'returned') AND o.id <> e.deal_id "
        "JOIN deal_line l ON l.deal_id = o.id AND l.product_line_id = e.product_line_id "
        "WHERE e.deal_id = ? AND e.event = 'freed' AND NOT EXISTS (SELECT 1 FROM claim c "
        "WHERE c.group_id = e.group_id AND c.product_line_id = e.product_line_id) ORDER BY o.rank_no",
    .binds = "i",
    .fields = id_fields,
    .row_bytes = sizeof(struct deal_id_row),
};

const struct db_stmt deal_sql_mark_warned = {
    .name = "deal.mark_warned",
    .sql = "UPDATE deal SET warned_days = ? WHERE id = ? AND state = 'approved' "
           "AND (warned_days IS NULL OR warned_days > ?)",
    .binds = "iii",
    .flags = DB_WRITE,
};
/* Not twice within an hour: the same work again after a commit that nobody answered, or a second
 * worker, finds it done. */
const struct db_stmt deal_sql_mark_reminded = {
    .name = "deal.mark_reminded",
    .sql = "UPDATE deal SET reminded_at = UTC_TIMESTAMP(6) WHERE id = ? AND row_version = ?"
           " AND (reminded_at IS NULL OR reminded_at < UTC_TIMESTAMP(6) - INTERVAL 1 HOUR)",
    .binds = "ii",
    .flags = DB_WRITE,
};
const struct db_stmt deal_sql_mark_escalated = {
    .name = "deal.mark_escalated",
    .sql = "UPDATE deal SET escalated_at = UTC_TIMESTAMP(6) WHERE id = ? AND escalated_at IS NULL",
    .binds = "i",
    .flags = DB_WRITE,
};

/* The one that waits for a decision, while nobody was told of it. */
static const struct db_field asked_fields[] = {
    DB_FIELD(struct deal_asked_row, progress, DB_TEXT, 2000),
    { 0 },
};
const struct db_stmt deal_sql_extension_asked = {
    .name = "deal.extension_asked",
    .sql = "SELECT progress FROM deal_extension "
           "WHERE deal_id = ? AND pending = 1 AND state = 'asked' AND told_at IS NULL",
    .binds = "i",
    .fields = asked_fields,
    .row_bytes = sizeof(struct deal_asked_row),
};
const struct db_stmt deal_sql_mark_extension_told = {
    .name = "deal.mark_extension_told",
    .sql = "UPDATE deal_extension SET told_at = UTC_TIMESTAMP(6) "
           "WHERE deal_id = ? AND pending = 1 AND told_at IS NULL",
    .binds = "i",
    .flags = DB_WRITE,
};

/* -- figures -------------------------------------------------------------------------------------
 */

/* The months that may still change are made again whole: this one and the two before.  The median
 * is the middle decision time of those decided. */
const struct db_stmt deal_sql_figures = {
    .name = "deal.figures",
    .sql =
        "REPLACE INTO deal_figure (account_id, month, submitted, approved, rejected, open, won, lost, "
        "value_report, median_minutes, made_at) "
        "SELECT f.account_id, f.month, COUNT(*), SUM(f.protected_from_at IS NOT NULL), "
        "SUM(f.state IN ('rejected', 'duplicate')), SUM(f.phase = 2), SUM(f.state = 'won'), "
        "SUM(f.state = 'lost'), SUM(f.total_report), MAX(f.median), UTC_TIMESTAMP(6) "
        "FROM (SELECT d.account_id, d.state, d.phase, d.total_report, d.protected_from_at, "
        "CAST(DATE_FORMAT(d.submitted_at, '%Y-%m-01') AS DATE) AS month, "
        "CAST(MEDIAN(d.decision_minutes) OVER (PARTITION BY d.account_id, "
        "DATE_FORMAT(d.submitted_at, '%Y-%m-01')) AS SIGNED) AS median FROM deal d "
        "WHERE d.submitted_at >= DATE_FORMAT(UTC_TIMESTAMP() - INTERVAL ? MONTH, '%Y-%m-01')) f "
        "GROUP BY f.account_id, f.month",
    .binds = "i",
    .flags = DB_WRITE,
};

/* Of reviewers: the last twelve months, made again whole. */
const struct db_stmt deal_sql_reviewer_figures_drop = {
    .name = "deal.reviewer_figures_drop",
    .sql = "DELETE FROM deal_reviewer_figure LIMIT 100000",
    .binds = "",
    .flags = DB_WRITE,
};
/* Overruled: another registration took a line of what was approved. */
const struct db_stmt deal_sql_reviewer_figures = {
    .name = "deal.reviewer_figures",
    .sql =
        "INSERT INTO deal_reviewer_figure (user_id, decisions, approved, median_minutes, "
        "slow_minutes, overruled, made_at) SELECT f.reviewer_id, COUNT(*), SUM(f.approved), "
        "MAX(f.median), MAX(f.slow), SUM(f.overruled), UTC_TIMESTAMP(6) FROM (SELECT d.reviewer_id, "
        "d.protected_from_at IS NOT NULL AS approved, EXISTS (SELECT 1 FROM claim_event e "
        "WHERE e.deal_id = d.id AND e.event = 'overruled') AS overruled, "
        "CAST(MEDIAN(d.decision_minutes) OVER (PARTITION BY d.reviewer_id) AS SIGNED) AS median, "
        "CAST(PERCENTILE_CONT(0.9) WITHIN GROUP (ORDER BY d.decision_minutes) "
        "OVER (PARTITION BY d.reviewer_id) AS SIGNED) AS slow FROM deal d "
        "WHERE d.decided_at > UTC_TIMESTAMP() - INTERVAL 365 DAY AND d.reviewer_id IS NOT NULL) f "
        "GROUP BY f.reviewer_id",
    .binds = "",
    .flags = DB_WRITE,
};
/* Who refused what was appealed; reversed: another reviewer approved it. */
const struct db_stmt deal_sql_reviewer_appeals = {
    .name = "deal.reviewer_appeals",
    .sql = "INSERT INTO deal_reviewer_figure (user_id, appealed, reversed, made_at) "
           "SELECT COALESCE(p.decided_by, p.reviewer_id) AS who, COUNT(*) AS n, "
           "SUM(d.protected_from_at IS NOT NULL) AS m, UTC_TIMESTAMP(6) FROM deal_appeal p "
           "JOIN deal d ON d.id = p.deal_id WHERE p.asked_at > UTC_TIMESTAMP() - INTERVAL 365 DAY "
           "AND COALESCE(p.decided_by, p.reviewer_id) IS NOT NULL GROUP BY who "
           "ON DUPLICATE KEY UPDATE appealed = VALUES(appealed), reversed = VALUES(reversed)",
    .binds = "",
    .flags = DB_WRITE,
};

db_stmt_table deal_job_statements[] = {
    &deal_sql_rules,
    &deal_sql_tier_of,
    &deal_sql_department_for,
    &deal_sql_department_root,
    &deal_sql_set_department,
    &deal_sql_set_verdict,
    &deal_sql_live_put_party,
    &deal_sql_reviewers,
    &deal_sql_reviewers_anywhere,
    &deal_sql_reviewer,
    &deal_sql_waiting_after,
    &deal_sql_due_unanswered,
    &deal_sql_due_expired,
    &deal_sql_due_won,
    &deal_sql_due_warned,
    &deal_sql_due_half,
    &deal_sql_due_late,
    &deal_sql_due_idle,
    &deal_sql_due_idle_soon,
    &deal_sql_mark_warned,
    &deal_sql_mark_reminded,
    &deal_sql_mark_escalated,
    &deal_sql_figures,
    &deal_sql_reviewer_figures_drop,
    &deal_sql_reviewer_figures,
    &deal_sql_reviewer_appeals,
    &deal_sql_extension_asked,
    &deal_sql_mark_extension_told,
    NULL,
};
