/* support/memory_log.c */
#include "support/memory_log.h"
#include "base/log.h"
#include "crypt/hash.h"

#include <stdio.h>
#include <string.h>

static struct err *read_node(void *arg, int level, uint64_t index, struct merkle_hash *hash_out)
{
    const struct memory_log *log = arg;

    if (level >= MEMORY_LOG_LEVELS || (index + 1) << level > log->edge.size)
        return err_raise(ERR_BUG, "node %d/%llu is not complete", level, (unsigned long long)index);
    *hash_out = log->nodes[level][index];
    return NULL;
}

struct memory_log *memory_log_new(struct arena *a)
{
    struct memory_log *log = arena_alloc(a, sizeof(*log));

    for (int level = 0; level < MEMORY_LOG_LEVELS; level++)
        log->nodes[level] = arena_array(a, MEMORY_LOG_LEAVES >> level, sizeof(struct merkle_hash));
    log->reader = (struct merkle_reader){ read_node, log };
    return log;
}

void memory_log_add(struct memory_log *log, const void *data, size_t len)
{
    struct merkle_node nodes[MERKLE_LEVELS];
    struct merkle_hash leaf = merkle_leaf(data, len);
    size_t count;

    if (log->edge.size == MEMORY_LOG_LEAVES ||
        merkle_append(&log->edge, &leaf, nodes, &count) != NULL)
        log_die("memory_log is full");
    for (size_t i = 0; i < count; i++)
        log->nodes[nodes[i].level][nodes[i].index] = nodes[i].hash;
}

void memory_log_fill(struct memory_log *log, uint64_t count)
{
    char text[32];

    while (log->edge.size < count) {
        snprintf(text, sizeof(text), "leaf %llu", (unsigned long long)log->edge.size);
        memory_log_add(log, text, strlen(text));
    }
}

static struct merkle_hash root_of(const struct merkle_hash *leaves, uint64_t n)
{
    struct merkle_hash left, right;
    uint64_t k = 1;

    if (n == 1)
        return leaves[0];
    while (k * 2 < n)
        k *= 2;
    left = root_of(leaves, k);
    right = root_of(leaves + k, n - k);
    return merkle_parent(&left, &right);
}

struct merkle_hash memory_log_root(const struct memory_log *log, uint64_t size)
{
    struct merkle_hash empty = { 0 };

    sha256("", 0, empty.bytes);
    return size == 0 ? empty : root_of(log->nodes[0], size);
}
