/* deal/deal_pages.c - the partner's page of one registration, and the pages that ask before
 * something that cannot be undone. */
#include "access/parameter.h"
#include "base/str.h"
#include "custom/custom_form.h"
#include "deal/deal_amend_pages.h"
#include "deal/deal_appeal.h"
#include "deal/deal_extension.h"
#include "deal/deal_files.h"
#include "deal/deal_mute.h"
#include "deal/deal_partner.h"
#include "deal/deal_steps.h"
#include "deal/deal_view.h"
#include "web/form_fields.h"

#include <string.h>

/* -- what every page here shares -----------------------------------------------------------------
 */

struct deal *deal_of_request(struct request *req)
{
    struct deal *deal = arena_alloc(req->arena, sizeof(*deal));

    *deal = *(const struct deal *)req->object;
    return deal;
}

struct deal_actor deal_partner_actor(const struct request *req)
{
    return deal_actor_of(req, BY_PARTNER);
}

void deal_partner_crumbs(struct request *req, const struct deal *deal)
{
    page_crumb(req, tr(req, N_("Deal registrations")), "/partner/deals");
    if (deal != NULL)
        page_crumb(req, deal_number(req->arena, deal->id),
                   arena_number(req->arena, "/partner/deals/DR-", deal->id));
}

struct err *deal_refuse(struct request *req, const struct deal *deal, const char *message)
{
    struct view *v = view_at(req->page, "Deal");

    deal_show_head(req, deal);
    deal_partner_crumbs(req, deal);
    view_text(v, "Message", message);
    view_text(v, "Href", arena_number(req->arena, "/partner/deals/DR-", deal->id));
    return err_pass(reply_conflict(req, "deal/refused.cs"));
}

/* The commonest mistake has an answer of its own: what can be done instead. */
static const char *state_message(struct request *req, const struct deal *deal, enum deal_verb verb)
{
    if (verb == DEAL_WITHDRAW && deal->state == DEAL_APPROVED)
        return tr(req,
                  N_("An approved registration cannot be withdrawn. You can end its protection."));
    return trf(req, N_("This registration is now “%s”: that cannot be done any more."),
               tr(req, deal_partner_statuses[deal->state].label));
}

const char *deal_refusal(struct request *req, const struct deal *deal, enum deal_verb verb,
                         int64_t shown_version)
{
    if (!deal_can(deal->state, verb, BY_PARTNER))
        return state_message(req, deal, verb);
    if (shown_version != deal->row_version)
        return tr(req,
                  N_("This registration has changed since you opened it. Nothing was done: look "
                     "at it again first."));
    return NULL;
}

static const struct field version_fields[] = {
    FORM_VERSION(struct deal_version_input),
    { 0 },
};
const struct form deal_version_form = { .name = "deal_version",
                                        .fields = version_fields,
                                        .size_bytes = sizeof(struct deal_version_input) };

/* -- the page ------------------------------------------------------------------------------------
 */

static bool may_be_extended(const struct deal *deal, int64_t pending, int64_t most, int64_t now)
{
    return deal->state == DEAL_APPROVED && pending == 0 && deal->extensions_granted < most &&
           now < deal->protected_until_at;
}

/* What can be done now: flags of V.May, so that the template decides nothing. */
static void show_may(struct request *req, struct view *v, const struct deal *deal, bool extend)
{
    struct view *may = view_at(v, "May");

    if (!actor_may(req->actor, PERM_DEAL_EDIT))
        return;
    view_flag(may, "Edit", deal->state == DEAL_DRAFT || deal->state == DEAL_RETURNED);
    view_flag(may, "Withdraw", deal_can(deal->state, DEAL_WITHDRAW, BY_PARTNER));
    view_flag(may, "End", deal_can(deal->state, DEAL_END, BY_PARTNER));
    view_flag(may, "Convert", deal_can(deal->state, DEAL_CONVERT, BY_PARTNER));
    view_flag(may, "Appeal", view_at(v, "Appeal") != NULL && *view_get(v, "Appeal.May") != '\0');
    view_flag(may, "Amend", deal->state == DEAL_APPROVED);
    view_flag(may, "Extend", extend);
    view_flag(may, "Clone", deal->state != DEAL_DRAFT && actor_may(req->actor, PERM_DEAL_REGISTER));
    view_flag(may, "Write", true);
}

/* Why it came back, and what can be done about it. */
static void show_reason(struct request *req, struct view *v, const struct deal *deal)
{
    view_flag(v, "IsDraft", deal->state == DEAL_DRAFT);
    view_flag(v, "IsReturned", deal->state == DEAL_RETURNED);
    /* All that a partner is told of a match: never who, what or when. */
    view_flag(v, "PersonLooks",
              deal_state_phase(deal->state) == DEAL_WITH_VENDOR && !str_is_empty(deal->verdict) &&
                  strcmp(deal->verdict, "different") != 0);
    view_flag(v, "IsRejected",
              deal->state == DEAL_REJECTED || deal->state == DEAL_DUPLICATE ||
                  deal->state == DEAL_REVOKED);
    view_text(v, "ReasonText", deal->reason_text);
    page_at(req, v, "AnswerDue", deal->answer_due_at);
    if (deal->opportunity_id != 0) {
        view_text(v, "Opportunity", arena_number(req->arena, "OP-", deal->opportunity_id));
        view_text(v, "OpportunityHref",
                  arena_number(req->arena, "/partner/opportunities/OP-", deal->opportunity_id));
    }
    if (!str_is_empty(deal->reviewer_name))
        view_text(v, "Reviewer", deal->reviewer_name);
}

