/* deal/deal_decide.c - decisions: what each verb does beside the change of state, as a table; and
 * what stands against an approval. */
#include "base/str.h"
#include "deal/deal_inside.h"
#include "deal/deal_sql.h"
#include "deal/deal_term.h"
#include "job/queue.h"

/* -- obstacles -----------------------------------------------------------------------------------
 */

struct err *deal_obstacles(struct db *db, struct arena *a, const struct deal *deal,
                           struct deal_obstacle **list_out, size_t *count_out)
{
    static const char *const kinds[] = { "match", "rank", "claim" };
    struct deal_any_obstacle_row *rows;

    TRY(db_list(db, a, &deal_sql_obstacles, DB_ARGS(DB_I(deal->id), DB_I(deal->id), DB_I(deal->id)),
                &rows, count_out));
    *list_out = arena_array(a, *count_out + 1, sizeof(**list_out));
    for (size_t i = 0; i < *count_out; i++)
        (*list_out)[i] = (struct deal_obstacle){ kinds[rows[i].kind], rows[i].other_deal_id,
                                                 rows[i].party_id,    rows[i].product_line_id,
                                                 rows[i].claim_id,    rows[i].claim_version };
    return NULL;
}

static struct err *refuse_if_obstacles(struct db *db, struct arena *a, const struct deal *deal)
{
    struct deal_obstacle *list;
    size_t count;

    TRY(deal_obstacles(db, a, deal, &list, &count));
    if (count == 0)
        return NULL;
    return err_with_detail(err_raise(ERR_CONFLICT, "deal %lld: %zu obstacles, the first is a %s",
                                     (long long)deal->id, count, list[0].kind),
                           list[0].kind);
}

/* -- protection ----------------------------------------------------------------------------------
 */

/* From now to midnight at the end of the last day, in the partner's zone. */
static struct err *begin_protection(struct db *db, struct arena *a, struct deal *deal, int32_t days)
{
    const struct text_locale *zone = text_locale_get(LANG_EN, deal->partner_zone);
    struct deal_term term;
    int64_t now;

    TRY(db_now(db, &now));
    TRY(deal_term_of(db, a, deal->account_id, deal->deal_type, &term));
    deal->protected_from_at = now;
    deal->protected_until = text_local_day(zone, now) + (days > 0 ? days : (int32_t)term.days);
    deal->protected_until_at = text_day_ends_at(zone, deal->protected_until);
    TRY(db_exec(db, &deal_sql_line_discount, DB_ARGS(DB_I(term.discount_bp), DB_I(deal->id)),
                NULL));
    return err_pass(db_exec(db, &deal_sql_mark_protected,
                            DB_ARGS(DB_T(deal->protected_from_at), DB_T(deal->protected_until_at),
                                    DB_D(deal->protected_until), DB_I(deal->id)),
                            NULL));
}

/* -- what each verb does beside the change of state ----------------------------------------------
 */

/* What was decided on an appeal is final. */
static struct err *appeal_until(struct db *db, struct arena *a, struct deal *deal,
                                enum deal_verb verb)
{
    deal->appeal_until_at = 0;
    if ((verb != DEAL_REJECT && verb != DEAL_MARK_DUPLICATE) || deal->has_appeal)
        return NULL;
    return err_pass(deal_appeal_due(db, a, deal, &deal->appeal_until_at));
}

static struct err *mark_decided(struct db *db, struct arena *a, const struct deal_actor *by,
                                struct deal *deal, const struct deal_decision *decision)
{
    int64_t now, minutes;

    (void)by;
    TRY(db_now(db, &now));
    TRY(deal_clock_used(db, a, deal, &minutes));
    TRY(appeal_until(db, a, deal, decision->verb));
    return err_pass(
        db_exec(db, &deal_sql_mark_decided,
                DB_ARGS(DB_S(decision->reason_code), DB_S(decision->reason_text), DB_T(now),
                        DB_I(minutes), DB_T(deal->appeal_until_at), DB_I(deal->id)),
                NULL));
}

static struct err *do_take(struct db *db, struct arena *a, const struct deal_actor *by,
                           struct deal *deal, const struct deal_decision *decision)
{
    (void)decision;
    return err_pass(deal_assign(db, a, by, deal, deal_actor_user(by), deal_actor_name(by)));
}

