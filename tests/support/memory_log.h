/* support/memory_log.h - a transparency log in memory, for tests of proofs. */
#pragma once

#include "base/arena.h"
#include "crypt/merkle.h"

enum { MEMORY_LOG_LEAVES = 4096, MEMORY_LOG_LEVELS = 13 };

struct memory_log {
    struct merkle_edge edge;
    struct merkle_hash *nodes[MEMORY_LOG_LEVELS]; /* by level and index */
    struct merkle_reader reader;
};

struct memory_log *memory_log_new(struct arena *a);
/* Appends a leaf with this data. */
void memory_log_add(struct memory_log *log, const void *data, size_t len);
/* Appends leaves "leaf 0", "leaf 1", ... until there are COUNT. */
void memory_log_fill(struct memory_log *log, uint64_t count);
/* The root of the first SIZE leaves, by the definition of RFC 6962 straight from the leaf hashes.
 */
struct merkle_hash memory_log_root(const struct memory_log *log, uint64_t size);
