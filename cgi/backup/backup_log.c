/* backup/backup_log.c - the binary log since a backup, brought beside it. */
#include "backup/inside.h"

#include "base/str.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

int64_t backup_log_number(const char *name)
{
    const char *dot = strrchr(name, '.');
    int64_t number;

    if (dot == NULL)
        return -1;
    for (dot++; *dot == '0' && dot[1] != '\0';)
        dot++;
    return str_to_i64(dot, &number) ? number : -1;
}

static struct err *ask_server(const struct backup_job *job, struct server_row *server,
                              struct log_row **logs_out, size_t *count_out)
{
    struct db *db;
    struct err *e;

    TRY(db_open_conf(job->conf, "backup", NULL, &db));
    e = err_pass(db_begin_read(db));
    if (e == NULL)
        e = err_pass(db_get(db, job->a, &backup_server, DB_NO_ARGS, server));
    if (e == NULL && server->log_base == NULL)
        e = err_raise(ERR_CONFIG, "the server keeps no binary log");
    if (e == NULL)
        e = err_pass(db_list(db, job->a, &backup_logs, DB_NO_ARGS, logs_out, count_out));
    db_close(db);
    return e;
}

/* How much of it is in the backup; a file that is not there has nothing. */
static int64_t size_of(const char *path)
{
    struct stat st;

    return stat(path, &st) == 0 ? st.st_size : 0;
}

static struct err *copy_one(const struct backup_job *job, const char *log_folder,
                            const struct log_row *log, int64_t *copied)
{
    const char *to = arena_printf(job->a, "%s/binlog/%s", job->folder, log->name);
    const char *from = arena_printf(job->a, "%s%s", log_folder, log->name);
    const int64_t have = size_of(to);

    if (have > log->size)
        return err_raise(ERR_CONFLICT,
                         "%s is shorter than its copy: the log was begun anew, make a "
                         "full backup",
                         log->name);
    *copied += log->size - have;
    return have == log->size ? NULL : err_pass(tree_copy_part(from, to, have, log->size - have));
}

/* The first file that is needed: the one in which the backup ended, or the newest that is here. */
static int64_t first_needed(const struct backup_job *job, const struct manifest *m)
{
    struct tree_file *files = NULL;
    size_t count = 0;
    int64_t first = backup_log_number(m->log_name);
    struct err *e =
        tree_list(job->a, arena_printf(job->a, "%s/binlog", job->folder), &files, &count);

    err_ignore(e); /* there is none yet */
    for (size_t i = 0; e == NULL && i < count; i++)
        if (backup_log_number(files[i].path) > first)
            first = backup_log_number(files[i].path);
    return first;
}

struct err *backup_log(const struct backup_job *job)
{
    struct server_row server = { 0 };
    struct log_row *logs = NULL;
    struct manifest m;
    const char *folder, *slash;
    size_t count = 0;
    int64_t copied = 0, next;

    TRY(manifest_read(job->a, job->folder, &m));
    if (*m.log_name == '\0')
        return err_raise(ERR_CONFLICT, "the backup was made without a binary log");
    TRY(ask_server(job, &server, &logs, &count));
    slash = strrchr(server.log_base, '/');
    folder = arena_dup_bytes(job->a, server.log_base, (size_t)(slash - server.log_base) + 1);
    next = first_needed(job, &m);
    TRY(tree_make_folders(job->a, job->folder, "binlog/"));
    for (size_t i = 0; i < count; i++) {
        const int64_t number = backup_log_number(logs[i].name);

        if (number < next)
            continue;
        if (number > next)
            break;
        TRY(copy_one(job, folder, &logs[i], &copied));
        next++;
    }
    if (count == 0 || next <= backup_log_number(logs[count - 1].name))
        return err_raise(ERR_CONFLICT, "a part of the binary log is gone: make a full backup");
    fprintf(job->out, "%lld bytes more; the log goes up to %s, %lld\n", (long long)copied,
            logs[count - 1].name, (long long)logs[count - 1].size);
    return err_pass(tree_sync(arena_printf(job->a, "%s/binlog", job->folder)));
}
