/* notification/digest.c - one mail a day for who wants it so.
 *
 * What waits stands in digest_item from the transaction in which it happened.  At the hour of the
 * person's day one transaction gives the day its row, the items to it, and the mail to the outbox:
 * all of it or nothing, and (person, day) is unique, so that neither a worker that dies nor a
 * second one can send a day twice.  What was written too late for a day stands in the next. */
#include "notification/inside.h"

#include "access/parameter.h"
#include "base/str.h"
#include "notification/link.h"
#include "notification/wording.h"

enum { EVERY_SECONDS = 300, SHOWN_MAX = 100 };

/* -- statements -------------------------------------------------------------------- */

struct waiter {
    int64_t user_id;
    const char *zone;
};
static const struct db_field waiter_fields[] = {
    DB_FIELD(struct waiter, user_id, DB_I64, 0),
    DB_FIELD(struct waiter, zone, DB_TEXT, 60),
    { 0 },
};
static const struct db_stmt next_waiter = {
    .name = "digest.next",
    .sql = "SELECT i.user_id, u.zone FROM digest_item i JOIN user u ON u.id = i.user_id"
           " WHERE i.digest_id IS NULL AND i.user_id > ? AND u.status = 'active'"
           " ORDER BY i.user_id LIMIT 1",
    .binds = "i",
    .fields = waiter_fields,
    .row_bytes = sizeof(struct waiter),
    .flags = DB_LISTS,
};

struct number {
    int64_t n;
};
static const struct db_field number_fields[] = { DB_FIELD(struct number, n, DB_I64, 0), { 0 } };
static const struct db_stmt count_waiting = {
    .name = "digest.waiting",
    .sql = "SELECT COUNT(*) AS n FROM digest_item"
           " WHERE digest_id IS NULL AND user_id = ? AND created_at < ?",
    .binds = "it",
    .fields = number_fields,
    .row_bytes = sizeof(struct number),
};
/* Read meanwhile, or no longer wanted. */
static const struct db_stmt drop_unwanted = {
    .name = "digest.drop",
    .sql = "DELETE i FROM digest_item i JOIN notification n ON n.id = i.notification_id"
           " LEFT JOIN notification_preference p ON p.user_id = n.user_id AND p.event = n.event"
           " LEFT JOIN notification_mute m ON m.user_id = n.user_id AND m.kind = n.kind"
           " AND m.object_id = n.object_id"
           " WHERE i.digest_id IS NULL AND i.user_id = ? AND i.created_at < ?"
           " AND (n.read_at IS NOT NULL OR p.mail = 'never' OR m.id IS NOT NULL)",
    .binds = "it",
    .flags = DB_WRITE,
};
static const struct db_stmt add_digest = {
    .name = "digest.add",
    .sql = "INSERT INTO digest (user_id, day, created_at) VALUES (?, ?, UTC_TIMESTAMP(6))",
    .binds = "id",
    .flags = DB_WRITE,
};
static const struct db_stmt take_items = {
    .name = "digest.take",
    .sql = "UPDATE digest_item SET digest_id = ?"
           " WHERE digest_id IS NULL AND user_id = ? AND created_at < ?",
    .binds = "iit",
    .flags = DB_WRITE,
};

struct item {
    int64_t object_id, created_at;
    const char *event, *kind, *values_json;
    const char *audience;
};
static const struct db_field item_fields[] = {
    DB_FIELD(struct item, event, DB_TEXT, 40),
    DB_FIELD(struct item, kind, DB_TEXT, 20),
    DB_FIELD(struct item, object_id, DB_I64, 0),
    DB_FIELD(struct item, values_json, DB_TEXT, 1000),
    DB_FIELD(struct item, created_at, DB_AT, 0),
    DB_FIELD(struct item, audience, DB_TEXT, 10),
    { 0 },
};
static const struct db_stmt list_items = {
    .name = "digest.items",
    .sql = "SELECT n.event, n.kind, n.object_id, n.values_json, n.created_at, u.audience"
           " FROM digest_item i JOIN notification n ON n.id = i.notification_id"
           " JOIN user u ON u.id = i.user_id"
           " WHERE i.digest_id = ? AND i.user_id = ? ORDER BY i.created_at, i.notification_id"
           " LIMIT ?",
    .binds = "iii",
    .fields = item_fields,
    .row_bytes = sizeof(struct item),
    .flags = DB_LISTS,
};
static const struct db_stmt count_items = {
    .name = "digest.count",
    .sql = "SELECT COUNT(*) AS n FROM digest_item WHERE digest_id = ?",
    .binds = "i",
    .fields = number_fields,
    .row_bytes = sizeof(struct number),
};

