/* lead/lead_move.c - one way to change a state: ask the table, change the row under its guard,
 * write the step, the audit event, the partner's offer and figures, and tell. */
#include "access/parameter.h"
#include "base/str.h"
#include "lead/lead_inside.h"

/* -- a partner's figures -------------------------------------------------------------------------
 */

/* In the order of the statement. */
enum figure {
    FIG_OPEN,
    FIG_OFFERS,
    FIG_ACCEPTED,
    FIG_DECLINED,
    FIG_TIMED_OUT,
    FIG_RECALLED,
    FIG_CONVERTED,
    FIG_DISQUALIFIED,
    FIG_ANSWERS,
    FIG_MINUTES,
    FIG_SOON,
    FIG_COUNT
};

static const struct {
    const char *outcome;
    enum figure figure;
} outcome_figures[] = {
    { "accepted", FIG_ACCEPTED },   { "declined", FIG_DECLINED },
    { "timed_out", FIG_TIMED_OUT }, { "recalled", FIG_RECALLED },
    { "converted", FIG_CONVERTED }, { "disqualified", FIG_DISQUALIFIED },
};

static struct err *add_figures(struct db *db, int64_t account_id, const int64_t add[FIG_COUNT])
{
    struct db_arg args[FIG_COUNT + 2] = { 0 };

    for (int i = 0; i < FIG_COUNT; i++)
        args[i] = DB_I(add[i]);
    args[FIG_COUNT] = DB_I(account_id);
    return err_pass(db_exec(db, &lead_sql_share_add, args, NULL));
}

static void count_outcome(int64_t add[FIG_COUNT], const char *outcome)
{
    for (size_t i = 0; i < ARRAY_LEN(outcome_figures); i++)
        if (str_eq(outcome_figures[i].outcome, outcome))
            add[outcome_figures[i].figure]++;
}

/* -- offers --------------------------------------------------------------------------------------
 */

static struct err *count_answer(struct db *db, struct arena *a, int64_t account_id, int64_t minutes,
                                int64_t add[FIG_COUNT])
{
    int64_t hours;

    (void)account_id;
    TRY(parameter_now(db, a, PARAM_LEAD_SOON_HOURS, &hours));
    add[FIG_ANSWERS]++;
    add[FIG_MINUTES] += minutes;
    add[FIG_SOON] += minutes <= hours * 60;
    return NULL;
}

static struct err *begin_offer(struct db *db, struct arena *a, const struct lead *lead,
                               const struct lead_move *move)
{
    const bool taken = move->outcome != NULL;
    int64_t add[FIG_COUNT] = { 0 }, now, limit, changed;

    TRY(db_now(db, &now));
    TRY(db_exec(db, &lead_sql_share_put, DB_ARGS(DB_I(lead->account_id)), NULL));
    TRY(db_exec(db, &lead_sql_offer_begin,
                DB_ARGS(DB_I(lead->id), DB_I(lead->account_id),
                        DB_S(taken ? move->outcome : "offered"), DB_T(now), DB_T(taken ? now : 0),
                        taken ? DB_I(0) : DB_NULL_I),
                NULL));
    if (!taken) {
        add[FIG_OPEN] = add[FIG_OFFERS] = 1;
        return err_pass(add_figures(db, lead->account_id, add));
    }
    TRY(parameter_now(db, a, PARAM_LEAD_OPEN_MOST, &limit));
    TRY(db_exec(db, &lead_sql_share_take, DB_ARGS(DB_I(lead->account_id), DB_I(limit)), &changed));
    /* The row is written by now: run again, it is refused before. */
    return changed == 1 ? NULL : err_raise(ERR_AGAIN, "the partner took another lead meanwhile");
}

static struct err *check_limit(struct db *db, struct arena *a, int64_t account_id)
{
    struct lead_open_row row = { 0 };
    int64_t limit;
    bool found;

    TRY(parameter_now(db, a, PARAM_LEAD_OPEN_MOST, &limit));
    TRY(db_one(db, a, &lead_sql_share_open, DB_ARGS(DB_I(account_id)), &row, &found));
    if (row.open < limit)
        return NULL;
    return err_with_detail(err_raise(ERR_CONFLICT, "the partner has enough leads"), "limit");
}

/* What becomes of the offer that ACCOUNT_ID has. */
static struct err *change_offer(struct db *db, struct arena *a, const struct lead *lead,
                                const struct lead_move *move, int64_t account_id)
{
    struct lead_offer_row offer;
    int64_t add[FIG_COUNT] = { 0 }, now, minutes = 0;
    bool found;

    TRY(db_now(db, &now));
    TRY(db_one(db, a, &lead_sql_offer_live, DB_ARGS(DB_I(account_id), DB_I(lead->id)), &offer,
               &found));
    if (!found)
        return err_raise(ERR_BUG, "lead %lld has no offer", (long long)lead->id);
    count_outcome(add, move->outcome);
    if (move->answers) {
        TRY(lead_clock_minutes(db, a, account_id, offer.offered_at, now, &minutes));
        TRY(count_answer(db, a, account_id, minutes, add));
        TRY(db_exec(db, &lead_sql_offer_answer,
                    DB_ARGS(DB_S(move->outcome), DB_T(now), DB_I(minutes), DB_I(offer.id)), NULL));
    }
    if (move->ends_offer) {
        add[FIG_OPEN]--;
        TRY(db_exec(db, &lead_sql_offer_end,
                    DB_ARGS(DB_S(move->outcome), DB_T(now), DB_I(offer.id)), NULL));
    }
    return err_pass(add_figures(db, account_id, add));
}

