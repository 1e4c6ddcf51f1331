/* backup/backup_make.c - a full backup: the server's copy, the key, the manifest. */
#include "backup/inside.h"

#include "base/str.h"
#include "receipt/log_key.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { POLL_MS = 250, WORDS_BYTES = 400, PASSWORD_BYTES = 200 };

struct make {
    const struct backup_job *job;
    const char *partial, *db, *log, *access; /* access: the account for mariadb-backup, 0600 */
    struct manifest m;
    int64_t bytes;
};

/* -- the server ----------------------------------------------------------------------------------
 */

static struct err *ask_server(struct make *make, struct server_row *server)
{
    const struct backup_job *job = make->job;
    struct count_row migration;
    struct db *db;
    struct err *e;

    TRY(db_open_conf(job->conf, "backup", NULL, &db));
    e = err_pass(db_begin_read(db));
    if (e == NULL)
        e = err_pass(db_get(db, job->a, &backup_server, DB_NO_ARGS, server));
    if (e == NULL)
        e = err_pass(db_get(db, job->a, &backup_migration, DB_NO_ARGS, &migration));
    db_close(db);
    TRY(e);
    make->m.server = server->version;
    make->m.migration = migration.n;
    return NULL;
}

static void add_quoted(FILE *f, const char *name, const char *value)
{
    fprintf(f, "%s=\"", name);
    for (; *value != '\0'; value++)
        fprintf(f, *value == '"' || *value == '\\' ? "\\%c" : "%c", *value);
    fprintf(f, "\"\n");
}

/* Other programs of the machine see a command line, and nobody a file of 0600. */
static struct err *write_access(struct make *make)
{
    const struct conf *conf = make->job->conf;
    char password[PASSWORD_BYTES] = "";
    int fd;
    FILE *f;

    if (!str_is_empty(conf->db_password_file))
        TRY(conf_secret(conf->db_password_file, password, sizeof(password)));
    fd = open(make->access, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    f = fd >= 0 ? fdopen(fd, "w") : NULL;
    if (f == NULL)
        return err_raise(ERR_IO, "cannot write %s: %s", make->access, strerror(errno));
    fprintf(f, "[client]\n");
    add_quoted(f, "user", str_is_empty(conf->db_user) ? "fw_backup" : conf->db_user);
    add_quoted(f, "socket", conf->db_socket);
    if (*password != '\0')
        add_quoted(f, "password", password);
    explicit_bzero(password, sizeof(password));
    return fclose(f) == 0 ? NULL
                          : err_raise(ERR_IO, "cannot write %s: %s", make->access, strerror(errno));
}

/* -- mariadb-backup ------------------------------------------------------------------------------
 */

/* What it said last, for whoever must do something about it. */
static const char *last_words(struct arena *a, const char *path)
{
    FILE *f = fopen(path, "re");
    char *text = arena_alloc(a, WORDS_BYTES + 1);
    const char *words, *line;

    if (f == NULL)
        return "";
    if (fseek(f, -WORDS_BYTES, SEEK_END) != 0)
        rewind(f);
    text[fread(text, 1, WORDS_BYTES, f)] = '\0';
    fclose(f);
    text = str_trim(a, text);
    words = text;
    while ((line = strchr(words, '\n')) != NULL && strlen(line) > WORDS_BYTES / 2)
        words = line + 1;
    return words;
}

static struct err *with_last_words(const struct make *make, struct err *e)
{
    struct err *told =
        err_raise(err_kind(e), "%s: %s", err_message(e), last_words(make->job->a, make->log));

