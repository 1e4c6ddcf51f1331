/* admin/users_sql.c - the statements of user administration. */
#include "admin/users_sql.h"

#include "admin/users.h"
#include "base/str.h"

#define USER_FIELD(m, kind, cap) DB_FIELD(struct user_row, m, kind, cap)
#define USER_NULL(m, kind, cap)  DB_NULLABLE(struct user_row, m, kind, cap)

static const struct db_field user_fields[] = {
    USER_FIELD(id, DB_I64, 0),
    USER_NULL(account_id, DB_I64, 0),
    USER_NULL(department_id, DB_I64, 0),
    USER_FIELD(row_version, DB_I64, 0),
    USER_NULL(last_login_at, DB_AT, 0),
    USER_FIELD(audience, DB_TEXT, 10),
    USER_FIELD(email, DB_TEXT, 1016),
    USER_FIELD(email_key, DB_TEXT, 1016),
    USER_FIELD(name, DB_TEXT, 480),
    USER_FIELD(name_key, DB_TEXT, 480),
    USER_FIELD(title, DB_TEXT, 480),
    USER_FIELD(phone, DB_TEXT, 160),
    USER_FIELD(lang, DB_TEXT, 8),
    USER_FIELD(status, DB_TEXT, 10),
    USER_FIELD(scope, DB_TEXT, 12),
    USER_FIELD(factor_needed, DB_BOOL, 0),
    USER_NULL(account_name, DB_TEXT, 800),
    USER_NULL(role_ids, DB_TEXT, 200),
    { 0 },
};

#define USER_SELECT                                                                           \
    "SELECT u.id, u.account_id, u.department_id, u.row_version, u.last_login_at, u.audience," \
    " u.email, u.email_key, u.name, u.name_key, u.title, u.phone, u.lang, u.status, u.scope," \
    " u.second_factor_needed AS factor_needed,"                                               \
    " (SELECT a.name FROM account a WHERE a.id = u.account_id) AS account_name,"              \
    " (SELECT GROUP_CONCAT(ur.role_id ORDER BY ur.role_id) FROM user_role ur"                 \
    " WHERE ur.user_id = u.id) AS role_ids FROM user u"
#define USER_MATCH \
    " AND (? = '' OR u.name LIKE ? OR LOWER(u.email) LIKE ?) AND (? = '' OR u.status = ?)"
#define USER_OLDER " AND u.name_key >= ? AND (u.name_key > ? OR u.id > ?)"
#define USER_NEWER " AND u.name_key <= ? AND (u.name_key < ? OR u.id < ?)"
#define FORTH      " ORDER BY u.name_key, u.id"
#define BACK       " ORDER BY u.name_key DESC, u.id DESC"
#define LIST_BINDS "ssisssssi"

#define USER_LIST(name_, where, key, order, binds_, flags_)                                      \
    {                                                                                            \
        .name = name_, .sql = USER_SELECT " WHERE " where key USER_MATCH order " LIMIT ?",       \
        .binds = binds_ LIST_BINDS, .fields = user_fields, .row_bytes = sizeof(struct user_row), \
        .flags = (flags_) | DB_LISTS,                                                            \
    }

const struct db_stmt users_company_older =
    USER_LIST("users.company_older", "u.account_id = ?", USER_OLDER, FORTH, "i", DB_ACCOUNT_FIRST);
const struct db_stmt users_company_newer =
    USER_LIST("users.company_newer", "u.account_id = ?", USER_NEWER, BACK, "i", DB_ACCOUNT_FIRST);
const struct db_stmt users_staff_older =
    USER_LIST("users.staff_older", "u.audience = ?", USER_OLDER, FORTH, "s", 0);
const struct db_stmt users_staff_newer =
    USER_LIST("users.staff_newer", "u.audience = ?", USER_NEWER, BACK, "s", 0);

const struct db_stmt users_company_by_id = {
    .name = "users.company_by_id",
    .sql = USER_SELECT " WHERE u.account_id = ? AND u.id = ?",
    .binds = "ii",
    .fields = user_fields,
    .row_bytes = sizeof(struct user_row),
    .flags = DB_ACCOUNT_FIRST,
};
const struct db_stmt users_staff_by_id = {
    .name = "users.staff_by_id",
    .sql = USER_SELECT " WHERE u.id = ?",
    .binds = "i",
    .fields = user_fields,
    .row_bytes = sizeof(struct user_row),
};

/* -- changes ------------------------------------------------------------------------- */

#define CHANGED " updated_at = UTC_TIMESTAMP(6), row_version = row_version + 1"

