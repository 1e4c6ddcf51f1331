/* identity/identity_inside.h - what the files of this room share, and nobody else needs. */
#pragma once

#include "crypt/hash.h"
#include "crypt/password.h"
#include "crypt/random.h"
#include "identity/identity.h"
#include "identity/identity_forms.h"
#include "identity/identity_sql.h"
#include "identity/identity_throttle.h"
#include "web/request.h"

/* -- identity.c: rules --------------------------------------------------------------- */

/* An active person of an account that has not ended. */
bool identity_may_enter(const struct identity_user *user);
/* NEXT when it is an address of ours that a log-in may lead to, else "". */
const char *identity_next(const char *next);
/* Where an audience is at home: "/partner/". */
const char *identity_home(enum audience audience);
/* What is wrong with a new password, in the visitor's language; NULL when it is fine. */
const char *identity_judge(const struct request *req, const struct identity_user *user,
                           const char *password);
/* Under which record refused log-ins of an address stand: the same for known and unknown ones. */
int64_t identity_attempt_id(const char *email_key);
/* "Firefox, Windows" from what a browser says of itself. */
const char *identity_browser_label(struct arena *a, const char *user_agent);

/* The parts of one's account as Tabs, the one of this page marked. */
void identity_tabs(struct request *req);

/* -- identity_enter.c: passwords, steps, sessions ------------------------------------ */

/* Checks PASSWORD against the user's, or does the same work for nobody (NULL). */
struct err *identity_password_right(struct request *req, const struct identity_user *user,
                                    const char *password, bool *right_out);
struct err *identity_password_hash(struct request *req, const char *password,
                                   char out[PASSWORD_HASH_BYTES]);
/* The person has given the right password (or his invitation's): on to the second factor, or in. */
struct err *identity_passed(struct request *req, const struct identity_user *user,
                            const char *next);
/* A new session; whatever sessions this browser presented are over.  The answer is the caller's. */
struct err *identity_open_session(struct request *req, const struct identity_user *user,
                                  bool second_factor);
struct err *identity_end_presented(struct request *req);
/* What this browser is to USER (0: to nobody): MARK is NULL when it is not known. */
struct err *identity_device(struct request *req, int64_t user_id, struct identity_known *known_out,
                            const char **mark_out);
/* Appends to the chain of a person as that person himself, who has no session yet. */
struct err *identity_audit_as(struct request *req, const struct identity_user *user,
                              const char *action, const char *after);
/* Ends the request's transaction and keeps nothing of it but this refusal; then the form again. */
struct err *identity_refuse(struct request *req, const char *kind, int64_t object_id,
                            const char *action, const char *field, const char *message);
/* Security mail to a person about himself. */
struct err *identity_mail(struct request *req, int64_t user_id, const char *template,
                          const char *reason);
/* The redirect to the page that asks for the password, unless it was shown lately: then NULL and
 * *asked_out false. */
struct err *identity_ask_proof(struct request *req, const char *next, bool *asked_out);

/* -- identity_factor.c --------------------------------------------------------------- */

/* Puts a new secret there to be confirmed, in the place of one that waits. */
struct err *identity_factor_begin(struct request *req, int64_t user_id);
/* QR code and key of the secret that waits, under Factor; ERR_NOT_FOUND when none does. */
struct err *identity_factor_show(struct request *req, const struct identity_user *user);
/* Confirms the waiting secret with a first code and shows new recovery codes under Factor.Codes. */
struct err *identity_factor_confirm(struct request *req, const struct identity_user *user,
                                    const char *code, bool *right_out);
/* Six digits against the confirmed secret, or a recovery code; each works once. */
struct err *identity_factor_check(struct request *req, const struct identity_user *user,
                                  const char *code, bool *right_out);

/* -- handlers, listed in identity_routes.c ------------------------------------------- */
struct err *identity_login_show(struct request *req);
struct err *identity_login(struct request *req);
struct err *identity_code_show(struct request *req);
struct err *identity_code_again(struct request *req);
struct err *identity_code(struct request *req);
struct err *identity_setup_show(struct request *req);
struct err *identity_setup_again(struct request *req);
struct err *identity_setup(struct request *req);
struct err *identity_logout(struct request *req);
struct err *identity_reset_show(struct request *req);
struct err *identity_see_as_show(struct request *req);
struct err *identity_see_as_begin(struct request *req);
struct err *identity_see_as_end(struct request *req);
struct err *identity_reset(struct request *req);
struct err *identity_new_password_show(struct request *req);
struct err *identity_new_password(struct request *req);
struct err *identity_invited_show(struct request *req);
struct err *identity_invited(struct request *req);
struct err *identity_profile_show(struct request *req);
struct err *identity_profile(struct request *req);
struct err *identity_change_password_show(struct request *req);
struct err *identity_change_password(struct request *req);
struct err *identity_prove_show(struct request *req);
struct err *identity_prove(struct request *req);
struct err *identity_factor_page(struct request *req);
struct err *identity_factor_start(struct request *req);
struct err *identity_factor_finish(struct request *req);
struct err *identity_factor_codes(struct request *req);
struct err *identity_factor_off(struct request *req);
struct err *identity_sessions_show(struct request *req);
struct err *identity_session_end_one(struct request *req);
struct err *identity_session_end_others(struct request *req);
