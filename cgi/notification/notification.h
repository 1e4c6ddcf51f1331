/* notification/notification.h - tells people what they wait for: a row in the portal, a number in
 * their menu, and by their preference a mail.  Written in the transaction of what happened.
 *
 * What can be told is a table (event.c); each text is a message whose places are filled, in the
 * reader's language and zone, with the values in their order. */
#pragma once

#include "access/permission.h"
#include "base/arena.h"
#include "db/db.h"
#include "job/outbox.h"
#include "job/queue.h"
#include "job/values.h"
#include "web/request.h"

extern db_stmt_table
    notification_send_statements[]; /* programs that tell; with outbox_add_statements
                                       and session_count_statements */
extern db_stmt_table notification_read_statements[];   /* programs that show; with
                                                          session_count_statements */
extern db_stmt_table notification_choice_statements[]; /* what a person wants by mail */
extern db_stmt_table notification_mute_statements[];   /* and about which records not */
extern db_stmt_table notification_muted_statements[];  /* programs that show it */
extern db_stmt_table notification_job_statements[];    /* the worker */
extern db_stmt_table mail_link_statements[];           /* the worker, public.fcgi */
extern db_stmt_table mail_key_statements[];            /* the worker */

/* /PREFIX/notifications and what hangs on it, of the audience. */
extern const struct route notification_partner_routes[];
extern const struct route notification_customer_routes[];
extern const struct route notification_staff_routes[];
extern const struct route notification_public_routes[]; /* /m/TOKEN, from mails */

extern const struct job_kind notification_jobs[]; /* the mails of the day */
/* Contents of mails, for main/worker.c. */
struct err *notification_fill_event(struct db *db, struct arena *a, struct outbox_reading *mail);
struct err *notification_fill_digest(struct db *db, struct arena *a, struct outbox_reading *mail);

struct notification_event {
    const char *name;   /* "deal.returned"; NULL ends the table */
    const char *group;  /* heading in the preferences, English message id, as all texts here */
    const char *label;  /* in the preferences */
    const char *title;  /* "%1$s was returned to you" */
    const char *text;   /* second line; "" for none */
    const char *reason; /* why the reader gets the mail */
    const char *tone, *icon;
    unsigned audiences;   /* bits 1 << AUD_x: who may get it, and sees it in the preferences */
    bool mail;            /* a mail unless the person says never */
    bool always;          /* a mail whatever the person says */
    const char *template; /* of its mail, where that says more; NULL: notification/event */
    /* Where it leads, by the reader's audience: the record's address without its number. */
    const char *address[AUD_COUNT];
};

extern const struct notification_event notification_events[];
/* NULL when there is none of that name. */
const struct notification_event *notification_event_find(const char *name);

/* Kinds of records that a person may mute. */
struct notification_record {
    const char *kind, *prefix; /* "deal", "DR-"; NULL ends the table */
    const char *address[AUD_COUNT];
};
/* NULL: not one of those. */
const struct notification_record *notification_record_find(const char *kind);
const char *notification_record_number(struct arena *a, const struct notification_record *record,
                                       int64_t object_id); /* "DR-10423" */

/* From now on no mails about a record, which his list calls LABEL; what must be sent is sent all
 * the same, and the portal tells him as before.  In the open transaction. */
struct err *notification_mute(struct db *db, int64_t user_id, const char *kind, int64_t object_id,
                              const char *label, bool *changed_out);
struct err *notification_unmute(struct db *db, int64_t user_id, const char *kind, int64_t object_id,
                                bool *changed_out);
/* V.Muted of the visitor. */
struct err *notification_show_muted(struct request *req, struct view *v, const char *kind,
                                    int64_t object_id);

struct notification {
    const char *event;
    const char *kind; /* of the record: "deal" */
    int64_t object_id;
    const struct mail_value *values; /* %1$s is the first; by custom the record's number */
};

/* To each of USER_IDS once, in the open transaction; who is not active, or of an audience that the
 * event is not for, gets nothing.  ERR_BUG for an unknown event. */
struct err *notification_send(struct db *db, struct arena *a,
                              const struct notification *notification, const int64_t *user_ids,
                              size_t count);
