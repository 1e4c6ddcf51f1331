/* report/report_def.c - what the choices of a report mean, and whether they may be made. */
#include "report/report_inside.h"

#include "base/money.h"
#include "base/str.h"

#include <string.h>
#include <strings.h>

#define T(x)   (1u << REPORT_##x)
#define TEXTS  T(TEXT)
#define WORDS  (T(TEXT) | T(CODE) | T(COUNTRY))
#define NUMBER (T(NUMBER) | T(MONEY))
#define DATES  (T(DAY) | T(INSTANT))

const struct report_op report_ops[] = {
    { "is", N_("is"), WORDS | NUMBER, REPORT_A_VALUE },
    { "is_not", N_("is not"), WORDS | NUMBER, REPORT_A_VALUE },
    { "contains", N_("contains"), TEXTS, REPORT_A_VALUE },
    { "begins", N_("begins with"), TEXTS, REPORT_A_VALUE },
    { "least", N_("is at least"), NUMBER, REPORT_A_VALUE },
    { "most", N_("is at most"), NUMBER, REPORT_A_VALUE },
    { "on", N_("on the day"), DATES, REPORT_A_VALUE },
    { "from", N_("from the day"), DATES, REPORT_A_VALUE },
    { "until", N_("until the day"), DATES, REPORT_A_VALUE },
    { "last_days", N_("in the last … days"), DATES, REPORT_SOME_DAYS },
    { "next_days", N_("in the next … days"), DATES, REPORT_SOME_DAYS },
    { "this_month", N_("this month"), DATES, REPORT_NOTHING },
    { "last_month", N_("last month"), DATES, REPORT_NOTHING },
    { "this_quarter", N_("this quarter"), DATES, REPORT_NOTHING },
    { "last_quarter", N_("last quarter"), DATES, REPORT_NOTHING },
    { "this_year", N_("this year"), DATES, REPORT_NOTHING },
    { "last_year", N_("last year"), DATES, REPORT_NOTHING },
    { "empty", N_("is empty"), WORDS | NUMBER | DATES, REPORT_NOTHING },
    { "filled", N_("is not empty"), WORDS | NUMBER | DATES, REPORT_NOTHING },
    { 0 },
};

const struct report_span report_spans[] = {
    { "day", N_("by day"), "CAST(", NULL, " AS DATE)" },
    { "month", N_("by month"), "CAST(DATE_FORMAT(", NULL, ", '%Y-%m-01') AS DATE)" },
    { "quarter", N_("by quarter"), "CAST(MAKEDATE(YEAR(", "), 1) + INTERVAL (QUARTER(",
      ") - 1) QUARTER AS DATE)" },
    { "year", N_("by year"), "CAST(MAKEDATE(YEAR(", NULL, "), 1) AS DATE)" },
    { 0 },
};

enum { DAYS_MOST = 3660 };

struct reading {
    struct request *req;
    const struct report_set *set;
    struct report_input *in;
    struct report_def *def;
    bool tell, bad;
};

static void fault(struct reading *r, const char *field, size_t i, const char *message)
{
    r->bad = true;
    if (r->tell)
        form_fault(r->req, arena_printf(r->req->arena, "%s%zu", field, i + 1), -1, message);
}

static const struct report_field *field_of(struct reading *r, const char *name)
{
    const struct report_field *field = report_field_find(r->req->actor, r->set, name);

    r->bad = r->bad || field == NULL;
    return field;
}

/* -- columns, groups, figures --------------------------------------------------------------------
 */

static void read_columns(struct reading *r)
{
    for (size_t i = 0; i < REPORT_COLUMNS; i++) {
        const struct report_field *field;

        if (*r->in->column[i] == '\0')
            continue;
        field = field_of(r, r->in->column[i]);
        if (field != NULL)
            r->def->columns[r->def->column_count++] = field;
    }
}

static const struct report_span *span_find(const char *code)
{
    for (const struct report_span *span = report_spans; span->code != NULL; span++)
        if (str_eq(span->code, code))
            return span;
    return NULL;
}

