/* crypt/b64.c - the three encodings are one: groups of 5 or 6 bits and an alphabet.  Library
 * functions are not used because they read what is not canonical (OpenSSL's skips white space and
 * spare bits). */
#include "crypt/b64.h"

#include <stdint.h>
#include <string.h>

struct encoding {
    const char *alphabet;
    int bits;
    bool padded;
    bool any_case;
};

static const struct encoding b64 = {
    .alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
    .bits = 6,
    .padded = true,
};
static const struct encoding b64url = {
    .alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_",
    .bits = 6,
};
static const struct encoding b32 = {
    .alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567",
    .bits = 5,
    .any_case = true,
};

static void encode(const struct encoding *e, const unsigned char *p, size_t len, char *out)
{
    const uint32_t mask = (1u << e->bits) - 1;
    size_t written = 0;
    uint32_t held = 0;
    int held_bits = 0;

    for (size_t i = 0; i < len; i++) {
        held = (held << 8 | p[i]) & 0xffff;
        for (held_bits += 8; held_bits >= e->bits; held_bits -= e->bits)
            out[written++] = e->alphabet[held >> (held_bits - e->bits) & mask];
    }
    if (held_bits > 0)
        out[written++] = e->alphabet[held << (e->bits - held_bits) & mask];
    while (e->padded && written % 4 != 0)
        out[written++] = '=';
    out[written] = '\0';
}

/* The value of a character, -1 when it is none of the alphabet. */
static int value_of(const struct encoding *e, char c)
{
    const char *place;

    if (e->any_case && c >= 'a' && c <= 'z')
        c = (char)(c - 'a' + 'A');
    place = memchr(e->alphabet, c, (size_t)1 << e->bits);
    return place == NULL ? -1 : (int)(place - e->alphabet);
}

static bool strip_padding(const char *text, size_t *len)
{
    size_t padding = 0;

    if (*len % 4 != 0)
        return false;
    while (padding < 2 && padding < *len && text[*len - 1 - padding] == '=')
        padding++;
    *len -= padding;
    return true;
}

static bool decode(const struct encoding *e, const char *text, size_t text_len, unsigned char *out,
                   size_t max, size_t *len_out)
{
    size_t written = 0;
    uint32_t held = 0;
    int held_bits = 0;

    if (e->padded && !strip_padding(text, &text_len))
        return false;
    for (size_t i = 0; i < text_len; i++) {
        const int value = value_of(e, text[i]);

        if (value < 0)
            return false;
        held = (held << e->bits | (uint32_t)value) & 0xffff;
        held_bits += e->bits;
        if (held_bits < 8)
            continue;
        if (written == max)
            return false;
        held_bits -= 8;
        out[written++] = (unsigned char)(held >> held_bits);
    }
    /* a whole character too many, or spare bits that an encoder would have left zero */
    if (held_bits >= e->bits || (held & ((1u << held_bits) - 1)) != 0)
        return false;
    *len_out = written;
    return true;
}

void b64_encode(const void *data, size_t len, char *out)
{
    encode(&b64, data, len, out);
}

bool b64_decode(const char *text, size_t text_len, void *out, size_t max, size_t *len_out)
{
    return decode(&b64, text, text_len, out, max, len_out);
}

bool b64_decode_exact(const char *text, size_t text_len, void *out, size_t len)
{
    size_t got;

    return decode(&b64, text, text_len, out, len, &got) && got == len;
}

void b64url_encode(const void *data, size_t len, char *out)
{
    encode(&b64url, data, len, out);
}

bool b64url_decode(const char *text, size_t text_len, void *out, size_t max, size_t *len_out)
{
    return decode(&b64url, text, text_len, out, max, len_out);
}

void b32_encode(const void *data, size_t len, char *out)
{
    encode(&b32, data, len, out);
}

bool b32_decode(const char *text, size_t text_len, void *out, size_t max, size_t *len_out)
{
    return decode(&b32, text, text_len, out, max, len_out);
}
