/* opportunity/opportunity_view.c */
#include "opportunity/opportunity_view.h"

#include "base/str.h"
#include "deal/deal_rooms.h"
#include "deal/deal_view.h"

#include <ctype.h>

const struct status_row opportunity_states[] = {
    { "open", "active", "circle-dashed", N_("Open") },
    { "won", "good", "trophy", N_("Won") },
    { "lost", "off", "flag-off", N_("Lost") },
    { 0 },
};
const struct status_row opportunity_categories[] = {
    { "pipeline", "neutral", "circle-dashed", N_("Pipeline") },
    { "best", "info", "trending-up", N_("Best case") },
    { "commit", "good", "check", N_("Commit") },
    { "closed", "good", "trophy", N_("Closed") },
    { "omitted", "off", "minus", N_("Omitted") },
    { 0 },
};

const char *opportunity_number(struct arena *a, int64_t id)
{
    return arena_number(a, "OP-", id);
}

int64_t opportunity_typed_number(const char *text)
{
    int64_t id;

    if (toupper((unsigned char)text[0]) == 'O' && toupper((unsigned char)text[1]) == 'P') {
        text += 2;
        while (*text == '-' || *text == ' ')
            text++;
    }
    return str_to_i64(text, &id) && id > 0 ? id : 0;
}

const char *opportunity_base(const struct request *req)
{
    return req->actor->audience == AUD_STAFF ? "/staff/opportunities" : "/partner/opportunities";
}

const char *opportunity_href(const struct request *req, int64_t id)
{
    return arena_join(req->arena, opportunity_base(req), "/", opportunity_number(req->arena, id),
                      NULL);
}

const char *opportunity_stage_name(const struct request *req, const struct opportunity_stage *s)
{
    if (s == NULL)
        return "";
    return text_locale_lang(req->locale) == LANG_ZH ? s->name_zh : s->name_en;
}

struct deal_actor opportunity_actor(const struct request *req)
{
    return deal_actor_of(req, req->actor->audience == AUD_STAFF ? BY_STAFF : BY_PARTNER);
}

struct err *opportunity_find(struct request *req, int64_t id, struct opportunity **out)
{
    if (req->actor->audience == AUD_STAFF)
        return err_pass(opportunity_of_staff(req->db, req->arena, req->actor, id, out));
    return err_pass(opportunity_of_account(req->db, req->arena, req->actor->account_id, id, out));
}

struct opportunity *opportunity_of_request(struct request *req)
{
    struct opportunity *o = arena_alloc(req->arena, sizeof(*o));

    *o = *(const struct opportunity *)req->object;
    return o;
}

bool opportunity_may_edit(const struct request *req, const struct opportunity *o)
{
    return actor_may(req->actor, PERM_OPPORTUNITY_EDIT) && !str_eq(o->level, "view");
}

struct err *opportunity_let_write(const struct request *req, const struct opportunity *o)
{
    if (opportunity_may_edit(req, o))
        return NULL;
    return err_raise(ERR_NOT_FOUND, "opportunity %lld is not his to change", (long long)o->id);
}

bool opportunity_may_lead(const struct request *req, const struct opportunity *o)
{
    return actor_may(req->actor, PERM_OPPORTUNITY_EDIT) && str_eq(o->level, "lead");
}

void opportunity_crumbs(struct request *req, const struct opportunity *o)
{
    page_crumb(req, tr(req, N_("Opportunities")), opportunity_base(req));
    if (o != NULL)
        page_crumb(req, opportunity_number(req->arena, o->id), opportunity_href(req, o->id));
}

void opportunity_show_head(struct request *req, const struct opportunity *o)
{
    page_title(req, o->name);
    page_status(req, view_at(req->page, "Page"), "Status", opportunity_states, o->state);
    page_fact(req, opportunity_number(req->arena, o->id));
    page_fact(req, o->customer_name);
    page_fact(req, deal_total_text(req, o->amount, o->currency));
    page_fact(req, o->owner_name);
}

struct err *opportunity_refuse(struct request *req, const struct opportunity *o,
                               const char *message)
{
    struct view *v = view_at(req->page, "Opportunity");

    opportunity_show_head(req, o);
    opportunity_crumbs(req, o);
    view_text(v, "Message", message);
    view_text(v, "Href", opportunity_href(req, o->id));
    return err_pass(reply_conflict(req, "opportunity/refused.cs"));
}
