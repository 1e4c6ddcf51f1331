/* deal/deal_amend_decide.c - a change that was asked for, decided: written, with what it means for
 * the claims, in one transaction.
 *
 * A line that is added, and every line of another end customer, meets whoever came before it was
 * asked for: a match that nobody resolved, a registration that waits, a claim. */
#include "account/account.h"
#include "account/match_score.h"
#include "base/str.h"
#include "crypt/canon.h"
#include "deal/deal_amend_inside.h"
#include "deal/deal_conflict.h"
#include "deal/deal_inside.h"
#include "deal/deal_round.h"
#include "deal/deal_sql.h"
#include "job/queue.h"
#include "text/latin.h"

#include <string.h>

/* -- statements ---------------------------------------------------------------------------------
 */

static const struct db_field asked_fields[] = {
    DB_FIELD(struct deal_asked, id, DB_I64, 0),
    DB_FIELD(struct deal_asked, asked_at, DB_AT, 0),
    DB_FIELD(struct deal_asked, told, DB_I64, 0),
    DB_NULLABLE(struct deal_asked, round, DB_I64, 0),
    DB_FIELD(struct deal_asked, before_json, DB_TEXT, 1000),
    DB_FIELD(struct deal_asked, after_json, DB_TEXT, 1000),
    { 0 },
};
static const struct db_stmt pending = {
    .name = "deal.amend.pending",
    .sql = "SELECT id, asked_at, told_at IS NOT NULL AS told, round, before_json, after_json "
           "FROM deal_amendment WHERE deal_id = ? AND pending = 1",
    .binds = "i",
    .fields = asked_fields,
    .row_bytes = sizeof(struct deal_asked),
};
static const struct db_stmt settle = {
    .name = "deal.amend.settle",
    .sql = "UPDATE deal_amendment SET state = ?, pending = NULL, decided_by = ?, "
           "decided_name = ?, decided_at = ?, reason_text = ? WHERE id = ? AND deal_id = ? "
           "AND pending = 1",
    .binds = "sistsii",
    .flags = DB_WRITE,
};
static const struct db_stmt write_sum = {
    .name = "deal.amend.sum",
    .sql = "UPDATE deal SET total = ?, total_report = ?, line_ids = ?, updated_at = ?, "
           "row_version = row_version + 1 WHERE id = ? AND row_version = ? AND state = 'approved'",
    .binds = "mmstii",
    .flags = DB_WRITE,
};
static const struct db_stmt write_customer = {
    .name = "deal.amend.customer",
    .sql = "UPDATE deal SET company_name = ?, company_key = ?, country = ?, region = ?, city = ?, "
           "address = ?, website = ?, tax_number = ?, phone = ?, end_customer_id = ? WHERE id = ?",
    .binds = "sssssssssii",
    .flags = DB_WRITE,
};
static const struct db_stmt line_change = {
    .name = "deal.amend.line_change",
    .sql = "UPDATE deal_line SET quantity = ?, value = ? WHERE deal_id = ? AND product_line_id = ?",
    .binds = "imii",
    .flags = DB_WRITE,
};
static const struct db_stmt line_add = {
    .name = "deal.amend.line_add",
    .sql = "INSERT INTO deal_line (deal_id, product_line_id, quantity, value, discount_bp) "
           "VALUES (?, ?, ?, ?, ?)",
    .binds = "iiimi",
    .flags = DB_WRITE,
};
static const struct db_stmt line_remove = {
    .name = "deal.amend.line_remove",
    .sql = "DELETE FROM deal_line WHERE deal_id = ? AND product_line_id = ?",
    .binds = "ii",
    .flags = DB_WRITE,
};
struct count_row {
    int64_t n;
};
static const struct db_field count_fields[] = { DB_FIELD(struct count_row, n, DB_I64, 0), { 0 } };
/* Who waited for the line when it was asked for comes first. */
static const struct db_stmt waiting_before = {
    .name = "deal.amend.waiting",
    .sql = "SELECT COUNT(*) AS n FROM account g JOIN deal o ON o.end_customer_id = g.id "
           "AND o.id <> ? AND o.state IN ('submitted', 'review', 'returned') "
           "AND o.submitted_at < ? JOIN deal_line l ON l.deal_id = o.id "
           "AND l.product_line_id = ? WHERE g.group_id = ?",
    .binds = "itii",
    .fields = count_fields,
    .row_bytes = sizeof(struct count_row),
};
db_stmt_table deal_amend_decide_statements[] = { &pending,        &settle,         &write_sum,
                                                 &write_customer, &line_change,    &line_add,
                                                 &line_remove,    &waiting_before, NULL };

