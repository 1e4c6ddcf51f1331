/* deal/deal_list.c - the partner's list of registrations, and the same as a file. */
#include "base/str.h"
#include "custom/custom_list.h"
#include "deal/deal_list_sql.h"
#include "deal/deal_partner.h"
#include "deal/deal_view.h"
#include "web/export.h"
#include "web/rows.h"
#include "web/saved_view.h"

#include <stdio.h>
#include <string.h>

#define ADDRESS "/partner/deals"

/* In the order of enum deal_phase; 0 is all of them. */
static const struct list_view views[] = {
    { "all", N_("All") },
    { "yours", N_("Needs you") },
    { "vendor", N_("With the vendor") },
    { "protected", N_("Protected") },
    { "closed", N_("Closed") },
    { 0 },
};

/* In the order of enum deal_order. */
static const struct list_column columns[] = {
    { "updated", false, false },
    { "close", false, true },
    { "company", true, true },
    { 0 },
};

static const struct list_spec spec = {
    .address = ADDRESS,
    .views = views,
    .columns = columns,
    .search_label = N_("Company, project or number"),
};

struct deal_list_input {
    struct list_input list;
    struct form_more custom;
};
static const struct field query_fields[] = { LIST_FIELDS(struct deal_list_input), { 0 } };
const struct form deal_list_query = { .name = "deal_list",
                                      .fields = query_fields,
                                      .size_bytes = sizeof(struct deal_list_input),
                                      .more = custom_filter_deal,
                                      .more_offset = offsetof(struct deal_list_input, custom) };

/* -- reading -------------------------------------------------------------------------------------
 */

/* The statement of a list and its parameters: at most account, phase, key twice, id, limit. */
struct reading {
    const struct db_stmt *stmt;
    struct db_arg args[8];
};

static struct db_arg key_arg(const struct list *list)
{
    switch ((enum deal_order)list->column_no) {
    case DEAL_BY_COMPANY:
        return DB_S(list->key.text);
    case DEAL_BY_CLOSE:
        return DB_D((int32_t)list->key.number);
    default:
        return DB_T(list->key.number);
    }
}

static struct reading read_view(const struct request *req, const struct list *list, int64_t limit)
{
    const bool one_phase = list->view_no != 0;
    struct reading r = { .stmt = deal_own_list(one_phase, (enum deal_order)list->column_no,
                                               list->direction) };
    size_t n = 0;

    r.args[n++] = DB_I(req->actor->account_id);
    if (one_phase)
        r.args[n++] = DB_I((int64_t)list->view_no);
    if (list->direction != LIST_FIRST) {
        r.args[n++] = key_arg(list);
        r.args[n++] = key_arg(list);
        r.args[n++] = DB_I(list->key.id);
    }
    r.args[n] = DB_I(limit);
    return r;
}

static struct reading read_search(const struct request *req, const struct list *list, int64_t limit)
{
    const char *pattern = list_pattern(req->arena, list);

    return (struct reading){ &deal_own_search,
                             { DB_I(req->actor->account_id), DB_I((int64_t)list->view_no),
                               DB_I((int64_t)list->view_no), DB_S(pattern), DB_S(pattern),
                               DB_I(limit) } };
}

static struct custom_list as_custom(const struct request *req, const struct reading *r)
{
    const struct deal_list_input *in = req->input;

    return (struct custom_list){ .kind = CUSTOM_DEAL,
                                 .stmt = r->stmt,
                                 .args = r->args,
                                 .id = r->stmt == &deal_own_search ? "newest.id" : "deal.id",
                                 .typed = &in->custom };
}

/* -- the page ------------------------------------------------------------------------------------
 */

