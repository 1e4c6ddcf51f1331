/* notification/inside.h - what the files of this room share; nobody else includes it. */
#pragma once

#include "notification/notification.h"
#include "web/request.h"

/* When an event's mail goes out. */
enum mail_when { MAIL_NEVER, MAIL_NOW, MAIL_DAILY, MAIL_WHEN_COUNT };
extern const char *const mail_when_names[MAIL_WHEN_COUNT];
/* What is stored, else what the event has by itself: STORED NULL. */
enum mail_when mail_when(const struct notification_event *event, const char *stored);

/* What a person chose; those that he never chose have no row. */
struct preference {
    const char *event, *mail;
};
struct err *preferences_of(struct db *db, struct arena *a, int64_t user_id,
                           struct preference **rows_out, size_t *count_out);
enum mail_when preference_when(const struct notification_event *event,
                               const struct preference *rows, size_t count);
struct err *preference_set(struct db *db, int64_t user_id, const char *event, enum mail_when when);

/* "/partner" of the visitor. */
const char *notification_prefix(enum audience audience);
/* The tabs and the address of the room's pages; CURRENT is "list" or "preferences". */
void notification_show_frame(struct request *req, const char *current);

struct err *mutes_show(struct request *req);
struct err *mute_remove_post(struct request *req);

struct err *preferences_show(struct request *req);
struct err *preferences_save(struct request *req);
extern const struct form preference_form;
