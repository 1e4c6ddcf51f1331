/* admin/users_change.c - making people and giving roles, in the open transaction of staff.fcgi or
 * of the worker. */
#include "admin/users_inside.h"

#include "access/session.h"
#include "base/str.h"
#include "crypt/hash.h"
#include "identity/identity.h"
#include "job/outbox.h"

#include <string.h>

/* The key of a person whose address is somebody's elsewhere.  An address has an @, so no key of
 * this shape is one, and nobody can log in or be invited by it. */
#define ELSEWHERE "elsewhere:"

struct err *users_still_admin(struct db *db, int64_t by_id, enum users_verdict *verdict_out)
{
    int64_t affected;

    TRY(db_exec(db, &users_guard, DB_ARGS(DB_I(by_id)), &affected));
    *verdict_out = affected == 1 ? USERS_OK : USERS_GONE;
    return NULL;
}

static char *elsewhere_key(struct arena *a, int64_t account_id, const char *key)
{
    char hex[SHA256_HEX_BYTES];

    sha256_hex(key, strlen(key), hex);
    return arena_printf(a, ELSEWHERE "%lld:%s", (long long)account_id, hex);
}

/* *user_id_out is 0 when the key is taken. */
static struct err *insert(struct db *db, const struct users_invite *in, const char *key,
                          int64_t *user_id_out)
{
    struct err *e =
        db_insert(db, &users_insert,
                  DB_ARGS(DB_S(in->audience), DB_ID(in->account_id), DB_S(in->email), DB_S(key),
                          DB_S(in->name), DB_S(in->title), DB_S(in->language), DB_S(in->zone),
                          DB_ID(in->department_id), DB_S(in->scope), DB_ID(in->manager_id)),
                  user_id_out);

    if (!err_is(e, ERR_DUPLICATE))
        return err_pass(e);
    /* The unique key has answered: somebody has the address. */
    err_ignore(e);
    *user_id_out = 0;
    return NULL;
}

static struct err *send_known(struct db *db, struct arena *a, int64_t user_id, const char *by_name,
                              const char *account_name)
{
    const struct mail_value values[] = { { .name = "By", .value = by_name },
                                         { .name = "Account", .value = account_name },
                                         { 0 } };
    const struct mail mail = { .template = "identity/invite_known",
                               .user_id = user_id,
                               .kind = "",
                               .reason = N_("Somebody invited this address to the portal."),
                               .values = values };

    return err_pass(outbox_add(db, a, &mail));
}

struct err *users_invite_send(struct db *db, struct arena *a, const struct user_row *user,
                              const char *by_name)
{
    const char *account = user->account_name != NULL ? user->account_name : "";

    if (str_starts(user->email_key, ELSEWHERE))
        return err_pass(send_known(db, a, user->id, by_name, account));
    return err_pass(identity_invite(db, a, user->id, by_name, account));
}

static struct err *add_roles(struct db *db, int64_t user_id, struct users_roles roles)
{
    for (size_t i = 0; i < roles.count; i++)
        TRY(db_exec(db, &users_role_add, DB_ARGS(DB_I(roles.ids[i]), DB_I(user_id)), NULL));
    return NULL;
}

static struct err *audit(struct db *db, struct arena *a, const struct audit_who *who,
                         int64_t user_id, const char *action, const char *before, const char *after)
{
    const struct audit_change change = {
        .kind = "user", .object_id = user_id, .action = action, .before = before, .after = after
    };

    return err_pass(audit_write(db, a, who, &change));
}

/* The address is taken.  In one's own account, and for staff, that is told; else a row that nobody
 * can use stands in the list like every invitation, and only the mail tells its reader. */
static struct err *add_elsewhere(struct db *db, struct arena *a, const struct users_invite *in,
                                 const char *key, enum users_verdict *verdict_out,
                                 int64_t *user_id_out)
{
    struct user_key_row taken;

    TRY(db_get(db, a, &users_by_key, DB_ARGS(DB_S(key)), &taken));
    *verdict_out = USERS_EXISTS;
    if (!in->secret || taken.account_id == in->account_id)
        return NULL;
    TRY(insert(db, in, elsewhere_key(a, in->account_id, key), user_id_out));
    if (*user_id_out != 0)
        *verdict_out = USERS_OK;
    return NULL;
}

struct err *users_invite_add(struct db *db, struct arena *a, const struct audit_who *who,
                             const struct users_invite *in, enum users_verdict *verdict_out,
                             int64_t *user_id_out)
{
    const char *key = identity_email_key(a, in->email);
    bool elsewhere;

    *verdict_out = USERS_OK;
    TRY(insert(db, in, key, user_id_out));
    elsewhere = *user_id_out == 0;
    if (elsewhere)
        TRY(add_elsewhere(db, a, in, key, verdict_out, user_id_out));
    if (*verdict_out != USERS_OK)
        return NULL;
    TRY(add_roles(db, *user_id_out, in->roles));
    TRY(audit(db, a, who, *user_id_out, "user.invite", NULL,
              identity_json(a, JSON_PAIRS({ "roles", users_roles_text(a, in->roles) }))));
    if (in->waits)
        return NULL;
    if (elsewhere)
        return err_pass(send_known(db, a, *user_id_out, in->by_name, in->account_name));
    return err_pass(identity_invite(db, a, *user_id_out, in->by_name, in->account_name));
}

struct err *users_roles_set(struct db *db, struct arena *a, const struct audit_who *who,
                            const struct role_list *list, int64_t user_id,
                            struct users_roles before, struct users_roles after)
{
    TRY(db_exec(db, &users_role_clear, DB_ARGS(DB_I(user_id)), NULL));
    TRY(add_roles(db, user_id, after));
    TRY(session_refresh(db, a, user_id));
    return err_pass(
        audit(db, a, who, user_id, "user.roles",
              identity_json(a, JSON_PAIRS({ "roles", users_roles_codes(a, list, before) })),
              identity_json(a, JSON_PAIRS({ "roles", users_roles_codes(a, list, after) }))));
}
