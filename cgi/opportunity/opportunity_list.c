/* opportunity/opportunity_list.c - the list of opportunities of partners and of staff, and the same
 * as a file. */
#include "account/territory.h"
#include "base/str.h"
#include "custom/custom_list.h"
#include "deal/deal_choices.h"
#include "deal/deal_view.h"
#include "opportunity/opportunity_board.h"
#include "opportunity/opportunity_list_sql.h"
#include "opportunity/opportunity_pages.h"
#include "opportunity/opportunity_share_pages.h"
#include "opportunity/opportunity_view.h"
#include "web/export.h"
#include "web/rows.h"
#include "web/saved_view.h"

#include <stdio.h>

static const struct list_view views[] = {
    { "open", N_("Open") },         { "mine", N_("Mine") },
    { "slipping", N_("Slipping") }, { "stale", N_("Stale") },
    { "won", N_("Won") },           { "lost", N_("Lost") },
    { "all", N_("All") },           { 0 },
};
/* In the order of enum opportunity_order. */
static const struct list_column columns[] = {
    { "close", false, true },
    { "updated", false, false },
    { 0 },
};

struct opportunity_query {
    struct list_input list;
    const char *stage, *month, *owner, *partner, *category, *territory;
    struct form_more custom;
};
#define FILTER(name_, label_, most)                                           \
    {                                                                         \
        .name = #name_, .label = (label_), .kind = FIELD_TEXT, .max = (most), \
        .offset = offsetof(struct opportunity_query, name_)                   \
    }
static const struct field query_fields[] = {
    LIST_FIELDS(struct opportunity_query),    FILTER(stage, N_("Stage"), 20),
    FILTER(month, N_("Month of closing"), 7), FILTER(owner, N_("Owner"), 20),
    FILTER(partner, N_("Partner"), 20),       FILTER(category, N_("Forecast"), 10),
    FILTER(territory, N_("Territory"), 20),   { 0 },
};
const struct form opportunity_list_query = { .name = "opportunity_list",
                                             .fields = query_fields,
                                             .size_bytes = sizeof(struct opportunity_query),
                                             .more = custom_filter_opportunity,
                                             .more_offset =
                                                 offsetof(struct opportunity_query, custom) };

/* -- filters, whose choices are data -------------------------------------------------------------
 */

static bool is_staff(const struct request *req)
{
    return req->actor->audience == AUD_STAFF;
}

static int64_t number_of(const char *text)
{
    int64_t n;

    if (str_is_empty(text))
        return 0;
    return str_to_i64(text, &n) && n > 0 ? n : -1;
}

static const struct choice *stage_choices(struct request *req,
                                          const struct opportunity_stages *stages)
{
    struct choice *list = arena_array(req->arena, stages->count + 2, sizeof(*list));
    size_t n = 0;

    list[n++] = (struct choice){ "", tr(req, N_("All stages")) };
    for (size_t i = 0; i < stages->count; i++)
        list[n++] = (struct choice){ arena_number(req->arena, "", stages->rows[i].id),
                                     opportunity_stage_name(req, &stages->rows[i]) };
    return list;
}

/* "2026-12" of the first day of a month. */
static const char *month_code(struct arena *a, int32_t first)
{
    char iso[DAY_ISO_BYTES];

    day_iso(first, iso);
    return arena_dup_bytes(a, iso, 7);
}

enum { MONTHS_BEHIND = 3, MONTHS_AHEAD = 12 };

static const struct choice *month_choices(struct request *req, int64_t now)
{
    struct choice *list = arena_array(req->arena, MONTHS_BEHIND + MONTHS_AHEAD + 3, sizeof(*list));
    const struct civil today = text_local_civil(req->locale, now);
    size_t n = 0;

    list[n++] = (struct choice){ "", tr(req, N_("All months")) };
    for (int i = -MONTHS_BEHIND; i <= MONTHS_AHEAD; i++) {
        const int month = today.year * 12 + today.month - 1 + i;
        const int32_t first = day_from_civil(month / 12, month % 12 + 1, 1);

        list[n++] = (struct choice){ month_code(req->arena, first),
                                     text_month(req->locale, req->arena, first) };
    }
    return list;
}

