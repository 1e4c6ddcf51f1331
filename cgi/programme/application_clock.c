/* programme/application_clock.c */
#include "programme/application_clock.h"

#include "access/audit.h"
#include "access/parameter.h"
#include "attachment/attachment.h"
#include "notification/notification.h"

enum { AT_ONCE = 50, MINUTE = 60 };

/* -- statements ----------------------------------------------------------------------------------
 */

struct waiting {
    int64_t id, row_version, created_at, department_id;
    const char *country, *company_name;
};
static const struct db_field waiting_fields[] = {
    DB_FIELD(struct waiting, id, DB_I64, 0),
    DB_FIELD(struct waiting, row_version, DB_I64, 0),
    DB_FIELD(struct waiting, created_at, DB_AT, 0),
    DB_FIELD(struct waiting, department_id, DB_I64, 0),
    DB_FIELD(struct waiting, country, DB_TEXT, 2),
    DB_FIELD(struct waiting, company_name, DB_TEXT, 800),
    { 0 },
};
#define UNDECIDED "state IN ('applied', 'review') AND "
#define LIST(ident, name_, where, binds_)                                                        \
    static const struct db_stmt ident = {                                                        \
        .name = "programme." name_,                                                              \
        .sql = "SELECT id, row_version, created_at, IFNULL(department_id, 0) AS department_id, " \
               "country, company_name FROM application WHERE " where " ORDER BY id LIMIT ?",     \
        .binds = binds_,                                                                         \
        .fields = waiting_fields,                                                                \
        .row_bytes = sizeof(struct waiting),                                                     \
        .flags = DB_LISTS,                                                                       \
    }
LIST(list_undated, "application_undated", UNDECIDED "due_at IS NULL", "i");
LIST(list_late, "application_late", UNDECIDED "due_at <= UTC_TIMESTAMP(6) AND escalated_at IS NULL",
     "i");
LIST(list_refused, "application_refused_old",
     "purged_at IS NULL AND state = 'rejected' AND decided_at < UTC_TIMESTAMP(6) - INTERVAL ? DAY",
     "ii");
LIST(list_abandoned, "application_abandoned",
     UNDECIDED "updated_at < UTC_TIMESTAMP(6) - INTERVAL ? DAY", "ii");

static const struct db_stmt set_due = {
    .name = "programme.application_due",
    .sql = "UPDATE application SET due_at = ? WHERE id = ? AND due_at IS NULL",
    .binds = "ti",
    .flags = DB_WRITE,
};
static const struct db_stmt mark_late = {
    .name = "programme.application_mark_late",
    .sql = "UPDATE application SET escalated_at = UTC_TIMESTAMP(6) WHERE id = ? AND " UNDECIDED
           "escalated_at IS NULL",
    .binds = "i",
    .flags = DB_WRITE,
};
/* A trigger makes what was not decided abandoned: the worker has no right to the state. */
static const struct db_stmt empty = {
    .name = "programme.application_empty",
    .sql = "UPDATE application SET purged_at = UTC_TIMESTAMP(6), company_name = '', city = '', "
           "address = '', website = '', tax_number = '', tax_key = '', domain_key = '', "
           "contact_name = '', contact_title = '', contact_phone = '', email = '', email_key = '', "
           "remote_addr = '', reason_text = '', updated_at = UTC_TIMESTAMP(6), row_version = "
           "row_version + 1 WHERE id = ? AND row_version = ? AND purged_at IS NULL AND state <> "
           "'accepted'",
    .binds = "ii",
    .flags = DB_WRITE,
};
static const struct db_stmt drop_answers = {
    .name = "programme.application_answers_drop",
    .sql = "DELETE FROM application_answer WHERE application_id = ?",
    .binds = "i",
    .flags = DB_WRITE,
};
db_stmt_table application_clock_statements[] = { &list_undated,   &list_late,    &list_refused,
                                                 &list_abandoned, &set_due,      &mark_late,
                                                 &empty,          &drop_answers, NULL };

/* -- the clock -----------------------------------------------------------------------------------
 */

struct err *application_set_due(struct db *db, struct arena *a, int64_t id, const char *country,
                                int64_t created_at)
{
    struct business_calendar calendar;
    int64_t hours;

    TRY(parameter_now(db, a, PARAM_PROGRAMME_ANSWER_HOURS, &hours));
    TRY(deal_calendar(db, a, country, &calendar));
    return err_pass(
        db_exec(db, &set_due,
                DB_ARGS(DB_T(business_due_at(&calendar, created_at, hours * CLOCK_HOUR, NULL, 0)),
                        DB_I(id)),
                NULL));
}

static bool is_waiting(const struct application *p)
{
    return application_can(application_state_of(p), APPLICATION_REJECT, BY_VENDOR);
}

struct err *application_clock_read(struct db *db, struct arena *a, const struct application *p,
                                   struct deal_clock *clock_out)
{
    struct business_calendar calendar;
    int64_t now, left;

