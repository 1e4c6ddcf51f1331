/* deal/deal_staff_sql.c - the statements behind the pages of reviewers.  A list reads its page of
 * ids from one index within the visitor's departments, and only then what its rows show. */
#include "deal/deal_sql.h"
#include "access/scope.h"
#include "deal/deal_staff_sql.h"

/* -- lists of work -------------------------------------------------------------------------------
 */

/* English and Chinese names in turn, a line each: deal_staff_lines() chooses.  Without its length
 * the list would be a text of any size, and every temporary table with it a file. */
#define LINE_NAMES(from)                                                                     \
    "COALESCE(CAST((SELECT GROUP_CONCAT(CONCAT(p.name_en, '\n', p.name_zh) ORDER BY p.sort " \
    "SEPARATOR '\n') " from ") AS CHAR(1000)), '')"
/* Whom an appeal may not go to, where there is one. */
#define APPEAL_NOT                                                                      \
    "COALESCE(CAST((SELECT CONCAT(COALESCE(r.name, ''), '\n', COALESCE(x.name, '')) "   \
    "FROM deal_appeal p LEFT JOIN user r ON r.id = p.reviewer_id LEFT JOIN user x "     \
    "ON x.id = p.decided_by AND NOT x.id <=> p.reviewer_id WHERE p.deal_id = d.id) AS " \
    "CHAR(300)), '') AS appeal_not"
#define COLUMNS                                                                                               \
    "d.id, d.row_version, d.total, d.reviewer_id, a.tier_id, d.state AS state_code, "                         \
    "d.company_name, a.name AS partner_name, d.line_ids, d.currency, d.verdict, d.reviewer_name, " APPEAL_NOT \
    ", "
#define DATES     "d.due_at, d.answer_due_at, d.protected_until_at, d.updated_at"
#define PARTNER   "STRAIGHT_JOIN account a FORCE INDEX (PRIMARY) ON a.id = d.account_id "
#define SCOPE(of) SCOPE_WITHIN_OR_OWN(of, "reviewer_id")

static const struct db_field queue_fields[] = {
    DB_FIELD(struct deal_queue_row, id, DB_I64, 0),
    DB_FIELD(struct deal_queue_row, row_version, DB_I64, 0),
    DB_FIELD(struct deal_queue_row, total, DB_E4, 0),
    DB_NULLABLE(struct deal_queue_row, reviewer_id, DB_I64, 0),
    DB_NULLABLE(struct deal_queue_row, tier_id, DB_I64, 0),
    DB_FIELD(struct deal_queue_row, state_code, DB_TEXT, 12),
    DB_FIELD(struct deal_queue_row, company_name, DB_TEXT, 200),
    DB_FIELD(struct deal_queue_row, partner_name, DB_TEXT, 200),
    DB_FIELD(struct deal_queue_row, line_ids, DB_TEXT, 1000),
    DB_FIELD(struct deal_queue_row, currency, DB_TEXT, 4),
    DB_FIELD(struct deal_queue_row, verdict, DB_TEXT, 12),
    DB_FIELD(struct deal_queue_row, reviewer_name, DB_TEXT, 120),
    DB_FIELD(struct deal_queue_row, appeal_not, DB_TEXT, 300),
    DB_NULLABLE(struct deal_queue_row, key_at, DB_AT, 0),
    DB_NULLABLE(struct deal_queue_row, due_at, DB_AT, 0),
    DB_NULLABLE(struct deal_queue_row, answer_due_at, DB_AT, 0),
    DB_NULLABLE(struct deal_queue_row, protected_until_at, DB_AT, 0),
    DB_FIELD(struct deal_queue_row, updated_at, DB_AT, 0),
    { 0 },
};

/* SOURCE is "FROM ... WHERE" with the registration as d, KEY a column of it.  Joins follow the
 * index in its order, and what its columns exclude is never looked up. */
