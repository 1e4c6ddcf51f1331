/* deal/deal_bulk_sql.c */
#include "deal/deal_bulk_sql.h"
#include "deal/deal_bulk.h"

const char *const deal_bulk_states[BULK_STATE_COUNT] = {
    [BULK_WAITING] = "waiting", [BULK_FREE] = "free",   [BULK_LOOK] = "look",
    [BULK_UNASKED] = "unasked", [BULK_FAULT] = "fault", [BULK_MADE] = "made",
    [BULK_FAILED] = "failed",
};

/* -- the partner's pages -------------------------------------------------------------------------
 */

static const struct db_field list_fields[] = {
    DB_FIELD(struct deal_bulk, id, DB_I64, 0),
    DB_FIELD(struct deal_bulk, account_id, DB_I64, 0),
    DB_FIELD(struct deal_bulk, user_id, DB_I64, 0),
    DB_FIELD(struct deal_bulk, row_version, DB_I64, 0),
    DB_FIELD(struct deal_bulk, row_count, DB_I64, 0),
    DB_FIELD(struct deal_bulk, file_name, DB_TEXT, 400),
    DB_FIELD(struct deal_bulk, state, DB_TEXT, 8),
    DB_FIELD(struct deal_bulk, action, DB_TEXT, 6),
    DB_FIELD(struct deal_bulk, user_name, DB_TEXT, 480),
    DB_FIELD(struct deal_bulk, created_at, DB_AT, 0),
    DB_NULLABLE(struct deal_bulk, sent_at, DB_AT, 0),
    DB_NULLABLE(struct deal_bulk, ended_at, DB_AT, 0),
    { 0 },
};
#define LIST_COLUMNS                                                                           \
    "SELECT b.id, b.account_id, b.user_id, b.row_version, b.row_count, b.file_name, b.state, " \
    "b.action, u.name AS user_name, b.created_at, b.sent_at, b.ended_at "                      \
    "FROM deal_bulk b JOIN user u ON u.id = b.user_id "

const struct db_stmt bulk_sql_of_account = {
    .name = "deal.bulk_of_account",
    .sql = LIST_COLUMNS "WHERE b.account_id = ? AND b.id = ?",
    .binds = "ii",
    .fields = list_fields,
    .row_bytes = sizeof(struct deal_bulk),
    .flags = DB_ACCOUNT_FIRST,
};
const struct db_stmt bulk_sql_last = {
    .name = "deal.bulk_last",
    .sql = LIST_COLUMNS "WHERE b.account_id = ? ORDER BY b.id DESC LIMIT 8",
    .binds = "i",
    .fields = list_fields,
    .row_bytes = sizeof(struct deal_bulk),
    .flags = DB_ACCOUNT_FIRST | DB_LISTS,
};
const struct db_stmt bulk_sql_insert = {
    .name = "deal.bulk_insert",
    .sql = "INSERT INTO deal_bulk (account_id, user_id, file_name, row_count, created_at) "
           "VALUES (?, ?, ?, ?, ?)",
    .binds = "iisit",
    .flags = DB_WRITE,
};
const struct db_stmt bulk_sql_row_insert = {
    .name = "deal.bulk_row_insert",
    .sql = "INSERT INTO deal_bulk_row (bulk_id, line_no, cells_json) VALUES (?, ?, ?)",
    .binds = "iis",
    .flags = DB_WRITE,
};

static const struct db_field count_fields[] = {
    DB_FIELD(struct deal_bulk_count, state, DB_TEXT, 8),
    DB_FIELD(struct deal_bulk_count, count, DB_I64, 0),
    { 0 },
};
const struct db_stmt bulk_sql_counts = {
    .name = "deal.bulk_counts",
    .sql = "SELECT state, COUNT(*) AS count FROM deal_bulk_row WHERE bulk_id = ? GROUP BY state",
    .binds = "i",
    .fields = count_fields,
    .row_bytes = sizeof(struct deal_bulk_count),
};

