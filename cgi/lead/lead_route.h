/* lead/lead_route.h - the rules applied: partners read as they are now, one chosen, and why kept
 * with the lead. */
#pragma once

#include "lead/lead.h"
#include "lead/lead_rule.h"

extern db_stmt_table lead_route_statements[]; /* staff and the worker */

/* What a rule looked at. */
struct lead_look {
    const struct lead_rule *rule; /* NULL: no rule fits the lead */
    struct lead_facts facts;
    struct lead_candidate *partners;
    enum lead_why *why; /* of each */
    size_t count, fitting;
    const struct lead_candidate *chosen; /* NULL: nobody */
};

/* All rules in their order, active or not. */
struct err *lead_rules_load(struct db *db, struct arena *a, struct lead_rule **rules_out,
                            size_t *count_out);
struct err *lead_facts_read(struct db *db, struct arena *a, const struct lead *lead,
                            struct lead_facts *out);
/* RULE may be NULL. */
struct err *lead_look(struct db *db, struct arena *a, const struct lead_facts *facts,
                      const struct lead_rule *rule, struct lead_look *out);

enum lead_routed { LEAD_ROUTED_NOT, LEAD_ROUTED_TO_PARTNER, LEAD_ROUTED_TO_POOL, LEAD_ROUTED_HELD };
/* The rules in their order; what nobody is found for goes to the pool, and staff are told. */
struct err *lead_route(struct db *db, struct arena *a, struct lead *lead,
                       enum lead_routed *routed_out);

/* By hand.  *why_out says what of the first rule that fits the lead the partner does not meet; then
 * nothing is done unless MAY_OVERRIDE, and REASON says why.  LEAD_WHY_STATUS and LEAD_WHY_NOBODY no
 * permission overrides. */
struct lead_by_hand {
    int64_t account_id;
    bool may_override;
    const char *reason;
};
struct err *lead_assign(struct db *db, struct arena *a, const struct lead_actor *by,
                        struct lead *lead, const struct lead_by_hand *hand, enum lead_why *why_out,
                        bool *done_out);

/* The newest leads, to try rules on: read once for all of them, and each place once. */
enum { LEAD_TRIED_MOST = 500 };
struct lead_past {
    struct lead_facts *facts;
    size_t count;
};
struct err *lead_past_read(struct db *db, struct arena *a, struct lead_past *out);
/* A rule tried on them: how many there were, fit it, and would have had a partner.  Written with
 * the rule. */
struct err *lead_rule_try(struct db *db, struct arena *a, const struct lead_past *past,
                          struct lead_rule *rule);
