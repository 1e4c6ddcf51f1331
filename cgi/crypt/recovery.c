/* crypt/recovery.c */
#include "crypt/recovery.h"
#include "base/str.h"
#include "crypt/random.h"

#include <argon2.h>
#include <string.h>

/* OWASP's lower setting: a fast machine needs centuries for 2^40 codes of one person. */
enum { MEMORY_KIB = 19456, PASSES = 2, LANES = 1, CODE_LETTERS = 8, GROUP_LETTERS = 4 };

/* 32 letters without 0, 1, l and o, which look like others. */
static const char alphabet[] = "23456789abcdefghijkmnpqrstuvwxyz";

static void code_new(char letters[CODE_LETTERS + 1])
{
    unsigned char random[CODE_LETTERS];

    crypt_random(random, sizeof(random));
    for (int i = 0; i < CODE_LETTERS; i++)
        letters[i] = alphabet[random[i] % 32]; /* 256 is a multiple of 32: no letter is favoured */
    letters[CODE_LETTERS] = '\0';
}

static struct err *code_hash(const char letters[CODE_LETTERS + 1],
                             const unsigned char salt[RECOVERY_SALT_BYTES],
                             unsigned char out[RECOVERY_HASH_BYTES])
{
    const int result = argon2id_hash_raw(PASSES, MEMORY_KIB, LANES, letters, CODE_LETTERS, salt,
                                         RECOVERY_SALT_BYTES, out, RECOVERY_HASH_BYTES);

    if (result != ARGON2_OK)
        return err_raise(ERR_IO, "Argon2id: %s", argon2_error_message(result));
    return NULL;
}

struct err *recovery_new(struct recovery_set *out)
{
    crypt_random(out->salt, sizeof(out->salt));
    for (int i = 0; i < RECOVERY_CODES; i++) {
        char letters[CODE_LETTERS + 1], *code = out->codes[i];

        code_new(letters);
        memcpy(code, letters, GROUP_LETTERS);
        code[GROUP_LETTERS] = '-';
        memcpy(code + GROUP_LETTERS + 1, letters + GROUP_LETTERS, GROUP_LETTERS + 1);
        TRY(code_hash(letters, out->salt, out->hashes[i]));
        crypt_wipe(letters, sizeof(letters));
    }
    return NULL;
}

static bool read_code(const char *typed, char letters[CODE_LETTERS + 1])
{
    int n = 0;

    for (; *typed != '\0'; typed++) {
        char c = *typed;

        if (c == ' ' || c == '-')
            continue;
        if (c >= 'A' && c <= 'Z')
            c = (char)(c - 'A' + 'a');
        if (n == CODE_LETTERS || strchr(alphabet, c) == NULL)
            return false;
        letters[n++] = c;
    }
    letters[n] = '\0';
    return n == CODE_LETTERS;
}

struct err *recovery_hash(const char *typed, const unsigned char salt[RECOVERY_SALT_BYTES],
                          unsigned char out[RECOVERY_HASH_BYTES])
{
    char letters[CODE_LETTERS + 1];

    if (!read_code(typed, letters))
        return err_raise(ERR_INVALID, "no recovery code");
    TRY(code_hash(letters, salt, out));
    crypt_wipe(letters, sizeof(letters));
    return NULL;
}
