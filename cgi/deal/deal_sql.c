/* deal/deal_sql.c - the statements of deal registration.  Lists for pages stand in deal_list_sql.c.
 */
#include "deal/deal_sql.h"

#include "deal/deal_term.h"
#include "deal/deal.h"
#include "deal/deal_appeal.h"

/* -- the record ----------------------------------------------------------------------------------
 */

#define DEAL_COLUMNS                                                                                                                    \
    "d.id, d.account_id, d.row_version, d.state AS state_code, d.company_name, d.country, "                                             \
    "d.region, d.city, d.address, d.website, d.tax_number, d.phone, d.contact_name, "                                                   \
    "d.contact_title, d.contact_email, d.contact_phone, d.project_name, d.description, "                                                \
    "d.deal_type, d.competitors, d.sales_stage, d.budget, d.decision_maker, d.done_so_far, "                                            \
    "d.distributor, d.currency, d.total, d.total_report, d.expected_close, d.sales_user_id, "                                           \
    "d.sales_name, d.created_by, d.on_behalf_by, d.end_customer_id, d.verdict, d.rank_no, "                                             \
    "d.submitted_at, d.due_at, d.answer_due_at, d.decided_at, d.appeal_until_at, d.decision_minutes, d.decision_hours, d.reason_code, " \
    "d.reason_text, d.protected_from_at, d.protected_until_at, d.protected_until, "                                                     \
    "d.extensions_granted, d.opportunity_id, d.department_id, d.reviewer_id, d.reviewer_name, "                                         \
    "d.content_hash, d.content_salt, d.created_at, d.updated_at, partner.name AS partner_name, "                                        \
    "partner.zone AS partner_zone"
/* What hangs on it, so that no statement looks for what is not there: the bits of its row in
 * record_part (0830_record_part.sql, 0890_record_part_steps.sql), which triggers set.  Staff's page
 * always asks who opened it: they are about to be among them. */
#define DEAL_PART(bit) "COALESCE(h.parts, 0) & " bit " <> 0"
#define DEAL_HAS(table, condition) \
    "EXISTS (SELECT 1 FROM " table " x WHERE x.kind = 'deal' AND x.object_id = d.id" condition ")"
#define DEAL_HAS_DECIDED \
    ", " DEAL_PART("16") " AS has_appeal, " DEAL_PART("32") " AS has_amendments"
#define DEAL_HAS_STEPS ", " DEAL_PART("64") " AS has_steps"
/* For staff alone: whether somebody stands in for who has it today, what the conflict check found,
 * and what else only they may know. */
#define DEAL_HANGS_STAFF                                                                   \
    DEAL_HAS_STEPS                                                                         \
    ", EXISTS (SELECT 1 FROM delegate x WHERE x.user_id = d.reviewer_id "                  \
    "AND x.from_at <= UTC_TIMESTAMP(6) AND x.until_at > UTC_TIMESTAMP(6)) AS has_delegate" \
    ", EXISTS (SELECT 1 FROM deal_match x WHERE x.deal_id = d.id) AS has_matches"          \
    ", EXISTS (SELECT 1 FROM deal_staff x WHERE x.deal_id = d.id) AS has_staff"            \
    ", partner.tier_id AS partner_tier_id"
#define DEAL_HANGS_NO_STAFF \
    ", 0 AS has_delegate, 0 AS has_matches, 0 AS has_staff, 0 AS partner_tier_id"
#define DEAL_HANGS(notes, opened)                             \
    ", " DEAL_PART("1") " AS has_comments, " DEAL_PART(       \
        "2") " AS has_files, " notes " AS has_notes, " opened \
             " AS has_opened, " DEAL_PART("8") " AS has_mutes" DEAL_HAS_DECIDED
#define DEAL_HANGS_UNSEEN \
    ", 0 AS has_comments, 0 AS has_files, 0 AS has_notes, 0 AS has_opened, 0 AS has_mutes" DEAL_HAS_DECIDED
#define DEAL_FROM                                                     \
    " FROM deal d JOIN account partner ON partner.id = d.account_id " \
    "LEFT JOIN record_part h ON h.kind = 'deal' AND h.object_id = d.id "

