/* text/company_fold.c - a company's name in one alphabet and one case, before it is cut: full-width
 * and traditional characters, accents, other scripts, brackets and signs of every kind. */
#include "base/str.h"
#include "text/company_inside.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

static bool is_cjk(UChar32 c)
{
    return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3041 && c <= 0x30FF && c != 0x30FB) ||
           (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0x3400 && c <= 0x4DBF) || c == 0x3005 ||
           (c >= 0x20000 && c <= 0x3FFFF);
}

static bool is_opening(UChar32 c)
{
    return c == '(' || c == '[' || c == '{' || c == 0x3010 || c == 0x3014 || c == 0x300C;
}

static bool is_closing(UChar32 c)
{
    return c == ')' || c == ']' || c == '}' || c == 0x3011 || c == 0x3015 || c == 0x300D;
}

/* True for what needs none of ICU's tables: ASCII, its full-width forms, Han, kana, hangul and the
 * punctuation around them.  Nearly every English and Chinese name is made of it. */
static bool is_plain(UChar32 c)
{
    return c < 0x80 || (c >= 0xFF01 && c <= 0xFF5E) || (c >= 0x3000 && c <= 0x301B) ||
           (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3041 && c <= 0x3096) ||
           (c >= 0x30A1 && c <= 0x30FC) || (c >= 0xAC00 && c <= 0xD7A3) ||
           (c >= 0x2010 && c <= 0x2027);
}

static bool all_plain(const char *text, size_t len)
{
    for (size_t i = 0; i < len;) {
        UChar32 c;

        U8_NEXT((const uint8_t *)text, i, len, c);
        if (c < 0 || !is_plain(c))
            return false;
    }
    return true;
}

static UChar32 fold_plain(const struct text_ctx *ctx, UChar32 c)
{
    if (c >= 0xFF01 && c <= 0xFF5E)
        c -= 0xFEE0;
    if (c >= 'A' && c <= 'Z')
        return c + ('a' - 'A');
    if (c >= HAN_FIRST && c <= HAN_LAST)
        return ctx->simplified[c - HAN_FIRST];
    if (c == 0x2018 || c == 0x2019 || c == 0x02BC || c == '`')
        return '\'';
    if (is_opening(c))
        return '(';
    if (is_closing(c))
        return ')';
    if (c < 0x80 || is_cjk(c))
        return c;
    return ' ';
}

/* The ASCII letter under the accents of C, or 0. */
static char base_letter(const struct text_ctx *ctx, UChar32 c)
{
    for (int depth = 0; depth < 4 && c >= 0x80; depth++) {
        UErrorCode status = U_ZERO_ERROR;
        UChar parts[8];

        if (unorm2_getRawDecomposition(ctx->nfd, c, parts, 8, &status) < 2)
            return 0;
        c = parts[0];
    }
    return c >= 'a' && c <= 'z' ? (char)c : 0;
}

static size_t put_utf8(char *out, size_t n, UChar32 c)
{
    U8_APPEND_UNSAFE(out, n, c);
    return n;
}

/* A name on its way into plain letters: read up to `at`, written up to `n`. */
struct folding {
    const char *text;
    size_t len, at;
    bool plain; /* see is_plain(); other names have gone through NFKC */
    char *out;
    size_t n, cap;
};

static bool is_foreign(UChar32 c)
{
    return c >= 0x80 && !is_cjk(c) && (u_isalpha(c) || U_GET_GC_MASK(c) & U_GC_M_MASK);
}

/* Letters of other scripts from here on, with the marks between them: written as Latin ones. */
static void fold_run(struct text_ctx *ctx, struct arena *a, struct folding *f)
{
    const size_t start = f->at;

    while (f->at < f->len) {
        size_t next = f->at;
        UChar32 c;

        U8_NEXT((const uint8_t *)f->text, next, f->len, c);
        if (!is_foreign(c))
            break;
        f->at = next;
    }
    const char *latin = text_transliterate(a, ctx->to_latin, f->text + start, f->at - start);
    for (; *latin != '\0' && f->n < f->cap; latin++)
        if ((unsigned char)*latin < 0x80)
            f->out[f->n++] = *latin;
}

static void fold_next(struct text_ctx *ctx, struct arena *a, struct folding *f)
{
    size_t next = f->at;
    char letter;
    UChar32 c;

    U8_NEXT((const uint8_t *)f->text, next, f->len, c);
    if (f->plain || !is_foreign(c)) {
        f->n = put_utf8(f->out, f->n, fold_plain(ctx, c));
        f->at = next;
        return;
    }
    letter = base_letter(ctx, c);
    if (letter == 0) {
        fold_run(ctx, a, f);
        return;
    }
    f->out[f->n++] = letter;
    f->at = next;
}

char *company_fold(struct text_ctx *ctx, struct arena *a, const char *name, size_t *len_out)
{
    struct folding f = { .text = name, .len = utf8_prefix_bytes(name, COMPANY_NAME_BYTES_MAX) };

    f.plain = all_plain(name, f.len);
    if (!f.plain) {
        UErrorCode status = U_ZERO_ERROR;
        int32_t count, cap16 = 18 * (int32_t)f.len + 1;
        UChar *in = text_to_u16(a, name, f.len, &count);
        UChar *folded = arena_array(a, (size_t)cap16, sizeof(*folded));
        int32_t got = unorm2_normalize(ctx->nfkc_cf, in, count, folded, cap16, &status);

        f.text = text_from_u16(a, folded, U_SUCCESS(status) ? got : 0);
        f.len = strlen(f.text);
    }
    f.cap = 4 * f.len;
    f.out = arena_alloc(a, f.cap + 8);
    while (f.at < f.len && f.n < f.cap)
        fold_next(ctx, a, &f);
    f.out[f.n] = '\0';
    *len_out = f.n;
    return f.out;
}
