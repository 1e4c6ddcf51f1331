/* lead/lead_rule.h - which partner is next, decided without a database: what a rule asks of a lead,
 * what it asks of a partner, and how it chooses among those that fit.
 *
 * A rule is a row of table lead_rule.  Rules are asked in their order; the first that a lead fits
 * and that has a partner for it decides. */
#pragma once

#include "account/territory.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum lead_method {
    LEAD_BY_TURN,  /* who was given something longest ago */
    LEAD_BY_LEAST, /* who has least open */
    LEAD_BY_BEST,  /* who converts most */
    LEAD_TO_POOL,  /* partners take it themselves */
    LEAD_TO_PERSON /* staff choose */
};
enum { LEAD_METHODS = LEAD_TO_PERSON + 1 };
extern const char *const lead_method_codes[LEAD_METHODS]; /* turn, least, best, pool, person */
enum lead_method lead_method_find(const char *code);      /* LEAD_TO_PERSON for what is none */

struct lead_rule {
    int64_t id, position, row_version;
    const char *name_en, *name_zh;
    bool active;
    /* what the lead must be */
    const char *country, *region, *lang; /* "": any */
    int64_t territory_id, product_line_id, score_least;
    /* what the partner must be */
    const char *place; /* "", country, territory */
    bool sells_line, speaks;
    int64_t tier_id, tier_rank; /* that tier or a higher one; 0: any */
    const char *course; /* somebody there holds a certificate of it that is valid; "": any */
    const char *method;
    int64_t tried_at, tried_leads, tried_matched, tried_served;
};

/* What rules look at of a lead. */
struct lead_facts {
    int64_t id, product_line_id, score;
    const char *country, *region, *lang;
    struct territory_path territories; /* of its place, and those above it */
};

/* What they look at of a partner, as it is now. */
struct lead_candidate {
    int64_t account_id;
    const char *name, *status, *country;
    int64_t territory_id, tier_rank;
    const char *countries, *line_ids, *langs; /* as table lead_partner has them */
    const char *people_langs;                 /* of its people; "" when nobody may answer */
    int64_t open, open_most;                  /* 0: no limit of its own */
    int64_t closed, converted;                /* leads that it has finished, and with success */
    int64_t last_at;                          /* when this rule gave it something; 0: never */
    bool paused, had_it, certified; /* certified: as the rule asks, true when it does not */
};

/* Why a partner is not asked. */
enum lead_why {
    LEAD_FITS,
    LEAD_WHY_STATUS,
    LEAD_WHY_NOBODY,
    LEAD_WHY_PAUSED,
    LEAD_WHY_HAD_IT,
    LEAD_WHY_PLACE,
    LEAD_WHY_LINE,
    LEAD_WHY_TIER,
    LEAD_WHY_COURSE,
    LEAD_WHY_LANG,
    LEAD_WHY_FULL,
    LEAD_WHY_COUNT
};
extern const char *const lead_why_codes[LEAD_WHY_COUNT]; /* "" for LEAD_FITS */
enum lead_why lead_why_find(const char *code);

bool lead_rule_matches(const struct lead_rule *rule, const struct lead_facts *lead);
/* RULE NULL: only what holds whatever the rule. */
enum lead_why lead_fit(const struct lead_rule *rule, const struct lead_facts *lead,
                       const struct lead_candidate *partner);
/* The partner that METHOD chooses of those whose WHY is LEAD_FITS; NULL when none fits, or the
 * method is not one that chooses. */
const struct lead_candidate *lead_choose(enum lead_method method,
                                         const struct lead_candidate *partners,
                                         const enum lead_why *why, size_t count);
/* How often a partner converts, in basis points.  Who has hardly begun is thought to be as good as
 * one of four: else nobody new would ever be asked. */
int64_t lead_closing_bp(const struct lead_candidate *partner);
/* True when LIST, whose parts are separated by commas, has TEXT. */
bool lead_list_has(const char *list, const char *text);
