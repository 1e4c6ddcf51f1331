/* identity/identity_factor.c - the second factor: setting one up, checking codes, recovery codes.
 */
#include "identity/identity_inside.h"

#include "base/str.h"
#include "crypt/qr.h"
#include "crypt/recovery.h"
#include "crypt/totp.h"
#include "identity/identity_slots.h"

#include <ctype.h>
#include <string.h>

/* -- a secret that waits for its first code ------------------------------------------ */

struct err *identity_factor_begin(struct request *req, int64_t user_id)
{
    unsigned char secret[TOTP_SECRET_BYTES];

    totp_secret_new(secret);
    TRY(db_exec(req->db, &identity_pending_set,
                DB_ARGS(DB_I(user_id), DB_B(secret, sizeof(secret))), NULL));
    crypt_wipe(secret, sizeof(secret));
    return NULL;
}

static struct err *find_pending(struct request *req, int64_t user_id, struct identity_pending *out)
{
    bool found;

    TRY(db_one(req->db, req->arena, &identity_pending_find, DB_ARGS(DB_I(user_id)), out, &found));
    if (!found || out->secret.len != TOTP_SECRET_BYTES)
        return err_raise(ERR_NOT_FOUND, "no second factor is being set up");
    return NULL;
}

/* "JBSW Y3DP ...": groups of four are easier to type. */
static const char *in_fours(struct arena *a, const char *text)
{
    size_t len = strlen(text), at = 0;
    char *out = arena_alloc(a, len + len / 4 + 1);

    for (size_t i = 0; i < len; i++) {
        if (i > 0 && i % 4 == 0)
            out[at++] = ' ';
        out[at++] = text[i];
    }
    return out;
}

struct err *identity_factor_show(struct request *req, const struct identity_user *user)
{
    struct view *v = view_at(req->page, "Factor");
    char text[TOTP_SECRET_TEXT_BYTES];
    struct identity_pending pending;
    struct qr qr;

    TRY(find_pending(req, user->id, &pending));
    totp_secret_text(pending.secret.data, text);
    TRY(qr_encode(req->arena,
                  totp_uri(req->arena, req->conf->vendor_name, user->email, pending.secret.data),
                  &qr));
    view_text(v, "Secret", in_fours(req->arena, text));
    view_text(v, "Qr", qr.path);
    view_text(v, "QrBox", arena_printf(req->arena, "0 0 %d %d", qr.size, qr.size));
    return NULL;
}

/* -- recovery codes ------------------------------------------------------------------ */

static void show_codes(struct request *req, const struct recovery_set *set)
{
    struct view *v = view_at(req->page, "Factor");

    for (int i = 0; i < RECOVERY_CODES; i++)
        view_text(view_row(v, "Codes"), "Code", set->codes[i]);
}

static struct err *make_codes(struct request *req, struct recovery_set *set)
{
    struct err *e;
    int slot;

    TRY(identity_slot_take(req->conf, &slot));
    e = recovery_new(set);
    identity_slot_give(slot);
    return err_pass(e);
}

static struct err *store_codes(struct request *req, int64_t user_id, const struct recovery_set *set)
{
    TRY(db_exec(req->db, &identity_codes_drop, DB_ARGS(DB_I(user_id)), NULL));
    for (int i = 0; i < RECOVERY_CODES; i++)
        TRY(db_exec(req->db, &identity_code_insert,
                    DB_ARGS(DB_I(user_id), DB_B(set->hashes[i], RECOVERY_HASH_BYTES)), NULL));
    show_codes(req, set);
    return NULL;
}

/* -- codes --------------------------------------------------------------------------- */

static bool is_six_digits(const char *typed)
{
    int digits = 0;

    for (const char *c = typed; *c != '\0'; c++) {
        if (*c == ' ')
            continue;
        if (!isdigit((unsigned char)*c))
            return false;
        digits++;
    }
    return digits == 6;
}

static struct err *check_totp(struct request *req, const struct identity_user *user,
                              const char *typed, bool *right_out)
{
    int64_t step, affected;

    *right_out = false;
    if (user->secret.len != TOTP_SECRET_BYTES ||
        !totp_check(user->secret.data, typed, clock_now_us(), &step))
        return NULL;
    TRY(db_exec(req->db, &identity_factor_step, DB_ARGS(DB_I(step), DB_I(user->id), DB_I(step)),
                &affected));
    *right_out = affected == 1;
    return NULL;
}

