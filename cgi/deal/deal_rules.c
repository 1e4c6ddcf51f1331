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

db_stmt_table deal_rule_statements[] = { &deal_sql_rules, &deal_sql_past, NULL };

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

static bool on_verdict_alone(const struct deal_rule *r)
{
    return !str_is_empty(r->verdict) && r->tier_id == 0 && r->product_line_id == 0 &&
           str_is_empty(r->country) && str_is_empty(r->deal_type) && r->amount_least == 0 &&
           r->amount_most == DEAL_AMOUNT_ANY && strcmp(r->outcome, "reject") == 0;
}

/* What a match stands against waits for a person, whatever a rule says. */
bool deal_rule_decides(const struct deal_rule *rule, const struct deal_facts *facts)
{
    return strcmp(rule->outcome, "approve") == 0 ? strcmp(facts->verdict, "different") == 0
                                                 : !on_verdict_alone(rule);
}

static bool agrees(const struct deal_rule *rule, const char *state)
{
    const bool rejected = strcmp(state, deal_state_code(DEAL_REJECTED)) == 0;

    return strcmp(rule->outcome, "reject") == 0    ? rejected
           : strcmp(rule->outcome, "approve") == 0 ? !rejected
                                                   : true;
}

void deal_trial_add(const struct deal_trial_spec *spec, const struct deal_facts *facts,
                    struct deal_trial_case c, struct deal_trial *trial)
{
    bool decides;

    trial->tried++;
    if (!deal_rule_holds(spec->rule, facts))
        return;
    decides = deal_rule_decides(spec->rule, facts);
    c.agrees = decides && agrees(spec->rule, c.state);
    c.earlier = deal_rule_first(spec->before, spec->before_count, facts) != NULL;
    trial->fits++;
    trial->matched += decides;
    trial->agreed += c.agrees;
    trial->earlier += c.earlier;
    if (trial->count < DEAL_TRIAL_CASES)
        trial->cases[trial->count++] = c;
}

void deal_trial_join(struct deal_trial *trial, const struct deal_trial *other)
{
    const struct deal_trial one = *trial;
    size_t x = 0, y = 0;

    trial->tried += other->tried;
    trial->fits += other->fits;
    trial->matched += other->matched;
    trial->agreed += other->agreed;
    trial->earlier += other->earlier;
    trial->count = 0;
    while (trial->count < DEAL_TRIAL_CASES && (x < one.count || y < other->count)) {
        const bool first = y == other->count ||
                           (x < one.count && one.cases[x].decided_at >= other->cases[y].decided_at);

        trial->cases[trial->count++] = first ? one.cases[x++] : other->cases[y++];
    }
}

/* A past registration is a row a product line. */
struct err *deal_rule_trial(struct db *db, struct arena *a, const struct deal_trial_spec *spec,
                            struct deal_trial *trial_out)
{
    struct deal_past_row *rows;
    struct deal_line *lines;
    size_t count, n;

    *trial_out = (struct deal_trial){ 0 };
    TRY(db_list(db, a, &deal_sql_past, DB_ARGS(DB_I(spec->most)), &rows, &count));
    lines = arena_array(a, count + 1, sizeof(*lines));
    for (size_t i = 0; i < count; i += n) {
        const struct deal_past_row *row = &rows[i];
        struct deal_facts facts = { row->tier_id, row->total_report, lines,       0,
                                    row->country, row->deal_type,    row->verdict };

        for (n = 0; i + n < count && rows[i + n].id == row->id; n++)
            lines[n].product_line_id = rows[i + n].product_line_id;
        facts.line_count = n;
        deal_trial_add(spec, &facts,
                       (struct deal_trial_case){ .id = row->id,
                                                 .decided_at = row->decided_at,
                                                 .department_id = row->department_id,
                                                 .reviewer_id = row->reviewer_id,
                                                 .company_name = row->company_name,
                                                 .state = row->state },
                       trial_out);
    }
    return NULL;
}

struct err *deal_rule_try(struct db *db, struct arena *a, const struct deal_rule *rule,
                          int64_t *matched_out, int64_t *agreed_out)
{
    const struct deal_trial_spec spec = { .rule = rule, .most = DEAL_TRIED };
    struct deal_trial trial;

    TRY(deal_rule_trial(db, a, &spec, &trial));
    *matched_out = trial.matched;
    *agreed_out = trial.agreed;
    return err_pass(db_exec(
        db, &deal_sql_rule_tried,
        DB_ARGS(DB_I(trial.tried), DB_I(trial.matched), DB_I(trial.agreed), DB_I(rule->id)), NULL));
}
