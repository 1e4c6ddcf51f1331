/* account/match_words.c - two names by their Latin words.
 *
 * Words are matched in four passes, each taking what the one before left: equal, joined or split
 * ("Wal Mart" and "Walmart"), initials ("UC" and "University of California"), typing errors.  The
 * score is the weight of what found a partner in all weight of both, so that a common word counts
 * little. */
#include "account/match_inside.h"

#include "account/match_distance.h"

#include <string.h>

struct side {
    const struct match_name *name;
    double found[MATCH_TOKENS_MAX]; /* 0: no partner yet; else how well, up to 1 */
};

static const struct company_token *token(const struct side *s, size_t i)
{
    return &s->name->tokens[i];
}

static void match_equal(struct side *a, struct side *b)
{
    for (size_t i = 0; i < a->name->token_count; i++) {
        for (size_t j = 0; j < b->name->token_count; j++) {
            const struct company_token *s = token(a, i), *t = token(b, j);

            if (b->found[j] == 0 && s->len == t->len && memcmp(s->text, t->text, s->len) == 0) {
                a->found[i] = b->found[j] = 1;
                break;
            }
        }
    }
}

/* True when COUNT free words of S from I on make up T. */
static bool makes_up(const struct side *s, size_t i, size_t count, const struct company_token *t)
{
    size_t at = 0;

    for (size_t k = i; k < i + count; k++) {
        const struct company_token *part = token(s, k);

        if (s->found[k] != 0 || at + part->len > t->len ||
            memcmp(t->text + at, part->text, part->len) != 0)
            return false;
        at += part->len;
    }
    return at == t->len;
}

static void match_joined(struct side *parts, struct side *whole)
{
    for (size_t j = 0; j < whole->name->token_count; j++)
        for (size_t count = 2; count <= 3; count++)
            for (size_t i = 0; i + count <= parts->name->token_count && whole->found[j] == 0; i++) {
                if (!makes_up(parts, i, count, token(whole, j)))
                    continue;
                whole->found[j] = 1;
                for (size_t k = i; k < i + count; k++)
                    parts->found[k] = 1;
            }
}

static bool are_initials(const struct side *s, size_t i, size_t count,
                         const struct company_token *t)
{
    for (size_t k = 0; k < count; k++) {
        const struct company_token *word = token(s, i + k);

        if (s->found[i + k] != 0 || word->len < 2 || word->text[0] != t->text[k])
            return false;
    }
    return true;
}

static void match_initials(struct side *words, struct side *letters)
{
    const double two_letters = .70, more_letters = .88;

    for (size_t j = 0; j < letters->name->token_count; j++) {
        const struct company_token *t = token(letters, j);

        if (letters->found[j] != 0 || t->len < 2 || t->len > 6 || t->kind == TOKEN_NUMBER)
            continue;
        for (size_t i = 0; i + t->len <= words->name->token_count; i++) {
            if (!are_initials(words, i, t->len, t))
                continue;
            double value = t->len == 2 ? two_letters : more_letters;

            letters->found[j] = value;
            for (size_t k = i; k < i + t->len; k++)
                words->found[k] = value;
            break;
        }
    }
}

static bool has_digit(const struct company_token *t)
{
    for (size_t i = 0; i < t->len; i++)
        if (t->text[i] >= '0' && t->text[i] <= '9')
            return true;
    return false;
}

/* How alike two words are when one is the other with typing errors; 0 when they are two words.
 * STRICT is off when other words of the names agree: a short word may then differ, too. */
static double likeness(const struct company_token *s, const struct company_token *t, bool strict)
{
    size_t longer = s->len > t->len ? s->len : t->len;
    size_t shorter = s->len > t->len ? t->len : s->len;
    size_t most = longer >= 11 ? 2 : longer >= 5 ? 1 : longer >= 3 && !strict ? 1 : 0;

    /* A mistyped country is no country any more, so one of the two may be of another kind. */
    if (most == 0 || longer - shorter > most || shorter < 2 ||
        (s->kind != TOKEN_WORD && t->kind != TOKEN_WORD) || has_digit(s) || has_digit(t))
        return 0;
    size_t distance = match_distance_ascii(s->text, s->len, t->text, t->len);
    return distance > most ? 0 : 1 - (double)distance / (double)longer;
}

/* Two syllables of pinyin that differ in a letter are two syllables: no typing error. */
static bool is_pinyin(const struct side *s, size_t i)
{
    return s->name->by_pinyin && i == 0;
}

static void match_typed(struct side *a, struct side *b, bool strict)
{
    for (size_t i = 0; i < a->name->token_count; i++) {
        double best = 0;
        size_t at = 0;

        for (size_t j = 0; a->found[i] == 0 && j < b->name->token_count; j++) {
            bool open = b->found[j] == 0 && !is_pinyin(a, i) && !is_pinyin(b, j);
            double value = open ? likeness(token(a, i), token(b, j), strict) : 0;

            if (value > best) {
                best = value;
                at = j;
            }
        }
        if (best > 0)
            a->found[i] = b->found[at] = best;
    }
}

