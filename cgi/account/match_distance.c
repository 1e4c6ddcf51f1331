/* account/match_distance.c - optimal string alignment over three rows. */
#include "account/match_distance.h"

#include <string.h>

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

size_t match_distance(const uint32_t *a, size_t a_len, const uint32_t *b, size_t b_len)
{
    uint8_t rows[3][MATCH_DISTANCE_LEN_MAX + 1];

    a_len = least(a_len, MATCH_DISTANCE_LEN_MAX);
    b_len = least(b_len, MATCH_DISTANCE_LEN_MAX);
    for (size_t j = 0; j <= b_len; j++)
        rows[0][j] = (uint8_t)j;
    for (size_t i = 1; i <= a_len; i++) {
        uint8_t *now = rows[i % 3], *up = rows[(i + 2) % 3], *up2 = rows[(i + 1) % 3];

        now[0] = (uint8_t)i;
        for (size_t j = 1; j <= b_len; j++) {
            size_t best = up[j - 1] + (size_t)(a[i - 1] != b[j - 1]);

            best = least(best, least(up[j], now[j - 1]) + 1u);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                best = least(best, up2[j - 2] + 1u);
            now[j] = (uint8_t)best;
        }
    }
    return rows[a_len % 3][b_len];
}

size_t match_distance_ascii(const char *a, size_t a_len, const char *b, size_t b_len)
{
    uint32_t wide_a[MATCH_DISTANCE_LEN_MAX], wide_b[MATCH_DISTANCE_LEN_MAX];

    a_len = least(a_len, MATCH_DISTANCE_LEN_MAX);
    b_len = least(b_len, MATCH_DISTANCE_LEN_MAX);
    for (size_t i = 0; i < a_len; i++)
        wide_a[i] = (unsigned char)a[i];
    for (size_t i = 0; i < b_len; i++)
        wide_b[i] = (unsigned char)b[i];
    return match_distance(wide_a, a_len, wide_b, b_len);
}

size_t match_code_points(const char *text, uint32_t *out, size_t most)
{
    size_t n = 0;

    for (const unsigned char *p = (const unsigned char *)text; *p != '\0' && n < most; n++) {
        uint32_t c = *p++;
        int more = c >= 0xF0 ? 3 : c >= 0xE0 ? 2 : c >= 0xC0 ? 1 : 0;

        if (more > 0)
            c &= 0x3Fu >> more;
        for (; more > 0 && *p != '\0'; more--)
            c = c << 6 | (*p++ & 0x3Fu);
        out[n] = c;
    }
    return n;
}
