/* deal/deal_staff_list.c - the reviewers' queue: what waits, soonest deadline first, the same as a
 * file, and the cards that it gives the home page. */
#include "approval/delegate.h"
#include "base/str.h"
#include "custom/custom_list.h"
#include "deal/deal_filter.h"
#include "deal/deal_names.h"
#include "deal/deal_staff.h"
#include "deal/deal_view.h"
#include "web/export.h"
#include "web/rows.h"
#include "web/saved_view.h"

#include <stdio.h>
#include <string.h>

#define ADDRESS "/staff/deals"

/* In the order of enum deal_queue. */
static const struct list_view views[] = {
    { "mine", N_("My work") },
    { "unassigned", N_("Unassigned") },
    { "conflict", N_("Conflicts") },
    { "appeal", N_("Appeals") },
    { "amend", N_("Changes asked for") },
    { "extension", N_("Extensions asked for") },
    { "returned", N_("Returned") },
    { "open", N_("All open") },
    { "all", N_("All") },
    { 0 },
};
static const struct list_column columns[] = { { "due", false, true }, { 0 } };
static const struct list_spec spec = {
    .address = ADDRESS,
    .views = views,
    .columns = columns,
    .search_label = N_("Company or number"),
};

struct queue_input {
    struct list_input list;
    int64_t person; /* whose work, where the visitor stands in for him; 0: his own */
    struct deal_filter filter;
    struct form_more custom;
};
static const struct field query_fields[] = {
    LIST_FIELDS(struct queue_input),
    { .name = "person",
      .label = N_("Person"),
      .kind = FIELD_ID,
      .offset = offsetof(struct queue_input, person) },
    DEAL_FILTER_FIELDS(struct queue_input, filter),
    { 0 },
};
const struct form deal_queue_query = { .name = "deal_queue",
                                       .fields = query_fields,
                                       .size_bytes = sizeof(struct queue_input),
                                       .more = custom_filter_deal,
                                       .more_offset = offsetof(struct queue_input, custom) };

/* -- reading -------------------------------------------------------------------------------------
 */

struct reading {
    const struct db_stmt *stmt;
    struct db_arg args[DEAL_FILTER_ARGS];
    bool all; /* of ever */
};

static size_t add_scope(const struct request *req, struct db_arg *args)
{
    args[0] = DB_I(req->actor->department_low);
    args[1] = DB_I(req->actor->department_high);
    args[2] = DB_I(req->actor->user_id);
    return 3;
}

static struct reading read_queue(const struct request *req, const struct list *list, int64_t person,
                                 int64_t limit)
{
    const enum deal_queue queue = (enum deal_queue)list->view_no;
    struct reading r = { .stmt = deal_queue_list(queue, list->direction),
                         .all = queue == DEAL_QUEUE_ALL };
    size_t n = add_scope(req, r.args);

    if (queue == DEAL_QUEUE_MINE)
        r.args[n++] = DB_I(person);
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
    struct reading r = { .stmt = &deal_queue_search };
    size_t n = add_scope(req, r.args);

    r.args[n++] = DB_S(list_pattern(req->arena, list));
    r.args[n] = DB_I(limit);
    return r;
}

static struct err *read_list(struct request *req, const struct list *list, int64_t person,
                             int64_t limit, struct reading *out)
{
    const struct queue_input *in = req->input;
    struct deal_filter_reading filtered;

    if (!deal_filter_is_set(&in->filter)) {
        *out = read_queue(req, list, person, limit);
        return NULL;
    }
    TRY(deal_filter_read(req, &in->filter, list, limit, &filtered));
    *out = (struct reading){ .stmt = filtered.stmt };
    memcpy(out->args, filtered.args, sizeof(filtered.args));
    return NULL;
}

/* Nothing is searched for where a filter looks for it. */
static bool searches_alone(const struct request *req, const struct list *list)
{
    const struct queue_input *in = req->input;

    return list_searches(list) && !deal_filter_is_set(&in->filter);
}

/* The list's own filters, then the vendor's fields. */
static struct err *make_spec(struct request *req, struct list_spec *with)
{
    const struct queue_input *in = req->input;
    struct list_filter *filters =
        arena_array(req->arena, DEAL_FILTERS + CUSTOM_FILTERS_MOST + 1, sizeof(*filters));

    TRY(deal_filter_rows(req, &in->filter, filters));
    (void)custom_filter_rows(req, &in->custom, &filters[DEAL_FILTERS]);
    *with = spec;
    with->filters = filters;
    return NULL;
}

/* What is open is never so much that other fields had to lead. */
static struct custom_list as_custom(const struct request *req, const struct reading *r)
{
    const struct queue_input *in = req->input;
    const bool search = r->stmt == &deal_queue_search;

