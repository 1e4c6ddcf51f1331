/* publishing/announcement_sql.c */
#include "publishing/announcement_inside.h"

static const struct db_field fields[] = {
    DB_FIELD(struct announcement, id, DB_I64, 0),
    DB_FIELD(struct announcement, row_version, DB_I64, 0),
    DB_NULLABLE(struct announcement, tier_id, DB_I64, 0),
    DB_NULLABLE(struct announcement, product_line_id, DB_I64, 0),
    DB_FIELD(struct announcement, from_at, DB_AT, 0),
    DB_NULLABLE(struct announcement, until_at, DB_AT, 0),
    DB_NULLABLE(struct announcement, delivered_at, DB_AT, 0),
    DB_FIELD(struct announcement, updated_at, DB_AT, 0),
    DB_FIELD(struct announcement, for_partner, DB_BOOL, 0),
    DB_FIELD(struct announcement, for_customer, DB_BOOL, 0),
    DB_FIELD(struct announcement, for_staff, DB_BOOL, 0),
    DB_FIELD(struct announcement, important, DB_BOOL, 0),
    DB_FIELD(struct announcement, unread, DB_BOOL, 0),
    DB_FIELD(struct announcement, state, DB_TEXT, 10),
    DB_FIELD(struct announcement, countries, DB_TEXT, 200),
    DB_FIELD(struct announcement, title_en, DB_TEXT, 800),
    DB_FIELD(struct announcement, title_zh, DB_TEXT, 800),
    DB_FIELD(struct announcement, body_en, DB_TEXT, 2000),
    DB_FIELD(struct announcement, body_zh, DB_TEXT, 2000),
    DB_FIELD(struct announcement, published_name, DB_TEXT, 480),
    { 0 },
};
#define COLUMNS(unread, published_name)                                                               \
    "SELECT n.id, n.row_version, n.tier_id, n.product_line_id, n.from_at, n.until_at, "               \
    "n.delivered_at, n.updated_at, n.for_partner, n.for_customer, n.for_staff, n.important, " unread  \
    " AS unread, n.state, n.countries, n.title_en, n.title_zh, n.body_en, n.body_zh, " published_name \
    " AS published_name FROM announcement n "
#define OF_ROW .fields = fields, .row_bytes = sizeof(struct announcement)

/* -- what is read --------------------------------------------------------------------------------
 */

#define SHOWN                                                                                \
    COLUMNS("IFNULL(r.counted, 0)", "''")                                                    \
    "LEFT JOIN announcement_reader r ON r.announcement_id = n.id AND r.user_id = ? "         \
    "WHERE n.state = 'published' AND n.from_at <= UTC_TIMESTAMP(6) "                         \
    "AND (n.until_at IS NULL OR n.until_at > UTC_TIMESTAMP(6)) "                             \
    "AND ((? = 'partner' AND n.for_partner = 1) OR (? = 'customer' AND n.for_customer = 1) " \
    "OR (? = 'staff' AND n.for_staff = 1)) AND (n.tier_id IS NULL OR "                       \
    "(SELECT t.rank FROM tier t WHERE t.id = n.tier_id) <= ?) "                              \
    "AND (n.countries = '' OR ? = '' OR FIND_IN_SET(?, n.countries) > 0) "
#define FOUND "AND (? = '' OR n.title_en LIKE ? OR n.title_zh LIKE ?) "

static const struct db_stmt list_first = {
    .name = "publishing.announcements_first",
    .sql = SHOWN FOUND "ORDER BY n.from_at DESC, n.id DESC LIMIT ?",
    .binds = "isssisssssi",
    OF_ROW,
    .flags = DB_LISTS,
};
static const struct db_stmt list_older = {
    .name = "publishing.announcements_older",
    .sql = SHOWN FOUND "AND (n.from_at < ? OR (n.from_at = ? AND n.id < ?)) "
                       "ORDER BY n.from_at DESC, n.id DESC LIMIT ?",
    .binds = "isssissssst"
             "tii",
    OF_ROW,
    .flags = DB_LISTS,
};
static const struct db_stmt list_newer = {
    .name = "publishing.announcements_newer",
    .sql = SHOWN FOUND "AND (n.from_at > ? OR (n.from_at = ? AND n.id > ?)) "
                       "ORDER BY n.from_at, n.id LIMIT ?",
    .binds = "isssissssst"
             "tii",
    OF_ROW,
    .flags = DB_LISTS,
};
const struct db_stmt *announcement_sql_list(enum list_direction direction)
{
    static const struct db_stmt *const lists[] = {
        [LIST_FIRST] = &list_first, [LIST_OLDER] = &list_older, [LIST_NEWER] = &list_newer
    };

    return lists[direction];
}

