/* deal/deal_convert.c */
#include "deal/deal_convert.h"
#include "base/str.h"

static const struct db_stmt opportunity_insert = {
    .name = "deal.opportunity_insert",
    .sql = "INSERT INTO opportunity (deal_id, account_id, end_customer_id, name, currency, amount, "
           "expected_close, owner_user_id, department_id, worked_at, created_at, updated_at) "
           "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    .binds = "iiissmdiittt",
    .flags = DB_WRITE,
};
static const struct db_stmt mark_converted = {
    .name = "deal.mark_converted",
    .sql = "UPDATE deal SET opportunity_id = ?, worked_at = ? WHERE id = ?",
    .binds = "iti",
    .flags = DB_WRITE,
};
db_stmt_table deal_convert_statements[] = { &opportunity_insert, &mark_converted, NULL };

static struct err *make_opportunity(struct db *db, const struct deal *deal, int64_t now,
                                    int64_t *id_out)
{
    const char *name = str_is_empty(deal->project_name) ? deal->company_name : deal->project_name;

    return err_pass(
        db_insert(db, &opportunity_insert,
                  DB_ARGS(DB_I(deal->id), DB_I(deal->account_id), DB_I(deal->end_customer_id),
                          DB_S(name), DB_S(deal->currency), DB_M(deal->total),
                          DB_D(deal->expected_close), DB_ID(deal->sales_user_id),
                          DB_ID(deal->department_id), DB_T(now), DB_T(now), DB_T(now)),
                  id_out));
}

struct err *deal_convert(struct db *db, struct arena *a, const struct deal_actor *by,
                         struct deal *deal)
{
    const struct deal_decision decision = { .verb = DEAL_CONVERT };
    int64_t now;

    TRY(db_now(db, &now));
    TRY(deal_decide(db, a, by, deal, &decision));
    TRY(make_opportunity(db, deal, now, &deal->opportunity_id));
    return err_pass(db_exec(db, &mark_converted,
                            DB_ARGS(DB_I(deal->opportunity_id), DB_T(now), DB_I(deal->id)), NULL));
}
