/* deal/deal_appeal_jobs.c - an appeal finds who decides it.  Until then it has its first reviewer's
 * name, who may do nothing with it. */
#include "base/str.h"
#include "deal/deal_appeal.h"
#include "deal/deal_jobs_inside.h"
#include "deal/deal_jobs_sql.h"
#include "deal/deal_sql.h"

/* -- statements ----------------------------------------------------------------------------------
 */

struct said_row {
    const char *reason;
};
static const struct db_field said_fields[] = {
    DB_FIELD(struct said_row, reason, DB_TEXT, 1000),
    { 0 },
};
/* While nobody was told of it. */
static const struct db_stmt untold = {
    .name = "deal.appeal.untold",
    .sql = "SELECT reason FROM deal_appeal WHERE deal_id = ? AND told_at IS NULL",
    .binds = "i",
    .fields = said_fields,
    .row_bytes = sizeof(struct said_row),
};
static const struct db_stmt mark_told = {
    .name = "deal.appeal.told",
    .sql =
        "UPDATE deal_appeal SET told_at = UTC_TIMESTAMP(6) WHERE deal_id = ? AND told_at IS NULL",
    .binds = "i",
    .flags = DB_WRITE,
};
/* Reminded and escalated anew. */
static const struct db_stmt begin_again = {
    .name = "deal.appeal.begin_again",
    .sql = "UPDATE deal SET reminded_at = NULL, escalated_at = NULL WHERE id = ?",
    .binds = "i",
    .flags = DB_WRITE,
};
static const struct db_stmt nobody = {
    .name = "deal.appeal.nobody",
    .sql = "UPDATE deal SET reviewer_id = NULL, reviewer_name = '' WHERE id = ?",
    .binds = "i",
    .flags = DB_WRITE,
};
db_stmt_table deal_appeal_job_statements[] = { &untold, &mark_told, &begin_again, &nobody, NULL };

/* -- who gets it ---------------------------------------------------------------------------------
 */

static struct err *take_away(struct db *db, struct deal *deal)
{
    int64_t now;

    TRY(db_now(db, &now));
    TRY(db_exec(db, &deal_sql_assign_end, DB_ARGS(DB_T(now), DB_I(deal->id)), NULL));
    TRY(db_exec(db, &nobody, DB_ARGS(DB_I(deal->id)), NULL));
    deal->reviewer_id = 0;
    deal->reviewer_name = "";
    return NULL;
}

static struct err *first_allowed(struct db *db, struct arena *a, const struct deal *deal,
                                 const struct deal_reviewer_row *rows, size_t count,
                                 const struct deal_reviewer_row **row_out)
{
    *row_out = NULL;
    for (size_t i = 0; i < count && *row_out == NULL; i++) {
        bool allows;

        TRY(deal_appeal_allows(db, a, deal, rows[i].id, &allows));
        if (allows)
            *row_out = &rows[i];
    }
    return NULL;
}

/* Of those that look after its department, else of all; nobody: it stays for everybody who may take
 * it. */
static struct err *give_to_another(struct db *db, struct arena *a, struct deal *deal)
{
    const struct deal_actor by = { .who = { .address = "" }, .as = BY_WORKER, .for_user_name = "" };
    const struct deal_reviewer_row *row;
    struct deal_reviewer_row *rows;
    size_t count;

    TRY(db_list(db, a, &deal_sql_reviewers, DB_ARGS(DB_I(deal->department_id)), &rows, &count));
    TRY(first_allowed(db, a, deal, rows, count, &row));
    if (row == NULL) {
        TRY(db_list(db, a, &deal_sql_reviewers_anywhere, DB_NO_ARGS, &rows, &count));
        TRY(first_allowed(db, a, deal, rows, count, &row));
    }
    return row == NULL ? NULL : err_pass(deal_assign(db, a, &by, deal, row->id, row->name));
}

/* Whoever was chosen by hand meanwhile keeps it. */
struct err *deal_appeal_give(struct db *db, struct arena *a, struct deal *deal)
{
    bool allows;

    TRY(deal_appeal_allows(db, a, deal, deal->reviewer_id, &allows));
    if (deal->reviewer_id != 0 && allows)
        return NULL;
    TRY(take_away(db, deal));
    return err_pass(give_to_another(db, a, deal));
}

/* -- the job -------------------------------------------------------------------------------------
 */

static struct err *tell_both(struct db *db, struct arena *a, const struct deal *deal,
                             const char *said)
{
    const struct mail_value reason = { .name = "reason", .value = said };
    const struct mail_value due = { .name = "due", .kind = VALUE_AT, .number = deal->due_at };

    if (deal->reviewer_id != 0)
        TRY(deal_tell_staff(db, a, deal, "deal.appealed", deal->reviewer_id, &reason));
    return err_pass(deal_tell(db, a, deal, "deal.appeal_review", &due));
}

struct appeal_task {
    struct arena *a;
    struct match_names *names;
    int64_t id;
};

static struct err *begin_review(struct db *db, void *arg)
{
    const struct appeal_task *task = arg;
    struct said_row row;
    struct deal *deal;
    int64_t marked;
    bool found;

    TRY(deal_of_worker(db, task->a, task->id, &deal));
    TRY(db_one(db, task->a, &untold, DB_ARGS(DB_I(task->id)), &row, &found));
    if (deal == NULL || deal->state != DEAL_REVIEW || !found)
        return NULL;
    TRY(db_exec(db, &mark_told, DB_ARGS(DB_I(task->id)), &marked));
    if (marked != 1)
        return NULL;
    TRY(deal_load_lines(db, task->a, deal));
    TRY(db_exec(db, &begin_again, DB_ARGS(DB_I(deal->id)), NULL));
    TRY(deal_judge_again(db, task->a, task->names, deal));
    TRY(deal_appeal_give(db, task->a, deal));
    return err_pass(tell_both(db, task->a, deal, row.reason));
}

struct err *deal_appeal_run(struct job_context *ctx, const struct job *job,
                            struct match_names *names)
{
    struct appeal_task task = { .a = ctx->arena, .names = names, .id = job->ref };

    return err_pass(db_transaction(ctx->db, begin_review, &task));
}
