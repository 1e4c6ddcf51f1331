/* account/match_keys.c - the grams of a name, and the exact keys of what else is known of a party.
 */
#include "account/match_keys.h"

#include "base/str.h"
#include "text/norm.h"

#include <stdlib.h>
#include <string.h>

enum {
    DELETE_LETTERS_MIN = 3, /* shorter words have too many neighbours */
    DELETE_LETTERS_MAX = 24,
    BRAND_DELETE_MIN = 3,
    BRAND_DELETE_MAX = 16,
    TRADE_CHARACTERS = 8,
    ACRONYM_WORDS_MIN = 3,
    UTF8_BYTES_MAX = 4,
    /* of the columns that keep them */
    TAX_ID_BYTES_MAX = 40,
    DOMAIN_BYTES_MAX = 190,
    ADDRESS_BYTES_MAX = 120
};

/* ---- grams ---- */

static uint32_t fnv(uint32_t h, const char *data, size_t len)
{
    for (size_t i = 0; i < len; i++)
        h = (h ^ (unsigned char)data[i]) * 16777619u;
    return h;
}

static void add(struct match_keys *keys, char kind, const char *text, size_t len)
{
    if (keys->count < MATCH_GRAMS_MAX && len > 0)
        keys->gram[keys->count++] = fnv(fnv(2166136261u, &kind, 1), text, len);
}

/* WORD and WORD without one of its letters, each alone and together with WITH (NULL: alone only).
 * Alone they find a brand whatever else changed; together they stay few where many names share the
 * brand. */
static void add_deletes(struct match_keys *keys, const char *word, size_t len,
                        const struct company_token *with)
{
    char rest[2 * DELETE_LETTERS_MAX + 1];

    if (len > DELETE_LETTERS_MAX)
        len = DELETE_LETTERS_MAX;
    for (size_t i = 0; i <= len; i++) {
        if (i > 0 && i < len && word[i] == word[i - 1])
            continue;
        size_t kept = i < len ? len - 1 : len;
        memcpy(rest, word, i);
        memcpy(rest + i, word + i + 1, kept - i);
        add(keys, 'D', rest, kept);
        if (with == NULL)
            continue;
        size_t more = with->len < DELETE_LETTERS_MAX ? with->len : DELETE_LETTERS_MAX;
        rest[kept] = ' ';
        memcpy(rest + kept + 1, with->text, more);
        add(keys, 'P', rest, kept + 1 + more);
    }
}

/* The brand: the rarest word of at least 3 letters, the earlier one among equals. */
static size_t brand_word(const struct match_name *name)
{
    size_t best = MATCH_TOKENS_MAX;

    for (size_t i = 0; i < name->token_count; i++)
        if (name->tokens[i].kind != TOKEN_NUMBER && name->tokens[i].len >= DELETE_LETTERS_MIN &&
            (best == MATCH_TOKENS_MAX || name->weight[i] > name->weight[best] + .01))
            best = i;
    return best;
}

static void add_words(struct match_keys *keys, const struct match_name *name)
{
    char initials[MATCH_TOKENS_MAX];
    size_t count = 0;

    for (size_t i = 0; i < name->token_count; i++) {
        add(keys, 'T', name->tokens[i].text, name->tokens[i].len);
        if (name->tokens[i].kind != TOKEN_NUMBER && !name->tokens[i].soft)
            initials[count++] = name->tokens[i].text[0];
    }
    if (count >= ACRONYM_WORDS_MIN)
        add(keys, 'T', initials, count);
    size_t brand = brand_word(name);
    if (brand == MATCH_TOKENS_MAX)
        return;
    size_t with = brand + 1 < name->token_count ? brand + 1 : 0;
    add_deletes(keys, name->tokens[brand].text, name->tokens[brand].len,
                with != brand ? &name->tokens[with] : NULL);
}

/* "Wal Mart" is found under "walmart". */
static void add_joined(struct arena *a, struct match_keys *keys, const struct match_name *name)
{
    if (name->token_count < 2 || name->tokens[0].kind == TOKEN_NUMBER)
        return;
    const char *joined = arena_printf(a, "%s%s", name->tokens[0].text, name->tokens[1].text);
    add(keys, 'T', joined, strlen(joined));
}

static size_t han_bytes(uint32_t c)
{
    return c < 0x800 ? 2 : c < 0x10000 ? 3 : UTF8_BYTES_MAX;
}

