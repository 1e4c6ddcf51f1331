/* deal/deal_rules.h - automatic rules: ordered rows of conditions and an outcome.  The first active
 * rule whose conditions all hold decides; what it may not decide alone goes to a person. */
#pragma once

#include "deal/deal.h"

#define DEAL_AMOUNT_ANY INT64_C(9000000000000000000) /* no bound */

struct deal_rule {
    int64_t id, position;
    const char *name_en, *name_zh;
    bool active;
    const char *covers; /* of steps of approval: "deal", "deal_amend", "both" */
    int64_t tier_id;    /* 0: any */
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

extern db_stmt_table deal_rule_statements[]; /* of loading and trying them */

/* In their order. */
struct err *deal_rules_load(struct db *db, struct arena *a, struct deal_rule **rules_out,
                            size_t *count_out);
struct err *deal_facts_read(struct db *db, struct arena *a, const struct deal *deal,
                            struct deal_facts *facts_out);

/* False for one that rejects because of the verdict alone: no rule may. */
bool deal_rule_decides(const struct deal_rule *rule, const struct deal_facts *facts);

/* Puts a rule to the registrations that were decided last, at most MOST of them.  BEFORE are the
 * rules that are asked before it. */
enum { DEAL_TRIED = 10000, DEAL_TRIED_AT_ONCE = 2000, DEAL_TRIAL_CASES = 60 };

struct deal_trial_case {
    int64_t id, decided_at, department_id, reviewer_id;
    const char *company_name, *state;
    bool change;  /* a change to it, not the registration itself */
    bool agrees;  /* people came to the same */
    bool earlier; /* a rule before it counts */
};
struct deal_trial {
    int64_t tried, fits, matched, agreed, earlier;  /* as in struct rule_trial */
    struct deal_trial_case cases[DEAL_TRIAL_CASES]; /* the newest */
    size_t count;
};
struct deal_trial_spec {
    const struct deal_rule *rule, *before;
    size_t before_count;
    int64_t most;
};
/* Counts one past record of FACTS.  C says what is shown of it; whether people came to the same is
 * filled in here. */
void deal_trial_add(const struct deal_trial_spec *spec, const struct deal_facts *facts,
                    struct deal_trial_case c, struct deal_trial *trial);
/* Adds another trial of the same rule; of all cases the newest stay. */
void deal_trial_join(struct deal_trial *trial, const struct deal_trial *other);
struct err *deal_rule_trial(struct db *db, struct arena *a, const struct deal_trial_spec *spec,
                            struct deal_trial *trial_out);
/* With DEAL_TRIED of them, and remembers with the rule how many it would have decided, and how many
 * the same way. */
struct err *deal_rule_try(struct db *db, struct arena *a, const struct deal_rule *rule,
                          int64_t *matched_out, int64_t *agreed_out);
