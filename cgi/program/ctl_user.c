/* program/ctl_user.c - people from the shell: the first administrator of a fresh portal, and the
 * way back for one who lost everything. */
#include "access/audit.h"
#include "access/session.h"
#include "admin/users_manager.h"
#include "base/str.h"
#include "crypt/password.h"
#include "crypt/random.h"
#include "identity/identity.h"
#include "identity/identity_link.h"
#include "program/ctl.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { EMAIL_BYTES = 254, NAME_POINTS = 120 };

static const struct db_stmt add_user = {
    .name = "ctl.user_add",
    .sql = "INSERT INTO user (audience, account_id, email, email_key, name, status, scope,"
           " manager_id, created_at, updated_at)"
           " VALUES (?, ?, ?, ?, ?, ?, ?, ?, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))",
    .binds = "sisssssi",
    .flags = DB_WRITE,
};
static const struct db_stmt give_role = {
    .name = "ctl.role_give",
    .sql = "INSERT INTO user_role (user_id, role_id)"
           " SELECT ?, id FROM role WHERE audience = ? AND code = ?",
    .binds = "iss",
    .flags = DB_WRITE,
};
static const struct db_stmt set_password = {
    .name = "ctl.password_set",
    .sql = "INSERT INTO credential (user_id, password_hash, changed_at)"
           " VALUES (?, ?, UTC_TIMESTAMP(6)) ON DUPLICATE KEY UPDATE"
           " password_hash = VALUES(password_hash), changed_at = VALUES(changed_at)",
    .binds = "is",
    .flags = DB_WRITE,
};
static const struct db_stmt drop_factor = {
    .name = "ctl.factor_drop",
    .sql = "DELETE FROM second_factor WHERE user_id = ?",
    .binds = "i",
    .flags = DB_WRITE,
};
static const struct db_stmt drop_codes = {
    .name = "ctl.codes_drop",
    .sql = "DELETE FROM recovery_code WHERE user_id = ?",
    .binds = "i",
    .flags = DB_WRITE,
};

struct user {
    int64_t id;
    const char *status, *audience;
};
static const struct db_field user_fields[] = { DB_FIELD(struct user, id, DB_I64, 0),
                                               DB_FIELD(struct user, status, DB_TEXT, 10),
                                               DB_FIELD(struct user, audience, DB_TEXT, 10),
                                               { 0 } };
static const struct db_stmt user_by_key = {
    .name = "ctl.user_by_key",
    .sql = "SELECT id, status, audience FROM user WHERE email_key = ?",
    .binds = "s",
    .fields = user_fields,
    .row_bytes = sizeof(struct user),
};
static const struct db_stmt account_of_kind = {
    .name = "ctl.account",
    .sql =
        "SELECT id, status, kind AS audience FROM account WHERE id = ? AND kind = ? AND deleted_at IS NULL",
    .binds = "is",
    .fields = user_fields,
    .row_bytes = sizeof(struct user),
};

/* -- user add ------------------------------------------------------------------------------------
 */

struct new_user {
    struct ctl *ctl;
    const char *email, *audience, *role, *name, *account, *scope, *manager;
    const char *password_file; /* NULL: an invitation */
    int64_t account_id, manager_id;
    char password_hash[PASSWORD_HASH_BYTES];
    const char *link; /* of the invitation */
};

static bool is_email(const char *text)
{
    const char *at = strchr(text, '@');

    if (at == NULL || at == text || at[1] == '\0' || strchr(at + 1, '@') != NULL ||
        strlen(text) > EMAIL_BYTES || !utf8_valid(text, strlen(text)))
        return false;
    for (const char *p = text; *p != '\0'; p++)
        if ((unsigned char)*p <= ' ' || *p == 0x7f || strchr("<>,;\"", *p) != NULL)
            return false;
    return true;
}

static bool is_scope(const char *text)
{
    static const char *const scopes[] = { "own", "team", "department", "all" };

    for (size_t i = 0; i < ARRAY_LEN(scopes); i++)
        if (str_eq(scopes[i], text))
            return true;
    return false;
}

static struct err *check_new_user(struct new_user *u)
{
    enum audience audience = audience_find(u->audience);
    bool staff = audience == AUD_STAFF;

