/* report/report_sql.c - reports as rows: what they choose, and who may see them. */
#include "report/report_inside.h"

#include "base/str.h"

#define COLUMNS                                                                                   \
    "SELECT r.id, r.row_version, r.owner_id, r.updated_at, r.data_set, r.name, r.name_zh, "       \
    "r.description, r.description_zh, r.share, r.owner_name, COALESCE(r.owner_id = ?, 0) AS own " \
    "FROM report r "
static const struct db_field fields[] = {
    DB_FIELD(struct report, id, DB_I64, 0),
    DB_FIELD(struct report, row_version, DB_I64, 0),
    DB_NULLABLE(struct report, owner_id, DB_I64, 0),
    DB_FIELD(struct report, updated_at, DB_AT, 0),
    DB_FIELD(struct report, data_set, DB_TEXT, 20),
    DB_FIELD(struct report, name, DB_TEXT, 300),
    DB_FIELD(struct report, name_zh, DB_TEXT, 300),
    DB_FIELD(struct report, description, DB_TEXT, 600),
    DB_FIELD(struct report, description_zh, DB_TEXT, 600),
    DB_FIELD(struct report, share, DB_TEXT, 10),
    DB_FIELD(struct report, owner_name, DB_TEXT, 200),
    DB_FIELD(struct report, own, DB_BOOL, 0),
    { 0 },
};
#define OF_REPORT .fields = fields, .row_bytes = sizeof(struct report)

#define LIST(ident, name_, behind, b, order)                                                   \
    static const struct db_stmt ident = {                                                      \
        .name = name_,                                                                         \
        .sql = COLUMNS "FORCE INDEX (report_updated) WHERE " REPORT_SEEN                       \
                       "AND r.data_set IN (?, ?, ?, ?, ?) AND (? = 0 OR (? = 1 AND "           \
                       "r.owner_id = ?) OR (? = 2 AND r.owner_id <> ?) OR (? = 3 AND "         \
                       "r.owner_id IS NULL)) AND (? = '' OR r.name LIKE ? OR r.name_zh LIKE "  \
                       "?) " behind "ORDER BY r.updated_at " order ", r.id " order " LIMIT ?", \
        .binds = "iii"                                                                         \
                 "sssss"                                                                       \
                 "iiiiii"                                                                      \
                 "sss" b "i",                                                                  \
        OF_REPORT,                                                                             \
        .flags = DB_LISTS,                                                                     \
    }
LIST(list_first, "report.list_first", "", "", "DESC");
LIST(list_older, "report.list_older", "AND r.updated_at <= ? AND (r.updated_at < ? OR r.id < ?) ",
     "tti", "DESC");
LIST(list_newer, "report.list_newer", "AND r.updated_at >= ? AND (r.updated_at > ? OR r.id > ?) ",
     "tti", "ASC");

const struct db_stmt *report_sql_list(enum list_direction direction)
{
    static const struct db_stmt *const lists[] = { &list_first, &list_older, &list_newer };

    return lists[direction];
}

const struct db_stmt report_sql_one = {
    .name = "report.one",
    .sql = COLUMNS "WHERE " REPORT_SEEN "AND r.id = ?",
    .binds = "iiii",
    OF_REPORT,
};

static const struct db_field part_fields[] = {
    DB_FIELD(struct report_part, name, DB_TEXT, 24),
    DB_FIELD(struct report_part, value, DB_TEXT, 300),
    { 0 },
};
const struct db_stmt report_sql_parts = {
    .name = "report.parts",
    .sql = "SELECT name, value FROM report_part WHERE report_id = ? ORDER BY name",
    .binds = "i",
    .fields = part_fields,
    .row_bytes = sizeof(struct report_part),
};
const struct db_stmt report_sql_part_add = {
    .name = "report.part_add",
    .sql = "INSERT INTO report_part (report_id, name, value) VALUES (?, ?, ?)",
    .binds = "iss",
    .flags = DB_WRITE,
};
const struct db_stmt report_sql_parts_gone = {
    .name = "report.parts_gone",
    .sql = "DELETE FROM report_part WHERE report_id = ?",
    .binds = "i",
    .flags = DB_WRITE,
};

