/* text/norm.c - composed form, clean-up of typed text, and the folded key for comparing. */
#include "text/norm.h"

#include "base/log.h"
#include "base/str.h"
#include "text/ctx.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

static bool is_ascii(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if ((unsigned char)text[i] >= 0x80)
            return false;
    return true;
}

static char *normalize(const UNormalizer2 *form, struct arena *a, const char *text, size_t len)
{
    UErrorCode status = U_ZERO_ERROR;
    int32_t count;
    UChar *in = text_to_u16(a, text, len, &count);
    /* No form grows a text more than 18 times (Unicode Annex 15). */
    int32_t cap = 18 * count + 1;
    UChar *out = arena_array(a, (size_t)cap, sizeof(*out));
    int32_t out_count = unorm2_normalize(form, in, count, out, cap, &status);

    if (U_FAILURE(status))
        log_die("ICU cannot normalise a text");
    return text_from_u16(a, out, out_count);
}

char *text_nfc(struct arena *a, const char *text)
{
    UErrorCode status = U_ZERO_ERROR;
    size_t len = strlen(text);

    if (is_ascii(text, len))
        return arena_dup_bytes(a, text, len);
    const UNormalizer2 *nfc = unorm2_getNFCInstance(&status);
    if (U_FAILURE(status))
        log_die("ICU has no normalisation data");
    return normalize(nfc, a, text, len);
}

/* Characters that change how their neighbours read without being seen. */
static bool is_direction_override(UChar32 c)
{
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

static bool is_refused(UChar32 c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || is_direction_override(c) ||
           U_IS_UNICODE_NONCHAR(c);
}

/* Never seen, whatever stands beside it. */
static bool is_unseen(UChar32 c)
{
    return c >= 0x80 && u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
}

/* Joins its neighbours, or says how the one before is drawn. */
static bool shapes_others(UChar32 c)
{
    return u_hasBinaryProperty(c, UCHAR_JOIN_CONTROL) ||
           u_hasBinaryProperty(c, UCHAR_VARIATION_SELECTOR);
}

/* Writes the cleaned bytes to OUT, which holds LEN + 1 bytes. */
static enum text_verdict filter(const char *typed, size_t len, enum text_lines lines, char *out)
{
    size_t n = 0;

    for (size_t i = 0; i < len;) {
        size_t start = i;
        UChar32 c;

        U8_NEXT((const uint8_t *)typed, i, len, c);
        if (c == '\r') {
            if (i < len && typed[i] == '\n')
                i++;
            c = '\n';
        }
        if (c == '\n' || c == '\t') {
            out[n++] = lines == TEXT_ONE_LINE ? ' ' : (char)c;
            continue;
        }
        if (is_refused(c))
            return TEXT_BAD_CONTROL;
        if (is_unseen(c) && !shapes_others(c))
            continue;
        memcpy(out + n, typed + start, i - start);
        n += i - start;
    }
    out[n] = '\0';
    return TEXT_OK;
}

static char *trim(char *text)
{
    int32_t len = (int32_t)strlen(text), start = 0, end = len;
    UChar32 c;

    for (int32_t i = 0; i < len; start = i) {
        U8_NEXT((const uint8_t *)text, i, len, c);
        if (!u_isUWhiteSpace(c) && !is_unseen(c))
            break;
    }
    for (int32_t i = len; i > start; end = i) {
        U8_PREV((const uint8_t *)text, 0, i, c);
        if (!u_isUWhiteSpace(c))
            break;
    }
    text[end] = '\0';
    return text + start;
}

enum text_verdict text_clean(struct arena *a, const char *typed, size_t len, enum text_lines lines,
                             char **text_out)
{
    if (!utf8_valid(typed, len))
        return TEXT_BAD_UTF8;
    char *out = arena_alloc(a, len + 1);
    enum text_verdict verdict = filter(typed, len, lines, out);

    if (verdict == TEXT_OK)
        *text_out = trim(text_nfc(a, out));
    return verdict;
}

/* In place: white space at the ends goes, runs of it become one space. */
static void squeeze(char *text)
{
    int32_t len = (int32_t)strlen(text), n = 0;
    bool gap = false;

    for (int32_t i = 0; i < len;) {
        int32_t start = i;
        UChar32 c;

        U8_NEXT((const uint8_t *)text, i, len, c);
        if (u_isUWhiteSpace(c)) {
            gap = n > 0;
            continue;
        }
        if (gap)
            text[n++] = ' ';
        gap = false;
        memmove(text + n, text + start, (size_t)(i - start));
        n += i - start;
    }
    text[n] = '\0';
}

char *text_fold(struct arena *a, const char *text)
{
    UErrorCode status = U_ZERO_ERROR;
    size_t len = strlen(text);
    char *out;

    if (is_ascii(text, len)) {
        out = arena_dup_bytes(a, text, len);
        for (size_t i = 0; i < len; i++)
            if (out[i] >= 'A' && out[i] <= 'Z')
                out[i] = (char)(out[i] + ('a' - 'A'));
    } else {
        const UNormalizer2 *fold = unorm2_getNFKCCasefoldInstance(&status);

        if (U_FAILURE(status))
            log_die("ICU has no normalisation data");
        out = normalize(fold, a, text, len);
    }
    squeeze(out);
    return out;
}