db_stmt_table notification_job_statements[] = { &next_waiter,   &count_waiting,
                                                &drop_unwanted, &add_digest,
                                                &take_items,    &list_items,
                                                &count_items,   NULL };

/* -- the job ----------------------------------------------------------------------- */

struct collecting {
    struct arena *a;
    int64_t after; /* the person before */
    struct waiter waiter;
    bool found;
};

/* The last time that the clock of the zone showed HOUR, and the day it was. */
static int64_t last_hour(const char *zone, int hour, int64_t now, int32_t *day_out)
{
    const struct text_locale *loc = text_locale_get(LANG_EN, zone);
    struct civil c;
    int64_t at;

    *day_out = text_local_day(loc, now);
    for (int back = 0; back < 3; back++, (*day_out)--) {
        c = (struct civil){ .hour = hour };
        day_to_civil(*day_out, &c.year, &c.month, &c.day);
        at = text_instant(loc, &c);
        if (at <= now)
            return at;
    }
    return 0;
}

static struct err *write_mail(struct db *db, struct arena *a, int64_t user_id, int64_t digest_id)
{
    return err_pass(outbox_add(db, a,
                               &(struct mail){ .template = "notification/digest",
                                               .user_id = user_id,
                                               .object_id = digest_id,
                                               .reason = LANG_N("You chose to be told of this once"
                                                                " a day.") }));
}

static struct err *make_day(struct db *db, struct arena *a, int64_t user_id, int64_t until,
                            int32_t day)
{
    struct number waiting;
    struct err *e;
    int64_t id;

    TRY(db_exec(db, &drop_unwanted, DB_ARGS(DB_I(user_id), DB_T(until)), NULL));
    TRY(db_get(db, a, &count_waiting, DB_ARGS(DB_I(user_id), DB_T(until)), &waiting));
    if (waiting.n == 0)
        return NULL;
    e = db_insert(db, &add_digest, DB_ARGS(DB_I(user_id), DB_D(day)), &id);
    if (err_is(e, ERR_DUPLICATE)) { /* the day has had its mail */
        err_free(e);
        return NULL;
    }
    TRY(e);
    TRY(db_exec(db, &take_items, DB_ARGS(DB_I(id), DB_I(user_id), DB_T(until)), NULL));
    return err_pass(write_mail(db, a, user_id, id));
}

static struct err *find_next(struct db *db, void *arg)
{
    struct collecting *c = arg;

    return err_pass(db_one(db, c->a, &next_waiter, DB_ARGS(DB_I(c->after)), &c->waiter, &c->found));
}

static struct err *collect_one(struct db *db, void *arg)
{
    struct collecting *c = arg;
    int64_t hour, now, until;
    struct number waiting;
    int32_t day;

    TRY(parameter_now(db, c->a, PARAM_MAIL_DIGEST_HOUR, &hour));
    TRY(db_now(db, &now));
    until = last_hour(c->waiter.zone, (int)hour, now, &day);
    TRY(db_get(db, c->a, &count_waiting, DB_ARGS(DB_I(c->waiter.user_id), DB_T(until)), &waiting));
    return waiting.n == 0 ? NULL : err_pass(make_day(db, c->a, c->waiter.user_id, until, day));
}

static struct err *collect(struct job_context *ctx, const struct job *job)
{
    struct collecting c = { .a = ctx->arena };

    (void)job;
    TRY(db_transaction(ctx->db, find_next, &c));
    while (c.found) {
        TRY(db_transaction(ctx->db, collect_one, &c));
        c.after = c.waiter.user_id;
        arena_clear(ctx->arena);
        TRY(db_transaction(ctx->db, find_next, &c));
    }
    return NULL;
}

const struct job_kind notification_jobs[] = {
    { .name = "notification.digest",
      .handler = collect,
      .timeout_seconds = 600,
      .every_seconds = EVERY_SECONDS },
    { 0 },
};

/* -- the mail ---------------------------------------------------------------------- */

struct writing {
    struct arena *a;
    struct outbox_reading *mail;
    enum lang lang;
    struct wording *wordings; /* the vendor's words */
    size_t wording_count;
};

static struct view *record_row(struct writing *w, struct view **rows, const struct item *items,
                               size_t at, const struct notification_event *event,
                               const struct mail_value *values)
{
    const char *base = event->address[audience_find(items[at].audience)];

    for (size_t i = 0; i < at; i++)
        if (rows[i] != NULL && items[i].object_id == items[at].object_id &&
            str_eq(items[i].kind, items[at].kind))
            return rows[i];
    struct view *row = view_row(w->mail->view, "Records");

    view_text(row, "Title",
              values->name != NULL ? values_text(w->mail->locale, w->a, values, values) : "");
    if (base != NULL)
        view_text(
            row, "Href",
            arena_printf(w->a, "%s%s%lld", w->mail->base, base, (long long)items[at].object_id));
    return row;
}

