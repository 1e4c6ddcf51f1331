/* job/queue.c - takes jobs, runs them, and decides what becomes of them.
 *
 * waiting -> running -> done | waiting (again, later) | failed.  Each step is one conditional
 * update; who changed no row was too late.  Locks of the server play no part, so several workers on
 * several nodes do each job once.  A job whose lease ran out counts as waiting; each time it is
 * taken is counted as a try, so that a job that kills its worker fails like any other. */
#include "job/queue.h"

#include "base/clock.h"
#include "base/log.h"
#include "base/metric.h"
#include "base/str.h"
#include "crypt/random.h"
#include "job/inside.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum {
    CANDIDATES = 10,
    FIRST_WAIT_SECONDS = 5,
    LONGEST_WAIT_SECONDS = 3600,
    UNKNOWN_WAIT_SECONDS = 600,
    ERROR_BYTES = 500,
    OWNER_BYTES = 64
};

/* -- statements -------------------------------------------------------------------- */

static const struct db_stmt add_job = {
    .name = "job.add",
    .sql = "INSERT INTO job (kind, ref, payload, unique_key, due_at, created_at)"
           " VALUES (?, ?, ?, ?, COALESCE(?, UTC_TIMESTAMP(6)), UTC_TIMESTAMP(6))"
           " ON DUPLICATE KEY UPDATE asked = asked + 1, due_at = LEAST(due_at, VALUES(due_at))",
    .binds = "sisst",
    .flags = DB_WRITE,
};

struct candidate {
    int64_t id, ref, tries, asked, due_at;
    const char *kind, *payload, *asked_by;
};

static const struct db_field candidate_fields[] = {
    DB_FIELD(struct candidate, id, DB_I64, 0),
    DB_FIELD(struct candidate, kind, DB_TEXT, 40),
    DB_FIELD(struct candidate, ref, DB_I64, 0),
    DB_NULLABLE(struct candidate, payload, DB_TEXT, 1000),
    DB_FIELD(struct candidate, due_at, DB_AT, 0),
    DB_FIELD(struct candidate, tries, DB_I64, 0),
    DB_FIELD(struct candidate, asked, DB_I64, 0),
    DB_FIELD(struct candidate, asked_by, DB_TEXT, 32),
    { 0 },
};

#define CANDIDATE_COLUMNS "id, kind, ref, payload, due_at, tries, asked, asked_by"

static const struct db_stmt list_due = {
    .name = "job.due",
    .sql = "SELECT " CANDIDATE_COLUMNS " FROM job"
           " WHERE state = 'waiting' AND due_at <= UTC_TIMESTAMP(6) ORDER BY due_at, id LIMIT ?",
    .binds = "i",
    .fields = candidate_fields,
    .row_bytes = sizeof(struct candidate),
    .flags = DB_LISTS,
};

static const struct db_stmt list_abandoned = {
    .name = "job.abandoned",
    .sql = "SELECT " CANDIDATE_COLUMNS " FROM job"
           " WHERE state = 'running' AND lease_until < UTC_TIMESTAMP(6)"
           " ORDER BY lease_until LIMIT ?",
    .binds = "i",
    .fields = candidate_fields,
    .row_bytes = sizeof(struct candidate),
    .flags = DB_LISTS,
};

/* A timer keeps its key while it runs, so that there is never a second row of it. */
static const struct db_stmt take_job = {
    .name = "job.take",
    .sql =
        "UPDATE job SET state = 'running', tries = tries + 1, lease_owner = ?,"
        " lease_until = UTC_TIMESTAMP(6) + INTERVAL ? SECOND,"
        " unique_key = IF(? = 1, unique_key, NULL)"
        " WHERE id = ? AND tries = ? AND asked = ? AND ((state = 'waiting'"
        " AND due_at <= UTC_TIMESTAMP(6)) OR (state = 'running' AND lease_until < UTC_TIMESTAMP(6)))",
    .binds = "siiiii",
    .flags = DB_WRITE,
};

