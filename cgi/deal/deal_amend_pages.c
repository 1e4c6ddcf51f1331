/* deal/deal_amend_pages.c - changes to an approved registration: the form, for its partner and for
 * staff on his behalf; both sides' view of before and after; and staff's answer. */
#include "base/str.h"
#include "crypt/canon.h"
#include "deal/deal_amend.h"
#include "deal/deal_amend_pages.h"
#include "deal/deal_choices.h"
#include "deal/deal_inside.h"
#include "deal/deal_names.h"
#include "deal/deal_partner.h"
#include "deal/deal_staff.h"
#include "deal/deal_view.h"
#include "deal/deal_words.h"

#include <string.h>

/* -- the form ------------------------------------------------------------------------------------
 */

static bool is_staff(const struct request *req)
{
    return req->actor->audience == AUD_STAFF;
}

static const char *address(struct request *req, const struct deal *deal)
{
    return arena_printf(req->arena, "/%s/deals/DR-%lld", is_staff(req) ? "staff" : "partner",
                        (long long)deal->id);
}

static struct err *refuse(struct request *req, struct deal *deal, const char *message)
{
    const struct deal_refusal refusal = { message, 0 };

    return is_staff(req) ? err_pass(deal_review_refuse(req, deal, &refusal))
                         : err_pass(deal_refuse(req, deal, message));
}

static void add_option(struct view *field, int64_t id, const char *label)
{
    struct view *option = view_row(field, "Options");

    view_int(option, "Value", id);
    view_text(option, "Label", label);
}

/* Lines that are not sold any more stay among the choices of who has them. */
static struct err *show_choices(struct request *req, struct view *fields, const struct deal *deal)
{
    struct deal_product *products;
    struct deal_person *people;
    size_t count;

    TRY(deal_products(req, &products, &count));
    for (size_t i = 0; i < count; i++)
        add_option(view_at(fields, "line"), products[i].id, deal_product_name(req, &products[i]));
    for (size_t i = 0; i < deal->line_count; i++)
        if (deal_product_find(products, count, deal->lines[i].product_line_id) == NULL)
            add_option(view_at(fields, "line"), deal->lines[i].product_line_id,
                       deal_line_name(req, &deal->lines[i]));
    TRY(deal_people(req, deal->account_id, &people, &count));
    for (size_t i = 0; i < count; i++)
        add_option(view_at(fields, "sales_user_id"), people[i].id, people[i].name);
    return NULL;
}

enum { ROWS_MORE = 2 };

static void show_rows(struct request *req, struct view *v, struct view *fields, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct view *row = view_row(v, "Rows");
        const char *at = arena_printf(req->arena, "Items.%zu.Value", i);

        view_int(row, "No", (int64_t)i + 1);
        view_text(row, "Line", view_get(view_at(fields, "line"), at));
        view_text(row, "Quantity", view_get(view_at(fields, "quantity"), at));
        view_text(row, "Value", view_get(view_at(fields, "value"), at));
        at = arena_printf(req->arena, "Items.%zu.Fault", i);
        view_text(row, "LineFault", view_get(view_at(fields, "line"), at));
        view_text(row, "QuantityFault", view_get(view_at(fields, "quantity"), at));
        view_text(row, "ValueFault", view_get(view_at(fields, "value"), at));
    }
}

static struct err *show_form(struct request *req, struct deal *deal)
{
    const struct deal_merge_input *typed = req->route->form == &deal_merge_form ? req->input : NULL;
    struct view *v = view_at(req->page, "Deal"), *fields;
    struct deal_merge_input stored = { 0 };
    int64_t now;

    TRY(db_now(req->db, &now));
    if (deal->state != DEAL_APPROVED || now >= deal->protected_until_at)
        return err_pass(refuse(req, deal, tr(req, deal_amend_refusal("state"))));
    TRY(deal_load_lines(req->db, req->arena, deal));
    deal_to_input(req->arena, deal, &stored.typed);
#define X(name) stored.keep_##name = "";
    DEAL_KEPT_TEXTS(X)
#undef X
    stored.keep_expected_close = stored.keep_sales_user_id = stored.keep_line = "";
    deal_show_head(req, deal);
    if (is_staff(req))
        deal_staff_crumbs(req, deal);
    else
        deal_partner_crumbs(req, deal);
    view_text(v, "Href", address(req, deal));
    form_show(req, &deal_merge_form, typed != NULL ? typed : &stored);
    fields = view_at(view_at(req->page, "Form"), "F");
    TRY(show_choices(req, fields, deal));
    show_rows(req, v, fields,
              (typed != NULL ? typed->typed.line.count : deal->line_count) + ROWS_MORE);
    return NULL;
}

