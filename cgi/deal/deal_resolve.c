/* deal/deal_resolve.c - two end customers become one, or stay two.
 *
 * A claim stands at the number of a group, which an approval reads before it takes the claim.  So
 * that none is taken for a group that goes at that moment, the joining changes every open
 * registration of both groups first: an approval under way finds its row changed, and runs again.
 * What changes is a count that no page shows: a partner must not see that somebody else came.
 */
#include "deal/deal_resolve.h"
#include "base/str.h"
#include "deal/deal_inside.h"
#include "deal/deal_sql.h"
#include "deal/deal_words.h"
#include "web/request.h"

/* -- statements ----------------------------------------------------------------------------------
 */

struct match_row {
    const char *resolution;
};
static const struct db_field match_fields[] = {
    DB_FIELD(struct match_row, resolution, DB_TEXT, 12),
    { 0 },
};
static const struct db_stmt match_of = {
    .name = "deal.resolve.match",
    .sql = "SELECT COALESCE(resolution, '') AS resolution FROM deal_match "
           "WHERE deal_id = ? AND party_id = ?",
    .binds = "ii",
    .fields = match_fields,
    .row_bytes = sizeof(struct match_row),
};

struct count_row {
    int64_t n;
};
static const struct db_field count_fields[] = {
    DB_FIELD(struct count_row, n, DB_I64, 0),
    { 0 },
};
static const struct db_stmt both_hold = {
    .name = "deal.resolve.both_hold",
    .sql = "SELECT COUNT(*) AS n FROM account x JOIN account y ON y.id = ? "
           "JOIN claim cx ON cx.group_id = x.group_id "
           "JOIN claim cy ON cy.group_id = y.group_id AND cy.product_line_id = cx.product_line_id "
           "WHERE x.id = ? AND x.group_id <> y.group_id",
    .binds = "ii",
    .fields = count_fields,
    .row_bytes = sizeof(struct count_row),
};
static const struct db_stmt touch_open = {
    .name = "deal.resolve.touch",
    .sql = "UPDATE deal d JOIN account e ON e.id = d.end_customer_id "
           "JOIN account p ON p.group_id = e.group_id SET d.touched = d.touched + 1 "
           "WHERE p.id IN (?, ?) AND d.phase IN (2, 3)",
    .binds = "ii",
    .flags = DB_WRITE,
};
static const struct db_stmt move_claims = {
    .name = "deal.resolve.move_claims",
    .sql = "UPDATE claim SET group_id = ?, version = version + 1 WHERE group_id = ?",
    .binds = "ii",
    .flags = DB_WRITE,
};
static const struct db_stmt move_waiting = {
    .name = "deal.resolve.move_waiting",
    .sql = "UPDATE deal_waiting SET group_id = ? WHERE group_id = ?",
    .binds = "ii",
    .flags = DB_WRITE,
};
/* The same two companies, from whichever side they were found. */
static const struct db_stmt mark = {
    .name = "deal.resolve.mark",
    .sql = "UPDATE deal_match m JOIN deal d ON d.id = m.deal_id "
           "SET m.resolution = ?, m.resolved_by = ?, m.resolved_at = ? "
           "WHERE m.resolution IS NULL AND d.end_customer_id = ? AND m.party_id = ?",
    .binds = "sitii",
    .flags = DB_WRITE,
};

static const struct db_stmt move_deals = {
    .name = "deal.resolve.move_deals",
    .sql = "UPDATE deal SET end_customer_id = ?, touched = touched + 1 WHERE end_customer_id = ?",
    .binds = "ii",
    .flags = DB_WRITE,
};
static const struct db_stmt copy_lines = {
    .name = "deal.resolve.copy_lines",
    .sql = "INSERT IGNORE INTO match_line (party_id, product_line_id, live) "
           "SELECT ?, product_line_id, 0 FROM match_line WHERE party_id = ?",
    .binds = "ii",
    .flags = DB_WRITE,
};

db_stmt_table deal_resolve_statements[] = { &move_deals,   &copy_lines, &match_of,
                                            &both_hold,    &touch_open, &move_claims,
                                            &move_waiting, &mark,       NULL };

/* -- refusals ------------------------------------------------------------------------------------
 */

static const struct deal_words refusals[] = {
    { "resolved", N_("Somebody has decided this pair already.") },
    { "claims", N_("Both companies hold a protected claim on the same product line. One of the two "
                   "registrations must end before they can become one customer.") },
    { "pair", N_("Companies of these two groups were marked as different for good: they cannot "
                 "become one customer.") },
    { "group", N_("These two are one customer already.") },
    { 0 },
};

