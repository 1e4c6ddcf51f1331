/* crypt/merkle_verify.h - checks proofs by the algorithms of RFC 9162, 2.1.3.2 and 2.1.4.2.  Shares
 * nothing with the making of proofs but the two hash functions, so that a fault in one shows in the
 * other. */
#pragma once

#include "crypt/merkle.h"

#include <stdbool.h>

bool merkle_verify_inclusion(uint64_t index, uint64_t size, const struct merkle_hash *leaf,
                             const struct merkle_hash *proof, size_t count,
                             const struct merkle_hash *root);
/* False for FIRST 0: every tree grows from the empty one, so such a proof would prove nothing. */
bool merkle_verify_consistency(uint64_t first, uint64_t second,
                               const struct merkle_hash *first_root,
                               const struct merkle_hash *second_root,
                               const struct merkle_hash *proof, size_t count);
