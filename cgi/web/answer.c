/* web/answer.c - the bytes of an answer: headers, rendered page, fault pages. */
#include "base/str.h"
#include "web/inside.h"

#include <string.h>

/* -- headers
 * ------------------------------------------------------------------------------------------ */

static void add(struct serve *s, const char *name, const char *value)
{
    struct buf *out = &s->out->headers;

    buf_puts(out, name);
    buf_puts(out, ": ");
    buf_puts(out, value);
    buf_puts(out, "\r\n");
}

/* What is private, or carries a token or a cookie, is kept by nobody. */
static bool is_private(const struct serve *s)
{
    return actor_is_signed_in(&s->actor) || s->token_shown || s->reply.lines != NULL ||
           s->method == HTTP_POST;
}

void answer_headers(struct serve *s, const char *mime, bool is_page)
{
    if (mime != NULL)
        add(s, "Content-Type", mime);
    buf_puts(&s->out->headers, s->state->headers_always);
    if (is_page)
        buf_puts(&s->out->headers, s->state->headers_page);
    if (s->reply.for_ever && s->reply.lines == NULL) {
        add(s, "Cache-Control", "public, max-age=31536000, immutable");
        return;
    }
    add(s, "Vary", "Cookie, Accept-Language, HX-Request, Sec-CH-Prefers-Color-Scheme");
    add(s, "Cache-Control", is_private(s) ? "no-store" : "private, no-cache");
    for (const struct line *line = s->reply.lines; line != NULL; line = line->next)
        add(s, line->name, line->value);
}

/* RFC 6266: a plain name for old readers, the real one for the others. */
static void add_disposition(struct serve *s, const char *file_name)
{
    struct arena *a = s->req.arena;
    char *plain = arena_dup(a, file_name);

    for (char *c = plain; *c != '\0'; c++)
        if ((unsigned char)*c < ' ' || (unsigned char)*c >= 0x7f || strchr("\"\\%;/", *c) != NULL)
            *c = '_';
    add(s, "Content-Disposition",
        arena_printf(a, "attachment; filename=\"%s\"; filename*=UTF-8''%s", plain,
                     http_encode(a, file_name, false)));
}

static void data_headers(struct serve *s)
{
    answer_headers(s, s->reply.mime, false);
    /* Whatever a file holds, it is not to run here. */
    add(s, "Content-Security-Policy", "default-src 'none'; sandbox; frame-ancestors 'none'");
    if (s->reply.file_name != NULL)
        add_disposition(s, s->reply.file_name);
}

static struct err *overflow(const struct serve *s)
{
    if (s->out->headers.failed || s->out->body.failed)
        return err_raise(ERR_BUG, "an answer larger than its buffer");
    return NULL;
}

/* -- the kinds of answers
 * -------------------------------------------------------------------------------- */

static struct err *render(struct serve *s, const char *page, struct buf *out)
{
    enum lang lang = text_locale_lang(s->req.locale);

    frame_end(s);
    rows_lend(s);
    if (s->req.htmx)
        return err_pass(template_render_bare(s->state->templates, page, lang, s->req.page, out));
    return err_pass(template_render(s->state->templates, page, lang, s->req.page, out));
}

static struct err *answer_page(struct serve *s)
{
    TRY(render(s, s->reply.page, &s->out->body));
    answer_headers(s, "text/html; charset=utf-8", true);
    return NULL;
}

static struct err *answer_redirect(struct serve *s)
{
    /* A fragment must not be filled with a page of another kind: htmx then goes there as a whole.
     */
    bool as_whole = s->req.htmx && s->answered;

    s->out->status = as_whole ? 204 : 303;
    answer_headers(s, NULL, true);
    add(s, as_whole ? "HX-Redirect" : "Location", s->reply.location);
    return NULL;
}

static struct err *answer_data(struct serve *s)
{
    data_headers(s);
    buf_add(&s->out->body, s->reply.data, s->reply.len);
    return NULL;
}

static struct err *answer_nothing(struct serve *s)
{
    s->out->status = 204;
    answer_headers(s, NULL, true);
    return NULL;
}

struct err *answer_make(struct serve *s)
{
    static struct err *(*const kinds[])(struct serve * s) = {
        [REPLY_PAGE] = answer_page,
        [REPLY_REDIRECT] = answer_redirect,
        [REPLY_DATA] = answer_data,
        [REPLY_NOTHING] = answer_nothing,
    };

    TRY(kinds[s->reply.kind](s));
    return err_pass(overflow(s));
}