struct err *deal_amend_show(struct request *req)
{
    return err_pass(show_form(req, deal_of_request(req)));
}

/* -- writing -------------------------------------------------------------------------------------
 */

static struct err *amend(struct request *req, struct deal *deal, const struct deal_input *in)
{
    const struct deal_actor by = deal_actor_of(req, is_staff(req) ? BY_STAFF : BY_PARTNER);
    struct deal wanted = *deal;
    struct err *e;

    TRY(deal_judge_input(req, in, deal, &wanted));
    if (form_has_faults(req))
        return err_pass(form_refuse(req));
    e = deal_amend(req->db, req->arena, &by, deal, &wanted);
    if (err_is(e, ERR_CONFLICT) && str_eq(err_detail(e), "version")) {
        err_free(e);
        return err_raise(ERR_AGAIN, "a registration changed while it was changed");
    }
    if (err_is(e, ERR_CONFLICT)) {
        form_fault(req, "row_version", -1, tr(req, deal_amend_refusal(err_detail(e))));
        err_free(e);
        return err_pass(form_refuse(req));
    }
    TRY(e);
    return err_pass(reply_redirect(req, "deal_amended", "%s#changes", address(req, deal)));
}

struct err *deal_amend_post(struct request *req)
{
    struct deal_merge_input in = *(const struct deal_merge_input *)req->input;
    struct deal *deal = deal_of_request(req);
    struct deal_input stored;

    if (deal->state != DEAL_APPROVED)
        return err_pass(refuse(req, deal, tr(req, deal_amend_refusal("state"))));
    TRY(deal_load_lines(req->db, req->arena, deal));
    deal_to_input(req->arena, deal, &stored);
    deal_merge(&in, &stored);
    if (in.typed.row_version == deal->row_version)
        return err_pass(amend(req, deal, &in.typed));
    if (is_staff(req))
        return err_pass(refuse(req, deal, tr(req, deal_amend_refusal("version"))));
    view_flag(view_at(req->page, "Deal"), "Amends", true);
    return err_pass(deal_show_both(req, &in.typed, deal, "amend"));
}

/* -- before and after ----------------------------------------------------------------------------
 */

struct amendment_row {
    int64_t id, asked_at;
    const char *state, *before_json, *after_json, *asked_name, *decided_name, *reason_text;
};
static const struct db_field list_fields[] = {
    DB_FIELD(struct amendment_row, id, DB_I64, 0),
    DB_FIELD(struct amendment_row, asked_at, DB_AT, 0),
    DB_FIELD(struct amendment_row, state, DB_TEXT, 10),
    DB_FIELD(struct amendment_row, before_json, DB_TEXT, 1000),
    DB_FIELD(struct amendment_row, after_json, DB_TEXT, 1000),
    DB_FIELD(struct amendment_row, asked_name, DB_TEXT, 120),
    DB_FIELD(struct amendment_row, decided_name, DB_TEXT, 120),
    DB_FIELD(struct amendment_row, reason_text, DB_TEXT, 400),
    { 0 },
};
static const struct db_stmt list = {
    .name = "deal.amend.list",
    .sql = "SELECT id, asked_at, state, before_json, after_json, asked_name, decided_name, "
           "reason_text FROM deal_amendment WHERE deal_id = ? ORDER BY id DESC LIMIT 20",
    .binds = "i",
    .fields = list_fields,
    .row_bytes = sizeof(struct amendment_row),
    .flags = DB_LISTS,
};
db_stmt_table deal_amend_show_statements[] = { &list, NULL };

