/* accounts/accounts_sql.c - the statements of staff's account pages. */
#include "accounts/accounts_inside.h"
#include "base/str.h"

#define COLUMNS                                                            \
    "a.id, (SELECT COUNT(*) FROM account g WHERE g.group_id = a.group_id " \
    "AND g.deleted_at IS NULL) AS group_size, "                            \
    "a.updated_at, a.kind, a.status, a.name, a.country, a.city, "          \
    "COALESCE(t.name_en, '') AS tier_en, COALESCE(t.name_zh, '') AS tier_zh, a.named "
#define SCOPE                                                                  \
    "(department_id BETWEEN ? AND ? OR department_id IS NULL) AND deleted_at " \
    "IS NULL "
#define FILTERS "AND (? = '' OR country = ?) AND (? = 0 OR tier_id = ?) "
#define JOINS   ") k JOIN account a ON a.id = k.id LEFT JOIN tier t ON t.id = a.tier_id "

static const struct db_field row_fields[] = {
    DB_FIELD(struct accounts_row, id, DB_I64, 0),
    DB_FIELD(struct accounts_row, group_size, DB_I64, 0),
    DB_FIELD(struct accounts_row, updated_at, DB_AT, 0),
    DB_FIELD(struct accounts_row, kind, DB_TEXT, 12),
    DB_FIELD(struct accounts_row, status, DB_TEXT, 14),
    DB_FIELD(struct accounts_row, name, DB_TEXT, 300),
    DB_FIELD(struct accounts_row, country, DB_TEXT, 4),
    DB_FIELD(struct accounts_row, city, DB_TEXT, 120),
    DB_FIELD(struct accounts_row, tier_en, DB_TEXT, 60),
    DB_FIELD(struct accounts_row, tier_zh, DB_TEXT, 60),
    DB_FIELD(struct accounts_row, named, DB_BOOL, 0),
    { 0 },
};

#define LIST(ident, name_, index, where, w, behind, b, order)                                   \
    static const struct db_stmt ident = {                                                       \
        .name = name_,                                                                          \
        .sql = "SELECT " COLUMNS "FROM (SELECT id FROM account FORCE INDEX (" index             \
               ") WHERE " SCOPE where FILTERS behind "ORDER BY updated_at " order ", id " order \
               " LIMIT ?" JOINS "ORDER BY a.updated_at " order ", a.id " order,                 \
        .binds = "ii" w "ssii" b "i",                                                           \
        .fields = row_fields,                                                                   \
        .row_bytes = sizeof(struct accounts_row),                                               \
        .flags = DB_STAFF_SCOPE | DB_LISTS,                                                     \
    }
