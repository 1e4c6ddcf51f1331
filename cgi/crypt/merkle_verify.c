/* crypt/merkle_verify.c - names as in RFC 9162: fn and sn are the positions of the leaf and of the
 * last leaf, shifted right once a level on the way up. */
#include "crypt/merkle_verify.h"
#include "crypt/hash.h"

static bool same(const struct merkle_hash *a, const struct merkle_hash *b)
{
    return hash_equal(a->bytes, b->bytes, MERKLE_HASH_BYTES);
}

/* Where a node has no right brother, its parent is itself: levels to skip. */
static void skip_lone_levels(uint64_t *fn, uint64_t *sn)
{
    while (*fn != 0 && (*fn & 1) == 0) {
        *fn >>= 1;
        *sn >>= 1;
    }
}

bool merkle_verify_inclusion(uint64_t index, uint64_t size, const struct merkle_hash *leaf,
                             const struct merkle_hash *proof, size_t count,
                             const struct merkle_hash *root)
{
    struct merkle_hash r = *leaf;
    uint64_t fn = index, sn = size - 1;

    if (index >= size)
        return false;
    for (size_t i = 0; i < count; i++) {
        if (sn == 0)
            return false;
        if ((fn & 1) == 1 || fn == sn) {
            r = merkle_parent(&proof[i], &r);
            skip_lone_levels(&fn, &sn);
        } else {
            r = merkle_parent(&r, &proof[i]);
        }
        fn >>= 1;
        sn >>= 1;
    }
    return sn == 0 && same(&r, root);
}

/* Steps 3 to 7 of 2.1.4.2, beginning with the hash SEED. */
static bool verify_growth(uint64_t first, uint64_t second, const struct merkle_hash *first_root,
                          const struct merkle_hash *second_root, const struct merkle_hash *seed,
                          const struct merkle_hash *path, size_t count)
{
    struct merkle_hash fr = *seed, sr = *seed;
    uint64_t fn = first - 1, sn = second - 1;

    while ((fn & 1) == 1) {
        fn >>= 1;
        sn >>= 1;
    }
    for (size_t i = 0; i < count; i++) {
        if (sn == 0)
            return false;
        if ((fn & 1) == 1 || fn == sn) {
            fr = merkle_parent(&path[i], &fr);
            sr = merkle_parent(&path[i], &sr);
            skip_lone_levels(&fn, &sn);
        } else {
            sr = merkle_parent(&sr, &path[i]);
        }
        fn >>= 1;
        sn >>= 1;
    }
    return sn == 0 && same(&fr, first_root) && same(&sr, second_root);
}

bool merkle_verify_consistency(uint64_t first, uint64_t second,
                               const struct merkle_hash *first_root,
                               const struct merkle_hash *second_root,
                               const struct merkle_hash *proof, size_t count)
{
    const bool power_of_two = (first & (first - 1)) == 0;

    if (first == 0 || first > second)
        return false;
    if (first == second)
        return count == 0 && same(first_root, second_root);
    if (count == 0)
        return false;
    return power_of_two
               ? verify_growth(first, second, first_root, second_root, first_root, proof, count)
               : verify_growth(first, second, first_root, second_root, &proof[0], proof + 1,
                               count - 1);
}
