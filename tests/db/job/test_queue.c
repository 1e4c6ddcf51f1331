/* test_queue.c - jobs on a database of their own: each test commits. */
#include "support/test.h"

#include "base/log.h"
#include "base/str.h"
#include "job/queue.h"
#include "support/counted.h"
#include "support/testdb.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

enum { RACERS = 4, RACE_JOBS = 60 };

static db_stmt_table *const statements[] = { job_add_statements, job_worker_statements, NULL };
static struct testdb schema;
static struct db *db;
static struct arena *arena;
static const volatile int never;

/* What the handlers were asked for, by this process. */
static struct {
    int calls;
    int fail; /* the next so many calls fail */
    int64_t last_ref;
    int32_t last_tries;
    char last_payload[64];
} seen;

static struct err *note(struct job_context *ctx, const struct job *job)
{
    (void)ctx;
    seen.calls++;
    seen.last_ref = job->ref;
    seen.last_tries = job->tries;
    snprintf(seen.last_payload, sizeof(seen.last_payload), "%s",
             job->payload != NULL ? job->payload : "none");
    if (seen.fail > 0) {
        seen.fail--;
        return err_raise(ERR_IO, "on purpose");
    }
    return NULL;
}

static struct err *run_nested(struct job_context *ctx, const struct job *job);
static struct err *die(struct job_context *ctx, const struct job *job)
{
    (void)ctx;
    (void)job;
    kill(getpid(), SIGKILL);
    return NULL;
}

static struct err *hang(struct job_context *ctx, const struct job *job)
{
    (void)ctx;
    (void)job;
    pause();
    return NULL;
}

static struct err *leave_open(struct job_context *ctx, const struct job *job)
{
    (void)job;
    return db_begin_write(ctx->db);
}

static struct err *record(struct job_context *ctx, const struct job *job);

static const struct job_kind kinds[] = {
    { .name = "note", .handler = note, .retries = 2, .timeout_seconds = 60 },
    { .name = "tick", .handler = note, .retries = 0, .timeout_seconds = 60, .every_seconds = 3600 },
    { .name = "nested", .handler = run_nested, .retries = 0, .timeout_seconds = 60 },
    { .name = "die", .handler = die, .retries = 1, .timeout_seconds = 1 },
    { .name = "hang", .handler = hang, .retries = 0, .timeout_seconds = 1 },
    { .name = "open", .handler = leave_open, .retries = 0, .timeout_seconds = 60 },
    { .name = "record", .handler = record, .retries = 0, .timeout_seconds = 60 },
    { 0 },
};
static const struct job_kind *const tables[] = { kinds, NULL };

static struct job_context context_of(struct db *connection, const char *owner)
{
    return (struct job_context){ .db = connection, .arena = arena, .owner = owner };
}

static int run_all(struct db *connection, const char *owner)
{
    struct job_context ctx = context_of(connection, owner);
    int ran;

    assert_ok(job_run_due(&ctx, tables, &never, &ran));
    return ran;
}

/* A job looks for what is due while it runs itself: the same as a second worker at that moment. */
static struct err *run_nested(struct job_context *ctx, const struct job *job)
{
    struct db *other = testdb_connect(schema.name, statements);
    struct job_context second = context_of(other, "second");

    (void)ctx;
    (void)job;
    second.arena = arena_new(1024);
    assert_ok(job_run_due(&second, tables, &never, &seen.calls));
    arena_free(second.arena);
    db_close(other);
    return NULL;
}

static void script(const char *sql)
{
    assert_ok(db_script(db, sql));
}

struct number_row {
    int64_t n;
};
static const struct db_field number_fields[] = { DB_FIELD(struct number_row, n, DB_I64, 0), { 0 } };

/* Lazily opened: prepares what a test asks for. */
static struct db *lazy;

static int64_t number(const struct db_stmt *st)
{
    struct number_row row = { 0 };

    assert_ok(db_begin_read(lazy));
    assert_ok(db_get(lazy, arena, st, DB_NO_ARGS, &row));
    assert_ok(db_commit(lazy));
    return row.n;
}

/* Statements are known by their address, so each must be static. */
#define NUMBER(text)                                                                  \
    ({                                                                                \
        static const struct db_stmt st_ = { .name = "test",                           \
                                            .sql = (text),                            \
                                            .binds = "",                              \
                                            .fields = number_fields,                  \
                                            .row_bytes = sizeof(struct number_row) }; \
        number(&st_);                                                                 \
    })

