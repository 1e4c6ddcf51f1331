/* text/company_name.h - a company's name taken apart, so that two spellings of one company become
 * equal and what makes two companies different stays visible.
 *
 * NFKC_Casefold, traditional to simplified Chinese, other scripts to Latin letters; then legal
 * form, region and branch words are split off, abbreviations and number words written one way,
 * single letters joined.  Nothing here decides anything: that is account/match_score.h. */
#pragma once

#include "text/norm.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { COMPANY_TOKENS_MAX = 24, COMPANY_NAME_BYTES_MAX = 600 };

enum company_token_kind {
    TOKEN_WORD,
    TOKEN_BRANCH,  /* group, holdings, asia: left over on one side, another body */
    TOKEN_COUNTRY, /* canonical: "germany" for Deutsche */
    TOKEN_NUMBER   /* digits; number words and roman numerals are written as digits */
};

struct company_token {
    const char *text; /* lower-case ASCII */
    uint16_t len;
    uint8_t kind; /* enum company_token_kind */
    bool soft;    /* stood in brackets */
};

struct company_name {
    struct company_token *tokens; /* the part in Latin letters, without legal form and stop words */
    size_t token_count;
    const char *brand;    /* the Chinese, Japanese or Korean part without region and trade; "" */
    const char *trade;    /* its trade words, in order, "网络科技"; "" */
    const char *trade_en; /* the same as English words, separated by spaces; "" */
    const char *branch;   /* its branch words in English, "group holdings"; "" */
    const char *region;   /* its region, "北京", "广东深圳"; "" */
    const char *
        office; /* place of a branch after the legal form (…有限公司上海分公司: "上海分公司"); "" */
    const char *legal; /* canonical legal form, "gmbh"; "" when none was given */
    const char *core;  /* brand, trade and tokens: equal cores are equal names but for the rest */
};

/* Takes NAME (valid UTF-8, cut at COMPANY_NAME_BYTES_MAX) apart.  Everything is in the arena. Never
 * empty-handed: a name of nothing but common words keeps them as its core. */
void text_company_name(struct text_ctx *ctx, struct arena *a, const char *name,
                       struct company_name *out);

/* One text that holds all of it, for keeping in the database, and back.  False when PACKED was not
 * made by this version; the name must then be taken apart again. */
char *text_company_pack(struct arena *a, const struct company_name *name);
bool text_company_unpack(struct arena *a, const char *packed, struct company_name *out);

/* What kind of word TEXT is: for words that did not come from a name, such as those of an alias. */
enum company_token_kind text_company_kind(const struct text_ctx *ctx, const char *text, size_t len);
/* How many of a million company names hold this token; a rare or unknown one counts as few. */
uint32_t text_company_df(const struct text_ctx *ctx, const char *token, size_t len);
