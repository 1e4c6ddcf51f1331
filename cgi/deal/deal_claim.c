/* deal/deal_claim.c - claims: who is protected for what.  A claim is taken by inserting its row and
 * lost by its removal or by a change of hands; each is remembered in claim_event.  The unique key
 * over (group, product line) decides every race, on one server and on a cluster. */
#include "deal/deal_inside.h"
#include "deal/deal_sql.h"
#include "job/queue.h"

struct group_row {
    int64_t group_id;
};

struct err *claim_note(struct db *db, const struct claim_change *change)
{
    int64_t now;

    TRY(db_now(db, &now));
    return err_pass(db_exec(db, &claim_sql_event,
                            DB_ARGS(DB_I(change->group_id), DB_I(change->product_line_id),
                                    DB_I(change->deal_id), DB_S(change->event), DB_T(now),
                                    DB_I(change->user_id), DB_S(change->reason)),
                            NULL));
}

struct err *claim_take(struct db *db, const struct claim_change *change)
{
    struct err *e;
    int64_t now;

    TRY(db_now(db, &now));
    e = db_exec(db, &claim_sql_take,
                DB_ARGS(DB_I(change->group_id), DB_I(change->product_line_id),
                        DB_I(change->deal_id), DB_T(now)),
                NULL);
    if (err_is(e, ERR_DUPLICATE)) {
        err_free(e);
        return err_with_detail(err_raise(ERR_CONFLICT, "line %lld of group %lld is taken",
                                         (long long)change->product_line_id,
                                         (long long)change->group_id),
                               "claim");
    }
    TRY(e);
    return err_pass(claim_note(db, change));
}

struct err *claim_group(struct db *db, struct arena *a, const struct deal *deal, int64_t *group_out)
{
    struct group_row row;

    TRY(db_get(db, a, &deal_sql_group_of, DB_ARGS(DB_I(deal->end_customer_id)), &row));
    *group_out = row.group_id;
    return NULL;
}

struct err *claim_take_all(struct db *db, struct arena *a, const struct deal *deal, int64_t user_id)
{
    struct claim_change change = {
        .deal_id = deal->id, .user_id = user_id, .event = "taken", .reason = ""
    };

    TRY(claim_group(db, a, deal, &change.group_id));
    for (size_t i = 0; i < deal->line_count; i++) {
        change.product_line_id = deal->lines[i].product_line_id;
        TRY(claim_take(db, &change));
    }
    return NULL;
}

struct err *claim_free_all(struct db *db, struct arena *a, const struct deal *deal, int64_t user_id,
                           const char *why)
{
    struct deal_claim_row *claims;
    size_t count;

    TRY(db_list(db, a, &claim_sql_of_deal, DB_ARGS(DB_I(deal->id)), &claims, &count));
    for (size_t i = 0; i < count; i++) {
        const struct claim_change change = {
            claims[i].group_id, claims[i].product_line_id, deal->id, user_id, "freed", why
        };
        int64_t gone;

        TRY(db_exec(db, &claim_sql_free, DB_ARGS(DB_I(claims[i].id), DB_I(deal->id)), &gone));
        if (gone == 1)
            TRY(claim_note(db, &change));
    }
    return count == 0 ? NULL : err_pass(job_add(db, "deal.freed", deal->id, 0, NULL, NULL));
}
