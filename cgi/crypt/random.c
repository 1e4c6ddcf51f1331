/* crypt/random.c */
#include "crypt/random.h"
#include "crypt/b64.h"
#include "base/log.h"

#include <limits.h>
#include <openssl/crypto.h>
#include <openssl/rand.h>

void crypt_random(void *out, size_t len)
{
    if (len > INT_MAX || RAND_bytes(out, (int)len) != 1)
        log_die("no randomness");
}

void crypt_token(char out[CRYPT_TOKEN_BYTES])
{
    unsigned char secret[32];

    crypt_random(secret, sizeof(secret));
    b64url_encode(secret, sizeof(secret), out);
    crypt_wipe(secret, sizeof(secret));
}

void crypt_wipe(void *secret, size_t len)
{
    OPENSSL_cleanse(secret, len);
}
