/* lead/lead_staff_sql.c - the statements behind staff's pages of leads.  A list reads its page of
 * ids from one index within the visitor's departments, and only then what its rows show. */
#include "lead/lead_staff.h"
#include "access/scope.h"
#include "lead/lead_view.h"

#define SCOPE SCOPE_WITHIN("")
#define COLUMNS                                                                                  \
    "l.id, l.score, l.product_line_id, l.updated_at AS key_at, l.due_at, l.created_at, l.state " \
    "AS state_code, l.company_name, l.city, l.region, l.country, l.source, l.pool, "             \
    "COALESCE(p.name, '') AS partner_name, COALESCE(s.held, '') AS held "
#define JOINS                                                                    \
    ") k JOIN lead l ON l.id = k.id LEFT JOIN account p ON p.id = l.account_id " \
    "LEFT JOIN lead_staff s ON s.lead_id = l.id "

static const struct db_field queue_fields[] = {
    DB_FIELD(struct lead_queue_row, id, DB_I64, 0),
    DB_FIELD(struct lead_queue_row, score, DB_I64, 0),
    DB_NULLABLE(struct lead_queue_row, product_line_id, DB_I64, 0),
    DB_FIELD(struct lead_queue_row, key_at, DB_AT, 0),
    DB_NULLABLE(struct lead_queue_row, due_at, DB_AT, 0),
    DB_FIELD(struct lead_queue_row, created_at, DB_AT, 0),
    DB_FIELD(struct lead_queue_row, state_code, DB_TEXT, 12),
    DB_FIELD(struct lead_queue_row, company_name, DB_TEXT, 200),
    DB_FIELD(struct lead_queue_row, city, DB_TEXT, 80),
    DB_FIELD(struct lead_queue_row, region, DB_TEXT, 80),
    DB_FIELD(struct lead_queue_row, country, DB_TEXT, 4),
    DB_FIELD(struct lead_queue_row, source, DB_TEXT, 10),
    DB_FIELD(struct lead_queue_row, pool, DB_TEXT, 6),
    DB_FIELD(struct lead_queue_row, partner_name, DB_TEXT, 200),
    DB_FIELD(struct lead_queue_row, held, DB_TEXT, 6),
    { 0 },
};

#define LIST(ident, name_, index, where, behind, b, order)                                   \
    static const struct db_stmt ident = {                                                    \
        .name = name_,                                                                       \
        .sql = "SELECT " COLUMNS "FROM (SELECT id, updated_at FROM lead FORCE INDEX (" index \
               ") WHERE " SCOPE where behind "ORDER BY updated_at " order ", id " order      \
               " LIMIT ?" JOINS "ORDER BY k.updated_at " order ", k.id " order,              \
        .binds = "ii" b "i",                                                                 \
        .fields = queue_fields,                                                              \
        .row_bytes = sizeof(struct lead_queue_row),                                          \
        .flags = DB_STAFF_SCOPE | DB_LISTS,                                                  \
    }
