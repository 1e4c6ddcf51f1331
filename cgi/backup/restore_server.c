/* backup/restore_server.c - a MariaDB of our own on restored data: nobody else reaches it, and it
 * knows no accounts while it is looked at. */
#include "backup/inside.h"

#include "base/str.h"

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <signal.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { START_TRIES = 2400, WAIT_MS = 50 };

static struct err *open_db(const struct backup_job *job, const struct restore_server *server,
                           struct db **db_out)
{
    const struct db_settings settings = { .socket = server->socket,
                                          .name = job->conf->db_name,
                                          .user = "root",
                                          .timeout_seconds = 3600 };

    return err_pass(db_open_lazy(&settings, db_out));
}

static struct err *wait_alive(const struct backup_job *job, struct restore_server *server)
{
    struct err *e = NULL;

    for (int tries = 0; tries < START_TRIES; tries++) {
        bool ended;
        struct db *db = NULL;

        err_ignore(e); /* it is not there yet */
        e = err_pass(proc_poll(&server->proc, &ended));
        if (e != NULL || ended)
            break;
        e = err_pass(open_db(job, server, &db));
        if (e == NULL) {
            db_close(db);
            return NULL;
        }
        nanosleep(&(struct timespec){ .tv_nsec = WAIT_MS * 1000000L }, NULL);
    }
    err_ignore(e); /* its log says more */
    return err_raise(ERR_IO, "a server on the restored data does not start: see %s", server->log);
}

struct err *restore_server_start(const struct backup_job *job, const char *data,
                                 struct restore_server *server)
{
    struct arena *a = job->a;
    const struct passwd *user = getpwuid(geteuid());
    const char *argv[16];
    int log;
    struct err *e;

    server->data = data;
    server->socket = arena_printf(a, "%s/restore.sock", job->conf->var);
    server->log = arena_printf(a, "%s/restore.log", job->conf->var);
    argv[0] = "mariadbd";
    argv[1] = "--no-defaults";
    argv[2] = arena_printf(a, "--user=%s", user != NULL ? user->pw_name : "mysql");
    argv[3] = arena_printf(a, "--datadir=%s", data);
    argv[4] = arena_printf(a, "--socket=%s", server->socket);
    argv[5] = arena_printf(a, "--pid-file=%s/restore.pid", job->conf->var);
    argv[6] = "--skip-networking";
    argv[7] = "--skip-grant-tables";
    argv[8] = "--skip-log-bin";
    argv[9] = "--max-allowed-packet=1G";
    argv[10] = "--default-time-zone=+00:00";
    argv[11] = NULL;
    log = open(server->log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (log < 0)
        return err_raise(ERR_IO, "cannot write %s: %s", server->log, strerror(errno));
    e = err_pass(proc_start(&server->proc, argv, (struct proc_io){ .out = log, .err = log }));
    close(log);
    if (e == NULL)
        e = err_pass(wait_alive(job, server));
    if (e != NULL)
        proc_end(&server->proc);
    return e;
}

struct err *restore_server_stop(struct restore_server *server)
{
    kill(server->proc.pid, SIGTERM);
    TRY(proc_wait(&server->proc));
    unlink(server->socket);
    return NULL;
}

/* -- replaying -----------------------------------------------------------------------------------
 */

/* The log's files from the one on in which the backup ended. */
static struct err *list_logs(const struct backup_job *job, const struct manifest *m,
                             const char **argv, size_t room)
{
    const char *folder = arena_printf(job->a, "%s/binlog", job->folder);
    struct tree_file *files = NULL;
    size_t count = 0, n = 0;

    TRY(tree_list(job->a, folder, &files, &count));
    for (size_t i = 0; i < count; i++) {
        if (backup_log_number(files[i].path) < backup_log_number(m->log_name))
            continue;
        if (n == room)
            return err_raise(ERR_TOO_LARGE, "more than %zu files of the binary log", room);
        argv[n++] = arena_printf(job->a, "%s/%s", folder, files[i].path);
    }
    return n != 0 ? NULL : err_raise(ERR_NOT_FOUND, "%s has no binary log", folder);
}

/* One reads the logs and the other runs what it reads.  The first words end the time without
 * accounts, since rights that were given must be given again; this client had all before. */
static struct err *pipe_logs(const char *const *reader, const char *const *runner, int log)
{
    static const char flush[] = "FLUSH PRIVILEGES;\n";
    struct proc from = { 0 }, to = { 0 };
    int ends[2];
    struct err *e, *other;

    if (pipe2(ends, O_CLOEXEC) != 0)
        return err_raise(ERR_IO, "no pipe: %s", strerror(errno));
    e = err_pass(proc_start(&to, runner, (struct proc_io){ ends[0], log, log }));
    close(ends[0]);
    if (e == NULL && write(ends[1], flush, sizeof(flush) - 1) != (ssize_t)sizeof(flush) - 1)
        e = err_raise(ERR_IO, "cannot write to %s: %s", runner[0], strerror(errno));
    if (e == NULL)
        e = err_pass(proc_start(&from, reader, (struct proc_io){ .out = ends[1], .err = log }));
    close(ends[1]);
    other = err_pass(proc_wait(&to));
    if (other != NULL)
        proc_end(&from);
    if (e == NULL && other == NULL)
        return err_pass(proc_wait(&from));
    if (e == NULL)
        return other;
    err_ignore(other); /* the first one is the reason */
    return e;
}

enum { LOGS_MAX = 20000, WORDS_BEFORE = 5 };

struct err *restore_replay(const struct backup_job *job, const struct restore_server *server,
                           const struct manifest *m, int64_t until)
{
    struct arena *a = job->a;
    const char **reader = arena_array(a, LOGS_MAX + WORDS_BEFORE + 1, sizeof(*reader));
    const char *const runner[] = {
        "mariadb",     "--no-defaults", arena_printf(a, "--socket=%s", server->socket),
        "--user=root", "--binary-mode", "--max-allowed-packet=1G",
        NULL
    };
    const int log = open(server->log, O_WRONLY | O_APPEND | O_CLOEXEC);
    char stop[CLOCK_ISO_BYTES] = "2037-12-31 23:59:59";
    struct err *e;

    if (log < 0)
        return err_raise(ERR_IO, "cannot write %s: %s", server->log, strerror(errno));
    if (until != 0) {
        clock_iso(until, stop);
        stop[10] = ' ';
        stop[19] = '\0';
    }
    reader[0] = "mariadb-binlog";
    reader[1] = "--no-defaults";
    reader[2] = "--verify-binlog-checksum";
    reader[3] = arena_number(a, "--start-position=", m->log_at);
    reader[4] = arena_printf(a, "--stop-datetime=%s", stop);
    e = err_pass(list_logs(job, m, reader + WORDS_BEFORE, LOGS_MAX));
    if (e == NULL)
        e = err_pass(pipe_logs(reader, runner, log));
    close(log);
    if (e == NULL)
        return NULL;
    {
        struct err *told = err_raise(err_kind(e), "the binary log cannot be run: %s; see %s",
                                     err_message(e), server->log);

        err_free(e);
        return told;
    }
}