    if (audience != AUD_PARTNER && audience != AUD_CUSTOMER && !staff)
        return err_raise(ERR_INVALID, "--audience is partner, customer or staff");
    if (u->role == NULL || str_is_empty(u->name))
        return err_raise(ERR_INVALID, "--role and --name are needed");
    if (!utf8_valid(u->name, strlen(u->name)) || utf8_count(u->name) > NAME_POINTS)
        return err_raise(ERR_INVALID, "--name is longer than %d characters", NAME_POINTS);
    if (!is_email(u->email))
        return err_raise(ERR_INVALID, "%s is no mail address", u->email);
    if (staff == (u->account != NULL))
        return err_raise(ERR_INVALID, staff ? "staff have no --account" : "--account is needed");
    if (u->account != NULL && !str_to_i64(u->account, &u->account_id))
        return err_raise(ERR_INVALID, "--account is a number");
    if (u->scope != NULL && (!staff || !is_scope(u->scope)))
        return err_raise(ERR_INVALID, "--scope is own, team, department or all, for staff");
    if (u->manager != NULL && !staff)
        return err_raise(ERR_INVALID, "only staff have a --manager");
    /* Who is made from the shell is there to set up the rest. */
    if (u->scope == NULL)
        u->scope = staff ? "all" : "own";
    return NULL;
}

static const char *verdict_text(enum password_verdict verdict)
{
    static const char *const texts[PASSWORD_VERDICT_COUNT] = {
        [PASSWORD_OK] = "",
        [PASSWORD_TOO_SHORT] = "the password is shorter than 8 characters",
        [PASSWORD_TOO_LONG] = "the password is longer than 1024 bytes",
        [PASSWORD_COMMON] = "the password is one that many people use",
        [PASSWORD_PERSONAL] = "the password is the mail address",
    };

    return texts[verdict];
}

/* The first line of the file; "-" is standard input. */
static struct err *read_password(struct new_user *u, char *out, size_t size)
{
    if (!str_eq(u->password_file, "-"))
        return err_pass(conf_secret(u->password_file, out, size));
    if (fgets(out, (int)size, u->ctl->in) == NULL)
        return err_raise(ERR_INVALID, "no password on standard input");
    out[strcspn(out, "\r\n")] = '\0';
    return NULL;
}

static struct err *hash_password(struct new_user *u)
{
    char password[PASSWORD_MAX_BYTES + 16];
    enum password_verdict verdict;
    struct err *e = read_password(u, password, sizeof(password));

    if (e != NULL)
        return err_pass(e);
    verdict = password_judge(password, strlen(password), u->email, NULL);
    e = verdict == PASSWORD_OK
            ? err_pass(password_hash(password, strlen(password), u->password_hash))
            : err_raise(ERR_CONFLICT, "%s", verdict_text(verdict));
    crypt_wipe(password, sizeof(password));
    return e;
}

static struct err *audit_user(struct db *db, struct arena *a, int64_t user_id, const char *action)
{
    struct audit_who who = { .address = "fairwayctl" };
    struct audit_change change = { .kind = "user", .object_id = user_id, .action = action };

    return err_pass(audit_write(db, a, &who, &change));
}

static struct err *check_account(struct db *db, struct new_user *u)
{
    struct user account;
    bool found;

    if (u->account_id == 0)
        return NULL;
    TRY(db_one(db, u->ctl->a, &account_of_kind, DB_ARGS(DB_I(u->account_id), DB_S(u->audience)),
               &account, &found));
    return found ? NULL
                 : err_raise(ERR_CONFLICT, "there is no %s account %lld", u->audience,
                             (long long)u->account_id);
}

static struct err *check_manager(struct db *db, struct new_user *u)
{
    if (u->manager == NULL)
        return NULL;
    TRY(users_managers_of_addresses(db, u->ctl->a, &u->manager, 1, &u->manager_id));
    return u->manager_id != 0
               ? NULL
               : err_raise(ERR_CONFLICT, "%s is nobody of staff, or disabled", u->manager);
}

static struct err *insert_user(struct db *db, struct new_user *u, int64_t *id_out)
{
    const char *status = u->password_file != NULL ? "active" : "invited";
    struct err *e;

    e = db_insert(db, &add_user,
                  DB_ARGS(DB_S(u->audience), DB_ID(u->account_id), DB_S(u->email),
                          DB_S(identity_email_key(u->ctl->a, u->email)), DB_S(u->name),
                          DB_S(status), DB_S(u->scope), DB_ID(u->manager_id)),
                  id_out);
    if (!err_is(e, ERR_DUPLICATE))
        return err_pass(e);
    err_free(e);
    return err_raise(ERR_CONFLICT, "%s is a user already", u->email);
}

