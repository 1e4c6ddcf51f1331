/* lead/lead_staff_list.c - the list of leads for staff, and the same as a file. */
#include "base/str.h"
#include "deal/deal_names.h"
#include "lead/lead_forms.h"
#include "lead/lead_inside.h"
#include "lead/lead_staff.h"
#include "lead/lead_view.h"
#include "web/export.h"
#include "web/rows.h"
#include "web/saved_view.h"

#define ADDRESS "/staff/leads"

/* In the order of enum lead_queue. */
static const struct list_view views[] = {
    { "free", N_("Without a partner") },
    { "held", N_("Left to a person") },
    { "wished", N_("Asked for") },
    { "offered", N_("Offered") },
    { "work", N_("In work") },
    { "closed", N_("Closed") },
    { "all", N_("All") },
    { 0 },
};
static const struct list_column columns[] = { { "updated", false, false }, { 0 } };
static const struct list_spec spec = {
    .address = ADDRESS,
    .views = views,
    .columns = columns,
    .search_label = N_("Company, person, e-mail or number"),
};

struct queue_input {
    struct list_input list;
};
static const struct field query_fields[] = { LIST_FIELDS(struct queue_input), { 0 } };
const struct form lead_queue_query = { .name = "lead_queue",
                                       .fields = query_fields,
                                       .size_bytes = sizeof(struct queue_input) };

/* -- reading -------------------------------------------------------------------------------------
 */

struct reading {
    const struct db_stmt *stmt;
    struct db_arg args[8];
};

static struct reading read_list(const struct request *req, const struct list *list, int64_t limit)
{
    struct reading r = { .stmt = lead_queue_list((enum lead_queue)list->view_no, list->direction) };
    size_t n = 0;

    r.args[n++] = DB_I(req->actor->department_low);
    r.args[n++] = DB_I(req->actor->department_high);
    if (list->direction != LIST_FIRST) {
        r.args[n++] = DB_T(list->key.number);
        r.args[n++] = DB_T(list->key.number);
        r.args[n++] = DB_I(list->key.id);
    }
    r.args[n] = DB_I(limit);
    return r;
}

static struct reading read_search(const struct request *req, const struct list *list, int64_t limit)
{
    const char *pattern = list_pattern(req->arena, list);

    return (struct reading){ &lead_queue_search,
                             { DB_I(req->actor->department_low), DB_I(req->actor->department_high),
                               DB_S(pattern), DB_S(pattern), DB_S(pattern), DB_I(limit) } };
}

/* -- the page ------------------------------------------------------------------------------------
 */

/* The values of a row, as part/lead_row.cs prints them. */
enum {
    ROW_NUMBER,
    ROW_COMPANY,
    ROW_PLACE,
    ROW_STATUS,
    ROW_HINT,
    ROW_LINE,
    ROW_SCORE,
    ROW_TONE,
    ROW_LEFT,
    ROW_PARTNER,
    ROW_UPDATED,
    ROW_VALUES
};
static const char *const row_names[ROW_VALUES + 1] = {
    [ROW_NUMBER] = "Number",     [ROW_COMPANY] = "Company", [ROW_PLACE] = "Place",
    [ROW_STATUS] = "StatusHtml", [ROW_HINT] = "Hint",       [ROW_LINE] = "Line",
    [ROW_SCORE] = "Score",       [ROW_TONE] = "Tone",       [ROW_LEFT] = "Left",
    [ROW_PARTNER] = "Partner",   [ROW_UPDATED] = "Updated",
};
static const struct rows_part row_part = { "part/lead_row.cs", row_names };

static const char *hint_of(const struct request *req, const struct lead_queue_row *row)
{
    if (!str_is_empty(row->pool))
        return tr(req, N_("in the pool"));
    if (str_eq(row->held, "copy"))
        return tr(req, N_("may be a copy"));
    return str_eq(row->held, "known") ? tr(req, N_("spoken for")) : "";
}

static const char *line_of(const struct request *req, const struct deal_names *names, int64_t id)
{
    char space[STR_I64_BYTES];

    return id == 0 ? "" : deal_names_lines(req, req->arena, names, str_from_i64(id, space));
}

static void show_row(struct request *req, const struct lead_queue_row *row,
                     const struct deal_names *names, int64_t now)
{
    const struct lead_left left = lead_time_left(req, now, row->due_at);

    rows_add(req,
             (const struct mould_value[ROW_VALUES]){
                 [ROW_NUMBER] = mould_text(lead_number(req->arena, row->id)),
                 [ROW_COMPANY] = mould_text(row->company_name),
                 [ROW_PLACE] = mould_text(lead_place(req, row->city, row->region, row->country)),
                 [ROW_STATUS] = rows_status(req, lead_staff_statuses, row->state_code),
                 [ROW_HINT] = mould_text(hint_of(req, row)),
                 [ROW_LINE] = mould_text(line_of(req, names, row->product_line_id)),
                 [ROW_SCORE] = mould_text(text_number(req->locale, req->arena, row->score)),
                 [ROW_TONE] = mould_text(left.tone),
                 [ROW_LEFT] = mould_text(left.text),
                 [ROW_PARTNER] = mould_text(row->partner_name),
                 [ROW_UPDATED] =
                     mould_text(text_date_time_short(req->locale, req->arena, row->key_at, now)),
             });
}

static struct list_key key_of(const struct lead_queue_row *row)
{
    return (struct list_key){ .number = row->key_at, .id = row->id };
}

