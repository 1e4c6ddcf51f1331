/* admin/users_email.c - another address for a person, given by staff.  It is his log-in and where
 * links are sent, so staff prove themselves first, both addresses are told, and whatever was sent
 * to the old one no longer works. */
#include "admin/users_inside.h"

#include "access/session.h"
#include "base/str.h"
#include "identity/identity.h"
#include "job/outbox.h"
#include "web/http.h"

struct err *users_ask_proof(struct request *req, const char *next, bool *asked_out)
{
    int64_t now;

    TRY(db_now(req->db, &now));
    *asked_out = req->actor->proved_at + IDENTITY_PROOF_US < now;
    if (!*asked_out)
        return NULL;
    return reply_redirect(req, NULL, "/account/prove?next=%s",
                          http_encode(req->arena, next, false));
}

static const char *page_address(struct request *req, const struct user_row *user)
{
    return arena_printf(req->arena, "%s/email", users_address(req, user));
}

struct err *users_email_show(struct request *req)
{
    const struct user_row *user = req->object;
    const struct users_email_input stored = { .email = user->email };

    form_show(req, &users_email_form, &stored);
    page_title(req, tr(req, N_("Change the e-mail")));
    page_crumb(req, tr(req, N_("Users")), "/staff/users");
    page_crumb(req, user->name, users_address(req, user));
    view_text(view_at(req->page, "User"), "Email", user->email);
    view_text(view_at(req->page, "User"), "Href", users_address(req, user));
    return NULL;
}

static struct err *tell(struct request *req, const struct user_row *user, const char *new_email)
{
    const struct mail_value values[] = { { .name = "Old", .value = user->email },
                                         { .name = "New", .value = new_email },
                                         { 0 } };
    struct mail mail = { .template = "identity/email_changed",
                         .user_id = user->id,
                         .kind = "",
                         .reason = N_("The e-mail of your log-in was changed."),
                         .values = values };

    TRY(outbox_add(req->db, req->arena, &mail));
    mail.user_id = 0;
    mail.to_address = user->email;
    mail.to_name = user->name;
    mail.lang = LANG_EN;
    lang_from_code(user->lang, &mail.lang);
    return err_pass(outbox_add(req->db, req->arena, &mail));
}

/* *taken_out: somebody has this address. */
static struct err *store(struct request *req, const struct user_row *user, const char *email,
                         bool *taken_out)
{
    struct err *e = db_exec(
        req->db, &users_staff_email,
        DB_ARGS(DB_S(email), DB_S(identity_email_key(req->arena, email)), DB_I(user->id)), NULL);

    *taken_out = err_is(e, ERR_DUPLICATE);
    if (!*taken_out)
        return err_pass(e);
    /* The unique key has answered. */
    err_ignore(e);
    return NULL;
}

struct err *users_email(struct request *req)
{
    const struct user_row *user = req->object;
    const struct users_email_input *in = req->input;
    enum users_verdict verdict;
    struct role_list list;
    bool asked, taken;

    TRY(users_ask_proof(req, page_address(req, user), &asked));
    if (asked)
        return NULL;
    TRY(users_may_touch(req, user, &list, &verdict));
    TRY(users_need(verdict));
    TRY(store(req, user, in->email, &taken));
    if (taken)
        return users_fault(req, USERS_EXISTS);
    TRY(db_exec(req->db, &users_links_void, DB_ARGS(DB_I(user->id)), NULL));
    TRY(session_end_all(req->db, user->id, req->actor->session_id));
    TRY(session_refresh(req->db, req->arena, user->id));
    TRY(request_audit(req, "user", user->id,
                      identity_json(req->arena, JSON_PAIRS({ "email", user->email })),
                      identity_json(req->arena, JSON_PAIRS({ "email", in->email }))));
    TRY(tell(req, user, in->email));
    return reply_redirect(req, "saved", "%s", users_address(req, user));
}
