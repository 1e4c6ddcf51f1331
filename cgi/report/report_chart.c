/* report/report_chart.c - a report's first figure over time, as columns or as a line; where each
 * thing stands is said by templates/report/show.cs.  Groups that are no dates have a bar in their
 * row of the table instead.
 *
 * A second group makes the series: four at most, those that come first. */
#include "report/report_inside.h"

#include "base/money.h"
#include "base/str.h"

#include <stdlib.h>

enum {
    LEFT = 56,
    RIGHT = 720,
    ZERO_Y = 180,
    TOP_Y = 20,
    LINES = 3,
    SERIES_MOST = 4,
    POINTS_MOST = 36,
    LABELS_MOST = 12
};

static const char *const bar_classes[SERIES_MOST] = { "c1", "c3", "c5", "c2" };
static const char *const line_classes[SERIES_MOST] = { "l1", "l3", "l5", "l2" };

struct chart {
    const struct report_query *q;
    const struct report_row *rows;
    size_t row_count;
    const char *const *addresses;
    int32_t days[POINTS_MOST]; /* of the points, oldest first */
    size_t point_count;
    const char *series[SERIES_MOST];
    size_t series_count;
    int64_t top; /* of the scale, ten-thousandths */
    int step;
};

/* -- what stands where ---------------------------------------------------------------------------
 */

static int by_day(const void *a, const void *b)
{
    const int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;

    return (x > y) - (x < y);
}

/* The newest points, each day once. */
static void find_points(struct chart *c)
{
    int32_t *all = arena_array(c->q->req->arena, c->row_count + 1, sizeof(*all));
    size_t n = 0, kept = 0;

    for (size_t i = 0; i < c->row_count; i++)
        if (c->rows[i].cells[0].day != DAY_NONE)
            all[n++] = c->rows[i].cells[0].day;
    qsort(all, n, sizeof(*all), by_day);
    for (size_t i = 0; i < n; i++)
        if (kept == 0 || all[kept - 1] != all[i])
            all[kept++] = all[i];
    c->point_count = kept < POINTS_MOST ? kept : POINTS_MOST;
    for (size_t i = 0; i < c->point_count; i++)
        c->days[i] = all[kept - c->point_count + i];
}

static const char *series_of(const struct chart *c, const struct report_row *row)
{
    return c->q->def->group_count == 2 ? report_cell_text(c->q, 1, &row->cells[1])
                                       : report_cell_head(c->q, 1);
}

static int find_series(const struct chart *c, const char *name)
{
    for (size_t i = 0; i < c->series_count; i++)
        if (str_eq(c->series[i], name))
            return (int)i;
    return -1;
}

static void read_series(struct chart *c)
{
    for (size_t i = 0; i < c->row_count && c->series_count < SERIES_MOST; i++) {
        const char *name = series_of(c, &c->rows[i]);

        if (find_series(c, name) < 0)
            c->series[c->series_count++] = name;
    }
}

static int64_t size_of(const struct chart *c, const struct report_row *row)
{
    return report_cell_size(&row->cells[c->q->def->group_count]);
}

/* A round number that divides by the number of lines, at least MOST. */
static int64_t scale_of(int64_t most)
{
    static const int64_t steps[] = { 1, 2, 5 };

    for (int64_t unit = MONEY_SCALE; unit < INT64_MAX / 100; unit *= 10)
        for (size_t i = 0; i < ARRAY_LEN(steps); i++)
            if (steps[i] * unit * LINES >= most)
                return steps[i] * unit * LINES;
    return most;
}

static int y_of(const struct chart *c, int64_t size)
{
    return ZERO_Y - (int)((double)size / (double)c->top * (ZERO_Y - TOP_Y));
}

static int middle_of(const struct chart *c, size_t point)
{
    return LEFT + c->step * (int)point + c->step / 2;
}

/* -- the scale -----------------------------------------------------------------------------------
 */

/* "1.2 M", "120万": what stands beside a line has little room. */
static const char *short_number(struct request *req, int64_t e4)
{
    static const struct {
        int64_t of;
        const char *unit;
    } english[] = { { 1000000000, " bn" }, { 1000000, " M" }, { 1000, " k" } },
      chinese[] = { { 100000000, "亿" }, { 10000, "万" } };
    const bool zh = text_locale_lang(req->locale) == LANG_ZH;
    const size_t count = zh ? ARRAY_LEN(chinese) : ARRAY_LEN(english);

    for (size_t i = 0; i < count; i++) {
        const int64_t of = zh ? chinese[i].of : english[i].of;

        if (e4 / MONEY_SCALE >= of)
            return arena_join(req->arena, text_decimal(req->locale, req->arena, e4 / of, 0, 1),
                              zh ? chinese[i].unit : english[i].unit, NULL);
    }
    return text_decimal(req->locale, req->arena, e4, 0, 1);
}

static void show_grid(const struct chart *c, struct view *v)
{
    for (int i = 0; i <= LINES; i++) {
        struct view *grid = view_row(v, "Grid");

        view_int(grid, "Y", y_of(c, c->top / LINES * i));
        view_text(grid, "Text", short_number(c->q->req, c->top / LINES * i));
    }
}

static void show_legend(const struct chart *c, struct view *v, const char *const *classes)
{
    for (size_t i = 0; i < c->series_count; i++) {
        struct view *one = view_row(v, "Series");

        view_text(one, "Class", classes[i]);
        view_text(one, "Label", c->series[i]);
    }
}

