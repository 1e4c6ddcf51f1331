/* web/reply.c - what a handler may answer, other than the page of its route. */
#include "access/audit.h"
#include "base/str.h"
#include "web/inside.h"
#include "web/notes.h"

#include <stdarg.h>
#include <string.h>

const char *request_param(const struct request *req, const char *name)
{
    for (size_t i = 0; i < req->param_count; i++)
        if (str_eq(req->params[i].name, name))
            return req->params[i].value;
    return "";
}

/* One answer a request: the second would silently win. */
static struct err *take(struct request *req, enum reply_kind kind)
{
    struct reply *reply = &req->serve->reply;

    if (reply->kind != REPLY_NONE)
        return err_raise(ERR_BUG, "%s answers twice", req->route->name);
    reply->kind = kind;
    return NULL;
}

struct err *reply_page(struct request *req, const char *page)
{
    TRY(take(req, REPLY_PAGE));
    req->serve->reply.page = page;
    return NULL;
}

struct err *reply_conflict(struct request *req, const char *page)
{
    TRY(reply_page(req, page));
    req->serve->out->status = 409;
    return NULL;
}

struct err *reply_nothing(struct request *req)
{
    return err_pass(take(req, REPLY_NOTHING));
}

struct err *reply_redirect(struct request *req, const char *note, const char *fmt, ...)
{
    struct arena *a = req->arena;
    char *address, *query, *place;
    va_list ap;

    TRY(take(req, REPLY_REDIRECT));
    va_start(ap, fmt);
    address = arena_vprintf(a, fmt, ap);
    va_end(ap);
    if (!http_is_local_address(address))
        return err_raise(ERR_BUG, "%s redirects away from the portal", req->route->name);
    if (note == NULL) {
        req->serve->reply.location = address;
        return NULL;
    }
    if (note_find(note) == NULL)
        return err_raise(ERR_BUG, "%s: no note %s", req->route->name, note);
    place = strchr(address, '#');
    if (place != NULL)
        *place++ = '\0';
    query = strchr(address, '?');
    if (query != NULL)
        *query++ = '\0';
    req->serve->reply.location =
        arena_join(a, http_with_param(a, address, query, "note", note), place != NULL ? "#" : "",
                   place != NULL ? place : "", NULL);
    return NULL;
}

static struct err *reply_data(struct request *req, const char *file_name, const char *mime,
                              const void *data, size_t len)
{
    struct reply *reply = &req->serve->reply;

    TRY(take(req, REPLY_DATA));
    reply->file_name = file_name;
    reply->mime = mime;
    reply->data = data;
    reply->len = len;
    return NULL;
}

struct err *reply_file(struct request *req, const char *file_name, const char *mime,
                       const void *data, size_t len)
{
    return err_pass(reply_data(req, file_name, mime, data, len));
}

struct err *reply_text(struct request *req, const char *mime, const char *text, size_t len)
{
    return err_pass(reply_data(req, NULL, mime, text, len));
}

struct err *reply_for_ever(struct request *req, const char *mime, const void *data, size_t len)
{
    TRY(reply_data(req, NULL, mime, data, len));
    req->serve->reply.for_ever = true;
    return NULL;
}

struct err *reply_begin(struct request *req, const char *file_name, const char *mime)
{
    struct reply *reply = &req->serve->reply;

    TRY(take(req, REPLY_STREAM));
    reply->file_name = file_name;
    reply->mime = mime;
    return err_pass(answer_stream_begin(req->serve));
}

struct err *reply_chunk(struct request *req, const void *data, size_t len)
{
    struct http_out *out = req->serve->out;

    if (req->serve->reply.kind != REPLY_STREAM)
        return err_raise(ERR_BUG, "%s: a chunk before reply_begin", req->route->name);
    if (req->serve->head)
        return NULL;
    if (out->write == NULL)
        buf_add(&out->body, data, len);
    else if (out->write(out->write_arg, data, len) != 0)
        return err_raise(ERR_IO, "the reader has gone");
    return NULL;
}

void reply_header(struct request *req, const char *name, const char *value)
{
    struct line *line = arena_alloc(req->arena, sizeof(*line));
    struct line **at = &req->serve->reply.lines;

    /* A line break would begin a header of somebody else's choice. */
    if (strpbrk(value, "\r\n") != NULL)
        return;
    *line = (struct line){ .name = name, .value = arena_dup(req->arena, value) };
    while (*at != NULL)
        at = &(*at)->next;
    *at = line;
}

void reply_cookie(struct request *req, const char *name, const char *value, int max_age_seconds)
{
    const struct server_state *state = req->serve->state;
    struct arena *a = req->arena;
    const char *full = cookie_full_name(state, a, name);
    const char *age =
        max_age_seconds == 0
            ? ""
            : arena_printf(a, "; Max-Age=%d", max_age_seconds < 0 ? 0 : max_age_seconds);

    if (strpbrk(value, "; ,\"\\") != NULL)
        return;
    reply_header(req, "Set-Cookie",
                 arena_printf(a, "%s=%s; Path=/%s; HttpOnly; SameSite=Lax%s", full, value, age,
                              state->https ? "; Secure" : ""));
}

struct err *request_audit(struct request *req, const char *kind, int64_t object_id,
                          const char *before, const char *after)
{
    struct audit_who who = { .actor = req->actor, .address = req->remote_addr };
    struct audit_change change = { .kind = kind,
                                   .object_id = object_id,
                                   .action = req->route->name,
                                   .before = before,
                                   .after = after };

    return err_pass(audit_write(req->db, req->arena, &who, &change));
}

struct err *request_too_many(struct request *req, int wait_seconds)
{
    req->serve->wait_seconds = wait_seconds > 0 ? wait_seconds : 1;
    return err_raise(ERR_TOO_MANY, "too many tries");
}
