/* support/webtest.h - visitors of a program without a socket: requests go through serve() in this
 * process, against a schema of its own that the program reaches under its own account.
 *
 * Everything fails the test by itself (cmocka) when it cannot be done; texts live until the next
 * request. */
#pragma once

#include "access/actor.h"
#include "base/conf.h"
#include "db/db.h"
#include "web/serve.h"

struct webtest;

/* A schema of its own for all webtests of this process that share FIRST; NULL makes one. */
struct webtest *webtest_open(const struct program *program, struct webtest *first);
void webtest_close(struct webtest *w); /* the one that made the schema last */
struct db *webtest_admin(
    struct webtest *w); /* the server's administrator in the same schema, no tables */
const char *webtest_schema(const struct webtest *w);
struct conf *webtest_conf(struct webtest *w); /* before the first request */
struct server_state *webtest_state(struct webtest *w);

enum { VISITOR_COOKIES = 8, COOKIE_NAME_BYTES = 40, COOKIE_VALUE_BYTES = 100 };

/* A browser: cookies, language, address.  Zeroed is a guest. */
struct visitor {
    struct {
        char name[COOKIE_NAME_BYTES], value[COOKIE_VALUE_BYTES];
    } cookies[VISITOR_COOKIES];
    const char *language;   /* Accept-Language; NULL: none */
    const char *address;    /* NULL: 192.0.2.1 */
    const char *user_agent; /* NULL: "test"; "": none sent */
    const char *origin;     /* NULL: none sent */
    const char *host;       /* NULL: that of the base URL */
    const char *site;       /* Sec-Fetch-Site; NULL: none sent */
    bool htmx;
    int64_t user_id, account_id;
};

struct answer {
    int status;
    const char *headers, *body;
    size_t body_len;
    bool broken; /* a stream that was broken off */
};

/* A signed-in visitor with exactly these permissions: a user, an account unless AUDIENCE is staff,
 * and a session row.  ACCOUNT_ID 0: a new one. */
void webtest_sign_in(struct webtest *w, struct visitor *v, enum audience audience,
                     const struct permission_set *permissions, int64_t account_id);
/* Makes a cookie of this session token, as after log-in. */
void webtest_use_token(struct visitor *v, enum audience audience, const char *token);

/* As if an answer had set it. */
void webtest_use_cookie(struct visitor *v, const char *name, const char *value);

/* ADDRESS is path and query. */
struct answer webtest_get(struct webtest *w, struct visitor *v, const char *address);
/* BODY is urlencoded and sent as it is, without a token. */
struct answer webtest_post_bare(struct webtest *w, struct visitor *v, const char *path,
                                const char *body);
/* The token of the page at PAGE, in memory of the harness. */
const char *webtest_token(struct webtest *w, struct visitor *v, const char *page);
/* A token made from the visitor's cookie of AUDIENCE, for a path whose page is not at hand. */
const char *webtest_own_token(struct webtest *w, const struct visitor *v, enum audience audience);
/* Fetches PAGE, takes its token, posts BODY with it to PATH. */
struct answer webtest_post(struct webtest *w, struct visitor *v, const char *page, const char *path,
                           const char *body);
/* Any request. */
struct answer webtest_send(struct webtest *w, struct visitor *v, const char *method,
                           const char *address, const char *content_type, const char *body,
                           size_t len);

/* Value of a header, or NULL; of several the first. */
const char *answer_header(const struct answer *a, const char *name);
bool answer_has(const struct answer *a, const char *text);             /* in its body */
const char *visitor_cookie(const struct visitor *v, const char *name); /* NULL when absent */
