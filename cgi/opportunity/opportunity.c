/* opportunity/opportunity.c - the rules: making one, changing it, moving it from stage to stage. */
#include "opportunity/opportunity.h"

#include "account/account.h"
#include "base/str.h"
#include "crypt/canon.h"
#include "opportunity/opportunity_sql.h"

#include <stdio.h>
#include <string.h>

#define KIND "opportunity"

/* -- stages --------------------------------------------------------------------------------------
 */

struct err *opportunity_stages_read(struct db *db, struct opportunity_stages *out)
{
    return err_pass(db_kept(db, &opportunity_sql_stages, &out->rows, &out->count));
}

const struct opportunity_stage *opportunity_stage_find(const struct opportunity_stages *stages,
                                                       int64_t id)
{
    for (size_t i = 0; i < stages->count; i++)
        if (stages->rows[i].id == id)
            return &stages->rows[i];
    return NULL;
}

const struct opportunity_stage *opportunity_stage_first(const struct opportunity_stages *stages,
                                                        int64_t pipeline_id)
{
    for (size_t i = 0; i < stages->count; i++) {
        const struct opportunity_stage *stage = &stages->rows[i];

        if (stage->pipeline_id == pipeline_id && stage->active && str_eq(stage->kind, "open"))
            return stage;
    }
    return NULL;
}

/* -- finding -------------------------------------------------------------------------------------
 */

static struct err *find(struct db *db, struct arena *a, const struct db_stmt *stmt,
                        const struct db_arg *args, struct opportunity **out)
{
    struct opportunity *row = arena_alloc(a, sizeof(*row));
    bool found;

    TRY(db_one(db, a, stmt, args, row, &found));
    *out = found ? row : NULL;
    return NULL;
}

struct err *opportunity_of_account(struct db *db, struct arena *a, int64_t account_id, int64_t id,
                                   struct opportunity **out)
{
    return err_pass(
        find(db, a, &opportunity_sql_of_account, DB_ARGS(DB_I(account_id), DB_I(id)), out));
}

struct err *opportunity_of_staff(struct db *db, struct arena *a, const struct actor *actor,
                                 int64_t id, struct opportunity **out)
{
    return err_pass(find(db, a, &opportunity_sql_of_staff,
                         DB_ARGS(DB_I(actor->department_low), DB_I(actor->department_high),
                                 DB_I(actor->user_id), DB_I(id)),
                         out));
}

struct err *opportunity_load_lines(struct db *db, struct arena *a, struct opportunity *o)
{
    return err_pass(
        db_list(db, a, &opportunity_sql_lines, DB_ARGS(DB_I(o->id)), &o->lines, &o->line_count));
}

/* -- amounts and dates ---------------------------------------------------------------------------
 */

/* Lines say what it is worth, where there are some. */
static struct err *sum_lines(struct opportunity *o)
{
    struct money sum = { 0 }, line;

    if (o->line_count == 0)
        return NULL;
    snprintf(sum.currency, sizeof(sum.currency), "%s", o->currency);
    for (size_t i = 0; i < o->line_count; i++) {
        struct money price = { .e4 = o->lines[i].price };

        memcpy(price.currency, sum.currency, sizeof(price.currency));
        TRY(money_times(price, o->lines[i].quantity, &line));
        TRY(money_add(&sum, line));
    }
    o->amount = sum.e4;
    return NULL;
}

static struct err *report_amount(struct db *db, struct arena *a, struct opportunity *o)
{
    struct deal priced = { .currency = o->currency, .total = o->amount };

    TRY(deal_report_total(db, a, &priced));
    o->amount_report = priced.total_report;
    return NULL;
}

static int64_t weighted(const struct opportunity *o)
{
    return (o->amount_report * o->probability + 50) / 100;
}

static int32_t stale_on(const struct opportunity_stage *stage, int64_t now)
{
    if (!str_eq(stage->kind, "open") || stage->stale_days <= 0)
        return DAY_NONE;
    return (int32_t)(now / CLOCK_DAY + stage->stale_days);
}

/* -- what is written with each change ------------------------------------------------------------
 */

struct change {
    const char *action;
    const struct opportunity *before, *after; /* before: NULL for a new one */
    const char *reason_code, *reason_text;
};

static const char *text_or(const char *text)
{
    return text != NULL ? text : "";
}

