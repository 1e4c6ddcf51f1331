/* web/serve.c - one request: the gates in order, the runs of its transaction, one log line. */
#include "base/log.h"
#include "base/metric.h"
#include "base/str.h"
#include "crypt/random.h"
#include "web/inside.h"

#include <stdio.h>
#include <string.h>

/* -- the handler: the last gate but the commit
 * ------------------------------------------------------ */

/* The page of a GET comes by itself; everything else says what its answer is. */
static struct err *default_reply(struct serve *s)
{
    const struct route *route = s->match.route;

    if (s->reply.kind != REPLY_NONE)
        return NULL;
    if (route->page == NULL)
        return err_raise(ERR_BUG, "%s gave no answer", route->name);
    s->reply.kind = REPLY_PAGE;
    s->reply.page = route->page;
    return NULL;
}

static struct err *show_again(struct serve *s)
{
    const struct route *route = s->match.route;

    s->out->status = 422;
    TRY(route->retry(&s->req));
    if (!s->form_shown && s->faults != NULL)
        frame_form_is_gone(s);
    s->reply.kind = REPLY_PAGE;
    if (s->reply.page == NULL)
        s->reply.page = route->retry_page;
    return NULL;
}

static struct err *gate_handler(struct serve *s)
{
    if (s->match.route->page != NULL || s->refused)
        TRY(brand_refresh(s));
    frame_begin(s);
    if (s->refused)
        return err_pass(show_again(s));
    TRY(s->match.route->handler(&s->req));
    /* A handler that found a fault must not slip through to a commit. */
    if (s->faults != NULL)
        return err_raise(ERR_INVALID, "%s: faults were found", s->match.route->name);
    return err_pass(default_reply(s));
}

/* The page is rendered before the commit: when that fails, nothing was changed. */
static struct err *gate_commit(struct serve *s)
{
    TRY(record_result(s));
    serve_changed(s);
    if (s->reply.kind != REPLY_STREAM)
        TRY(answer_make(s));
    if (s->req.db != NULL && db_in_transaction(s->req.db)) {
        struct err *e = db_commit(s->req.db);

        if (e != NULL)
            keep_answer(s);
        return err_pass(e);
    }
    return NULL;
}

/* -- gates of rights
 * -------------------------------------------------------------------------------- */

static struct err *gate_permission(struct serve *s)
{
    enum permission needed = s->match.route->permission;

    if (needed == PERM_PUBLIC)
        return NULL;
    if (needed == PERM_SELF && actor_is_signed_in(&s->actor))
        return NULL;
    if (needed != PERM_SELF && actor_may(&s->actor, needed))
        return NULL;
    return err_raise(ERR_NOT_FOUND, "permission missing");
}

/* Who sees the portal as somebody else does changes nothing, and sees nothing of that person's own
 * log-in. */
static struct err *gate_seen(struct serve *s)
{
    const struct route *route = s->match.route;

    if (s->actor.seen_by == 0 || route->seen != NULL)
        return NULL;
    if (s->method == HTTP_POST)
        return err_raise(ERR_DENIED, "he sees as another does, and changes nothing");
    if (route->permission == PERM_SELF)
        return err_raise(ERR_NOT_FOUND, "another person's log-in");
    return NULL;
}

/* Opens the transaction that object, form and handler run in. */
static struct err *gate_transaction(struct serve *s)
{
    if (s->method != HTTP_POST || s->refused)
        return err_pass(serve_read(s));
    TRY(serve_db(s));
    if (db_in_transaction(s->req.db))
        TRY(db_commit(s->req.db));
    TRY(db_begin_write(s->req.db));
    return err_pass(record_use(s));
}

static bool object_number(const struct object_kind *kind, const char *text, int64_t *id_out)
{
    return str_starts(text, kind->prefix) && str_to_i64(text + strlen(kind->prefix), id_out) &&
           *id_out > 0;
}

static struct err *gate_object(struct serve *s)
{
    const struct object_kind *kind = s->match.route->object;

