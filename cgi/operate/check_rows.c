/* operate/check_rows.c - questions to the database. */
#include "base/clock.h"
#include "base/str.h"
#include "db/migrate.h"
#include "operate/inside.h"
#include "text/lang.h"

enum {
    CLOCK_WARN_US = 2000000,
    CLOCK_FAIL_US = 30000000,
    /* Timers are due every second, so that a worker that is there is never behind for long. */
    JOBS_WARN_SECONDS = 60,
    JOBS_FAIL_SECONDS = 600,
    MAILS_WARN_SECONDS = 900,
    MAILS_FAIL_SECONDS = 4 * 3600,
    /* The log is appended to every 20 seconds. */
    LOG_WARN_SECONDS = 120,
    LOG_FAIL_SECONDS = 1800
};

struct err *check_schema(struct check *c)
{
    TRY(migrate_check(c->db, c->a, c->conf->sql_dir));
    check_add(c, CHECK_OK, "", "every migration is applied as it stands in %s", c->conf->sql_dir);
    return NULL;
}

struct err *check_rights(struct check *c)
{
    int differing;

    TRY(migrate_grants_check(c->db, c->a, c->conf->sql_dir, c->conf->db_name, NULL, &differing));
    if (differing == 0)
        check_add(c, CHECK_OK, "", "every account has the rights of its file");
    else
        check_add(c, CHECK_FAIL, "run fairwayctl migrate",
                  "accounts with other rights than their file says: %d", differing);
    return NULL;
}

struct err *check_clock(struct check *c)
{
    int64_t before = clock_now_us(), theirs, off;

    TRY(check_begin(c));
    TRY(db_now(c->db, &theirs));
    TRY(check_end(c));
    off = theirs - before - (clock_now_us() - before) / 2;
    off = off < 0 ? -off : off;
    check_add(c, check_above(off, CLOCK_WARN_US, CLOCK_FAIL_US),
              LANG_N("set both hosts' clocks by NTP"),
              LANG_N("the database's clock and this host's differ by %.3f s"),
              (double)off / (double)CLOCK_SECOND);
    return NULL;
}

static struct err *read_figures(struct check *c, struct figures *out)
{
    TRY(check_begin(c));
    TRY(figures_read(c->db, c->a, out));
    return err_pass(check_end(c));
}

struct err *check_jobs(struct check *c)
{
    struct figures f;

    TRY(read_figures(c, &f));
    check_add(c, check_above(f.jobs_late_seconds, JOBS_WARN_SECONDS, JOBS_FAIL_SECONDS),
              LANG_N("start the worker, or see in its log what it does"),
              LANG_N("the oldest that is due waits %lld s"), (long long)f.jobs_late_seconds);
    check_add(c, f.jobs_failed == 0 ? CHECK_OK : CHECK_WARN,
              LANG_N("see \"job.failed\" in the worker's log, and last_error in the table job"),
              LANG_N("given up in the last week: %lld"), (long long)f.jobs_failed);
    return NULL;
}

struct err *check_mails(struct check *c)
{
    struct figures f;

    TRY(read_figures(c, &f));
    check_add(c, check_above(f.mails_late_seconds, MAILS_WARN_SECONDS, MAILS_FAIL_SECONDS),
              LANG_N("see \"mail.not_sent\" in the worker's log, and smtp_url"),
              LANG_N("waiting: %lld, the oldest that is due for %lld s"),
              (long long)f.mails_waiting, (long long)f.mails_late_seconds);
    check_add(
        c, f.mails_failed == 0 ? CHECK_OK : CHECK_WARN,
        LANG_N(
            "see \"mail.not_sent\" in the worker's log: the address or the mail server is at fault"),
        LANG_N("given up in the last week: %lld"), (long long)f.mails_failed);
    return NULL;
}

struct err *check_log(struct check *c)
{
    struct figures f;

    TRY(read_figures(c, &f));
    check_add(c, check_above(f.events_seconds, LOG_WARN_SECONDS, LOG_FAIL_SECONDS),
              LANG_N("see \"job.failed\" with kind log.append in the worker's log"),
              LANG_N("events that are no leaf yet: %lld, the oldest for %lld s"),
              (long long)f.events_pending, (long long)f.events_seconds);
    check_add(c, check_above(f.receipts_seconds, LOG_WARN_SECONDS, LOG_FAIL_SECONDS),
              LANG_N("see \"job.failed\" with kind receipt.sign in the worker's log"),
              LANG_N("receipts that are not signed: %lld, the oldest for %lld s"),
              (long long)f.receipts_pending, (long long)f.receipts_seconds);
    check_add(c, f.log_size == f.head_size ? CHECK_OK : CHECK_FAIL,
              LANG_N("run fairwayctl audit verify: the log has a size that nobody signed"),
              LANG_N("leaves: %lld, signed up to %lld"), (long long)f.log_size,
              (long long)f.head_size);
    return NULL;
}