static const struct db_stmt postpone_job = {
    .name = "job.postpone",
    .sql = "UPDATE job SET due_at = UTC_TIMESTAMP(6) + INTERVAL ? SECOND, state = 'waiting'"
           " WHERE id = ? AND tries = ? AND asked = ?",
    .binds = "iiii",
    .flags = DB_WRITE,
};

#define STILL_MINE " WHERE id = ? AND lease_owner = ? AND tries = ? AND state = 'running'"

static const struct db_stmt end_job = {
    .name = "job.end",
    .sql = "UPDATE job SET state = ?, last_error = ?, ended_at = UTC_TIMESTAMP(6),"
           " lease_owner = NULL, lease_until = NULL, unique_key = NULL" STILL_MINE,
    .binds = "ssisi",
    .flags = DB_WRITE,
};

static const struct db_stmt again_job = {
    .name = "job.again",
    .sql = "UPDATE job SET state = 'waiting', last_error = ?, tries = ?,"
           " due_at = UTC_TIMESTAMP(6) + INTERVAL ? SECOND,"
           " lease_owner = NULL, lease_until = NULL" STILL_MINE,
    .binds = "siiisi",
    .flags = DB_WRITE,
};

static const struct db_stmt ensure_timer = {
    .name = "job.ensure_timer",
    .sql = "INSERT INTO job (kind, unique_key, due_at, created_at)"
           " VALUES (?, ?, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))"
           " ON DUPLICATE KEY UPDATE due_at ="
           " LEAST(due_at, UTC_TIMESTAMP(6) + INTERVAL ? SECOND)",
    .binds = "ssi",
    .flags = DB_WRITE,
};

db_stmt_table job_add_statements[] = { &add_job, NULL };
db_stmt_table job_worker_statements[] = { &list_due, &list_abandoned, &take_job,     &postpone_job,
                                          &end_job,  &again_job,      &ensure_timer, NULL };

/* -- asking for work --------------------------------------------------------------- */

struct err *job_add(struct db *db, const char *kind, int64_t ref, int64_t run_at,
                    const char *payload, const char *unique_key)
{
    return err_pass(db_exec(
        db, &add_job, DB_ARGS(DB_S(kind), DB_I(ref), DB_S(payload), DB_S(unique_key), DB_T(run_at)),
        NULL));
}

/* -- changes of state: one statement each, in a transaction of its own ------------- */

static struct err *take(struct job_context *ctx, const struct job_kind *kind,
                        const struct candidate *c, bool *taken_out)
{
    return err_pass(job_change(ctx->db, &take_job,
                               DB_ARGS(DB_S(ctx->owner), DB_I(kind->timeout_seconds),
                                       DB_I(kind->every_seconds != 0), DB_I(c->id), DB_I(c->tries),
                                       DB_I(c->asked)),
                               taken_out));
}

static int wait_seconds(int32_t tries)
{
    int seconds = FIRST_WAIT_SECONDS;

    for (int32_t i = 1; i < tries && seconds < LONGEST_WAIT_SECONDS; i++)
        seconds *= 3;
    return seconds < LONGEST_WAIT_SECONDS ? seconds : LONGEST_WAIT_SECONDS;
}

struct err *job_end_within(struct job_context *ctx, struct db *db, const struct job *job,
                           bool *mine_out)
{
    int64_t changed;

    TRY(db_exec(
        db, &end_job,
        DB_ARGS(DB_S("done"), DB_S(NULL), DB_I(job->id), DB_S(ctx->owner), DB_I(job->tries)),
        &changed));
    *mine_out = changed == 1;
    ctx->ended = ctx->ended || *mine_out;
    return NULL;
}

