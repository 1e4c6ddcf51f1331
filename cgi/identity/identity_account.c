/* identity/identity_account.c - what a signed-in person keeps himself: profile, password, sessions.
 */
#include "identity/identity_inside.h"

#include "access/session.h"
#include "base/str.h"

#include <string.h>

static struct err *own_row(struct request *req, struct identity_user *user)
{
    return err_pass(db_get(req->db, req->arena, &identity_user_by_id,
                           DB_ARGS(DB_I(req->actor->user_id)), user));
}

/* -- profile ------------------------------------------------------------------------- */

static const char *theme_code(int64_t theme)
{
    return identity_themes[theme >= 0 && theme < THEME_COUNT ? theme : THEME_DEVICE].value;
}

static int64_t theme_number(const char *code)
{
    int64_t theme = THEME_DEVICE;

    while (theme < THEME_COUNT - 1 && !str_eq(identity_themes[theme].value, code))
        theme++;
    return theme;
}

static const char *profile_json(struct arena *a, const struct profile_input *p)
{
    return identity_json(a, JSON_PAIRS({ "language", p->language }, { "name", p->name },
                                       { "phone", p->phone }, { "theme", p->theme },
                                       { "title", p->title }, { "zone", p->zone }));
}

static struct profile_input stored_profile(const struct identity_user *user)
{
    return (struct profile_input){ .name = user->name,
                                   .title = user->title,
                                   .phone = user->phone,
                                   .language = user->lang,
                                   .zone = user->zone,
                                   .theme = theme_code(user->theme) };
}

struct err *identity_profile_show(struct request *req)
{
    struct identity_user user;
    struct profile_input stored;

    TRY(own_row(req, &user));
    stored = stored_profile(&user);
    page_title(req, tr(req, N_("My account")));
    identity_tabs(req);
    view_text(view_at(req->page, "Account"), "Email", user.email);
    form_show(req, &identity_profile_form, &stored);
    return NULL;
}

struct err *identity_profile(struct request *req)
{
    const struct profile_input *in = req->input;
    struct profile_input before;
    struct identity_user user;

    TRY(own_row(req, &user));
    before = stored_profile(&user);
    TRY(db_exec(req->db, &identity_profile_update,
                DB_ARGS(DB_S(in->name), DB_S(in->title), DB_S(in->phone), DB_S(in->language),
                        DB_S(in->zone), DB_I(theme_number(in->theme)), DB_I(user.id)),
                NULL));
    TRY(session_refresh(req->db, req->arena, user.id));
    TRY(request_audit(req, "user", user.id, profile_json(req->arena, &before),
                      profile_json(req->arena, in)));
    reply_own_language(req);
    return reply_redirect(req, "saved", "/account");
}

/* -- password ------------------------------------------------------------------------ */

struct err *identity_change_password_show(struct request *req)
{
    struct identity_user user;

    TRY(own_row(req, &user));
    page_title(req, tr(req, N_("Password")));
    identity_tabs(req);
    page_at(req, view_at(req->page, "Account"), "PasswordAt", user.password_changed_at);
    form_show(req, &identity_change_password_form, NULL);
    return NULL;
}

static struct err *wrong_password(struct request *req, const char *field)
{
    return identity_refuse(req, "user", req->actor->user_id, "password.refused", field,
                           tr(req, N_("This is not your password.")));
}

struct err *identity_change_password(struct request *req)
{
    const struct change_password_input *in = req->input;
    char hash[PASSWORD_HASH_BYTES];
    struct identity_user user;
    const char *fault;
    bool right;

    TRY(own_row(req, &user));
    TRY(identity_password_right(req, &user, in->current, &right));
    if (!right)
        return err_pass(wrong_password(req, "current"));
    fault = identity_judge(req, &user, in->password);
    if (fault != NULL)
        return err_pass(form_refuse_at(req, "password", fault));
    TRY(identity_password_hash(req, in->password, hash));
    TRY(db_exec(req->db, &identity_credential_set, DB_ARGS(DB_I(user.id), DB_S(hash)), NULL));
    TRY(db_exec(req->db, &identity_links_void, DB_ARGS(DB_I(user.id)), NULL));
    TRY(session_end_all(req->db, user.id, req->actor->session_id));
    TRY(request_audit(req, "user", user.id, NULL, NULL));
    TRY(identity_mail(req, user.id, "identity/password_changed",
                      N_("The password of your log-in was changed.")));
    return reply_redirect(req, "password_changed", "/account/password");
}

