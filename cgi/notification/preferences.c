/* notification/preferences.c - what a person wants to be told by mail, and when. */
#include "notification/inside.h"

#include "access/parameter.h"
#include "base/str.h"

#include <string.h>

const char *const mail_when_names[MAIL_WHEN_COUNT] = {
    [MAIL_NEVER] = "never", [MAIL_NOW] = "now", [MAIL_DAILY] = "daily"
};
static const char *const when_labels[MAIL_WHEN_COUNT] = {
    [MAIL_NEVER] = N_("Never"), [MAIL_NOW] = N_("At once"), [MAIL_DAILY] = N_("Once a day")
};

static const struct db_field preference_fields[] = {
    DB_FIELD(struct preference, event, DB_TEXT, 40),
    DB_FIELD(struct preference, mail, DB_TEXT, 8),
    { 0 },
};
static const struct db_stmt list_preferences = {
    .name = "notification.preferences",
    .sql = "SELECT event, mail FROM notification_preference WHERE user_id = ?",
    .binds = "i",
    .fields = preference_fields,
    .row_bytes = sizeof(struct preference),
    .flags = DB_LISTS,
};
static const struct db_stmt set_preference = {
    .name = "notification.set_preference",
    .sql = "INSERT INTO notification_preference (user_id, event, mail) VALUES (?, ?, ?)"
           " ON DUPLICATE KEY UPDATE mail = VALUES(mail)",
    .binds = "iss",
    .flags = DB_WRITE,
};

db_stmt_table notification_choice_statements[] = { &list_preferences, &set_preference, NULL };

enum mail_when mail_when(const struct notification_event *event, const char *stored)
{
    if (event->always)
        return MAIL_NOW;
    for (int when = 0; when < MAIL_WHEN_COUNT; when++)
        if (stored != NULL && str_eq(stored, mail_when_names[when]))
            return (enum mail_when)when;
    return event->mail ? MAIL_NOW : MAIL_NEVER;
}

struct err *preferences_of(struct db *db, struct arena *a, int64_t user_id,
                           struct preference **rows_out, size_t *count_out)
{
    return err_pass(db_list(db, a, &list_preferences, DB_ARGS(DB_I(user_id)), rows_out, count_out));
}

enum mail_when preference_when(const struct notification_event *event,
                               const struct preference *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_eq(rows[i].event, event->name))
            return mail_when(event, rows[i].mail);
    return mail_when(event, NULL);
}

struct err *preference_set(struct db *db, int64_t user_id, const char *event, enum mail_when when)
{
    return err_pass(db_exec(db, &set_preference,
                            DB_ARGS(DB_I(user_id), DB_S(event), DB_S(mail_when_names[when])),
                            NULL));
}

/* -- the form: "EVENT:WHEN" once an event ------------------------------------------ */

struct preference_input {
    struct value_list mail;
};

static bool may_choose(const struct request *req, const struct notification_event *event)
{
    return (event->audiences & (1u << req->actor->audience)) != 0 && !event->always;
}

static const char *choice_value(struct request *req, const struct notification_event *event,
                                int when)
{
    return arena_printf(req->arena, "%s:%s", event->name, mail_when_names[when]);
}

static const struct choice *choices_of_reader(struct request *req)
{
    struct choice *choices;
    size_t count = 0;

    for (const struct notification_event *e = notification_events; e->name != NULL; e++)
        count++;
    choices = arena_array(req->arena, count * MAIL_WHEN_COUNT + 1, sizeof(*choices));
    count = 0;
    for (const struct notification_event *e = notification_events; e->name != NULL; e++)
        for (int when = 0; when < MAIL_WHEN_COUNT && may_choose(req, e); when++)
            choices[count++] = (struct choice){ choice_value(req, e, when), tr(req, e->label) };
    return choices;
}

