/* test_supervise.c - processes that are kept. */
#include "support/test.h"

#include "base/log.h"
#include "job/supervise.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* What all processes of a test see, also those that became another program: it lies behind a
 * descriptor whose number is in the environment. */
static struct shared {
    volatile int begun, ended, taken_over;
    volatile pid_t last;
} * shared;
static const char shared_fd[] = "TEST_SHARED_FD";
/* Where the successor lies: a link to this test. */
static char path[200];

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
        _exit(supervise(path, count, child, NULL));
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

static void test_supervise__becomes_its_successor_on_hup_and_lets_its_children_finish(void **state)
{
    pid_t pid = start(2, stay);

    (void)state;
    wait_until(&shared->begun, 2);
    kill(pid, SIGHUP);
    wait_until(&shared->begun, 4);
    assert_int_equal(shared->ended, 2);
    assert_int_equal(shared->taken_over, 1);
    stop_and_reap(pid);
    assert_int_equal(shared->ended, 4);
}

static void test_supervise__goes_on_when_the_successor_cannot_start(void **state)
{
    pid_t pid;

    (void)state;
    setenv("TEST_UNFIT", "1", 1);
    pid = start(1, stay);
    unsetenv("TEST_UNFIT");
    wait_until(&shared->begun, 1);
    kill(pid, SIGHUP);
    wait_ms(500);
    assert_int_equal(shared->begun, 1);
    assert_int_equal(shared->ended, 0);
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

static int map_shared(int fd)
{
    shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    return shared == MAP_FAILED;
}

static int begin(void **state)
{
    char test[200] = "", number[16];
    int fd = memfd_create("shared", 0);

    (void)state;
    if (fd < 0 || ftruncate(fd, sizeof(*shared)) != 0 ||
        readlink("/proc/self/exe", test, sizeof(test) - 1) < 0)
        return 1;
    snprintf(number, sizeof(number), "%d", fd);
    setenv(shared_fd, number, 1);
    snprintf(path, sizeof(path), "/tmp/fairway-supervise-%d", (int)getpid());
    unlink(path);
    return symlink(test, path) != 0 || map_shared(fd);
}

static int end(void **state)
{
    (void)state;
    return unlink(path);
}

/* The successor: called by PATH, first to be checked. */
static int succeed(int argc, char **argv)
{
    const char *fd = getenv(shared_fd);

    prctl(PR_SET_PDEATHSIG, SIGKILL);
    log_set_level(LOG_ERROR + 1);
    if (argc > 1)
        return getenv("TEST_UNFIT") != NULL;
    if (fd == NULL || map_shared(atoi(fd)) != 0)
        return 1;
    shared->taken_over++;
    return supervise(argv[0], 2, stay, NULL);
}

#define TEST(name) cmocka_unit_test_setup(name, set_up)

int main(int argc, char **argv)
{
    if (strncmp(argv[0], "/tmp/fairway-supervise-", 23) == 0)
        return succeed(argc, argv);
    const struct CMUnitTest tests[] = {
        TEST(test_supervise__starts_its_children_and_lets_them_finish),
        TEST(test_supervise__replaces_a_killed_child),
        TEST(test_supervise__becomes_its_successor_on_hup_and_lets_its_children_finish),
        TEST(test_supervise__goes_on_when_the_successor_cannot_start),
        TEST(test_supervise__does_not_spin_when_children_die_young),
    };

    return cmocka_run_group_tests_name("job/supervise", tests, begin, end);
}