    if (kind == NULL)
        return NULL;
    if (!object_number(kind, s->match.object_text, &s->req.object_id))
        return err_raise(ERR_NOT_FOUND, "no number of a %s", kind->name);
    TRY(kind->load(&s->req, s->req.object_id, &s->req.object));
    if (s->req.object == NULL)
        return err_raise(ERR_NOT_FOUND, "no such %s, or not his", kind->name);
    return NULL;
}

static struct err *gate_form(struct serve *s)
{
    const struct route *route = s->match.route;
    bool post = s->method == HTTP_POST;
    const struct form *form = post ? route->form : route->query;
    struct err *e, *latched;

    s->typed_form = form;
    if (s->refused)
        return NULL;
    if (form == NULL)
        form = &form_empty;
    e = form_read(s, form, post ? &s->body : &s->query, &s->req.input);
    /* A list of choices that could not be read is the database's fault, not the visitor's. */
    latched = s->req.db != NULL ? db_latched(s->req.db) : NULL;
    if (latched == NULL)
        return err_pass(e);
    err_free(e);
    return err_pass(latched);
}

struct err *gate_session(struct serve *s);
struct err *gate_audience(struct serve *s);
struct err *gate_rate(struct serve *s);

const struct gate gates_again[] = {
    { "session", gate_session },
    { "audience", gate_audience },
    { "seen", gate_seen },
    { "rate", gate_rate },
    { "token", gate_token },
    { "permission", gate_permission },
    { "transaction", gate_transaction },
    { "object", gate_object },
    { "form", gate_form },
    { "handler", gate_handler },
    { "commit", gate_commit },
    { 0 },
};

/* -- running them
 * ----------------------------------------------------------------------------------- */

static struct err *pass_gates(struct serve *s, const struct gate *gates)
{
    for (; gates->name != NULL && !s->answered; gates++) {
        struct err *e = gates->pass(s);

        if (e != NULL)
            return err_pass(e);
    }
    return NULL;
}

/* Forgets a run: everything that the next one must not see. */
static void run_reset(struct serve *s)
{
    struct server_state *state = s->state;

    memset((char *)s + offsetof(struct serve, req), 0, sizeof(*s) - offsetof(struct serve, req));
    arena_clear(state->run);
    view_reset(state->page);
    buf_reset(&s->out->headers);
    buf_reset(&s->out->body);
    s->out->status = 200;
    s->actor = actor_nobody(LANG_EN);
    s->req = (struct request){
        .arena = state->run,
        .db = state->db,
        .actor = &s->actor,
        .route = s->match.route,
        .params = s->params,
        .param_count = s->match.param_count,
        .page = state->page,
        .remote_addr = s->in->remote_addr,
        .user_agent = s->in->user_agent != NULL ? s->in->user_agent : "",
        .path = s->in->path,
        .query = s->in->query,
        .htmx = str_eq(s->in->hx_request, "true"),
        .conf = state->conf,
        .rooms = state->rooms,
        .serve = s,
    };
    s->req.locale = text_locale_get(LANG_EN, "UTC");
}

static void abandon(struct serve *s)
{
    if (s->req.db != NULL && db_in_transaction(s->req.db))
        db_rollback(s->req.db);
}

/* A form that did not pass, on a route that can show it again. */
static bool show_form_again(struct serve *s, const struct err *e)
{
    if (!err_is(e, ERR_INVALID) || s->refused || s->match.route == NULL ||
        s->match.route->retry == NULL)
        return false;
    s->refused = true;
    return true;
}

static struct err *run_gates(struct serve *s)
{
    /* The first run's waiting for locks counts, too: else three of them fit into the time. */
    struct db_retry retry = { .began_us = clock_monotonic_us() };

