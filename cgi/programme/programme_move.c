/* programme/programme_move.c - one way to change where a partner stands: ask the table, change the
 * account under its version, write the history and the audit event. */
#include "programme/programme_inside.h"

#include "base/str.h"
#include "identity/identity.h"

static struct err *write_move(struct db *db, const struct audit_who *who,
                              const struct partner_standing *partner,
                              const struct programme_move *move, const char *reason)
{
    const struct actor *actor = who->actor;

    return err_pass(db_exec(db, &programme_sql_move_add,
                            DB_ARGS(DB_I(partner->id), DB_S(move->code),
                                    DB_S(partner_state_code((enum partner_state)move->to)),
                                    DB_I(actor != NULL ? actor->user_id : 0),
                                    DB_S(actor != NULL ? actor->name : ""), DB_S(reason)),
                            NULL));
}

struct err *partner_move_to(struct db *db, struct arena *a, const struct audit_who *who,
                            enum programme_who as, struct partner_standing *partner,
                            enum partner_verb verb, const char *reason)
{
    const struct programme_move *move = partner_move(verb);
    const char *before = partner_state_code(partner->state);
    const char *after = partner_state_code((enum partner_state)move->to);
    const struct audit_change change = {
        .kind = "account",
        .object_id = partner->id,
        .action = move->action,
        .before = identity_json(a, JSON_PAIRS({ "status", before })),
        .after = identity_json(a, JSON_PAIRS({ "reason", reason }, { "status", after })),
    };
    int64_t changed;

    if (!partner_can(partner->state, verb, as))
        return err_with_detail(err_raise(ERR_CONFLICT, "%s at status %s", move->action, before),
                               "state");
    if (move->needs_reason && str_is_empty(reason))
        return err_raise(ERR_INVALID, "%s needs a reason", move->action);
    TRY(db_exec(db, &programme_sql_status_set,
                DB_ARGS(DB_S(after), DB_I(partner->id), DB_I(partner->row_version), DB_S(before)),
                &changed));
    if (changed != 1)
        return err_with_detail(
            err_raise(ERR_CONFLICT, "account %lld changed", (long long)partner->id), "version");
    partner->state = (enum partner_state)move->to;
    partner->row_version++;
    TRY(write_move(db, who, partner, move, reason));
    return err_pass(audit_write(db, a, who, &change));
}
