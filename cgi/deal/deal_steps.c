/* deal/deal_steps.c */
#include "deal/deal_steps.h"
#include "base/str.h"
#include "deal/deal_inside.h"
#include "deal/deal_round.h"

/* -- statements ----------------------------------------------------------------------------------
 */

static const struct db_stmt set_clock = {
    .name = "deal.steps_clock",
    .sql = "UPDATE deal SET decision_hours = ?, due_at = ?, half_at = ?, "
           "row_version = row_version + 1 WHERE id = ? AND row_version = ?",
    .binds = "ittii",
    .flags = DB_WRITE,
};
db_stmt_table deal_step_statements[] = { &set_clock, NULL };

/* -- a round -------------------------------------------------------------------------------------
 */

/* Whose work it is while the step is open: its first person. */
static struct err *give_to_first(struct db *db, struct arena *a, const struct deal_actor *by,
                                 struct deal *deal, const struct approval_step *step)
{
    struct deal_round_person row;
    bool found = false;

    for (size_t i = 0; i < step->vote_count && !found; i++)
        TRY(deal_round_person(db, a, step->votes[i].user_id, &row, &found));
    if (!found || row.id == deal->reviewer_id)
        return NULL;
    return err_pass(deal_assign(db, a, by, deal, row.id, row.name));
}

/* What waits for roles is with whoever would have it alone. */
static struct err *give_to_owner(struct db *db, struct arena *a, const struct deal_actor *by,
                                 struct deal *deal, int64_t owner_id)
{
    struct deal_round_person row;
    bool found = false;

    if (deal->reviewer_id == 0)
        TRY(deal_round_person(db, a, owner_id, &row, &found));
    return found ? err_pass(deal_assign(db, a, by, deal, row.id, row.name)) : NULL;
}

static struct err *open_stage(struct db *db, struct arena *a, const struct deal_actor *by,
                              struct deal *deal, struct approval_step *step)
{
    const struct deal_round_word word = { .event = "deal.to_decide" };

    TRY(give_to_first(db, a, by, deal, step));
    return err_pass(deal_round_open(db, a, deal, &word, step));
}

/* The promise to the partner is as long as its steps together. */
static struct err *start_clock(struct db *db, struct arena *a, struct deal *deal,
                               const struct approval *round)
{
    int64_t half_at, changed;

    deal->decision_hours = 0;
    for (size_t i = 0; i < round->count; i++)
        deal->decision_hours += round->steps[i].hours;
    TRY(deal_clock_start(db, a, deal, &deal->due_at, &half_at));
    TRY(db_exec(db, &set_clock,
                DB_ARGS(DB_ID(deal->decision_hours), DB_T(deal->due_at), DB_T(half_at),
                        DB_I(deal->id), DB_I(deal->row_version)),
                &changed));
    if (changed != 1)
        return err_raise(ERR_AGAIN, "deal %lld changed while its steps began", (long long)deal->id);
    deal->row_version++;
    return NULL;
}

struct err *deal_steps_begin(struct db *db, struct arena *a, struct deal *deal,
                             const struct deal_facts *facts, int64_t owner_id, bool *begun_out)
{
    const struct deal_actor by = { .who = { .address = "" }, .as = BY_RULE, .for_user_name = "" };
    struct deal_rule *rows;
    struct approval round = { 0 };
    size_t count;
    int64_t plan_id;

    TRY(db_list(db, a, &deal_plans, DB_NO_ARGS, &rows, &count));
    plan_id = deal_plan_first(rows, count, DEAL_ROUND, facts);
    if (plan_id != 0)
        TRY(deal_round_make(db, a, plan_id, owner_id, &round));
    *begun_out = round.count > 0;
    if (!*begun_out && !deal->has_steps)
        return NULL;
    TRY(start_clock(db, a, deal, &round));
    if (!*begun_out)
        return err_pass(approval_end(db, DEAL_ROUND, deal->id));
    TRY(approval_begin(db, a, DEAL_ROUND, deal->id, &round));
    deal->has_steps = true;
    TRY(open_stage(db, a, &by, deal, &round.steps[0]));
    return err_pass(give_to_owner(db, a, &by, deal, owner_id));
}

/* -- a decision ----------------------------------------------------------------------------------
 */

struct err *deal_steps_vote(struct db *db, struct arena *a, const struct deal *deal,
                            int64_t user_id, struct deal_vote *out)
{
    struct approval round = { 0 };

    if (deal->has_steps)
        TRY(approval_read(db, a, DEAL_ROUND, deal->id, &round));
    return err_pass(deal_round_vote(db, a, &round, user_id, out));
}

struct err *deal_steps_give(struct db *db, struct arena *a, const struct deal_actor *by,
                            struct deal *deal)
{
    struct approval round;
    struct approval_step *step, *next;
    bool complete;

    TRY(approval_read(db, a, DEAL_ROUND, deal->id, &round));
    step = approval_open_step(&round);
    if (step == NULL)
        return NULL;
    TRY(deal_round_touch(db, deal));
    TRY(approval_give(db, a, step, by->who.actor, &complete));
    TRY(deal_round_audit(db, a, by, deal, step, "deal.step_approve"));
    next = approval_next_step(&round);
    if (deal->state == DEAL_SUBMITTED && !(complete && next == NULL))
        TRY(deal_decide(db, a, by, deal, &(struct deal_decision){ .verb = DEAL_TAKE }));
    return complete && next != NULL ? err_pass(open_stage(db, a, by, deal, next)) : NULL;
}

struct err *deal_steps_refuse(struct db *db, struct arena *a, const struct deal *deal)
{
    struct approval round;

    TRY(approval_read(db, a, DEAL_ROUND, deal->id, &round));
    if (!deal_round_waits(&round))
        return NULL;
    return err_with_detail(
        err_raise(ERR_CONFLICT, "deal %lld has steps to go", (long long)deal->id), "step");
}

struct err *deal_steps_show(struct request *req, struct view *v, const struct deal *deal)
{
    struct approval round = { 0 };

    if (deal->has_steps)
        TRY(approval_read(req->db, req->arena, DEAL_ROUND, deal->id, &round));
    deal_round_show(req, v, &round);
    return NULL;
}
