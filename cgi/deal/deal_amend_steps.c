/* deal/deal_amend_steps.c - a change that was asked for, until it is decided: what the worker makes
 * by itself, who decides the rest, and each person's answer.
 *
 * A value that grows within the bound is made by itself, unless it brings the registration under a
 * rule that did not ask for steps before.  Every vote changes the registration's version, as its
 * own end and the partner's taking it back do: of two at once one finds it changed. */
#include "access/parameter.h"
#include "base/str.h"
#include "deal/deal_amend_inside.h"
#include "deal/deal_inside.h"
#include "deal/deal_jobs_inside.h"
#include "deal/deal_jobs_sql.h"
#include "deal/deal_round.h"

/* -- statements ---------------------------------------------------------------------------------
 */

static const struct db_stmt mark_told = {
    .name = "deal.amend.told",
    .sql = "UPDATE deal_amendment SET told_at = UTC_TIMESTAMP(6) WHERE id = ? AND told_at IS NULL "
           "AND pending = 1",
    .binds = "i",
    .flags = DB_WRITE,
};
static const struct db_stmt mark_round = {
    .name = "deal.amend.round",
    .sql = "UPDATE deal_amendment SET round = ? WHERE id = ? AND pending = 1",
    .binds = "ii",
    .flags = DB_WRITE,
};
db_stmt_table deal_amend_step_statements[] = { &mark_told, &mark_round, &deal_sql_reviewers, NULL };

/* -- what it comes to ----------------------------------------------------------------------------
 */

static bool has_line(const struct deal *deal, int64_t product_line_id)
{
    for (size_t i = 0; i < deal->line_count; i++)
        if (deal->lines[i].product_line_id == product_line_id)
            return true;
    return false;
}

bool deal_amend_is_small(const struct deal *deal, const struct deal *next, int64_t percent)
{
    bool small = next->line_count == deal->line_count &&
                 (__int128)next->total * 100 <= (__int128)deal->total * (100 + percent);

    for (size_t i = 0; i < next->line_count; i++)
        small = small && has_line(deal, next->lines[i].product_line_id);
    return small;
}

struct weighed {
    struct deal next;
    struct deal_facts facts; /* of next */
    struct deal_rule *plans;
    size_t plan_count;
    bool small; /* made without a person */
};

static struct err *weigh(struct db *db, struct arena *a, struct deal *deal,
                         const struct deal_asked *row, struct weighed *out)
{
    struct deal_facts before;
    int64_t percent, plan_id;
    bool customer;

    if (deal->lines == NULL)
        TRY(deal_load_lines(db, a, deal));
    TRY(deal_asked_wanted(a, deal, row, &out->next, &customer));
    TRY(deal_sum_lines(&out->next));
    out->next.total_report = 0; /* without a rate it is not known */
    TRY(deal_report_total(db, a, &out->next));
    TRY(parameter_now(db, a, PARAM_DEAL_AMEND_PERCENT, &percent));
    TRY(deal_facts_read(db, a, deal, &before));
    out->facts = before;
    out->facts.amount = out->next.total_report;
    out->facts.lines = out->next.lines;
    out->facts.line_count = out->next.line_count;
    out->facts.country = out->next.country;
    TRY(db_list(db, a, &deal_plans, DB_NO_ARGS, &out->plans, &out->plan_count));
    plan_id = deal_plan_first(out->plans, out->plan_count, DEAL_ROUND_AMEND, &out->facts);
    out->small = !customer && deal_amend_is_small(deal, &out->next, percent) &&
                 (plan_id == 0 || plan_id == deal_plan_first(out->plans, out->plan_count,
                                                             DEAL_ROUND_AMEND, &before));
    return NULL;
}

/* -- who decides it ------------------------------------------------------------------------------
 */

/* Somebody was faster between reading and writing: run again as a whole. */
static struct err *again_if_lost(struct err *e)
{
    if (!err_is(e, ERR_CONFLICT) || !str_eq(err_detail(e), "version"))
        return err_pass(e);
    err_free(e);
    return err_raise(ERR_AGAIN, "a registration changed while a change to it was decided");
}

static struct err *find_owner(struct db *db, struct arena *a, const struct deal *deal,
                              int64_t *owner_out)
{
    struct deal_reviewer_row *rows;
    size_t count;

    *owner_out = deal->reviewer_id;
    if (*owner_out != 0)
        return NULL;
    TRY(db_list(db, a, &deal_sql_reviewers, DB_ARGS(DB_I(deal->department_id)), &rows, &count));
    *owner_out = count > 0 ? rows[0].id : 0;
    return NULL;
}

static struct err *open_step(struct db *db, struct arena *a, const struct deal *deal,
                             struct approval_step *step)
{
    const struct mail_value partner = { .name = "partner", .value = deal->partner_name };
    const struct deal_round_word word = { .event = "deal.amend_asked", .third = &partner };

    return err_pass(deal_round_open(db, a, deal, &word, step));
}

static struct err *begin_round(struct db *db, struct arena *a, struct deal *deal,
                               struct deal_asked *row, struct approval *round)
{
    TRY(again_if_lost(deal_round_touch(db, deal)));
    TRY(approval_begin(db, a, DEAL_ROUND_AMEND, deal->id, round));
    row->round = round->steps[0].round;
    TRY(db_exec(db, &mark_round, DB_ARGS(DB_I(row->round), DB_I(row->id)), NULL));
    return err_pass(open_step(db, a, deal, &round->steps[0]));
}

