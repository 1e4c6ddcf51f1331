/* publishing/library_sql.c */
#include "publishing/library_inside.h"

/* -- what partners read --------------------------------------------------------------------------
 */

static const struct db_field reader_fields[] = {
    DB_FIELD(struct document_reader, tier_rank, DB_I64, 0),
    DB_FIELD(struct document_reader, country, DB_TEXT, 2),
    { 0 },
};
const struct db_stmt library_sql_reader = {
    .name = "publishing.reader",
    .sql = "SELECT IFNULL(t.rank, 0) AS tier_rank, a.country FROM account a"
           " LEFT JOIN tier t ON t.id = a.tier_id WHERE a.id = ?",
    .binds = "i",
    .fields = reader_fields,
    .row_bytes = sizeof(struct document_reader),
};

static const struct db_field offer_fields[] = {
    DB_FIELD(struct document_offer, id, DB_I64, 0),
    DB_FIELD(struct document_offer, version_id, DB_I64, 0),
    DB_FIELD(struct document_offer, version_no, DB_I64, 0),
    DB_FIELD(struct document_offer, published_at, DB_AT, 0),
    DB_FIELD(struct document_offer, asked_at, DB_AT, 0),
    DB_FIELD(struct document_offer, size_bytes, DB_I64, 0),
    DB_FIELD(struct document_offer, category, DB_TEXT, 16),
    DB_FIELD(struct document_offer, lang, DB_TEXT, 8),
    DB_FIELD(struct document_offer, name_en, DB_TEXT, 640),
    DB_FIELD(struct document_offer, name_zh, DB_TEXT, 640),
    DB_FIELD(struct document_offer, text_en, DB_TEXT, 1000),
    DB_FIELD(struct document_offer, text_zh, DB_TEXT, 1000),
    DB_NULLABLE(struct document_offer, line_en, DB_TEXT, 480),
    DB_NULLABLE(struct document_offer, line_zh, DB_TEXT, 480),
    DB_FIELD(struct document_offer, scan, DB_TEXT, 8),
    { 0 },
};

#define OFFER                                                                                                                 \
    "SELECT d.id, v.id AS version_id, d.version_no, d.published_at, UTC_TIMESTAMP(6) AS asked_at, f.size_bytes, d.category, " \
    "d.lang, d.name_en, d.name_zh, d.text_en, d.text_zh, p.name_en AS line_en, "                                              \
    "p.name_zh AS line_zh, f.scan FROM document d "                                                                           \
    "JOIN document_version v ON v.document_id = d.id AND v.no = d.version_no "                                                \
    "JOIN attachment x ON x.kind = 'document' AND x.object_id = v.id AND x.removed_at IS NULL "                               \
    "JOIN file f ON f.id = x.file_id LEFT JOIN product_line p ON p.id = d.product_line_id "                                   \
    "WHERE d.state = 'published' AND (d.tier_id IS NULL OR "                                                                  \
    "(SELECT t.rank FROM tier t WHERE t.id = d.tier_id) <= ?) "                                                               \
    "AND (d.countries = '' OR FIND_IN_SET(?, d.countries) > 0) "
#define CHOSEN                                                          \
    "AND (? = '' OR d.category = ?) AND (? = '' OR d.lang IN ('', ?)) " \
    "AND (? = 0 OR d.product_line_id = ?) "                             \
    "AND (? = '' OR d.name_en LIKE ? OR d.name_zh LIKE ? OR d.text_en LIKE ? OR d.text_zh LIKE ?) "
#define OF_OFFER .fields = offer_fields, .row_bytes = sizeof(struct document_offer)

static const struct db_stmt offers_first = {
    .name = "publishing.offers_first",
    .sql = OFFER CHOSEN "ORDER BY d.published_at DESC, d.id DESC LIMIT ?",
    .binds = "isssssiisssssi",
    OF_OFFER,
    .flags = DB_LISTS,
};
static const struct db_stmt offers_older = {
    .name = "publishing.offers_older",
    .sql = OFFER CHOSEN "AND (d.published_at < ? OR (d.published_at = ? AND d.id < ?)) "
                        "ORDER BY d.published_at DESC, d.id DESC LIMIT ?",
    .binds = "isssssiisssssttii",
    OF_OFFER,
    .flags = DB_LISTS,
};
static const struct db_stmt offers_newer = {
    .name = "publishing.offers_newer",
    .sql = OFFER CHOSEN "AND (d.published_at > ? OR (d.published_at = ? AND d.id > ?)) "
                        "ORDER BY d.published_at, d.id LIMIT ?",
    .binds = "isssssiisssssttii",
    OF_OFFER,
    .flags = DB_LISTS,
};
const struct db_stmt *library_sql_offers(enum list_direction direction)
{
    static const struct db_stmt *const lists[] = {
        [LIST_FIRST] = &offers_first, [LIST_OLDER] = &offers_older, [LIST_NEWER] = &offers_newer
    };

    return lists[direction];
}

