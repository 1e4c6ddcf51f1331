/* deal/deal_assign.c - who has it to review: rows with a beginning and an end. */
#include "deal/deal_appeal.h"
#include "deal/deal_inside.h"
#include "deal/deal_sql.h"

struct err *deal_assign(struct db *db, struct arena *a, const struct deal_actor *by,
                        struct deal *deal, int64_t user_id, const char *user_name)
{
    int64_t now;

    TRY(deal_appeal_refuse(db, a, deal, user_id));
    TRY(db_now(db, &now));
    TRY(db_exec(db, &deal_sql_assign_end, DB_ARGS(DB_T(now), DB_I(deal->id)), NULL));
    TRY(db_exec(db, &deal_sql_assign_begin,
                DB_ARGS(DB_I(deal->id), DB_I(user_id), DB_S(user_name), DB_I(deal_actor_user(by)),
                        DB_T(now)),
                NULL));
    TRY(db_exec(db, &deal_sql_mark_taken, DB_ARGS(DB_I(user_id), DB_S(user_name), DB_I(deal->id)),
                NULL));
    deal->reviewer_id = user_id;
    deal->reviewer_name = user_name;
    return NULL;
}

struct err *deal_assign_self(struct db *db, struct arena *a, const struct deal_actor *by,
                             struct deal *deal)
{
    const struct audit_change change = { .kind = "deal",
                                         .object_id = deal->id,
                                         .action = deal_move(DEAL_TAKE)->action };
    int64_t changed;

    TRY(db_exec(db, &deal_sql_take_free, DB_ARGS(DB_I(deal->id), DB_I(deal->row_version)),
                &changed));
    if (changed != 1)
        return err_with_detail(err_raise(ERR_CONFLICT, "deal %lld changed", (long long)deal->id),
                               "version");
    deal->row_version++;
    TRY(deal_assign(db, a, by, deal, deal_actor_user(by), deal_actor_name(by)));
    return err_pass(audit_write(db, a, &by->who, &change));
}
