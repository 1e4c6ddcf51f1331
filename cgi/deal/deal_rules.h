/* deal/deal_rules.h - automatic rules: ordered rows of conditions and an outcome.  The first active
 * rule whose conditions all hold decides; what it may not decide alone goes to a person. */
#pragma once

#include "deal/deal.h"

struct deal_rule {
    int64_t id, position;
    const char *name_en, *name_zh;
    bool active;
    int64_t tier_id; /* 0: any */
    int64_t amount_least,
        amount_most;         /* ten-thousandths of the reporting currency, both included */
    int64_t product_line_id; /* 0: any; else one of the lines */
    const char *country, *deal_type, *verdict; /* "": any */
    const char *outcome;                       /* approve, reject, assign */
    const char *reason_code;
    int64_t assign_user_id, assign_department_id;
    int64_t tried_at, tried_matched, tried_agreed;
};

/* What the conditions ask of a registration. */
struct deal_facts {
    int64_t tier_id;
    int64_t amount; /* in the reporting currency; 0 when its currency has no rate */
    const struct deal_line *lines;
    size_t line_count;
    const char *country, *deal_type, *verdict;
};

/* True when every condition holds.  A rule that asks for an amount does not hold for an unknown
 * one. */
bool deal_rule_holds(const struct deal_rule *rule, const struct deal_facts *facts);
/* The first active rule that holds; NULL when none does. */
const struct deal_rule *deal_rule_first(const struct deal_rule *rules, size_t count,
                                        const struct deal_facts *facts);

/* In their order. */
struct err *deal_rules_load(struct db *db, struct arena *a, struct deal_rule **rules_out,
                            size_t *count_out);
struct err *deal_facts_read(struct db *db, struct arena *a, const struct deal *deal,
                            struct deal_facts *facts_out);

/* Puts a rule to every registration that a person has decided, newest first, at most DEAL_TRIED of
 * them, and remembers the two numbers with the rule: how many it would have decided, and how many
 * the same way. */
enum { DEAL_TRIED = 10000 };
struct err *deal_rule_try(struct db *db, struct arena *a, const struct deal_rule *rule,
                          int64_t *matched_out, int64_t *agreed_out);