static const struct db_field deal_fields[] = {
    DB_FIELD(struct deal, id, DB_I64, 0),
    DB_FIELD(struct deal, account_id, DB_I64, 0),
    DB_FIELD(struct deal, row_version, DB_I64, 0),
    DB_FIELD(struct deal, state_code, DB_TEXT, 12),
    DB_FIELD(struct deal, company_name, DB_TEXT, 400),
    DB_FIELD(struct deal, country, DB_TEXT, 4),
    DB_FIELD(struct deal, region, DB_TEXT, 160),
    DB_FIELD(struct deal, city, DB_TEXT, 160),
    DB_FIELD(struct deal, address, DB_TEXT, 400),
    DB_FIELD(struct deal, website, DB_TEXT, 200),
    DB_FIELD(struct deal, tax_number, DB_TEXT, 80),
    DB_FIELD(struct deal, phone, DB_TEXT, 80),
    DB_FIELD(struct deal, contact_name, DB_TEXT, 200),
    DB_FIELD(struct deal, contact_title, DB_TEXT, 200),
    DB_FIELD(struct deal, contact_email, DB_TEXT, 254),
    DB_FIELD(struct deal, contact_phone, DB_TEXT, 80),
    DB_FIELD(struct deal, project_name, DB_TEXT, 320),
    DB_FIELD(struct deal, description, DB_TEXT, 1000),
    DB_FIELD(struct deal, deal_type, DB_TEXT, 14),
    DB_FIELD(struct deal, competitors, DB_TEXT, 400),
    DB_FIELD(struct deal, sales_stage, DB_TEXT, 16),
    DB_FIELD(struct deal, budget, DB_TEXT, 10),
    DB_FIELD(struct deal, decision_maker, DB_TEXT, 10),
    DB_FIELD(struct deal, done_so_far, DB_TEXT, 1000),
    DB_FIELD(struct deal, distributor, DB_TEXT, 400),
    DB_FIELD(struct deal, currency, DB_TEXT, 4),
    DB_FIELD(struct deal, total, DB_E4, 0),
    DB_FIELD(struct deal, total_report, DB_E4, 0),
    DB_NULLABLE(struct deal, expected_close, DB_DAY, 0),
    DB_NULLABLE(struct deal, sales_user_id, DB_I64, 0),
    DB_FIELD(struct deal, sales_name, DB_TEXT, 200),
    DB_FIELD(struct deal, created_by, DB_I64, 0),
    DB_NULLABLE(struct deal, on_behalf_by, DB_I64, 0),
    DB_NULLABLE(struct deal, end_customer_id, DB_I64, 0),
    DB_FIELD(struct deal, verdict, DB_TEXT, 12),
    DB_NULLABLE(struct deal, rank_no, DB_I64, 0),
    DB_NULLABLE(struct deal, submitted_at, DB_AT, 0),
    DB_NULLABLE(struct deal, due_at, DB_AT, 0),
    DB_NULLABLE(struct deal, answer_due_at, DB_AT, 0),
    DB_NULLABLE(struct deal, decided_at, DB_AT, 0),
    DB_NULLABLE(struct deal, appeal_until_at, DB_AT, 0),
    DB_NULLABLE(struct deal, decision_minutes, DB_I64, 0),
    DB_NULLABLE(struct deal, decision_hours, DB_I64, 0),
    DB_FIELD(struct deal, reason_code, DB_TEXT, 24),
    DB_FIELD(struct deal, reason_text, DB_TEXT, 400),
    DB_NULLABLE(struct deal, protected_from_at, DB_AT, 0),
    DB_NULLABLE(struct deal, protected_until_at, DB_AT, 0),
    DB_NULLABLE(struct deal, protected_until, DB_DAY, 0),
    DB_FIELD(struct deal, extensions_granted, DB_I64, 0),
    DB_NULLABLE(struct deal, opportunity_id, DB_I64, 0),
    DB_NULLABLE(struct deal, department_id, DB_I64, 0),
    DB_NULLABLE(struct deal, reviewer_id, DB_I64, 0),
    DB_FIELD(struct deal, reviewer_name, DB_TEXT, 200),
    DB_NULLABLE(struct deal, content_hash, DB_BYTES, 32),
    DB_NULLABLE(struct deal, content_salt, DB_BYTES, 32),
    DB_FIELD(struct deal, created_at, DB_AT, 0),
    DB_FIELD(struct deal, updated_at, DB_AT, 0),
    DB_FIELD(struct deal, partner_name, DB_TEXT, 400),
    DB_FIELD(struct deal, partner_zone, DB_TEXT, 60),
    DB_FIELD(struct deal, has_comments, DB_BOOL, 0),
    DB_FIELD(struct deal, has_files, DB_BOOL, 0),
    DB_FIELD(struct deal, has_notes, DB_BOOL, 0),
    DB_FIELD(struct deal, has_opened, DB_BOOL, 0),
    DB_FIELD(struct deal, has_mutes, DB_BOOL, 0),
    DB_FIELD(struct deal, has_appeal, DB_BOOL, 0),
    DB_FIELD(struct deal, has_amendments, DB_BOOL, 0),
    DB_FIELD(struct deal, has_steps, DB_BOOL, 0),
    DB_FIELD(struct deal, has_delegate, DB_BOOL, 0),
    DB_FIELD(struct deal, has_matches, DB_BOOL, 0),
    DB_FIELD(struct deal, has_staff, DB_BOOL, 0),
    DB_NULLABLE(struct deal, partner_tier_id, DB_I64, 0),
    { 0 },
};