/* The values of a row, as part/deal_row.cs prints them. */
enum {
    ROW_NUMBER,
    ROW_COMPANY,
    ROW_PROJECT,
    ROW_STATUS,
    ROW_TOTAL,
    ROW_CLOSE,
    ROW_TONE,
    ROW_ICON,
    ROW_NEXT,
    ROW_SALES,
    ROW_UPDATED,
    ROW_VALUES
};
static const char *const row_names[ROW_VALUES + 1] = {
    [ROW_NUMBER] = "Number",     [ROW_COMPANY] = "Company", [ROW_PROJECT] = "Project",
    [ROW_STATUS] = "StatusHtml", [ROW_TOTAL] = "Total",     [ROW_CLOSE] = "Close",
    [ROW_TONE] = "NextTone",     [ROW_ICON] = "NextIcon",   [ROW_NEXT] = "Next",
    [ROW_SALES] = "Sales",       [ROW_UPDATED] = "Updated",
};
static const struct rows_part row_part = { "part/deal_row.cs", row_names };

static void show_row(struct request *req, const struct deal_row *row, int64_t now)
{
    const struct deal_next next = deal_next_in_cell(
        req, deal_state_find(row->state_code),
        (struct deal_dates){ row->due_at, row->answer_due_at, row->protected_until_at }, now);
    const char *total = row->total > 0 ? deal_total_text(req, row->total, row->currency) : "";

    rows_add(req,
             (const struct mould_value[ROW_VALUES]){
                 [ROW_NUMBER] = mould_text(deal_number(req->arena, row->id)),
                 [ROW_COMPANY] = mould_text(row->company_name),
                 [ROW_PROJECT] = mould_text(row->project_name),
                 [ROW_STATUS] = rows_status(req, deal_partner_statuses, row->state_code),
                 [ROW_TOTAL] = mould_text(total),
                 [ROW_CLOSE] = mould_text(text_day(req->locale, req->arena, row->expected_close)),
                 [ROW_TONE] = mould_text(next.tone),
                 [ROW_ICON] = mould_text(next.icon),
                 [ROW_NEXT] = mould_text(next.text),
                 [ROW_SALES] = mould_text(row->sales_name),
                 [ROW_UPDATED] = mould_text(
                     text_date_time_short(req->locale, req->arena, row->updated_at, now)),
             });
}

static struct list_key key_of(const struct list *list, const struct deal_row *row)
{
    switch ((enum deal_order)list->column_no) {
    case DEAL_BY_COMPANY:
        return (struct list_key){ .text = row->company_key, .id = row->id };
    case DEAL_BY_CLOSE:
        return (struct list_key){ .number = row->close_on, .id = row->id };
    default:
        return (struct list_key){ .number = row->updated_at, .id = row->id };
    }
}

/* A search is one page of its best: what came last. */
static struct err *show_rows(struct request *req, struct list *list)
{
    const bool search = list_searches(list);
    struct reading r =
        search ? read_search(req, list, 4 * LIST_ROWS) : read_view(req, list, list->fetch);
    const struct custom_list custom = as_custom(req, &r);
    struct list_key first, last;
    struct deal_row *rows;
    size_t count;
    int64_t now;

    TRY(db_now(req->db, &now));
    TRY(custom_list_rows(req, &custom, &rows, &count));
    if (!search)
        list_end(req, list, rows, sizeof(*rows), &count);
    rows_begin(req, &row_part);
    for (size_t i = 0; i < count; i++)
        show_row(req, &rows[i], now);
    rows_show(req, view_at(req->page, "Deals"), "RowsHtml");
    if (count > 0) {
        first = key_of(list, &rows[0]);
        last = key_of(list, &rows[count - 1]);
    }
    list_show(req, list, count > 0 ? &first : NULL, count > 0 ? &last : NULL);
    if (search)
        view_text(view_at(req->page, "List"), "Summary",
                  trf(req, N_("Searched in your newest %s registrations."),
                      text_number(req->locale, req->arena, DEAL_SEARCHED)));
    return NULL;
}

/* A number that is typed whole leads to its record. */
static struct err *open_number(struct request *req, const char *typed, bool *opened_out)
{
    const int64_t id = deal_typed_number(typed);
    struct deal *deal;

    *opened_out = false;
    if (id == 0)
        return NULL;
    TRY(deal_of_account(req->db, req->arena, req->actor->account_id, id, &deal));
    if (deal == NULL)
        return NULL;
    *opened_out = true;
    return err_pass(reply_redirect(req, NULL, ADDRESS "/DR-%lld", (long long)id));
}

