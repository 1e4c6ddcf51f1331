/* test_metric.c - counting in memory that is shared, and what becomes of it. */
#include "support/test.h"

#include "base/clock.h"
#include "base/metric_inside.h"
#include "base/metric_read.h"
#include "support/folder.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *const kinds[] = { "deal.rules", "log.append", NULL };

struct place {
    struct folder folder;
    char path[FOLDER_PATH_BYTES];
    struct arena *a;
};

static int set_up(void **state)
{
    struct place *p = calloc(1, sizeof(*p));

    assert_non_null(p);
    folder_make(&p->folder);
    snprintf(p->path, sizeof(p->path), "%s/partner.metrics", p->folder.path);
    p->a = arena_new(64 * 1024);
    *state = p;
    return 0;
}

static int tear_down(void **state)
{
    struct place *p = *state;

    metric_close();
    folder_remove(&p->folder);
    arena_free(p->a);
    free(p);
    return 0;
}

static void begin(const struct place *p, enum metric_source source, size_t workers)
{
    assert_ok(metric_open(&(struct metric_start){
        .path = p->path,
        .source = source,
        .kinds = source == METRIC_WORKER ? kinds : NULL,
        .workers = workers,
    }));
}

static struct metric_file read_back(const struct place *p)
{
    struct metric_file file;

    assert_ok(metric_file_read(p->a, p->path, kinds, &file));
    return file;
}

static int64_t value(const struct place *p, enum metric_id id, size_t a, size_t b)
{
    const struct metric_file file = read_back(p);

    return metric_file_value(&file, id, a, b, 0);
}

static void test_metric__without_a_file_nothing_is_counted(void **state)
{
    (void)state;
    metric_close();
    metric_add(METRIC_REQUESTS, METRIC_PAGE, 1, 1);
    metric_set(METRIC_BUSY, 1);
    metric_observe(METRIC_REQUEST_SECONDS, METRIC_PAGE, 1);
    metric_slot_mine(metric_slot());
    metric_slot_of(1, 1);
    metric_slot_end(1);
}

static void test_metric__what_is_counted_is_read(void **state)
{
    struct place *p = *state;

    begin(p, METRIC_WEB, 2);
    metric_add(METRIC_REQUESTS, METRIC_PAGE, 1, 3);
    metric_slot_mine(1);
    metric_add(METRIC_REQUESTS, METRIC_PAGE, 1, 4);
    metric_add(METRIC_REQUESTS, METRIC_FORM, 4, 5);
    assert_int_equal(value(p, METRIC_REQUESTS, METRIC_PAGE, 1), 7);
    assert_int_equal(value(p, METRIC_REQUESTS, METRIC_FORM, 4), 5);
    assert_int_equal(value(p, METRIC_REQUESTS, METRIC_FORM, 1), 0);
    assert_string_equal(read_back(p).program, "partner");
    assert_true(read_back(p).up);
}

static void test_metric__what_stands_in_no_table_counts_nowhere(void **state)
{
    struct place *p = *state;

    begin(p, METRIC_WEB, 2);
    metric_add(METRIC_REQUESTS, 4, 0, 1);
    metric_add(METRIC_REFUSED, 99, 0, 1);
    metric_add(METRIC_JOBS, 0, 0, 1); /* of another program */
    metric_observe(METRIC_REQUEST_SECONDS, 4, 1);
    for (size_t i = 0; i < metric_layout.count; i++)
        assert_int_equal(metric_mine[i], 0);
}

static void test_metric__jobs_are_counted_by_kind(void **state)
{
    struct place *p = *state;

    begin(p, METRIC_WORKER, 1);
    metric_add(METRIC_JOBS, 1, METRIC_JOB_FAILED, 2);
    assert_int_equal(value(p, METRIC_JOBS, 1, METRIC_JOB_FAILED), 2);
    assert_int_equal(value(p, METRIC_JOBS, 0, METRIC_JOB_FAILED), 0);
}

static void test_metric__a_time_is_in_the_first_bucket_that_holds_it(void **state)
{
    struct place *p = *state;
    struct metric_file file;

    begin(p, METRIC_WEB, 1);
    metric_observe(METRIC_REQUEST_SECONDS, METRIC_FORM, 1000);
    metric_observe(METRIC_REQUEST_SECONDS, METRIC_FORM, 1001);
    metric_observe(METRIC_REQUEST_SECONDS, METRIC_FORM, 10000001);
    file = read_back(p);
    assert_int_equal(metric_file_value(&file, METRIC_REQUEST_SECONDS, METRIC_FORM, 0, 0), 1);
    assert_int_equal(metric_file_value(&file, METRIC_REQUEST_SECONDS, METRIC_FORM, 0, 1), 1);
    assert_int_equal(
        metric_file_value(&file, METRIC_REQUEST_SECONDS, METRIC_FORM, 0, METRIC_BUCKETS - 1), 1);
    assert_int_equal(
        metric_file_value(&file, METRIC_REQUEST_SECONDS, METRIC_FORM, 0, METRIC_BUCKETS), 10002002);
    assert_int_equal(metric_file_value(&file, METRIC_REQUEST_SECONDS, METRIC_PAGE, 0, 0), 0);
}

