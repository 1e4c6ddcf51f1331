/* opportunity/opportunity_sums.c - sums over what is open, on columns of one index: exact decimals,
 * so that they are those of the list to the cent. */
#include "opportunity/opportunity_board.h"

static const struct db_field fields[] = {
    DB_NULLABLE(struct opportunity_sum, key, DB_I64, 0),
    DB_FIELD(struct opportunity_sum, n, DB_I64, 0),
    DB_FIELD(struct opportunity_sum, name, DB_TEXT, 400),
    DB_FIELD(struct opportunity_sum, amount, DB_E4, 0),
    DB_FIELD(struct opportunity_sum, weighted, DB_E4, 0),
    DB_NULLABLE(struct opportunity_sum, month, DB_DAY, 0),
    { 0 },
};
#define SUMS                                                                 \
    "COUNT(*) AS n, CAST(SUM(o.amount_report) AS DECIMAL(19,4)) AS amount, " \
    "CAST(SUM(o.weighted_report) AS DECIMAL(19,4)) AS weighted"
#define OUT(name) "SELECT x.key, x.n, " name " AS name, x.amount, x.weighted, x.month FROM "
#define MONTH     "CAST(DATE_FORMAT(o.close_on, '%Y-%m-01') AS DATE)"

#define OWN                                                                         \
    "FROM opportunity_share s FORCE INDEX (opportunity_share_close) STRAIGHT_JOIN " \
    "opportunity o FORCE INDEX (PRIMARY) ON o.id = s.opportunity_id "
#define OWN_WHERE "WHERE s.account_id = ? AND s.standing = 'accepted' AND s.state = 'open' "
#define STAFF     "FROM opportunity o FORCE INDEX (opportunity_sums) "
#define STAFF_WHERE                                                                              \
    "WHERE (o.department_id BETWEEN ? AND ? OR o.department_id IS NULL OR o.owner_user_id = ?) " \
    "AND o.state = 'open' "

#define STMT(ident, name_, sql_, binds_, flag)       \
    static const struct db_stmt ident = {            \
        .name = name_,                               \
        .sql = sql_,                                 \
        .binds = binds_,                             \
        .fields = fields,                            \
        .row_bytes = sizeof(struct opportunity_sum), \
        .flags = (flag) | DB_LISTS,                  \
    }
#define OWN_STMT(ident, name_, sql_)   STMT(ident, name_, sql_, "i", DB_ACCOUNT_FIRST)
#define STAFF_STMT(ident, name_, sql_) STMT(ident, name_, sql_, "iii", DB_STAFF_SCOPE)

#define BY_STAGE(from, where)                                                        \
    OUT("''")                                                                        \
    "(SELECT o.stage_id AS `key`, " SUMS ", CAST(NULL AS DATE) AS month " from where \
    "GROUP BY o.stage_id) x"
#define BY_MONTH(from, where)                                      \
    OUT("''")                                                      \
    "(SELECT 0 AS `key`, " SUMS ", " MONTH " AS month " from where \
    "GROUP BY month ORDER BY month LIMIT 36) x"

/* A board is opened often, and is to cost the same whether thousands are open or a million. */
#define BY_STAGE_FEW(from, where)                                                      \
    OUT("''")                                                                          \
    "(SELECT o.stage_id AS `key`, " SUMS ", CAST(NULL AS DATE) AS month FROM (SELECT " \
    "o.stage_id, o.amount_report, o.weighted_report " from where                       \
    "LIMIT 2001) o GROUP BY o.stage_id) x"
_Static_assert(OPPORTUNITY_FEW == 2000, "the statements read one more");

