/* report/report_query.c - a report as one SELECT, of constant pieces and bound values. */
#include "report/report_inside.h"

#include "base/buf.h"
#include "base/money.h"
#include "base/str.h"
#include "report/report_period.h"

#include <string.h>

enum {
    DEFAULT_COLUMNS = 6,
    TEXT_BYTES = 300,
    CENTS = 2
}; /* digits behind the point of an amount */

static const char *const aliases[REPORT_COLUMNS] = {
    "c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8"
};

/* -- which cells a row has -----------------------------------------------------------------------
 */

static bool is_grouped(const struct report_query *q)
{
    return !q->rows && q->def->group_count > 0;
}

/* The columns that were chosen; without any, the first fields of the set. */
static const struct report_field *column_of(const struct report_query *q, size_t i)
{
    const struct report_def *def = q->def;
    size_t n = 0;

    if (def->column_count > 0)
        return i < def->column_count ? def->columns[i] : NULL;
    for (const struct report_field *f = def->set->fields; f->name != NULL; f++)
        if (report_field_may(q->req->actor, f) && n++ == i)
            return i < DEFAULT_COLUMNS ? f : NULL;
    return NULL;
}

static size_t column_count(const struct report_query *q)
{
    size_t n = 0;

    while (n < REPORT_COLUMNS && column_of(q, n) != NULL)
        n++;
    return n;
}

size_t report_cell_count(const struct report_query *q)
{
    return is_grouped(q) ? q->def->group_count + q->def->figure_count : column_count(q);
}

static const struct report_figure *figure_at(const struct report_query *q, size_t i)
{
    const size_t groups = q->def->group_count;

    return is_grouped(q) && i >= groups ? &q->def->figures[i - groups] : NULL;
}

static const struct report_group *group_at(const struct report_query *q, size_t i)
{
    return is_grouped(q) && i < q->def->group_count ? &q->def->groups[i] : NULL;
}

const char *report_cell_head(const struct report_query *q, size_t i)
{
    if (figure_at(q, i) != NULL)
        return report_figure_label(q->req, figure_at(q, i));
    if (group_at(q, i) != NULL)
        return report_group_label(q->req, group_at(q, i));
    return tr(q->req, column_of(q, i)->label);
}

bool report_cell_is_number(const struct report_query *q, size_t i)
{
    if (figure_at(q, i) != NULL)
        return true;
    return group_at(q, i) == NULL && report_is_number(column_of(q, i));
}

bool report_cell_is_money(const struct report_query *q, size_t i)
{
    const struct report_figure *figure = figure_at(q, i);
    const struct report_field *field = figure != NULL           ? figure->field
                                       : group_at(q, i) != NULL ? NULL
                                                                : column_of(q, i);

    return field != NULL && field->type == REPORT_MONEY;
}

/* -- what is selected ----------------------------------------------------------------------------
 */

/* How far the reader's zone is from UTC today: where months begin. */
static int64_t zone_minutes(const struct report_query *q)
{
    const int32_t today = text_local_day(q->req->locale, q->now);

    return ((int64_t)today * CLOCK_DAY - text_day_starts_at(q->req->locale, today)) / CLOCK_MINUTE;
}

static void add_date(struct db_compose *c, const struct report_query *q,
                     const struct report_field *field)
{
    if (field->type == REPORT_DAY) {
        db_compose_add(c, field->sql);
        return;
    }
    db_compose_add(c, "(");
    db_compose_add(c, field->sql);
    db_compose_add(c, " + INTERVAL ");
    db_compose_value(c, DB_I(zone_minutes(q)));
    db_compose_add(c, " MINUTE)");
}

static void add_group(struct db_compose *c, const struct report_query *q,
                      const struct report_group *group)
{
    const struct report_span *span = group->span;

    if (span == NULL) {
        db_compose_add(c, report_field_sql(q->req, group->field));
        return;
    }
    db_compose_add(c, span->head);
    add_date(c, q, group->field);
    if (span->middle != NULL) {
        db_compose_add(c, span->middle);
        add_date(c, q, group->field);
    }
    db_compose_add(c, span->tail);
}

