/* notification/pages.c - the list of what a person was told, and the room's addresses. */
#include "notification/inside.h"

#include "access/session.h"
#include "base/str.h"
#include "web/list.h"

#include <string.h>

/* -- statements -------------------------------------------------------------------- */

struct row {
    int64_t id, object_id, created_at, read_at;
    const char *event, *values_json;
};

static const struct db_field row_fields[] = {
    DB_FIELD(struct row, id, DB_I64, 0),
    DB_FIELD(struct row, event, DB_TEXT, 40),
    DB_FIELD(struct row, object_id, DB_I64, 0),
    DB_FIELD(struct row, values_json, DB_TEXT, 1000),
    DB_FIELD(struct row, created_at, DB_AT, 0),
    DB_NULLABLE(struct row, read_at, DB_AT, 0),
    { 0 },
};

#define LIST_STATEMENT(name_, condition, order)                                                   \
    {                                                                                             \
        .name = (name_),                                                                          \
        .sql = "SELECT id, event, object_id, values_json, created_at, read_at FROM notification"  \
               " WHERE user_id = ? AND " condition " ORDER BY id " order " LIMIT ?",              \
        .binds = "iii", .fields = row_fields, .row_bytes = sizeof(struct row), .flags = DB_LISTS, \
    }

static const struct db_stmt list_all_older = LIST_STATEMENT("notification.older", "id < ?", "DESC");
static const struct db_stmt list_all_newer = LIST_STATEMENT("notification.newer", "id > ?", "ASC");
static const struct db_stmt list_unread_older =
    LIST_STATEMENT("notification.unread_older", "read_at IS NULL AND id < ?", "DESC");
static const struct db_stmt list_unread_newer =
    LIST_STATEMENT("notification.unread_newer", "read_at IS NULL AND id > ?", "ASC");

static const struct db_stmt mark_one = {
    .name = "notification.mark_read",
    .sql = "UPDATE notification SET read_at = UTC_TIMESTAMP(6)"
           " WHERE id = ? AND user_id = ? AND read_at IS NULL",
    .binds = "ii",
    .flags = DB_WRITE,
};

/* A batch, as everything that may be long; who has more unread presses again. */
static const struct db_stmt mark_all = {
    .name = "notification.mark_all_read",
    .sql = "UPDATE notification SET read_at = UTC_TIMESTAMP(6)"
           " WHERE user_id = ? AND read_at IS NULL LIMIT 1000",
    .binds = "i",
    .flags = DB_WRITE,
};

db_stmt_table notification_read_statements[] = { &list_all_older,
                                                 &list_all_newer,
                                                 &list_unread_older,
                                                 &list_unread_newer,
                                                 &mark_one,
                                                 &mark_all,
                                                 NULL };

/* -- the list ---------------------------------------------------------------------- */

const char *notification_prefix(enum audience audience)
{
    switch (audience) {
    case AUD_PARTNER:
        return "/partner";
    case AUD_CUSTOMER:
        return "/customer";
    default:
        return "/staff";
    }
}

static const char *prefix_of(const struct request *req)
{
    return notification_prefix(req->actor->audience);
}

static const struct list_view views[] = { { "all", N_("All") }, { "unread", N_("Unread") }, { 0 } };
static const struct list_column columns[] = { { .code = "newest" }, { 0 } };

#define LIST_SPEC(prefix)                                                      \
    {                                                                          \
        .address = prefix "/notifications", .views = views, .columns = columns \
    }
static const struct list_spec specs[AUD_COUNT] = {
    [AUD_PARTNER] = LIST_SPEC("/partner"),
    [AUD_CUSTOMER] = LIST_SPEC("/customer"),
    [AUD_STAFF] = LIST_SPEC("/staff"),
};

struct list_query_input {
    struct list_input list;
};
static const struct field query_fields[] = { LIST_FIELDS(struct list_query_input), { 0 } };
static const struct form list_query = {
    .name = "notification.list",
    .fields = query_fields,
    .size_bytes = sizeof(struct list_query_input),
};

