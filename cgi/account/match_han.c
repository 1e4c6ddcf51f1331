/* account/match_han.c - two Chinese, Japanese or Korean names by brand, trade and region.
 *
 * The brand decides: a name without its trade or its region is the same company's short name, while
 * one other character makes another brand when the brand has two or three.  So a replaced character
 * counts only in longer brands, or when it sounds the same (the usual error of an input method). */
#include "account/match_inside.h"

#include "account/match_distance.h"

#include <string.h>

static double ratio(size_t a, size_t b)
{
    return a < b ? (double)a / (double)b : b == 0 ? 1 : (double)b / (double)a;
}

static bool same_text(const uint32_t *a, size_t a_len, const uint32_t *b, size_t b_len)
{
    return a_len == b_len && memcmp(a, b, a_len * sizeof(*a)) == 0;
}

static bool is_prefix(const uint32_t *a, size_t a_len, const uint32_t *b, size_t b_len)
{
    return a_len <= b_len && memcmp(a, b, a_len * sizeof(*a)) == 0;
}

enum trade_relation { TRADE_EQUAL, TRADE_MISSING, TRADE_NEAR, TRADE_OTHER };

static enum trade_relation compare_trade(const struct match_name *a, const struct match_name *b)
{
    if (same_text(a->trade, a->trade_len, b->trade, b->trade_len))
        return TRADE_EQUAL;
    if (a->trade_len == 0 || b->trade_len == 0)
        return TRADE_MISSING;
    /* 商务 and 商务信息技术: one says more than the other. */
    if (is_prefix(a->trade, a->trade_len, b->trade, b->trade_len) ||
        is_prefix(b->trade, b->trade_len, a->trade, a->trade_len))
        return TRADE_NEAR;
    size_t most = a->trade_len > b->trade_len ? a->trade_len : b->trade_len;
    size_t distance = match_distance(a->trade, a->trade_len, b->trade, b->trade_len);
    return 2 * distance <= most ? TRADE_NEAR : TRADE_OTHER;
}

/* The same brand: how sure it is without and with the rest. */
static struct match_part same_brand(const struct match_name *a, const struct match_name *b)
{
    static const double by_trade[] = {
        [TRADE_EQUAL] = 1.0, [TRADE_MISSING] = .88, [TRADE_NEAR] = .82, [TRADE_OTHER] = .72
    };
    enum trade_relation trade = compare_trade(a, b);
    double score = by_trade[trade];

    /* Brands of two characters (东方, 宏达) are in every trade of every city. */
    if (trade == TRADE_OTHER && a->brand_len <= 2)
        return (struct match_part){ .60, MATCH_BY_BRAND };

    /* Two cities and two trades: two companies with one of the brands that many use. */
    if (match_regions_differ(a, b))
        score -= trade == TRADE_EQUAL ? .12 : .20;
    return (struct match_part){ score, MATCH_BY_BRAND };
}

static bool is_digit_character(uint32_t c)
{
    static const uint32_t digits[] = { 0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94,
                                       0x516D, 0x4E03, 0x516B, 0x4E5D, 0x5341 };

    for (size_t i = 0; i < sizeof(digits) / sizeof(digits[0]); i++)
        if (c == digits[i])
            return true;
    return false;
}

/* 第四 and 第五 are two bodies, not one with an error. */
static bool numerals_differ(const struct match_name *a, const struct match_name *b)
{
    for (size_t i = 0; a->brand_len == b->brand_len && i < a->brand_len; i++)
        if (a->brand[i] != b->brand[i] && is_digit_character(a->brand[i]) &&
            is_digit_character(b->brand[i]))
            return true;
    return false;
}

/* One character of the brand is another one, is missing, or two are swapped. */
static struct match_part near_brand(const struct match_name *a, const struct match_name *b)
{
    size_t longer = a->brand_len > b->brand_len ? a->brand_len : b->brand_len;
    enum trade_relation trade = compare_trade(a, b);
    double score = 0;

