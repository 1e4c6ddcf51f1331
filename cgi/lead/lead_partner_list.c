/* lead/lead_partner_list.c - a partner's leads, those it had, the pool, and the leads as a file. */
#include "base/str.h"
#include "deal/deal_names.h"
#include "lead/lead_forms.h"
#include "lead/lead_inside.h"
#include "lead/lead_partner.h"
#include "lead/lead_view.h"
#include "web/export.h"
#include "web/rows.h"

#define ADDRESS "/partner/leads"

/* The first three in the order of enum lead_phase from 2 on. */
static const struct list_view views[] = {
    { "answer", N_("To answer") },
    { "work", N_("In work") },
    { "closed", N_("Closed") },
    { "past", N_("No longer yours") },
    { 0 },
};
enum { VIEW_PAST = 3 };
static const struct list_column columns[] = { { "updated", false, false }, { 0 } };
static const struct list_spec spec = {
    .address = ADDRESS,
    .views = views,
    .columns = columns,
    .search_label = N_("Company, person or number"),
};

struct own_input {
    struct list_input list;
    const char *lead; /* the number of one that is no longer theirs: from a notification */
};
static const struct field own_fields[] = {
    LIST_FIELDS(struct own_input),
    { .name = "lead",
      .label = N_("Lead"),
      .kind = FIELD_TEXT,
      .max = 40,
      .offset = offsetof(struct own_input, lead) },
    { 0 },
};
const struct form lead_own_query = { .name = "lead_own",
                                     .fields = own_fields,
                                     .size_bytes = sizeof(struct own_input) };

static const char *line_of(const struct request *req, const struct deal_names *names, int64_t id)
{
    char space[STR_I64_BYTES];

    return id == 0 ? "" : deal_names_lines(req, req->arena, names, str_from_i64(id, space));
}

/* -- own leads -----------------------------------------------------------------------------------
 */

enum {
    ROW_NUMBER,
    ROW_COMPANY,
    ROW_PERSON,
    ROW_PLACE,
    ROW_STATUS,
    ROW_LINE,
    ROW_SCORE,
    ROW_TONE,
    ROW_LEFT,
    ROW_UPDATED,
    ROW_VALUES
};
static const char *const row_names[ROW_VALUES + 1] = {
    [ROW_NUMBER] = "Number",   [ROW_COMPANY] = "Company",   [ROW_PERSON] = "Person",
    [ROW_PLACE] = "Place",     [ROW_STATUS] = "StatusHtml", [ROW_LINE] = "Line",
    [ROW_SCORE] = "Score",     [ROW_TONE] = "Tone",         [ROW_LEFT] = "Left",
    [ROW_UPDATED] = "Updated",
};
static const struct rows_part row_part = { "part/lead_own_row.cs", row_names };

struct reading {
    const struct db_stmt *stmt;
    struct db_arg args[7];
};

static struct reading read_list(const struct request *req, const struct list *list, int64_t limit)
{
    struct reading r = { .stmt =
                             lead_own_list((int)list->view_no + LEAD_OFFERED, list->direction) };
    size_t n = 0;

    r.args[n++] = DB_I(req->actor->account_id);
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

    return (struct reading){ &lead_own_search,
                             { DB_I(req->actor->account_id),
                               DB_I((int64_t)list->view_no + LEAD_OFFERED), DB_S(pattern),
                               DB_S(pattern), DB_I(limit) } };
}

static void show_row(struct request *req, const struct lead_own_row *row,
                     const struct deal_names *names, int64_t now)
{
    const struct lead_left left = lead_time_left(req, now, row->due_at);

    rows_add(req,
             (const struct mould_value[ROW_VALUES]){
                 [ROW_NUMBER] = mould_text(lead_number(req->arena, row->id)),
                 [ROW_COMPANY] = mould_text(row->company_name),
                 [ROW_PERSON] = mould_text(row->person_name),
                 [ROW_PLACE] = mould_text(lead_place(req, row->city, row->region, row->country)),
                 [ROW_STATUS] = rows_status(req, lead_partner_statuses, row->state_code),
                 [ROW_LINE] = mould_text(line_of(req, names, row->product_line_id)),
                 [ROW_SCORE] = mould_text(text_number(req->locale, req->arena, row->score)),
                 [ROW_TONE] = mould_text(left.tone),
                 [ROW_LEFT] = mould_text(left.text),
                 [ROW_UPDATED] =
                     mould_text(text_date_time_short(req->locale, req->arena, row->key_at, now)),
             });
}

static struct err *show_rows(struct request *req, struct list *list)
{
    const bool search = list_searches(list);
    struct reading r =
        search ? read_search(req, list, 4 * LIST_ROWS) : read_list(req, list, list->fetch);
    struct list_key first = { 0 }, last = { 0 };
    const struct deal_names *names;
    struct lead_own_row *rows;
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
        first = (struct list_key){ .number = rows[0].key_at, .id = rows[0].id };
        last = (struct list_key){ .number = rows[count - 1].key_at, .id = rows[count - 1].id };
    }
    list_show(req, list, count > 0 ? &first : NULL, count > 0 ? &last : NULL);
    return NULL;
}

