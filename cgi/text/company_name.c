/* text/company_name.c - takes a company's name apart in three steps: fold to one alphabet and one
 * case, cut into Latin tokens and one run of Chinese, Japanese or Korean text (company_han.c takes
 * that apart), then split off what the vocabulary knows (company_words.c). */
#include "text/company_name.h"

#include "base/str.h"
#include "text/company_inside.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

enum {
    PHRASE_MAX = 6, /* words of the longest legal form: spolka z ograniczona odpowiedzialnoscia */
    DF_UNKNOWN = 12 /* names in a million that hold a word nobody has listed */
};

/* ---- folding ---- */

static bool is_cjk(UChar32 c)
{
    return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3041 && c <= 0x30FF && c != 0x30FB) ||
           (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0x3400 && c <= 0x4DBF) || c == 0x3005 ||
           (c >= 0x20000 && c <= 0x3FFFF);
}

static bool is_opening(UChar32 c)
{
    return c == '(' || c == '[' || c == '{' || c == 0x3010 || c == 0x3014 || c == 0x300C;
}

static bool is_closing(UChar32 c)
{
    return c == ')' || c == ']' || c == '}' || c == 0x3011 || c == 0x3015 || c == 0x300D;
}

/* True for what needs none of ICU's tables: ASCII, its full-width forms, Han, kana, hangul and the
 * punctuation around them.  Nearly every English and Chinese name is made of it. */
static bool is_plain(UChar32 c)
{
    return c < 0x80 || (c >= 0xFF01 && c <= 0xFF5E) || (c >= 0x3000 && c <= 0x301B) ||
           (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3041 && c <= 0x3096) ||
           (c >= 0x30A1 && c <= 0x30FC) || (c >= 0xAC00 && c <= 0xD7A3) ||
           (c >= 0x2010 && c <= 0x2027);
}

static bool all_plain(const char *text, size_t len)
{
    for (size_t i = 0; i < len;) {
        UChar32 c;

        U8_NEXT((const uint8_t *)text, i, len, c);
        if (c < 0 || !is_plain(c))
            return false;
    }
    return true;
}

static UChar32 fold_plain(const struct text_ctx *ctx, UChar32 c)
{
    if (c >= 0xFF01 && c <= 0xFF5E)
        c -= 0xFEE0;
    if (c >= 'A' && c <= 'Z')
        return c + ('a' - 'A');
    if (c >= HAN_FIRST && c <= HAN_LAST)
        return ctx->simplified[c - HAN_FIRST];
    if (c == 0x2018 || c == 0x2019 || c == 0x02BC || c == '`')
        return '\'';
    if (is_opening(c))
        return '(';
    if (is_closing(c))
        return ')';
    if (c < 0x80 || is_cjk(c))
        return c;
    return ' ';
}

/* The ASCII letter under the accents of C, or 0. */
static char base_letter(const struct text_ctx *ctx, UChar32 c)
{
    for (int depth = 0; depth < 4 && c >= 0x80; depth++) {
        UErrorCode status = U_ZERO_ERROR;
        UChar parts[8];

        if (unorm2_getRawDecomposition(ctx->nfd, c, parts, 8, &status) < 2)
            return 0;
        c = parts[0];
    }
    return c >= 'a' && c <= 'z' ? (char)c : 0;
}

static size_t put_utf8(char *out, size_t n, UChar32 c)
{
    U8_APPEND_UNSAFE(out, n, c);
    return n;
}

/* A name on its way into plain letters: read up to `at`, written up to `n`. */
struct folding {
    const char *text;
    size_t len, at;
    bool plain; /* see is_plain(); other names have gone through NFKC */
    char *out;
    size_t n, cap;
};

static bool is_foreign(UChar32 c)
{
    return c >= 0x80 && !is_cjk(c) && (u_isalpha(c) || U_GET_GC_MASK(c) & U_GC_M_MASK);
}

/* Letters of other scripts from here on, with the marks between them: written as Latin ones. */
static void fold_run(struct text_ctx *ctx, struct arena *a, struct folding *f)
{
    const size_t start = f->at;

    while (f->at < f->len) {
        size_t next = f->at;
        UChar32 c;

        U8_NEXT((const uint8_t *)f->text, next, f->len, c);
        if (!is_foreign(c))
            break;
        f->at = next;
    }
    const char *latin = text_transliterate(a, ctx->to_latin, f->text + start, f->at - start);
    for (; *latin != '\0' && f->n < f->cap; latin++)
        if ((unsigned char)*latin < 0x80)
            f->out[f->n++] = *latin;
}

static void fold_next(struct text_ctx *ctx, struct arena *a, struct folding *f)
{
    size_t next = f->at;
    char letter;
    UChar32 c;

    U8_NEXT((const uint8_t *)f->text, next, f->len, c);
    if (f->plain || !is_foreign(c)) {
        f->n = put_utf8(f->out, f->n, fold_plain(ctx, c));
        f->at = next;
        return;
    }
    letter = base_letter(ctx, c);
    if (letter == 0) {
        fold_run(ctx, a, f);
        return;
    }
    f->out[f->n++] = letter;
    f->at = next;
}

