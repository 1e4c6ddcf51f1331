/* lead/lead_convert.c */
#include "lead/lead_convert.h"

#include "base/str.h"
#include "deal/deal_rooms.h"
#include "lead/lead_inside.h"
#include "lead/lead_staff.h"
#include "lead/lead_view.h"
#include "opportunity/opportunity.h"
#include "web/form_fields.h"

#include <stddef.h>

static const struct choice targets[] = {
    { "opportunity", N_("An opportunity") },
    { "deal", N_("The draft of a deal registration, which protects the customer for you") },
    { 0 },
};
static const struct field fields[] = {
    FORM_VERSION(struct lead_convert_input),
    { .name = "into",
      .label = N_("What it becomes"),
      .kind = FIELD_CHOICE,
      .required = true,
      .needed = N_("Choose what it becomes."),
      .choices = targets,
      .offset = offsetof(struct lead_convert_input, into) },
    { 0 },
};
const struct form lead_convert_form = { .name = "lead_convert",
                                        .fields = fields,
                                        .size_bytes = sizeof(struct lead_convert_input) };

static const struct db_stmt mark_converted = {
    .name = "lead.mark_converted",
    .sql = "UPDATE lead SET opportunity_id = ?, deal_id = ? WHERE id = ?",
    .binds = "iii",
    .flags = DB_WRITE,
};
struct money_row {
    const char *currency;
};
static const struct db_field money_fields[] = {
    DB_FIELD(struct money_row, currency, DB_TEXT, 4),
    { 0 },
};
static const struct db_stmt own_money = {
    .name = "lead.own_currency",
    .sql = "SELECT currency FROM account WHERE id = ?",
    .binds = "i",
    .fields = money_fields,
    .row_bytes = sizeof(struct money_row),
};

db_stmt_table lead_convert_statements[] = { &mark_converted, &own_money, NULL };

/* What is known of who asked, as a draft: its place in line is taken when the partner submits it.
 */
static struct err *to_deal(struct db *db, struct arena *a, const struct deal_actor *by,
                           const struct lead *lead, const char *currency, int64_t *id_out)
{
    const struct actor *who = by->who.actor;
    struct deal_line line = { .product_line_id = lead->product_line_id, .quantity = 1 };
    struct deal deal = { .account_id = who->account_id,
                         .company_name = lead->company_name,
                         .country = lead->country,
                         .region = lead->region,
                         .city = lead->city,
                         .address = "",
                         .website = lead->website,
                         .tax_number = "",
                         .phone = "",
                         .contact_name = lead->person_name,
                         .contact_title = lead->person_title,
                         .contact_email = lead->email,
                         .contact_phone = lead->phone,
                         .project_name = "",
                         .description = lead->note,
                         .deal_type = "new",
                         .competitors = "",
                         .sales_stage = "contact",
                         .budget = "",
                         .decision_maker = "",
                         .done_so_far = "",
                         .distributor = "",
                         .currency = currency,
                         .expected_close = DAY_NONE,
                         .created_by = who->user_id,
                         .sales_user_id = who->user_id,
                         .sales_name = who->name,
                         .lines = &line,
                         .line_count = lead->product_line_id != 0 ? 1 : 0 };

    TRY(deal_create(db, a, by, &deal));
    *id_out = deal.id;
    return NULL;
}

static struct err *to_opportunity(struct db *db, struct arena *a, const struct deal_actor *by,
                                  const struct lead *lead, const char *currency, int64_t *id_out)
{
    struct opportunity_line line = { .product_line_id = lead->product_line_id, .quantity = 1 };
    struct opportunity o = { .account_id = by->who.actor->account_id,
                             .customer_name = lead->company_name,
                             .customer_country = lead->country,
                             .name = lead->company_name,
                             .source = "lead",
                             .currency = currency,
                             .expected_close = DAY_NONE,
                             .owner_user_id = by->who.actor->user_id,
                             .owner_name = by->who.actor->name,
                             .department_id = lead->department_id,
                             .competitors = "",
                             .next_step_on = DAY_NONE,
                             .lines = &line,
                             .line_count = lead->product_line_id != 0 ? 1 : 0 };

    TRY(opportunity_create(db, a, by, &o));
    *id_out = o.id;
    return NULL;
}

struct err *lead_convert(struct db *db, struct arena *a, const struct deal_actor *by,
                         struct lead *lead, bool into_deal, int64_t *id_out)
{
    const struct lead_actor actor = { .who = by->who, .as = LEAD_BY_PARTNER };
    const struct lead_change change = { .verb = LEAD_CONVERT };
    struct money_row money;

    TRY(lead_apply(db, a, &actor, lead, &change));
    TRY(db_get(db, a, &own_money, DB_ARGS(DB_I(by->who.actor->account_id)), &money));
    TRY(into_deal ? to_deal(db, a, by, lead, money.currency, id_out)
                  : to_opportunity(db, a, by, lead, money.currency, id_out));
    return err_pass(db_exec(db, &mark_converted,
                            DB_ARGS(into_deal ? DB_NULL_I : DB_I(*id_out),
                                    into_deal ? DB_I(*id_out) : DB_NULL_I, DB_I(lead->id)),
                            NULL));
}

struct err *lead_convert_post(struct request *req)
{
    const struct lead_convert_input *in = req->input;
    const struct deal_actor by = deal_actor_of(req, BY_PARTNER);
    const bool deal = str_eq(in->into, "deal");
    struct lead *lead = lead_object(req);
    struct err *e;
    int64_t id;

    if (lead->row_version != in->row_version)
        return err_pass(lead_refuse(req, lead, "version"));
    e = lead_convert(req->db, req->arena, &by, lead, deal, &id);
    if (e != NULL)
        return err_pass(lead_or_refuse(req, lead, e));
    return err_pass(reply_redirect(
        req, "lead_converted", deal ? "/partner/deals/DR-%lld" : "/partner/opportunities/OP-%lld",
        (long long)id));
}
