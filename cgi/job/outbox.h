/* job/outbox.h - mail leaves through rows, written in the transaction of the change, sent by the
 * worker: retried, never doubled, in the reader's language.
 *
 * The promise: a row that was marked as sent is never sent again, and a row is marked as soon as
 * the mail server has taken the mail.  If the worker, the server or the network dies in between,
 * nobody knows whether it was taken; then, and only then, it is sent once more with the same
 * Message-ID, by which mail programs see that it is the same mail. */
#pragma once

#include "access/brand.h"
#include "base/arena.h"
#include "db/db.h"
#include "job/mail.h"
#include "job/queue.h"
#include "job/values.h"
#include "text/lang.h"
#include "view/template.h"

extern db_stmt_table outbox_add_statements[];
extern db_stmt_table outbox_send_statements[]; /* the worker */

struct mail {
    const char *template; /* "identity/reset": templates/mail/identity/reset.cs */
    int64_t user_id;      /* whose language, zone and address are used; 0: to_address and lang */
    const char *to_address, *to_name;
    enum lang lang;
    const char *kind; /* "deal": thread of a record; "" for none */
    int64_t object_id;
    const char *reason; /* why the reader gets it: English message id, shown in the foot */
    /* Become Mail.NAME in the template, in the reader's language and zone (job/values.h).  No
     * secrets: they stand in the table. */
    const struct mail_value *values;
    const char *link; /* kind of link whose token the worker makes when it sends ("reset",
                         "invite"); NULL: none */
};

struct err *outbox_add(struct db *db, struct arena *a, const struct mail *mail);

/* A row of the table of link makers; main/worker.c lists what the features offer.  MAKE runs in an
 * open write transaction and gives the whole address. */
struct outbox_link {
    const char *kind; /* NULL ends the table */
    /* BASE is what the address begins with. */
    struct err *(*make)(struct db *db, struct arena *a, const char *base, const char *kind,
                        int64_t user_id, const char **url_out);
};

/* A mail whose content is read, or whose links are made, only when it is sent. */
struct outbox_reading {
    int64_t user_id, object_id;
    const char *kind, *base; /* BASE: what addresses begin with for this reader */
    const struct mail_value *values;
    const struct text_locale *locale;
    struct view *view;       /* Mail of the template */
    const char *unsubscribe; /* out: for the head of the mail (job/mime.h); NULL: none */
};
/* A row of the table of those; main/worker.c lists what the rooms offer.  FILL runs in an open
 * write transaction, and may run several times: the view is empty but for the values each time. */
struct outbox_content {
    const char *template; /* NULL ends the table */
    struct err *(*fill)(struct db *db, struct arena *a, struct outbox_reading *mail);
};

struct outbox_sender {
    struct mailer *mailer;
    struct templates *templates;
    const struct outbox_link *links;
    const struct outbox_content *contents; /* NULL: none; set after outbox_sender_init() */
    struct view *values;                   /* made by outbox_sender_init(), reused for each mail */
    struct buf parts[MAIL_PART_COUNT], message;
    struct brand brand;    /* read before each batch */
    int64_t hold_until_us; /* monotonic: no server was reached, so nothing is tried before */
};
void outbox_sender_init(struct outbox_sender *sender, struct mailer *mailer,
                        struct templates *templates, const struct outbox_link *links);
void outbox_sender_clear(struct outbox_sender *sender); /* the mailer and the templates stay */

/* Sends what is due, one after the other, until there is nothing, nobody takes it, or STOP is set.
 * A mail that the server puts off waits 1, 3, 9 ... minutes, 4 hours at most, and fails after 14
 * tries; one that it refuses for good fails at once.  While no server is reached no tries are
 * counted. */
struct err *outbox_send_due(struct job_context *ctx, struct outbox_sender *sender,
                            const volatile int *stop, int *sent_out);
