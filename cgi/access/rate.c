/* access/rate.c - counting hits.  One statement does it: the row's key is the window, so that every
 * host and every run again meets the same row. */
#include "access/rate.h"

#include "base/clock.h"
#include "crypt/hash.h"

#include <string.h>

enum { SUBJECT_BYTES = 16 };

/* The window that now lies in begins at a multiple of its length. */
#define WINDOW "FROM_UNIXTIME(UNIX_TIMESTAMP() DIV ? * ?)"

static const struct db_stmt hit = {
    .name = "rate.hit",
    /* LAST_INSERT_ID(n) makes n what the connector reports as the statement's id. */
    .sql = "INSERT INTO rate_bucket (subject, window_at, hits)"
           " VALUES (?, " WINDOW ", LAST_INSERT_ID(1))"
           " ON DUPLICATE KEY UPDATE hits = LAST_INSERT_ID(hits + 1)",
    .binds = "bii",
    .flags = DB_WRITE,
};
static const struct db_stmt forgive = {
    .name = "rate.forgive",
    .sql = "UPDATE rate_bucket SET hits = hits - 1"
           " WHERE subject = ? AND window_at = " WINDOW " AND hits > 0",
    .binds = "bii",
    .flags = DB_WRITE,
};
db_stmt_table rate_statements[] = { &hit, &forgive, NULL };

struct one_hit {
    const struct rate *rate;
    unsigned char subject[SHA256_BYTES];
    int64_t hits;
};

/* The row tells nobody who it was. */
static void hash_subject(const struct rate *rate, const char *subject,
                         unsigned char out[SHA256_BYTES])
{
    struct sha256 h;

    sha256_begin(&h);
    sha256_add(&h, rate->name, strlen(rate->name));
    sha256_add(&h, "|", 1);
    sha256_add(&h, subject, strlen(subject));
    sha256_end(&h, out);
}

static struct err *count_hit(struct db *db, void *arg)
{
    struct one_hit *one = arg;
    int seconds = one->rate->seconds;

    return err_pass(db_insert(
        db, &hit, DB_ARGS(DB_B(one->subject, SUBJECT_BYTES), DB_I(seconds), DB_I(seconds)),
        &one->hits));
}

struct err *rate_hit(struct db *db, const struct rate *rate, const char *subject, int *left_out,
                     int *wait_seconds_out)
{
    struct one_hit one = { .rate = rate };

    hash_subject(rate, subject, one.subject);
    TRY(db_transaction(db, count_hit, &one));
    *left_out = (int)(rate->limit - one.hits);
    /* A hint for people, so this host's clock will do. */
    *wait_seconds_out = rate->seconds - (int)(clock_now_us() / CLOCK_SECOND % rate->seconds);
    return NULL;
}

struct err *rate_forgive(struct db *db, const struct rate *rate, const char *subject)
{
    unsigned char hash[SHA256_BYTES];

    hash_subject(rate, subject, hash);
    return err_pass(db_exec(
        db, &forgive, DB_ARGS(DB_B(hash, SUBJECT_BYTES), DB_I(rate->seconds), DB_I(rate->seconds)),
        NULL));
}
