/* admin/see_as.c - who may see as whom, and the way to the program that makes sessions. */
#include "admin/see_as.h"

#include "access/role.h"
#include "access/session.h"
#include "account/account.h"
#include "admin/users_inside.h"
#include "base/str.h"
#include "crypt/hash.h"
#include "crypt/random.h"

#include <string.h>

static const struct db_stmt add = {
    .name = "see_as.add",
    .sql = "INSERT INTO see_as (token_hash, user_id, by_id, by_session, created_at, expires_at)"
           " VALUES (?, ?, ?, ?, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) + INTERVAL 2 MINUTE)",
    .binds = "biii",
    .flags = DB_WRITE,
};
struct reach {
    const char *scopes;
    int64_t department_id, last_id;
};
static const struct db_field reach_fields[] = {
    DB_FIELD(struct reach, scopes, DB_TEXT, 60),
    DB_FIELD(struct reach, department_id, DB_I64, 0),
    DB_FIELD(struct reach, last_id, DB_I64, 0),
    { 0 },
};
static const struct db_stmt reach_of = {
    .name = "see_as.reach",
    .sql = "SELECT CONCAT(u.scope, ',', IFNULL((SELECT GROUP_CONCAT(DISTINCT r.scope) FROM"
           " user_role x JOIN role r ON r.id = x.role_id AND r.audience = 'staff'"
           " WHERE x.user_id = u.id), '')) AS scopes, IFNULL(d.id, 0) AS department_id,"
           " IFNULL(d.last_id, 0) AS last_id FROM user u LEFT JOIN department d"
           " ON d.id = u.department_id WHERE u.id = ?",
    .binds = "i",
    .fields = reach_fields,
    .row_bytes = sizeof(struct reach),
};
db_stmt_table see_as_staff_statements[] = { &add, &reach_of, NULL };

/* Nobody sees through another's eyes what he could not see with his own: not what that one's rights
 * show, and not beyond his own departments. */
static struct err *within_own(struct request *req, const struct user_row *user, bool *may_out)
{
    struct session_scope scope;
    struct permission_set set;
    struct reach reach;

    TRY(role_permissions(req->db, req->arena, user->id, &set));
    *may_out = true;
    for (size_t i = 0; i < ARRAY_LEN(set.bits); i++)
        *may_out = *may_out && (set.bits[i] & ~req->actor->permissions.bits[i]) == 0;
    TRY(db_get(req->db, req->arena, &reach_of, DB_ARGS(DB_I(user->id)), &reach));
    scope = session_scope_of(reach.scopes, reach.department_id, reach.last_id);
    if (scope.low <= scope.high)
        *may_out = *may_out && scope.low >= req->actor->department_low &&
                   scope.high <= req->actor->department_high;
    return NULL;
}

static struct err *within_scope(struct request *req, const struct user_row *user, bool *may_out)
{
    struct account *account = NULL;

    TRY(account_of_staff(req->db, req->arena, req->actor->department_low,
                         req->actor->department_high, user->account_id, &account));
    *may_out = account != NULL && actor_may(req->actor, PERM_ACCOUNT_VIEW);
    return NULL;
}

struct err *see_as_may(struct request *req, const struct user_row *user, bool *may_out)
{
    *may_out = false;
    if (req->actor->audience != AUD_STAFF || !actor_may(req->actor, PERM_USERS_SEE_AS) ||
        !str_eq(user->status, "active") || user->id == req->actor->user_id ||
        req->actor->seen_by != 0)
        return NULL;
    return str_eq(user->audience, "staff") ? err_pass(within_own(req, user, may_out))
                                           : err_pass(within_scope(req, user, may_out));
}

static struct err *see_as_post(struct request *req)
{
    const struct user_row *user = req->object;
    unsigned char hash[SHA256_BYTES];
    char token[CRYPT_TOKEN_BYTES];
    bool may;

    TRY(see_as_may(req, user, &may));
    if (!may)
        return err_raise(ERR_NOT_FOUND, "not a person that he may see as");
    crypt_token(token);
    sha256(token, strlen(token), hash);
    TRY(db_exec(req->db, &add,
                DB_ARGS(DB_B(hash, sizeof(hash)), DB_I(user->id), DB_I(req->actor->user_id),
                        DB_I(req->actor->session_id)),
                NULL));
    TRY(request_audit(req, "user", user->id, NULL, NULL));
    return err_pass(reply_redirect(req, NULL, "/see-as/%s", token));
}

const struct route see_as_staff_routes[] = {
    { .name = "users.see_as",
      .method = HTTP_POST,
      .path = "/staff/users/:id/see-as",
      .audience = AUD_STAFF,
      .permission = PERM_USERS_SEE_AS,
      .object = &users_kind,
      .form = &form_empty,
      .handler = see_as_post },
    { 0 },
};
