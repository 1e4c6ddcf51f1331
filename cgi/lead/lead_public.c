/* lead/lead_public.c - anybody asks: what was agreed to is kept with the words and the time.
 *
 * Instead of a riddle there are three hurdles: an address may ask so often in an hour, a field that
 * no person sees must stay empty, and what is sent the moment it was shown is asked for again. */
#include "lead/lead_public.h"

#include "access/parameter.h"
#include "base/str.h"
#include "lead/lead_forms.h"
#include "lead/lead_inside.h"
#include "web/request.h"

static const struct rate asks = { "lead.ask", 20, 3600 };
static const struct rate looks = { "lead.link", 120, 3600 };

static const char *consent_text(const struct request *req)
{
    return trf(req,
               N_("%s may pass my question and how to reach me on to one of its partners, who may "
                  "get in touch with me about it. I can take this back at any time."),
               req->conf->vendor_name);
}

static struct err *ask_show(struct request *req)
{
    static const struct lead_input empty = { .company_name = "",
                                             .country = "",
                                             .region = "",
                                             .city = "",
                                             .website = "",
                                             .person_name = "",
                                             .person_title = "",
                                             .email = "",
                                             .phone = "",
                                             .budget = "",
                                             .timeframe = "",
                                             .note = "",
                                             .campaign = "",
                                             .fax = "" };
    struct lead_input stored = empty;
    int64_t now;

    TRY(db_now(req->db, &now));
    stored.shown = now / CLOCK_SECOND;
    page_title(req, tr(req, N_("Ask a partner near you")));
    form_show(req, &lead_ask_form, &stored);
    view_text(view_at(req->page, "Ask"), "Consent", consent_text(req));
    return err_pass(lead_show_lines(req, 0));
}

static struct err *thanks_show(struct request *req)
{
    page_title(req, tr(req, N_("Thank you")));
    return NULL;
}

/* What is typed needs longer than this; a program does not. */
static struct err *check_pace(struct request *req, const struct lead_input *in)
{
    int64_t now, least;

    TRY(db_now(req->db, &now));
    TRY(parameter_now(req->db, req->arena, PARAM_LEAD_FORM_SECONDS, &least));
    if (least > 0 && now / CLOCK_SECOND - in->shown < least)
        form_fault(req, "shown", -1,
                   tr(req, N_("That was quick. Please look at it once more, then send it again.")));
    return NULL;
}

static struct err *ask_post(struct request *req)
{
    const struct lead_input *in = req->input;
    const struct lead_actor by = { .who = { .actor = req->actor, .address = req->remote_addr },
                                   .as = LEAD_BY_GUEST };
    struct lead lead = { .pool = "" };
    int64_t now;

    /* Whoever filled it in is told nothing. */
    if (!str_is_empty(in->fax))
        return err_pass(reply_redirect(req, NULL, "/contact/thanks"));
    TRY(check_pace(req, in));
    TRY(lead_check_line(req, in->product_line_id));
    if (form_has_faults(req))
        return err_pass(form_refuse(req));
    TRY(db_now(req->db, &now));
    lead_from_input(in, &lead);
    lead.source = "web";
    lead.lang = text_locale_lang(req->locale) == LANG_ZH ? "zh-CN" : "en";
    lead.consent_text = consent_text(req);
    lead.consent_at = now;
    TRY(lead_create(req->db, req->arena, &by, &lead));
    TRY(lead_ask_routing(req->db, lead.id));
    return err_pass(reply_redirect(req, NULL, "/contact/thanks"));
}

#define PUBLIC .audience = AUD_PUBLIC, .permission = PERM_PUBLIC

const struct route lead_public_routes[] = {
    { .name = "lead.ask_page",
      .method = HTTP_GET,
      .path = "/contact",
      PUBLIC,
      .handler = ask_show,
      .page = "lead/ask.cs" },
    { .name = "lead.ask",
      .method = HTTP_POST,
      .path = "/contact",
      PUBLIC,
      .form = &lead_ask_form,
      .handler = ask_post,
      .retry = ask_show,
      .retry_page = "lead/ask.cs",
      .rate = &asks },
    { .name = "lead.thanks",
      .method = HTTP_GET,
      .path = "/contact/thanks",
      PUBLIC,
      .handler = thanks_show,
      .page = "lead/thanks.cs" },
    { .name = "lead.link",
      .method = HTTP_GET,
      .path = "/lead/:token",
      PUBLIC,
      .handler = lead_link_show,
      .page = "lead/link.cs",
      .rate = &looks },
    { .name = "lead.link_accept",
      .method = HTTP_POST,
      .path = "/lead/:token/accept",
      PUBLIC,
      .form = &form_empty,
      .handler = lead_link_accept,
      .rate = &looks },
    { .name = "lead.link_decline",
      .method = HTTP_POST,
      .path = "/lead/:token/decline",
      PUBLIC,
      .form = &lead_decline_form,
      .handler = lead_link_decline,
      .retry = lead_link_show,
      .retry_page = "lead/link.cs",
      .rate = &looks },
    { 0 },
};
