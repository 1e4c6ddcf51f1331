/* lead/lead.c - leads are made and changed; each change leaves its step and its audit event. */
#include "lead/lead.h"

#include "base/str.h"
#include "crypt/canon.h"
#include "job/queue.h"
#include "lead/lead_inside.h"

#include <ctype.h>
#include <stdio.h>

int64_t lead_actor_user(const struct lead_actor *by)
{
    return by->who.actor != NULL ? by->who.actor->user_id : 0;
}

const char *lead_actor_name(const struct lead_actor *by)
{
    return by->who.actor != NULL && by->who.actor->name != NULL ? by->who.actor->name : "";
}

const char *lead_actor_audience(const struct lead_actor *by)
{
    return by->who.actor != NULL ? audience_name(by->who.actor->audience) : "system";
}

/* -- steps and the audit trail -------------------------------------------------------------------
 */

static const char *text_or_none(const char *text)
{
    return text != NULL ? text : "";
}

struct err *lead_write_step(struct db *db, const struct lead_actor *by, const struct lead *lead,
                            const char *action, const struct lead_change *change)
{
    static const struct lead_change none;
    int64_t now;

    change = change != NULL ? change : &none;
    TRY(db_now(db, &now));
    return err_pass(db_exec(
        db, &lead_sql_step,
        DB_ARGS(DB_I(lead->id), DB_I(lead->row_version), DB_S(lead_state_code(lead->state)),
                DB_S(action), DB_T(now), DB_I(lead_actor_user(by)), DB_S(lead_actor_name(by)),
                DB_S(lead_actor_audience(by)), DB_ID(change->account_id),
                DB_S(text_or_none(change->account_name)), DB_S(text_or_none(change->reason_code)),
                DB_S(text_or_none(change->reason_text))),
        NULL));
}

struct err *lead_write_audit(struct db *db, struct arena *a, const struct lead_actor *by,
                             const struct lead *lead, const char *action, const char *before_state,
                             const struct lead_change *change)
{
    static const struct lead_change none;
    struct audit_change event = { .kind = LEAD_KIND, .object_id = lead->id, .action = action };

    change = change != NULL ? change : &none;
    const struct canon before[] = { CANON_T("state", before_state) };
    const struct canon after[] = {
        CANON_N("account", change->account_id),
        CANON_T("reason", text_or_none(change->reason_code)),
        CANON_T("reason_text", text_or_none(change->reason_text)),
        CANON_T("state", lead_state_code(lead->state)),
    };

    if (*before_state != '\0')
        TRY(canon_text(a, before, ARRAY_LEN(before), &event.before));
    TRY(canon_text(a, after, ARRAY_LEN(after), &event.after));
    return err_pass(audit_write(db, a, &by->who, &event));
}

/* -- made and changed ----------------------------------------------------------------------------
 */

/* Capitals do not tell two addresses apart. */
static const char *email_key(struct arena *a, const char *email)
{
    char *key = arena_dup(a, email);

    for (char *c = key; *c != '\0'; c++)
        *c = (char)tolower((unsigned char)*c);
    return key;
}

struct err *lead_create(struct db *db, struct arena *a, const struct lead_actor *by,
                        struct lead *lead)
{
    const char *action = lead_move(LEAD_CREATE)->action;
    int64_t now;

    if ((lead_move(LEAD_CREATE)->who & by->as) == 0)
        return err_raise(ERR_BUG, "a lead made by nobody who may");
    TRY(db_now(db, &now));
    TRY(db_insert(db, &lead_sql_insert,
                  DB_ARGS(DB_S(lead->company_name), DB_S(lead->country), DB_S(lead->region),
                          DB_S(lead->city), DB_S(lead->website), DB_S(lead->person_name),
                          DB_S(lead->person_title), DB_S(lead->email), DB_S(lead->phone),
                          DB_ID(lead->product_line_id), DB_S(lead->budget), DB_S(lead->timeframe),
                          DB_S(lead->lang), DB_S(lead->note), DB_S(lead->source),
                          DB_S(lead->campaign), DB_S(text_or_none(lead->consent_text)),
                          DB_T(lead->consent_at), DB_I(lead->score), DB_T(now), DB_T(now)),
                  &lead->id));
    lead->row_version = 1;
    lead->state = LEAD_NEW;
    lead->created_by = by->as == LEAD_BY_STAFF ? lead_actor_user(by) : 0;
    TRY(db_exec(db, &lead_sql_insert_staff,
                DB_ARGS(DB_I(lead->id), DB_ID(lead->created_by), DB_S(email_key(a, lead->email))),
                NULL));
    TRY(lead_write_step(db, by, lead, action, NULL));
    return err_pass(lead_write_audit(db, a, by, lead, action, "", NULL));
}

static struct err *changed_meanwhile(const struct lead *lead)
{
    return err_with_detail(err_raise(ERR_CONFLICT, "lead %lld changed", (long long)lead->id),
                           "version");
}

struct err *lead_update(struct db *db, struct arena *a, const struct lead_actor *by,
                        struct lead *lead, const char *before, const char *after)
{
    const struct audit_change event = { .kind = LEAD_KIND,
                                        .object_id = lead->id,
                                        .action = "lead.edit",
                                        .before = before,
                                        .after = after };
    int64_t now, changed;

