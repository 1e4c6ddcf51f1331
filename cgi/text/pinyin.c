/* text/pinyin.c - toneless pinyin, one character at a time and remembered, since ICU's rules cost
 * more than a whole name may. */
#include "text/pinyin.h"

#include "base/buf.h"
#include "text/ctx.h"

#include <string.h>
#include <unicode/utf8.h>

static const char *syllable(struct text_ctx *ctx, struct arena *a, const char *text, size_t len,
                            UChar32 c)
{
    char *known = ctx->pinyin[c - HAN_FIRST];

    if (known[0] == '\0') {
        const char *latin = text_transliterate(a, ctx->han_to_latin, text, len);
        size_t n = 0;

        for (; *latin != '\0' && n < PINYIN_BYTES - 1; latin++)
            if (*latin >= 'a' && *latin <= 'z')
                known[n++] = *latin;
        if (n == 0)
            known[n++] = '?'; /* a character without a reading, so as not to ask again */
        known[n] = '\0';
    }
    return known;
}

void text_pinyin_syllables(struct text_ctx *ctx, struct arena *a, const char *text,
                           const char ***syllables_out, size_t *count_out)
{
    size_t len = strlen(text), count = 0;
    const char **list = arena_array(a, len / 3 + 1, sizeof(*list));

    for (size_t i = 0; i < len;) {
        size_t start = i;
        UChar32 c;

        U8_NEXT((const uint8_t *)text, i, len, c);
        if (c >= HAN_FIRST && c <= HAN_LAST)
            list[count++] = syllable(ctx, a, text + start, i - start, c);
    }
    *syllables_out = list;
    *count_out = count;
}

char *text_pinyin_joined(struct text_ctx *ctx, struct arena *a, const char *text)
{
    const char **list;
    size_t count, n = 0;

    text_pinyin_syllables(ctx, a, text, &list, &count);
    char *out = arena_alloc(a, count * (PINYIN_BYTES - 1) + 1);
    for (size_t i = 0; i < count; i++) {
        size_t len = strlen(list[i]);

        memcpy(out + n, list[i], len);
        n += len;
    }
    return out;
}