static void add_figure(struct db_compose *c, const struct report_figure *figure)
{
    static const struct {
        const char *head, *tail;
    } sums[] = { [REPORT_COUNT] = { "COUNT(*)", "" },
                 [REPORT_SUM] = { "SUM(", ")" },
                 [REPORT_AVERAGE] = { "ROUND(AVG(", "), 4)" } };

    db_compose_add(c, sums[figure->sum].head);
    if (figure->field != NULL)
        db_compose_add(c, figure->field->sql);
    db_compose_add(c, sums[figure->sum].tail);
}

static void add_number(struct db_compose *c, const struct report_figure *figure)
{
    db_compose_add(c, "CAST(");
    add_figure(c, figure);
    db_compose_add(c, " AS CHAR)");
}

static void add_column(struct db_compose *c, const struct report_query *q,
                       const struct report_field *field)
{
    const bool number = report_is_number(field);

    db_compose_add(c, number ? "CAST(" : "");
    db_compose_add(c, report_field_sql(q->req, field));
    db_compose_add(c, number ? " AS CHAR)" : "");
}

/* How cell I arrives. */
static struct db_field arrives(const struct report_query *q, size_t i)
{
    const struct report_group *group = group_at(q, i);
    const size_t cell = offsetof(struct report_row, cells) + i * sizeof(struct report_cell);
    struct db_field f = { .column = aliases[i], .nullable = true };

    f.kind = DB_TEXT;
    f.offset = cell + offsetof(struct report_cell, text);
    f.cap_bytes = TEXT_BYTES;
    if (figure_at(q, i) != NULL)
        return f;
    if ((group != NULL && group->span != NULL) ||
        (group == NULL && column_of(q, i)->type == REPORT_DAY)) {
        f.kind = DB_DAY;
        f.offset = cell + offsetof(struct report_cell, day);
        f.cap_bytes = 0;
    } else if (group == NULL && column_of(q, i)->type == REPORT_INSTANT) {
        f.kind = DB_AT;
        f.offset = cell + offsetof(struct report_cell, at);
        f.cap_bytes = 0;
    }
    return f;
}

static void add_cell(struct db_compose *c, const struct report_query *q, size_t i)
{
    if (figure_at(q, i) != NULL)
        add_number(c, figure_at(q, i));
    else if (group_at(q, i) != NULL)
        add_group(c, q, group_at(q, i));
    else
        add_column(c, q, column_of(q, i));
    db_compose_add(c, " AS ");
    db_compose_add(c, aliases[i]);
    db_compose_column(c, arrives(q, i));
}

static void add_id(struct db_compose *c, const struct report_query *q)
{
    db_compose_add(c, is_grouped(q) ? "0" : q->def->set->id);
    db_compose_add(c, " AS id");
    db_compose_column(c, (struct db_field){ .column = "id",
                                            .kind = DB_I64,
                                            .offset = offsetof(struct report_row, id) });
}

/* -- which rows ----------------------------------------------------------------------------------
 */

static void add_scope(struct db_compose *c, const struct report_query *q)
{
    const struct report_set *set = q->def->set;
    const struct actor *actor = q->req->actor;
    const char *values = set->scope_values;

    db_compose_add(c, " ");
    db_compose_add(c, set->from);
    db_compose_add(c, "WHERE ");
    db_compose_add(c, set->scope);
    for (; *values != '\0'; values++)
        db_compose_bind(c, DB_I(*values == REPORT_LOW    ? actor->department_low
                                : *values == REPORT_HIGH ? actor->department_high
                                                         : actor->user_id));
}

/* PATTERN with what LIKE reads in it taken as it is. */
static const char *pattern(struct arena *a, const char *text, bool anywhere)
{
    char *out = arena_alloc(a, 2 * strlen(text) + 3), *at = out;

    if (anywhere)
        *at++ = '%';
    for (; *text != '\0'; text++) {
        if (strchr("%_\\", *text) != NULL)
            *at++ = '\\';
        *at++ = *text;
    }
    *at = '%';
    return out;
}