const struct db_stmt users_company_update = {
    .name = "users.company_update",
    .sql = "UPDATE user SET name = ?, title = ?, phone = ?," CHANGED
           " WHERE account_id = ? AND id = ? AND row_version = ?",
    .binds = "sssiii",
    .flags = DB_WRITE,
};
const struct db_stmt users_staff_update = {
    .name = "users.staff_update",
    .sql = "UPDATE user SET name = ?, title = ?, phone = ?, department_id = ?, scope = ?,"
           " second_factor_needed = ?," CHANGED " WHERE id = ? AND row_version = ?",
    .binds = "sssisiii",
    .flags = DB_WRITE,
};
const struct db_stmt users_company_status = {
    .name = "users.company_status",
    .sql = "UPDATE user SET status = ?," CHANGED " WHERE account_id = ? AND id = ? AND status = ?",
    .binds = "siis",
    .flags = DB_WRITE,
};
const struct db_stmt users_staff_status = {
    .name = "users.staff_status",
    .sql = "UPDATE user SET status = ?," CHANGED " WHERE id = ? AND status = ?",
    .binds = "sis",
    .flags = DB_WRITE,
};
const struct db_stmt users_staff_email = {
    .name = "users.staff_email",
    .sql = "UPDATE user SET email = ?, email_key = ?," CHANGED " WHERE id = ?",
    .binds = "ssi",
    .flags = DB_WRITE,
};
const struct db_stmt users_links_void = {
    .name = "users.links_void",
    .sql = "UPDATE link_token SET used_at = UTC_TIMESTAMP(6) WHERE user_id = ? AND used_at IS NULL",
    .binds = "i",
    .flags = DB_WRITE,
};
const struct db_stmt users_guard = {
    .name = "users.guard",
    .sql = "UPDATE user SET updated_at = UTC_TIMESTAMP(6) WHERE id = ? AND status = 'active' AND"
           " EXISTS (SELECT 1 FROM user_role ur JOIN role_permission p ON p.role_id = ur.role_id"
           " WHERE ur.user_id = user.id AND p.permission = 'users.manage')",
    .binds = "i",
    .flags = DB_WRITE,
};
static const struct db_field joined_fields[] = {
    DB_NULLABLE(struct users_joined_row, account_id, DB_I64, 0),
    DB_FIELD(struct users_joined_row, name, DB_TEXT, 480),
    { 0 },
};
const struct db_stmt users_joined = {
    .name = "users.joined",
    .sql = "SELECT account_id, name FROM user WHERE id = ? AND status = 'active'",
    .binds = "i",
    .fields = joined_fields,
    .row_bytes = sizeof(struct users_joined_row),
};
static const struct db_field told_fields[] = { DB_FIELD(struct users_told_row, id, DB_I64, 0),
                                               { 0 } };
const struct db_stmt users_joined_told = {
    .name = "users.joined_told",
    .sql =
        "SELECT u.id FROM user u WHERE u.account_id = ? AND u.id <> ? AND u.status = 'active' "
        "AND EXISTS (SELECT 1 FROM user_role r JOIN role_permission p ON p.role_id = r.role_id "
        "WHERE r.user_id = u.id AND p.permission = 'users.manage') UNION (SELECT e.user_id AS id "
        "FROM audit_event e WHERE e.kind = 'user' AND e.object_id = ? AND e.action = "
        "'user.invite' AND e.user_id > 0 ORDER BY e.seq DESC LIMIT 1) LIMIT 200",
    .binds = "iii",
    .fields = told_fields,
    .row_bytes = sizeof(struct users_told_row),
    .flags = DB_ACCOUNT_FIRST | DB_LISTS,
};
const struct db_stmt users_factor_drop = {
    .name = "users.factor_drop",
    .sql = "DELETE FROM second_factor WHERE user_id = ?",
    .binds = "i",
    .flags = DB_WRITE,
};
const struct db_stmt users_codes_drop = {
    .name = "users.codes_drop",
    .sql = "DELETE FROM recovery_code WHERE user_id = ?",
    .binds = "i",
    .flags = DB_WRITE,
};
const struct db_stmt users_pending_drop = {
    .name = "users.pending_drop",
    .sql = "DELETE FROM second_factor_pending WHERE user_id = ?",
    .binds = "i",
    .flags = DB_WRITE,
};
static const struct db_field factor_fields[] = {
    DB_FIELD(struct users_factor, confirmed, DB_BOOL, 0),
    { 0 },
};
const struct db_stmt users_factor_find = {
    .name = "users.factor_find",
    .sql = "SELECT EXISTS (SELECT 1 FROM second_factor WHERE user_id = ? AND"
           " confirmed_at IS NOT NULL) AS confirmed",
    .binds = "i",
    .fields = factor_fields,
    .row_bytes = sizeof(struct users_factor),
};