/* Those that it declined, or that were taken back: the newest hundred. */
static struct err *show_past(struct request *req, struct list *list)
{
    struct view *v = view_at(req->page, "Leads");
    const struct deal_names *names;
    struct lead_past_row *rows;
    size_t count;

    TRY(deal_names_read(req, &names));
    TRY(db_list(req->db, req->arena, &lead_own_past, DB_ARGS(DB_I(req->actor->account_id)), &rows,
                &count));
    for (size_t i = 0; i < count; i++) {
        struct view *r = view_row(v, "Past");

        view_text(r, "Number", lead_number(req->arena, rows[i].lead_id));
        view_text(r, "Place", lead_place(req, rows[i].city, rows[i].region, rows[i].country));
        view_text(r, "Line", line_of(req, names, rows[i].product_line_id));
        page_status(req, r, "Status", lead_outcome_statuses, rows[i].outcome);
        page_at(req, r, "Offered", rows[i].offered_at);
        page_at(req, r, "Ended", rows[i].ended_at);
    }
    list_show(req, list, NULL, NULL);
    view_flag(v, "IsPast", true);
    return NULL;
}

/* -- beside the list -----------------------------------------------------------------------------
 */

static const char *hours(struct request *req, int64_t minutes)
{
    return minutes < 60 ? trf(req, N_("%lld m"), (long long)minutes)
                        : trf(req, N_("%1$lld h %2$02lld m"), (long long)(minutes / 60),
                              (long long)(minutes % 60));
}

static void answer(struct request *req, struct view *v, const char *label, int64_t n, int64_t all)
{
    struct view *r = view_row(v, "Answers");

    view_text(r, "Label", tr(req, label));
    page_int(req, r, "N", n);
    view_int(r, "Width", all > 0 ? n * 100 / all : 0);
}

static struct err *show_share(struct request *req, struct view *v)
{
    struct lead_share_row s = { 0 };
    bool found;

    TRY(db_one(req->db, req->arena, &lead_own_share, DB_ARGS(DB_I(req->actor->account_id)), &s,
               &found));
    if (!found || s.offers == 0)
        return NULL;
    answer(req, v, N_("Converted"), s.converted, s.offers);
    answer(req, v, N_("Open"), s.open, s.offers);
    answer(req, v, N_("Disqualified"), s.disqualified, s.offers);
    answer(req, v, N_("Declined"), s.declined, s.offers);
    answer(req, v, N_("Not answered in time"), s.timed_out, s.offers);
    answer(req, v, N_("Taken back"), s.recalled, s.offers);
    if (s.answers > 0)
        view_text(v, "AnswerTime",
                  trf(req, N_("You answer after %1$s of business time on average."),
                      hours(req, s.answer_minutes / s.answers)));
    return NULL;
}

static struct err *open_number(struct request *req, const char *typed, bool *opened_out)
{
    const int64_t id = lead_typed_number(typed);
    struct lead *lead = NULL;

    *opened_out = false;
    if (id != 0)
        TRY(lead_of_account(req->db, req->arena, req->actor->account_id, id, &lead));
    if (lead == NULL)
        return NULL;
    *opened_out = true;
    return err_pass(reply_redirect(req, NULL, ADDRESS "/LD-%lld", (long long)id));
}

struct err *lead_own_show(struct request *req)
{
    const struct own_input *in = req->input;
    struct view *v = view_at(req->page, "Leads");
    struct list list;
    bool opened;

    TRY(list_begin(req, &spec, &in->list, &list));
    TRY(open_number(req, in->list.q, &opened));
    if (!opened)
        TRY(open_number(req, in->lead, &opened));
    if (opened)
        return NULL;
    if (!str_is_empty(in->lead)) { /* told of one that is no longer theirs */
        list.view_no = VIEW_PAST;
        list.view = &views[VIEW_PAST];
    }
    page_title(req, tr(req, N_("Leads")));
    view_flag(v, "MayWork", actor_may(req->actor, PERM_LEAD_WORK));
    view_text(v, "View", list.view->code);
    TRY(show_share(req, v));
    TRY(list.view_no == VIEW_PAST ? show_past(req, &list) : show_rows(req, &list));
    if (actor_may(req->actor, PERM_LEAD_EXPORT) && list.view_no != VIEW_PAST)
        export_offer(req, v, ADDRESS, view_get(view_at(req->page, "List"), "Here"));
    return NULL;
}

static void export_row(struct export *x, struct request *req, const void *row_)
{
    char due[CLOCK_ISO_BYTES] = "", accepted[CLOCK_ISO_BYTES] = "", space[STR_I64_BYTES];
    const struct deal_names *names = export_arg(x);
    const struct lead_own_row *row = row_;

    if (row->due_at != 0)
        clock_iso(row->due_at, due);
    if (row->accepted_at != 0)
        clock_iso(row->accepted_at, accepted);
    const char *const cells[] = {
        lead_number(export_arena(x), row->id),
        page_status_word(req, lead_partner_statuses, row->state_code),
        row->company_name,
        row->person_name,
        row->city,
        row->country,
        row->product_line_id == 0 ? ""
                                  : deal_names_lines(req, export_arena(x), names,
                                                     str_from_i64(row->product_line_id, space)),
        arena_number(export_arena(x), "", row->score),
        accepted,
        due,
    };

    export_cells(x, cells);
}