const struct db_stmt deal_sql_of_account = {
    .name = "deal.of_account",
    .sql = "SELECT " DEAL_COLUMNS DEAL_HANGS("0", DEAL_PART("4"))
        DEAL_HAS_STEPS DEAL_HANGS_NO_STAFF DEAL_FROM "WHERE d.account_id = ? AND d.id = ?",
    .binds = "ii",
    .fields = deal_fields,
    .row_bytes = sizeof(struct deal),
    .flags = DB_ACCOUNT_FIRST,
};
/* Drafts are the partner's alone.  A reviewer sees what was given to him, or has a step that waits
 * for him, wherever it belongs; what belongs to no department is the whole vendor's. */
const struct db_stmt deal_sql_of_staff = {
    .name = "deal.of_staff",
    .sql = "SELECT " DEAL_COLUMNS DEAL_HANGS(DEAL_HAS("staff_note", ""), "1")
        DEAL_HANGS_STAFF DEAL_FROM
    "WHERE (d.department_id BETWEEN ? AND ? "
    "OR d.department_id IS NULL OR d.reviewer_id = ? OR EXISTS (SELECT 1 FROM approval_step s "
    "JOIN approval_vote x ON x.step_id = s.id WHERE s.kind IN ('deal', 'deal_amend') "
    "AND s.object_id = d.id "
    "AND x.user_id = ?)) AND d.id = ? AND (d.state <> 'draft' OR d.on_behalf_by IS NOT NULL)",
    .binds = "iiiii",
    .fields = deal_fields,
    .row_bytes = sizeof(struct deal),
    .flags = DB_STAFF_SCOPE,
};
const struct db_stmt deal_sql_of_worker = {
    .name = "deal.of_worker",
    .sql = "SELECT " DEAL_COLUMNS DEAL_HANGS_UNSEEN DEAL_HAS_STEPS DEAL_HANGS_NO_STAFF DEAL_FROM
           "WHERE d.id = ?",
    .binds = "i",
    .fields = deal_fields,
    .row_bytes = sizeof(struct deal),
};

static const struct db_field line_fields[] = {
    DB_FIELD(struct deal_line, id, DB_I64, 0),
    DB_FIELD(struct deal_line, product_line_id, DB_I64, 0),
    DB_FIELD(struct deal_line, code, DB_TEXT, 40),
    DB_FIELD(struct deal_line, name_en, DB_TEXT, 240),
    DB_FIELD(struct deal_line, name_zh, DB_TEXT, 240),
    DB_FIELD(struct deal_line, quantity, DB_I64, 0),
    DB_FIELD(struct deal_line, value, DB_E4, 0),
    DB_FIELD(struct deal_line, discount_bp, DB_I64, 0),
    DB_NULLABLE(struct deal_line, lost_at, DB_AT, 0),
    DB_FIELD(struct deal_line, sort, DB_I64, 0),
    { 0 },
};
const struct db_stmt deal_sql_lines = {
    .name = "deal.lines",
    .sql = "SELECT l.id, l.product_line_id, p.code, p.name_en, p.name_zh, l.quantity, l.value, "
           "l.discount_bp, l.lost_at, p.sort FROM deal_line l "
           "JOIN product_line p ON p.id = l.product_line_id WHERE l.deal_id = ?",
    .binds = "i",
    .fields = line_fields,
    .row_bytes = sizeof(struct deal_line),
};

/* It belongs to the department that looks after its partner, unless it is given another. */
const struct db_stmt deal_sql_insert = {
    .name = "deal.insert",
    .sql =
        "INSERT INTO deal (account_id, created_by, on_behalf_by, cloned_from, bulk_id, currency, "
        "sales_user_id, sales_name, department_id, created_at, updated_at) "
        "SELECT a.id, ?, ?, ?, ?, ?, ?, ?, COALESCE(?, a.department_id), ?, ? "
        "FROM account a WHERE a.id = ?",
    .binds = "iiiisisitti",
    .flags = DB_WRITE,
};
const struct db_stmt deal_sql_update_content = {
    .name = "deal.update_content",
    .sql =
        "UPDATE deal SET company_name = ?, company_key = ?, country = ?, region = ?, city = ?, address = ?, "
        "website = ?, tax_number = ?, phone = ?, contact_name = ?, contact_title = ?, "
        "contact_email = ?, contact_phone = ?, project_name = ?, description = ?, deal_type = ?, "
        "competitors = ?, sales_stage = ?, budget = ?, decision_maker = ?, done_so_far = ?, "
        "distributor = ?, currency = ?, total = ?, line_ids = ?, expected_close = ?, sales_user_id = ?, "
        "sales_name = ?, updated_at = ?, row_version = row_version + 1 "
        "WHERE account_id = ? AND id = ? AND row_version = ? AND state IN ('draft', 'returned')",
    .binds = "sssssssssssssssssssssssmsdistiii",
    .flags = DB_WRITE,
};
const struct db_stmt deal_sql_line_delete_all = {
    .name = "deal.line_delete_all",
    .sql = "DELETE FROM deal_line WHERE deal_id = ?",
    .binds = "i",
    .flags = DB_WRITE,
};
const struct db_stmt deal_sql_line_insert = {
    .name = "deal.line_insert",
    .sql = "INSERT INTO deal_line (deal_id, product_line_id, quantity, value) VALUES (?, ?, ?, ?)",
    .binds = "iiim",
    .flags = DB_WRITE,
};

