/* lead/lead_staff_edit.c - a lead typed in by staff, and changed. */
#include "base/str.h"
#include "deal/deal_rooms.h"
#include "lead/lead_forms.h"
#include "lead/lead_inside.h"
#include "lead/lead_staff.h"
#include "lead/lead_view.h"
#include "web/form_changes.h"

static struct err *show_form(struct request *req, const struct lead_input *stored,
                             const char *action, bool is_new)
{
    struct view *v = view_at(req->page, "Lead");

    page_crumb(req, tr(req, N_("Leads")), "/staff/leads");
    view_text(v, "Action", action);
    view_flag(v, "IsNew", is_new);
    form_show(req, &lead_form, stored);
    return err_pass(lead_show_lines(req, stored->product_line_id));
}

struct err *lead_new_show(struct request *req)
{
    const struct lead_input empty = { .company_name = "",
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
                                      .lang = req->actor->lang == LANG_ZH ? "zh-CN" : "en",
                                      .note = "",
                                      .source = "staff",
                                      .campaign = "",
                                      .fax = "" };

    page_title(req, tr(req, N_("New lead")));
    return err_pass(show_form(req, &empty, "/staff/leads/new", true));
}

static const char *address_of(struct request *req, const struct lead *lead)
{
    return arena_number(req->arena, "/staff/leads/LD-", lead->id);
}

struct err *lead_edit_show(struct request *req)
{
    const struct lead *lead = req->object;
    struct lead_input stored;

    lead_to_input(lead, &stored);
    page_title(req, lead->company_name);
    TRY(show_form(req, &stored, arena_printf(req->arena, "%s/edit", address_of(req, lead)), false));
    page_crumb(req, lead_number(req->arena, lead->id), address_of(req, lead));
    return NULL;
}

/* What staff enter, the person has agreed to: the box says so. */
static void take_consent(struct request *req, struct lead *lead, bool given, int64_t now)
{
    if (!given)
        return;
    lead->consent_text = tr(req, N_("Agreed by word, as entered by staff"));
    lead->consent_at = now;
}

struct err *lead_new_post(struct request *req)
{
    const struct lead_input *in = req->input;
    const struct deal_rooms *rooms = req->rooms;
    const struct lead_actor by = lead_actor_of(req, LEAD_BY_STAFF);
    struct lead lead = { .held = "", .verdict = "", .pool = "" };
    int64_t now;

    TRY(lead_check_line(req, in->product_line_id));
    if (form_has_faults(req))
        return err_pass(form_refuse(req));
    TRY(db_now(req->db, &now));
    lead_from_input(in, &lead);
    take_consent(req, &lead, in->consent, now);
    TRY(lead_create(req->db, req->arena, &by, &lead));
    TRY(lead_judge(req->db, req->arena, rooms->names, &lead));
    if (str_eq(form_button(req), "route"))
        TRY(lead_ask_routing(req->db, lead.id));
    return err_pass(reply_redirect(req, "saved", "/staff/leads/LD-%lld", (long long)lead.id));
}

/* Who it could be is asked anew when it says of itself that it is somebody else. */
static bool is_another(const struct lead *before, const struct lead_input *in)
{
    return !str_eq(before->company_name, in->company_name) ||
           !str_eq(before->country, in->country) || !str_eq(before->email, in->email);
}

struct err *lead_edit_post(struct request *req)
{
    const struct lead_input *in = req->input;
    const struct deal_rooms *rooms = req->rooms;
    const bool again = is_another(req->object, in);
    const struct lead_actor by = lead_actor_of(req, LEAD_BY_STAFF);
    struct lead *lead = lead_object(req);
    struct form_changes what;
    struct lead_input stored;
    struct err *e;

    TRY(lead_check_line(req, in->product_line_id));
    if (form_has_faults(req))
        return err_pass(form_refuse(req));
    lead_to_input(lead, &stored);
    TRY(form_changes(req->arena, (struct form_of){ &lead_form, NULL }, &stored, in, &what));
    lead_from_input(in, lead);
    lead->row_version = in->row_version;
    e = lead_update(req->db, req->arena, &by, lead, what.before, what.after);
    if (err_is(e, ERR_CONFLICT)) {
        err_free(e);
        return err_pass(form_refuse_at(
            req, "company_name",
            tr(req, N_("Somebody changed this lead since you opened it. The form shows what "
                       "you typed; save again to keep it, or go back to read what is "
                       "stored."))));
    }
    TRY(e);
    if (again && lead_state_phase(lead->state) == LEAD_NOBODYS)
        TRY(lead_judge(req->db, req->arena, rooms->names, lead));
    return err_pass(lead_back(req, "saved"));
}
