/* deal/deal_steps.c */
#include "deal/deal_steps.h"
#include "base/str.h"
#include "deal/deal_clock.h"
#include "deal/deal_inside.h"
#include "deal/deal_jobs_inside.h"
#include "deal/deal_jobs_sql.h"

#include <stdio.h>
#include <string.h>

#define KIND "deal"

/* -- statements ----------------------------------------------------------------------------------
 */

static const struct db_field plan_fields[] = {
    DB_FIELD(struct deal_rule, id, DB_I64, 0),
    DB_FIELD(struct deal_rule, position, DB_I64, 0),
    DB_FIELD(struct deal_rule, active, DB_BOOL, 0),
    DB_NULLABLE(struct deal_rule, tier_id, DB_I64, 0),
    DB_FIELD(struct deal_rule, amount_least, DB_E4, 0),
    DB_FIELD(struct deal_rule, amount_most, DB_E4, 0),
    DB_NULLABLE(struct deal_rule, product_line_id, DB_I64, 0),
    DB_FIELD(struct deal_rule, country, DB_TEXT, 4),
    DB_FIELD(struct deal_rule, deal_type, DB_TEXT, 14),
    DB_FIELD(struct deal_rule, verdict, DB_TEXT, 12),
    { 0 },
};
/* No bound is the largest amount that fits: DEAL_AMOUNT_ANY. */
static const struct db_stmt plans = {
    .name = "deal.plans",
    .sql = "SELECT id, position, active, tier_id, COALESCE(amount_least, 0) AS amount_least, "
           "COALESCE(amount_most, 900000000000000.0000) AS amount_most, product_line_id, country, "
           "deal_type, verdict FROM deal_plan WHERE active = 1 ORDER BY position, id",
    .binds = "",
    .fields = plan_fields,
    .row_bytes = sizeof(struct deal_rule),
    .flags = DB_WHOLE_TABLE,
};

struct plan_step_row {
    int64_t plan_id, hours;
    const char *need, *title_en, *title_zh, *deciders;
};
static const struct db_field plan_step_fields[] = {
    DB_FIELD(struct plan_step_row, plan_id, DB_I64, 0),
    DB_FIELD(struct plan_step_row, hours, DB_I64, 0),
    DB_FIELD(struct plan_step_row, need, DB_TEXT, 4),
    DB_FIELD(struct plan_step_row, title_en, DB_TEXT, 240),
    DB_FIELD(struct plan_step_row, title_zh, DB_TEXT, 240),
    DB_FIELD(struct plan_step_row, deciders, DB_TEXT, DEAL_DECIDERS_BYTES),
    { 0 },
};
#define PLAN_STEPS(ident, name_, deciders_)                                                  \
    static const struct db_stmt ident = {                                                    \
        .name = name_,                                                                       \
        .sql = "SELECT plan_id, hours, need, title_en, title_zh, " deciders_ " AS deciders " \
               "FROM deal_plan_step WHERE hours > 0 ORDER BY plan_id, stage",                \
        .binds = "",                                                                         \
        .fields = plan_step_fields,                                                          \
        .row_bytes = sizeof(struct plan_step_row),                                           \
        .flags = DB_WHOLE_TABLE,                                                             \
    }
PLAN_STEPS(plan_steps, "deal.plan_steps", "deciders");
PLAN_STEPS(plan_steps_told, "deal.plan_steps_told", "''");

db_stmt_table deal_plan_statements[] = { &plans, &plan_steps, NULL };
db_stmt_table deal_plan_preview_statements[] = { &plans, &plan_steps_told, &deal_sql_tier_of,
                                                 NULL };

static const struct db_stmt set_clock = {
    .name = "deal.steps_clock",
    .sql = "UPDATE deal SET decision_hours = ?, due_at = ?, half_at = ?, "
           "row_version = row_version + 1 WHERE id = ? AND row_version = ?",
    .binds = "ittii",
    .flags = DB_WRITE,
};
static const struct db_stmt set_voted = {
    .name = "deal.steps_voted",
    .sql = "UPDATE deal SET row_version = row_version + 1, updated_at = UTC_TIMESTAMP(6) "
           "WHERE id = ? AND row_version = ?",
    .binds = "ii",
    .flags = DB_WRITE,
};

