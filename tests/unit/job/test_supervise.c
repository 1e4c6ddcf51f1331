/* test_supervise.c - processes that are kept. */
#include "support/test.h"

#include "base/log.h"
#include "job/supervise.h"

#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* What all processes of a test see. */
static struct shared {
    volatile int begun, ended;
    volatile pid_t last;
} * shared;

static void wait_ms(int ms)
{
    nanosleep(&(struct timespec){ .tv_sec = ms / 1000, .tv_nsec = (long)(ms % 1000) * 1000000 },
              NULL);
}

static int stay(void *arg, const volatile int *stop)
{
    (void)arg;
    __atomic_add_fetch(&shared->begun, 1, __ATOMIC_SEQ_CST);
    shared->last = getpid();
    while (!*stop)
        wait_ms(1000);
    __atomic_add_fetch(&shared->ended, 1, __ATOMIC_SEQ_CST);
    return 0;
}

static int die_young(void *arg, const volatile int *stop)
{
    (void)arg;
    (void)stop;
    __atomic_add_fetch(&shared->begun, 1, __ATOMIC_SEQ_CST);
    return 78;
}

static pid_t start(int count, supervise_child *child)
{
    pid_t pid = fork();

    assert_true(pid >= 0);
    if (pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        log_set_level(LOG_ERROR + 1);
        _exit(supervise(count, child, NULL));
    }
    return pid;
}

static void wait_until(const volatile int *what, int least)
{
    for (int i = 0; i < 500 && *what < least; i++)
        wait_ms(10);
    assert_true(*what >= least);
}

static void stop_and_reap(pid_t pid)
{
    int status;

    kill(pid, SIGTERM);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_int_equal(status, 0);
}

static void test_supervise__starts_its_children_and_lets_them_finish(void **state)
{
    pid_t pid = start(2, stay);

    (void)state;
    wait_until(&shared->begun, 2);
    stop_and_reap(pid);
    assert_int_equal(shared->ended, 2);
    assert_int_equal(shared->begun, 2);
}

static void test_supervise__replaces_a_killed_child(void **state)
{
    pid_t pid = start(1, stay);

    (void)state;
    wait_until(&shared->begun, 1);
    kill(shared->last, SIGKILL);
    wait_until(&shared->begun, 2);
    stop_and_reap(pid);
    assert_int_equal(shared->ended, 1);
}

static void test_supervise__replaces_all_on_hup_after_they_finished(void **state)
{
    pid_t pid = start(2, stay);

    (void)state;
    wait_until(&shared->begun, 2);
    kill(pid, SIGHUP);
    wait_until(&shared->begun, 4);
    assert_int_equal(shared->ended, 2);
    stop_and_reap(pid);
}

static void test_supervise__does_not_spin_when_children_die_young(void **state)
{
    pid_t pid = start(1, die_young);

    (void)state;
    wait_ms(1500);
    stop_and_reap(pid);
    assert_in_range(shared->begun, 2, 5);
}

static int set_up(void **state)
{
    (void)state;
    memset(shared, 0, sizeof(*shared));
    return 0;
}

static int begin(void **state)
{
    (void)state;
    shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    return shared == MAP_FAILED;
}

#define TEST(name) cmocka_unit_test_setup(name, set_up)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_supervise__starts_its_children_and_lets_them_finish),
        TEST(test_supervise__replaces_a_killed_child),
        TEST(test_supervise__replaces_all_on_hup_after_they_finished),
        TEST(test_supervise__does_not_spin_when_children_die_young),
    };

    return cmocka_run_group_tests_name("job/supervise", tests, begin, NULL);
}