static const struct choice category_choices[] = {
    { "", N_("All forecasts") },
    { "pipeline", N_("Pipeline") },
    { "best", N_("Best case") },
    { "commit", N_("Commit") },
    { "closed", N_("Closed") },
    { "omitted", N_("Omitted") },
    { 0 },
};

/* Everybody, and the one who was asked for, by name. */
static const struct choice *one_choice(struct request *req, const char *all, const char *value,
                                       const char *name)
{
    struct choice *list = arena_array(req->arena, 3, sizeof(*list));

    list[0] = (struct choice){ "", all };
    if (!str_is_empty(value) && !str_is_empty(name))
        list[1] = (struct choice){ value, name };
    return list;
}

static struct err *partner_choices(struct request *req, const char *value,
                                   const struct choice **out)
{
    struct opportunity_name_row row = { .name = "" };
    const int64_t id = number_of(value);
    bool found;

    if (id > 0)
        TRY(db_one(
            req->db, req->arena, &opportunity_partner_name,
            DB_ARGS(DB_I(req->actor->department_low), DB_I(req->actor->department_high), DB_I(id)),
            &row, &found));
    *out = one_choice(req, tr(req, N_("All partners")), value, row.name);
    return NULL;
}

static struct err *owner_choices(struct request *req, const char *value, const struct choice **out)
{
    struct opportunity_name_row row = { .name = "" };
    const int64_t id = number_of(value);
    struct deal_person *people;
    struct choice *list;
    size_t count;
    bool found;

    if (is_staff(req)) {
        if (id > 0)
            TRY(db_one(req->db, req->arena, &opportunity_owner_name, DB_ARGS(DB_I(id)), &row,
                       &found));
        *out = one_choice(req, tr(req, N_("All owners")), value, row.name);
        return NULL;
    }
    TRY(deal_people(req, req->actor->account_id, &people, &count));
    list = arena_array(req->arena, count + 2, sizeof(*list));
    list[0] = (struct choice){ "", tr(req, N_("All owners")) };
    for (size_t i = 0; i < count; i++)
        list[i + 1] = (struct choice){ arena_number(req->arena, "", people[i].id), people[i].name };
    *out = list;
    return NULL;
}

static struct err *territory_choices(struct request *req, const struct choice **out)
{
    const enum lang lang = text_locale_lang(req->locale);
    const struct territory *rows;
    struct choice *list;
    size_t count, n = 0;

    TRY(territories_read(req->db, &rows, &count));
    list = arena_array(req->arena, count + 2, sizeof(*list));
    list[0] = (struct choice){ "", tr(req, N_("All territories")) };
    for (size_t i = 0; i < count; i++)
        if (rows[i].placed)
            list[++n] = (struct choice){ arena_number(req->arena, "", rows[i].id),
                                         territory_name(&rows[i], lang) };
    *out = list;
    return NULL;
}

static struct err *make_spec(struct request *req, const struct opportunity_stages *stages,
                             struct list_spec *spec)
{
    const struct opportunity_query *in = req->input;
    struct list_filter *filters =
        arena_array(req->arena, 7 + CUSTOM_FILTERS_MOST, sizeof(*filters));
    size_t n = 0;
    int64_t now;

    TRY(db_now(req->db, &now));
    filters[n++] = (struct list_filter){ .name = "stage",
                                         .said = true,
                                         .label = tr(req, N_("Stage")),
                                         .choices = stage_choices(req, stages) };
    filters[n++] = (struct list_filter){ .name = "month",
                                         .said = true,
                                         .label = tr(req, N_("Month of closing")),
                                         .choices = month_choices(req, now) };
    filters[n++] = (struct list_filter){ .name = "category",
                                         .label = N_("Forecast"),
                                         .choices = category_choices };
    filters[n] =
        (struct list_filter){ .name = "owner", .said = true, .label = tr(req, N_("Owner")) };
    TRY(owner_choices(req, in->owner, &filters[n++].choices));
    if (is_staff(req)) {
        filters[n] = (struct list_filter){ .name = "partner",
                                           .said = true,
                                           .label = tr(req, N_("Partner")) };
        TRY(partner_choices(req, in->partner, &filters[n++].choices));
        filters[n] = (struct list_filter){ .name = "territory",
                                           .said = true,
                                           .label = tr(req, N_("Territory")) };
        TRY(territory_choices(req, &filters[n++].choices));
    }
    (void)custom_filter_rows(req, &in->custom, &filters[n]);
    *spec = (struct list_spec){ .address = opportunity_base(req),
                                .views = views,
                                .columns = columns,
                                .filters = filters,
                                .search_label = N_("Name, customer or number") };
    return NULL;
}

