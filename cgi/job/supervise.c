/* job/supervise.c - the loop around the children, and what a signal does to them. */
#include "job/supervise.h"

#include "base/clock.h"
#include "base/log.h"
#include "base/metric.h"
#include "base/takeover.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { CHILDREN_MAX = 64, DRAIN_SECONDS = 30, LONGEST_WAIT_SECONDS = 30 };
#define YOUNG_US CLOCK_SECOND

struct keeper {
    int count;
    const char *path; /* where the successor lies */
    supervise_child *child;
    void *arg;
    sigset_t signals;
    bool stopping;
    int64_t kill_at_us; /* when stopping */
    pid_t trial;        /* of the successor; 0: none */
    bool again;         /* another HUP came during it */
    int young_deaths;
    int64_t fork_at_us; /* not before */
    struct {
        pid_t pid; /* 0: none */
        int64_t born_us;
    } children[CHILDREN_MAX];
};

/* In a child; a signal can only set this. */
static volatile int stop;

static void on_term(int signal_number)
{
    (void)signal_number;
    stop = 1;
}

_Noreturn static void become_child(const struct keeper *k, pid_t parent)
{
    struct sigaction act = { .sa_handler = on_term }; /* no SA_RESTART: a sleep shall end */

    sigaction(SIGTERM, &act, NULL);
    signal(SIGINT, SIG_IGN); /* a terminal's ^C goes to the parent, which tells us */
    signal(SIGHUP, SIG_IGN);
    signal(SIGPIPE, SIG_IGN);
    sigprocmask(SIG_UNBLOCK, &k->signals, NULL);
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != parent)
        exit(0);
    exit(k->child(k->arg, &stop));
}

static int64_t wait_us(int young_deaths)
{
    int64_t us = CLOCK_SECOND / 4;

    if (young_deaths == 0)
        return 0;
    for (int i = 1; i < young_deaths && us < LONGEST_WAIT_SECONDS * CLOCK_SECOND; i++)
        us *= 2;
    return us < LONGEST_WAIT_SECONDS * CLOCK_SECOND ? us : LONGEST_WAIT_SECONDS * CLOCK_SECOND;
}

static void fork_missing(struct keeper *k)
{
    pid_t parent = getpid();

    for (int i = 0; i < k->count; i++) {
        const size_t counts = metric_slot();

        if (k->children[i].pid != 0 || k->stopping || clock_monotonic_us() < k->fork_at_us)
            continue;
        k->children[i].born_us = clock_monotonic_us();
        k->children[i].pid = fork();
        if (k->children[i].pid == 0) {
            metric_slot_mine(counts);
            become_child(k, parent);
        }
        if (k->children[i].pid > 0) {
            metric_slot_of(counts, k->children[i].pid);
        } else {
            log_event(LOG_ERROR, "worker.fork", LOG_S("message", strerror(errno)));
            k->children[i].pid = 0;
            k->fork_at_us = clock_monotonic_us() + CLOCK_SECOND;
        }
    }
}

static void note_death(struct keeper *k, int i, int status)
{
    bool young = clock_monotonic_us() - k->children[i].born_us < YOUNG_US;

    metric_slot_end(k->children[i].pid);
    k->children[i].pid = 0;
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) {
        k->young_deaths = 0;
        return;
    }
    log_event(LOG_ERROR, "worker.died", LOG_I("signal", WIFSIGNALED(status) ? WTERMSIG(status) : 0),
              LOG_I("status", WIFEXITED(status) ? WEXITSTATUS(status) : 0));
    metric_add(METRIC_DIED, WIFSIGNALED(status) ? METRIC_BY_SIGNAL : METRIC_BY_STATUS, 0, 1);
    k->young_deaths = young ? k->young_deaths + 1 : 0;
    k->fork_at_us = clock_monotonic_us() + wait_us(k->young_deaths);
}

static void begin_trial(struct keeper *k)
{
    sigset_t none;
    pid_t pid;

    k->again = k->trial != 0;
    if (k->again || k->stopping)
        return;
    sigemptyset(&none);
    pid = takeover_try(k->path, &none, -1);
    k->trial = pid > 0 ? pid : 0;
}

static void become_successor(const struct keeper *k)
{
    struct takeover left = { .fd = -1 };
    struct err *e;

    for (int i = 0; i < CHILDREN_MAX; i++)
        if (k->children[i].pid != 0)
            left.children[left.count++] = k->children[i].pid;
    e = takeover_become(k->path, &left);
    log_event(LOG_ERROR, "worker.reload_failed", LOG_S("message", err_message(e)));
    err_free(e);
}

static void note_trial(struct keeper *k, int status)
{
    k->trial = 0;
    if (k->stopping)
        return;
    if (k->again)
        begin_trial(k);
    else if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        become_successor(k);
    else
        log_event(LOG_ERROR, "worker.reload_failed",
                  LOG_S("message", "the successor could not start, the reason stands above; "
                                   "processes go on as they are"));
}

static void reap(struct keeper *k)
{
    int status;
    pid_t pid;

    while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
        if (pid == k->trial)
            note_trial(k, status);
        for (int i = 0; i < CHILDREN_MAX; i++)
            if (k->children[i].pid == pid)
                note_death(k, i, status);
    }
}

static bool any_child(const struct keeper *k)
{
    for (int i = 0; i < CHILDREN_MAX; i++)
        if (k->children[i].pid != 0)
            return true;
    return false;
}

static void tell_all(const struct keeper *k, int signal_number)
{
    for (int i = 0; i < CHILDREN_MAX; i++)
        if (k->children[i].pid != 0)
            kill(k->children[i].pid, signal_number);
}

static void act_on(struct keeper *k, int signal_number)
{
    if (signal_number == SIGHUP)
        begin_trial(k);
    if (signal_number != SIGTERM && signal_number != SIGINT)
        return;
    k->stopping = true;
    k->kill_at_us = clock_monotonic_us() + DRAIN_SECONDS * CLOCK_SECOND;
    tell_all(k, SIGTERM);
}

/* The predecessor's processes finish what they do; each makes place for one of ours. */
static void adopt(struct keeper *k)
{
    struct takeover found;

    if (!takeover_found(&found))
        return;
    for (size_t i = 0; i < found.count && i < CHILDREN_MAX; i++) {
        k->children[i].pid = found.children[i];
        k->children[i].born_us = clock_monotonic_us();
    }
    tell_all(k, SIGTERM);
    log_event(LOG_INFO, "worker.reloaded", LOG_I("workers", k->count));
}

int supervise(const char *path, int count, supervise_child *child, void *arg)
{
    struct keeper k = { .count = count < CHILDREN_MAX ? count : CHILDREN_MAX,
                        .path = path,
                        .child = child,
                        .arg = arg };
    const struct timespec pause = { .tv_nsec = 250000000 };

    sigemptyset(&k.signals);
    sigaddset(&k.signals, SIGTERM);
    sigaddset(&k.signals, SIGINT);
    sigaddset(&k.signals, SIGHUP);
    sigaddset(&k.signals, SIGCHLD);
    sigprocmask(SIG_BLOCK, &k.signals, NULL);
    adopt(&k);
    while (!k.stopping || any_child(&k)) {
        fork_missing(&k);
        act_on(&k, sigtimedwait(&k.signals, NULL, &pause));
        reap(&k);
        if (k.stopping && clock_monotonic_us() > k.kill_at_us)
            tell_all(&k, SIGKILL);
    }
    sigprocmask(SIG_UNBLOCK, &k.signals, NULL);
    return 0;
}