#define QUEUE(ident, name_, key, source, where, w, behind, b, order)                   \
    static const struct db_stmt ident = {                                              \
        .name = name_,                                                                 \
        .sql = "SELECT " COLUMNS key " AS key_at, " DATES " " source SCOPE("d.") where \
        " " behind " ORDER BY " key " " order ", d.id " order " LIMIT ?",              \
        .binds = "iii" w b "i",                                                        \
        .fields = queue_fields,                                                        \
        .row_bytes = sizeof(struct deal_queue_row),                                    \
        .flags = DB_STAFF_SCOPE | DB_LISTS,                                            \
    }

#define BEHIND(key, sign) "AND " key " " sign "= ? AND (" key " " sign " ? OR d.id " sign " ?)"

#define ORDER(set, name_, key, source, where, w, forward, way, back, yaw)                        \
    QUEUE(set##_first, name_ ".first", key, source, where, w, "", "", way);                      \
    QUEUE(set##_older, name_ ".older", key, source, where, w, BEHIND(key, forward), "tti", way); \
    QUEUE(set##_newer, name_ ".newer", key, source, where, w, BEHIND(key, back), "tti", yaw)

#define SOONEST      ">", "ASC", "<", "DESC"
#define NEWEST       "<", "DESC", ">", "ASC"
#define ORDER_(...)  ORDER(__VA_ARGS__)
#define DEALS(index) "FROM deal d FORCE INDEX (" index ") " PARTNER "WHERE "

/* A match that nobody has resolved and that speaks for a line in common; or a line of the customer
 * itself that the vendor's own sales work on. */
#define UNRESOLVED                                                                    \
    "AND d.verdict IN ('same', 'possible') AND (EXISTS (SELECT 1 FROM deal_match m "  \
    "WHERE m.deal_id = d.id AND m.overlap = 1 AND m.verdict IN ('same', 'possible') " \
    "AND m.resolution IS NULL) OR EXISTS (SELECT 1 FROM match_party own "             \
    "JOIN match_party p ON p.group_id = own.group_id JOIN match_line x "              \
    "ON x.party_id = p.id AND x.direct > 0 JOIN deal_line l ON l.deal_id = d.id "     \
    "AND l.product_line_id = x.product_line_id WHERE own.id = d.end_customer_id))"

ORDER_(mine, "deal.queue.mine", "d.due_at", DEALS("deal_reviewer"),
       "AND d.reviewer_id = ? AND d.phase = 2", "i", SOONEST);
ORDER_(unassigned, "deal.queue.unassigned", "d.due_at", DEALS("deal_queue"),
       "AND d.phase = 2 AND d.reviewer_id IS NULL", "", SOONEST);
ORDER_(conflict, "deal.queue.conflict", "d.due_at", DEALS("deal_queue"),
       "AND d.phase = 2 " UNRESOLVED, "", SOONEST);
ORDER_(appeal, "deal.queue.appeal", "d.due_at", DEALS("deal_queue"),
       "AND d.phase = 2 AND EXISTS (SELECT 1 FROM deal_appeal p WHERE p.deal_id = d.id)", "",
       SOONEST);
ORDER_(amend, "deal.queue.amend", "e.asked_at",
       "FROM deal_amendment e FORCE INDEX (deal_amendment_asked) "
       "STRAIGHT_JOIN deal d ON d.id = e.deal_id " PARTNER
       "WHERE e.state = 'asked' AND d.state = 'approved' AND ",
       "", "", SOONEST);
ORDER_(extension, "deal.queue.extension", "e.asked_at",
       "FROM deal_extension e FORCE INDEX (deal_extension_asked) "
       "STRAIGHT_JOIN deal d ON d.id = e.deal_id " PARTNER "WHERE e.state = 'asked' AND ",
       "", "", SOONEST);
ORDER_(returned, "deal.queue.returned", "d.answer_due_at", DEALS("deal_answer"),
       "AND d.state = 'returned'", "", SOONEST);
ORDER_(open, "deal.queue.open", "d.due_at", DEALS("deal_queue"), "AND d.phase = 2", "", SOONEST);
ORDER_(all, "deal.queue.all", "d.updated_at", DEALS("deal_all"),
       "AND (d.state <> 'draft' OR d.on_behalf_by IS NOT NULL)", "", NEWEST);

/* What figures count (deal/deal_filter.h), by the day of submission. */
#define SUBMITTED                                                                              \
    "AND d.submitted_at >= ? AND d.submitted_at < ? AND d.state <> 'draft' AND (? = 0 OR "     \
    "a.tier_id = ?) AND (? = 0 OR EXISTS (SELECT 1 FROM deal_line l WHERE l.deal_id = d.id "   \
    "AND l.product_line_id = ?)) AND CASE ? WHEN 0 THEN 1 WHEN 1 THEN d.protected_from_at IS " \
    "NOT NULL WHEN 2 THEN d.state IN ('rejected', 'duplicate') WHEN 3 THEN d.state = 'won' "   \
    "WHEN 4 THEN d.state = 'lost' ELSE 0 END AND CASE ? WHEN 0 THEN 1 WHEN 1 THEN "            \
    "(d.department_id BETWEEN ? AND ? OR d.department_id IS NULL) ELSE 0 END "                 \
    "AND d.company_name LIKE ?"
#define SUBMITTED_BINDS "ttiiiiiiiis"
ORDER_(filtered, "deal.queue.filtered", "d.submitted_at", DEALS("deal_submitted"), SUBMITTED,
       SUBMITTED_BINDS, NEWEST);
ORDER_(of_partner, "deal.queue.of_partner", "d.submitted_at", DEALS("deal_account_submitted"),
       "AND d.account_id = ? " SUBMITTED, "i" SUBMITTED_BINDS, NEWEST);

#define THREE(set)                               \
    {                                            \
        &set##_first, &set##_older, &set##_newer \
    }
static const struct db_stmt *const queues[DEAL_QUEUE_COUNT][3] = {
    [DEAL_QUEUE_MINE] = THREE(mine),         [DEAL_QUEUE_UNASSIGNED] = THREE(unassigned),
    [DEAL_QUEUE_CONFLICT] = THREE(conflict), [DEAL_QUEUE_APPEAL] = THREE(appeal),
    [DEAL_QUEUE_AMEND] = THREE(amend),       [DEAL_QUEUE_EXTENSION] = THREE(extension),
    [DEAL_QUEUE_RETURNED] = THREE(returned), [DEAL_QUEUE_OPEN] = THREE(open),
    [DEAL_QUEUE_ALL] = THREE(all),
};

const struct db_stmt *deal_queue_list(enum deal_queue queue, enum list_direction direction)
{
    return queues[queue][direction];
}

const struct db_stmt *deal_queue_filtered(bool of_partner, enum list_direction direction)
{
    static const struct db_stmt *const lists[2][3] = { THREE(filtered), THREE(of_partner) };

    return lists[of_partner][direction];
}

const struct db_stmt deal_queue_search = {
    .name = "deal.queue.search",
    .sql = "SELECT " COLUMNS "k.key_at, " DATES " FROM (SELECT id, key_at FROM (SELECT id, "
           "updated_at AS key_at, company_name FROM deal FORCE INDEX (deal_all) WHERE " SCOPE(
               "") "AND (state <> 'draft' OR on_behalf_by IS NOT NULL) "
                   "ORDER BY updated_at DESC, id DESC LIMIT 2000) newest WHERE company_name LIKE ? "
                   "ORDER BY key_at DESC, id DESC LIMIT ?) k JOIN deal d ON d.id = k.id " PARTNER
                   "ORDER BY k.key_at DESC, k.id DESC",
    .binds = "iiisi",
    .fields = queue_fields,
    .row_bytes = sizeof(struct deal_queue_row),
    .flags = DB_STAFF_SCOPE | DB_LISTS,
};

static const struct db_field next_fields[] = {
    DB_FIELD(struct deal_next_row, id, DB_I64, 0),
    { 0 },
};
/* An appeal is not anybody's: whoever takes one has looked at it. */
const struct db_stmt deal_queue_next = {
    .name = "deal.queue.next",
    .sql = "SELECT id FROM deal FORCE INDEX (deal_queue) WHERE " SCOPE(
        "") "AND phase = 2 AND state = 'submitted' AND reviewer_id IS NULL AND NOT EXISTS "
            "(SELECT 1 FROM deal_appeal p WHERE p.deal_id = deal.id) ORDER BY due_at, id LIMIT 1",
    .binds = "iii",
    .fields = next_fields,
    .row_bytes = sizeof(struct deal_next_row),
    .flags = DB_STAFF_SCOPE,
};

/* -- beside one registration ---------------------------------------------------------------------
 */

static const struct db_field facts_fields[] = {
    DB_NULLABLE(struct deal_staff_row, duplicate_of, DB_I64, 0),
    DB_NULLABLE(struct deal_staff_row, rule_id, DB_I64, 0),
    DB_FIELD(struct deal_staff_row, rule_en, DB_TEXT, 120),
    DB_FIELD(struct deal_staff_row, rule_zh, DB_TEXT, 120),
    DB_FIELD(struct deal_staff_row, on_behalf_name, DB_TEXT, 120),
    { 0 },
};
const struct db_stmt deal_staff_facts = {
    .name = "deal.staff.facts",
    .sql = "SELECT s.duplicate_of, s.rule_id, COALESCE(r.name_en, '') AS rule_en, "
           "COALESCE(r.name_zh, '') AS rule_zh, COALESCE(u.name, '') AS on_behalf_name FROM deal d "
           "LEFT JOIN deal_staff s ON s.deal_id = d.id LEFT JOIN deal_rule r ON r.id = s.rule_id "
           "LEFT JOIN user u ON u.id = d.on_behalf_by WHERE d.id = ?",
    .binds = "i",
    .fields = facts_fields,
    .row_bytes = sizeof(struct deal_staff_row),
};

static const struct db_field appeal_not_fields[] = {
    DB_FIELD(struct deal_appeal_not_row, names, DB_TEXT, 300),
    { 0 },
};
const struct db_stmt deal_staff_appeal_not = {
    .name = "deal.staff.appeal_not",
    .sql = "SELECT CONCAT_WS(', ', r.name, x.name) AS names FROM deal_appeal p "
           "LEFT JOIN user r ON r.id = p.reviewer_id LEFT JOIN user x ON x.id = p.decided_by "
           "AND NOT x.id <=> p.reviewer_id WHERE p.deal_id = ?",
    .binds = "i",
    .fields = appeal_not_fields,
    .row_bytes = sizeof(struct deal_appeal_not_row),
};

static const struct db_field match_fields[] = {
    DB_FIELD(struct deal_match_row, party_id, DB_I64, 0),
    DB_FIELD(struct deal_match_row, score, DB_I64, 0),
    DB_NULLABLE(struct deal_match_row, group_id, DB_I64, 0),
    DB_FIELD(struct deal_match_row, verdict, DB_TEXT, 12),
    DB_FIELD(struct deal_match_row, evidence_json, DB_TEXT, 300),
    DB_FIELD(struct deal_match_row, resolution, DB_TEXT, 12),
    DB_FIELD(struct deal_match_row, resolved_name, DB_TEXT, 120),
    DB_NULLABLE(struct deal_match_row, resolved_at, DB_AT, 0),
    DB_FIELD(struct deal_match_row, kind, DB_TEXT, 12),
    DB_FIELD(struct deal_match_row, name, DB_TEXT, 200),
    DB_FIELD(struct deal_match_row, country, DB_TEXT, 4),
    DB_FIELD(struct deal_match_row, region, DB_TEXT, 160),
    DB_FIELD(struct deal_match_row, city, DB_TEXT, 160),
    DB_FIELD(struct deal_match_row, address, DB_TEXT, 300),
    DB_FIELD(struct deal_match_row, website, DB_TEXT, 200),
    DB_FIELD(struct deal_match_row, tax_number, DB_TEXT, 80),
    DB_FIELD(struct deal_match_row, phone, DB_TEXT, 80),
    DB_FIELD(struct deal_match_row, overlap, DB_BOOL, 0),
    DB_FIELD(struct deal_match_row, named, DB_BOOL, 0),
    DB_FIELD(struct deal_match_row, joined, DB_BOOL, 0),
    { 0 },
};
/* What a person still has to look at comes first. */
const struct db_stmt deal_staff_matches = {
    .name = "deal.staff.matches",
    .sql = "SELECT m.party_id, m.score, p.group_id, m.verdict, m.evidence_json, "
           "COALESCE(m.resolution, pair.decision, '') AS resolution, "
           "COALESCE(u.name, '') AS resolved_name, "
           "COALESCE(m.resolved_at, pair.decided_at) AS resolved_at, p.kind, p.name, p.country, "
           "p.region, p.city, p.address, p.website, p.tax_number, p.phone, m.overlap, p.named, "
           "(p.group_id = own.group_id) AS joined "
           "FROM deal_match m JOIN deal d ON d.id = m.deal_id "
           "JOIN account own ON own.id = d.end_customer_id JOIN account p ON p.id = m.party_id "
           "LEFT JOIN account_pair pair ON pair.low_id = LEAST(p.id, own.id) "
           "AND pair.high_id = GREATEST(p.id, own.id) "
           "LEFT JOIN user u ON u.id = COALESCE(m.resolved_by, pair.decided_by) "
           "WHERE m.deal_id = ? AND p.id <> own.id "
           "ORDER BY (m.resolution IS NULL AND m.overlap = 1) DESC, m.overlap DESC, m.score DESC "
           "LIMIT 6",
    .binds = "i",
    .fields = match_fields,
    .row_bytes = sizeof(struct deal_match_row),
};

/* Chosen and ordered by numbers alone, and only then given their texts: those would make each
 * temporary table a file. */
#define COMMON                                                                               \
    LINE_NAMES("FROM deal_line x JOIN deal_line l ON l.product_line_id = x.product_line_id " \
               "JOIN product_line p ON p.id = x.product_line_id WHERE x.deal_id = o.id "     \
               "AND x.lost_at IS NULL AND l.deal_id = k.deal_id")
static const struct db_field rival_fields[] = {
    DB_FIELD(struct deal_rival_row, id, DB_I64, 0),
    DB_FIELD(struct deal_rival_row, party_id, DB_I64, 0),
    DB_NULLABLE(struct deal_rival_row, rank_no, DB_I64, 0),
    DB_NULLABLE(struct deal_rival_row, submitted_at, DB_AT, 0),
    DB_NULLABLE(struct deal_rival_row, department_id, DB_I64, 0),
    DB_NULLABLE(struct deal_rival_row, reviewer_id, DB_I64, 0),
    DB_NULLABLE(struct deal_rival_row, protected_until, DB_DAY, 0),
    DB_FIELD(struct deal_rival_row, state_code, DB_TEXT, 12),
    DB_FIELD(struct deal_rival_row, partner_name, DB_TEXT, 200),
    DB_FIELD(struct deal_rival_row, line_names, DB_TEXT, 4000),
    { 0 },
};
const struct db_stmt deal_staff_rivals = {
    .name = "deal.staff.rivals",
    .sql = "SELECT o.id, k.party_id, o.rank_no, o.submitted_at, o.department_id, o.reviewer_id, "
           "o.protected_until, o.state AS state_code, a.name AS partner_name, " COMMON
           " AS line_names "
           "FROM (SELECT o.id, m.party_id, o.rank_no, m.deal_id FROM deal_match m "
           "JOIN account p ON p.id = m.party_id JOIN account g ON g.group_id = p.group_id "
           "JOIN deal o ON o.end_customer_id = g.id AND o.id <> m.deal_id "
           "AND (o.phase IN (2, 3) OR o.state = 'returned') WHERE m.deal_id = ? "
           "ORDER BY o.rank_no LIMIT 60) k STRAIGHT_JOIN deal o ON o.id = k.id "
           "STRAIGHT_JOIN account a ON a.id = o.account_id ORDER BY k.rank_no",
    .binds = "i",
    .fields = rival_fields,
    .row_bytes = sizeof(struct deal_rival_row),
};

static const struct db_field direct_fields[] = {
    DB_FIELD(struct deal_direct_row, id, DB_I64, 0),
    DB_NULLABLE(struct deal_direct_row, department_id, DB_I64, 0),
    DB_NULLABLE(struct deal_direct_row, owner_user_id, DB_I64, 0),
    DB_FIELD(struct deal_direct_row, owner_name, DB_TEXT, 480),
    DB_FIELD(struct deal_direct_row, customer_name, DB_TEXT, 800),
    DB_FIELD(struct deal_direct_row, stage_en, DB_TEXT, 240),
    DB_FIELD(struct deal_direct_row, stage_zh, DB_TEXT, 240),
    DB_NULLABLE(struct deal_direct_row, expected_close, DB_DAY, 0),
    DB_FIELD(struct deal_direct_row, line_names, DB_TEXT, 4000),
    { 0 },
};
/* Of the customer itself and of those that it could be, unless a person said that they are others;
 * on its lines alone. */
const struct db_stmt deal_staff_direct = {
    .name = "deal.staff.direct",
    .sql =
        "SELECT o.id, o.department_id, o.owner_user_id, o.owner_name, o.customer_name, "
        "s.name_en AS stage_en, s.name_zh AS stage_zh, o.expected_close, " LINE_NAMES(
            "FROM opportunity_line x JOIN deal_line l ON l.product_line_id = x.product_line_id "
            "JOIN product_line p ON p.id = x.product_line_id WHERE x.opportunity_id = o.id "
            "AND l.deal_id = k.deal_id") " AS line_names "
                                         "FROM (SELECT o.id, MIN(g.deal_id) AS deal_id FROM (SELECT e.group_id, d.id AS deal_id FROM deal d "
                                         "JOIN account e ON e.id = d.end_customer_id WHERE d.id = ? "
                                         "UNION SELECT p.group_id, m.deal_id FROM deal_match m "
                                         "JOIN account p ON p.id = m.party_id WHERE m.deal_id = ? "
                                         "AND m.verdict IN ('same', 'possible') "
                                         "AND (m.resolution IS NULL OR m.resolution = 'same')) g "
                                         "JOIN account c ON c.group_id = g.group_id "
                                         "JOIN opportunity o ON o.end_customer_id = c.id AND o.state = 'open' "
                                         "AND o.account_id IS NULL JOIN opportunity_line x ON x.opportunity_id = o.id "
                                         "JOIN deal_line l ON l.deal_id = g.deal_id AND l.product_line_id = x.product_line_id "
                                         "GROUP BY o.id ORDER BY o.id LIMIT 20) k STRAIGHT_JOIN opportunity o ON o.id = k.id "
                                         "STRAIGHT_JOIN opportunity_stage s ON s.id = o.stage_id ORDER BY o.id",
    .binds = "ii",
    .fields = direct_fields,
    .row_bytes = sizeof(struct deal_direct_row),
};

static const struct db_field other_fields[] = {
    DB_FIELD(struct deal_obstacle_words_row, company_name, DB_TEXT, 200),
    DB_FIELD(struct deal_obstacle_words_row, partner_name, DB_TEXT, 200),
    DB_FIELD(struct deal_obstacle_words_row, state_code, DB_TEXT, 12),
    DB_NULLABLE(struct deal_obstacle_words_row, rank_no, DB_I64, 0),
    DB_NULLABLE(struct deal_obstacle_words_row, submitted_at, DB_AT, 0),
    DB_NULLABLE(struct deal_obstacle_words_row, department_id, DB_I64, 0),
    DB_NULLABLE(struct deal_obstacle_words_row, reviewer_id, DB_I64, 0),
    DB_NULLABLE(struct deal_obstacle_words_row, protected_until, DB_DAY, 0),
    { 0 },
};
const struct db_stmt deal_staff_other = {
    .name = "deal.staff.other",
    .sql = "SELECT d.company_name, a.name AS partner_name, d.state AS state_code, d.rank_no, "
           "d.submitted_at, d.department_id, d.reviewer_id, d.protected_until FROM deal d "
           "JOIN account a ON a.id = d.account_id WHERE d.id = ?",
    .binds = "i",
    .fields = other_fields,
    .row_bytes = sizeof(struct deal_obstacle_words_row),
};

static const struct db_field reason_fields[] = {
    DB_FIELD(struct deal_reason_choice, code, DB_TEXT, 24),
    DB_FIELD(struct deal_reason_choice, use_for, DB_TEXT, 12),
    DB_FIELD(struct deal_reason_choice, text_en, DB_TEXT, 480),
    DB_FIELD(struct deal_reason_choice, text_zh, DB_TEXT, 480),
    { 0 },
};
const struct db_stmt deal_staff_reasons = {
    .name = "deal.staff.reasons",
    .sql = "SELECT code, use_for, text_en, text_zh FROM deal_reason WHERE active = 1 "
           "ORDER BY use_for, sort, code",
    .binds = "",
    .fields = reason_fields,
    .row_bytes = sizeof(struct deal_reason_choice),
    .flags = DB_WHOLE_TABLE,
};

static const struct db_field reviewer_fields[] = {
    DB_FIELD(struct deal_reviewer_row, id, DB_I64, 0),
    DB_FIELD(struct deal_reviewer_row, name, DB_TEXT, 120),
    { 0 },
};
const struct db_stmt deal_staff_reviewers = {
    .name = "deal.staff.reviewers",
    .sql = "SELECT DISTINCT u.id, u.name FROM role_permission rp "
           "JOIN user_role ur ON ur.role_id = rp.role_id JOIN user u ON u.id = ur.user_id "
           "WHERE rp.permission = 'deal.decide' AND u.audience = 'staff' AND u.status = 'active' "
           "ORDER BY u.name_key, u.id LIMIT 500",
    .binds = "",
    .fields = reviewer_fields,
    .row_bytes = sizeof(struct deal_reviewer_row),
    .flags = DB_LISTS,
};

static const struct db_field audit_fields[] = {
    DB_FIELD(struct deal_audit_row, at, DB_AT, 0),
    DB_FIELD(struct deal_audit_row, for_user_id, DB_I64, 0),
    DB_FIELD(struct deal_audit_row, action, DB_TEXT, 40),
    DB_FIELD(struct deal_audit_row, user_name, DB_TEXT, 120),
    { 0 },
};
const struct db_stmt deal_staff_audit = {
    .name = "deal.staff.audit",
    .sql = "SELECT e.at, e.for_user_id, e.action, COALESCE(u.name, '') AS user_name "
           "FROM audit_event e LEFT JOIN user u ON u.id = e.user_id "
           "WHERE e.kind = 'deal' AND e.object_id = ? ORDER BY e.seq DESC LIMIT 12",
    .binds = "i",
    .fields = audit_fields,
    .row_bytes = sizeof(struct deal_audit_row),
    .flags = DB_LISTS,
};

db_stmt_table deal_staff_statements[] = {
    &filtered_first,
    &filtered_older,
    &filtered_newer,
    &of_partner_first,
    &of_partner_older,
    &of_partner_newer,
    &deal_sql_of_staff,
    &mine_first,
    &mine_older,
    &mine_newer,
    &unassigned_first,
    &unassigned_older,
    &unassigned_newer,
    &conflict_first,
    &conflict_older,
    &conflict_newer,
    &appeal_first,
    &appeal_older,
    &appeal_newer,
    &amend_first,
    &amend_older,
    &amend_newer,
    &extension_first,
    &extension_older,
    &extension_newer,
    &returned_first,
    &returned_older,
    &returned_newer,
    &open_first,
    &open_older,
    &open_newer,
    &all_first,
    &all_older,
    &all_newer,
    &deal_queue_search,
    &deal_queue_next,
    &deal_staff_facts,
    &deal_staff_matches,
    &deal_staff_rivals,
    &deal_staff_direct,
    &deal_staff_other,
    &deal_staff_reasons,
    &deal_staff_reviewers,
    &deal_staff_audit,
    &deal_staff_appeal_not,
    NULL,
};
