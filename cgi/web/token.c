/* web/token.c - making and checking form tokens. */
#include "web/token.h"

#include "base/clock.h"
#include "crypt/b64.h"
#include "crypt/hash.h"
#include "crypt/random.h"

#include <string.h>

enum { TIME_BYTES = 4, NONCE_BYTES = 16, MAC_BYTES = 16 };

struct token {
    unsigned char time[TIME_BYTES];
    unsigned char nonce[NONCE_BYTES];
    unsigned char mac[MAC_BYTES];
};

_Static_assert(sizeof(struct token) == 36, "no padding");
_Static_assert(TOKEN_TEXT_BYTES == B64URL_TEXT_BYTES(sizeof(struct token)),
               "36 bytes are 48 letters");

static uint32_t minutes_of(int64_t at_us)
{
    return (uint32_t)(at_us / CLOCK_MINUTE);
}

static void token_mac(const unsigned char *key, const struct token *token,
                      unsigned char out[MAC_BYTES])
{
    unsigned char full[SHA256_BYTES];

    hmac_sha256(key, TOKEN_KEY_BYTES, token, TIME_BYTES + NONCE_BYTES, full);
    memcpy(out, full, MAC_BYTES);
}

void token_make(const unsigned char key[TOKEN_KEY_BYTES], int64_t now_us,
                char out[TOKEN_TEXT_BYTES])
{
    uint32_t minutes = minutes_of(now_us);
    struct token token;

    for (int i = 0; i < TIME_BYTES; i++)
        token.time[i] = (unsigned char)(minutes >> (8 * (TIME_BYTES - 1 - i)));
    crypt_random(token.nonce, sizeof(token.nonce));
    token_mac(key, &token, token.mac);
    b64url_encode(&token, sizeof(token), out);
}

enum token_verdict token_check(const unsigned char key[TOKEN_KEY_BYTES], const char *text,
                               int64_t now_us)
{
    unsigned char mac[MAC_BYTES];
    uint32_t minutes = 0;
    struct token token;
    size_t len;

    if (strlen(text) != TOKEN_TEXT_BYTES - 1 ||
        !b64url_decode(text, TOKEN_TEXT_BYTES - 1, &token, sizeof(token), &len) ||
        len != sizeof(token))
        return TOKEN_FOREIGN;
    token_mac(key, &token, mac);
    if (!hash_equal(mac, token.mac, MAC_BYTES))
        return TOKEN_FOREIGN;
    for (int i = 0; i < TIME_BYTES; i++)
        minutes = minutes << 8 | token.time[i];
    return minutes_of(now_us) - minutes > TOKEN_MINUTES ? TOKEN_OLD : TOKEN_GOOD;
}
