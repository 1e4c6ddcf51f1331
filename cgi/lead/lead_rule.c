/* lead/lead_rule.c */
#include "lead/lead_rule.h"

#include "base/str.h"

#include <string.h>

const char *const lead_method_codes[LEAD_METHODS] = {
    [LEAD_BY_TURN] = "turn", [LEAD_BY_LEAST] = "least",   [LEAD_BY_BEST] = "best",
    [LEAD_TO_POOL] = "pool", [LEAD_TO_PERSON] = "person",
};

const char *const lead_why_codes[LEAD_WHY_COUNT] = {
    [LEAD_FITS] = "",
    [LEAD_WHY_STATUS] = "status",
    [LEAD_WHY_NOBODY] = "nobody",
    [LEAD_WHY_PAUSED] = "paused",
    [LEAD_WHY_HAD_IT] = "had_it",
    [LEAD_WHY_PLACE] = "place",
    [LEAD_WHY_LINE] = "line",
    [LEAD_WHY_TIER] = "tier",
    [LEAD_WHY_COURSE] = "course",
    [LEAD_WHY_LANG] = "lang",
    [LEAD_WHY_FULL] = "full",
};

static size_t find(const char *const *codes, size_t count, const char *code)
{
    size_t i = 0;

    while (i < count && !str_eq(codes[i], code))
        i++;
    return i;
}

enum lead_method lead_method_find(const char *code)
{
    const size_t i = find(lead_method_codes, LEAD_METHODS, code);

    return i < LEAD_METHODS ? (enum lead_method)i : LEAD_TO_PERSON;
}

enum lead_why lead_why_find(const char *code)
{
    return (enum lead_why)find(lead_why_codes, LEAD_WHY_COUNT, code);
}

bool lead_list_has(const char *list, const char *text)
{
    const size_t len = strlen(text);

    while (*list != '\0') {
        const size_t part = strcspn(list, ",");

        if (part == len && strncmp(list, text, len) == 0)
            return true;
        list += part + (list[part] == ',');
    }
    return false;
}

/* -- what is asked of the lead -------------------------------------------------------------------
 */

static bool is_any_or(const char *wanted, const char *is)
{
    return str_is_empty(wanted) || str_eq(wanted, is);
}

bool lead_rule_matches(const struct lead_rule *rule, const struct lead_facts *lead)
{
    return is_any_or(rule->country, lead->country) && is_any_or(rule->region, lead->region) &&
           is_any_or(rule->lang, lead->lang) &&
           (rule->territory_id == 0 ||
            territory_path_has(&lead->territories, rule->territory_id)) &&
           (rule->product_line_id == 0 || rule->product_line_id == lead->product_line_id) &&
           lead->score >= rule->score_least;
}

/* -- what is asked of the partner ----------------------------------------------------------------
 */

static bool sells_in_country(const struct lead_candidate *partner, const struct lead_facts *lead)
{
    return str_is_empty(partner->countries) ? str_eq(partner->country, lead->country)
                                            : lead_list_has(partner->countries, lead->country);
}

/* Its own territory covers the place, or it has named the country. */
static bool is_in_place(const struct lead_rule *rule, const struct lead_facts *lead,
                        const struct lead_candidate *partner)
{
    if (str_eq(rule->place, "country"))
        return sells_in_country(partner, lead);
    if (!str_eq(rule->place, "territory"))
        return true;
    if (!str_is_empty(partner->countries) && lead_list_has(partner->countries, lead->country))
        return true;
    return territory_path_has(&lead->territories, partner->territory_id);
}

static bool sells_line(const struct lead_candidate *partner, int64_t line_id)
{
    char space[STR_I64_BYTES];

    return line_id == 0 || str_is_empty(partner->line_ids) ||
           lead_list_has(partner->line_ids, str_from_i64(line_id, space));
}

static bool speaks(const struct lead_candidate *partner, const char *lang)
{
    return lead_list_has(str_is_empty(partner->langs) ? partner->people_langs : partner->langs,
                         lang);
}

static enum lead_why fit_of_itself(const struct lead_candidate *partner)
{
    if (!str_eq(partner->status, "active"))
        return LEAD_WHY_STATUS;
    if (str_is_empty(partner->people_langs))
        return LEAD_WHY_NOBODY;
    if (partner->paused)
        return LEAD_WHY_PAUSED;
    return partner->had_it ? LEAD_WHY_HAD_IT : LEAD_FITS;
}

enum lead_why lead_fit(const struct lead_rule *rule, const struct lead_facts *lead,
                       const struct lead_candidate *partner)
{
    const enum lead_why itself = fit_of_itself(partner);

    if (itself != LEAD_FITS)
        return itself;
    if (rule != NULL && !is_in_place(rule, lead, partner))
        return LEAD_WHY_PLACE;
    if (rule != NULL && rule->sells_line && !sells_line(partner, lead->product_line_id))
        return LEAD_WHY_LINE;
    if (rule != NULL && partner->tier_rank < rule->tier_rank)
        return LEAD_WHY_TIER;
    if (rule != NULL && !partner->certified)
        return LEAD_WHY_COURSE;
    if (rule != NULL && rule->speaks && !speaks(partner, lead->lang))
        return LEAD_WHY_LANG;
    if (partner->open_most > 0 && partner->open >= partner->open_most)
        return LEAD_WHY_FULL;
    return LEAD_FITS;
}

/* -- choosing ------------------------------------------------------------------------------------
 */

int64_t lead_closing_bp(const struct lead_candidate *partner)
{
    return (partner->converted + 1) * 10000 / (partner->closed + 4);
}

/* <0: X goes first. */
static int compare(int64_t x, int64_t y)
{
    return (x > y) - (x < y);
}

static int by_turn(const struct lead_candidate *x, const struct lead_candidate *y)
{
    const int turn = compare(x->last_at, y->last_at);

    return turn != 0 ? turn : compare(x->account_id, y->account_id);
}

static int by_least(const struct lead_candidate *x, const struct lead_candidate *y)
{
    const int open = compare(x->open, y->open);

    return open != 0 ? open : by_turn(x, y);
}

static int by_best(const struct lead_candidate *x, const struct lead_candidate *y)
{
    /* Shares compared without dividing: x/a > y/b as x*b > y*a. */
    const int closing =
        compare((y->converted + 1) * (x->closed + 4), (x->converted + 1) * (y->closed + 4));

    return closing != 0 ? closing : by_least(x, y);
}

static int (*const orders[LEAD_METHODS])(const struct lead_candidate *x,
                                         const struct lead_candidate *y) = {
    [LEAD_BY_TURN] = by_turn,
    [LEAD_BY_LEAST] = by_least,
    [LEAD_BY_BEST] = by_best,
};

const struct lead_candidate *lead_choose(enum lead_method method,
                                         const struct lead_candidate *partners,
                                         const enum lead_why *why, size_t count)
{
    const struct lead_candidate *first = NULL;

    for (size_t i = 0; i < count && orders[method] != NULL; i++)
        if (why[i] == LEAD_FITS && (first == NULL || orders[method](&partners[i], first) < 0))
            first = &partners[i];
    return first;
}