/* NAME in lower-case ASCII, simplified Han, kana and hangul; brackets are ( and ). */
static char *fold(struct text_ctx *ctx, struct arena *a, const char *name, size_t *len_out)
{
    struct folding f = { .text = name, .len = utf8_prefix_bytes(name, COMPANY_NAME_BYTES_MAX) };

    f.plain = all_plain(name, f.len);
    if (!f.plain) {
        UErrorCode status = U_ZERO_ERROR;
        int32_t count, cap16 = 18 * (int32_t)f.len + 1;
        UChar *in = text_to_u16(a, name, f.len, &count);
        UChar *folded = arena_array(a, (size_t)cap16, sizeof(*folded));
        int32_t got = unorm2_normalize(ctx->nfkc_cf, in, count, folded, cap16, &status);

        f.text = text_from_u16(a, folded, U_SUCCESS(status) ? got : 0);
        f.len = strlen(f.text);
    }
    f.cap = 4 * f.len;
    f.out = arena_alloc(a, f.cap + 8);
    while (f.at < f.len && f.n < f.cap)
        fold_next(ctx, a, &f);
    f.out[f.n] = '\0';
    *len_out = f.n;
    return f.out;
}

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

static void set_core(struct arena *a, struct company_name *name)
{
    size_t brand = strlen(name->brand), trade = strlen(name->trade), n = brand + trade;
    size_t len = n + 1;

    for (size_t i = 0; i < name->token_count; i++)
        len += name->tokens[i].len + 1u;
    char *core = arena_alloc(a, len);
    memcpy(core, name->brand, brand);
    memcpy(core + brand, name->trade, trade);
    for (size_t i = 0; i < name->token_count; i++) {
        if (n > 0)
            core[n++] = ' ';
        memcpy(core + n, name->tokens[i].text, name->tokens[i].len);
        n += name->tokens[i].len;
    }
    core[n] = '\0';
    name->core = core;
}

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
    const char *folded = fold(ctx, a, name, &len);
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
    set_core(a, out);
}

/* ---- packing ---- */

enum { PACK_FIELDS = 9 };
static const char pack_version[] = "1";
static const char kind_marks[] = {
    [TOKEN_WORD] = '=', [TOKEN_BRANCH] = '~', [TOKEN_COUNTRY] = '@', [TOKEN_NUMBER] = '#'
};

char *text_company_pack(struct arena *a, const struct company_name *name)
{
    size_t cap = 1, n = 0;

    for (size_t i = 0; i < name->token_count; i++)
        cap += name->tokens[i].len + 3u;
    char *tokens = arena_alloc(a, cap);
    for (size_t i = 0; i < name->token_count; i++) {
        const struct company_token *t = &name->tokens[i];

        if (n > 0)
            tokens[n++] = ' ';
        if (t->soft)
            tokens[n++] = '(';
        tokens[n++] = kind_marks[t->kind];
        memcpy(tokens + n, t->text, t->len);
        n += t->len;
    }
    return arena_printf(a, "%s|%s|%s|%s|%s|%s|%s|%s|%s", pack_version, name->legal, name->region,
                        name->branch, name->office, name->brand, name->trade, name->trade_en,
                        tokens);
}

static bool unpack_token(const char *text, struct company_token *out)
{
    *out = (struct company_token){ .soft = *text == '(' };
    text += out->soft;
    for (size_t kind = 0; kind < ARRAY_LEN(kind_marks); kind++) {
        if (*text == kind_marks[kind] && text[1] != '\0') {
            out->kind = (uint8_t)kind;
            out->text = text + 1;
            out->len = (uint16_t)strlen(text + 1);
            return true;
        }
    }
    return false;
}

bool text_company_unpack(struct arena *a, const char *packed, struct company_name *out)
{
    size_t count, tokens = 0;
    char **f = str_split(a, packed, '|', &count);

    if (count != PACK_FIELDS || strcmp(f[0], pack_version) != 0)
        return false;
    *out = (struct company_name){ .legal = f[1],
                                  .region = f[2],
                                  .branch = f[3],
                                  .office = f[4],
                                  .brand = f[5],
                                  .trade = f[6],
                                  .trade_en = f[7] };
    char **words = str_split(a, f[8], ' ', &tokens);
    if (tokens == 1 && words[0][0] == '\0')
        tokens = 0;
    out->tokens = arena_array(a, tokens + 1, sizeof(*out->tokens));
    for (; out->token_count < tokens; out->token_count++)
        if (!unpack_token(words[out->token_count], &out->tokens[out->token_count]))
            return false;
    set_core(a, out);
    return true;
}

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