static const struct db_field row_fields[] = {
    DB_FIELD(struct deal_bulk_row, line_no, DB_I64, 0),
    DB_NULLABLE(struct deal_bulk_row, own_id, DB_I64, 0),
    DB_NULLABLE(struct deal_bulk_row, deal_id, DB_I64, 0),
    DB_FIELD(struct deal_bulk_row, state, DB_TEXT, 8),
    DB_FIELD(struct deal_bulk_row, cells_json, DB_TEXT, 4000),
    DB_FIELD(struct deal_bulk_row, faults_json, DB_TEXT, 4000),
    DB_FIELD(struct deal_bulk_row, deal_state, DB_TEXT, 10),
    { 0 },
};
#define ROWS                                                                                       \
    "SELECT r.line_no, r.own_id, r.deal_id, r.state, r.cells_json, r.faults_json, "                \
    "IFNULL(d.state, '') AS deal_state FROM deal_bulk b JOIN deal_bulk_row r ON r.bulk_id = b.id " \
    "LEFT JOIN deal d ON d.id = r.deal_id AND d.account_id = b.account_id "                        \
    "WHERE b.account_id = ? AND b.id = ? "

const struct db_stmt bulk_sql_rows = {
    .name = "deal.bulk_rows",
    .sql = ROWS "AND r.line_no > ? ORDER BY r.line_no LIMIT ?",
    .binds = "iiii",
    .fields = row_fields,
    .row_bytes = sizeof(struct deal_bulk_row),
    .flags = DB_ACCOUNT_FIRST,
};
const struct db_stmt bulk_sql_rows_of = {
    .name = "deal.bulk_rows_of",
    .sql = ROWS "AND r.state IN (?, ?) AND r.line_no > ? ORDER BY r.line_no LIMIT ?",
    .binds = "iissii",
    .fields = row_fields,
    .row_bytes = sizeof(struct deal_bulk_row),
    .flags = DB_ACCOUNT_FIRST,
};
const struct db_stmt bulk_sql_refused = {
    .name = "deal.bulk_refused",
    .sql = ROWS "AND r.state IN ('fault', 'failed') ORDER BY r.line_no",
    .binds = "ii",
    .fields = row_fields,
    .row_bytes = sizeof(struct deal_bulk_row),
    .flags = DB_ACCOUNT_FIRST,
};
/* Whoever chooses first has chosen: the state is part of the condition. */
const struct db_stmt bulk_sql_choose = {
    .name = "deal.bulk_choose",
    .sql = "UPDATE deal_bulk SET state = 'sending', action = ?, sent_at = ?, "
           "row_version = row_version + 1 "
           "WHERE account_id = ? AND id = ? AND state = 'preview' AND row_version = ?",
    .binds = "stiii",
    .flags = DB_WRITE,
};
const struct db_stmt bulk_sql_drop = {
    .name = "deal.bulk_drop",
    .sql = "UPDATE deal_bulk SET state = 'dropped', row_version = row_version + 1 "
           "WHERE account_id = ? AND id = ? AND state IN ('checking', 'preview') "
           "AND row_version = ?",
    .binds = "iii",
    .flags = DB_WRITE | DB_ACCOUNT_FIRST,
};
const struct db_stmt bulk_sql_drop_rows = {
    .name = "deal.bulk_drop_rows",
    .sql = "DELETE FROM deal_bulk_row WHERE bulk_id = ?",
    .binds = "i",
    .flags = DB_WRITE,
};

db_stmt_table deal_bulk_statements[] = {
    &bulk_sql_of_account, &bulk_sql_last, &bulk_sql_insert,    &bulk_sql_row_insert,
    &bulk_sql_counts,     &bulk_sql_rows, &bulk_sql_rows_of,   &bulk_sql_refused,
    &bulk_sql_choose,     &bulk_sql_drop, &bulk_sql_drop_rows, NULL,
};

/* -- the worker ----------------------------------------------------------------------------------
 */

