/* identity/identity_enter.c - from a password to a session: the costly checks, browsers, steps and
 * cookies. */
#include "identity/identity_inside.h"

#include "access/session.h"
#include "base/str.h"
#include "identity/identity_slots.h"
#include "job/outbox.h"
#include "web/http.h"

#include <stdio.h>
#include <string.h>

enum { STEP_SECONDS = 15 * 60, DEVICE_SECONDS = 365 * 24 * 60 * 60 };

static const enum audience signed_in[] = { AUD_PARTNER, AUD_CUSTOMER, AUD_STAFF };

/* -- passwords ----------------------------------------------------------------------- */

struct err *identity_password_right(struct request *req, const struct identity_user *user,
                                    const char *password, bool *right_out)
{
    size_t len = strlen(password);
    int slot;

    TRY(identity_slot_take(req->conf, &slot));
    *right_out = user != NULL && user->password_hash != NULL
                     ? password_check(user->password_hash, password, len)
                     : password_check_nobody(password, len);
    identity_slot_give(slot);
    return NULL;
}

struct err *identity_password_hash(struct request *req, const char *password,
                                   char out[PASSWORD_HASH_BYTES])
{
    struct err *e;
    int slot;

    TRY(identity_slot_take(req->conf, &slot));
    e = password_hash(password, strlen(password), out);
    identity_slot_give(slot);
    return err_pass(e);
}

/* -- audit and mail ------------------------------------------------------------------ */

struct err *identity_audit_as(struct request *req, const struct identity_user *user,
                              const char *action, const char *after)
{
    struct actor self = actor_nobody(req->actor->lang);
    const struct audit_who who = { .actor = &self, .address = req->remote_addr };
    const struct audit_change change = {
        .kind = "user", .object_id = user->id, .action = action, .after = after
    };

    self.user_id = user->id;
    self.audience = audience_find(user->audience);
    return err_pass(audit_write(req->db, req->arena, &who, &change));
}

struct refusal {
    struct request *req;
    const char *kind, *action;
    int64_t object_id;
};

static struct err *write_refusal(struct db *db, void *arg)
{
    const struct refusal *r = arg;
    const struct audit_who who = { .actor = r->req->actor, .address = r->req->remote_addr };
    const struct audit_change change = { .kind = r->kind,
                                         .object_id = r->object_id,
                                         .action = r->action };

    return err_pass(audit_write(db, r->req->arena, &who, &change));
}

struct err *identity_refuse(struct request *req, const char *kind, int64_t object_id,
                            const char *action, const char *field, const char *message)
{
    struct refusal r = { .req = req, .kind = kind, .action = action, .object_id = object_id };

    db_rollback(req->db);
    TRY(db_transaction(req->db, write_refusal, &r));
    return err_pass(form_refuse_at(req, field, message));
}

struct err *identity_mail(struct request *req, int64_t user_id, const char *template,
                          const char *reason)
{
    const char *browser = identity_browser_label(req->arena, req->user_agent);
    const struct mail_value values[] = { { .name = "Address", .value = req->remote_addr },
                                         { .name = "Browser", .value = browser },
                                         { 0 } };
    const struct mail mail = {
        .template = template, .user_id = user_id, .kind = "", .reason = reason, .values = values
    };

    return err_pass(outbox_add(req->db, req->arena, &mail));
}

/* -- browsers ------------------------------------------------------------------------ */

struct err *identity_device(struct request *req, int64_t user_id, struct identity_known *known_out,
                            const char **mark_out)
{
    const char *cookie = request_cookie(req, "fw-device");
    const char *text = cookie != NULL ? cookie : "";
    unsigned char hash[SHA256_BYTES];
    char *hex = arena_alloc(req->arena, SHA256_HEX_BYTES);

    sha256(text, strlen(text), hash);
    str_hex(hash, sizeof(hash), hex);
    TRY(db_get(req->db, req->arena, &identity_device_find,
               DB_ARGS(DB_I(user_id), DB_B(hash, sizeof(hash)), DB_I(user_id)), known_out));
    *mark_out = known_out->known ? hex : NULL;
    return NULL;
}

/* A browser that is used stays known: its cookie lives another year, and its row with it. */
static struct err *see_again(struct request *req, int64_t user_id)
{
    const char *cookie = request_cookie(req, "fw-device");
    unsigned char hash[SHA256_BYTES];

    sha256(cookie, strlen(cookie), hash);
    reply_cookie(req, "fw-device", cookie, DEVICE_SECONDS);
    return err_pass(db_exec(req->db, &identity_device_seen,
                            DB_ARGS(DB_I(user_id), DB_B(hash, sizeof(hash))), NULL));
}

/* Remembers this browser for the person; the first one ever is nobody's surprise. */
static struct err *note_device(struct request *req, const struct identity_user *user)
{
    const char *cookie = request_cookie(req, "fw-device");
    struct identity_known known;
    const char *mark;
    char fresh[CRYPT_TOKEN_BYTES];
    unsigned char hash[SHA256_BYTES];

