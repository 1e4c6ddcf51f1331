/* program/ctl_backup.c - the portal into a folder, and out of it again. */
#include "backup/backup.h"
#include "base/str.h"
#include "program/ctl.h"

#include <stdlib.h>

/* FOLDER as a path that stays the same wherever a program that we call works. */
static const char *whole_path(struct ctl *ctl, const char *folder)
{
    char *here;
    const char *path;

    if (*folder == '/')
        return folder;
    here = realpath(".", NULL);
    path = arena_printf(ctl->a, "%s/%s", here != NULL ? here : ".", folder);
    free(here);
    return path;
}

static void show_megabytes(int64_t done, int64_t all)
{
    const int64_t mega = 1000000;

    ctl_show_progress(done / mega, all / mega);
}

static struct backup_job job_of(struct ctl *ctl, const char *folder)
{
    /* mariadb-binlog takes and shows the times of the zone that it is told. */
    setenv("TZ", "UTC", 1);
    setvbuf(ctl->out, NULL, _IOLBF, 0);
    return (struct backup_job){ .a = ctl->a,
                                .conf = &ctl->conf,
                                .folder = whole_path(ctl, folder),
                                .out = ctl->out,
                                .progress = show_megabytes };
}

static struct err *run_backup(struct ctl *ctl)
{
    const char *folder = NULL, *log = NULL;
    const struct ctl_option options[] = { { "log", &log, true }, { 0 } };
    struct backup_job job;

    TRY(ctl_options(ctl, options, &folder));
    job = job_of(ctl, folder);
    return err_pass(log != NULL ? backup_log(&job) : backup_make(&job));
}

static struct err *run_restore(struct ctl *ctl)
{
    const char *folder = NULL, *until = NULL, *replace = NULL;
    const struct ctl_option options[] = { { "until", &until, false },
                                          { "replace", &replace, true },
                                          { 0 } };
    struct restore restore = { 0 };
    struct backup_job job;

    TRY(ctl_options(ctl, options, &folder));
    if (until != NULL && !clock_parse(until, &restore.until))
        return err_raise(ERR_INVALID, "a time is in UTC, as in 2026-11-21T09:30:00Z");
    restore.replace = replace != NULL;
    ctl->conf.var = whole_path(ctl, ctl->conf.var);
    job = job_of(ctl, folder);
    TRY(backup_restore(&job, &restore));
    if (restore.faults_out != 0)
        return err_raise(ERR_CONFLICT, "%s holds what was backed up, with %lld faults: see above",
                         ctl->conf.var, (long long)restore.faults_out);
    fprintf(ctl->out, "the portal is back in %s\n", ctl->conf.var);
    return NULL;
}

const struct ctl_command ctl_backup_commands[] = {
    { "backup", "FOLDER [--log]",
      "copy the running portal into a new folder; --log: bring the binary log there up to now",
      false, run_backup },
    { "restore", "FOLDER [--until TIME] [--replace]",
      "put a backup into FAIRWAY_VAR and check it; --until: as the portal was before that second, "
      "UTC; --replace: what is there is moved aside",
      false, run_restore },
    { 0 },
};