    if (numerals_differ(a, b) || match_distance(a->brand, a->brand_len, b->brand, b->brand_len) > 1)
        return (struct match_part){ 0 };
    bool sounds_same = a->pinyin[0] != '\0' && strcmp(a->pinyin, b->pinyin) == 0;
    if (trade == TRADE_EQUAL && !match_regions_differ(a, b)) {
        bool same_form = strcmp(a->part.legal, b->part.legal) == 0 || a->part.legal[0] == '\0' ||
                         b->part.legal[0] == '\0';

        /* Two characters are enough where the trade is so long that few share it. */
        if (longer == 2 && a->trade_len >= 6 && same_form)
            score = .66;
        if (longer >= 4 || (longer == 3 && same_form))
            score = .62 + .03 * (double)(longer < 6 ? longer : 6);
        if (sounds_same && (longer >= 3 || same_form))
            score = .80;
        /* A region that both name makes an error likelier than another company. */
        else if (longer >= 3 && (a->part.region[0] == '\0') != (b->part.region[0] == '\0'))
            score -= .06;
    } else if (trade != TRADE_OTHER && longer >= 5) {
        score = .66;
    }
    return (struct match_part){ score, MATCH_BY_CHARACTERS };
}

/* A short name is the beginning of the long one: "杰哥" for "杰哥优选科技". */
static struct match_part short_name(const struct match_name *a, const struct match_name *b)
{
    const struct match_name *s = a->brand_len <= b->brand_len ? a : b, *l = s == a ? b : a;

    if (!is_prefix(s->brand, s->brand_len, l->brand, l->brand_len) || s->brand_len < 2)
        return (struct match_part){ 0 };
    double part = ratio(s->brand_len, l->brand_len);
    bool bare = s->trade_len == 0 && s->part.legal[0] == '\0';
    double score = bare ? .68 + .2 * part : s->brand_len >= 3 ? .5 + .25 * part : .4;
    if (match_regions_differ(a, b))
        score -= .12;
    return (struct match_part){ score, MATCH_BY_CONTAINED };
}

static size_t join(const struct match_name *n, uint32_t *out)
{
    memcpy(out, n->brand, n->brand_len * sizeof(*out));
    memcpy(out + n->brand_len, n->trade, n->trade_len * sizeof(*out));
    return n->brand_len + n->trade_len;
}

/* A wrong character in the trade, or in what the vocabulary took for it: the brand is then cut
 * differently, but the beginning agrees. */
static bool differs_behind_brand(const struct match_name *a, const struct match_name *b,
                                 const uint32_t *wa, size_t la, const uint32_t *wb, size_t lb)
{
    const size_t least = 5;
    /* 集团 with a wrong character is no branch word any more, and stands in one of the two only. */
    const size_t most = strcmp(a->part.branch, b->part.branch) == 0 ? 1 : 2;

    return la >= least && lb >= least && a->brand_len >= 2 && b->brand_len >= 2 &&
           (is_prefix(a->brand, a->brand_len, b->brand, b->brand_len) ||
            is_prefix(b->brand, b->brand_len, a->brand, a->brand_len)) &&
           match_distance(wa, la, wb, lb) <= most;
}

/* The vocabulary may cut two spellings differently: compare what it cut from, too. */
static struct match_part whole_name(const struct match_name *a, const struct match_name *b)
{
    uint32_t wa[2 * MATCH_BRAND_MAX], wb[2 * MATCH_BRAND_MAX];
    size_t la = join(a, wa), lb = join(b, wb);

    if (same_text(wa, la, wb, lb))
        return (struct match_part){ 1.0, MATCH_BY_CORE };
    if (la >= 2 && lb >= 2 && (is_prefix(wa, la, wb, lb) || is_prefix(wb, lb, wa, la))) {
        double score = .66 + .2 * ratio(la, lb);
        const struct match_name *s = la < lb ? a : b;

        if (s->trade_len == 0 && s->part.legal[0] == '\0' && !match_regions_differ(a, b))
            return (struct match_part){ score, MATCH_BY_CONTAINED };
    }
    if (!match_regions_differ(a, b) && differs_behind_brand(a, b, wa, la, wb, lb))
        return (struct match_part){ .74, MATCH_BY_CHARACTERS };
    return (struct match_part){ 0 };
}

struct match_part match_score_han(const struct match_name *a, const struct match_name *b)
{
    struct match_part parts[3] = { 0 }, best = { 0 };

    if (same_text(a->brand, a->brand_len, b->brand, b->brand_len))
        return same_brand(a, b);
    parts[0] = near_brand(a, b);
    parts[1] = short_name(a, b);
    parts[2] = whole_name(a, b);
    for (size_t i = 0; i < 3; i++)
        if (parts[i].score > best.score)
            best = parts[i];
    return best;
}