/* Every change of state goes through this one statement: the state and version that were read are
 * its guard, so of two at once one finds no row. */
const struct db_stmt deal_sql_move = {
    .name = "deal.move",
    .sql = "UPDATE deal SET state = ?, phase = ?, row_version = row_version + 1, updated_at = ? "
           "WHERE id = ? AND row_version = ? AND state = ?",
    .binds = "sitiis",
    .flags = DB_WRITE,
};

/* -- steps ---------------------------------------------------------------------------------------
 */

const struct db_stmt deal_sql_step_close = {
    .name = "deal.step_close",
    .sql = "UPDATE deal_step SET until_at = ? WHERE deal_id = ? AND until_at IS NULL",
    .binds = "ti",
    .flags = DB_WRITE,
};
const struct db_stmt deal_sql_step_open = {
    .name = "deal.step_open",
    .sql =
        "INSERT INTO deal_step (deal_id, seq, state, action, from_at, user_id, user_name, "
        "for_user_name, audience, reason_code, reason_text) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    .binds = "iisstisssss",
    .flags = DB_WRITE,
};
static const struct db_field step_fields[] = {
    DB_FIELD(struct deal_step, seq, DB_I64, 0),
    DB_FIELD(struct deal_step, state, DB_TEXT, 12),
    DB_FIELD(struct deal_step, action, DB_TEXT, 24),
    DB_FIELD(struct deal_step, from_at, DB_AT, 0),
    DB_NULLABLE(struct deal_step, until_at, DB_AT, 0),
    DB_FIELD(struct deal_step, user_name, DB_TEXT, 200),
    DB_FIELD(struct deal_step, for_user_name, DB_TEXT, 200),
    DB_FIELD(struct deal_step, audience, DB_TEXT, 12),
    DB_FIELD(struct deal_step, reason_text, DB_TEXT, 400),
    DB_FIELD(struct deal_step, reason_en, DB_TEXT, 480),
    DB_FIELD(struct deal_step, reason_zh, DB_TEXT, 480),
    { 0 },
};
const struct db_stmt deal_sql_steps = {
    .name = "deal.steps",
    .sql = "SELECT s.seq, s.state, s.action, s.from_at, s.until_at, s.user_name, s.for_user_name, "
           "s.audience, s.reason_text, COALESCE(r.text_en, '') AS reason_en, "
           "COALESCE(r.text_zh, '') AS reason_zh FROM deal_step s "
           "LEFT JOIN deal_reason r ON r.code = s.reason_code WHERE s.deal_id = ? ORDER BY s.seq",
    .binds = "i",
    .fields = step_fields,
    .row_bytes = sizeof(struct deal_step),
};

/* -- submission ----------------------------------------------------------------------------------
 */

/* LAST_INSERT_ID(expr) hands the new value to this connection alone: no second read, no gap to
 * race. */
const struct db_stmt deal_sql_rank_next = {
    .name = "deal.rank_next",
    .sql = "UPDATE counter SET value = LAST_INSERT_ID(value + 1) WHERE name = 'deal.rank'",
    .binds = "",
    .flags = DB_WRITE,
};
const struct db_stmt deal_sql_mark_submitted = {
    .name = "deal.mark_submitted",
    .sql = "UPDATE deal SET rank_no = ?, submitted_at = ?, due_at = ?, half_at = ?, verdict = ?, "
           "end_customer_id = ?, content_hash = ?, content_salt = ?, total_report = ?, "
           "answer_due_at = NULL WHERE id = ?",
    .binds = "itttsibbmi",
    .flags = DB_WRITE,
};
/* Two statements and no ON DUPLICATE KEY UPDATE: that would want the right to read what it writes,
 * which the partner's program has not. */
