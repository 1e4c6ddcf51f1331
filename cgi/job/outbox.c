/* job/outbox.c - rows to mails: waiting -> sending (a lease) -> sent | waiting again | failed |
 * dropped (the reader may no longer log in).  Each step is one conditional update, as in
 * job/queue.c. */
#include "job/outbox.h"

#include "base/log.h"
#include "base/metric.h"
#include "base/str.h"
#include "job/inside.h"
#include "job/mime.h"

#include <stdio.h>
#include <string.h>

enum {
    LEASE_SECONDS = 300,
    MAX_TRIES = 14,
    FIRST_WAIT_SECONDS = 60,
    LONGEST_WAIT_SECONDS = 4 * 3600,
    HOLD_SECONDS = 15,
    WHY_BYTES = 256,
    SUBJECT_BYTES = 1200,
    BATCH = 20
};

/* -- statements -------------------------------------------------------------------- */

static const struct db_stmt add_mail = {
    .name = "outbox.add",
    .sql =
        "INSERT INTO outbox (template, user_id, to_address, to_name, lang, kind, object_id, reason,"
        " values_json, link, due_at, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
        " UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))",
    .binds = "sissssisss",
    .flags = DB_WRITE,
};

struct candidate {
    int64_t id, tries;
};

static const struct db_field candidate_fields[] = {
    DB_FIELD(struct candidate, id, DB_I64, 0),
    DB_FIELD(struct candidate, tries, DB_I64, 0),
    { 0 },
};

static const struct db_stmt list_due = {
    .name = "outbox.due",
    .sql = "SELECT id, tries FROM outbox WHERE state = 'waiting' AND due_at <= UTC_TIMESTAMP(6)"
           " ORDER BY due_at, id LIMIT ?",
    .binds = "i",
    .fields = candidate_fields,
    .row_bytes = sizeof(struct candidate),
    .flags = DB_LISTS,
};

/* While it is sent, due_at is the end of the lease, so that one index serves both looks. */
static const struct db_stmt list_abandoned = {
    .name = "outbox.abandoned",
    .sql = "SELECT id, tries FROM outbox WHERE state = 'sending' AND due_at <= UTC_TIMESTAMP(6)"
           " ORDER BY due_at, id LIMIT ?",
    .binds = "i",
    .fields = candidate_fields,
    .row_bytes = sizeof(struct candidate),
    .flags = DB_LISTS,
};

static const struct db_stmt take_mail = {
    .name = "outbox.take",
    .sql = "UPDATE outbox SET state = 'sending', tries = tries + 1, lease_owner = ?,"
           " due_at = UTC_TIMESTAMP(6) + INTERVAL ? SECOND"
           " WHERE id = ? AND tries = ? AND state IN ('waiting', 'sending')"
           " AND due_at <= UTC_TIMESTAMP(6)",
    .binds = "siii",
    .flags = DB_WRITE,
};

struct row {
    int64_t id, user_id, object_id, created_at;
    const char *template, *to_address, *to_name, *lang, *kind, *reason, *values_json, *link;
    const char *user_email, *user_name, *user_lang, *user_zone, *user_status, *user_audience;
};

static const struct db_field row_fields[] = {
    DB_FIELD(struct row, id, DB_I64, 0),
    DB_FIELD(struct row, template, DB_TEXT, 60),
    DB_NULLABLE(struct row, user_id, DB_I64, 0),
    DB_FIELD(struct row, to_address, DB_TEXT, 254),
    DB_FIELD(struct row, to_name, DB_TEXT, 480),
    DB_FIELD(struct row, lang, DB_TEXT, 8),
    DB_FIELD(struct row, kind, DB_TEXT, 20),
    DB_FIELD(struct row, object_id, DB_I64, 0),
    DB_FIELD(struct row, reason, DB_TEXT, 800),
    DB_FIELD(struct row, values_json, DB_TEXT, 1000),
    DB_NULLABLE(struct row, link, DB_TEXT, 12),
    DB_FIELD(struct row, created_at, DB_AT, 0),
    DB_NULLABLE(struct row, user_email, DB_TEXT, 254),
    DB_NULLABLE(struct row, user_name, DB_TEXT, 480),
    DB_NULLABLE(struct row, user_lang, DB_TEXT, 8),
    DB_NULLABLE(struct row, user_zone, DB_TEXT, 60),
    DB_NULLABLE(struct row, user_status, DB_TEXT, 10),
    DB_NULLABLE(struct row, user_audience, DB_TEXT, 10),
    { 0 },
};