    TRY(identity_device(req, user->id, &known, &mark));
    if (known.known)
        return err_pass(see_again(req, user->id));
    if (cookie == NULL || strlen(cookie) != CRYPT_TOKEN_BYTES - 1) {
        crypt_token(fresh);
        cookie = arena_dup(req->arena, fresh);
        reply_cookie(req, "fw-device", cookie, DEVICE_SECONDS);
    }
    sha256(cookie, strlen(cookie), hash);
    TRY(db_exec(req->db, &identity_device_insert, DB_ARGS(DB_I(user->id), DB_B(hash, sizeof(hash))),
                NULL));
    if (known.devices == 0)
        return NULL;
    return err_pass(identity_mail(req, user->id, "identity/new_device",
                                  N_("Somebody logged in as you from a new browser.")));
}

/* -- sessions ------------------------------------------------------------------------ */

static const char *session_cookie(struct request *req, enum audience audience)
{
    return arena_printf(req->arena, "fw-%s", audience_name(audience));
}

/* What a browser presents at log-in may have been planted there: none of it lives on. */
struct err *identity_end_presented(struct request *req)
{
    for (size_t i = 0; i < ARRAY_LEN(signed_in); i++) {
        const char *name = session_cookie(req, signed_in[i]);
        const char *token = request_cookie(req, name);
        struct actor actor;
        bool found = false;

        if (token == NULL)
            continue;
        if (strlen(token) < SESSION_TOKEN_BYTES)
            TRY(session_find(req->db, req->arena, token, &actor, &found));
        if (found)
            TRY(session_end(req->db, actor.session_id));
        reply_cookie(req, name, "", -1);
    }
    return NULL;
}

struct err *identity_open_session(struct request *req, const struct identity_user *user,
                                  bool second_factor)
{
    const struct session_new from = { .user_id = user->id,
                                      .remote_addr = req->remote_addr,
                                      .user_agent = req->user_agent,
                                      .second_factor = second_factor };
    char token[SESSION_TOKEN_BYTES];

    TRY(identity_end_presented(req));
    TRY(session_create(req->db, req->arena, &from, token));
    reply_cookie(req, session_cookie(req, audience_find(user->audience)), token, 0);
    reply_own_language(req);
    crypt_wipe(token, sizeof(token));
    TRY(note_device(req, user));
    TRY(db_exec(req->db, &identity_login_noted, DB_ARGS(DB_I(user->id)), NULL));
    return err_pass(identity_audit_as(
        req, user, "login",
        identity_json(req->arena, JSON_PAIRS({ "second_factor", second_factor ? "yes" : "no" }))));
}

/* -- steps --------------------------------------------------------------------------- */

static struct err *begin_step(struct request *req, const struct identity_user *user,
                              const char *next)
{
    bool has_factor = user->secret.data != NULL;
    unsigned char hash[SHA256_BYTES];
    char token[CRYPT_TOKEN_BYTES];

    /* A secret is shown to one log-in alone: whoever guessed the password before must not have seen
     * what its owner then confirms. */
    if (!has_factor) {
        TRY(db_exec(req->db, &identity_steps_void, DB_ARGS(DB_I(user->id)), NULL));
        TRY(identity_factor_begin(req, user->id));
    }
    crypt_token(token);
    sha256(token, strlen(token), hash);
    TRY(db_exec(req->db, &identity_step_insert, DB_ARGS(DB_B(hash, sizeof(hash)), DB_I(user->id)),
                NULL));
    reply_cookie(req, "fw-step", token, STEP_SECONDS);
    crypt_wipe(token, sizeof(token));
    if (*next == '\0')
        return reply_redirect(req, NULL, "%s", has_factor ? "/2fa" : "/2fa/setup");
    return reply_redirect(req, NULL, "%s?next=%s", has_factor ? "/2fa" : "/2fa/setup",
                          http_encode(req->arena, next, false));
}

struct err *identity_passed(struct request *req, const struct identity_user *user, const char *next)
{
    next = identity_next(next);
    if (user->secret.data != NULL || user->factor_wanted)
        return err_pass(begin_step(req, user, next));
    TRY(identity_open_session(req, user, false));
    return reply_redirect(req, NULL, "%s",
                          *next != '\0' ? next : identity_home(audience_find(user->audience)));
}

struct err *identity_ask_proof(struct request *req, const char *next, bool *asked_out)
{
    int64_t now;

    TRY(db_now(req->db, &now));
    *asked_out = req->actor->proved_at + IDENTITY_PROOF_US < now;
    if (!*asked_out)
        return NULL;
    return reply_redirect(req, NULL, "/account/prove?next=%s",
                          http_encode(req->arena, next, false));
}
