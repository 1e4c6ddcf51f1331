/* report/report_show.c - a report is run: as table and chart, the rows behind a group, as a file.
 *
 * Every page runs it anew with the visitor's own rights and departments. */
#include "report/report_inside.h"

#include "base/str.h"
#include "report/report_home.h"
#include "report/report_mail.h"
#include "web/export.h"
#include "web/http.h"

#include <string.h>

struct rows_input {
    const char *g1, *g2; /* "v" and the group's value, or "n" for the group without one */
};
static const struct field rows_fields[] = {
    { .name = "g1",
      .label = N_("First group"),
      .kind = FIELD_TEXT,
      .max = 400,
      .offset = offsetof(struct rows_input, g1) },
    { .name = "g2",
      .label = N_("Second group"),
      .kind = FIELD_TEXT,
      .max = 400,
      .offset = offsetof(struct rows_input, g2) },
    { 0 },
};
const struct form report_rows_query = { .name = "report.rows",
                                        .fields = rows_fields,
                                        .size_bytes = sizeof(struct rows_input) };

/* -- opening -------------------------------------------------------------------------------------
 */

/* *fits_out: false for a report whose choices are not all there for this reader; it is not run. */
static struct err *open_report(struct request *req, struct report_def *def, struct report_query *q,
                               bool *fits_out)
{
    const struct report *r = req->object;
    struct report_input *in = arena_alloc(req->arena, sizeof(*in));

    *q = (struct report_query){ .req = req, .def = def };
    TRY(report_load_input(req, r, in));
    TRY(db_now(req->db, &q->now));
    *fits_out = report_def_read(req, r->set, in, false, def);
    return NULL;
}

static void show_head(struct request *req, const struct report *r)
{
    page_crumb(req, tr(req, N_("Reports")), REPORT_ADDRESS);
    page_fact(req, tr(req, r->set->label));
    if (r->owner_id == 0)
        page_fact(req, tr(req, N_("ready-made")));
    else if (!r->own)
        page_fact(req, trf(req, N_("shared by %s"), r->owner_name));
}

static void show_filters(const struct report_query *q, struct view *v)
{
    for (size_t i = 0; i < q->def->filter_count; i++)
        view_text(view_row(v, "Filters"), "Text", report_filter_text(q->req, &q->def->filters[i]));
}

/* -- which rows are asked for -------------------------------------------------------------------
 */

static bool read_pick(const struct report_query *q, size_t i, const char *text,
                      struct report_pick *out)
{
    if (*text == '\0')
        return true;
    if (i >= q->def->group_count || (*text != 'v' && !str_eq(text, "n")))
        return false;
    *out = (struct report_pick){ .chosen = true, .none = *text == 'n', .text = text + 1 };
    return out->none || q->def->groups[i].span == NULL || day_parse(text + 1, &out->day);
}

/* -- the table -----------------------------------------------------------------------------------
 */

static const char *record_address(const struct report_query *q, const struct report_row *row)
{
    return arena_printf(q->req->arena, "%s%lld", q->def->set->address, (long long)row->id);
}

static void show_heads(const struct report_query *q, struct view *v)
{
    for (size_t i = 0; i < report_cell_count(q); i++) {
        struct view *head = view_row(v, "Heads");

        view_text(head, "Label", report_cell_head(q, i));
        view_flag(head, "Num", report_cell_is_number(q, i));
    }
}

/* How long the bar of a row is: its first figure beside the largest. */
static void show_bar(const struct report_query *q, struct view *row, const struct report_row *r,
                     int64_t most)
{
    const size_t i = q->def->group_count;
    const int64_t size = report_cell_size(&r->cells[i]);
    struct view *bar = view_at(row, "Bar"), *part = view_row(bar, "Parts");

    view_int(bar, "Max", 1000);
    view_text(bar, "Label", report_cell_text(q, i, &r->cells[i]));
    view_text(part, "Class", "c1");
    view_int(part, "X", 0);
    view_int(part, "Width", most > 0 ? (int64_t)((double)size / (double)most * 1000) : 0);
}

static bool has_bars(const struct report_query *q)
{
    return !q->rows && q->def->chart == REPORT_BARS && q->def->group_count > 0 &&
           q->def->groups[0].span == NULL;
}

static void show_row(const struct report_query *q, struct view *row, const struct report_row *r,
                     const char *address)
{
    const bool grouped = !q->rows && q->def->group_count > 0;

    view_text(row, "Href", address);
    if (!grouped)
        view_text(row, "Number",
                  arena_printf(q->req->arena, "%s%lld", q->def->set->number, (long long)r->id));
    for (size_t i = 0; i < report_cell_count(q); i++) {
        struct view *cell = view_row(row, "Cells");

        view_text(cell, "Text", report_cell_text(q, i, &r->cells[i]));
        view_flag(cell, "Num", report_cell_is_number(q, i));
    }
}

static int64_t largest(const struct report_query *q, const struct report_row *rows, size_t count)
{
    int64_t most = 0;

    for (size_t i = 0; i < count; i++) {
        const int64_t size = report_cell_size(&rows[i].cells[q->def->group_count]);

        most = size > most ? size : most;
    }
    return most;
}

