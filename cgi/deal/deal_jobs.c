/* deal/deal_jobs.c */
#include "deal/deal_jobs.h"
#include "access/parameter.h"
#include "approval/delegate.h"
#include "base/log.h"
#include "base/str.h"
#include "deal/deal_appeal.h"
#include "deal/deal_conflict.h"
#include "deal/deal_jobs_inside.h"
#include "deal/deal_jobs_sql.h"
#include "deal/deal_sql.h"
#include "deal/deal_steps.h"
#include "notification/notification.h"
#include "text/lang.h"

#include <string.h>

enum { FIGURE_MONTHS = 3, IDLE_WARNING_DAYS = 14, MINUTE = 60, HOUR = 3600 };

/* One record, in a transaction of its own: loaded anew, since it may have changed meanwhile. */
struct task {
    struct arena *a;
    int64_t id, number;
    struct match_names *names; /* where companies are compared */
    struct err *(*act)(struct db *db, struct task *task, struct deal *deal);
};

static struct deal_actor the_system(enum deal_who as)
{
    return (struct deal_actor){ .who = { .address = "" }, .as = as, .for_user_name = "" };
}

static struct err *with_deal(struct db *db, void *arg)
{
    struct task *task = arg;
    struct deal *deal;

    TRY(deal_of_worker(db, task->a, task->id, &deal));
    if (deal == NULL)
        return NULL;
    TRY(deal_load_lines(db, task->a, deal));
    return err_pass(task->act(db, task, deal));
}

static struct err *run_one(struct job_context *ctx, int64_t id, int64_t number,
                           struct err *(*act)(struct db *db, struct task *task, struct deal *deal))
{
    struct task task = { .a = ctx->arena, .id = id, .number = number, .act = act };

    return err_pass(db_transaction(ctx->db, with_deal, &task));
}

/* -- rules ---------------------------------------------------------------------------------------
 */

/* An appeal that is not decided is not told to who may not decide it. */
static struct err *keep_allowed(struct db *db, struct arena *a, const struct deal *deal,
                                int64_t *people, size_t all, size_t *count_out)
{
    *count_out = 0;
    for (size_t i = 0; i < all; i++) {
        bool allows = true;

        if (deal_state_phase(deal->state) == DEAL_WITH_VENDOR)
            TRY(deal_appeal_allows(db, a, deal, people[i], &allows));
        if (allows)
            people[(*count_out)++] = people[i];
    }
    return NULL;
}

struct err *deal_tell_staff(struct db *db, struct arena *a, const struct deal *deal,
                            const char *event, int64_t user_id, const struct mail_value *third)
{
    const struct mail_value values[] = {
        { .name = "number", .value = arena_number(a, "DR-", deal->id) },
        { .name = "company", .value = deal->company_name },
        *third,
        { 0 },
    };
    const struct notification word = {
        .event = event, .kind = "deal", .object_id = deal->id, .values = values
    };
    int64_t people[2] = { user_id, 0 };
    size_t count;

    TRY(delegate_of(db, a, user_id, &people[1]));
    TRY(keep_allowed(db, a, deal, people, people[1] != user_id ? 2 : 1, &count));
    return count == 0 ? NULL : err_pass(notification_send(db, a, &word, people, count));
}

static struct mail_value due_value(const struct deal *deal)
{
    return (struct mail_value){ .name = "due", .kind = VALUE_AT, .number = deal->due_at };
}

static struct err *give_to(struct db *db, struct arena *a, struct deal *deal,
                           const struct deal_reviewer_row *reviewer)
{
    const struct deal_actor by = the_system(BY_RULE);
    const struct mail_value due = due_value(deal);

    TRY(deal_assign(db, a, &by, deal, reviewer->id, reviewer->name));
    return err_pass(deal_tell_staff(db, a, deal, "deal.to_decide", reviewer->id, &due));
}

/* To the person that the rule names, else to who has least open of its department, else of the
 * registration's own.  With nobody there it stays in the queue for everybody who may see it. */
