/* programme/tier_jobs.c - the worker's part of tiers: figures rolled up, certificates that end soon
 * told, reviews proposed. */
#include "programme/tier_inside.h"

#include "access/parameter.h"
#include "notification/notification.h"

enum { WARN_DAYS = 60, AT_ONCE = 100, HOUR = 3600 };

static struct err *roll_up(struct db *db, void *arg)
{
    const struct db_stmt *stmt = arg;

    return err_pass(db_exec(db, stmt, DB_NO_ARGS, NULL));
}

static struct err *run_figures(struct job_context *ctx, const struct job *job)
{
    (void)job;
    for (unsigned i = 0; i < TIER_MEASURE_COUNT; i++)
        TRY(db_transaction(ctx->db, roll_up, (void *)(uintptr_t)&tier_sql_roll_up[i]));
    return NULL;
}

struct some {
    struct arena *arena;
    size_t count;
};

/* -- certificates that end ------------------------------------------------------------------------
 */

static struct err *warn_one(struct db *db, struct arena *a, const struct tier_warning *w)
{
    const struct mail_value values[] = {
        { .name = "person", .value = w->person_name },
        { .name = "day", .kind = VALUE_DAY, .number = w->expires_on },
        { 0 },
    };
    const struct notification word = { .event = "programme.certificate",
                                       .kind = "certificate",
                                       .object_id = w->id,
                                       .values = values };
    struct programme_person *people;
    int64_t changed, *ids;
    size_t count;

    TRY(db_exec(db, &tier_sql_warned, DB_ARGS(DB_I(w->id)), &changed));
    if (changed == 0)
        return NULL;
    TRY(db_list(db, a, &programme_sql_everybody, DB_ARGS(DB_I(w->account_id)), &people, &count));
    ids = arena_array(a, count + 1, sizeof(*ids));
    for (size_t i = 0; i < count; i++)
        ids[i] = people[i].id;
    return err_pass(notification_send(db, a, &word, ids, count));
}

static struct err *warn_some(struct db *db, void *arg)
{
    struct some *some = arg;
    struct tier_warning *rows;

    TRY(db_list(db, some->arena, &tier_sql_expiring, DB_ARGS(DB_I(WARN_DAYS), DB_I(AT_ONCE)), &rows,
                &some->count));
    for (size_t i = 0; i < some->count; i++)
        TRY(warn_one(db, some->arena, &rows[i]));
    return NULL;
}

static struct err *run_warnings(struct job_context *ctx, const struct job *job)
{
    struct some some = { .arena = ctx->arena };

    (void)job;
    do
        TRY(db_transaction(ctx->db, warn_some, &some));
    while (some.count == AT_ONCE);
    return NULL;
}

/* -- reviews
 * --------------------------------------------------------------------------------------- */

static struct err *propose_some(struct db *db, void *arg)
{
    struct some *some = arg;
    struct arena *a = some->arena;
    struct tier_ask *tiers;
    struct tier_due *rows;
    size_t tier_count;
    int64_t now, month;

    some->count = 0;
    TRY(db_now(db, &now));
    TRY(parameter_now(db, a, PARAM_PROGRAMME_REVIEW_MONTH, &month));
    const struct civil today = civil_from_us(now);

    if (today.month < month)
        return NULL;
    TRY(tier_read_asks(db, a, &tiers, &tier_count));
    TRY(db_list(db, a, &tier_sql_review_due, DB_ARGS(DB_I(today.year), DB_I(AT_ONCE)), &rows,
                &some->count));
    for (size_t i = 0; i < some->count; i++) {
        const struct tier_ask *reached;
        struct tier_figures figures;
        int64_t tier_id;

        TRY(tier_read_figures(db, a, rows[i].id, &figures, &tier_id));
        reached = tier_reached(tiers, tier_count, &figures);
        TRY(db_exec(db, &tier_sql_review_add,
                    DB_ARGS(DB_I(rows[i].id), DB_I(today.year), DB_ID(tier_id),
                            DB_ID(reached != NULL ? reached->id : 0)),
                    NULL));
    }
    return NULL;
}

static struct err *run_reviews(struct job_context *ctx, const struct job *job)
{
    struct some some = { .arena = ctx->arena };

    (void)job;
    do
        TRY(db_transaction(ctx->db, propose_some, &some));
    while (some.count == AT_ONCE);
    return NULL;
}

const struct job_kind tier_jobs[] = {
    { .name = "programme.figures",
      .handler = run_figures,
      .timeout_seconds = 300,
      .every_seconds = HOUR },
    { .name = "programme.warnings",
      .handler = run_warnings,
      .timeout_seconds = 120,
      .every_seconds = 6 * HOUR },
    { .name = "programme.reviews",
      .handler = run_reviews,
      .timeout_seconds = 120,
      .every_seconds = 6 * HOUR },
    { 0 },
};