/* What becomes of a job after a run: E is NULL when it went well. */
static struct err *settle(struct job_context *ctx, const struct job_kind *kind,
                          const struct job *job, const char *error)
{
    struct db_arg id = DB_I(job->id), owner = DB_S(ctx->owner), tries = DB_I(job->tries);
    bool given_up = error != NULL && job->tries > kind->retries;
    bool changed;

    if (kind->every_seconds != 0 && (error == NULL || given_up))
        TRY(job_change(ctx->db, &again_job,
                       DB_ARGS(DB_S(error), DB_I(0), DB_I(kind->every_seconds), id, owner, tries),
                       &changed));
    else if (error != NULL && !given_up)
        TRY(job_change(
            ctx->db, &again_job,
            DB_ARGS(DB_S(error), tries, DB_I(wait_seconds(job->tries)), id, owner, tries),
            &changed));
    else
        TRY(job_change(
            ctx->db, &end_job,
            DB_ARGS(DB_S(error == NULL ? "done" : "failed"), DB_S(error), id, owner, tries),
            &changed));
    if (!changed)
        log_event(LOG_WARN, "job.lease_lost", LOG_I("job", job->id), LOG_S("kind", job->kind));
    return NULL;
}

/* -- running ----------------------------------------------------------------------- */

/* A handler that hangs would hold up everything behind it and outlive its lease, so that another
 * worker did the same work at once: the signal ends the process, and its master starts a fresh one.
 */
static struct err *call_handler(struct job_context *ctx, const struct job_kind *kind,
                                const struct job *job)
{
    struct err *e;

    ctx->ended = false;
    alarm((unsigned)kind->timeout_seconds);
    e = kind->handler(ctx, job);
    alarm(0);
    if (db_in_transaction(ctx->db)) {
        db_rollback(ctx->db);
        if (e == NULL)
            e = err_raise(ERR_BUG, "%s left its transaction open", kind->name);
    }
    return err_pass(e);
}

static void log_failure(const struct job *job, const struct job_kind *kind, const char *error)
{
    log_event(job->tries > kind->retries ? LOG_ERROR : LOG_WARN, "job.failed",
              LOG_I("job", job->id), LOG_S("kind", job->kind), LOG_I("ref", job->ref),
              LOG_I("try", job->tries), LOG_S("trace", error));
}

/* INDEX is the kind's place in the tables, as job_kind_names() lists them. */
static void count_run(const struct job_kind *kind, const struct job *job, size_t index,
                      const struct err *e)
{
    const size_t failed = job->tries > kind->retries ? METRIC_JOB_FAILED : METRIC_JOB_AGAIN;

    metric_add(METRIC_JOBS, index, e == NULL ? METRIC_JOB_DONE : failed, 1);
}

static struct err *run_taken(struct job_context *ctx, const struct job_kind *kind,
                             const struct job *job, size_t index)
{
    const int64_t began = clock_monotonic_us();
    char error[ERROR_BYTES];
    struct err *e;

    if (job->tries > kind->retries + 1) { /* taken as often as it may be run, and never settled */
        snprintf(error, sizeof(error), "its worker died or ran out of time each time");
        log_failure(job, kind, error);
        metric_add(METRIC_JOBS, index, METRIC_JOB_FAILED, 1);
        return err_pass(settle(ctx, kind, job, error));
    }
    e = call_handler(ctx, kind, job);
    count_run(kind, job, index, e);
    metric_add(METRIC_JOB_SECONDS, index, 0, clock_monotonic_us() - began);
    if (e == NULL)
        return ctx->ended ? NULL : err_pass(settle(ctx, kind, job, NULL));
    err_trace(e, error, sizeof(error));
    error[utf8_prefix_bytes(error, sizeof(error) - 1)] = '\0';
    err_free(e);
    log_failure(job, kind, error);
    return err_pass(settle(ctx, kind, job, error));
}

static const struct job_kind *find_kind(const struct job_kind *const *tables, const char *name,
                                        size_t *index_out)
{
    *index_out = 0;
    for (; *tables != NULL; tables++)
        for (const struct job_kind *k = *tables; k->name != NULL; k++, ++*index_out)
            if (str_eq(k->name, name))
                return k;
    return NULL;
}

