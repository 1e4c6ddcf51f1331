/* deal/deal_edit.c - the partner's form of a registration: begun, saved as it is, submitted whole,
 * and brought together when two people changed it. */
#include "access/parameter.h"
#include "base/str.h"
#include "custom/custom_form.h"
#include "deal/deal_choices.h"
#include "deal/deal_files.h"
#include "deal/deal_partner.h"
#include "deal/deal_steps.h"
#include "deal/deal_term.h"
#include "deal/deal_sql.h"
#include "deal/deal_view.h"
#include "web/field.h"

#include <stdio.h>
#include <string.h>

/* -- defaults of a new one -----------------------------------------------------------------------
 */

struct account_row {
    const char *country, *currency;
};
static const struct db_field account_fields[] = {
    DB_FIELD(struct account_row, country, DB_TEXT, 4),
    DB_FIELD(struct account_row, currency, DB_TEXT, 4),
    { 0 },
};
static const struct db_stmt account_defaults = {
    .name = "deal.edit.account",
    .sql = "SELECT country, currency FROM account WHERE id = ?",
    .binds = "i",
    .fields = account_fields,
    .row_bytes = sizeof(struct account_row),
};

db_stmt_table deal_edit_statements[] = { &account_defaults, &deal_sql_term, NULL };

/* Most customers of a partner are in its own country. */
static struct err *begin_input(struct request *req, struct deal_input *in)
{
    struct account_row row;

    TRY(db_get(req->db, req->arena, &account_defaults, DB_ARGS(DB_I(req->actor->account_id)),
               &row));
    *in = (struct deal_input){ .deal_type = deal_types[0].value,
                               .country = row.country,
                               .currency = row.currency,
                               .expected_close = DAY_NONE,
                               .sales_user_id = req->actor->user_id };
#define X(name)           \
    if (in->name == NULL) \
        in->name = "";
    DEAL_KEPT_TEXTS(X)
#undef X
    return err_pass(custom_stored(req, CUSTOM_DEAL, 0, &in->custom));
}

/* -- the form as a page --------------------------------------------------------------------------
 */

static void add_option(struct view *field, int64_t id, const char *label)
{
    struct view *option = view_row(field, "Options");

    view_int(option, "Value", id);
    view_text(option, "Label", label);
}

static struct err *show_choices(struct request *req, struct view *fields)
{
    struct deal_product *products;
    struct deal_person *people;
    size_t count;

    TRY(deal_products(req, &products, &count));
    for (size_t i = 0; i < count; i++)
        add_option(view_at(fields, "line"), products[i].id, deal_product_name(req, &products[i]));
    TRY(deal_people(req, req->actor->account_id, &people, &count));
    for (size_t i = 0; i < count; i++)
        add_option(view_at(fields, "sales_user_id"), people[i].id, people[i].name);
    return NULL;
}

/* Empty rows below those that were typed: one to begin with, and one for "add a line".  A row that
 * was sent empty is shown again and needs no other. */
static void add_rows(struct view *fields, size_t count)
{
    static const char *const lists[] = { "line", "quantity", "value" };

    for (size_t i = 0; i < ARRAY_LEN(lists); i++)
        for (size_t k = 0; k < count; k++)
            view_text(view_row(view_at(fields, lists[i]), "Items"), "Value", "");
}

static bool has_rows(struct view *fields)
{
    /* A row is there when its place has a child: its value may be empty. */
    return *view_get(fields, "line.Items.0.Value") != '\0' ||
           *view_get(fields, "quantity.Items.0.Value") != '\0' ||
           *view_get(fields, "value.Items.0.Value") != '\0';
}

struct edit_query {
    int64_t more;
};
static const struct field edit_query_fields[] = {
    { .name = "more",
      .label = "",
      .kind = FIELD_INT,
      .min = 0,
      .max = 1,
      .offset = offsetof(struct edit_query, more) },
    { 0 },
};
const struct form deal_edit_query = { .name = "deal_edit_query",
                                      .fields = edit_query_fields,
                                      .size_bytes = sizeof(struct edit_query) };

static bool wants_row(const struct request *req)
{
    const struct edit_query *query = req->input;

    if (str_eq(form_button(req), "add"))
        return true;
    return req->route->method == HTTP_GET && query != NULL && query->more > 0;
}

