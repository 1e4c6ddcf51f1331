/* identity/identity_link.h - the single-use links of security mails.  The worker makes a link at
 * the moment it sends the mail; the database keeps the hash of its token, and nothing else keeps
 * either. */
#pragma once

#include "base/arena.h"
#include "base/err.h"
#include "db/db.h"

/* Makes a link of KIND ("reset": 60 minutes, "invite": 7 days) for a user, in the open write
 * transaction.  The address begins with BASE, the configured one of his audience (conf_url()) and
 * never what a request said, and lives in the arena.  ERR_NOT_FOUND for an unknown kind. */
struct err *identity_link_make(struct db *db, struct arena *a, const char *base, const char *kind,
                               int64_t user_id, const char **url_out);