struct err *deal_amend_conflict(const struct deal *deal, const char *detail)
{
    return err_with_detail(
        err_raise(ERR_CONFLICT, "change of deal %lld: %s", (long long)deal->id, detail), detail);
}

/* -- what was asked for --------------------------------------------------------------------------
 */

struct err *deal_asked_find(struct db *db, struct arena *a, int64_t deal_id, struct deal_asked *out,
                            bool *found_out)
{
    return err_pass(db_one(db, a, &pending, DB_ARGS(DB_I(deal_id)), out, found_out));
}

struct err *deal_asked_get(struct db *db, struct arena *a, const struct deal *deal, int64_t id,
                           struct deal_asked *out)
{
    int64_t now;
    bool found;

    TRY(db_now(db, &now));
    if (deal->state != DEAL_APPROVED || now >= deal->protected_until_at)
        return err_pass(deal_amend_conflict(deal, "state"));
    TRY(deal_asked_find(db, a, deal->id, out, &found));
    return found && out->id == id ? NULL : err_pass(deal_amend_conflict(deal, "decided"));
}

struct err *deal_amend_lines(struct arena *a, const char *text, struct deal *deal)
{
    size_t count;
    char **rows = str_split(a, text, ',', &count);

    deal->lines = arena_array(a, count + 1, sizeof(*deal->lines));
    deal->line_count = 0;
    for (size_t i = 0; i < count; i++) {
        struct deal_line *line = &deal->lines[deal->line_count++];
        size_t parts;
        char **part = str_split(a, rows[i], ':', &parts);

        if (parts != 3 || !str_to_i64(part[0], &line->product_line_id) ||
            !str_to_i64(part[1], &line->quantity) || !str_to_i64(part[2], &line->value))
            return err_raise(ERR_PARSE, "'%s' are no lines", text);
    }
    return NULL;
}

static struct err *put(struct arena *a, const struct deal_amend_field *field, const char *text,
                       struct deal *deal)
{
    if (field->type == AMEND_LINES)
        return err_pass(deal_amend_lines(a, text, deal));
    *(const char **)((char *)deal + field->offset) = text;
    return NULL;
}

struct err *deal_asked_wanted(struct arena *a, const struct deal *deal,
                              const struct deal_asked *row, struct deal *next, bool *customer_out)
{
    struct canon *before, *after;
    size_t before_count, after_count;

    *next = *deal;
    *customer_out = false;
    TRY(canon_read_flat(a, row->before_json, strlen(row->before_json), &before, &before_count));
    TRY(canon_read_flat(a, row->after_json, strlen(row->after_json), &after, &after_count));
    for (const struct deal_amend_field *f = deal_amend_fields; f->name != NULL; f++) {
        const struct canon *was = canon_find(before, before_count, f->name);
        const struct canon *is = canon_find(after, after_count, f->name);

        if (was == NULL || is == NULL || f->kind != AMEND_DECIDED)
            continue;
        if (!str_eq(was->text, deal_amend_text(a, f, deal)))
            return err_pass(deal_amend_conflict(deal, "version"));
        TRY(put(a, f, is->text, next));
        *customer_out = *customer_out || f->type != AMEND_LINES;
    }
    return NULL;
}

/* -- lines and claims ----------------------------------------------------------------------------
 */

static const struct deal_line *line_of(const struct deal *deal, int64_t product_line_id)
{
    for (size_t i = 0; i < deal->line_count; i++)
        if (deal->lines[i].product_line_id == product_line_id)
            return &deal->lines[i];
    return NULL;
}

static struct err *write_lines(struct db *db, const struct deal *deal, const struct deal *next)
{
    const int64_t discount = deal->line_count > 0 ? deal->lines[0].discount_bp : 0;

    for (size_t i = 0; i < deal->line_count; i++)
        if (line_of(next, deal->lines[i].product_line_id) == NULL)
            TRY(db_exec(db, &line_remove,
                        DB_ARGS(DB_I(deal->id), DB_I(deal->lines[i].product_line_id)), NULL));
    for (size_t i = 0; i < next->line_count; i++) {
        const struct deal_line *l = &next->lines[i];

        if (line_of(deal, l->product_line_id) != NULL)
            TRY(db_exec(db, &line_change,
                        DB_ARGS(DB_I(l->quantity), DB_M(l->value), DB_I(deal->id),
                                DB_I(l->product_line_id)),
                        NULL));
        else
            TRY(db_exec(db, &line_add,
                        DB_ARGS(DB_I(deal->id), DB_I(l->product_line_id), DB_I(l->quantity),
                                DB_M(l->value), DB_I(discount)),
                        NULL));
    }
    return NULL;
}

