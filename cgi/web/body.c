/* web/body.c - reads a request's body whole, within the limit of its route, and takes it apart. */
#include "base/str.h"
#include "web/inside.h"

/* Reads until END, but never more than WANTED bytes: Content-Length was checked against the limit.
 */
static struct err *fill(struct serve *s, size_t wanted)
{
    struct buf *body = &s->state->body_in;
    char piece[16384];

    buf_reset(body);
    while (body->len < wanted) {
        size_t room = wanted - body->len < sizeof(piece) ? wanted - body->len : sizeof(piece);
        long got = s->in->read_body != NULL ? s->in->read_body(s->in->body_arg, piece, room) : 0;

        if (got <= 0)
            return err_raise(ERR_MALFORMED, "the body ends after %zu of %zu bytes", body->len,
                             wanted);
        buf_add(body, piece, (size_t)got);
    }
    if (body->failed)
        return err_raise(ERR_TOO_LARGE, "no room for the body");
    return NULL;
}

struct err *read_body(struct serve *s)
{
    struct arena *a = s->state->kept;
    const char *type = s->in->content_type;
    const struct buf *body = &s->state->body_in;
    const char *boundary;
    size_t wanted = 0;

    if (s->body_read)
        return NULL;
    if (!str_is_empty(s->in->content_length) && !http_read_length(s->in->content_length, &wanted))
        return err_raise(ERR_MALFORMED, "a Content-Length that is none");
    TRY(fill(s, wanted));
    s->body_read = true;
    if (wanted == 0)
        return NULL;
    if (http_is_urlencoded(type))
        return err_pass(http_read_urlencoded(a, body->data, body->len, &s->body));
    boundary = http_boundary(a, type);
    if (boundary == NULL)
        return err_raise(ERR_MALFORMED, "a body of another type");
    return err_pass(http_read_multipart(a, boundary, body->data, body->len, &s->body));
}