static int64_t count_of(const char *state)
{
    static const struct db_stmt st = {
        .name = "test.count",
        .sql = "SELECT COUNT(*) AS n FROM job WHERE state = ?",
        .binds = "s",
        .fields = number_fields,
        .row_bytes = sizeof(struct number_row),
    };
    struct number_row row = { 0 };

    assert_ok(db_begin_read(lazy));
    assert_ok(db_get(lazy, arena, &st, DB_ARGS(DB_S(state)), &row));
    assert_ok(db_commit(lazy));
    return row.n;
}

static void add(const char *kind, int64_t ref, const char *payload, const char *key)
{
    assert_ok(db_begin_write(db));
    assert_ok(job_add(db, kind, ref, 0, payload, key));
    assert_ok(db_commit(db));
}

static void test_job_run_due__hands_over_what_was_asked_for(void **state)
{
    (void)state;
    add("note", 42, "{\"why\":\"x\"}", NULL);
    assert_int_equal(run_all(db, "one"), 1);
    assert_int_equal(seen.calls, 1);
    assert_int_equal(seen.last_ref, 42);
    assert_int_equal(seen.last_tries, 1);
    assert_string_equal(seen.last_payload, "{\"why\":\"x\"}");
    assert_int_equal(count_of("done"), 1);
}

static void test_job_run_due__runs_a_job_once(void **state)
{
    (void)state;
    add("note", 1, NULL, NULL);
    run_all(db, "one");
    assert_int_equal(run_all(db, "one"), 0);
    assert_int_equal(seen.calls, 1);
}

static void test_job_add__is_part_of_the_transaction(void **state)
{
    (void)state;
    assert_ok(db_begin_write(db));
    assert_ok(job_add(db, "note", 1, 0, NULL, NULL));
    db_rollback(db);
    assert_int_equal(run_all(db, "one"), 0);
}

static void test_job_add__waits_until_the_time_it_was_given(void **state)
{
    int64_t now;

    (void)state;
    assert_ok(db_begin_write(db));
    assert_ok(db_now(db, &now));
    assert_ok(job_add(db, "note", 1, now + CLOCK_HOUR, NULL, NULL));
    assert_ok(db_commit(db));
    assert_int_equal(run_all(db, "one"), 0);
    script("UPDATE job SET due_at = UTC_TIMESTAMP(6)");
    assert_int_equal(run_all(db, "one"), 1);
}

static void test_job_add__queues_a_key_once_while_it_waits(void **state)
{
    (void)state;
    add("note", 1, NULL, "note:1");
    add("note", 1, NULL, "note:1");
    assert_int_equal(run_all(db, "one"), 1);
    add("note", 1, NULL, "note:1");
    assert_int_equal(run_all(db, "one"), 1);
}

static void test_job_add__of_a_waiting_key_makes_it_due_earlier(void **state)
{
    int64_t now;

    (void)state;
    assert_ok(db_begin_write(db));
    assert_ok(db_now(db, &now));
    assert_ok(job_add(db, "note", 1, now + CLOCK_HOUR, NULL, "note:1"));
    assert_ok(job_add(db, "note", 1, now, NULL, "note:1"));
    assert_ok(db_commit(db));
    assert_int_equal(run_all(db, "one"), 1);
}

static void test_job_run_due__leaves_a_running_job_to_its_worker(void **state)
{
    (void)state;
    seen.calls = -1;
    add("nested", 1, NULL, NULL);
    assert_int_equal(run_all(db, "one"), 1);
    assert_int_equal(seen.calls, 0); /* the second found nothing to do */
}

static void test_job_run_due__waits_longer_after_each_failure_and_then_gives_up(void **state)
{
    (void)state;
    seen.fail = 3;
    add("note", 1, NULL, NULL);
    run_all(db, "one");
    assert_int_equal(count_of("waiting"), 1);
    assert_int_equal(run_all(db, "one"), 0); /* not due yet */
    script("UPDATE job SET due_at = UTC_TIMESTAMP(6)");
    run_all(db, "one");
    assert_int_equal(seen.last_tries, 2);
    script("UPDATE job SET due_at = UTC_TIMESTAMP(6)");
    run_all(db, "one");
    assert_int_equal(count_of("failed"), 1);
    script("UPDATE job SET due_at = UTC_TIMESTAMP(6)");
    assert_int_equal(run_all(db, "one"), 0);
    assert_int_equal(seen.calls, 3);
}

