/* identity/identity.h - who a person is: log-in, second factor, password, invitation, own profile
 * and sessions.  Its pages are served by public.fcgi, the only program that reads credentials.
 *
 * There is no half session: between the right password and the right code a browser holds a step (a
 * single-use row of its own, fifteen minutes), and only a proven person gets a session.  So nothing
 * behind a session needs to ask whether its owner has shown a second factor. */
#pragma once

#include "access/actor.h"
#include "access/audit.h"
#include "base/arena.h"
#include "base/conf.h"
#include "base/err.h"
#include "db/db.h"
#include "job/queue.h"
#include "web/request.h"

extern const struct route identity_routes[];           /* public.fcgi */
extern const struct object_kind identity_session_kind; /* public.fcgi */
extern db_stmt_table identity_statements[];            /* public.fcgi */
extern db_stmt_table identity_link_statements[];       /* the worker: identity_link_make() */
extern db_stmt_table identity_job_statements[];        /* the worker: identity_jobs */
extern const struct job_kind identity_jobs[];          /* the worker */

/* The key under which an address is found: letter case and forms of signs do not matter. */
char *identity_email_key(struct arena *a, const char *email);

/* How long after proving himself a person may do what is delicate without proving it again. */
#define IDENTITY_PROOF_US (10 * CLOCK_MINUTE)

/* Queues the mail with the link that lets USER set a password and begin.  In the open transaction.
 */
struct err *identity_invite(struct db *db, struct arena *a, int64_t user_id, const char *by_name,
                            const char *account_name);

/* A mail to a person about his own log-in, in the open transaction.  REASON: English message id. */
struct err *identity_mail_about(struct db *db, struct arena *a, int64_t user_id,
                                const char *template, const char *reason);

extern db_stmt_table identity_see_as_statements[]; /* public.fcgi */

struct json_pair {
    const char *name; /* NULL ends the list */
    const char *value;
};
/* A JSON object of texts, for audit rows and jobs. */
char *identity_json(struct arena *a, const struct json_pair *pairs);
#define JSON_PAIRS(...) ((const struct json_pair[]){ __VA_ARGS__, { 0 } })

/* What a person's sign-in state is called in lists: "invited", "active", "disabled". */
extern const struct status_row identity_user_status[];