/* A piece of a brand, alone and together with the trade: many brands share 斯特, few of one trade
 * do. */
static void add_piece(struct match_keys *keys, const char *piece, size_t len, const char *trade)
{
    char both[(MATCH_BRAND_MAX + TRADE_CHARACTERS) * UTF8_BYTES_MAX];
    size_t more = utf8_prefix_bytes(trade, TRADE_CHARACTERS * UTF8_BYTES_MAX);

    add(keys, 'D', piece, len);
    if (more == 0)
        return;
    memcpy(both, piece, len);
    memcpy(both + len, trade, more);
    add(keys, 'P', both, len + more);
}

static void add_brand(struct match_keys *keys, const struct match_name *name)
{
    const char *brand = name->part.brand, *trade = name->part.trade;
    size_t at[MATCH_BRAND_MAX + 1], n = name->brand_len;
    char rest[MATCH_BRAND_MAX * UTF8_BYTES_MAX];

    at[0] = 0;
    for (size_t i = 0; i < n; i++)
        at[i + 1] = at[i] + han_bytes(name->brand[i]);
    for (size_t i = 0; i + 1 < n; i++)
        add(keys, '2', brand + at[i], at[i + 2] - at[i]);
    if (n == 0 || n > BRAND_DELETE_MAX)
        return;
    add_piece(keys, brand, at[n], trade);
    for (size_t i = 0; n >= BRAND_DELETE_MIN && i < n; i++) {
        size_t cut = at[i + 1] - at[i];

        memcpy(rest, brand, at[i]);
        memcpy(rest + at[i], brand + at[i + 1], at[n] - at[i + 1]);
        add_piece(keys, rest, at[n] - cut, trade);
    }
}

static int compare_grams(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return (x > y) - (x < y);
}

static void sort_once(struct match_keys *keys)
{
    size_t kept = 0;

    qsort(keys->gram, keys->count, sizeof(*keys->gram), compare_grams);
    for (size_t i = 0; i < keys->count; i++)
        if (kept == 0 || keys->gram[i] != keys->gram[kept - 1])
            keys->gram[kept++] = keys->gram[i];
    keys->count = kept;
}

void match_keys_read(struct arena *a, const struct match_name *name, struct match_keys *out)
{
    const char *core = name->part.core;

    out->count = 0;
    add(out, 'C', core, strlen(core));
    add(out, 'T', name->pinyin, strlen(name->pinyin));
    add_brand(out, name);
    add_words(out, name);
    add_joined(a, out, name);
    sort_once(out);
}

/* ---- fields ---- */

static bool is_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* DE811569869 and 811569869 are one number; a Chinese credit code begins with a digit. */
static const char *read_tax_id(struct arena *a, const char *typed)
{
    char *text = text_fold(a, typed);
    size_t n = 0;

    for (const char *p = text; *p != '\0'; p++)
        if (is_letter(*p) || is_digit(*p))
            text[n++] = (char)(*p >= 'a' && *p <= 'z' ? *p - ('a' - 'A') : *p);
    text[n < TAX_ID_BYTES_MAX ? n : TAX_ID_BYTES_MAX] = '\0';
    return n > 4 && is_letter(text[0]) && is_letter(text[1]) && is_digit(text[2]) ? text + 2 : text;
}

/* Second levels under which companies register, of the countries whose domains have them. */
static bool is_second_level(const char *label, size_t len)
{
    static const char *const known[] = { "com", "co",  "net", "org", "gov", "edu", "ac",
                                         "ltd", "plc", "or",  "ne",  "go",  "gob", "nom" };

    for (size_t i = 0; i < ARRAY_LEN(known); i++)
        if (strlen(known[i]) == len && memcmp(known[i], label, len) == 0)
            return true;
    return false;
}