const struct db_stmt announcement_sql_shown = {
    .name = "publishing.announcement_shown",
    .sql = SHOWN "AND n.id = ?",
    .binds = "isssissi",
    OF_ROW,
};

static const struct db_field title_fields[] = {
    DB_FIELD(struct announcement_title, id, DB_I64, 0),
    DB_FIELD(struct announcement_title, from_at, DB_AT, 0),
    DB_FIELD(struct announcement_title, important, DB_BOOL, 0),
    DB_FIELD(struct announcement_title, title_en, DB_TEXT, 800),
    DB_FIELD(struct announcement_title, title_zh, DB_TEXT, 800),
    { 0 },
};
const struct db_stmt announcement_sql_unread = {
    .name = "publishing.announcements_unread",
    .sql = "SELECT n.id, n.from_at, n.important, n.title_en, n.title_zh FROM announcement_reader r "
           "JOIN announcement n ON n.id = r.announcement_id AND n.state = 'published' "
           "AND (n.until_at IS NULL OR n.until_at > UTC_TIMESTAMP(6)) "
           "WHERE r.user_id = ? AND r.counted = 1 ORDER BY r.announcement_id DESC LIMIT ?",
    .binds = "ii",
    .fields = title_fields,
    .row_bytes = sizeof(struct announcement_title),
    .flags = DB_LISTS,
};

const struct db_stmt announcement_sql_seen = {
    .name = "publishing.announcement_seen",
    .sql = "UPDATE announcement_reader SET counted = 0, read_at = UTC_TIMESTAMP(6) "
           "WHERE announcement_id = ? AND user_id = ? AND counted = 1",
    .binds = "ii",
    .flags = DB_WRITE,
};
const struct db_stmt announcement_sql_read = {
    .name = "publishing.announcement_read",
    .sql = "INSERT IGNORE INTO announcement_reader (announcement_id, user_id, read_at) "
           "VALUES (?, ?, UTC_TIMESTAMP(6))",
    .binds = "ii",
    .flags = DB_WRITE,
};
const struct db_stmt announcement_sql_all_read = {
    .name = "publishing.announcements_read",
    .sql = "UPDATE announcement_reader SET counted = 0, read_at = UTC_TIMESTAMP(6) "
           "WHERE user_id = ? AND counted = 1",
    .binds = "i",
    .flags = DB_WRITE,
};

/* -- what is written -----------------------------------------------------------------------------
 */

#define DESK                         \
    COLUMNS("0", "n.published_name") \
    "WHERE n.state = ? AND (? = '' OR n.title_en LIKE ? OR n.title_zh LIKE ?) "

static const struct db_stmt desk_first = {
    .name = "publishing.desk_first",
    .sql = DESK "ORDER BY n.updated_at DESC, n.id DESC LIMIT ?",
    .binds = "ssssi",
    OF_ROW,
    .flags = DB_LISTS,
};
static const struct db_stmt desk_older = {
    .name = "publishing.desk_older",
    .sql = DESK "AND (n.updated_at < ? OR (n.updated_at = ? AND n.id < ?)) "
                "ORDER BY n.updated_at DESC, n.id DESC LIMIT ?",
    .binds = "ssssttii",
    OF_ROW,
    .flags = DB_LISTS,
};
static const struct db_stmt desk_newer = {
    .name = "publishing.desk_newer",
    .sql = DESK "AND (n.updated_at > ? OR (n.updated_at = ? AND n.id > ?)) "
                "ORDER BY n.updated_at, n.id LIMIT ?",
    .binds = "ssssttii",
    OF_ROW,
    .flags = DB_LISTS,
};
const struct db_stmt *announcement_sql_desk_list(enum list_direction direction)
{
    static const struct db_stmt *const lists[] = {
        [LIST_FIRST] = &desk_first, [LIST_OLDER] = &desk_older, [LIST_NEWER] = &desk_newer
    };

    return lists[direction];
}

const struct db_stmt announcement_sql_one = {
    .name = "publishing.announcement",
    .sql = COLUMNS("0", "n.published_name") "WHERE n.id = ?",
    .binds = "i",
    OF_ROW,
};