static struct err *find_reviewer(struct db *db, struct arena *a, const struct deal *deal,
                                 const struct deal_rule *rule, struct deal_reviewer_row *row,
                                 bool *found_out)
{
    const bool assigns = rule != NULL && strcmp(rule->outcome, "assign") == 0;
    const int64_t department = assigns && rule->assign_department_id != 0
                                   ? rule->assign_department_id
                                   : deal->department_id;
    struct deal_reviewer_row *rows;
    size_t count;

    if (assigns && rule->assign_user_id != 0) {
        TRY(db_one(db, a, &deal_sql_reviewer, DB_ARGS(DB_I(rule->assign_user_id)), row, found_out));
        if (*found_out)
            return NULL;
    }
    TRY(db_list(db, a, &deal_sql_reviewers, DB_ARGS(DB_I(department)), &rows, &count));
    *found_out = count > 0;
    if (*found_out)
        *row = rows[0];
    return NULL;
}

/* By the territory of the end customer; a place that no territory covers belongs to the whole
 * vendor. */
static struct err *place(struct db *db, struct arena *a, struct deal *deal)
{
    struct deal_department_row row = { 0 };
    bool found;

    if (deal->department_id != 0)
        return NULL;
    TRY(db_one(db, a, &deal_sql_department_for, DB_ARGS(DB_S(deal->country), DB_S(deal->region)),
               &row, &found));
    if (!found)
        TRY(db_one(db, a, &deal_sql_department_root, DB_NO_ARGS, &row, &found));
    if (!found)
        return NULL;
    deal->department_id = row.department_id;
    return err_pass(db_exec(db, &deal_sql_set_department,
                            DB_ARGS(DB_I(deal->department_id), DB_I(deal->id)), NULL));
}

/* A customer that the vendor's own sales work on is a person's to decide, though he may. */
static struct err *stands_against(struct db *db, struct arena *a, const struct deal *deal,
                                  bool *out)
{
    struct deal_obstacle *list;
    size_t count;

    TRY(deal_obstacles(db, a, deal, &list, &count));
    *out = count > 0;
    return *out ? NULL : err_pass(deal_worked_directly(db, a, deal, out));
}

/* True when the rule decided.  An approval waits for a person whenever anything stands against it,
 * and no rule rejects because of the verdict alone. */
static struct err *apply_rule(struct db *db, struct arena *a, struct deal *deal,
                              const struct deal_rule *rule, bool *decided_out)
{
    const bool approve = strcmp(rule->outcome, "approve") == 0;
    const struct deal_actor by = the_system(BY_RULE);
    const struct deal_decision decision = { .verb = approve ? DEAL_APPROVE : DEAL_REJECT,
                                            .reason_code = approve ? "" : rule->reason_code,
                                            .rule_id = rule->id };
    bool stands;

    *decided_out = false;
    if (strcmp(rule->outcome, "assign") == 0)
        return NULL;
    if (approve) {
        TRY(stands_against(db, a, deal, &stands));
        if (stands)
            return NULL;
    }
    TRY(deal_decide(db, a, &by, deal, &decision));
    *decided_out = true;
    return NULL;
}

/* What is spoken for, counted from the registrations themselves. */
static struct err *count_live(struct db *db, const struct deal_conflict *conflict)
{
    for (size_t i = 0; i < conflict->count; i++) {
        const int64_t party_id = conflict->found[i].party_id;

        TRY(db_exec(db, &deal_sql_live_put_party, DB_ARGS(DB_I(party_id)), NULL));
        TRY(db_exec(db, &deal_sql_live_count, DB_ARGS(DB_I(party_id)), NULL));
    }
    return NULL;
}

struct err *deal_judge_again(struct db *db, struct arena *a, struct match_names *names,
                             struct deal *deal)
{
    struct deal_conflict conflict;

    TRY(deal_conflict_find(db, a, names, deal, &conflict));
    TRY(count_live(db, &conflict));
    if (conflict.count > 0)
        TRY(deal_conflict_find(db, a, names, deal, &conflict));
    TRY(deal_conflict_keep(db, a, deal, &conflict));
    if (str_eq(deal->verdict, conflict.verdict))
        return NULL;
    deal->verdict = conflict.verdict;
    return err_pass(
        db_exec(db, &deal_sql_set_verdict, DB_ARGS(DB_S(deal->verdict), DB_I(deal->id)), NULL));
}

