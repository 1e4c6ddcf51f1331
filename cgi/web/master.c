/* web/master.c - keeps the workers there, and replaces them.
 *
 * The master reads no request and speaks to no database.  It loads what workers share
 * (web/load.h), looks at its children, at signals, and at the pipe by which a worker says that it
 * has begun.
 *
 * On HUP it has what lies at its path tried, and becomes it when that could start
 * (base/takeover.h): the same process, with a new binary, catalogues, templates and options, starts
 * a new generation of workers, and only when all of them have begun are the old ones told to
 * finish.  What is at fault leaves the old ones serving. */
#include "web/master.h"

#include "base/clock.h"
#include "base/conf.h"
#include "base/log.h"
#include "base/metric.h"
#include "base/str.h"
#include "base/takeover.h"
#include "web/listen.h"
#include "web/route_check.h"
#include "web/worker.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    WORKERS_MAX = 256,
    SLOTS = 2 * WORKERS_MAX, /* the old and the new ones */
    EARLY_US = 1000000,      /* a worker that lives shorter died at its start */
    DRAIN_SECONDS = 30,
    NOTHING_DUE = -1
};

_Static_assert((int)SLOTS <= (int)TAKEOVER_CHILDREN, "each child can be left to a successor");

struct child {
    pid_t pid;      /* 0: a free slot */
    int ready_fd;   /* reading end; -1 once it has begun */
    int generation; /* of workers: raised by each takeover */
    int64_t born_us, kill_at_us;
};

struct master {
    const struct program *program;
    const char *path;      /* where the successor lies */
    struct loaded *loaded; /* NULL: it took over and cannot load; the predecessor's workers serve */
    int listen_fd;
    int workers;    /* how many shall be there */
    int generation; /* the newest */
    int serving;    /* the newest of which all have begun */
    bool stopping;
    int status;  /* to exit with */
    pid_t trial; /* of the successor; 0: none */
    int early_deaths;
    int64_t fork_at_us; /* not before */
    bool said_unfit;
    struct child children[SLOTS];
};

/* Signals are only noted; the loop acts on them. */
static volatile sig_atomic_t got_term, got_hup;

static void on_signal(int signal_number)
{
    if (signal_number == SIGHUP)
        got_hup = 1;
    else if (signal_number != SIGCHLD)
        got_term = 1;
}

static void say_unfit(struct err *e)
{
    char trace[1024];

    err_trace(e, trace, sizeof(trace));
    log_event(LOG_ERROR, "master.unfit", LOG_S("trace", trace));
    err_free(e);
}

static void say_not_reloaded(struct err *e)
{
    char trace[1024];

    err_trace(e, trace, sizeof(trace));
    log_event(LOG_ERROR, "master.reload_failed", LOG_S("trace", trace));
    err_free(e);
}

/* -- forks
 * ------------------------------------------------------------------------------------------------
 */

int master_fork_wait_ms(int deaths)
{
    enum { FREE_DEATHS = 3, FIRST_MS = 250, LONGEST_MS = 30000 };
    int wait = FIRST_MS;

    if (deaths <= FREE_DEATHS)
        return 0;
    for (int i = FREE_DEATHS + 1; i < deaths && wait < LONGEST_MS; i++)
        wait *= 2;
    return wait < LONGEST_MS ? wait : LONGEST_MS;
}

static struct child *free_slot(struct master *m)
{
    for (int i = 0; i < SLOTS; i++)
        if (m->children[i].pid == 0)
            return &m->children[i];
    return NULL;
}

static int count_children(const struct master *m, int generation, bool only_begun)
{
    int count = 0;

    for (int i = 0; i < SLOTS; i++)
        if (m->children[i].pid != 0 && m->children[i].generation == generation &&
            (!only_begun || m->children[i].ready_fd < 0))
            count++;
    return count;
}

/* In the child: only its own ends stay open. */
_Noreturn static void become_worker(struct master *m, int ready_fd, pid_t parent)
{
    for (int i = 0; i < SLOTS; i++)
        if (m->children[i].pid != 0 && m->children[i].ready_fd >= 0)
            close(m->children[i].ready_fd);
    exit(worker_main(m->program, m->loaded, m->listen_fd, ready_fd, parent));
}

static void fork_worker(struct master *m)
{
    struct child *child = free_slot(m);
    const size_t counts = metric_slot();
    pid_t parent = getpid(), pid;
    int ready[2];

    if (child == NULL || pipe2(ready, O_CLOEXEC) != 0)
        return;
    pid = fork();
    if (pid == 0) {
        close(ready[0]);
        metric_slot_mine(counts);
        become_worker(m, ready[1], parent);
    }
    close(ready[1]);
    if (pid < 0) {
        close(ready[0]);
        log_event(LOG_ERROR, "master.fork", LOG_S("message", strerror(errno)));
        m->early_deaths++;
        return;
    }
    metric_slot_of(counts, pid);
    *child = (struct child){ .pid = pid,
                             .ready_fd = ready[0],
                             .generation = m->generation,
                             .born_us = clock_monotonic_us() };
}

