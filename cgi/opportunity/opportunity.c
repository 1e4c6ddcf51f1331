/* opportunity/opportunity.c - the partner's page of an opportunity: its facts, a word that it is
 * worked on, and how it ended.  The end moves the registration that it came from. */
#include "opportunity/opportunity.h"
#include "base/str.h"
#include "comment/comment.h"
#include "deal/deal_partner.h"
#include "deal/deal_view.h"

#define KIND "opportunity"

/* -- statements ----------------------------------------------------------------------------------
 */

static const struct db_field fields[] = {
    DB_FIELD(struct opportunity, id, DB_I64, 0),
    DB_NULLABLE(struct opportunity, deal_id, DB_I64, 0),
    DB_FIELD(struct opportunity, account_id, DB_I64, 0),
    DB_FIELD(struct opportunity, row_version, DB_I64, 0),
    DB_FIELD(struct opportunity, name, DB_TEXT, 400),
    DB_FIELD(struct opportunity, state, DB_TEXT, 8),
    DB_FIELD(struct opportunity, currency, DB_TEXT, 4),
    DB_FIELD(struct opportunity, close_reason, DB_TEXT, 400),
    DB_FIELD(struct opportunity, amount, DB_E4, 0),
    DB_NULLABLE(struct opportunity, expected_close, DB_DAY, 0),
    DB_FIELD(struct opportunity, worked_at, DB_AT, 0),
    DB_NULLABLE(struct opportunity, closed_at, DB_AT, 0),
    DB_FIELD(struct opportunity, created_at, DB_AT, 0),
    { 0 },
};
static const struct db_stmt of_account = {
    .name = "opportunity.of_account",
    .sql =
        "SELECT id, deal_id, account_id, row_version, name, state, currency, close_reason, amount, "
        "expected_close, worked_at, closed_at, created_at FROM opportunity "
        "WHERE account_id = ? AND id = ?",
    .binds = "ii",
    .fields = fields,
    .row_bytes = sizeof(struct opportunity),
    .flags = DB_ACCOUNT_FIRST,
};
static const struct db_stmt mark_worked = {
    .name = "opportunity.mark_worked",
    .sql = "UPDATE opportunity SET worked_at = ?, updated_at = ? WHERE id = ? AND state = 'open'",
    .binds = "tti",
    .flags = DB_WRITE,
};
static const struct db_stmt mark_deal_worked = {
    .name = "opportunity.mark_deal_worked",
    .sql = "UPDATE deal SET worked_at = ? WHERE id = ?",
    .binds = "ti",
    .flags = DB_WRITE,
};
/* Of two who close it at once, one finds no open row. */
static const struct db_stmt close = {
    .name = "opportunity.close",
    .sql = "UPDATE opportunity SET state = ?, close_reason = ?, closed_at = ?, updated_at = ?, "
           "row_version = row_version + 1 WHERE id = ? AND row_version = ? AND state = 'open'",
    .binds = "ssttii",
    .flags = DB_WRITE,
};
db_stmt_table opportunity_partner_statements[] = { &of_account, &mark_worked, &mark_deal_worked,
                                                   &close, NULL };

static struct err *load(struct request *req, int64_t id, const void **object_out)
{
    struct opportunity *row = arena_alloc(req->arena, sizeof(*row));
    bool found;

    TRY(db_one(req->db, req->arena, &of_account, DB_ARGS(DB_I(req->actor->account_id), DB_I(id)),
               row, &found));
    *object_out = found ? row : NULL;
    return NULL;
}

const struct object_kind opportunity_partner_object = { .name = KIND,
                                                        .prefix = "OP-",
                                                        .load = load };

/* -- forms ---------------------------------------------------------------------------------------
 */

struct close_input {
    int64_t row_version;
    const char *outcome, *reason;
};
static const struct choice outcomes[] = {
    { "won", N_("Won") },
    { "lost", N_("Lost") },
    { 0 },
};
static const struct field close_fields[] = {
    { .name = "row_version",
      .label = "",
      .kind = FIELD_INT,
      .min = 0,
      .max = INT64_MAX,
      .offset = offsetof(struct close_input, row_version) },
    { .name = "outcome",
      .label = N_("How did it end?"),
      .kind = FIELD_CHOICE,
      .required = true,
      .needed = N_("Choose how it ended."),
      .choices = outcomes,
      .offset = offsetof(struct close_input, outcome) },
    { .name = "reason",
      .label = N_("What decided it"),
      .kind = FIELD_TEXT,
      .max = 300,
      .offset = offsetof(struct close_input, reason) },
    { 0 },
};
static const struct form close_form = { .name = "opportunity_close",
                                        .fields = close_fields,
                                        .size_bytes = sizeof(struct close_input) };

/* -- the page ------------------------------------------------------------------------------------
 */

static const struct status_row statuses[] = {
    { "open", "active", "circle-dashed", N_("Open") },
    { "won", "good", "trophy", N_("Won") },
    { "lost", "off", "flag-off", N_("Lost") },
    { 0 },
};

static struct err *show(struct request *req)
{
    const struct opportunity *o = req->object;
    struct view *v = view_at(req->page, "Opportunity");
    struct close_input stored = { .row_version = o->row_version, .outcome = "", .reason = "" };
    struct comment *comments;
    size_t count;

