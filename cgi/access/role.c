/* access/role.c - from a user's roles to what he may do. */
#include "access/role.h"

#include "base/str.h"

struct row {
    const char *permission;
    const char *audience;
};
static const struct db_field fields[] = { DB_FIELD(struct row, permission, DB_TEXT, 40),
                                          DB_FIELD(struct row, audience, DB_TEXT, 10),
                                          { 0 } };
static const struct db_stmt permissions_of = {
    .name = "role.permissions_of",
    .sql = "SELECT DISTINCT p.permission AS permission, u.audience AS audience FROM user u"
           " JOIN user_role ur ON ur.user_id = u.id"
           " JOIN role r ON r.id = ur.role_id AND r.audience = u.audience"
           " JOIN role_permission p ON p.role_id = r.id WHERE u.id = ?",
    .binds = "i",
    .fields = fields,
    .row_bytes = sizeof(struct row),
    .flags = DB_LISTS,
};
db_stmt_table role_statements[] = { &permissions_of, NULL };

struct err *role_permissions(struct db *db, struct arena *a, int64_t user_id,
                             struct permission_set *set_out)
{
    struct row *rows;
    size_t count;

    *set_out = (struct permission_set){ 0 };
    TRY(db_list(db, a, &permissions_of, DB_ARGS(DB_I(user_id)), &rows, &count));
    for (size_t i = 0; i < count; i++) {
        const struct permission_row *known = permission_find(rows[i].permission);

        if (known != NULL && (known->audiences >> audience_find(rows[i].audience) & 1) != 0)
            permission_add(set_out, known->permission);
    }
    return NULL;
}