static bool has_money(const struct report_query *q)
{
    for (size_t i = 0; i < report_cell_count(q); i++)
        if (report_cell_is_money(q, i))
            return true;
    return false;
}

static void show_table(const struct report_query *q, struct view *v, const struct report_row *rows,
                       size_t count)
{
    const struct report *r = q->req->object;
    const bool grouped = !q->rows && q->def->group_count > 0;
    const char **addresses = arena_array(q->req->arena, count + 1, sizeof(*addresses));
    const int64_t most = has_bars(q) ? largest(q, rows, count) : 0;

    show_heads(q, v);
    view_flag(v, "HasBars", has_bars(q));
    view_flag(v, "IsGrouped", grouped);
    view_flag(v, "HasMoney", has_money(q));
    view_text(v, "Currency", page_reporting(q->req));
    for (size_t i = 0; i < count; i++) {
        struct view *row = view_row(v, "Rows");

        addresses[i] =
            grouped ? report_rows_address(q, r->id, &rows[i]) : record_address(q, &rows[i]);
        show_row(q, row, &rows[i], addresses[i]);
        if (has_bars(q))
            show_bar(q, row, &rows[i], most);
    }
    if (grouped)
        report_chart_show(q, v, rows, count, addresses);
}

static struct err *show_totals(const struct report_query *q, struct view *v, bool *late_out)
{
    struct report_row *row;
    size_t count;

    TRY(db_compose_list(q->req->db, q->req->arena, report_compose_totals(q), sizeof(*row),
                        REPORT_SECONDS, &row, &count, late_out));
    for (size_t i = 0; count > 0 && i < report_total_count(q); i++) {
        struct view *total = view_row(v, "Totals");

        view_text(total, "Label", report_total_label(q, i));
        view_text(total, "Value", report_total_text(q, i, &row->cells[i]));
    }
    return NULL;
}

/* -- the SQL -------------------------------------------------------------------------------------
 */

static const char *value_text(struct arena *a, const struct db_arg *arg)
{
    char text[CLOCK_ISO_BYTES] = "NULL";

    switch (arg->kind) {
    case 'i':
        return arena_number(a, "", arg->i);
    case 's':
        return arg->data == NULL ? "NULL" : arena_join(a, "'", arg->data, "'", NULL);
    case 'm':
        money_text(arg->i, 4, text);
        return arena_dup(a, text);
    case 't':
        clock_iso(arg->i, text);
        return arena_dup(a, text);
    case 'd':
        day_iso(arg->i == DAY_NONE ? 0 : (int32_t)arg->i, text);
        return arena_dup(a, text);
    default:
        return arena_dup(a, text);
    }
}

static void show_sql(const struct report_query *q, struct view *v, const struct db_compose *c)
{
    const struct db_arg *args;
    size_t count;

    if (!actor_may(q->req->actor, PERM_REPORT_SQL))
        return;
    args = db_compose_args(c, &count);
    view_text(v, "Sql", db_compose_sql(c));
    for (size_t i = 0; i < count; i++)
        view_text(view_row(v, "Values"), "Text", value_text(q->req->arena, &args[i]));
}

/* -- pages ---------------------------------------------------------------------------------------
 */

static struct err *run(const struct report_query *q, struct view *v)
{
    struct request *req = q->req;
    const struct db_compose *c = report_compose(q, REPORT_ROWS + 1);
    struct report_row *rows;
    size_t count;
    bool late;

    show_sql(q, v, c);
    TRY(db_compose_list(req->db, req->arena, c, sizeof(*rows), REPORT_SECONDS, &rows, &count,
                        &late));
    if (!late)
        TRY(show_totals(q, v, &late));
    view_flag(v, "IsLate", late);
    if (late)
        return NULL;
    if (count > REPORT_ROWS) {
        count = REPORT_ROWS;
        view_text(v, "Cut",
                  trf(req, N_("The first %s are shown. The totals count all; a file has all."),
                      text_number(req->locale, req->arena, REPORT_ROWS)));
    }
    show_table(q, v, rows, count);
    return NULL;
}

static void show_actions(struct request *req, struct view *v, const struct report *r)
{
    const char *address = arena_number(req->arena, REPORT_ADDRESS "/", r->id);

    view_flag(v, "MayCopy", actor_may(req->actor, PERM_REPORT_EDIT));
    view_text(v, "Address", address);
    if (report_may_edit(req->actor, r))
        view_text(v, "Edit", arena_join(req->arena, address, "/edit", NULL));
    if (actor_may(req->actor, r->set->export_permission))
        export_offer(req, v, arena_join(req->arena, address, "/export", NULL), "");
}

struct err *report_show(struct request *req)
{
    const struct report *r = req->object;
    struct view *v = view_at(req->page, "Report");
    struct report_query q;
    struct report_def def;
    bool fits;