static struct err *take_line(struct db *db, struct arena *a, const struct claim_change *change,
                             int64_t asked_at)
{
    struct count_row before;

    TRY(db_get(db, a, &waiting_before,
               DB_ARGS(DB_I(change->deal_id), DB_T(asked_at), DB_I(change->product_line_id),
                       DB_I(change->group_id)),
               &before));
    if (before.n > 0)
        return err_with_detail(err_raise(ERR_CONFLICT, "somebody waits for line %lld",
                                         (long long)change->product_line_id),
                               "rank");
    return err_pass(claim_take(db, change));
}

static bool is_held(const struct deal_claim_row *held, size_t count, int64_t group_id, int64_t line)
{
    for (size_t i = 0; i < count; i++)
        if (held[i].group_id == group_id && held[i].product_line_id == line)
            return true;
    return false;
}

static struct err *free_claim(struct db *db, const struct deal_claim_row *claim, int64_t user_id)
{
    const struct claim_change change = { claim->group_id, claim->product_line_id,
                                         claim->deal_id,  user_id,
                                         "freed",         "changed" };
    int64_t gone;

    TRY(db_exec(db, &claim_sql_free, DB_ARGS(DB_I(claim->id), DB_I(claim->deal_id)), &gone));
    return gone == 1 ? err_pass(claim_note(db, &change)) : NULL;
}

/* The claims become those of NEXT; a line that was lost to an overruling stays lost. */
static struct err *move_claims(struct db *db, struct arena *a, const struct deal_actor *by,
                               const struct deal *deal, const struct deal *next, int64_t asked_at,
                               bool *took_out)
{
    struct claim_change change = {
        .deal_id = deal->id, .user_id = deal_actor_user(by), .event = "taken", .reason = "changed"
    };
    struct deal_claim_row *held;
    bool freed = false;
    size_t count;

    *took_out = false;
    TRY(claim_group(db, a, next, &change.group_id));
    TRY(db_list(db, a, &claim_sql_of_deal, DB_ARGS(DB_I(deal->id)), &held, &count));
    for (size_t i = 0; i < count; i++) {
        if (held[i].group_id == change.group_id && line_of(next, held[i].product_line_id) != NULL)
            continue;
        TRY(free_claim(db, &held[i], change.user_id));
        freed = true;
    }
    for (size_t i = 0; i < next->line_count; i++) {
        const int64_t line = next->lines[i].product_line_id;
        const struct deal_line *old = line_of(deal, line);

        if (is_held(held, count, change.group_id, line) || (old != NULL && old->lost_at != 0))
            continue;
        change.product_line_id = line;
        TRY(take_line(db, a, &change, asked_at));
        *took_out = true;
    }
    return freed ? err_pass(job_add(db, "deal.freed", deal->id, 0, NULL, NULL)) : NULL;
}

/* -- writing it ----------------------------------------------------------------------------------
 */

static const char *line_ids(struct arena *a, const struct deal *deal)
{
    const char *ids = "";

    for (size_t i = 0; i < deal->line_count; i++)
        ids = arena_printf(a, "%s%s%lld", ids, i > 0 ? "," : "",
                           (long long)deal->lines[i].product_line_id);
    return ids;
}

static struct err *write_record(struct db *db, struct arena *a, struct deal *next)
{
    int64_t now, changed;

    TRY(db_now(db, &now));
    TRY(deal_sum_lines(next));
    TRY(deal_report_total(db, a, next));
    TRY(db_exec(db, &write_sum,
                DB_ARGS(DB_M(next->total), DB_M(next->total_report), DB_S(line_ids(a, next)),
                        DB_T(now), DB_I(next->id), DB_I(next->row_version)),
                &changed));
    if (changed != 1)
        return err_pass(deal_amend_conflict(next, "version"));
    next->row_version++;
    return NULL;
}

/* A name that the matcher takes for the same in the same country, with no other tax number, is the
 * same customer written better: it keeps its group and its claims. */
static bool is_correction(struct arena *a, struct match_names *names, const struct deal *deal,
                          const struct deal *next)
{
    struct match_evidence evidence;
    struct match_name was, is;

    match_name_read(names, a, deal->company_name, &was);
    match_name_read(names, a, next->company_name, &is);
    match_score(&was, NULL, &is, NULL, &evidence);
    return evidence.verdict != MATCH_DIFFERENT && str_eq(deal->country, next->country) &&
           (str_is_empty(deal->tax_number) || str_eq(deal->tax_number, next->tax_number));
}