struct person_row {
    int64_t id, manager_id;
    const char *name;
};
static const struct db_field person_fields[] = {
    DB_FIELD(struct person_row, id, DB_I64, 0),
    DB_NULLABLE(struct person_row, manager_id, DB_I64, 0),
    DB_FIELD(struct person_row, name, DB_TEXT, 240),
    { 0 },
};
static const struct db_stmt person_by_id = {
    .name = "deal.steps_person",
    .sql = "SELECT id, manager_id, name FROM user WHERE id = ? AND status = 'active'",
    .binds = "i",
    .fields = person_fields,
    .row_bytes = sizeof(struct person_row),
};
/* Those of a role whose department has the registration's in it. */
static const struct db_stmt people_of_role = {
    .name = "deal.steps_role",
    .sql = "SELECT u.id, u.manager_id, u.name FROM user_role ur JOIN user u ON u.id = ur.user_id "
           "JOIN department dep ON dep.id = u.department_id AND ? BETWEEN dep.id AND dep.last_id "
           "WHERE ur.role_id = ? AND u.audience = 'staff' AND u.status = 'active' "
           "ORDER BY u.id LIMIT 20",
    .binds = "ii",
    .fields = person_fields,
    .row_bytes = sizeof(struct person_row),
    .flags = DB_LISTS,
};
db_stmt_table deal_step_statements[] = { &set_clock, &set_voted, &person_by_id, &people_of_role,
                                         NULL };

/* -- which plan ----------------------------------------------------------------------------------
 */

static const struct deal_rule *first_plan(const struct deal_rule *rows, size_t count,
                                          const struct deal_facts *facts)
{
    return deal_rule_first(rows, count, facts);
}

/* -- the people of a step ------------------------------------------------------------------------
 */

static struct err *find_person(struct db *db, struct arena *a, int64_t id, struct person_row *row,
                               bool *found_out)
{
    *found_out = false;
    return id == 0 ? NULL
                   : err_pass(db_one(db, a, &person_by_id, DB_ARGS(DB_I(id)), row, found_out));
}

static bool has_vote(const struct approval_step *step, int64_t role_id, int64_t user_id)
{
    for (size_t i = 0; i < step->vote_count; i++)
        if (step->votes[i].role_id == role_id && step->votes[i].user_id == user_id)
            return true;
    return false;
}

static void add_vote(struct approval_step *step, const char *who, int64_t role_id, int64_t user_id)
{
    if (step->vote_count < APPROVAL_SLOTS && !has_vote(step, role_id, user_id))
        step->votes[step->vote_count++] =
            (struct approval_vote){ .who = who, .role_id = role_id, .user_id = user_id };
}

/* Who has left, and a manager that nobody has, are stood in for by who has the registration. */
static struct err *add_person(struct db *db, struct arena *a, struct approval_step *step,
                              int64_t user_id, int64_t owner_id)
{
    struct person_row row;
    bool found;

    TRY(find_person(db, a, user_id, &row, &found));
    add_vote(step, "user", 0, found ? user_id : owner_id);
    return NULL;
}

static struct err *add_decider(struct db *db, struct arena *a, struct approval_step *step,
                               const char *word, int64_t owner_id)
{
    struct person_row owner = { 0 };
    int64_t id = 0;
    bool found;

    if (str_starts(word, "role_") && str_to_i64(word + strlen("role_"), &id)) {
        add_vote(step, "role", id, 0);
        return NULL;
    }
    if (str_starts(word, "user_") && str_to_i64(word + strlen("user_"), &id))
        return err_pass(add_person(db, a, step, id, owner_id));
    TRY(find_person(db, a, owner_id, &owner, &found));
    return err_pass(add_person(db, a, step, owner.manager_id, owner_id));
}