    TRY(pass_gates(s, gates_once));
    while (!s->answered) {
        struct err *e;

        run_reset(s);
        s->runs++;
        if (!s->refused)
            s->faults = NULL;
        e = pass_gates(s, gates_again);
        if (e == NULL)
            break;
        abandon(s);
        if (s->out->streamed)
            return err_pass(e);
        if (show_form_again(s, e)) {
            err_free(e);
            continue;
        }
        if (s->req.db != NULL)
            e = db_retry_next(s->req.db, &retry, e);
        if (e != NULL)
            return err_pass(e);
    }
    return NULL;
}

/* -- the log line
 * ------------------------------------------------------------------------------------ */

static void make_reference(struct serve *s)
{
    static const char letters[] = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"; /* 32, none to be mixed up */
    unsigned char random[8];

    crypt_random(random, sizeof(random));
    for (int i = 0, at = 0; i < 8; i++) {
        if (i == 4)
            s->reference[at++] = '-';
        s->reference[at++] = letters[random[i] % 32];
    }
}

static enum metric_class class_of(const struct serve *s)
{
    if (s->match.route == NULL)
        return METRIC_NO_ROUTE;
    if (str_eq(s->match.route->name, "healthz"))
        return METRIC_HEALTH;
    return s->method == HTTP_POST ? METRIC_FORM : METRIC_PAGE;
}

_Static_assert(ERR_LAST_REFUSAL == 10, "base/metrics.def names each refusal, and then a fault");

static void count_request(const struct serve *s, const struct err *e, int64_t us)
{
    const enum metric_class class = class_of(s);
    const size_t why = err_is_refusal(e) ? (size_t)err_kind(e) - 1 : ERR_LAST_REFUSAL;

    metric_add(METRIC_REQUESTS, class, (size_t)s->out->status / 100 - 1, 1);
    metric_observe(METRIC_REQUEST_SECONDS, class, us);
    if (e != NULL)
        metric_add(METRIC_REFUSED, why, 0, 1);
}

static void log_request(struct serve *s, const struct err *e, int64_t us)
{
    bool ours = e != NULL && (!err_is_refusal(e) || err_is(e, ERR_UNAVAILABLE));
    const struct route *route = s->match.route;
    char trace[1024] = "";

    if (ours)
        err_trace(e, trace, sizeof(trace));
    log_event(ours ? LOG_ERROR : LOG_INFO, "request",
              LOG_S("route", route != NULL ? route->name : ""), LOG_S("method", s->in->method),
              LOG_I("status", s->out->status), LOG_I("user", s->actor.user_id),
              LOG_I("session", s->actor.session_id), LOG_I("account", s->actor.account_id),
              LOG_S("address", s->in->remote_addr), LOG_I("us", us),
              LOG_I("statements", s->state->db != NULL ? db_statement_count(s->state->db) : 0),
              LOG_I("runs", s->runs), LOG_I("bytes", (int64_t)s->out->length_bytes),
              LOG_S("refused", e != NULL ? err_kind_name(err_kind(e)) : ""),
              LOG_S("reference", s->reference), LOG_S("trace", trace));
}

void serve(struct server_state *state, const struct http_in *in, struct http_out *out)
{
    struct serve *s = state->serve;
    struct err *e;
    int64_t us;

    *s = (struct serve){ .state = state, .in = in, .out = out, .began_us = clock_monotonic_us() };
    out->streamed = out->broken = out->body_left = false;
    run_reset(s);
    e = run_gates(s);
    if (e != NULL && out->streamed)
        out->broken = true;
    if (e != NULL) {
        make_reference(s);
        if (!out->streamed)
            answer_fault(s, e);
    } else {
        serve_small_writes(s);
    }
    out->length_bytes = out->body.len;
    if (s->head)
        buf_reset(&out->body);
    out->body_left =
        !s->body_read && !str_is_empty(in->content_length) && !str_eq(in->content_length, "0");
    us = clock_monotonic_us() - s->began_us;
    log_request(s, e, us);
    count_request(s, e, us);
    err_free(e);
    arena_clear(state->kept);
    arena_clear(state->run);
}