static struct err *show_rows(struct request *req, struct list *list)
{
    const bool search = list_searches(list);
    struct reading r =
        search ? read_search(req, list, 4 * LIST_ROWS) : read_list(req, list, list->fetch);
    const struct deal_names *names;
    struct list_key first, last;
    struct lead_queue_row *rows;
    size_t count;
    int64_t now;

    TRY(db_now(req->db, &now));
    TRY(deal_names_read(req, &names));
    TRY(db_list(req->db, req->arena, r.stmt, r.args, &rows, &count));
    if (!search)
        list_end(req, list, rows, sizeof(*rows), &count);
    rows_begin(req, &row_part);
    for (size_t i = 0; i < count; i++)
        show_row(req, &rows[i], names, now);
    rows_show(req, view_at(req->page, "Leads"), "RowsHtml");
    if (count > 0) {
        first = key_of(&rows[0]);
        last = key_of(&rows[count - 1]);
    }
    list_show(req, list, count > 0 ? &first : NULL, count > 0 ? &last : NULL);
    if (search)
        view_text(view_at(req->page, "List"), "Summary",
                  trf(req, N_("Searched in the newest %s leads."),
                      text_number(req->locale, req->arena, LEAD_SEARCHED)));
    return NULL;
}

/* A number that is typed whole leads to its record. */
static struct err *open_number(struct request *req, const char *typed, bool *opened_out)
{
    const int64_t id = lead_typed_number(typed);
    struct lead *lead = NULL;

    *opened_out = false;
    if (id != 0)
        TRY(lead_of_staff(req->db, req->arena, req->actor->department_low,
                          req->actor->department_high, id, &lead));
    if (lead == NULL)
        return NULL;
    *opened_out = true;
    return err_pass(reply_redirect(req, NULL, ADDRESS "/LD-%lld", (long long)id));
}

struct err *lead_queue_show(struct request *req)
{
    const struct queue_input *in = req->input;
    struct view *v = view_at(req->page, "Leads");
    struct list list;
    bool opened;

    TRY(list_begin(req, &spec, &in->list, &list));
    TRY(open_number(req, in->list.q, &opened));
    if (opened)
        return NULL;
    if (list_searches(&list))
        list_turn_to(&list, "all");
    page_title(req, tr(req, N_("Leads")));
    view_flag(view_at(req->page, "Page"), "Wide", true);
    view_flag(v, "MayEdit", actor_may(req->actor, PERM_LEAD_EDIT));
    view_flag(v, "MayRules", actor_may(req->actor, PERM_LEAD_RULES));
    TRY(show_rows(req, &list));
    if (actor_may(req->actor, PERM_LEAD_EXPORT))
        export_offer(req, v, ADDRESS, view_get(view_at(req->page, "List"), "Here"));
    view_flag(v, "IsFirst", list.view_no == 0 && list.direction == LIST_FIRST);
    return err_pass(saved_view_show(req, &list));
}

/* -- the same as a file --------------------------------------------------------------------------
 */

static void export_row(struct export *x, struct request *req, const void *row_)
{
    char created[CLOCK_ISO_BYTES], due[CLOCK_ISO_BYTES] = "", space[STR_I64_BYTES];
    const struct deal_names *names = export_arg(x);
    const struct lead_queue_row *row = row_;

    clock_iso(row->created_at, created);
    if (row->due_at != 0)
        clock_iso(row->due_at, due);
    const char *const cells[] = {
        lead_number(export_arena(x), row->id),
        page_status_word(req, lead_staff_statuses, row->state_code),
        row->company_name,
        row->city,
        row->country,
        row->product_line_id == 0 ? ""
                                  : deal_names_lines(req, export_arena(x), names,
                                                     str_from_i64(row->product_line_id, space)),
        arena_number(export_arena(x), "", row->score),
        lead_choice(req, lead_sources, row->source),
        row->partner_name,
        due,
        created,
    };

    export_cells(x, cells);
}

static const struct text_xlsx_column export_columns[] = {
    { N_("Lead"), XLSX_TEXT, 12 },      { N_("Status"), XLSX_TEXT, 18 },
    { N_("Company"), XLSX_TEXT, 36 },   { N_("City"), XLSX_TEXT, 18 },
    { N_("Country"), XLSX_TEXT, 10 },   { N_("Product line"), XLSX_TEXT, 20 },
    { N_("Score"), XLSX_NUMBER, 0 },    { N_("Source"), XLSX_TEXT, 14 },
    { N_("Partner"), XLSX_TEXT, 32 },   { N_("Taken back"), XLSX_INSTANT, 0 },
    { N_("Came in"), XLSX_INSTANT, 0 }, { 0 },
};
static const struct export_spec export_spec = {
    .file_name = "leads",
    .title = N_("Leads"),
    .columns = export_columns,
    .row = export_row,
};

struct err *lead_queue_export(struct request *req)
{
    const struct queue_input *in = req->input;
    const struct deal_names *names;
    struct reading r;
    struct list list;

    TRY(list_begin(req, &spec, &in->list, &list));
    TRY(deal_names_read(req, &names));
    list.direction = LIST_FIRST;
    r = list_searches(&list) ? read_search(req, &list, LEAD_SEARCHED)
                             : read_list(req, &list, EXPORT_ALL_ROWS);
    return err_pass(export_list(req, &export_spec, r.stmt, r.args, names));
}

struct err *lead_queue_view_save(struct request *req)
{
    return err_pass(saved_view_save(req, ADDRESS));
}

struct err *lead_queue_view_delete(struct request *req)
{
    return err_pass(saved_view_delete(req, ADDRESS));
}