/* Who has it already, or would get it. */
static struct err *find_owner(struct db *db, struct arena *a, const struct deal *deal,
                              const struct deal_rule *rule, struct deal_reviewer_row *row,
                              bool *found_out)
{
    if (deal->reviewer_id == 0)
        return err_pass(find_reviewer(db, a, deal, rule, row, found_out));
    return err_pass(
        db_one(db, a, &deal_sql_reviewer, DB_ARGS(DB_I(deal->reviewer_id)), row, found_out));
}

/* To several people where a plan says so, else to one. */
static struct err *give_to_people(struct db *db, struct arena *a, struct deal *deal,
                                  const struct deal_rule *rule, const struct deal_facts *facts)
{
    struct deal_reviewer_row owner = { 0 };
    bool found, steps;

    TRY(find_owner(db, a, deal, rule, &owner, &found));
    TRY(deal_steps_begin(db, a, deal, facts, found ? owner.id : 0, &steps));
    return found && !steps && deal->reviewer_id == 0 ? err_pass(give_to(db, a, deal, &owner))
                                                     : NULL;
}

static struct err *decide_by_rules(struct db *db, struct task *task, struct deal *deal)
{
    const struct deal_rule *rule;
    struct deal_rule *rules;
    struct deal_facts facts;
    bool done = false;
    size_t count;

    if (deal->state != DEAL_SUBMITTED)
        return NULL;
    TRY(place(db, task->a, deal));
    TRY(deal_judge_again(db, task->a, task->names, deal));
    if (deal->has_appeal) /* a person decides it, and not any */
        return err_pass(deal_appeal_give(db, task->a, deal));
    TRY(deal_facts_read(db, task->a, deal, &facts));
    TRY(deal_rules_load(db, task->a, &rules, &count));
    rule = deal_rule_first(rules, count, &facts);
    if (rule != NULL && deal_rule_decides(rule, &facts))
        TRY(apply_rule(db, task->a, deal, rule, &done));
    return done ? NULL : err_pass(give_to_people(db, task->a, deal, rule, &facts));
}

struct err *deal_rules_run(struct job_context *ctx, const struct job *job,
                           struct match_names *names)
{
    struct task task = { .a = ctx->arena, .id = job->ref, .names = names, .act = decide_by_rules };

    return err_pass(db_transaction(ctx->db, with_deal, &task));
}

/* -- claims --------------------------------------------------------------------------------------
 */

/* The partner gave it up: its program may not touch claims. */
static struct err *free_claims(struct db *db, struct task *task, struct deal *deal)
{
    if (deal->state != DEAL_ENDED && deal->state != DEAL_LOST)
        return NULL;
    return err_pass(claim_free_all(db, task->a, deal, 0, "given up"));
}

static struct err *job_free(struct job_context *ctx, const struct job *job)
{
    return err_pass(run_one(ctx, job->ref, 0, free_claims));
}

static struct err *tell_waiting(struct db *db, void *arg)
{
    struct task *task = arg;
    struct deal_id_row *rows;
    size_t count;

    TRY(db_list(db, task->a, &deal_sql_waiting_after, DB_ARGS(DB_I(task->id)), &rows, &count));
    for (size_t i = 0; i < count; i++) {
        const struct mail_value line = { .name = "line",
                                         .value = LANG_N("A product line"),
                                         .kind = VALUE_MESSAGE };
        struct deal *deal;

        TRY(deal_of_worker(db, task->a, rows[i].id, &deal));
        if (deal != NULL)
            TRY(deal_tell(db, task->a, deal, "deal.line_free", &line));
    }
    return NULL;
}

static struct err *job_freed(struct job_context *ctx, const struct job *job)
{
    struct task task = { .a = ctx->arena, .id = job->ref };

    return err_pass(db_transaction(ctx->db, tell_waiting, &task));
}

