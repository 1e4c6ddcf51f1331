/* programme/tier_sql.c - the statements of tiers, certificates and reviews. */
#include "programme/tier_inside.h"

static const struct db_field ask_fields[] = {
    DB_FIELD(struct tier_ask_row, id, DB_I64, 0),
    DB_FIELD(struct tier_ask_row, rank, DB_I64, 0),
    DB_FIELD(struct tier_ask_row, least, DB_I64, 0),
    DB_FIELD(struct tier_ask_row, name_en, DB_TEXT, 240),
    DB_FIELD(struct tier_ask_row, name_zh, DB_TEXT, 240),
    DB_FIELD(struct tier_ask_row, measure, DB_TEXT, 16),
    { 0 },
};
const struct db_stmt tier_sql_asks = {
    .name = "programme.tier_asks",
    .sql = "SELECT t.id, t.rank, IFNULL(r.least, 0) AS least, t.name_en, t.name_zh, "
           "IFNULL(r.measure, '') AS measure FROM tier t LEFT JOIN tier_requirement r "
           "ON r.tier_id = t.id ORDER BY t.rank, r.measure",
    .binds = "",
    .fields = ask_fields,
    .row_bytes = sizeof(struct tier_ask_row),
    .flags = DB_WHOLE_TABLE,
};
static const struct db_field figure_fields[] = {
    DB_FIELD(struct tier_figure_row, tier_id, DB_I64, 0),
    DB_FIELD(struct tier_figure_row, value, DB_I64, 0),
    DB_FIELD(struct tier_figure_row, measure, DB_TEXT, 16),
    { 0 },
};
const struct db_stmt tier_sql_figures = {
    .name = "programme.tier_figures",
    .sql = "SELECT IFNULL(a.tier_id, 0) AS tier_id, IFNULL(f.value, 0) AS value, "
           "IFNULL(f.measure, '') AS measure FROM account a LEFT JOIN partner_figure f "
           "ON f.account_id = a.id WHERE a.id = ?",
    .binds = "i",
    .fields = figure_fields,
    .row_bytes = sizeof(struct tier_figure_row),
};
static const struct db_field benefit_fields[] = {
    DB_FIELD(struct tier_benefit_row, tier_id, DB_I64, 0),
    DB_FIELD(struct tier_benefit_row, benefit_id, DB_I64, 0),
    DB_FIELD(struct tier_benefit_row, name_en, DB_TEXT, 480),
    DB_FIELD(struct tier_benefit_row, name_zh, DB_TEXT, 480),
    DB_FIELD(struct tier_benefit_row, value_en, DB_TEXT, 480),
    DB_FIELD(struct tier_benefit_row, value_zh, DB_TEXT, 480),
    { 0 },
};
const struct db_stmt tier_sql_benefits = {
    .name = "programme.tier_benefits",
    .sql = "SELECT b.tier_id, b.benefit_id, f.name_en, f.name_zh, b.value_en, b.value_zh "
           "FROM tier_benefit b JOIN benefit f ON f.id = b.benefit_id AND f.active = 1 "
           "JOIN tier t ON t.id = b.tier_id ORDER BY f.sort, f.id, t.rank",
    .binds = "",
    .fields = benefit_fields,
    .row_bytes = sizeof(struct tier_benefit_row),
    .flags = DB_WHOLE_TABLE,
};

/* -- certificates --------------------------------------------------------------------------------
 */

static const struct db_field certificate_fields[] = {
    DB_FIELD(struct certificate, id, DB_I64, 0),
    DB_FIELD(struct certificate, account_id, DB_I64, 0),
    DB_FIELD(struct certificate, issued_on, DB_DAY, 0),
    DB_FIELD(struct certificate, expires_on, DB_DAY, 0),
    DB_FIELD(struct certificate, account_name, DB_TEXT, 800),
    DB_FIELD(struct certificate, person_name, DB_TEXT, 480),
    DB_FIELD(struct certificate, course_en, DB_TEXT, 480),
    DB_FIELD(struct certificate, course_zh, DB_TEXT, 480),
    { 0 },
};
#define CERTIFICATE                                                                        \
    "SELECT c.id, c.account_id, c.issued_on, c.expires_on, a.name AS account_name, "       \
    "c.person_name, c.course_en, c.course_zh FROM certificate c JOIN account a ON a.id = " \
    "c.account_id WHERE "
#define OF_CERTIFICATE .fields = certificate_fields, .row_bytes = sizeof(struct certificate)