static void test_job_run_due__counts_what_became_of_each_job(void **state)
{
    const char *const *names = job_kind_names(arena, tables);

    (void)state;
    assert_string_equal(names[0], "note");
    assert_string_equal(names[5], "open");
    counted_begin(METRIC_WORKER, names);
    add("note", 1, NULL, NULL);
    run_all(db, "one");
    seen.fail = 1;
    add("note", 2, NULL, NULL);
    run_all(db, "one");
    add("open", 3, NULL, NULL);
    run_all(db, "one");
    assert_int_equal(counted(METRIC_JOBS, 0, METRIC_JOB_DONE), 1);
    assert_int_equal(counted(METRIC_JOBS, 0, METRIC_JOB_AGAIN), 1);
    assert_int_equal(counted(METRIC_JOBS, 5, METRIC_JOB_FAILED), 1);
    assert_true(counted(METRIC_JOB_SECONDS, 0, 0) > 0);
    assert_int_equal(counted(METRIC_BUSY, 0, 0), 0);
    counted_end();
}

static void test_job_run_due__keeps_the_error_of_a_failed_job(void **state)
{
    (void)state;
    seen.fail = 1;
    add("note", 1, NULL, NULL);
    run_all(db, "one");
    assert_int_equal(
        NUMBER("SELECT COUNT(*) AS n FROM job WHERE last_error LIKE 'on purpose; from%'"), 1);
}

