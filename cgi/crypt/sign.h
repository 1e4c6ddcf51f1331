/* crypt/sign.h - Ed25519 (RFC 8032): key files, signatures. */
#pragma once

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>

enum { SIGN_PUBLIC_BYTES = 32, SIGN_SEED_BYTES = 32, SIGN_BYTES = 64 };

struct sign_key; /* a private key; heap memory, wiped when freed */

struct err *sign_key_new(struct sign_key **key_out);
/* The key of a 32-byte seed, as RFC 8032 calls it private key. */
struct err *sign_key_from_seed(const unsigned char seed[SIGN_SEED_BYTES],
                               struct sign_key **key_out);
/* Reads a PEM file (PKCS #8).  ERR_CONFIG when it is not there, is no regular file, may be read or
 * written by others than its owner, or holds no Ed25519 key. */
struct err *sign_key_read(const char *path, struct sign_key **key_out);
/* Writes a new file with mode 0600, on disk before it returns.  ERR_CONFLICT when PATH exists: a
 * key is never overwritten.  ERR_IO leaves no file behind. */
struct err *sign_key_write(const struct sign_key *key, const char *path);
void sign_key_free(struct sign_key *key); /* NULL is allowed */

void sign_key_public(const struct sign_key *key, unsigned char out[SIGN_PUBLIC_BYTES]);
struct err *sign_make(const struct sign_key *key, const void *data, size_t len,
                      unsigned char out[SIGN_BYTES]);
bool sign_check(const unsigned char public_key[SIGN_PUBLIC_BYTES], const void *data, size_t len,
                const unsigned char signature[SIGN_BYTES]);
