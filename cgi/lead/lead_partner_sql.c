/* lead/lead_partner_sql.c - what a partner reads of leads: its own, those it had, and what waits in
 * the pool for anybody. */
#include "lead/lead_partner.h"

#include "lead/lead_sql.h"
#include "lead/lead_view.h"

static const struct db_field own_fields[] = {
    DB_FIELD(struct lead_own_row, id, DB_I64, 0),
    DB_FIELD(struct lead_own_row, row_version, DB_I64, 0),
    DB_FIELD(struct lead_own_row, score, DB_I64, 0),
    DB_NULLABLE(struct lead_own_row, product_line_id, DB_I64, 0),
    DB_FIELD(struct lead_own_row, key_at, DB_AT, 0),
    DB_NULLABLE(struct lead_own_row, due_at, DB_AT, 0),
    DB_NULLABLE(struct lead_own_row, accepted_at, DB_AT, 0),
    DB_FIELD(struct lead_own_row, state_code, DB_TEXT, 12),
    DB_FIELD(struct lead_own_row, company_name, DB_TEXT, 200),
    DB_FIELD(struct lead_own_row, city, DB_TEXT, 80),
    DB_FIELD(struct lead_own_row, region, DB_TEXT, 80),
    DB_FIELD(struct lead_own_row, country, DB_TEXT, 4),
    DB_FIELD(struct lead_own_row, person_name, DB_TEXT, 120),
    { 0 },
};
#define COLUMNS                                                                                  \
    "id, row_version, score, product_line_id, updated_at AS key_at, due_at, accepted_at, state " \
    "AS state_code, company_name, city, region, country, IF(phase = 2, '', person_name) AS "     \
    "person_name "
#define LIST(ident, name_, phase, behind, b, order)                                               \
    static const struct db_stmt ident = {                                                         \
        .name = name_,                                                                            \
        .sql = "SELECT " COLUMNS "FROM lead FORCE INDEX (lead_own) WHERE account_id = ? AND "     \
               "phase = " phase " " behind "ORDER BY updated_at " order ", id " order " LIMIT ?", \
        .binds = "i" b "i",                                                                       \
        .fields = own_fields,                                                                     \
        .row_bytes = sizeof(struct lead_own_row),                                                 \
        .flags = DB_ACCOUNT_FIRST | DB_LISTS,                                                     \
    }
