/* lead/lead_jobs.c - a lead at a time, each in a transaction of its own. */
#include "lead/lead_jobs.h"

#include "base/log.h"
#include "lead/lead_inside.h"
#include "lead/lead_route.h"

enum { MINUTE = 60 };

static const struct db_field id_fields[] = { DB_FIELD(struct lead_id_row, id, DB_I64, 0), { 0 } };
#define DUE(ident, name_, index, column, phase)                                                  \
    static const struct db_stmt ident = {                                                        \
        .name = name_,                                                                           \
        .sql = "SELECT id FROM lead FORCE INDEX (" index ") WHERE phase = " phase " AND " column \
               " <= UTC_TIMESTAMP(6) ORDER BY " column " LIMIT 200",                             \
        .binds = "",                                                                             \
        .fields = id_fields,                                                                     \
        .row_bytes = sizeof(struct lead_id_row),                                                 \
        .flags = DB_LISTS,                                                                       \
    }
DUE(due_unanswered, "lead.due_unanswered", "lead_due", "due_at", "2");
DUE(due_idle, "lead.due_idle", "lead_due", "due_at", "3");
DUE(due_warn_answer, "lead.due_warn_answer", "lead_warn", "warn_at", "2");
DUE(due_warn_work, "lead.due_warn_work", "lead_warn", "warn_at", "3");

static const struct db_stmt mark_warned = {
    .name = "lead.mark_warned",
    .sql = "UPDATE lead SET warn_at = NULL WHERE id = ? AND warn_at <= UTC_TIMESTAMP(6)",
    .binds = "i",
    .flags = DB_WRITE,
};
struct judged_row {
    int64_t judged_at;
};
static const struct db_field judged_fields[] = {
    DB_NULLABLE(struct judged_row, judged_at, DB_AT, 0),
    { 0 },
};
static const struct db_stmt judged = {
    .name = "lead.judged",
    .sql = "SELECT judged_at FROM lead_staff WHERE lead_id = ?",
    .binds = "i",
    .fields = judged_fields,
    .row_bytes = sizeof(struct judged_row),
};

struct wish_row {
    const char *name;
};
static const struct db_field wish_fields[] = {
    DB_FIELD(struct wish_row, name, DB_TEXT, 300),
    { 0 },
};
static const struct db_stmt newest_wish = {
    .name = "lead.newest_wish",
    .sql = "SELECT a.name FROM lead_wish w JOIN account a ON a.id = w.account_id WHERE w.lead_id = "
           "? ORDER BY w.wished_at DESC LIMIT 1",
    .binds = "i",
    .fields = wish_fields,
    .row_bytes = sizeof(struct wish_row),
};

db_stmt_table lead_job_statements[] = { &newest_wish,   &due_unanswered,
                                        &due_idle,      &due_warn_answer,
                                        &due_warn_work, &mark_warned,
                                        &judged,        NULL };

/* -- one lead ------------------------------------------------------------------------------------
 */

/* Loaded anew, since it may have changed meanwhile. */
struct task {
    struct arena *a;
    int64_t id;
    struct match_names *names;
    struct err *(*act)(struct db *db, struct task *task, struct lead *lead);
    /* Of one whose mails must not go out twice: ended with what it does. */
    struct job_context *ctx;
    const struct job *job;
};

static struct err *with_lead(struct db *db, void *arg)
{
    struct task *task = arg;
    struct lead *lead;
    bool mine = true;

    if (task->job != NULL)
        TRY(job_end_within(task->ctx, db, task->job, &mine));
    if (!mine)
        return NULL;
    TRY(lead_of_worker(db, task->a, task->id, &lead));
    return lead == NULL ? NULL : err_pass(task->act(db, task, lead));
}

static struct err *route(struct db *db, struct task *task, struct lead *lead)
{
    struct judged_row row = { 0 };
    enum lead_routed routed;
    bool found;

    TRY(db_one(db, task->a, &judged, DB_ARGS(DB_I(lead->id)), &row, &found));
    if (found && row.judged_at == 0)
        TRY(lead_judge(db, task->a, task->names, lead));
    return err_pass(lead_route(db, task->a, lead, &routed));
}

struct err *lead_route_run(struct job_context *ctx, const struct job *job,
                           struct match_names *names)
{
    struct task task = { .a = ctx->arena, .id = job->ref, .names = names, .act = route };