    return (struct custom_list){ .kind = CUSTOM_DEAL,
                                 .stmt = r->stmt,
                                 .args = r->args,
                                 .id = search ? "newest.id" : "d.id",
                                 .shown = "d.id",
                                 .led = r->all ? "deal d" : NULL,
                                 .typed = &in->custom };
}

/* -- the page ------------------------------------------------------------------------------------
 */

/* The values of a row, as part/deal_queue_row.cs prints them. */
enum {
    ROW_NUMBER,
    ROW_COMPANY,
    ROW_PARTNER,
    ROW_TIER,
    ROW_LINES,
    ROW_TOTAL,
    ROW_STATUS,
    ROW_APPEAL,
    ROW_APPEAL_NOT,
    ROW_VERDICT,
    ROW_TONE,
    ROW_ICON,
    ROW_NEXT,
    ROW_WITH,
    ROW_TAKE,
    ROW_TOKEN,
    ROW_VALUES
};
static const char *const row_names[ROW_VALUES + 1] = {
    [ROW_NUMBER] = "Number",     [ROW_COMPANY] = "Company",
    [ROW_PARTNER] = "Partner",   [ROW_TIER] = "Tier",
    [ROW_LINES] = "Lines",       [ROW_TOTAL] = "Total",
    [ROW_STATUS] = "StatusHtml", [ROW_VERDICT] = "VerdictHtml",
    [ROW_TONE] = "NextTone",     [ROW_ICON] = "NextIcon",
    [ROW_NEXT] = "Next",         [ROW_WITH] = "With",
    [ROW_TAKE] = "Take",         [ROW_TOKEN] = "Token",
    [ROW_APPEAL] = "Appeal",     [ROW_APPEAL_NOT] = "AppealNot",
};
static const struct rows_part row_part = { "part/deal_queue_row.cs", row_names };

/* The version that whoever takes the registration has seen; "" when that is not the visitor's. */
static const char *may_take(struct request *req, const struct deal_queue_row *row,
                            enum deal_state state)
{
    char space[STR_I64_BYTES];

    const bool is_free = state == DEAL_SUBMITTED || (state == DEAL_REVIEW && row->reviewer_id == 0);

    if (!is_free || !actor_may(req->actor, PERM_DEAL_DECIDE))
        return "";
    return arena_dup(req->arena, str_from_i64(row->row_version, space));
}

static bool is_appeal(const struct deal_queue_row *row, enum deal_state state)
{
    return *row->appeal_not != '\0' && deal_state_phase(state) == DEAL_WITH_VENDOR;
}

/* "not to Ana Ruiz, Maria Keller"; "" for one that a rule refused. */
static const char *appeal_not(struct request *req, const char *names)
{
    const size_t first = strcspn(names, "\n");
    const char *second = names + first + 1;
    const bool both = first > 0 && *second != '\0';

    if (first == 0 && *second == '\0')
        return "";
    return trf(req, N_("not to %s"),
               arena_printf(req->arena, "%.*s%s%s", (int)first, names, both ? ", " : "", second));
}

static void show_row(struct request *req, const struct deal_queue_row *row,
                     const struct deal_names *names, struct mould_value token, int64_t now)
{
    const enum deal_state state = deal_state_find(row->state_code);
    const bool is_own = row->reviewer_id == req->actor->user_id;
    const struct deal_next next = deal_next_in_cell(
        req, state, (struct deal_dates){ row->due_at, row->answer_due_at, row->protected_until_at },
        now);

    rows_add(req,
             (const struct mould_value[ROW_VALUES]){
                 [ROW_NUMBER] = mould_text(deal_number(req->arena, row->id)),
                 [ROW_COMPANY] = mould_text(row->company_name),
                 [ROW_PARTNER] = mould_text(row->partner_name),
                 [ROW_TIER] = mould_text(deal_names_tier(req, names, row->tier_id)),
                 [ROW_LINES] = mould_text(deal_names_lines(req, req->arena, names, row->line_ids)),
                 [ROW_TOTAL] = mould_text(deal_total_text(req, row->total, row->currency)),
                 [ROW_APPEAL] = mould_text(is_appeal(row, state) ? tr(req, N_("Appeal")) : ""),
                 [ROW_APPEAL_NOT] =
                     mould_text(is_appeal(row, state) ? appeal_not(req, row->appeal_not) : ""),
                 [ROW_STATUS] = rows_status(req, deal_staff_statuses, row->state_code),
                 [ROW_VERDICT] = rows_status(req, deal_conflict_statuses, row->verdict),
                 [ROW_TONE] = mould_text(next.tone),
                 [ROW_ICON] = mould_text(next.icon),
                 [ROW_NEXT] = mould_text(next.text),
                 [ROW_WITH] = mould_text(is_own ? tr(req, N_("you")) : row->reviewer_name),
                 [ROW_TAKE] = mould_text(may_take(req, row, state)),
                 [ROW_TOKEN] = token,
             });
}

