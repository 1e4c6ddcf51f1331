/* text/company_han.c - the Chinese, Japanese or Korean part of a company's name: from its ends
 * inwards, by the vocabulary (company_words.c). */
#include "text/company_inside.h"

#include "base/str.h"

#include <string.h>

enum {
    CJK_WORD_BYTES = 36, /* the longest word of the vocabulary, 3 bytes a character */
    TRADE_WORDS_MAX = 12,
    DF_PROVINCE = 20000 /* regions from here on are provinces and countries */
};

static const struct company_word *find_cjk(const struct cut *cut, const char *text, size_t len,
                                           unsigned kinds)
{
    return text_word_find(cut->ctx, text, len, kinds);
}

static void add_region(struct cut *cut, const char *text, size_t len)
{
    memcpy(cut->region + cut->region_len, text, len);
    cut->region_len += len;
}

void company_close_bracket(struct cut *cut, size_t cjk_start)
{
    static const char city[] = "市";
    char *text = cut->cjk + cjk_start;
    size_t len = cut->cjk_len - cjk_start, bare = len;

    if (len > 6 && memcmp(text + len - 3, city, 3) == 0)
        bare -= 3;
    const struct company_word *word = find_cjk(cut, text, len, WORD_CJK_LEGAL);
    if (len == 0 || bare == 0)
        return;
    if (find_cjk(cut, text, bare, WORD_CJK_REGION) != NULL)
        add_region(cut, text, bare);
    else if (word != NULL)
        cut->cjk_legal = word->canonical;
    else
        return;
    cut->cjk_len = cjk_start;
}

struct han {
    char *text; /* what is left */
    size_t len;
    const char *trade, *trade_en, *branch, *office;
};

static bool ends_with(const char *text, size_t len, const char *end)
{
    size_t n = strlen(end);

    return len >= n && memcmp(text + len - n, end, n) == 0;
}

/* The longest word of KINDS at the end of TEXT; all characters of the vocabulary have 3 bytes. */
static const struct company_word *longest_end(const struct cut *cut, const char *text, size_t len,
                                              unsigned kinds)
{
    for (size_t n = len < CJK_WORD_BYTES ? len - len % 3 : CJK_WORD_BYTES; n >= 3; n -= 3) {
        const struct company_word *word = find_cjk(cut, text + len - n, n, kinds);

        if (word != NULL)
            return word;
    }
    return NULL;
}

static const struct company_word *longest_front(const struct cut *cut, const char *text, size_t len,
                                                unsigned kinds)
{
    for (size_t n = len < CJK_WORD_BYTES ? len - len % 3 : CJK_WORD_BYTES; n >= 3; n -= 3) {
        const struct company_word *word = find_cjk(cut, text, n, kinds);

        if (word != NULL)
            return word;
    }
    return NULL;
}

/* …有限公司上海分公司, …银行上海分行: the body behind the company's own end. */
static void split_office(const struct cut *cut, struct han *h)
{
    static const char *const ends[] = { "公司", "银行", "集团", "大学" };
    const struct company_word *office = longest_end(cut, h->text, h->len, WORD_CJK_OFFICE);

    h->office = "";
    if (office == NULL || office->len == h->len)
        return;
    size_t keep = h->len - office->len;
    for (size_t e = 0; e < ARRAY_LEN(ends); e++) {
        for (size_t n = keep; n > 6; n--) {
            if (ends_with(h->text, n, ends[e])) {
                h->office = arena_dup_bytes(cut->arena, h->text + n, h->len - n);
                h->len = n;
                return;
            }
        }
    }
    h->office = arena_dup_bytes(cut->arena, h->text + keep, office->len);
    h->len = keep;
}

static void strip_cjk_legal(struct cut *cut, struct han *h)
{
    const struct company_word *word = longest_end(cut, h->text, h->len, WORD_CJK_LEGAL);

    if (word != NULL && word->len < h->len) {
        h->len -= word->len;
        cut->cjk_legal = word->canonical;
    }
    word = longest_front(cut, h->text, h->len, WORD_CJK_LEGAL);
    if (word != NULL && word->len < h->len && strcmp(word->canonical, "kk") == 0) {
        h->text += word->len;
        h->len -= word->len;
        cut->cjk_legal = word->canonical;
    }
}