/* -- reading -------------------------------------------------------------------------------------
 */

/* The statement of a list and its parameters. */
struct reading {
    const struct db_stmt *stmt;
    const char *led; /* see custom/custom_list.h */
    struct db_arg args[OPPORTUNITY_TAIL_ARGS + 12];
    size_t n;
};

/* The days of "2026-12"; all days for "", none for anything else. */
static void read_month(const char *text, struct opportunity_asked *x)
{
    int year, month, mday;

    x->from = day_from_civil(1, 1, 1);
    x->until = day_from_civil(9999, 12, 31);
    if (str_is_empty(text))
        return;
    char iso[16];

    snprintf(iso, sizeof(iso), "%.7s-01", text);
    if (!day_parse(iso, &x->from)) {
        x->from = x->until;
        x->until = x->from - 1;
        return;
    }
    day_to_civil(x->from, &year, &month, &mday);
    x->until = day_from_civil(year + month / 12, month % 12 + 1, 1) - 1;
}

static struct err *read_asked(struct request *req, const struct list *list,
                              struct opportunity_asked *x)
{
    const struct opportunity_query *in = req->input;
    const char *view = list->view->code;
    int64_t now;

    TRY(db_now(req->db, &now));
    *x = (struct opportunity_asked){ .stage = number_of(in->stage),
                                     .owner = number_of(in->owner),
                                     .partner = is_staff(req) ? number_of(in->partner) : 0,
                                     .territory = is_staff(req) ? number_of(in->territory) : 0,
                                     .category = list_code(in->category),
                                     .today = text_local_day(req->locale, now),
                                     .stale = str_eq(view, "stale"),
                                     .slipping = str_eq(view, "slipping") };
    x->state = str_eq(view, "all")                           ? ""
               : str_eq(view, "won") || str_eq(view, "lost") ? view
                                                             : "open";
    if (str_eq(view, "mine"))
        x->owner = req->actor->user_id;
    read_month(in->month, x);
    return NULL;
}

static void add(struct reading *r, struct db_arg arg)
{
    r->args[r->n++] = arg;
}

static void add_scope(const struct request *req, struct reading *r)
{
    if (!is_staff(req)) {
        add(r, DB_I(req->actor->account_id));
        return;
    }
    add(r, DB_I(req->actor->department_low));
    add(r, DB_I(req->actor->department_high));
    add(r, DB_I(req->actor->user_id));
}

/* What leaves the fewest rows leads. */
static enum opportunity_lead lead_of(const struct request *req, const struct opportunity_asked *x,
                                     struct reading *r)
{
    if (is_staff(req) && x->partner != 0) {
        add(r, DB_I(x->partner));
        return LEAD_PARTNER;
    }
    if (is_staff(req) && x->owner != 0) {
        add(r, DB_I(x->owner));
        return LEAD_OWNER;
    }
    if (is_staff(req) && x->territory != 0) {
        add(r, DB_I(x->territory));
        return LEAD_TERRITORY;
    }
    if (is_staff(req) && x->stage != 0) {
        add(r, DB_I(x->stage));
        return LEAD_STAGE;
    }
    if (*x->state != '\0') {
        add(r, DB_S(x->state));
        return LEAD_STATE;
    }
    return LEAD_ALL;
}

/* What somebody owns or shares is not so much that other fields had to lead. */
static bool is_long(const struct request *req, enum opportunity_lead lead)
{
    return is_staff(req) && lead != LEAD_OWNER && lead != LEAD_PARTNER;
}

static struct err *read_list(struct request *req, const struct list *list, int64_t limit,
                             struct reading *r)
{
    const enum opportunity_order order = (enum opportunity_order)list->column_no;
    enum opportunity_lead lead;
    struct opportunity_asked x;