/* -- proving oneself again before something delicate --------------------------------- */

struct err *identity_prove_show(struct request *req)
{
    const struct next_query *query = req->input;
    struct prove_input stored = { .next = query != NULL ? query->next : NULL };
    struct identity_user user;

    TRY(own_row(req, &user));
    page_title(req, tr(req, N_("Confirm that it is you")));
    view_flag(req->page, "Factor", user.secret.data != NULL);
    form_show(req, &identity_prove_form, &stored);
    view_flag(view_at(view_at(view_at(req->page, "Form"), "F"), "code"), "Optional", false);
    return NULL;
}

struct err *identity_prove(struct request *req)
{
    const struct prove_input *in = req->input;
    const char *next = identity_next(in->next);
    struct identity_user user;
    bool right;

    TRY(own_row(req, &user));
    TRY(identity_password_right(req, &user, in->password, &right));
    if (!right)
        return err_pass(wrong_password(req, "password"));
    /* Else a password and a session that was left open would be enough for another factor. */
    if (user.secret.data != NULL)
        TRY(identity_factor_check(req, &user, in->code, &right));
    if (!right)
        return identity_refuse(req, "user", user.id, "second_factor.refused", "code",
                               tr(req, N_("This code is not right, or was used already.")));
    TRY(db_exec(req->db, &identity_session_prove,
                DB_ARGS(DB_I(req->actor->session_id), DB_I(user.id)), NULL));
    return reply_redirect(req, NULL, "%s", *next != '\0' ? next : "/account");
}

/* -- sessions ------------------------------------------------------------------------ */

#define SESSIONS_PAGE "/account/sessions"

static void show_session(struct request *req, const struct identity_session_row *row)
{
    struct view *v = view_row(req->page, "Sessions");

    view_int(v, "Id", row->id);
    view_text(v, "Browser", identity_browser_label(req->arena, row->user_agent));
    view_text(v, "Address", row->remote_addr);
    page_at(req, v, "Began", row->created_at);
    page_at(req, v, "Seen", row->last_seen_at);
    view_flag(v, "This", row->id == req->actor->session_id);
}

struct err *identity_sessions_show(struct request *req)
{
    struct identity_session_row *rows;
    size_t count;

    TRY(db_list(req->db, req->arena, &identity_session_list, DB_ARGS(DB_I(req->actor->user_id)),
                &rows, &count));
    page_title(req, tr(req, N_("Where you are logged in")));
    identity_tabs(req);
    for (size_t i = 0; i < count; i++)
        show_session(req, &rows[i]);
    view_flag(req->page, "Others", count > 1);
    return NULL;
}

struct err *identity_session_end_one(struct request *req)
{
    const struct identity_session_row *row = req->object;
    bool asked;

    TRY(identity_ask_proof(req, SESSIONS_PAGE, &asked));
    if (asked)
        return NULL;
    TRY(session_end(req->db, row->id));
    TRY(request_audit(req, "user", req->actor->user_id, NULL, NULL));
    return reply_redirect(req, "session_over", SESSIONS_PAGE);
}

/* Or whoever found a session open could end those of its owner. */
struct err *identity_session_end_others(struct request *req)
{
    bool asked;

    TRY(identity_ask_proof(req, SESSIONS_PAGE, &asked));
    if (asked)
        return NULL;
    TRY(session_end_all(req->db, req->actor->user_id, req->actor->session_id));
    TRY(request_audit(req, "user", req->actor->user_id, NULL, NULL));
    return reply_redirect(req, "sessions_over", SESSIONS_PAGE);
}