const struct db_stmt library_sql_offer = {
    .name = "publishing.offer",
    .sql = OFFER "AND d.id = ?",
    .binds = "isi",
    OF_OFFER,
};

const struct db_stmt library_sql_note = {
    .name = "publishing.note_download",
    .sql =
        "INSERT IGNORE INTO document_download (document_id, version_no, account_id, account_name, "
        "user_id, user_name, at) VALUES (?, ?, ?, ?, ?, ?, ?)",
    .binds = "iiisist",
    .flags = DB_WRITE,
};
const struct db_stmt library_sql_count = {
    .name = "publishing.count_download",
    .sql = "UPDATE document_version SET downloads = downloads + 1 WHERE id = ?",
    .binds = "i",
    .flags = DB_WRITE,
};

/* -- what staff read -----------------------------------------------------------------------------
 */

static const struct db_field document_fields[] = {
    DB_FIELD(struct document, id, DB_I64, 0),
    DB_FIELD(struct document, row_version, DB_I64, 0),
    DB_NULLABLE(struct document, tier_id, DB_I64, 0),
    DB_NULLABLE(struct document, product_line_id, DB_I64, 0),
    DB_FIELD(struct document, version_no, DB_I64, 0),
    DB_NULLABLE(struct document, published_at, DB_AT, 0),
    DB_FIELD(struct document, updated_at, DB_AT, 0),
    DB_FIELD(struct document, state, DB_TEXT, 10),
    DB_FIELD(struct document, category, DB_TEXT, 16),
    DB_FIELD(struct document, lang, DB_TEXT, 8),
    DB_FIELD(struct document, countries, DB_TEXT, 200),
    DB_FIELD(struct document, name_en, DB_TEXT, 640),
    DB_FIELD(struct document, name_zh, DB_TEXT, 640),
    DB_FIELD(struct document, text_en, DB_TEXT, 1000),
    DB_FIELD(struct document, text_zh, DB_TEXT, 1000),
    DB_NULLABLE(struct document, line_en, DB_TEXT, 480),
    DB_NULLABLE(struct document, line_zh, DB_TEXT, 480),
    DB_NULLABLE(struct document, tier_en, DB_TEXT, 240),
    DB_NULLABLE(struct document, tier_zh, DB_TEXT, 240),
    { 0 },
};

#define DOCUMENT                                                                                 \
    "SELECT d.id, d.row_version, d.tier_id, d.product_line_id, d.version_no, d.published_at, "   \
    "d.updated_at, d.state, d.category, d.lang, d.countries, d.name_en, d.name_zh, d.text_en, "  \
    "d.text_zh, p.name_en AS line_en, p.name_zh AS line_zh, t.name_en AS tier_en, "              \
    "t.name_zh AS tier_zh FROM document d LEFT JOIN product_line p ON p.id = d.product_line_id " \
    "LEFT JOIN tier t ON t.id = d.tier_id "
#define OF_STATE                                        \
    "WHERE d.state = ? AND (? = '' OR d.category = ?) " \
    "AND (? = '' OR d.name_en LIKE ? OR d.name_zh LIKE ?) "
#define OF_DOCUMENT .fields = document_fields, .row_bytes = sizeof(struct document)

static const struct db_stmt list_first = {
    .name = "publishing.documents_first",
    .sql = DOCUMENT OF_STATE "ORDER BY d.updated_at DESC, d.id DESC LIMIT ?",
    .binds = "ssssssi",
    OF_DOCUMENT,
    .flags = DB_LISTS,
};
static const struct db_stmt list_older = {
    .name = "publishing.documents_older",
    .sql = DOCUMENT OF_STATE "AND (d.updated_at < ? OR (d.updated_at = ? AND d.id < ?)) "
                             "ORDER BY d.updated_at DESC, d.id DESC LIMIT ?",
    .binds = "ssssssttii",
    OF_DOCUMENT,
    .flags = DB_LISTS,
};
static const struct db_stmt list_newer = {
    .name = "publishing.documents_newer",
    .sql = DOCUMENT OF_STATE "AND (d.updated_at > ? OR (d.updated_at = ? AND d.id > ?)) "
                             "ORDER BY d.updated_at, d.id LIMIT ?",
    .binds = "ssssssttii",
    OF_DOCUMENT,
    .flags = DB_LISTS,
};
const struct db_stmt *library_sql_list(enum list_direction direction)
{
    static const struct db_stmt *const lists[] = {
        [LIST_FIRST] = &list_first, [LIST_OLDER] = &list_older, [LIST_NEWER] = &list_newer
    };

    return lists[direction];
}

static const struct db_field tier_fields[] = {
    DB_FIELD(struct document_tier, id, DB_I64, 0),
    DB_FIELD(struct document_tier, name_en, DB_TEXT, 240),
    DB_FIELD(struct document_tier, name_zh, DB_TEXT, 240),
    { 0 },
};
const struct db_stmt library_sql_tiers = {
    .name = "publishing.tiers",
    .sql = "SELECT id, name_en, name_zh FROM tier ORDER BY rank",
    .binds = "",
    .fields = tier_fields,
    .row_bytes = sizeof(struct document_tier),
    .flags = DB_WHOLE_TABLE,
};
const struct db_stmt library_sql_document = {
    .name = "publishing.document",
    .sql = DOCUMENT "WHERE d.id = ?",
    .binds = "i",
    OF_DOCUMENT,
};