    *r = (struct reading){ 0 };
    TRY(read_asked(req, list, &x));
    add_scope(req, r);
    lead = lead_of(req, &x, r);
    r->led = is_long(req, lead) ? "opportunity o" : NULL;
    r->n += opportunity_list_tail(r->args + r->n, &x);
    if (list->direction != LIST_FIRST)
        for (int i = 0; i < 2; i++)
            add(r, order == ORDER_CLOSE ? DB_D((int32_t)list->key.number) : DB_T(list->key.number));
    if (list->direction != LIST_FIRST)
        add(r, DB_I(list->key.id));
    add(r, DB_I(limit));
    r->stmt = is_staff(req) ? opportunity_staff_list(lead, order, list->direction)
                            : opportunity_own_list(lead, order, list->direction);
    return NULL;
}

static struct err *read_search(struct request *req, const struct list *list, int64_t limit,
                               struct reading *r)
{
    const char *pattern = list_pattern(req->arena, list);
    struct opportunity_asked x;

    *r = (struct reading){ .stmt = is_staff(req) ? &opportunity_staff_search
                                                 : &opportunity_own_search };
    TRY(read_asked(req, list, &x));
    add_scope(req, r);
    add(r, DB_S(pattern));
    add(r, DB_S(pattern));
    r->n += opportunity_list_tail(r->args + r->n, &x);
    for (int i = 0; i < 2 && is_staff(req); i++)
        add(r, DB_I(x.partner));
    add(r, DB_I(limit));
    return NULL;
}

static struct custom_list as_custom(const struct request *req, const struct reading *r)
{
    const struct opportunity_query *in = req->input;

    return (struct custom_list){ .kind = CUSTOM_OPPORTUNITY,
                                 .stmt = r->stmt,
                                 .args = r->args,
                                 .id = is_staff(req) ? "o.id" : "s.opportunity_id",
                                 .led = r->led,
                                 .typed = &in->custom };
}

/* -- the page ------------------------------------------------------------------------------------
 */

/* The values of a row, as part/opportunity_row.cs prints them. */
enum {
    ROW_NUMBER,
    ROW_HREF,
    ROW_NAME,
    ROW_CUSTOMER,
    ROW_PARTNER,
    ROW_STATUS,
    ROW_STAGE,
    ROW_AMOUNT,
    ROW_PROBABILITY,
    ROW_CLOSE,
    ROW_LATE,
    ROW_NEXT,
    ROW_NEXT_ON,
    ROW_STALE,
    ROW_OWNER,
    ROW_UPDATED,
    ROW_VALUES
};
static const char *const row_names[ROW_VALUES + 1] = {
    [ROW_NUMBER] = "Number",     [ROW_HREF] = "Href",       [ROW_NAME] = "Name",
    [ROW_CUSTOMER] = "Customer", [ROW_PARTNER] = "Partner", [ROW_STATUS] = "StatusHtml",
    [ROW_STAGE] = "Stage",       [ROW_AMOUNT] = "Amount",   [ROW_PROBABILITY] = "Probability",
    [ROW_CLOSE] = "Close",       [ROW_LATE] = "Late",       [ROW_NEXT] = "Next",
    [ROW_NEXT_ON] = "NextOn",    [ROW_STALE] = "Stale",     [ROW_OWNER] = "Owner",
    [ROW_UPDATED] = "Updated",
};
static const struct rows_part row_part = { "part/opportunity_row.cs", row_names };

static const char *late_words(struct request *req, const struct opportunity_row *row, int32_t today)
{
    if (!str_eq(row->state, "open"))
        return "";
    if (row->expected_close != DAY_NONE && row->expected_close < today)
        return tr(req, N_("past"));
    if (row->slips > 0)
        return trn(req, "moved %s time", "moved %s times", row->slips);
    return "";
}

