/* crypt/password.c - hashing by libargon2; whether a password is hashed at all is password_judge.c.
 */
#include "crypt/password.h"
#include "base/str.h"
#include "crypt/random.h"

#include <argon2.h>

/* Between the two that RFC 9106 and OWASP advise (64 MiB and 19 MiB): 60 ms on a server core of
 * 2023. */
enum { MEMORY_KIB = 32768, PASSES = 3, LANES = 1, SALT_BYTES = 16, HASH_BYTES = 32 };
#define PARAMETERS "$argon2id$v=19$m=32768,t=3,p=1$"

/* A hash of no password: what an unknown address is checked against. */
#define NOBODY PARAMETERS "AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

struct err *password_hash(const char *password, size_t len, char out[PASSWORD_HASH_BYTES])
{
    unsigned char salt[SALT_BYTES];
    int result;

    crypt_random(salt, sizeof(salt));
    result = argon2id_hash_encoded(PASSES, MEMORY_KIB, LANES, password, len, salt, sizeof(salt),
                                   HASH_BYTES, out, PASSWORD_HASH_BYTES);
    if (result != ARGON2_OK)
        return err_raise(ERR_IO, "Argon2id: %s", argon2_error_message(result));
    return NULL;
}

bool password_check(const char *encoded, const char *password, size_t len)
{
    return str_starts(encoded, "$argon2id$") &&
           argon2id_verify(encoded, password, len) == ARGON2_OK;
}

bool password_check_nobody(const char *password, size_t len)
{
    (void)argon2id_verify(NOBODY, password, len); /* for its time, not for its answer */
    return false;
}

bool password_needs_rehash(const char *encoded)
{
    return !str_starts(encoded, PARAMETERS);
}