static struct err *do_return(struct db *db, struct arena *a, const struct deal_actor *by,
                             struct deal *deal, const struct deal_decision *decision)
{
    (void)by;
    TRY(deal_answer_due(db, a, deal, &deal->answer_due_at));
    return err_pass(db_exec(db, &deal_sql_mark_returned,
                            DB_ARGS(DB_S(decision->reason_code), DB_S(decision->reason_text),
                                    DB_T(deal->answer_due_at), DB_I(deal->id)),
                            NULL));
}

static struct err *do_approve(struct db *db, struct arena *a, const struct deal_actor *by,
                              struct deal *deal, const struct deal_decision *decision)
{
    TRY(mark_decided(db, a, by, deal, decision));
    TRY(begin_protection(db, a, deal, decision->protect_days));
    return err_pass(claim_take_all(db, a, deal, deal_actor_user(by)));
}

static struct err *do_duplicate(struct db *db, struct arena *a, const struct deal_actor *by,
                                struct deal *deal, const struct deal_decision *decision)
{
    TRY(mark_decided(db, a, by, deal, decision));
    return err_pass(db_exec(db, &deal_sql_mark_duplicate,
                            DB_ARGS(DB_I(deal->id), DB_I(decision->duplicate_of)), NULL));
}

static struct err *do_free(struct db *db, struct arena *a, const struct deal_actor *by,
                           struct deal *deal, const struct deal_decision *decision)
{
    return err_pass(claim_free_all(db, a, deal, deal_actor_user(by), decision->reason_text));
}

/* The partner's own program may not touch claims: the worker frees them, normally within a second.
 */
static struct err *do_free_later(struct db *db, struct arena *a, const struct deal_actor *by,
                                 struct deal *deal, const struct deal_decision *decision)
{
    (void)a;
    (void)decision;
    return by->as == BY_PARTNER ? err_pass(job_add(db, "deal.free", deal->id, 0, NULL, NULL))
                                : err_pass(do_free(db, a, by, deal, decision));
}

static struct err *(*const effects[DEAL_VERB_COUNT])(struct db *db, struct arena *a,
                                                     const struct deal_actor *by, struct deal *deal,
                                                     const struct deal_decision *decision) = {
    [DEAL_TAKE] = do_take,
    [DEAL_RETURN] = do_return,
    [DEAL_APPROVE] = do_approve,
    [DEAL_REJECT] = mark_decided,
    [DEAL_MARK_DUPLICATE] = do_duplicate,
    [DEAL_EXPIRE] = do_free,
    [DEAL_EXPIRE_IDLE] = do_free,
    [DEAL_REVOKE] = do_free,
    [DEAL_END] = do_free_later,
    [DEAL_LOSE] = do_free_later,
};

struct err *deal_protect(struct db *db, struct arena *a, const struct deal_actor *by,
                         struct deal *deal, const struct deal_reason *reason)
{
    const struct deal_decision decision = { .reason_code = reason->code,
                                            .reason_text = reason->text };

    TRY(mark_decided(db, a, by, deal, &decision));
    return err_pass(begin_protection(db, a, deal, 0));
}

struct err *deal_decide(struct db *db, struct arena *a, const struct deal_actor *by,
                        struct deal *deal, const struct deal_decision *decision)
{
    struct deal_decision d = *decision;
    const struct deal_reason reason = { d.reason_code != NULL ? d.reason_code : "",
                                        d.reason_text != NULL ? d.reason_text : "" };

    d.reason_code = reason.code;
    d.reason_text = reason.text;
    if (deal->lines == NULL)
        TRY(deal_load_lines(db, a, deal));
    if (d.verb == DEAL_APPROVE)
        TRY(refuse_if_obstacles(db, a, deal));
    TRY(deal_apply(db, a, by, deal, d.verb, &reason));
    if (effects[d.verb] != NULL)
        TRY(effects[d.verb](db, a, by, deal, &d));
    if (d.rule_id != 0)
        TRY(db_exec(db, &deal_sql_mark_rule, DB_ARGS(DB_I(deal->id), DB_I(d.rule_id)), NULL));
    return err_pass(deal_finish(db, a, by, deal, d.verb, &reason));
}
