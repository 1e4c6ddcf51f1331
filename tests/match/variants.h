/* match/variants.h - made-up companies and what people make of their names: for measuring how many
 * of the variants the conflict check finds, and how many new companies it flags without reason.
 *
 * Everything follows from a seed.  Brands come from the data folder (companies/zh-short-names.txt,
 * companies/en-companies-with-country.csv) when one is given, else from a short list of our own.
 * Every tenth Chinese brand is kept back for new companies. */
#pragma once

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>

enum variant {
    VARIANT_EN_SUFFIX,     /* another legal form */
    VARIANT_EN_FULL_WIDTH, /* full-width capitals */
    VARIANT_EN_SHORT,      /* without the second word and the legal form */
    VARIANT_EN_TYPO,       /* one typing error in the brand */
    VARIANT_EN_NEW,        /* another company, not in the list */
    VARIANT_ZH_TRADITIONAL,
    VARIANT_ZH_NO_CITY,
    VARIANT_ZH_SHORT,    /* the brand alone */
    VARIANT_ZH_BRACKETS, /* the city in brackets behind */
    VARIANT_ZH_REPLACED, /* one character of the brand is another one */
    VARIANT_ZH_NEW,
    VARIANT_COUNT
};

struct variants;
/* FOLDER may be NULL. */
struct variants *variants_new(uint64_t seed, const char *folder);
void variants_free(struct variants *v);

/* The name of company number I; the same for the same seed.  Even numbers are English. */
char *variants_name(const struct variants *v, struct arena *a, uint32_t i);
/* What somebody makes of company I; for the kinds _NEW a company that is not in the list. */
char *variants_make(const struct variants *v, struct arena *a, uint32_t i, enum variant kind);
bool variant_is_chinese(enum variant kind);
bool variant_is_new(enum variant kind);
const char *variant_name(enum variant kind);
