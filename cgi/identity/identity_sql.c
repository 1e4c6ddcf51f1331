/* identity/identity_sql.c - the statements of public.fcgi's identity pages. */
#include "identity/identity_sql.h"

#include "identity/identity.h"

#define USER_FIELD(m, kind, cap) DB_FIELD(struct identity_user, m, kind, cap)
#define USER_NULL(m, kind, cap)  DB_NULLABLE(struct identity_user, m, kind, cap)

static const struct db_field user_fields[] = {
    USER_FIELD(id, DB_I64, 0),
    USER_NULL(account_id, DB_I64, 0),
    USER_FIELD(theme, DB_I64, 0),
    USER_FIELD(row_version, DB_I64, 0),
    USER_FIELD(audience, DB_TEXT, 10),
    USER_FIELD(email, DB_TEXT, 1016),
    USER_FIELD(name, DB_TEXT, 480),
    USER_FIELD(title, DB_TEXT, 480),
    USER_FIELD(phone, DB_TEXT, 160),
    USER_FIELD(lang, DB_TEXT, 8),
    USER_FIELD(zone, DB_TEXT, 60),
    USER_FIELD(status, DB_TEXT, 10),
    USER_NULL(password_hash, DB_TEXT, 200),
    USER_NULL(password_changed_at, DB_AT, 0),
    USER_NULL(secret, DB_BYTES, 64),
    USER_NULL(recovery_salt, DB_BYTES, 16),
    USER_NULL(factor_at, DB_AT, 0),
    USER_NULL(last_step, DB_I64, 0),
    USER_NULL(account_name, DB_TEXT, 800),
    USER_FIELD(account_ended, DB_BOOL, 0),
    USER_FIELD(factor_wanted, DB_BOOL, 0),
    { 0 },
};

/* What staff must have unless the parameter says otherwise, others only when they are told to. */
#define USER_SELECT                                                                                 \
    "SELECT u.id, u.account_id, u.theme, u.row_version, u.audience, u.email, u.name, u.title,"      \
    " u.phone, u.lang, u.zone, u.status, c.password_hash, c.changed_at AS password_changed_at,"     \
    " f.secret, f.recovery_salt, f.confirmed_at AS factor_at, f.last_step, a.name AS account_name," \
    " (u.account_id IS NOT NULL AND (a.deleted_at IS NOT NULL OR a.status = 'ended'))"              \
    " AS account_ended,"                                                                            \
    " (u.second_factor_needed OR (u.audience = 'staff' AND COALESCE((SELECT p.value FROM"           \
    " system_parameter p WHERE p.name = 'login.staff_second_factor'), '1') <> '0'))"                \
    " AS factor_wanted"                                                                             \
    " FROM user u LEFT JOIN credential c ON c.user_id = u.id"                                       \
    " LEFT JOIN second_factor f ON f.user_id = u.id AND f.confirmed_at IS NOT NULL"                 \
    " LEFT JOIN account a ON a.id = u.account_id"

const struct db_stmt identity_user_by_key = {
    .name = "identity.user_by_key",
    .sql = USER_SELECT " WHERE u.email_key = ?",
    .binds = "s",
    .fields = user_fields,
    .row_bytes = sizeof(struct identity_user),
};
const struct db_stmt identity_user_by_id = {
    .name = "identity.user_by_id",
    .sql = USER_SELECT " WHERE u.id = ?",
    .binds = "i",
    .fields = user_fields,
    .row_bytes = sizeof(struct identity_user),
};

/* -- browsers ------------------------------------------------------------------------ */

static const struct db_field known_fields[] = {
    DB_FIELD(struct identity_known, known, DB_BOOL, 0),
    DB_FIELD(struct identity_known, devices, DB_I64, 0),
    { 0 },
};
const struct db_stmt identity_device_find = {
    .name = "identity.device_find",
    .sql =
        "SELECT EXISTS (SELECT 1 FROM known_device WHERE user_id = ? AND device_hash = ?) AS known,"
        " (SELECT COUNT(*) FROM known_device WHERE user_id = ?) AS devices",
    .binds = "ibi",
    .fields = known_fields,
    .row_bytes = sizeof(struct identity_known),
};
const struct db_stmt identity_device_insert = {
    .name = "identity.device_insert",
    .sql = "INSERT INTO known_device (user_id, device_hash, first_seen_at, seen_at)"
           " VALUES (?, ?, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6)) ON DUPLICATE KEY UPDATE"
           " seen_at = UTC_TIMESTAMP(6)",
    .binds = "ib",
    .flags = DB_WRITE,
};
/* Once a day: a log-in is no reason to write each time. */
const struct db_stmt identity_device_seen = {
    .name = "identity.device_seen",
    .sql = "UPDATE known_device SET seen_at = UTC_TIMESTAMP(6) WHERE user_id = ?"
           " AND device_hash = ? AND seen_at < UTC_TIMESTAMP(6) - INTERVAL 1 DAY",
    .binds = "ib",
    .flags = DB_WRITE,
};

