/* text/company_words.h - the vocabulary of company names as data: legal forms, trade words,
 * regions, countries, abbreviations, numbers, and how common a word is.  company_name.c is its only
 * reader; text/company_name.h offers what others need of it. */
#pragma once

#include <stddef.h>
#include <stdint.h>

/* What a word can be; one word may have several rows.  Bits, so that a look-up can ask for some. */
enum company_kind {
    WORD_LEGAL = 1 << 0,       /* legal form wherever it stands but at the front */
    WORD_LEGAL_END = 1 << 1,   /* legal form only at the end: too short or ambiguous elsewhere */
    WORD_LEGAL_FRONT = 1 << 2, /* legal form at the front: PT, OOO */
    WORD_STOP = 1 << 3,        /* carries nothing: the, of */
    WORD_BRANCH = 1 << 4,      /* left over on one side, it names another body of the same group */
    WORD_COUNTRY = 1 << 5,
    WORD_NUMBER = 1 << 6,
    WORD_ALIKE = 1 << 7,  /* another spelling of its canonical word */
    WORD_COMMON = 1 << 8, /* says how common it is */
    WORD_CJK_LEGAL = 1 << 9,
    WORD_CJK_TRADE = 1 << 10, /* what a company does; canonical is the English word */
    WORD_CJK_BRANCH = 1 << 11,
    WORD_CJK_REGION = 1 << 12, /* canonical is the Latin name */
    WORD_CJK_OFFICE = 1 << 13  /* a body of a company that follows its legal form: 分公司 */
};

struct company_row {
    enum company_kind kind;
    uint32_t df;           /* names with this word among a million; 0: says nothing */
    const char *canonical; /* NULL: the word itself */
    const char *words;     /* separated by '|', in normalised form */
};

extern const struct company_row company_rows[];
extern const size_t company_row_count;