static const struct db_field role_fields[] = {
    DB_FIELD(struct report_role, id, DB_I64, 0),
    DB_FIELD(struct report_role, name_en, DB_TEXT, 240),
    DB_FIELD(struct report_role, name_zh, DB_TEXT, 240),
    { 0 },
};
#define OF_ROLE .fields = role_fields, .row_bytes = sizeof(struct report_role)
const struct db_stmt report_sql_roles = {
    .name = "report.roles",
    .sql = "SELECT id, name_en, name_zh FROM role WHERE audience = 'staff' ORDER BY name_en",
    .binds = "",
    OF_ROLE,
    .flags = DB_WHOLE_TABLE,
};
const struct db_stmt report_sql_roles_of = {
    .name = "report.roles_of",
    .sql = "SELECT o.id, o.name_en, o.name_zh FROM report_role x JOIN role o ON o.id = x.role_id "
           "WHERE x.report_id = ? ORDER BY o.name_en",
    .binds = "i",
    OF_ROLE,
};
/* Nothing is added for a role of others than staff. */
const struct db_stmt report_sql_role_add = {
    .name = "report.role_add",
    .sql = "INSERT IGNORE INTO report_role (report_id, role_id) SELECT ?, id FROM role "
           "WHERE id = ? AND audience = 'staff'",
    .binds = "ii",
    .flags = DB_WRITE,
};
const struct db_stmt report_sql_roles_gone = {
    .name = "report.roles_gone",
    .sql = "DELETE FROM report_role WHERE report_id = ?",
    .binds = "i",
    .flags = DB_WRITE,
};

const struct db_stmt report_sql_add = {
    .name = "report.add",
    .sql = "INSERT INTO report (owner_id, owner_name, data_set, name, description, share, "
           "created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))",
    .binds = "isssss",
    .flags = DB_WRITE,
};
/* The version decides between two who change it. */
const struct db_stmt report_sql_set = {
    .name = "report.set",
    .sql = "UPDATE report SET name = ?, description = ?, share = ?, updated_at = "
           "UTC_TIMESTAMP(6), row_version = row_version + 1 WHERE id = ? AND row_version = ?",
    .binds = "sssii",
    .flags = DB_WRITE,
};
const struct db_stmt report_sql_gone = {
    .name = "report.gone",
    .sql = "DELETE FROM report WHERE id = ? AND row_version = ?",
    .binds = "ii",
    .flags = DB_WRITE,
};

db_stmt_table report_statements[] = {
    &list_first,
    &list_older,
    &list_newer,
    &report_sql_one,
    &report_sql_parts,
    &report_sql_part_add,
    &report_sql_parts_gone,
    &report_sql_roles,
    &report_sql_roles_of,
    &report_sql_role_add,
    &report_sql_roles_gone,
    &report_sql_add,
    &report_sql_set,
    &report_sql_gone,
    NULL,
};

const char *report_name(const struct request *req, const struct report *r)
{
    return text_locale_lang(req->locale) == LANG_ZH && *r->name_zh != '\0' ? r->name_zh : r->name;
}

const char *report_description(const struct request *req, const struct report *r)
{
    const bool zh = text_locale_lang(req->locale) == LANG_ZH && *r->name_zh != '\0';

    return zh ? r->description_zh : r->description;
}

/* The ready-made ones are copied, not changed. */
bool report_may_edit(const struct actor *actor, const struct report *r)
{
    if (r->owner_id == 0)
        return false;
    return actor_may(actor, r->own ? PERM_REPORT_EDIT : PERM_REPORT_MANAGE);
}

static struct err *load(struct request *req, int64_t id, const void **object_out)
{
    const int64_t me = req->actor->user_id;
    struct report *r = arena_alloc(req->arena, sizeof(*r));
    bool found;

    *object_out = NULL;
    TRY(db_one(req->db, req->arena, &report_sql_one,
               DB_ARGS(DB_I(me), DB_I(me), DB_I(me), DB_I(id)), r, &found));
    if (!found)
        return NULL;
    r->set = report_set_find(r->data_set);
    if (r->set != NULL && report_set_may(req->actor, r->set))
        *object_out = r;
    return NULL;
}

const struct object_kind report_object = { .name = REPORT_KIND, .prefix = "", .load = load };