struct err *deal_list_show(struct request *req)
{
    const struct deal_list_input *in = req->input;
    struct view *v = view_at(req->page, "Deals");
    struct list_spec with;
    struct list list;
    bool opened;

    custom_filter_spec(req, &in->custom, &spec, &with);
    TRY(list_begin(req, &with, &in->list, &list));
    TRY(open_number(req, in->list.q, &opened));
    if (opened)
        return NULL;
    page_title(req, tr(req, N_("Deal registrations")));
    view_flag(v, "MayEdit", actor_may(req->actor, PERM_DEAL_REGISTER));
    view_flag(v, "MayFigures", actor_may(req->actor, PERM_DEAL_FIGURES));
    view_flag(v, "MayCheck", actor_may(req->actor, PERM_DEAL_CHECK));
    TRY(show_rows(req, &list));
    if (actor_may(req->actor, PERM_DEAL_EXPORT))
        export_offer(req, v, ADDRESS, view_get(view_at(req->page, "List"), "Here"));
    view_flag(v, "IsFirst",
              list.view_no == 0 && list.direction == LIST_FIRST &&
                  str_is_empty(view_get(view_at(req->page, "List"), "Clear")));
    return err_pass(saved_view_show(req, &list));
}

/* -- the same as a file --------------------------------------------------------------------------
 */

static void export_row(struct export *x, struct request *req, const void *row_)
{
    char number[32], total[MONEY_TEXT_BYTES], close[DAY_ISO_BYTES], until[CLOCK_ISO_BYTES] = "",
                                                                    updated[CLOCK_ISO_BYTES];
    const struct deal_row *row = row_;

    snprintf(number, sizeof(number), "DR-%lld", (long long)row->id);
    money_text(row->total, money_digits(row->currency), total);
    day_iso(row->expected_close, close);
    if (row->protected_until_at != 0)
        clock_iso(row->protected_until_at, until);
    clock_iso(row->updated_at, updated);
    const char *const cells[] = { number,
                                  page_status_word(req, deal_partner_statuses, row->state_code),
                                  row->company_name,
                                  row->project_name,
                                  row->currency,
                                  total,
                                  close,
                                  until,
                                  row->sales_name,
                                  updated };

    export_cells(x, cells);
}

static const struct text_xlsx_column export_columns[] = {
    { N_("Registration"), XLSX_TEXT, 12 },
    { N_("Status"), XLSX_TEXT, 18 },
    { N_("Company"), XLSX_TEXT, 36 },
    { N_("Project name"), XLSX_TEXT, 36 },
    { N_("Currency"), XLSX_TEXT, 10 },
    { N_("Estimated value"), XLSX_NUMBER, 0 },
    { N_("Expected close date"), XLSX_DAY, 0 },
    { N_("Protected until"), XLSX_INSTANT, 0 },
    { N_("Sales person"), XLSX_TEXT, 0 },
    { N_("Changed"), XLSX_INSTANT, 0 },
    { 0 },
};
static const struct export_spec export_spec = {
    .file_name = "registrations",
    .title = N_("Deal registrations"),
    .columns = export_columns,
    .row = export_row,
};

struct err *deal_list_export(struct request *req)
{
    const struct deal_list_input *in = req->input;
    struct custom_list custom;
    struct list_spec with;
    struct reading r;
    struct list list;

    custom_filter_spec(req, &in->custom, &spec, &with);
    TRY(list_begin(req, &with, &in->list, &list));
    list.direction = LIST_FIRST;
    r = list_searches(&list) ? read_search(req, &list, DEAL_SEARCHED)
                             : read_view(req, &list, EXPORT_ALL_ROWS);
    custom = as_custom(req, &r);
    return err_pass(custom_list_export(req, &custom, &export_spec, NULL));
}

struct err *deal_view_save(struct request *req)
{
    return err_pass(saved_view_save(req, ADDRESS));
}

struct err *deal_view_delete(struct request *req)
{
    return err_pass(saved_view_delete(req, ADDRESS));
}
