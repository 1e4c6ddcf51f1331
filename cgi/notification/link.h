/* notification/link.h - addresses in mails by which their reader changes what he is told by mail,
 * without a log-in.
 *
 * An address says whom it is for and what it ends, signed with a key of that person which stands in
 * no mail (RFC 2104, 128 bits), and ends after 90 days.  Whoever holds the mail holds the address:
 * it can end mails of its one kind and take that back, and it shows nothing that is the person's.
 */
#pragma once

#include "base/arena.h"
#include "db/db.h"

enum mail_link_kind {
    MAIL_LINK_EVENT = 1, /* no more mails of EVENT */
    MAIL_LINK_DIGEST,    /* no more mails once a day */
    MAIL_LINK_RECORD,    /* no more mails about the record */
};

struct mail_link {
    enum mail_link_kind kind;
    int64_t user_id;
    const char *event;       /* MAIL_LINK_EVENT */
    const char *record_kind; /* MAIL_LINK_RECORD: "deal" */
    int64_t object_id;
};

/* The address below BASE, in the open write transaction: a person's first makes his key. */
struct err *mail_link_make(struct db *db, struct arena *a, const char *base,
                           const struct mail_link *link, const char **url_out);
/* *good_out false, and *link_out untouched: it was not made here, or has ended. */
struct err *mail_link_read(struct db *db, struct arena *a, const char *token,
                           struct mail_link *link_out, bool *good_out);
