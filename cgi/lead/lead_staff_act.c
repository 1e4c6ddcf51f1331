/* lead/lead_staff_act.c - what staff do to a lead, one call of a rule each. */
#include "base/str.h"
#include "comment/comment.h"
#include "lead/lead_forms.h"
#include "lead/lead_inside.h"
#include "lead/lead_judge.h"
#include "lead/lead_route.h"
#include "lead/lead_staff.h"
#include "lead/lead_view.h"

struct lead_actor lead_actor_of(const struct request *req, enum lead_who as)
{
    return (struct lead_actor){ .who = { .actor = req->actor, .address = req->remote_addr },
                                .as = as };
}

struct err *lead_back(struct request *req, const char *note)
{
    return err_pass(reply_redirect(req, note, "/%s/leads/LD-%lld",
                                   audience_name(req->actor->audience), (long long)req->object_id));
}

struct err *lead_or_refuse(struct request *req, const struct lead *lead, struct err *e)
{
    const char *detail;

    if (!err_is(e, ERR_CONFLICT))
        return err_pass(e);
    detail = arena_dup(req->arena, err_detail(e));
    err_free(e);
    return err_pass(lead_refuse(req, lead, detail));
}

static bool is_old(const struct lead *lead, int64_t row_version)
{
    return lead->row_version != row_version;
}

/* -- giving it away ------------------------------------------------------------------------------
 */

static bool may_be_overridden(enum lead_why why)
{
    return why != LEAD_WHY_STATUS && why != LEAD_WHY_NOBODY;
}

static const char *refusal_of(const struct request *req, enum lead_why why)
{
    const char *reason = lead_why_word(req, lead_why_codes[why]);

    if (!may_be_overridden(why))
        return trf(req, N_("This partner cannot have it: %s."), reason);
    if (!actor_may(req->actor, PERM_LEAD_OVERRIDE))
        return trf(req,
                   N_("Outside the rules: %s. Giving it all the same needs a permission that "
                      "you do not have."),
                   reason);
    return trf(req, N_("Outside the rules: %s. Write down why it is given all the same."), reason);
}

struct err *lead_assign_post(struct request *req)
{
    const struct lead_assign_input *in = req->input;
    const struct lead_actor by = lead_actor_of(req, LEAD_BY_STAFF);
    const struct lead_by_hand hand = { .account_id = in->account_id,
                                       .may_override = actor_may(req->actor, PERM_LEAD_OVERRIDE),
                                       .reason = in->reason };
    struct lead *lead = lead_object(req);
    enum lead_why why;
    bool done;

    if (is_old(lead, in->row_version) || !lead_can(lead->state, LEAD_ASSIGN, LEAD_BY_STAFF))
        return err_pass(lead_refuse(req, lead, "version"));
    TRY(lead_assign(req->db, req->arena, &by, lead, &hand, &why, &done));
    if (done)
        return err_pass(lead_back(req, "lead_given"));
    return err_pass(
        form_refuse_at(req, hand.may_override && may_be_overridden(why) ? "why" : "account_id",
                       refusal_of(req, why)));
}

struct err *lead_route_post(struct request *req)
{
    const struct lead_version_input *in = req->input;
    struct lead *lead = lead_object(req);

    if (is_old(lead, in->row_version) || lead_state_phase(lead->state) != LEAD_NOBODYS)
        return err_pass(lead_refuse(req, lead, "version"));
    TRY(lead_ask_routing(req->db, lead->id));
    TRY(request_audit(req, LEAD_KIND, lead->id, NULL, NULL));
    return err_pass(lead_back(req, "lead_routing"));
}

struct err *lead_release_post(struct request *req)
{
    const struct lead_version_input *in = req->input;
    const struct lead_actor by = lead_actor_of(req, LEAD_BY_STAFF);
    struct lead *lead = lead_object(req);

    if (is_old(lead, in->row_version) || lead_state_phase(lead->state) != LEAD_NOBODYS)
        return err_pass(lead_refuse(req, lead, "version"));
    TRY(lead_release(req->db, req->arena, &by, lead));
    TRY(lead_ask_routing(req->db, lead->id));
    return err_pass(lead_back(req, "lead_routing"));
}

struct err *lead_pool_post(struct request *req)
{
    const struct lead_pool_input *in = req->input;
    const struct lead_actor by = lead_actor_of(req, LEAD_BY_STAFF);
    const char *how = str_eq(in->how, "out") ? "" : in->how;
    struct lead *lead = lead_object(req);
    struct err *e;

    if (is_old(lead, in->row_version))
        return err_pass(lead_refuse(req, lead, "version"));
    e = lead_set_pool(req->db, req->arena, &by, lead, how);
    if (e != NULL)
        return err_pass(lead_or_refuse(req, lead, e));
    return err_pass(lead_back(req, "saved"));
}

/* -- taking it back, and its end -----------------------------------------------------------------
 */

static struct err *move(struct request *req, enum lead_verb verb, const char *note)
{
    const struct lead_reason_input *in = req->input;
    const struct lead_actor by = lead_actor_of(req, LEAD_BY_STAFF);
    struct lead *lead = lead_object(req);
    const struct lead_change change = { .verb = verb,
                                        .reason_code = in->reason,
                                        .reason_text = in->text };
    struct err *e;

    if (is_old(lead, in->row_version))
        return err_pass(lead_refuse(req, lead, "version"));
    e = lead_apply(req->db, req->arena, &by, lead, &change);
    if (e != NULL)
        return err_pass(lead_or_refuse(req, lead, e));
    return err_pass(lead_back(req, note));
}

struct err *lead_recall_post(struct request *req)
{
    return err_pass(move(req, LEAD_RECALL, "lead_recalled"));
}

struct err *lead_disqualify_post(struct request *req)
{
    return err_pass(move(req, LEAD_DISQUALIFY, "saved"));
}

struct err *lead_reopen_post(struct request *req)
{
    const struct lead_version_input *in = req->input;
    const struct lead_actor by = lead_actor_of(req, LEAD_BY_STAFF);
    const struct lead_change change = { .verb = LEAD_REOPEN };
    struct lead *lead = lead_object(req);
    struct err *e;

    if (is_old(lead, in->row_version))
        return err_pass(lead_refuse(req, lead, "version"));
    e = lead_apply(req->db, req->arena, &by, lead, &change);
    if (e != NULL)
        return err_pass(lead_or_refuse(req, lead, e));
    return err_pass(lead_back(req, "saved"));
}

/* -- words ---------------------------------------------------------------------------------------
 */

struct err *lead_comment_post(struct request *req)
{
    const struct comment_input *in = req->input;
    int64_t id;

    TRY(comment_add(req->db, req->actor, LEAD_KIND, req->object_id, in->body, &id));
    TRY(request_audit(req, LEAD_KIND, req->object_id, NULL, NULL));
    return err_pass(lead_back(req, "saved"));
}

struct err *lead_note_post(struct request *req)
{
    const struct comment_input *in = req->input;

    TRY(comment_add_note(req->db, req->actor, LEAD_KIND, req->object_id, in->body));
    TRY(request_audit(req, LEAD_KIND, req->object_id, NULL, NULL));
    return err_pass(lead_back(req, "saved"));
}
