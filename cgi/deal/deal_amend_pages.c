/* deal/deal_amend_pages.c - changes to an approved registration: the form, for its partner and for
 * staff on his behalf, with what would become of what is typed; and taking it back. */
#include "access/parameter.h"
#include "base/str.h"
#include "deal/deal_amend.h"
#include "deal/deal_amend_pages.h"
#include "deal/deal_choices.h"
#include "deal/deal_inside.h"
#include "deal/deal_partner.h"
#include "deal/deal_round.h"
#include "deal/deal_staff.h"
#include "deal/deal_view.h"
#include "web/form_fields.h"

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

static bool is_typed(const struct value_list *list, size_t i)
{
    return i < list->count && !str_is_empty(list->texts[i]);
}

static size_t rows_filled(const struct deal_input *in)
{
    size_t n = in->line.count;

    while (n > 0 && !is_typed(&in->line, n - 1) && !is_typed(&in->quantity, n - 1) &&
           !is_typed(&in->value, n - 1))
        n--;
    return n;
}

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
    const struct deal_merge_input *typed = req->route->form == &deal_amend_form ? req->input : NULL;
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
    form_show(req, &deal_amend_form, typed != NULL ? typed : &stored);
    fields = view_at(view_at(req->page, "Form"), "F");
    TRY(show_choices(req, fields, deal));
    show_rows(req, v, fields,
              (typed != NULL ? rows_filled(&typed->typed) : deal->line_count) + ROWS_MORE);
    return NULL;
}

struct err *deal_amend_show(struct request *req)
{
    return err_pass(show_form(req, deal_of_request(req)));
}

/* -- what would become of it ---------------------------------------------------------------------
 */

static void show_labels(struct request *req, struct view *v, const char *name,
                        const struct deal_amend_change_list *list, enum deal_amend_kind kind)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->at[i].field->kind == kind)
            view_text(view_row(v, name), "Label", tr(req, list->at[i].field->label));
}

static bool is_of_customer(const struct deal_amend_change_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->at[i].field->kind == AMEND_DECIDED && list->at[i].field->type != AMEND_LINES)
            return true;
    return false;
}

/* The steps that its rule asks for, and whether it is small enough to be made without a person. */
static struct err *show_deciders(struct request *req, struct view *v, const struct deal *deal,
                                 struct deal *wanted, const struct deal_amend_change_list *list)
{
    struct deal_facts before, after;
    struct deal_rule *plans;
    int64_t percent, plan_id;
    struct deal was = *deal;
    size_t count;
    bool small;

    TRY(db_kept(req->db, &deal_plans, &plans, &count));
    TRY(parameter_kept(req->db, PARAM_DEAL_AMEND_PERCENT, &percent));
    TRY(deal_sum_lines(&was));
    TRY(deal_sum_lines(wanted));
    TRY(deal_preview_facts(req, deal, &before));
    TRY(deal_preview_facts(req, wanted, &after));
    plan_id = deal_plan_first(plans, count, DEAL_ROUND_AMEND, &after);
    small = !is_of_customer(list) && deal_amend_is_small(&was, wanted, percent) &&
            (plan_id == 0 || plan_id == deal_plan_first(plans, count, DEAL_ROUND_AMEND, &before));
    view_flag(v, "Small", small);
    return small || plan_id == 0 ? NULL : err_pass(deal_plan_show(req, v, plan_id));
}

static struct err *show_preview(struct request *req, struct deal *deal, struct deal *wanted)
{
    struct view *v = view_at(view_at(req->page, "Deal"), "Preview");
    struct deal_amend_change_list list;

    deal_amend_compare(req->arena, deal, wanted, &list);
    view_flag(v, "Shown", true);
    view_flag(v, "Same", list.count == 0);
    show_labels(req, v, "Once", &list, AMEND_AT_ONCE);
    show_labels(req, v, "Decided", &list, AMEND_DECIDED);
    show_labels(req, v, "Never", &list, AMEND_NEVER);
    return list.decided == 0 ? NULL : err_pass(show_deciders(req, v, deal, wanted, &list));
}

static struct err *preview(struct request *req, struct deal *deal, struct deal *wanted)
{
    TRY(show_form(req, deal));
    TRY(show_preview(req, deal, wanted));
    return err_pass(reply_page(req, req->route->retry_page));
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
    if (str_eq(form_button(req), "preview"))
        return err_pass(preview(req, deal, &wanted));
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

/* -- taking it back ------------------------------------------------------------------------------
 */

static const struct field back_fields[] = {
    FORM_VERSION_NEEDED(struct deal_amend_back_input),
    { .name = "amendment_id",
      .label = N_("Change"),
      .kind = FIELD_ID,
      .required = true,
      .offset = offsetof(struct deal_amend_back_input, amendment_id) },
    { 0 },
};
const struct form deal_amend_back_form = { .name = "deal_amend_back",
                                           .fields = back_fields,
                                           .size_bytes = sizeof(struct deal_amend_back_input) };

struct err *deal_amend_back_post(struct request *req)
{
    const struct deal_amend_back_input *in = req->input;
    const struct deal_actor by = deal_actor_of(req, BY_PARTNER);
    struct deal *deal = deal_of_request(req);
    struct err *e;

    if (in->row_version != deal->row_version)
        return err_pass(refuse(req, deal, tr(req, deal_amend_refusal("version"))));
    e = deal_amend_withdraw(req->db, req->arena, &by, deal, in->amendment_id);
    if (err_is(e, ERR_CONFLICT)) {
        const char *message = tr(req, deal_amend_refusal(err_detail(e)));
        const bool lost = str_eq(err_detail(e), "version");

        err_free(e);
        return lost ? err_raise(ERR_AGAIN, "a registration changed while a change was taken back")
                    : err_pass(refuse(req, deal, message));
    }
    TRY(e);
    return err_pass(reply_redirect(req, "deal_amend_back", "%s#changes", address(req, deal)));
}