static const struct status_row statuses[] = {
    { "made", "info", "pencil", N_("Changed") },
    { "asked", "wait", "clock", N_("Being decided") },
    { "approved", "good", "check", N_("Approved") },
    { "rejected", "bad", "x", N_("Rejected") },
    { "over", "off", "clock-off", N_("Not decided") },
    { 0 },
};

static const char *lines_words(struct request *req, const struct deal_names *names,
                               const char *currency, const char *text)
{
    const char *words = "";
    size_t count;
    char **rows = str_split(req->arena, text, ',', &count);

    for (size_t i = 0; i < count; i++) {
        size_t parts;
        char **part = str_split(req->arena, rows[i], ':', &parts);
        int64_t quantity, value;

        if (parts != 3 || !str_to_i64(part[1], &quantity) || !str_to_i64(part[2], &value))
            continue;
        words = arena_printf(req->arena, "%s%s%s", words, *words != '\0' ? "; " : "",
                             trf(req, N_("%1$s × %2$s, %3$s"),
                                 deal_names_lines(req, req->arena, names, part[0]),
                                 text_number(req->locale, req->arena, quantity),
                                 deal_total_text(req, value, currency)));
    }
    return words;
}

static const char *text_words(struct request *req, const char *name, const char *text)
{
    if (str_eq(name, "country") && *text != '\0')
        return text_country_name(text_locale_lang(req->locale), text);
    if (str_eq(name, "sales_stage"))
        return deal_choice(req, deal_stages, text);
    if (str_eq(name, "budget") || str_eq(name, "decision_maker"))
        return deal_choice(req, deal_known, text);
    return text;
}

static const char *words(struct request *req, const struct deal_names *names,
                         const struct deal *deal, const struct deal_amend_field *field,
                         const char *text)
{
    const char *space = strchr(text, ' ');
    int32_t day;

    switch (field->type) {
    case AMEND_TEXT:
        return text_words(req, field->name, text);
    case AMEND_DAY:
        return day_parse(text, &day) ? text_day(req->locale, req->arena, day) : "";
    case AMEND_PERSON:
        return space != NULL ? space + 1 : "";
    case AMEND_LINES:
        return lines_words(req, names, deal->currency, text);
    }
    return text;
}

static struct err *show_changes(struct request *req, struct view *v, const struct deal *deal,
                                const struct deal_names *names, const struct amendment_row *row)
{
    struct canon *before, *after;
    size_t before_count, after_count;

    TRY(canon_read_flat(req->arena, row->before_json, strlen(row->before_json), &before,
                        &before_count));
    TRY(canon_read_flat(req->arena, row->after_json, strlen(row->after_json), &after,
                        &after_count));
    for (const struct deal_amend_field *f = deal_amend_fields; f->name != NULL; f++) {
        const struct canon *was = canon_find(before, before_count, f->name);
        const struct canon *is = canon_find(after, after_count, f->name);
        struct view *change;

        if (was == NULL || is == NULL)
            continue;
        change = view_row(v, "Changes");
        view_text(change, "Label", tr(req, f->label));
        view_text(change, "Before", words(req, names, deal, f, was->text));
        view_text(change, "After", words(req, names, deal, f, is->text));
    }
    return NULL;
}

struct err *deal_show_amendments(struct request *req, struct view *v, const struct deal *deal,
                                 int64_t *pending_out)
{
    const struct deal_names *names;
    struct amendment_row *rows;
    size_t count;

    *pending_out = 0;
    if (!deal->has_amendments)
        return NULL;
    TRY(deal_names_read(req, &names));
    TRY(db_list(req->db, req->arena, &list, DB_ARGS(DB_I(deal->id)), &rows, &count));
    for (size_t i = 0; i < count; i++) {
        const bool asked = str_eq(rows[i].state, "asked");
        struct view *row = view_row(v, "Amendments");

        view_int(row, "Id", rows[i].id);
        view_text(row, "Who", rows[i].asked_name);
        page_at(req, row, "At", rows[i].asked_at);
        page_status(req, row, "Status", statuses,
                    asked && deal->state != DEAL_APPROVED ? "over" : rows[i].state);
        view_text(row, "DecidedName", rows[i].decided_name);
        view_text(row, "Reason", rows[i].reason_text);
        TRY(show_changes(req, row, deal, names, &rows[i]));
        if (asked && deal->state == DEAL_APPROVED)
            *pending_out = rows[i].id;
    }
    return NULL;
}