static struct err *add_deciders(struct db *db, struct arena *a, struct approval_step *step,
                                const char *deciders, int64_t owner_id)
{
    char word[32];

    for (size_t len; *deciders != '\0'; deciders += len + (deciders[len] == ' ')) {
        len = strcspn(deciders, " ");
        snprintf(word, sizeof(word), "%.*s", (int)len, deciders);
        if (len > 0)
            TRY(add_decider(db, a, step, word, owner_id));
    }
    return NULL;
}

static struct err *make_round(struct db *db, struct arena *a, int64_t plan_id, int64_t owner_id,
                              struct approval *round)
{
    struct plan_step_row *rows;
    size_t count;

    *round = (struct approval){ 0 };
    TRY(db_list(db, a, &plan_steps, DB_NO_ARGS, &rows, &count));
    for (size_t i = 0; i < count && round->count < APPROVAL_STAGES; i++) {
        struct approval_step *step = &round->steps[round->count];

        if (rows[i].plan_id != plan_id)
            continue;
        *step = (struct approval_step){ .need = rows[i].need,
                                        .hours = rows[i].hours,
                                        .title_en = rows[i].title_en,
                                        .title_zh = rows[i].title_zh };
        TRY(add_deciders(db, a, step, rows[i].deciders, owner_id));
        round->count += step->vote_count > 0;
    }
    return NULL;
}

/* -- telling -------------------------------------------------------------------------------------
 */

struct word {
    const char *event;
    const struct approval_step *step;
    bool managers; /* and those above them */
};

static struct err *tell_person(struct db *db, struct arena *a, const struct deal *deal,
                               const struct word *word, const struct person_row *person)
{
    const struct mail_value due = { .name = "due", .kind = VALUE_AT, .number = word->step->due_at };

    TRY(deal_tell_staff(db, a, deal, word->event, person->id, &due));
    return word->managers && person->manager_id != 0
               ? err_pass(deal_tell_staff(db, a, deal, word->event, person->manager_id, &due))
               : NULL;
}

static struct err *tell_place(struct db *db, struct arena *a, const struct deal *deal,
                              const struct word *word, const struct approval_vote *vote)
{
    struct person_row *rows, row;
    size_t count;
    bool found;

    if (str_eq(vote->who, "user")) {
        TRY(find_person(db, a, vote->user_id, &row, &found));
        return found ? err_pass(tell_person(db, a, deal, word, &row)) : NULL;
    }
    TRY(db_list(db, a, &people_of_role, DB_ARGS(DB_I(deal->department_id), DB_I(vote->role_id)),
                &rows, &count));
    for (size_t i = 0; i < count; i++)
        TRY(tell_person(db, a, deal, word, &rows[i]));
    return NULL;
}

static struct err *tell_step(struct db *db, struct arena *a, const struct deal *deal,
                             const struct word *word)
{
    for (size_t i = 0; i < word->step->vote_count; i++)
        if (word->step->votes[i].at == 0)
            TRY(tell_place(db, a, deal, word, &word->step->votes[i]));
    return NULL;
}

/* -- a round -------------------------------------------------------------------------------------
 */

/* Whose work it is while the step is open: its first person. */
static struct err *give_to_first(struct db *db, struct arena *a, const struct deal_actor *by,
                                 struct deal *deal, const struct approval_step *step)
{
    struct person_row row;
    bool found = false;

    for (size_t i = 0; i < step->vote_count && !found; i++)
        TRY(find_person(db, a, step->votes[i].user_id, &row, &found));
    if (!found || row.id == deal->reviewer_id)
        return NULL;
    return err_pass(deal_assign(db, a, by, deal, row.id, row.name));
}

/* What waits for roles is with whoever would have it alone. */
static struct err *give_to_owner(struct db *db, struct arena *a, const struct deal_actor *by,
                                 struct deal *deal, int64_t owner_id)
{
    struct person_row row;
    bool found = false;

    if (deal->reviewer_id == 0)
        TRY(find_person(db, a, owner_id, &row, &found));
    return found ? err_pass(deal_assign(db, a, by, deal, row.id, row.name)) : NULL;
}