#define OLDER(key) "AND " key " <= ? AND (" key " < ? OR id < ?) "
#define NEWER(key) "AND " key " >= ? AND (" key " > ? OR id > ?) "
#define THREE(set, name_, phase)                                                  \
    LIST(set##_first, name_ ".first", phase, "", "", "DESC");                     \
    LIST(set##_older, name_ ".older", phase, OLDER("updated_at"), "tti", "DESC"); \
    LIST(set##_newer, name_ ".newer", phase, NEWER("updated_at"), "tti", "ASC")

THREE(offered, "lead.own.offered", "2");
THREE(work, "lead.own.work", "3");
THREE(closed, "lead.own.closed", "4");

const struct db_stmt *lead_own_list(int phase, enum list_direction direction)
{
    static const struct db_stmt *const lists[3][3] = {
        { &offered_first, &offered_older, &offered_newer },
        { &work_first, &work_older, &work_newer },
        { &closed_first, &closed_older, &closed_newer },
    };

    return lists[phase - 2][direction];
}

/* The inner list is bounded, so the cost is.  Nobody is found by a name that he may not see yet. */
const struct db_stmt lead_own_search = {
    .name = "lead.own.search",
    .sql = "SELECT " COLUMNS "FROM (SELECT id, row_version, phase, score, product_line_id, "
           "updated_at, due_at, accepted_at, state, company_name, city, region, country, "
           "person_name FROM lead FORCE INDEX (lead_own) WHERE account_id = ? AND phase = ? ORDER "
           "BY updated_at DESC, id DESC LIMIT 2000) newest WHERE company_name LIKE ? OR "
           "(phase <> 2 AND person_name LIKE ?) ORDER BY updated_at DESC, id DESC LIMIT ?",
    .binds = "iissi",
    .fields = own_fields,
    .row_bytes = sizeof(struct lead_own_row),
    .flags = DB_ACCOUNT_FIRST | DB_LISTS,
};

/* -- the pool ------------------------------------------------------------------------------------
 */

static const struct db_field pool_fields[] = {
    DB_FIELD(struct lead_pool_row, id, DB_I64, 0),
    DB_FIELD(struct lead_pool_row, row_version, DB_I64, 0),
    DB_FIELD(struct lead_pool_row, score, DB_I64, 0),
    DB_NULLABLE(struct lead_pool_row, product_line_id, DB_I64, 0),
    DB_FIELD(struct lead_pool_row, pooled_at, DB_AT, 0),
    DB_FIELD(struct lead_pool_row, wished, DB_BOOL, 0),
    DB_FIELD(struct lead_pool_row, city, DB_TEXT, 80),
    DB_FIELD(struct lead_pool_row, region, DB_TEXT, 80),
    DB_FIELD(struct lead_pool_row, country, DB_TEXT, 4),
    DB_FIELD(struct lead_pool_row, budget, DB_TEXT, 8),
    DB_FIELD(struct lead_pool_row, timeframe, DB_TEXT, 8),
    DB_FIELD(struct lead_pool_row, pool, DB_TEXT, 6),
    { 0 },
};
#define POOL(ident, name_, behind, b, order)                                                      \
    static const struct db_stmt ident = {                                                         \
        .name = name_,                                                                            \
        .sql =                                                                                    \
            "SELECT l.id, l.row_version, l.score, l.product_line_id, l.pooled_at, EXISTS "        \
            "(SELECT 1 FROM lead_wish w WHERE w.account_id = ? AND w.lead_id = l.id) AS wished, " \
            "l.city, l.region, l.country, l.budget, l.timeframe, l.pool FROM (SELECT id, "        \
            "pooled_at FROM lead FORCE INDEX (lead_pooled) WHERE pooled_at IS NOT NULL " behind   \
            "ORDER BY pooled_at " order ", id " order " LIMIT ?) k JOIN lead l ON l.id = k.id "   \
            "ORDER BY k.pooled_at " order ", k.id " order,                                        \
        .binds = "i" b "i",                                                                       \
        .fields = pool_fields,                                                                    \
        .row_bytes = sizeof(struct lead_pool_row),                                                \
        .flags = DB_ACCOUNT_FIRST | DB_LISTS,                                                     \
    }
POOL(pool_first, "lead.pool.first", "", "", "DESC");
POOL(pool_older, "lead.pool.older", OLDER("pooled_at"), "tti", "DESC");
POOL(pool_newer, "lead.pool.newer", NEWER("pooled_at"), "tti", "ASC");

const struct db_stmt *lead_pool_list(enum list_direction direction)
{
    static const struct db_stmt *const lists[] = { &pool_first, &pool_older, &pool_newer };

    return lists[direction];
}

const struct db_stmt lead_own_wish = {
    .name = "lead.own_wish",
    .sql = "INSERT IGNORE INTO lead_wish (lead_id, account_id, user_name, words, wished_at) VALUES "
           "(?, ?, ?, ?, ?)",
    .binds = "iisst",
    .flags = DB_WRITE,
};

/* -- beside one lead, and of all -----------------------------------------------------------------
 */

static const struct db_field step_fields[] = {
    DB_FIELD(struct lead_step_row, at, DB_AT, 0),
    DB_FIELD(struct lead_step_row, state, DB_TEXT, 12),
    DB_FIELD(struct lead_step_row, action, DB_TEXT, 20),
    DB_FIELD(struct lead_step_row, user_name, DB_TEXT, 200),
    DB_FIELD(struct lead_step_row, audience, DB_TEXT, 10),
    DB_FIELD(struct lead_step_row, account_name, DB_TEXT, 300),
    DB_FIELD(struct lead_step_row, reason_code, DB_TEXT, 20),
    DB_FIELD(struct lead_step_row, reason_text, DB_TEXT, 400),
    { 0 },
};
/* While it had the lead; who had it before is not told. */
const struct db_stmt lead_own_steps = {
    .name = "lead.own_steps",
    .sql = "SELECT at, state, action, user_name, audience, account_name, reason_code, reason_text "
           "FROM lead_step WHERE account_id = ? AND lead_id = ? ORDER BY seq DESC LIMIT 60",
    .binds = "ii",
    .fields = step_fields,
    .row_bytes = sizeof(struct lead_step_row),
    .flags = DB_ACCOUNT_FIRST | DB_LISTS,
};
static const struct db_field past_fields[] = {
    DB_FIELD(struct lead_past_row, id, DB_I64, 0),
    DB_FIELD(struct lead_past_row, lead_id, DB_I64, 0),
    DB_NULLABLE(struct lead_past_row, product_line_id, DB_I64, 0),
    DB_FIELD(struct lead_past_row, offered_at, DB_AT, 0),
    DB_NULLABLE(struct lead_past_row, ended_at, DB_AT, 0),
    DB_FIELD(struct lead_past_row, outcome, DB_TEXT, 12),
    DB_FIELD(struct lead_past_row, city, DB_TEXT, 80),
    DB_FIELD(struct lead_past_row, region, DB_TEXT, 80),
    DB_FIELD(struct lead_past_row, country, DB_TEXT, 4),
    { 0 },
};
/* The newest that it no longer has: of who asked nothing but the place. */
const struct db_stmt lead_own_past = {
    .name = "lead.own_past",
    .sql = "SELECT o.id, o.lead_id, l.product_line_id, o.offered_at, o.ended_at, o.outcome, "
           "l.city, l.region, l.country FROM (SELECT id FROM lead_offer FORCE INDEX "
           "(lead_offer_account) WHERE account_id = ? AND outcome IN ('declined', 'timed_out', "
           "'recalled') ORDER BY id DESC LIMIT 100) k JOIN lead_offer o ON o.id = k.id JOIN lead l "
           "ON l.id = o.lead_id ORDER BY o.id DESC",
    .binds = "i",
    .fields = past_fields,
    .row_bytes = sizeof(struct lead_past_row),
    .flags = DB_ACCOUNT_FIRST | DB_LISTS,
};
static const struct db_field share_fields[] = {
    DB_FIELD(struct lead_share_row, open, DB_I64, 0),
    DB_FIELD(struct lead_share_row, offers, DB_I64, 0),
    DB_FIELD(struct lead_share_row, accepted, DB_I64, 0),
    DB_FIELD(struct lead_share_row, declined, DB_I64, 0),
    DB_FIELD(struct lead_share_row, timed_out, DB_I64, 0),
    DB_FIELD(struct lead_share_row, recalled, DB_I64, 0),
    DB_FIELD(struct lead_share_row, converted, DB_I64, 0),
    DB_FIELD(struct lead_share_row, disqualified, DB_I64, 0),
    DB_FIELD(struct lead_share_row, answers, DB_I64, 0),
    DB_FIELD(struct lead_share_row, answer_minutes, DB_I64, 0),
    DB_FIELD(struct lead_share_row, answers_soon, DB_I64, 0),
    { 0 },
};
const struct db_stmt lead_own_share = {
    .name = "lead.own_share",
    .sql = "SELECT open, offers, accepted, declined, timed_out, recalled, converted, disqualified, "
           "answers, answer_minutes, answers_soon FROM lead_share WHERE account_id = ?",
    .binds = "i",
    .fields = share_fields,
    .row_bytes = sizeof(struct lead_share_row),
    .flags = DB_ACCOUNT_FIRST,
};

db_stmt_table lead_own_statements[] = {
    &offered_first, &offered_older,  &offered_newer,   &work_first,    &work_older,
    &work_newer,    &closed_first,   &closed_older,    &closed_newer,  &lead_own_search,
    &pool_first,    &pool_older,     &pool_newer,      &lead_own_wish, &lead_own_steps,
    &lead_own_past, &lead_own_share, &lead_sql_people, NULL,
};
