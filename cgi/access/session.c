/* access/session.c - sessions as rows.  What a page asks of its reader is copied into the row when
 * the session is made and again when it changes, so that finding a session is one look-up by one
 * key. */
#include "access/session.h"

#include "access/parameter.h"
#include "access/role.h"
#include "access/standing.h"
#include "base/str.h"
#include "crypt/hash.h"
#include "crypt/random.h"

#include <string.h>

enum { SEEN_SECONDS = 60 * 60 };
enum { TOUCH_SECONDS = 60, PERMISSION_BYTES = PERM_LIMIT / 8 };
enum { ADDRESS_BYTES = 45, USER_AGENT_BYTES = 300 };

_Static_assert((int)SESSION_TOKEN_BYTES == (int)CRYPT_TOKEN_BYTES, "one kind of token");

/* -- finding -------------------------------------------------------------------------------------
 */

struct found {
    int64_t id, user_id, audience, account_id, department_id, department_low, department_high;
    struct bytes permissions;
    const char *user_name, *email, *account_name, *tier_name_en, *tier_name_zh, *lang, *zone;
    const char *account_status;
    int64_t theme, counter_notifications, counter_deals, counter_announcements;
    bool unseen, agreement_due;
    int64_t proved_at, seen_by, seen_session, now_at;
};
static const struct db_field found_fields[] = {
    DB_FIELD(struct found, id, DB_I64, 0),
    DB_FIELD(struct found, user_id, DB_I64, 0),
    DB_FIELD(struct found, audience, DB_I64, 0),
    DB_FIELD(struct found, account_id, DB_I64, 0),
    DB_FIELD(struct found, department_id, DB_I64, 0),
    DB_FIELD(struct found, department_low, DB_I64, 0),
    DB_FIELD(struct found, department_high, DB_I64, 0),
    DB_FIELD(struct found, permissions, DB_BYTES, PERMISSION_BYTES),
    DB_FIELD(struct found, user_name, DB_TEXT, 480),
    DB_FIELD(struct found, email, DB_TEXT, 254),
    DB_FIELD(struct found, account_name, DB_TEXT, 800),
    DB_FIELD(struct found, tier_name_en, DB_TEXT, 240),
    DB_FIELD(struct found, tier_name_zh, DB_TEXT, 240),
    DB_FIELD(struct found, lang, DB_TEXT, 8),
    DB_FIELD(struct found, zone, DB_TEXT, 60),
    DB_FIELD(struct found, theme, DB_I64, 0),
    DB_FIELD(struct found, counter_notifications, DB_I64, 0),
    DB_FIELD(struct found, counter_deals, DB_I64, 0),
    DB_FIELD(struct found, counter_announcements, DB_I64, 0),
    DB_FIELD(struct found, unseen, DB_BOOL, 0),
    DB_FIELD(struct found, proved_at, DB_AT, 0),
    DB_FIELD(struct found, seen_by, DB_I64, 0),
    DB_FIELD(struct found, seen_session, DB_I64, 0),
    DB_FIELD(struct found, now_at, DB_AT, 0),
    DB_FIELD(struct found, account_status, DB_TEXT, 12),
    DB_FIELD(struct found, agreement_due, DB_BOOL, 0),
    { 0 },
};
/* One table: triggers end the sessions of a person who is disabled, and carry where a company
 * stands into those of its people, whoever changes it (0790_session_standing.sql).  Everybody of a
 * company that has ended is out. */
