/* main/worker.c - starts fairway-worker: processes that take jobs and send mails, one thing at a
 * time.
 *
 * Each looks for work four times a second, which costs two look-ups in an index, and for mails once
 * a second and after jobs.  What one has begun it finishes when it is told to stop; what it was
 * killed over another takes when the lease is over. */
#include "program/worker.h"

#include "base/log.h"
#include "base/metric.h"
#include "base/str.h"
#include "base/takeover.h"
#include "deal/deal_rooms.h"
#include "job/supervise.h"
#include "web/sandbox.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

enum {
    STATUS_UNFIT = 78,
    POLL_MS = 250,
    MAIL_EVERY_US = 1000000,
    TIMERS_EVERY_US = 60000000,
    FIRST_AWAY_MS = 500,
    LONGEST_AWAY_MS = 15000
};

struct worker {
    struct conf conf;
    struct db *db;
    struct arena *arena;
    struct templates *templates;
    struct worker_rooms rooms;
    struct outbox_sender sender;
    struct job_context ctx;
    char owner[64];
    const volatile int *stop;
    int64_t mail_at_us, timers_at_us;
};

static void pause_ms(int ms)
{
    nanosleep(&(struct timespec){ .tv_sec = ms / 1000, .tv_nsec = (long)(ms % 1000) * 1000000 },
              NULL);
}

/* Waits for the database as long as it takes: a worker has nothing to do without it. */
static struct err *open_db(struct worker *w)
{
    struct err *e = db_open_conf(&w->conf, "worker", worker_statements, &w->db);

    for (int ms = FIRST_AWAY_MS; err_is(e, ERR_UNAVAILABLE) && !*w->stop; ms *= 2) {
        if (ms == FIRST_AWAY_MS)
            log_event(LOG_WARN, "db.away", LOG_S("message", err_message(e)));
        err_free(e);
        pause_ms(ms < LONGEST_AWAY_MS ? ms : LONGEST_AWAY_MS);
        e = db_open_conf(&w->conf, "worker", worker_statements, &w->db);
    }
    return err_pass(e);
}

static struct err *open_all(struct worker *w)
{
    char manifest[512];

    TRY(conf_read(&w->conf));
    TRY(lang_init(w->conf.locale_dir));
    TRY(text_format_init());
    snprintf(manifest, sizeof(manifest), "%s/manifest.txt", w->conf.static_dir);
    TRY(templates_new(w->conf.templates, manifest, false, &w->templates));
    TRY(templates_load(w->templates, "mail/*/*.cs"));
    TRY(mailer_new(&w->conf, &w->rooms.mailer));
    TRY(deal_rooms_open(&w->conf, &w->rooms.deals));
    TRY(open_db(w));
    outbox_sender_init(&w->sender, w->rooms.mailer, w->templates, worker_links);
    w->sender.contents = worker_contents;
    w->arena = arena_new(64 * 1024);
    job_make_owner(w->owner);
    w->ctx = (struct job_context){
        .db = w->db, .arena = w->arena, .conf = &w->conf, .rooms = &w->rooms, .owner = w->owner
    };
    return err_pass(sandbox_enter(SANDBOX_WORKER));
}

static void close_all(struct worker *w)
{
    if (w->arena != NULL)
        outbox_sender_clear(&w->sender);
    arena_free(w->arena);
    db_close(w->db);
    if (w->rooms.deals != NULL)
        deal_rooms_close(w->rooms.deals);
    mailer_free(w->rooms.mailer);
    templates_free(w->templates);
    text_format_end();
    lang_end();
    conf_free(&w->conf);
}

/* One look at everything that may be due. */
static struct err *look(struct worker *w)
{
    int ran, sent;

