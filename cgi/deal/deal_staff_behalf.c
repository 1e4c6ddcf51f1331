/* deal/deal_staff_behalf.c - staff register for a partner, who told them by phone or on a fair: the
 * partner is chosen first, then the same form as the partner's is submitted whole. */
#include "base/str.h"
#include "custom/custom_form.h"
#include "deal/deal_choices.h"
#include "deal/deal_forms.h"
#include "deal/deal_staff.h"
#include "deal/deal_view.h"

struct behalf_query {
    int64_t partner;
};
static const struct field query_fields[] = {
    { .name = "partner",
      .label = N_("Partner"),
      .kind = FIELD_ID,
      .offset = offsetof(struct behalf_query, partner) },
    { 0 },
};
const struct form deal_behalf_query = { .name = "deal_behalf_query",
                                        .fields = query_fields,
                                        .size_bytes = sizeof(struct behalf_query) };

struct partner_row {
    int64_t id;
    const char *name, *country, *currency;
};
static const struct db_field partner_fields[] = {
    DB_FIELD(struct partner_row, id, DB_I64, 0),
    DB_FIELD(struct partner_row, name, DB_TEXT, 200),
    DB_FIELD(struct partner_row, country, DB_TEXT, 4),
    DB_FIELD(struct partner_row, currency, DB_TEXT, 4),
    { 0 },
};
#define PARTNERS                                                                            \
    "SELECT id, name, country, currency FROM account WHERE (department_id BETWEEN ? AND ? " \
    "OR department_id IS NULL) AND kind = 'partner' AND status = 'active' AND deleted_at IS NULL "
static const struct db_stmt partners = {
    .name = "deal.behalf.partners",
    .sql = PARTNERS "ORDER BY name, id LIMIT 2000",
    .binds = "ii",
    .fields = partner_fields,
    .row_bytes = sizeof(struct partner_row),
    .flags = DB_STAFF_SCOPE | DB_LISTS,
};
static const struct db_stmt partner_by_id = {
    .name = "deal.behalf.partner",
    .sql = PARTNERS "AND id = ?",
    .binds = "iii",
    .fields = partner_fields,
    .row_bytes = sizeof(struct partner_row),
    .flags = DB_STAFF_SCOPE,
};
db_stmt_table deal_behalf_statements[] = { &partners, &partner_by_id, NULL };

/* -- the page ------------------------------------------------------------------------------------
 */

enum { ROWS_OFFERED = 3 };

static void add_option(struct view *field, int64_t id, const char *label)
{
    struct view *option = view_row(field, "Options");

    view_int(option, "Value", id);
    view_text(option, "Label", label);
}

static struct err *show_partners(struct request *req)
{
    struct partner_row *rows;
    size_t count;

    TRY(db_list(req->db, req->arena, &partners,
                DB_ARGS(DB_I(req->actor->department_low), DB_I(req->actor->department_high)), &rows,
                &count));
    for (size_t i = 0; i < count; i++)
        add_option(view_at(req->page, "Partners"), rows[i].id, rows[i].name);
    return NULL;
}

static void show_rows(struct request *req, struct view *fields)
{
    for (int i = 0; i < ROWS_OFFERED; i++) {
        struct view *row = view_row(view_at(req->page, "Behalf"), "Rows");
        const char *at = arena_printf(req->arena, "Items.%d.Value", i);

        view_int(row, "No", i + 1);
        view_text(row, "Line", view_get(view_at(fields, "line"), at));
        view_text(row, "Quantity", view_get(view_at(fields, "quantity"), at));
        view_text(row, "Value", view_get(view_at(fields, "value"), at));
        at = arena_printf(req->arena, "Items.%d.Fault", i);
        view_text(row, "LineFault", view_get(view_at(fields, "line"), at));
        view_text(row, "QuantityFault", view_get(view_at(fields, "quantity"), at));
        view_text(row, "ValueFault", view_get(view_at(fields, "value"), at));
    }
}

/* An empty form but for what the partner's account says. */
static struct deal_input empty_input(const struct partner_row *partner)
{
    struct deal_input empty = { .country = partner->country,
                                .currency = partner->currency,
                                .deal_type = deal_types[0].value,
                                .expected_close = DAY_NONE,
                                .partner_id = partner->id };

#define X(name) empty.name = empty.name == NULL ? "" : empty.name;
    DEAL_KEPT_TEXTS(X)
#undef X
    return empty;
}

static struct err *show_form(struct request *req, const struct partner_row *partner)
{
    struct deal_input empty = empty_input(partner);
    struct view *v = view_at(req->page, "Behalf"), *fields;
    struct deal_product *products;
    struct deal_person *people;
    size_t count;