static struct err *hash_recovery(struct request *req, const struct identity_user *user,
                                 const char *typed, unsigned char out[RECOVERY_HASH_BYTES],
                                 bool *readable_out)
{
    struct err *e;
    int slot;

    *readable_out = false;
    TRY(identity_slot_take(req->conf, &slot));
    e = recovery_hash(typed, user->recovery_salt.data, out);
    identity_slot_give(slot);
    if (err_is(e, ERR_INVALID)) {
        /* What cannot be a code is simply a wrong one. */
        err_ignore(e);
        return NULL;
    }
    *readable_out = e == NULL;
    return err_pass(e);
}

static struct err *check_recovery(struct request *req, const struct identity_user *user,
                                  const char *typed, bool *right_out)
{
    unsigned char hash[RECOVERY_HASH_BYTES];
    int64_t affected;
    bool readable;

    *right_out = false;
    if (user->recovery_salt.len != RECOVERY_SALT_BYTES)
        return NULL;
    TRY(hash_recovery(req, user, typed, hash, &readable));
    if (!readable)
        return NULL;
    TRY(db_exec(req->db, &identity_code_use, DB_ARGS(DB_I(user->id), DB_B(hash, sizeof(hash))),
                &affected));
    *right_out = affected == 1;
    if (*right_out)
        TRY(identity_mail(req, user->id, "identity/recovery_used",
                          N_("A recovery code of your log-in was used.")));
    return NULL;
}

struct err *identity_factor_check(struct request *req, const struct identity_user *user,
                                  const char *code, bool *right_out)
{
    return is_six_digits(code) ? err_pass(check_totp(req, user, code, right_out))
                               : err_pass(check_recovery(req, user, code, right_out));
}

struct err *identity_factor_confirm(struct request *req, const struct identity_user *user,
                                    const char *code, bool *right_out)
{
    struct identity_pending pending;
    struct recovery_set set;
    int64_t step;

    TRY(find_pending(req, user->id, &pending));
    *right_out =
        is_six_digits(code) && totp_check(pending.secret.data, code, clock_now_us(), &step);
    if (!*right_out)
        return NULL;
    TRY(make_codes(req, &set));
    TRY(db_exec(req->db, &identity_factor_set,
                DB_ARGS(DB_I(user->id), DB_B(pending.secret.data, pending.secret.len), DB_I(step),
                        DB_B(set.salt, sizeof(set.salt))),
                NULL));
    TRY(db_exec(req->db, &identity_pending_drop, DB_ARGS(DB_I(user->id)), NULL));
    TRY(store_codes(req, user->id, &set));
    crypt_wipe(&set, sizeof(set));
    TRY(identity_audit_as(req, user, "second_factor.set", NULL));
    return err_pass(identity_mail(req, user->id, "identity/factor_set",
                                  N_("The second factor of your log-in was changed.")));
}

/* -- the page of a signed-in person -------------------------------------------------- */

#define FACTOR_PAGE "/account/second-factor"

static struct err *own_row(struct request *req, struct identity_user *user)
{
    return err_pass(db_get(req->db, req->arena, &identity_user_by_id,
                           DB_ARGS(DB_I(req->actor->user_id)), user));
}

static struct err *show_state(struct request *req, const struct identity_user *user)
{
    struct view *v = view_at(req->page, "Factor");
    struct identity_count left;

    view_flag(v, "On", user->secret.data != NULL);
    view_flag(v, "Wanted", user->factor_wanted);
    if (user->secret.data == NULL)
        return NULL;
    page_at(req, v, "Since", user->factor_at);
    TRY(db_get(req->db, req->arena, &identity_codes_left, DB_ARGS(DB_I(user->id)), &left));
    page_int(req, v, "CodesLeft", left.n);
    view_flag(v, "FewCodes", left.n < 3);
    return NULL;
}

struct err *identity_factor_page(struct request *req)
{
    struct identity_pending pending;
    struct identity_user user;
    bool waiting;

