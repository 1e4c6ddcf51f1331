/* backup/restore.c - a portal's folder from a backup. */
#include "backup/inside.h"

#include "base/str.h"
#include "receipt/log_key.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct restoring {
    const struct backup_job *job;
    struct restore *how;
    struct manifest m;
    const char *db, *fresh; /* where the data stand in the end, and until then */
};

/* -- what is there already -----------------------------------------------------------------------
 */

/* A running InnoDB holds a lock on its first file. */
static bool is_running(struct arena *a, const char *data)
{
    const int fd = open(arena_printf(a, "%s/ibdata1", data), O_RDWR | O_CLOEXEC);
    struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
    const bool locked = fd >= 0 && fcntl(fd, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;

    if (fd >= 0)
        close(fd);
    return locked;
}

static struct err *refuse_what_is_there(const struct restoring *r)
{
    const struct backup_job *job = r->job;

    if (access(r->fresh, F_OK) == 0)
        return err_raise(ERR_CONFLICT,
                         "%s is there: another restore runs, or one was cut short; then remove it",
                         r->fresh);
    if (access(r->db, F_OK) != 0)
        return NULL;
    if (!r->how->replace)
        return err_raise(ERR_CONFLICT,
                         "%s holds a portal: name another folder (FAIRWAY_VAR), or say --replace, "
                         "which moves it aside",
                         job->conf->var);
    if (is_running(job->a, r->db))
        return err_raise(ERR_CONFLICT, "a server runs on %s: stop the portal first", r->db);
    return NULL;
}

/* What was in the way keeps its content under another name. */
static struct err *move_aside(const struct restoring *r, const char *path)
{
    char at[CLOCK_ISO_BYTES];
    const char *aside;

    if (access(path, F_OK) != 0)
        return NULL;
    clock_iso(clock_now_us(), at);
    aside = arena_printf(r->job->a, "%s.before-%.19s", path, at);
    if (access(aside, F_OK) == 0 || rename(path, aside) != 0)
        return err_raise(ERR_IO, "cannot move %s to %s", path, aside);
    fprintf(r->job->out, "what was there before is now %s\n", aside);
    return NULL;
}

/* -- copying -------------------------------------------------------------------------------------
 */

static int64_t data_bytes(const struct manifest *m)
{
    int64_t bytes = 0;

    for (size_t i = 0; i < m->count; i++)
        if (str_starts(m->files[i].file.path, "db/"))
            bytes += m->files[i].file.size;
    return bytes;
}

static struct err *copy_data(const struct restoring *r)
{
    const struct backup_job *job = r->job;
    const int64_t all = data_bytes(&r->m);
    int64_t done = 0;

    for (size_t i = 0; i < r->m.count; i++) {
        const struct tree_file *file = &r->m.files[i].file;
        const char *below = file->path + strlen("db/");

        if (!str_starts(file->path, "db/"))
            continue;
        TRY(tree_make_folders(job->a, r->fresh, below));
        TRY(tree_copy_part(arena_printf(job->a, "%s/%s", job->folder, file->path),
                           arena_printf(job->a, "%s/%s", r->fresh, below), 0, file->size));
        done += file->size;
        if (job->progress != NULL)
            job->progress(done, all);
    }
    return NULL;
}

/* The key goes where this portal looks for it; one that is there already and is another is kept. */
static struct err *copy_key(const struct restoring *r)
{
    const struct backup_job *job = r->job;
    const char *from = arena_printf(job->a, "%s/keys/log.key", job->folder);
    const char *to = log_key_path(job->a, job->conf);
    struct stat st;

    if (*r->m.key == '\0')
        return NULL;
    if (stat(from, &st) != 0)
        return err_raise(ERR_IO, "cannot read %s: %s", from, strerror(errno));
    TRY(move_aside(r, to));
    if (str_is_empty(job->conf->sign_key_file))
        TRY(tree_make_folders(job->a, job->conf->var, "keys/log.key"));
    return err_pass(tree_copy_part(from, to, 0, st.st_size));
}

/* -- the whole -----------------------------------------------------------------------------------
 */

static struct err *replay(const struct restoring *r, struct restore_server *server)
{
    char until[CLOCK_ISO_BYTES];

    if (*r->m.log_name == '\0' ||
        access(arena_printf(r->job->a, "%s/binlog", r->job->folder), F_OK) != 0)
        return r->how->until == 0
                   ? NULL
                   : err_raise(ERR_NOT_FOUND, "%s has no binary log to go on with", r->job->folder);
    clock_iso(r->how->until, until);
    fprintf(r->job->out, "running the binary log %s%s\n",
            r->how->until != 0 ? "until " : "to its end", r->how->until != 0 ? until : "");
    TRY(restore_server_start(r->job, r->fresh, server));
    TRY(restore_replay(r->job, server, &r->m, r->how->until));
    return err_pass(restore_server_stop(server));
}

static struct err *look(const struct restoring *r, struct restore_server *server)
{
    fprintf(r->job->out, "checking what is there\n");
    TRY(restore_server_start(r->job, r->fresh, server));
    TRY(restore_check(r->job, server, &r->m, &r->how->faults_out));
    return err_pass(restore_server_stop(server));
}

static struct err *fill(const struct restoring *r)
{
    struct restore_server server = { 0 };
    struct err *e;

    fprintf(r->job->out, "copying %lld MB\n", (long long)(data_bytes(&r->m) / 1000000));
    TRY(copy_data(r));
    TRY(copy_key(r));
    e = err_pass(replay(r, &server));
    if (e == NULL)
        e = err_pass(look(r, &server));
    proc_end(&server.proc);
    TRY(e);
    return err_pass(tree_sync(r->fresh));
}

/* The portal's start loads the demo company into a folder that is new; this one is not. */
static struct err *leave_note(const struct restoring *r)
{
    const char *path = arena_printf(r->job->a, "%s/restored", r->job->conf->var);
    const char *from = arena_printf(r->job->a, "%s/manifest", r->job->folder);
    struct stat st;

    if (stat(from, &st) != 0 || (unlink(path) != 0 && errno != ENOENT))
        return err_raise(ERR_IO, "cannot write %s: %s", path, strerror(errno));
    return err_pass(tree_copy_part(from, path, 0, st.st_size));
}

static struct err *put_in_place(const struct restoring *r)
{
    TRY(move_aside(r, r->db));
    if (rename(r->fresh, r->db) != 0)
        return err_raise(ERR_IO, "cannot rename %s: %s", r->fresh, strerror(errno));
    return err_pass(leave_note(r));
}

static struct err *prepare(struct restoring *r)
{
    const struct backup_job *job = r->job;
    const int64_t second = CLOCK_SECOND;

    TRY(refuse_what_is_there(r));
    TRY(manifest_read(job->a, job->folder, &r->m));
    if (!str_eq(r->m.database, job->conf->db_name))
        return err_raise(ERR_CONFIG, "the backup's schema is %s: say so with db_name",
                         r->m.database);
    if (r->how->until != 0 && r->how->until < r->m.at / second * second)
        return err_raise(ERR_CONFLICT, "the backup is newer than that: take the one before");
    fprintf(job->out, "comparing %zu files with the manifest\n", r->m.count);
    TRY(manifest_check(job->a, job->folder, &r->m, job->progress));
    if (mkdir(job->conf->var, 0750) != 0 && errno != EEXIST)
        return err_raise(ERR_IO, "cannot make %s: %s", job->conf->var, strerror(errno));
    TRY(tree_need_room(job->conf->var, data_bytes(&r->m)));
    if (mkdir(r->fresh, 0700) != 0)
        return err_raise(ERR_IO, "cannot make %s: %s", r->fresh, strerror(errno));
    return NULL;
}

struct err *backup_restore(const struct backup_job *job, struct restore *restore)
{
    struct restoring r = { .job = job, .how = restore };
    struct err *e;

    restore->faults_out = 0;
    r.db = arena_printf(job->a, "%s/db", job->conf->var);
    r.fresh = arena_printf(job->a, "%s/db.restoring", job->conf->var);
    TRY(prepare(&r));
    signal(SIGXFSZ, SIG_IGN); /* a limit of file sizes is told like a full disk */
    signal(SIGINT, SIG_IGN);  /* reaches the server, and what is half is then removed here */
    e = err_pass(fill(&r));
    if (e == NULL)
        e = err_pass(put_in_place(&r));
    if (e != NULL)
        err_ignore(tree_remove(r.fresh)); /* the first error is the one to tell */
    return e;
}