/* Which sections of the page have faults: for the list of sections beside it. */
static void mark_sections(struct view *deal, struct view *fields)
{
    static const struct {
        const char *section, *fault;
    } parts[] = {
        { "Customer", "company_name.Fault" }, { "Customer", "country.Fault" },
        { "Customer", "tax_number.Fault" },   { "Customer", "website.Fault" },
        { "Customer", "phone.Fault" },        { "Customer", "region.Fault" },
        { "Customer", "city.Fault" },         { "Customer", "address.Fault" },
        { "Products", "line.Fault" },         { "Products", "currency.Fault" },
        { "Deal", "project_name.Fault" },     { "Deal", "expected_close.Fault" },
        { "Deal", "competitors.Fault" },      { "Deal", "distributor.Fault" },
        { "Deal", "description.Fault" },      { "Deal", "done_so_far.Fault" },
        { "People", "contact_name.Fault" },   { "People", "contact_title.Fault" },
        { "People", "contact_email.Fault" },  { "People", "contact_phone.Fault" },
        { "People", "sales_user_id.Fault" },
    };

    for (size_t i = 0; i < ARRAY_LEN(parts); i++)
        if (*view_get(fields, parts[i].fault) != '\0')
            view_flag(view_at(deal, "Faults"), parts[i].section, true);
}

static void mark_more(const struct request *req, struct view *deal)
{
    char name[40], fault[40];

    for (int i = 0;; i++) {
        snprintf(name, sizeof(name), "Form.More.%d.Name", i);
        snprintf(fault, sizeof(fault), "Form.More.%d.Fault", i);
        if (*view_get(req->page, name) == '\0')
            return;
        if (*view_get(req->page, fault) != '\0')
            view_flag(view_at(deal, "Faults"), "Deal", true);
    }
}

/* A fault of the third row is named by the id of its input: "quantity-2". */
static void mark_rows(const struct request *req, struct view *deal)
{
    const char *field;
    char path[60];

    for (int i = 0;; i++) {
        snprintf(path, sizeof(path), "Form.Faults.Items.%d.Field", i);
        field = view_get(req->page, path);
        if (*field == '\0')
            return;
        if (str_starts(field, "line-") || str_starts(field, "quantity-") ||
            str_starts(field, "value-"))
            view_flag(view_at(deal, "Faults"), "Products", true);
    }
}

/* A draft needs nothing, so the form requires nothing; the page marks as optional only what a
 * submission can do without. */
static void mark_needed(struct view *fields)
{
    static const char *const needed[] = { "company_name",  "country",        "currency",
                                          "deal_type",     "expected_close", "contact_name",
                                          "contact_email", "contact_phone" };

    for (size_t i = 0; i < ARRAY_LEN(needed); i++)
        view_flag(view_at(fields, needed[i]), "Optional", false);
}

/* What the programme promises: the clock, and the term for a deal of the usual type. */
static struct err *show_promise(struct request *req, struct view *deal)
{
    struct deal_term term;
    int64_t hours;

    TRY(parameter_now(req->db, req->arena, PARAM_DEAL_DECISION_HOURS, &hours));
    page_int(req, deal, "Hours", hours);
    TRY(deal_term_of(req->db, req->arena, req->actor->account_id, deal_types[0].value, &term));
    view_text(deal, "TermDays", trn(req, "%s day", "%s days", term.days));
    if (term.discount_bp > 0)
        view_text(deal, "TermDiscount", text_percent(req->locale, req->arena, term.discount_bp));
    return NULL;
}

static struct err *show_form(struct request *req, const struct deal_input *stored)
{
    struct view *fields;

    form_show(req, &deal_form, stored);
    fields = view_at(view_at(req->page, "Form"), "F");
    TRY(show_choices(req, fields));
    if ((!form_has_faults(req) && !has_rows(fields)) || wants_row(req))
        add_rows(fields, 1);
    mark_needed(fields);
    mark_sections(view_at(req->page, "Deal"), fields);
    mark_rows(req, view_at(req->page, "Deal"));
    mark_more(req, view_at(req->page, "Deal"));
    return err_pass(show_promise(req, view_at(req->page, "Deal")));
}

struct new_query {
    int64_t check; /* a question of "Is it free?" to go on from */
};
static const struct field new_query_fields[] = {
    { .name = "check", .label = "", .kind = FIELD_ID, .offset = offsetof(struct new_query, check) },
    { 0 },
};
const struct form deal_new_query = { .name = "deal_new_query",
                                     .fields = new_query_fields,
                                     .size_bytes = sizeof(struct new_query) };

struct err *deal_new_show(struct request *req)
{
    const struct new_query *query = req->route->method == HTTP_GET ? req->input : NULL;
    const struct deal nothing = {
        .account_id = req->actor->account_id, .country = "", .deal_type = "", .currency = ""
    };
    struct deal_input in;