static struct err *facts(struct arena *a, const struct opportunity *o, const struct change *change,
                         const char **text_out)
{
    char amount[MONEY_TEXT_BYTES], close[DAY_ISO_BYTES], next[DAY_ISO_BYTES];

    money_text(o->amount, 4, amount);
    day_iso(o->expected_close, close);
    day_iso(o->next_step_on, next);
    const struct canon members[] = {
        CANON_T("name", o->name),
        CANON_N("stage", o->stage_id),
        CANON_T("state", o->state),
        CANON_T("amount", amount),
        CANON_T("currency", o->currency),
        CANON_T("close", close),
        CANON_N("probability", o->probability),
        CANON_T("category", o->category),
        CANON_N("owner", o->owner_user_id),
        CANON_T("competitors", text_or(o->competitors)),
        CANON_T("next_step", text_or(o->next_step)),
        CANON_T("next_step_on", next),
        CANON_T("reason", text_or(change->reason_code)),
        CANON_T("reason_text", text_or(change->reason_text)),
    };

    return err_pass(canon_text(a, members, ARRAY_LEN(members), text_out));
}

static struct err *audit(struct db *db, struct arena *a, const struct deal_actor *by,
                         const struct change *change)
{
    struct audit_change event = { .kind = KIND,
                                  .object_id = change->after->id,
                                  .action = change->action };

    if (change->before != NULL)
        TRY(facts(a, change->before, &(struct change){ 0 }, &event.before));
    TRY(facts(a, change->after, change, &event.after));
    return err_pass(audit_write(db, a, &by->who, &event));
}

static const char *actor_audience(const struct deal_actor *by)
{
    return by->who.actor != NULL ? audience_name(by->who.actor->audience) : "system";
}

static int64_t actor_user(const struct deal_actor *by)
{
    return by->who.actor != NULL ? by->who.actor->user_id : 0;
}

/* FROM is NULL for the first one. */
static struct err *write_step(struct db *db, const struct deal_actor *by,
                              const struct opportunity *o, const struct opportunity_stage *from,
                              const struct opportunity_stage *to, const struct change *change)
{
    const bool back = from != NULL && str_eq(to->kind, "open") && to->sort < from->sort;
    int64_t now;

    TRY(db_now(db, &now));
    if (from != NULL)
        TRY(db_exec(db, &opportunity_sql_step_close, DB_ARGS(DB_T(now), DB_I(o->id)), NULL));
    return err_pass(db_exec(
        db, &opportunity_sql_step_open,
        DB_ARGS(DB_I(o->id), DB_I(o->row_version), DB_ID(from != NULL ? from->id : 0), DB_I(to->id),
                DB_I(back), DB_M(o->amount), DB_T(now), DB_ID(actor_user(by)),
                DB_S(by->who.actor != NULL ? by->who.actor->name : ""), DB_S(actor_audience(by)),
                DB_S(text_or(change->reason_code)), DB_S(text_or(change->reason_text))),
        NULL));
}

static struct err *write_lines(struct db *db, const struct opportunity *o)
{
    TRY(db_exec(db, &opportunity_sql_line_delete, DB_ARGS(DB_I(o->id)), NULL));
    for (size_t i = 0; i < o->line_count; i++)
        TRY(db_exec(db, &opportunity_sql_line_insert,
                    DB_ARGS(DB_I(o->id), DB_I(o->lines[i].product_line_id),
                            DB_I(o->lines[i].quantity), DB_M(o->lines[i].price)),
                    NULL));
    return NULL;
}

/* -- making one ----------------------------------------------------------------------------------
 */

static struct err *make_customer(struct db *db, struct arena *a, const struct deal_actor *by,
                                 struct opportunity *o)
{
    struct deal facts = { .account_id = o->account_id,
                          .company_name = o->customer_name,
                          .country = o->customer_country,
                          .region = "",
                          .city = "",
                          .address = "",
                          .website = "",
                          .tax_number = "",
                          .phone = "",
                          .currency = o->currency };

    if (o->end_customer_id != 0)
        return NULL;
    TRY(deal_find_customer(db, a, by, &facts));
    o->end_customer_id = facts.end_customer_id;
    return NULL;
}

/* It belongs to the department of its partner, else to that of whoever makes it. */
static struct err *set_department(struct db *db, struct arena *a, const struct deal_actor *by,
                                  struct opportunity *o)
{
    struct opportunity_account_row row = { 0 };
    bool found;