    TRY(custom_stored(req, CUSTOM_DEAL, 0, &empty.custom));
    form_show(req, &deal_behalf_form, &empty);
    fields = view_at(view_at(req->page, "Form"), "F");
    TRY(deal_products(req, &products, &count));
    for (size_t i = 0; i < count; i++)
        add_option(view_at(fields, "line"), products[i].id, deal_product_name(req, &products[i]));
    TRY(deal_people(req, partner->id, &people, &count));
    for (size_t i = 0; i < count; i++)
        add_option(view_at(fields, "sales_user_id"), people[i].id, people[i].name);
    show_rows(req, fields);
    view_text(v, "Partner", partner->name);
    view_int(v, "PartnerId", partner->id);
    return NULL;
}

static struct err *find_partner(struct request *req, int64_t id, struct partner_row *row,
                                bool *found_out)
{
    *found_out = false;
    if (id == 0)
        return NULL;
    return err_pass(db_one(
        req->db, req->arena, &partner_by_id,
        DB_ARGS(DB_I(req->actor->department_low), DB_I(req->actor->department_high), DB_I(id)), row,
        found_out));
}

struct err *deal_behalf_show(struct request *req)
{
    const struct behalf_query *query = req->route->query == &deal_behalf_query ? req->input : NULL;
    const int64_t id = query != NULL ? query->partner : form_typed_id(req, "partner_id");
    struct partner_row partner;
    bool found;

    page_title(req, tr(req, N_("Register for a partner")));
    deal_staff_crumbs(req, NULL);
    TRY(find_partner(req, id, &partner, &found));
    return found ? err_pass(show_form(req, &partner)) : err_pass(show_partners(req));
}

/* -- writing -------------------------------------------------------------------------------------
 */

static struct err *judge_lines(struct request *req, const struct deal *deal)
{
    struct deal_product *products;
    size_t count;

    TRY(deal_products(req, &products, &count));
    for (size_t i = 0; i < deal->line_count; i++)
        if (deal_product_find(products, count, deal->lines[i].product_line_id) == NULL)
            form_fault(req, "line", (int)i, tr(req, N_("This product line is not sold.")));
    return NULL;
}

static struct err *judge_person(struct request *req, struct deal *deal)
{
    struct deal_person *people;
    size_t count;

    deal->sales_name = "";
    TRY(deal_people(req, deal->account_id, &people, &count));
    for (size_t i = 0; i < count; i++)
        if (people[i].id == deal->sales_user_id)
            deal->sales_name = people[i].name;
    if (deal->sales_user_id != 0 && str_is_empty(deal->sales_name))
        form_fault(req, "sales_user_id", -1, tr(req, N_("Choose somebody of the partner.")));
    return NULL;
}

static void at_field(void *req, const char *field, const char *message)
{
    form_fault(req, field, -1, tr(req, message));
}

static struct err *submit(struct request *req, struct deal *deal)
{
    const struct deal_actor by = deal_actor_of(req, BY_STAFF);
    const struct deal_input *in = req->input;
    struct deal *stored;

    TRY(deal_create(req->db, req->arena, &by, deal));
    TRY(custom_save(req, CUSTOM_DEAL, deal->id, deal->id, &in->custom));
    TRY(deal_of_worker(req->db, req->arena, deal->id, &stored));
    if (stored == NULL)
        return err_raise(ERR_BUG, "deal %lld is gone after it was made", (long long)deal->id);
    TRY(deal_submit(req->db, req->arena, &by, stored));
    return err_pass(reply_redirect(req, "sent", "/staff/deals/DR-%lld", (long long)deal->id));
}

struct err *deal_behalf_post(struct request *req)
{
    const struct deal_input *in = req->input;
    struct deal deal = { .account_id = in->partner_id, .created_by = req->actor->user_id };
    struct partner_row partner;
    int64_t now;
    bool found;

    TRY(db_now(req->db, &now));
    TRY(find_partner(req, in->partner_id, &partner, &found));
    if (!found)
        return err_raise(ERR_NOT_FOUND, "no partner %lld to register for",
                         (long long)in->partner_id);
    deal_from_input(req->arena, in, &deal);
    TRY(judge_lines(req, &deal));
    TRY(judge_person(req, &deal));
    deal_check_complete(&deal, text_local_day(req->locale, now), at_field, req);
    custom_demand(req, &in->custom);
    if (form_has_faults(req))
        return err_pass(form_refuse(req));
    return err_pass(submit(req, &deal));
}