static void read_group(struct reading *r, size_t i)
{
    const struct report_field *field;
    const struct report_span *span = span_find(r->in->span[i]);

    if (*r->in->group[i] == '\0')
        return;
    field = field_of(r, r->in->group[i]);
    if (field == NULL)
        return;
    if (report_is_number(field))
        fault(r, "group", i, tr(r->req, N_("Numbers are summed, not grouped.")));
    if (!report_is_date(field))
        span = NULL;
    else if (span == NULL)
        span = span_find("day");
    r->def->groups[r->def->group_count++] = (struct report_group){ field, span };
}

static bool read_figure(struct reading *r, const char *text, struct report_figure *figure)
{
    static const struct {
        const char *prefix;
        enum report_sum sum;
    } kinds[] = { { "sum ", REPORT_SUM }, { "average ", REPORT_AVERAGE } };

    *figure = (struct report_figure){ .sum = REPORT_COUNT };
    if (str_eq(text, "count"))
        return true;
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
        if (str_starts(text, kinds[i].prefix)) {
            figure->sum = kinds[i].sum;
            figure->field = field_of(r, text + strlen(kinds[i].prefix));
            return figure->field != NULL && report_is_number(figure->field);
        }
    return false;
}

static void read_figures(struct reading *r)
{
    for (size_t i = 0; i < REPORT_FIGURES; i++) {
        struct report_figure figure;

        if (*r->in->figure[i] == '\0')
            continue;
        if (read_figure(r, r->in->figure[i], &figure))
            r->def->figures[r->def->figure_count++] = figure;
        else
            r->bad = true;
    }
    if (r->def->group_count > 0 && r->def->figure_count == 0)
        r->def->figures[r->def->figure_count++] = (struct report_figure){ .sum = REPORT_COUNT };
}

/* -- filters -------------------------------------------------------------------------------------
 */

static const struct report_op *op_find(const char *code)
{
    for (const struct report_op *op = report_ops; op->code != NULL; op++)
        if (str_eq(op->code, code))
            return op;
    return NULL;
}

/* Each reads VALUE as its type says; NULL, or what is wrong with it. */
static const char *read_text(struct request *req, struct report_filter *f)
{
    (void)req;
    (void)f;
    return NULL;
}

static const char *read_code(struct request *req, struct report_filter *f)
{
    const char *code = report_code_typed(f->field, f->value);

    if (code == NULL)
        return trf(req, N_("Enter one of: %s."), report_code_words(req, f->field));
    f->value = code;
    return NULL;
}

/* Two letters, or the country's name in the visitor's language. */
static const char *read_country(struct request *req, struct report_filter *f)
{
    const struct text_choice *all;
    size_t count;

    all = text_countries(text_locale_lang(req->locale), &count);
    for (size_t i = 0; i < count; i++)
        if (strcasecmp(all[i].value, f->value) == 0 || strcasecmp(all[i].label, f->value) == 0) {
            f->value = all[i].value;
            return NULL;
        }
    return tr(req, N_("Enter a country: its name, or two letters such as DE."));
}

static const char *read_number(struct request *req, struct report_filter *f)
{
    char text[MONEY_TEXT_BYTES];

    if (!money_parse_e4(f->value, &f->number) && !money_parse_typed(f->value, &f->number))
        return tr(req, N_("Enter a number, such as 1200 or 0.5."));
    money_text(f->number, 4, text);
    f->value = arena_dup(req->arena, text);
    return NULL;
}

static const char *read_date(struct request *req, struct report_filter *f)
{
    return day_parse(f->value, &f->day)
               ? NULL
               : tr(req, N_("Enter a date as year-month-day: 2026-01-31."));
}

static const char *read_days(struct request *req, struct report_filter *f)
{
    if (str_to_i64(f->value, &f->number) && f->number >= 1 && f->number <= DAYS_MOST)
        return NULL;
    return tr(req, N_("Enter a number of days from 1 to 3660."));
}

