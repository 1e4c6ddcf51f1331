/* job/purge.c - a row of the table below for each kind of thing that is kept for a time. */
#include "job/purge.h"

#include "base/log.h"

enum { BATCH = 1000, EVERY_SECONDS = 600 };

#define PURGE(table, condition)                                                                  \
    {                                                                                            \
        .name = "purge." #table, .sql = "DELETE FROM " #table " WHERE " condition " LIMIT 1000", \
        .binds = "", .flags = DB_WRITE,                                                          \
    }

static const struct db_stmt purges[] = {
    /* Ended ones a week longer, for the list of own sessions. */
    PURGE(session, "expires_at < UTC_TIMESTAMP(6) - INTERVAL 7 DAY"),
    /* The longest window is a day. */
    PURGE(rate_bucket, "window_at < UTC_TIMESTAMP() - INTERVAL 2 DAY"),
    /* A form that has been open for two days is stale anyway. */
    PURGE(form_use, "used_at < UTC_TIMESTAMP(6) - INTERVAL 2 DAY"),
    PURGE(link_token, "expires_at < UTC_TIMESTAMP(6) - INTERVAL 1 DAY"),
    PURGE(job, "ended_at < UTC_TIMESTAMP(6) - INTERVAL 7 DAY AND state = 'done'"),
    PURGE(job, "ended_at < UTC_TIMESTAMP(6) - INTERVAL 90 DAY AND state = 'failed'"),
    PURGE(outbox, "created_at < UTC_TIMESTAMP(6) - INTERVAL 180 DAY"
                  " AND state IN ('sent', 'failed', 'dropped')"),
    /* What was never read still counts in a menu. */
    PURGE(notification, "created_at < UTC_TIMESTAMP(6) - INTERVAL 180 DAY AND read_at IS NOT NULL"),
    /* Its rows go with it; what became of them are registrations. */
    PURGE(deal_bulk, "created_at < UTC_TIMESTAMP(6) - INTERVAL 30 DAY AND state <> 'sending'"),
};

enum { PURGE_COUNT = sizeof(purges) / sizeof(purges[0]) };

db_stmt_table job_purge_statements[] = { &purges[0], &purges[1], &purges[2], &purges[3], &purges[4],
                                         &purges[5], &purges[6], &purges[7], &purges[8], NULL };
_Static_assert(PURGE_COUNT + 1 == sizeof(job_purge_statements) / sizeof(job_purge_statements[0]),
               "a purge is missing from the statements");

struct batch {
    const struct db_stmt *st;
    int64_t gone;
};

static struct err *remove_batch(struct db *db, void *arg)
{
    struct batch *batch = arg;

    return err_pass(db_exec(db, batch->st, DB_NO_ARGS, &batch->gone));
}

static struct err *purge_all(struct job_context *ctx, const struct job *job)
{
    int64_t gone = 0;

    (void)job;
    for (int i = 0; i < PURGE_COUNT; i++) {
        struct batch batch = { .st = &purges[i], .gone = BATCH };

        while (batch.gone == BATCH) {
            TRY(db_transaction(ctx->db, remove_batch, &batch));
            gone += batch.gone;
        }
    }
    if (gone > 0)
        log_event(LOG_INFO, "purge", LOG_I("rows", gone));
    return NULL;
}

const struct job_kind job_purge_jobs[] = {
    { .name = "purge",
      .handler = purge_all,
      .retries = 0,
      .timeout_seconds = 600,
      .every_seconds = EVERY_SECONDS },
    { 0 },
};
