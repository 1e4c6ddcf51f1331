/* opportunity/opportunity_convert_staff.c - staff convert a protected registration: the page that
 * asks, and the step, which is the partner's own. */
#include "base/str.h"
#include "deal/deal_partner.h"
#include "deal/deal_staff.h"
#include "deal/deal_view.h"
#include "opportunity/opportunity_convert.h"

/* Who decides registrations and does not work on opportunities has no such page. */
static struct err *let_convert(const struct request *req)
{
    if (actor_may(req->actor, PERM_OPPORTUNITY_EDIT))
        return NULL;
    return err_raise(ERR_NOT_FOUND, "he works on no opportunities");
}

static struct err *refuse(struct request *req, struct deal *deal)
{
    const struct deal_refusal refusal = {
        .message = trf(req,
                       N_("This registration has changed since you opened it: it is now “%s”. "
                          "Nothing was converted."),
                       tr(req, deal_staff_statuses[deal->state].label)),
    };

    return err_pass(deal_review_refuse(req, deal, &refusal));
}

struct err *opportunity_staff_convert_show(struct request *req)
{
    struct deal *deal = deal_staff_deal(req);
    const struct deal_version_input version = { deal->row_version };
    struct view *v = view_at(req->page, "Ask");

    TRY(let_convert(req));
    if (!deal_can(deal->state, DEAL_CONVERT, BY_STAFF))
        return err_pass(refuse(req, deal));
    TRY(deal_load_lines(req->db, req->arena, deal));
    deal_show_head(req, deal);
    deal_staff_crumbs(req, deal);
    deal_show_lines(req, view_at(req->page, "Deal"), deal);
    view_text(v, "Question", tr(req, N_("Convert it?")));
    view_text(
        v, "Consequence",
        trf(req,
            N_("The registration stays as it is and keeps its protection while the opportunity "
               "is open and worked on. %s is told, and works on the opportunity with you."),
            deal->partner_name));
    view_text(v, "Figures", "");
    view_text(v, "Button", tr(req, N_("Convert to opportunity")));
    view_text(v, "Icon", "arrows-exchange");
    view_text(v, "Kind", "primary");
    view_text(v, "Back", deal_staff_address(req, deal->id));
    view_text(v, "Action",
              arena_join(req->arena, deal_staff_address(req, deal->id), "/convert", NULL));
    form_show(req, &deal_version_form, &version);
    return NULL;
}

struct err *opportunity_staff_convert_post(struct request *req)
{
    const struct deal_version_input *in = req->input;
    struct deal *deal = deal_staff_deal(req);
    struct deal_actor by;
    struct err *e;

    TRY(let_convert(req));
    if (in->row_version != deal->row_version || !deal_can(deal->state, DEAL_CONVERT, BY_STAFF))
        return err_pass(refuse(req, deal));
    TRY(deal_staff_actor(req, deal, &by));
    e = deal_convert(req->db, req->arena, &by, deal);
    if (err_is(e, ERR_CONFLICT)) {
        err_free(e);
        return err_raise(ERR_AGAIN, "a registration changed while it was converted");
    }
    TRY(e);
    return err_pass(reply_redirect(req, "deal_converted", "/staff/opportunities/OP-%lld",
                                   (long long)deal->opportunity_id));
}