const struct db_stmt deal_sql_match_update = {
    .name = "deal.match_update",
    .sql = "UPDATE deal_match SET verdict = ?, score = ?, evidence_json = ?, overlap = ?, "
           "found_at = ? WHERE deal_id = ? AND party_id = ?",
    .binds = "sisitii",
    .flags = DB_WRITE,
};
const struct db_stmt deal_sql_match_insert = {
    .name = "deal.match_insert",
    .sql = "INSERT IGNORE INTO deal_match (verdict, score, evidence_json, overlap, found_at, "
           "deal_id, party_id) VALUES (?, ?, ?, ?, ?, ?, ?)",
    .binds = "sisitii",
    .flags = DB_WRITE,
};
static const struct db_field rate_fields[] = {
    DB_FIELD(struct deal_rate_row, rate, DB_TEXT, 32),
    { 0 },
};
/* The newest rate that has begun; a rate is DECIMAL(19,9) and is read as text. */
const struct db_stmt deal_sql_rate_on = {
    .name = "deal.rate_on",
    .sql =
        "SELECT CAST(rate AS CHAR) AS rate FROM currency_rate WHERE currency = ? AND valid_from <= ? "
        "ORDER BY valid_from DESC LIMIT 1",
    .binds = "sd",
    .fields = rate_fields,
    .row_bytes = sizeof(struct deal_rate_row),
};

/* -- decisions -----------------------------------------------------------------------------------
 */

const struct db_stmt deal_sql_mark_taken = {
    .name = "deal.mark_taken",
    .sql = "UPDATE deal SET reviewer_id = ?, reviewer_name = ? WHERE id = ?",
    .binds = "isi",
    .flags = DB_WRITE,
};
const struct db_stmt deal_sql_mark_returned = {
    .name = "deal.mark_returned",
    .sql = "UPDATE deal SET reason_code = ?, reason_text = ?, answer_due_at = ?, due_at = NULL, "
           "half_at = NULL WHERE id = ?",
    .binds = "ssti",
    .flags = DB_WRITE,
};
const struct db_stmt deal_sql_mark_decided = {
    .name = "deal.mark_decided",
    .sql =
        "UPDATE deal SET reason_code = ?, reason_text = ?, "
        "decided_at = COALESCE(decided_at, ?), decision_minutes = COALESCE(decision_minutes, ?), "
        "due_at = NULL, half_at = NULL, answer_due_at = NULL, appeal_until_at = ? WHERE id = ?",
    .binds = "sstiti",
    .flags = DB_WRITE,
};
const struct db_stmt deal_sql_mark_protected = {
    .name = "deal.mark_protected",
    .sql = "UPDATE deal SET protected_from_at = ?, protected_until_at = ?, protected_until = ?, "
           "warned_days = NULL WHERE id = ?",
    .binds = "ttdi",
    .flags = DB_WRITE,
};
const struct db_stmt deal_sql_mark_duplicate = {
    .name = "deal.mark_duplicate",
    .sql = "INSERT INTO deal_staff (deal_id, duplicate_of) VALUES (?, ?) "
           "ON DUPLICATE KEY UPDATE duplicate_of = VALUES(duplicate_of)",
    .binds = "ii",
    .flags = DB_WRITE,
};
const struct db_stmt deal_sql_mark_rule = {
    .name = "deal.mark_rule",
    .sql = "INSERT INTO deal_staff (deal_id, rule_id) VALUES (?, ?) "
           "ON DUPLICATE KEY UPDATE rule_id = VALUES(rule_id)",
    .binds = "ii",
    .flags = DB_WRITE,
};

static const struct db_field obstacle_fields[] = {
    DB_NULLABLE(struct deal_obstacle_row, other_deal_id, DB_I64, 0),
    DB_NULLABLE(struct deal_obstacle_row, party_id, DB_I64, 0),
    DB_NULLABLE(struct deal_obstacle_row, product_line_id, DB_I64, 0),
    DB_NULLABLE(struct deal_obstacle_row, claim_id, DB_I64, 0),
    DB_NULLABLE(struct deal_obstacle_row, claim_version, DB_I64, 0),
    { 0 },
};
#define OBSTACLE_NONE "0 AS claim_id, 0 AS claim_version "

/* Matches that nobody has resolved and that still matter: another group with a registration that is
 * undecided or protected on one of our lines, or that the vendor's own sales work on, or a company
 * that policy keeps out. */