    *clock_out = (struct deal_clock){ 0 };
    if (!is_waiting(p) || p->due_at == 0)
        return NULL;
    TRY(db_now(db, &now));
    TRY(deal_calendar(db, a, p->country, &calendar));
    left = business_used_us(&calendar, now, p->due_at, NULL, 0);
    clock_out->used_us = business_used_us(&calendar, p->created_at, now, NULL, 0);
    clock_out->target_us = p->due_at > now
                               ? clock_out->used_us + left
                               : business_used_us(&calendar, p->created_at, p->due_at, NULL, 0);
    clock_out->due_at = p->due_at;
    clock_out->running = business_is_open(&calendar, now);
    clock_out->opens_at = clock_out->running ? 0 : business_opens_at(&calendar, now);
    return NULL;
}

/* -- jobs ----------------------------------------------------------------------------------------
 */

struct some {
    struct arena *arena;
    size_t count;
};

static struct err *run_some(struct job_context *ctx,
                            struct err *(*do_some)(struct db *db, void *some))
{
    struct some some = { .arena = ctx->arena };

    do
        TRY(db_transaction(ctx->db, do_some, &some));
    while (some.count == AT_ONCE);
    return NULL;
}

/* What came before there was a clock. */
static struct err *date_some(struct db *db, void *arg)
{
    struct some *some = arg;
    struct waiting *rows;

    TRY(db_list(db, some->arena, &list_undated, DB_ARGS(DB_I(AT_ONCE)), &rows, &some->count));
    for (size_t i = 0; i < some->count; i++)
        TRY(application_set_due(db, some->arena, rows[i].id, rows[i].country, rows[i].created_at));
    return NULL;
}

/* Whoever may review it, so that one who is away does not hold it. */
static struct err *tell_late(struct db *db, struct arena *a, const struct waiting *p)
{
    const struct mail_value values[] = {
        { .name = "number", .value = application_number(a, p->id) },
        { .name = "company", .value = p->company_name },
        { 0 },
    };
    struct programme_person *people;
    int64_t changed, *ids;
    size_t count;

    TRY(db_exec(db, &mark_late, DB_ARGS(DB_I(p->id)), &changed));
    if (changed != 1)
        return NULL;
    TRY(db_list(db, a, &programme_sql_reviewers, DB_ARGS(DB_I(p->department_id)), &people, &count));
    ids = arena_array(a, count + 1, sizeof(*ids));
    for (size_t i = 0; i < count; i++)
        ids[i] = people[i].id;
    return err_pass(notification_send(db, a,
                                      &(struct notification){ .event = "programme.late",
                                                              .kind = "application",
                                                              .object_id = p->id,
                                                              .values = values },
                                      ids, count));
}

static struct err *tell_some(struct db *db, void *arg)
{
    struct some *some = arg;
    struct waiting *rows;

    TRY(db_list(db, some->arena, &list_late, DB_ARGS(DB_I(AT_ONCE)), &rows, &some->count));
    for (size_t i = 0; i < some->count; i++)
        TRY(tell_late(db, some->arena, &rows[i]));
    return NULL;
}

static struct err *run_late(struct job_context *ctx, const struct job *job)
{
    (void)job;
    TRY(run_some(ctx, date_some));
    return err_pass(run_some(ctx, tell_some));
}

/* -- emptying ------------------------------------------------------------------------------------
 */

static struct err *empty_one(struct db *db, struct arena *a, const struct waiting *p)
{
    static const struct audit_who system = { .address = "" };
    int64_t changed;

    TRY(db_exec(db, &empty, DB_ARGS(DB_I(p->id), DB_I(p->row_version)), &changed));
    if (changed != 1)
        return NULL; /* somebody took it at that moment */
    TRY(db_exec(db, &drop_answers, DB_ARGS(DB_I(p->id)), NULL));
    TRY(db_exec(db, &programme_sql_match_clear, DB_ARGS(DB_I(p->id)), NULL));
    TRY(attachment_remove_all(db, "application", p->id));
    return err_pass(audit_write(
        db, a, &system,
        &(struct audit_change){ .kind = "application",
                                .object_id = p->id,
                                .action = application_move(APPLICATION_ABANDON)->action }));
}

static struct err *empty_listed(struct db *db, struct some *some, const struct db_stmt *list)
{
    struct waiting *rows;
    int64_t days;

    TRY(parameter_now(db, some->arena, PARAM_KEEP_APPLICATIONS, &days));
    TRY(db_list(db, some->arena, list, DB_ARGS(DB_I(days), DB_I(AT_ONCE)), &rows, &some->count));
    for (size_t i = 0; i < some->count; i++)
        TRY(empty_one(db, some->arena, &rows[i]));
    return NULL;
}

static struct err *empty_refused(struct db *db, void *arg)
{
    return err_pass(empty_listed(db, arg, &list_refused));
}

static struct err *empty_abandoned(struct db *db, void *arg)
{
    return err_pass(empty_listed(db, arg, &list_abandoned));
}

static struct err *run_purge(struct job_context *ctx, const struct job *job)
{
    (void)job;
    TRY(run_some(ctx, empty_refused));
    return err_pass(run_some(ctx, empty_abandoned));
}

const struct job_kind application_clock_jobs[] = {
    { .name = "programme.late",
      .handler = run_late,
      .timeout_seconds = 120,
      .every_seconds = 5 * MINUTE },
    { .name = "programme.purge",
      .handler = run_purge,
      .timeout_seconds = 300,
      .every_seconds = 60 * MINUTE },
    { 0 },
};
