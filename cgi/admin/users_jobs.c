/* admin/users_jobs.c - what company administrators asked for, done by the worker.  It believes
 * nothing of the job but who asked and for what: that person must be an active administrator of the
 * account at this moment, and the rules are those of the page. */
#include "admin/users_inside.h"

#include "access/role.h"
#include "access/session.h"
#include "base/log.h"
#include "base/str.h"
#include "job/values.h"
#include "notification/notification.h"
#include "text/latin.h"

#include <string.h>

struct ask {
    struct job_context *ctx;
    struct err *(*change)(struct db *db, void *ask);
    struct arena *arena;
    const struct job *job;
    const struct mail_value *values;
    struct company_admin admin;
    struct actor actor;
    struct audit_who who;
};

static const char *value(const struct ask *ask, const char *name)
{
    for (const struct mail_value *v = ask->values; v->name != NULL; v++) {
        if (str_eq(v->name, name))
            return v->value;
    }
    return "";
}

static int64_t number(const struct ask *ask, const char *name)
{
    int64_t n;

    return str_to_i64(value(ask, name), &n) ? n : 0;
}

/* Each program speaks for its own audience alone. */
static bool is_own_program(const struct ask *ask)
{
    return str_starts(ask->job->asked_by, "fw_") &&
           str_eq(ask->job->asked_by + strlen("fw_"), ask->admin.audience);
}

/* Who asked, as an administrator of his account; USERS_GONE when he is none. */
static struct err *find_admin(struct db *db, struct ask *ask, enum users_verdict *verdict_out)
{
    bool found;

    *verdict_out = USERS_GONE;
    TRY(db_one(db, ask->arena, &users_company_admin,
               DB_ARGS(DB_I(number(ask, "By")), DB_I(number(ask, "Account"))), &ask->admin,
               &found));
    if (!found || !is_own_program(ask))
        return NULL;
    ask->actor = actor_nobody(LANG_EN);
    ask->actor.user_id = ask->admin.id;
    ask->actor.audience = audience_find(ask->admin.audience);
    TRY(role_permissions(db, ask->arena, ask->admin.id, &ask->actor.permissions));
    ask->who = (struct audit_who){ .actor = &ask->actor, .address = value(ask, "Address") };
    return err_pass(users_still_admin(db, ask->admin.id, verdict_out));
}

/* A verdict here was none when the page was sent: somebody changed something meanwhile. */
static void log_refused(const struct ask *ask, enum users_verdict verdict)
{
    log_event(LOG_INFO, "users.refused", LOG_S("kind", ask->job->kind), LOG_I("job", ask->job->id),
              LOG_I("verdict", verdict));
}

static struct err *check_roles(struct db *db, struct ask *ask, int64_t user_id,
                               struct users_roles roles, struct role_list *list,
                               enum users_verdict *verdict)
{
    TRY(find_admin(db, ask, verdict));
    if (*verdict != USERS_OK)
        return NULL;
    TRY(role_list_read(db, ask->arena, ask->admin.audience, list));
    *verdict = users_roles_check(list, ask->actor.audience, &ask->actor.permissions, ask->admin.id,
                                 user_id, roles);
    if (*verdict != USERS_OK)
        return NULL;
    return err_pass(users_limit_check(db, ask->arena,
                                      &(struct users_limit){ .audience = ask->actor.audience,
                                                             .account_id = number(ask, "Account"),
                                                             .one_more = user_id == 0,
                                                             .hold = true },
                                      roles, verdict));
}

static struct err *invite(struct db *db, void *arg)
{
    struct ask *ask = arg;
    struct users_roles roles = users_roles_read(ask->arena, value(ask, "Roles"));
    enum users_verdict verdict;
    struct role_list list;
    int64_t user_id;

