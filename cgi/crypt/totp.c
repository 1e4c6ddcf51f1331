/* crypt/totp.c */
#include "crypt/totp.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/log.h"
#include "crypt/b64.h"
#include "crypt/hash.h"
#include "crypt/random.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <stdio.h>
#include <string.h>

enum { SHA1_BYTES = 20, CODE_MODULUS = 1000000, CODE_DIGITS = 6, STEPS_ASIDE = 1 };

void totp_secret_new(unsigned char out[TOTP_SECRET_BYTES])
{
    crypt_random(out, TOTP_SECRET_BYTES);
}

void totp_secret_text(const unsigned char secret[TOTP_SECRET_BYTES],
                      char out[TOTP_SECRET_TEXT_BYTES])
{
    b32_encode(secret, TOTP_SECRET_BYTES, out);
}

/* HOTP of RFC 4226, section 5.3: four bytes of the HMAC, their place given by its last half-byte.
 */
void totp_code(const unsigned char secret[TOTP_SECRET_BYTES], int64_t step,
               char out[TOTP_CODE_BYTES])
{
    unsigned char counter[8], mac[SHA1_BYTES];
    uint32_t number = 0;
    int offset;

    for (int i = 0; i < 8; i++)
        counter[i] = (unsigned char)((uint64_t)step >> (56 - 8 * i));
    if (HMAC(EVP_sha1(), secret, TOTP_SECRET_BYTES, counter, sizeof(counter), mac, NULL) == NULL)
        log_die("HMAC-SHA-1 failed");
    offset = mac[SHA1_BYTES - 1] & 15;
    for (int i = 0; i < 4; i++)
        number = number << 8 | mac[offset + i];
    snprintf(out, TOTP_CODE_BYTES, "%06u", (number & 0x7fffffff) % CODE_MODULUS);
}

static bool read_code(const char *typed, char out[TOTP_CODE_BYTES])
{
    size_t n = 0;

    for (; *typed != '\0'; typed++) {
        if (*typed == ' ')
            continue;
        if (*typed < '0' || *typed > '9' || n == CODE_DIGITS)
            return false;
        out[n++] = *typed;
    }
    out[n] = '\0';
    return n == CODE_DIGITS;
}

bool totp_check(const unsigned char secret[TOTP_SECRET_BYTES], const char *typed, int64_t at_us,
                int64_t *step_out)
{
    const int64_t now = at_us / CLOCK_SECOND / TOTP_STEP_SECONDS;
    char given[TOTP_CODE_BYTES], expected[TOTP_CODE_BYTES];
    bool found = false;

    if (!read_code(typed, given))
        return false;
    /* the newest step that fits counts, and none is skipped: the time tells nothing */
    for (int64_t step = now - STEPS_ASIDE; step <= now + STEPS_ASIDE; step++) {
        totp_code(secret, step, expected);
        if (hash_equal(given, expected, CODE_DIGITS)) {
            *step_out = step;
            found = true;
        }
    }
    return found;
}

static void add_percent_encoded(struct buf *out, const char *text)
{
    for (; *text != '\0'; text++) {
        const unsigned char c = (unsigned char)*text;

        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
            strchr("-._~", c) != NULL)
            buf_putc(out, (char)c);
        else
            buf_printf(out, "%%%02X", c);
    }
}

char *totp_uri(struct arena *a, const char *issuer, const char *account,
               const unsigned char secret[TOTP_SECRET_BYTES])
{
    char secret_text[TOTP_SECRET_TEXT_BYTES], *uri;
    struct buf b;

    totp_secret_text(secret, secret_text);
    buf_init(&b, 512, 0);
    buf_puts(&b, "otpauth://totp/");
    add_percent_encoded(&b, issuer);
    buf_putc(&b, ':');
    add_percent_encoded(&b, account);
    buf_printf(&b, "?secret=%s&issuer=", secret_text);
    add_percent_encoded(&b, issuer);
    uri = arena_dup_bytes(a, b.data, b.len);
    crypt_wipe(b.data, b.len);
    crypt_wipe(secret_text, sizeof(secret_text));
    buf_free(&b);
    return uri;
}