static bool is_free_mail(const char *domain)
{
    static const char *const known[] = {
        "gmail.com",   "googlemail.com", "outlook.com",    "hotmail.com",    "live.com",
        "msn.com",     "yahoo.com",      "yahoo.co.uk",    "yahoo.co.jp",    "yahoo.com.cn",
        "yahoo.cn",    "ymail.com",      "aol.com",        "icloud.com",     "me.com",
        "mac.com",     "qq.com",         "foxmail.com",    "163.com",        "126.com",
        "yeah.net",    "vip.163.com",    "sina.com",       "sina.cn",        "sina.com.cn",
        "sohu.com",    "139.com",        "189.cn",         "wo.cn",          "aliyun.com",
        "tom.com",     "21cn.com",       "263.net",        "gmx.de",         "gmx.net",
        "gmx.com",     "web.de",         "t-online.de",    "freenet.de",     "mail.ru",
        "yandex.ru",   "yandex.com",     "rambler.ru",     "orange.fr",      "free.fr",
        "laposte.net", "wanadoo.fr",     "libero.it",      "proton.me",      "protonmail.com",
        "naver.com",   "daum.net",       "hanmail.net",    "zoho.com",       "mail.com",
        "comcast.net", "verizon.net",    "btinternet.com", "rediffmail.com", "uol.com.br",
    };

    for (size_t i = 0; i < ARRAY_LEN(known); i++)
        if (strcmp(known[i], domain) == 0)
            return true;
    return false;
}

/* Cuts scheme, user, path and port off. */
static char *host_of(char *text)
{
    char *scheme = strstr(text, "://");

    if (scheme != NULL)
        text = scheme + 3;
    text[strcspn(text, "/?# ")] = '\0';
    char *at = strrchr(text, '@');
    if (at != NULL)
        text = at + 1;
    text[strcspn(text, ":")] = '\0';
    size_t len = strlen(text);
    if (len > 0 && text[len - 1] == '.')
        text[len - 1] = '\0';
    return text;
}

static const char *read_domain(struct arena *a, const char *typed)
{
    char *host = host_of(text_fold(a, typed));
    char *last = strrchr(host, '.'), *start;
    int labels = 2;

    if (last == NULL || last == host || last[1] == '\0')
        return "";
    /* example.com.cn: three labels when the second is one under which companies register. */
    char *second = last - 1;
    while (second > host && second[-1] != '.')
        second--;
    if (strlen(last + 1) == 2 && is_second_level(second, (size_t)(last - second)) && second > host)
        labels = 3;
    for (start = host + strlen(host); labels > 0 && start > host;)
        if (*--start == '.' && --labels == 0)
            start++;
    while (*start == '.')
        start++;
    return strlen(start) > DOMAIN_BYTES_MAX || is_free_mail(start) ? "" : start;
}

static const char *read_phone(struct arena *a, const char *typed)
{
    const size_t kept = 8, least = 7;
    char *text = text_fold(a, typed);
    size_t n = 0;

    for (const char *p = text; *p != '\0'; p++)
        if (is_digit(*p))
            text[n++] = *p;
    text[n] = '\0';
    return n < least ? "" : n > kept ? text + n - kept : text;
}

static bool is_address_filler(const char *word)
{
    static const char *const known[] = { "street", "str",    "st",   "strasse",   "road",
                                         "rd",     "avenue", "ave",  "no",        "lane",
                                         "drive",  "dr",     "blvd", "boulevard", "suite",
                                         "floor",  "the",    "unit", "building" };

    for (size_t i = 0; i < ARRAY_LEN(known); i++)
        if (strcmp(known[i], word) == 0)
            return true;
    return false;
}

static const char *read_address(struct arena *a, const char *typed)
{
    char *text = text_fold(a, typed), *out = arena_alloc(a, strlen(text) + 1);
    size_t n = 0;

    for (char *p = text; *p != '\0'; p++)
        if ((unsigned char)*p < 0x80 && !is_letter(*p) && !is_digit(*p))
            *p = ' ';
    for (char *save = NULL, *w = strtok_r(text, " ", &save); w != NULL;
         w = strtok_r(NULL, " ", &save)) {
        size_t len = strlen(w);

        if (is_address_filler(w))
            continue;
        memcpy(out + n, w, len);
        n += len;
    }
    out[n] = '\0';
    out[utf8_prefix_bytes(out, ADDRESS_BYTES_MAX)] = '\0';
    return out;
}

static const char *or_empty(const char *text)
{
    return text != NULL ? text : "";
}

void match_fields_read(struct arena *a, const char *tax_id, const char *domain, const char *phone,
                       const char *address, struct match_fields *out)
{
    out->tax_id = read_tax_id(a, or_empty(tax_id));
    out->domain = read_domain(a, or_empty(domain));
    out->phone = read_phone(a, or_empty(phone));
    out->address = read_address(a, or_empty(address));
}