#define OPEN_MATCH_LINE "COALESCE(MIN(ol.product_line_id), MIN(xl.product_line_id)) "
#define OPEN_MATCHES                                                                        \
    "FROM deal_match m JOIN deal d ON d.id = m.deal_id "                                    \
    "JOIN account own ON own.id = d.end_customer_id "                                       \
    "JOIN account p ON p.id = m.party_id AND p.group_id <> own.group_id "                   \
    "LEFT JOIN account_pair pair ON pair.low_id = LEAST(p.id, own.id) "                     \
    "AND pair.high_id = GREATEST(p.id, own.id) "                                            \
    "LEFT JOIN account same_group ON same_group.group_id = p.group_id "                     \
    "LEFT JOIN deal o ON o.end_customer_id = same_group.id AND o.phase IN (2, 3) "          \
    "AND o.id <> d.id LEFT JOIN deal_line ol ON ol.deal_id = o.id AND ol.lost_at IS NULL "  \
    "LEFT JOIN deal_line l ON l.deal_id = d.id AND l.product_line_id = ol.product_line_id " \
    "LEFT JOIN match_line x ON x.party_id = same_group.id AND x.direct > 0 "                \
    "LEFT JOIN deal_line xl ON xl.deal_id = d.id "                                          \
    "AND xl.product_line_id = x.product_line_id "                                           \
    "WHERE m.deal_id = ? AND m.verdict IN ('same', 'possible') AND m.resolution IS NULL "   \
    "AND pair.low_id IS NULL AND (l.id IS NOT NULL OR xl.id IS NOT NULL OR p.named = 1) GROUP BY m.party_id"
const struct db_stmt deal_sql_open_matches = {
    .name = "deal.open_matches",
    .sql = "SELECT MIN(o.id) AS other_deal_id, m.party_id, " OPEN_MATCH_LINE
           "AS product_line_id, " OBSTACLE_NONE OPEN_MATCHES,
    .binds = "i",
    .fields = obstacle_fields,
    .row_bytes = sizeof(struct deal_obstacle_row),
};

static const struct db_field any_obstacle_fields[] = {
    DB_FIELD(struct deal_any_obstacle_row, kind, DB_I64, 0),
    DB_NULLABLE(struct deal_any_obstacle_row, place, DB_I64, 0),
    DB_NULLABLE(struct deal_any_obstacle_row, other_deal_id, DB_I64, 0),
    DB_NULLABLE(struct deal_any_obstacle_row, party_id, DB_I64, 0),
    DB_NULLABLE(struct deal_any_obstacle_row, product_line_id, DB_I64, 0),
    DB_NULLABLE(struct deal_any_obstacle_row, claim_id, DB_I64, 0),
    DB_NULLABLE(struct deal_any_obstacle_row, claim_version, DB_I64, 0),
    { 0 },
};
/* Open matches, then who came earlier and is undecided, then who holds a claim. */
const struct db_stmt deal_sql_obstacles = {
    .name = "deal.obstacles",
    .sql = "SELECT 0 AS kind, 0 AS place, MIN(o.id) AS other_deal_id, m.party_id, " OPEN_MATCH_LINE
           "AS product_line_id, " OBSTACLE_NONE OPEN_MATCHES
           " UNION ALL SELECT 1, o.rank_no, o.id, o.end_customer_id, ol.product_line_id, 0, 0 "
           "FROM deal d JOIN account own ON own.id = d.end_customer_id "
           "JOIN account same_group ON same_group.group_id = own.group_id "
           "JOIN deal o ON o.end_customer_id = same_group.id AND o.phase IN (1, 2) "
           "AND o.id <> d.id AND o.state IN ('submitted', 'review', 'returned') "
           "AND o.rank_no < d.rank_no JOIN deal_line ol ON ol.deal_id = o.id "
           "JOIN deal_line l ON l.deal_id = d.id AND l.product_line_id = ol.product_line_id "
           "WHERE d.id = ? UNION ALL SELECT 2, c.product_line_id, c.deal_id, own.id, "
           "c.product_line_id, c.id, c.version "
           "FROM deal d JOIN account own ON own.id = d.end_customer_id "
           "JOIN deal_line l ON l.deal_id = d.id "
           "JOIN claim c ON c.group_id = own.group_id AND c.product_line_id = l.product_line_id "
           "AND c.deal_id <> d.id WHERE d.id = ? ORDER BY kind, place",
    .binds = "iii",
    .fields = any_obstacle_fields,
    .row_bytes = sizeof(struct deal_any_obstacle_row),
};

/* -- claims --------------------------------------------------------------------------------------
 */