/* -- steps and links ----------------------------------------------------------------- */

static const struct db_field link_fields[] = {
    DB_FIELD(struct identity_link_row, user_id, DB_I64, 0),
    { 0 },
};
const struct db_stmt identity_link_find = {
    .name = "identity.link_find",
    .sql = "SELECT user_id FROM link_token WHERE token_hash = ? AND kind = ? AND used_at IS NULL"
           " AND expires_at > UTC_TIMESTAMP(6)",
    .binds = "bs",
    .fields = link_fields,
    .row_bytes = sizeof(struct identity_link_row),
};
/* One row changes for one of any number of parallel uses. */
const struct db_stmt identity_link_use = {
    .name = "identity.link_use",
    .sql = "UPDATE link_token SET used_at = UTC_TIMESTAMP(6) WHERE token_hash = ? AND kind = ?"
           " AND used_at IS NULL AND expires_at > UTC_TIMESTAMP(6)",
    .binds = "bs",
    .flags = DB_WRITE,
};
const struct db_stmt identity_links_void = {
    .name = "identity.links_void",
    .sql = "UPDATE link_token SET used_at = UTC_TIMESTAMP(6) WHERE user_id = ? AND used_at IS NULL",
    .binds = "i",
    .flags = DB_WRITE,
};
/* Log-ins that have not got further than the password. */
const struct db_stmt identity_steps_void = {
    .name = "identity.steps_void",
    .sql = "UPDATE link_token SET used_at = UTC_TIMESTAMP(6) WHERE user_id = ? AND kind = 'login'"
           " AND used_at IS NULL",
    .binds = "i",
    .flags = DB_WRITE,
};
const struct db_stmt identity_step_insert = {
    .name = "identity.step_insert",
    .sql = "INSERT INTO link_token (token_hash, kind, user_id, created_at, expires_at) VALUES"
           " (?, 'login', ?, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) + INTERVAL 15 MINUTE)",
    .binds = "bi",
    .flags = DB_WRITE,
};

/* -- credentials --------------------------------------------------------------------- */

const struct db_stmt identity_credential_set = {
    .name = "identity.credential_set",
    .sql = "INSERT INTO credential (user_id, password_hash, changed_at)"
           " VALUES (?, ?, UTC_TIMESTAMP(6)) ON DUPLICATE KEY UPDATE"
           " password_hash = VALUES(password_hash), changed_at = VALUES(changed_at)",
    .binds = "is",
    .flags = DB_WRITE,
};
const struct db_stmt identity_user_accept = {
    .name = "identity.user_accept",
    .sql = "UPDATE user SET status = 'active', name = ?, lang = ?, updated_at = UTC_TIMESTAMP(6),"
           " row_version = row_version + 1 WHERE id = ? AND status = 'invited'",
    .binds = "ssi",
    .flags = DB_WRITE,
};
const struct db_stmt identity_login_noted = {
    .name = "identity.login_noted",
    .sql = "UPDATE user SET last_login_at = UTC_TIMESTAMP(6) WHERE id = ?",
    .binds = "i",
    .flags = DB_WRITE,
};
/* A code that was accepted once has a step that is no longer greater: replays change no row. */
const struct db_stmt identity_factor_step = {
    .name = "identity.factor_step",
    .sql = "UPDATE second_factor SET last_step = ? WHERE user_id = ? AND last_step < ?",
    .binds = "iii",
    .flags = DB_WRITE,
};
const struct db_stmt identity_factor_set = {
    .name = "identity.factor_set",
    .sql = "INSERT INTO second_factor (user_id, secret, confirmed_at, last_step, recovery_salt)"
           " VALUES (?, ?, UTC_TIMESTAMP(6), ?, ?) ON DUPLICATE KEY UPDATE"
           " secret = VALUES(secret), confirmed_at = VALUES(confirmed_at),"
           " last_step = VALUES(last_step), recovery_salt = VALUES(recovery_salt)",
    .binds = "ibib",
    .flags = DB_WRITE,
};
const struct db_stmt identity_factor_salt = {
    .name = "identity.factor_salt",
    .sql = "UPDATE second_factor SET recovery_salt = ? WHERE user_id = ?",
    .binds = "bi",
    .flags = DB_WRITE,
};
const struct db_stmt identity_factor_drop = {
    .name = "identity.factor_drop",
    .sql = "DELETE FROM second_factor WHERE user_id = ?",
    .binds = "i",
    .flags = DB_WRITE,
};
const struct db_stmt identity_pending_set = {
    .name = "identity.pending_set",
    .sql = "INSERT INTO second_factor_pending (user_id, secret, created_at)"
           " VALUES (?, ?, UTC_TIMESTAMP(6)) ON DUPLICATE KEY UPDATE"
           " secret = VALUES(secret), created_at = VALUES(created_at)",
    .binds = "ib",
    .flags = DB_WRITE,
};
const struct db_stmt identity_pending_drop = {
    .name = "identity.pending_drop",
    .sql = "DELETE FROM second_factor_pending WHERE user_id = ?",
    .binds = "i",
    .flags = DB_WRITE,
};
static const struct db_field pending_fields[] = {
    DB_FIELD(struct identity_pending, secret, DB_BYTES, 64),
    { 0 },
};
const struct db_stmt identity_pending_find = {
    .name = "identity.pending_find",
    .sql = "SELECT secret FROM second_factor_pending WHERE user_id = ?"
           " AND created_at > UTC_TIMESTAMP(6) - INTERVAL 1 HOUR",
    .binds = "i",
    .fields = pending_fields,
    .row_bytes = sizeof(struct identity_pending),
};
const struct db_stmt identity_codes_drop = {
    .name = "identity.codes_drop",
    .sql = "DELETE FROM recovery_code WHERE user_id = ?",
    .binds = "i",
    .flags = DB_WRITE,
};
const struct db_stmt identity_code_insert = {
    .name = "identity.code_insert",
    .sql = "INSERT INTO recovery_code (user_id, code_hash) VALUES (?, ?)",
    .binds = "ib",
    .flags = DB_WRITE,
};
const struct db_stmt identity_code_use = {
    .name = "identity.code_use",
    .sql = "UPDATE recovery_code SET used_at = UTC_TIMESTAMP(6) WHERE user_id = ? AND code_hash = ?"
           " AND used_at IS NULL",
    .binds = "ib",
    .flags = DB_WRITE,
};
static const struct db_field count_fields[] = {
    DB_FIELD(struct identity_count, n, DB_I64, 0),
    { 0 },
};
const struct db_stmt identity_codes_left = {
    .name = "identity.codes_left",
    .sql = "SELECT COUNT(*) AS n FROM recovery_code WHERE user_id = ? AND used_at IS NULL",
    .binds = "i",
    .fields = count_fields,
    .row_bytes = sizeof(struct identity_count),
};