static struct err *open_stage(struct db *db, struct arena *a, const struct deal_actor *by,
                              struct deal *deal, struct approval_step *step)
{
    const struct word word = { .event = "deal.to_decide", .step = step };
    struct business_calendar calendar;
    int64_t now;

    TRY(db_now(db, &now));
    TRY(deal_calendar(db, a, deal->country, &calendar));
    TRY(approval_open(db, step, business_due_at(&calendar, now, step->hours * CLOCK_HOUR, NULL, 0),
                      business_due_at(&calendar, now, step->hours * CLOCK_HOUR / 2, NULL, 0)));
    TRY(give_to_first(db, a, by, deal, step));
    return err_pass(tell_step(db, a, deal, &word));
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
    const struct deal_rule *plan;
    struct deal_rule *rows;
    struct approval round = { 0 };
    size_t count;

    TRY(db_list(db, a, &plans, DB_NO_ARGS, &rows, &count));
    plan = first_plan(rows, count, facts);
    if (plan != NULL)
        TRY(make_round(db, a, plan->id, owner_id, &round));
    *begun_out = round.count > 0;
    if (!*begun_out && !deal->has_steps)
        return NULL;
    TRY(start_clock(db, a, deal, &round));
    if (!*begun_out)
        return err_pass(approval_end(db, KIND, deal->id));
    TRY(approval_begin(db, a, KIND, deal->id, &round));
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
    struct approval_step *step;

    *out = (struct deal_vote){ .may = true, .last = true };
    if (deal->has_steps)
        TRY(approval_read(db, a, KIND, deal->id, &round));
    step = approval_open_step(&round);
    if (step == NULL)
        return NULL;
    TRY(approval_may_vote(db, a, step, user_id, &out->may, &out->last));
    out->last = out->last && approval_next_step(&round) == NULL;
    return NULL;
}

static struct err *write_audit(struct db *db, struct arena *a, const struct deal_actor *by,
                               const struct deal *deal, const struct approval_step *step)
{
    const struct audit_change change = {
        .kind = KIND,
        .object_id = deal->id,
        .action = "deal.step_approve",
        .after = arena_printf(a, "{\"round\":%lld,\"stage\":%lld}", (long long)step->round,
                              (long long)step->stage),
    };

    return err_pass(audit_write(db, a, &by->who, &change));
}

/* Of two at once one finds the version changed. */
static struct err *change_version(struct db *db, struct deal *deal)
{
    int64_t changed;

    TRY(db_exec(db, &set_voted, DB_ARGS(DB_I(deal->id), DB_I(deal->row_version)), &changed));
    if (changed != 1)
        return err_with_detail(err_raise(ERR_CONFLICT, "deal %lld changed", (long long)deal->id),
                               "version");
    deal->row_version++;
    return NULL;
}

struct err *deal_steps_give(struct db *db, struct arena *a, const struct deal_actor *by,
                            struct deal *deal)
{
    struct approval round;
    struct approval_step *step, *next;
    bool complete;

    TRY(approval_read(db, a, KIND, deal->id, &round));
    step = approval_open_step(&round);
    if (step == NULL)
        return NULL;
    TRY(change_version(db, deal));
    TRY(approval_give(db, a, step, by->who.actor, &complete));
    TRY(write_audit(db, a, by, deal, step));
    next = approval_next_step(&round);
    if (deal->state == DEAL_SUBMITTED && !(complete && next == NULL))
        TRY(deal_decide(db, a, by, deal, &(struct deal_decision){ .verb = DEAL_TAKE }));
    return complete && next != NULL ? err_pass(open_stage(db, a, by, deal, next)) : NULL;
}

struct err *deal_steps_refuse(struct db *db, struct arena *a, const struct deal *deal)
{
    struct approval round;