    TRY(check_roles(db, ask, 0, roles, &list, &verdict));
    if (verdict != USERS_OK) {
        log_refused(ask, verdict);
        return NULL;
    }
    const struct users_invite in = {
        .audience = ask->admin.audience,
        .email = value(ask, "Email"),
        .name = value(ask, "Name"),
        .title = value(ask, "Title"),
        .language = value(ask, "Language"),
        .zone = ask->admin.zone,
        .scope = "own",
        .account_id = number(ask, "Account"),
        .roles = roles,
        .by_name = ask->admin.name,
        .account_name = ask->admin.account_name,
        .secret = true,
    };

    return err_pass(users_invite_add(db, ask->arena, &ask->who, &in, &verdict, &user_id));
}

static struct err *find_user(struct db *db, struct ask *ask, struct user_row *user, bool *found)
{
    return err_pass(db_one(db, ask->arena, &users_company_by_id,
                           DB_ARGS(DB_I(number(ask, "Account")), DB_I(ask->job->ref)), user,
                           found));
}

static struct err *set_roles(struct db *db, void *arg)
{
    struct ask *ask = arg;
    struct users_roles roles = users_roles_read(ask->arena, value(ask, "Roles"));
    enum users_verdict verdict;
    struct role_list list;
    struct user_row user;
    bool found = false;

    TRY(check_roles(db, ask, ask->job->ref, roles, &list, &verdict));
    if (verdict == USERS_OK)
        TRY(find_user(db, ask, &user, &found));
    if (!found) {
        log_refused(ask, verdict);
        return NULL;
    }
    return err_pass(users_roles_set(db, ask->arena, &ask->who, &list, user.id,
                                    users_roles_read(ask->arena, user.role_ids), roles));
}

static struct err *end_sessions(struct db *db, void *arg)
{
    struct ask *ask = arg;
    enum users_verdict verdict;
    struct user_row user;
    bool found = false;

    TRY(find_admin(db, ask, &verdict));
    if (verdict == USERS_OK)
        TRY(find_user(db, ask, &user, &found));
    if (!found) {
        log_refused(ask, verdict);
        return NULL;
    }
    return err_pass(session_end_all(db, user.id, 0));
}

static struct err *invite_again(struct db *db, void *arg)
{
    struct ask *ask = arg;
    enum users_verdict verdict;
    struct user_row user;
    bool found = false;

    TRY(find_admin(db, ask, &verdict));
    if (verdict == USERS_OK)
        TRY(find_user(db, ask, &user, &found));
    if (!found || !str_eq(user.status, "invited")) {
        log_refused(ask, verdict);
        return NULL;
    }
    return err_pass(users_invite_send(db, ask->arena, &user, ask->admin.name));
}

/* The job ends with the change: mails and the log of events have it once. */
static struct err *change_once(struct db *db, void *arg)
{
    struct ask *ask = arg;
    bool mine;

    TRY(job_end_within(ask->ctx, db, ask->job, &mine));
    return mine ? err_pass(ask->change(db, ask)) : NULL;
}

static struct err *run(struct job_context *ctx, const struct job *job,
                       struct err *(*change)(struct db *db, void *arg))
{
    struct ask ask = { .ctx = ctx, .change = change, .arena = ctx->arena, .job = job };
    struct mail_value *values;

    TRY(values_read(ctx->arena, job->payload, &values));
    ask.values = values;
    return err_pass(db_transaction(ctx->db, change_once, &ask));
}

static struct err *run_invite(struct job_context *ctx, const struct job *job)
{
    return err_pass(run(ctx, job, invite));
}

static struct err *run_roles(struct job_context *ctx, const struct job *job)
{
    return err_pass(run(ctx, job, set_roles));
}

static struct err *run_end_sessions(struct job_context *ctx, const struct job *job)
{
    return err_pass(run(ctx, job, end_sessions));
}

static struct err *run_reinvite(struct job_context *ctx, const struct job *job)
{
    return err_pass(run(ctx, job, invite_again));
}

/* -- an invitation was accepted ---------------------------------------------------------- */