/* What found a partner, and what did not. */
struct balance {
    double found, left;
    double soft_left; /* the part of left that stood in brackets */
    double body_left; /* the part of left that names a country or another body of the group */
};

static bool is_body(const struct company_token *t)
{
    return t->kind == TOKEN_BRANCH || t->kind == TOKEN_COUNTRY;
}

static struct balance balance_of(const struct side *s)
{
    struct balance b = { 0 };

    for (size_t i = 0; i < s->name->token_count; i++) {
        double left = (1 - s->found[i]) * s->name->weight[i];

        b.found += s->found[i] * s->name->weight[i];
        b.left += left;
        b.soft_left += token(s, i)->soft ? left : 0;
        b.body_left += is_body(token(s, i)) ? left : 0;
    }
    return b;
}

/* Dice's coefficient over weights, with two differences.  A word in brackets that only one name has
 * explains it and counts less.  Words left over on both sides contradict each other and count more
 * than the same words on one side; countries and branch words do not, being parts of one group. */
static double weigh_balance(const struct balance *a, const struct balance *b)
{
    const double one_sided = .8, soft = .6, both_sided = 1.5;
    double a_words = a->left - a->body_left, b_words = b->left - b->body_left;
    double clash = a_words < b_words ? a_words : b_words;
    double extra = a->left + b->left - 2 * clash;
    double extra_soft = a_words < b_words ? b->soft_left : a->soft_left;

    if (extra_soft > extra)
        extra_soft = extra;
    extra -= (1 - soft) * extra_soft;
    double found = a->found + b->found;
    return found / (found + one_sided * extra + both_sided * 2 * clash);
}

/* Weight from which on a word says which company it is, not what it does. */
static const double rare_weight = 6.0;

static bool agrees_on_rare(const struct side *s, double weight)
{
    for (size_t i = 0; i < s->name->token_count; i++)
        if (s->found[i] >= 1 && s->name->weight[i] >= weight)
            return true;
    return false;
}

/* A word without a partner that means something, or with one that is spelled differently: the names
 * may be the same, but not for sure. */
static const double most_with_rest = .91;

static bool has_rest(const struct side *s)
{
    const double weight_of_meaning = 4.0;

    for (size_t i = 0; i < s->name->token_count; i++)
        if ((s->found[i] == 0 && s->name->weight[i] >= weight_of_meaning) ||
            (s->found[i] > 0 && s->found[i] < 1))
            return true;
    return false;
}

static size_t found_words(const struct side *s)
{
    size_t count = 0;

    for (size_t i = 0; i < s->name->token_count; i++)
        count += s->found[i] > 0;
    return count;
}

/* All of the shorter name is in the longer one. */
static double contained(const struct side *a, const struct balance *a_sum, const struct side *b,
                        const struct balance *b_sum)
{
    bool a_short = a_sum->left <= b_sum->left;
    const struct side *s = a_short ? a : b, *l = a_short ? b : a;

    if ((a_short ? a_sum->left : b_sum->left) > .05)
        return 0;
    /* "Komatsu" for "Komatsu Forklift Parts", but not "Nile" for "Blue Nile". */
    if (s->name->token_count == 1)
        return l->found[0] >= 1 && token(s, 0)->len >= 4 ? .70 : 0;
    return agrees_on_rare(s, rare_weight) && found_words(s) >= 2 ? .80 : 0;
}

struct match_part match_score_words(const struct match_name *a, const struct match_name *b)
{
    struct side sa = { .name = a }, sb = { .name = b };

    if (a->token_count == 0 || b->token_count == 0)
        return (struct match_part){ 0 };
    match_equal(&sa, &sb);
    match_joined(&sa, &sb);
    match_joined(&sb, &sa);
    match_initials(&sa, &sb);
    match_initials(&sb, &sa);
    match_typed(&sa, &sb, true);
    if (agrees_on_rare(&sa, 2.5))
        match_typed(&sa, &sb, false);
    struct balance a_sum = balance_of(&sa), b_sum = balance_of(&sb);
    struct match_part part = { weigh_balance(&a_sum, &b_sum), MATCH_BY_WORDS };
    if (part.score >= .995 && (a->by_alias || b->by_alias))
        part = (struct match_part){ .97, MATCH_BY_ALIAS };
    if (part.score > most_with_rest && (has_rest(&sa) || has_rest(&sb)))
        part.score = most_with_rest;
    double inside = contained(&sa, &a_sum, &sb, &b_sum);
    if (inside > part.score)
        part = (struct match_part){ inside, MATCH_BY_CONTAINED };
    return part;
}