static const struct db_stmt get_mail = {
    .name = "outbox.get",
    .sql =
        "SELECT o.id, o.template, o.user_id, o.to_address, o.to_name, o.lang, o.kind, o.object_id,"
        " o.reason, o.values_json, o.link, o.created_at, u.email AS user_email,"
        " u.name AS user_name, u.lang AS user_lang, u.zone AS user_zone,"
        " u.status AS user_status, u.audience AS user_audience FROM outbox o LEFT JOIN user u ON u.id = o.user_id"
        " WHERE o.id = ?",
    .binds = "i",
    .fields = row_fields,
    .row_bytes = sizeof(struct row),
};

#define STILL_MINE " WHERE id = ? AND lease_owner = ? AND tries = ? AND state = 'sending'"

static const struct db_stmt end_mail = {
    .name = "outbox.end",
    .sql = "UPDATE outbox SET state = ?, last_error = ?, subject = ?, lease_owner = NULL,"
           " sent_at = IF(state = 'sent', UTC_TIMESTAMP(6), NULL)" STILL_MINE,
    .binds = "sssisi",
    .flags = DB_WRITE,
};

static const struct db_stmt again_mail = {
    .name = "outbox.again",
    .sql = "UPDATE outbox SET state = 'waiting', last_error = ?, tries = ?, lease_owner = NULL,"
           " due_at = UTC_TIMESTAMP(6) + INTERVAL ? SECOND" STILL_MINE,
    .binds = "siiisi",
    .flags = DB_WRITE,
};

db_stmt_table outbox_add_statements[] = { &add_mail, NULL };
db_stmt_table outbox_send_statements[] = { &list_due, &list_abandoned, &take_mail,       &get_mail,
                                           &end_mail, &again_mail,     &brand_statement, NULL };

/* -- writing a row ----------------------------------------------------------------- */

static const char *text_or_empty(const char *text)
{
    return text != NULL ? text : "";
}

struct err *outbox_add(struct db *db, struct arena *a, const struct mail *mail)
{
    return err_pass(
        db_exec(db, &add_mail,
                DB_ARGS(DB_S(mail->template), DB_ID(mail->user_id),
                        DB_S(text_or_empty(mail->to_address)), DB_S(text_or_empty(mail->to_name)),
                        DB_S(lang_code(mail->lang)), DB_S(text_or_empty(mail->kind)),
                        DB_I(mail->object_id), DB_S(text_or_empty(mail->reason)),
                        DB_S(values_write(a, mail->values)), DB_S(mail->link)),
                NULL));
}

/* -- a row as a mail --------------------------------------------------------------- */

/* Who reads it. */
struct reader {
    const char *address, *name;
    const struct text_locale *locale;
};

static struct reader reader_of(const struct row *row)
{
    bool known = row->user_id != 0;
    enum lang lang = LANG_EN;

    lang_from_code(known ? row->user_lang : row->lang, &lang);
    return (struct reader){ .address = known ? row->user_email : row->to_address,
                            .name = known ? row->user_name : row->to_name,
                            .locale = text_locale_get(lang, known ? row->user_zone : "UTC") };
}

/* The host of the base URL: the right side of Message-IDs. */
static char *host_of(struct arena *a, const char *base_url)
{
    const char *host = strstr(base_url, "://");
    char *copy;

    copy = arena_dup(a, host != NULL ? host + 3 : base_url);
    copy[strcspn(copy, ":/")] = '\0';
    return *copy != '\0' ? copy : arena_dup(a, "localhost");
}

struct sending {
    struct job_context *ctx;
    struct outbox_sender *sender;
    const struct row *row;
    struct reader reader;
    const char *url;         /* of the security link; NULL: none */
    const char *unsubscribe; /* NULL: none */
};

/* What addresses begin with for this reader. */
static const char *base_of(const struct sending *s)
{
    return conf_url(s->ctx->conf, str_eq(s->row->user_audience, "staff"));
}

static struct err *make_link(struct db *db, void *arg)
{
    struct sending *s = arg;

    for (const struct outbox_link *l = s->sender->links; l != NULL && l->kind != NULL; l++)
        if (str_eq(l->kind, s->row->link))
            return err_pass(
                l->make(db, s->ctx->arena, base_of(s), l->kind, s->row->user_id, &s->url));
    return err_raise(ERR_CONFIG, "nobody makes links of kind %s", s->row->link);
}

