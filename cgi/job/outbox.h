/* job/outbox.h - mail leaves through rows, written in the transaction of the change, sent by the worker:
 * retried, never doubled (the Message-ID is the row's), in the reader's language. */
#pragma once

#include "base/arena.h"
#include "db/db.h"
#include "text/lang.h"

extern db_stmt_table outbox_add_statements[];

struct mail_value {
    const char *name; /* NULL ends the list; becomes Mail.NAME in the template */
    const char *value;
};

struct mail {
    const char *template;  /* "identity/reset": templates/mail/identity/reset.cs */
    int64_t user_id;       /* whose language, zone and address are used; 0: to_address and lang */
    const char *to_address, *to_name;
    enum lang lang;
    const char *kind;      /* "deal": thread of a record; "" for none */
    int64_t object_id;
    const char *reason;    /* why the reader gets it: English message id, shown in the foot */
    const struct mail_value *values; /* no secrets: they stand in the table */
    const char *link;      /* kind of link whose token the worker makes when it sends ("reset", "invite");
                              NULL: none */
};

struct err *outbox_add(struct db *db, struct arena *a, const struct mail *mail);