/* -- own profile and sessions -------------------------------------------------------- */

const struct db_stmt identity_profile_update = {
    .name = "identity.profile_update",
    .sql = "UPDATE user SET name = ?, title = ?, phone = ?, lang = ?, zone = ?, theme = ?,"
           " updated_at = UTC_TIMESTAMP(6), row_version = row_version + 1 WHERE id = ?",
    .binds = "sssssii",
    .flags = DB_WRITE,
};
const struct db_stmt identity_session_prove = {
    .name = "identity.session_prove",
    .sql = "UPDATE session SET proved_at = UTC_TIMESTAMP(6) WHERE id = ? AND user_id = ?",
    .binds = "ii",
    .flags = DB_WRITE,
};
#define SESSION_FIELD(m, kind, cap) DB_FIELD(struct identity_session_row, m, kind, cap)
static const struct db_field session_fields[] = {
    SESSION_FIELD(id, DB_I64, 0),
    SESSION_FIELD(created_at, DB_AT, 0),
    SESSION_FIELD(last_seen_at, DB_AT, 0),
    SESSION_FIELD(expires_at, DB_AT, 0),
    SESSION_FIELD(remote_addr, DB_TEXT, 45),
    SESSION_FIELD(user_agent, DB_TEXT, 1200),
    { 0 },
};
#define SESSION_SELECT                                                                      \
    "SELECT id, created_at, last_seen_at, expires_at, remote_addr, user_agent FROM session" \
    " WHERE user_id = ? AND seen_by = 0 AND ended_at IS NULL"                               \
    " AND expires_at > UTC_TIMESTAMP(6)"                                                    \
    " AND last_seen_at > UTC_TIMESTAMP(6) - INTERVAL idle_seconds SECOND"
const struct db_stmt identity_session_list = {
    .name = "identity.session_list",
    .sql = SESSION_SELECT " ORDER BY last_seen_at DESC LIMIT 100",
    .binds = "i",
    .fields = session_fields,
    .row_bytes = sizeof(struct identity_session_row),
    .flags = DB_LISTS,
};
const struct db_stmt identity_session_own = {
    .name = "identity.session_own",
    .sql = SESSION_SELECT " AND id = ?",
    .binds = "ii",
    .fields = session_fields,
    .row_bytes = sizeof(struct identity_session_row),
};

db_stmt_table identity_statements[] = {
    &identity_user_by_key,
    &identity_user_by_id,
    &identity_device_find,
    &identity_device_insert,
    &identity_device_seen,
    &identity_link_find,
    &identity_link_use,
    &identity_links_void,
    &identity_steps_void,
    &identity_step_insert,
    &identity_credential_set,
    &identity_user_accept,
    &identity_login_noted,
    &identity_factor_step,
    &identity_factor_set,
    &identity_factor_salt,
    &identity_factor_drop,
    &identity_pending_set,
    &identity_pending_drop,
    &identity_pending_find,
    &identity_codes_drop,
    &identity_code_insert,
    &identity_code_use,
    &identity_codes_left,
    &identity_profile_update,
    &identity_session_prove,
    &identity_session_list,
    &identity_session_own,
    NULL,
};