const struct db_stmt tier_sql_certificates = {
    .name = "programme.certificates",
    .sql = CERTIFICATE "c.account_id = ? ORDER BY c.expires_on, c.id LIMIT 200",
    .binds = "i",
    OF_CERTIFICATE,
    .flags = DB_ACCOUNT_FIRST | DB_LISTS,
};
const struct db_stmt tier_sql_certificate_add = {
    .name = "programme.certificate_add",
    .sql = "INSERT INTO certificate (account_id, person_name, course_en, course_zh, issued_on, "
           "expires_on, created_name, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, UTC_TIMESTAMP(6))",
    .binds = "isssdds",
    .flags = DB_WRITE,
};
const struct db_stmt tier_sql_certificate_gone = {
    .name = "programme.certificate_gone",
    .sql = "DELETE FROM certificate WHERE account_id = ? AND id = ?",
    .binds = "ii",
    .flags = DB_WRITE,
};
const struct db_stmt tier_sql_rating_add = {
    .name = "programme.rating_add",
    .sql = "INSERT INTO partner_rating (account_id, day, tenths, note, user_name) "
           "VALUES (?, UTC_DATE(), ?, ?, ?)",
    .binds = "iiss",
    .flags = DB_WRITE,
};

/* -- reviews -------------------------------------------------------------------------------------
 */

static const struct db_field review_fields[] = {
    DB_FIELD(struct tier_review, id, DB_I64, 0),
    DB_FIELD(struct tier_review, row_version, DB_I64, 0),
    DB_FIELD(struct tier_review, account_id, DB_I64, 0),
    DB_FIELD(struct tier_review, account_version, DB_I64, 0),
    DB_FIELD(struct tier_review, year, DB_I64, 0),
    DB_NULLABLE(struct tier_review, tier_id, DB_I64, 0),
    DB_NULLABLE(struct tier_review, proposed_id, DB_I64, 0),
    DB_FIELD(struct tier_review, state, DB_TEXT, 8),
    DB_FIELD(struct tier_review, account_name, DB_TEXT, 800),
    DB_NULLABLE(struct tier_review, tier_en, DB_TEXT, 240),
    DB_NULLABLE(struct tier_review, tier_zh, DB_TEXT, 240),
    DB_NULLABLE(struct tier_review, proposed_en, DB_TEXT, 240),
    DB_NULLABLE(struct tier_review, proposed_zh, DB_TEXT, 240),
    DB_NULLABLE(struct tier_review, decided_en, DB_TEXT, 240),
    DB_NULLABLE(struct tier_review, decided_zh, DB_TEXT, 240),
    DB_FIELD(struct tier_review, decided_name, DB_TEXT, 480),
    { 0 },
};
#define REVIEW                                                                                  \
    "SELECT v.id, v.row_version, v.account_id, a.row_version AS account_version, v.year, "      \
    "v.tier_id, v.proposed_id, v.state, a.name AS account_name, t.name_en AS tier_en, "         \
    "t.name_zh AS tier_zh, p.name_en AS proposed_en, p.name_zh AS proposed_zh, "                \
    "d.name_en AS decided_en, d.name_zh AS decided_zh, v.decided_name FROM tier_review v JOIN " \
    "account a ON a.id = v.account_id LEFT JOIN tier t ON t.id = v.tier_id LEFT JOIN tier p "   \
    "ON p.id = v.proposed_id LEFT JOIN tier d ON d.id = v.decided_id "                          \
    "WHERE (department_id BETWEEN ? AND ? OR department_id IS NULL) AND "
#define OF_REVIEW .fields = review_fields, .row_bytes = sizeof(struct tier_review)

const struct db_stmt tier_sql_reviews = {
    .name = "programme.tier_reviews",
    .sql = REVIEW "v.state = ? ORDER BY v.id DESC LIMIT ?",
    .binds = "iisi",
    OF_REVIEW,
    .flags = DB_STAFF_SCOPE | DB_LISTS,
};
const struct db_stmt tier_sql_review = {
    .name = "programme.tier_review",
    .sql = REVIEW "v.id = ?",
    .binds = "iii",
    OF_REVIEW,
    .flags = DB_STAFF_SCOPE,
};
const struct db_stmt tier_sql_review_decide = {
    .name = "programme.tier_review_decide",
    .sql = "UPDATE tier_review SET state = 'decided', decided_id = ?, decided_name = ?, "
           "decided_at = UTC_TIMESTAMP(6), row_version = row_version + 1 "
           "WHERE id = ? AND row_version = ? AND state = 'open'",
    .binds = "isii",
    .flags = DB_WRITE,
};
const struct db_stmt tier_sql_account_tier = {
    .name = "programme.account_tier",
    .sql = "UPDATE account SET tier_id = ?, updated_at = UTC_TIMESTAMP(6), "
           "row_version = row_version + 1 WHERE id = ? AND row_version = ?",
    .binds = "iii",
    .flags = DB_WRITE,
};

/* -- the worker ----------------------------------------------------------------------------------
 */