    if (o->department_id != 0)
        return NULL;
    if (o->account_id == 0) {
        o->department_id = by->who.actor != NULL ? by->who.actor->department_id : 0;
        return NULL;
    }
    TRY(db_one(db, a, &opportunity_sql_account, DB_ARGS(DB_I(o->account_id)), &row, &found));
    if (found)
        o->department_id = row.department_id;
    return NULL;
}

static void fill_in(const struct deal_actor *by, const struct opportunity_stage *stage,
                    struct opportunity *o)
{
    const bool staff = by->as == BY_STAFF;

    o->stage_id = stage->id;
    o->state = "open";
    if (o->category == NULL || *o->category == '\0') {
        o->category = stage->category;
        o->probability = stage->probability;
    }
    if (o->side == NULL)
        o->side = o->account_id == 0 ? "vendor" : "partner";
    if (o->source == NULL)
        o->source = staff ? "staff" : "partner";
    o->created_by = actor_user(by);
    o->row_version = 1;
}

static struct err *insert(struct db *db, struct opportunity *o,
                          const struct opportunity_stage *stage, int64_t now)
{
    o->stage_at = o->worked_at = o->created_at = o->updated_at = now;
    o->stale_on = stale_on(stage, now);
    return err_pass(db_insert(
        db, &opportunity_sql_insert,
        DB_ARGS(DB_ID(o->deal_id), DB_ID(o->account_id), DB_ID(o->end_customer_id),
                DB_S(o->customer_name), DB_S(o->customer_country), DB_S(o->name), DB_S(o->state),
                DB_I(o->pipeline_id), DB_I(o->stage_id), DB_T(now), DB_I(o->probability),
                DB_S(o->category), DB_S(o->side), DB_S(o->source), DB_S(o->currency),
                DB_M(o->amount), DB_M(o->amount_report), DB_M(weighted(o)), DB_D(o->expected_close),
                DB_D(o->stale_on), DB_ID(o->owner_user_id), DB_S(text_or(o->owner_name)),
                DB_ID(o->department_id), DB_S(text_or(o->competitors)), DB_S(text_or(o->next_step)),
                DB_D(o->next_step_on), DB_ID(o->created_by), DB_T(now), DB_T(now), DB_T(now)),
        &o->id));
}

static struct err *first_stage(struct db *db, struct opportunity *o,
                               const struct opportunity_stage **stage_out)
{
    struct opportunity_stages stages;

    if (o->pipeline_id == 0)
        o->pipeline_id = OPPORTUNITY_PIPELINE;
    TRY(opportunity_stages_read(db, &stages));
    *stage_out = o->stage_id != 0 ? opportunity_stage_find(&stages, o->stage_id)
                                  : opportunity_stage_first(&stages, o->pipeline_id);
    if (*stage_out == NULL || !str_eq((*stage_out)->kind, "open") ||
        (*stage_out)->pipeline_id != o->pipeline_id)
        return err_raise(ERR_INVALID, "stage %lld begins nothing", (long long)o->stage_id);
    return NULL;
}

struct err *opportunity_create(struct db *db, struct arena *a, const struct deal_actor *by,
                               struct opportunity *o)
{
    const struct opportunity_stage *stage = NULL;
    const struct change made = { .action = "opportunity.create", .after = o };
    int64_t now;

    TRY(db_now(db, &now));
    TRY(first_stage(db, o, &stage));
    TRY(sum_lines(o));
    TRY(report_amount(db, a, o));
    TRY(make_customer(db, a, by, o));
    TRY(set_department(db, a, by, o));
    fill_in(by, stage, o);
    TRY(insert(db, o, stage, now));
    if (o->end_customer_id != 0)
        TRY(account_stays(db, a, o->end_customer_id));
    TRY(write_lines(db, o));
    TRY(write_step(db, by, o, NULL, stage, &made));
    return err_pass(audit(db, a, by, &made));
}

/* -- changing it ---------------------------------------------------------------------------------
 */

static int month_of(int32_t day)
{
    int year, month, mday;

    if (day == DAY_NONE)
        return 0;
    day_to_civil(day, &year, &month, &mday);
    return year * 12 + month;
}

