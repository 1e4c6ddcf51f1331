/* web/worker.c - a worker: opens what it needs, gives up the rest, serves. */
#include "web/worker.h"

#include "base/log.h"
#include "text/format.h"
#include "text/lang.h"
#include "view/template.h"
#include "web/fcgi.h"
#include "web/sandbox.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/time.h>
#include <unistd.h>

/* Set by signal handlers, which have no other way to tell anybody. */
static volatile int stop;
static volatile unsigned busy; /* odd: a request is under way */
static volatile unsigned busy_before;

enum { REQUEST_CPU_SECONDS = 10 };

static void on_term(int signal_number)
{
    (void)signal_number;
    stop = 1;
}

/* Comes after each so many seconds of processor time.  The same request twice: it will not end.
 */
static void on_cpu_time(int signal_number)
{
    static const char line[] = "{\"level\":\"error\",\"event\":\"worker.runaway\"}\n";

    (void)signal_number;
    if (busy % 2 == 1 && busy == busy_before) {
        /* Nothing can be done about a log that does not take it. */
        if (write(STDERR_FILENO, line, sizeof(line) - 1) < 0)
            _exit(WORKER_RUNAWAY);
        _exit(WORKER_RUNAWAY);
    }
    busy_before = busy;
}

static void handle(int signal_number, void (*fn)(int), int flags)
{
    struct sigaction action = { .sa_handler = fn, .sa_flags = flags };

    sigemptyset(&action.sa_mask);
    sigaction(signal_number, &action, NULL);
}

/* TERM is let in only while waiting; the library's own handlers must find ours in place. */
static void set_signals(const struct program *program, sigset_t *wake_out)
{
    unsigned seconds =
        program->request_cpu_seconds != 0 ? program->request_cpu_seconds : REQUEST_CPU_SECONDS;
    const struct itimerval every = { .it_interval = { .tv_sec = seconds },
                                     .it_value = { .tv_sec = seconds } };
    sigset_t blocked;

    handle(SIGTERM, on_term, 0);
    handle(SIGINT, SIG_IGN, 0); /* a terminal's ^C goes to the master, which tells us */
    handle(SIGHUP, SIG_IGN, 0);
    handle(SIGUSR1, on_term, 0);
    handle(SIGUSR2, SIG_IGN, 0);
    handle(SIGCHLD, SIG_DFL, 0);
    handle(SIGPROF, on_cpu_time, SA_RESTART);
    setitimer(ITIMER_PROF, &every, NULL);
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGTERM);
    sigaddset(&blocked, SIGUSR1);
    sigprocmask(SIG_SETMASK, &blocked, NULL);
    sigemptyset(wake_out);
}

/* What a worker holds besides what was loaded. */
struct holdings {
    struct db *db;
    struct server_state *state;
};

static struct err *open_db(const struct program *program, const struct loaded *loaded,
                           struct holdings *h)
{
    struct err *e = db_open_conf(&loaded->conf, program->name, program->statements, &h->db);

    if (!err_is(e, ERR_UNAVAILABLE))
        return err_pass(e);
    /* A server that is away comes back: until then pages say so. */
    log_event(LOG_WARN, "db.away", LOG_S("message", err_message(e)));
    err_free(e);
    h->db = NULL;
    return NULL;
}

static struct err *open_all(const struct program *program, const struct loaded *loaded,
                            struct holdings *h)
{
    TRY(open_db(program, loaded, h));
    return err_pass(server_state_new(program, &loaded->conf, h->db, loaded->templates,
                                     loaded->rooms, &h->state));
}

static void close_all(struct loaded *loaded, struct holdings *h)
{
    server_state_free(h->state);
    db_close(h->db);
    loaded_free(loaded);
    text_format_end();
    lang_end();
}

static int say_fault(struct err *e)
{
    char trace[1024];

    err_trace(e, trace, sizeof(trace));
    log_event(LOG_ERROR, "worker.unfit", LOG_S("trace", trace));
    err_free(e);
    return WORKER_UNFIT;
}

struct err *worker_check(const struct program *program, struct loaded *loaded)
{
    struct holdings h = { 0 };
    struct err *e = open_all(program, loaded, &h);

    if (e == NULL)
        e = sandbox_enter(SANDBOX_SERVER);
    server_state_free(h.state);
    db_close(h.db);
    return err_pass(e);
}

static void say_ready(int ready_fd)
{
    static const char byte = 'r';

    /* A master that cannot be told has gone, and our own end is on its way. */
    if (write(ready_fd, &byte, 1) != 1)
        stop = 1;
    close(ready_fd);
}

int worker_main(const struct program *program, struct loaded *loaded, int listen_fd, int ready_fd,
                int parent_pid)
{
    struct holdings h = { 0 };
    sigset_t wake;
    struct fcgi_loop loop = { .listen_fd = listen_fd, .stop = &stop, .busy = &busy, .wake = &wake };
    struct err *e;

    prctl(PR_SET_PDEATHSIG, SIGTERM, 0, 0, 0);
    if (getppid() != parent_pid)
        return WORKER_DONE;
    log_set_program(program->name);
    set_signals(program, &wake);
    e = open_all(program, loaded, &h);
    if (e == NULL)
        e = sandbox_enter(SANDBOX_SERVER);
    if (e == NULL) {
        say_ready(ready_fd);
        loop.state = h.state;
        loop.queue_us = loaded->conf.queue_ms * 1000;
        loop.room = (int)(loaded->conf.workers * loaded->conf.waiting);
        e = fcgi_serve(&loop);
    }
    close_all(loaded, &h);
    return e != NULL ? say_fault(e) : WORKER_DONE;
}
