/* text/ctx.c - opens what text/ needs of ICU, builds the look-up tables of the vocabulary and of
 * simplified characters. */
#include "text/ctx.h"

#include "base/log.h"
#include "base/str.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/ustring.h>

static uint32_t word_hash(const char *text, size_t len)
{
    uint32_t h = 2166136261u;

    for (size_t i = 0; i < len; i++)
        h = (h ^ (unsigned char)text[i]) * 16777619u;
    return h ^ (h >> 15);
}

const struct company_word *text_word_find(const struct text_ctx *ctx, const char *text, size_t len,
                                          unsigned kinds)
{
    for (uint32_t i = word_hash(text, len);; i++) {
        const struct company_word *w = &ctx->words[i & ctx->word_mask];

        if (w->text == NULL)
            return NULL;
        if (w->len == len && (company_rows[w->row].kind & kinds) != 0 &&
            memcmp(w->text, text, len) == 0)
            return w;
    }
}

static void word_add(struct text_ctx *ctx, size_t row, const char *text, size_t len)
{
    const char *canonical = company_rows[row].canonical;
    uint32_t i = word_hash(text, len);

    while (ctx->words[i & ctx->word_mask].text != NULL)
        i++;
    ctx->words[i & ctx->word_mask] = (struct company_word){
        .text = text,
        .len = (uint8_t)len,
        .row = (uint16_t)row,
        .canonical = canonical != NULL ? canonical : text,
        .canonical_len = (uint8_t)(canonical != NULL ? strlen(canonical) : len),
    };
}

/* Calls word_add for each word of each row, or only counts when CTX is NULL. */
static size_t each_word(struct text_ctx *ctx)
{
    size_t count = 0;

    for (size_t row = 0; row < company_row_count; row++) {
        for (const char *p = company_rows[row].words; *p != '\0'; count++) {
            size_t len = strcspn(p, "|");

            if (ctx != NULL)
                word_add(ctx, row, p, len);
            p += len + (p[len] == '|');
        }
    }
    return count;
}

static void words_build(struct text_ctx *ctx)
{
    size_t places = 1;

    while (places < 2 * each_word(NULL))
        places *= 2;
    ctx->words = calloc(places, sizeof(*ctx->words));
    if (ctx->words == NULL)
        log_die("out of memory");
    ctx->word_mask = (uint32_t)(places - 1);
    each_word(ctx);
}

static struct err *open_rule(const char *id, UTransliterator **out)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar name[128];

    u_uastrcpy(name, id);
    *out = utrans_openU(name, -1, UTRANS_FORWARD, NULL, 0, NULL, &status);
    if (U_FAILURE(status))
        return err_raise(ERR_CONFIG, "ICU cannot open %s: %s", id, u_errorName(status));
    return NULL;
}

/* Runs the rule once over all characters, so that a name needs a table look-up and no rule. */
static struct err *simplified_build(struct text_ctx *ctx)
{
    UErrorCode status = U_ZERO_ERROR;
    UTransliterator *rule = NULL;
    int32_t len = 2 * HAN_COUNT, limit = len;
    UChar *text = calloc((size_t)len, sizeof(*text));

    if (text == NULL)
        log_die("out of memory");
    for (int32_t i = 0; i < HAN_COUNT; i++) {
        text[2 * i] = (UChar)(HAN_FIRST + i);
        text[2 * i + 1] = '\n';
    }
    struct err *e = open_rule("Traditional-Simplified", &rule);
    if (e == NULL) {
        utrans_transUChars(rule, text, &len, len, 0, &limit, &status);
        if (U_FAILURE(status) || len != 2 * HAN_COUNT)
            e = err_raise(ERR_CONFIG, "ICU's Traditional-Simplified is not one to one");
        utrans_close(rule);
    }
    for (int32_t i = 0; e == NULL && i < HAN_COUNT; i++)
        ctx->simplified[i] = text[2 * i];
    free(text);
    return err_pass(e);
}

static struct err *ctx_open(struct text_ctx *ctx)
{
    UErrorCode status = U_ZERO_ERROR;

    ctx->nfkc_cf = unorm2_getNFKCCasefoldInstance(&status);
    ctx->nfd = unorm2_getNFDInstance(&status);
    if (U_FAILURE(status))
        return err_raise(ERR_CONFIG, "ICU has no normalisation data: %s", u_errorName(status));
    TRY(open_rule("Any-Latin; Latin-ASCII; Lower", &ctx->to_latin));
    TRY(open_rule("Han-Latin; Latin-ASCII", &ctx->han_to_latin));
    TRY(simplified_build(ctx));
    words_build(ctx);
    return NULL;
}

struct err *text_ctx_new(struct text_ctx **ctx_out)
{
    struct text_ctx *ctx = calloc(1, sizeof(*ctx));

    if (ctx == NULL)
        log_die("out of memory");
    struct err *e = ctx_open(ctx);
    if (e != NULL) {
        text_ctx_free(ctx);
        return err_pass(e);
    }
    *ctx_out = ctx;
    return NULL;
}

void text_ctx_free(struct text_ctx *ctx)
{
    if (ctx == NULL)
        return;
    utrans_close(ctx->to_latin);
    utrans_close(ctx->han_to_latin);
    free(ctx->words);
    free(ctx);
}

UChar *text_to_u16(struct arena *a, const char *text, size_t len, int32_t *count_out)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar *out = arena_array(a, len + 1, sizeof(*out));

    /* A UTF-16 text never has more units than its UTF-8 has bytes. */
    u_strFromUTF8WithSub(out, (int32_t)len + 1, count_out, text, (int32_t)len, 0xFFFD, NULL,
                         &status);
    if (U_FAILURE(status))
        *count_out = 0;
    return out;
}

char *text_from_u16(struct arena *a, const UChar *text, int32_t count)
{
    UErrorCode status = U_ZERO_ERROR;
    size_t cap = 3 * (size_t)count + 1;
    char *out = arena_alloc(a, cap);
    int32_t len = 0;

    u_strToUTF8WithSub(out, (int32_t)cap, &len, text, count, 0xFFFD, NULL, &status);
    return out;
}

char *text_transliterate(struct arena *a, UTransliterator *rule, const char *text, size_t len)
{
    UErrorCode status = U_ZERO_ERROR;
    int32_t count;
    UChar *u16 = text_to_u16(a, text, len, &count);
    int32_t cap = 8 * count + 16, limit = count;
    UChar *work = arena_array(a, (size_t)cap, sizeof(*work));

    memcpy(work, u16, (size_t)count * sizeof(*work));
    utrans_transUChars(rule, work, &count, cap, 0, &limit, &status);
    return text_from_u16(a, work, count < cap ? count : cap);
}