/* A worker that counts, says so, and waits for its end. */
static pid_t start_worker(size_t slot)
{
    int said[2];
    char byte;
    pid_t pid;

    assert_int_equal(pipe(said), 0);
    pid = fork();
    if (pid == 0) {
        metric_slot_mine(slot);
        metric_set(METRIC_BUSY, 1);
        metric_add(METRIC_REQUESTS, METRIC_PAGE, 1, 11);
        if (write(said[1], "r", 1) != 1)
            _exit(1);
        pause();
        _exit(0);
    }
    metric_slot_of(slot, pid);
    assert_int_equal(read(said[0], &byte, 1), 1);
    close(said[0]);
    close(said[1]);
    return pid;
}

static void test_metric__what_a_killed_worker_counted_is_not_lost(void **state)
{
    struct place *p = *state;
    pid_t worker;

    begin(p, METRIC_WEB, 1);
    worker = start_worker(metric_slot());
    assert_int_equal(read_back(p).workers, 1);
    assert_int_equal(value(p, METRIC_BUSY, 0, 0), 1);
    kill(worker, SIGKILL);
    assert_int_equal(waitpid(worker, NULL, 0), worker);
    metric_slot_end(worker);
    assert_int_equal(value(p, METRIC_REQUESTS, METRIC_PAGE, 1), 11);
    assert_int_equal(value(p, METRIC_BUSY, 0, 0), 0);
    assert_int_equal(read_back(p).workers, 0);
    worker = start_worker(metric_slot());
    assert_int_equal(value(p, METRIC_REQUESTS, METRIC_PAGE, 1), 22);
    assert_int_equal(value(p, METRIC_STARTED, 0, 0), 2);
    kill(worker, SIGKILL);
    waitpid(worker, NULL, 0);
}

static void test_metric__a_successor_goes_on_and_its_predecessors_workers_count(void **state)
{
    struct place *p = *state;
    pid_t worker;

    begin(p, METRIC_WEB, 1);
    worker = start_worker(metric_slot());
    begin(p, METRIC_WEB, 1);
    assert_int_equal(read_back(p).workers, 1);
    assert_int_equal(value(p, METRIC_REQUESTS, METRIC_PAGE, 1), 11);
    kill(worker, SIGKILL);
    waitpid(worker, NULL, 0);
    metric_slot_end(worker);
    assert_int_equal(value(p, METRIC_REQUESTS, METRIC_PAGE, 1), 11);
}

static void test_metric__slots_of_nobodys_children_are_free_after_a_restart(void **state)
{
    struct place *p = *state;
    pid_t worker;

    begin(p, METRIC_WEB, 1);
    worker = start_worker(metric_slot());
    kill(worker, SIGKILL);
    waitpid(worker, NULL, 0); /* and nobody gave its counts to the totals */
    begin(p, METRIC_WEB, 1);
    assert_int_equal(read_back(p).workers, 0);
    assert_int_equal(value(p, METRIC_REQUESTS, METRIC_PAGE, 1), 11);
}

static void test_metric__numbers_go_on_with_another_count_of_workers(void **state)
{
    struct place *p = *state;

    begin(p, METRIC_WEB, 1);
    metric_add(METRIC_REQUESTS, METRIC_PAGE, 1, 5);
    begin(p, METRIC_WEB, 7);
    metric_add(METRIC_REQUESTS, METRIC_PAGE, 1, 1);
    assert_int_equal(value(p, METRIC_REQUESTS, METRIC_PAGE, 1), 6);
}

static void test_metric__numbers_that_mean_something_else_begin_anew(void **state)
{
    struct place *p = *state;

    begin(p, METRIC_WEB, 1);
    metric_add(METRIC_STATEMENTS, 0, 0, 5);
    begin(p, METRIC_WORKER, 1);
    assert_int_equal(value(p, METRIC_STATEMENTS, 0, 0), 0);
}

static void test_metric__each_worker_has_a_slot_and_too_many_share_one(void **state)
{
    struct place *p = *state;

    begin(p, METRIC_WEB, 1);
    for (pid_t pid = 1; pid <= 5; pid++) {
        assert_int_equal(metric_slot(), pid);
        metric_slot_of(metric_slot(), pid);
    }
    assert_int_equal(metric_slot(), 5);
}