    TRY(approval_read(db, a, KIND, deal->id, &round));
    if (approval_open_step(&round) == NULL && approval_next_step(&round) == NULL)
        return NULL;
    return err_with_detail(
        err_raise(ERR_CONFLICT, "deal %lld has steps to go", (long long)deal->id), "step");
}

/* -- pages ---------------------------------------------------------------------------------------
 */

static const struct status_row step_statuses[] = {
    { "waiting", "neutral", "clock", N_("Later") },
    { "open", "active", "eye", N_("Now") },
    { "approved", "good", "check", N_("Approved") },
    { "void", "off", "x", N_("Not needed any more") },
    { 0 },
};

static const char *word(const struct request *req, const char *en, const char *zh)
{
    return text_locale_lang(req->locale) == LANG_ZH && !str_is_empty(zh) ? zh : en;
}

static void show_vote(struct request *req, struct view *row, const struct approval_vote *vote)
{
    struct view *v = view_row(row, "Votes");

    view_text(v, "Name", word(req, vote->name_en, vote->name_zh));
    view_flag(v, "Done", vote->at != 0);
    view_text(v, "By", vote->by_name);
    view_text(v, "For", vote->for_name);
    page_at(req, v, "At", vote->at);
}

struct err *deal_steps_show(struct request *req, struct view *v, const struct deal *deal)
{
    struct approval round = { 0 };

    if (deal->has_steps)
        TRY(approval_read(req->db, req->arena, KIND, deal->id, &round));
    for (size_t i = 0; i < round.count; i++) {
        const struct approval_step *step = &round.steps[i];
        struct view *row = view_row(v, "Steps");

        view_text(row, "Title", word(req, step->title_en, step->title_zh));
        page_status(req, row, "Status", step_statuses, step->state);
        if (step->vote_count > 1)
            view_text(row, "Need",
                      str_eq(step->need, "any") ? tr(req, N_("one of them is enough"))
                                                : tr(req, N_("all of them")));
        if (str_eq(step->state, "open"))
            page_at(req, row, "Due", step->due_at);
        for (size_t k = 0; k < step->vote_count; k++)
            show_vote(req, row, &step->votes[k]);
    }
    return NULL;
}

static struct err *preview_facts(struct request *req, const struct deal *deal,
                                 struct deal_facts *facts)
{
    struct deal copy = *deal;
    struct deal_tier_row tier = { 0 };

    TRY(db_get(req->db, req->arena, &deal_sql_tier_of, DB_ARGS(DB_I(deal->account_id)), &tier));
    TRY(deal_sum_lines(&copy));
    TRY(deal_report_total(req->db, req->arena, &copy));
    /* What the conflict check finds is nobody's to learn from this. */
    *facts = (struct deal_facts){ .tier_id = tier.tier_id,
                                  .amount = copy.total_report,
                                  .lines = deal->lines,
                                  .line_count = deal->line_count,
                                  .country = deal->country,
                                  .deal_type = deal->deal_type,
                                  .verdict = "different" };
    return NULL;
}

struct err *deal_plan_preview(struct request *req, struct view *v, const struct deal *deal)
{
    const struct deal_rule *plan;
    struct deal_rule *rows;
    struct plan_step_row *steps;
    struct deal_facts facts;
    size_t count, step_count;
    int64_t hours = 0;

    TRY(db_kept(req->db, &plans, &rows, &count));
    if (count == 0)
        return NULL;
    TRY(preview_facts(req, deal, &facts));
    plan = first_plan(rows, count, &facts);
    if (plan == NULL)
        return NULL;
    TRY(db_kept(req->db, &plan_steps_told, &steps, &step_count));
    for (size_t i = 0; i < step_count; i++) {
        struct view *row;

        if (steps[i].plan_id != plan->id)
            continue;
        row = view_row(v, "Plan");
        view_text(row, "Title", word(req, steps[i].title_en, steps[i].title_zh));
        page_int(req, row, "Hours", steps[i].hours);
        hours += steps[i].hours;
    }
    page_int(req, v, "Hours", hours);
    return NULL;
}

/* -- the worker's clock --------------------------------------------------------------------------
 */