const char *const *job_kind_names(struct arena *a, const struct job_kind *const *tables)
{
    const char **names;
    size_t count = 0;

    for (const struct job_kind *const *table = tables; *table != NULL; table++)
        for (const struct job_kind *k = *table; k->name != NULL; k++)
            count++;
    names = arena_array(a, count + 1, sizeof(*names));
    for (count = 0; *tables != NULL; tables++)
        for (const struct job_kind *k = *tables; k->name != NULL; k++)
            names[count++] = k->name;
    return names;
}

static struct err *run_candidate(struct job_context *ctx, const struct job_kind *const *tables,
                                 const struct candidate *c, int *ran_out)
{
    size_t index;
    const struct job_kind *kind = find_kind(tables, c->kind, &index);
    struct job job = { .id = c->id,
                       .ref = c->ref,
                       .due_at = c->due_at,
                       .tries = (int32_t)c->tries + 1,
                       .kind = c->kind,
                       .payload = c->payload,
                       .asked_by = c->asked_by };
    bool taken;
    struct err *e;

    if (kind == NULL) { /* while a new version comes in, its programs may be ahead of this worker */
        log_event(LOG_WARN, "job.unknown_kind", LOG_I("job", c->id), LOG_S("kind", c->kind));
        return err_pass(job_change(
            ctx->db, &postpone_job,
            DB_ARGS(DB_I(UNKNOWN_WAIT_SECONDS), DB_I(c->id), DB_I(c->tries), DB_I(c->asked)),
            &taken));
    }
    TRY(take(ctx, kind, c, &taken));
    if (!taken)
        return NULL;
    metric_set(METRIC_BUSY, 1);
    e = run_taken(ctx, kind, &job, index);
    metric_set(METRIC_BUSY, 0);
    arena_clear(ctx->arena);
    ++*ran_out;
    return err_pass(e);
}

/* One look at the table and what it shows.  *left_out: there may be more. */
static struct err *run_batch(struct job_context *ctx, const struct job_kind *const *tables,
                             const struct db_stmt *st, const volatile int *stop, struct arena *a,
                             bool *left_out, int *ran_out)
{
    struct candidate *rows;
    size_t count;

    TRY(job_list(ctx->db, a, st, DB_ARGS(DB_I(CANDIDATES)), &rows, &count));
    for (size_t i = 0; i < count && !*stop; i++)
        TRY(run_candidate(ctx, tables, &rows[i], ran_out));
    *left_out = *left_out || count > 0;
    arena_clear(a);
    return NULL;
}

struct err *job_run_due(struct job_context *ctx, const struct job_kind *const *tables,
                        const volatile int *stop, int *ran_out)
{
    struct arena *a = arena_new(4096);
    bool left = true;
    struct err *e = NULL;

    *ran_out = 0;
    while (left && e == NULL && !*stop) {
        left = false;
        e = run_batch(ctx, tables, &list_due, stop, a, &left, ran_out);
        if (e == NULL)
            e = run_batch(ctx, tables, &list_abandoned, stop, a, &left, ran_out);
    }
    arena_free(a);
    return err_pass(e);
}

/* -- timers ------------------------------------------------------------------------ */

static struct err *ensure_all(struct db *db, void *arg)
{
    for (const struct job_kind *const *table = arg; *table != NULL; table++)
        for (const struct job_kind *k = *table; k->name != NULL; k++) {
            char key[80];

            if (k->every_seconds == 0)
                continue;
            snprintf(key, sizeof(key), "timer:%s", k->name);
            TRY(db_exec(db, &ensure_timer,
                        DB_ARGS(DB_S(k->name), DB_S(key), DB_I(k->every_seconds)), NULL));
        }
    return NULL;
}

struct err *job_ensure_timers(struct job_context *ctx, const struct job_kind *const *tables)
{
    return err_pass(db_transaction(ctx->db, ensure_all, (void *)(uintptr_t)tables));
}

void job_make_owner(char out[OWNER_BYTES])
{
    char host[32] = "";
    unsigned random;

    gethostname(host, sizeof(host) - 1);
    crypt_random(&random, sizeof(random));
    snprintf(out, OWNER_BYTES, "%s:%ld:%08x", host, (long)getpid(), random);
}