/* The link as it stands in the mail. */
static struct err *link_to_show(struct sending *s, const char **shown_out)
{
    *shown_out = s->url;
    if (s->url == NULL || !mailer_writes_files(s->sender->mailer))
        return NULL;
    *shown_out = arena_number(s->ctx->arena, "mail/links/", s->row->id);
    return err_pass(mailer_keep_link(s->sender->mailer, s->row->id, s->url));
}

static struct err *fill_values(struct sending *s, struct mail_value **values_out)
{
    struct view *mail;
    struct arena *a = s->ctx->arena;
    enum lang lang = text_locale_lang(s->reader.locale);
    struct mail_value *values;
    const char *link;

    view_reset(s->sender->values);
    mail = view_at(s->sender->values, "Mail");
    TRY(values_read(a, s->row->values_json, &values));
    *values_out = values;
    TRY(link_to_show(s, &link));
    for (const struct mail_value *v = values; v->name != NULL; v++)
        view_text(mail, v->name, values_text(s->reader.locale, a, values, v));
    view_text(mail, "Name", s->reader.name);
    view_text(mail, "Vendor", s->ctx->conf->vendor_name);
    view_text(mail, "Portal", brand_name(&s->sender->brand, lang));
    view_text(mail, "Accent", s->sender->brand.accent[ACCENT_LIGHT]);
    view_text(mail, "BaseUrl", base_of(s));
    view_text(mail, "Reason", *s->row->reason != '\0' ? lang_tr(lang, s->row->reason) : "");
    view_text(mail, "Lang", lang_code(lang));
    view_text(mail, "Link", link);
    return NULL;
}

static const struct outbox_content *content_of(const struct sending *s)
{
    for (const struct outbox_content *c = s->sender->contents; c != NULL && c->template != NULL;
         c++)
        if (str_eq(c->template, s->row->template))
            return c;
    return NULL;
}

static struct err *fill_content(struct db *db, void *arg)
{
    struct sending *s = arg;
    struct outbox_reading reading = { .user_id = s->row->user_id,
                                      .object_id = s->row->object_id,
                                      .kind = s->row->kind,
                                      .base = base_of(s),
                                      .locale = s->reader.locale };
    struct mail_value *values;

    TRY(fill_values(s, &values));
    reading.values = values;
    reading.view = view_at(s->sender->values, "Mail");
    TRY(content_of(s)->fill(db, s->ctx->arena, &reading));
    s->unsubscribe = reading.unsubscribe;
    return NULL;
}

static struct err *fill(struct sending *s)
{
    struct mail_value *values;

    if (content_of(s) != NULL)
        return err_pass(db_transaction(s->ctx->db, fill_content, s));
    return err_pass(fill_values(s, &values));
}

static struct err *render(struct sending *s)
{
    struct outbox_sender *o = s->sender;
    const char *page = arena_printf(s->ctx->arena, "mail/%s.cs", s->row->template);

    TRY(fill(s));
    for (int part = 0; part < MAIL_PART_COUNT; part++) {
        buf_reset(&o->parts[part]);
        TRY(template_render_mail(o->templates, page, (enum mail_part)part,
                                 text_locale_lang(s->reader.locale), o->values, &o->parts[part]));
    }
    return NULL;
}

static struct err *build(struct sending *s)
{
    struct outbox_sender *o = s->sender;
    struct arena *a = s->ctx->arena;
    const struct row *row = s->row;
    const char *host = host_of(a, s->ctx->conf->base_url), *thread = "", *note = "";

    if (*row->kind != '\0')
        thread = arena_printf(a, "%s.%lld@%s", row->kind, (long long)row->object_id, host);
    if (s->url != NULL && mailer_writes_files(o->mailer))
        note = "the link is kept apart, for the operator alone";
    buf_reset(&o->message);
    return err_pass(mime_build(
        &(struct mime_mail){
            .from = s->ctx->conf->mail_from,
            .to_address = s->reader.address,
            .to_name = s->reader.name,
            .subject = str_trim(a, o->parts[MAIL_SUBJECT].data),
            /* The second keeps numbers apart that a restored database gives again. */
            .message_id = arena_printf(a, "%lld.%lld@%s", (long long)row->id,
                                       (long long)(row->created_at / CLOCK_SECOND), host),
            .thread_id = thread,
            .language = lang_code(text_locale_lang(s->reader.locale)),
            .unsubscribe = s->unsubscribe,
            .note = note,
            .at_us = row->created_at, /* the same at each try */
            .text = o->parts[MAIL_TEXT].data,
            .html = o->parts[MAIL_HTML].data },
        &o->message));
}

