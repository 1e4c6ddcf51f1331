/* job/purge.c - a row of the table below for each kind of thing that is kept for a time. */
#include "job/purge.h"

#include "access/parameter.h"
#include "base/log.h"

enum { BATCH = 1000, EVERY_SECONDS = 600 };

/* How old what goes is, in days: by a system parameter, or always the same. */
struct purge {
    struct db_stmt st;
    enum parameter keep; /* PARAM_COUNT: always */
    int64_t days;
};

#define PURGE_SQL(table, condition)                                         \
    .st = { .name = "purge." #table,                                        \
            .sql = "DELETE FROM " #table " WHERE " condition " LIMIT 1000", \
            .binds = "i",                                                   \
            .flags = DB_WRITE }
#define PURGE(table, parameter, condition)                          \
    {                                                               \
        PURGE_SQL(table, condition), .keep = PARAM_KEEP_##parameter \
    }
#define PURGE_ALWAYS(table, days_, condition)                             \
    {                                                                     \
        PURGE_SQL(table, condition), .keep = PARAM_COUNT, .days = (days_) \
    }
#define AGE "UTC_TIMESTAMP(6) - INTERVAL ? DAY"

static const struct purge purges[] = {
    /* Ended ones stay for the list of own sessions. */
    PURGE(session, SESSIONS, "expires_at < " AGE),
    /* The longest window is a day. */
    PURGE_ALWAYS(rate_bucket, 2, "window_at < " AGE),
    /* A form that has been open for two days is stale anyway. */
    PURGE_ALWAYS(form_use, 2, "used_at < " AGE),
    PURGE(link_token, LINKS, "expires_at < " AGE),
    PURGE_ALWAYS(see_as, 2, "expires_at < " AGE),
    PURGE(job, JOBS_DONE, "ended_at < " AGE " AND state = 'done'"),
    PURGE(job, JOBS_FAILED, "ended_at < " AGE " AND state = 'failed'"),
    PURGE(outbox, MAILS, "created_at < " AGE " AND state IN ('sent', 'failed', 'dropped')"),
    PURGE(digest, MAILS, "created_at < " AGE),
    /* What was never read still counts in a menu. */
    PURGE(notification, NOTIFICATIONS, "created_at < " AGE " AND read_at IS NOT NULL"),
    /* Its rows go with it; what became of them are registrations. */
    PURGE(deal_bulk, LISTS, "created_at < " AGE " AND state <> 'sending'"),
    PURGE(lead_link, LINKS, "expires_at < " AGE),
    /* A form that still has it is stale. */
    PURGE_ALWAYS(brand_logo, 3,
                 "used_at < " AGE " AND hash NOT IN (SELECT logo_light FROM brand)"
                 " AND hash NOT IN (SELECT logo_dark FROM brand)"),
    /* The cookie has ended.  A person's newest stays, since the first one ever is not mailed. */
    PURGE_ALWAYS(known_device, 370,
                 "seen_at < " AGE " AND EXISTS (SELECT 1 FROM known_device later"
                 " WHERE later.user_id = known_device.user_id"
                 " AND later.seen_at > known_device.seen_at)"),
};

enum { PURGE_COUNT = sizeof(purges) / sizeof(purges[0]) };

db_stmt_table job_purge_statements[] = { &purges[0].st,  &purges[1].st,  &purges[2].st,
                                         &purges[3].st,  &purges[4].st,  &purges[5].st,
                                         &purges[6].st,  &purges[7].st,  &purges[8].st,
                                         &purges[9].st,  &purges[10].st, &purges[11].st,
                                         &purges[12].st, &purges[13].st, NULL };
_Static_assert(PURGE_COUNT + 1 == sizeof(job_purge_statements) / sizeof(job_purge_statements[0]),
               "a purge is missing from the statements");

struct batch {
    const struct purge *purge;
    int64_t days, gone;
};

static struct err *remove_batch(struct db *db, void *arg)
{
    struct batch *batch = arg;

    return err_pass(db_exec(db, &batch->purge->st, DB_ARGS(DB_I(batch->days)), &batch->gone));
}

static struct err *read_days(struct job_context *ctx, struct batch *batch)
{
    if (batch->purge->keep == PARAM_COUNT)
        return NULL;
    TRY(db_begin_read(ctx->db));
    TRY(parameter_now(ctx->db, ctx->arena, batch->purge->keep, &batch->days));
    return err_pass(db_commit(ctx->db));
}

static struct err *purge_all(struct job_context *ctx, const struct job *job)
{
    int64_t gone = 0;

    (void)job;
    for (int i = 0; i < PURGE_COUNT; i++) {
        struct batch batch = { .purge = &purges[i], .days = purges[i].days, .gone = BATCH };

        TRY(read_days(ctx, &batch));
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