static struct err *read_rows(struct request *req, const struct list *list, struct row **rows_out,
                             size_t *count_out)
{
    enum { ALL, UNREAD };
    static const struct db_stmt *const statements[][2] = {
        [ALL] = { &list_all_older, &list_all_newer },
        [UNREAD] = { &list_unread_older, &list_unread_newer },
    };
    bool newer = list->direction == LIST_NEWER;
    int64_t key = list->direction == LIST_FIRST ? INT64_MAX : list->key.id;

    return err_pass(db_list(req->db, req->arena, statements[list->view_no][newer],
                            DB_ARGS(DB_I(req->actor->user_id), DB_I(key), DB_I(list->fetch)),
                            rows_out, count_out));
}

static const char *day_title(struct request *req, int64_t at, int64_t now)
{
    struct text_span span = text_span_between(req->locale, at, now);

    if (span.calendar_days == 0)
        return tr(req, "Today");
    if (span.calendar_days == 1)
        return tr(req, "Yesterday");
    return text_date(req->locale, req->arena, at);
}

static struct err *show_row(struct request *req, struct view *item, const struct row *row)
{
    const struct notification_event *event = notification_event_find(row->event);
    struct mail_value *values;
    const char *base;

    if (event == NULL) /* of a newer version that was taken back */
        return NULL;
    base = event->address[req->actor->audience];
    TRY(values_read(req->arena, row->values_json, &values));
    view_text(item, "Title", values_fill(req->locale, req->arena, tr(req, event->title), values));
    view_text(item, "Text",
              *event->text == '\0'
                  ? ""
                  : values_fill(req->locale, req->arena, tr(req, event->text), values));
    view_text(item, "Tone", event->tone);
    view_text(item, "Icon", event->icon);
    view_text(item, "Href",
              base != NULL ? arena_printf(req->arena, "%s%lld", base, (long long)row->object_id)
                           : "");
    view_text(item, "Time", text_time(req->locale, req->arena, row->created_at));
    view_text(
        item, "Action",
        arena_printf(req->arena, "%s/notifications/%lld/read", prefix_of(req), (long long)row->id));
    view_text(item, "Reason", tr(req, event->reason));
    view_flag(item, "Unread", row->read_at == 0);
    return NULL;
}

static struct err *show_rows(struct request *req, const struct row *rows, size_t count)
{
    struct view *day = NULL;
    int32_t shown = DAY_NONE;
    int64_t now;

    TRY(db_now(req->db, &now));
    for (size_t i = 0; i < count; i++) {
        int32_t local = text_local_day(req->locale, rows[i].created_at);

        if (local != shown) {
            day = view_row(view_at(req->page, "Notifications"), "Days");
            view_text(day, "Title", day_title(req, rows[i].created_at, now));
            view_int(day, "Id", local);
            shown = local;
        }
        TRY(show_row(req, view_row(day, "Items"), &rows[i]));
    }
    return NULL;
}

void notification_show_frame(struct request *req, const char *current)
{
    static const struct {
        const char *code, *label, *path;
    } tabs[] = { { "list", N_("Notifications"), "/notifications" },
                 { "preferences", N_("What I am told, and how"), "/notifications/preferences" } };

    for (size_t i = 0; i < ARRAY_LEN(tabs); i++) {
        struct view *tab = view_row(view_at(req->page, "Notifications"), "Tabs");

        view_text(tab, "Label", tr(req, tabs[i].label));
        view_text(tab, "Href", arena_printf(req->arena, "%s%s", prefix_of(req), tabs[i].path));
        view_flag(tab, "Current", str_eq(tabs[i].code, current));
    }
    view_text(view_at(req->page, "Notifications"), "Base",
              arena_printf(req->arena, "%s/notifications", prefix_of(req)));
}

static struct err *show_list(struct request *req)
{
    const struct list_query_input *in = req->input;
    struct list_key first, last;
    struct row *rows;
    struct list list;
    size_t count;
    int unread = req->actor->counters[COUNTER_NOTIFICATIONS];