static void add_edge(struct db_compose *c, const struct report_query *q,
                     const struct report_field *field, const char *sign, int32_t day)
{
    const struct text_locale *loc = q->req->locale;
    const bool until = *sign == '<';

    db_compose_add(c, " AND ");
    db_compose_add(c, field->sql);
    db_compose_add(c, field->type == REPORT_INSTANT && until ? " < " : sign);
    if (field->type == REPORT_DAY)
        db_compose_value(c, DB_D(day));
    else
        db_compose_value(c,
                         DB_T(until ? text_day_ends_at(loc, day) : text_day_starts_at(loc, day)));
}

static void add_period(struct db_compose *c, const struct report_query *q,
                       const struct report_filter *f)
{
    const struct report_period p = report_period_of(f, text_local_day(q->req->locale, q->now));

    if (p.from != DAY_NONE)
        add_edge(c, q, f->field, ">= ", p.from);
    if (p.until != DAY_NONE)
        add_edge(c, q, f->field, "<= ", p.until);
}

static void add_empty(struct db_compose *c, const struct report_query *q,
                      const struct report_filter *f)
{
    const bool text = !report_is_date(f->field) && !report_is_number(f->field);
    const bool filled = str_eq(f->op->code, "filled");

    db_compose_add(c, filled ? " AND NOT (" : " AND (");
    db_compose_add(c, report_field_sql(q->req, f->field));
    db_compose_add(c, " IS NULL");
    if (text) {
        db_compose_add(c, " OR ");
        db_compose_add(c, report_field_sql(q->req, f->field));
        db_compose_add(c, " = ''");
    }
    db_compose_add(c, ")");
}

static void add_compared(struct db_compose *c, const struct report_query *q,
                         const struct report_filter *f)
{
    static const struct {
        const char *code, *head, *sign, *tail;
    } signs[] = { { "is", " AND (", " = ", ")" },          { "is_not", " AND NOT (", " <=> ", ")" },
                  { "contains", " AND (", " LIKE ", ")" }, { "begins", " AND (", " LIKE ", ")" },
                  { "least", " AND (", " >= ", ")" },      { "most", " AND (", " <= ", ")" } };
    const bool number = report_is_number(f->field);
    const bool like = str_eq(f->op->code, "contains") || str_eq(f->op->code, "begins");

    for (size_t i = 0; i < ARRAY_LEN(signs); i++) {
        if (!str_eq(signs[i].code, f->op->code))
            continue;
        db_compose_add(c, signs[i].head);
        db_compose_add(c, report_field_sql(q->req, f->field));
        db_compose_add(c, signs[i].sign);
        db_compose_add(c, number ? "CAST(" : "");
        db_compose_value(
            c, number ? DB_M(f->number)
               : like ? DB_S(pattern(q->req->arena, f->value, str_eq(f->op->code, "contains")))
                      : DB_S(f->value));
        db_compose_add(c, number ? " AS DECIMAL(19,4))" : "");
        db_compose_add(c, signs[i].tail);
    }
}

static void add_filter(struct db_compose *c, const struct report_query *q,
                       const struct report_filter *f)
{
    if (str_eq(f->op->code, "empty") || str_eq(f->op->code, "filled"))
        add_empty(c, q, f);
    else if (report_is_date(f->field))
        add_period(c, q, f);
    else
        add_compared(c, q, f);
}

static void add_pick(struct db_compose *c, const struct report_query *q, size_t i)
{
    const struct report_pick *pick = &q->picks[i];
    const struct report_group *group = &q->def->groups[i];

    if (!pick->chosen || i >= q->def->group_count)
        return;
    db_compose_add(c, " AND ");
    add_group(c, q, group);
    db_compose_add(c, " <=> ");
    db_compose_value(c, pick->none            ? DB_S(NULL)
                        : group->span != NULL ? DB_D(pick->day)
                                              : DB_S(pick->text));
}

static void add_where(struct db_compose *c, const struct report_query *q)
{
    add_scope(c, q);
    for (size_t i = 0; i < q->def->filter_count; i++)
        add_filter(c, q, &q->def->filters[i]);
    for (size_t i = 0; i < REPORT_GROUPS; i++)
        add_pick(c, q, i);
}

