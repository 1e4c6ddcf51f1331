/* identity/identity_jobs.c - what the worker does for identity: it alone looks up whether an
 * address that was typed for a reset belongs to somebody, so that the page cannot tell. */
#include "identity/identity_inside.h"

#include "base/str.h"
#include "job/outbox.h"
#include "job/values.h"

#include <string.h>

enum { RESETS_AN_HOUR = 5 };

struct reset_user {
    int64_t id, asked;
};
static const struct db_field reset_fields[] = {
    DB_FIELD(struct reset_user, id, DB_I64, 0),
    DB_FIELD(struct reset_user, asked, DB_I64, 0),
    { 0 },
};
static const struct db_stmt reset_user_find = {
    .name = "identity.reset_user",
    .sql = "SELECT u.id, (SELECT COUNT(*) FROM link_token l WHERE l.user_id = u.id AND"
           " l.kind = 'reset' AND l.created_at > UTC_TIMESTAMP(6) - INTERVAL 1 HOUR) AS asked"
           " FROM user u WHERE u.email_key = ? AND u.status = 'active'",
    .binds = "s",
    .fields = reset_fields,
    .row_bytes = sizeof(struct reset_user),
};

db_stmt_table identity_job_statements[] = { &reset_user_find, NULL };

struct reset {
    struct job_context *ctx;
    const struct job *job;
    struct arena *arena;
    const char *key, *address;
};

static struct err *audit_asked(struct db *db, const struct reset *r, int64_t user_id)
{
    const struct audit_who who = { .address = r->address };
    const struct audit_change change = { .kind = "user",
                                         .object_id = user_id,
                                         .action = "password.asked" };

    return err_pass(audit_write(db, r->arena, &who, &change));
}

/* More links than anybody needs would only fill somebody's mailbox. */
static struct err *send_reset(struct db *db, void *arg)
{
    const struct reset *r = arg;
    const struct mail_value values[] = { { .name = "Address", .value = r->address }, { 0 } };
    struct reset_user user;
    bool found, mine;

    TRY(job_end_within(r->ctx, db, r->job, &mine));
    if (!mine)
        return NULL;
    TRY(db_one(db, r->arena, &reset_user_find, DB_ARGS(DB_S(r->key)), &user, &found));
    if (!found || user.asked >= RESETS_AN_HOUR)
        return NULL;
    const struct mail mail = {
        .template = "identity/reset",
        .user_id = user.id,
        .kind = "",
        .reason = N_("Somebody asked for a new password for this address."),
        .values = values,
        .link = "reset",
    };

    TRY(outbox_add(db, r->arena, &mail));
    return err_pass(audit_asked(db, r, user.id));
}

static struct err *run_reset(struct job_context *ctx, const struct job *job)
{
    struct reset r = { .ctx = ctx, .job = job, .arena = ctx->arena, .key = "", .address = "" };
    struct mail_value *values;

    TRY(values_read(ctx->arena, job->payload, &values));
    for (; values->name != NULL; values++) {
        if (str_eq(values->name, "Key"))
            r.key = values->value;
        else if (str_eq(values->name, "Address"))
            r.address = values->value;
    }
    return err_pass(db_transaction(ctx->db, send_reset, &r));
}

const struct job_kind identity_jobs[] = {
    { .name = "identity.reset", .handler = run_reset, .retries = 5, .timeout_seconds = 30 },
    { 0 },
};

struct err *identity_invite(struct db *db, struct arena *a, int64_t user_id, const char *by_name,
                            const char *account_name)
{
    const struct mail_value values[] = { { .name = "By", .value = by_name },
                                         { .name = "Account", .value = account_name },
                                         { 0 } };
    const struct mail mail = {
        .template = "identity/invite",
        .user_id = user_id,
        .kind = "",
        .reason = N_("You were invited to the portal."),
        .values = values,
        .link = "invite",
    };

    return err_pass(outbox_add(db, a, &mail));
}

struct err *identity_mail_about(struct db *db, struct arena *a, int64_t user_id,
                                const char *template, const char *reason)
{
    const struct mail mail = {
        .template = template, .user_id = user_id, .kind = "", .reason = reason
    };

    return err_pass(outbox_add(db, a, &mail));
}
