/* crypt/merkle.h - the Merkle tree of RFC 6962, section 2.1 (RFC 9162, 2.1), with SHA-256: hashes,
 * appending, and making of proofs.  Checking of proofs is merkle_verify.h, on purpose written
 * apart.
 *
 * A node (level, index) is the root of the complete subtree over the leaves index*2^level up to,
 * not with, (index+1)*2^level; level 0 are the leaf hashes.  Complete nodes never change once they
 * exist, which is why they can be stored; the nodes on the right edge of an incomplete tree are
 * made from them. */
#pragma once

#include "base/err.h"

#include <stddef.h>
#include <stdint.h>

enum { MERKLE_HASH_BYTES = 32, MERKLE_LEVELS = 63, MERKLE_PROOF_MAX = 64 };
#define MERKLE_SIZE_MAX ((uint64_t)INT64_MAX)

struct merkle_hash {
    unsigned char bytes[MERKLE_HASH_BYTES];
};

struct merkle_node {
    int level;
    uint64_t index;
    struct merkle_hash hash;
};

/* The whole of a tree that appending needs: the complete subtrees of its right edge, the largest
 * first, one for each set bit of its size.  This is what is stored beside the size. */
struct merkle_edge {
    uint64_t size;
    struct merkle_hash hashes[MERKLE_LEVELS];
};

struct merkle_proof {
    size_t count;
    struct merkle_hash hashes[MERKLE_PROOF_MAX];
};

/* Where proofs get stored nodes from.  READ is asked for complete nodes only. */
struct merkle_reader {
    struct err *(*read)(void *arg, int level, uint64_t index, struct merkle_hash *hash_out);
    void *arg;
};

struct merkle_hash merkle_leaf(const void *data, size_t len); /* H(0x00, data) */
struct merkle_hash merkle_parent(const struct merkle_hash *left, const struct merkle_hash *right);
/* The number of hashes in the edge of a tree of SIZE leaves. */
int merkle_edge_count(uint64_t size);

/* Adds a leaf.  NODES_OUT gets each node that became complete, the leaf first: store them all.
 * ERR_INVALID when the tree is full. */
struct err *merkle_append(struct merkle_edge *edge, const struct merkle_hash *leaf,
                          struct merkle_node nodes_out[MERKLE_LEVELS], size_t *count_out);
/* The root; H("") for the empty tree. */
struct merkle_hash merkle_edge_root(const struct merkle_edge *edge);
/* The edge of the tree's first SIZE leaves, from stored nodes. */
struct err *merkle_edge_read(const struct merkle_reader *reader, uint64_t size,
                             struct merkle_edge *edge_out);

/* That leaf INDEX is in the tree of the first SIZE leaves.  ERR_INVALID unless INDEX < SIZE. */
struct err *merkle_inclusion(const struct merkle_reader *reader, uint64_t index, uint64_t size,
                             struct merkle_proof *proof_out);
/* That the tree of the first SECOND leaves only adds to that of the first FIRST.  ERR_INVALID
 * unless FIRST <= SECOND.  Empty when they are equal or FIRST is 0. */
struct err *merkle_consistency(const struct merkle_reader *reader, uint64_t first, uint64_t second,
                               struct merkle_proof *proof_out);
