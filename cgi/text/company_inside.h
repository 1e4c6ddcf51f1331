/* text/company_inside.h - a name while it is taken apart; only company_*.c include it. */
#pragma once

#include "text/company_name.h"
#include "text/ctx.h"

struct words {
    struct company_token list[COMPANY_TOKENS_MAX];
    size_t count;
};

struct cut {
    struct text_ctx *ctx;
    struct arena *arena;
    struct words hard;
    struct words soft; /* in brackets */
    char *cjk;         /* room for the whole name */
    size_t cjk_len;
    char *region;
    size_t region_len;
    const char *legal;
    const char *cjk_legal;
};

/* NAME in lower-case ASCII, simplified Han, kana and hangul; brackets are ( and ).  In the arena.
 */
char *company_fold(struct text_ctx *ctx, struct arena *a, const char *name, size_t *len_out);
/* NAME's core from its brand, trade and tokens. */
void company_set_core(struct arena *a, struct company_name *name);
/* A bracket closes; what is in CJK from CJK_START on stood in it: a region, a legal form, or simply
 * part of the name. */
void company_close_bracket(struct cut *cut, size_t cjk_start);
/* Region, brand, trade, branch words, office and legal form of what is in CJK. */
void company_split_han(struct cut *cut, struct company_name *out);
