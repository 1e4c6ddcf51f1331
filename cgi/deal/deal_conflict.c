/* deal/deal_conflict.c */
#include "deal/deal_conflict.h"
#include "base/buf.h"
#include "base/str.h"
#include "deal/deal_sql.h"

static bool speaks_for(const struct match_found *found, int64_t product_line_id)
{
    for (size_t i = 0; i < found->live_count; i++)
        if (found->live_lines[i] == product_line_id)
            return true;
    return false;
}

bool deal_conflict_overlaps(const struct deal *deal, const struct match_found *found)
{
    for (size_t i = 0; i < deal->line_count; i++)
        if (speaks_for(found, deal->lines[i].product_line_id))
            return true;
    return found->named;
}

/* -- the vendor's own sales -----------------------------------------------------------------------
 */

struct direct_row {
    int64_t product_line_id;
};
static const struct db_field direct_fields[] = {
    DB_FIELD(struct direct_row, product_line_id, DB_I64, 0),
    { 0 },
};
/* The end customer itself is never among those that it is compared with. */
static const struct db_stmt direct_lines = {
    .name = "deal.conflict.direct",
    .sql = "SELECT DISTINCT l.product_line_id FROM match_party own "
           "JOIN match_party p ON p.group_id = own.group_id "
           "JOIN match_line l ON l.party_id = p.id AND l.direct > 0 WHERE own.id = ?",
    .binds = "i",
    .fields = direct_fields,
    .row_bytes = sizeof(struct direct_row),
};
db_stmt_table deal_conflict_statements[] = { &direct_lines, NULL };

struct err *deal_worked_directly(struct db *db, struct arena *a, const struct deal *deal, bool *out)
{
    struct direct_row *rows;
    size_t count;

    *out = false;
    if (deal->end_customer_id == 0)
        return NULL;
    TRY(db_list(db, a, &direct_lines, DB_ARGS(DB_I(deal->end_customer_id)), &rows, &count));
    for (size_t r = 0; r < count; r++)
        for (size_t i = 0; i < deal->line_count; i++)
            if (deal->lines[i].product_line_id == rows[r].product_line_id)
                *out = true;
    return NULL;
}

struct err *deal_conflict_find(struct db *db, struct arena *a, struct match_names *names,
                               const struct deal *deal, struct deal_conflict *out)
{
    const struct match_party party = { .name = deal->company_name,
                                       .country = deal->country,
                                       .tax_number = deal->tax_number,
                                       .website = deal->website,
                                       .phone = deal->phone,
                                       .address = deal->address,
                                       .id = deal->end_customer_id };
    enum match_verdict worst = MATCH_DIFFERENT;
    bool direct;

    TRY(match_find(db, a, names, &party, &out->found, &out->count));
    for (size_t i = 0; i < out->count; i++)
        if (deal_conflict_overlaps(deal, &out->found[i]) && out->found[i].evidence.verdict > worst)
            worst = out->found[i].evidence.verdict;
    TRY(deal_worked_directly(db, a, deal, &direct));
    if (direct)
        worst = MATCH_SAME;
    out->verdict = match_verdict_name(worst);
    return NULL;
}

/* Numbers and codes alone: pages put them into words in their reader's language. */
static const char *evidence_json(struct arena *a, const struct match_found *found)
{
    const struct match_evidence *e = &found->evidence;

    return arena_printf(a,
                        "{\"caps\":%u,\"differ\":%u,\"equal\":%u,\"exact\":%d,\"name\":%d,"
                        "\"rule\":\"%s\"}",
                        e->caps, e->fields_differ, e->fields_equal, found->exact,
                        (int)(e->name_score * 1000 + 0.5), match_rule_name(e->rule));
}

struct err *deal_conflict_keep(struct db *db, struct arena *a, const struct deal *deal,
                               const struct deal_conflict *conflict)
{
    int64_t now;

    TRY(db_now(db, &now));
    for (size_t i = 0; i < conflict->count; i++) {
        const struct match_found *f = &conflict->found[i];
        const struct db_arg *row = DB_ARGS(
            DB_S(match_verdict_name(f->evidence.verdict)),
            DB_I((int64_t)(f->evidence.score * 1000 + 0.5)), DB_S(evidence_json(a, f)),
            DB_I(deal_conflict_overlaps(deal, f)), DB_T(now), DB_I(deal->id), DB_I(f->party_id));

        TRY(db_exec(db, &deal_sql_match_update, row, NULL));
        TRY(db_exec(db, &deal_sql_match_insert, row, NULL));
    }
    return NULL;
}

static bool claims(const struct match_found *found, int64_t product_line_id)
{
    for (size_t i = 0; i < found->live_count; i++)
        if (found->live_lines[i] == product_line_id)
            return found->live_claimed[i];
    return false;
}

enum deal_answer deal_line_answer(const struct deal_conflict *conflict, int64_t product_line_id,
                                  bool may_say_taken)
{
    enum deal_answer answer = DEAL_FREE;

    for (size_t i = 0; i < conflict->count; i++) {
        const struct match_found *f = &conflict->found[i];

        if (!speaks_for(f, product_line_id) && !f->named)
            continue;
        if (may_say_taken && f->exact && claims(f, product_line_id))
            return DEAL_TAKEN;
        answer = DEAL_LOOK;
    }
    return answer;
}