/* -- timers: what is due, one record at a time
 * ------------------------------------------------------ */

struct due {
    struct arena *a;
    const struct db_stmt *stmt;
    const struct db_arg *args;
    struct deal_idle_row *rows; /* the widest row: id, and a number for those that have one */
    size_t count;
};

static struct err *list_due(struct db *db, void *arg)
{
    struct due *due = arg;
    const size_t bytes = due->stmt->row_bytes;
    unsigned char *rows;

    TRY(db_list(db, due->a, due->stmt, due->args, &rows, &due->count));
    due->rows = arena_array(due->a, due->count + 1, sizeof(*due->rows));
    for (size_t i = 0; i < due->count; i++)
        memcpy(&due->rows[i], rows + i * bytes, bytes);
    return NULL;
}

/* A record that fails is logged and left for the next round: it must not hold up the others. */
static struct err *each_due(struct job_context *ctx, const struct db_stmt *stmt,
                            const struct db_arg *args,
                            struct err *(*act)(struct db *db, struct task *task, struct deal *deal))
{
    struct due due = { .a = ctx->arena, .stmt = stmt, .args = args };

    TRY(db_transaction(ctx->db, list_due, &due));
    for (size_t i = 0; i < due.count; i++) {
        struct err *e = run_one(ctx, due.rows[i].id, due.rows[i].lose_at, act);

        if (err_is(e, ERR_UNAVAILABLE))
            return err_pass(e);
        if (e != NULL)
            log_event(LOG_WARN, "deal.timer", LOG_I("deal", due.rows[i].id),
                      LOG_S("statement", stmt->name), LOG_S("message", err_message(e)));
        err_free(e);
    }
    return NULL;
}

static struct err *move_by_worker(struct db *db, struct task *task, struct deal *deal,
                                  enum deal_verb verb)
{
    const struct deal_actor by = the_system(BY_WORKER);

    if (!deal_can(deal->state, verb, BY_WORKER))
        return NULL;
    return err_pass(deal_decide(db, task->a, &by, deal, &(struct deal_decision){ .verb = verb }));
}

static struct err *expire_unanswered(struct db *db, struct task *task, struct deal *deal)
{
    return err_pass(move_by_worker(db, task, deal, DEAL_EXPIRE_UNANSWERED));
}

static struct err *expire(struct db *db, struct task *task, struct deal *deal)
{
    int64_t now;

    TRY(db_now(db, &now));
    if (deal->protected_until_at > now) /* extended meanwhile */
        return NULL;
    return err_pass(move_by_worker(db, task, deal, DEAL_EXPIRE));
}

static struct err *free_won(struct db *db, struct task *task, struct deal *deal)
{
    int64_t now;

    TRY(db_now(db, &now));
    if (deal->state != DEAL_WON || deal->protected_until_at > now)
        return NULL;
    TRY(claim_free_all(db, task->a, deal, 0, "protection over"));
    return err_pass(deal_set_live(db, deal));
}

static struct err *expire_idle(struct db *db, struct task *task, struct deal *deal)
{
    return err_pass(move_by_worker(db, task, deal, DEAL_EXPIRE_IDLE));
}

static struct err *warn(struct db *db, struct task *task, struct deal *deal)
{
    const struct mail_value until = { .name = "until",
                                      .kind = VALUE_DAY,
                                      .number = deal->protected_until };
    int64_t changed;

    TRY(db_exec(db, &deal_sql_mark_warned,
                DB_ARGS(DB_I(task->number), DB_I(deal->id), DB_I(task->number)), &changed));
    return changed == 1 ? err_pass(deal_tell(db, task->a, deal, "deal.expiring", &until)) : NULL;
}

static struct err *warn_idle(struct db *db, struct task *task, struct deal *deal)
{
    const struct mail_value until = { .name = "until", .kind = VALUE_AT, .number = task->number };
    int64_t changed;

    TRY(db_exec(db, &deal_sql_mark_reminded, DB_ARGS(DB_I(deal->id), DB_I(deal->row_version)),
                &changed));
    return changed == 1 ? err_pass(deal_tell(db, task->a, deal, "deal.idle", &until)) : NULL;
}