static const struct db_field read_fields[] = {
    DB_FIELD(struct announcement_read, user_name, DB_TEXT, 480),
    DB_FIELD(struct announcement_read, account_name, DB_TEXT, 800),
    DB_FIELD(struct announcement_read, read_at, DB_AT, 0),
    { 0 },
};
const struct db_stmt announcement_sql_readers = {
    .name = "publishing.announcement_readers",
    .sql = "SELECT u.name AS user_name, IFNULL(a.name, '') AS account_name, r.read_at "
           "FROM announcement_reader r JOIN user u ON u.id = r.user_id "
           "LEFT JOIN account a ON a.id = u.account_id WHERE r.announcement_id = ? "
           "AND r.read_at IS NOT NULL ORDER BY r.read_at DESC LIMIT ?",
    .binds = "ii",
    .fields = read_fields,
    .row_bytes = sizeof(struct announcement_read),
    .flags = DB_LISTS,
};

static const struct db_field reach_fields[] = {
    DB_FIELD(struct announcement_reach, told, DB_I64, 0),
    DB_FIELD(struct announcement_reach, read, DB_I64, 0),
    { 0 },
};
const struct db_stmt announcement_sql_reach = {
    .name = "publishing.announcement_reach",
    .sql = "SELECT COUNT(*) AS told, COUNT(read_at) AS `read` FROM announcement_reader "
           "WHERE announcement_id = ?",
    .binds = "i",
    .fields = reach_fields,
    .row_bytes = sizeof(struct announcement_reach),
};

#define TEXTS "title_en = ?, title_zh = ?, body_en = ?, body_zh = ?"

const struct db_stmt announcement_sql_add = {
    .name = "publishing.add_announcement",
    .sql = "INSERT INTO announcement SET for_partner = ?, for_customer = ?, for_staff = ?, "
           "important = ?, tier_id = ?, product_line_id = ?, countries = ?, from_at = ?, "
           "until_at = ?, " TEXTS ", created_name = ?, created_at = UTC_TIMESTAMP(6), "
           "updated_at = UTC_TIMESTAMP(6)",
    .binds = "iiiiiisttsssss",
    .flags = DB_WRITE,
};
/* Of what is published the texts and the end may still be changed, whom it is for no more. */
const struct db_stmt announcement_sql_set = {
    .name = "publishing.set_announcement",
    .sql = "UPDATE announcement SET "
           "for_partner = IF(state = 'draft', ?, for_partner), "
           "for_customer = IF(state = 'draft', ?, for_customer), "
           "for_staff = IF(state = 'draft', ?, for_staff), important = ?, "
           "tier_id = IF(state = 'draft', ?, tier_id), product_line_id = ?, "
           "countries = IF(state = 'draft', ?, countries), "
           "from_at = IF(state = 'draft', ?, from_at), until_at = ?, " TEXTS
           ", updated_at = UTC_TIMESTAMP(6), row_version = row_version + 1 "
           "WHERE id = ? AND row_version = ? AND state <> 'withdrawn'",
    .binds = "iiiiiisttssssii",
    .flags = DB_WRITE,
};
const struct db_stmt announcement_sql_publish = {
    .name = "publishing.publish_announcement",
    .sql = "UPDATE announcement SET state = 'published', published_name = ?, "
           "from_at = GREATEST(from_at, UTC_TIMESTAMP(6)), updated_at = UTC_TIMESTAMP(6), "
           "row_version = row_version + 1 WHERE id = ? AND row_version = ? AND state = 'draft'",
    .binds = "sii",
    .flags = DB_WRITE,
};
const struct db_stmt announcement_sql_withdraw = {
    .name = "publishing.withdraw_announcement",
    .sql = "UPDATE announcement SET state = 'withdrawn', updated_at = UTC_TIMESTAMP(6), "
           "row_version = row_version + 1 WHERE id = ? AND row_version = ? AND state = 'published'",
    .binds = "ii",
    .flags = DB_WRITE,
};

/* -- the worker ----------------------------------------------------------------------------------
 */

static const struct db_field due_fields[] = {
    DB_FIELD(struct announcement_due, id, DB_I64, 0),
    DB_FIELD(struct announcement_due, delivered_to, DB_I64, 0),
    DB_FIELD(struct announcement_due, important, DB_BOOL, 0),
    DB_FIELD(struct announcement_due, title_en, DB_TEXT, 800),
    DB_FIELD(struct announcement_due, title_zh, DB_TEXT, 800),
    { 0 },
};
#define DUE "SELECT id, delivered_to, important, title_en, title_zh FROM announcement "
const struct db_stmt announcement_sql_due = {
    .name = "publishing.announcement_due",
    .sql = DUE "WHERE state = 'published' "
               "AND delivered_at IS NULL AND from_at <= UTC_TIMESTAMP(6) "
               "AND (until_at IS NULL OR until_at > UTC_TIMESTAMP(6)) ORDER BY from_at LIMIT 1",
    .binds = "",
    .fields = due_fields,
    .row_bytes = sizeof(struct announcement_due),
};

