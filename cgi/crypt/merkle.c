/* crypt/merkle.c - proofs are made by the recursive definitions of RFC 6962, 2.1.1 and 2.1.2, which
 * need no cleverness to be seen right: each call goes one level down, so at most 63 calls are open.
 */
#include "crypt/merkle.h"
#include "crypt/hash.h"

#include <string.h>

struct merkle_hash merkle_leaf(const void *data, size_t len)
{
    struct merkle_hash hash = { 0 };
    struct sha256 h;

    sha256_begin(&h);
    sha256_add(&h, "\x00", 1);
    sha256_add(&h, data, len);
    sha256_end(&h, hash.bytes);
    return hash;
}

struct merkle_hash merkle_parent(const struct merkle_hash *left, const struct merkle_hash *right)
{
    unsigned char input[1 + 2 * MERKLE_HASH_BYTES] = { 0x01 };
    struct merkle_hash hash = { 0 };

    memcpy(input + 1, left->bytes, MERKLE_HASH_BYTES);
    memcpy(input + 1 + MERKLE_HASH_BYTES, right->bytes, MERKLE_HASH_BYTES);
    sha256(input, sizeof(input), hash.bytes);
    return hash;
}

int merkle_edge_count(uint64_t size)
{
    return __builtin_popcountll(size);
}

struct err *merkle_append(struct merkle_edge *edge, const struct merkle_hash *leaf,
                          struct merkle_node nodes_out[MERKLE_LEVELS], size_t *count_out)
{
    const uint64_t index = edge->size;
    int count = merkle_edge_count(index), level = 0;
    struct merkle_hash hash = *leaf;

    if (edge->size >= MERKLE_SIZE_MAX)
        return err_raise(ERR_INVALID, "the tree is full");
    nodes_out[0] = (struct merkle_node){ 0, index, hash };
    /* like adding one to a binary number: each set bit at the end is a subtree that gets its other
     * half */
    while (index >> level & 1) {
        hash = merkle_parent(&edge->hashes[--count], &hash);
        level++;
        nodes_out[level] = (struct merkle_node){ level, index >> level, hash };
    }
    edge->hashes[count] = hash;
    edge->size++;
    *count_out = (size_t)level + 1;
    return NULL;
}

struct merkle_hash merkle_edge_root(const struct merkle_edge *edge)
{
    const int count = merkle_edge_count(edge->size);
    struct merkle_hash root = { 0 };

    if (count == 0) {
        sha256("", 0, root.bytes);
        return root;
    }
    root = edge->hashes[count - 1];
    for (int i = count - 2; i >= 0; i--)
        root = merkle_parent(&edge->hashes[i], &root);
    return root;
}

struct err *merkle_edge_read(const struct merkle_reader *reader, uint64_t size,
                             struct merkle_edge *edge_out)
{
    uint64_t begin = 0;
    int count = 0;

    if (size > MERKLE_SIZE_MAX)
        return err_raise(ERR_INVALID, "no tree has that many leaves");
    for (int level = MERKLE_LEVELS - 1; level >= 0; level--) {
        if (!(size >> level & 1))
            continue;
        TRY(reader->read(reader->arg, level, begin >> level, &edge_out->hashes[count++]));
        begin += (uint64_t)1 << level;
    }
    edge_out->size = size;
    return NULL;
}

/* The largest power of two below N, for N >= 2. */
static uint64_t split(uint64_t n)
{
    return (uint64_t)1 << (63 - __builtin_clzll(n - 1));
}

/* MTH(D[begin:end]) for a range that is a subtree of the tree, complete or at its right edge. */
static struct err *range_root(const struct merkle_reader *reader, uint64_t begin, uint64_t end,
                              struct merkle_hash *root_out)
{
    const uint64_t n = end - begin;
    struct merkle_hash left, right;

    if ((n & (n - 1)) == 0) {
        const int level = __builtin_ctzll(n);

        return err_pass(reader->read(reader->arg, level, begin >> level, root_out));
    }
    TRY(range_root(reader, begin, begin + split(n), &left));
    TRY(range_root(reader, begin + split(n), end, &right));
    *root_out = merkle_parent(&left, &right);
    return NULL;
}

static struct err *add_range(const struct merkle_reader *reader, uint64_t begin, uint64_t end,
                             struct merkle_proof *proof)
{
    TRY(range_root(reader, begin, end, &proof->hashes[proof->count]));
    proof->count++;
    return NULL;
}

/* PATH(m, D[begin:end]), where INDEX is counted from the beginning of the tree. */
static struct err *add_path(const struct merkle_reader *reader, uint64_t index, uint64_t begin,
                            uint64_t end, struct merkle_proof *proof)
{
    uint64_t middle;

    if (end - begin == 1)
        return NULL;
    middle = begin + split(end - begin);
    if (index < middle) {
        TRY(add_path(reader, index, begin, middle, proof));
        return err_pass(add_range(reader, middle, end, proof));
    }
    TRY(add_path(reader, index, middle, end, proof));
    return err_pass(add_range(reader, begin, middle, proof));
}

struct err *merkle_inclusion(const struct merkle_reader *reader, uint64_t index, uint64_t size,
                             struct merkle_proof *proof_out)
{
    if (index >= size || size > MERKLE_SIZE_MAX)
        return err_raise(ERR_INVALID, "leaf %llu is not in a tree of %llu",
                         (unsigned long long)index, (unsigned long long)size);
    proof_out->count = 0;
    return err_pass(add_path(reader, index, 0, size, proof_out));
}

/* SUBPROOF(m, D[begin:end], known), where M counts from BEGIN and KNOWN says that the verifier has
 * the root of this range already. */
static struct err *add_subproof(const struct merkle_reader *reader, uint64_t m, uint64_t begin,
                                uint64_t end, bool known, struct merkle_proof *proof)
{
    uint64_t k;

    if (m == end - begin)
        return known ? NULL : err_pass(add_range(reader, begin, end, proof));
    k = split(end - begin);
    if (m <= k) {
        TRY(add_subproof(reader, m, begin, begin + k, known, proof));
        return err_pass(add_range(reader, begin + k, end, proof));
    }
    TRY(add_subproof(reader, m - k, begin + k, end, false, proof));
    return err_pass(add_range(reader, begin, begin + k, proof));
}

struct err *merkle_consistency(const struct merkle_reader *reader, uint64_t first, uint64_t second,
                               struct merkle_proof *proof_out)
{
    if (first > second || second > MERKLE_SIZE_MAX)
        return err_raise(ERR_INVALID, "a tree of %llu does not grow to %llu",
                         (unsigned long long)first, (unsigned long long)second);
    proof_out->count = 0;
    if (first == 0 || first == second)
        return NULL;
    return err_pass(add_subproof(reader, first, 0, second, true, proof_out));
}