    page_title(req, tr(req, "Notifications"));
    if (unread > 0)
        page_fact(req, trn(req, "%s unread", "%s unread", unread));
    TRY(list_begin(req, &specs[req->actor->audience], &in->list, &list));
    TRY(read_rows(req, &list, &rows, &count));
    list_end(req, &list, rows, sizeof(*rows), &count);
    if (count > 0) {
        first = (struct list_key){ .number = rows[0].id, .id = rows[0].id };
        last = (struct list_key){ .number = rows[count - 1].id, .id = rows[count - 1].id };
    }
    list_show(req, &list, count > 0 ? &first : NULL, count > 0 ? &last : NULL);
    notification_show_frame(req, "list");
    view_flag(view_at(req->page, "Notifications"), "AnyUnread", unread > 0);
    return err_pass(show_rows(req, rows, count));
}

/* -- read -------------------------------------------------------------------------- */

static struct err *count_read(struct request *req, int64_t read)
{
    if (read == 0)
        return NULL;
    return err_pass(session_count(req->db, req->actor->user_id, COUNTER_NOTIFICATIONS, -(int)read));
}

/* One that is read already, or somebody else's, changes nothing and says nothing. */
static struct err *mark_one_read(struct request *req)
{
    int64_t id, read;

    if (!str_to_i64(request_param(req, "notification"), &id))
        return err_raise(ERR_NOT_FOUND, "no number of a notification");
    TRY(db_exec(req->db, &mark_one, DB_ARGS(DB_I(id), DB_I(req->actor->user_id)), &read));
    TRY(count_read(req, read));
    return err_pass(reply_redirect(req, NULL, "%s/notifications", prefix_of(req)));
}

static struct err *mark_all_read(struct request *req)
{
    int64_t read;

    TRY(db_exec(req->db, &mark_all, DB_ARGS(DB_I(req->actor->user_id)), &read));
    TRY(count_read(req, read));
    return err_pass(reply_redirect(req, NULL, "%s/notifications", prefix_of(req)));
}

/* -- routes ------------------------------------------------------------------------ */

#define ROUTES(name_, prefix, audience_)                           \
    { .name = name_ ".notification.list",                          \
      .method = HTTP_GET,                                          \
      .path = prefix "/notifications",                             \
      .audience = (audience_),                                     \
      .permission = PERM_HOME,                                     \
      .query = &list_query,                                        \
      .handler = show_list,                                        \
      .page = "notification/list.cs" },                            \
        { .name = name_ ".notification.read_all",                  \
          .method = HTTP_POST,                                     \
          .path = prefix "/notifications/read",                    \
          .audience = (audience_),                                 \
          .permission = PERM_HOME,                                 \
          .form = &form_empty,                                     \
          .handler = mark_all_read },                              \
        { .name = name_ ".notification.read",                      \
          .method = HTTP_POST,                                     \
          .path = prefix "/notifications/:notification/read",      \
          .audience = (audience_),                                 \
          .permission = PERM_HOME,                                 \
          .form = &form_empty,                                     \
          .handler = mark_one_read,                                \
          .repeatable = "marking as read twice is marking once" }, \
        { .name = name_ ".notification.preferences",               \
          .method = HTTP_GET,                                      \
          .path = prefix "/notifications/preferences",             \
          .audience = (audience_),                                 \
          .permission = PERM_HOME,                                 \
          .handler = preferences_show,                             \
          .page = "notification/preferences.cs" },                 \
        { .name = name_ ".notification.save",                      \
          .method = HTTP_POST,                                     \
          .path = prefix "/notifications/preferences",             \
          .audience = (audience_),                                 \
          .permission = PERM_HOME,                                 \
          .form = &preference_form,                                \
          .handler = preferences_save,                             \
          .retry = preferences_show,                               \
          .retry_page = "notification/preferences.cs" },           \
        { .name = name_ ".notification.unmute",                    \
          .method = HTTP_POST,                                     \
          .path = prefix "/notifications/muted/:mute/remove",      \
          .audience = (audience_),                                 \
          .permission = PERM_HOME,                                 \
          .form = &form_empty,                                     \
          .handler = mute_remove_post,                             \
          .repeatable = "what is gone cannot go twice" },          \
    {                                                              \
        0                                                          \
    }

const struct route notification_partner_routes[] = { ROUTES("partner", "/partner", AUD_PARTNER) };
const struct route notification_customer_routes[] = { ROUTES("customer", "/customer",
                                                             AUD_CUSTOMER) };
const struct route notification_staff_routes[] = { ROUTES("staff", "/staff", AUD_STAFF) };
