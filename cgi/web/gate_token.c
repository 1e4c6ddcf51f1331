/* web/gate_token.c - a write comes from a page of ours, and acts once.
 *
 * First the browser's own word (Origin, Sec-Fetch-Site), then the token of the form.  The token's
 * use is recorded as the first statement of the write, so that of two equal requests one waits for
 * the other and then gets its result. */
#include "access/session.h"
#include "base/str.h"
#include "crypt/hash.h"
#include "crypt/random.h"
#include "web/inside.h"
#include "web/web_sql.h"

#include <string.h>

/* -- where it comes from
 * ------------------------------------------------------------------------------ */

static bool host_is_of(const char *host, const char *origin)
{
    return !str_is_empty(host) && str_eq(strstr(origin, "://") + 3, host);
}

/* Staff may have a name of their own: what a page of one name sends is not for the other.  On one's
 * own machine the portal goes by several names; then the host that was asked for counts. */
static bool origin_is_ours(const struct serve *s, const char *origin)
{
    const struct server_state *state = s->state;

    if (state->staff_origin != NULL)
        return (str_eq(origin, state->origin) || str_eq(origin, state->staff_origin)) &&
               host_is_of(s->in->host, origin);
    if (str_eq(origin, state->origin))
        return true;
    return s->state->loopback && s->in->host != NULL && str_starts(origin, "http://") &&
           str_eq(origin + strlen("http://"), s->in->host);
}

static struct err *check_origin(const struct serve *s)
{
    const char *site = s->in->sec_fetch_site;

    if (!str_is_empty(s->in->origin) && !origin_is_ours(s, s->in->origin))
        return err_raise(ERR_DENIED, "a foreign Origin");
    if (!str_is_empty(site) && !str_eq(site, "same-origin") && !str_eq(site, "none"))
        return err_raise(ERR_DENIED, "a request of another site");
    return NULL;
}

/* -- the token
 * ---------------------------------------------------------------------------------------- */

/* What was sent, without the token: the same again is a repetition, another is a conflict. */
static void hash_body(const struct http_pairs *pairs, unsigned char out[SHA256_BYTES])
{
    struct sha256 hash;

    sha256_begin(&hash);
    for (size_t i = 0; i < pairs->count; i++) {
        const struct http_pair *pair = &pairs->items[i];

        if (str_eq(pair->name, "form_token"))
            continue;
        sha256_add(&hash, pair->name, strlen(pair->name) + 1);
        sha256_add(&hash, &pair->len, sizeof(pair->len));
        sha256_add(&hash, pair->value, pair->len);
    }
    sha256_end(&hash, out);
}

/* A page may hold several forms with its one token: each address has its own use of it.  Where the
 * same may be sent again, each request has its own. */
static void hash_use(struct serve *s, const char *token, unsigned char out[SHA256_BYTES])
{
    struct sha256 hash;

    if (s->match.route->done_once && !s->marked) {
        crypt_random(s->mark, sizeof(s->mark));
        s->marked = true;
    }

    sha256_begin(&hash);
    sha256_add(&hash, token, strlen(token) + 1);
    sha256_add(&hash, s->in->path, strlen(s->in->path));
    if (s->marked)
        sha256_add(&hash, s->mark, sizeof(s->mark));
    sha256_end(&hash, out);
}

/* The use is that of an earlier run of this request: its commit was done, and the answer lost. */
static struct err *answer_as_made(struct serve *s)
{
    s->out->status = s->made->status;
    buf_add(&s->out->headers, s->made->headers, s->made->headers_len);
    buf_add(&s->out->body, s->made->body, s->made->body_len);
    s->answered = true;
    return NULL;
}

/* An earlier run of this request made an answer.  When what it did is stored, that is the answer,
 * even if the session that the token belongs to is over since: by this request, which logged out.
 */
static struct err *answer_if_done(struct serve *s)
{
    struct form_use_row use;
    bool found;

    TRY(serve_read(s));
    TRY(db_one(s->req.db, s->req.arena, &form_use_find, DB_ARGS(DB_B(s->token_hash, 32)), &use,
               &found));
    if (!found || use.body_hash.len != sizeof(s->body_hash) ||
        memcmp(use.body_hash.data, s->body_hash, sizeof(s->body_hash)) != 0)
        return NULL;
    TRY(db_commit(s->req.db));
    return err_pass(answer_as_made(s));
}

struct err *gate_token(struct serve *s)
{
    const struct http_pair *token;

