/* programme/programme_review.c - applications as staff read them: the list, and one with its
 * answers, its files and what is known of the company already. */
#include "programme/programme_inside.h"

#include "attachment/attachment.h"
#include "base/str.h"
#include "deal/deal_view.h"
#include "programme/application_clock.h"

#define ADDRESS "/staff/applications"

/* -- the list ------------------------------------------------------------------------------------
 */

/* The codes are those of the states; the last shows all of them. */
static const struct list_view views[] = {
    { "applied", N_("New") },
    { "review", N_("In review") },
    { "accepted", N_("Accepted") },
    { "rejected", N_("Rejected") },
    { "abandoned", N_("Abandoned") },
    { "all", N_("All") },
    { 0 },
};
static const struct list_column columns[] = { { "created", false, false }, { 0 } };
static const struct list_spec spec = {
    .address = ADDRESS,
    .views = views,
    .columns = columns,
    .search_label = N_("Company"),
};

static const struct field query_fields[] = { LIST_FIELDS(struct list_only), { 0 } };
const struct form application_query = { .name = "application.query",
                                        .fields = query_fields,
                                        .size_bytes = sizeof(struct list_only) };

static struct err *read_rows(struct request *req, const struct list *list,
                             struct application **rows, size_t *count)
{
    const bool all = str_eq(list->view->code, "all");
    struct db_arg args[9] = { DB_I(req->actor->department_low), DB_I(req->actor->department_high) };
    size_t n = 2;

    if (list_searches(list)) {
        args[n++] = DB_S(list_pattern(req->arena, list));
        args[n] = DB_I(4 * LIST_ROWS);
        return err_pass(
            db_list(req->db, req->arena, &programme_sql_application_search, args, rows, count));
    }
    if (!all)
        args[n++] = DB_S(list->view->code);
    if (list->direction != LIST_FIRST) {
        args[n++] = DB_T(list->key.number);
        args[n++] = DB_T(list->key.number);
        args[n++] = DB_I(list->key.id);
    }
    args[n] = DB_I(list->fetch);
    return err_pass(db_list(req->db, req->arena, programme_sql_applications(!all, list->direction),
                            args, rows, count));
}

/* What is said of the company; that it was removed, once it was. */
static const char *company_of(const struct request *req, const struct application *p)
{
    return p->purged_at == 0 ? p->company_name : tr(req, N_("(removed)"));
}

static bool is_waiting(const struct application *p)
{
    return application_can(application_state_of(p), APPLICATION_REJECT, BY_VENDOR);
}

static void show_row(struct request *req, struct view *rows, const struct application *p,
                     int64_t now)
{
    struct view *v = view_row(rows, "Rows");

    view_text(v, "Number", application_number(req->arena, p->id));
    view_text(v, "Href", arena_number(req->arena, ADDRESS "/PA-", p->id));
    view_text(v, "Company", company_of(req, p));
    view_text(v, "Country", text_country_name(text_locale_lang(req->locale), p->country));
    view_text(v, "City", p->city);
    view_text(v, "Who", p->reviewer_name);
    page_status(req, v, "Status", application_statuses, p->state_code);
    page_at(req, v, "Sent", p->created_at);
    if (is_waiting(p))
        deal_show_due(req, v, "Due", NULL,
                      (struct deal_clock_span){ p->created_at, p->due_at, now });
}

static struct list_key key_of(const struct application *p)
{
    return (struct list_key){ .number = p->created_at, .id = p->id };
}

struct err *application_list_show(struct request *req)
{
    const struct list_only *in = req->input;
    struct view *v = view_at(req->page, "Applications");
    struct list_key first = { 0 }, last = { 0 };
    struct application *rows;
    struct list list;
    size_t count;
    int64_t now;

    TRY(list_begin(req, &spec, &in->list, &list));
    page_title(req, tr(req, N_("Applications")));
    TRY(db_now(req->db, &now));
    TRY(read_rows(req, &list, &rows, &count));
    if (!list_searches(&list))
        list_end(req, &list, rows, sizeof(*rows), &count);
    for (size_t i = 0; i < count; i++)
        show_row(req, v, &rows[i], now);
    if (count > 0) {
        first = key_of(&rows[0]);
        last = key_of(&rows[count - 1]);
    }
    list_show(req, &list, count > 0 ? &first : NULL, count > 0 ? &last : NULL);
    return NULL;
}

/* -- one of them ---------------------------------------------------------------------------------
 */

static struct err *load(struct request *req, int64_t id, const void **object_out)
{
    struct application *p = arena_alloc(req->arena, sizeof(*p));
    bool found;

    TRY(db_one(
        req->db, req->arena, &programme_sql_application,
        DB_ARGS(DB_I(req->actor->department_low), DB_I(req->actor->department_high), DB_I(id)), p,
        &found));
    *object_out = found ? p : NULL;
    return NULL;
}

const struct object_kind application_object = { .name = "application",
                                                .prefix = "PA-",
                                                .load = load };

static void add_fact(struct request *req, struct view *v, const char *label, const char *value)
{
    struct view *row;

    if (str_is_empty(value))
        return;
    row = view_row(v, "Facts");
    view_text(row, "Label", tr(req, label));
    view_text(row, "Value", value);
}

