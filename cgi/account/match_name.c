/* account/match_name.c - looks brands up in the alias table and weighs words. */
#include "account/match_name.h"

#include "account/match_alias.h"
#include "account/match_distance.h"
#include "base/log.h"
#include "base/str.h"
#include "text/pinyin.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    ALIAS_PLACES_FIRST = 4096,
    ALIAS_WORDS_MAX = 6,
    ALIAS_PREFIX_LETTERS = 4,
    ALIAS_PREFIX_HAN = 2
};

struct alias {
    const char *key;       /* the core of a name */
    const char *canonical; /* words of the row's first name, separated by spaces */
};

struct match_names {
    struct text_ctx *ctx;
    struct arena *arena; /* aliases live here */
    struct arena *scratch;
    struct alias *places; /* open addressing */
    size_t place_count, used;
};

static size_t hash(const char *text)
{
    uint32_t h = 2166136261u;

    for (; *text != '\0'; text++)
        h = (h ^ (unsigned char)*text) * 16777619u;
    return h ^ (h >> 15);
}

static struct alias *find_place(const struct match_names *names, const char *key)
{
    for (size_t i = hash(key);; i++) {
        struct alias *alias = &names->places[i & (names->place_count - 1)];

        if (alias->key == NULL || strcmp(alias->key, key) == 0)
            return alias;
    }
}

static const char *alias_of(const struct match_names *names, const char *key)
{
    return find_place(names, key)->canonical;
}

static void grow(struct match_names *names, size_t place_count)
{
    struct alias *old = names->places;
    size_t old_count = names->place_count;

    names->places = calloc(place_count, sizeof(*names->places));
    if (names->places == NULL)
        log_die("out of memory");
    names->place_count = place_count;
    for (size_t i = 0; i < old_count; i++)
        if (old[i].key != NULL)
            *find_place(names, old[i].key) = old[i];
    free(old);
}

static const char *join_tokens(struct arena *a, const struct company_token *tokens, size_t count)
{
    const char *text = "";

    for (size_t i = 0; i < count; i++)
        text = arena_printf(a, "%s%s%s", text, i > 0 ? " " : "", tokens[i].text);
    return text;
}

static void add_key(struct match_names *names, const char *key, const char *canonical)
{
    struct alias *place = find_place(names, key);

    /* The first row that names a key wins: rows are ordered from the surer to the looser. */
    if (key[0] == '\0' || place->key != NULL)
        return;
    place->key = arena_dup(names->arena, key);
    place->canonical = canonical;
    if (++names->used * 2 > names->place_count)
        grow(names, names->place_count * 2);
}

void match_names_add_alias(struct match_names *names, const char *row)
{
    size_t count;
    char **list = str_split(names->scratch, row, '|', &count);
    const char *canonical = NULL;

    for (size_t i = 0; i < count; i++) {
        struct company_name part;

        text_company_name(names->ctx, names->scratch, list[i], &part);
        if (canonical == NULL)
            canonical = arena_dup(names->arena,
                                  part.token_count > 0
                                      ? join_tokens(names->scratch, part.tokens, part.token_count)
                                      : part.core);
        /* 中国石化: with and without its region. */
        add_key(names, arena_printf(names->scratch, "%s%s", part.region, part.core), canonical);
        if (part.region[0] == '\0')
            add_key(names, part.core, canonical);
    }
    arena_clear(names->scratch);
}

struct err *match_names_new(struct text_ctx *ctx, struct match_names **names_out)
{
    struct match_names *names = calloc(1, sizeof(*names));

    if (names == NULL)
        log_die("out of memory");
    names->ctx = ctx;
    names->arena = arena_new(65536);
    names->scratch = arena_new(16384);
    grow(names, ALIAS_PLACES_FIRST);
    for (size_t i = 0; i < match_alias_row_count; i++)
        match_names_add_alias(names, match_alias_rows[i]);
    *names_out = names;
    return NULL;
}

struct text_ctx *match_names_text(const struct match_names *names)
{
    return names->ctx;
}

void match_names_free(struct match_names *names)
{
    if (names == NULL)
        return;
    arena_free(names->arena);
    arena_free(names->scratch);
    free(names->places);
    free(names);
}

/* ---- reading a name ---- */

static void add_token(struct match_name *out, const struct company_token *token)
{
    if (out->token_count < MATCH_TOKENS_MAX)
        out->tokens[out->token_count++] = *token;
}