/* The conflict check of what it would be, then its steps, where a rule asks for some. */
static struct err *prepare(struct db *db, struct arena *a, struct match_names *names,
                           struct deal *deal, struct deal_asked *row, struct weighed *w)
{
    struct approval round = { 0 };
    int64_t marked, owner, plan_id;

    TRY(db_exec(db, &mark_told, DB_ARGS(DB_I(row->id)), &marked));
    if (marked != 1)
        return err_raise(ERR_AGAIN, "a change of deal %lld was prepared at the same time",
                         (long long)deal->id);
    TRY(deal_asked_judge(db, a, names, &w->next, &w->facts.verdict));
    plan_id = deal_plan_first(w->plans, w->plan_count, DEAL_ROUND_AMEND, &w->facts);
    if (plan_id == 0)
        return NULL;
    TRY(find_owner(db, a, deal, &owner));
    TRY(deal_round_make(db, a, plan_id, owner, &round));
    return round.count > 0 ? err_pass(begin_round(db, a, deal, row, &round)) : NULL;
}

/* -- the job -------------------------------------------------------------------------------------
 */

static struct err *tell_reviewer(struct db *db, struct arena *a, const struct deal *deal)
{
    const struct mail_value partner = { .name = "partner", .value = deal->partner_name };
    int64_t to;

    TRY(find_owner(db, a, deal, &to));
    return to == 0 ? NULL
                   : err_pass(deal_tell_staff(db, a, deal, "deal.amend_asked", to, &partner));
}

struct amend_task {
    struct arena *a;
    struct match_names *names;
    int64_t id;
};

static struct err *begin_deciding(struct db *db, void *arg)
{
    const struct amend_task *task = arg;
    const struct deal_actor by = { .who = { .address = "" }, .as = BY_RULE, .for_user_name = "" };
    struct deal_amend_answer yes = { .approved = true, .reason = "" };
    struct deal_asked row = { .before_json = "", .after_json = "" };
    struct weighed w;
    struct deal *deal;
    bool found;

    TRY(deal_of_worker(db, task->a, task->id, &deal));
    TRY(deal_asked_find(db, task->a, task->id, &row, &found));
    if (deal == NULL || deal->state != DEAL_APPROVED || !found || row.told)
        return NULL;
    TRY(weigh(db, task->a, deal, &row, &w));
    yes.amendment_id = row.id;
    if (w.small)
        return err_pass(deal_amend_decide(db, task->a, &by, deal, &yes));
    TRY(prepare(db, task->a, task->names, deal, &row, &w));
    return row.round == 0 ? err_pass(tell_reviewer(db, task->a, deal)) : NULL;
}

struct err *deal_amend_run(struct job_context *ctx, const struct job *job,
                           struct match_names *names)
{
    struct amend_task task = { .a = ctx->arena, .names = names, .id = job->ref };

    return err_pass(db_transaction(ctx->db, begin_deciding, &task));
}

/* -- an answer -----------------------------------------------------------------------------------
 */

/* One of several approvals.  *complete_out: it was the last. */
static struct err *give(struct db *db, struct arena *a, const struct deal_actor *by,
                        struct deal *deal, struct approval *round, bool *complete_out)
{
    struct approval_step *step = approval_open_step(round), *next;
    bool complete;

    TRY(again_if_lost(approval_give(db, a, step, by->who.actor, &complete)));
    TRY(deal_round_audit(db, a, by, deal, step, "deal.amend_step"));
    next = approval_next_step(round);
    *complete_out = complete && next == NULL;
    return complete && next != NULL ? err_pass(open_step(db, a, deal, next)) : NULL;
}

/* Whoever answers within a second finds it unprepared. */
static struct err *prepare_first(struct db *db, struct arena *a, const struct deal_actor *by,
                                 struct deal *deal, struct deal_asked *row)
{
    struct weighed w;

    if (row->told)
        return NULL;
    TRY(weigh(db, a, deal, row, &w));
    return w.small ? NULL : err_pass(prepare(db, a, by->names, deal, row, &w));
}

struct err *deal_amend_give(struct db *db, struct arena *a, const struct deal_actor *by,
                            struct deal *deal, const struct deal_amend_answer *answer,
                            bool *decided_out)
{
    struct approval round = { 0 };
    struct deal_vote vote;
    struct deal_asked row = { .before_json = "", .after_json = "" };

    *decided_out = true;
    TRY(deal_asked_get(db, a, deal, answer->amendment_id, &row));
    TRY(prepare_first(db, a, by, deal, &row));
    if (row.round != 0)
        TRY(approval_read(db, a, DEAL_ROUND_AMEND, deal->id, &round));
    if (!deal_round_waits(&round))
        return err_pass(deal_amend_decide(db, a, by, deal, answer));
    TRY(deal_round_vote(db, a, &round, by->who.actor->user_id, &vote));
    if (!vote.may)
        return err_pass(deal_amend_conflict(deal, "approver"));
    TRY(again_if_lost(deal_round_touch(db, deal)));
    if (answer->approved)
        TRY(give(db, a, by, deal, &round, decided_out));
    return *decided_out ? err_pass(deal_amend_decide(db, a, by, deal, answer)) : NULL;
}