/* -- order ---------------------------------------------------------------------------------------
 */

static void add_group_order(struct db_compose *c, const struct report_query *q)
{
    const struct report_def *def = q->def;
    const char *way = def->ascending ? " ASC, " : " DESC, ";

    db_compose_add(c,
                   def->group_count == 2 ? " GROUP BY c1, c2 ORDER BY " : " GROUP BY c1 ORDER BY ");
    if (def->sort_figure >= 0) {
        add_figure(c, &def->figures[def->sort_figure]);
        db_compose_add(c, way);
    } else if (def->sort_group >= 0) {
        db_compose_add(c, aliases[def->sort_group]);
        db_compose_add(c, way);
    }
    db_compose_add(c, def->group_count == 2 ? "c1, c2" : "c1");
}

static void add_row_order(struct db_compose *c, const struct report_query *q)
{
    const struct report_def *def = q->def;

    db_compose_add(c, " ORDER BY ");
    if (def->sort_field != NULL) {
        db_compose_add(c, report_field_sql(q->req, def->sort_field));
        db_compose_add(c, def->ascending ? " ASC, " : " DESC, ");
    }
    db_compose_add(c, def->set->id);
    db_compose_add(c, def->ascending ? " ASC" : " DESC");
}

struct db_compose *report_compose(const struct report_query *q, int64_t limit)
{
    struct db_compose *c = db_compose_new(q->req->arena, "report.run");

    db_compose_add(c, "SELECT ");
    add_id(c, q);
    for (size_t i = 0; i < report_cell_count(q); i++) {
        db_compose_add(c, ", ");
        add_cell(c, q, i);
    }
    add_where(c, q);
    if (is_grouped(q))
        add_group_order(c, q);
    else
        add_row_order(c, q);
    db_compose_add(c, " LIMIT ");
    db_compose_value(c, DB_I(limit));
    return c;
}

/* -- totals --------------------------------------------------------------------------------------
 */

/* Total I: how many rows there are, then each figure; of single rows the sum of each amount. */
static bool total_at(const struct report_query *q, size_t i, struct report_figure *out)
{
    const bool grouped = is_grouped(q);
    size_t n = 0;

    *out = (struct report_figure){ .sum = REPORT_COUNT };
    if (i == 0)
        return true;
    for (size_t k = 0; grouped && k < q->def->figure_count; k++)
        if (q->def->figures[k].sum != REPORT_COUNT && ++n == i) {
            *out = q->def->figures[k];
            return true;
        }
    for (size_t k = 0; !grouped && k < column_count(q); k++)
        if (column_of(q, k)->type == REPORT_MONEY && ++n == i) {
            *out = (struct report_figure){ REPORT_SUM, column_of(q, k) };
            return true;
        }
    return false;
}

size_t report_total_count(const struct report_query *q)
{
    struct report_figure figure;
    size_t n = 0;

    while (n < REPORT_COLUMNS && total_at(q, n, &figure))
        n++;
    return n;
}

struct db_compose *report_compose_totals(const struct report_query *q)
{
    struct db_compose *c = db_compose_new(q->req->arena, "report.totals");
    struct report_figure figure;

    db_compose_add(c, "SELECT ");
    for (size_t i = 0; i < REPORT_COLUMNS && total_at(q, i, &figure); i++) {
        db_compose_add(c, i > 0 ? ", " : "");
        add_number(c, &figure);
        db_compose_add(c, " AS ");
        db_compose_add(c, aliases[i]);
        db_compose_column(c, (struct db_field){ .column = aliases[i],
                                                .kind = DB_TEXT,
                                                .offset = offsetof(struct report_row, cells) +
                                                          i * sizeof(struct report_cell) +
                                                          offsetof(struct report_cell, text),
                                                .cap_bytes = TEXT_BYTES,
                                                .nullable = true });
    }
    add_where(c, q);
    return c;
}

/* -- as people and machines read it --------------------------------------------------------------
 */

