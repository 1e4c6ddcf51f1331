/* identity/identity_login.c - the log-in: password, then code, then session; and out again.
 *
 * Known and unknown addresses get the same answer after the same work: one look-up, one count, one
 * slow hash, one audit row. */
#include "identity/identity_inside.h"

#include "access/session.h"
#include "base/str.h"
#include "web/http.h"

#include <string.h>

#define NOT_RIGHT N_("E-mail or password is not right.")

/* -- password ------------------------------------------------------------------------ */

struct err *identity_login_show(struct request *req)
{
    const struct next_query *query = req->input;
    struct login_input stored = { .email = "", .next = query != NULL ? query->next : NULL };

    if (actor_is_signed_in(req->actor))
        return reply_redirect(req, NULL, "%s", identity_home(req->actor->audience));
    page_title(req, tr(req, N_("Log in")));
    form_show(req, &identity_login_form, &stored);
    return NULL;
}

struct attempt {
    struct identity_user user;
    bool found;
    const char *key, *device;
    struct throttle throttle;
};

static struct err *attempt_begin(struct request *req, const char *email, struct attempt *t)
{
    struct identity_known known;

    t->key = identity_email_key(req->arena, email);
    TRY(db_one(req->db, req->arena, &identity_user_by_key, DB_ARGS(DB_S(t->key)), &t->user,
               &t->found));
    TRY(identity_device(req, t->user.id, &known, &t->device));
    /* Nothing was written yet; counting and hashing are done without a transaction. */
    db_rollback(req->db);
    return err_pass(throttle_enter(req, &throttle_login, t->key, t->device, &t->throttle));
}

/* A hash made with yesterday's cost is made again while the password is at hand. */
static struct err *renew_hash(struct request *req, const struct identity_user *user,
                              const char *password)
{
    char hash[PASSWORD_HASH_BYTES];

    if (!password_needs_rehash(user->password_hash))
        return NULL;
    TRY(identity_password_hash(req, password, hash));
    return err_pass(
        db_exec(req->db, &identity_credential_set, DB_ARGS(DB_I(user->id), DB_S(hash)), NULL));
}

struct err *identity_login(struct request *req)
{
    const struct login_input *in = req->input;
    struct attempt t = { 0 };
    bool right;

    TRY(attempt_begin(req, in->email, &t));
    TRY(identity_password_right(req, t.found ? &t.user : NULL, in->password, &right));
    if (!right || !identity_may_enter(&t.user))
        return identity_refuse(req, "login", identity_attempt_id(t.key), "login.refused",
                               "password", tr(req, NOT_RIGHT));
    TRY(request_begin_again(req));
    TRY(throttle_forgive(req, &t.throttle));
    TRY(renew_hash(req, &t.user, in->password));
    return err_pass(identity_passed(req, &t.user, in->next));
}

/* -- second factor ------------------------------------------------------------------- */

struct step {
    struct identity_user user;
    unsigned char hash[SHA256_BYTES];
    bool found;
};

static struct err *step_find(struct request *req, struct step *step)
{
    const char *token = request_cookie(req, "fw-step");
    struct identity_link_row link;

    *step = (struct step){ 0 };
    if (str_is_empty(token))
        return NULL;
    sha256(token, strlen(token), step->hash);
    TRY(db_one(req->db, req->arena, &identity_link_find,
               DB_ARGS(DB_B(step->hash, sizeof(step->hash)), DB_S("login")), &link, &step->found));
    if (!step->found)
        return NULL;
    TRY(db_get(req->db, req->arena, &identity_user_by_id, DB_ARGS(DB_I(link.user_id)),
               &step->user));
    step->found = identity_may_enter(&step->user);
    return NULL;
}

static struct err *step_over(struct request *req)
{
    reply_cookie(req, "fw-step", "", -1);
    return reply_redirect(req, "login_again", "/login");
}

/* The step acts once: of parallel codes that are all right, one opens a session. */
static struct err *step_use(struct request *req, const struct step *step, bool *used_out)
{
    int64_t affected;

    TRY(db_exec(req->db, &identity_link_use,
                DB_ARGS(DB_B(step->hash, sizeof(step->hash)), DB_S("login")), &affected));
    *used_out = affected == 1;
    if (*used_out)
        reply_cookie(req, "fw-step", "", -1);
    return NULL;
}

static const char *after_login(const struct identity_user *user, const char *next)
{
    next = identity_next(next);
    return *next != '\0' ? next : identity_home(audience_find(user->audience));
}

