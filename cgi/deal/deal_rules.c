/* deal/deal_rules.c */
#include "deal/deal_rules.h"
#include "base/str.h"
#include "deal/deal_jobs_sql.h"

#include <string.h>

/* -- conditions: a table of questions ------------------------------------------------------------
 */

static bool text_holds(const char *wanted, const char *given)
{
    return str_is_empty(wanted) || strcmp(wanted, given) == 0;
}

static bool tier_holds(const struct deal_rule *r, const struct deal_facts *f)
{
    return r->tier_id == 0 || r->tier_id == f->tier_id;
}

static bool amount_holds(const struct deal_rule *r, const struct deal_facts *f)
{
    const bool asks = r->amount_least > 0 || r->amount_most < DEAL_AMOUNT_ANY;

    return !asks || (f->amount > 0 && f->amount >= r->amount_least && f->amount <= r->amount_most);
}

static bool line_holds(const struct deal_rule *r, const struct deal_facts *f)
{
    for (size_t i = 0; i < f->line_count; i++)
        if (f->lines[i].product_line_id == r->product_line_id)
            return true;
    return r->product_line_id == 0;
}

static bool country_holds(const struct deal_rule *r, const struct deal_facts *f)
{
    return text_holds(r->country, f->country);
}

static bool type_holds(const struct deal_rule *r, const struct deal_facts *f)
{
    return text_holds(r->deal_type, f->deal_type);
}

static bool verdict_holds(const struct deal_rule *r, const struct deal_facts *f)
{
    return text_holds(r->verdict, f->verdict);
}

static bool (*const conditions[])(const struct deal_rule *r, const struct deal_facts *f) = {
    tier_holds, amount_holds, line_holds, country_holds, type_holds, verdict_holds,
};

bool deal_rule_holds(const struct deal_rule *rule, const struct deal_facts *facts)
{
    for (size_t i = 0; i < ARRAY_LEN(conditions); i++)
        if (!conditions[i](rule, facts))
            return false;
    return true;
}

const struct deal_rule *deal_rule_first(const struct deal_rule *rules, size_t count,
                                        const struct deal_facts *facts)
{
    for (size_t i = 0; i < count; i++)
        if (rules[i].active && deal_rule_holds(&rules[i], facts))
            return &rules[i];
    return NULL;
}

/* -- reading -------------------------------------------------------------------------------------
 */

struct err *deal_rules_load(struct db *db, struct arena *a, struct deal_rule **rules_out,
                            size_t *count_out)
{
    return err_pass(db_list(db, a, &deal_sql_rules, DB_NO_ARGS, rules_out, count_out));
}

struct err *deal_facts_read(struct db *db, struct arena *a, const struct deal *deal,
                            struct deal_facts *facts_out)
{
    struct deal_tier_row tier;

    TRY(db_get(db, a, &deal_sql_tier_of, DB_ARGS(DB_I(deal->account_id)), &tier));
    *facts_out = (struct deal_facts){ .tier_id = tier.tier_id,
                                      .amount = deal->total_report,
                                      .lines = deal->lines,
                                      .line_count = deal->line_count,
                                      .country = deal->country,
                                      .deal_type = deal->deal_type,
                                      .verdict = deal->verdict };
    return NULL;
}

/* -- trying on the past --------------------------------------------------------------------------
 */

static bool agrees(const struct deal_rule *rule, const char *state)
{
    const bool rejected = strcmp(state, deal_state_code(DEAL_REJECTED)) == 0;

    return strcmp(rule->outcome, "reject") == 0    ? rejected
           : strcmp(rule->outcome, "approve") == 0 ? !rejected
                                                   : true;
}

/* A past registration is a row a product line: it holds when any of its rows does. */
struct err *deal_rule_try(struct db *db, struct arena *a, const struct deal_rule *rule,
                          int64_t *matched_out, int64_t *agreed_out)
{
    struct deal_past_row *rows;
    size_t count;
    int64_t last = 0;

    *matched_out = *agreed_out = 0;
    TRY(db_list(db, a, &deal_sql_past, DB_ARGS(DB_I(DEAL_TRIED)), &rows, &count));
    for (size_t i = 0; i < count; i++) {
        const struct deal_line line = { .product_line_id = rows[i].product_line_id };
        const struct deal_facts facts = { rows[i].tier_id, rows[i].total_report, &line,          1,
                                          rows[i].country, rows[i].deal_type,    rows[i].verdict };

        if (rows[i].id == last || !deal_rule_holds(rule, &facts))
            continue;
        last = rows[i].id;
        ++*matched_out;
        *agreed_out += agrees(rule, rows[i].state);
    }
    return err_pass(db_exec(db, &deal_sql_rule_tried,
                            DB_ARGS(DB_I(*matched_out), DB_I(*agreed_out), DB_I(rule->id)), NULL));
}
