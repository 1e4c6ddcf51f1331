/* identity/identity_password.c - setting a password by a link of a mail: reset and invitation. */
#include "identity/identity_inside.h"

#include "access/session.h"
#include "base/str.h"
#include "job/values.h"
#include "text/lang.h"

#include <string.h>

/* -- asking for a link --------------------------------------------------------------- */

struct err *identity_reset_show(struct request *req)
{
    page_title(req, tr(req, N_("Forgot your password?")));
    form_show(req, &identity_reset_form, NULL);
    return NULL;
}

/* Whether the address belongs to somebody, only the worker looks up: here every address is the same
 * work and the same answer. */
struct err *identity_reset(struct request *req)
{
    const struct reset_input *in = req->input;
    const char *key = identity_email_key(req->arena, in->email);

    const struct mail_value payload[] = { { .name = "Key", .value = key },
                                          { .name = "Address", .value = req->remote_addr },
                                          { 0 } };

    TRY(job_add(req->db, "identity.reset", 0, 0, values_write(req->arena, payload), NULL));
    return reply_redirect(req, "reset_sent", "/login");
}

/* -- a link that was followed -------------------------------------------------------- */

struct link {
    unsigned char hash[SHA256_BYTES];
    const char *kind;
    struct identity_user user;
    bool good;
};

/* A link is good for a person in the state that its kind is for. */
static struct err *link_read(struct request *req, const char *kind, const char *status,
                             struct link *link)
{
    const char *token = request_param(req, "token");
    struct identity_link_row row;

    *link = (struct link){ .kind = kind };
    sha256(token, strlen(token), link->hash);
    TRY(db_one(req->db, req->arena, &identity_link_find,
               DB_ARGS(DB_B(link->hash, sizeof(link->hash)), DB_S(kind)), &row, &link->good));
    if (!link->good)
        return NULL;
    TRY(db_get(req->db, req->arena, &identity_user_by_id, DB_ARGS(DB_I(row.user_id)), &link->user));
    link->good = str_eq(link->user.status, status) && !link->user.account_ended;
    return NULL;
}

static struct err *link_dead(struct request *req)
{
    page_title(req, tr(req, N_("This link no longer works")));
    return reply_page(req, "identity/link_dead.cs");
}

/* Uses the link up and sets the password; *used_out is false for all but one of parallel uses. */
static struct err *link_set_password(struct request *req, const struct link *link, const char *hash,
                                     bool *used_out)
{
    int64_t affected;

    TRY(db_exec(req->db, &identity_link_use,
                DB_ARGS(DB_B(link->hash, sizeof(link->hash)), DB_S(link->kind)), &affected));
    *used_out = affected == 1;
    if (!*used_out)
        return NULL;
    TRY(db_exec(req->db, &identity_links_void, DB_ARGS(DB_I(link->user.id)), NULL));
    TRY(db_exec(req->db, &identity_credential_set, DB_ARGS(DB_I(link->user.id), DB_S(hash)), NULL));
    return err_pass(session_end_all(req->db, link->user.id, 0));
}

/* A fault of the new password, or its hash. */
static struct err *take_password(struct request *req, const struct identity_user *user,
                                 const char *password, char hash[PASSWORD_HASH_BYTES])
{
    const char *fault = identity_judge(req, user, password);

    if (fault != NULL)
        return err_pass(form_refuse_at(req, "password", fault));
    return err_pass(identity_password_hash(req, password, hash));
}

/* -- reset --------------------------------------------------------------------------- */

struct err *identity_new_password_show(struct request *req)
{
    struct link link;

    TRY(link_read(req, "reset", "active", &link));
    if (!link.good)
        return err_pass(link_dead(req));
    page_title(req, tr(req, N_("Choose a new password")));
    view_text(view_at(req->page, "Link"), "Email", link.user.email);
    view_flag(view_at(req->page, "Link"), "Factor", link.user.secret.data != NULL);
    form_show(req, &identity_password_form, NULL);
    return NULL;
}

struct err *identity_new_password(struct request *req)
{
    const struct password_input *in = req->input;
    char hash[PASSWORD_HASH_BYTES];
    struct link link;
    bool used;

    TRY(link_read(req, "reset", "active", &link));
    if (!link.good)
        return err_pass(link_dead(req));
    TRY(take_password(req, &link.user, in->password, hash));
    TRY(link_set_password(req, &link, hash, &used));
    if (!used)
        return err_pass(link_dead(req));
    TRY(identity_audit_as(req, &link.user, "password.reset", NULL));
    TRY(identity_mail(req, link.user.id, "identity/password_changed",
                      N_("The password of your log-in was changed.")));
    return reply_redirect(req, "password_set", "/login");
}

/* -- invitation ---------------------------------------------------------------------- */

static void show_invitation(struct request *req, const struct identity_user *user)
{
    struct view *v = view_at(req->page, "Link");

    view_text(v, "Email", user->email);
    view_text(v, "Account",
              user->account_name != NULL ? user->account_name : req->conf->vendor_name);
    view_flag(v, "Factor", user->factor_wanted);
}

struct err *identity_invited_show(struct request *req)
{
    struct accept_input stored = { 0 };
    struct link link;

    TRY(link_read(req, "invite", "invited", &link));
    if (!link.good)
        return err_pass(link_dead(req));
    page_title(req, tr(req, N_("Welcome: choose your password")));
    show_invitation(req, &link.user);
    stored.name = link.user.name;
    stored.language = lang_code(text_locale_lang(req->locale));
    form_show(req, &identity_accept_form, &stored);
    return NULL;
}

/* What the person has chosen counts from here on, also for what follows in this request. */
static struct err *accept(struct request *req, struct identity_user *user,
                          const struct accept_input *in)
{
    int64_t affected;

    TRY(db_exec(req->db, &identity_user_accept,
                DB_ARGS(DB_S(in->name), DB_S(in->language), DB_I(user->id)), &affected));
    if (affected != 1)
        return err_raise(ERR_CONFLICT, "the invitation was accepted meanwhile");
    user->name = in->name;
    user->status = "active";
    TRY(job_add(req->db, "users.joined", user->id, 0, NULL, NULL));
    return err_pass(identity_audit_as(req, user, "user.accept", NULL));
}

struct err *identity_invited(struct request *req)
{
    const struct accept_input *in = req->input;
    char hash[PASSWORD_HASH_BYTES];
    struct link link;
    bool used;

    TRY(link_read(req, "invite", "invited", &link));
    if (!link.good)
        return err_pass(link_dead(req));
    TRY(take_password(req, &link.user, in->password, hash));
    TRY(link_set_password(req, &link, hash, &used));
    if (!used)
        return err_pass(link_dead(req));
    TRY(accept(req, &link.user, in));
    return err_pass(identity_passed(req, &link.user, ""));
}