/* While older workers serve, new ones begin one after another: each tries every statement. */
static bool may_begin(const struct master *m)
{
    const int count = count_children(m, m->generation, false);
    const bool in_turn = m->serving != 0 && m->serving != m->generation;

    return count < m->workers && (!in_turn || count == count_children(m, m->generation, true));
}

static void keep_workers(struct master *m)
{
    if (m->stopping || m->loaded == NULL || clock_monotonic_us() < m->fork_at_us)
        return;
    while (may_begin(m)) {
        int wait_ms = master_fork_wait_ms(m->early_deaths);

        fork_worker(m);
        if (wait_ms > 0) {
            m->fork_at_us = clock_monotonic_us() + (int64_t)wait_ms * 1000;
            return;
        }
    }
}

/* -- ends
 * -------------------------------------------------------------------------------------------------
 */

static void tell_to_finish(struct child *child)
{
    if (child->kill_at_us != 0)
        return;
    kill(child->pid, SIGTERM);
    child->kill_at_us = clock_monotonic_us() + DRAIN_SECONDS * CLOCK_SECOND;
}

/* Workers of generations below NEWEST finish what they do. */
static void finish_older(struct master *m, int newest)
{
    for (int i = 0; i < SLOTS; i++)
        if (m->children[i].pid != 0 && m->children[i].generation < newest)
            tell_to_finish(&m->children[i]);
}

static void kill_late(struct master *m)
{
    for (int i = 0; i < SLOTS; i++) {
        struct child *child = &m->children[i];

        if (child->pid != 0 && child->kill_at_us != 0 && clock_monotonic_us() > child->kill_at_us) {
            log_event(LOG_WARN, "worker.late", LOG_I("worker", child->pid));
            kill(child->pid, SIGKILL);
        }
    }
}

static void stop_all(struct master *m)
{
    m->stopping = true;
    finish_older(m, m->generation + 1);
}

/* New workers that do not begin though the trial did: the old ones go on, until the next HUP. */
static void give_up_generation(struct master *m)
{
    log_event(LOG_ERROR, "master.reload_failed", LOG_I("generation", m->generation));
    for (int i = 0; i < SLOTS; i++)
        if (m->children[i].pid != 0 && m->children[i].generation > m->serving)
            tell_to_finish(&m->children[i]);
    for (int i = 0; i < SLOTS; i++)
        if (m->children[i].pid != 0 && m->children[i].generation == m->serving)
            m->children[i].generation = m->generation + 1;
    m->serving = ++m->generation;
    m->early_deaths = 0;
}

/* A program that could never begin ends: whoever started it must know.  One whose workers served
 * already waits until what they miss is back. */
static void note_unfit(struct master *m)
{
    if (m->serving == 0) {
        log_event(LOG_ERROR, "master.unfit",
                  LOG_S("message", "no worker can start; the reason stands above"));
        m->status = WORKER_UNFIT;
        stop_all(m);
        return;
    }
    if (m->generation > m->serving) {
        give_up_generation(m);
        return;
    }
    if (!m->said_unfit)
        log_event(
            LOG_ERROR, "master.unfit",
            LOG_S("message", "workers refuse to start; the reason stands above; trying again"));
    m->said_unfit = true;
}

static void note_accident(int status)
{
    const bool exited = WIFEXITED(status);
    const bool runaway = exited && WEXITSTATUS(status) == WORKER_RUNAWAY;

    log_event(LOG_ERROR, "worker.died", LOG_I("signal", WIFSIGNALED(status) ? WTERMSIG(status) : 0),
              LOG_I("status", exited ? WEXITSTATUS(status) : 0));
    metric_add(METRIC_DIED,
               runaway  ? METRIC_BY_RUNAWAY
               : exited ? METRIC_BY_STATUS
                        : METRIC_BY_SIGNAL,
               0, 1);
}

static void note_death(struct master *m, struct child *child, int status)
{
    bool asked = child->kill_at_us != 0 || m->stopping;
    bool early = clock_monotonic_us() - child->born_us < EARLY_US;
    bool unfit = WIFEXITED(status) && WEXITSTATUS(status) == WORKER_UNFIT;

    if (child->ready_fd >= 0)
        close(child->ready_fd);
    metric_slot_end(child->pid);
    *child = (struct child){ 0 };
    if (asked)
        return;
    if (unfit)
        note_unfit(m);
    else
        note_accident(status);
    if (early || unfit)
        m->early_deaths++;
    m->fork_at_us = clock_monotonic_us() + (int64_t)master_fork_wait_ms(m->early_deaths) * 1000;
}

