/* text/company_name.c - takes a company's name apart in three steps: fold to one alphabet and one
 * case (company_fold.c), cut into Latin tokens and one run of Chinese, Japanese or Korean text
 * (company_han.c takes that apart), then split off what the vocabulary knows (company_words.c). */
#include "text/company_name.h"

#include "base/str.h"
#include "text/company_inside.h"

#include <string.h>

enum {
    PHRASE_MAX = 6, /* words of the longest legal form: spolka z ograniczona odpowiedzialnoscia */
    DF_UNKNOWN = 12 /* names in a million that hold a word nobody has listed */
};

/* ---- cutting ---- */

static void words_add(struct words *w, const char *text, size_t len, bool soft)
{
    if (w->count < COMPANY_TOKENS_MAX)
        w->list[w->count++] =
            (struct company_token){ .text = text, .len = (uint16_t)len, .soft = soft };
}

static void words_remove(struct words *w, size_t at, size_t count)
{
    memmove(w->list + at, w->list + at + count, (w->count - at - count) * sizeof(*w->list));
    w->count -= count;
}

static bool is_word_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* A dot before the last part of a host name ends the word: amazon.com is amazon. */
static bool is_host_end(const char *p)
{
    static const char *const ends[] = { ".com", ".net", ".org", ".cn", ".io", ".biz" };

    for (size_t i = 0; i < ARRAY_LEN(ends); i++) {
        size_t len = strlen(ends[i]);

        if (strncmp(p, ends[i], len) == 0 && !is_word_char(p[len]))
            return true;
    }
    return false;
}

/* One Latin word from P on; dots and apostrophes within are left out.  Returns where it ends. */
static const char *cut_word(struct cut *cut, const char *p, bool soft)
{
    char *word;
    const char *q = p;
    size_t len = 0;

    while (is_word_char(*q) || ((*q == '.' || *q == '\'') && is_word_char(q[1]) && !is_host_end(q)))
        q++;
    word = arena_alloc(cut->arena, (size_t)(q - p) + 1);
    for (; p < q; p++)
        if (is_word_char(*p))
            word[len++] = *p;
    if (len > 0 && !(len == 3 && memcmp(word, "and", 3) == 0))
        words_add(soft ? &cut->soft : &cut->hard, word, len, soft);
    return is_host_end(q) ? q + strcspn(q + 1, " .)(,/-") + 1 : q;
}

static void cut_words(struct cut *cut, const char *text)
{
    size_t bracket_start = 0;
    int depth = 0;

    for (const char *p = text; *p != '\0';) {
        if (is_word_char(*p)) {
            p = cut_word(cut, p, depth > 0);
            continue;
        }
        if (*p == '(' && depth++ == 0)
            bracket_start = cut->cjk_len;
        if (*p == ')' && depth > 0 && --depth == 0)
            company_close_bracket(cut, bracket_start);
        if ((unsigned char)*p >= 0x80)
            cut->cjk[cut->cjk_len++] = *p;
        p++;
    }
    if (depth > 0)
        company_close_bracket(cut, bracket_start);
}

/* ---- Latin words ---- */

static bool is_letter_token(const struct company_token *t)
{
    return t->len == 1 && t->text[0] >= 'a' && t->text[0] <= 'z';
}

static void join_letters(struct cut *cut, struct words *w)
{
    for (size_t i = 0; i < w->count; i++) {
        size_t run = 0;

        while (i + run < w->count && is_letter_token(&w->list[i + run]))
            run++;
        if (run < 2)
            continue;
        char *joined = arena_alloc(cut->arena, run + 1);
        for (size_t k = 0; k < run; k++)
            joined[k] = w->list[i + k].text[0];
        w->list[i].text = joined;
        w->list[i].len = (uint16_t)run;
        words_remove(w, i + 1, run - 1);
    }
}

/* The vocabulary's word for COUNT tokens from AT on, taken as one phrase. */
static const struct company_word *find_phrase(const struct cut *cut, const struct words *w,
                                              size_t at, size_t count, unsigned kinds)
{
    char phrase[96];
    size_t n = 0;

    for (size_t i = 0; i < count; i++) {
        const struct company_token *t = &w->list[at + i];

        if (n + t->len + 1u >= sizeof(phrase))
            return NULL;
        if (i > 0)
            phrase[n++] = ' ';
        memcpy(phrase + n, t->text, t->len);
        n += t->len;
    }
    return text_word_find(cut->ctx, phrase, n, kinds);
}

/* A strong form replaces a weak one: "co" says nothing beside "ltd". */
static void set_legal(struct cut *cut, const char *canonical)
{
    if (cut->legal == NULL || strcmp(cut->legal, "co") == 0)
        cut->legal = canonical;
}