static struct err *tell_joined(struct db *db, struct arena *a, int64_t user_id,
                               const struct users_joined_row *user)
{
    const struct mail_value values[] = { { .name = "name", .value = user->name }, { 0 } };
    const struct notification word = {
        .event = "user.joined", .kind = "user", .object_id = user_id, .values = values
    };
    struct users_told_row *rows;
    int64_t *ids;
    size_t count;

    TRY(db_list(db, a, &users_joined_told,
                DB_ARGS(DB_I(user->account_id), DB_I(user_id), DB_I(user_id)), &rows, &count));
    ids = arena_array(a, count + 1, sizeof(*ids));
    for (size_t i = 0; i < count; i++)
        ids[i] = rows[i].id;
    return err_pass(notification_send(db, a, &word, ids, count));
}

/* Of the job nothing is believed but whom it names: he must be there. */
static struct err *joined(struct db *db, void *arg)
{
    struct ask *ask = arg;
    struct users_joined_row user;
    bool mine, found;

    TRY(job_end_within(ask->ctx, db, ask->job, &mine));
    if (!mine)
        return NULL;
    TRY(db_one(db, ask->arena, &users_joined, DB_ARGS(DB_I(ask->job->ref)), &user, &found));
    return found ? err_pass(tell_joined(db, ask->arena, ask->job->ref, &user)) : NULL;
}

static struct err *run_joined(struct job_context *ctx, const struct job *job)
{
    struct ask ask = { .ctx = ctx, .arena = ctx->arena, .job = job };

    return err_pass(db_transaction(ctx->db, joined, &ask));
}

/* -- names to sort by ------------------------------------------------------------------ */

enum { NAMES_AT_ONCE = 200, NAMES_SECONDS = 10 };

struct naming {
    struct arena *arena;
    size_t count;
};

static struct err *name_one(struct db *db, struct arena *a, struct text_ctx *text,
                            const struct users_name *row)
{
    const char *key = text_latin_key(text, a, row->name);

    /* A name without letters stands last; '' would be asked for again for good. */
    return err_pass(db_exec(db, &users_name_key_set,
                            DB_ARGS(DB_S(*key != '\0' ? key : "~"), DB_I(row->id), DB_S(row->name)),
                            NULL));
}

static struct err *name_some(struct db *db, void *arg)
{
    struct naming *naming = arg;
    struct text_ctx *text;
    struct users_name *rows;
    struct err *e = NULL;

    TRY(db_list(db, naming->arena, &users_names_without_key, DB_ARGS(DB_I(NAMES_AT_ONCE)), &rows,
                &naming->count));
    if (naming->count == 0)
        return NULL;
    TRY(text_ctx_new(&text));
    for (size_t i = 0; i < naming->count && e == NULL; i++)
        e = name_one(db, naming->arena, text, &rows[i]);
    text_ctx_free(text);
    return err_pass(e);
}

static struct err *run_names(struct job_context *ctx, const struct job *job)
{
    struct naming naming = { .arena = ctx->arena };

    (void)job;
    do
        TRY(db_transaction(ctx->db, name_some, &naming));
    while (naming.count == NAMES_AT_ONCE);
    return NULL;
}

const struct job_kind users_jobs[] = {
    { .name = "users.names",
      .handler = run_names,
      .timeout_seconds = 300,
      .every_seconds = NAMES_SECONDS },
    { .name = "users.invite", .handler = run_invite, .retries = 5, .timeout_seconds = 30 },
    { .name = "users.joined", .handler = run_joined, .retries = 5, .timeout_seconds = 30 },
    { .name = "users.reinvite", .handler = run_reinvite, .retries = 5, .timeout_seconds = 30 },
    { .name = "users.roles", .handler = run_roles, .retries = 5, .timeout_seconds = 30 },
    { .name = "users.end_sessions",
      .handler = run_end_sessions,
      .retries = 5,
      .timeout_seconds = 30 },
    { 0 },
};
