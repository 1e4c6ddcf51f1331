/* lead/lead_score.c - the score of a lead: the sum of the points that staff set, 0 to 100. */
#include "base/str.h"
#include "lead/lead_inside.h"
#include "lead/lead_points.h"

#include <stddef.h>
#include <strings.h>

/* What of a lead each kind looks at; the order is that of the page. */
const struct lead_point_kind lead_point_kinds[] = {
    { "budget", LANG_N("Budget"), offsetof(struct lead, budget) },
    { "timeframe", LANG_N("When"), offsetof(struct lead, timeframe) },
    { "source", LANG_N("Source"), offsetof(struct lead, source) },
    { "country", LANG_N("Country"), offsetof(struct lead, country) },
    { "lang", LANG_N("Language"), offsetof(struct lead, lang) },
    { "campaign", LANG_N("Campaign"), offsetof(struct lead, campaign) },
    { "phone", LANG_N("Phone"), offsetof(struct lead, phone) },
    { "website", LANG_N("Web site"), offsetof(struct lead, website) },
    { "title", LANG_N("Job title"), offsetof(struct lead, person_title) },
    { "line", LANG_N("Product line"), 0 },
    { 0 },
};

static bool holds(const struct lead *lead, const struct lead_point_row *row)
{
    const char *text;

    if (str_eq(row->kind, "line"))
        return lead->product_line_id != 0;
    for (const struct lead_point_kind *k = lead_point_kinds; k->code != NULL; k++) {
        if (!str_eq(k->code, row->kind))
            continue;
        text = *(const char *const *)((const char *)lead + k->offset);
        return str_is_empty(row->value) ? !str_is_empty(text)
                                        : text != NULL && strcasecmp(text, row->value) == 0;
    }
    return false;
}

int64_t lead_score(const struct lead *lead, const struct lead_point_row *rows, size_t count)
{
    int64_t sum = 0;

    for (size_t i = 0; i < count; i++)
        if (holds(lead, &rows[i]))
            sum += rows[i].points;
    return sum < 0 ? 0 : sum > LEAD_SCORE_MOST ? LEAD_SCORE_MOST : sum;
}

struct err *lead_score_now(struct db *db, struct arena *a, struct lead *lead)
{
    struct lead_point_row *rows;
    size_t count;

    TRY(db_list(db, a, &lead_sql_points, DB_NO_ARGS, &rows, &count));
    lead->score = lead_score(lead, rows, count);
    return NULL;
}