static void become_successor(const struct master *m)
{
    struct takeover left = { .fd = m->listen_fd };

    for (int i = 0; i < SLOTS; i++)
        if (m->children[i].pid != 0)
            left.children[left.count++] = m->children[i].pid;
    say_not_reloaded(takeover_become(m->path, &left));
}

static void note_trial(struct master *m, int status)
{
    m->trial = 0;
    /* Another HUP came meanwhile: what lies there now may not be what was tried. */
    if (m->stopping || got_hup)
        return;
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        become_successor(m);
    else
        log_event(LOG_ERROR, "master.reload_failed",
                  LOG_S("message", "the successor could not start, the reason stands above; "
                                   "workers go on as they are"));
}

static void reap(struct master *m)
{
    int status;
    pid_t pid;

    while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
        if (pid == m->trial)
            note_trial(m, status);
        for (int i = 0; i < SLOTS; i++)
            if (m->children[i].pid == pid)
                note_death(m, &m->children[i], status);
    }
}

/* -- the loop
 * --------------------------------------------------------------------------------------------- */

/* All workers of the newest generation have begun. */
static void note_serving(struct master *m)
{
    if (m->serving != 0 && m->serving != m->generation)
        log_event(LOG_INFO, "master.reloaded", LOG_I("workers", m->workers));
    m->serving = m->generation;
    m->said_unfit = false;
    finish_older(m, m->generation);
}

static void note_begun(struct master *m, struct child *child)
{
    char byte;
    ssize_t got = read(child->ready_fd, &byte, 1);

    close(child->ready_fd);
    child->ready_fd = -1;
    /* An end without a byte is a worker that gave up; its death is told by the kernel. */
    if (got != 1)
        child->ready_fd = -1;
    else
        m->early_deaths = 0;
    if (got == 1 && count_children(m, m->generation, true) >= m->workers)
        note_serving(m);
}

static int collect_pipes(struct master *m, struct pollfd polled[SLOTS], int owners[SLOTS])
{
    int count = 0;

    for (int i = 0; i < SLOTS; i++) {
        if (m->children[i].pid == 0 || m->children[i].ready_fd < 0)
            continue;
        polled[count] = (struct pollfd){ .fd = m->children[i].ready_fd, .events = POLLIN };
        owners[count++] = i;
    }
    return count;
}

/* Milliseconds until something is due without a signal. */
static int due_ms(const struct master *m)
{
    int64_t now = clock_monotonic_us(), at = INT64_MAX;

    if (!m->stopping && m->fork_at_us > now)
        at = m->fork_at_us;
    for (int i = 0; i < SLOTS; i++)
        if (m->children[i].pid != 0 && m->children[i].kill_at_us != 0 &&
            m->children[i].kill_at_us < at)
            at = m->children[i].kill_at_us;
    if (at == INT64_MAX)
        return NOTHING_DUE;
    return at > now ? (int)((at - now) / 1000) + 1 : 0;
}

static void wait_for_news(struct master *m, const sigset_t *open)
{
    struct pollfd polled[SLOTS];
    int owners[SLOTS];
    int count = collect_pipes(m, polled, owners);
    int ms = due_ms(m);
    struct timespec limit = { .tv_sec = ms / 1000, .tv_nsec = (long)(ms % 1000) * 1000000 };

    if (ppoll(polled, (nfds_t)count, ms == NOTHING_DUE ? NULL : &limit, open) <= 0)
        return;
    for (int i = 0; i < count; i++)
        if (polled[i].revents != 0)
            note_begun(m, &m->children[owners[i]]);
}

/* A HUP during a trial waits for its end. */
static void begin_reload(struct master *m, const sigset_t *open)
{
    pid_t pid;

    if (m->trial != 0 || m->stopping)
        return;
    got_hup = 0;
    log_event(LOG_INFO, "master.reload", LOG_S("path", m->path));
    pid = takeover_try(m->path, open, m->listen_fd);
    m->trial = pid > 0 ? pid : 0;
}

static bool any_child(const struct master *m)
{
    for (int i = 0; i < SLOTS; i++)
        if (m->children[i].pid != 0)
            return true;
    return false;
}

