/* deal/deal_reviewers.c - how reviewers decide: their figures of the last twelve months, which the
 * worker makes anew (table deal_reviewer_figure), the same as a file, and what one of them decided.
 */
#include "base/str.h"
#include "deal/deal_reviewers.h"
#include "deal/deal_staff.h"
#include "deal/deal_view.h"
#include "web/export.h"

enum { DECIDED_SHOWN = 50 };

/* -- statements ----------------------------------------------------------------------------------
 */

struct figure_row {
    int64_t user_id, decisions, approved, median_minutes, slow_minutes, overruled, appealed,
        reversed;
    const char *name;
};
static const struct db_field figure_fields[] = {
    DB_FIELD(struct figure_row, user_id, DB_I64, 0),
    DB_FIELD(struct figure_row, decisions, DB_I64, 0),
    DB_FIELD(struct figure_row, approved, DB_I64, 0),
    DB_NULLABLE(struct figure_row, median_minutes, DB_I64, 0),
    DB_NULLABLE(struct figure_row, slow_minutes, DB_I64, 0),
    DB_FIELD(struct figure_row, overruled, DB_I64, 0),
    DB_FIELD(struct figure_row, appealed, DB_I64, 0),
    DB_FIELD(struct figure_row, reversed, DB_I64, 0),
    DB_FIELD(struct figure_row, name, DB_TEXT, 240),
    { 0 },
};
static const struct db_stmt figures = {
    .name = "deal.reviewers.figures",
    .sql = "SELECT f.user_id, f.decisions, f.approved, f.median_minutes, f.slow_minutes, "
           "f.overruled, f.appealed, f.reversed, u.name FROM deal_reviewer_figure f "
           "JOIN user u ON u.id = f.user_id "
           "WHERE (u.department_id BETWEEN ? AND ? OR u.department_id IS NULL) "
           "ORDER BY f.decisions DESC, f.user_id LIMIT 200",
    .binds = "ii",
    .fields = figure_fields,
    .row_bytes = sizeof(struct figure_row),
    .flags = DB_STAFF_SCOPE | DB_LISTS,
};

struct decided_row {
    int64_t id, decided_at, decision_minutes;
    const char *state_code, *company_name, *partner_name;
};
static const struct db_field decided_fields[] = {
    DB_FIELD(struct decided_row, id, DB_I64, 0),
    DB_FIELD(struct decided_row, decided_at, DB_AT, 0),
    DB_NULLABLE(struct decided_row, decision_minutes, DB_I64, 0),
    DB_FIELD(struct decided_row, state_code, DB_TEXT, 12),
    DB_FIELD(struct decided_row, company_name, DB_TEXT, 400),
    DB_FIELD(struct decided_row, partner_name, DB_TEXT, 400),
    { 0 },
};
static const struct db_stmt decided = {
    .name = "deal.reviewers.decided",
    .sql = "SELECT d.id, d.decided_at, d.decision_minutes, d.state AS state_code, d.company_name, "
           "a.name AS partner_name FROM deal d FORCE INDEX (deal_decided_by) "
           "STRAIGHT_JOIN account a FORCE INDEX (PRIMARY) ON a.id = d.account_id "
           "WHERE (d.department_id BETWEEN ? AND ? OR d.department_id IS NULL "
           "OR d.reviewer_id = ?) AND d.reviewer_id = ? AND d.decided_at <= ? "
           "AND (d.decided_at < ? OR d.id < ?) ORDER BY d.decided_at DESC, d.id DESC LIMIT 51",
    .binds = "iiiitti",
    .fields = decided_fields,
    .row_bytes = sizeof(struct decided_row),
    .flags = DB_STAFF_SCOPE | DB_LISTS,
};

struct name_row {
    const char *name;
};
static const struct db_field name_fields[] = { DB_FIELD(struct name_row, name, DB_TEXT, 240),
                                               { 0 } };
static const struct db_stmt reviewer = {
    .name = "deal.reviewers.name",
    .sql = "SELECT name FROM user WHERE id = ? AND audience = 'staff'",
    .binds = "i",
    .fields = name_fields,
    .row_bytes = sizeof(struct name_row),
};

db_stmt_table deal_reviewer_statements[] = { &figures, &decided, &reviewer, NULL };

/* -- figures -------------------------------------------------------------------------------------
 */

static const char *minutes(const struct request *req, int64_t n)
{
    return n > 0 ? deal_minutes(req, n) : "–";
}

static void show_bar(struct request *req, struct view *row, const struct figure_row *r,
                     int64_t most)
{
    struct view *bar = view_at(row, "Bar"), *part = view_row(bar, "Parts");

    view_int(bar, "Max", most);
    view_text(bar, "Label", trn(req, "%s decision", "%s decisions", r->decisions));
    view_text(part, "Class", "c1");
    view_int(part, "X", 0);
    view_int(part, "Width", r->decisions);
}

static void show_figures(struct request *req, struct view *v, const struct figure_row *r,
                         int64_t most)
{
    struct view *row = view_row(v, "Reviewers");

    view_text(row, "Name", r->name);
    view_text(row, "Href", arena_number(req->arena, "/staff/deals/decided?person=", r->user_id));
    page_int(req, row, "Decisions", r->decisions);
    page_int(req, row, "Approved", r->approved);
    view_text(row, "Median", minutes(req, r->median_minutes));
    view_text(row, "Slow", minutes(req, r->slow_minutes));
    page_int(req, row, "Overruled", r->overruled);
    page_int(req, row, "Appealed", r->appealed);
    page_int(req, row, "Reversed", r->reversed);
    show_bar(req, row, r, most);
}