struct err *answer_stream_begin(struct serve *s)
{
    data_headers(s);
    TRY(overflow(s));
    s->out->streamed = true;
    if (s->out->begin != NULL && s->out->begin(s->out->write_arg, s->out) != 0)
        return err_raise(ERR_IO, "the reader has gone");
    return NULL;
}

/* -- faults
 * ---------------------------------------------------------------------------------------------- */

static const struct fault_page {
    int status;
    const char *page, *title;
} fault_pages[] = {
    { 400, "fault/400.cs", N_("This request was not understood") },
    { 403, "fault/403.cs", N_("Not sent") },
    { 404, "fault/404.cs", N_("Page not found") },
    { 405, "fault/405.cs", N_("Page not found") },
    { 409, "fault/409.cs", N_("Changed meanwhile") },
    { 413, "fault/413.cs", N_("Too large") },
    { 422, "fault/422.cs", N_("Needs a correction") },
    { 429, "fault/429.cs", N_("Too many tries") },
    { 500, "fault/500.cs", N_("This page failed") },
    { 503, "fault/503.cs", N_("Back in a moment") },
};

static const struct fault_page *find_fault_page(int status)
{
    for (size_t i = 0; i < ARRAY_LEN(fault_pages); i++)
        if (fault_pages[i].status == status)
            return &fault_pages[i];
    return find_fault_page(500);
}

/* A worker's first page may be a fault. */
static struct err *find_look(struct serve *s)
{
    if (s->state->brand_until_us != 0)
        return NULL;
    TRY(serve_read(s));
    return err_pass(brand_refresh(s));
}

/* Where no session was looked for yet, a signed-in person still gets his own menu round the fault.
 */
static void find_reader(struct serve *s)
{
    struct err *e;

    if (s->runs > 0)
        return;
    e = gates_again[0].pass(s);
    /* Without the database the page greets a guest. */
    err_ignore(e);
    err_ignore(find_look(s));
    if (s->req.db != NULL && db_in_transaction(s->req.db))
        db_rollback(s->req.db);
}

static void add_fault_headers(struct serve *s)
{
    if (s->out->status == 405) {
        unsigned methods = s->match.methods;
        bool get = (methods & (1u << HTTP_GET)) != 0, post = (methods & (1u << HTTP_POST)) != 0;

        add(s, "Allow", get && post ? "GET, HEAD, POST" : get ? "GET, HEAD" : "POST");
    }
    if (s->out->status == 429)
        add(s, "Retry-After", arena_printf(s->req.arena, "%d", s->wait_seconds));
    if (s->out->status == 503) {
        add(s, "Retry-After", "15");
        if (s->method == HTTP_GET && !s->req.htmx)
            add(s, "Refresh", "15");
    }
}

static void plain_fault(struct serve *s)
{
    buf_reset(&s->out->body);
    buf_printf(&s->out->body,
               "Fairway: this page failed (%d). Nothing was changed. Reference %s.\n",
               s->out->status, s->reference);
}

/* "Try again in 40 seconds."; from two minutes on in minutes, rounded up. */
static const char *wait_text(struct request *req, int64_t seconds)
{
    return seconds < 120 ? trn(req, "Try again in %s second.", "Try again in %s seconds.", seconds)
                         : trn(req, "Try again in %s minute.", "Try again in %s minutes.",
                               (seconds + 59) / 60);
}

/* Fault/NNN.cs with the reference; when even that fails, a line of text. */
void answer_fault(struct serve *s, const struct err *e)
{
    const struct fault_page *fault = find_fault_page(err_http_status(err_kind(e)));
    const char *mime = "text/html; charset=utf-8";
    struct view *page;
    struct err *e2;

    view_reset(s->state->page);
    buf_reset(&s->out->headers);
    buf_reset(&s->out->body);
    s->reply = (struct reply){ 0 };
    s->token_shown = false;
    s->rows_shown = NULL;
    find_reader(s);
    s->out->status = fault->status;
    frame_begin(s);
    page_title(&s->req, tr(&s->req, fault->title));
    page = view_at(s->req.page, "Page");
    view_text(page, "Reference", s->reference);
    if (s->wait_seconds > 0)
        view_text(page, "Retry", wait_text(&s->req, s->wait_seconds));
    form_show_faults(s);
    e2 = render(s, fault->page, &s->out->body);
    if (e2 != NULL || s->out->body.failed) {
        mime = "text/plain; charset=utf-8";
        plain_fault(s);
    }
    /* The fault itself is what the log tells; a page of faults that fails is found by tests. */
    err_ignore(e2);
    answer_headers(s, mime, true);
    add_fault_headers(s);
}