static void show_facts(struct request *req, struct view *v, const struct application *p)
{
    add_fact(req, v, N_("Address"), p->address);
    add_fact(req, v, N_("City"), p->city);
    add_fact(req, v, N_("Web site"), p->website);
    add_fact(req, v, N_("Tax number"), p->tax_number);
    add_fact(req, v, N_("Contact"), p->contact_name);
    add_fact(req, v, N_("Job title"), p->contact_title);
    add_fact(req, v, N_("E-mail"), p->email);
    add_fact(req, v, N_("Phone"), p->contact_phone);
    add_fact(req, v, N_("With"), p->reviewer_name);
}

static struct err *show_answers(struct request *req, struct view *v, int64_t id)
{
    struct application_answer *rows;
    size_t count;

    TRY(db_list(req->db, req->arena, &programme_sql_answers, DB_ARGS(DB_I(id)), &rows, &count));
    for (size_t i = 0; i < count; i++) {
        struct view *row = view_row(v, "Answers");

        view_text(row, "Question", programme_word(req, rows[i].question_en, rows[i].question_zh));
        programme_show_text(req, row, rows[i].answer);
    }
    return NULL;
}

static struct err *show_files(struct request *req, struct view *v, int64_t id)
{
    struct attachment *rows;
    size_t count;

    TRY(attachment_list(req->db, req->arena, "application", id, &rows, &count));
    attachment_show(req, v, "Files", rows, count,
                    arena_printf(req->arena, ADDRESS "/PA-%lld/files/", (long long)id));
    return NULL;
}

/* Of the same address, tax number or domain; those of other departments are counted, no more. */
static struct err *show_same(struct request *req, struct view *v, const struct application *p)
{
    struct application *rows;
    size_t count;
    int64_t now;

    TRY(db_now(req->db, &now));
    TRY(db_list(req->db, req->arena, &programme_sql_same,
                DB_ARGS(DB_S(p->email_key), DB_S(p->tax_key), DB_S(p->domain_key), DB_I(p->id)),
                &rows, &count));
    for (size_t i = 0; i < count; i++) {
        const int64_t d = rows[i].department_id;

        if (d == 0 || (d >= req->actor->department_low && d <= req->actor->department_high))
            show_row(req, view_at(v, "Same"), &rows[i], now);
    }
    return NULL;
}

static void show_may(struct request *req, struct view *v, const struct application *p)
{
    const enum application_state state = application_state_of(p);
    struct view *may = view_at(v, "May");

    if (!actor_may(req->actor, PERM_PROGRAMME_REVIEW))
        return;
    view_flag(may, "Take",
              application_can(state, APPLICATION_TAKE, BY_VENDOR) &&
                  p->reviewer_id != req->actor->user_id);
    view_flag(may, "Accept", application_can(state, APPLICATION_ACCEPT, BY_VENDOR));
    view_flag(may, "Reject", application_can(state, APPLICATION_REJECT, BY_VENDOR));
    view_flag(may, "Check", application_can(state, APPLICATION_REJECT, BY_VENDOR));
}

static void show_head(struct request *req, const struct application *p)
{
    page_title(req, company_of(req, p));
    page_status(req, view_at(req->page, "Page"), "Status", application_statuses, p->state_code);
    page_crumb(req, tr(req, N_("Applications")), ADDRESS);
    page_crumb(req, application_number(req->arena, p->id), "");
    page_fact(req, text_country_name(text_locale_lang(req->locale), p->country));
    page_fact(req, trf(req, N_("sent %s"), text_date(req->locale, req->arena, p->created_at)));
}

struct err *application_show(struct request *req)
{
    const struct application *p = req->object;
    struct view *v = view_at(req->page, "Application");
    struct deal_clock clock;

    show_head(req, p);
    TRY(application_clock_read(req->db, req->arena, p, &clock));
    deal_show_clock(req, v, &clock);
    page_at(req, v, "Purged", p->purged_at);
    view_text(v, "Href", arena_number(req->arena, ADDRESS "/PA-", p->id));
    view_int(v, "Version", p->row_version);
    view_text(v, "Reason", p->reason_text);
    view_flag(v, "IsChecked", p->checked_at != 0);
    view_text(v, "Partner", p->account_name);
    if (p->account_id != 0)
        view_text(v, "PartnerHref", arena_number(req->arena, "/staff/partners/", p->account_id));
    page_at(req, v, "Checked", p->checked_at);
    show_facts(req, v, p);
    show_may(req, v, p);
    TRY(show_answers(req, v, p->id));
    TRY(show_files(req, v, p->id));
    TRY(programme_show_matches(req, v, p));
    TRY(show_same(req, v, p));
    return err_pass(programme_show_decision(req, p));
}

struct err *application_file_show(struct request *req)
{
    const struct application *p = req->object;
    struct attachment row;

    TRY(attachment_get(req->db, req->arena, "application", p->id, request_param(req, "file"),
                       &row));
    return err_pass(attachment_send(req, &row));
}