/* -- the row -------------------------------------------------------------------------------------
 */

static struct err *set_clock(struct db *db, struct arena *a, struct lead *lead,
                             const struct lead_move *move, int64_t now)
{
    lead->due_at = lead->warn_at = 0;
    switch (move->clock) {
    case LEAD_CLOCK_ANSWER:
        return err_pass(lead_clock_answer(db, a, lead->account_id, &lead->due_at, &lead->warn_at));
    case LEAD_CLOCK_WORK:
        lead->worked_at = now;
        return err_pass(lead_clock_work(db, a, lead->account_id, &lead->due_at, &lead->warn_at));
    case LEAD_CLOCK_NONE:
    default:
        return NULL;
    }
}

/* Who has it from now on, and since when. */
static void set_holder(struct lead *lead, const struct lead_move *move,
                       const struct lead_change *change, int64_t now)
{
    const enum lead_phase to = lead_state_phase(move->to);

    if (move->begins_offer) {
        lead->account_id = change->account_id;
        lead->partner_name = change->account_name;
        lead->accepted_at = lead->worked_at = 0;
    }
    if (to == LEAD_NOBODYS)
        lead->account_id = lead->accepted_at = lead->worked_at = 0;
    if (move->to == LEAD_ACCEPTED)
        lead->accepted_at = now;
    lead->closed_at = to == LEAD_CLOSED ? now : 0;
    lead->reason_code = change->reason_code != NULL ? change->reason_code : "";
    lead->reason_text = change->reason_text != NULL ? change->reason_text : "";
}

static struct err *refuse(const char *why, const struct lead *lead)
{
    return err_with_detail(err_raise(ERR_CONFLICT, "lead %lld: %s", (long long)lead->id, why), why);
}

static struct err *write_row(struct db *db, struct lead *lead, enum lead_state to, int64_t now)
{
    int64_t changed;

    TRY(db_exec(db, &lead_sql_move,
                DB_ARGS(DB_S(lead_state_code(to)), DB_I(lead_state_phase(to)),
                        DB_ID(lead->account_id), DB_T(lead->due_at), DB_T(lead->warn_at),
                        DB_T(lead->accepted_at), DB_T(lead->worked_at), DB_T(lead->closed_at),
                        DB_S(lead->reason_code), DB_S(lead->reason_text), DB_T(now), DB_I(lead->id),
                        DB_I(lead->row_version), DB_S(lead_state_code(lead->state))),
                &changed));
    if (changed != 1)
        return refuse("version", lead);
    lead->state = to;
    lead->row_version++;
    lead->updated_at = now;
    lead->pool = "";
    return NULL;
}

static struct mail_value third_of(const struct lead *lead, const struct lead_move *move)
{
    if (move->clock == LEAD_CLOCK_ANSWER)
        return (struct mail_value){ .name = "due", .kind = VALUE_AT, .number = lead->due_at };
    return (struct mail_value){ .name = "reason", .value = lead->reason_text };
}

static struct err *check(const struct lead *lead, const struct lead_move *move,
                         const struct lead_actor *by, const struct lead_change *change)
{
    if (!lead_can(lead->state, change->verb, by->as))
        return refuse("state", lead);
    /* Staff do not close what a partner works on: they take it back first. */
    if (change->verb == LEAD_DISQUALIFY && by->as == LEAD_BY_STAFF && lead->account_id != 0)
        return refuse("state", lead);
    if (move->needs_reason && str_is_empty(change->reason_code))
        return err_raise(ERR_INVALID, "%s needs a reason", move->action);
    return NULL;
}

/* What hangs on a move: the offer, the figures, the next partner, and whom to tell. */
static struct err *settle(struct db *db, struct arena *a, const struct lead_actor *by,
                          const struct lead *lead, const struct lead_move *move, int64_t had)
{
    struct mail_value third;

    if (move->begins_offer)
        TRY(begin_offer(db, a, lead, move));
    else if (had != 0 && move->outcome != NULL)
        TRY(change_offer(db, a, lead, move, had));
    if (move->routes_again && by->as != LEAD_BY_STAFF)
        TRY(lead_ask_routing(db, lead->id));
    if (move->event == NULL)
        return NULL;
    third = third_of(lead, move);
    return err_pass(lead_tell_partner(db, a, lead, move->begins_offer ? lead->account_id : had,
                                      move->event, &third));
}

struct err *lead_apply(struct db *db, struct arena *a, const struct lead_actor *by,
                       struct lead *lead, const struct lead_change *change)
{
    const struct lead_move *move = lead_move(change->verb);
    const char *before = lead_state_code(lead->state);
    const int64_t had = lead->account_id;
    struct lead_change step = *change;
    int64_t now;

    TRY(check(lead, move, by, change));
    if (change->verb == LEAD_TAKE)
        TRY(check_limit(db, a, change->account_id));
    TRY(db_now(db, &now));
    step.account_id = move->begins_offer ? change->account_id : had;
    step.account_name = move->begins_offer ? change->account_name : lead->partner_name;
    set_holder(lead, move, change, now);
    TRY(set_clock(db, a, lead, move, now));
    TRY(write_row(db, lead, move->to, now));
    TRY(lead_write_step(db, by, lead, move->action, &step));
    TRY(lead_write_audit(db, a, by, lead, move->action, before, &step));
    return err_pass(settle(db, a, by, lead, move, had));
}