/* -- sending one ------------------------------------------------------------------- */

struct outcome {
    const char *state; /* "sent", "failed", "dropped"; NULL: again later */
    int64_t tries;     /* what the row shall say when it waits again */
    int wait_seconds;
    char why[WHY_BYTES];
    const char *subject;
};

static struct err *settle(struct job_context *ctx, const struct candidate *c,
                          const struct outcome *outcome)
{
    struct db_arg id = DB_I(c->id), owner = DB_S(ctx->owner), tries = DB_I(c->tries + 1);
    struct db_arg why = DB_S(outcome->why[0] != '\0' ? outcome->why : NULL);
    bool changed;

    if (outcome->state != NULL)
        TRY(job_change(ctx->db, &end_mail,
                       DB_ARGS(DB_S(outcome->state), why, DB_S(outcome->subject), id, owner, tries),
                       &changed));
    else
        TRY(job_change(
            ctx->db, &again_mail,
            DB_ARGS(why, DB_I(outcome->tries), DB_I(outcome->wait_seconds), id, owner, tries),
            &changed));
    if (!changed)
        log_event(LOG_WARN, "mail.lease_lost", LOG_I("outbox", c->id));
    return NULL;
}

static void again_later(struct outcome *outcome, int64_t tries)
{
    int seconds = FIRST_WAIT_SECONDS;

    if (tries >= MAX_TRIES) {
        outcome->state = "failed";
        return;
    }
    for (int64_t i = 1; i < tries && seconds < LONGEST_WAIT_SECONDS; i++)
        seconds *= 3;
    outcome->wait_seconds = seconds < LONGEST_WAIT_SECONDS ? seconds : LONGEST_WAIT_SECONDS;
    outcome->tries = tries;
}

static void hand_over(struct sending *s, const struct candidate *c, struct outcome *outcome)
{
    char from[256];

    mime_address_of(s->ctx->conf->mail_from, from); /* mime_build() has found it valid */
    switch (mailer_send(s->sender->mailer, c->id, from, s->reader.address, &s->sender->message,
                        outcome->why)) {
    case MAIL_SENT:
        outcome->state = "sent";
        outcome->why[0] = '\0';
        break;
    case MAIL_REFUSED:
        outcome->state = "failed";
        break;
    case MAIL_LATER:
        again_later(outcome, c->tries + 1);
        break;
    case MAIL_NO_SERVER:
        outcome->tries = c->tries;
        outcome->wait_seconds = HOLD_SECONDS;
        s->sender->hold_until_us = clock_monotonic_us() + HOLD_SECONDS * CLOCK_SECOND;
        break;
    }
}

static struct err *prepare(struct sending *s)
{
    s->reader = reader_of(s->row);
    if (s->row->link != NULL)
        TRY(db_transaction(s->ctx->db, make_link, s));
    TRY(render(s));
    return err_pass(build(s));
}

static struct err *read_row(struct job_context *ctx, int64_t id, struct row **row_out)
{
    size_t count;

    TRY(job_list(ctx->db, ctx->arena, &get_mail, DB_ARGS(DB_I(id)), row_out, &count));
    return count == 1 ? NULL : err_raise(ERR_NOT_FOUND, "mail %lld is gone", (long long)id);
}

/* What kind of trouble a mail has that did not even come to the mail server. */
static void judge_error(struct err *e, int64_t tries, struct outcome *outcome)
{
    char trace[512];

    err_trace(e, trace, sizeof(trace));
    snprintf(outcome->why, sizeof(outcome->why), "%.*s",
             (int)utf8_prefix_bytes(err_message(e), sizeof(outcome->why) - 1), err_message(e));
    log_event(LOG_ERROR, "mail.not_made", LOG_S("trace", trace));
    if (err_is(e, ERR_INVALID) || err_is(e, ERR_PARSE))
        outcome->state = "failed"; /* it will not get better */
    else
        again_later(outcome, tries);
    err_free(e);
}

static struct err *send_taken(struct job_context *ctx, struct outbox_sender *sender,
                              const struct candidate *c, struct outcome *outcome)
{
    struct sending s = { .ctx = ctx, .sender = sender };
    struct row *row;
    struct err *e;

    TRY(read_row(ctx, c->id, &row));
    s.row = row;
    if (row->user_id != 0 && str_eq(row->user_status, "disabled")) {
        outcome->state = "dropped";
        return NULL;
    }
    e = prepare(&s);
    if (err_is(e, ERR_UNAVAILABLE))
        return err_pass(e);
    if (e != NULL) {
        judge_error(e, c->tries + 1, outcome);
        return NULL;
    }
    outcome->subject = arena_dup_bytes(ctx->arena, sender->parts[MAIL_SUBJECT].data,
                                       utf8_prefix_bytes(sender->parts[MAIL_SUBJECT].data, 300));
    hand_over(&s, c, outcome);
    return NULL;
}

