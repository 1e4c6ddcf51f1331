/* opportunity/opportunity_convert.c */
#include "opportunity/opportunity_convert.h"
#include "base/str.h"
#include "custom/custom_carry.h"
#include "deal/deal_partner.h"
#include "job/queue.h"
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

/* -- the vendor's own fields ---------------------------------------------------------------------
 */

#define CARRY "opportunity.carry"

/* A partner's program writes what partners change, so that the page that comes next shows it; what
 * they only read, or do not see, comes by the worker. */
static struct err *carry_fields(struct db *db, struct arena *a, const struct deal_actor *by,
                                const struct deal *deal)
{
    const bool partner = by->as == BY_PARTNER;
    const struct custom_carried carried = { .from = CUSTOM_DEAL,
                                            .from_id = deal->id,
                                            .to = CUSTOM_OPPORTUNITY,
                                            .to_id = deal->opportunity_id };

    TRY(custom_carry(db, a, &by->who, partner ? CUSTOM_PARTNER : CUSTOM_STAFF, CUSTOM_ALL,
                     &carried));
    return partner ? err_pass(job_add(db, CARRY, deal->opportunity_id, 0, NULL, NULL)) : NULL;
}

struct converted_row {
    int64_t id, deal_id;
};
static const struct db_field converted_fields[] = {
    DB_FIELD(struct converted_row, id, DB_I64, 0),
    DB_FIELD(struct converted_row, deal_id, DB_I64, 0),
    { 0 },
};
static const struct db_stmt converted = {
    .name = "opportunity.converted",
    .sql = "SELECT id, deal_id FROM opportunity WHERE id = ? AND deal_id IS NOT NULL",
    .binds = "i",
    .fields = converted_fields,
    .row_bytes = sizeof(struct converted_row),
};
db_stmt_table opportunity_convert_job_statements[] = { &converted, NULL };

struct carrying {
    struct job_context *ctx;
    const struct job *job;
};

/* Ends with what it does: a run that comes again would bring back what staff have removed since. */
static struct err *carry_rest(struct db *db, void *arg)
{
    const struct carrying *c = arg;
    const struct audit_who nobody = { .address = "" };
    struct converted_row row;
    bool mine, found;

    TRY(job_end_within(c->ctx, db, c->job, &mine));
    if (!mine)
        return NULL;
    TRY(db_one(db, c->ctx->arena, &converted, DB_ARGS(DB_I(c->job->ref)), &row, &found));
    if (!found)
        return NULL;
    return err_pass(custom_carry(db, c->ctx->arena, &nobody, CUSTOM_STAFF, CUSTOM_VENDOR,
                                 &(struct custom_carried){ .from = CUSTOM_DEAL,
                                                           .from_id = row.deal_id,
                                                           .to = CUSTOM_OPPORTUNITY,
                                                           .to_id = row.id }));
}

static struct err *run_carry(struct job_context *ctx, const struct job *job)
{
    struct carrying c = { ctx, job };

    return err_pass(db_transaction(ctx->db, carry_rest, &c));
}

const struct job_kind opportunity_convert_jobs[] = {
    { .name = CARRY, .handler = run_carry, .retries = 8, .timeout_seconds = 30 },
    { 0 },
};

/* -- conversion ----------------------------------------------------------------------------------
 */

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
    TRY(db_exec(db, &opportunity_sql_from_deal,
                DB_ARGS(DB_I(deal->opportunity_id), DB_T(now), DB_I(deal->id)), NULL));
    return err_pass(carry_fields(db, a, by, deal));
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
