/* notification/link_pages.c - /m/TOKEN: what a link of a mail leads to.  A GET asks and changes
 * nothing, since mail scanners follow links; a POST acts at once, without a log-in and without a
 * page before it, as mail programs send it (RFC 8058). */
#include "notification/inside.h"

#include "base/str.h"
#include "notification/link.h"

static const struct rate link_rate = { "mail.link", 300, 15 * 60 };

static struct err *read_link(struct request *req, struct mail_link *link, bool *good_out)
{
    return err_pass(
        mail_link_read(req->db, req->arena, request_param(req, "token"), link, good_out));
}

static const char *what_of(struct request *req, const struct mail_link *link)
{
    switch (link->kind) {
    case MAIL_LINK_EVENT:
        return tr(req, notification_event_find(link->event)->label);
    case MAIL_LINK_RECORD:
        return notification_record_number(req->arena, notification_record_find(link->record_kind),
                                          link->object_id);
    case MAIL_LINK_DIGEST:
    default:
        return "";
    }
}

static void show_link(struct request *req, const struct mail_link *link)
{
    static const char *const kinds[] = {
        [MAIL_LINK_EVENT] = "event", [MAIL_LINK_DIGEST] = "digest", [MAIL_LINK_RECORD] = "record"
    };
    struct view *v = view_at(req->page, "Link");

    view_text(v, "Kind", kinds[link->kind]);
    view_text(v, "What", what_of(req, link));
    view_text(v, "Action", arena_printf(req->arena, "/m/%s", request_param(req, "token")));
    view_text(v, "Undo", arena_printf(req->arena, "/m/%s/undo", request_param(req, "token")));
    form_token(req);
}

static struct err *link_show(struct request *req)
{
    struct mail_link link;
    bool good;

    TRY(read_link(req, &link, &good));
    page_title(req, tr(req, good ? N_("Fewer mails") : N_("This link no longer works")));
    if (!good)
        return err_pass(reply_page(req, "notification/link_dead.cs"));
    show_link(req, &link);
    return NULL;
}

/* -- ending ------------------------------------------------------------------------ */

struct unsubscribe_input {
    const char *one_click;
};
static const struct field unsubscribe_fields[] = {
    { .name = "List-Unsubscribe", /* as RFC 8058 writes it */
      .label = N_("Unsubscribe"),
      .kind = FIELD_TEXT,
      .offset = offsetof(struct unsubscribe_input, one_click) },
    { 0 },
};
static const struct form unsubscribe_form = {
    .name = "mail.unsubscribe",
    .fields = unsubscribe_fields,
    .size_bytes = sizeof(struct unsubscribe_input),
};

/* Gives an event another time, unless it has that already. */
static struct err *turn(struct request *req, int64_t user_id,
                        const struct notification_event *event, enum mail_when from,
                        enum mail_when to, bool *changed)
{
    if (from == to)
        return NULL;
    *changed = true;
    return err_pass(preference_set(req->db, user_id, event->name, to));
}

/* V.Was: what the undo button gives back. */
static struct err *end_event(struct request *req, const struct mail_link *link, struct view *v,
                             bool *changed)
{
    const struct notification_event *event = notification_event_find(link->event);
    struct preference *rows;
    enum mail_when was;
    size_t count;

    TRY(preferences_of(req->db, req->arena, link->user_id, &rows, &count));
    was = preference_when(event, rows, count);
    view_text(v, "Was", mail_when_names[was == MAIL_NEVER ? MAIL_NOW : was]);
    return err_pass(turn(req, link->user_id, event, was, MAIL_NEVER, changed));
}

static struct err *end_digest(struct request *req, const struct mail_link *link, struct view *v,
                              bool *changed)
{
    struct preference *rows;
    size_t count;

    TRY(preferences_of(req->db, req->arena, link->user_id, &rows, &count));
    for (const struct notification_event *e = notification_events; e->name != NULL; e++) {
        if (preference_when(e, rows, count) != MAIL_DAILY)
            continue;
        TRY(turn(req, link->user_id, e, MAIL_DAILY, MAIL_NEVER, changed));
        view_text(view_row(v, "Events"), "Name", e->name);
    }
    return NULL;
}

static struct err *end_mails(struct request *req, const struct mail_link *link, bool *changed)
{
    struct view *v = view_at(req->page, "Link");

    switch (link->kind) {
    case MAIL_LINK_EVENT:
        return err_pass(end_event(req, link, v, changed));
    case MAIL_LINK_RECORD:
        return err_pass(notification_mute(req->db, link->user_id, link->record_kind,
                                          link->object_id, "", changed));
    case MAIL_LINK_DIGEST:
    default:
        return err_pass(end_digest(req, link, v, changed));
    }
}