static const struct db_stmt find = {
    .name = "session.find",
    .sql = "SELECT s.id, s.user_id, s.audience, s.account_id, s.department_id, s.department_low,"
           " s.department_high, s.permissions, s.user_name, s.email, s.account_name,"
           " s.tier_name_en, s.tier_name_zh, s.lang, s.zone,"
           " s.theme, s.counter_notifications, s.counter_deals, s.counter_announcements,"
           " s.last_seen_at < UTC_TIMESTAMP(6) - INTERVAL ? SECOND AS unseen, s.proved_at,"
           " s.seen_by, s.seen_session, UTC_TIMESTAMP(6) AS now_at, s.account_status,"
           " s.agreement_due FROM session s"
           " WHERE s.token_hash = ? AND s.ended_at IS NULL AND s.expires_at > UTC_TIMESTAMP(6)"
           " AND s.last_seen_at > UTC_TIMESTAMP(6) - INTERVAL s.idle_seconds SECOND"
           " AND s.account_status <> 'ended'",
    .binds = "ib",
    .fields = found_fields,
    .row_bytes = sizeof(struct found),
};
static const struct db_stmt touch = {
    .name = "session.touch",
    .sql = "UPDATE session SET last_seen_at = UTC_TIMESTAMP(6)"
           " WHERE id = ? AND last_seen_at < UTC_TIMESTAMP(6) - INTERVAL ? SECOND",
    .binds = "ii",
    .flags = DB_WRITE,
};
struct looking {
    int64_t id;
};
static const struct db_field looking_fields[] = { DB_FIELD(struct looking, id, DB_I64, 0), { 0 } };
/* Who looks as somebody else is out when his own session is over. */
static const struct db_stmt still_looking = {
    .name = "session.still_looking",
    .sql = "SELECT s.id FROM session s JOIN user u ON u.id = s.user_id AND u.status = 'active'"
           " WHERE s.id = ? AND s.ended_at IS NULL AND s.expires_at > UTC_TIMESTAMP(6)",
    .binds = "i",
    .fields = looking_fields,
    .row_bytes = sizeof(struct looking),
};
db_stmt_table session_read_statements[] = { &find, &touch, &still_looking, NULL };

/* Bit n of byte n/8, on every machine. */
static void permissions_pack(const struct permission_set *set, unsigned char out[PERMISSION_BYTES])
{
    for (int i = 0; i < PERMISSION_BYTES; i++)
        out[i] = (unsigned char)(set->bits[i / 8] >> (i % 8 * 8));
}

static struct permission_set permissions_unpack(struct bytes from)
{
    const unsigned char *bytes = from.data;
    struct permission_set set = { 0 };

    for (size_t i = 0; i < from.len && i < PERMISSION_BYTES; i++)
        set.bits[i / 8] |= (uint64_t)bytes[i] << (i % 8 * 8);
    return set;
}

static struct actor actor_of(const struct found *row)
{
    const enum standing standing = standing_of(row->account_status, row->agreement_due);
    struct permission_set permissions = permissions_unpack(row->permissions);
    enum lang lang = LANG_EN;

    lang_from_code(row->lang, &lang);
    standing_limit(standing, &permissions);
    return (struct actor){
        .audience = (enum audience)row->audience,
        .user_id = row->user_id,
        .account_id = row->account_id,
        .session_id = row->id,
        .department_low = row->department_low,
        .department_high = row->department_high,
        .department_id = row->department_id,
        .standing = standing,
        .permissions = permissions,
        .unseen = row->unseen,
        .proved_at = row->proved_at,
        .seen_by = row->seen_by,
        .name = row->user_name,
        .email = row->email,
        .account_name = row->account_name,
        .tier_names = { [LANG_EN] = row->tier_name_en, [LANG_ZH] = row->tier_name_zh },
        .lang = lang,
        .zone = row->zone,
        .theme =
            row->theme >= 0 && row->theme < THEME_COUNT ? (enum theme)row->theme : THEME_DEVICE,
        .counters = { [COUNTER_NOTIFICATIONS] = (int32_t)row->counter_notifications,
                      [COUNTER_DEALS] = (int32_t)row->counter_deals,
                      [COUNTER_ANNOUNCEMENTS] = (int32_t)row->counter_announcements },
    };
}

struct err *session_find(struct db *db, struct arena *a, const char *token, struct actor *actor_out,
                         bool *found_out)
{
    unsigned char hash[SHA256_BYTES];
    struct found row;

    sha256(token, strlen(token), hash);
    TRY(db_one(db, a, &find, DB_ARGS(DB_I(TOUCH_SECONDS), DB_B(hash, sizeof(hash))), &row,
               found_out));
    if (*found_out && row.seen_by != 0)
        TRY(db_one(db, a, &still_looking, DB_ARGS(DB_I(row.seen_session)), &(struct looking){ 0 },
                   found_out));
    if (!*found_out)
        return NULL;
    *actor_out = actor_of(&row);
    db_now_is(db, row.now_at);
    return NULL;
}

static struct err *touch_row(struct db *db, void *arg)
{
    const int64_t *id = arg;

    return err_pass(db_exec(db, &touch, DB_ARGS(DB_I(*id), DB_I(TOUCH_SECONDS)), NULL));
}

