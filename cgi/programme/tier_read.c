/* programme/tier_read.c - tiers and figures as the rules take them, and as they are said. */
#include "programme/tier_inside.h"

#include "base/str.h"

struct err *tier_read_asks(struct db *db, struct arena *a, struct tier_ask **tiers_out,
                           size_t *count_out)
{
    struct tier_ask_row *rows;
    struct tier_ask *tiers;
    size_t count, n = 0;

    TRY(db_kept(db, &tier_sql_asks, &rows, &count));
    tiers = arena_array(a, count + 1, sizeof(*tiers));
    for (size_t i = 0; i < count; i++) {
        const enum tier_measure measure = tier_measure_find(rows[i].measure);

        if (n == 0 || tiers[n - 1].id != rows[i].id)
            tiers[n++] = (struct tier_ask){ .id = rows[i].id,
                                            .rank = rows[i].rank,
                                            .name_en = rows[i].name_en,
                                            .name_zh = rows[i].name_zh };
        if (measure < TIER_MEASURE_COUNT)
            tiers[n - 1].least[measure] = rows[i].least;
    }
    *tiers_out = tiers;
    *count_out = n;
    return NULL;
}

struct err *tier_read_figures(struct db *db, struct arena *a, int64_t account_id,
                              struct tier_figures *figures_out, int64_t *tier_out)
{
    struct tier_figure_row *rows;
    size_t count;

    *figures_out = (struct tier_figures){ 0 };
    *tier_out = 0;
    TRY(db_list(db, a, &tier_sql_figures, DB_ARGS(DB_I(account_id)), &rows, &count));
    for (size_t i = 0; i < count; i++) {
        const enum tier_measure measure = tier_measure_find(rows[i].measure);

        *tier_out = rows[i].tier_id;
        if (measure < TIER_MEASURE_COUNT)
            figures_out->value[measure] = rows[i].value;
    }
    return NULL;
}

const char *tier_value_text(const struct request *req, enum tier_measure measure, int64_t value)
{
    if (measure == TIER_SATISFACTION)
        return text_decimal(req->locale, req->arena, value * 1000, 1, 1);
    if (measure == TIER_REVENUE)
        return page_reported(req, value * MONEY_SCALE, 0, 0);
    return text_number(req->locale, req->arena, value);
}

const char *tier_measure_label(const struct request *req, enum tier_measure measure)
{
    static const char *const labels[TIER_MEASURE_COUNT] = {
#define X(id, code, label) [TIER_##id] = (label),
        TIER_MEASURES(X)
#undef X
    };

    return tr(req, labels[measure]);
}
