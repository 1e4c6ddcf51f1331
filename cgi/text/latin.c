/* text/latin.c */
#include "text/latin.h"
#include "base/str.h"
#include "text/ctx.h"

#include <string.h>

char *text_latin_key(struct text_ctx *ctx, struct arena *a, const char *name)
{
    char *folded = text_fold(a, name);
    char *latin = text_transliterate(a, ctx->han_to_latin, folded, strlen(folded));

    latin = text_transliterate(a, ctx->to_latin, latin, strlen(latin));
    latin = text_fold(a, latin);
    latin[utf8_prefix_bytes(latin, TEXT_LATIN_KEY_BYTES)] = '\0';
    return latin;
}