static void show_row(struct request *req, const struct opportunity_row *row,
                     const struct opportunity_stages *stages, int64_t now)
{
    const struct opportunity_stage *stage = opportunity_stage_find(stages, row->stage_id);
    const int32_t today = text_local_day(req->locale, now);
    const bool open = str_eq(row->state, "open");
    const bool stale = open && row->stale_on != DAY_NONE && row->stale_on <= today;
    struct arena *a = req->arena;
    const char *number = opportunity_number(a, row->id);

    rows_add(
        req,
        (const struct mould_value[ROW_VALUES]){
            [ROW_NUMBER] = mould_text(number),
            [ROW_HREF] = mould_text(arena_join(a, opportunity_base(req), "/", number, NULL)),
            [ROW_NAME] = mould_text(row->name),
            [ROW_CUSTOMER] = mould_text(row->customer_name),
            [ROW_PARTNER] = mould_text(row->partner_name),
            [ROW_STATUS] = rows_status(req, opportunity_states, open ? "" : row->state),
            [ROW_STAGE] = mould_text(open ? opportunity_stage_name(req, stage) : ""),
            [ROW_AMOUNT] =
                mould_text(row->amount > 0 ? deal_total_text(req, row->amount, row->currency) : ""),
            [ROW_PROBABILITY] =
                mould_text(open ? text_percent(req->locale, a, row->probability * 100) : ""),
            [ROW_CLOSE] = mould_text(text_day(req->locale, a, row->expected_close)),
            [ROW_LATE] = mould_text(late_words(req, row, today)),
            [ROW_NEXT] = mould_text(open ? row->next_step : ""),
            [ROW_NEXT_ON] = mould_text(open ? text_day(req->locale, a, row->next_step_on) : ""),
            [ROW_STALE] = mould_text(stale ? tr(req, N_("Stale")) : ""),
            [ROW_OWNER] = mould_text(row->owner_name),
            [ROW_UPDATED] = mould_text(text_date_time_short(req->locale, a, row->updated_at, now)),
        });
}

static struct list_key key_of(const struct list *list, const struct opportunity_row *row)
{
    return (struct list_key){ .number =
                                  list->column_no == ORDER_CLOSE ? row->close_on : row->updated_at,
                              .id = row->id };
}

static struct err *show_rows(struct request *req, struct list *list,
                             const struct opportunity_stages *stages)
{
    const bool search = list_searches(list);
    struct list_key first, last;
    struct opportunity_row *rows;
    struct custom_list custom;
    struct reading r;
    size_t count;
    int64_t now;

    if (search)
        TRY(read_search(req, list, 4 * LIST_ROWS, &r));
    else
        TRY(read_list(req, list, list->fetch, &r));
    TRY(db_now(req->db, &now));
    custom = as_custom(req, &r);
    TRY(custom_list_rows(req, &custom, &rows, &count));
    if (!search)
        list_end(req, list, rows, sizeof(*rows), &count);
    rows_begin(req, &row_part);
    for (size_t i = 0; i < count; i++)
        show_row(req, &rows[i], stages, now);
    rows_show(req, view_at(req->page, "Opportunities"), "RowsHtml");
    if (count > 0) {
        first = key_of(list, &rows[0]);
        last = key_of(list, &rows[count - 1]);
    }
    list_show(req, list, count > 0 ? &first : NULL, count > 0 ? &last : NULL);
    if (search)
        view_text(view_at(req->page, "List"), "Summary",
                  trf(req, N_("Searched in the newest %s opportunities."),
                      text_number(req->locale, req->arena, OPPORTUNITY_SEARCHED)));
    return NULL;
}

/* A search looks through the view that was asked for, and where none was, through all. */
static struct err *begin_list(struct request *req, const struct list_spec *spec, struct list *list)
{
    const struct opportunity_query *in = req->input;

    TRY(list_begin(req, spec, &in->list, list));
    if (list_searches(list) && str_is_empty(in->list.view))
        list_turn_to(list, "all");
    return NULL;
}

/* A number that is typed whole leads to its record. */
static struct err *open_number(struct request *req, const char *typed, bool *opened_out)
{
    const int64_t id = opportunity_typed_number(typed);
    struct opportunity *o = NULL;

    if (id != 0)
        TRY(opportunity_find(req, id, &o));
    *opened_out = o != NULL;
    if (o == NULL)
        return NULL;
    return err_pass(reply_redirect(req, NULL, "%s/OP-%lld", opportunity_base(req), (long long)id));
}

struct err *opportunity_list_show(struct request *req)
{
    const struct opportunity_query *in = req->input;
    struct view *v = view_at(req->page, "Opportunities");
    struct opportunity_stages stages;
    struct list_spec spec;
    struct list list;
    bool opened;