static struct list_key key_of(const struct deal_queue_row *row)
{
    return (struct list_key){ .number = row->key_at, .id = row->id };
}

static struct err *show_rows(struct request *req, struct list *list, int64_t person)
{
    const bool search = searches_alone(req, list);
    struct reading r;
    struct custom_list custom;
    struct list_key first, last;
    const struct deal_names *names;
    struct deal_queue_row *rows;
    struct mould_value token;
    size_t count;
    int64_t now;

    TRY(db_now(req->db, &now));
    TRY(deal_names_read(req, &names));
    if (search)
        r = read_search(req, list, 4 * LIST_ROWS);
    else
        TRY(read_list(req, list, person, list->fetch, &r));
    custom = as_custom(req, &r);
    TRY(custom_list_rows(req, &custom, &rows, &count));
    if (!search)
        list_end(req, list, rows, sizeof(*rows), &count);
    token = rows_token(req);
    rows_begin(req, &row_part);
    for (size_t i = 0; i < count; i++)
        show_row(req, &rows[i], names, token, now);
    rows_show(req, view_at(req->page, "Queue"), "RowsHtml");
    if (count > 0) {
        first = key_of(&rows[0]);
        last = key_of(&rows[count - 1]);
    }
    list_show(req, list, count > 0 ? &first : NULL, count > 0 ? &last : NULL);
    if (search)
        view_text(view_at(req->page, "List"), "Summary",
                  trf(req, N_("Searched in the newest %s registrations."),
                      text_number(req->locale, req->arena, DEAL_QUEUE_SEARCHED)));
    return NULL;
}

/* A number that is typed whole leads to its record. */
static struct err *open_number(struct request *req, const char *typed, bool *opened_out)
{
    const int64_t id = deal_typed_number(typed);
    struct deal *deal = NULL;

    *opened_out = false;
    if (id != 0)
        TRY(deal_of_staff(req->db, req->arena, req->actor->department_low,
                          req->actor->department_high, req->actor->user_id, id, &deal));
    if (deal == NULL)
        return NULL;
    *opened_out = true;
    return err_pass(reply_redirect(req, NULL, ADDRESS "/DR-%lld", (long long)id));
}

/* Whose work the visitor also looks after today; *person_out is the one asked for, if he may. */
static struct err *show_people(struct request *req, int64_t asked, int64_t *person_out)
{
    struct delegation *rows;
    size_t count;

    *person_out = req->actor->user_id;
    TRY(delegate_people_of(req->db, req->arena, req->actor->user_id, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        struct view *row = view_row(view_at(req->page, "Queue"), "People");

        view_text(row, "Name", rows[i].user_name);
        view_text(row, "Until", text_date(req->locale, req->arena, rows[i].until_at));
        view_text(row, "Href", arena_number(req->arena, ADDRESS "?person=", rows[i].user_id));
        if (rows[i].user_id != asked)
            continue;
        *person_out = asked;
        view_flag(row, "Current", true);
    }
    return NULL;
}

struct err *deal_queue_show(struct request *req)
{
    const struct queue_input *in = req->input;
    struct view *v = view_at(req->page, "Queue");
    struct list_spec with;
    struct list list;
    int64_t person;
    bool opened;

    TRY(make_spec(req, &with));
    TRY(list_begin(req, &with, &in->list, &list));
    TRY(open_number(req, in->list.q, &opened));
    if (opened)
        return NULL;
    if (list_searches(&list) || deal_filter_is_set(&in->filter))
        list_turn_to(&list, "all");
    page_title(req, tr(req, N_("Registration review")));
    view_flag(view_at(req->page, "Page"), "Wide", true);
    view_flag(v, "MayDecide", actor_may(req->actor, PERM_DEAL_DECIDE));
    view_flag(v, "MayRegister", actor_may(req->actor, PERM_DEAL_ON_BEHALF));
    view_flag(v, "MayFigures", actor_may(req->actor, PERM_DEAL_FIGURES));
    view_flag(v, "MayRules", actor_may(req->actor, PERM_DEAL_RULES));
    view_flag(v, "IsMine", list.view_no == DEAL_QUEUE_MINE);
    TRY(show_people(req, in->person, &person));
    TRY(show_rows(req, &list, person));
    if (actor_may(req->actor, PERM_DEAL_EXPORT))
        export_offer(req, v, ADDRESS, view_get(view_at(req->page, "List"), "Here"));
    return err_pass(saved_view_show(req, &list));
}

/* The one that is due first and that nobody has. */
struct err *deal_queue_take_next(struct request *req)
{
    const struct deal_decision take = { .verb = DEAL_TAKE };
    struct deal_actor by = deal_actor_of(req, BY_STAFF);
    struct deal_next_row next;
    struct db_arg args[4] = { 0 };
    struct deal *deal = NULL;
    struct err *e;
    bool found;