static size_t edit_distance(const char *a, size_t a_len, const char *b, size_t b_len)
{
    size_t row[40];

    if (b_len >= ARRAY_LEN(row))
        return ARRAY_LEN(row);
    for (size_t j = 0; j <= b_len; j++)
        row[j] = j;
    for (size_t i = 1; i <= a_len; i++) {
        size_t corner = row[0];

        row[0] = i;
        for (size_t j = 1; j <= b_len; j++) {
            size_t best = corner + (a[i - 1] != b[j - 1]);

            corner = row[j];
            best = best < corner + 1 ? best : corner + 1;
            row[j] = best < row[j - 1] + 1 ? best : row[j - 1] + 1;
        }
    }
    return row[b_len];
}

/* A long legal word with one or two typing errors: "incoporated", "Aktiengeselschaft". */
static const char *misspelt_legal(const struct cut *cut, const struct company_token *t)
{
    static const struct {
        const char *word, *canonical;
        size_t most;
    } known[] = { { "incorporated", "corp", 2 },     { "corporation", "corp", 2 },
                  { "aktiengesellschaft", "ag", 2 }, { "aktiebolaget", "ab", 2 },
                  { "limited", "ltd", 1 },           { "company", "co", 1 } };

    if (t->len < 6 || text_word_find(cut->ctx, t->text, t->len, ~0u) != NULL)
        return NULL;
    for (size_t i = 0; i < ARRAY_LEN(known); i++) {
        size_t len = strlen(known[i].word);

        if (t->len + known[i].most >= len && t->len <= len + known[i].most &&
            edit_distance(t->text, t->len, known[i].word, len) <= known[i].most)
            return known[i].canonical;
    }
    return NULL;
}

static bool strip_legal_end(struct cut *cut, struct words *w)
{
    for (size_t n = w->count - 1 < PHRASE_MAX ? w->count - 1 : PHRASE_MAX; n > 0; n--) {
        const struct company_word *word =
            find_phrase(cut, w, w->count - n, n, WORD_LEGAL | WORD_LEGAL_END);

        if (word != NULL) {
            set_legal(cut, word->canonical);
            w->count -= n;
            return true;
        }
    }
    const char *misspelt = misspelt_legal(cut, &w->list[w->count - 1]);
    if (misspelt != NULL) {
        set_legal(cut, misspelt);
        w->count--;
    }
    return misspelt != NULL;
}

static bool strip_legal_front(struct cut *cut, struct words *w)
{
    for (size_t n = w->count - 1 < PHRASE_MAX ? w->count - 1 : PHRASE_MAX; n > 0; n--) {
        const struct company_word *word = find_phrase(cut, w, 0, n, WORD_LEGAL_FRONT);

        if (word != NULL) {
            set_legal(cut, word->canonical);
            words_remove(w, 0, n);
            return true;
        }
    }
    return false;
}

static void strip_legal_within(struct cut *cut, struct words *w, size_t from)
{
    for (size_t i = from; i < w->count; i++) {
        const struct company_word *word = find_phrase(cut, w, i, 1, WORD_LEGAL);

        if (word == NULL)
            continue;
        set_legal(cut, word->canonical);
        words_remove(w, i--, 1);
    }
}

static void strip_legal(struct cut *cut)
{
    struct words *w = &cut->hard;

    while (w->count > 1 && strip_legal_end(cut, w))
        ;
    if (w->count > 1)
        strip_legal_front(cut, w);
    strip_legal_within(cut, w, 1);
    strip_legal_within(cut, &cut->soft, 0);
    /* A name that is Chinese otherwise: "华为技术 Co., Ltd." */
    if (cut->cjk_len > 0 && w->count == 1) {
        const struct company_word *word = find_phrase(cut, w, 0, 1, WORD_LEGAL | WORD_LEGAL_END);

        if (word != NULL) {
            set_legal(cut, word->canonical);
            w->count = 0;
        }
    }
}

static void drop_stop_words(struct cut *cut, struct words *w, size_t keep_at_least)
{
    for (size_t i = 0; i < w->count && w->count > keep_at_least; i++)
        if (find_phrase(cut, w, i, 1, WORD_STOP) != NULL)
            words_remove(w, i--, 1);
}

static bool all_digits(const struct company_token *t)
{
    for (size_t i = 0; i < t->len; i++)
        if (t->text[i] < '0' || t->text[i] > '9')
            return false;
    return true;
}

static void set_canonical(struct company_token *t, const struct company_word *word, int kind)
{
    t->text = word->canonical;
    t->len = word->canonical_len;
    t->kind = (uint8_t)kind;
}