const struct db_stmt claim_sql_take = {
    .name = "claim.take",
    .sql = "INSERT INTO claim (group_id, product_line_id, deal_id, taken_at) VALUES (?, ?, ?, ?)",
    .binds = "iiit",
    .flags = DB_WRITE,
};
const struct db_stmt claim_sql_change_hands = {
    .name = "claim.change_hands",
    .sql = "UPDATE claim SET deal_id = ?, version = version + 1, taken_at = ? "
           "WHERE id = ? AND version = ?",
    .binds = "itii",
    .flags = DB_WRITE,
};
const struct db_stmt claim_sql_free = {
    .name = "claim.free",
    .sql = "DELETE FROM claim WHERE id = ? AND deal_id = ?",
    .binds = "ii",
    .flags = DB_WRITE,
};
static const struct db_field claim_fields[] = {
    DB_FIELD(struct deal_claim_row, id, DB_I64, 0),
    DB_FIELD(struct deal_claim_row, group_id, DB_I64, 0),
    DB_FIELD(struct deal_claim_row, product_line_id, DB_I64, 0),
    DB_FIELD(struct deal_claim_row, deal_id, DB_I64, 0),
    DB_FIELD(struct deal_claim_row, version, DB_I64, 0),
    { 0 },
};
const struct db_stmt claim_sql_of_deal = {
    .name = "claim.of_deal",
    .sql = "SELECT id, group_id, product_line_id, deal_id, version FROM claim WHERE deal_id = ?",
    .binds = "i",
    .fields = claim_fields,
    .row_bytes = sizeof(struct deal_claim_row),
};
const struct db_stmt claim_sql_event = {
    .name = "claim.event",
    .sql =
        "INSERT INTO claim_event (group_id, product_line_id, deal_id, event, at, user_id, reason) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
    .binds = "iiistis",
    .flags = DB_WRITE,
};
const struct db_stmt claim_sql_line_lost = {
    .name = "claim.line_lost",
    .sql = "UPDATE deal_line SET lost_at = ? WHERE deal_id = ? AND product_line_id = ?",
    .binds = "tii",
    .flags = DB_WRITE,
};

/* -- terms ---------------------------------------------------------------------------------------
 */

static const struct db_field term_fields[] = {
    DB_NULLABLE(struct deal_term, days, DB_I64, 0),
    DB_FIELD(struct deal_term, discount_bp, DB_I64, 0),
    { 0 },
};
const struct db_stmt deal_sql_term = {
    .name = "deal.term",
    .sql =
        "SELECT t.days, t.discount_bp FROM account a JOIN protection_term t ON t.tier_id = a.tier_id "
        "WHERE a.id = ? AND t.deal_type = ?",
    .binds = "is",
    .fields = term_fields,
    .row_bytes = sizeof(struct deal_term),
};
struct group_row {
    int64_t group_id;
};
static const struct db_field group_fields[] = {
    DB_FIELD(struct group_row, group_id, DB_I64, 0),
    { 0 },
};
const struct db_stmt deal_sql_group_of = {
    .name = "deal.group_of",
    .sql = "SELECT COALESCE(group_id, id) AS group_id FROM account WHERE id = ?",
    .binds = "i",
    .fields = group_fields,
    .row_bytes = sizeof(struct group_row),
};
const struct db_stmt deal_sql_line_discount = {
    .name = "deal.line_discount",
    .sql = "UPDATE deal_line SET discount_bp = ? WHERE deal_id = ?",
    .binds = "ii",
    .flags = DB_WRITE,
};

/* -- assignments ---------------------------------------------------------------------------------
 */

const struct db_stmt deal_sql_assign_end = {
    .name = "deal.assign_end",
    .sql = "UPDATE deal_assignment SET until_at = ? WHERE deal_id = ? AND until_at IS NULL",
    .binds = "ti",
    .flags = DB_WRITE,
};
const struct db_stmt deal_sql_assign_begin = {
    .name = "deal.assign_begin",
    .sql = "INSERT INTO deal_assignment (deal_id, user_id, user_name, by_user_id, from_at) "
           "VALUES (?, ?, ?, ?, ?)",
    .binds = "iisit",
    .flags = DB_WRITE,
};

/* In review without a reviewer: an appeal that nobody was found for. */
const struct db_stmt deal_sql_take_free = {
    .name = "deal.take_free",
    .sql = "UPDATE deal SET row_version = row_version + 1 WHERE id = ? AND row_version = ? "
           "AND state = 'review' AND reviewer_id IS NULL",
    .binds = "ii",
    .flags = DB_WRITE,
};

/* -- end customer and what is spoken for ----------------------------------------------------------
 */

static const struct db_field customer_fields[] = {
    DB_FIELD(struct deal_customer_row, end_customer_id, DB_I64, 0),
    { 0 },
};
const struct db_stmt deal_sql_own_customer = {
    .name = "deal.own_customer",
    .sql = "SELECT d.end_customer_id FROM deal d JOIN account e ON e.id = d.end_customer_id "
           "AND e.deleted_at IS NULL WHERE d.account_id = ? AND d.country = ? "
           "AND ((d.tax_number <> '' AND d.tax_number = ?) OR d.company_name = ?) "
           "ORDER BY d.id DESC LIMIT 1",
    .binds = "isss",
    .fields = customer_fields,
    .row_bytes = sizeof(struct deal_customer_row),
    .flags = DB_ACCOUNT_FIRST,
};
const struct db_stmt deal_sql_live_put = {
    .name = "deal.live_put",
    .sql = "INSERT IGNORE INTO match_line (party_id, product_line_id, live) "
           "SELECT d.end_customer_id, l.product_line_id, 1 FROM deal d "
           "JOIN deal_line l ON l.deal_id = d.id WHERE d.id = ?",
    .binds = "i",
    .flags = DB_WRITE,
};
/* Spoken for: undecided, protected, or won with its protection not yet over. */
const struct db_stmt deal_sql_live_count = {
    .name = "deal.live_count",
    .sql =
        "UPDATE match_line m SET m.live = COALESCE((SELECT MAX(IF(d.phase = 3 OR d.state = 'won', 2, "
        "1)) FROM deal d "
        "JOIN deal_line l ON l.deal_id = d.id AND l.product_line_id = m.product_line_id "
        "AND l.lost_at IS NULL WHERE d.end_customer_id = m.party_id AND (d.phase IN (2, 3) "
        "OR d.state = 'returned' OR (d.state = 'won' AND d.protected_until_at > UTC_TIMESTAMP(6)))), 0) "
        "WHERE m.party_id = ?",
    .binds = "i",
    .flags = DB_WRITE,
};