OWN_STMT(own_stage, "opportunity.own_sum.stage", BY_STAGE(OWN, OWN_WHERE));
OWN_STMT(own_month, "opportunity.own_sum.month", BY_MONTH(OWN, OWN_WHERE));
OWN_STMT(own_few, "opportunity.own_sum.few", BY_STAGE_FEW(OWN, OWN_WHERE));
/* Of other sides nobody is named: they are one row without a number. */
OWN_STMT(
    own_owner, "opportunity.own_sum.owner",
    OUT("x.name") "(SELECT u.id AS `key`, COALESCE(MAX(u.name), '') AS name, " SUMS
                  ", CAST(NULL AS DATE) AS month " OWN
                  "LEFT JOIN user u ON u.id = o.owner_user_id AND u.account_id = s.account_id " OWN_WHERE
                  "GROUP BY u.id ORDER BY weighted DESC LIMIT 12) x");
STAFF_STMT(staff_stage, "opportunity.sum.stage", BY_STAGE(STAFF, STAFF_WHERE));
STAFF_STMT(staff_few, "opportunity.sum.few", BY_STAGE_FEW(STAFF, STAFF_WHERE));
STAFF_STMT(staff_month, "opportunity.sum.month", BY_MONTH(STAFF, STAFF_WHERE));
STAFF_STMT(staff_owner, "opportunity.sum.owner",
           OUT("COALESCE(u.name, '')") "(SELECT o.owner_user_id AS `key`, " SUMS
                                       ", CAST(NULL AS DATE) AS month " STAFF STAFF_WHERE
                                       "GROUP BY o.owner_user_id ORDER BY weighted DESC LIMIT 12) "
                                       "x LEFT JOIN user u ON u.id = x.key "
                                       "ORDER BY x.weighted DESC");
/* One that several partners work on counts for each. */
STAFF_STMT(staff_partner, "opportunity.sum.partner",
           OUT("COALESCE(a.name, '')") "(SELECT s.account_id AS `key`, " SUMS
                                       ", CAST(NULL AS DATE) AS month " STAFF
                                       "JOIN opportunity_share s ON s.opportunity_id = o.id "
                                       "AND s.standing = 'accepted' " STAFF_WHERE
                                       "GROUP BY s.account_id ORDER BY weighted DESC LIMIT 12) x "
                                       "LEFT JOIN account a ON a.id = x.key "
                                       "ORDER BY x.weighted DESC");

STAFF_STMT(staff_territory, "opportunity.sum.territory",
           OUT("''") "(SELECT o.territory_id AS `key`, " SUMS
                     ", CAST(NULL AS DATE) AS month " STAFF STAFF_WHERE
                     "GROUP BY o.territory_id ORDER BY weighted DESC LIMIT 100) x "
                     "ORDER BY x.weighted DESC");

db_stmt_table opportunity_own_sum_statements[] = { &own_stage, &own_month, &own_owner, &own_few,
                                                   NULL };
db_stmt_table opportunity_staff_sum_statements[] = {
    &staff_stage, &staff_month, &staff_owner, &staff_partner, &staff_territory, &staff_few, NULL
};

static const struct db_stmt *const own[SUM_COUNT] = { [SUM_STAGE] = &own_stage,
                                                      [SUM_MONTH] = &own_month,
                                                      [SUM_OWNER] = &own_owner,
                                                      [SUM_STAGE_FEW] = &own_few };
static const struct db_stmt *const staff[SUM_COUNT] = {
    [SUM_STAGE] = &staff_stage,         [SUM_MONTH] = &staff_month,
    [SUM_OWNER] = &staff_owner,         [SUM_PARTNER] = &staff_partner,
    [SUM_TERRITORY] = &staff_territory, [SUM_STAGE_FEW] = &staff_few,
};

struct err *opportunity_sums(struct request *req, enum opportunity_sum_by by,
                             struct opportunity_sum **rows_out, size_t *count_out)
{
    const struct actor *actor = req->actor;

    if (actor->audience == AUD_STAFF)
        return err_pass(db_list(req->db, req->arena, staff[by],
                                DB_ARGS(DB_I(actor->department_low), DB_I(actor->department_high),
                                        DB_I(actor->user_id)),
                                rows_out, count_out));
    return err_pass(db_list(req->db, req->arena, own[by], DB_ARGS(DB_I(actor->account_id)),
                            rows_out, count_out));
}