static void add_words(const struct match_names *names, struct arena *a, struct match_name *out,
                      const char *words)
{
    size_t count;
    char **list;

    if (words[0] == '\0')
        return;
    list = str_split(a, words, ' ', &count);
    for (size_t i = 0; i < count; i++) {
        struct company_token token = { .text = list[i], .len = (uint16_t)strlen(list[i]) };

        token.kind = (uint8_t)text_company_kind(names->ctx, token.text, token.len);
        add_token(out, &token);
    }
}

/* An alias for the first COUNT Latin words.  A short one must be the whole name: "CAT" is
 * Caterpillar, "CAT Rescue" is not. */
static const char *alias_of_words(const struct match_names *names, struct arena *a,
                                  const struct company_name *part, size_t count, size_t whole)
{
    const char *key = join_tokens(a, part->tokens, count);

    if (count < whole && strlen(key) < ALIAS_PREFIX_LETTERS)
        return NULL;
    return alias_of(names, key);
}

static void read_latin(struct match_names *names, struct arena *a, struct match_name *out)
{
    const struct company_name *part = &out->part;
    size_t whole = part->token_count, used = 0;
    const char *canonical = NULL;

    while (whole > 0 && part->tokens[whole - 1].kind == TOKEN_BRANCH)
        whole--;
    if (whole == 0)
        whole = part->token_count;
    for (size_t n = whole < ALIAS_WORDS_MAX ? whole : ALIAS_WORDS_MAX; n > 0; n--) {
        canonical = alias_of_words(names, a, part, n, whole);
        used = n;
        if (canonical != NULL)
            break;
    }
    if (canonical == NULL)
        used = 0;
    else
        add_words(names, a, out, canonical);
    out->by_alias = canonical != NULL;
    for (size_t i = used; i < part->token_count; i++)
        add_token(out, &part->tokens[i]);
}

/* The alias of a Chinese, Japanese or Korean name, from the longest form to the brand alone. */
static const char *alias_of_han(const struct match_names *names, struct arena *a,
                                const struct company_name *part, const char **trade_out)
{
    const char *han = arena_printf(a, "%s%s", part->brand, part->trade);
    const char *canonical = alias_of(names, arena_printf(a, "%s%s", part->region, han));

    *trade_out = "";
    if (canonical == NULL)
        canonical = alias_of(names, han);
    if (canonical != NULL)
        return canonical;
    *trade_out = part->trade_en;
    if (part->region[0] != '\0')
        canonical = alias_of(names, arena_printf(a, "%s%s", part->region, part->brand));
    return canonical != NULL ? canonical : alias_of(names, part->brand);
}

static void read_han(struct match_names *names, struct arena *a, struct match_name *out)
{
    const struct company_name *part = &out->part;
    const char *trade;
    const char *canonical = alias_of_han(names, a, part, &trade);

    out->brand_len = match_code_points(part->brand, out->brand, MATCH_BRAND_MAX);
    out->trade_len = match_code_points(part->trade, out->trade, MATCH_BRAND_MAX);
    out->pinyin = text_pinyin_joined(names->ctx, a, part->brand);
    if (part->token_count > 0) {
        read_latin(names, a, out);
    } else if (canonical != NULL) {
        add_words(names, a, out, canonical);
        out->by_alias = true;
    } else if (out->pinyin[0] != '\0') {
        add_words(names, a, out, out->pinyin);
        out->by_pinyin = true;
    }
    add_words(names, a, out, trade);
    add_words(names, a, out, part->branch);
}

static void weigh(const struct match_names *names, struct match_name *out)
{
    const double number_weight = 5.0;

    for (size_t i = 0; i < out->token_count; i++) {
        const struct company_token *t = &out->tokens[i];

        out->weight[i] = t->kind == TOKEN_NUMBER
                             ? number_weight
                             : log(1e6 / text_company_df(names->ctx, t->text, t->len));
    }
}

static void complete(struct match_names *names, struct arena *a, struct match_name *out)
{
    out->pinyin = "";
    if (out->part.brand[0] != '\0' || out->part.trade[0] != '\0')
        read_han(names, a, out);
    else
        read_latin(names, a, out);
    weigh(names, out);
}

void match_name_read(struct match_names *names, struct arena *a, const char *name,
                     struct match_name *out)
{
    *out = (struct match_name){ 0 };
    text_company_name(names->ctx, a, name, &out->part);
    complete(names, a, out);
}

bool match_name_unpack(struct match_names *names, struct arena *a, const char *packed,
                       struct match_name *out)
{
    *out = (struct match_name){ 0 };
    if (!text_company_unpack(a, packed, &out->part))
        return false;
    complete(names, a, out);
    return true;
}