/* In a child, because the handler kills its process; only the database knows of it afterwards. */
static void work_in_a_child(const char *owner)
{
    int status;
    pid_t pid = fork();

    assert_true(pid >= 0);
    if (pid == 0) {
        struct db *mine = testdb_connect(schema.name, statements);
        struct job_context ctx = context_of(mine, owner);
        int ran;
        struct err *e;

        log_set_level(LOG_ERROR + 1);
        e = job_run_due(&ctx, tables, &never, &ran);
        _exit(e != NULL);
    }
    waitpid(pid, &status, 0);
    seen.calls = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

static void test_job_run_due__takes_the_job_of_a_killed_worker_when_its_lease_is_over(void **state)
{
    (void)state;
    add("die", 1, NULL, NULL);
    work_in_a_child("first");
    assert_int_equal(seen.calls, SIGKILL);
    assert_int_equal(run_all(db, "second"), 0); /* the lease still runs */
    script("UPDATE job SET kind = 'note', lease_until = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND");
    assert_int_equal(run_all(db, "second"), 1);
    assert_int_equal(seen.last_tries, 2);
    assert_int_equal(count_of("done"), 1);
}

static void test_job_run_due__gives_up_a_job_that_kills_its_worker_each_time(void **state)
{
    (void)state;
    add("die", 1, NULL, NULL);
    for (int i = 0; i < 2; i++) {
        work_in_a_child("first");
        script("UPDATE job SET lease_until = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND");
    }
    assert_int_equal(run_all(db, "second"), 1);
    assert_int_equal(count_of("failed"), 1);
}

static void test_job_run_due__ends_a_handler_that_outlives_its_lease(void **state)
{
    (void)state;
    add("hang", 1, NULL, NULL);
    work_in_a_child("first");
    assert_int_equal(seen.calls, SIGALRM);
}

static void test_job_run_due__rolls_back_what_a_handler_left_open(void **state)
{
    (void)state;
    add("open", 1, NULL, NULL);
    run_all(db, "one");
    assert_false(db_in_transaction(db));
    assert_int_equal(count_of("failed"), 1);
}

static void test_job_run_due__leaves_an_unknown_kind_for_a_newer_worker(void **state)
{
    (void)state;
    add("from.the.future", 1, NULL, NULL);
    assert_int_equal(run_all(db, "one"), 0);
    assert_int_equal(count_of("waiting"), 1);
    assert_int_equal(run_all(db, "one"), 0);
}

static const struct db_stmt insert_run = {
    .name = "test.run",
    .sql = "INSERT INTO run (job, owner) VALUES (?, ?)",
    .binds = "is",
    .flags = DB_WRITE,
};

struct run {
    int64_t job;
    const char *owner;
};

static struct err *insert(struct db *connection, void *arg)
{
    const struct run *run = arg;

    return db_exec(connection, &insert_run, DB_ARGS(DB_I(run->job), DB_S(run->owner)), NULL);
}

static struct err *record(struct job_context *ctx, const struct job *job)
{
    return db_transaction(ctx->db, insert, &(struct run){ job->id, ctx->owner });
}

static void test_job_run_due__lets_several_workers_do_each_job_once(void **state)
{
    pid_t pids[RACERS];

    (void)state;
    script("CREATE TABLE run (id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY, job BIGINT NOT NULL,"
           " owner VARCHAR(64) NOT NULL) ENGINE=InnoDB");
    for (int i = 0; i < RACE_JOBS; i++)
        add("record", i, NULL, NULL);
    for (int i = 0; i < RACERS; i++) {
        pids[i] = fork();
        if (pids[i] == 0) {
            struct db *mine = testdb_connect(schema.name, NULL);
            char owner[16];
            struct job_context ctx;
            int ran;
            struct err *e;

            snprintf(owner, sizeof(owner), "racer %d", i);
            ctx = context_of(mine, owner);
            e = job_run_due(&ctx, tables, &never, &ran);
            _exit(e != NULL);
        }
    }
    for (int i = 0; i < RACERS; i++) {
        int status;

        waitpid(pids[i], &status, 0);
        assert_int_equal(status, 0);
    }
    assert_int_equal(count_of("done"), RACE_JOBS);
    assert_int_equal(NUMBER("SELECT COUNT(*) AS n FROM run"), RACE_JOBS);
    assert_int_equal(NUMBER("SELECT COUNT(DISTINCT job) AS n FROM run"), RACE_JOBS);
    script("DROP TABLE run");
}

static void test_job_ensure_timers__makes_one_row_for_good(void **state)
{
    struct job_context ctx = context_of(db, "one");

    (void)state;
    assert_ok(job_ensure_timers(&ctx, tables));
    assert_ok(job_ensure_timers(&ctx, tables));
    assert_int_equal(run_all(db, "one"), 1);
    assert_ok(job_ensure_timers(&ctx, tables));
    assert_int_equal(count_of("waiting"), 1);
    assert_int_equal(run_all(db, "one"), 0); /* due again in an hour */
}

static void test_job_run_due__queues_a_timer_again_after_its_last_failure(void **state)
{
    struct job_context ctx = context_of(db, "one");

    (void)state;
    seen.fail = 1;
    assert_ok(job_ensure_timers(&ctx, tables));
    run_all(db, "one");
    assert_int_equal(count_of("failed"), 0);
    assert_int_equal(count_of("waiting"), 1);
    script("UPDATE job SET due_at = UTC_TIMESTAMP(6)");
    run_all(db, "one");
    assert_int_equal(seen.last_tries, 1);
}

static void test_job_run_due__stops_between_two_jobs_when_it_is_told_to(void **state)
{
    struct job_context ctx = context_of(db, "one");
    static const volatile int now = 1;
    int ran;

    (void)state;
    add("note", 1, NULL, NULL);
    assert_ok(job_run_due(&ctx, tables, &now, &ran));
    assert_int_equal(ran, 0);
}

static int set_up(void **state)
{
    (void)state;
    memset(&seen, 0, sizeof(seen));
    assert_ok(db_script(lazy, "DELETE FROM job"));
    return 0;
}

static int begin(void **state)
{
    (void)state;
    log_set_level(LOG_ERROR + 1); /* what fails here fails on purpose */
    arena = arena_new(4096);
    testdb_copy(&schema);
    db = testdb_connect(schema.name, statements);
    lazy = testdb_connect(schema.name, NULL);
    return 0;
}

static int end(void **state)
{
    (void)state;
    db_close(db);
    db_close(lazy);
    testdb_drop(&schema);
    arena_free(arena);
    return 0;
}

#define TEST(name) cmocka_unit_test_setup(name, set_up)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_job_run_due__hands_over_what_was_asked_for),
        TEST(test_job_run_due__runs_a_job_once),
        TEST(test_job_add__is_part_of_the_transaction),
        TEST(test_job_add__waits_until_the_time_it_was_given),
        TEST(test_job_add__queues_a_key_once_while_it_waits),
        TEST(test_job_add__of_a_waiting_key_makes_it_due_earlier),
        TEST(test_job_run_due__leaves_a_running_job_to_its_worker),
        TEST(test_job_run_due__waits_longer_after_each_failure_and_then_gives_up),
        TEST(test_job_run_due__counts_what_became_of_each_job),
        TEST(test_job_run_due__keeps_the_error_of_a_failed_job),
        TEST(test_job_run_due__takes_the_job_of_a_killed_worker_when_its_lease_is_over),
        TEST(test_job_run_due__gives_up_a_job_that_kills_its_worker_each_time),
        TEST(test_job_run_due__ends_a_handler_that_outlives_its_lease),
        TEST(test_job_run_due__rolls_back_what_a_handler_left_open),
        TEST(test_job_run_due__leaves_an_unknown_kind_for_a_newer_worker),
        TEST(test_job_ensure_timers__makes_one_row_for_good),
        TEST(test_job_run_due__queues_a_timer_again_after_its_last_failure),
        TEST(test_job_run_due__stops_between_two_jobs_when_it_is_told_to),
        TEST(test_job_run_due__lets_several_workers_do_each_job_once),
    };

    return cmocka_run_group_tests_name("job/queue", tests, begin, end);
}