static const struct field preference_form_fields[] = {
    { .name = "mail",
      .label = N_("Mail"),
      .kind = FIELD_CHOICE,
      .choices_of = choices_of_reader,
      .list = true,
      .offset = offsetof(struct preference_input, mail) },
    { 0 },
};
const struct form preference_form = {
    .name = "notification.preferences",
    .fields = preference_form_fields,
    .size_bytes = sizeof(struct preference_input),
    .lists_max = 200,
};

static enum mail_when chosen_when(const struct value_list *chosen,
                                  const struct notification_event *event, enum mail_when now)
{
    const size_t len = strlen(event->name);

    for (size_t i = 0; i < chosen->count; i++)
        if (str_starts(chosen->texts[i], event->name) && chosen->texts[i][len] == ':')
            return mail_when(event, chosen->texts[i] + len + 1);
    return now;
}

/* Only what differs from what holds now is written, so that a changed default reaches people who
 * never chose. */
struct err *preferences_save(struct request *req)
{
    const struct preference_input *in = req->input;
    struct preference *rows;
    size_t count;

    TRY(preferences_of(req->db, req->arena, req->actor->user_id, &rows, &count));
    for (const struct notification_event *e = notification_events; e->name != NULL; e++) {
        const enum mail_when now = preference_when(e, rows, count);
        const enum mail_when then = chosen_when(&in->mail, e, now);

        if (may_choose(req, e) && then != now)
            TRY(preference_set(req->db, req->actor->user_id, e->name, then));
    }
    return err_pass(reply_redirect(req, "saved", "%s/notifications/preferences",
                                   notification_prefix(req->actor->audience)));
}

/* -- the page ---------------------------------------------------------------------- */

enum { GROUPS_MAX = 8 };
struct groups {
    struct view *views[GROUPS_MAX];
    const char *titles[GROUPS_MAX];
    size_t count;
};

/* One group of the matrix after the other, in the order of their first event. */
static struct view *group_row(struct request *req, const char *title, struct groups *groups)
{
    for (size_t i = 0; i < groups->count; i++)
        if (str_eq(groups->titles[i], title) || i == GROUPS_MAX - 1)
            return groups->views[i];
    groups->titles[groups->count] = title;
    groups->views[groups->count] = view_row(view_at(req->page, "Notifications"), "Groups");
    view_text(groups->views[groups->count], "Title", tr(req, title));
    return groups->views[groups->count++];
}

static void show_event(struct request *req, const struct notification_event *event,
                       enum mail_when now, struct groups *groups)
{
    struct view *item = view_row(group_row(req, event->group, groups), "Items");

    view_text(item, "Name", event->name);
    view_text(item, "Label", tr(req, event->label));
    view_flag(item, "Always", event->always);
    for (int when = 0; when < MAIL_WHEN_COUNT && !event->always; when++) {
        struct view *choice = view_row(item, "Choices");

        view_text(choice, "Value", choice_value(req, event, when));
        view_text(choice, "Label", tr(req, when_labels[when]));
        view_flag(choice, "Chosen", (int)now == when);
    }
}

struct err *preferences_show(struct request *req)
{
    struct groups groups = { 0 };
    struct preference *rows;
    int64_t hour;
    size_t count;

    page_title(req, tr(req, "What I am told, and how"));
    form_show(req, &preference_form, NULL);
    notification_show_frame(req, "preferences");
    TRY(preferences_of(req->db, req->arena, req->actor->user_id, &rows, &count));
    for (const struct notification_event *e = notification_events; e->name != NULL; e++)
        if ((e->audiences & (1u << req->actor->audience)) != 0)
            show_event(req, e, preference_when(e, rows, count), &groups);
    TRY(parameter_now(req->db, req->arena, PARAM_MAIL_DIGEST_HOUR, &hour));
    view_text(view_at(req->page, "Notifications"), "Hour",
              arena_printf(req->arena, "%02d:00", (int)hour));
    view_text(view_at(req->page, "Notifications"), "Zone", text_locale_zone(req->locale));
    return err_pass(mutes_show(req));
}
