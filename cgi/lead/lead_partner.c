/* lead/lead_partner.c - one lead for its partner: answered, worked on, finished. */
#include "lead/lead_partner.h"

#include "base/str.h"
#include "comment/comment.h"
#include "lead/lead_convert.h"
#include "lead/lead_forms.h"
#include "lead/lead_inside.h"
#include "lead/lead_staff.h"
#include "lead/lead_view.h"
#include "web/saved_view.h"

static struct err *load(struct request *req, int64_t id, const void **object_out)
{
    struct lead *lead;

    TRY(lead_of_account(req->db, req->arena, req->actor->account_id, id, &lead));
    *object_out = lead;
    return NULL;
}

const struct object_kind lead_partner_object = { .name = LEAD_KIND, .prefix = "LD-", .load = load };

/* -- the page ------------------------------------------------------------------------------------
 */

static void show_may(struct request *req, struct view *v, const struct lead *lead)
{
    const bool work = actor_may(req->actor, PERM_LEAD_WORK);
    const struct lead_reason_input reason = { .row_version = lead->row_version,
                                              .reason = "",
                                              .text = "" };
    struct view *may = view_at(v, "May");

    view_flag(may, "Answer", work && lead_can(lead->state, LEAD_ACCEPT, LEAD_BY_PARTNER));
    view_flag(may, "Contact", work && lead_can(lead->state, LEAD_CONTACT, LEAD_BY_PARTNER));
    view_flag(may, "Qualify", work && lead_can(lead->state, LEAD_QUALIFY, LEAD_BY_PARTNER));
    view_flag(may, "Convert", work && lead_can(lead->state, LEAD_CONVERT, LEAD_BY_PARTNER));
    view_flag(may, "Work", work && lead_state_phase(lead->state) == LEAD_IN_WORK);
    form_show_as(req, "Decline", &lead_decline_form, &reason);
    form_show_as(req, "Disqualify", &lead_disqualify_form, &reason);
    form_show_as(req, "Comment", &comment_form, NULL);
    form_token(req);
}

static const struct lead_step_track {
    enum lead_state state;
    const char *label;
} track[] = {
    { LEAD_ASSIGNED, N_("For you") },    { LEAD_ACCEPTED, N_("Accepted") },
    { LEAD_CONTACTED, N_("Contacted") }, { LEAD_QUALIFIED, N_("Qualified") },
    { LEAD_CONVERTED, N_("Converted") },
};

/* A lead that came to nothing ends where it was. */
static void show_track(struct request *req, struct view *v, const struct lead *lead)
{
    size_t at = 0;

    for (size_t i = 0; i < ARRAY_LEN(track); i++)
        if (track[i].state == lead->state)
            at = i;
    for (size_t i = 0; i < ARRAY_LEN(track); i++) {
        struct view *row = view_row(v, "Track");

        view_text(row, "Label", tr(req, track[i].label));
        view_flag(row, "Done", i < at);
        view_flag(row, "Current", i == at);
    }
}

static struct err *show_past(struct request *req, struct view *v, const struct lead *lead)
{
    struct lead_step_row *steps;
    struct comment *comments;
    size_t count;

    TRY(db_list(req->db, req->arena, &lead_own_steps,
                DB_ARGS(DB_I(req->actor->account_id), DB_I(lead->id)), &steps, &count));
    lead_show_history(req, v, steps, count, false);
    if (lead_state_phase(lead->state) == LEAD_OFFERED)
        return NULL;
    TRY(comment_list(req->db, req->arena, LEAD_KIND, lead->id, &comments, &count));
    comment_show(req, v, "Comments", comments, count);
    return NULL;
}

static struct err *lead_partner_show(struct request *req)
{
    const struct lead *lead = req->object;
    struct view *v = view_at(req->page, "Lead");
    int64_t now;

