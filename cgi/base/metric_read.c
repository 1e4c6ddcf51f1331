/* base/metric_read.c - reads the file in one go instead of mapping it, lest a file that becomes
 * shorter meanwhile ends the reader. */
#include "base/metric_read.h"

#include "base/metric_inside.h"
#include "base/str.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILE_MAX = 4 << 20, TRIES = 100, NAME_MAX_BYTES = 20 };

struct contents {
    char *data;
    size_t room, len;
};

static struct err *not_ours(const char *path)
{
    return err_raise(ERR_PARSE, "%s is no file of counters", path);
}

static const struct metric_head *head_of(const struct contents *c)
{
    return (const struct metric_head *)(const void *)c->data;
}

/* Until no slot was on its way to the totals from beginning to end. */
static struct err *read_steady(int fd, const char *path, struct contents *c)
{
    for (int i = 0; i < TRIES; i++) {
        struct metric_head after;
        const ssize_t len = pread(fd, c->data, c->room, 0);

        if (len < (ssize_t)sizeof(after) || pread(fd, &after, sizeof(after), 0) != sizeof(after))
            return not_ours(path);
        if (memcmp(after.magic, METRIC_MAGIC, sizeof(after.magic)) != 0)
            return not_ours(path);
        c->len = (size_t)len;
        if (head_of(c)->changes % 2 == 0 && head_of(c)->changes == after.changes)
            return NULL;
    }
    return err_raise(ERR_UNAVAILABLE, "%s changes all the time", path);
}

static struct err *read_file(struct arena *a, const char *path, struct contents *c)
{
    const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    struct stat st = { 0 };
    struct err *e = NULL;

    if (fd < 0)
        return err_raise(ERR_IO, "cannot read %s: %s", path, strerror(errno));
    if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || st.st_size > FILE_MAX)
        e = not_ours(path);
    c->room = (size_t)st.st_size + sizeof(struct metric_head);
    if (e == NULL) {
        c->data = arena_alloc(a, c->room);
        e = read_steady(fd, path, c);
    }
    close(fd);
    return err_pass(e);
}

/* The file's name is a label: letters and nothing else. */
static struct err *read_name(struct arena *a, const char *path, const char **name_out)
{
    const char *slash = strrchr(path, '/'), *name = slash != NULL ? slash + 1 : path;
    const size_t len = strspn(name, "abcdefghijklmnopqrstuvwxyz");

    if (len == 0 || len > NAME_MAX_BYTES || !str_eq(name + len, ".metrics"))
        return not_ours(path);
    *name_out = arena_dup_bytes(a, name, len);
    return NULL;
}

static const char *read_build(struct arena *a, const struct metric_head *head)
{
    char *build = arena_dup_bytes(a, head->build, sizeof(head->build));

    build[strspn(build, "0123456789abcdef")] = '\0';
    return build;
}

static void add_slot(const struct metric_layout *layout, const char *at, struct metric_file *out,
                     int64_t *sums)
{
    const struct metric_slot *slot = (const struct metric_slot *)(const void *)at;

    out->workers += slot->worker != 0;
    for (size_t i = 0; i < layout->count; i++)
        sums[i] = (int64_t)((uint64_t)sums[i] + (uint64_t)slot->cells[i]);
}

/* Adds up the slots, if they are as this layout says. */
static void try_layout(struct arena *a, const struct contents *c, enum metric_source source,
                       struct metric_file *out)
{
    const struct metric_head *head = head_of(c);
    struct metric_layout layout;
    int64_t *sums;

    metric_layout_make(&layout, source, source == METRIC_WORKER ? out->kinds : NULL);
    if (head->mark != layout.mark || head->slot_bytes != metric_slot_bytes(&layout) ||
        head->slots > METRIC_SLOTS_MAX ||
        c->len != sizeof(*head) + (size_t)head->slots * head->slot_bytes)
        return;
    sums = arena_array(a, layout.count, sizeof(*sums));
    for (uint32_t i = 0; i < head->slots; i++)
        add_slot(&layout, c->data + sizeof(*head) + (size_t)i * head->slot_bytes, out, sums);
    out->sums = sums;
    out->source = source;
    out->counted = true;
}

struct err *metric_file_read(struct arena *a, const char *path, const char *const *kinds,
                             struct metric_file *out)
{
    const struct metric_head *head;
    struct contents c;

    *out = (struct metric_file){ .kinds = kinds };
    TRY(read_name(a, path, &out->program));
    TRY(read_file(a, path, &c));
    head = head_of(&c);
    out->build = read_build(a, head);
    out->began_at = head->began_at;
    out->up = head->master > 0 && (kill(head->master, 0) == 0 || errno == EPERM);
    try_layout(a, &c, METRIC_WEB, out);
    if (!out->counted)
        try_layout(a, &c, METRIC_WORKER, out);
    return NULL;
}

int64_t metric_file_value(const struct metric_file *file, enum metric_id id, size_t a, size_t b,
                          size_t part)
{
    const char *const *kinds = file->source == METRIC_WORKER ? file->kinds : NULL;
    struct metric_layout layout;
    size_t at;

    metric_layout_make(&layout, file->source, kinds);
    at = (a * layout.width[id] + b) * metric_parts(&metrics[id]) + part;
    return file->counted && at < layout.cells[id] ? file->sums[layout.first[id] + at] : 0;
}

const char *metric_file_label(const struct metric_file *file, enum metric_label_id label, size_t a)
{
    const struct metric_layout layout = { .kinds = file->kinds };

    return a < metric_label_values(&layout, label)
               ? (label == LABEL_KIND ? file->kinds[a] : metric_labels[label].values[a])
               : NULL;
}
