/* base/tree.c - folders with all that is in them. */
#include "base/tree.h"

#include "base/str.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

enum { FIRST_FILES = 256, PIECE_BYTES = 1 << 20, OPEN_FOLDERS = 16 };

struct listing {
    struct arena *a;
    const char *folder;
    struct tree_file *files;
    size_t count, room;
};

static void add_file(struct listing *l, const char *path, int64_t size)
{
    if (l->count == l->room) {
        struct tree_file *more = arena_array(l->a, l->room * 2, sizeof(*more));

        memcpy(more, l->files, l->count * sizeof(*more));
        l->files = more;
        l->room *= 2;
    }
    l->files[l->count++] = (struct tree_file){ path, size };
}

static struct err *list_below(struct listing *l, const char *below);

static struct err *list_entry(struct listing *l, const char *below, const char *name)
{
    const char *path = *below == '\0' ? name : arena_printf(l->a, "%s/%s", below, name);
    struct stat st;

    path = arena_dup(l->a, path);
    if (lstat(arena_printf(l->a, "%s/%s", l->folder, path), &st) != 0)
        return errno == ENOENT ? NULL
                               : err_raise(ERR_IO, "cannot look at %s/%s: %s", l->folder, path,
                                           strerror(errno));
    if (S_ISDIR(st.st_mode))
        return err_pass(list_below(l, path));
    if (S_ISREG(st.st_mode))
        add_file(l, path, st.st_size);
    return NULL;
}

static struct err *list_below(struct listing *l, const char *below)
{
    const char *path = *below == '\0' ? l->folder : arena_printf(l->a, "%s/%s", l->folder, below);
    DIR *dir = opendir(path);
    struct err *e = NULL;
    const struct dirent *entry;

    if (dir == NULL)
        return err_raise(ERR_IO, "cannot read %s: %s", path, strerror(errno));
    while (e == NULL && (entry = readdir(dir)) != NULL)
        if (!str_eq(entry->d_name, ".") && !str_eq(entry->d_name, ".."))
            e = err_pass(list_entry(l, below, entry->d_name));
    closedir(dir);
    return e;
}

static int by_path(const void *a, const void *b)
{
    return strcmp(((const struct tree_file *)a)->path, ((const struct tree_file *)b)->path);
}

struct err *tree_list(struct arena *a, const char *folder, struct tree_file **files_out,
                      size_t *count_out)
{
    struct listing l = { .a = a, .folder = folder, .room = FIRST_FILES };

    l.files = arena_array(a, l.room, sizeof(*l.files));
    TRY(list_below(&l, ""));
    qsort(l.files, l.count, sizeof(*l.files), by_path);
    *files_out = l.files;
    *count_out = l.count;
    return NULL;
}

int64_t tree_bytes(const struct tree_file *files, size_t count)
{
    int64_t bytes = 0;

    for (size_t i = 0; i < count; i++)
        bytes += files[i].size;
    return bytes;
}

/* -- copies --------------------------------------------------------------------------------------
 */

static struct err *write_all(int to, const char *data, size_t len, int64_t at, const char *path)
{
    while (len > 0) {
        const ssize_t written = pwrite(to, data, len, at);

        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return err_raise(ERR_IO, "cannot write %s: %s", path, strerror(errno));
        data += written;
        at += written;
        len -= (size_t)written;
    }
    return NULL;
}

static struct err *copy_bytes(int from, int to, int64_t at, int64_t end, const char *path)
{
    char *piece = malloc(PIECE_BYTES);
    struct err *e = piece == NULL ? err_raise(ERR_IO, "no memory to copy %s", path) : NULL;

    while (e == NULL && at < end) {
        const size_t want = end - at < PIECE_BYTES ? (size_t)(end - at) : PIECE_BYTES;
        const ssize_t got = pread(from, piece, want, at);

        if (got <= 0) {
            e = err_raise(ERR_IO, "%s: %s", path, got < 0 ? strerror(errno) : "it ends too early");
            break;
        }
        e = err_pass(write_all(to, piece, (size_t)got, at, path));
        at += got;
    }
    free(piece);
    return e;
}

struct err *tree_copy_part(const char *from, const char *to, int64_t at, int64_t size)
{
    const int in = open(from, O_RDONLY | O_CLOEXEC);
    struct err *e = NULL;
    int out;

    if (in < 0)
        return err_raise(ERR_IO, "cannot read %s: %s", from, strerror(errno));
    out = open(to, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (out < 0)
        e = err_raise(ERR_IO, "cannot write %s: %s", to, strerror(errno));
    if (e == NULL)
        e = err_pass(copy_bytes(in, out, at, at + size, to));
    if (e == NULL && fsync(out) != 0)
        e = err_raise(ERR_IO, "cannot write %s: %s", to, strerror(errno));
    if (out >= 0 && close(out) != 0 && e == NULL)
        e = err_raise(ERR_IO, "cannot write %s: %s", to, strerror(errno));
    close(in);
    return e;
}

struct err *tree_make_folders(struct arena *a, const char *folder, const char *path)
{
    for (const char *slash = strchr(path, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        const char *made =
            arena_printf(a, "%s/%s", folder, arena_dup_bytes(a, path, (size_t)(slash - path)));

        if (mkdir(made, 0700) != 0 && errno != EEXIST)
            return err_raise(ERR_IO, "cannot make %s: %s", made, strerror(errno));
    }
    return NULL;
}

struct err *tree_need_room(const char *folder, int64_t bytes)
{
    struct statvfs st;
    int64_t room;

    if (statvfs(folder, &st) != 0)
        return err_raise(ERR_IO, "cannot look at %s: %s", folder, strerror(errno));
    room = (int64_t)st.f_bavail * (int64_t)st.f_frsize;
    if (room < bytes)
        return err_raise(ERR_IO, "%s has room for %lld MB, and %lld MB are needed", folder,
                         (long long)(room / 1000000), (long long)(bytes / 1000000 + 1));
    return NULL;
}

/* -- folders -------------------------------------------------------------------------------------
 */

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *where)
{
    (void)st;
    (void)kind;
    (void)where;
    return remove(path);
}

struct err *tree_remove(const char *folder)
{
    if (nftw(folder, remove_one, OPEN_FOLDERS, FTW_DEPTH | FTW_PHYS) != 0 && errno != ENOENT)
        return err_raise(ERR_IO, "cannot remove %s: %s", folder, strerror(errno));
    return NULL;
}

struct err *tree_sync(const char *folder)
{
    const int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    struct err *e = NULL;

    if (fd < 0 || syncfs(fd) != 0)
        e = err_raise(ERR_IO, "cannot write %s: %s", folder, strerror(errno));
    if (fd >= 0)
        close(fd);
    return e;
}