static struct err *code_page(struct request *req, const char *next)
{
    const struct code_input stored = { .code = "", .next = next };

    page_title(req, tr(req, N_("Enter your code")));
    form_show(req, &identity_code_form, &stored);
    return NULL;
}

struct err *identity_code_show(struct request *req)
{
    const struct next_query *query = req->input;
    struct step step;

    TRY(step_find(req, &step));
    if (!step.found || step.user.secret.data == NULL)
        return err_pass(step_over(req));
    return err_pass(code_page(req, query->next));
}

struct err *identity_code_again(struct request *req)
{
    return err_pass(code_page(req, ""));
}

static struct err *refuse_code(struct request *req, const struct step *step, int left)
{
    const char *words =
        trn(req, N_("This code is not right, or was used already. You have %s try left."),
            N_("This code is not right, or was used already. You have %s tries left."), left);

    return identity_refuse(req, "user", step->user.id, "login.code_refused", "code", words);
}

/* Throttled by person, before anything is compared; leaves with a write transaction open. */
static struct err *code_enter(struct request *req, struct step *step, struct throttle *throttle)
{
    struct identity_known known;
    const char *device;

    TRY(identity_device(req, step->user.id, &known, &device));
    db_rollback(req->db);
    TRY(throttle_enter(req, &throttle_code, arena_number(req->arena, "", step->user.id), device,
                       throttle));
    return err_pass(request_begin_again(req));
}

struct err *identity_code(struct request *req)
{
    const struct code_input *in = req->input;
    struct throttle throttle;
    struct step step;
    bool right, used;

    TRY(step_find(req, &step));
    if (!step.found || step.user.secret.data == NULL)
        return err_pass(step_over(req));
    TRY(code_enter(req, &step, &throttle));
    TRY(identity_factor_check(req, &step.user, in->code, &right));
    if (!right)
        return refuse_code(req, &step, throttle.left);
    TRY(step_use(req, &step, &used));
    if (!used)
        return err_pass(step_over(req));
    TRY(throttle_forgive(req, &throttle));
    TRY(identity_open_session(req, &step.user, true));
    return reply_redirect(req, NULL, "%s", after_login(&step.user, in->next));
}

/* -- setting up a second factor before the first session ----------------------------- */

static struct err *setup_page(struct request *req, const struct step *step, const char *next)
{
    const struct code_input stored = { .code = "", .next = next };

    page_title(req, tr(req, N_("Set up your second factor")));
    form_show(req, &identity_code_form, &stored);
    return err_pass(identity_factor_show(req, &step->user));
}

struct err *identity_setup_show(struct request *req)
{
    const struct next_query *query = req->input;
    struct step step;

    TRY(step_find(req, &step));
    if (!step.found || step.user.secret.data != NULL)
        return err_pass(step_over(req));
    return err_pass(setup_page(req, &step, query->next));
}

struct err *identity_setup_again(struct request *req)
{
    struct step step;

    TRY(step_find(req, &step));
    if (!step.found)
        return err_raise(ERR_NOT_FOUND, "the step has ended");
    return err_pass(setup_page(req, &step, ""));
}

struct err *identity_setup(struct request *req)
{
    const struct code_input *in = req->input;
    struct throttle throttle;
    struct step step;
    bool right, used;

    TRY(step_find(req, &step));
    if (!step.found || step.user.secret.data != NULL)
        return err_pass(step_over(req));
    TRY(code_enter(req, &step, &throttle));
    TRY(step_use(req, &step, &used));
    if (!used)
        return err_pass(step_over(req));
    TRY(identity_factor_confirm(req, &step.user, in->code, &right));
    if (!right)
        return refuse_code(req, &step, throttle.left);
    TRY(throttle_forgive(req, &throttle));
    TRY(identity_open_session(req, &step.user, true));
    page_title(req, tr(req, N_("Your recovery codes")));
    view_text(req->page, "Next", after_login(&step.user, in->next));
    return reply_page(req, "identity/codes.cs");
}

/* -- out ----------------------------------------------------------------------------- */

struct err *identity_logout(struct request *req)
{
    if (actor_is_signed_in(req->actor))
        TRY(request_audit(req, "user", req->actor->user_id, NULL, NULL));
    TRY(identity_end_presented(req));
    reply_header(req, "Clear-Site-Data", "\"cache\", \"storage\"");
    return reply_redirect(req, "signed_out", "/login");
}