    add_scope(req, args);
    TRY(db_one(req->db, req->arena, &deal_queue_next, args, &next, &found));
    if (found)
        TRY(deal_of_staff(req->db, req->arena, req->actor->department_low,
                          req->actor->department_high, req->actor->user_id, next.id, &deal));
    if (deal == NULL || !deal_can(deal->state, DEAL_TAKE, BY_STAFF))
        return err_pass(reply_redirect(req, "deal_none_left", ADDRESS));
    e = deal_decide(req->db, req->arena, &by, deal, &take);
    if (err_is(e, ERR_CONFLICT)) {
        err_free(e);
        return err_raise(ERR_AGAIN, "somebody took the next one first");
    }
    TRY(e);
    return err_pass(reply_redirect(req, "deal_taken", ADDRESS "/DR-%lld", (long long)deal->id));
}

/* -- the same as a file --------------------------------------------------------------------------
 */

static void export_row(struct export *x, struct request *req, const void *row_)
{
    char number[32], total[MONEY_TEXT_BYTES], due[CLOCK_ISO_BYTES] = "",
                                              until[CLOCK_ISO_BYTES] = "";
    const struct deal_names *names = export_arg(x);
    const struct deal_queue_row *row = row_;

    snprintf(number, sizeof(number), "DR-%lld", (long long)row->id);
    money_text(row->total, money_digits(row->currency), total);
    if (row->due_at != 0)
        clock_iso(row->due_at, due);
    if (row->protected_until_at != 0)
        clock_iso(row->protected_until_at, until);
    const char *const cells[] = { number,
                                  page_status_word(req, deal_staff_statuses, row->state_code),
                                  row->company_name,
                                  row->partner_name,
                                  deal_names_tier(req, names, row->tier_id),
                                  deal_names_lines(req, export_arena(x), names, row->line_ids),
                                  row->currency,
                                  total,
                                  page_status_word(req, deal_conflict_statuses, row->verdict),
                                  due,
                                  until,
                                  row->reviewer_name,
                                  *row->appeal_not != '\0' ? tr(req, N_("yes")) : "" };

    export_cells(x, cells);
}

static const struct text_xlsx_column export_columns[] = {
    { N_("Registration"), XLSX_TEXT, 12 },
    { N_("Status"), XLSX_TEXT, 18 },
    { N_("Company"), XLSX_TEXT, 36 },
    { N_("Partner"), XLSX_TEXT, 32 },
    { N_("Tier"), XLSX_TEXT, 12 },
    { N_("Product lines"), XLSX_TEXT, 36 },
    { N_("Currency"), XLSX_TEXT, 10 },
    { N_("Estimated value"), XLSX_NUMBER, 0 },
    { N_("Conflict check"), XLSX_TEXT, 18 },
    { N_("Decision due"), XLSX_INSTANT, 0 },
    { N_("Protected until"), XLSX_INSTANT, 0 },
    { N_("Reviewer"), XLSX_TEXT, 0 },
    { N_("Appeal"), XLSX_TEXT, 10 },
    { 0 },
};
static const struct export_spec export_spec = {
    .file_name = "registrations",
    .title = N_("Deal registrations"),
    .columns = export_columns,
    .row = export_row,
};

struct err *deal_queue_export(struct request *req)
{
    const struct queue_input *in = req->input;
    const struct deal_names *names;
    struct custom_list custom;
    struct list_spec with;
    struct reading r;
    struct list list;
    int64_t person;

    TRY(make_spec(req, &with));
    TRY(list_begin(req, &with, &in->list, &list));
    TRY(show_people(req, in->person, &person));
    TRY(deal_names_read(req, &names));
    list.direction = LIST_FIRST;
    if (searches_alone(req, &list))
        r = read_search(req, &list, DEAL_QUEUE_SEARCHED);
    else
        TRY(read_list(req, &list, person, EXPORT_ALL_ROWS, &r));
    custom = as_custom(req, &r);
    return err_pass(custom_list_export(req, &custom, &export_spec, names));
}

struct err *deal_queue_view_save(struct request *req)
{
    return err_pass(saved_view_save(req, ADDRESS));
}

struct err *deal_queue_view_delete(struct request *req)
{
    return err_pass(saved_view_delete(req, ADDRESS));
}
