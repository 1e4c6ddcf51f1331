/* deal/deal_overrule.c - approving against an earlier rank or a taken claim: a permission of its
 * own, a reason, and the versions that the person was shown.  Of many at once, one finds them
 * unchanged. */
#include "deal/deal_inside.h"
#include "deal/deal_sql.h"

#include <string.h>

static bool same_obstacle(const struct deal_obstacle *x, const struct deal_obstacle *y)
{
    return strcmp(x->kind, y->kind) == 0 && x->other_deal_id == y->other_deal_id &&
           x->product_line_id == y->product_line_id && x->claim_id == y->claim_id &&
           x->claim_version == y->claim_version;
}

static bool was_shown(const struct deal_overrule *over, const struct deal_obstacle *now)
{
    for (size_t i = 0; i < over->count; i++)
        if (same_obstacle(&over->shown[i], now))
            return true;
    return false;
}

/* What stands against it now must be what was shown, and nothing that overruling cannot settle. */
static struct err *check_shown(const struct deal_obstacle *list, size_t count,
                               const struct deal_overrule *over)
{
    if (count == 0 || count != over->count)
        return err_with_detail(
            err_raise(ERR_CONFLICT, "%zu obstacles, %zu were shown", count, over->count),
            "version");
    for (size_t i = 0; i < count; i++) {
        if (strcmp(list[i].kind, "match") == 0)
            return err_with_detail(err_raise(ERR_CONFLICT, "an unresolved match"), "match");
        if (!was_shown(over, &list[i]))
            return err_with_detail(err_raise(ERR_CONFLICT, "an obstacle that was not shown"),
                                   "version");
    }
    return NULL;
}

static const struct deal_obstacle *claim_on(const struct deal_obstacle *list, size_t count,
                                            int64_t product_line_id)
{
    for (size_t i = 0; i < count; i++)
        if (list[i].claim_id != 0 && list[i].product_line_id == product_line_id)
            return &list[i];
    return NULL;
}

/* The claim row changes hands under its version; both sides are remembered. */
static struct err *take_over(struct db *db, const struct deal_obstacle *held,
                             const struct claim_change *change)
{
    struct claim_change ended = *change;
    int64_t now, changed;

    TRY(db_now(db, &now));
    TRY(db_exec(
        db, &claim_sql_change_hands,
        DB_ARGS(DB_I(change->deal_id), DB_T(now), DB_I(held->claim_id), DB_I(held->claim_version)),
        &changed));
    if (changed != 1)
        return err_with_detail(
            err_raise(ERR_CONFLICT, "claim %lld changed hands", (long long)held->claim_id),
            "claim");
    ended.deal_id = held->other_deal_id;
    ended.event = "overruled";
    TRY(claim_note(db, &ended));
    TRY(claim_note(db, change));
    return err_pass(db_exec(
        db, &claim_sql_line_lost,
        DB_ARGS(DB_T(now), DB_I(held->other_deal_id), DB_I(change->product_line_id)), NULL));
}

static struct err *take_lines(struct db *db, struct arena *a, const struct deal_actor *by,
                              const struct deal *deal, const struct deal_obstacle *list,
                              size_t count, const struct deal_overrule *over)
{
    struct claim_change change = { .deal_id = deal->id,
                                   .user_id = deal_actor_user(by),
                                   .event = "taken",
                                   .reason = over->reason_text };

    TRY(claim_group(db, a, deal, &change.group_id));
    for (size_t i = 0; i < deal->line_count; i++) {
        const struct deal_obstacle *held = claim_on(list, count, deal->lines[i].product_line_id);

        change.product_line_id = deal->lines[i].product_line_id;
        TRY(held != NULL ? take_over(db, held, &change) : claim_take(db, &change));
    }
    return NULL;
}

/* A registration that lost its last line is revoked; one that keeps some is only told.  Its partner
 * reads that the line was given up by a decision of the vendor: never who, what or when. */
static struct err *tell_line_lost(struct db *db, struct arena *a, const struct deal *other,
                                  int64_t product_line_id)
{
    struct deal_line_name_row line;

    TRY(db_get(db, a, &deal_sql_line_name, DB_ARGS(DB_I(product_line_id)), &line));
    return err_pass(deal_tell(
        db, a, other, "deal.line_lost",
        &(struct mail_value){ .name = "line", .value = line.name_en, .kind = VALUE_MESSAGE }));
}

static struct err *settle_other(struct db *db, struct arena *a, const struct deal_actor *by,
                                const struct deal_obstacle *held)
{
    const int64_t other_id = held->other_deal_id;
    const struct deal_reason reason = { "overruled", "" };
    struct deal_claim_row *left;
    struct deal *other;
    size_t count;

    TRY(deal_of_worker(db, a, other_id, &other));
    if (other == NULL)
        return err_raise(ERR_BUG, "a claim points to deal %lld, which is not there",
                         (long long)other_id);
    TRY(deal_load_lines(db, a, other));
    TRY(db_list(db, a, &claim_sql_of_deal, DB_ARGS(DB_I(other_id)), &left, &count));
    if (count > 0)
        return err_pass(tell_line_lost(db, a, other, held->product_line_id));
    TRY(deal_apply(db, a, by, other, DEAL_REVOKE, &reason));
    return err_pass(deal_finish(db, a, by, other, DEAL_REVOKE, &reason));
}

static bool settled_before(const struct deal_obstacle *list, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (list[k].claim_id != 0 && list[k].other_deal_id == list[i].other_deal_id)
            return true;
    return false;
}

struct err *deal_overrule(struct db *db, struct arena *a, const struct deal_actor *by,
                          struct deal *deal, const struct deal_overrule *over)
{
    const struct deal_reason reason = { over->reason_code, over->reason_text };
    struct deal_obstacle *list;
    size_t count;

    if (deal->lines == NULL)
        TRY(deal_load_lines(db, a, deal));
    TRY(deal_obstacles(db, a, deal, &list, &count));
    TRY(check_shown(list, count, over));
    TRY(deal_apply(db, a, by, deal, DEAL_APPROVE, &reason));
    TRY(deal_protect(db, a, by, deal, &reason));
    TRY(take_lines(db, a, by, deal, list, count, over));
    for (size_t i = 0; i < count; i++)
        if (list[i].claim_id != 0 && !settled_before(list, i))
            TRY(settle_other(db, a, by, &list[i]));
    return err_pass(deal_finish(db, a, by, deal, DEAL_APPROVE, &reason));
}