    if (clock_monotonic_us() >= w->timers_at_us) {
        TRY(job_ensure_timers(&w->ctx, worker_jobs));
        w->timers_at_us = clock_monotonic_us() + TIMERS_EVERY_US;
    }
    TRY(job_run_due(&w->ctx, worker_jobs, w->stop, &ran));
    if (ran > 0 || clock_monotonic_us() >= w->mail_at_us) {
        TRY(outbox_send_due(&w->ctx, &w->sender, w->stop, &sent));
        w->mail_at_us = clock_monotonic_us() + MAIL_EVERY_US;
    }
    return NULL;
}

/* An error here is one of the queue itself, as a rule that the database is away: said once, and
 * looked again more and more slowly until it is back. */
static void run(struct worker *w)
{
    int wait_ms = POLL_MS;

    while (!*w->stop) {
        struct err *e = look(w);
        char trace[1024];

        if (e == NULL) {
            if (wait_ms != POLL_MS)
                log_plain(LOG_INFO, "worker.works_again");
            wait_ms = POLL_MS;
        } else {
            err_trace(e, trace, sizeof(trace));
            if (wait_ms == POLL_MS)
                log_event(LOG_ERROR, "worker.cannot_work", LOG_S("trace", trace));
            err_free(e);
            wait_ms = wait_ms * 2 < LONGEST_AWAY_MS ? wait_ms * 2 : LONGEST_AWAY_MS;
        }
        if (!*w->stop)
            pause_ms(wait_ms);
    }
}

static int say_unfit(struct err *e)
{
    char trace[1024];

    err_trace(e, trace, sizeof(trace));
    log_event(LOG_ERROR, "worker.unfit", LOG_S("trace", trace));
    err_free(e);
    return STATUS_UNFIT;
}

static int work(void *arg, const volatile int *stop)
{
    struct worker w = { .stop = stop };
    struct err *e = open_all(&w);

    (void)arg;
    if (e == NULL)
        run(&w);
    close_all(&w);
    if (e == NULL)
        return 0;
    if (!*stop)
        return say_unfit(e);
    err_free(e);
    return STATUS_UNFIT;
}

/* Whether a process could work here.  A database that is away is no fault: one would wait for it.
 */
static int check(void)
{
    static const int do_not_wait = 1;
    struct worker w = { .stop = &do_not_wait };
    struct err *e = open_all(&w);

    close_all(&w);
    if (e != NULL && !err_is(e, ERR_UNAVAILABLE))
        return say_unfit(e);
    err_free(e);
    log_plain(LOG_INFO, "worker.fit");
    return 0;
}

static int show_help(const char *name, bool asked)
{
    fprintf(asked ? stdout : stderr,
            "usage: %s [--check]\n"
            "--check says whether it could start, and starts nothing.\n"
            "Options, by file or environment:\n",
            name);
    conf_print_help();
    return asked ? 0 : 2;
}

/* A worker that cannot count works all the same. */
static void open_metrics(const struct conf *conf, struct arena *a)
{
    char path[600];
    struct err *e;

    metric_path(path, sizeof(path), conf->metrics, "", conf->var, "worker");
    e = metric_open(&(struct metric_start){ .path = path,
                                            .source = METRIC_WORKER,
                                            .kinds = job_kind_names(a, worker_jobs),
                                            .workers = (size_t)conf->workers });
    if (e != NULL)
        log_event(LOG_WARN, "metrics.off", LOG_S("message", err_message(e)));
    err_free(e);
}

int main(int argc, char **argv)
{
    struct arena *kinds;
    struct conf conf;
    struct err *e;
    int count, status;

    log_set_program("worker");
    if (argc == 2 && str_eq(argv[1], "--check"))
        return check();
    if (argc > 1)
        return show_help(argv[0], str_eq(argv[1], "--help"));
    e = conf_read(&conf);
    if (e != NULL)
        return say_unfit(e);
    kinds = arena_new(1024);
    open_metrics(&conf, kinds);
    count = (int)conf.workers;
    conf_free(&conf);
    status = supervise(takeover_path(argv[0]), count, work, NULL);
    metric_close();
    arena_free(kinds);
    return status;
}
