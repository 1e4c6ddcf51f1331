/* programme/programme_limit.c */
#include "programme/programme_limit.h"

#include "base/str.h"

enum { ROLES_MOST = 50 };

struct limit_row {
    int64_t users, users_most, row_version;
    const char *role_ids;
    bool roles_limited;
};
static const struct db_field limit_fields[] = {
    DB_FIELD(struct limit_row, users, DB_I64, 0),
    DB_FIELD(struct limit_row, users_most, DB_I64, 0),
    DB_FIELD(struct limit_row, row_version, DB_I64, 0),
    DB_NULLABLE(struct limit_row, role_ids, DB_TEXT, 400),
    DB_FIELD(struct limit_row, roles_limited, DB_BOOL, 0),
    { 0 },
};
static const struct db_stmt read_limit = {
    .name = "programme.limit",
    .sql = "SELECT (SELECT COUNT(*) FROM user u WHERE u.account_id = ? AND u.status IN ('active', "
           "'invited')) AS users, IFNULL(l.users_most, 0) AS users_most, "
           "IFNULL(l.row_version, 0) AS row_version, (SELECT GROUP_CONCAT(r.role_id) FROM "
           "partner_limit_role r WHERE r.account_id = l.account_id) AS role_ids, "
           "IFNULL(l.roles_limited, 0) AS roles_limited FROM (SELECT 1 AS one) o "
           "LEFT JOIN partner_limit l ON l.account_id = ?",
    .binds = "ii",
    .fields = limit_fields,
    .row_bytes = sizeof(struct limit_row),
    .flags = DB_ACCOUNT_FIRST,
};
static const struct db_stmt hold_limit = {
    .name = "programme.limit_hold",
    .sql = "UPDATE partner_limit SET held_at = UTC_TIMESTAMP(6) WHERE account_id = ?",
    .binds = "i",
    .flags = DB_WRITE,
};
db_stmt_table partner_limit_statements[] = { &read_limit, NULL };
db_stmt_table partner_limit_hold_statements[] = { &hold_limit, NULL };

static void read_roles(struct arena *a, const char *text, struct partner_limit *out)
{
    int64_t *ids = arena_array(a, ROLES_MOST, sizeof(*ids));
    size_t parts;
    char **part;

    out->roles = ids;
    if (str_is_empty(text))
        return;
    part = str_split(a, text, ',', &parts);
    for (size_t i = 0; i < parts && out->role_count < ROLES_MOST; i++)
        if (str_to_i64(part[i], &ids[out->role_count]))
            out->role_count++;
}

struct err *partner_limit_read(struct db *db, struct arena *a, int64_t account_id,
                               struct partner_limit *out)
{
    struct limit_row row;

    TRY(db_get(db, a, &read_limit, DB_ARGS(DB_I(account_id), DB_I(account_id)), &row));
    *out = (struct partner_limit){ .users = row.users,
                                   .users_most = row.users_most,
                                   .row_version = row.row_version,
                                   .roles_limited = row.roles_limited };
    read_roles(a, row.role_ids, out);
    return NULL;
}

bool partner_limit_has_role(const struct partner_limit *limit, int64_t role_id)
{
    bool found = !limit->roles_limited;

    for (size_t i = 0; i < limit->role_count; i++)
        found = found || limit->roles[i] == role_id;
    return found;
}

bool partner_limit_is_full(const struct partner_limit *limit)
{
    return limit->users_most > 0 && limit->users >= limit->users_most;
}

struct err *partner_limit_hold(struct db *db, int64_t account_id)
{
    return err_pass(db_exec(db, &hold_limit, DB_ARGS(DB_I(account_id)), NULL));
}