    page_title(req, o->name);
    page_status(req, view_at(req->page, "Page"), "Status", statuses, o->state);
    page_fact(req, arena_printf(req->arena, "OP-%lld", (long long)o->id));
    page_money(req, v, "Amount", o->amount, o->currency);
    page_fact(req, view_get(v, "Amount"));
    deal_partner_crumbs(req, NULL);
    page_day(req, v, "Close", o->expected_close);
    page_at(req, v, "Worked", o->worked_at);
    page_at(req, v, "Closed", o->closed_at);
    view_text(v, "Reason", o->close_reason);
    view_text(v, "Href",
              arena_printf(req->arena, "/partner/opportunities/OP-%lld", (long long)o->id));
    view_flag(v, "IsOpen", str_eq(o->state, "open") && actor_may(req->actor, PERM_DEAL_EDIT));
    if (o->deal_id != 0) {
        view_text(v, "Deal", deal_number(req->arena, o->deal_id));
        page_crumb(req, deal_number(req->arena, o->deal_id),
                   arena_printf(req->arena, "/partner/deals/DR-%lld", (long long)o->deal_id));
    }
    TRY(comment_list(req->db, req->arena, KIND, o->id, &comments, &count));
    comment_show(req, v, "Comments", comments, count);
    form_show_as(req, "Note", &comment_form, NULL);
    form_show(req, &close_form, &stored);
    return NULL;
}

static struct err *refuse(struct request *req)
{
    const struct opportunity *o = req->object;
    struct view *v = view_at(req->page, "Deal");

    page_title(req, o->name);
    view_text(v, "Message",
              tr(req, N_("This opportunity has changed since you opened it. Nothing was done: look "
                         "at it again first.")));
    view_text(v, "Href",
              arena_printf(req->arena, "/partner/opportunities/OP-%lld", (long long)o->id));
    return err_pass(reply_conflict(req, "deal/refused.cs"));
}

static struct err *go_back(struct request *req, const char *note)
{
    return err_pass(
        reply_redirect(req, note, "/partner/opportunities/OP-%lld", (long long)req->object_id));
}

/* What was done, in a few words: keeps the protection of its registration alive. */
static struct err *note_post(struct request *req)
{
    const struct opportunity *o = req->object;
    const struct comment_input *in = req->input;
    int64_t now, id;

    if (!str_eq(o->state, "open"))
        return err_pass(refuse(req));
    TRY(db_now(req->db, &now));
    TRY(comment_add(req->db, req->actor, KIND, o->id, in->body, &id));
    TRY(db_exec(req->db, &mark_worked, DB_ARGS(DB_T(now), DB_T(now), DB_I(o->id)), NULL));
    if (o->deal_id != 0)
        TRY(db_exec(req->db, &mark_deal_worked, DB_ARGS(DB_T(now), DB_I(o->deal_id)), NULL));
    TRY(request_audit(req, KIND, o->id, NULL, NULL));
    return err_pass(go_back(req, "saved"));
}

static struct err *move_deal(struct request *req, int64_t deal_id, const char *outcome,
                             const char *reason)
{
    const struct deal_decision decision = { .verb = str_eq(outcome, "won") ? DEAL_WIN : DEAL_LOSE,
                                            .reason_text = reason };
    struct deal_actor by = deal_partner_actor(req);
    struct deal *deal;

    TRY(deal_of_account(req->db, req->arena, req->actor->account_id, deal_id, &deal));
    if (deal == NULL)
        return err_raise(ERR_BUG, "the registration of an opportunity is gone");
    return err_pass(deal_decide(req->db, req->arena, &by, deal, &decision));
}

static struct err *close_post(struct request *req)
{
    const struct opportunity *o = req->object;
    const struct close_input *in = req->input;
    int64_t now, changed;

    if (!str_eq(o->state, "open") || in->row_version != o->row_version)
        return err_pass(refuse(req));
    TRY(db_now(req->db, &now));
    TRY(db_exec(req->db, &close,
                DB_ARGS(DB_S(in->outcome), DB_S(in->reason), DB_T(now), DB_T(now), DB_I(o->id),
                        DB_I(in->row_version)),
                &changed));
    if (changed != 1)
        return err_raise(ERR_AGAIN, "an opportunity changed while it was closed");
    if (o->deal_id != 0)
        TRY(move_deal(req, o->deal_id, in->outcome, in->reason));
    TRY(request_audit(req, KIND, o->id, NULL, NULL));
    return err_pass(go_back(req, "saved"));
}

const struct route opportunity_partner_routes[] = {
    { .name = "opportunity.show",
      .method = HTTP_GET,
      .path = "/partner/opportunities/:id",
      .audience = AUD_PARTNER,
      .permission = PERM_OPPORTUNITY_VIEW,
      .object = &opportunity_partner_object,
      .handler = show,
      .page = "opportunity/show.cs" },
    { .name = "opportunity.note",
      .method = HTTP_POST,
      .path = "/partner/opportunities/:id/note",
      .audience = AUD_PARTNER,
      .permission = PERM_DEAL_EDIT,
      .object = &opportunity_partner_object,
      .form = &comment_form,
      .handler = note_post,
      .retry = show,
      .retry_page = "opportunity/show.cs" },
    { .name = "opportunity.close",
      .method = HTTP_POST,
      .path = "/partner/opportunities/:id/close",
      .audience = AUD_PARTNER,
      .permission = PERM_DEAL_EDIT,
      .object = &opportunity_partner_object,
      .form = &close_form,
      .handler = close_post,
      .retry = show,
      .retry_page = "opportunity/show.cs" },
    { 0 },
};