    TRY(db_now(db, &now));
    TRY(lead_score_now(db, a, lead));
    TRY(db_exec(db, &lead_sql_update,
                DB_ARGS(DB_S(lead->company_name), DB_S(lead->country), DB_S(lead->region),
                        DB_S(lead->city), DB_S(lead->website), DB_S(lead->person_name),
                        DB_S(lead->person_title), DB_S(lead->email), DB_S(lead->phone),
                        DB_ID(lead->product_line_id), DB_S(lead->budget), DB_S(lead->timeframe),
                        DB_S(lead->lang), DB_S(lead->note), DB_S(lead->source),
                        DB_S(lead->campaign), DB_I(lead->score), DB_T(now), DB_I(lead->id),
                        DB_I(lead->row_version)),
                &changed));
    if (changed != 1)
        return changed_meanwhile(lead);
    lead->row_version++;
    TRY(lead_write_step(db, by, lead, event.action, NULL));
    return err_pass(audit_write(db, a, &by->who, &event));
}

struct err *lead_worked(struct db *db, struct arena *a, struct lead *lead)
{
    int64_t now, changed;

    TRY(db_now(db, &now));
    TRY(lead_clock_work(db, a, lead->account_id, &lead->due_at, &lead->warn_at));
    TRY(db_exec(db, &lead_sql_worked,
                DB_ARGS(DB_T(lead->due_at), DB_T(lead->warn_at), DB_T(now), DB_T(now),
                        DB_I(lead->id), DB_I(lead->row_version)),
                &changed));
    return changed == 1 ? NULL : changed_meanwhile(lead);
}

struct err *lead_set_pool(struct db *db, struct arena *a, const struct lead_actor *by,
                          struct lead *lead, const char *how)
{
    const struct lead_change change = { .reason_code = how };
    const char *action = *how != '\0' ? "lead.pool" : "lead.unpool";
    int64_t now, changed;

    if (lead_state_phase(lead->state) != LEAD_NOBODYS)
        return err_with_detail(err_raise(ERR_CONFLICT, "somebody has it"), "state");
    TRY(db_now(db, &now));
    TRY(db_exec(db, &lead_sql_pool,
                DB_ARGS(DB_S(how), DB_T(*how != '\0' ? now : 0), DB_T(now), DB_I(lead->id),
                        DB_I(lead->row_version)),
                &changed));
    if (changed != 1)
        return changed_meanwhile(lead);
    lead->row_version++;
    lead->pool = how;
    TRY(lead_write_step(db, by, lead, action, &change));
    return err_pass(
        lead_write_audit(db, a, by, lead, action, lead_state_code(lead->state), &change));
}

struct err *lead_ask_routing(struct db *db, int64_t lead_id)
{
    char key[40];

    snprintf(key, sizeof(key), "lead.route %lld", (long long)lead_id);
    return err_pass(job_add(db, "lead.route", lead_id, 0, NULL, key));
}

struct err *lead_ask_telling(struct db *db, int64_t lead_id)
{
    return err_pass(job_add(db, "lead.wished", lead_id, 0, NULL, NULL));
}

/* -- reading -------------------------------------------------------------------------------------
 */

static struct err *load(struct db *db, struct arena *a, const struct db_stmt *stmt,
                        const struct db_arg *args, struct lead **lead_out)
{
    struct lead *lead = arena_alloc(a, sizeof(*lead));
    bool found;

    *lead_out = NULL;
    TRY(db_one(db, a, stmt, args, lead, &found));
    if (!found)
        return NULL;
    lead->state = lead_state_find(lead->state_code);
    *lead_out = lead;
    return NULL;
}

struct err *lead_of_account(struct db *db, struct arena *a, int64_t account_id, int64_t id,
                            struct lead **lead_out)
{
    return err_pass(
        load(db, a, &lead_sql_of_account, DB_ARGS(DB_I(account_id), DB_I(id)), lead_out));
}

struct err *lead_of_link(struct db *db, struct arena *a, int64_t account_id, int64_t id,
                         struct lead **lead_out)
{
    return err_pass(load(db, a, &lead_sql_of_link, DB_ARGS(DB_I(account_id), DB_I(id)), lead_out));
}

struct err *lead_of_pool(struct db *db, struct arena *a, int64_t id, struct lead **lead_out)
{
    return err_pass(load(db, a, &lead_sql_of_pool, DB_ARGS(DB_I(id)), lead_out));
}

struct err *lead_of_staff(struct db *db, struct arena *a, int64_t low, int64_t high, int64_t id,
                          struct lead **lead_out)
{
    return err_pass(
        load(db, a, &lead_sql_of_staff, DB_ARGS(DB_I(low), DB_I(high), DB_I(id)), lead_out));
}

struct err *lead_of_worker(struct db *db, struct arena *a, int64_t id, struct lead **lead_out)
{
    return err_pass(load(db, a, &lead_sql_of_worker, DB_ARGS(DB_I(id)), lead_out));
}
