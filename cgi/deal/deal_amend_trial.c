/* deal/deal_amend_trial.c */
#include "deal/deal_amend_trial.h"

#include "base/str.h"
#include "deal/deal_amend_inside.h"
#include "deal/deal_inside.h"

struct past_change {
    int64_t id, tier_id, total, total_report, decided_at, department_id, reviewer_id;
    bool alone;
    const char *country, *deal_type, *verdict, *state, *company_name, *line_ids, *line_before,
        *line_after, *country_before, *country_after; /* "": not changed */
};
#define PAST(name, kind, cap) DB_FIELD(struct past_change, name, kind, cap)
static const struct db_field past_fields[] = {
    PAST(id, DB_I64, 0),
    DB_NULLABLE(struct past_change, tier_id, DB_I64, 0),
    PAST(total, DB_E4, 0),
    PAST(total_report, DB_E4, 0),
    PAST(decided_at, DB_AT, 0),
    DB_NULLABLE(struct past_change, department_id, DB_I64, 0),
    DB_NULLABLE(struct past_change, reviewer_id, DB_I64, 0),
    PAST(alone, DB_BOOL, 0),
    PAST(country, DB_TEXT, 4),
    PAST(deal_type, DB_TEXT, 14),
    PAST(verdict, DB_TEXT, 12),
    PAST(state, DB_TEXT, 12),
    PAST(company_name, DB_TEXT, 800),
    PAST(line_ids, DB_TEXT, 1000),
    PAST(line_before, DB_TEXT, 1000),
    PAST(line_after, DB_TEXT, 1000),
    PAST(country_before, DB_TEXT, 8),
    PAST(country_after, DB_TEXT, 8),
    { 0 },
};
#define MEMBER(side, name) \
    "COALESCE(JSON_VALUE(c." side "_json, '$." name "'), '') AS " name "_" side
#define BOTH(name) MEMBER("before", name) ", " MEMBER("after", name)
#define COLUMNS                                                                       \
    "d.id, p.tier_id, d.total, d.total_report, c.decided_at, d.department_id, "       \
    "d.reviewer_id, COALESCE(c.decided_by, 0) = 0 AS alone, d.country, d.deal_type, " \
    "d.verdict, c.state, d.company_name, d.line_ids, " BOTH("line") ", " BOTH("country")
static const struct db_stmt past = {
    .name = "deal.amend.past",
    .sql = "SELECT " COLUMNS " FROM (SELECT id FROM deal_amendment "
           "FORCE INDEX (deal_amendment_decided) WHERE decided_at IS NOT NULL "
           "ORDER BY decided_at DESC, id DESC LIMIT ?) newest "
           "JOIN deal_amendment c ON c.id = newest.id JOIN deal d ON d.id = c.deal_id "
           "JOIN account p ON p.id = d.account_id WHERE c.state IN ('approved', 'rejected') "
           "ORDER BY c.decided_at DESC, c.id DESC",
    .binds = "i",
    .fields = past_fields,
    .row_bytes = sizeof(struct past_change),
    .flags = DB_LISTS,
};

db_stmt_table deal_amend_trial_statements[] = { &past, NULL };

/* "3,10" */
static struct err *known_lines(struct arena *a, const char *ids, struct deal_facts *facts)
{
    size_t count;
    char **parts = str_split(a, ids, ',', &count);
    struct deal_line *lines = arena_array(a, count + 1, sizeof(*lines));

    for (size_t i = 0; i < count; i++)
        if (!str_is_empty(parts[i]) && !str_to_i64(parts[i], &lines[i].product_line_id))
            return err_raise(ERR_PARSE, "'%s' are no product lines", ids);
    facts->lines = lines;
    facts->line_count = count;
    return NULL;
}

/* One side of the change.  Amounts have the registration's own rate. */
static struct err *facts_of(struct arena *a, const struct past_change *row, const char *line,
                            const char *country, struct deal_facts *out)
{
    struct deal sums = { .currency = "" };

    *out = (struct deal_facts){ .tier_id = row->tier_id,
                                .amount = row->total_report,
                                .country = str_is_empty(country) ? row->country : country,
                                .deal_type = row->deal_type,
                                .verdict = row->verdict };
    if (str_is_empty(line))
        return err_pass(known_lines(a, row->line_ids, out));
    TRY(deal_amend_lines(a, line, &sums));
    TRY(deal_sum_lines(&sums));
    out->lines = sums.lines;
    out->line_count = sums.line_count;
    out->amount =
        row->total > 0 ? (int64_t)((__int128)sums.total * row->total_report / row->total) : 0;
    return NULL;
}

static struct err *try_one(struct arena *a, const struct deal_trial_spec *spec,
                           const struct past_change *row, struct deal_trial *trial)
{
    struct deal_facts before, after;

    TRY(facts_of(a, row, row->line_before, row->country_before, &before));
    TRY(facts_of(a, row, row->line_after, row->country_after, &after));
    if (row->alone && deal_rule_holds(spec->rule, &before)) {
        trial->tried++;
        return NULL;
    }
    deal_trial_add(spec, &after,
                   (struct deal_trial_case){ .id = row->id,
                                             .decided_at = row->decided_at,
                                             .department_id = row->department_id,
                                             .reviewer_id = row->reviewer_id,
                                             .company_name = row->company_name,
                                             .state = row->state,
                                             .change = true },
                   trial);
    return NULL;
}

struct err *deal_amend_trial(struct db *db, struct arena *a, const struct deal_trial_spec *spec,
                             struct deal_trial *trial_out)
{
    struct past_change *rows;
    size_t count;

    *trial_out = (struct deal_trial){ 0 };
    TRY(db_list(db, a, &past, DB_ARGS(DB_I(spec->most)), &rows, &count));
    for (size_t i = 0; i < count; i++)
        TRY(try_one(a, spec, &rows[i], trial_out));
    return NULL;
}
