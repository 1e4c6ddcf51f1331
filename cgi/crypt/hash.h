/* crypt/hash.h - SHA-256 (FIPS 180-4) and HMAC-SHA-256 (RFC 2104).  These calls cannot fail: when
 * the library has no memory the process ends, as with an arena. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

enum { SHA256_BYTES = 32, SHA256_HEX_BYTES = 65 };

void sha256(const void *data, size_t len, unsigned char out[SHA256_BYTES]);
/* The same as 64 lower-case digits and the end mark. */
void sha256_hex(const void *data, size_t len, char out[SHA256_HEX_BYTES]);

/* For data that comes in pieces: begin, add as often as needed, end.  End also gives back the
 * memory, so each begin needs exactly one end. */
struct sha256 {
    void *context;
};
void sha256_begin(struct sha256 *h);
void sha256_add(struct sha256 *h, const void *data, size_t len);
void sha256_end(struct sha256 *h, unsigned char out[SHA256_BYTES]);

void hmac_sha256(const void *key, size_t key_len, const void *data, size_t len,
                 unsigned char out[SHA256_BYTES]);

/* Compares secrets of equal length in a time that does not depend on where they differ. */
bool hash_equal(const void *a, const void *b, size_t len);
/* Two texts, one of them secret.  The time depends on their lengths only. */
bool hash_equal_text(const char *a, const char *b);