static struct err *add_in_transaction(struct db *db, void *arg)
{
    struct new_user *u = arg;
    int64_t id, given;

    TRY(check_account(db, u));
    TRY(check_manager(db, u));
    TRY(insert_user(db, u, &id));
    TRY(db_exec(db, &give_role, DB_ARGS(DB_I(id), DB_S(u->audience), DB_S(u->role)), &given));
    if (given == 0)
        return err_raise(ERR_CONFLICT, "%s has no role %s", u->audience, u->role);
    if (u->password_file != NULL)
        TRY(db_exec(db, &set_password, DB_ARGS(DB_I(id), DB_S(u->password_hash)), NULL));
    else
        TRY(identity_link_make(db, u->ctl->a, conf_url(&u->ctl->conf, str_eq(u->audience, "staff")),
                               "invite", id, &u->link));
    return err_pass(audit_user(db, u->ctl->a, id, "user.add"));
}

static struct err *run_add(struct ctl *ctl)
{
    struct new_user u = { .ctl = ctl };
    const struct ctl_option options[] = {
        { "audience", &u.audience, false },
        { "role", &u.role, false },
        { "name", &u.name, false },
        { "account", &u.account, false },
        { "scope", &u.scope, false },
        { "manager", &u.manager, false },
        { "password-file", &u.password_file, false },
        { 0 },
    };

    TRY(ctl_options(ctl, options, &u.email));
    TRY(check_new_user(&u));
    if (u.password_file != NULL)
        TRY(hash_password(&u));
    TRY(db_transaction(ctl->db, add_in_transaction, &u));
    if (u.link != NULL)
        fprintf(ctl->out, "%s sets a password here within 7 days, once:\n%s\n", u.email, u.link);
    else
        fprintf(ctl->out, "%s may log in\n", u.email);
    return NULL;
}

/* -- user reset ----------------------------------------------------------------------------------
 */

struct reset {
    struct ctl *ctl;
    const char *email, *second_factor;
    const char *link;
};

static struct err *drop_second_factor(struct db *db, int64_t user_id)
{
    TRY(db_exec(db, &drop_factor, DB_ARGS(DB_I(user_id)), NULL));
    return err_pass(db_exec(db, &drop_codes, DB_ARGS(DB_I(user_id)), NULL));
}

static struct err *reset_in_transaction(struct db *db, void *arg)
{
    struct reset *r = arg;
    struct arena *a = r->ctl->a;
    struct user user;
    bool found;

    TRY(db_one(db, a, &user_by_key, DB_ARGS(DB_S(identity_email_key(a, r->email))), &user, &found));
    if (!found)
        return err_raise(ERR_CONFLICT, "%s is no user", r->email);
    if (str_eq(user.status, "disabled"))
        return err_raise(ERR_CONFLICT, "%s is disabled", r->email);
    if (r->second_factor != NULL)
        TRY(drop_second_factor(db, user.id));
    TRY(session_end_all(db, user.id, 0));
    TRY(identity_link_make(db, a, conf_url(&r->ctl->conf, str_eq(user.audience, "staff")),
                           str_eq(user.status, "invited") ? "invite" : "reset", user.id, &r->link));
    return err_pass(
        audit_user(db, a, user.id, r->second_factor != NULL ? "user.reset_all" : "user.reset"));
}

static struct err *run_reset(struct ctl *ctl)
{
    struct reset r = { .ctl = ctl };
    const struct ctl_option options[] = { { "second-factor", &r.second_factor, true }, { 0 } };

    TRY(ctl_options(ctl, options, &r.email));
    TRY(db_transaction(ctl->db, reset_in_transaction, &r));
    fprintf(ctl->out, "All sessions are over.  A new password is set here, once:\n%s\n", r.link);
    return NULL;
}

const struct ctl_command ctl_user_commands[] = {
    { "user add",
      "EMAIL --audience partner|customer|staff --role ROLE --name NAME\n"
      "           [--account ID] [--scope own|team|department|all] [--manager EMAIL]\n"
      "           [--password-file FILE]",
      "make a user; prints an invitation, or sets the password (FILE of mode 0600; - is standard "
      "input)",
      true, run_add },
    { "user reset", "EMAIL [--second-factor]",
      "end all sessions and print a link for a new password; also drop the second factor", true,
      run_reset },
    { 0 },
};