static struct err *write_new_customer(struct db *db, struct arena *a, const struct deal_actor *by,
                                      const struct deal *deal, struct deal *next)
{
    if (!is_correction(a, by->names, deal, next))
        TRY(deal_find_customer(db, a, by, next));
    TRY(db_exec(db, &write_customer,
                DB_ARGS(DB_S(next->company_name),
                        DB_S(text_latin_key(by->text, a, next->company_name)), DB_S(next->country),
                        DB_S(next->region), DB_S(next->city), DB_S(next->address),
                        DB_S(next->website), DB_S(next->tax_number), DB_S(next->phone),
                        DB_I(next->end_customer_id), DB_I(next->id)),
                NULL));
    return err_pass(account_stays(db, a, next->end_customer_id));
}

static struct err *refuse_open_match(struct db *db, struct arena *a, const struct deal *next)
{
    struct deal_obstacle_row *rows;
    size_t count;

    TRY(db_list(db, a, &deal_sql_open_matches, DB_ARGS(DB_I(next->id)), &rows, &count));
    return count == 0 ? NULL : err_pass(deal_amend_conflict(next, "match"));
}

struct err *deal_asked_judge(struct db *db, struct arena *a, struct match_names *names,
                             const struct deal *next, const char **verdict_out)
{
    struct deal_conflict conflict;

    TRY(deal_conflict_find(db, a, names, next, &conflict));
    *verdict_out = conflict.verdict;
    return err_pass(deal_conflict_keep(db, a, next, &conflict));
}

static struct err *apply(struct db *db, struct arena *a, const struct deal_actor *by,
                         struct deal *deal, const struct deal_asked *row)
{
    const char *verdict;
    struct deal next;
    bool customer, took;

    TRY(deal_asked_wanted(a, deal, row, &next, &customer));
    TRY(write_record(db, a, &next));
    if (customer)
        TRY(write_new_customer(db, a, by, deal, &next));
    TRY(write_lines(db, deal, &next));
    TRY(move_claims(db, a, by, deal, &next, row->asked_at, &took));
    if (took || customer) {
        TRY(deal_asked_judge(db, a, by->names, &next, &verdict));
        TRY(refuse_open_match(db, a, &next));
    }
    TRY(deal_load_lines(db, a, &next));
    if (next.end_customer_id != deal->end_customer_id)
        TRY(deal_set_live(db, deal));
    TRY(deal_set_live(db, &next));
    *deal = next;
    return err_pass(deal_write_receipt(db, a, deal, "amended"));
}

/* A person approves what has steps when all of them are approved. */
static struct err *refuse_steps(struct db *db, struct arena *a, const struct deal_actor *by,
                                const struct deal *deal, const struct deal_asked *row)
{
    struct approval round;

    if (by->as != BY_STAFF || row->round == 0)
        return NULL;
    TRY(approval_read(db, a, DEAL_ROUND_AMEND, deal->id, &round));
    return deal_round_waits(&round) ? err_pass(deal_amend_conflict(deal, "step")) : NULL;
}

static struct err *mark_settled(struct db *db, const struct deal_actor *by, const struct deal *deal,
                                const struct deal_amend_answer *answer)
{
    int64_t now, changed;

    TRY(db_now(db, &now));
    TRY(db_exec(db, &settle,
                DB_ARGS(DB_S(answer->approved ? "approved" : "rejected"), DB_I(deal_actor_user(by)),
                        DB_S(deal_actor_name(by)), DB_T(now), DB_S(answer->reason),
                        DB_I(answer->amendment_id), DB_I(deal->id)),
                &changed));
    return changed == 1 ? NULL : err_pass(deal_amend_conflict(deal, "decided"));
}

struct err *deal_amend_decide(struct db *db, struct arena *a, const struct deal_actor *by,
                              struct deal *deal, const struct deal_amend_answer *answer)
{
    const struct mail_value reason = { .name = "reason", .value = answer->reason };
    struct audit_change change = { .kind = "deal",
                                   .object_id = deal->id,
                                   .action = answer->approved ? "deal.amend_approve"
                                                              : "deal.amend_reject" };
    struct deal_asked row = { .before_json = "", .after_json = "" };

    TRY(deal_asked_get(db, a, deal, answer->amendment_id, &row));
    if (deal->lines == NULL)
        TRY(deal_load_lines(db, a, deal));
    if (answer->approved)
        TRY(refuse_steps(db, a, by, deal, &row));
    TRY(mark_settled(db, by, deal, answer));
    change.before = row.before_json;
    change.after = row.after_json;
    if (answer->approved)
        TRY(apply(db, a, by, deal, &row));
    TRY(audit_write(db, a, &by->who, &change));
    return err_pass(deal_tell(db, a, deal,
                              answer->approved ? "deal.amend_approved" : "deal.amend_rejected",
                              answer->approved ? NULL : &reason));
}
