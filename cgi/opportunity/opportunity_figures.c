/* opportunity/opportunity_figures.c - the funnel by stage, and the weighted forecast by month,
 * owner, territory and partner; each row leads to the list behind it. */
#include "account/territory.h"
#include "base/str.h"
#include "opportunity/opportunity_board.h"
#include "opportunity/opportunity_view.h"

enum { LEFT = 24, RIGHT = 360, ZERO_Y = 160, TOP_Y = 25, MONTHS_SHOWN = 12, BAR_MAX = 1000 };

static const char *money(struct request *req, int64_t e4)
{
    return page_reported(req, e4, 2, 2);
}

static int64_t part_of(int64_t value, int64_t most, int64_t whole)
{
    return most > 0 ? (int64_t)((__int128)value * whole / most) : 0;
}

/* What every table here shows of a row. */
static struct view *show_sum(struct request *req, struct view *v, const char *list,
                             const char *label, const char *query,
                             const struct opportunity_sum *sum)
{
    struct view *row = view_row(v, list);

    view_text(row, "Label", label);
    if (query != NULL)
        view_text(row, "Href", arena_join(req->arena, opportunity_base(req), query, NULL));
    page_int(req, row, "Count", sum->n);
    view_text(row, "Amount", money(req, sum->amount));
    view_text(row, "Weighted", money(req, sum->weighted));
    return row;
}

static void show_bar(struct view *row, const char *label, const struct opportunity_sum *sum,
                     int64_t most)
{
    struct view *bar = view_at(row, "Bar"), *part;

    view_int(bar, "Max", BAR_MAX);
    view_text(bar, "Label", label);
    part = view_row(bar, "Parts");
    view_text(part, "Class", "c5");
    view_int(part, "X", 0);
    view_int(part, "Width", part_of(sum->amount, most, BAR_MAX));
    part = view_row(bar, "Parts");
    view_text(part, "Class", "c1");
    view_int(part, "X", 0);
    view_int(part, "Width", part_of(sum->weighted, most, BAR_MAX));
}

/* -- the funnel ----------------------------------------------------------------------------------
 */

static struct err *show_funnel(struct request *req, struct view *v)
{
    struct opportunity_sum *rows, none = { 0 }, total = { 0 };
    struct opportunity_stages stages;
    int64_t most = 0;
    size_t count;

    TRY(opportunity_stages_read(req->db, &stages));
    TRY(opportunity_sums(req, SUM_STAGE, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        most = rows[i].amount > most ? rows[i].amount : most;
        total.n += rows[i].n;
        total.amount += rows[i].amount;
        total.weighted += rows[i].weighted;
    }
    for (size_t i = 0; i < stages.count; i++) {
        const struct opportunity_stage *stage = &stages.rows[i];
        const struct opportunity_sum *sum = &none;
        const char *label = opportunity_stage_name(req, stage);

        for (size_t k = 0; k < count; k++)
            if (rows[k].key == stage->id)
                sum = &rows[k];
        if (str_eq(stage->kind, "open") && (stage->active || sum->n > 0))
            show_bar(show_sum(req, v, "Funnel", label,
                              arena_number(req->arena, "?stage=", stage->id), sum),
                     label, sum, most);
    }
    page_int(req, v, "Count", total.n);
    view_text(v, "Amount", money(req, total.amount));
    view_text(v, "Weighted", money(req, total.weighted));
    return NULL;
}

/* -- by month ------------------------------------------------------------------------------------
 */

static int64_t scale_of(int64_t most)
{
    static const int64_t steps[] = { 1, 2, 5 };
    int64_t unit = MONEY_SCALE;

    for (;; unit *= 10)
        for (size_t i = 0; i < ARRAY_LEN(steps); i++)
            if (steps[i] * unit * 3 >= most)
                return steps[i] * unit * 3;
}

static int y_of(int64_t value, int64_t top)
{
    return ZERO_Y - (int)part_of(value, top, ZERO_Y - TOP_Y);
}

static void add_bar(struct view *column, const char *class, int x, int width, int64_t value,
                    int64_t top)
{
    struct view *bar = view_row(column, "Bars");

    view_text(bar, "Class", class);
    view_int(bar, "X", x);
    view_int(bar, "Y", y_of(value, top));
    view_int(bar, "Width", width);
    view_int(bar, "Height", ZERO_Y - y_of(value, top));
}

static const char *short_number(struct request *req, int64_t e4)
{
    const int64_t thousands = e4 / MONEY_SCALE / 1000;

    return thousands >= 1000 ? arena_printf(req->arena, "%lldM", (long long)(thousands / 1000))
           : thousands > 0   ? arena_printf(req->arena, "%lldk", (long long)thousands)
                             : text_number(req->locale, req->arena, e4 / MONEY_SCALE);
}

static void add_series(struct view *chart, const char *class, const char *label)
{
    struct view *series = view_row(chart, "Series");

    view_text(series, "Class", class);
    view_text(series, "Label", label);
}

static const char *month_short(struct request *req, int32_t month)
{
    int year, number, day;

    day_to_civil(month, &year, &number, &day);
    return arena_printf(req->arena, "%02d", number);
}

static bool has_month(const struct opportunity_sum *row)
{
    return row->month != DAY_NONE && row->month < day_from_civil(9999, 1, 1);
}

static void show_chart(struct request *req, struct view *chart, const struct opportunity_sum *rows,
                       size_t count)
{
    int64_t most = 1, top;
    const int step = (RIGHT - LEFT) / MONTHS_SHOWN, width = step * 3 / 10;

    count = count > MONTHS_SHOWN ? MONTHS_SHOWN : count;
    for (size_t i = 0; i < count; i++)
        most = has_month(&rows[i]) && rows[i].amount > most ? rows[i].amount : most;
    top = scale_of(most);
    view_text(chart, "Label",
              tr(req, N_("Open opportunities by month of closing; the numbers stand in the table "
                         "beside it")));
    add_series(chart, "c5",
               trf(req, N_("%1$s (%2$s)"), tr(req, N_("Amount")), page_reporting(req)));
    add_series(chart, "c1",
               trf(req, N_("%1$s (%2$s)"), tr(req, N_("Weighted")), page_reporting(req)));
    for (int i = 0; i <= 3; i++) {
        struct view *grid = view_row(chart, "Grid");

        view_int(grid, "Y", y_of(top * i / 3, top));
        view_text(grid, "Text", short_number(req, top * i / 3));
    }
    for (size_t i = 0; i < count && has_month(&rows[i]); i++) {
        struct view *column = view_row(chart, "Columns");
        const int middle = LEFT + step * (int)i + step / 2;

        view_int(column, "X", middle);
        view_text(column, "Text", month_short(req, rows[i].month));
        add_bar(column, "c5", middle - width - 1, width, rows[i].amount, top);
        add_bar(column, "c1", middle + 1, width, rows[i].weighted, top);
    }
}

static struct err *show_months(struct request *req, struct view *v)
{
    struct opportunity_sum *rows;
    char iso[DAY_ISO_BYTES];
    size_t count;