    if (s->method != HTTP_POST)
        return NULL;
    if (s->match.route->no_token == NULL)
        TRY(check_origin(s));
    TRY(read_body(s));
    if (s->match.route->no_token != NULL)
        return NULL;
    token = http_find(&s->body, "form_token");
    if (token == NULL)
        return err_raise(ERR_DENIED, "no form token");
    hash_use(s, token->value, s->token_hash);
    hash_body(&s->body, s->body_hash);
    if (s->made != NULL)
        TRY(answer_if_done(s));
    if (s->answered)
        return NULL;
    if (!s->has_form_key)
        return err_raise(ERR_DENIED, "a form token without a key");
    switch (token_check(s->form_key, token->value, clock_now_us())) {
    case TOKEN_GOOD:
        break;
    case TOKEN_OLD:
        return err_raise(ERR_DENIED, "an old form token");
    case TOKEN_FOREIGN:
    default:
        return err_raise(ERR_DENIED, "a form token of another session");
    }
    return NULL;
}

/* A guest's first form: the key of his forms travels in a cookie of its own. */
static void make_guest_key(struct serve *s)
{
    char cookie[CRYPT_TOKEN_BYTES];

    if (s->guest_cookie == NULL) {
        crypt_token(cookie);
        s->guest_cookie = arena_dup(s->state->kept, cookie);
        s->guest_is_new = true;
    }
    session_form_key(s->guest_cookie, s->form_key);
    s->has_form_key = true;
}

const char *serve_form_token(struct serve *s)
{
    char token[TOKEN_TEXT_BYTES];

    if (!s->has_form_key)
        make_guest_key(s);
    if (s->guest_is_new && !s->token_shown)
        reply_cookie(&s->req, "fw-guest", s->guest_cookie, 0);
    s->token_shown = true;
    token_make(s->form_key, clock_now_us(), token);
    return arena_dup(s->req.arena, token);
}

/* -- once
 * --------------------------------------------------------------------------------------------- */

static bool acts_once(const struct serve *s)
{
    const struct route *route = s->match.route;

    return s->method == HTTP_POST && route->no_token == NULL &&
           (route->repeatable == NULL || route->done_once);
}

void keep_answer(struct serve *s)
{
    struct arena *a = s->state->kept;
    const struct buf *headers = &s->out->headers, *body = &s->out->body;
    struct made_answer *made;

    if (!s->used_recorded)
        return;
    made = arena_alloc(a, sizeof(*made));
    *made = (struct made_answer){ .status = s->out->status,
                                  .headers = arena_dup_bytes(a, headers->data, headers->len),
                                  .body = arena_dup_bytes(a, body->data, body->len),
                                  .headers_len = headers->len,
                                  .body_len = body->len };
    s->made = made;
}

/* The same token at the same address came before. */
static struct err *answer_again(struct serve *s)
{
    struct form_use_row use;
    bool found;

    db_rollback(s->req.db);
    TRY(serve_read(s));
    TRY(db_one(s->req.db, s->req.arena, &form_use_find, DB_ARGS(DB_B(s->token_hash, 32)), &use,
               &found));
    TRY(db_commit(s->req.db));
    if (!found)
        return err_raise(ERR_AGAIN, "the first use was undone meanwhile");
    if (use.user_id != s->actor.user_id || use.body_hash.len != sizeof(s->body_hash) ||
        memcmp(use.body_hash.data, s->body_hash, sizeof(s->body_hash)) != 0)
        return err_raise(ERR_CONFLICT, "this form was used before");
    if (use.result[0] != '/')
        return err_raise(ERR_CONFLICT, "this form was used before");

    const char *query = strchr(use.result, '?');
    const char *path = query != NULL
                           ? arena_dup_bytes(s->req.arena, use.result, (size_t)(query - use.result))
                           : use.result;

    s->reply = (struct reply){ .kind = REPLY_REDIRECT };
    s->reply.location =
        http_with_param(s->req.arena, path, query != NULL ? query + 1 : NULL, "note", "again");
    s->answered = true;
    serve_changed(s);
    return err_pass(answer_make(s));
}

struct err *record_use(struct serve *s)
{
    struct err *e;

    if (!acts_once(s))
        return NULL;
    e = db_exec(s->req.db, &form_use_record,
                DB_ARGS(DB_B(s->token_hash, 32), DB_I(s->actor.user_id), DB_S(s->match.route->name),
                        DB_B(s->body_hash, 32)),
                NULL);
    if (err_is(e, ERR_DUPLICATE)) {
        err_free(e);
        return err_pass(answer_again(s));
    }
    s->used_recorded = e == NULL;
    return err_pass(e);
}

struct err *request_begin_again(struct request *req)
{
    TRY(db_begin_write(req->db));
    return err_pass(record_use(req->serve));
}

struct err *record_result(struct serve *s)
{
    enum { RESULT_MAX = 500 };

    if (!s->used_recorded || s->reply.kind != REPLY_REDIRECT)
        return NULL;
    if (strlen(s->reply.location) > RESULT_MAX)
        return err_raise(ERR_BUG, "a redirect of more than %d bytes", RESULT_MAX);
    return err_pass(db_exec(s->req.db, &form_use_result,
                            DB_ARGS(DB_S(s->reply.location), DB_B(s->token_hash, 32)), NULL));
}
