/* backup/manifest.c - what a backup holds, in lines. */
#include "backup/manifest.h"

#include "base/buf.h"
#include "base/clock.h"
#include "base/str.h"
#include "crypt/hash.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MANIFEST_MAX_BYTES = 16 * 1024 * 1024, PIECE_BYTES = 1 << 18 };

/* -- hashes --------------------------------------------------------------------------------------
 */

struct progress {
    manifest_progress *say;
    int64_t done, all;
};

static struct err *hash_open_file(int fd, const char *path, struct progress *p, struct sha256 *hash)
{
    char *piece = malloc(PIECE_BYTES);
    ssize_t got = piece == NULL ? -1 : 1;

    while (got > 0) {
        got = read(fd, piece, PIECE_BYTES);
        if (got <= 0)
            break;
        sha256_add(hash, piece, (size_t)got);
        p->done += got;
        if (p->say != NULL)
            p->say(p->done < p->all ? p->done : p->all, p->all);
    }
    free(piece);
    return got < 0 ? err_raise(ERR_IO, "cannot read %s: %s", path, strerror(errno)) : NULL;
}

static struct err *hash_file(struct arena *a, const char *path, struct progress *p,
                             const char **hex_out)
{
    const int fd = open(path, O_RDONLY | O_CLOEXEC);
    unsigned char digest[SHA256_BYTES];
    char *hex = arena_alloc(a, SHA256_HEX_BYTES);
    struct sha256 hash;
    struct err *e;

    if (fd < 0)
        return err_raise(ERR_IO, "cannot read %s: %s", path, strerror(errno));
    sha256_begin(&hash);
    e = err_pass(hash_open_file(fd, path, p, &hash));
    sha256_end(&hash, digest);
    close(fd);
    str_hex(digest, sizeof(digest), hex);
    *hex_out = hex;
    return e;
}

struct err *manifest_hash(struct arena *a, const char *folder, struct manifest *m,
                          manifest_progress *progress)
{
    struct progress p = { .say = progress };
    struct tree_file *files = NULL;

    TRY(tree_list(a, folder, &files, &m->count));
    p.all = tree_bytes(files, m->count);
    m->files = arena_array(a, m->count + 1, sizeof(*m->files));
    for (size_t i = 0; i < m->count; i++) {
        m->files[i].file = files[i];
        TRY(hash_file(a, arena_printf(a, "%s/%s", folder, files[i].path), &p, &m->files[i].sha256));
    }
    return NULL;
}

struct err *manifest_check(struct arena *a, const char *folder, const struct manifest *m,
                           manifest_progress *progress)
{
    struct progress p = { .say = progress };

    for (size_t i = 0; i < m->count; i++)
        p.all += m->files[i].file.size;
    for (size_t i = 0; i < m->count; i++) {
        const char *path = arena_printf(a, "%s/%s", folder, m->files[i].file.path), *hex;

        TRY(hash_file(a, path, &p, &hex));
        if (!str_eq(hex, m->files[i].sha256))
            return err_raise(ERR_CONFLICT, "%s is not what was backed up", path);
    }
    return NULL;
}

/* -- writing -------------------------------------------------------------------------------------
 */

static void put_lines(struct buf *b, const struct manifest *m)
{
    char at[CLOCK_ISO_BYTES], hex[SHA256_HEX_BYTES];

    clock_iso(m->at, at);
    buf_printf(b, "fairway-backup = %d\n", MANIFEST_FORM);
    buf_printf(b, "time = %s\nserver = %s\ndatabase = %s\n", at, m->server, m->database);
    buf_printf(b, "migration = %lld\ntables = %lld\n", (long long)m->migration,
               (long long)m->tables);
    buf_printf(b, "log = %s\nlog-at = %lld\nkey = %s\n\n", m->log_name, (long long)m->log_at,
               m->key);
    for (size_t i = 0; i < m->count; i++)
        buf_printf(b, "%s %lld %s\n", m->files[i].sha256, (long long)m->files[i].file.size,
                   m->files[i].file.path);
    sha256_hex(b->data, b->len, hex);
    buf_printf(b, "%s\n", hex);
}

struct err *manifest_write(struct arena *a, const char *folder, const struct manifest *m)
{
    const char *path = arena_printf(a, "%s/manifest", folder);
    const int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    bool written;
    struct buf b;

    if (fd < 0)
        return err_raise(ERR_IO, "cannot write %s: %s", path, strerror(errno));
    buf_init(&b, 64 * 1024, MANIFEST_MAX_BYTES);
    put_lines(&b, m);
    written = !b.failed && write(fd, b.data, b.len) == (ssize_t)b.len && fsync(fd) == 0;
    buf_free(&b);
    if (close(fd) != 0 || !written)
        return err_raise(ERR_IO, "cannot write %s: %s", path, strerror(errno));
    return NULL;
}