/* -- words ----------------------------------------------------------------------------------------
 */

static const struct db_field reason_fields[] = {
    DB_FIELD(struct deal_reason_row, text_en, DB_TEXT, 480),
    { 0 },
};
const struct db_stmt deal_sql_reason = {
    .name = "deal.reason",
    .sql = "SELECT text_en FROM deal_reason WHERE code = ?",
    .binds = "s",
    .fields = reason_fields,
    .row_bytes = sizeof(struct deal_reason_row),
};
static const struct db_field told_fields[] = {
    DB_FIELD(struct deal_told_row, user_id, DB_I64, 0),
    { 0 },
};
/* Who writes registrations of a partner, when of the two people of one of them nobody is there. */
const struct db_stmt deal_sql_told = {
    .name = "deal.told",
    .sql =
        "SELECT DISTINCT u.id AS user_id FROM user u JOIN user_role r ON r.user_id = u.id "
        "JOIN role_permission p ON p.role_id = r.role_id AND p.permission = 'deal.edit' "
        "WHERE u.account_id = ? AND u.status = 'active' AND NOT EXISTS (SELECT 1 FROM user o "
        "WHERE o.id IN (?, ?) AND o.account_id = u.account_id AND o.status = 'active') LIMIT 200",
    .binds = "iii",
    .fields = told_fields,
    .row_bytes = sizeof(struct deal_told_row),
    .flags = DB_ACCOUNT_FIRST,
};
static const struct db_field line_name_fields[] = {
    DB_FIELD(struct deal_line_name_row, name_en, DB_TEXT, 240),
    { 0 },
};
const struct db_stmt deal_sql_line_name = {
    .name = "deal.line_name",
    .sql = "SELECT name_en FROM product_line WHERE id = ?",
    .binds = "i",
    .fields = line_name_fields,
    .row_bytes = sizeof(struct deal_line_name_row),
};

const struct db_stmt deal_sql_receipt_insert = {
    .name = "deal.receipt_insert",
    .sql = "INSERT INTO receipt (deal_id, account_id, event, statement, salt, made_at) "
           "VALUES (?, ?, ?, ?, ?, ?)",
    .binds = "iissbt",
    .flags = DB_WRITE,
};

/* -- by program -----------------------------------------------------------------------------------
 */

#define BOTH                                                                                    \
    &deal_sql_lines, &deal_sql_insert, &deal_sql_update_content, &deal_sql_line_delete_all,     \
        &deal_sql_line_insert, &deal_sql_move, &deal_sql_step_close, &deal_sql_step_open,       \
        &deal_sql_steps, &deal_sql_rank_next, &deal_sql_mark_submitted, &deal_sql_match_insert, \
        &deal_sql_match_update, &deal_sql_rate_on, &deal_sql_own_customer, &deal_sql_live_put,  \
        &deal_sql_live_count, &deal_sql_receipt_insert

db_stmt_table deal_partner_statements[] = { BOTH, &deal_sql_of_account, NULL };

db_stmt_table deal_vendor_statements[] = {
    BOTH,
    &deal_sql_of_worker,
    &deal_sql_mark_taken,
    &deal_sql_mark_returned,
    &deal_sql_mark_decided,
    &deal_sql_mark_protected,
    &deal_sql_mark_duplicate,
    &deal_sql_mark_rule,
    &deal_sql_open_matches,
    &deal_sql_obstacles,
    &claim_sql_take,
    &claim_sql_change_hands,
    &claim_sql_free,
    &claim_sql_of_deal,
    &claim_sql_event,
    &claim_sql_line_lost,
    &deal_sql_term,
    &deal_sql_group_of,
    &deal_sql_line_discount,
    &deal_sql_assign_end,
    &deal_sql_assign_begin,
    &deal_sql_take_free,
    &deal_sql_appeal,
    &deal_sql_reason,
    &deal_sql_told,
    &deal_sql_line_name,
    NULL,
};