struct err *session_touch(struct db *db, const struct actor *actor)
{
    int64_t id = actor->session_id;

    if (!actor->unseen)
        return NULL;
    return err_pass(db_transaction(db, touch_row, &id));
}

void session_form_key(const char *token, unsigned char out[32])
{
    static const char purpose[] = "form";

    hmac_sha256(token, strlen(token), purpose, sizeof(purpose) - 1, out);
}

/* -- what travels with the row -------------------------------------------------------------------
 */

struct person {
    const char *audience, *name, *email, *lang, *zone, *scopes, *status;
    const char *account_name, *tier_name_en, *tier_name_zh;
    int64_t account_id, department_id, department_last_id, theme;
    int64_t counter_notifications, counter_deals, counter_announcements;
};
static const struct db_field person_fields[] = {
    DB_FIELD(struct person, audience, DB_TEXT, 10),
    DB_FIELD(struct person, name, DB_TEXT, 480),
    DB_FIELD(struct person, email, DB_TEXT, 254),
    DB_FIELD(struct person, lang, DB_TEXT, 8),
    DB_FIELD(struct person, zone, DB_TEXT, 60),
    DB_FIELD(struct person, scopes, DB_TEXT, 60),
    DB_FIELD(struct person, status, DB_TEXT, 10),
    DB_FIELD(struct person, account_name, DB_TEXT, 800),
    DB_FIELD(struct person, tier_name_en, DB_TEXT, 240),
    DB_FIELD(struct person, tier_name_zh, DB_TEXT, 240),
    DB_FIELD(struct person, account_id, DB_I64, 0),
    DB_FIELD(struct person, department_id, DB_I64, 0),
    DB_FIELD(struct person, department_last_id, DB_I64, 0),
    DB_FIELD(struct person, theme, DB_I64, 0),
    DB_FIELD(struct person, counter_notifications, DB_I64, 0),
    DB_FIELD(struct person, counter_deals, DB_I64, 0),
    DB_FIELD(struct person, counter_announcements, DB_I64, 0),
    { 0 },
};
static const struct db_stmt person = {
    .name = "session.person",
    .sql = "SELECT u.audience, u.name, u.email, u.lang, u.zone, CONCAT(u.scope, ',',"
           " IFNULL((SELECT GROUP_CONCAT(DISTINCT r.scope) FROM user_role x JOIN role r"
           " ON r.id = x.role_id AND r.audience = 'staff' WHERE x.user_id = u.id), '')) AS scopes,"
           " u.status,"
           " IFNULL(a.name, '') AS account_name, IFNULL(t.name_en, '') AS tier_name_en,"
           " IFNULL(t.name_zh, '') AS tier_name_zh, IFNULL(u.account_id, 0) AS account_id,"
           " IFNULL(d.id, 0) AS department_id, IFNULL(d.last_id, 0) AS department_last_id,"
           " u.theme, u.counter_notifications, u.counter_deals, u.counter_announcements"
           " FROM user u LEFT JOIN account a ON a.id = u.account_id"
           " LEFT JOIN tier t ON t.id = a.tier_id"
           " LEFT JOIN department d ON d.id = u.department_id WHERE u.id = ?",
    .binds = "i",
    .fields = person_fields,
    .row_bytes = sizeof(struct person),
};

static bool names(const char *scopes, const char *scope)
{
    const size_t len = strlen(scope);

    for (const char *at = scopes; (at = strstr(at, scope)) != NULL; at += len)
        if ((at == scopes || at[-1] == ',') && (at[len] == ',' || at[len] == '\0'))
            return true;
    return false;
}

struct session_scope session_scope_of(const char *scopes, int64_t department_id,
                                      int64_t department_last_id)
{
    if (names(scopes, "all"))
        return (struct session_scope){ 0, INT64_MAX };
    if (department_id != 0 && names(scopes, "department"))
        return (struct session_scope){ department_id, department_last_id };
    if (department_id != 0 && names(scopes, "team"))
        return (struct session_scope){ department_id, department_id };
    return (struct session_scope){ 0, -1 };
}

struct travelling {
    struct person person;
    enum audience audience;
    struct session_scope range;
    unsigned char permissions[PERMISSION_BYTES];
};

static struct err *gather(struct db *db, struct arena *a, int64_t user_id, struct travelling *out)
{
    struct permission_set set;

