/* web/gate_request.c - the first gates: what the bytes are allowed to be, and which route they
 * mean. They look at nothing but the request itself. */
#include "base/str.h"
#include "web/inside.h"

#include <string.h>
#include <strings.h>

enum { BODY_DEFAULT_BYTES = 64 * 1024 };

static struct err *check_header(const char *name, const char *value)
{
    size_t len = value != NULL ? strlen(value) : 0;

    if (len > HTTP_HEADER_MAX)
        return err_raise(ERR_MALFORMED, "%s of %zu bytes", name, len);
    return NULL;
}

static struct err *read_method(struct serve *s)
{
    const char *method = s->in->method;

    s->head = str_eq(method, "HEAD");
    if (s->head || str_eq(method, "GET"))
        s->method = HTTP_GET;
    else if (str_eq(method, "POST"))
        s->method = HTTP_POST;
    return NULL;
}

static struct err *gate_size(struct serve *s)
{
    const struct http_in *in = s->in;
    size_t query_len = in->query != NULL ? strlen(in->query) : 0;

    if (in->method == NULL || in->path == NULL || in->remote_addr == NULL)
        return err_raise(ERR_MALFORMED, "no method, path or address");
    TRY(check_header("Cookie", in->cookie));
    TRY(check_header("Origin", in->origin));
    TRY(check_header("User-Agent", in->user_agent));
    TRY(check_header("Accept-Language", in->accept_language));
    TRY(check_header("Content-Type", in->content_type));
    if (query_len > HTTP_QUERY_MAX)
        return err_raise(ERR_MALFORMED, "a query of %zu bytes", query_len);
    http_read_cookies(s->state->kept, in->cookie, &s->cookies);
    TRY(read_method(s));
    TRY(http_read_path(s->state->kept, in->path, s->segments, &s->segment_count));
    return err_pass(http_read_urlencoded(s->state->kept, in->query != NULL ? in->query : "",
                                         query_len, &s->query));
}

/* GET /PREFIX/healthz: 200 when the database answers. */
static struct err *answer_health(struct serve *s)
{
    static const struct route health = { .name = "healthz" };

    s->match.route = &health;
    TRY(serve_db(s));
    TRY(db_ping(s->req.db));
    s->out->status = 200;
    s->reply = (struct reply){
        .kind = REPLY_DATA, .mime = "text/plain; charset=utf-8", .data = "ok\n", .len = 3
    };
    s->answered = true;
    return err_pass(answer_make(s));
}

static struct err *check_length(struct serve *s)
{
    const struct form *form = s->match.route->form;
    size_t limit =
        form != NULL && form->body_max_bytes != 0 ? form->body_max_bytes : BODY_DEFAULT_BYTES;
    size_t len = 0;

    if (!str_is_empty(s->in->content_length) && !http_read_length(s->in->content_length, &len))
        return err_raise(ERR_MALFORMED, "a Content-Length that is none");
    if (len > (s->method == HTTP_POST ? limit : 0))
        return err_raise(ERR_TOO_LARGE, "a body of %zu bytes", len);
    return NULL;
}

static struct err *gate_route(struct serve *s)
{
    if (s->method == HTTP_GET && str_eq(s->in->path, s->state->health_path))
        return err_pass(answer_health(s));
    route_index_find(s->state->routes, s->method, s->segments, s->segment_count, &s->match);
    if (s->match.methods == 0)
        return err_raise(ERR_NOT_FOUND, "no such path");
    if (s->match.route == NULL)
        return err_raise(ERR_METHOD, "no such method of this path");
    for (size_t i = 0; i < s->match.param_count; i++)
        s->params[i] = (struct param){ s->match.names[i], s->match.values[i] };
    return err_pass(check_length(s));
}

const struct gate gates_once[] = {
    { "size", gate_size },
    { "route", gate_route },
    { 0 },
};