struct due_row {
    int64_t id, object_id;
};
static const struct db_field due_fields[] = {
    DB_FIELD(struct due_row, id, DB_I64, 0),
    DB_FIELD(struct due_row, object_id, DB_I64, 0),
    { 0 },
};
#define DUE(ident, name_, key, at, marked)                                                        \
    static const struct db_stmt ident = {                                                         \
        .name = name_,                                                                            \
        .sql = "SELECT s.id, s.object_id FROM approval_step s FORCE INDEX (" key ") "             \
               "JOIN deal d ON d.id = s.object_id AND d.phase = 2 WHERE s.kind = '" KIND          \
               "' AND s.state = 'open' AND s." at " <= UTC_TIMESTAMP(6) AND s." marked " IS NULL" \
               " ORDER BY s." at " LIMIT 100",                                                    \
        .binds = "",                                                                              \
        .fields = due_fields,                                                                     \
        .row_bytes = sizeof(struct due_row),                                                      \
        .flags = DB_LISTS,                                                                        \
    };                                                                                            \
    static const struct db_stmt ident##_mark = {                                                  \
        .name = name_ "_mark",                                                                    \
        .sql = "UPDATE approval_step SET " marked " = UTC_TIMESTAMP(6) WHERE id = ? AND " marked  \
               " IS NULL AND state = 'open'",                                                     \
        .binds = "i",                                                                             \
        .flags = DB_WRITE,                                                                        \
    }
DUE(due_half, "deal.steps_half", "approval_step_half", "half_at", "reminded_at");
DUE(due_late, "deal.steps_late", "approval_step_due", "due_at", "escalated_at");

db_stmt_table deal_step_job_statements[] = { &due_half, &due_half_mark, &due_late, &due_late_mark,
                                             NULL };

struct clock_task {
    struct arena *a;
    const struct db_stmt *mark;
    const char *event;
    bool managers;
    struct due_row row;
};

static struct err *tell_due(struct db *db, void *arg)
{
    const struct clock_task *task = arg;
    struct word word = { .event = task->event, .managers = task->managers };
    struct approval round;
    struct deal *deal;
    int64_t marked;

    TRY(deal_of_worker(db, task->a, task->row.object_id, &deal));
    if (deal == NULL)
        return NULL;
    TRY(db_exec(db, task->mark, DB_ARGS(DB_I(task->row.id)), &marked));
    TRY(approval_read(db, task->a, KIND, deal->id, &round));
    word.step = approval_open_step(&round);
    return marked == 1 && word.step != NULL ? err_pass(tell_step(db, task->a, deal, &word)) : NULL;
}

struct due_list {
    struct arena *a;
    const struct db_stmt *stmt;
    struct due_row *rows;
    size_t count;
};

static struct err *list_due(struct db *db, void *arg)
{
    struct due_list *list = arg;

    return err_pass(db_list(db, list->a, list->stmt, DB_NO_ARGS, &list->rows, &list->count));
}

static struct err *each_due(struct job_context *ctx, const struct db_stmt *stmt,
                            struct clock_task task)
{
    struct due_list list = { .a = ctx->arena, .stmt = stmt };

    TRY(db_transaction(ctx->db, list_due, &list));
    for (size_t i = 0; i < list.count; i++) {
        task.row = list.rows[i];
        TRY(db_transaction(ctx->db, tell_due, &task));
    }
    return NULL;
}

static struct err *timer_steps(struct job_context *ctx, const struct job *job)
{
    (void)job;
    TRY(each_due(
        ctx, &due_half,
        (struct clock_task){ .a = ctx->arena, .mark = &due_half_mark, .event = "deal.half" }));
    return err_pass(each_due(
        ctx, &due_late,
        (struct clock_task){
            .a = ctx->arena, .mark = &due_late_mark, .event = "deal.late", .managers = true }));
}

const struct job_kind deal_step_jobs[] = {
    { .name = "deal.steps", .handler = timer_steps, .timeout_seconds = 120, .every_seconds = 60 },
    { 0 },
};
