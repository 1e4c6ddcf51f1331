/* web/serve.h - one request through the gates: size, route, session, audience, rate, form token,
 * permission, object, form, handler.  Without a socket, so that tests drive it in memory. */
#pragma once

#include "base/buf.h"
#include "base/conf.h"
#include "db/db.h"
#include "view/template.h"
#include "web/server.h"

#include <stdbool.h>

struct server_state; /* what a worker keeps: database, templates, locales, route index */

struct http_header {
    const char *name, *value;
};

/* A request as the FastCGI side, or a test, hands it in.  Strings live until serve() returns. */
struct http_in {
    const char *method, *path, *query, *content_type, *remote_addr;
    const char *cookie, *origin, *host, *sec_fetch_site, *accept_language, *user_agent, *hx_request;
    const char *asked_at;
    const char *content_length; /* as sent; NULL when absent */
    const char *color_scheme;   /* Sec-CH-Prefers-Color-Scheme */
    bool https;
    /* Reads up to SIZE bytes of the body; 0 at its end, -1 on an error. */
    long (*read_body)(void *arg, void *out, size_t size);
    void *body_arg;
};

struct http_out {
    int status;
    struct buf
        headers; /* complete lines, CRLF, without the Status line and without the empty line */
    struct buf body;
    size_t length_bytes; /* Content-Length: the body's, also where HEAD leaves the body out */
    /* Streamed answers: begin once, when status and headers are complete, then write for each
     * piece; anything but 0 ends the stream.  NULL, as in tests: collected in body. */
    int (*begin)(void *arg, const struct http_out *out);
    int (*write)(void *arg, const void *data, size_t len);
    void *write_arg;
    bool streamed;  /* begin was called: headers and body are sent already */
    bool broken;    /* a stream that failed on the way: must not look complete to the reader */
    bool body_left; /* the request's body was not read to its end */
};

/* Checks the program's tables (route_check.h), loads every page.  DB may be NULL: it is then opened
 * with the first request that needs it, and until it answers pages are 503.  PROGRAM, CONF and
 * TEMPLATES are kept as pointers; a DB that is given stays the caller's. */
struct err *server_state_new(const struct program *program, const struct conf *conf, struct db *db,
                             struct templates *templates, void *rooms, struct server_state **out);
void server_state_free(struct server_state *state);
/* Answers one request.  Fills OUT, whose buffers are initialised by the caller and emptied here. */
void serve(struct server_state *state, const struct http_in *in, struct http_out *out);