    TRY(db_get(db, a, &person, DB_ARGS(DB_I(user_id)), &out->person));
    TRY(role_permissions(db, a, user_id, &set));
    permissions_pack(&set, out->permissions);
    out->audience = audience_find(out->person.audience);
    out->range = out->audience == AUD_STAFF
                     ? session_scope_of(out->person.scopes, out->person.department_id,
                                        out->person.department_last_id)
                     : (struct session_scope){ 0, -1 };
    return NULL;
}

struct err *session_actor(struct db *db, struct arena *a, int64_t user_id, struct actor *actor_out,
                          bool *found_out)
{
    struct travelling t = { 0 };
    enum lang lang = LANG_EN;

    TRY(gather(db, a, user_id, &t));
    *found_out = str_eq(t.person.status, "active");
    lang_from_code(t.person.lang, &lang);
    *actor_out = (struct actor){
        .audience = t.audience,
        .user_id = user_id,
        .account_id = t.person.account_id,
        .department_low = t.range.low,
        .department_high = t.range.high,
        .department_id = t.person.department_id,
        .standing = t.person.account_id == 0 ? STANDING_FULL : STANDING_LIMITED,
        .permissions = permissions_unpack((struct bytes){ t.permissions, sizeof(t.permissions) }),
        .name = t.person.name,
        .email = t.person.email,
        .account_name = t.person.account_name,
        .tier_names = { [LANG_EN] = t.person.tier_name_en, [LANG_ZH] = t.person.tier_name_zh },
        .lang = lang,
        .zone = t.person.zone,
    };
    standing_limit(actor_out->standing, &actor_out->permissions);
    return NULL;
}

struct limits {
    int64_t idle_seconds, life_seconds;
};

static struct err *read_limits(struct db *db, struct arena *a, enum audience audience,
                               struct limits *out)
{
    static const struct {
        enum parameter idle_minutes, life_hours;
    } parameters[AUD_COUNT] = {
        [AUD_PARTNER] = { PARAM_SESSION_PARTNER_IDLE, PARAM_SESSION_PARTNER_LIFE },
        [AUD_CUSTOMER] = { PARAM_SESSION_CUSTOMER_IDLE, PARAM_SESSION_CUSTOMER_LIFE },
        [AUD_STAFF] = { PARAM_SESSION_STAFF_IDLE, PARAM_SESSION_STAFF_LIFE },
    };

    if (audience != AUD_PARTNER && audience != AUD_CUSTOMER && audience != AUD_STAFF)
        return err_raise(ERR_BUG, "an audience without sessions");
    TRY(parameter_now(db, a, parameters[audience].idle_minutes, &out->idle_seconds));
    TRY(parameter_now(db, a, parameters[audience].life_hours, &out->life_seconds));
    out->idle_seconds *= 60;
    out->life_seconds *= 60 * 60;
    return NULL;
}

/* -- writing -------------------------------------------------------------------------------------
 */

static const struct db_stmt add = {
    .name = "session.add",
    .sql =
        "INSERT INTO session (token_hash, user_id, audience, account_id, department_id,"
        " department_low, department_high, permissions, user_name, email, account_name,"
        " tier_name_en, tier_name_zh, lang, zone, theme, counter_notifications, counter_deals,"
        " counter_announcements, second_factor, idle_seconds, remote_addr, user_agent, created_at, last_seen_at,"
        " expires_at, proved_at, seen_by, seen_session) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
        " ?, ?, ?, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) + INTERVAL ? SECOND,"
        " UTC_TIMESTAMP(6), ?, ?)",
    .binds = "biiiiiibsssssssiiiiiissiii",
    .flags = DB_WRITE,
};
/* Who counts meanwhile (session_count()) waits, and finds the new session; whoever counted before
 * is in what is read after this.  The row does change: what stays as it is a cluster does not
 * compare with what other nodes do. */
static const struct db_stmt hold_counters = {
    .name = "session.hold_counters",
    .sql = "UPDATE user SET updated_at = UTC_TIMESTAMP(6) WHERE id = ?",
    .binds = "i",
    .flags = DB_WRITE,
};
db_stmt_table session_write_statements[] = { &hold_counters, &add, NULL };