static const struct text_xlsx_column export_columns[] = {
    { N_("Lead"), XLSX_TEXT, 12 },
    { N_("Status"), XLSX_TEXT, 18 },
    { N_("Company"), XLSX_TEXT, 36 },
    { N_("Person"), XLSX_TEXT, 24 },
    { N_("City"), XLSX_TEXT, 18 },
    { N_("Country"), XLSX_TEXT, 10 },
    { N_("Product line"), XLSX_TEXT, 20 },
    { N_("Score"), XLSX_NUMBER, 0 },
    { N_("Accepted"), XLSX_INSTANT, 0 },
    { N_("Taken back"), XLSX_INSTANT, 0 },
    { 0 },
};
static const struct export_spec export_spec = {
    .file_name = "leads",
    .title = N_("Leads"),
    .columns = export_columns,
    .row = export_row,
};

struct err *lead_own_export(struct request *req)
{
    const struct own_input *in = req->input;
    const struct deal_names *names;
    struct reading r;
    struct list list;

    TRY(list_begin(req, &spec, &in->list, &list));
    TRY(deal_names_read(req, &names));
    list.direction = LIST_FIRST;
    if (list.view_no == VIEW_PAST)
        list.view_no = 0;
    r = list_searches(&list) ? read_search(req, &list, EXPORT_ALL_ROWS)
                             : read_list(req, &list, EXPORT_ALL_ROWS);
    return err_pass(export_list(req, &export_spec, r.stmt, r.args, names));
}

/* -- the pool ------------------------------------------------------------------------------------
 */

static const struct list_column pool_columns[] = { { "pooled", false, false }, { 0 } };
static const struct list_spec pool_spec = {
    .address = ADDRESS "/pool",
    .columns = pool_columns,
};
struct pool_input {
    struct list_input list;
};
static const struct field pool_fields[] = { LIST_FIELDS(struct pool_input), { 0 } };
const struct form lead_pool_query = { .name = "lead_pool_list",
                                      .fields = pool_fields,
                                      .size_bytes = sizeof(struct pool_input) };

static void show_pooled(struct request *req, const struct lead_pool_row *row,
                        const struct deal_names *names)
{
    struct view *r = view_row(view_at(req->page, "Pool"), "Rows");

    view_int(r, "Id", row->id);
    view_int(r, "Version", row->row_version);
    view_text(r, "Number", lead_number(req->arena, row->id));
    view_text(r, "Place", lead_place(req, row->city, row->region, row->country));
    view_text(r, "Line", line_of(req, names, row->product_line_id));
    view_text(r, "Budget", lead_choice(req, lead_budgets, row->budget));
    view_text(r, "When", lead_choice(req, lead_timeframes, row->timeframe));
    page_int(req, r, "Score", row->score);
    page_at(req, r, "At", row->pooled_at);
    view_flag(r, "Apply", str_eq(row->pool, "apply"));
    view_flag(r, "Wished", row->wished);
}

struct err *lead_pool_show(struct request *req)
{
    static const struct pool_input nothing = { .list = { "", "", "", "", "" } };
    const bool listed = req->route->query != NULL && req->input != NULL;
    const struct pool_input *in = listed ? req->input : &nothing;
    struct db_arg args[7] = { DB_I(req->actor->account_id) };
    struct list_key first = { 0 }, last = { 0 };
    const struct deal_names *names;
    struct lead_pool_row *rows;
    size_t n = 1, count;
    struct list list;

    TRY(list_begin(req, &pool_spec, &in->list, &list));
    page_title(req, tr(req, N_("Lead pool")));
    page_crumb(req, tr(req, N_("Leads")), ADDRESS);
    if (list.direction != LIST_FIRST) {
        args[n++] = DB_T(list.key.number);
        args[n++] = DB_T(list.key.number);
        args[n++] = DB_I(list.key.id);
    }
    args[n] = DB_I(list.fetch);
    TRY(deal_names_read(req, &names));
    TRY(db_list(req->db, req->arena, lead_pool_list(list.direction), args, &rows, &count));
    list_end(req, &list, rows, sizeof(*rows), &count);
    for (size_t i = 0; i < count; i++)
        show_pooled(req, &rows[i], names);
    if (count > 0) {
        first = (struct list_key){ .number = rows[0].pooled_at, .id = rows[0].id };
        last = (struct list_key){ .number = rows[count - 1].pooled_at, .id = rows[count - 1].id };
    }
    list_show(req, &list, count > 0 ? &first : NULL, count > 0 ? &last : NULL);
    view_flag(view_at(req->page, "Pool"), "MayWork", actor_may(req->actor, PERM_LEAD_WORK));
    form_token(req);
    return NULL;
}