static struct err *show_clock(struct request *req, struct view *v, const struct deal *deal)
{
    struct deal_clock clock;

    if (deal_state_phase(deal->state) != DEAL_WITH_VENDOR)
        return NULL;
    TRY(deal_clock_read(req->db, req->arena, deal, &clock));
    deal_show_clock(req, v, &clock);
    return err_pass(deal_progress_show(req, v, deal));
}

static struct err *show_rows(struct request *req, struct view *v, const struct deal *deal,
                             int64_t now)
{
    struct deal_amend_shown asked;
    int64_t pending = 0, most = 0;

    deal_show_history(req, v, deal);
    /* Nothing is extended that was never protected. */
    if (deal->protected_from_at != 0) {
        TRY(deal_show_extensions(req, v, deal, &pending));
        TRY(parameter_kept(req->db, PARAM_DEAL_EXTENSIONS_MOST, &most));
    }
    TRY(deal_show_appeal(req, v, deal, now));
    TRY(deal_show_amendments(req, v, deal, &asked));
    TRY(deal_show_receipts(req, v, deal));
    TRY(deal_show_opened(req, v, deal));
    TRY(deal_show_comments(req, v, deal));
    TRY(deal_show_files(req, v, deal));
    show_may(req, v, deal, may_be_extended(deal, pending, most, now));
    return NULL;
}

struct err *deal_show(struct request *req)
{
    struct view *v = view_at(req->page, "Deal");
    struct deal *deal = deal_of_request(req);
    struct deal_version_input version = { deal->row_version };
    int64_t now;

    TRY(db_now(req->db, &now));
    TRY(deal_load_lines(req->db, req->arena, deal));
    TRY(deal_load_steps(req->db, req->arena, deal));
    deal_show_head(req, deal);
    deal_partner_crumbs(req, NULL);
    page_crumb(req, deal_number(req->arena, deal->id), "");
    view_text(v, "Number", deal_number(req->arena, deal->id));
    view_text(v, "Href", arena_number(req->arena, "/partner/deals/DR-", deal->id));
    show_reason(req, v, deal);
    deal_show_content(req, v, deal);
    TRY(custom_show(req, v, "Content", CUSTOM_DEAL, deal->id));
    deal_show_lines(req, v, deal);
    deal_show_track(req, v, deal, now);
    deal_show_protection(req, v, deal, now);
    TRY(show_clock(req, v, deal));
    TRY(show_rows(req, v, deal, now));
    TRY(deal_show_muted(req, v, deal));
    form_show(req, &deal_version_form, &version);
    return NULL;
}

/* -- pages that ask ------------------------------------------------------------------------------
 */

/* One row for each verb that is asked about first; texts are English message ids. */
struct ask {
    enum deal_verb verb;
    const char *path, *title, *question, *consequence, *button, *icon, *kind;
};

static const struct ask withdraw = {
    DEAL_WITHDRAW,
    "withdraw",
    N_("Withdraw this registration"),
    N_("Withdraw it?"),
    N_("Its place in line is given up. Registering the same deal again takes a new place, behind "
       "everybody who came meanwhile."),
    N_("Withdraw"),
    "arrow-bar-left",
    "bad",
};
static const struct ask end = {
    DEAL_END,
    "end",
    N_("End the protection"),
    N_("Give the protection up before its end?"),
    N_("The product lines become free at once, for other partners too. This cannot be undone."),
    N_("End the protection"),
    "shield-off",
    "bad",
};
static const struct ask convert = {
    DEAL_CONVERT,
    "convert",
    N_("Convert to an opportunity"),
    N_("Convert it?"),
    N_("The registration stays as it is and keeps its protection while the opportunity is open and "
       "worked on. You and the vendor then work on one opportunity with these facts."),
    N_("Convert to opportunity"),
    "arrows-exchange",
    "primary",
};

/* What is given up, in figures: only where there is a protection. */
static const char *figures(struct request *req, const struct deal *deal, const struct ask *ask,
                           int64_t now)
{
    if (ask->verb != DEAL_END || deal->protected_until_at == 0)
        return "";
    return trf(req, N_("%1$s of protection for %2$s are given up."),
               deal_days_until(req, now, deal->protected_until_at),
               trn(req, "%s product line", "%s product lines", (int64_t)deal->line_count));
}

static struct err *ask_show(struct request *req, const struct ask *ask)
{
    struct deal *deal = deal_of_request(req);
    struct deal_version_input version = { deal->row_version };
    struct view *v = view_at(req->page, "Ask");
    int64_t now;