static const struct db_field person_fields[] = {
    DB_FIELD(struct announcement_person, user_id, DB_I64, 0),
    DB_FIELD(struct announcement_person, lang, DB_TEXT, 8),
    { 0 },
};
const struct db_stmt announcement_sql_people = {
    .name = "publishing.announcement_people",
    .sql =
        "SELECT u.id AS user_id, u.lang FROM announcement n JOIN user u LEFT JOIN account a "
        "ON a.id = u.account_id LEFT JOIN tier t ON t.id = a.tier_id WHERE n.id = ? "
        "AND u.id > ? AND u.status = 'active' AND ((u.audience = 'staff' AND n.for_staff = 1) OR "
        "((n.countries = '' OR FIND_IN_SET(a.country, n.countries) > 0) AND "
        "((u.audience = 'customer' AND n.for_customer = 1) OR (u.audience = 'partner' AND "
        "n.for_partner = 1 AND (n.tier_id IS NULL OR (SELECT x.rank FROM tier x "
        "WHERE x.id = n.tier_id) <= IFNULL(t.rank, 0)))))) ORDER BY u.id LIMIT ?",
    .binds = "iii",
    .fields = person_fields,
    .row_bytes = sizeof(struct announcement_person),
    .flags = DB_LISTS,
};
/* Nobody is told twice, nor who has read it already. */
const struct db_stmt announcement_sql_tell = {
    .name = "publishing.announcement_tell",
    .sql = "INSERT IGNORE INTO announcement_reader (announcement_id, user_id, counted) "
           "VALUES (?, ?, 1)",
    .binds = "ii",
    .flags = DB_WRITE,
};
const struct db_stmt announcement_sql_delivered = {
    .name = "publishing.announcement_delivered",
    .sql = "UPDATE announcement SET delivered_to = ?, "
           "delivered_at = IF(?, UTC_TIMESTAMP(6), NULL) WHERE id = ? AND delivered_to = ?",
    .binds = "iiii",
    .flags = DB_WRITE,
};
const struct db_stmt announcement_sql_over = {
    .name = "publishing.announcement_over",
    .sql =
        DUE "WHERE ended_at IS NULL "
            "AND (state = 'withdrawn' OR (state = 'published' AND until_at <= UTC_TIMESTAMP(6))) "
            "ORDER BY id LIMIT 1",
    .binds = "",
    .fields = due_fields,
    .row_bytes = sizeof(struct announcement_due),
};
static const struct db_field counted_fields[] = {
    DB_FIELD(struct announcement_person, user_id, DB_I64, 0),
    { 0 },
};
const struct db_stmt announcement_sql_counted = {
    .name = "publishing.announcement_counted",
    .sql = "SELECT user_id FROM announcement_reader WHERE announcement_id = ? AND counted = 1 "
           "ORDER BY user_id LIMIT ?",
    .binds = "ii",
    .fields = counted_fields,
    .row_bytes = sizeof(struct announcement_person),
    .flags = DB_LISTS,
};
const struct db_stmt announcement_sql_forget = {
    .name = "publishing.announcement_forget",
    .sql = "UPDATE announcement_reader SET counted = 0 "
           "WHERE announcement_id = ? AND user_id = ? AND counted = 1",
    .binds = "ii",
    .flags = DB_WRITE,
};
const struct db_stmt announcement_sql_ended = {
    .name = "publishing.announcement_ended",
    .sql = "UPDATE announcement SET ended_at = UTC_TIMESTAMP(6) WHERE id = ? AND ended_at IS NULL",
    .binds = "i",
    .flags = DB_WRITE,
};

db_stmt_table announcement_read_statements[] = {
    &library_sql_reader,
    &list_first,
    &list_older,
    &list_newer,
    &announcement_sql_shown,
    &announcement_sql_unread,
    &announcement_sql_seen,
    &announcement_sql_read,
    &announcement_sql_all_read,
    NULL,
};
db_stmt_table announcement_desk_statements[] = {
    &desk_first,
    &desk_older,
    &desk_newer,
    &announcement_sql_one,
    &announcement_sql_readers,
    &announcement_sql_reach,
    &announcement_sql_add,
    &announcement_sql_set,
    &announcement_sql_publish,
    &announcement_sql_withdraw,
    NULL,
};
db_stmt_table announcement_job_statements[] = {
    &announcement_sql_due,       &announcement_sql_people, &announcement_sql_tell,
    &announcement_sql_delivered, &announcement_sql_over,   &announcement_sql_counted,
    &announcement_sql_forget,    &announcement_sql_ended,  NULL,
};
