/* web/serve.h - one request through the gates: size, route, session, audience, rate, form token,
 * permission, object, form, handler.  Without a socket, so that tests drive it in memory. */
#pragma once

#include "base/buf.h"
#include "base/conf.h"
#include "db/db.h"
#include "view/template.h"
#include "web/server.h"

struct server_state; /* what a worker keeps: database, templates, locales, route index */

struct http_header {
    const char *name, *value;
};

/* A request as the FastCGI side, or a test, hands it in.  Strings live until serve() returns. */
struct http_in {
    const char *method, *path, *query, *content_type, *remote_addr;
    const char *cookie, *origin, *host, *sec_fetch_site, *accept_language, *user_agent, *hx_request;
    const char *content_length; /* as sent; NULL when absent */
    bool https;
    /* Reads up to SIZE bytes of the body; 0 at its end, -1 on an error. */
    long (*read_body)(void *arg, void *out, size_t size);
    void *body_arg;
};

struct http_out {
    int status;
    struct buf headers; /* complete lines, CRLF, without the Status line and without the empty line */
    struct buf body;
    /* Set for streamed answers: called with each piece; NULL in tests collects into body. */
    int (*write)(void *arg, const void *data, size_t len);
    void *write_arg;
};

struct err *server_state_new(const struct program *program, const struct conf *conf, struct db *db,
                             struct templates *templates, struct server_state **out);
void server_state_free(struct server_state *state);
void serve(struct server_state *state, const struct http_in *in, struct http_out *out);
