/* crypt/random.c - from the kernel's generator, since OpenSSL's own costs ten times as much for the
 * few bytes of a form's token, and must be told of each fork. */
#include "crypt/random.h"
#include "crypt/b64.h"
#include "base/log.h"

#include <errno.h>
#include <openssl/crypto.h>
#include <sys/random.h>

void crypt_random(void *out, size_t len)
{
    unsigned char *at = out;

    while (len > 0) {
        const ssize_t got = getrandom(at, len, 0);

        if (got < 0 && errno != EINTR)
            log_die("no randomness");
        if (got > 0) {
            at += got;
            len -= (size_t)got;
        }
    }
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