    TRY(db_now(req->db, &now));
    TRY(lead_show_head(req, lead));
    page_crumb(req, tr(req, N_("Leads")), "/partner/leads");
    view_text(v, "Href", arena_number(req->arena, "/partner/leads/LD-", lead->id));
    view_int(v, "Version", lead->row_version);
    view_flag(v, "IsOffered", lead_state_phase(lead->state) == LEAD_OFFERED);
    TRY(lead_show_content(req, v, lead));
    lead_show_clock(req, v, lead, now);
    if (lead->state != LEAD_DISQUALIFIED)
        show_track(req, v, lead);
    view_text(v, "ReasonWord", lead_choice(req, lead_disqualify_reasons, lead->reason_code));
    view_text(v, "ReasonText", lead->reason_text);
    if (lead->deal_id != 0)
        view_text(v, "Deal", arena_number(req->arena, "DR-", lead->deal_id));
    if (lead->opportunity_id != 0)
        view_text(v, "Opportunity", arena_number(req->arena, "OP-", lead->opportunity_id));
    TRY(show_past(req, v, lead));
    show_may(req, v, lead);
    return NULL;
}

/* -- steps ---------------------------------------------------------------------------------------
 */

static struct err *move(struct request *req, const struct lead_change *change, int64_t row_version,
                        const char *note, bool stays)
{
    const struct lead_actor by = lead_actor_of(req, LEAD_BY_PARTNER);
    struct lead *lead = lead_object(req);
    struct err *e;

    if (lead->row_version != row_version)
        return err_pass(lead_refuse(req, lead, "version"));
    e = lead_apply(req->db, req->arena, &by, lead, change);
    if (e != NULL)
        return err_pass(lead_or_refuse(req, lead, e));
    return stays ? err_pass(lead_back(req, note))
                 : err_pass(reply_redirect(req, note, "/partner/leads"));
}

static struct err *plain(struct request *req, enum lead_verb verb, const char *note)
{
    const struct lead_version_input *in = req->input;
    const struct lead_change change = { .verb = verb };

    return err_pass(move(req, &change, in->row_version, note, true));
}

static struct err *accept_post(struct request *req)
{
    return err_pass(plain(req, LEAD_ACCEPT, "lead_accepted"));
}

static struct err *contact_post(struct request *req)
{
    return err_pass(plain(req, LEAD_CONTACT, "saved"));
}

static struct err *qualify_post(struct request *req)
{
    return err_pass(plain(req, LEAD_QUALIFY, "saved"));
}

static struct err *decline_post(struct request *req)
{
    const struct lead_reason_input *in = req->input;
    const struct lead_change change = { .verb = LEAD_DECLINE,
                                        .reason_code = in->reason,
                                        .reason_text = in->text };

    return err_pass(move(req, &change, in->row_version, "lead_declined", false));
}

static struct err *disqualify_post(struct request *req)
{
    const struct lead_reason_input *in = req->input;
    const struct lead_change change = { .verb = LEAD_DISQUALIFY,
                                        .reason_code = in->reason,
                                        .reason_text = in->text };

    return err_pass(move(req, &change, in->row_version, "saved", true));
}

/* What was done, in words: keeps the lead. */
static struct err *note_post(struct request *req)
{
    const struct comment_input *in = req->input;
    struct lead *lead = lead_object(req);
    struct err *e;
    int64_t id;

    if (lead_state_phase(lead->state) != LEAD_IN_WORK)
        return err_pass(lead_refuse(req, lead, "state"));
    TRY(comment_add(req->db, req->actor, LEAD_KIND, lead->id, in->body, &id));
    e = lead_worked(req->db, req->arena, lead);
    if (err_is(e, ERR_CONFLICT)) {
        err_free(e);
        return db_doom(req->db, err_raise(ERR_AGAIN, "a lead changed while it was worked on"));
    }
    TRY(e);
    TRY(request_audit(req, LEAD_KIND, lead->id, NULL, NULL));
    return err_pass(lead_back(req, "saved"));
}

/* -- from the pool -------------------------------------------------------------------------------
 */

static struct err *wish(struct request *req, const struct lead *lead, const char *words)
{
    int64_t now;

    TRY(db_now(req->db, &now));
    TRY(db_exec(req->db, &lead_own_wish,
                DB_ARGS(DB_I(lead->id), DB_I(req->actor->account_id), DB_S(req->actor->name),
                        DB_S(words), DB_T(now)),
                NULL));
    TRY(lead_ask_telling(req->db, lead->id));
    TRY(request_audit(req, LEAD_KIND, lead->id, NULL, NULL));
    return err_pass(reply_redirect(req, "lead_wished", "/partner/leads/pool"));
}