const char *deal_resolve_refusal(const char *detail)
{
    return deal_words(refusals, detail);
}

static struct err *refuse(int64_t x_id, int64_t y_id, const char *detail)
{
    return err_with_detail(err_raise(ERR_CONFLICT, "companies %lld and %lld: %s", (long long)x_id,
                                     (long long)y_id, detail),
                           detail);
}

static struct err *refuse_both_hold(struct db *db, struct arena *a, int64_t x_id, int64_t y_id)
{
    struct count_row held;

    TRY(db_get(db, a, &both_hold, DB_ARGS(DB_I(y_id), DB_I(x_id)), &held));
    return held.n == 0 ? NULL : err_pass(refuse(x_id, y_id, "claims"));
}

/* -- the decision --------------------------------------------------------------------------------
 */

/* Two claims on one line would meet: one was taken after the check.  Run again, it shows. */
static struct err *move_group(struct db *db, int64_t kept, int64_t gone)
{
    struct err *e = db_exec(db, &move_claims, DB_ARGS(DB_I(kept), DB_I(gone)), NULL);

    if (err_is(e, ERR_DUPLICATE)) {
        err_free(e);
        return err_raise(ERR_AGAIN, "a claim was taken while groups %lld and %lld became one",
                         (long long)kept, (long long)gone);
    }
    TRY(e);
    return err_pass(db_exec(db, &move_waiting, DB_ARGS(DB_I(kept), DB_I(gone)), NULL));
}

static struct err *mark_both(struct db *db, const struct deal_actor *by, int64_t x_id, int64_t y_id,
                             const char *word, int64_t now)
{
    const int64_t user = deal_actor_user(by);

    TRY(db_exec(db, &mark, DB_ARGS(DB_S(word), DB_I(user), DB_T(now), DB_I(x_id), DB_I(y_id)),
                NULL));
    return err_pass(db_exec(
        db, &mark, DB_ARGS(DB_S(word), DB_I(user), DB_T(now), DB_I(y_id), DB_I(x_id)), NULL));
}

static const char *word_of(enum pair_decision decision)
{
    return decision == PAIR_SAME ? "same" : "different";
}

struct err *deal_decide_pair(struct db *db, struct arena *a, const struct deal_actor *by,
                             int64_t x_id, int64_t y_id, enum pair_decision decision)
{
    int64_t now, kept, gone;

    TRY(db_now(db, &now));
    if (decision == PAIR_SAME) {
        TRY(refuse_both_hold(db, a, x_id, y_id));
        TRY(db_exec(db, &touch_open, DB_ARGS(DB_I(x_id), DB_I(y_id)), NULL));
    }
    TRY(account_decide_pair(db, a, &by->who, x_id, y_id, decision, &kept, &gone));
    if (kept != gone)
        TRY(move_group(db, kept, gone));
    return err_pass(mark_both(db, by, x_id, y_id, word_of(decision), now));
}

struct err *deal_move_customer(struct db *db, int64_t gone, int64_t kept)
{
    TRY(db_exec(db, &move_deals, DB_ARGS(DB_I(kept), DB_I(gone)), NULL));
    TRY(db_exec(db, &copy_lines, DB_ARGS(DB_I(kept), DB_I(gone)), NULL));
    TRY(db_exec(db, &deal_sql_live_count, DB_ARGS(DB_I(kept)), NULL));
    return err_pass(db_exec(db, &deal_sql_live_count, DB_ARGS(DB_I(gone)), NULL));
}

struct err *deal_resolve(struct db *db, struct arena *a, const struct deal_actor *by,
                         const struct deal *deal, int64_t party_id, enum pair_decision decision)
{
    struct match_row match;

    TRY(db_get(db, a, &match_of, DB_ARGS(DB_I(deal->id), DB_I(party_id)), &match));
    if (!str_is_empty(match.resolution))
        return err_pass(refuse(deal->end_customer_id, party_id, "resolved"));
    TRY(deal_decide_pair(db, a, by, deal->end_customer_id, party_id, decision));
    return err_pass(audit_write(
        db, a, &by->who,
        &(struct audit_change){ .kind = "deal",
                                .object_id = deal->id,
                                .action = "deal.match",
                                .after = arena_printf(a, "{\"decision\":\"%s\",\"party\":%lld}",
                                                      word_of(decision), (long long)party_id) }));
}
