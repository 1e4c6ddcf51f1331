/* deal/deal_progress.c - what a partner reads of the approvals that its registration, or a change
 * to it, waits for: that there are some, and how many are given.  Not who gives them, and not why
 * they are needed. */
#include "deal/deal_steps.h"
#include "deal/deal_view.h"

struct progress {
    int64_t open, done;
};
static const struct db_field progress_fields[] = { DB_FIELD(struct progress, open, DB_I64, 0),
                                                   DB_FIELD(struct progress, done, DB_I64, 0),
                                                   { 0 } };
#define PROGRESS(ident, name_, columns)                                                      \
    static const struct db_stmt ident = {                                                    \
        .name = name_,                                                                       \
        .sql = "SELECT " columns " FROM deal_progress WHERE account_id = ? AND deal_id = ?", \
        .binds = "ii",                                                                       \
        .fields = progress_fields,                                                           \
        .row_bytes = sizeof(struct progress),                                                \
        .flags = DB_ACCOUNT_FIRST,                                                           \
    }
PROGRESS(of_deal, "deal.progress", "open, done");
PROGRESS(of_change, "deal.amend.progress", "amend_open AS open, amend_done AS done");
db_stmt_table deal_progress_statements[] = { &of_deal, &of_change, NULL };

static struct err *show(struct request *req, struct view *v, const struct deal *deal,
                        const struct db_stmt *stmt)
{
    struct progress row = { 0 };
    bool found;

    TRY(db_one(req->db, req->arena, stmt, DB_ARGS(DB_I(req->actor->account_id), DB_I(deal->id)),
               &row, &found));
    if (!found || row.open == 0)
        return NULL;
    view_text(v, "Approvals",
              trf(req, N_("Several people decide it: %1$s of %2$s approvals are given."),
                  text_number(req->locale, req->arena, row.done),
                  text_number(req->locale, req->arena, row.open + row.done)));
    return NULL;
}

struct err *deal_progress_show(struct request *req, struct view *v, const struct deal *deal)
{
    return deal->has_steps ? err_pass(show(req, v, deal, &of_deal)) : NULL;
}

struct err *deal_amend_progress_show(struct request *req, struct view *v, const struct deal *deal)
{
    return err_pass(show(req, v, deal, &of_change));
}