    err_free(e);
    return told;
}

static void show_progress(const struct make *make, int64_t all)
{
    struct arena *a = arena_new(64 * 1024);
    struct tree_file *files = NULL;
    size_t count = 0;
    struct err *e = tree_list(a, make->db, &files, &count);
    const int64_t done = e == NULL ? tree_bytes(files, count) : 0;

    err_ignore(e); /* how far it is is no reason to stop */
    if (make->job->progress != NULL)
        make->job->progress(done < all ? done : all, all);
    arena_free(a);
}

/* Runs it with its words in the log.  ALL: the bytes it is going to write; 0: not to be shown. */
static struct err *run_tool(const struct make *make, const char *const *argv, int64_t all)
{
    const int log = open(make->log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    struct proc proc = { 0 };
    bool ended = false;
    struct err *e;

    if (log < 0)
        return err_raise(ERR_IO, "cannot write %s: %s", make->log, strerror(errno));
    e = err_pass(proc_start(&proc, argv, (struct proc_io){ .out = log, .err = log }));
    close(log);
    while (e == NULL && !ended) {
        e = err_pass(proc_poll(&proc, &ended));
        if (e != NULL || ended)
            break;
        if (all != 0)
            show_progress(make, all);
        nanosleep(&(struct timespec){ .tv_nsec = POLL_MS * 1000000L }, NULL);
    }
    return e == NULL ? NULL : with_last_words(make, e);
}

static struct err *copy_server(struct make *make, const struct server_row *server, int64_t bytes)
{
    struct arena *a = make->job->a;
    const char *const copy[] = { "mariadb-backup",
                                 arena_printf(a, "--defaults-file=%s", make->access),
                                 "--backup",
                                 "--parallel=2",
                                 arena_printf(a, "--datadir=%s", server->datadir),
                                 arena_printf(a, "--target-dir=%s", make->db),
                                 NULL };
    const char *const prepare[] = { "mariadb-backup", "--no-defaults", "--prepare",
                                    arena_printf(a, "--target-dir=%s", make->db), NULL };

    fprintf(make->job->out, "copying the database (%lld MB)\n", (long long)(bytes / 1000000));
    TRY(run_tool(make, copy, bytes));
    fprintf(make->job->out, "making the copy whole\n");
    return err_pass(run_tool(make, prepare, 0));
}

/* "binlog.000003<tab>4711<tab>GTID": up to where the copy goes.  No file: no binary log. */
static struct err *read_position(struct make *make)
{
    struct arena *a = make->job->a;
    FILE *f = fopen(arena_printf(a, "%s/xtrabackup_binlog_info", make->db), "re");
    char name[256] = "", at[32] = "";
    int got;

    make->m.log_name = "";
    if (f == NULL)
        return NULL;
    got = fscanf(f, "%255s %31s", name, at);
    fclose(f);
    if (got != 2 || !str_to_i64(at, &make->m.log_at))
        return err_raise(ERR_PARSE, "mariadb-backup left no position of the binary log");
    make->m.log_name = arena_dup(a, name);
    return NULL;
}

/* -- the rest ------------------------------------------------------------------------------------
 */

/* The key that signs for the vendor, if this account may read it. */
static struct err *copy_key(struct make *make)
{
    const struct backup_job *job = make->job;
    const char *path = log_key_path(job->a, job->conf);
    const char *to = arena_printf(job->a, "%s/keys/log.key", make->partial);
    struct log_signer signer;
    struct stat st;
    struct err *e;

    make->m.key = "";
    e = log_signer_open(job->a, job->conf, &signer);
    if (e != NULL) {
        fprintf(job->out, "without the log's key, keep it yourself: %s\n", err_message(e));
        err_ignore(e); /* said; whoever may not read it keeps it elsewhere */
        return NULL;
    }
    make->m.key = arena_printf(job->a, "%08llx", (unsigned long long)signer.known.id);
    log_signer_close(&signer);
    TRY(tree_make_folders(job->a, make->partial, "keys/log.key"));
    if (stat(path, &st) != 0)
        return err_raise(ERR_IO, "cannot read %s: %s", path, strerror(errno));
    return err_pass(tree_copy_part(path, to, 0, st.st_size));
}

/* A table of InnoDB has one file of this kind; those that begin so are parts of a full-text index.
 */
static bool is_table(const char *path)
{
    return str_ends(path, ".ibd") && !str_starts(strrchr(path, '/') + 1, "FTS_");
}

static int64_t count_tables(const struct make *make)
{
    const char *folder = arena_printf(make->job->a, "db/%s/", make->m.database);
    int64_t tables = 0;

    for (size_t i = 0; i < make->m.count; i++)
        tables +=
            str_starts(make->m.files[i].file.path, folder) && is_table(make->m.files[i].file.path);
    return tables;
}

static struct err *write_manifest(struct make *make)
{
    const struct backup_job *job = make->job;

