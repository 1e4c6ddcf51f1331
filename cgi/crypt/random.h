/* crypt/random.h - unpredictable bytes from the kernel, and memory that is really wiped.
 */
#pragma once

#include <stddef.h>

enum { CRYPT_TOKEN_BYTES = 44 };

/* Fills OUT.  Ends the process when the system has no randomness: nothing secret could be made
 * then. */
void crypt_random(void *out, size_t len);
/* A secret of 256 bits as base64url, 43 characters and the end mark.  Store its SHA-256, not
 * itself. */
void crypt_token(char out[CRYPT_TOKEN_BYTES]);
/* Overwrites a secret; the compiler cannot leave it out. */
void crypt_wipe(void *secret, size_t len);