    if (!deal_can(deal->state, ask->verb, BY_PARTNER))
        return err_pass(deal_refuse(req, deal, state_message(req, deal, ask->verb)));
    TRY(db_now(req->db, &now));
    TRY(deal_load_lines(req->db, req->arena, deal));
    deal_show_head(req, deal);
    deal_partner_crumbs(req, deal);
    deal_show_lines(req, view_at(req->page, "Deal"), deal);
    view_text(v, "Question", tr(req, ask->question));
    view_text(v, "Consequence", tr(req, ask->consequence));
    view_text(v, "Figures", figures(req, deal, ask, now));
    view_text(v, "Button", tr(req, ask->button));
    view_text(v, "Icon", ask->icon);
    view_text(v, "Kind", ask->kind);
    view_text(v, "Back", arena_number(req->arena, "/partner/deals/DR-", deal->id));
    view_text(
        v, "Action",
        arena_printf(req->arena, "/partner/deals/DR-%lld/%s", (long long)deal->id, ask->path));
    form_show(req, &deal_version_form, &version);
    return NULL;
}

static struct err *decide(struct request *req, const struct ask *ask, const char *note)
{
    const struct deal_decision decision = { .verb = ask->verb };
    const struct deal_version_input *in = req->input;
    struct deal_actor by = deal_partner_actor(req);
    struct deal *deal = deal_of_request(req);
    const char *refusal = deal_refusal(req, deal, ask->verb, in->row_version);

    if (refusal != NULL)
        return err_pass(deal_refuse(req, deal, refusal));
    TRY(deal_decide(req->db, req->arena, &by, deal, &decision));
    return err_pass(reply_redirect(req, note, "/partner/deals/DR-%lld", (long long)deal->id));
}

struct err *deal_withdraw_show(struct request *req)
{
    return err_pass(ask_show(req, &withdraw));
}

struct err *deal_withdraw_post(struct request *req)
{
    return err_pass(decide(req, &withdraw, "deal_withdrawn"));
}

struct err *deal_end_show(struct request *req)
{
    return err_pass(ask_show(req, &end));
}

struct err *deal_end_post(struct request *req)
{
    return err_pass(decide(req, &end, "deal_ended"));
}

struct err *deal_convert_show(struct request *req)
{
    return err_pass(ask_show(req, &convert));
}

/* -- a copy -------------------------------------------------------------------------------------
 */

/* Everything that was typed, without what became of it: a draft of today. */
struct err *deal_clone_post(struct request *req)
{
    struct deal_actor by = deal_partner_actor(req);
    const struct deal *from = req->object;
    struct deal deal = *from;

    TRY(deal_load_lines(req->db, req->arena, &deal));
    deal.cloned_from = from->id;
    deal.created_by = req->actor->user_id;
    deal.on_behalf_by = deal.end_customer_id = deal.department_id = deal.bulk_id = 0;
    deal.expected_close = DAY_NONE;
    TRY(deal_create(req->db, req->arena, &by, &deal));
    TRY(custom_copy(req, CUSTOM_DEAL, from->id, deal.id));
    return err_pass(
        reply_redirect(req, "deal_cloned", "/partner/deals/DR-%lld/edit", (long long)deal.id));
}

/* -- extensions ---------------------------------------------------------------------------------
 */

struct err *deal_extend_show(struct request *req)
{
    struct deal *deal = deal_of_request(req);
    struct deal_extension_input stored = { .row_version = deal->row_version,
                                           .progress = "",
                                           .days = "30" };
    struct view *v = view_at(req->page, "Deal");
    int64_t now;

    if (deal->state != DEAL_APPROVED)
        return err_pass(deal_refuse(req, deal, state_message(req, deal, DEAL_END)));
    TRY(db_now(req->db, &now));
    TRY(deal_load_lines(req->db, req->arena, deal));
    deal_show_head(req, deal);
    deal_partner_crumbs(req, deal);
    deal_show_protection(req, v, deal, now);
    view_text(v, "Href", arena_number(req->arena, "/partner/deals/DR-", deal->id));
    form_show(req, &deal_extension_form, &stored);
    return NULL;
}

struct err *deal_extend_post(struct request *req)
{
    const struct deal_extension_input *in = req->input;
    struct deal_actor by = deal_partner_actor(req);
    struct deal *deal = deal_of_request(req);
    const struct deal_extension_ask asked = { in->progress, in->days };
    struct err *e;

    if (in->row_version != deal->row_version)
        return err_pass(deal_refuse(req, deal, deal_refusal(req, deal, DEAL_END, in->row_version)));
    e = deal_extension_ask(req->db, req->arena, &by, deal, &asked);
    if (err_is(e, ERR_CONFLICT)) {
        const char *message = deal_extension_refusal(err_detail(e));

        err_free(e);
        return err_pass(deal_refuse(req, deal, tr(req, message)));
    }
    TRY(e);
    return err_pass(
        reply_redirect(req, "deal_extension", "/partner/deals/DR-%lld", (long long)deal->id));
}