static const char *read_value(struct request *req, struct report_filter *f)
{
    static const char *(*const readers[REPORT_TYPE_COUNT])(struct request * req,
                                                           struct report_filter * f) = {
        [REPORT_TEXT] = read_text,       [REPORT_CODE] = read_code,
        [REPORT_COUNTRY] = read_country, [REPORT_NUMBER] = read_number,
        [REPORT_MONEY] = read_number,    [REPORT_DAY] = read_date,
        [REPORT_INSTANT] = read_date,
    };

    if (f->op->need == REPORT_NOTHING) {
        f->value = "";
        return NULL;
    }
    if (*f->value == '\0')
        return tr(req, N_("Enter what to compare with."));
    if (f->op->need == REPORT_SOME_DAYS)
        return read_days(req, f);
    return readers[f->field->type](req, f);
}

static void read_filter(struct reading *r, size_t i)
{
    struct report_filter f = { .value = r->in->filter_value[i],
                               .op = op_find(r->in->filter_op[i]),
                               .day = DAY_NONE };
    const char *wrong;

    if (*r->in->filter_field[i] == '\0') {
        if (*f.value != '\0')
            fault(r, "filter", i, tr(r->req, N_("Choose a field for this value.")));
        return;
    }
    f.field = field_of(r, r->in->filter_field[i]);
    if (f.field == NULL)
        return;
    if (f.op == NULL) {
        fault(r, "op", i, tr(r->req, N_("Choose how to compare.")));
        return;
    }
    if ((f.op->types & (1u << f.field->type)) == 0) {
        fault(r, "op", i,
              trf(r->req, N_("“%1$s” cannot be compared by “%2$s”."), tr(r->req, f.field->label),
                  tr(r->req, f.op->label)));
        return;
    }
    wrong = read_value(r->req, &f);
    if (wrong != NULL) {
        fault(r, "value", i, wrong);
        return;
    }
    r->in->filter_value[i] = f.value;
    r->def->filters[r->def->filter_count++] = f;
}

/* -- order and chart -----------------------------------------------------------------------------
 */

static int place_of(const char *text, const char *prefix, size_t count)
{
    const size_t len = strlen(prefix);

    for (size_t i = 0; i < count; i++)
        if (str_starts(text, prefix) && text[len] == (char)('1' + (int)i) && text[len + 1] == '\0')
            return (int)i;
    return -1;
}

static void sort_fault(struct reading *r, const char *message)
{
    r->bad = true;
    if (r->tell)
        form_fault(r->req, "sort", -1, message);
}

/* By the first date upwards, else by the first figure downwards: as it fits. */
static void sort_as_fits(struct report_def *def)
{
    if (def->group_count == 0)
        return;
    if (report_is_date(def->groups[0].field)) {
        def->sort_group = 0;
        def->ascending = true;
    } else {
        def->sort_figure = 0;
    }
}

static void read_sort(struct reading *r)
{
    struct report_def *def = r->def;
    const char *sort = r->in->sort;

    def->sort_group = def->sort_figure = -1;
    def->ascending = str_eq(r->in->order, "up");
    if (*sort == '\0') {
        sort_as_fits(def);
    } else if (str_starts(sort, "field ")) {
        def->sort_field = field_of(r, sort + strlen("field "));
        if (def->group_count > 0)
            sort_fault(r, tr(r->req, N_("Groups are sorted by a group or a figure.")));
    } else {
        def->sort_group = place_of(sort, "group", def->group_count);
        def->sort_figure = place_of(sort, "figure", def->figure_count);
        if (def->sort_group < 0 && def->sort_figure < 0)
            sort_fault(r, tr(r->req, N_("There is no such group or figure to sort by.")));
    }
}

static void chart_fault(struct reading *r, const char *message)
{
    r->bad = true;
    if (r->tell)
        form_fault(r->req, "chart", -1, message);
}