static const struct db_stmt end_one = {
    .name = "session.end",
    .sql = "UPDATE session SET ended_at = UTC_TIMESTAMP(6) WHERE id = ? AND ended_at IS NULL",
    .binds = "i",
    .flags = DB_WRITE,
};
static const struct db_stmt end_of_user = {
    .name = "session.end_of_user",
    .sql = "UPDATE session SET ended_at = UTC_TIMESTAMP(6)"
           " WHERE user_id = ? AND ended_at IS NULL AND id <> ?",
    .binds = "ii",
    .flags = DB_WRITE,
};
static const struct db_stmt refresh = {
    .name = "session.refresh",
    .sql = "UPDATE session SET account_id = ?, department_id = ?, department_low = ?,"
           " department_high = ?, permissions = ?, user_name = ?, email = ?, account_name = ?,"
           " tier_name_en = ?, tier_name_zh = ?, lang = ?, zone = ?, theme = ?"
           " WHERE user_id = ? AND ended_at IS NULL",
    .binds = "iiiibsssssssii",
    .flags = DB_WRITE,
};
/* The same widths as session_scope_of() gives. */
#define SCOPES                                                                              \
    "CONCAT(u.scope, ',', IFNULL((SELECT GROUP_CONCAT(DISTINCT r.scope) FROM user_role ur " \
    "JOIN role r ON r.id = ur.role_id AND r.scope <> '' WHERE ur.user_id = u.id), ''))"
#define NAMES(scope) "FIND_IN_SET('" scope "', " SCOPES ")"
static const struct db_stmt refresh_departments = {
    .name = "session.refresh_departments",
    .sql =
        "UPDATE session s JOIN user u ON u.id = s.user_id AND u.audience = 'staff'"
        " JOIN department d ON d.id = u.department_id"
        " SET s.department_id = d.id,"
        " s.department_low = CASE WHEN " NAMES("all") " THEN 0 WHEN " NAMES("department") " OR " NAMES(
            "team") " THEN d.id ELSE 0 END,"
                    " s.department_high = CASE WHEN " NAMES("all") " THEN 9223372036854775807 WHEN " NAMES(
                        "department") " THEN d.last_id WHEN " NAMES("team") " THEN d.id ELSE -1 END"
                                                                            " WHERE s.ended_at IS NULL",
    .binds = "",
    .flags = DB_WRITE,
};
/* Sessions that are over need no new limits. */
static const struct db_stmt apply_limits = {
    .name = "session.apply_limits",
    .sql = "UPDATE session SET idle_seconds = ?, expires_at = created_at + INTERVAL ? SECOND"
           " WHERE audience = ? AND seen_by = 0 AND ended_at IS NULL"
           " AND expires_at > UTC_TIMESTAMP(6)",
    .binds = "iii",
    .flags = DB_WRITE,
};
db_stmt_table session_end_statements[] = {
    &end_one, &end_of_user, &refresh, &refresh_departments, &apply_limits, &person, NULL,
};

/* At most MAX_BYTES of text that came from outside; "" for bytes that are no text. */
static const char *cut(struct arena *a, const char *text, size_t max_bytes)
{
    if (text == NULL || !utf8_valid(text, strlen(text)))
        return "";
    return arena_dup_bytes(a, text, utf8_prefix_bytes(text, max_bytes));
}

struct err *session_create(struct db *db, struct arena *a, const struct session_new *from,
                           char token_out[SESSION_TOKEN_BYTES])
{
    unsigned char hash[SHA256_BYTES];
    struct travelling t;
    struct limits limits;

    TRY(db_exec(db, &hold_counters, DB_ARGS(DB_I(from->user_id)), NULL));
    TRY(gather(db, a, from->user_id, &t));
    if (!str_eq(t.person.status, "active"))
        return err_raise(ERR_CONFLICT, "user %lld is not active", (long long)from->user_id);
    TRY(read_limits(db, a, t.audience, &limits));
    if (from->seen_by != 0 && limits.life_seconds > SEEN_SECONDS)
        limits.life_seconds = SEEN_SECONDS;
    crypt_token(token_out);
    sha256(token_out, strlen(token_out), hash);
    return err_pass(
        db_exec(db, &add,
                DB_ARGS(DB_B(hash, sizeof(hash)), DB_I(from->user_id), DB_I(t.audience),
                        DB_I(t.person.account_id), DB_I(t.person.department_id), DB_I(t.range.low),
                        DB_I(t.range.high), DB_B(t.permissions, sizeof(t.permissions)),
                        DB_S(t.person.name), DB_S(t.person.email), DB_S(t.person.account_name),
                        DB_S(t.person.tier_name_en), DB_S(t.person.tier_name_zh),
                        DB_S(t.person.lang), DB_S(t.person.zone), DB_I(t.person.theme),
                        DB_I(t.person.counter_notifications), DB_I(t.person.counter_deals),
                        DB_I(t.person.counter_announcements), DB_I(from->second_factor),
                        DB_I(limits.idle_seconds), DB_S(cut(a, from->remote_addr, ADDRESS_BYTES)),
                        DB_S(cut(a, from->user_agent, USER_AGENT_BYTES)), DB_I(limits.life_seconds),
                        DB_I(from->seen_by), DB_I(from->seen_session)),
                NULL));
}