struct err *lead_take_post(struct request *req)
{
    const struct lead_take_input *in = req->input;
    const struct lead_actor by = lead_actor_of(req, LEAD_BY_PARTNER);
    const struct lead gone = { .id = in->lead_id };
    const struct lead_change change = { .verb = LEAD_TAKE,
                                        .account_id = req->actor->account_id,
                                        .account_name = req->actor->account_name };
    struct lead *lead;
    struct err *e;

    TRY(lead_of_pool(req->db, req->arena, in->lead_id, &lead));
    if (lead == NULL)
        return err_pass(lead_refuse(req, &gone, "gone"));
    if (str_eq(lead->pool, "apply"))
        return err_pass(wish(req, lead, in->words));
    if (lead->row_version != in->row_version)
        return err_pass(lead_refuse(req, &gone, "version"));
    e = lead_apply(req->db, req->arena, &by, lead, &change);
    if (err_is(e, ERR_CONFLICT)) {
        const char *why = str_eq(err_detail(e), "limit") ? "limit" : "gone";

        err_free(e);
        return err_pass(lead_refuse(req, &gone, why));
    }
    TRY(e);
    return err_pass(
        reply_redirect(req, "lead_accepted", "/partner/leads/LD-%lld", (long long)lead->id));
}

/* -- routes --------------------------------------------------------------------------------------
 */

static const struct rate sheets = { "lead.sheet", 60, 3600 };
static const struct rate takes = { "lead.take", 200, 3600 };

#define GET_(name_, path_, handler_, page_)                                        \
    .name = (name_), .method = HTTP_GET, .path = (path_), .audience = AUD_PARTNER, \
    .permission = PERM_LEAD_VIEW, .handler = (handler_), .page = (page_)
#define STEP(name_, path_, form_, handler_)                                              \
    {                                                                                    \
        .name = name_, .method = HTTP_POST, .path = "/partner/leads/:id" path_,          \
        .audience = AUD_PARTNER, .permission = PERM_LEAD_WORK, .form = form_,            \
        .object = &lead_partner_object, .handler = handler_, .retry = lead_partner_show, \
        .retry_page = "lead/show.cs"                                                     \
    }
#define SHEET(name_, ending)                                                               \
    {                                                                                      \
        .name = name_, .method = HTTP_GET, .path = "/partner/leads" ending,                \
        .audience = AUD_PARTNER, .permission = PERM_LEAD_EXPORT, .query = &lead_own_query, \
        .handler = lead_own_export, .rate = &sheets                                        \
    }

const struct route lead_partner_routes[] = {
    { GET_("lead.list", "/partner/leads", lead_own_show, "lead/list.cs"),
      .query = &lead_own_query },
    SHEET("lead.export", ".csv"),
    SHEET("lead.export_xlsx", ".xlsx"),
    { GET_("lead.pool_page", "/partner/leads/pool", lead_pool_show, "lead/pool.cs"),
      .query = &lead_pool_query },
    { .name = "lead.take",
      .method = HTTP_POST,
      .path = "/partner/leads/pool",
      .audience = AUD_PARTNER,
      .permission = PERM_LEAD_WORK,
      .form = &lead_take_form,
      .handler = lead_take_post,
      .retry = lead_pool_show,
      .retry_page = "lead/pool.cs",
      .rate = &takes },
    { GET_("lead.show", "/partner/leads/:id", lead_partner_show, "lead/show.cs"),
      .object = &lead_partner_object },
    STEP("lead.accept", "/accept", &lead_version_form, accept_post),
    STEP("lead.decline", "/decline", &lead_decline_form, decline_post),
    STEP("lead.contact", "/contacted", &lead_version_form, contact_post),
    STEP("lead.qualify", "/qualified", &lead_version_form, qualify_post),
    STEP("lead.drop", "/disqualify", &lead_disqualify_form, disqualify_post),
    STEP("lead.note", "/note", &comment_form, note_post),
    STEP("lead.convert", "/convert", &lead_convert_form, lead_convert_post),
    { 0 },
};
