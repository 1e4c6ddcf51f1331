/* web/master.c - keeps the workers there, and replaces them.
 *
 * The master reads no request and speaks to no database.  It loads what workers share
 * (web/load.h), looks at its children, at signals, and at the pipe by which a worker says that it
 * has begun.  On HUP it loads anew and starts a new set of workers; only when all of them have
 * begun are the old ones told to finish, so that a fault in new templates or configuration leaves
 * the old ones serving. */
#include "web/master.h"

#include "base/clock.h"
#include "base/conf.h"
#include "base/log.h"
#include "base/str.h"
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

struct child {
    pid_t pid;      /* 0: a free slot */
    int ready_fd;   /* reading end; -1 once it has begun */
    int generation; /* of workers: raised by each HUP */
    int64_t born_us, kill_at_us;
};

struct master {
    const struct program *program;
    struct loaded *loaded; /* of the newest generation */
    int listen_fd;
    int workers;
    int generation; /* the newest */
    int serving;    /* the newest of which all have begun */
    bool stopping;
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
    pid_t parent = getpid(), pid;
    int ready[2];

    if (child == NULL || pipe2(ready, O_CLOEXEC) != 0)
        return;
    pid = fork();
    if (pid == 0) {
        close(ready[0]);
        become_worker(m, ready[1], parent);
    }
    close(ready[1]);
    if (pid < 0) {
        close(ready[0]);
        log_event(LOG_ERROR, "master.fork", LOG_S("message", strerror(errno)));
        m->early_deaths++;
        return;
    }
    *child = (struct child){ .pid = pid,
                             .ready_fd = ready[0],
                             .generation = m->generation,
                             .born_us = clock_monotonic_us() };
}

static void keep_workers(struct master *m)
{
    if (m->stopping || clock_monotonic_us() < m->fork_at_us)
        return;
    while (count_children(m, m->generation, false) < m->workers) {
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
            log_event(LOG_WARN, "worker.late", LOG_I("pid", child->pid));
            kill(child->pid, SIGKILL);
        }
    }
}

/* New configuration or templates that do not work: the old workers go on, until the next HUP. */
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

static void note_unfit(struct master *m)
{
    if (m->serving > 0 && m->generation > m->serving) {
        give_up_generation(m);
        return;
    }
    if (!m->said_unfit)
        log_event(
            LOG_ERROR, "master.unfit",
            LOG_S("message", "workers refuse to start; the reason stands above; trying again"));
    m->said_unfit = true;
}

static void note_death(struct master *m, struct child *child, int status)
{
    bool asked = child->kill_at_us != 0 || m->stopping;
    bool early = clock_monotonic_us() - child->born_us < EARLY_US;
    bool unfit = WIFEXITED(status) && WEXITSTATUS(status) == WORKER_UNFIT;

    if (child->ready_fd >= 0)
        close(child->ready_fd);
    *child = (struct child){ 0 };
    if (asked)
        return;
    if (unfit)
        note_unfit(m);
    else
        log_event(LOG_ERROR, "worker.died",
                  LOG_I("signal", WIFSIGNALED(status) ? WTERMSIG(status) : 0),
                  LOG_I("status", WIFEXITED(status) ? WEXITSTATUS(status) : 0));
    if (early || unfit)
        m->early_deaths++;
    m->fork_at_us = clock_monotonic_us() + (int64_t)master_fork_wait_ms(m->early_deaths) * 1000;
}

static void reap(struct master *m)
{
    int status;
    pid_t pid;

    while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
        for (int i = 0; i < SLOTS; i++)
            if (m->children[i].pid == pid)
                note_death(m, &m->children[i], status);
}

/* -- the loop
 * --------------------------------------------------------------------------------------------- */

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
    if (got == 1 && count_children(m, m->generation, true) >= m->workers) {
        m->serving = m->generation;
        m->said_unfit = false;
        finish_older(m, m->generation);
    }
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

static void say_not_loaded(const char *event, struct err *e)
{
    char trace[1024];

    err_trace(e, trace, sizeof(trace));
    log_event(LOG_ERROR, event, LOG_S("trace", trace));
    err_free(e);
}

static void reload(struct master *m)
{
    struct loaded *loaded;
    struct err *e = loaded_new(m->program, &loaded);

    if (e != NULL) {
        say_not_loaded("master.reload_failed", e);
        return;
    }
    loaded_free(m->loaded);
    m->loaded = loaded;
    m->workers = (int)loaded->conf.workers;
    m->generation++;
    m->early_deaths = 0;
    m->fork_at_us = 0;
    log_event(LOG_INFO, "master.reload", LOG_I("generation", m->generation));
}

static void stop_all(struct master *m)
{
    m->stopping = true;
    finish_older(m, m->generation + 1);
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
        if (got_hup && !m->stopping)
            reload(m);
        got_hup = 0;
        reap(m);
        if (m->stopping && !any_child(m))
            break;
        keep_workers(m);
        kill_late(m);
        wait_for_news(m, &open);
    }
}

/* -- start-up
 * -----------------------------------------------------------------------------------------------
 */

static struct err *set_up(struct master *m)
{
    const struct conf *conf;
    char path[512];

    TRY(route_check(m->program));
    TRY(loaded_new(m->program, &m->loaded));
    conf = &m->loaded->conf;
    m->workers = (int)conf->workers;
    snprintf(path, sizeof(path), "%s", conf->socket);
    if (conf->socket[0] == '\0')
        snprintf(path, sizeof(path), "%s/run/%s.sock", conf->var, m->program->name);
    if (m->program->before_fork != NULL)
        TRY(m->program->before_fork());
    return err_pass(listen_open(path, &m->listen_fd));
}

static int show_help(const struct program *program, const char *asked)
{
    bool help = str_eq(asked, "--help");

    fprintf(help ? stdout : stderr, "usage: %s.fcgi\nOptions, by file or environment:\n",
            program->name);
    conf_print_help();
    return help ? 0 : 2;
}

int server_main(const struct program *program, int argc, char **argv)
{
    /* Too large for the stack, and there is one master a process. */
    static struct master m;
    struct err *e;

    log_set_program(program->name);
    if (argc > 1)
        return show_help(program, argv[1]);
    m = (struct master){ .program = program, .generation = 1 };
    e = set_up(&m);
    if (e != NULL) {
        say_not_loaded("master.unfit", e);
        loaded_free(m.loaded);
        return WORKER_UNFIT;
    }
    log_event(LOG_INFO, "master.started", LOG_I("workers", m.workers));
    run(&m);
    log_plain(LOG_INFO, "master.stopped");
    loaded_free(m.loaded);
    return 0;
}