    TRY(opportunity_sums(req, SUM_MONTH, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        const bool dated = has_month(&rows[i]);

        day_iso(rows[i].month, iso);
        show_sum(req, v, "Months",
                 dated ? text_month(req->locale, req->arena, rows[i].month)
                       : tr(req, N_("No date")),
                 dated ? arena_printf(req->arena, "?month=%.7s", iso) : NULL, &rows[i]);
    }
    show_chart(req, view_at(v, "Chart"), rows, count);
    return NULL;
}

/* -- by owner, by territory, by partner ----------------------------------------------------------
 */

static struct err *show_territories(struct request *req, struct view *v)
{
    const struct territory *all, *one;
    struct opportunity_sum *rows;
    size_t count, all_count;

    TRY(territories_read(req->db, &all, &all_count));
    TRY(opportunity_sums(req, SUM_TERRITORY, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        one = territory_find(all, all_count, rows[i].key);
        show_sum(req, v, "Territories",
                 one != NULL ? territory_name(one, text_locale_lang(req->locale))
                             : tr(req, N_("In no territory")),
                 one != NULL ? arena_number(req->arena, "?territory=", one->id) : NULL, &rows[i]);
    }
    return NULL;
}

static struct err *show_people(struct request *req, struct view *v)
{
    struct opportunity_sum *rows;
    size_t count;

    TRY(opportunity_sums(req, SUM_OWNER, &rows, &count));
    for (size_t i = 0; i < count; i++)
        show_sum(req, v, "Owners", rows[i].key == 0 ? tr(req, N_("Nobody of ours")) : rows[i].name,
                 rows[i].key != 0 ? arena_number(req->arena, "?owner=", rows[i].key) : NULL,
                 &rows[i]);
    if (req->actor->audience != AUD_STAFF)
        return NULL;
    TRY(show_territories(req, v));
    TRY(opportunity_sums(req, SUM_PARTNER, &rows, &count));
    for (size_t i = 0; i < count; i++)
        show_sum(req, v, "Partners", rows[i].name,
                 arena_number(req->arena, "?partner=", rows[i].key), &rows[i]);
    return NULL;
}

struct err *opportunity_figures_show(struct request *req)
{
    struct view *v = view_at(req->page, "Figures");

    page_title(req, tr(req, N_("Funnel and forecast")));
    opportunity_crumbs(req, NULL);
    opportunity_show_tabs(req, v, "figures");
    view_text(v, "Currency", page_reporting(req));
    view_flag(v, "IsStaff", req->actor->audience == AUD_STAFF);
    TRY(show_funnel(req, v));
    TRY(show_months(req, v));
    return err_pass(show_people(req, v));
}