struct err *session_end(struct db *db, int64_t session_id)
{
    return err_pass(db_exec(db, &end_one, DB_ARGS(DB_I(session_id)), NULL));
}

struct err *session_end_all(struct db *db, int64_t user_id, int64_t keep_id)
{
    return err_pass(db_exec(db, &end_of_user, DB_ARGS(DB_I(user_id), DB_I(keep_id)), NULL));
}

struct err *session_refresh(struct db *db, struct arena *a, int64_t user_id)
{
    struct travelling t;

    TRY(gather(db, a, user_id, &t));
    if (!str_eq(t.person.status, "active"))
        return err_pass(session_end_all(db, user_id, 0));
    return err_pass(db_exec(
        db, &refresh,
        DB_ARGS(DB_I(t.person.account_id), DB_I(t.person.department_id), DB_I(t.range.low),
                DB_I(t.range.high), DB_B(t.permissions, sizeof(t.permissions)), DB_S(t.person.name),
                DB_S(t.person.email), DB_S(t.person.account_name), DB_S(t.person.tier_name_en),
                DB_S(t.person.tier_name_zh), DB_S(t.person.lang), DB_S(t.person.zone),
                DB_I(t.person.theme), DB_I(user_id)),
        NULL));
}

struct err *session_refresh_departments(struct db *db)
{
    return err_pass(db_exec(db, &refresh_departments, DB_NO_ARGS, NULL));
}

struct err *session_apply_limits(struct db *db, struct arena *a, enum audience audience)
{
    struct limits limits;

    TRY(read_limits(db, a, audience, &limits));
    return err_pass(db_exec(
        db, &apply_limits,
        DB_ARGS(DB_I(limits.idle_seconds), DB_I(limits.life_seconds), DB_I(audience)), NULL));
}

/* -- counters ------------------------------------------------------------------------------------
 */

/* The person's row first: it is what session_create() holds. */
#define COUNTER_STATEMENTS(column)                                                            \
    {                                                                                         \
        { .name = "user.count_" #column,                                                      \
          .sql = "UPDATE user SET counter_" #column " = GREATEST(0, counter_" #column " + ?)" \
                 " WHERE id = ?",                                                             \
          .binds = "ii",                                                                      \
          .flags = DB_WRITE },                                                                \
        {                                                                                     \
            .name = "session.count_" #column,                                                 \
            .sql = "UPDATE session SET counter_" #column " = GREATEST(0, counter_" #column    \
                   " + ?) WHERE user_id = ? AND ended_at IS NULL",                            \
            .binds = "ii", .flags = DB_WRITE                                                  \
        }                                                                                     \
    }

static const struct db_stmt counters[COUNTER_USED][2] = {
    [COUNTER_NOTIFICATIONS] = COUNTER_STATEMENTS(notifications),
    [COUNTER_DEALS] = COUNTER_STATEMENTS(deals),
    [COUNTER_ANNOUNCEMENTS] = COUNTER_STATEMENTS(announcements),
};
db_stmt_table session_count_statements[] = {
    &counters[COUNTER_NOTIFICATIONS][0],
    &counters[COUNTER_NOTIFICATIONS][1],
    &counters[COUNTER_DEALS][0],
    &counters[COUNTER_DEALS][1],
    &counters[COUNTER_ANNOUNCEMENTS][0],
    &counters[COUNTER_ANNOUNCEMENTS][1],
    NULL,
};

struct err *session_count(struct db *db, int64_t user_id, enum counter counter, int by)
{
    for (int i = 0; i < 2; i++)
        TRY(db_exec(db, &counters[counter][i], DB_ARGS(DB_I(by), DB_I(user_id)), NULL));
    return NULL;
}
