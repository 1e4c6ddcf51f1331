/* auditing/auditing_sql.c - the statements of the audit trail's pages and of its check. */
#include "auditing/auditing_inside.h"

static const struct db_field row_fields[] = {
    DB_FIELD(struct auditing_row, id, DB_I64, 0),
    DB_FIELD(struct auditing_row, object_id, DB_I64, 0),
    DB_FIELD(struct auditing_row, seq, DB_I64, 0),
    DB_FIELD(struct auditing_row, at, DB_AT, 0),
    DB_FIELD(struct auditing_row, user_id, DB_I64, 0),
    DB_FIELD(struct auditing_row, for_user_id, DB_I64, 0),
    DB_FIELD(struct auditing_row, kind, DB_TEXT, 20),
    DB_FIELD(struct auditing_row, audience, DB_TEXT, 10),
    DB_FIELD(struct auditing_row, address, DB_TEXT, 45),
    DB_FIELD(struct auditing_row, action, DB_TEXT, 40),
    DB_NULLABLE(struct auditing_row, before_json, DB_TEXT, 400),
    DB_NULLABLE(struct auditing_row, after_json, DB_TEXT, 400),
    DB_FIELD(struct auditing_row, user_name, DB_TEXT, 120),
    DB_FIELD(struct auditing_row, for_name, DB_TEXT, 120),
    { 0 },
};

#define COLUMNS                                                                                 \
    "e.id, e.object_id, e.seq, e.at, e.user_id, e.for_user_id, e.kind, e.audience, e.address, " \
    "e.action, e.before_json, e.after_json, COALESCE(u.name, '') AS user_name, "                \
    "COALESCE(f.name, '') AS for_name "
#define NAMES                               \
    "JOIN audit_event e ON e.id = k.id "    \
    "LEFT JOIN user u ON u.id = e.user_id " \
    "LEFT JOIN user f ON f.id = e.for_user_id AND e.for_user_id <> 0 "

/* The ids are found in one index, and named for a page's rows alone. */
#define LIST(name_, index, driver, b, order)                                                      \
    {                                                                                             \
        .name = name_,                                                                            \
        .sql = "SELECT " COLUMNS "FROM (SELECT id FROM audit_event FORCE INDEX (" index           \
               ") WHERE " driver "id > ? AND id < ? AND at >= ? AND at < ? "                      \
               "AND (? = '' OR kind = ?) AND (? = '' OR action = ?) AND (? = 0 OR user_id = ?) "  \
               "ORDER BY id " order " LIMIT ?) k " NAMES "ORDER BY e.id " order,                  \
        .binds = b "iittssssiii", .fields = row_fields, .row_bytes = sizeof(struct auditing_row), \
        .flags = DB_LISTS                                                                         \
    }
#define BOTH(name_, index, driver, b)                     \
    {                                                     \
        LIST(name_ ".older", index, driver, b, "DESC"),   \
            LIST(name_ ".newer", index, driver, b, "ASC") \
    }
static const struct db_stmt lists[AUDITING_DRIVERS][2] = {
    [BY_TIME] = BOTH("auditing.time", "PRIMARY", "", ""),
    [BY_PERSON] = BOTH("auditing.person", "audit_event_user", "user_id = ? AND ", "i"),
    [BY_ACTION] = BOTH("auditing.action", "audit_event_action", "action = ? AND ", "s"),
    [BY_KIND] = BOTH("auditing.kind", "audit_event_kind", "kind = ? AND ", "s"),
};

const struct db_stmt *auditing_list(enum auditing_driver driver, bool newer)
{
    return &lists[driver][newer];
}

#define RECORD(name_, order)                                                                   \
    {                                                                                          \
        .name = name_,                                                                         \
        .sql = "SELECT " COLUMNS "FROM (SELECT id FROM audit_event FORCE INDEX "               \
               "(audit_event_chain) WHERE kind = ? AND object_id = ? AND seq > ? AND seq < ? " \
               "ORDER BY seq " order " LIMIT ?) k " NAMES "ORDER BY e.seq " order,             \
        .binds = "siiii", .fields = row_fields, .row_bytes = sizeof(struct auditing_row),      \
        .flags = DB_LISTS                                                                      \
    }
static const struct db_stmt records[2] = { RECORD("auditing.record.older", "DESC"),
                                           RECORD("auditing.record.newer", "ASC") };

const struct db_stmt *auditing_record(bool newer)
{
    return &records[newer];
}

/* -- filters -------------------------------------------------------------------------------------
 */

static const struct db_field id_fields[] = { DB_FIELD(struct auditing_id, id, DB_I64, 0), { 0 } };
const struct db_stmt auditing_first_since = {
    .name = "auditing.first_since",
    .sql = "SELECT id FROM audit_event FORCE INDEX (audit_event_at) WHERE at >= ?"
           " ORDER BY at, id LIMIT 1",
    .binds = "t",
    .fields = id_fields,
    .row_bytes = sizeof(struct auditing_id),
};
const struct db_stmt auditing_last_until = {
    .name = "auditing.last_until",
    .sql = "SELECT id FROM audit_event FORCE INDEX (audit_event_at) WHERE at < ?"
           " ORDER BY at DESC, id DESC LIMIT 1",
    .binds = "t",
    .fields = id_fields,
    .row_bytes = sizeof(struct auditing_id),
};

/* A step in the index for each different word. */
static const struct db_field word_fields[] = { DB_FIELD(struct auditing_word, word, DB_TEXT, 40),
                                               { 0 } };
