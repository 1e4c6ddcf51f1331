/* db/tx.c - transactions: how they begin and end, what kills one, and when a killed one is run
 * again. */
#include "db/inside.h"

#include "base/clock.h"
#include "base/fault.h"
#include "base/metric.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { MAX_RUNS = 10, FIRST_WAIT_US = 1000, LONGEST_WAIT_US = 256000 };

/* A server that cannot be reached is tried again at this pace, while there is time. */
enum { CONNECT_PAUSE_US = 100000 };

struct err *db_latched(const struct db *db)
{
    if (db->latch_kind == ERR_NONE)
        return NULL;
    return err_raise(db->latch_kind, "this transaction failed before: %s", db->latch_message);
}

struct err *db_latch(struct db *db, struct err *e)
{
    /* InnoDB takes back a statement that hit a unique key, and nothing else. */
    if (e == NULL || db->state == DB_IDLE || err_is(e, ERR_DUPLICATE) || db->latch_kind != ERR_NONE)
        return e;
    db->latch_kind = err_kind(e);
    snprintf(db->latch_message, sizeof(db->latch_message), "%s", err_message(e));
    return e;
}

struct err *db_doom(struct db *db, struct err *e)
{
    return db_latch(db, e);
}

bool db_may_see_less(const struct db *db)
{
    return db->cluster && db->settings.sync;
}

void db_see_all(struct db *db, bool all)
{
    db->see_all = all;
}

/* A node answers from what it has, which may be less than another one promised a moment ago.  With
 * wsrep_sync_wait the first statement of a transaction waits for the rest. */
static struct err *tell_sight(struct db *db)
{
    static const char all[] = "SET SESSION wsrep_sync_wait=3";
    static const char own[] = "SET SESSION wsrep_sync_wait=0";
    const char *sql = db->see_all ? all : own;

    if (db->see_all == db->sees_all || !db_may_see_less(db))
        return NULL;
    TRY(db_text(db, sql, sizeof(all) - 1, sql));
    db->sees_all = db->see_all;
    return NULL;
}

static void wait_us(int64_t us)
{
    struct timespec pause = { .tv_sec = (time_t)(us / CLOCK_SECOND),
                              .tv_nsec = (long)(us % CLOCK_SECOND) * 1000 };

    nanosleep(&pause, NULL);
}

static int64_t most_us(const struct db *db)
{
    return (db->cluster ? 8 : 5) * CLOCK_SECOND;
}

/* Waits for a server as long as a failover may take since it was missed; of one that is away for
 * longer everybody is told at once. */
static struct err *reopen_patiently(struct db *db)
{
    struct err *e = db_reopen(db);

    while (err_is(e, ERR_UNAVAILABLE) && clock_monotonic_us() < db->away_us + most_us(db)) {
        err_free(e);
        wait_us(CONNECT_PAUSE_US);
        e = db_reopen(db);
    }
    return err_pass(e);
}

static struct err *begin(struct db *db, enum db_state state)
{
    if (db->state != DB_IDLE)
        return err_raise(ERR_BUG, "a transaction is open already");
    if (db->broken)
        TRY(reopen_patiently(db));
    TRY(tell_sight(db));
    if (state == DB_WRITES) {
        static const char sql[] = "START TRANSACTION READ WRITE";

        TRY(db_text(db, sql, sizeof(sql) - 1, sql));
    }
    db->state = state;
    db->now_us = 0;
    db->transaction++;
    return NULL;
}

struct err *db_begin_read(struct db *db)
{
    return err_pass(begin(db, DB_READS));
}

struct err *db_begin_write(struct db *db)
{
    return err_pass(begin(db, DB_WRITES));
}

bool db_in_transaction(const struct db *db)
{
    return db->state != DB_IDLE;
}

static struct err *commit_written(struct db *db)
{
    TRY(db_latch(db, db_fault(db, "commit")));
    /* After an error here nobody knows whether it was done: the caller rolls back, runs the whole
     * again, and a unique key tells the second run that the first one was. */
    if (mysql_commit(db->mysql) != 0)
        return db_latch(db, db_server_error(db, NULL, "commit"));
    if (FAULT(FAULT_ANSWER)) {
        db->broken = true;
        return db_latch(db, err_raise(ERR_RECONNECT, "commit: its answer was lost on purpose"));
    }
    return NULL;
}

/* What only read has nothing to end. */
struct err *db_commit(struct db *db)
{
    if (db->state == DB_IDLE)
        return err_raise(ERR_BUG, "commit without a transaction");
    TRY(db_latched(db));
    if (db->state == DB_WRITES)
        TRY(commit_written(db));
    db->state = DB_IDLE;
    db->now_us = 0;
    return NULL;
}

void db_rollback(struct db *db)
{
    /* A connection that is no good to us may still hold locks: they end with it. */
    if (db->broken || (db->state == DB_WRITES && mysql_rollback(db->mysql) != 0))
        db_hang_up(db);
    db->state = DB_IDLE;
    db->latch_kind = ERR_NONE;
    db->now_us = 0;
}

/* Half of the full wait for sure and the rest by chance, so that two that met do not meet again. */
static int64_t backoff_us(int runs)
{
    int64_t full = FIRST_WAIT_US;

    for (int i = 1; i < runs && full < LONGEST_WAIT_US; i++)
        full *= 2;
    return full / 2 + (int64_t)arc4random_uniform((uint32_t)full / 2 + 1);
}

struct err *db_retry_next(struct db *db, struct db_retry *retry, struct err *e)
{
    const size_t why = err_is(e, ERR_RECONNECT) ? METRIC_LOST_CONNECTION : METRIC_LOST_CONFLICT;
    int64_t now = clock_monotonic_us();

    if (!err_is(e, ERR_AGAIN) && !err_is(e, ERR_RECONNECT))
        return e;
    if (retry->began_us == 0)
        retry->began_us = now;
    retry->runs++;
    if (retry->runs >= MAX_RUNS || now - retry->began_us >= most_us(db)) {
        metric_add(METRIC_GIVEN_UP, why, 0, 1);
        struct err *answer =
            err_raise(ERR_UNAVAILABLE, "given up after %d runs: %s", retry->runs, err_message(e));

        err_free(e);
        return answer;
    }
    err_free(e);
    metric_add(METRIC_REPEATED, why, 0, 1);
    wait_us(backoff_us(retry->runs));
    if (!db->broken)
        return NULL;
    now = clock_monotonic_us();
    TRY(reopen_patiently(db));
    retry->began_us += clock_monotonic_us() - now;
    return NULL;
}

static struct err *run_once(struct db *db, struct err *(*fn)(struct db *db, void *arg), void *arg)
{
    TRY(db_begin_write(db));
    TRY(fn(db, arg));
    return err_pass(db_commit(db));
}

struct err *db_transaction(struct db *db, struct err *(*fn)(struct db *db, void *arg), void *arg)
{
    struct db_retry retry = { .began_us = clock_monotonic_us() };
    struct err *e;

    if (db->state != DB_IDLE)
        return err_raise(ERR_BUG, "a transaction inside a transaction");
    for (;;) {
        e = run_once(db, fn, arg);
        if (e == NULL)
            return NULL;
        db_rollback(db);
        e = db_retry_next(db, &retry, e);
        if (e != NULL)
            return err_pass(e);
    }
}