    TRY(begin_input(req, &in));
    if (query != NULL && query->check != 0)
        TRY(deal_begin_checked(req, query->check, &in));
    page_title(req, tr(req, N_("Register a deal")));
    deal_partner_crumbs(req, NULL);
    view_text(view_at(req->page, "Deal"), "Action", "/partner/deals/new");
    TRY(show_form(req, &in));
    return err_pass(deal_plan_preview(req, view_at(req->page, "Deal"), &nothing));
}

static const char *edit_address(struct request *req, const struct deal *deal)
{
    return arena_printf(req->arena, "/partner/deals/DR-%lld/edit", (long long)deal->id);
}

struct err *deal_edit_show(struct request *req)
{
    struct deal *deal = deal_of_request(req);
    struct view *v = view_at(req->page, "Deal");
    struct deal_input in;

    if (deal->state != DEAL_DRAFT && deal->state != DEAL_RETURNED)
        return err_pass(deal_refuse(
            req, deal,
            tr(req, N_("Only a draft, or one that was returned to you, can be changed."))));
    TRY(deal_load_lines(req->db, req->arena, deal));
    deal_to_input(req->arena, deal, &in);
    TRY(custom_stored(req, CUSTOM_DEAL, deal->id, &in.custom));
    deal_show_head(req, deal);
    deal_partner_crumbs(req, deal);
    view_text(v, "Action", edit_address(req, deal));
    view_text(v, "Number", deal_number(req->arena, deal->id));
    view_flag(v, "IsReturned", deal->state == DEAL_RETURNED);
    view_flag(v, "MayRemove", deal->state == DEAL_DRAFT);
    view_text(v, "ReasonText", deal->reason_text);
    page_at(req, v, "AnswerDue", deal->answer_due_at);
    page_at(req, v, "Saved", deal->updated_at);
    TRY(show_form(req, &in));
    TRY(deal_plan_preview(req, v, deal));
    TRY(deal_show_files(req, v, deal));
    if (!form_has_faults(req) && deal->state == DEAL_DRAFT)
        deal_show_verdict(req, deal);
    return NULL;
}

/* -- writing -------------------------------------------------------------------------------------
 */

/* Somebody was faster between reading and writing: run again, this time it shows. */
static struct err *again_if_changed(struct err *e)
{
    if (!err_is(e, ERR_CONFLICT) || !str_eq(err_detail(e), "version"))
        return err_pass(e);
    err_free(e);
    return err_raise(ERR_AGAIN, "a draft changed while it was saved");
}

/* A draft is submitted by a company that may begin something; what was returned anybody may answer.
 */
static bool begins_in_vain(const struct request *req, const struct deal *before)
{
    return (before == NULL || before->state == DEAL_DRAFT) &&
           !actor_may(req->actor, PERM_DEAL_REGISTER);
}

static struct err *submit_saved(struct request *req, int64_t id)
{
    struct deal_actor by = deal_partner_actor(req);
    struct deal *deal;

    TRY(deal_of_account(req->db, req->arena, req->actor->account_id, id, &deal));
    if (deal == NULL)
        return err_raise(ERR_BUG, "deal %lld is gone after it was saved", (long long)id);
    if (begins_in_vain(req, deal))
        return err_raise(ERR_CONFLICT, "deal %lld: the company may begin nothing", (long long)id);
    TRY(deal_submit(req->db, req->arena, &by, deal));
    return err_pass(reply_redirect(req, "deal_submitted", "/partner/deals/DR-%lld", (long long)id));
}

static struct err *answer_saved(struct request *req, int64_t id)
{
    const char *button = form_button(req);

    if (str_eq(button, "submit"))
        return err_pass(submit_saved(req, id));
    if (str_eq(button, "add"))
        return err_pass(
            reply_redirect(req, NULL, "/partner/deals/DR-%lld/edit?more=1#s2", (long long)id));
    if (str_starts(button, "remove-"))
        return err_pass(reply_redirect(req, NULL, "/partner/deals/DR-%lld/edit#s2", (long long)id));
    return err_pass(reply_redirect(req, "draft", "/partner/deals/DR-%lld/edit", (long long)id));
}

