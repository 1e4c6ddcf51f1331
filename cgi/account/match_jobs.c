/* account/match_jobs.c */
#include "account/match_jobs.h"
#include "account/match_find.h"

static struct err *count_in_transaction(struct db *db, void *arg)
{
    (void)arg;
    return err_pass(match_count_grams(db));
}

static struct err *count(struct job_context *ctx, const struct job *job)
{
    (void)job;
    return err_pass(db_transaction(ctx->db, count_in_transaction, NULL));
}

const struct job_kind match_jobs[] = {
    { .name = "match.count", .handler = count, .timeout_seconds = 600, .every_seconds = 3600 },
    { 0 },
};