/* Below the axis: short, and not more than fit. */
static const char *mark_text(const struct chart *c, int32_t day)
{
    const char *span = c->q->def->groups[0].span->code;
    struct arena *a = c->q->req->arena;
    int year, month, mday;

    day_to_civil(day, &year, &month, &mday);
    if (str_eq(span, "year"))
        return arena_printf(a, "%d", year);
    if (str_eq(span, "quarter"))
        return arena_printf(a, "%d Q%d", year, (month + 2) / 3);
    if (str_eq(span, "month"))
        return arena_printf(a, "%d-%02d", year, month);
    return arena_printf(a, "%02d-%02d", month, mday);
}

static void show_marks(const struct chart *c, struct view *v)
{
    const size_t each = (c->point_count + LABELS_MOST - 1) / LABELS_MOST;

    for (size_t i = 0; i < c->point_count; i += each) {
        struct view *mark = view_row(v, "Marks");

        view_int(mark, "X", middle_of(c, i));
        view_text(mark, "Text", mark_text(c, c->days[i]));
    }
}

/* -- columns and lines ---------------------------------------------------------------------------
 */

/* The row of a point in a series; NULL: there is none. */
static const struct report_row *row_at(const struct chart *c, size_t point, size_t series,
                                       const char **address_out)
{
    for (size_t i = 0; i < c->row_count; i++)
        if (c->rows[i].cells[0].day == c->days[point] &&
            str_eq(series_of(c, &c->rows[i]), c->series[series])) {
            *address_out = c->addresses[i];
            return &c->rows[i];
        }
    return NULL;
}

/* "Nov 2026, Won: 12" */
static const char *label_of(const struct chart *c, const struct report_row *row)
{
    const size_t figure = c->q->def->group_count;
    const char *text = report_cell_text(c->q, 0, &row->cells[0]);

    if (figure == 2)
        text = arena_join(c->q->req->arena, text, ", ", series_of(c, row), NULL);
    return arena_join(c->q->req->arena, text, ": ",
                      report_cell_text(c->q, figure, &row->cells[figure]), NULL);
}

static void show_bar(const struct chart *c, struct view *v, size_t point, size_t series)
{
    const int room = c->step * 7 / 10, width = room / (int)c->series_count;
    const char *address;
    const struct report_row *row = row_at(c, point, series, &address);
    struct view *bar;

    if (row == NULL)
        return;
    bar = view_row(v, "Bars");
    view_text(bar, "Class", bar_classes[series]);
    view_int(bar, "X", middle_of(c, point) - room / 2 + width * (int)series);
    view_int(bar, "Width", width > 2 ? width - 1 : 1);
    view_int(bar, "Y", y_of(c, size_of(c, row)));
    view_int(bar, "Height", ZERO_Y - y_of(c, size_of(c, row)));
    view_text(bar, "Href", address);
    view_text(bar, "Label", label_of(c, row));
}

static void show_bars(const struct chart *c, struct view *v)
{
    for (size_t point = 0; point < c->point_count; point++)
        for (size_t series = 0; series < c->series_count; series++)
            show_bar(c, v, point, series);
}

static void show_dot(const struct chart *c, struct view *v, size_t point, size_t series)
{
    const char *address;
    const struct report_row *row = row_at(c, point, series, &address);
    struct view *dot;

    if (row == NULL)
        return;
    dot = view_row(v, "Dots");
    view_text(dot, "Class", bar_classes[series]);
    view_int(dot, "X", middle_of(c, point));
    view_int(dot, "Y", y_of(c, size_of(c, row)));
    view_text(dot, "Href", address);
    view_text(dot, "Label", label_of(c, row));
}

/* Where there is no row there is nothing: zero. */
static void show_line(const struct chart *c, struct view *v, size_t series)
{
    struct view *line = view_row(v, "Lines");
    const char *points = "", *address;

    for (size_t point = 0; point < c->point_count; point++) {
        const struct report_row *row = row_at(c, point, series, &address);

        points = arena_printf(c->q->req->arena, "%s%s%d,%d", points, point == 0 ? "" : " ",
                              middle_of(c, point), y_of(c, row != NULL ? size_of(c, row) : 0));
        show_dot(c, v, point, series);
    }
    view_text(line, "Class", line_classes[series]);
    view_text(line, "Points", points);
}

static void show_lines(const struct chart *c, struct view *v)
{
    for (size_t series = 0; series < c->series_count; series++)
        show_line(c, v, series);
}

static int64_t largest(const struct chart *c)
{
    int64_t most = 0;

    for (size_t i = 0; i < c->row_count; i++)
        most = size_of(c, &c->rows[i]) > most ? size_of(c, &c->rows[i]) : most;
    return most;
}

void report_chart_show(const struct report_query *q, struct view *v, const struct report_row *rows,
                       size_t count, const char *const *addresses)
{
    struct chart c = { .q = q, .rows = rows, .row_count = count, .addresses = addresses };
    struct view *chart = view_at(v, "Chart");
    const bool line = q->def->chart == REPORT_LINE;

    if (count == 0 || q->def->chart == REPORT_NO_CHART || q->def->groups[0].span == NULL)
        return;
    find_points(&c);
    if (c.point_count == 0)
        return;
    read_series(&c);
    c.top = scale_of(largest(&c));
    c.step = (RIGHT - LEFT) / (int)(c.point_count > 6 ? c.point_count : 6);
    view_text(chart, "Label",
              arena_join(q->req->arena, report_cell_head(q, q->def->group_count), ", ",
                         report_cell_head(q, 0), NULL));
    show_grid(&c, chart);
    show_legend(&c, chart, bar_classes);
    show_marks(&c, chart);
    if (line)
        show_lines(&c, chart);
    else
        show_bars(&c, chart);
}