static const struct db_field work_fields[] = {
    DB_FIELD(struct deal_bulk_work, id, DB_I64, 0),
    DB_FIELD(struct deal_bulk_work, account_id, DB_I64, 0),
    DB_FIELD(struct deal_bulk_work, user_id, DB_I64, 0),
    DB_FIELD(struct deal_bulk_work, state, DB_TEXT, 8),
    DB_FIELD(struct deal_bulk_work, action, DB_TEXT, 6),
    DB_FIELD(struct deal_bulk_work, file_name, DB_TEXT, 400),
    DB_FIELD(struct deal_bulk_work, name, DB_TEXT, 480),
    DB_FIELD(struct deal_bulk_work, email, DB_TEXT, 254),
    DB_FIELD(struct deal_bulk_work, lang, DB_TEXT, 8),
    DB_FIELD(struct deal_bulk_work, zone, DB_TEXT, 60),
    DB_FIELD(struct deal_bulk_work, active, DB_BOOL, 0),
    { 0 },
};
const struct db_stmt bulk_sql_work = {
    .name = "deal.bulk_work",
    .sql =
        "SELECT b.id, b.account_id, b.user_id, b.state, b.action, b.file_name, u.name, u.email, "
        "u.lang, u.zone, u.status = 'active' AND u.account_id = b.account_id AND "
        "EXISTS (SELECT 1 FROM account p WHERE p.id = b.account_id AND p.status = 'active') AS active "
        "FROM deal_bulk b JOIN user u ON u.id = b.user_id WHERE b.id = ?",
    .binds = "i",
    .fields = work_fields,
    .row_bytes = sizeof(struct deal_bulk_work),
};

static const struct db_field next_fields[] = {
    DB_FIELD(struct deal_bulk_row, line_no, DB_I64, 0),
    DB_FIELD(struct deal_bulk_row, state, DB_TEXT, 8),
    DB_FIELD(struct deal_bulk_row, cells_json, DB_TEXT, 4000),
    { 0 },
};
/* In the order of the file, which is the order of ranks. */
const struct db_stmt bulk_sql_next = {
    .name = "deal.bulk_next",
    .sql = "SELECT line_no, state, cells_json FROM deal_bulk_row FORCE INDEX (PRIMARY) "
           "WHERE bulk_id = ? AND line_no > ? AND state IN (?, ?, ?) ORDER BY line_no LIMIT 20",
    .binds = "iisss",
    .fields = next_fields,
    .row_bytes = sizeof(struct deal_bulk_row),
};
const struct db_stmt bulk_sql_mark = {
    .name = "deal.bulk_mark",
    .sql = "UPDATE deal_bulk_row SET state = ?, faults_json = ?, own_id = ? "
           "WHERE bulk_id = ? AND line_no = ? AND state = ?",
    .binds = "ssiiis",
    .flags = DB_WRITE,
};
const struct db_stmt bulk_sql_made = {
    .name = "deal.bulk_made",
    .sql = "UPDATE deal_bulk_row SET deal_id = ? WHERE bulk_id = ? AND line_no = ?",
    .binds = "iii",
    .flags = DB_WRITE,
};
const struct db_stmt bulk_sql_finish = {
    .name = "deal.bulk_finish",
    .sql = "UPDATE deal_bulk SET state = ?, row_version = row_version + 1, "
           "ended_at = UTC_TIMESTAMP(6) WHERE id = ? AND state = ?",
    .binds = "sis",
    .flags = DB_WRITE,
};
const struct db_stmt bulk_sql_key_put = {
    .name = "deal.bulk_key_put",
    .sql = "INSERT INTO deal_bulk_key (bulk_id, customer, product_line_id, line_no) "
           "VALUES (?, ?, ?, ?)",
    .binds = "isii",
    .flags = DB_WRITE,
};
static const struct db_field key_fields[] = {
    DB_FIELD(struct deal_bulk_key_row, line_no, DB_I64, 0),
    { 0 },
};
const struct db_stmt bulk_sql_key_who = {
    .name = "deal.bulk_key_who",
    .sql = "SELECT line_no FROM deal_bulk_key "
           "WHERE bulk_id = ? AND customer = ? AND product_line_id = ?",
    .binds = "isi",
    .fields = key_fields,
    .row_bytes = sizeof(struct deal_bulk_key_row),
};
const struct db_stmt bulk_sql_key_drop = {
    .name = "deal.bulk_key_drop",
    .sql = "DELETE FROM deal_bulk_key WHERE bulk_id = ? AND line_no = ?",
    .binds = "ii",
    .flags = DB_WRITE,
};

db_stmt_table deal_bulk_worker_statements[] = {
    &bulk_sql_work,    &bulk_sql_next,    &bulk_sql_mark,     &bulk_sql_made,   &bulk_sql_finish,
    &bulk_sql_key_put, &bulk_sql_key_who, &bulk_sql_key_drop, &bulk_sql_counts, NULL,
};
