/* access/session.h - sessions: rows keyed by the hash of the cookie's token, so that reading the
 * table gives nobody a session.  public.fcgi writes them; the other programs read them and touch
 * last_seen_at (at most once a minute). */
#pragma once

#include "access/actor.h"
#include "base/arena.h"
#include "db/db.h"

enum { SESSION_TOKEN_BYTES = 44 }; /* base64url of 32 random bytes, with the end mark */

extern db_stmt_table session_read_statements[];  /* every program */
extern db_stmt_table session_write_statements[]; /* public.fcgi */
extern db_stmt_table
    session_end_statements[]; /* public.fcgi, staff.fcgi: ends, refreshes, limits */
extern db_stmt_table session_count_statements[]; /* every program that notifies people */

/* In the open transaction.  *found_out is false for an unknown, ended, idle or too old session, and
 * for a disabled user. */
struct err *session_find(struct db *db, struct arena *a, const char *token, struct actor *actor_out,
                         bool *found_out);
/* Small write of a GET, in its own transaction. */
struct err *session_touch(struct db *db, const struct actor *actor);

/* How far a member of staff sees: the departments from low to high, beside what is his own.
 * SCOPES: what is set at the person and in his roles, by commas; the widest counts. */
struct session_scope {
    int64_t low, high; /* low > high: none; 0 to INT64_MAX: everything */
};
struct session_scope session_scope_of(const char *scopes, int64_t department_id,
                                      int64_t department_last_id);

/* The person as an actor without a session, with his roles and departments as they are now: for
 * what is worked out for him while he is away.  *found_out is false for one who is not active. */
struct err *session_actor(struct db *db, struct arena *a, int64_t user_id, struct actor *actor_out,
                          bool *found_out);

struct session_new {
    int64_t user_id;
    const char *remote_addr;
    const char *user_agent;
    bool second_factor; /* proven just now */
    /* A member of staff looks, from this session of his: for an hour, and not longer than it. */
    int64_t seen_by, seen_session;
};
/* Gathers what travels with the row (account, permissions, language, zone, theme, counters, scope)
 * and writes it.  TOKEN_OUT goes into the cookie and nowhere else. */
struct err *session_create(struct db *db, struct arena *a, const struct session_new *from,
                           char token_out[SESSION_TOKEN_BYTES]);
struct err *session_end(struct db *db, int64_t session_id);
/* After the departments got other ids: the departments in scope of everybody who is logged in. */
struct err *session_refresh_departments(struct db *db);
/* Every session of a user but KEEP_ID (0: every one). */
struct err *session_end_all(struct db *db, int64_t user_id, int64_t keep_id);
/* Rewrites what travels with the rows of a user after his rights, name or settings changed. */
struct err *session_refresh(struct db *db, struct arena *a, int64_t user_id);
/* Gives the sessions of AUDIENCE the limits of the system parameters as they are now. */
struct err *session_apply_limits(struct db *db, struct arena *a, enum audience audience);
/* Adds BY to a counter of every session of a user and of the user's row. */
struct err *session_count(struct db *db, int64_t user_id, enum counter counter, int by);

/* Secret of the session's forms: HMAC-SHA-256(token, "form"). */
void session_form_key(const char *token, unsigned char out[32]);