/* -- roles --------------------------------------------------------------------------- */

static const struct db_field role_fields[] = {
    DB_FIELD(struct role_row, id, DB_I64, 0),
    DB_FIELD(struct role_row, row_version, DB_I64, 0),
    DB_FIELD(struct role_row, people, DB_I64, 0),
    DB_FIELD(struct role_row, code, DB_TEXT, 40),
    DB_FIELD(struct role_row, name_en, DB_TEXT, 480),
    DB_FIELD(struct role_row, name_zh, DB_TEXT, 480),
    DB_FIELD(struct role_row, builtin, DB_BOOL, 0),
    { 0 },
};
static const struct db_stmt roles_of = {
    .name = "users.roles_of",
    .sql = "SELECT r.id, r.row_version, 0 AS people, r.code, r.name_en, r.name_zh, r.builtin"
           " FROM role r WHERE r.audience = ? ORDER BY r.id",
    .binds = "s",
    .fields = role_fields,
    .row_bytes = sizeof(struct role_row),
    .flags = DB_WHOLE_TABLE,
};
struct role_permission_row {
    int64_t role_id;
    const char *permission;
};
static const struct db_field role_permission_fields[] = {
    DB_FIELD(struct role_permission_row, role_id, DB_I64, 0),
    DB_FIELD(struct role_permission_row, permission, DB_TEXT, 40),
    { 0 },
};
static const struct db_stmt role_permissions_of = {
    .name = "users.role_permissions_of",
    .sql = "SELECT p.role_id, p.permission FROM role r JOIN role_permission p ON p.role_id = r.id"
           " WHERE r.audience = ? ORDER BY p.role_id",
    .binds = "s",
    .fields = role_permission_fields,
    .row_bytes = sizeof(struct role_permission_row),
    .flags = DB_WHOLE_TABLE,
};

const struct role_row *role_list_find(const struct role_list *list, int64_t id)
{
    for (size_t i = 0; i < list->count; i++) {
        if (list->rows[i].id == id)
            return &list->rows[i];
    }
    return NULL;
}

static void add_permission(struct role_list *list, const struct role_permission_row *row)
{
    const struct permission_row *known = permission_find(row->permission);

    for (size_t i = 0; i < list->count && known != NULL; i++) {
        if (list->rows[i].id == row->role_id)
            permission_add(&list->rows[i].permissions, known->permission);
    }
}

struct err *role_list_read(struct db *db, struct arena *a, const char *audience,
                           struct role_list *out)
{
    struct role_permission_row *permissions;
    size_t count;

    TRY(db_list(db, a, &roles_of, DB_ARGS(DB_S(audience)), &out->rows, &out->count));
    TRY(db_list(db, a, &role_permissions_of, DB_ARGS(DB_S(audience)), &permissions, &count));
    for (size_t i = 0; i < count; i++)
        add_permission(out, &permissions[i]);
    return NULL;
}

/* -- making people ------------------------------------------------------------------- */

const struct db_stmt users_insert = {
    .name = "users.insert",
    .sql = "INSERT INTO user (audience, account_id, email, email_key, name, title, lang, zone,"
           " department_id, scope, manager_id, status, created_at, updated_at) VALUES"
           " (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'invited', UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))",
    .binds = "sissssssisi",
    .flags = DB_WRITE,
};
const struct db_stmt users_role_clear = {
    .name = "users.role_clear",
    .sql = "DELETE FROM user_role WHERE user_id = ?",
    .binds = "i",
    .flags = DB_WRITE,
};
const struct db_stmt users_role_add = {
    .name = "users.role_add",
    .sql = "INSERT INTO user_role (user_id, role_id) SELECT u.id, r.id FROM role r"
           " JOIN user u ON u.audience = r.audience WHERE r.id = ? AND u.id = ?",
    .binds = "ii",
    .flags = DB_WRITE,
};
static const struct db_field key_fields[] = {
    DB_FIELD(struct user_key_row, id, DB_I64, 0),
    DB_NULLABLE(struct user_key_row, account_id, DB_I64, 0),
    { 0 },
};
const struct db_stmt users_by_key = {
    .name = "users.by_key",
    .sql = "SELECT id, account_id FROM user WHERE email_key = ?",
    .binds = "s",
    .fields = key_fields,
    .row_bytes = sizeof(struct user_key_row),
};
static const struct db_field company_admin_fields[] = {
    DB_FIELD(struct company_admin, id, DB_I64, 0),
    DB_FIELD(struct company_admin, audience, DB_TEXT, 10),
    DB_FIELD(struct company_admin, name, DB_TEXT, 480),
    DB_FIELD(struct company_admin, account_name, DB_TEXT, 800),
    DB_FIELD(struct company_admin, zone, DB_TEXT, 60),
    { 0 },
};
const struct db_stmt users_company_admin = {
    .name = "users.company_admin",
    .sql = "SELECT u.id, u.audience, u.name, a.name AS account_name, a.zone FROM user u"
           " JOIN account a ON a.id = u.account_id AND a.kind = u.audience AND a.deleted_at IS NULL"
           " WHERE u.id = ? AND u.account_id = ? AND u.status = 'active'",
    .binds = "ii",
    .fields = company_admin_fields,
    .row_bytes = sizeof(struct company_admin),
};