/* -- reading -------------------------------------------------------------------------------------
 */

static struct err *malformed(const char *what)
{
    return err_raise(ERR_PARSE, "the manifest is damaged: %s", what);
}

static struct err *read_text(struct arena *a, const char *path, char **text_out, size_t *len_out)
{
    FILE *f = fopen(path, "re");
    char *text;

    if (f == NULL)
        return err_raise(ERR_IO, "cannot read %s: %s", path, strerror(errno));
    text = arena_alloc(a, MANIFEST_MAX_BYTES + 1);
    *len_out = fread(text, 1, MANIFEST_MAX_BYTES, f);
    fclose(f);
    *text_out = text;
    return NULL;
}

/* Cuts the last line off, which must be the hash of the others. */
static struct err *check_end(char *text, size_t len)
{
    const size_t last = SHA256_HEX_BYTES; /* 64 digits and the end of the line */
    char hex[SHA256_HEX_BYTES];

    if (len <= last || text[len - 1] != '\n' || strlen(text) != len)
        return malformed("its end is missing");
    sha256_hex(text, len - last, hex);
    if (strncmp(hex, text + len - last, SHA256_HEX_BYTES - 1) != 0)
        return malformed("its own hash is another");
    text[len - last] = '\0';
    return NULL;
}

static struct err *take_head(struct arena *a, struct manifest *m, const char *name,
                             const char *value)
{
    const struct {
        const char *name;
        const char **text;
        int64_t *number;
    } heads[] = {
        { "server", &m->server, NULL },
        { "database", &m->database, NULL },
        { "migration", NULL, &m->migration },
        { "tables", NULL, &m->tables },
        { "log", &m->log_name, NULL },
        { "log-at", NULL, &m->log_at },
        { "key", &m->key, NULL },
    };
    int64_t form;

    if (str_eq(name, "fairway-backup"))
        return str_to_i64(value, &form) && form == MANIFEST_FORM
                   ? NULL
                   : malformed("it is of another release");
    if (str_eq(name, "time"))
        return clock_parse(value, &m->at) ? NULL : malformed("time");
    for (size_t i = 0; i < ARRAY_LEN(heads); i++) {
        if (!str_eq(heads[i].name, name))
            continue;
        if (heads[i].text != NULL)
            *heads[i].text = arena_dup(a, value);
        else if (!str_to_i64(value, heads[i].number))
            return malformed(name);
        return NULL;
    }
    return malformed(name);
}

/* A path that leads out of the backup's folder would be somebody else's file. */
static bool stays_inside(const char *path)
{
    return *path != '/' && *path != '\0' && !str_starts(path, "../") && !str_ends(path, "/..") &&
           strstr(path, "/../") == NULL && !str_eq(path, "..");
}

static struct err *take_file(struct arena *a, struct manifest *m, const char *line)
{
    struct manifest_file *file = &m->files[m->count];
    const char *size = strchr(line, ' ');
    const char *path = size != NULL ? strchr(size + 1, ' ') : NULL;

    if (path == NULL || size - line != SHA256_HEX_BYTES - 1 ||
        !str_to_i64(arena_dup_bytes(a, size + 1, (size_t)(path - size - 1)), &file->file.size) ||
        !stays_inside(path + 1))
        return malformed(line);
    file->sha256 = arena_dup_bytes(a, line, (size_t)(size - line));
    file->file.path = arena_dup(a, path + 1);
    m->count++;
    return NULL;
}

struct err *manifest_read(struct arena *a, const char *folder, struct manifest *m_out)
{
    struct manifest m = { .server = "", .database = "", .log_name = "", .key = "" };
    size_t len, lines;
    char *text, **line;

    TRY(read_text(a, arena_printf(a, "%s/manifest", folder), &text, &len));
    TRY(check_end(text, len));
    line = str_split(a, text, '\n', &lines);
    m.files = arena_array(a, lines + 1, sizeof(*m.files));
    for (; *line != NULL && **line != '\0'; line++) {
        char *equals = strstr(*line, " = ");

        if (equals == NULL)
            return malformed(*line);
        *equals = '\0';
        TRY(take_head(a, &m, *line, equals + 3));
    }
    for (; *line != NULL; line++)
        if (**line != '\0')
            TRY(take_file(a, &m, *line));
    if (m.at == 0 || m.count == 0)
        return malformed("it is empty");
    *m_out = m;
    return NULL;
}