static struct err *changed_meanwhile(const struct opportunity *o)
{
    return err_with_detail(err_raise(ERR_CONFLICT, "opportunity %lld changed", (long long)o->id),
                           "version");
}

struct err *opportunity_update(struct db *db, struct arena *a, const struct deal_actor *by,
                               const struct opportunity *before, struct opportunity *o)
{
    const struct change change = { .action = "opportunity.update", .before = before, .after = o };
    struct opportunity_stages stages;
    const struct opportunity_stage *stage;
    int64_t now, changed;

    TRY(db_now(db, &now));
    TRY(opportunity_stages_read(db, &stages));
    stage = opportunity_stage_find(&stages, before->stage_id);
    TRY(sum_lines(o));
    TRY(report_amount(db, a, o));
    o->slips = before->slips + (before->expected_close != DAY_NONE &&
                                month_of(o->expected_close) > month_of(before->expected_close));
    TRY(db_exec(db, &opportunity_sql_update,
                DB_ARGS(DB_S(o->name), DB_S(o->currency), DB_M(o->amount), DB_M(o->amount_report),
                        DB_M(weighted(o)), DB_D(o->expected_close), DB_I(o->slips),
                        DB_I(o->probability), DB_S(o->category), DB_ID(o->owner_user_id),
                        DB_S(text_or(o->owner_name)), DB_ID(o->owner_user_id), DB_S(o->competitors),
                        DB_S(o->next_step), DB_D(o->next_step_on), DB_D(stale_on(stage, now)),
                        DB_T(now), DB_T(now), DB_I(o->id), DB_I(before->row_version)),
                &changed));
    if (changed != 1)
        return err_pass(changed_meanwhile(o));
    o->row_version = before->row_version + 1;
    TRY(write_lines(db, o));
    return err_pass(audit(db, a, by, &change));
}

struct err *opportunity_worked(struct db *db, const struct opportunity *o)
{
    const struct opportunity_stage *stage;
    struct opportunity_stages stages;
    int64_t now;

    TRY(db_now(db, &now));
    TRY(opportunity_stages_read(db, &stages));
    stage = opportunity_stage_find(&stages, o->stage_id);
    TRY(db_exec(db, &opportunity_sql_worked,
                DB_ARGS(DB_T(now), DB_T(now), DB_D(stale_on(stage, now)), DB_I(o->id)), NULL));
    if (o->deal_id == 0)
        return NULL;
    return err_pass(
        db_exec(db, &opportunity_sql_deal_worked, DB_ARGS(DB_T(now), DB_I(o->deal_id)), NULL));
}

/* -- from stage to stage -------------------------------------------------------------------------
 */

static bool is_filled(const struct opportunity *o, const char *field)
{
    if (str_eq(field, "amount"))
        return o->amount > 0;
    if (str_eq(field, "next_step"))
        return !str_is_empty(o->next_step);
    if (str_eq(field, "competitors"))
        return !str_is_empty(o->competitors);
    if (str_eq(field, "close"))
        return o->expected_close != DAY_NONE;
    return true;
}

/* The first of NEEDED, names with a space between, that is empty; NULL when none is. */
static const char *first_missing(const struct opportunity *o, const char *needed)
{
    static const char *const known[] = { "amount", "next_step", "competitors", "close" };

    for (size_t i = 0; i < ARRAY_LEN(known); i++)
        if (strstr(needed, known[i]) != NULL && !is_filled(o, known[i]))
            return known[i];
    return NULL;
}

static const char *reason_fault(const struct opportunity_stage *to,
                                const struct opportunity_move *move, const char **field_out)
{
    *field_out = "reason";
    if (str_eq(to->kind, "open"))
        return NULL;
    if (str_is_empty(move->reason_code))
        return str_eq(to->kind, "lost") ? LANG_N("Choose why it was lost.")
                                        : LANG_N("Choose why there is no order.");
    *field_out = "lost_to";
    if (str_eq(move->reason_code, "competitor") && str_is_empty(move->lost_to))
        return LANG_N("Name the competitor.");
    return NULL;
}

