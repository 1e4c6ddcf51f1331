/* account/match_keys.h - what two spellings of one customer have in common, as numbers to look up.
 *
 * A gram is the 32-bit FNV-1a of a kind and a text: words, words without one letter, pairs of
 * Chinese characters, brands without one character, initials, pinyin.  Two grams may collide: they
 * only choose candidates, the score decides. */
#pragma once

#include "account/match_name.h"
#include "account/match_score.h"

enum { MATCH_GRAMS_MAX = 96 };

struct match_keys {
    uint32_t gram[MATCH_GRAMS_MAX]; /* ascending, each once */
    size_t count;
};

/* The grams of a name, the same for asking and for keeping. */
void match_keys_read(struct arena *a, const struct match_name *name, struct match_keys *out);

/* What was typed, made comparable, in the arena; NULL counts as "".
 *   tax id: letters and digits, upper case, without the country's prefix of two letters before
 * digits; domain: from a domain, a host, an address of the web or of mail; registrable part
 * (example.com.cn), "" when it belongs to a provider of free mail; phone: last 8 digits, "" when
 * there are fewer than 7; address: folded letters and digits, without words such as street and
 * road. */
void match_fields_read(struct arena *a, const char *tax_id, const char *domain, const char *phone,
                       const char *address, struct match_fields *out);