static const struct db_arg *scope(struct request *req)
{
    struct db_arg *args = arena_array(req->arena, 3, sizeof(*args));

    args[0] = DB_I(req->actor->department_low);
    args[1] = DB_I(req->actor->department_high);
    args[2] = (struct db_arg){ 0 };
    return args;
}

struct err *deal_reviewers_show(struct request *req, struct view *v)
{
    struct figure_row *rows;
    size_t count;

    TRY(db_list(req->db, req->arena, &figures, scope(req), &rows, &count));
    for (size_t i = 0; i < count; i++)
        show_figures(req, v, &rows[i], rows[0].decisions > 0 ? rows[0].decisions : 1);
    if (count > 0)
        export_offer(req, v, "/staff/deals/reviewers", "");
    return NULL;
}

/* -- the same as a file --------------------------------------------------------------------------
 */

static void export_row(struct export *x, struct request *req, const void *row)
{
    const struct figure_row *r = row;
    const int64_t numbers[] = { r->decisions, r->approved, r->median_minutes, r->slow_minutes,
                                r->overruled, r->appealed, r->reversed };
    const char *cells[1 + ARRAY_LEN(numbers)];

    (void)req;
    cells[0] = r->name;
    for (size_t i = 0; i < ARRAY_LEN(numbers); i++)
        cells[i + 1] = arena_number(export_arena(x), "", numbers[i]);
    export_cells(x, cells);
}

static const struct text_xlsx_column export_columns[] = {
    { N_("Reviewer"), XLSX_TEXT, 32 },
    { N_("Decisions"), XLSX_NUMBER, 0 },
    { N_("Approved"), XLSX_NUMBER, 0 },
    { N_("Median, minutes"), XLSX_NUMBER, 0 },
    { N_("90% within, minutes"), XLSX_NUMBER, 0 },
    { N_("Overruled"), XLSX_NUMBER, 0 },
    { N_("Appealed"), XLSX_NUMBER, 0 },
    { N_("Reversed"), XLSX_NUMBER, 0 },
    { 0 },
};
static const struct export_spec export_spec = {
    .file_name = "reviewers",
    .title = N_("Reviewers"),
    .columns = export_columns,
    .row = export_row,
};

struct err *deal_reviewers_export(struct request *req)
{
    return err_pass(export_list(req, &export_spec, &figures, scope(req), NULL));
}

/* -- what one of them decided --------------------------------------------------------------------
 */

struct decided_query {
    int64_t person, at, before; /* at, before: the last row of the page before */
};
static const struct field decided_query_fields[] = {
    { .name = "person",
      .label = N_("Person"),
      .kind = FIELD_ID,
      .offset = offsetof(struct decided_query, person) },
    { .name = "at",
      .label = N_("Page"),
      .kind = FIELD_INT,
      .max = INT64_MAX,
      .offset = offsetof(struct decided_query, at) },
    { .name = "before",
      .label = N_("Page"),
      .kind = FIELD_INT,
      .max = INT64_MAX,
      .offset = offsetof(struct decided_query, before) },
    { 0 },
};
const struct form deal_decided_query = { .name = "deal_decided",
                                         .fields = decided_query_fields,
                                         .size_bytes = sizeof(struct decided_query) };

static void show_decided(struct request *req, struct view *v, const struct decided_row *r)
{
    struct view *row = view_row(v, "Rows");

    view_text(row, "Number", deal_number(req->arena, r->id));
    view_text(row, "Href", deal_staff_address(req, r->id));
    view_text(row, "Company", r->company_name);
    view_text(row, "Partner", r->partner_name);
    page_status(req, row, "Status", deal_staff_statuses, r->state_code);
    page_at(req, row, "At", r->decided_at);
    view_text(row, "Took", minutes(req, r->decision_minutes));
}

struct err *deal_decided_show(struct request *req)
{
    const struct decided_query *in = req->input;
    const int64_t person = in->person != 0 ? in->person : req->actor->user_id;
    struct view *v = view_at(req->page, "Decided");
    struct decided_row *rows;
    struct name_row name;
    int64_t now, at;
    size_t count;
    bool found;

    TRY(db_one(req->db, req->arena, &reviewer, DB_ARGS(DB_I(person)), &name, &found));
    if (!found)
        return err_raise(ERR_NOT_FOUND, "no reviewer %lld", (long long)person);
    TRY(db_now(req->db, &now));
    at = in->at != 0 && in->at < now ? in->at : now;
    page_title(req, trf(req, N_("Decided by %s"), name.name));
    deal_staff_crumbs(req, NULL);
    page_crumb(req, tr(req, N_("Figures of deal registration")), "/staff/deals/figures");
    TRY(db_list(req->db, req->arena, &decided,
                DB_ARGS(DB_I(req->actor->department_low), DB_I(req->actor->department_high),
                        DB_I(req->actor->user_id), DB_I(person), DB_T(at), DB_T(at),
                        DB_I(in->before != 0 ? in->before : INT64_MAX)),
                &rows, &count));
    for (size_t i = 0; i < count && i < DECIDED_SHOWN; i++)
        show_decided(req, v, &rows[i]);
    if (count > DECIDED_SHOWN)
        view_text(v, "Older",
                  arena_printf(req->arena, "/staff/deals/decided?person=%lld&at=%lld&before=%lld",
                               (long long)person, (long long)rows[DECIDED_SHOWN - 1].decided_at,
                               (long long)rows[DECIDED_SHOWN - 1].id));
    return NULL;
}