const char *opportunity_move_fault(const struct opportunity_stages *stages,
                                   const struct opportunity *o, const struct opportunity_move *move,
                                   const char **field_out, const char **missing_out)
{
    const struct opportunity_stage *from = opportunity_stage_find(stages, o->stage_id);
    const struct opportunity_stage *to = opportunity_stage_find(stages, move->stage_id);
    const char *missing;

    *field_out = "stage";
    if (missing_out != NULL)
        *missing_out = NULL;
    if (to == NULL || to->pipeline_id != o->pipeline_id || !to->active)
        return LANG_N("This is no stage of its pipeline.");
    if (!str_eq(o->state, "open"))
        return LANG_N("It is closed: its stage stays.");
    if (from == NULL || to->id == from->id)
        return LANG_N("It is in this stage already.");
    missing =
        to->sort > from->sort && !str_eq(to->kind, "lost") ? first_missing(o, from->needed) : NULL;
    if (missing == NULL)
        return reason_fault(to, move, field_out);
    if (missing_out != NULL)
        *missing_out = missing;
    return LANG_N("Before it goes on, fill in: %s");
}

/* The registration that it came from ends with it; one that has ended meanwhile stays as it is. */
static struct err *close_deal(struct db *db, struct arena *a, const struct deal_actor *by,
                              const struct opportunity *o, const struct opportunity_move *move)
{
    const struct deal_decision decision = { .verb = str_eq(o->state, "won") ? DEAL_WIN : DEAL_LOSE,
                                            .reason_text = move->reason_text };
    struct deal *deal;

    if (o->deal_id == 0 || str_eq(o->state, "open"))
        return NULL;
    if (by->as == BY_STAFF)
        TRY(deal_of_worker(db, a, o->deal_id, &deal));
    else
        TRY(deal_of_account(db, a, o->account_id, o->deal_id, &deal));
    if (deal == NULL || !deal_can(deal->state, decision.verb, by->as))
        return NULL;
    return err_pass(deal_decide(db, a, by, deal, &decision));
}

static struct err *set_stage(struct db *db, struct opportunity *o,
                             const struct opportunity_stage *to,
                             const struct opportunity_move *move)
{
    const bool closes = !str_eq(to->kind, "open");
    const int64_t version = o->row_version;
    int64_t now, changed;

    TRY(db_now(db, &now));
    o->stage_id = to->id;
    o->state = to->kind;
    o->stage_at = o->worked_at = o->updated_at = now;
    o->probability = to->probability;
    o->category = to->category;
    o->stale_on = stale_on(to, now);
    o->closed_at = closes ? now : 0;
    o->reason_code = closes ? text_or(move->reason_code) : "";
    o->close_reason = closes ? text_or(move->reason_text) : "";
    o->lost_to = str_eq(to->kind, "lost") ? text_or(move->lost_to) : "";
    TRY(db_exec(db, &opportunity_sql_move,
                DB_ARGS(DB_I(to->id), DB_S(to->kind), DB_T(now), DB_I(o->probability),
                        DB_S(o->category), DB_M(weighted(o)), DB_D(o->stale_on), DB_T(o->closed_at),
                        DB_S(o->reason_code), DB_S(o->close_reason), DB_S(o->lost_to), DB_T(now),
                        DB_T(now), DB_I(o->id), DB_I(version)),
                &changed));
    if (changed != 1)
        return err_pass(changed_meanwhile(o));
    o->row_version++;
    return NULL;
}

struct err *opportunity_move(struct db *db, struct arena *a, const struct deal_actor *by,
                             struct opportunity *o, const struct opportunity_move *move)
{
    const struct opportunity before = *o;
    const struct change change = { .action = "opportunity.move",
                                   .before = &before,
                                   .after = o,
                                   .reason_code = move->reason_code,
                                   .reason_text = move->reason_text };
    const struct opportunity_stage *from, *to;
    struct opportunity_stages stages;
    const char *fault, *field;

    TRY(opportunity_stages_read(db, &stages));
    fault = opportunity_move_fault(&stages, o, move, &field, NULL);
    if (fault != NULL)
        return err_with_detail(err_raise(ERR_INVALID, "%s: %s", field, fault), field);
    from = opportunity_stage_find(&stages, o->stage_id);
    to = opportunity_stage_find(&stages, move->stage_id);
    TRY(set_stage(db, o, to, move));
    TRY(write_step(db, by, o, from, to, &change));
    TRY(audit(db, a, by, &change));
    if (o->deal_id != 0 && str_eq(o->state, "open"))
        TRY(opportunity_worked(db, o));
    return err_pass(close_deal(db, a, by, o, move));
}
