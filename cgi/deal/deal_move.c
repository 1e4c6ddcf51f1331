/* deal/deal_move.c - one way to change a state: ask the table, change the row under its guard,
 * write the step, the audit event, the receipt. */
#include "base/str.h"
#include "crypt/random.h"
#include "crypt/receipt.h"
#include "deal/deal_appeal.h"
#include "deal/deal_inside.h"
#include "deal/deal_sql.h"
#include "deal/deal_steps.h"

#include <stdio.h>
#include <string.h>

const char *deal_actor_name(const struct deal_actor *by)
{
    return by->who.actor != NULL ? by->who.actor->name : "";
}

int64_t deal_actor_user(const struct deal_actor *by)
{
    return by->who.actor != NULL ? by->who.actor->user_id : 0;
}

static const char *actor_audience(const struct deal_actor *by)
{
    return by->who.actor != NULL ? audience_name(by->who.actor->audience) : "system";
}

struct err *deal_write_step(struct db *db, const struct deal_actor *by, const struct deal *deal,
                            enum deal_verb verb, const struct deal_reason *reason)
{
    int64_t now;

    TRY(db_now(db, &now));
    TRY(db_exec(db, &deal_sql_step_close, DB_ARGS(DB_T(now), DB_I(deal->id)), NULL));
    return err_pass(db_exec(
        db, &deal_sql_step_open,
        DB_ARGS(DB_I(deal->id), DB_I(deal->row_version), DB_S(deal_state_code(deal->state)),
                DB_S(deal_move(verb)->action), DB_T(now), DB_I(deal_actor_user(by)),
                DB_S(deal_actor_name(by)), DB_S(by->for_user_name != NULL ? by->for_user_name : ""),
                DB_S(actor_audience(by)), DB_S(reason != NULL ? reason->code : ""),
                DB_S(reason != NULL ? reason->text : "")),
        NULL));
}

struct err *deal_write_audit(struct db *db, struct arena *a, const struct deal_actor *by,
                             const struct deal *deal, enum deal_verb verb, const char *before_state,
                             const struct deal_reason *reason)
{
    const struct canon before[] = { CANON_T("state", before_state) };
    const struct canon after[] = {
        CANON_T("reason", reason != NULL ? reason->code : ""),
        CANON_T("reason_text", reason != NULL ? reason->text : ""),
        CANON_T("state", deal_state_code(deal->state)),
    };
    struct audit_change change = { .kind = "deal",
                                   .object_id = deal->id,
                                   .action = deal_move(verb)->action };

    if (*before_state != '\0')
        TRY(canon_text(a, before, ARRAY_LEN(before), &change.before));
    TRY(canon_text(a, after, ARRAY_LEN(after), &change.after));
    return err_pass(audit_write(db, a, &by->who, &change));
}

struct err *deal_write_receipt(struct db *db, struct arena *a, const struct deal *deal,
                               const char *event)
{
    char at[CLOCK_ISO_BYTES], until[DAY_ISO_BYTES], number[32];
    unsigned char salt[RECEIPT_SALT_BYTES], hash[SHA256_BYTES];
    const char *content;
    struct buf statement;
    struct err *e;
    int64_t now;

    TRY(db_now(db, &now));
    TRY(deal_content_json(a, deal, &content));
    crypt_random(salt, sizeof(salt));
    receipt_content_hash(salt, content, strlen(content), hash);
    clock_iso(now, at);
    day_iso(deal->protected_until, until);
    snprintf(number, sizeof(number), "DR-%lld", (long long)deal->id);
    const struct canon members[] = {
        CANON_T("at", at),
        CANON_T("event", event),
        CANON_T("number", number),
        CANON_T("partner", deal->partner_name),
        CANON_T("protected_until", until),
        CANON_N("rank", deal->rank_no),
    };
    buf_init(&statement, 512, 0);
    e = receipt_statement(members, ARRAY_LEN(members), hash, &statement);
    if (e == NULL)
        e = db_exec(db, &deal_sql_receipt_insert,
                    DB_ARGS(DB_I(deal->id), DB_I(deal->account_id), DB_S(event),
                            DB_S(statement.data), DB_B(salt, sizeof(salt)), DB_T(now)),
                    NULL);
    buf_free(&statement);
    return err_pass(e);
}

struct err *deal_apply(struct db *db, struct arena *a, const struct deal_actor *by,
                       struct deal *deal, enum deal_verb verb, const struct deal_reason *reason)
{
    const struct deal_move *move = deal_move(verb);
    const char *before = deal_state_code(deal->state);
    const bool was_waited_for = deal_state_phase(deal->state) == DEAL_WITH_VENDOR;
    int64_t now, changed;

    if (!deal_can(deal->state, verb, by->as))
        return err_with_detail(err_raise(ERR_CONFLICT, "%s in state %s", move->action, before),
                               "state");
    if (by->as == BY_STAFF && deal_state_phase(deal->state) == DEAL_WITH_VENDOR)
        TRY(deal_appeal_refuse(db, a, deal, deal_actor_user(by)));
    if (by->as == BY_STAFF && verb == DEAL_APPROVE && deal->has_steps)
        TRY(deal_steps_refuse(db, a, deal));
    if (move->needs_reason && (reason == NULL || str_is_empty(reason->code)))
        return err_raise(ERR_INVALID, "%s needs a reason", move->action);
    TRY(db_now(db, &now));
    TRY(db_exec(db, &deal_sql_move,
                DB_ARGS(DB_S(deal_state_code(move->to)), DB_I(deal_state_phase(move->to)),
                        DB_T(now), DB_I(deal->id), DB_I(deal->row_version), DB_S(before)),
                &changed));
    if (changed != 1)
        return err_with_detail(err_raise(ERR_CONFLICT, "deal %lld changed", (long long)deal->id),
                               "version");
    deal->state = move->to;
    deal->row_version++;
    deal->updated_at = now;
    /* The vendor's steps are not a partner's to end: clocks and lists pass over those of a
     * registration that nobody waits for. */
    if (was_waited_for && deal->has_steps && by->as != BY_PARTNER &&
        deal_state_phase(deal->state) != DEAL_WITH_VENDOR)
        TRY(approval_end(db, "deal", deal->id));
    TRY(deal_write_step(db, by, deal, verb, reason));
    return err_pass(deal_write_audit(db, a, by, deal, verb, before, reason));
}
