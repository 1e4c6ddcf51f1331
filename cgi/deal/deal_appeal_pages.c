/* deal/deal_appeal_pages.c - an appeal as its partner makes it, and as both sides see it. */
#include "access/parameter.h"
#include "base/str.h"
#include "deal/deal_appeal.h"
#include "deal/deal_partner.h"
#include "deal/deal_view.h"
#include "web/form.h"
#include "web/form_fields.h"

/* -- the form ------------------------------------------------------------------------------------
 */

static const struct field fields[] = {
    FORM_VERSION(struct deal_appeal_input),
    { .name = "reason",
      .label = N_("Why this decision should be looked at again"),
      .kind = FIELD_LINES,
      .required = true,
      .needed = N_("Say why this decision should be looked at again."),
      .min = 10,
      .max = DEAL_APPEAL_MAX,
      .offset = offsetof(struct deal_appeal_input, reason) },
    { 0 },
};
const struct form deal_appeal_form = { .name = "deal_appeal",
                                       .fields = fields,
                                       .size_bytes = sizeof(struct deal_appeal_input) };

/* What forbids it now; NULL when nothing does. */
static const char *refusal(struct request *req, const struct deal *deal, int64_t now)
{
    if (deal_may_appeal(deal, now))
        return NULL;
    return tr(req, deal_appeal_refusal(deal->has_appeal                                 ? "once"
                                       : deal_can(deal->state, DEAL_APPEAL, BY_PARTNER) ? "over"
                                                                                        : "state"));
}

struct err *deal_appeal_show(struct request *req)
{
    struct deal *deal = deal_of_request(req);
    const struct deal_appeal_input stored = { .row_version = deal->row_version, .reason = "" };
    struct view *v = view_at(req->page, "Deal");
    int64_t now, hours;

    TRY(db_now(req->db, &now));
    if (!deal_may_appeal(deal, now))
        return err_pass(deal_refuse(req, deal, refusal(req, deal, now)));
    TRY(parameter_now(req->db, req->arena, PARAM_DEAL_DECISION_HOURS, &hours));
    deal_show_head(req, deal);
    deal_partner_crumbs(req, deal);
    view_text(v, "ReasonText", deal->reason_text);
    view_text(v, "Href", arena_number(req->arena, "/partner/deals/DR-", deal->id));
    page_int(req, v, "Hours", hours);
    page_at(req, v, "Until", deal->appeal_until_at);
    form_show(req, &deal_appeal_form, &stored);
    return NULL;
}

struct err *deal_appeal_post(struct request *req)
{
    const struct deal_appeal_input *in = req->input;
    struct deal_actor by = deal_partner_actor(req);
    struct deal *deal = deal_of_request(req);
    struct err *e;
    int64_t now;

    TRY(db_now(req->db, &now));
    if (deal_may_appeal(deal, now) && in->row_version != deal->row_version)
        return err_pass(deal_refuse(req, deal, tr(req, deal_appeal_refusal("version"))));
    e = deal_appeal(req->db, req->arena, &by, deal, in->reason);
    if (err_is(e, ERR_CONFLICT)) {
        const char *message = deal_appeal_refusal(err_detail(e));

        err_free(e);
        return err_pass(deal_refuse(req, deal, tr(req, message)));
    }
    TRY(e);
    return err_pass(
        reply_redirect(req, "deal_appealed", "/partner/deals/DR-%lld", (long long)deal->id));
}

/* -- what both sides see -------------------------------------------------------------------------
 */

struct shown_row {
    const char *reason, *asked_name;
    int64_t asked_at;
};
static const struct db_field shown_fields[] = {
    DB_FIELD(struct shown_row, reason, DB_TEXT, 1000),
    DB_FIELD(struct shown_row, asked_name, DB_TEXT, 120),
    DB_FIELD(struct shown_row, asked_at, DB_AT, 0),
    { 0 },
};
static const struct db_stmt shown = {
    .name = "deal.appeal.shown",
    .sql = "SELECT reason, asked_name, asked_at FROM deal_appeal WHERE deal_id = ?",
    .binds = "i",
    .fields = shown_fields,
    .row_bytes = sizeof(struct shown_row),
};
db_stmt_table deal_appeal_show_statements[] = { &shown, NULL };

static const struct status_row outcomes[] = {
    { "open", "wait", "eye", N_("Being reviewed") },
    { "won", "good", "check", N_("Successful") },
    { "failed", "bad", "x", N_("Not successful: final") },
    { "gone", "off", "arrow-bar-left", N_("Not decided") },
    { 0 },
};

/* What became of it stands in the registration, and nowhere else. */
static const char *outcome(const struct deal *deal)
{
    if (deal->protected_from_at != 0)
        return "won";
    if (deal->state == DEAL_REJECTED || deal->state == DEAL_DUPLICATE)
        return "failed";
    return deal_state_phase(deal->state) == DEAL_CLOSED ? "gone" : "open";
}

static struct err *show_made(struct request *req, struct view *v, const struct deal *deal)
{
    struct shown_row row;

    TRY(db_get(req->db, req->arena, &shown, DB_ARGS(DB_I(deal->id)), &row));
    view_text(v, "Reason", row.reason);
    view_text(v, "Who", row.asked_name);
    page_at(req, v, "At", row.asked_at);
    page_status(req, v, "Status", outcomes, outcome(deal));
    view_flag(v, "Open", str_eq(outcome(deal), "open"));
    return NULL;
}

struct err *deal_show_appeal(struct request *req, struct view *v, const struct deal *deal,
                             int64_t now)
{
    struct view *appeal = view_at(v, "Appeal");

    if (deal->has_appeal)
        return err_pass(show_made(req, appeal, deal));
    if (!deal_can(deal->state, DEAL_APPEAL, BY_PARTNER) || deal->appeal_until_at == 0)
        return NULL;
    view_flag(appeal, "May", deal_may_appeal(deal, now));
    page_at(req, appeal, "Until", deal->appeal_until_at);
    return NULL;
}

struct err *deal_appeal_words(struct request *req, const struct deal *deal,
                              const char **message_out)
{
    bool allows = true;

    *message_out = NULL;
    if (deal_state_phase(deal->state) == DEAL_WITH_VENDOR)
        TRY(deal_appeal_allows(req->db, req->arena, deal, req->actor->user_id, &allows));
    if (!allows)
        *message_out = tr(req, N_("This is an appeal: whoever had it or decided it before, and who "
                                  "stands in for them, cannot take it or decide it."));
    return NULL;
}
