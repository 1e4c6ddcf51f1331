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

static double weight_of(const struct side *s, size_t i)
{
    /* What stood in brackets explains a name more than it is one. */
    const double soft = .6;

    return s->name->weight[i] * (s->name->tokens[i].soft && s->found[i] == 0 ? soft : 1);
}

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
    size_t most = longer >= 9 ? 2 : longer >= 5 ? 1 : longer >= 3 && !strict ? 1 : 0;

    if (most == 0 || longer - shorter > most || shorter < 2 || s->kind != TOKEN_WORD ||
        t->kind != TOKEN_WORD || has_digit(s) || has_digit(t))
        return 0;
    size_t distance = match_distance_ascii(s->text, s->len, t->text, t->len);
    return distance > most ? 0 : 1 - (double)distance / (double)longer;
}

static void match_typed(struct side *a, struct side *b, bool strict)
{
    for (size_t i = 0; i < a->name->token_count; i++) {
        double best = 0;
        size_t at = 0;

        for (size_t j = 0; a->found[i] == 0 && j < b->name->token_count; j++) {
            double value = b->found[j] == 0 ? likeness(token(a, i), token(b, j), strict) : 0;

            if (value > best) {
                best = value;
                at = j;
            }
        }
        if (best > 0)
            a->found[i] = b->found[at] = best;
    }
}

static void sum(const struct side *s, double *found_out, double *all_out)
{
    *found_out = *all_out = 0;
    for (size_t i = 0; i < s->name->token_count; i++) {
        *all_out += weight_of(s, i);
        *found_out += s->found[i] * weight_of(s, i);
    }
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

static size_t found_words(const struct side *s)
{
    size_t count = 0;

    for (size_t i = 0; i < s->name->token_count; i++)
        count += s->found[i] > 0;
    return count;
}

/* All of the shorter name is in the longer one. */
static double contained(const struct side *a, double a_found, double a_all, const struct side *b,
                        double b_found, double b_all)
{
    bool a_short = a_all <= b_all;
    const struct side *s = a_short ? a : b, *l = a_short ? b : a;
    double covered = a_short ? a_found / a_all : b_found / b_all;

    if (covered < .995 || !agrees_on_rare(s, rare_weight))
        return 0;
    if (found_words(s) >= 2)
        return .80;
    /* "Komatsu" for "Komatsu Forklift Parts", but not "Nile" for "Blue Nile". */
    return s->name->token_count == 1 && l->found[0] >= 1 && token(s, 0)->len >= 4 ? .70 : 0;
}

struct match_part match_score_words(const struct match_name *a, const struct match_name *b)
{
    struct side sa = { .name = a }, sb = { .name = b };
    double a_found, a_all, b_found, b_all;

    if (a->token_count == 0 || b->token_count == 0)
        return (struct match_part){ 0 };
    match_equal(&sa, &sb);
    match_joined(&sa, &sb);
    match_joined(&sb, &sa);
    match_initials(&sa, &sb);
    match_initials(&sb, &sa);
    match_typed(&sa, &sb, true);
    if (agrees_on_rare(&sa, 3.0))
        match_typed(&sa, &sb, false);
    sum(&sa, &a_found, &a_all);
    sum(&sb, &b_found, &b_all);
    struct match_part part = { (a_found + b_found) / (a_all + b_all), MATCH_BY_WORDS };
    if (part.score >= .995 && (a->by_alias || b->by_alias))
        part = (struct match_part){ .97, MATCH_BY_ALIAS };
    double inside = contained(&sa, a_found, a_all, &sb, b_found, b_all);
    if (inside > part.score)
        part = (struct match_part){ inside, MATCH_BY_CONTAINED };
    return part;
}