/* Refuses with the faults at their fields. */
static struct err *take_input(struct request *req, const struct deal_input *in, struct deal *deal,
                              const struct deal *before)
{
    TRY(deal_judge_input(req, in, before, deal));
    if (str_eq(form_button(req), "submit") && begins_in_vain(req, before))
        form_fault(
            req, "company_name", -1,
            tr(req,
               N_("Your company can register nothing new at the moment. Save it as a draft.")));
    return form_has_faults(req) ? err_pass(form_refuse(req)) : NULL;
}

struct err *deal_new_post(struct request *req)
{
    const struct deal_input *in = req->input;
    struct deal_actor by = deal_partner_actor(req);
    struct deal deal = { .account_id = req->actor->account_id, .created_by = req->actor->user_id };

    TRY(take_input(req, in, &deal, NULL));
    TRY(deal_create(req->db, req->arena, &by, &deal));
    TRY(custom_save(req, CUSTOM_DEAL, deal.id, deal.id, &in->custom));
    TRY(deal_add_files(req, deal.id, &in->files));
    return err_pass(answer_saved(req, deal.id));
}

static struct err *save(struct request *req, const struct deal_input *in, const struct deal *before)
{
    struct deal_actor by = deal_partner_actor(req);
    struct deal deal = *before;

    TRY(take_input(req, in, &deal, before));
    TRY(again_if_changed(deal_update(req->db, req->arena, &by, &deal)));
    TRY(custom_save(req, CUSTOM_DEAL, deal.id, deal.id, &in->custom));
    TRY(deal_add_files(req, deal.id, &in->files));
    return err_pass(answer_saved(req, deal.id));
}

/* -- changed by two ------------------------------------------------------------------------------
 */

static const char *line_words(struct request *req, const struct deal_product *products,
                              size_t count, const struct deal_input *in, size_t i)
{
    const struct deal_product *product = deal_product_find(products, count, in->line.numbers[i]);

    return trf(req, N_("%1$s × %2$s, %3$s"),
               product != NULL ? deal_product_name(req, product) : in->line.texts[i],
               text_number(req->locale, req->arena, in->quantity.numbers[i]), in->value.texts[i]);
}

static const char *lines_words(struct request *req, const struct deal_product *products,
                               size_t count, const struct deal_input *in)
{
    const char *words = "";

    for (size_t i = 0; i < in->line.count; i++)
        if (in->line.numbers[i] != 0)
            words = arena_printf(req->arena, "%s%s%s", words, *words != '\0' ? "; " : "",
                                 line_words(req, products, count, in, i));
    return words;
}

static bool same_lines(const struct deal_input *x, const struct deal_input *y)
{
    if (x->line.count != y->line.count)
        return false;
    for (size_t i = 0; i < x->line.count; i++)
        if (x->line.numbers[i] != y->line.numbers[i] ||
            x->quantity.numbers[i] != y->quantity.numbers[i] ||
            x->value.numbers[i] != y->value.numbers[i])
            return false;
    return true;
}

/* A value as it is read, not as it is typed. */
static const char *value_words(struct request *req, const struct field *field, const void *input)
{
    const char *text = field_text(req, field, input);

    if (field->kind == FIELD_COUNTRY && *text != '\0')
        return text_country_name(text_locale_lang(req->locale), text);
    if (field->kind == FIELD_CHOICE && field->choices != NULL)
        return deal_choice(req, field->choices, text);
    if (field->kind == FIELD_DAY)
        return text_day(req->locale, req->arena,
                        *(const int32_t *)((const char *)input + field->offset));
    return text;
}

static void add_difference(struct request *req, const char *field, const char *label,
                           const char *yours, const char *saved)
{
    struct view *row = view_row(view_at(req->page, "Deal"), "Changed");

    view_text(row, "Field", field);
    view_text(row, "Label", tr(req, label));
    view_text(row, "Yours", yours);
    view_text(row, "Theirs", saved);
}

static const char *person_name(const struct deal_person *people, size_t count, int64_t id)
{
    for (size_t i = 0; i < count; i++)
        if (people[i].id == id)
            return people[i].name;
    return "";
}

static struct err *show_differences(struct request *req, const struct deal_input *typed,
                                    const struct deal_input *stored)
{
    struct deal_product *products;
    struct deal_person *people;
    size_t count, people_count;

    TRY(deal_products(req, &products, &count));
    TRY(deal_people(req, req->actor->account_id, &people, &people_count));
    for (const struct field *field = deal_form.fields; field->name != NULL; field++) {
        if (field->list || field->kind == FIELD_FILES || field->kind == FIELD_INT ||
            str_eq(field_text(req, field, typed), field_text(req, field, stored)))
            continue;
        if (field->kind == FIELD_ID)
            add_difference(req, field->name, field->label,
                           person_name(people, people_count, typed->sales_user_id),
                           person_name(people, people_count, stored->sales_user_id));
        else
            add_difference(req, field->name, field->label, value_words(req, field, typed),
                           value_words(req, field, stored));
    }
    if (!same_lines(typed, stored))
        add_difference(req, "line", N_("Product lines"), lines_words(req, products, count, typed),
                       lines_words(req, products, count, stored));
    return NULL;
}