static struct err *remind(struct db *db, struct task *task, struct deal *deal)
{
    const struct mail_value due = due_value(deal);
    int64_t changed;

    TRY(db_exec(db, &deal_sql_mark_reminded, DB_ARGS(DB_I(deal->id), DB_I(deal->row_version)),
                &changed));
    if (changed != 1 || deal->reviewer_id == 0)
        return NULL;
    return err_pass(deal_tell_staff(db, task->a, deal, "deal.half", deal->reviewer_id, &due));
}

/* Those of its department who could take it from REVIEWER_ID, or at all. */
static struct err *tell_who_could_take_it(struct db *db, struct arena *a, const struct deal *deal,
                                          int64_t reviewer_id)
{
    const struct mail_value due = due_value(deal);
    struct deal_reviewer_row *rows;
    size_t count;

    TRY(db_list(db, a, &deal_sql_reviewers, DB_ARGS(DB_I(deal->department_id)), &rows, &count));
    for (size_t i = 0; i < count; i++)
        if (rows[i].id != reviewer_id)
            TRY(deal_tell_staff(db, a, deal, "deal.late", rows[i].id, &due));
    return NULL;
}

/* One who has left is no manager. */
static struct err *tell_manager(struct db *db, struct arena *a, const struct deal *deal,
                                const struct deal_reviewer_row *reviewer, bool *told_out)
{
    const struct mail_value due = due_value(deal);
    struct deal_reviewer_row manager;

    *told_out = false;
    if (reviewer->manager_id != 0)
        TRY(db_one(db, a, &deal_sql_reviewer, DB_ARGS(DB_I(reviewer->manager_id)), &manager,
                   told_out));
    return *told_out ? err_pass(deal_tell_staff(db, a, deal, "deal.late", manager.id, &due)) : NULL;
}

/* To the reviewer and his manager; to who could take it when nobody has it or he has no manager. */
static struct err *escalate(struct db *db, struct task *task, struct deal *deal)
{
    const struct mail_value due = due_value(deal);
    struct deal_reviewer_row reviewer = { 0 };
    bool found = false, told = false;
    int64_t changed;

    TRY(db_exec(db, &deal_sql_mark_escalated, DB_ARGS(DB_I(deal->id)), &changed));
    if (changed != 1)
        return NULL;
    if (deal->has_appeal) /* who had it first does not hear of it, whoever else there is does */
        TRY(deal_appeal_give(db, task->a, deal));
    if (deal->reviewer_id != 0)
        TRY(db_one(db, task->a, &deal_sql_reviewer, DB_ARGS(DB_I(deal->reviewer_id)), &reviewer,
                   &found));
    if (found) {
        TRY(deal_tell_staff(db, task->a, deal, "deal.late", reviewer.id, &due));
        TRY(tell_manager(db, task->a, deal, &reviewer, &told));
    }
    return told ? NULL : err_pass(tell_who_could_take_it(db, task->a, deal, reviewer.id));
}

/* To who decided the registration, since he knows it; when a rule did, to who could take it. */
static struct err *tell_extension(struct db *db, struct task *task, struct deal *deal)
{
    struct deal_reviewer_row reviewer = { 0 };
    struct deal_asked_row asked;
    bool found;
    int64_t changed;

    TRY(db_one(db, task->a, &deal_sql_extension_asked, DB_ARGS(DB_I(deal->id)), &asked, &found));
    if (!found)
        return NULL;
    TRY(db_exec(db, &deal_sql_mark_extension_told, DB_ARGS(DB_I(deal->id)), &changed));
    found = false;
    if (deal->reviewer_id != 0)
        TRY(db_one(db, task->a, &deal_sql_reviewer, DB_ARGS(DB_I(deal->reviewer_id)), &reviewer,
                   &found));
    if (!found)
        TRY(find_reviewer(db, task->a, deal, NULL, &reviewer, &found));
    if (!found || changed != 1)
        return NULL;
    return err_pass(
        deal_tell_staff(db, task->a, deal, "deal.extension_asked", reviewer.id,
                        &(struct mail_value){ .name = "progress", .value = asked.progress }));
}

