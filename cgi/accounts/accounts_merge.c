/* accounts/accounts_merge.c - what a merge does, in the open transaction.
 *
 * All who merge, delete or place companies write the row of the tree first, so that two merges of
 * the same companies follow each other: the second finds that its versions are old. */
#include "accounts/accounts_merge.h"
#include "account/account_bin.h"
#include "account/account_merge.h"
#include "account/account_tree.h"
#include "accounts/accounts_inside.h"
#include "base/buf.h"
#include "base/str.h"
#include "deal/deal_resolve.h"
#include "deal/deal_rooms.h"

static const struct db_stmt set_kind = {
    .name = "accounts.merge_kind",
    .sql = "UPDATE account SET kind = ? WHERE id = ? AND kind <> 'partner'",
    .binds = "si",
    .flags = DB_WRITE,
};
static const struct db_stmt move_opportunities = {
    .name = "accounts.merge_opportunities",
    .sql = "UPDATE opportunity SET end_customer_id = ? WHERE end_customer_id = ?",
    .binds = "ii",
    .flags = DB_WRITE,
};
db_stmt_table accounts_merge_statements[] = { &set_kind, &move_opportunities, NULL };

static bool is_partner(const struct account *a)
{
    return str_eq(a->kind, "partner");
}

/* A partner's registrations carry signed receipts, its people their log-ins, its standing an
 * agreement: none of that becomes another company's. */
static bool is_bare(const struct account_hangs *h)
{
    return h->people + h->deals + h->opportunities + h->leads + h->closed_deals +
               h->closed_opportunities + h->closed_leads ==
           0;
}

struct err *accounts_merge_judge(struct request *req, const struct account *kept,
                                 const struct account *gone, const char **against_out)
{
    struct account_hangs hangs;

    *against_out = NULL;
    if (kept->id == gone->id)
        *against_out = N_("An account is not merged with itself.");
    else if (is_partner(kept) != is_partner(gone))
        *against_out = N_("A partner and a customer stay two accounts.");
    if (*against_out != NULL || !is_partner(gone))
        return NULL;
    TRY(account_hangs_read(req->db, req->arena, gone->id, &hangs));
    if (!is_bare(&hangs))
        *against_out = N_("The partner that is to go has people, registrations, opportunities or "
                          "leads. They stay with the company that they were made for: end that "
                          "partner instead.");
    return NULL;
}

static struct err *note_both(struct request *req, const struct audit_who *who,
                             const struct accounts_merge *m)
{
    const struct {
        int64_t id, other;
        const char *action, *member;
    } notes[] = {
        { m->kept.id, m->gone.id, "account.merge", "merged" },
        { m->gone.id, m->kept.id, "account.merged", "into" },
    };

    for (size_t i = 0; i < ARRAY_LEN(notes); i++)
        TRY(audit_write(req->db, req->arena, who,
                        &(struct audit_change){
                            .kind = "account",
                            .object_id = notes[i].id,
                            .action = notes[i].action,
                            .after = arena_printf(req->arena, "{\"%s\":%lld}", notes[i].member,
                                                  (long long)notes[i].other) }));
    return NULL;
}

/* Both are one end customer from now on: claims and waiting ones go by the group. */
static struct err *merge_customers(struct request *req, const struct accounts_merge *m)
{
    const struct deal_actor by = deal_actor_of(req, BY_STAFF);

    TRY(deal_decide_pair(req->db, req->arena, &by, m->kept.id, m->gone.id, PAIR_SAME));
    TRY(deal_move_customer(req->db, m->gone.id, m->kept.id));
    TRY(db_exec(req->db, &move_opportunities, DB_ARGS(DB_I(m->kept.id), DB_I(m->gone.id)), NULL));
    return err_pass(match_drop(req->db, req->arena, by.names, m->gone.id));
}

struct err *accounts_merge(struct request *req, struct accounts_merge *m)
{
    const struct deal_rooms *rooms = req->rooms;
    const struct audit_who who = { .actor = req->actor, .address = req->remote_addr };
    struct account *kept = &m->kept;

    TRY(account_tree_take(req->db));
    TRY(account_place_kept(req->db, req->arena, kept, &m->gone));
    TRY(account_retire(req->db, &who, &m->gone, kept->id));
    TRY(db_exec(req->db, &set_kind, DB_ARGS(DB_S(kept->kind), DB_I(kept->id)), NULL));
    TRY(account_update(req->db, req->arena, rooms->names, &who, kept));
    TRY(account_move_below(req->db, req->arena, kept, m->gone.id));
    if (!is_partner(kept))
        TRY(merge_customers(req, m));
    TRY(account_move_parts(req->db, kept, m->gone.id));
    return err_pass(note_both(req, &who, m));
}