const struct db_stmt auditing_kinds = {
    .name = "auditing.kinds",
    .sql = "SELECT DISTINCT kind AS word FROM audit_event FORCE INDEX (audit_event_kind)"
           " ORDER BY kind",
    .binds = "",
    .fields = word_fields,
    .row_bytes = sizeof(struct auditing_word),
    .flags = DB_LISTS,
};
const struct db_stmt auditing_actions = {
    .name = "auditing.actions",
    .sql = "SELECT DISTINCT action AS word FROM audit_event FORCE INDEX (audit_event_action)"
           " ORDER BY action",
    .binds = "",
    .fields = word_fields,
    .row_bytes = sizeof(struct auditing_word),
    .flags = DB_LISTS,
};

static const struct db_field person_fields[] = {
    DB_FIELD(struct auditing_person, id, DB_I64, 0),
    DB_FIELD(struct auditing_person, name, DB_TEXT, 120),
    DB_FIELD(struct auditing_person, email, DB_TEXT, 254),
    DB_FIELD(struct auditing_person, audience, DB_TEXT, 10),
    { 0 },
};
const struct db_stmt auditing_person_by_id = {
    .name = "auditing.person",
    .sql = "SELECT id, name, email, audience FROM user WHERE id = ?",
    .binds = "i",
    .fields = person_fields,
    .row_bytes = sizeof(struct auditing_person),
};
const struct db_stmt auditing_people = {
    .name = "auditing.people",
    .sql =
        "(SELECT id, name, email, audience FROM user WHERE email_key = ?) UNION (SELECT id, name,"
        " email, audience FROM user FORCE INDEX (user_audience) WHERE audience IN ('staff',"
        " 'partner', 'customer') AND name LIKE ? LIMIT 10)",
    .binds = "ss",
    .fields = person_fields,
    .row_bytes = sizeof(struct auditing_person),
    .flags = DB_LISTS,
};

/* -- the check of all chains ---------------------------------------------------------------------
 */

static const struct db_field check_fields[] = {
    DB_FIELD(struct auditing_check, id, DB_I64, 0),
    DB_FIELD(struct auditing_check, begun_at, DB_AT, 0),
    DB_NULLABLE(struct auditing_check, ended_at, DB_AT, 0),
    DB_FIELD(struct auditing_check, begun_by, DB_I64, 0),
    DB_FIELD(struct auditing_check, user_name, DB_TEXT, 120),
    DB_FIELD(struct auditing_check, expected, DB_I64, 0),
    DB_FIELD(struct auditing_check, kind, DB_TEXT, 20),
    DB_FIELD(struct auditing_check, object_id, DB_I64, 0),
    DB_FIELD(struct auditing_check, seq, DB_I64, 0),
    DB_FIELD(struct auditing_check, hash, DB_BYTES, 32),
    DB_FIELD(struct auditing_check, events, DB_I64, 0),
    DB_FIELD(struct auditing_check, chains, DB_I64, 0),
    DB_FIELD(struct auditing_check, faults, DB_I64, 0),
    DB_FIELD(struct auditing_check, first_fault, DB_TEXT, 160),
    DB_FIELD(struct auditing_check, row_version, DB_I64, 0),
    { 0 },
};
#define CHECK_COLUMNS                                                                            \
    "SELECT id, begun_at, ended_at, begun_by, user_name, expected, kind, object_id, seq, hash, " \
    "events, chains, faults, first_fault, row_version FROM audit_check "
const struct db_stmt auditing_check_newest = {
    .name = "auditing.check_newest",
    .sql = CHECK_COLUMNS "ORDER BY id DESC LIMIT 1",
    .binds = "",
    .fields = check_fields,
    .row_bytes = sizeof(struct auditing_check),
};
const struct db_stmt auditing_check_open = {
    .name = "auditing.check_open",
    .sql = CHECK_COLUMNS "WHERE ended_at IS NULL ORDER BY id LIMIT 1",
    .binds = "",
    .fields = check_fields,
    .row_bytes = sizeof(struct auditing_check),
};
const struct db_stmt auditing_check_begin = {
    .name = "auditing.check_begin",
    .sql = "INSERT INTO audit_check (begun_at, begun_by, user_name, expected) VALUES"
           " (UTC_TIMESTAMP(6), ?, ?, (SELECT COALESCE(MAX(id), 0) FROM audit_event))",
    .binds = "is",
    .flags = DB_WRITE,
};
const struct db_stmt auditing_check_move = {
    .name = "auditing.check_move",
    .sql = "UPDATE audit_check SET kind = ?, object_id = ?, seq = ?, hash = ?, events = ?,"
           " chains = ?, faults = ?, first_fault = ?, ended_at = IF(?, UTC_TIMESTAMP(6), NULL),"
           " row_version = row_version + 1 WHERE id = ? AND row_version = ?",
    .binds = "siibiiisiii",
    .flags = DB_WRITE,
};

db_stmt_table auditing_statements[] = {
    &lists[BY_TIME][0],    &lists[BY_TIME][1],     &lists[BY_PERSON][0],
    &lists[BY_PERSON][1],  &lists[BY_ACTION][0],   &lists[BY_ACTION][1],
    &lists[BY_KIND][0],    &lists[BY_KIND][1],     &records[0],
    &records[1],           &auditing_first_since,  &auditing_last_until,
    &auditing_kinds,       &auditing_actions,      &auditing_person_by_id,
    &auditing_people,      &auditing_check_newest, &auditing_check_open,
    &auditing_check_begin, &auditing_check_move,   NULL,
};
