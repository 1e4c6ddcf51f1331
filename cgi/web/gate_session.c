/* web/gate_session.c - who is asking: session cookie, language, audience, and how often. */
#include "access/session.h"
#include "base/log.h"
#include "base/str.h"
#include "crypt/random.h"
#include "web/inside.h"
#include "web/web_sql.h"

#include <arpa/inet.h>
#include <string.h>

struct err *gate_session(struct serve *s);
struct err *gate_audience(struct serve *s);
struct err *gate_rate(struct serve *s);

/* -- the database, when it is needed
 * ----------------------------------------------------------------- */

/* Opens the database of a program that started without it, at most once a second. */
static struct err *open_db(struct server_state *state)
{
    int64_t now = clock_monotonic_us();

    if (state->db_tried_us != 0 && now - state->db_tried_us < CLOCK_SECOND)
        return err_raise(ERR_UNAVAILABLE, "the database was away a moment ago");
    state->db_tried_us = now;
    TRY(db_open_conf(state->conf, state->program->name, state->program->statements, &state->db));
    state->db_is_ours = true;
    return NULL;
}

/* A person's pages show what he changed, whichever node of a cluster they come from: for a moment
 * after a form they wait for all that was changed before. */
#define CHANGED "fw-changed"

enum { CHANGED_SECONDS = 10 };

void serve_changed(struct serve *s)
{
    if (s->method == HTTP_POST && !s->refused && s->req.db != NULL && db_may_see_less(s->req.db))
        reply_cookie(&s->req, CHANGED, "1", CHANGED_SECONDS);
}

struct err *serve_db(struct serve *s)
{
    if (s->state->db == NULL)
        TRY(open_db(s->state));
    s->req.db = s->state->db;
    db_see_all(s->req.db, s->method == HTTP_POST || request_cookie(&s->req, CHANGED) != NULL);
    return NULL;
}

struct err *serve_read(struct serve *s)
{
    TRY(serve_db(s));
    if (db_in_transaction(s->req.db))
        return NULL;
    return err_pass(db_begin_read(s->req.db));
}

/* -- cookies
 * ------------------------------------------------------------------------------------------ */

const char *cookie_full_name(const struct server_state *state, struct arena *a, const char *name)
{
    return state->https ? arena_printf(a, "__Host-%s", name) : name;
}

const char *request_cookie(const struct request *req, const char *name)
{
    const struct serve *s = req->serve;
    const struct http_pair *pair =
        http_find(&s->cookies, cookie_full_name(s->state, s->state->kept, name));

    return pair != NULL ? pair->value : NULL;
}

/* -- session
 * ------------------------------------------------------------------------------------------ */

static struct err *find_session(struct serve *s, enum audience audience, bool *found_out)
{
    const char *name = arena_printf(s->state->kept, "fw-%s", audience_name(audience));
    const char *token = request_cookie(&s->req, name);

    *found_out = false;
    if (str_is_empty(token) || strlen(token) >= SESSION_TOKEN_BYTES)
        return NULL;
    TRY(serve_read(s));
    TRY(session_find(s->req.db, s->req.arena, token, &s->actor, found_out));
    /* A cookie is worth something only under its own name. */
    if (*found_out && s->actor.audience != audience) {
        s->actor = actor_nobody(LANG_EN);
        *found_out = false;
    }
    if (*found_out) {
        session_form_key(token, s->form_key);
        s->has_form_key = true;
    }
    return NULL;
}

/* The public program knows people of all three kinds; the others only their own. */
static struct err *find_actor(struct serve *s)
{
    static const enum audience all[] = { AUD_PARTNER, AUD_CUSTOMER, AUD_STAFF };
    enum audience own = s->state->program->audience;
    bool found = false;

    if (own != AUD_PUBLIC)
        return err_pass(find_session(s, own, &found));
    for (size_t i = 0; i < ARRAY_LEN(all) && !found; i++)
        TRY(find_session(s, all[i], &found));
    return NULL;
}

static void find_guest_key(struct serve *s)
{
    const char *cookie = request_cookie(&s->req, "fw-guest");

    if (s->has_form_key)
        return;
    if (cookie != NULL && strlen(cookie) == CRYPT_TOKEN_BYTES - 1) {
        s->guest_cookie = cookie;
        session_form_key(cookie, s->form_key);
        s->has_form_key = true;
    }
}

/* -- language
 * ----------------------------------------------------------------------------------------- */

/* Guests keep what they chose; people have a language of their own, which another one replaces
 * until the browser closes. */
#define GUEST_LANG  "fw-lang"
#define PEOPLE_LANG "fw-view-lang"

enum { GUEST_LANG_SECONDS = 365 * 24 * 3600 };

static enum lang find_lang(struct serve *s)
{
    const bool signed_in = actor_is_signed_in(&s->actor);
    const char *name = signed_in ? PEOPLE_LANG : GUEST_LANG;
    const struct http_pair *asked = http_find(&s->query, "lang");
    const char *cookie = request_cookie(&s->req, name);
    enum lang lang;

    if (asked != NULL && lang_from_code(asked->value, &lang)) {
        reply_cookie(&s->req, name, lang_code(lang), signed_in ? 0 : GUEST_LANG_SECONDS);
        return lang;
    }
    if (cookie != NULL && lang_from_code(cookie, &lang))
        return lang;
    return signed_in ? s->actor.lang : lang_from_accept(s->in->accept_language);
}

void reply_own_language(struct request *req)
{
    if (request_cookie(req, PEOPLE_LANG) != NULL)
        reply_cookie(req, PEOPLE_LANG, "", -1);
}

struct err *gate_session(struct serve *s)
{
    struct err *e = find_actor(s);
    bool found = actor_is_signed_in(&s->actor);
    enum lang lang = find_lang(s);