/* Each has its choice under a name of its own. */
static void show_more_differences(struct request *req, const struct form_more *typed,
                                  const struct form_more *stored)
{
    for (size_t i = 0; i < typed->count; i++)
        for (size_t k = 0; k < stored->count; k++) {
            struct view *row;

            if (!str_eq(typed->fields[i].name, stored->fields[k].name) ||
                str_eq(typed->values[i].text, stored->values[k].text))
                continue;
            row = view_row(view_at(req->page, "Deal"), "Changed");
            view_text(row, "Name", custom_keep_name(req->arena, typed->fields[i].name));
            view_text(row, "Label", typed->fields[i].label);
            view_text(row, "Yours", typed->values[i].text);
            view_text(row, "Theirs", stored->values[k].text);
        }
}

static void hide(struct request *req, const char *name, const char *value)
{
    struct view *row = view_row(view_at(req->page, "Deal"), "Typed");

    view_text(row, "Field", name);
    view_text(row, "Value", value);
}

/* What was typed goes out again with the choices, as hidden fields. */
static void hide_typed(struct request *req, const struct deal_input *typed, int64_t version)
{
    for (const struct field *field = deal_form.fields; field->name != NULL; field++)
        if (!field->list && field->kind != FIELD_FILES && field->kind != FIELD_INT)
            hide(req, field->name, field_text(req, field, typed));
    hide(req, "row_version", arena_number(req->arena, "", version));
    for (size_t i = 0; i < typed->line.count; i++) {
        if (typed->line.numbers[i] == 0)
            continue;
        hide(req, "line", typed->line.texts[i]);
        hide(req, "quantity", typed->quantity.texts[i]);
        hide(req, "value", typed->value.texts[i]);
    }
    for (size_t i = 0; i < typed->custom.count; i++)
        hide(req, typed->custom.fields[i].name, typed->custom.values[i].text);
}

struct err *deal_show_both(struct request *req, const struct deal_input *typed,
                           const struct deal *deal, const char *path)
{
    struct view *v = view_at(req->page, "Deal");
    struct deal_input stored;

    deal_to_input(req->arena, deal, &stored);
    deal_show_head(req, deal);
    deal_partner_crumbs(req, deal);
    view_text(v, "Action",
              arena_printf(req->arena, "/partner/deals/DR-%lld/%s", (long long)deal->id, path));
    view_text(v, "Button", form_button(req));
    page_at(req, v, "Saved", deal->updated_at);
    TRY(show_differences(req, typed, &stored));
    TRY(custom_stored(req, CUSTOM_DEAL, deal->id, &stored.custom));
    show_more_differences(req, &typed->custom, &stored.custom);
    hide_typed(req, typed, deal->row_version);
    form_show(req, &deal_version_form, NULL);
    return err_pass(reply_conflict(req, "deal/changed.cs"));
}

static struct err *edit_or_show_both(struct request *req, const struct deal_input *in)
{
    struct deal *deal = deal_of_request(req);

    if (deal->state != DEAL_DRAFT && deal->state != DEAL_RETURNED)
        return err_pass(deal_refuse(
            req, deal,
            tr(req, N_("Only a draft, or one that was returned to you, can be changed."))));
    TRY(deal_load_lines(req->db, req->arena, deal));
    if (in->row_version != deal->row_version)
        return err_pass(deal_show_both(req, in, deal, "merge"));
    return err_pass(save(req, in, deal));
}

struct err *deal_edit_post(struct request *req)
{
    return err_pass(edit_or_show_both(req, req->input));
}

struct err *deal_merge_post(struct request *req)
{
    struct deal_merge_input in = *(const struct deal_merge_input *)req->input;
    struct deal *deal = deal_of_request(req);
    struct deal_input stored;

    TRY(deal_load_lines(req->db, req->arena, deal));
    deal_to_input(req->arena, deal, &stored);
    deal_merge(&in, &stored);
    custom_leave(req->arena, &in.typed.custom);
    return err_pass(edit_or_show_both(req, &in.typed));
}