#define OLDER "AND updated_at <= ? AND (updated_at < ? OR id < ?) "
#define NEWER "AND updated_at >= ? AND (updated_at > ? OR id > ?) "
#define THREE(set, name_, index, where)                                    \
    LIST(set##_first, name_ ".first", index, where, "", "", "DESC");       \
    LIST(set##_older, name_ ".older", index, where, OLDER, "tti", "DESC"); \
    LIST(set##_newer, name_ ".newer", index, where, NEWER, "tti", "ASC")

THREE(nobodys, "lead.queue.free", "lead_phase", "AND phase = 1 ");
THREE(held, "lead.queue.held", "lead_phase",
      "AND phase = 1 AND EXISTS (SELECT 1 FROM lead_staff s WHERE s.lead_id = lead.id AND s.held "
      "<> '') ");
THREE(wished, "lead.queue.wished", "lead_phase",
      "AND phase = 1 AND pool <> '' AND EXISTS (SELECT 1 FROM lead_wish w WHERE w.lead_id = "
      "lead.id) ");
THREE(offered, "lead.queue.offered", "lead_phase", "AND phase = 2 ");
THREE(work, "lead.queue.work", "lead_phase", "AND phase = 3 ");
THREE(closed, "lead.queue.closed", "lead_phase", "AND phase = 4 ");
THREE(all, "lead.queue.all", "lead_all", "");

const struct db_stmt *lead_queue_list(enum lead_queue queue, enum list_direction direction)
{
    static const struct db_stmt *const lists[LEAD_QUEUE_COUNT][3] = {
        [LEAD_QUEUE_FREE] = { &nobodys_first, &nobodys_older, &nobodys_newer },
        [LEAD_QUEUE_HELD] = { &held_first, &held_older, &held_newer },
        [LEAD_QUEUE_WISHED] = { &wished_first, &wished_older, &wished_newer },
        [LEAD_QUEUE_OFFERED] = { &offered_first, &offered_older, &offered_newer },
        [LEAD_QUEUE_WORK] = { &work_first, &work_older, &work_newer },
        [LEAD_QUEUE_CLOSED] = { &closed_first, &closed_older, &closed_newer },
        [LEAD_QUEUE_ALL] = { &all_first, &all_older, &all_newer },
    };

    return lists[queue][direction];
}

/* The inner list is bounded, so the cost is. */
const struct db_stmt lead_queue_search = {
    .name = "lead.queue.search",
    .sql = "SELECT " COLUMNS
           "FROM (SELECT id, updated_at FROM (SELECT id, updated_at, company_name, person_name, "
           "email FROM lead FORCE INDEX (lead_all) WHERE " SCOPE
           "ORDER BY updated_at DESC, id DESC LIMIT 2000) newest WHERE company_name LIKE ? OR "
           "person_name LIKE ? OR email LIKE ? ORDER BY updated_at DESC, id DESC LIMIT ?" JOINS
           "ORDER BY k.updated_at DESC, k.id DESC",
    .binds = "iisssi",
    .fields = queue_fields,
    .row_bytes = sizeof(struct lead_queue_row),
    .flags = DB_STAFF_SCOPE | DB_LISTS,
};

/* -- beside one lead -----------------------------------------------------------------------------
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
const struct db_stmt lead_staff_steps = {
    .name = "lead.staff_steps",
    .sql = "SELECT at, state, action, user_name, audience, account_name, reason_code, reason_text "
           "FROM lead_step WHERE lead_id = ? ORDER BY seq DESC LIMIT 60",
    .binds = "i",
    .fields = step_fields,
    .row_bytes = sizeof(struct lead_step_row),
    .flags = DB_LISTS,
};
static const struct db_field trace_fields[] = {
    DB_FIELD(struct lead_trace_row, rule_version, DB_I64, 0),
    DB_NULLABLE(struct lead_trace_row, chosen_id, DB_I64, 0),
    DB_FIELD(struct lead_trace_row, looked_at, DB_I64, 0),
    DB_FIELD(struct lead_trace_row, fitting, DB_I64, 0),
    DB_FIELD(struct lead_trace_row, made_at, DB_AT, 0),
    DB_FIELD(struct lead_trace_row, name_en, DB_TEXT, 240),
    DB_FIELD(struct lead_trace_row, name_zh, DB_TEXT, 240),
    DB_FIELD(struct lead_trace_row, method, DB_TEXT, 8),
    DB_FIELD(struct lead_trace_row, chosen_name, DB_TEXT, 300),
    DB_FIELD(struct lead_trace_row, overridden, DB_TEXT, 10),
    DB_FIELD(struct lead_trace_row, user_name, DB_TEXT, 200),
    DB_FIELD(struct lead_trace_row, reason_text, DB_TEXT, 400),
    DB_FIELD(struct lead_trace_row, body, DB_TEXT, 8000),
    { 0 },
};
const struct db_stmt lead_staff_traces = {
    .name = "lead.staff_traces",
    .sql = "SELECT rule_version, chosen_id, looked_at, fitting, made_at, name_en, name_zh, method, "
           "chosen_name, overridden, user_name, reason_text, body FROM lead_trace WHERE lead_id = "
           "? ORDER BY id DESC LIMIT 8",
    .binds = "i",
    .fields = trace_fields,
    .row_bytes = sizeof(struct lead_trace_row),
    .flags = DB_LISTS,
};
static const struct db_field match_fields[] = {
    DB_FIELD(struct lead_match_row, kind, DB_TEXT, 8),
    DB_FIELD(struct lead_match_row, verdict, DB_TEXT, 10),
    DB_FIELD(struct lead_match_row, name, DB_TEXT, 300),
    DB_FIELD(struct lead_match_row, other_id, DB_I64, 0),
    DB_FIELD(struct lead_match_row, score, DB_I64, 0),
    { 0 },
};
/* Within the visitor's departments, as everything. */
#define SEEN(of) "(" of ".department_id BETWEEN ? AND ? OR " of ".department_id IS NULL)"
const struct db_stmt lead_staff_matches = {
    .name = "lead.staff_matches",
    .sql =
        "(SELECT m.kind, m.verdict, o.company_name AS name, m.other_id, m.score FROM lead o "
        "JOIN lead_match m ON m.kind = 'lead' AND m.other_id = o.id WHERE " SEEN(
            "o") " AND m.lead_id = ?) UNION ALL (SELECT m.kind, m.verdict, c.name, m.other_id, m.score "
                 "FROM account c JOIN lead_match m ON m.kind = 'account' AND m.other_id = c.id WHERE " SEEN(
                     "c") " AND m.lead_id = ?) ORDER BY kind = 'account', score DESC LIMIT 20",
    .binds = "iiiiii",
    .fields = match_fields,
    .row_bytes = sizeof(struct lead_match_row),
    .flags = DB_STAFF_SCOPE | DB_LISTS,
};
static const struct db_field partner_fields[] = {
    DB_FIELD(struct lead_partner_row, id, DB_I64, 0),
    DB_FIELD(struct lead_partner_row, name, DB_TEXT, 300),
    { 0 },
};
const struct db_stmt lead_staff_partners = {
    .name = "lead.staff_partners",
    .sql = "SELECT id, name FROM account FORCE INDEX (account_kind) WHERE kind = 'partner' AND "
           "status = 'active' AND deleted_at IS NULL ORDER BY name LIMIT 500",
    .binds = "",
    .fields = partner_fields,
    .row_bytes = sizeof(struct lead_partner_row),
    .flags = DB_LISTS,
};
static const struct db_field wish_fields[] = {
    DB_FIELD(struct lead_wish_row, account_id, DB_I64, 0),
    DB_FIELD(struct lead_wish_row, wished_at, DB_AT, 0),
    DB_FIELD(struct lead_wish_row, name, DB_TEXT, 300),
    DB_FIELD(struct lead_wish_row, user_name, DB_TEXT, 200),
    DB_FIELD(struct lead_wish_row, words, DB_TEXT, 500),
    { 0 },
};
const struct db_stmt lead_staff_wishes = {
    .name = "lead.staff_wishes",
    .sql = "SELECT w.account_id, w.wished_at, a.name, w.user_name, w.words FROM lead_wish w JOIN "
           "account a ON a.id = w.account_id WHERE w.lead_id = ? ORDER BY w.wished_at LIMIT 50",
    .binds = "i",
    .fields = wish_fields,
    .row_bytes = sizeof(struct lead_wish_row),
    .flags = DB_LISTS,
};

db_stmt_table lead_desk_statements[] = {
    &held_first,         &held_older,          &held_newer,        &wished_first,
    &wished_older,       &wished_newer,        &nobodys_first,     &nobodys_older,
    &nobodys_newer,      &offered_first,       &offered_older,     &offered_newer,
    &work_first,         &work_older,          &work_newer,        &closed_first,
    &closed_older,       &closed_newer,        &all_first,         &all_older,
    &all_newer,          &lead_queue_search,   &lead_staff_steps,  &lead_staff_traces,
    &lead_staff_matches, &lead_staff_partners, &lead_staff_wishes, NULL,
};
