/* base/metric_map.c - the file of a program's counters: mapped by its master, shared with its
 * workers. */
#include "base/metric_inside.h"

#include "base/build_id.h"
#include "base/clock.h"
#include "base/str.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* Of a master and its workers; NULL: nothing is counted. */
static struct metric_head *map;
static size_t map_bytes;

static struct metric_slot *slot_at(const struct metric_head *head, size_t slot)
{
    return (struct metric_slot *)(void *)((char *)(uintptr_t)(head + 1) + slot * head->slot_bytes);
}

static struct err *failed(const char *path, const char *what)
{
    return err_raise(ERR_IO, "%s: %s: %s", path, what, strerror(errno));
}

/* -- from slots to totals ------------------------------------------------------------------------
 */

static void move_metric(size_t id, struct metric_slot *from, struct metric_slot *totals)
{
    for (size_t i = 0; i < metric_layout.cells[id]; i++) {
        const size_t cell = metric_layout.first[id] + i;
        const int64_t n = __atomic_exchange_n(&from->cells[cell], 0, __ATOMIC_RELAXED);

        if (metrics[id].type != METRIC_GAUGE)
            __atomic_fetch_add(&totals->cells[cell], n, __ATOMIC_RELAXED);
    }
}

/* A reader in the middle of it would see the numbers twice or not at all: he looks again. */
static void move_slot(struct metric_slot *from, struct metric_head *to)
{
    __atomic_fetch_add(&to->changes, 1, __ATOMIC_SEQ_CST);
    for (size_t id = 0; id < METRIC_COUNT; id++)
        move_metric(id, from, slot_at(to, 0));
    __atomic_fetch_add(&to->changes, 1, __ATOMIC_SEQ_CST);
}

/* -- the file ------------------------------------------------------------------------------------
 */

static size_t file_bytes(size_t slots)
{
    return sizeof(struct metric_head) + slots * metric_slot_bytes(&metric_layout);
}

/* NULL: there is none, or what it counts is not what we count. */
static struct metric_head *map_found(const char *path, size_t *bytes_out)
{
    const int fd = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
    struct metric_head *head = MAP_FAILED;
    struct stat st;

    if (fd < 0)
        return NULL;
    if (fstat(fd, &st) == 0 && (size_t)st.st_size >= file_bytes(1))
        head = mmap(NULL, (size_t)st.st_size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    close(fd);
    if (head == MAP_FAILED)
        return NULL;
    *bytes_out = (size_t)st.st_size;
    if (memcmp(head->magic, METRIC_MAGIC, sizeof(head->magic)) == 0 &&
        head->mark == metric_layout.mark && *bytes_out == file_bytes(head->slots))
        return head;
    munmap(head, *bytes_out);
    return NULL;
}

static struct err *fill_file(int fd, const char *path, size_t bytes)
{
    int rc;

    if (fchmod(fd, 0640) != 0)
        return failed(path, "mode");
    /* A hole that finds no room when it is written to would end a worker. */
    rc = posix_fallocate(fd, 0, (off_t)bytes);
    if (rc != 0) {
        errno = rc;
        return failed(path, "room");
    }
    map = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (map == MAP_FAILED) {
        map = NULL;
        return failed(path, "map");
    }
    map_bytes = bytes;
    return NULL;
}

static void write_head(size_t slots)
{
    memcpy(map->magic, METRIC_MAGIC, sizeof(map->magic));
    map->mark = metric_layout.mark;
    map->slots = (uint32_t)slots;
    map->slot_bytes = (uint32_t)metric_slot_bytes(&metric_layout);
}

/* What was counted before goes on. */
static void carry_on(struct metric_head *old, size_t bytes)
{
    for (size_t slot = 0; old != NULL && slot < old->slots; slot++)
        move_slot(slot_at(old, slot), map);
    if (old != NULL)
        munmap(old, bytes);
}

/* Whoever counts in a slot and is no child of ours will not be heard of when he ends.  If he is
 * still there, what he adds is counted for the slot's next owner. */
static void leave_children(void)
{
    siginfo_t info;

    /* A predecessor may have died between two steps. */
    map->changes += map->changes % 2;
    for (size_t slot = 1; slot < map->slots; slot++) {
        const pid_t worker = slot_at(map, slot)->worker;

        if (worker == 0 || waitid(P_PID, (id_t)worker, &info, WEXITED | WNOHANG | WNOWAIT) == 0)
            continue;
        move_slot(slot_at(map, slot), map);
        slot_at(map, slot)->worker = 0;
    }
}

/* Takes its place in one step, so that a reader finds the old one or the new one. */
static struct err *make_file(const char *path, size_t slots)
{
    struct metric_head *old = map;
    const size_t old_bytes = map_bytes;
    char made[600];
    struct err *e;
    int fd;

    map = NULL;
    snprintf(made, sizeof(made), "%s.new", path);
    unlink(made);
    fd = open(made, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        return failed(made, "cannot make it");
    e = fill_file(fd, made, file_bytes(slots));
    close(fd);
    if (e == NULL) {
        write_head(slots);
        if (rename(made, path) != 0)
            e = failed(path, "cannot put it there");
    }
    if (e == NULL)
        carry_on(old, old_bytes);
    else
        unlink(made);
    return e;
}

struct err *metric_open(const struct metric_start *start)
{
    size_t slots = 2 + 4 * start->workers;
    struct err *e = NULL;

    metric_close();
    metric_layout_make(&metric_layout, start->source, start->kinds);
    if (slots > METRIC_SLOTS_MAX)
        slots = METRIC_SLOTS_MAX;
    map = map_found(start->path, &map_bytes);
    if (map != NULL && map->slots == slots)
        leave_children();
    else
        e = make_file(start->path, slots);
    if (e != NULL) {
        metric_close();
        return err_pass(e);
    }
    map->master = getpid();
    map->began_at = clock_now_us();
    build_id(map->build, sizeof(map->build));
    metric_mine = slot_at(map, 0)->cells;
    return NULL;
}

void metric_close(void)
{
    metric_mine = NULL;
    if (map != NULL)
        munmap(map, map_bytes);
    map = NULL;
}

void metric_path(char *out, size_t size, const char *configured, const char *socket,
                 const char *var, const char *program)
{
    const size_t stem = strlen(socket) - (str_ends(socket, ".sock") ? strlen(".sock") : 0);

    if (!str_is_empty(configured))
        snprintf(out, size, "%s", configured);
    else if (!str_is_empty(socket))
        snprintf(out, size, "%.*s.metrics", (int)stem, socket);
    else
        snprintf(out, size, "%s/run/%s.metrics", var, program);
}

/* -- slots ---------------------------------------------------------------------------------------
 */

/* Those who find none share the last one: only how many there are is wrong then. */
size_t metric_slot(void)
{
    size_t slot = 1;

    if (map == NULL)
        return 0;
    while (slot < map->slots - 1 && slot_at(map, slot)->worker != 0)
        slot++;
    return slot;
}

void metric_slot_mine(size_t slot)
{
    if (map != NULL)
        metric_mine = slot_at(map, slot)->cells;
}

void metric_slot_of(size_t slot, pid_t worker)
{
    if (map == NULL)
        return;
    slot_at(map, slot)->worker = worker;
    metric_add(METRIC_STARTED, 0, 0, 1);
}

void metric_slot_end(pid_t worker)
{
    for (size_t slot = 1; map != NULL && slot < map->slots; slot++) {
        if (slot_at(map, slot)->worker != worker)
            continue;
        move_slot(slot_at(map, slot), map);
        slot_at(map, slot)->worker = 0;
    }
}