    return err_pass(db_transaction(ctx->db, with_lead, &task));
}

static struct err *tell_wish(struct db *db, struct task *task, struct lead *lead)
{
    struct mail_value who = { .name = "partner" };
    struct wish_row row;
    bool found;

    TRY(db_one(db, task->a, &newest_wish, DB_ARGS(DB_I(lead->id)), &row, &found));
    if (!found || lead_state_phase(lead->state) != LEAD_NOBODYS)
        return NULL;
    who.value = row.name;
    return err_pass(lead_tell_staff(db, task->a, lead, "lead.wished", &who));
}

static struct err *job_wished(struct job_context *ctx, const struct job *job)
{
    struct task task = {
        .a = ctx->arena, .id = job->ref, .act = tell_wish, .ctx = ctx, .job = job
    };

    return err_pass(db_transaction(ctx->db, with_lead, &task));
}

/* -- clocks --------------------------------------------------------------------------------------
 */

static struct lead_actor the_clock(void)
{
    return (struct lead_actor){ .who = { .address = "" }, .as = LEAD_BY_WORKER };
}

static struct err *take_back(struct db *db, struct task *task, struct lead *lead)
{
    const struct lead_actor by = the_clock();
    const bool unanswered = lead->state == LEAD_ASSIGNED;
    const struct lead_change change = { .verb = unanswered ? LEAD_TIME_OUT : LEAD_RECALL,
                                        .reason_code = "not_worked_on",
                                        .reason_text = "" };
    int64_t now;

    TRY(db_now(db, &now));
    if (lead->due_at == 0 || lead->due_at > now || !lead_can(lead->state, change.verb, by.as))
        return NULL;
    return err_pass(lead_apply(db, task->a, &by, lead, &change));
}

static struct err *warn(struct db *db, struct task *task, struct lead *lead)
{
    const char *event = lead->state == LEAD_ASSIGNED ? "lead.answer_soon" : "lead.work_soon";
    const struct mail_value due = { .name = "due", .kind = VALUE_AT, .number = lead->due_at };
    int64_t changed;

    TRY(db_exec(db, &mark_warned, DB_ARGS(DB_I(lead->id)), &changed));
    if (changed != 1 || lead->account_id == 0)
        return NULL;
    return err_pass(lead_tell_partner(db, task->a, lead, lead->account_id, event, &due));
}

struct due {
    struct arena *a;
    const struct db_stmt *stmt;
    struct lead_id_row *rows;
    size_t count;
};

static struct err *list_due(struct db *db, void *arg)
{
    struct due *due = arg;

    return err_pass(db_list(db, due->a, due->stmt, DB_NO_ARGS, &due->rows, &due->count));
}

/* One that fails is logged and left for the next round: it must not hold up the others. */
static struct err *each_due(struct job_context *ctx, const struct db_stmt *stmt,
                            struct err *(*act)(struct db *db, struct task *task, struct lead *lead))
{
    struct due due = { .a = ctx->arena, .stmt = stmt };

    TRY(db_transaction(ctx->db, list_due, &due));
    for (size_t i = 0; i < due.count; i++) {
        struct task task = { .a = ctx->arena, .id = due.rows[i].id, .act = act };
        struct err *e = db_transaction(ctx->db, with_lead, &task);

        if (err_is(e, ERR_UNAVAILABLE))
            return err_pass(e);
        if (e != NULL)
            log_event(LOG_WARN, "lead.timer", LOG_I("lead", due.rows[i].id),
                      LOG_S("statement", stmt->name), LOG_S("message", err_message(e)));
        err_free(e);
    }
    return NULL;
}

struct err *lead_clocks_run(struct job_context *ctx)
{
    TRY(each_due(ctx, &due_unanswered, take_back));
    TRY(each_due(ctx, &due_idle, take_back));
    TRY(each_due(ctx, &due_warn_answer, warn));
    return err_pass(each_due(ctx, &due_warn_work, warn));
}

static struct err *timer_clocks(struct job_context *ctx, const struct job *job)
{
    (void)job;
    return err_pass(lead_clocks_run(ctx));
}

const struct job_kind lead_jobs[] = {
    { .name = "lead.wished", .handler = job_wished, .retries = 8, .timeout_seconds = 30 },
    { .name = "lead.clocks",
      .handler = timer_clocks,
      .timeout_seconds = 120,
      .every_seconds = MINUTE },
    { 0 },
};
