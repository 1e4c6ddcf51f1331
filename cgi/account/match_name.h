/* account/match_name.h - a company's name made ready for comparing: taken apart
 * (text/company_name.h), its brand replaced by what the alias table knows it as, Chinese brands
 * spelled in pinyin where nothing better is known, each word with its weight. */
#pragma once

#include "base/err.h"
#include "text/company_name.h"

enum { MATCH_TOKENS_MAX = 32, MATCH_BRAND_MAX = 32 };

/* The vocabulary and the aliases, once for each process. */
struct match_names;
/* CTX stays the caller's and must outlive it. */
struct err *match_names_new(struct text_ctx *ctx, struct match_names **names_out);
/* The CTX that they were made with. */
struct text_ctx *match_names_text(const struct match_names *names);
void match_names_free(struct match_names *names); /* NULL is allowed */
/* Adds names of one company to the built-in table, "first|second|…": what staff entered. */
void match_names_add_alias(struct match_names *names, const char *row);

struct match_name {
    struct company_name part;
    /* Latin words to compare by: the name's own, or those of its alias, or pinyin. */
    struct company_token tokens[MATCH_TOKENS_MAX];
    double weight[MATCH_TOKENS_MAX]; /* ln(1e6 / df): rare words weigh more */
    size_t token_count;
    bool by_alias;  /* the brand was found in the alias table */
    bool by_pinyin; /* the first token is the pinyin of a Han brand */
    uint32_t brand[MATCH_BRAND_MAX], trade[MATCH_BRAND_MAX]; /* code points */
    size_t brand_len, trade_len;
    const char *pinyin; /* of the Han brand, joined; "" */
};

/* In the arena; NAME is valid UTF-8. */
void match_name_read(struct match_names *names, struct arena *a, const char *name,
                     struct match_name *out);
/* The same from text_company_pack(), without taking the name apart again. */
bool match_name_unpack(struct match_names *names, struct arena *a, const char *packed,
                       struct match_name *out);
