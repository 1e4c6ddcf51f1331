/* deal/deal_appeal.c */
#include "deal/deal_appeal.h"
#include "approval/delegate.h"
#include "base/str.h"
#include "deal/deal_conflict.h"
#include "deal/deal_inside.h"
#include "deal/deal_sql.h"
#include "deal/deal_words.h"
#include "job/queue.h"

/* -- statements ----------------------------------------------------------------------------------
 */

/* Who had it and who refused it stand in the registration and its newest step; a rule is nobody. */
static const struct db_stmt insert = {
    .name = "deal.appeal.insert",
    .sql = "INSERT INTO deal_appeal (deal_id, reason, asked_by, asked_name, asked_at, reviewer_id, "
           "decided_by) SELECT d.id, ?, ?, ?, ?, d.reviewer_id, (SELECT NULLIF(s.user_id, 0) "
           "FROM deal_step s WHERE s.deal_id = d.id AND s.state = d.state ORDER BY s.seq DESC "
           "LIMIT 1) FROM deal d WHERE d.account_id = ? AND d.id = ?",
    .binds = "sistii",
    .flags = DB_WRITE,
};
static const struct db_stmt set_clock = {
    .name = "deal.appeal.clock",
    .sql = "UPDATE deal SET due_at = ?, half_at = ? WHERE id = ?",
    .binds = "tti",
    .flags = DB_WRITE,
};
db_stmt_table deal_appeal_statements[] = { &insert, &set_clock, NULL };

struct appeal_row {
    int64_t reviewer_id, decided_by;
};
static const struct db_field appeal_fields[] = {
    DB_NULLABLE(struct appeal_row, reviewer_id, DB_I64, 0),
    DB_NULLABLE(struct appeal_row, decided_by, DB_I64, 0),
    { 0 },
};
const struct db_stmt deal_sql_appeal = {
    .name = "deal.appeal",
    .sql = "SELECT reviewer_id, decided_by FROM deal_appeal WHERE deal_id = ?",
    .binds = "i",
    .fields = appeal_fields,
    .row_bytes = sizeof(struct appeal_row),
};

/* -- refusals ------------------------------------------------------------------------------------
 */

static const struct deal_words refusals[] = {
    { "state", N_("Only a registration that was rejected, or is a duplicate, can be appealed.") },
    { "once", N_("There was an appeal on this registration already; what was decided on it is "
                 "final.") },
    { "over", N_("The time in which this decision could be appealed is over.") },
    { "version", N_("This registration has changed since you opened it. Nothing was done: look "
                    "at it again first.") },
    { 0 },
};

const char *deal_appeal_refusal(const char *detail)
{
    return deal_words(refusals, detail);
}

static struct err *refuse(const struct deal *deal, const char *detail)
{
    return err_with_detail(
        err_raise(ERR_CONFLICT, "appeal on deal %lld: %s", (long long)deal->id, detail), detail);
}

/* -- the appeal ----------------------------------------------------------------------------------
 */

bool deal_may_appeal(const struct deal *deal, int64_t now)
{
    return deal_can(deal->state, DEAL_APPEAL, BY_PARTNER) && !deal->has_appeal &&
           now < deal->appeal_until_at;
}

static struct err *refuse_unless_allowed(const struct deal *deal, int64_t now)
{
    if (deal->has_appeal)
        return err_pass(refuse(deal, "once"));
    if (!deal_can(deal->state, DEAL_APPEAL, BY_PARTNER))
        return err_pass(refuse(deal, "state"));
    return deal_may_appeal(deal, now) ? NULL : err_pass(refuse(deal, "over"));
}

/* The key decides when two appeal at once. */
static struct err *add_row(struct db *db, const struct deal_actor *by, struct deal *deal,
                           const char *reason, int64_t now)
{
    struct err *e =
        db_exec(db, &insert,
                DB_ARGS(DB_S(reason), DB_I(deal_actor_user(by)), DB_S(deal_actor_name(by)),
                        DB_T(now), DB_I(deal->account_id), DB_I(deal->id)),
                NULL);

    if (err_is(e, ERR_DUPLICATE)) {
        err_free(e);
        return err_pass(refuse(deal, "once"));
    }
    deal->has_appeal = true;
    return err_pass(e);
}

/* Others may have come while it was refused: what a person has to look at is written again. */
static struct err *judge(struct db *db, struct arena *a, const struct deal_actor *by,
                         const struct deal *deal)
{
    struct deal_conflict conflict;

    TRY(deal_conflict_find(db, a, by->names, deal, &conflict));
    return err_pass(deal_conflict_keep(db, a, deal, &conflict));
}

struct err *deal_appeal(struct db *db, struct arena *a, const struct deal_actor *by,
                        struct deal *deal, const char *reason)
{
    const struct deal_reason said = { "", reason };
    int64_t now, half_at;

    TRY(db_now(db, &now));
    TRY(refuse_unless_allowed(deal, now));
    if (deal->lines == NULL)
        TRY(deal_load_lines(db, a, deal));
    TRY(add_row(db, by, deal, reason, now));
    TRY(deal_apply(db, a, by, deal, DEAL_APPEAL, &said));
    TRY(deal_clock_start(db, a, deal, &deal->due_at, &half_at));
    TRY(db_exec(db, &set_clock, DB_ARGS(DB_T(deal->due_at), DB_T(half_at), DB_I(deal->id)), NULL));
    TRY(judge(db, a, by, deal));
    TRY(job_add(db, "deal.appeal", deal->id, 0, NULL, NULL));
    return err_pass(deal_finish(db, a, by, deal, DEAL_APPEAL, &said));
}

/* -- who decides it ------------------------------------------------------------------------------
 */

struct err *deal_appeal_allows(struct db *db, struct arena *a, const struct deal *deal,
                               int64_t user_id, bool *allows_out)
{
    struct appeal_row row;

    *allows_out = true;
    if (!deal->has_appeal)
        return NULL;
    TRY(db_get(db, a, &deal_sql_appeal, DB_ARGS(DB_I(deal->id)), &row));
    const int64_t first[] = { row.reviewer_id, row.decided_by };

    for (size_t i = 0; i < ARRAY_LEN(first) && *allows_out; i++) {
        bool stands_in = false;

        if (first[i] != 0)
            TRY(delegate_may_decide_for(db, a, user_id, first[i], &stands_in));
        *allows_out = !stands_in;
    }
    return NULL;
}

struct err *deal_appeal_barred(struct db *db, struct arena *a, const struct deal *deal,
                               int64_t barred_out[DEAL_APPEAL_BARRED])
{
    struct appeal_row row = { 0 };
    bool found = false;

    if (deal->has_appeal)
        TRY(db_one(db, a, &deal_sql_appeal, DB_ARGS(DB_I(deal->id)), &row, &found));
    barred_out[0] = barred_out[2] = row.reviewer_id;
    barred_out[1] = barred_out[3] = row.decided_by;
    for (size_t i = 2; i < DEAL_APPEAL_BARRED; i++)
        if (barred_out[i] != 0)
            TRY(delegate_of(db, a, barred_out[i], &barred_out[i]));
    return NULL;
}

struct err *deal_appeal_refuse(struct db *db, struct arena *a, const struct deal *deal,
                               int64_t user_id)
{
    bool allows;

    TRY(deal_appeal_allows(db, a, deal, user_id, &allows));
    return allows ? NULL
                  : err_with_detail(err_raise(ERR_CONFLICT, "user %lld and the appeal on deal %lld",
                                              (long long)user_id, (long long)deal->id),
                                    "appeal");
}