static void block_signals(sigset_t *open_out)
{
    static const int noted[] = { SIGTERM, SIGINT, SIGHUP, SIGCHLD };
    struct sigaction action = { .sa_handler = on_signal };
    sigset_t blocked;

    sigemptyset(&action.sa_mask);
    sigemptyset(&blocked);
    for (size_t i = 0; i < ARRAY_LEN(noted); i++) {
        sigaction(noted[i], &action, NULL);
        sigaddset(&blocked, noted[i]);
    }
    sigprocmask(SIG_BLOCK, &blocked, open_out);
    for (size_t i = 0; i < ARRAY_LEN(noted); i++)
        sigdelset(open_out, noted[i]);
}

static void run(struct master *m)
{
    sigset_t open;

    block_signals(&open);
    for (;;) {
        if (got_term && !m->stopping)
            stop_all(m);
        reap(m);
        if (got_hup)
            begin_reload(m, &open);
        if ((m->stopping || m->loaded == NULL) && !any_child(m))
            break;
        keep_workers(m);
        kill_late(m);
        wait_for_news(m, &open);
    }
}

/* -- start-up
 * -----------------------------------------------------------------------------------------------
 */

static struct err *load(struct master *m)
{
    TRY(route_check(m->program));
    TRY(loaded_new(m->program, m->serving != 0, &m->loaded));
    m->workers = (int)m->loaded->conf.workers;
    return m->program->before_fork == NULL ? NULL : err_pass(m->program->before_fork());
}

/* A portal that cannot count serves all the same. */
static void open_metrics(const struct master *m)
{
    const struct conf *conf = &m->loaded->conf;
    char path[600];
    struct err *e;

    metric_path(path, sizeof(path), conf->metrics, conf->socket, conf->var, m->program->name);
    e = metric_open(&(struct metric_start){
        .path = path, .source = METRIC_WEB, .workers = (size_t)conf->workers });
    if (e == NULL)
        return;
    log_event(LOG_WARN, "metrics.off", LOG_S("message", err_message(e)));
    err_free(e);
}

static struct err *open_socket(struct master *m)
{
    const struct conf *conf = &m->loaded->conf;
    char path[512];

    snprintf(path, sizeof(path), "%s", conf->socket);
    if (conf->socket[0] == '\0')
        snprintf(path, sizeof(path), "%s/run/%s.sock", conf->var, m->program->name);
    return err_pass(listen_open(path, (int)(conf->workers * conf->waiting), &m->listen_fd));
}

/* The predecessor's workers are the generation that serves. */
static void adopt(struct master *m, const struct takeover *found)
{
    m->listen_fd = found->fd;
    m->serving = m->generation++;
    for (size_t i = 0; i < found->count && i < SLOTS; i++)
        m->children[i] = (struct child){ .pid = found->children[i],
                                         .ready_fd = -1,
                                         .generation = m->serving,
                                         .born_us = clock_monotonic_us() };
}

/* When it does not load, though the trial did, the workers that are there go on serving. */
static void take_over(struct master *m, const struct takeover *found)
{
    struct err *e;

    adopt(m, found);
    e = load(m);
    if (e == NULL) {
        open_metrics(m);
        return;
    }
    say_not_reloaded(e);
    loaded_free(m->loaded);
    m->loaded = NULL;
    m->status = WORKER_UNFIT;
}

static struct err *set_up(struct master *m)
{
    struct takeover found;

    if (takeover_found(&found)) {
        take_over(m, &found);
        return NULL;
    }
    TRY(load(m));
    TRY(open_socket(m));
    open_metrics(m);
    log_event(LOG_INFO, "master.started", LOG_I("workers", m->workers));
    return NULL;
}

/* Whether the program could start here: with its tables, options, templates, statements. */
static struct err *check(struct master *m)
{
    TRY(load(m));
    TRY(worker_check(m->program, m->loaded));
    log_plain(LOG_INFO, "master.fit");
    return NULL;
}

static int show_help(const struct program *program, bool asked)
{
    fprintf(asked ? stdout : stderr,
            "usage: %s.fcgi [--check]\n"
            "--check says whether it could start, and starts nothing.\n"
            "Options, by file or environment:\n",
            program->name);
    conf_print_help();
    return asked ? 0 : 2;
}

int server_main(const struct program *program, int argc, char **argv)
{
    /* Too large for the stack, and there is one master a process. */
    static struct master m;
    bool only_check = argc == 2 && str_eq(argv[1], "--check");
    struct err *e;

    log_set_program(program->name);
    if (argc > 1 && !only_check)
        return show_help(program, str_eq(argv[1], "--help"));
    m = (struct master){ .program = program, .path = takeover_path(argv[0]), .generation = 1 };
    e = only_check ? check(&m) : set_up(&m);
    if (e != NULL) {
        say_unfit(e);
        m.status = WORKER_UNFIT;
    } else if (!only_check) {
        run(&m);
        log_plain(LOG_INFO, "master.stopped");
    }
    loaded_free(m.loaded);
    return m.status;
}