static size_t skip_region_mark(const char *text, size_t len, bool province)
{
    static const char *const marks[] = { "市", "区", "县", "州" };

    if (len <= 6 || memcmp(text, "市场", 6) == 0)
        return 0;
    if (province && memcmp(text, "省", 3) == 0)
        return 3;
    for (size_t i = 0; i < ARRAY_LEN(marks); i++)
        if (memcmp(text, marks[i], 3) == 0)
            return 3;
    return 0;
}

/* A region is followed only by a smaller one: in 广州广安旅游, 广安 is the brand although it is a
 * city.  The vocabulary's frequencies fall from countries and provinces to districts. */
static void strip_region(struct cut *cut, struct han *h)
{
    uint32_t above = UINT32_MAX;

    for (int i = 0; i < 3; i++) {
        const struct company_word *word =
            longest_front(cut, h->text, h->len < 18 ? h->len : 18, WORD_CJK_REGION);
        uint32_t df = word != NULL ? company_rows[word->row].df : 0;

        if (word == NULL || word->len + 6u > h->len || df >= above)
            return;
        above = df;
        add_region(cut, h->text, word->len);
        h->text += word->len;
        h->len -= word->len;
        size_t mark = skip_region_mark(h->text, h->len, df >= DF_PROVINCE);
        h->text += mark;
        h->len -= mark;
    }
}

static const char *join_front(struct arena *a, const char *word, const char *rest, const char *gap)
{
    return rest[0] == '\0' ? word : arena_printf(a, "%s%s%s", word, gap, rest);
}

/* Trade and branch words come off the end, one after the other, as long as a brand of two
 * characters stays; a name of nothing else keeps them as its brand. */
static void strip_trade(struct cut *cut, struct han *h)
{
    struct arena *a = cut->arena;
    size_t least = 6;

    h->trade = h->trade_en = h->branch = "";
    /* "北京银行": what follows is one trade word, so the region is the brand. */
    const struct company_word *all =
        find_cjk(cut, h->text, h->len, WORD_CJK_TRADE | WORD_CJK_BRANCH);
    if (all != NULL && cut->region_len > 0) {
        h->text =
            arena_printf(a, "%.*s%.*s", (int)cut->region_len, cut->region, (int)h->len, h->text);
        h->len += cut->region_len;
        cut->region_len = 0;
    }
    for (int i = 0; i < TRADE_WORDS_MAX && h->len > least; i++) {
        const struct company_word *w =
            longest_end(cut, h->text, h->len, WORD_CJK_TRADE | WORD_CJK_BRANCH);

        if (w == NULL || h->len - w->len < least)
            return;
        h->len -= w->len;
        const char *canonical = arena_dup_bytes(a, w->canonical, w->canonical_len);
        if (company_rows[w->row].kind == WORD_CJK_BRANCH) {
            h->branch = join_front(a, canonical, h->branch, " ");
            continue;
        }
        h->trade = join_front(a, arena_dup_bytes(a, w->text, w->len), h->trade, "");
        h->trade_en = join_front(a, canonical, h->trade_en, " ");
    }
}

void company_split_han(struct cut *cut, struct company_name *out)
{
    struct han h = { .text = cut->cjk,
                     .len = cut->cjk_len,
                     .trade = "",
                     .trade_en = "",
                     .branch = "",
                     .office = "" };

    if (h.len > 0) {
        split_office(cut, &h);
        strip_cjk_legal(cut, &h);
        strip_region(cut, &h);
        strip_trade(cut, &h);
    }
    out->brand = arena_dup_bytes(cut->arena, h.text, h.len);
    out->trade = h.trade;
    out->trade_en = h.trade_en;
    out->branch = h.branch;
    out->office = h.office;
    out->region = arena_dup_bytes(cut->arena, cut->region, cut->region_len);
}
