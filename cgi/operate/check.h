/* operate/check.h - is this portal well?  One line a question: what was found, and what to do.
 *
 * Questions are rows of a table in check.c.  One that cannot be asked, since what it asks is away,
 * is a failure with the reason; the others go on. */
#pragma once

#include "base/conf.h"
#include "db/db.h"

enum check_level { CHECK_OK, CHECK_WARN, CHECK_FAIL };
const char *check_level_name(enum check_level level); /* "ok", "warn", "fail" */

/* Words of a line in the reader's language. */
typedef const char *check_words(const void *reader, const char *message)
    __attribute__((format_arg(2)));

struct check_line {
    const char *name; /* of the question: "backup" */
    enum check_level level;
    const char *found;
    const char *todo; /* "" when nothing is to be done */
};

enum { CHECK_LINES_MAX = 64 };

struct check {
    struct arena *a;
    const struct conf *conf;
    struct db *db; /* opened lazily, as an account that may read everything; NULL: it is away */
    struct check_line lines[CHECK_LINES_MAX];
    size_t count;
    const char *name; /* of the question at hand */
    /* The page of staff, which is no operator at a shell: what a web program may see, in the open
     * transaction.  NULL and "": everything. */
    const char *program; /* that asks: it need not ask itself */
    check_words *words;
    const void *reader;
};

/* Asks everything.  AWAY: why there is no DB. */
void check_all(struct check *c, const struct err *away);
/* What can be asked from a page: the rest is said by fairwayctl check alone.  An error is the
 * database's. */
struct err *check_seen(struct check *c);
/* The worst line's. */
enum check_level check_worst(const struct check *c);