static void count_mail(const struct outcome *outcome)
{
    static const char *const states[] = { [METRIC_MAIL_SENT] = "sent",
                                          [METRIC_MAIL_FAILED] = "failed",
                                          [METRIC_MAIL_DROPPED] = "dropped" };

    for (size_t i = 0; i < ARRAY_LEN(states); i++)
        if (str_eq(states[i], outcome->state)) {
            metric_add(METRIC_MAILS, i, 0, 1);
            return;
        }
}

static struct err *send_candidate(struct job_context *ctx, struct outbox_sender *sender,
                                  const struct candidate *c, int *sent_out)
{
    struct outcome outcome = { .subject = "" };
    struct err *e;
    bool taken;

    TRY(job_change(ctx->db, &take_mail,
                   DB_ARGS(DB_S(ctx->owner), DB_I(LEASE_SECONDS), DB_I(c->id), DB_I(c->tries)),
                   &taken));
    if (!taken)
        return NULL;
    e = send_taken(ctx, sender, c, &outcome);
    if (e == NULL)
        e = settle(ctx, c, &outcome);
    if (e == NULL)
        count_mail(&outcome);
    *sent_out += e == NULL && str_eq(outcome.state, "sent");
    if (e == NULL && outcome.why[0] != '\0')
        log_event(LOG_WARN, "mail.not_sent", LOG_I("outbox", c->id), LOG_I("try", c->tries + 1),
                  LOG_S("state", outcome.state != NULL ? outcome.state : "waiting"),
                  LOG_S("why", outcome.why));
    arena_clear(ctx->arena);
    return err_pass(e);
}

/* -- all that is due --------------------------------------------------------------- */

struct looking {
    struct arena *a;
    struct brand *brand;
};

static struct err *read_brand(struct db *db, void *arg)
{
    const struct looking *looking = arg;

    return err_pass(brand_read(db, looking->a, looking->brand));
}

static struct err *send_batch(struct job_context *ctx, struct outbox_sender *sender,
                              const struct db_stmt *st, const volatile int *stop, struct arena *a,
                              size_t *seen_out, int *sent_out)
{
    struct candidate *rows;
    size_t count;

    TRY(job_list(ctx->db, a, st, DB_ARGS(DB_I(BATCH)), &rows, &count));
    if (count > 0)
        TRY(db_transaction(ctx->db, read_brand,
                           &(struct looking){ .a = a, .brand = &sender->brand }));
    for (size_t i = 0; i < count && !*stop; i++) {
        if (clock_monotonic_us() < sender->hold_until_us)
            return NULL;
        TRY(send_candidate(ctx, sender, &rows[i], sent_out));
    }
    *seen_out += count;
    arena_clear(a);
    return NULL;
}

struct err *outbox_send_due(struct job_context *ctx, struct outbox_sender *sender,
                            const volatile int *stop, int *sent_out)
{
    struct arena *a = arena_new(4096);
    size_t seen = 1;
    struct err *e = NULL;

    *sent_out = 0;
    while (seen > 0 && e == NULL && !*stop && clock_monotonic_us() >= sender->hold_until_us) {
        seen = 0;
        e = send_batch(ctx, sender, &list_due, stop, a, &seen, sent_out);
        if (e == NULL)
            e = send_batch(ctx, sender, &list_abandoned, stop, a, &seen, sent_out);
    }
    arena_free(a);
    return err_pass(e);
}

void outbox_sender_init(struct outbox_sender *sender, struct mailer *mailer,
                        struct templates *templates, const struct outbox_link *links)
{
    *sender = (struct outbox_sender){
        .mailer = mailer, .templates = templates, .links = links, .values = view_new()
    };
    for (int part = 0; part < MAIL_PART_COUNT; part++)
        buf_init(&sender->parts[part], 4096, 0);
    buf_init(&sender->message, 8192, 0);
}

void outbox_sender_clear(struct outbox_sender *sender)
{
    view_free(sender->values);
    for (int part = 0; part < MAIL_PART_COUNT; part++)
        buf_free(&sender->parts[part]);
    buf_free(&sender->message);
}