/* A link that is sent again changes nothing, and leaves no second event. */
static struct err *audit_if(struct request *req, const struct mail_link *link, bool changed)
{
    return changed ? err_pass(request_audit(req, "user", link->user_id, NULL, NULL)) : NULL;
}

static struct err *link_post(struct request *req)
{
    bool good, changed = false;
    struct mail_link link;

    TRY(read_link(req, &link, &good));
    if (!good)
        return err_raise(ERR_NOT_FOUND, "no link of a mail");
    page_title(req, tr(req, N_("No more of these mails")));
    show_link(req, &link);
    TRY(end_mails(req, &link, &changed));
    TRY(audit_if(req, &link, changed));
    return err_pass(reply_page(req, "notification/unsubscribed.cs"));
}

/* -- taking back ------------------------------------------------------------------- */

struct undo_input {
    const char *was;
    struct value_list event;
};

static const struct choice *event_choices(struct request *req)
{
    struct choice *choices;
    size_t count = 0;

    for (const struct notification_event *e = notification_events; e->name != NULL; e++)
        count++;
    choices = arena_array(req->arena, count + 1, sizeof(*choices));
    count = 0;
    for (const struct notification_event *e = notification_events; e->name != NULL; e++)
        if (!e->always)
            choices[count++] = (struct choice){ e->name, tr(req, e->label) };
    return choices;
}

static const struct choice was_choices[] = { { "now", N_("At once") },
                                             { "daily", N_("Once a day") },
                                             { 0 } };
static const struct field undo_fields[] = {
    { .name = "was",
      .label = N_("Mail"),
      .kind = FIELD_CHOICE,
      .choices = was_choices,
      .offset = offsetof(struct undo_input, was) },
    { .name = "event",
      .label = N_("About"),
      .kind = FIELD_CHOICE,
      .choices_of = event_choices,
      .list = true,
      .offset = offsetof(struct undo_input, event) },
    { 0 },
};
static const struct form undo_form = {
    .name = "mail.undo",
    .fields = undo_fields,
    .size_bytes = sizeof(struct undo_input),
};

static struct err *begin_event(struct request *req, const struct mail_link *link, const char *name,
                               enum mail_when when, bool *changed)
{
    const struct notification_event *event = notification_event_find(name);
    struct preference *rows;
    size_t count;

    TRY(preferences_of(req->db, req->arena, link->user_id, &rows, &count));
    return err_pass(
        turn(req, link->user_id, event, preference_when(event, rows, count), when, changed));
}

static struct err *begin_mails(struct request *req, const struct mail_link *link, bool *changed)
{
    const struct undo_input *in = req->input;

    switch (link->kind) {
    case MAIL_LINK_EVENT:
        return err_pass(begin_event(req, link, link->event,
                                    str_eq(in->was, "daily") ? MAIL_DAILY : MAIL_NOW, changed));
    case MAIL_LINK_RECORD:
        return err_pass(notification_unmute(req->db, link->user_id, link->record_kind,
                                            link->object_id, changed));
    case MAIL_LINK_DIGEST:
    default:
        for (size_t i = 0; i < in->event.count; i++)
            TRY(begin_event(req, link, in->event.texts[i], MAIL_DAILY, changed));
        return NULL;
    }
}

static struct err *undo_post(struct request *req)
{
    bool good, changed = false;
    struct mail_link link;

    TRY(read_link(req, &link, &good));
    if (!good)
        return err_raise(ERR_NOT_FOUND, "no link of a mail");
    TRY(begin_mails(req, &link, &changed));
    TRY(audit_if(req, &link, changed));
    return err_pass(reply_redirect(req, "mails_again", "/m/%s", request_param(req, "token")));
}

#define PUBLIC .audience = AUD_PUBLIC, .permission = PERM_PUBLIC, .rate = &link_rate

const struct route notification_public_routes[] = {
    { .name = "mail.link",
      .method = HTTP_GET,
      .path = "/m/:token",
      PUBLIC,
      .handler = link_show,
      .page = "notification/link.cs" },
    { .name = "mail.unsubscribe",
      .method = HTTP_POST,
      .path = "/m/:token",
      PUBLIC,
      .form = &unsubscribe_form,
      .handler = link_post,
      .no_token = "mail programs send it (RFC 8058); the signed address is what permits it" },
    { .name = "mail.undo",
      .method = HTTP_POST,
      .path = "/m/:token/undo",
      PUBLIC,
      .form = &undo_form,
      .handler = undo_post,
      .repeatable = "taking back twice is taking back once" },
    { 0 },
};