    TRY(own_row(req, &user));
    page_title(req, tr(req, N_("Second factor")));
    identity_tabs(req);
    TRY(show_state(req, &user));
    TRY(db_one(req->db, req->arena, &identity_pending_find, DB_ARGS(DB_I(user.id)), &pending,
               &waiting));
    if (waiting)
        TRY(identity_factor_show(req, &user));
    form_show(req, &identity_code_form, NULL);
    form_show_as(req, "Off", &identity_factor_off_form, NULL);
    return NULL;
}

struct err *identity_factor_start(struct request *req)
{
    bool asked;

    TRY(identity_ask_proof(req, FACTOR_PAGE, &asked));
    if (asked)
        return NULL;
    TRY(identity_factor_begin(req, req->actor->user_id));
    return reply_redirect(req, NULL, FACTOR_PAGE);
}

static struct err *codes_page(struct request *req)
{
    page_title(req, tr(req, N_("Your recovery codes")));
    view_text(req->page, "Next", FACTOR_PAGE);
    return reply_page(req, "identity/codes.cs");
}

struct err *identity_factor_finish(struct request *req)
{
    const struct code_input *in = req->input;
    struct identity_user user;
    bool asked, right;

    TRY(identity_ask_proof(req, FACTOR_PAGE, &asked));
    if (asked)
        return NULL;
    TRY(own_row(req, &user));
    TRY(identity_factor_confirm(req, &user, in->code, &right));
    if (!right)
        return identity_refuse(
            req, "user", user.id, "second_factor.refused", "code",
            tr(req, N_("This code does not fit. Scan the picture again, and check"
                       " the clock of your phone.")));
    return err_pass(codes_page(req));
}

struct err *identity_factor_codes(struct request *req)
{
    struct identity_user user;
    struct recovery_set set;
    bool asked;

    TRY(identity_ask_proof(req, FACTOR_PAGE, &asked));
    if (asked)
        return NULL;
    TRY(own_row(req, &user));
    if (user.secret.data == NULL)
        return err_raise(ERR_CONFLICT, "recovery codes without a second factor");
    TRY(make_codes(req, &set));
    TRY(db_exec(req->db, &identity_factor_salt,
                DB_ARGS(DB_B(set.salt, sizeof(set.salt)), DB_I(user.id)), NULL));
    TRY(store_codes(req, user.id, &set));
    crypt_wipe(&set, sizeof(set));
    TRY(request_audit(req, "user", user.id, NULL, NULL));
    return err_pass(codes_page(req));
}

/* -- turning it off: password and code ----------------------------------------------- */

static struct err *factor_off_refused(struct request *req, const char *field, const char *message)
{
    return identity_refuse(req, "user", req->actor->user_id, "second_factor.refused", field,
                           message);
}

static struct err *drop_factor(struct request *req, int64_t user_id)
{
    TRY(db_exec(req->db, &identity_codes_drop, DB_ARGS(DB_I(user_id)), NULL));
    TRY(db_exec(req->db, &identity_pending_drop, DB_ARGS(DB_I(user_id)), NULL));
    TRY(db_exec(req->db, &identity_factor_drop, DB_ARGS(DB_I(user_id)), NULL));
    TRY(request_audit(req, "user", user_id, NULL, NULL));
    return err_pass(identity_mail(req, user_id, "identity/factor_off",
                                  N_("The second factor of your log-in was turned off.")));
}

struct err *identity_factor_off(struct request *req)
{
    const struct factor_off_input *in = req->input;
    struct identity_user user;
    bool right;

    TRY(own_row(req, &user));
    if (user.secret.data == NULL || user.factor_wanted)
        return err_raise(ERR_CONFLICT, "no second factor, or one that is required");
    TRY(identity_password_right(req, &user, in->password, &right));
    if (!right)
        return factor_off_refused(req, "password", tr(req, N_("This is not your password.")));
    TRY(identity_factor_check(req, &user, in->code, &right));
    if (!right)
        return factor_off_refused(req, "code",
                                  tr(req, N_("This code is not right, or was used already.")));
    TRY(drop_factor(req, user.id));
    return reply_redirect(req, "factor_off", FACTOR_PAGE);
}
