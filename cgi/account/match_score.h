/* account/match_score.h - are two parties the same customer?  A score from 0 to 1, a verdict, and
 * why.
 *
 * Rules from what was measured on labelled company pairs: words by weight, typing errors,
 * abbreviations, aliases, Chinese names by brand, trade and region; then tax id, domain, phone,
 * address.  What is left over on one side and names another body (group, branch, country, number),
 * and what contradicts, caps the verdict at "possible".  A "same" from a name alone only sends a
 * registration to a person. */
#pragma once

#include "account/match_name.h"

enum match_verdict { MATCH_DIFFERENT, MATCH_POSSIBLE, MATCH_SAME, MATCH_VERDICT_COUNT };

/* What the name's score comes from. */
enum match_rule {
    MATCH_BY_NOTHING,
    MATCH_BY_CORE,       /* equal but for legal form and region */
    MATCH_BY_WORDS,      /* words, weighed */
    MATCH_BY_CONTAINED,  /* one name is the beginning or a part of the other */
    MATCH_BY_SPELLING,   /* letters of the whole name, but for typing errors */
    MATCH_BY_ALIAS,      /* the alias table */
    MATCH_BY_PINYIN,     /* a Chinese brand spelled in Latin letters */
    MATCH_BY_BRAND,      /* the same Chinese brand */
    MATCH_BY_CHARACTERS, /* Chinese characters, but for one */
    MATCH_RULE_COUNT
};

/* Why the verdict is no better than "possible".  Bits. */
enum match_cap {
    MATCH_CAP_LEGAL = 1 << 0,
    MATCH_CAP_BRANCH = 1 << 1,
    MATCH_CAP_COUNTRY = 1 << 2,
    MATCH_CAP_NUMBER = 1 << 3,
    MATCH_CAP_REGION = 1 << 4,
    MATCH_CAP_OFFICE = 1 << 5,
    MATCH_CAP_TAX_ID = 1 << 6
};

enum match_field {
    MATCH_FIELD_TAX_ID = 1 << 0,
    MATCH_FIELD_DOMAIN = 1 << 1,
    MATCH_FIELD_PHONE = 1 << 2,
    MATCH_FIELD_ADDRESS = 1 << 3
};

/* Normalised by match_fields_read() (match_keys.h); "" for what is not known. */
struct match_fields {
    const char *tax_id;
    const char *domain;  /* registrable; "" for free mail */
    const char *phone;   /* last 8 digits */
    const char *address; /* key of postcode, number and street */
};

struct match_evidence {
    enum match_verdict verdict;
    double score;
    double name_score; /* before the fields and before the caps */
    enum match_rule rule;
    unsigned caps;         /* enum match_cap */
    unsigned fields_equal; /* enum match_field */
    unsigned fields_differ;
};

extern const double match_same_from;     /* .92 */
extern const double match_possible_from; /* .65 */

/* Symmetric.  FIELDS may be NULL on either side. */
void match_score(const struct match_name *a, const struct match_fields *a_fields,
                 const struct match_name *b, const struct match_fields *b_fields,
                 struct match_evidence *out);

/* "same", "possible", "different". */
const char *match_verdict_name(enum match_verdict verdict);
/* "core", "words": for files and logs; pages have sentences of their own. */
const char *match_rule_name(enum match_rule rule);
/* "words .81; differ: legal form, country; same: domain": one line in English for files. */
char *match_evidence_text(struct arena *a, const struct match_evidence *evidence);