static void read_chart(struct reading *r)
{
    struct report_def *def = r->def;

    if (str_eq(r->in->chart, "bars"))
        def->chart = REPORT_BARS;
    else if (str_eq(r->in->chart, "line"))
        def->chart = REPORT_LINE;
    if (def->chart != REPORT_NO_CHART && def->group_count == 0)
        chart_fault(r, tr(r->req, N_("A chart needs a group.")));
    else if (def->chart == REPORT_LINE && !report_is_date(def->groups[0].field))
        chart_fault(r, tr(r->req, N_("A line needs a date as its first group.")));
}

bool report_def_read(struct request *req, const struct report_set *set, struct report_input *in,
                     bool tell, struct report_def *def_out)
{
    struct reading r = { .req = req, .set = set, .in = in, .def = def_out, .tell = tell };

    *def_out = (struct report_def){ .set = set };
    read_columns(&r);
    for (size_t i = 0; i < REPORT_GROUPS; i++)
        read_group(&r, i);
    read_figures(&r);
    for (size_t i = 0; i < REPORT_FILTERS; i++)
        read_filter(&r, i);
    read_sort(&r);
    read_chart(&r);
    if (def_out->group_count == 0 && def_out->column_count == 0)
        fault(&r, "column", 0, tr(req, N_("Choose a column, or a group.")));
    return !r.bad;
}

/* -- in words ------------------------------------------------------------------------------------
 */

const char *report_group_label(struct request *req, const struct report_group *group)
{
    const char *label = tr(req, group->field->label);

    return group->span == NULL
               ? label
               : arena_join(req->arena, label, " ", tr(req, group->span->label), NULL);
}

const char *report_figure_label(struct request *req, const struct report_figure *figure)
{
    if (figure->sum == REPORT_COUNT)
        return tr(req, N_("Number of records"));
    return trf(req, figure->sum == REPORT_SUM ? N_("Sum: %s") : N_("Average: %s"),
               tr(req, figure->field->label));
}

static const char *value_text(struct request *req, const struct report_filter *f)
{
    if (f->op->need == REPORT_SOME_DAYS)
        return text_number(req->locale, req->arena, f->number);
    switch (f->field->type) {
    case REPORT_CODE:
        return report_code_word(req, f->field, f->value);
    case REPORT_COUNTRY:
        return text_country_name(text_locale_lang(req->locale), f->value);
    case REPORT_NUMBER:
    case REPORT_MONEY:
        return text_decimal(req->locale, req->arena, f->number, 0, 4);
    case REPORT_DAY:
    case REPORT_INSTANT:
        return text_day(req->locale, req->arena, f->day);
    default:
        return f->value;
    }
}

const char *report_filter_text(struct request *req, const struct report_filter *f)
{
    const char *label = tr(req, f->field->label), *op = tr(req, f->op->label);

    if (str_eq(f->op->code, "last_days"))
        return trf(req, N_("%1$s in the last %2$s days"), label, value_text(req, f));
    if (str_eq(f->op->code, "next_days"))
        return trf(req, N_("%1$s in the next %2$s days"), label, value_text(req, f));
    if (f->op->need == REPORT_NOTHING)
        return arena_join(req->arena, label, " ", op, NULL);
    return arena_join(req->arena, label, " ", op, " ", value_text(req, f), NULL);
}

const char *report_value_typed(struct request *req, const struct report_set *set, const char *field,
                               const char *value)
{
    const struct report_field *f = report_field_find(req->actor, set, field);
    int64_t number;
    char text[MONEY_TEXT_BYTES];
    size_t len;

    if (f == NULL || *value == '\0')
        return value;
    if (f->type == REPORT_CODE)
        return report_code_word(req, f, value);
    if (!report_is_number(f) || !money_parse_e4(value, &number))
        return value;
    money_text(number, 4, text);
    for (len = strlen(text); len > 0 && text[len - 1] == '0'; len--)
        text[len - 1] = '\0';
    if (len > 0 && text[len - 1] == '.')
        text[len - 1] = '\0';
    return arena_dup(req->arena, text);
}
