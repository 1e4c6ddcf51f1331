/* text/ctx.h - inside of struct text_ctx; only files of text/ include it. */
#pragma once

#include "text/company_words.h"
#include "text/norm.h"

#include <stdint.h>
#include <unicode/unorm2.h>
#include <unicode/utrans.h>

enum {
    HAN_FIRST = 0x4E00,
    HAN_LAST = 0x9FFF,
    HAN_COUNT = HAN_LAST - HAN_FIRST + 1,
    PINYIN_BYTES = 8
};

struct company_word {
    const char *text; /* not terminated; NULL marks a free place */
    uint8_t len;
    uint8_t canonical_len;
    uint16_t row;
    const char *canonical;
};

struct text_ctx {
    const UNormalizer2 *nfkc_cf;
    const UNormalizer2 *nfd;
    UTransliterator *to_latin; /* any script but Han, kana and hangul, to ASCII */
    UTransliterator *han_to_latin;
    uint16_t simplified[HAN_COUNT]; /* one to one; characters without a simpler form: themselves */
    char pinyin[HAN_COUNT][PINYIN_BYTES]; /* filled when first asked for; "" until then */
    struct company_word *words;           /* open addressing */
    uint32_t word_mask;
};

/* A row of the vocabulary for the first LEN bytes of TEXT with one of KINDS, or NULL. */
const struct company_word *text_word_find(const struct text_ctx *ctx, const char *text, size_t len,
                                          unsigned kinds);
/* UTF-8 to UTF-16 and back, in the arena; ill-formed input becomes U+FFFD. */
UChar *text_to_u16(struct arena *a, const char *text, size_t len, int32_t *count_out);
char *text_from_u16(struct arena *a, const UChar *text, int32_t count);
/* Runs a transliterator; what does not fit into 8 times its length is cut. */
char *text_transliterate(struct arena *a, UTransliterator *rule, const char *text, size_t len);