#define OLDER "AND updated_at <= ? AND (updated_at < ? OR id < ?) "
#define NEWER "AND updated_at >= ? AND (updated_at > ? OR id > ?) "
#define THREE(set, name_, index, where, w)                                    \
    LIST(set##_first, name_ ".first", index, where, w, "", "", "DESC");       \
    LIST(set##_older, name_ ".older", index, where, w, OLDER, "tti", "DESC"); \
    LIST(set##_newer, name_ ".newer", index, where, w, NEWER, "tti", "ASC")

THREE(all, "accounts.all", "account_updated", "", "");
THREE(kind, "accounts.kind", "account_kind_updated", "AND kind = ? ", "s");

/* However few or many bear it: they are found by it, and sorted. */
#define TAGGED(ident, name_, behind, b, order)                                                     \
    static const struct db_stmt ident = {                                                          \
        .name = name_,                                                                             \
        .sql = "SELECT " COLUMNS "FROM (SELECT account.id, account.updated_at FROM account_tag x " \
               "FORCE INDEX (account_tag_tag) STRAIGHT_JOIN account FORCE INDEX (PRIMARY) "        \
               "ON account.id = x.account_id WHERE " SCOPE                                         \
               "AND x.tag_id = ? AND (? = '' OR kind = ?) " FILTERS behind                         \
               "ORDER BY updated_at " order ", id " order " LIMIT ?" JOINS                         \
               "ORDER BY a.updated_at " order ", a.id " order,                                     \
        .binds = "iiissssii" b "i",                                                                \
        .fields = row_fields,                                                                      \
        .row_bytes = sizeof(struct accounts_row),                                                  \
        .flags = DB_STAFF_SCOPE | DB_LISTS,                                                        \
    }
TAGGED(tagged_first, "accounts.tagged.first", "", "", "DESC");
TAGGED(tagged_older, "accounts.tagged.older", OLDER, "tti", "DESC");
TAGGED(tagged_newer, "accounts.tagged.newer", NEWER, "tti", "ASC");

const struct db_stmt *accounts_tagged(enum list_direction direction)
{
    static const struct db_stmt *const lists[3] = { &tagged_first, &tagged_older, &tagged_newer };

    return lists[direction];
}

const struct db_stmt *accounts_list(bool one_kind, enum list_direction direction)
{
    static const struct db_stmt *const lists[2][3] = {
        { &all_first, &all_older, &all_newer },
        { &kind_first, &kind_older, &kind_newer },
    };

    return lists[one_kind][direction];
}

/* -- by the vendor's own fields ------------------------------------------------------------------
 */

enum { FILTER_SECONDS = 4, SHEET_SECONDS = 300 };

/* Tests from the second on, and the filters that every list of companies has. */
static void add_filters(struct db_compose *c, const struct accounts_filter *f)
{
    for (size_t i = 1; i < f->test_count; i++) {
        db_compose_add(c, "AND EXISTS (SELECT 1 FROM custom_value x WHERE x.kind = 'account' "
                          "AND x.object_id = account.id AND ");
        custom_test_add(c, &f->tests[i]);
        db_compose_add(c, ") ");
    }
    db_compose_add(c, "AND (? = '' OR account.kind = ?) " FILTERS);
    for (int i = 0; i < 2; i++)
        db_compose_bind(c, DB_S(f->kind));
    for (int i = 0; i < 2; i++)
        db_compose_bind(c, DB_S(f->country));
    for (int i = 0; i < 2; i++)
        db_compose_bind(c, DB_I(f->tier));
    db_compose_add(c, "AND (? = 0 OR EXISTS (SELECT 1 FROM account_tag t WHERE t.account_id = "
                      "account.id AND t.tag_id = ?)) AND name LIKE ? ");
    for (int i = 0; i < 2; i++)
        db_compose_bind(c, DB_I(f->tag));
    db_compose_bind(c, DB_S(f->name));
}

/* The values of the first field lead to the records. */
struct err *accounts_filtered(struct request *req, const struct accounts_filter *f,
                              struct accounts_row **rows, size_t *count)
{
    static const char *const behind[3] = { "", OLDER, NEWER };
    const bool newer = f->direction == LIST_NEWER;
    struct db_compose *c = db_compose_new(req->arena, "accounts.filtered");
    bool late;

    db_compose_add(c, "SELECT " COLUMNS "FROM (SELECT account.id, account.updated_at FROM "
                      "custom_value x STRAIGHT_JOIN account FORCE INDEX (PRIMARY) ON account.id = "
                      "x.object_id WHERE x.kind = 'account' AND ");
    custom_test_add(c, &f->tests[0]);
    db_compose_add(c, " AND " SCOPE);
    db_compose_bind(c, DB_I(req->actor->department_low));
    db_compose_bind(c, DB_I(req->actor->department_high));
    add_filters(c, f);
    db_compose_add(c, behind[f->direction]);
    for (int i = 0; i < 2 && f->direction != LIST_FIRST; i++)
        db_compose_bind(c, DB_T(f->key.number));
    if (f->direction != LIST_FIRST)
        db_compose_bind(c, DB_I(f->key.id));
    db_compose_add(c, newer ? "ORDER BY updated_at ASC, id ASC LIMIT ?"
                            : "ORDER BY updated_at DESC, id DESC LIMIT ?");
    db_compose_bind(c, DB_I(f->fetch));
    db_compose_add(c, newer ? JOINS "ORDER BY a.updated_at ASC, a.id ASC"
                            : JOINS "ORDER BY a.updated_at DESC, a.id DESC");
    for (const struct db_field *field = row_fields; field->column != NULL; field++)
        db_compose_column(c, *field);
    TRY(db_compose_list(req->db, req->arena, c, sizeof(struct accounts_row), FILTER_SECONDS, rows,
                        count, &late));
    return late ? err_raise(ERR_UNAVAILABLE, "a list by custom fields took too long") : NULL;
}

/* A beginning is a range of the index; how many begin so is bounded before they are sorted. */
const struct db_stmt accounts_search = {
    .name = "accounts.search",
    .sql = "SELECT " COLUMNS "FROM (SELECT id FROM account FORCE INDEX (account_kind) WHERE " SCOPE
           "AND kind IN ('partner', 'customer', 'prospect') AND (? = '' OR kind = ?) " FILTERS
           "AND (? = 0 OR EXISTS (SELECT 1 FROM account_tag t WHERE t.account_id = account.id AND "
           "t.tag_id = ?)) AND name LIKE ? LIMIT 1000" JOINS "ORDER BY a.name, a.id LIMIT ?",
    .binds = "iissssiiiisi",
    .fields = row_fields,
    .row_bytes = sizeof(struct accounts_row),
    .flags = DB_STAFF_SCOPE | DB_LISTS,
};

static const struct db_field sheet_fields[] = {
    DB_FIELD(struct accounts_sheet_row, id, DB_I64, 0),
    DB_FIELD(struct accounts_sheet_row, name, DB_TEXT, 300),
    DB_FIELD(struct accounts_sheet_row, country, DB_TEXT, 4),
    DB_FIELD(struct accounts_sheet_row, kind, DB_TEXT, 12),
    DB_FIELD(struct accounts_sheet_row, status, DB_TEXT, 14),
    DB_FIELD(struct accounts_sheet_row, region, DB_TEXT, 160),
    DB_FIELD(struct accounts_sheet_row, city, DB_TEXT, 160),
    DB_FIELD(struct accounts_sheet_row, address, DB_TEXT, 400),
    DB_FIELD(struct accounts_sheet_row, website, DB_TEXT, 200),
    DB_FIELD(struct accounts_sheet_row, tax_number, DB_TEXT, 80),
    DB_FIELD(struct accounts_sheet_row, phone, DB_TEXT, 80),
    DB_FIELD(struct accounts_sheet_row, zone, DB_TEXT, 60),
    DB_FIELD(struct accounts_sheet_row, currency, DB_TEXT, 4),
    DB_FIELD(struct accounts_sheet_row, tier_en, DB_TEXT, 60),
    DB_FIELD(struct accounts_sheet_row, tier_zh, DB_TEXT, 60),
    DB_FIELD(struct accounts_sheet_row, department_en, DB_TEXT, 120),
    DB_FIELD(struct accounts_sheet_row, department_zh, DB_TEXT, 120),
    DB_FIELD(struct accounts_sheet_row, owner, DB_TEXT, 254),
    DB_FIELD(struct accounts_sheet_row, named, DB_BOOL, 0),
    DB_FIELD(struct accounts_sheet_row, created_at, DB_AT, 0),
    DB_FIELD(struct accounts_sheet_row, updated_at, DB_AT, 0),
    DB_NULLABLE(struct accounts_sheet_row, custom, DB_TEXT, 400),
    { 0 },
};
#define SHEET                                                                                            \
    "SELECT a.id, a.name, a.country, a.kind, a.status, a.region, a.city, a.address, "                    \
    "a.website, a.tax_number, a.phone, a.zone, a.currency, IFNULL(t.name_en, '') AS tier_en, "           \
    "IFNULL(t.name_zh, '') AS tier_zh, IFNULL(d.name_en, '') AS department_en, "                         \
    "IFNULL(d.name_zh, '') AS department_zh, IFNULL(u.email, '') AS owner, a.named, "                    \
    "a.created_at, a.updated_at, " CUSTOM_SHEET(                                                         \
        "account",                                                                                       \
        "a.id") " FROM account a FORCE INDEX (PRIMARY) "                                                 \
                "LEFT JOIN tier t ON t.id = a.tier_id LEFT JOIN department d ON d.id = a.department_id " \
                "LEFT JOIN user u ON u.id = a.owner_user_id "                                            \
                "WHERE (a.department_id BETWEEN ? AND ? OR a.department_id IS NULL) "                    \
                "AND a.deleted_at IS NULL AND (? = '' OR a.kind = ?) AND (? = '' OR a.country = ?) "     \
                "AND (? = 0 OR a.tier_id = ?) AND (? = 0 OR EXISTS (SELECT 1 FROM account_tag x WHERE "  \
                "x.account_id = a.id AND x.tag_id = ?)) AND a.name LIKE ? "
/* Everything at once, as it lies in the table. */
const struct db_stmt accounts_sheet = {
    .name = "accounts.sheet",
    .sql = SHEET "ORDER BY a.id LIMIT ?",
    .binds = "iissssiiiisi",
    .fields = sheet_fields,
    .row_bytes = sizeof(struct accounts_sheet_row),
    .flags = DB_STAFF_SCOPE | DB_LISTS,
};

/* The same of those whose own fields pass the tests. */
struct err *accounts_sheet_filtered(struct request *req, const struct db_arg *args, size_t count,
                                    const struct accounts_filter *f,
                                    struct err *(*fn)(void *arg, const void *row), void *arg,
                                    bool *late_out)
{
    struct db_compose *c = db_compose_new(req->arena, "accounts.sheet_filtered");

    db_compose_add(c, SHEET);
    for (size_t i = 0; i < count; i++)
        db_compose_bind(c, args[i]);
    for (size_t i = 0; i < f->test_count; i++) {
        db_compose_add(c, "AND EXISTS (SELECT 1 FROM custom_value x WHERE x.kind = 'account' "
                          "AND x.object_id = a.id AND ");
        custom_test_add(c, &f->tests[i]);
        db_compose_add(c, ") ");
    }
    db_compose_add(c, "ORDER BY a.id");
    for (const struct db_field *field = sheet_fields; field->column != NULL; field++)
        db_compose_column(c, *field);
    return err_pass(db_compose_each(req->db, c, sizeof(struct accounts_sheet_row), SHEET_SECONDS,
                                    fn, arg, late_out));
}

/* -- choices -------------------------------------------------------------------------------------
 */

static const struct db_field tier_fields[] = {
    DB_FIELD(struct accounts_tier, id, DB_I64, 0),
    DB_FIELD(struct accounts_tier, name_en, DB_TEXT, 60),
    DB_FIELD(struct accounts_tier, name_zh, DB_TEXT, 60),
    { 0 },
};
const struct db_stmt accounts_tiers = {
    .name = "accounts.tiers",
    .sql = "SELECT id, name_en, name_zh FROM tier ORDER BY rank",
    .binds = "",
    .fields = tier_fields,
    .row_bytes = sizeof(struct accounts_tier),
    .flags = DB_WHOLE_TABLE,
};
static const struct db_field department_fields[] = {
    DB_FIELD(struct accounts_department, id, DB_I64, 0),
    DB_FIELD(struct accounts_department, last_id, DB_I64, 0),
    DB_FIELD(struct accounts_department, name_en, DB_TEXT, 120),
    DB_FIELD(struct accounts_department, name_zh, DB_TEXT, 120),
    { 0 },
};
const struct db_stmt accounts_departments = {
    .name = "accounts.departments",
    .sql = "SELECT id, last_id, name_en, name_zh FROM department ORDER BY id",
    .binds = "",
    .fields = department_fields,
    .row_bytes = sizeof(struct accounts_department),
    .flags = DB_WHOLE_TABLE,
};

/* -- beside one account --------------------------------------------------------------------------
 */

static const struct db_field member_fields[] = {
    DB_FIELD(struct accounts_member, id, DB_I64, 0),
    DB_FIELD(struct accounts_member, name, DB_TEXT, 300),
    DB_FIELD(struct accounts_member, country, DB_TEXT, 4),
    DB_FIELD(struct accounts_member, kind, DB_TEXT, 12),
    { 0 },
};
const struct db_stmt accounts_members = {
    .name = "accounts.members",
    .sql = "SELECT id, name, country, kind FROM account WHERE group_id = ? AND id <> ? "
           "AND deleted_at IS NULL ORDER BY name, id LIMIT 50",
    .binds = "ii",
    .fields = member_fields,
    .row_bytes = sizeof(struct accounts_member),
    .flags = DB_LISTS,
};

static const struct db_field pair_fields[] = {
    DB_FIELD(struct accounts_pair, id, DB_I64, 0),
    DB_FIELD(struct accounts_pair, name, DB_TEXT, 300),
    DB_FIELD(struct accounts_pair, decision, DB_TEXT, 12),
    DB_FIELD(struct accounts_pair, decided_name, DB_TEXT, 120),
    DB_FIELD(struct accounts_pair, decided_at, DB_AT, 0),
    { 0 },
};
#define PAIR_HALF(own, other)                                                              \
    "SELECT o.id, o.name, p.decision, COALESCE(u.name, '') AS decided_name, p.decided_at " \
    "FROM account_pair p JOIN account o ON o.id = p." other " AND o.deleted_at IS NULL"    \
    " LEFT JOIN user u ON u.id = p.decided_by WHERE p." own " = ?"
const struct db_stmt accounts_pairs = {
    .name = "accounts.pairs",
    .sql = PAIR_HALF("low_id", "high_id") " UNION ALL " PAIR_HALF(
        "high_id", "low_id") " ORDER BY decided_at DESC LIMIT 50",
    .binds = "ii",
    .fields = pair_fields,
    .row_bytes = sizeof(struct accounts_pair),
    .flags = DB_LISTS,
};

static const struct db_field names_fields[] = {
    DB_FIELD(struct accounts_names, tier_en, DB_TEXT, 60),
    DB_FIELD(struct accounts_names, tier_zh, DB_TEXT, 60),
    DB_FIELD(struct accounts_names, department_en, DB_TEXT, 120),
    DB_FIELD(struct accounts_names, department_zh, DB_TEXT, 120),
    DB_FIELD(struct accounts_names, owner, DB_TEXT, 240),
    { 0 },
};
const struct db_stmt accounts_names = {
    .name = "accounts.names",
    .sql = "SELECT IFNULL(t.name_en, '') AS tier_en, IFNULL(t.name_zh, '') AS tier_zh, "
           "IFNULL(d.name_en, '') AS department_en, IFNULL(d.name_zh, '') AS department_zh, "
           "IFNULL(u.name, '') AS owner FROM account a LEFT JOIN tier t ON t.id = a.tier_id "
           "LEFT JOIN department d ON d.id = a.department_id "
           "LEFT JOIN user u ON u.id = a.owner_user_id WHERE a.id = ?",
    .binds = "i",
    .fields = names_fields,
    .row_bytes = sizeof(struct accounts_names),
};

static const struct db_field event_fields[] = {
    DB_FIELD(struct accounts_event, at, DB_AT, 0),
    DB_FIELD(struct accounts_event, action, DB_TEXT, 40),
    DB_FIELD(struct accounts_event, user_name, DB_TEXT, 120),
    { 0 },
};
const struct db_stmt accounts_events = {
    .name = "accounts.events",
    .sql = "SELECT e.at, e.action, COALESCE(u.name, '') AS user_name FROM audit_event e "
           "LEFT JOIN user u ON u.id = e.user_id WHERE e.kind = 'account' AND e.object_id = ? "
           "ORDER BY e.seq DESC LIMIT 20",
    .binds = "i",
    .fields = event_fields,
    .row_bytes = sizeof(struct accounts_event),
    .flags = DB_LISTS,
};

db_stmt_table accounts_statements[] = {
    &tagged_first,
    &tagged_older,
    &tagged_newer,
    &all_first,
    &all_older,
    &all_newer,
    &kind_first,
    &kind_older,
    &kind_newer,
    &accounts_search,
    &accounts_sheet,
    &accounts_tiers,
    &accounts_departments,
    &accounts_members,
    &accounts_pairs,
    &accounts_names,
    &accounts_events,
    NULL,
};
