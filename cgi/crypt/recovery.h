/* crypt/recovery.h - recovery codes for people who lost their authenticator: ten codes of 40 bits,
 * like "k7f3-9qxm", each for one use.  Codes that short need a salted, slow hash (NIST SP
 * 800-63B, 5.1.2.2): Argon2id with one salt for the ten codes of a person, so that a check costs
 * one hash. */
#pragma once

#include "base/err.h"

enum {
    RECOVERY_CODES = 10,
    RECOVERY_CODE_BYTES = 10, /* with the end mark */
    RECOVERY_SALT_BYTES = 16,
    RECOVERY_HASH_BYTES = 32
};

struct recovery_set {
    char codes[RECOVERY_CODES][RECOVERY_CODE_BYTES]; /* show once, then wipe */
    unsigned char salt[RECOVERY_SALT_BYTES];
    unsigned char hashes[RECOVERY_CODES][RECOVERY_HASH_BYTES];
};

/* Takes about a quarter of a second.  ERR_IO when the memory is not there. */
struct err *recovery_new(struct recovery_set *out);
/* The hash to look for among the person's unused ones.  Case, spaces and hyphens do not matter.
 * ERR_INVALID when TYPED cannot be a code. */
struct err *recovery_hash(const char *typed, const unsigned char salt[RECOVERY_SALT_BYTES],
                          unsigned char out[RECOVERY_HASH_BYTES]);