static void name_token(const struct cut *cut, struct words *w, size_t at)
{
    static const struct {
        unsigned word;
        int token;
    } kinds[] = { { WORD_COUNTRY, TOKEN_COUNTRY },
                  { WORD_BRANCH, TOKEN_BRANCH },
                  { WORD_NUMBER, TOKEN_NUMBER },
                  { WORD_ALIKE, TOKEN_WORD } };
    struct company_token *t = &w->list[at];

    for (size_t n = 3; n > 1; n--) {
        const struct company_word *word =
            at + n <= w->count ? find_phrase(cut, w, at, n, WORD_COUNTRY | WORD_BRANCH) : NULL;

        if (word == NULL)
            continue;
        bool country = company_rows[word->row].kind == WORD_COUNTRY;
        set_canonical(t, word, country ? TOKEN_COUNTRY : TOKEN_BRANCH);
        words_remove(w, at + 1, n - 1);
        return;
    }
    for (size_t k = 0; k < ARRAY_LEN(kinds); k++) {
        const struct company_word *word = text_word_find(cut->ctx, t->text, t->len, kinds[k].word);

        if (word != NULL) {
            set_canonical(t, word, kinds[k].token);
            return;
        }
    }
    if (all_digits(t))
        t->kind = TOKEN_NUMBER;
}

/* forty + 4 = 44; the digits of "20" and "4" as typed stay two numbers. */
static void join_numbers(struct cut *cut, struct words *w)
{
    for (size_t i = 0; i + 1 < w->count; i++) {
        struct company_token *tens = &w->list[i], *unit = &w->list[i + 1];

        if (tens->kind == TOKEN_NUMBER && unit->kind == TOKEN_NUMBER && tens->len == 2 &&
            tens->text[1] == '0' && unit->len == 1 && unit->text[0] != '0') {
            tens->text = arena_printf(cut->arena, "%c%c", tens->text[0], unit->text[0]);
            words_remove(w, i + 1, 1);
        }
    }
}

static void name_tokens(struct cut *cut, struct words *w)
{
    for (size_t i = 0; i < w->count; i++)
        name_token(cut, w, i);
    join_numbers(cut, w);
}

/* ---- all together ---- */

static void set_tokens(struct cut *cut, struct company_name *out)
{
    size_t count = cut->hard.count + cut->soft.count;

    out->tokens = arena_array(cut->arena, count + 1, sizeof(*out->tokens));
    memcpy(out->tokens, cut->hard.list, cut->hard.count * sizeof(*out->tokens));
    memcpy(out->tokens + cut->hard.count, cut->soft.list, cut->soft.count * sizeof(*out->tokens));
    out->token_count = count;
    for (size_t i = 0; i < count; i++)
        out->tokens[i].text = arena_dup_bytes(cut->arena, out->tokens[i].text, out->tokens[i].len);
}

void text_company_name(struct text_ctx *ctx, struct arena *a, const char *name,
                       struct company_name *out)
{
    size_t len;
    const char *folded = company_fold(ctx, a, name, &len);
    struct cut *cut = arena_alloc(a, sizeof(*cut));

    *out = (struct company_name){ .legal = "" };
    cut->ctx = ctx;
    cut->arena = a;
    cut->cjk = arena_alloc(a, len + 1);
    cut->region = arena_alloc(a, len + 1);
    cut_words(cut, folded);
    join_letters(cut, &cut->hard);
    join_letters(cut, &cut->soft);
    strip_legal(cut);
    drop_stop_words(cut, &cut->hard, cut->cjk_len > 0 ? 0 : 1);
    drop_stop_words(cut, &cut->soft, 0);
    name_tokens(cut, &cut->hard);
    name_tokens(cut, &cut->soft);
    company_split_han(cut, out);
    set_tokens(cut, out);
    if (cut->legal != NULL)
        out->legal = cut->legal;
    else if (cut->cjk_legal != NULL)
        out->legal = cut->cjk_legal;
    company_set_core(a, out);
}

/* ---- single words ---- */

enum company_token_kind text_company_kind(const struct text_ctx *ctx, const char *text, size_t len)
{
    const struct company_token token = { .text = text, .len = (uint16_t)len };

    if (text_word_find(ctx, text, len, WORD_COUNTRY) != NULL)
        return TOKEN_COUNTRY;
    if (text_word_find(ctx, text, len, WORD_BRANCH) != NULL)
        return TOKEN_BRANCH;
    return len > 0 && all_digits(&token) ? TOKEN_NUMBER : TOKEN_WORD;
}

uint32_t text_company_df(const struct text_ctx *ctx, const char *token, size_t len)
{
    const unsigned kinds =
        WORD_COMMON | WORD_COUNTRY | WORD_BRANCH | WORD_LEGAL | WORD_LEGAL_END | WORD_STOP;
    const struct company_word *w = text_word_find(ctx, token, len, kinds);
    char singular[64];

    /* "textiles" is as common as "textile", "batteries" as "battery". */
    if (w == NULL && len > 4 && len < sizeof(singular) && token[len - 1] == 's') {
        bool ies = len > 5 && memcmp(token + len - 3, "ies", 3) == 0;
        size_t stem = ies ? len - 3 : len - 1;

        memcpy(singular, token, stem);
        singular[stem] = 'y';
        w = text_word_find(ctx, singular, ies ? stem + 1 : stem, kinds);
    }
    return w != NULL && company_rows[w->row].df > 0 ? company_rows[w->row].df : DF_UNKNOWN;
}
