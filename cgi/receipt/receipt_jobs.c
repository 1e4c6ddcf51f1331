/* receipt/receipt_jobs.c */
#include "receipt/receipt_jobs.h"

#include "receipt/log.h"

enum { SIGN_SECONDS = 1, APPEND_SECONDS = 20, RUNS_MAX = 100 };

struct task {
    struct arena *a;
    struct log_signer signer;
    int64_t count;
    struct err *(*act)(struct db *db, struct arena *a, const struct log_signer *signer,
                       int64_t *count_out);
};

static struct err *one_batch(struct db *db, void *arg)
{
    struct task *task = arg;

    return err_pass(task->act(db, task->a, &task->signer, &task->count));
}

/* Batch after batch, so that no transaction grows without end; a backlog goes on with the next run.
 * The key is read anew each time: it may have been rotated. */
static struct err *run(struct job_context *ctx, struct task *task)
{
    struct err *e = NULL;

    TRY(log_signer_open(ctx->arena, ctx->conf, &task->signer));
    task->count = LOG_BATCH;
    for (int i = 0; e == NULL && task->count == LOG_BATCH && i < RUNS_MAX; i++) {
        task->a = arena_new(64 * 1024);
        e = err_pass(db_transaction(ctx->db, one_batch, task));
        arena_free(task->a);
    }
    log_signer_close(&task->signer);
    return e;
}

/* Most seconds nothing waits, and nobody needs the key. */
static struct err *sign(struct job_context *ctx, const struct job *job)
{
    struct task task = { .act = log_sign_receipts };
    bool waits;

    (void)job;
    TRY(db_begin_read(ctx->db));
    TRY(log_waits_for_signature(ctx->db, ctx->arena, &waits));
    TRY(db_commit(ctx->db));
    return waits ? err_pass(run(ctx, &task)) : NULL;
}

static struct err *append(struct job_context *ctx, const struct job *job)
{
    struct task task = { .act = log_append };

    (void)job;
    return err_pass(run(ctx, &task));
}

const struct job_kind receipt_jobs[] = {
    { .name = "receipt.sign",
      .handler = sign,
      .retries = 3,
      .timeout_seconds = 120,
      .every_seconds = SIGN_SECONDS },
    { .name = "log.append",
      .handler = append,
      .retries = 3,
      .timeout_seconds = 600,
      .every_seconds = APPEND_SECONDS },
    { 0 },
};