/* -- staff's answer ------------------------------------------------------------------------------
 */

static const struct choice answers[] = {
    { "approve", N_("Approve") },
    { "reject", N_("Reject") },
    { 0 },
};
static const struct field answer_fields[] = {
    { .name = "row_version",
      .label = N_("Version"),
      .kind = FIELD_INT,
      .required = true,
      .min = 1,
      .max = INT64_MAX,
      .offset = offsetof(struct deal_amend_answer_input, row_version) },
    { .name = "amendment_id",
      .label = N_("Change"),
      .kind = FIELD_ID,
      .required = true,
      .offset = offsetof(struct deal_amend_answer_input, amendment_id) },
    { .name = "answer",
      .label = N_("Answer"),
      .kind = FIELD_CHOICE,
      .required = true,
      .needed = N_("Choose an answer."),
      .choices = answers,
      .offset = offsetof(struct deal_amend_answer_input, answer) },
    { .name = "text",
      .label = N_("Reason for the partner"),
      .kind = FIELD_LINES,
      .max = 1000,
      .offset = offsetof(struct deal_amend_answer_input, text) },
    { 0 },
};

static void check_answer(struct request *req, void *input)
{
    const struct deal_amend_answer_input *in = input;

    if (str_eq(in->answer, "reject") && str_is_empty(in->text))
        form_fault(req, "text", -1, tr(req, N_("Tell the partner why.")));
}

const struct form deal_amend_answer_form = { .name = "deal_amend_answer",
                                             .fields = answer_fields,
                                             .size_bytes = sizeof(struct deal_amend_answer_input),
                                             .check = check_answer };

static const struct deal_words conflicts[] = {
    { "decided", N_("This change is decided already.") },
    { "state", N_("This registration is no longer protected: nothing of it is changed.") },
    { "version", N_("This registration is not what it was when the change was asked for.") },
    { "match", N_("Not approved: a match is still to be resolved. Mark it as the same customer or "
                  "as different first.") },
    { "rank", N_("Not approved: a registration that came before this change waits for one of these "
                 "product lines.") },
    { "claim", N_("Not approved: one of these product lines is protected by another "
                  "registration.") },
    { 0 },
};

static const char *conflict_words(const char *detail)
{
    return deal_words(conflicts, detail);
}

struct err *deal_amend_answer_post(struct request *req)
{
    const struct deal_amend_answer_input *in = req->input;
    const struct deal_amend_answer answer = { in->amendment_id, str_eq(in->answer, "approve"),
                                              in->text };
    struct deal *deal = deal_staff_deal(req);
    const struct deal_refusal changed = {
        tr(req, N_("This registration has changed since you opened it. Nothing was recorded; this "
                   "is how it stands now.")),
        in->row_version
    };
    struct deal_actor by;
    struct err *e;

    if (in->row_version != deal->row_version)
        return err_pass(deal_review_refuse(req, deal, &changed));
    TRY(deal_staff_actor(req, deal, &by));
    e = deal_amend_decide(req->db, req->arena, &by, deal, &answer);
    if (err_is(e, ERR_CONFLICT)) {
        form_fault(req, "answer", -1, tr(req, conflict_words(err_detail(e))));
        err_free(e);
        return err_pass(form_refuse(req));
    }
    TRY(e);
    return err_pass(
        reply_redirect(req, "deal_decided", "/staff/deals/DR-%lld", (long long)deal->id));
}

struct err *deal_show_amend_answer(struct request *req, struct view *v, const struct deal *deal)
{
    const bool typed = req->route->form == &deal_amend_answer_form && req->input != NULL;
    struct deal_amend_answer_input stored = { .row_version = deal->row_version,
                                              .answer = "",
                                              .text = "" };
    int64_t pending;

    TRY(deal_show_amendments(req, v, deal, &pending));
    if (pending == 0 || !actor_may(req->actor, PERM_DEAL_DECIDE))
        return NULL;
    stored.amendment_id = pending;
    view_int(v, "Asked", pending);
    form_show_as(req, "Amend", &deal_amend_answer_form, typed ? req->input : &stored);
    return NULL;
}
