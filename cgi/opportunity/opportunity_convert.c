/* opportunity/opportunity_convert.c */
#include "opportunity/opportunity_convert.h"
#include "base/str.h"
#include "deal/deal_partner.h"
#include "opportunity/opportunity.h"
#include "opportunity/opportunity_sql.h"

/* A line's value is that of all its pieces: an opportunity keeps it as one, so that not a cent is
 * lost by dividing. */
static void copy_lines(struct arena *a, const struct deal *deal, struct opportunity *o)
{
    o->lines = arena_array(a, deal->line_count + 1, sizeof(*o->lines));
    o->line_count = deal->line_count;
    for (size_t i = 0; i < deal->line_count; i++) {
        const struct deal_line *line = &deal->lines[i];
        const bool even = line->quantity > 0 && line->value % line->quantity == 0;

        o->lines[i] =
            (struct opportunity_line){ .product_line_id = line->product_line_id,
                                       .quantity = even ? line->quantity : 1,
                                       .price = even ? line->value / line->quantity : line->value };
    }
}

static struct err *make_opportunity(struct db *db, struct arena *a, const struct deal_actor *by,
                                    const struct deal *deal, int64_t *id_out)
{
    const char *name = str_is_empty(deal->project_name) ? deal->company_name : deal->project_name;
    struct opportunity o = { .deal_id = deal->id,
                             .account_id = deal->account_id,
                             .end_customer_id = deal->end_customer_id,
                             .customer_name = deal->company_name,
                             .customer_country = deal->country,
                             .name = name,
                             .source = "deal",
                             .currency = deal->currency,
                             .amount = deal->total,
                             .expected_close = deal->expected_close,
                             .owner_user_id = deal->sales_user_id,
                             .owner_name = deal->sales_name,
                             .department_id = deal->department_id,
                             .competitors = deal->competitors,
                             .next_step_on = DAY_NONE };

    copy_lines(a, deal, &o);
    TRY(opportunity_create(db, a, by, &o));
    *id_out = o.id;
    return NULL;
}

struct err *deal_convert(struct db *db, struct arena *a, const struct deal_actor *by,
                         struct deal *deal)
{
    const struct deal_decision decision = { .verb = DEAL_CONVERT };
    int64_t now;

    TRY(db_now(db, &now));
    if (deal->lines == NULL)
        TRY(deal_load_lines(db, a, deal));
    TRY(deal_decide(db, a, by, deal, &decision));
    TRY(make_opportunity(db, a, by, deal, &deal->opportunity_id));
    return err_pass(db_exec(db, &opportunity_sql_from_deal,
                            DB_ARGS(DB_I(deal->opportunity_id), DB_T(now), DB_I(deal->id)), NULL));
}

struct err *opportunity_convert_post(struct request *req)
{
    const struct deal_version_input *in = req->input;
    struct deal_actor by = deal_partner_actor(req);
    struct deal *deal = deal_of_request(req);
    const char *refusal = deal_refusal(req, deal, DEAL_CONVERT, in->row_version);

    if (refusal != NULL)
        return err_pass(deal_refuse(req, deal, refusal));
    TRY(deal_convert(req->db, req->arena, &by, deal));
    return err_pass(reply_redirect(req, "deal_converted", "/partner/opportunities/OP-%lld",
                                   (long long)deal->opportunity_id));
}
