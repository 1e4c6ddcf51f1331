/* web/route.h - routes as data.  Zero is the strict choice: a forgotten member refuses at start-up.
 */
#pragma once

#include "access/permission.h"
#include "access/rate.h"
#include "web/form.h"

struct request;

enum http_method { HTTP_UNSET = 0, HTTP_GET, HTTP_POST, HTTP_METHOD_COUNT };

/* How ":id" in a path is loaded within what the actor may see. */
struct object_kind {
    const char *name;   /* "deal" */
    const char *prefix; /* "DR-" before the number in addresses; "" for none */
    /* NULL and *object_out NULL: not there or not this actor's, one and the same 404. */
    struct err *(*load)(struct request *req, int64_t id, const void **object_out);
};

struct route {
    const char *name; /* "deal.submit": logs, audit, tests */
    enum http_method method;
    const char
        *path; /* "/partner/deals/:id/submit"; ":id" is the object, other ":x" are req->params */
    enum audience audience;
    enum permission permission;
    const struct object_kind *object; /* needed exactly when the path has ":id" */
    const struct form *query;         /* what a GET's query may contain; NULL: nothing */
    const struct form *form;          /* a POST has one, even if it is form_empty */
    struct err *(*handler)(struct request *req);
    const char *page; /* template that a GET renders after its handler; NULL: it replies itself */
    struct err *(*retry)(struct request *req); /* fills the page again after a refused form, 422 */
    const char *retry_page;                    /* its template; needed with .retry */
    const char *no_token;   /* why no form token is needed, in words; NULL: it is */
    const char *repeatable; /* why the same token may act twice (a live check); NULL: once */
    bool done_once; /* repeatable, but not by a second run of one request: it leaves a mark */
    const struct rate *rate; /* per user, or per address for guests; NULL: none */
    /* Why somebody who sees the portal as another person does may post this, in words; NULL: he may
     * not. */
    const char *seen;
    const char *opened; /* notes "opened by" of this kind after the object gate; NULL: no */
    /* What a GET leaves behind when it has been answered well, in a transaction of its own: that
     * something was read, a download that is counted.  A failure is logged and no more; never of
     * who sees as another.  NULL: nothing. */
    struct err *(*noted)(struct request *req);
};

extern const struct form form_empty;