static struct err *job_extension(struct job_context *ctx, const struct job *job)
{
    return err_pass(run_one(ctx, job->ref, 0, tell_extension));
}

static struct err *timer_ends(struct job_context *ctx, const struct job *job)
{
    (void)job;
    TRY(each_due(ctx, &deal_sql_due_unanswered, DB_NO_ARGS, expire_unanswered));
    TRY(each_due(ctx, &deal_sql_due_expired, DB_NO_ARGS, expire));
    return err_pass(each_due(ctx, &deal_sql_due_won, DB_NO_ARGS, free_won));
}

static struct err *timer_warnings(struct job_context *ctx, const struct job *job)
{
    (void)job;
    return err_pass(each_due(ctx, &deal_sql_due_warned, DB_NO_ARGS, warn));
}

static struct err *timer_clocks(struct job_context *ctx, const struct job *job)
{
    (void)job;
    TRY(each_due(ctx, &deal_sql_due_half, DB_NO_ARGS, remind));
    return err_pass(each_due(ctx, &deal_sql_due_late, DB_NO_ARGS, escalate));
}

static struct err *read_idle_days(struct db *db, void *arg)
{
    struct task *task = arg;

    return err_pass(parameter_now(db, task->a, PARAM_DEAL_IDLE_DAYS, &task->number));
}

static struct err *timer_idle(struct job_context *ctx, const struct job *job)
{
    struct task idle = { .a = ctx->arena };

    (void)job;
    TRY(db_transaction(ctx->db, read_idle_days, &idle));
    TRY(each_due(ctx, &deal_sql_due_idle, DB_ARGS(DB_I(idle.number), DB_I(idle.number)),
                 expire_idle));
    return err_pass(each_due(ctx, &deal_sql_due_idle_soon,
                             DB_ARGS(DB_I(idle.number), DB_I(idle.number - IDLE_WARNING_DAYS)),
                             warn_idle));
}

/* -- figures -------------------------------------------------------------------------------------
 */

static struct err *make_figures(struct db *db, void *arg)
{
    TRY(db_exec(db, &deal_sql_figures, DB_ARGS(DB_I(*(const int *)arg)), NULL));
    TRY(db_exec(db, &deal_sql_reviewer_figures_drop, DB_NO_ARGS, NULL));
    TRY(db_exec(db, &deal_sql_reviewer_figures, DB_NO_ARGS, NULL));
    return err_pass(db_exec(db, &deal_sql_reviewer_appeals, DB_NO_ARGS, NULL));
}

struct err *deal_figures_make(struct db *db, int months)
{
    return err_pass(db_transaction(db, make_figures, &months));
}

static struct err *timer_figures(struct job_context *ctx, const struct job *job)
{
    (void)job;
    return err_pass(deal_figures_make(ctx->db, FIGURE_MONTHS - 1));
}

const struct job_kind deal_jobs[] = {
    { .name = "deal.free", .handler = job_free, .retries = 8, .timeout_seconds = 30 },
    { .name = "deal.freed", .handler = job_freed, .retries = 8, .timeout_seconds = 30 },
    { .name = "deal.extension", .handler = job_extension, .retries = 8, .timeout_seconds = 30 },
    { .name = "deal.ends", .handler = timer_ends, .timeout_seconds = 120, .every_seconds = MINUTE },
    { .name = "deal.warnings",
      .handler = timer_warnings,
      .timeout_seconds = 120,
      .every_seconds = HOUR },
    { .name = "deal.clocks",
      .handler = timer_clocks,
      .timeout_seconds = 120,
      .every_seconds = MINUTE },
    { .name = "deal.idle", .handler = timer_idle, .timeout_seconds = 120, .every_seconds = HOUR },
    { .name = "deal.figures",
      .handler = timer_figures,
      .timeout_seconds = 300,
      .every_seconds = 5 * MINUTE },
    { 0 },
};