    s->req.locale = text_locale_get(lang, found ? s->actor.zone : "UTC");
    if (e != NULL)
        return err_pass(e);
    if (!found) {
        s->actor = actor_nobody(lang);
        find_guest_key(s);
    }
    return NULL;
}

/* -- audience
 * ----------------------------------------------------------------------------------------- */

/* Where to go on after log-in: back to this page when it can be asked for again. */
static const char *address_after_login(struct serve *s)
{
    struct arena *a = s->req.arena;
    const char *path = http_encode(a, s->in->path, true);
    struct route_match get;

    route_index_find(s->state->routes, HTTP_GET, s->segments, s->segment_count, &get);
    if (get.route == NULL)
        return arena_printf(a, "%s/", s->state->program->prefix);
    if (s->method != HTTP_GET || str_is_empty(s->in->query))
        return path;
    return arena_printf(a, "%s?%s", path, s->in->query);
}

/* What a page checks beside a form must not lead away from it: what is typed there would be lost.
 * Sending the form leads to the log-in, and the browser's tab keeps what was sent. */
static bool is_beside_a_form(const struct serve *s)
{
    return s->req.htmx && s->method == HTTP_POST;
}

static struct err *ask_to_log_in(struct serve *s)
{
    const char *next = address_after_login(s);
    struct arena *a = s->req.arena;

    s->reply = (struct reply){ .kind = is_beside_a_form(s) ? REPLY_NOTHING : REPLY_REDIRECT };
    s->reply.location = http_is_local_address(next)
                            ? arena_printf(a, "/login?next=%s", http_encode(a, next, false))
                            : "/login";
    s->answered = true;
    if (s->req.db != NULL && db_in_transaction(s->req.db))
        TRY(db_commit(s->req.db));
    return err_pass(answer_make(s));
}

struct err *gate_audience(struct serve *s)
{
    enum audience wanted = s->match.route->audience;

    if (wanted == AUD_PUBLIC || (wanted == AUD_SIGNED_IN && actor_is_signed_in(&s->actor)))
        return NULL;
    if (!actor_is_signed_in(&s->actor))
        return err_pass(ask_to_log_in(s));
    if (s->actor.audience != wanted)
        return err_raise(ERR_NOT_FOUND, "another audience");
    return NULL;
}

/* -- rate
 * --------------------------------------------------------------------------------------------- */

/* Who owns an IPv6 address owns the 64 bits behind it as well. */
static const char *address_subject(struct arena *a, const char *address)
{
    struct in6_addr v6;
    char text[INET6_ADDRSTRLEN];

    if (inet_pton(AF_INET6, address, &v6) != 1 || IN6_IS_ADDR_V4MAPPED(&v6))
        return address;
    memset(&v6.s6_addr[8], 0, 8);
    inet_ntop(AF_INET6, &v6, text, sizeof(text));
    return arena_printf(a, "%s/64", text);
}

struct err *gate_rate(struct serve *s)
{
    const struct rate *rate = s->match.route->rate;
    const char *subject;
    int left, wait;

    if (rate == NULL || s->rated)
        return NULL;
    if (actor_is_signed_in(&s->actor))
        subject = arena_number(s->req.arena, "user:", s->actor.user_id);
    else
        subject = address_subject(s->req.arena, s->in->remote_addr);
    TRY(serve_db(s));
    if (db_in_transaction(s->req.db))
        TRY(db_commit(s->req.db));
    TRY(rate_hit(s->req.db, rate, subject, &left, &wait));
    s->rated = true;
    if (left >= 0)
        return NULL;
    s->wait_seconds = wait > 0 ? wait : 1;
    return err_raise(ERR_TOO_MANY, "rate %s", rate->name);
}

/* -- small writes of a GET
 * ---------------------------------------------------------------------------- */

struct opened {
    const struct serve *s;
};

static struct err *write_opened(struct db *db, void *arg)
{
    const struct opened *opened = arg;
    const struct serve *s = opened->s;

    struct err *e = db_exec(db, &opened_insert,
                            DB_ARGS(DB_S(s->match.route->opened), DB_I(s->req.object_id),
                                    DB_I(s->actor.user_id), DB_S(s->actor.name)),
                            NULL);

    if (!err_is(e, ERR_DUPLICATE))
        return err_pass(e);
    err_free(e);
    return err_pass(db_exec(
        db, &opened_touch,
        DB_ARGS(DB_S(s->match.route->opened), DB_I(s->req.object_id), DB_I(s->actor.user_id)),
        NULL));
}

static void log_small(const char *what, struct err *e)
{
    char trace[512];

    if (e == NULL)
        return;
    /* The page is answered already; that somebody was seen is not worth failing it. */
    err_trace(e, trace, sizeof(trace));
    log_event(LOG_WARN, "small_write", LOG_S("what", what), LOG_S("trace", trace));
    err_ignore(e);
}

static struct err *write_noted(struct db *db, void *arg)
{
    struct serve *s = arg;

    (void)db;
    return err_pass(s->match.route->noted(&s->req));
}

void serve_small_writes(struct serve *s)
{
    const struct route *route = s->match.route;
    struct db *db = s->state->db;

    if (db == NULL || db_in_transaction(db) || !actor_is_signed_in(&s->actor))
        return;
    log_small("last_seen", session_touch(db, &s->actor));
    if (route != NULL && route->opened != NULL && s->req.object != NULL &&
        s->actor.audience == AUD_STAFF && s->actor.seen_by == 0) {
        struct opened opened = { .s = s };

        log_small("opened", db_transaction(db, write_opened, &opened));
    }
    if (route != NULL && route->noted != NULL && s->out->status == 200 && !s->head &&
        s->actor.seen_by == 0)
        log_small("noted", db_transaction(db, write_noted, s));
}