/* -- names to sort by ------------------------------------------------------------------ */

static const struct db_field name_fields[] = {
    DB_FIELD(struct users_name, id, DB_I64, 0),
    DB_FIELD(struct users_name, name, DB_TEXT, 480),
    { 0 },
};
const struct db_stmt users_names_without_key = {
    .name = "users.names_without_key",
    .sql = "SELECT id, name FROM user WHERE audience IN ('partner', 'customer', 'staff')"
           " AND name_key = '' LIMIT ?",
    .binds = "i",
    .fields = name_fields,
    .row_bytes = sizeof(struct users_name),
    .flags = DB_LISTS,
};
/* The name is the guard: it may have changed since it was read. */
const struct db_stmt users_name_key_set = {
    .name = "users.name_key_set",
    .sql = "UPDATE user SET name_key = ? WHERE id = ? AND BINARY name = BINARY ?",
    .binds = "sis",
    .flags = DB_WRITE,
};

/* -- staff --------------------------------------------------------------------------- */

static const struct db_field account_fields[] = {
    DB_FIELD(struct user_account, id, DB_I64, 0),
    DB_FIELD(struct user_account, kind, DB_TEXT, 10),
    DB_FIELD(struct user_account, name, DB_TEXT, 800),
    DB_FIELD(struct user_account, zone, DB_TEXT, 60),
    { 0 },
};
const struct db_stmt users_account_by_id = {
    .name = "users.account_by_id",
    .sql = "SELECT id, kind, name, zone FROM account WHERE id = ? AND deleted_at IS NULL"
           " AND kind IN ('partner', 'customer')",
    .binds = "i",
    .fields = account_fields,
    .row_bytes = sizeof(struct user_account),
};
static const struct db_field department_fields[] = {
    DB_FIELD(struct department_row, id, DB_I64, 0),
    DB_FIELD(struct department_row, name_en, DB_TEXT, 480),
    DB_FIELD(struct department_row, name_zh, DB_TEXT, 480),
    { 0 },
};
const struct db_stmt users_departments = {
    .name = "users.departments",
    .sql = "SELECT id, name_en, name_zh FROM department ORDER BY id",
    .binds = "",
    .fields = department_fields,
    .row_bytes = sizeof(struct department_row),
    .flags = DB_WHOLE_TABLE,
};

db_stmt_table users_company_statements[] = {
    &users_company_older,
    &users_company_newer,
    &users_company_by_id,
    &users_company_update,
    &users_company_status,
    &users_guard,
    &roles_of,
    &role_permissions_of,
    NULL,
};
db_stmt_table users_staff_statements[] = {
    &users_staff_older,
    &users_staff_newer,
    &users_staff_by_id,
    &users_staff_update,
    &users_staff_status,
    &users_guard,
    &users_factor_drop,
    &users_codes_drop,
    &users_pending_drop,
    &users_factor_find,
    &roles_of,
    &role_permissions_of,
    &users_insert,
    &users_role_clear,
    &users_role_add,
    &users_by_key,
    &users_account_by_id,
    &users_departments,
    &users_staff_email,
    &users_links_void,
    NULL,
};
db_stmt_table users_job_statements[] = {
    &users_guard,         &roles_of,
    &role_permissions_of, &users_insert,
    &users_role_clear,    &users_role_add,
    &users_by_key,        &users_company_admin,
    &users_joined,        &users_joined_told,
    &users_company_by_id, &users_names_without_key,
    &users_name_key_set,  NULL,
};