static const struct db_field version_fields[] = {
    DB_FIELD(struct document_version, id, DB_I64, 0),
    DB_FIELD(struct document_version, no, DB_I64, 0),
    DB_FIELD(struct document_version, downloads, DB_I64, 0),
    DB_FIELD(struct document_version, created_at, DB_AT, 0),
    DB_FIELD(struct document_version, note, DB_TEXT, 1600),
    DB_FIELD(struct document_version, created_name, DB_TEXT, 480),
    { 0 },
};
#define VERSION                                                                       \
    "SELECT id, no, downloads, created_at, note, created_name FROM document_version " \
    "WHERE document_id = ? "
#define OF_VERSION .fields = version_fields, .row_bytes = sizeof(struct document_version)

const struct db_stmt library_sql_versions = {
    .name = "publishing.versions",
    .sql = VERSION "ORDER BY no DESC LIMIT ?",
    .binds = "ii",
    OF_VERSION,
    .flags = DB_LISTS,
};
const struct db_stmt library_sql_version = {
    .name = "publishing.version",
    .sql = VERSION "AND no = ?",
    .binds = "ii",
    OF_VERSION,
};

static const struct db_field download_fields[] = {
    DB_FIELD(struct document_download, version_no, DB_I64, 0),
    DB_FIELD(struct document_download, at, DB_AT, 0),
    DB_FIELD(struct document_download, account_name, DB_TEXT, 800),
    DB_FIELD(struct document_download, user_name, DB_TEXT, 480),
    { 0 },
};
const struct db_stmt library_sql_downloads = {
    .name = "publishing.downloads",
    .sql = "SELECT version_no, at, account_name, user_name FROM document_download "
           "WHERE document_id = ? ORDER BY id DESC LIMIT ?",
    .binds = "ii",
    .fields = download_fields,
    .row_bytes = sizeof(struct document_download),
    .flags = DB_LISTS,
};

/* -- what staff write ----------------------------------------------------------------------------
 */

const struct db_stmt library_sql_add = {
    .name = "publishing.add_document",
    .sql = "INSERT INTO document (category, lang, tier_id, product_line_id, countries, name_en, "
           "name_zh, text_en, text_zh, version_no, created_name, created_at, updated_at) "
           "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))",
    .binds = "ssiissssss",
    .flags = DB_WRITE,
};
const struct db_stmt library_sql_set = {
    .name = "publishing.set_document",
    .sql = "UPDATE document SET category = ?, lang = ?, tier_id = ?, product_line_id = ?, "
           "countries = ?, name_en = ?, name_zh = ?, text_en = ?, text_zh = ?, "
           "updated_at = UTC_TIMESTAMP(6), row_version = row_version + 1 "
           "WHERE id = ? AND row_version = ?",
    .binds = "ssiisssssii",
    .flags = DB_WRITE,
};
/* What is published is so with its new version, and new again. */
const struct db_stmt library_sql_next = {
    .name = "publishing.next_version",
    .sql = "UPDATE document SET version_no = version_no + 1, "
           "published_at = IF(state = 'published', UTC_TIMESTAMP(6), published_at), "
           "updated_at = UTC_TIMESTAMP(6), row_version = row_version + 1 "
           "WHERE id = ? AND row_version = ?",
    .binds = "ii",
    .flags = DB_WRITE,
};
const struct db_stmt library_sql_version_add = {
    .name = "publishing.add_version",
    .sql = "INSERT INTO document_version (document_id, no, note, created_name, created_at) "
           "VALUES (?, ?, ?, ?, UTC_TIMESTAMP(6))",
    .binds = "iiss",
    .flags = DB_WRITE,
};
const struct db_stmt library_sql_move = {
    .name = "publishing.move_document",
    .sql = "UPDATE document SET state = ?, "
           "published_at = IF(? = 'published', UTC_TIMESTAMP(6), published_at), "
           "updated_at = UTC_TIMESTAMP(6), row_version = row_version + 1 "
           "WHERE id = ? AND row_version = ? AND state <> ?",
    .binds = "ssiis",
    .flags = DB_WRITE,
};

db_stmt_table library_partner_statements[] = {
    &library_sql_reader, &offers_first,     &offers_older,      &offers_newer,
    &library_sql_offer,  &library_sql_note, &library_sql_count, NULL,
};
db_stmt_table library_staff_statements[] = {
    &list_first,           &list_older,
    &list_newer,           &library_sql_tiers,
    &library_sql_document, &library_sql_versions,
    &library_sql_version,  &library_sql_downloads,
    &library_sql_add,      &library_sql_set,
    &library_sql_next,     &library_sql_version_add,
    &library_sql_move,     NULL,
};