static const char *figure_text(struct request *req, const struct report_figure *figure,
                               const struct report_cell *cell)
{
    int64_t e4;

    if (cell->text == NULL)
        return "–";
    if (!money_parse_e4(cell->text, &e4))
        return cell->text;
    if (figure->field != NULL && figure->field->type == REPORT_MONEY)
        return page_reported(req, e4, CENTS, CENTS);
    return text_decimal(req->locale, req->arena, e4, 0, figure->sum == REPORT_AVERAGE ? 1 : 2);
}

const char *report_total_label(const struct report_query *q, size_t i)
{
    struct report_figure figure;

    total_at(q, i, &figure);
    return i == 0 ? tr(q->req, N_("Records")) : report_figure_label(q->req, &figure);
}

const char *report_total_text(const struct report_query *q, size_t i,
                              const struct report_cell *cell)
{
    struct report_figure figure;

    total_at(q, i, &figure);
    return figure_text(q->req, &figure, cell);
}

static const char *quarter_text(struct request *req, int32_t day)
{
    int year, month, mday;

    day_to_civil(day, &year, &month, &mday);
    return trf(req, N_("Q%1$d %2$d"), (month + 2) / 3, year);
}

static const char *date_text(struct request *req, const struct report_span *span, int32_t day)
{
    int year, month, mday;

    if (day == DAY_NONE)
        return "–";
    day_to_civil(day, &year, &month, &mday);
    if (span != NULL && str_eq(span->code, "month"))
        return text_month(req->locale, req->arena, day);
    if (span != NULL && str_eq(span->code, "quarter"))
        return quarter_text(req, day);
    if (span != NULL && str_eq(span->code, "year"))
        return arena_printf(req->arena, "%d", year);
    return text_day(req->locale, req->arena, day);
}

static const char *word_text(struct request *req, const struct report_field *field,
                             const char *text)
{
    const char *word = text;

    if (str_is_empty(text))
        return "–";
    if (field->type == REPORT_CODE)
        word = report_code_word(req, field, text);
    else if (field->type == REPORT_COUNTRY)
        word = text_country_name(text_locale_lang(req->locale), text);
    return word;
}

const char *report_cell_text(const struct report_query *q, size_t i, const struct report_cell *cell)
{
    const struct report_group *group = group_at(q, i);
    const struct report_field *field;

    if (figure_at(q, i) != NULL)
        return figure_text(q->req, figure_at(q, i), cell);
    field = group != NULL ? group->field : column_of(q, i);
    if (group != NULL && group->span != NULL)
        return date_text(q->req, group->span, cell->day);
    if (report_is_number(field))
        return figure_text(q->req, &(struct report_figure){ .sum = REPORT_SUM, .field = field },
                           cell);
    if (field->type == REPORT_DAY)
        return date_text(q->req, NULL, cell->day);
    if (field->type == REPORT_INSTANT)
        return cell->at == 0 ? "–" : text_date_time(q->req->locale, q->req->arena, cell->at);
    return word_text(q->req, field, cell->text);
}

const char *report_cell_plain(const struct report_query *q, struct arena *a, size_t i,
                              const struct report_cell *cell)
{
    const struct report_group *group = group_at(q, i);
    char text[CLOCK_ISO_BYTES] = "";
    const struct report_field *field;

    if (figure_at(q, i) != NULL)
        return cell->text != NULL ? cell->text : "";
    field = group != NULL ? group->field : column_of(q, i);
    if ((group != NULL && group->span != NULL) || field->type == REPORT_DAY) {
        if (cell->day != DAY_NONE)
            day_iso(cell->day, text);
        return arena_dup(a, text);
    }
    if (field->type == REPORT_INSTANT) {
        if (cell->at != 0)
            clock_iso(cell->at, text);
        return arena_dup(a, text);
    }
    if (str_is_empty(cell->text))
        return "";
    return report_is_number(field) ? cell->text : word_text(q->req, field, cell->text);
}

int64_t report_cell_size(const struct report_cell *cell)
{
    int64_t e4 = 0;

    if (cell->text == NULL || !money_parse_e4(cell->text, &e4) || e4 < 0)
        return 0;
    return e4;
}