    TRY(open_report(req, &def, &q, &fits));
    page_title(req, report_name(req, r));
    show_head(req, r);
    view_flag(view_at(req->page, "Page"), "Wide", true);
    view_text(v, "Text", report_description(req, r));
    show_actions(req, v, r);
    form_token(req);
    view_flag(v, "IsBroken", !fits);
    if (!fits)
        return NULL;
    TRY(report_mail_show(req, v));
    if (def.group_count > 0)
        TRY(report_home_show(req, v));
    show_filters(&q, v);
    return err_pass(run(&q, v));
}

/* The group in words, as a row of the filters. */
static void show_pick(const struct report_query *q, struct view *v, size_t i)
{
    const struct report_pick *pick = &q->picks[i];
    struct report_query grouped = { .req = q->req, .def = q->def, .now = q->now };
    const struct report_cell cell = { .text = pick->none ? NULL : pick->text,
                                      .day = pick->none ? DAY_NONE : pick->day };

    if (pick->chosen)
        view_text(view_row(v, "Filters"), "Text",
                  arena_join(q->req->arena, report_cell_head(&grouped, i), ": ",
                             report_cell_text(&grouped, i, &cell), NULL));
}

struct err *report_rows_show(struct request *req)
{
    const struct rows_input *in = req->input;
    const struct report *r = req->object;
    struct view *v = view_at(req->page, "Report");
    struct report_query q;
    struct report_def def;
    bool fits;

    TRY(open_report(req, &def, &q, &fits));
    if (!fits || !read_pick(&q, 0, in->g1, &q.picks[0]) || !read_pick(&q, 1, in->g2, &q.picks[1]))
        return err_raise(ERR_NOT_FOUND, "report %lld has no such group", (long long)r->id);
    q.rows = true;
    page_title(req, report_name(req, r));
    show_head(req, r);
    page_crumb(req, report_name(req, r), arena_number(req->arena, REPORT_ADDRESS "/", r->id));
    view_flag(view_at(req->page, "Page"), "Wide", true);
    show_filters(&q, v);
    for (size_t i = 0; i < REPORT_GROUPS; i++)
        show_pick(&q, v, i);
    return err_pass(run(&q, v));
}

/* -- as a file -----------------------------------------------------------------------------------
 */

struct filling {
    const struct report_query *q;
    struct export *x;
};

static struct err *fill_row(void *arg, const void *row_)
{
    const struct filling *f = arg;
    const struct report_query *q = f->q;
    const struct report_row *row = row_;
    const bool grouped = !q->rows && q->def->group_count > 0;
    struct arena *a = export_arena(f->x);
    const char *cells[REPORT_COLUMNS + 1];
    size_t n = 0;

    arena_clear(a);
    if (!grouped)
        cells[n++] = arena_printf(a, "%s%lld", q->def->set->number, (long long)row->id);
    for (size_t i = 0; i < report_cell_count(q); i++)
        cells[n++] = report_cell_plain(q, a, i, &row->cells[i]);
    return err_pass(export_put(f->x, cells));
}

static struct err *fill(struct export *x, void *arg)
{
    const struct report_query *q = arg;
    struct filling f = { q, x };
    bool late;

    TRY(db_compose_each(q->req->db, report_compose(q, EXPORT_ALL_ROWS), sizeof(struct report_row),
                        REPORT_SECONDS, fill_row, &f, &late));
    return late ? err_pass(export_late(x)) : NULL;
}

static void add_column(struct text_xlsx_column *columns, size_t n, const char *head,
                       enum text_xlsx_kind kind)
{
    columns[n] = (struct text_xlsx_column){ head, kind, 0 };
}

static enum text_xlsx_kind kind_of(const struct report_query *q, size_t i)
{
    const struct report_def *def = q->def;

    if (report_cell_is_number(q, i))
        return XLSX_NUMBER;
    if (i < def->group_count)
        return def->groups[i].span != NULL ? XLSX_DAY : XLSX_TEXT;
    if (def->group_count > 0 || i >= def->column_count || !report_is_date(def->columns[i]))
        return XLSX_TEXT;
    return def->columns[i]->type == REPORT_DAY ? XLSX_DAY : XLSX_INSTANT;
}

struct err *report_export(struct request *req)
{
    const struct report *r = req->object;
    struct text_xlsx_column columns[REPORT_COLUMNS + 2] = { 0 };
    const struct export_spec spec = { .file_name = arena_number(req->arena, "report-", r->id),
                                      .title = N_("Report"),
                                      .columns = columns,
                                      .as_is = true };
    struct report_query q;
    struct report_def def;
    size_t n = 0;
    bool fits;

    if (!actor_may(req->actor, r->set->export_permission))
        return err_raise(ERR_NOT_FOUND, "this data set is not this person's to export");
    TRY(open_report(req, &def, &q, &fits));
    if (!fits)
        return err_raise(ERR_NOT_FOUND, "report %lld cannot be run", (long long)r->id);
    if (def.group_count == 0)
        add_column(columns, n++, tr(req, N_("Number")), XLSX_TEXT);
    for (size_t i = 0; i < report_cell_count(&q); i++)
        add_column(columns, n++, report_cell_head(&q, i), kind_of(&q, i));
    return err_pass(export_filled(req, &spec, fill, &q));
}
