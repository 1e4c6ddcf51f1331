/* notification/send.c - writes notifications and their mails. */
#include "notification/inside.h"

#include "access/session.h"
#include "base/str.h"
#include "job/outbox.h"

struct receiver {
    const char *audience, *mail; /* mail NULL: no preference */
    int64_t muted;               /* 0: wants to hear of the record */
};

static const struct db_field receiver_fields[] = {
    DB_FIELD(struct receiver, audience, DB_TEXT, 10),
    DB_NULLABLE(struct receiver, mail, DB_TEXT, 8),
    DB_NULLABLE(struct receiver, muted, DB_I64, 0),
    { 0 },
};

static const struct db_stmt find_receiver = {
    .name = "notification.receiver",
    .sql = "SELECT u.audience, p.mail, m.id AS muted FROM user u"
           " LEFT JOIN notification_preference p ON p.user_id = u.id AND p.event = ?"
           " LEFT JOIN notification_mute m ON m.user_id = u.id AND m.kind = ? AND m.object_id = ?"
           " WHERE u.id = ? AND u.status = 'active'",
    .binds = "ssii",
    .fields = receiver_fields,
    .row_bytes = sizeof(struct receiver),
};

static const struct db_stmt insert = {
    .name = "notification.insert",
    .sql = "INSERT INTO notification (user_id, event, kind, object_id, values_json, created_at)"
           " VALUES (?, ?, ?, ?, ?, UTC_TIMESTAMP(6))",
    .binds = "issis",
    .flags = DB_WRITE,
};

static const struct db_stmt wait_for_day = {
    .name = "notification.wait_for_day",
    .sql = "INSERT INTO digest_item (notification_id, user_id, created_at)"
           " VALUES (?, ?, UTC_TIMESTAMP(6))",
    .binds = "ii",
    .flags = DB_WRITE,
};

db_stmt_table notification_send_statements[] = { &find_receiver, &insert, &wait_for_day, NULL };

/* A muted record sends what must be sent, and nothing else. */
static enum mail_when wants_mail(const struct notification_event *event,
                                 const struct receiver *receiver)
{
    if (receiver->muted != 0 && !event->always)
        return MAIL_NEVER;
    return mail_when(event, receiver->mail);
}

/* The values of the notification, then the texts that the mail's template shows. */
static struct mail_value *values_of_mail(struct arena *a, const struct notification_event *event,
                                         const struct notification *n, enum audience audience)
{
    const char *base = event->address[audience];
    struct mail_value *values;
    size_t count = 0;

    while (n->values != NULL && n->values[count].name != NULL)
        count++;
    values = arena_array(a, count + 6, sizeof(*values));
    for (size_t i = 0; i < count; i++)
        values[i] = n->values[i];
    values[count++] =
        (struct mail_value){ .name = "Title", .kind = VALUE_FORMAT, .value = event->title };
    values[count++] =
        (struct mail_value){ .name = "Text", .kind = VALUE_FORMAT, .value = event->text };
    values[count++] = (struct mail_value){
        .name = "Path",
        .value = base != NULL ? arena_printf(a, "%s%lld", base, (long long)n->object_id) : "/",
    };
    values[count++] = (struct mail_value){ .name = "Event", .value = event->name };
    values[count++] = (struct mail_value){
        .name = "Settings",
        .value = arena_printf(a, "%s/notifications/preferences", notification_prefix(audience)),
    };
    return values;
}

static struct err *send_mail(struct db *db, struct arena *a, const struct notification_event *event,
                             const struct notification *n, int64_t user_id, enum audience audience)
{
    return err_pass(
        outbox_add(db, a,
                   &(struct mail){ .template = event->template != NULL ? event->template
                                                                       : "notification/event",
                                   .user_id = user_id,
                                   .kind = n->kind,
                                   .object_id = n->object_id,
                                   .reason = event->reason,
                                   .values = values_of_mail(a, event, n, audience) }));
}

static struct err *send_to(struct db *db, struct arena *a, const struct notification_event *event,
                           const struct notification *n, int64_t user_id)
{
    struct receiver receiver;
    enum audience audience;
    int64_t id;
    bool found;

    TRY(db_one(db, a, &find_receiver,
               DB_ARGS(DB_S(event->name), DB_S(n->kind), DB_I(n->object_id), DB_I(user_id)),
               &receiver, &found));
    if (!found)
        return NULL;
    audience = audience_find(receiver.audience);
    if ((event->audiences & (1u << audience)) == 0)
        return NULL;
    TRY(db_insert(db, &insert,
                  DB_ARGS(DB_I(user_id), DB_S(event->name), DB_S(n->kind), DB_I(n->object_id),
                          DB_S(values_write(a, n->values))),
                  &id));
    TRY(session_count(db, user_id, COUNTER_NOTIFICATIONS, 1));
    switch (wants_mail(event, &receiver)) {
    case MAIL_NOW:
        return err_pass(send_mail(db, a, event, n, user_id, audience));
    case MAIL_DAILY:
        return err_pass(db_exec(db, &wait_for_day, DB_ARGS(DB_I(id), DB_I(user_id)), NULL));
    default:
        return NULL;
    }
}

static bool is_repeated(const int64_t *ids, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (ids[i] == ids[at])
            return true;
    return false;
}

struct err *notification_send(struct db *db, struct arena *a,
                              const struct notification *notification, const int64_t *user_ids,
                              size_t count)
{
    const struct notification_event *event = notification_event_find(notification->event);

    if (event == NULL)
        return err_raise(ERR_BUG, "there is no event %s", notification->event);
    for (size_t i = 0; i < count; i++)
        if (!is_repeated(user_ids, i))
            TRY(send_to(db, a, event, notification, user_ids[i]));
    return NULL;
}
