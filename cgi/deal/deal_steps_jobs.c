/* deal/deal_steps_jobs.c - the clock of the steps that are open: a reminder at half of their time,
 * and word to the managers at its end. */
#include "deal/deal_jobs_inside.h"
#include "deal/deal_round.h"
#include "deal/deal_steps.h"

struct due_row {
    int64_t id, object_id;
    const char *kind;
};
static const struct db_field due_fields[] = {
    DB_FIELD(struct due_row, id, DB_I64, 0),
    DB_FIELD(struct due_row, object_id, DB_I64, 0),
    DB_FIELD(struct due_row, kind, DB_TEXT, 20),
    { 0 },
};
#define DUE(ident, name_, key, at, marked)                                                       \
    static const struct db_stmt ident = {                                                        \
        .name = name_,                                                                           \
        .sql = "SELECT s.id, s.object_id, s.kind FROM approval_step s FORCE INDEX (" key ") "    \
               "JOIN deal d ON d.id = s.object_id AND (s.kind = '" DEAL_ROUND                    \
               "' AND d.phase = 2 OR s.kind = '" DEAL_ROUND_AMEND                                \
               "' AND d.state = 'approved') WHERE s.state = 'open' AND s." at                    \
               " <= UTC_TIMESTAMP(6) AND s." marked " IS NULL ORDER BY s." at " LIMIT 100",      \
        .binds = "",                                                                             \
        .fields = due_fields,                                                                    \
        .row_bytes = sizeof(struct due_row),                                                     \
        .flags = DB_LISTS,                                                                       \
    };                                                                                           \
    static const struct db_stmt ident##_mark = {                                                 \
        .name = name_ "_mark",                                                                   \
        .sql = "UPDATE approval_step SET " marked " = UTC_TIMESTAMP(6) WHERE id = ? AND " marked \
               " IS NULL AND state = 'open'",                                                    \
        .binds = "i",                                                                            \
        .flags = DB_WRITE,                                                                       \
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
    struct deal_round_word word = { .event = task->event, .managers = task->managers };
    struct approval round;
    struct deal *deal;
    int64_t marked;

    TRY(deal_of_worker(db, task->a, task->row.object_id, &deal));
    if (deal == NULL)
        return NULL;
    TRY(db_exec(db, task->mark, DB_ARGS(DB_I(task->row.id)), &marked));
    TRY(approval_read(db, task->a, task->row.kind, deal->id, &round));
    word.step = approval_open_step(&round);
    return marked == 1 && word.step != NULL ? err_pass(deal_round_tell(db, task->a, deal, &word))
                                            : NULL;
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