#define ROLL_UP(measure_, value_)                                                           \
    {                                                                                       \
        .name = "programme.roll_up_" measure_,                                              \
        .sql = "INSERT INTO partner_figure (account_id, measure, value, made_at) "          \
               "SELECT a.id, '" measure_ "', " value_ ", UTC_TIMESTAMP(6) FROM account a "  \
               "WHERE a.kind = 'partner' AND a.deleted_at IS NULL AND a.status <> 'ended' " \
               "ON DUPLICATE KEY UPDATE value = VALUES(value), made_at = VALUES(made_at)",  \
        .binds = "", .flags = DB_WRITE,                                                     \
    }
const struct db_stmt tier_sql_roll_up[TIER_MEASURE_COUNT] = {
    [TIER_REVENUE] =
        ROLL_UP("revenue",
                "IFNULL((SELECT ROUND(SUM(d.total_report)) FROM deal d WHERE d.account_id = a.id "
                "AND d.state = 'won' AND d.updated_at > UTC_TIMESTAMP(6) - INTERVAL 1 YEAR), 0)"),
    [TIER_CERTIFICATES] =
        ROLL_UP("certificates", "(SELECT COUNT(*) FROM certificate c WHERE c.account_id = a.id "
                                "AND c.expires_on >= UTC_DATE())"),
    [TIER_USERS] = ROLL_UP("users", "(SELECT COUNT(*) FROM user u WHERE u.account_id = a.id "
                                    "AND u.status = 'active')"),
    [TIER_SATISFACTION] = ROLL_UP(
        "satisfaction", "IFNULL((SELECT ROUND(AVG(r.tenths)) FROM partner_rating r WHERE "
                        "r.account_id = a.id AND r.day > UTC_DATE() - INTERVAL 1 YEAR), 0)"),
};

static const struct db_field warning_fields[] = {
    DB_FIELD(struct tier_warning, id, DB_I64, 0),
    DB_FIELD(struct tier_warning, account_id, DB_I64, 0),
    DB_FIELD(struct tier_warning, expires_on, DB_DAY, 0),
    DB_FIELD(struct tier_warning, person_name, DB_TEXT, 480),
    { 0 },
};
const struct db_stmt tier_sql_expiring = {
    .name = "programme.expiring",
    .sql = "SELECT id, account_id, expires_on, person_name FROM certificate WHERE expires_on "
           "BETWEEN UTC_DATE() AND UTC_DATE() + INTERVAL ? DAY AND warned_at IS NULL "
           "ORDER BY expires_on, id LIMIT ?",
    .binds = "ii",
    .fields = warning_fields,
    .row_bytes = sizeof(struct tier_warning),
    .flags = DB_LISTS,
};
const struct db_stmt tier_sql_warned = {
    .name = "programme.warned",
    .sql = "UPDATE certificate SET warned_at = UTC_TIMESTAMP(6) "
           "WHERE id = ? AND warned_at IS NULL",
    .binds = "i",
    .flags = DB_WRITE,
};
static const struct db_field due_fields[] = {
    DB_FIELD(struct tier_due, id, DB_I64, 0),
    DB_NULLABLE(struct tier_due, tier_id, DB_I64, 0),
    { 0 },
};
const struct db_stmt tier_sql_review_due = {
    .name = "programme.review_due",
    .sql = "SELECT a.id, a.tier_id FROM account a WHERE a.kind = 'partner' AND a.status = 'active' "
           "AND a.deleted_at IS NULL AND NOT EXISTS (SELECT 1 FROM tier_review v "
           "WHERE v.account_id = a.id AND v.year = ?) ORDER BY a.id LIMIT ?",
    .binds = "ii",
    .fields = due_fields,
    .row_bytes = sizeof(struct tier_due),
    .flags = DB_LISTS,
};
const struct db_stmt tier_sql_review_add = {
    .name = "programme.review_add",
    .sql = "INSERT INTO tier_review (account_id, year, tier_id, proposed_id, created_at) "
           "VALUES (?, ?, ?, ?, UTC_TIMESTAMP(6))",
    .binds = "iiii",
    .flags = DB_WRITE,
};

db_stmt_table tier_partner_statements[] = {
    &tier_sql_asks,
    &tier_sql_figures,
    &tier_sql_benefits,
    NULL,
};
db_stmt_table tier_staff_statements[] = {
    &tier_sql_asks,
    &tier_sql_figures,
    &tier_sql_certificates,
    &tier_sql_certificate_add,
    &tier_sql_certificate_gone,
    &tier_sql_rating_add,
    &tier_sql_reviews,
    &tier_sql_review,
    &tier_sql_review_decide,
    &tier_sql_account_tier,
    NULL,
};
db_stmt_table tier_job_statements[] = {
    &tier_sql_asks,
    &tier_sql_figures,
    &tier_sql_roll_up[TIER_REVENUE],
    &tier_sql_roll_up[TIER_CERTIFICATES],
    &tier_sql_roll_up[TIER_USERS],
    &tier_sql_roll_up[TIER_SATISFACTION],
    &tier_sql_expiring,
    &tier_sql_warned,
    &tier_sql_review_due,
    &tier_sql_review_add,
    NULL,
};