static void test_metric__a_reader_never_sees_a_number_twice_or_not_at_all(void **state)
{
    enum { ROUNDS = 3000 };
    const int64_t until = clock_monotonic_us() + 30 * CLOCK_SECOND;
    struct place *p = *state;
    int64_t last = 0;
    pid_t master;

    begin(p, METRIC_WEB, 1);
    master = fork();
    if (master == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        for (int64_t *totals = metric_mine;; metric_mine = totals) {
            metric_slot_of(1, 1);
            metric_slot_mine(1);
            for (size_t i = 0; i < 16; i++)
                metric_add(METRIC_REQUESTS, i / 4, i % 4, 1);
            usleep(20); /* long enough to be seen in the slot, and then in the totals */
            metric_slot_end(1);
            usleep(20);
        }
    }
    while (last < ROUNDS && clock_monotonic_us() < until) {
        struct metric_file file;
        struct err *e = metric_file_read(p->a, p->path, kinds, &file);

        if (e == NULL) {
            const int64_t now = metric_file_value(&file, METRIC_REQUESTS, 3, 3, 0);

            assert_true(now >= last);
            last = now;
        }
        err_free(e);
        arena_clear(p->a);
    }
    kill(master, SIGKILL);
    waitpid(master, NULL, 0);
    assert_true(last >= ROUNDS);
}

static void test_metric__others_may_not_read_the_file_and_none_is_left_half_made(void **state)
{
    struct place *p = *state;
    char half[FOLDER_PATH_BYTES + 8];
    struct stat st;

    begin(p, METRIC_WEB, 1);
    assert_int_equal(stat(p->path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0640);
    snprintf(half, sizeof(half), "%s.new", p->path);
    assert_int_equal(access(half, F_OK), -1);
}

static void test_metric__a_place_that_is_not_there_is_an_error_and_counts_nothing(void **state)
{
    (void)state;
    assert_err_kind(metric_open(&(struct metric_start){
                        .path = "/nowhere/x.metrics", .source = METRIC_WEB, .workers = 1 }),
                    ERR_IO);
    metric_add(METRIC_REQUESTS, METRIC_PAGE, 1, 1);
}

static void test_metric__a_reader_believes_no_file(void **state)
{
    struct place *p = *state;
    struct metric_file file;
    struct stat st;
    char other[FOLDER_PATH_BYTES];

    folder_write(&p->folder, "partner.metrics", "");
    assert_err_kind(metric_file_read(p->a, p->path, kinds, &file), ERR_PARSE);
    folder_write(&p->folder, "partner.metrics",
                 "fairway, but not of the kind that has numbers in it, "
                 "and long enough for a head, at the very least so, "
                 "which it would be believed to have");
    assert_err_kind(metric_file_read(p->a, p->path, kinds, &file), ERR_PARSE);
    assert_int_equal(unlink(p->path), 0);
    begin(p, METRIC_WEB, 1);
    assert_int_equal(stat(p->path, &st), 0);
    assert_int_equal(truncate(p->path, st.st_size - 8), 0);
    assert_false(read_back(p).counted);
    snprintf(other, sizeof(other), "%s/A\"b.metrics", p->folder.path);
    assert_int_equal(rename(p->path, other), 0);
    assert_err_kind(metric_file_read(p->a, other, kinds, &file), ERR_PARSE);
}

static void test_metric__the_file_lies_where_the_socket_does(void **state)
{
    char path[100];

    (void)state;
    metric_path(path, sizeof(path), "", "", "var", "partner");
    assert_string_equal(path, "var/run/partner.metrics");
    metric_path(path, sizeof(path), "", "/run/login.sock", "var", "public");
    assert_string_equal(path, "/run/login.metrics");
    metric_path(path, sizeof(path), "/m/x.metrics", "/run/login.sock", "var", "public");
    assert_string_equal(path, "/m/x.metrics");
}

static void test_metric__a_file_names_the_binary(void **state)
{
    struct place *p = *state;

    begin(p, METRIC_WEB, 1);
    assert_int_equal(strlen(read_back(p).build), 40);
}

#define T(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(test_metric__without_a_file_nothing_is_counted),
        T(test_metric__what_is_counted_is_read),
        T(test_metric__what_stands_in_no_table_counts_nowhere),
        T(test_metric__jobs_are_counted_by_kind),
        T(test_metric__a_time_is_in_the_first_bucket_that_holds_it),
        T(test_metric__what_a_killed_worker_counted_is_not_lost),
        T(test_metric__a_successor_goes_on_and_its_predecessors_workers_count),
        T(test_metric__slots_of_nobodys_children_are_free_after_a_restart),
        T(test_metric__numbers_go_on_with_another_count_of_workers),
        T(test_metric__numbers_that_mean_something_else_begin_anew),
        T(test_metric__each_worker_has_a_slot_and_too_many_share_one),
        T(test_metric__a_reader_never_sees_a_number_twice_or_not_at_all),
        T(test_metric__others_may_not_read_the_file_and_none_is_left_half_made),
        T(test_metric__a_place_that_is_not_there_is_an_error_and_counts_nothing),
        T(test_metric__a_reader_believes_no_file),
        T(test_metric__the_file_lies_where_the_socket_does),
        T(test_metric__a_file_names_the_binary),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