    fprintf(job->out, "taking the files' checksums\n");
    TRY(manifest_hash(job->a, make->partial, &make->m, job->progress));
    make->m.at = clock_now_us();
    make->m.tables = count_tables(make);
    for (size_t i = 0; i < make->m.count; i++)
        make->bytes += make->m.files[i].file.size;
    return err_pass(manifest_write(job->a, make->partial, &make->m));
}

/* What is going to be copied: all but the binary log, which may lie among the data. */
static struct err *size_of(struct make *make, const struct server_row *server, int64_t *bytes_out)
{
    const char *slash = server->log_base != NULL ? strrchr(server->log_base, '/') : NULL;
    const char *log = slash != NULL ? arena_printf(make->job->a, "%s.", slash + 1) : NULL;
    struct tree_file *files = NULL;
    size_t count;

    TRY(tree_list(make->job->a, server->datadir, &files, &count));
    *bytes_out = tree_bytes(files, count);
    for (size_t i = 0; i < count; i++)
        if (log != NULL && str_starts(files[i].path, log))
            *bytes_out -= files[i].size;
    return NULL;
}

static struct err *fill(struct make *make)
{
    struct server_row server = { 0 };
    int64_t bytes = 0;

    TRY(ask_server(make, &server));
    TRY(size_of(make, &server, &bytes));
    TRY(tree_need_room(make->partial, bytes));
    TRY(write_access(make));
    TRY(copy_server(make, &server, bytes));
    if (unlink(make->access) != 0)
        return err_raise(ERR_IO, "cannot remove %s: %s", make->access, strerror(errno));
    TRY(read_position(make));
    TRY(copy_key(make));
    TRY(write_manifest(make));
    return err_pass(tree_sync(make->partial));
}

static struct err *put_in_place(const struct make *make)
{
    const struct backup_job *job = make->job;

    if (access(job->folder, F_OK) == 0 || rename(make->partial, job->folder) != 0)
        return err_raise(ERR_CONFLICT, "%s is there already", job->folder);
    fprintf(job->out, "%s is complete: %zu files, %lld MB, migration %04lld%s\n", job->folder,
            make->m.count, (long long)(make->bytes / 1000000), (long long)make->m.migration,
            *make->m.log_name == '\0' ? "; there is no binary log" : "");
    return NULL;
}

struct err *backup_make(const struct backup_job *job)
{
    struct make make = { .job = job, .m = { .database = job->conf->db_name } };
    struct err *e;

    make.partial = arena_printf(job->a, "%s.partial", job->folder);
    make.db = arena_printf(job->a, "%s/db", make.partial);
    make.log = arena_printf(job->a, "%s/backup.log", make.partial);
    make.access = arena_printf(job->a, "%s/access.cnf", make.partial);
    if (access(job->folder, F_OK) == 0)
        return err_raise(ERR_CONFLICT, "%s is there already", job->folder);
    if (mkdir(make.partial, 0700) != 0)
        return errno == EEXIST
                   ? err_raise(ERR_CONFLICT,
                               "%s is there: another backup runs, or one was cut short; then "
                               "remove it",
                               make.partial)
                   : err_raise(ERR_IO, "cannot make %s: %s", make.partial, strerror(errno));
    /* A Ctrl-C reaches mariadb-backup, too; what it leaves is then removed here. */
    signal(SIGXFSZ, SIG_IGN); /* a limit of file sizes is told like a full disk */
    signal(SIGINT, SIG_IGN);
    e = err_pass(fill(&make));
    if (e == NULL)
        e = err_pass(put_in_place(&make));
    if (e != NULL)
        err_ignore(tree_remove(make.partial)); /* the first error is the one to tell */
    return e;
}