static struct err *write_item(struct writing *w, struct view **rows, const struct item *items,
                              size_t at)
{
    const struct notification_event *event = notification_event_find(items[at].event);
    const struct text_locale *loc = w->mail->locale;
    struct mail_value *values;
    const char *title, *text;
    struct view *v;

    if (event == NULL) /* of a newer version that was taken back */
        return NULL;
    TRY(values_read(w->a, items[at].values_json, &values));
    wording_apply(w->a, event, wording_of(w->wordings, w->wording_count, event->name), loc, values,
                  &title, &text);
    rows[at] = record_row(w, rows, items, at, event, values);
    v = view_row(rows[at], "Items");
    view_text(v, "Title", title);
    view_text(v, "Text", text);
    view_text(v, "At", text_date_time(loc, w->a, items[at].created_at));
    view_text(v, "Reason", lang_tr(w->lang, event->reason));
    return NULL;
}

static struct err *write_head(struct db *db, struct writing *w)
{
    struct outbox_reading *mail = w->mail;
    struct number all;

    TRY(db_get(db, w->a, &count_items, DB_ARGS(DB_I(mail->object_id)), &all));
    view_text(mail->view, "Title",
              arena_printf(w->a,
                           lang_trn(w->lang, "%s thing happened", "%s things happened",
                                    (unsigned long)all.n),
                           text_number(mail->locale, w->a, all.n)));
    if (all.n > SHOWN_MAX)
        view_text(mail->view, "More", text_number(mail->locale, w->a, all.n - SHOWN_MAX));
    return NULL;
}

struct err *notification_fill_digest(struct db *db, struct arena *a, struct outbox_reading *mail)
{
    const struct mail_link link = { .kind = MAIL_LINK_DIGEST, .user_id = mail->user_id };
    struct writing w = { .a = a, .mail = mail, .lang = text_locale_lang(mail->locale) };
    struct view **rows;
    struct item *items;
    size_t count;

    TRY(db_list(db, a, &list_items,
                DB_ARGS(DB_I(mail->object_id), DB_I(mail->user_id), DB_I(SHOWN_MAX)), &items,
                &count));
    TRY(wording_list(db, a, &w.wordings, &w.wording_count));
    TRY(write_head(db, &w));
    rows = arena_array(a, count + 1, sizeof(struct view *));
    for (size_t i = 0; i < count; i++)
        TRY(write_item(&w, rows, items, i));
    if (count > 0)
        view_text(mail->view, "Settings",
                  arena_printf(a, "%s/notifications/preferences",
                               notification_prefix(audience_find(items[0].audience))));
    TRY(mail_link_make(db, a, mail->base, &link, &mail->unsubscribe));
    view_text(mail->view, "Unsubscribe",
              arena_printf(a, "%s?lang=%s", mail->unsubscribe, w.lang == LANG_ZH ? "zh" : "en"));
    return NULL;
}

/* The vendor's words for it. */
static struct err *word(struct db *db, struct arena *a, const struct notification_event *event,
                        struct outbox_reading *mail)
{
    const char *title, *text;
    struct wording wording;

    TRY(wording_find(db, a, event->name, &wording));
    wording_apply(a, event, &wording, mail->locale, mail->values, &title, &text);
    view_text(mail->view, "Title", title);
    view_text(mail->view, "Text", text);
    return NULL;
}

struct err *notification_fill_event(struct db *db, struct arena *a, struct outbox_reading *mail)
{
    const struct notification_event *event =
        notification_event_find(values_named(mail->values, "Event"));
    const char *lang = text_locale_lang(mail->locale) == LANG_ZH ? "zh" : "en";
    const char *mute;

    if (event != NULL)
        TRY(word(db, a, event, mail));
    if (event == NULL || event->always) {
        view_flag(mail->view, "Always", event != NULL);
        return NULL;
    }
    TRY(mail_link_make(
        db, a, mail->base,
        &(struct mail_link){ MAIL_LINK_EVENT, .user_id = mail->user_id, .event = event->name },
        &mail->unsubscribe));
    view_text(mail->view, "Unsubscribe", arena_printf(a, "%s?lang=%s", mail->unsubscribe, lang));
    if (notification_record_find(mail->kind) == NULL)
        return NULL;
    TRY(mail_link_make(db, a, mail->base,
                       &(struct mail_link){ MAIL_LINK_RECORD, .user_id = mail->user_id,
                                            .record_kind = mail->kind,
                                            .object_id = mail->object_id },
                       &mute));
    view_text(mail->view, "Mute", arena_printf(a, "%s?lang=%s", mute, lang));
    return NULL;
}