    TRY(opportunity_stages_read(req->db, &stages));
    TRY(make_spec(req, &stages, &spec));
    TRY(begin_list(req, &spec, &list));
    TRY(open_number(req, in->list.q, &opened));
    if (opened)
        return NULL;
    page_title(req, tr(req, N_("Opportunities")));
    view_text(v, "Base", opportunity_base(req));
    view_flag(v, "IsStaff", is_staff(req));
    view_flag(v, "MayEdit", actor_may(req->actor, PERM_OPPORTUNITY_EDIT));
    opportunity_show_tabs(req, v, "list");
    if (!is_staff(req))
        TRY(opportunity_show_invitations(req, v));
    TRY(show_rows(req, &list, &stages));
    if (actor_may(req->actor, PERM_OPPORTUNITY_EXPORT))
        export_offer(req, v, opportunity_base(req), view_get(view_at(req->page, "List"), "Here"));
    view_flag(v, "IsFirst",
              list.view_no == 0 && list.direction == LIST_FIRST &&
                  str_is_empty(view_get(view_at(req->page, "List"), "Clear")));
    return err_pass(saved_view_show(req, &list));
}

/* -- the same as a file --------------------------------------------------------------------------
 */

static void export_row(struct export *x, struct request *req, const void *row_)
{
    char number[32], amount[MONEY_TEXT_BYTES], report[MONEY_TEXT_BYTES], close[DAY_ISO_BYTES],
        next[DAY_ISO_BYTES], updated[CLOCK_ISO_BYTES], probability[8];
    const struct opportunity_stages *stages = export_arg(x);
    const struct opportunity_row *row = row_;

    snprintf(number, sizeof(number), "OP-%lld", (long long)row->id);
    snprintf(probability, sizeof(probability), "%lld", (long long)row->probability);
    money_text(row->amount, money_digits(row->currency), amount);
    money_text(row->amount_report, 4, report);
    day_iso(row->expected_close, close);
    day_iso(row->next_step_on, next);
    clock_iso(row->updated_at, updated);
    const char *const cells[] = {
        number,
        row->name,
        row->customer_name,
        row->partner_name,
        opportunity_stage_name(req, opportunity_stage_find(stages, row->stage_id)),
        page_status_word(req, opportunity_states, row->state),
        row->currency,
        amount,
        report,
        probability,
        page_status_word(req, opportunity_categories, row->category),
        close,
        row->next_step,
        next,
        row->owner_name,
        updated,
    };

    export_cells(x, cells);
}

static const struct text_xlsx_column export_columns[] = {
    { N_("Opportunity"), XLSX_TEXT, 12 },
    { N_("Name"), XLSX_TEXT, 36 },
    { N_("End customer"), XLSX_TEXT, 36 },
    { N_("Partner"), XLSX_TEXT, 32 },
    { N_("Stage"), XLSX_TEXT, 18 },
    { N_("Status"), XLSX_TEXT, 12 },
    { N_("Currency"), XLSX_TEXT, 10 },
    { N_("Amount"), XLSX_NUMBER, 0 },
    { N_("Amount in the reporting currency"), XLSX_NUMBER, 0 },
    { N_("Probability (%)"), XLSX_NUMBER, 0 },
    { N_("Forecast"), XLSX_TEXT, 14 },
    { N_("Expected close date"), XLSX_DAY, 0 },
    { N_("Next step"), XLSX_TEXT, 36 },
    { N_("Next step on"), XLSX_DAY, 0 },
    { N_("Owner"), XLSX_TEXT, 0 },
    { N_("Changed"), XLSX_INSTANT, 0 },
    { 0 },
};
static const struct export_spec export_spec = {
    .file_name = "opportunities",
    .title = N_("Opportunities"),
    .columns = export_columns,
    .row = export_row,
};

struct err *opportunity_list_export(struct request *req)
{
    struct opportunity_stages stages;
    struct custom_list custom;
    struct list_spec spec;
    struct reading r;
    struct list list;

    TRY(opportunity_stages_read(req->db, &stages));
    TRY(make_spec(req, &stages, &spec));
    TRY(begin_list(req, &spec, &list));
    list.direction = LIST_FIRST;
    if (list_searches(&list))
        TRY(read_search(req, &list, OPPORTUNITY_SEARCHED, &r));
    else
        TRY(read_list(req, &list, EXPORT_ALL_ROWS, &r));
    custom = as_custom(req, &r);
    return err_pass(custom_list_export(req, &custom, &export_spec, &stages));
}

struct err *opportunity_view_save(struct request *req)
{
    return err_pass(saved_view_save(req, opportunity_base(req)));
}

struct err *opportunity_view_delete(struct request *req)
{
    return err_pass(saved_view_delete(req, opportunity_base(req)));
}
