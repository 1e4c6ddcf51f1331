/* lead/lead_staff.c - one lead for staff: who asked, who has it, why that one, and what may be
 * done.
 */
#include "lead/lead_staff.h"

#include "base/str.h"
#include "comment/comment.h"
#include "lead/lead_forms.h"
#include "lead/lead_inside.h"
#include "lead/lead_route.h"
#include "lead/lead_view.h"

#include <string.h>

static struct err *load(struct request *req, int64_t id, const void **object_out)
{
    struct lead *lead;

    TRY(lead_of_staff(req->db, req->arena, req->actor->department_low, req->actor->department_high,
                      id, &lead));
    *object_out = lead;
    return NULL;
}

const struct object_kind lead_staff_object = { .name = LEAD_KIND, .prefix = "LD-", .load = load };

struct lead *lead_object(struct request *req)
{
    struct lead *lead = arena_alloc(req->arena, sizeof(*lead));

    *lead = *(const struct lead *)req->object;
    return lead;
}

/* -- why this partner ----------------------------------------------------------------------------
 */

static const struct choice methods[] = {
    { "turn", N_("in turn") },
    { "least", N_("least open leads") },
    { "best", N_("best conversion") },
    { "pool", N_("into the pool") },
    { "person", N_("a person chooses") },
    { "hand", N_("by hand") },
    { 0 },
};
static const struct choice whys[] = {
    { "status", N_("not an active partner") },
    { "nobody", N_("nobody there answers for leads") },
    { "paused", N_("takes none for a time") },
    { "had_it", N_("has had this lead") },
    { "place", N_("does not sell there") },
    { "line", N_("does not sell this line") },
    { "tier", N_("lower tier than asked for") },
    { "course", N_("nobody there holds the certificate") },
    { "lang", N_("does not speak the language") },
    { "full", N_("has as many open leads as it takes") },
    { 0 },
};

const char *lead_method_word(const struct request *req, const char *code)
{
    return lead_choice(req, methods, code);
}

const char *lead_why_word(const struct request *req, const char *code)
{
    return lead_choice(req, whys, code);
}

/* One line of a trace's body: "why|id|open|closing|name"; its parts are cut off where they stand.
 */
static bool cut_line(char **body, char *parts[5])
{
    char *line = *body, *end = strchr(line, '\n');

    if (end == NULL)
        return false;
    *end = '\0';
    *body = end + 1;
    for (int i = 0; i < 4; i++) {
        parts[i] = line;
        line = strchr(line, '|');
        if (line == NULL)
            return false;
        *line++ = '\0';
    }
    parts[4] = line;
    return true;
}

static void show_looked_at(struct request *req, struct view *v, const struct lead_trace_row *row)
{
    char *body = arena_dup(req->arena, row->body), *parts[5];
    int64_t id, open, closing;

    while (cut_line(&body, parts)) {
        struct view *r = view_row(v, "Partners");

        if (!str_to_i64(parts[1], &id) || !str_to_i64(parts[2], &open) ||
            !str_to_i64(parts[3], &closing))
            continue;
        view_text(r, "Name", parts[4]);
        page_int(req, r, "Open", open);
        view_text(r, "Closing", text_percent(req->locale, req->arena, closing / 100 * 100));
        view_text(r, "Why", lead_why_word(req, parts[0]));
        view_flag(r, "Chosen", id == row->chosen_id);
    }
}

static void show_trace(struct request *req, struct view *v, const struct lead_trace_row *row)
{
    const bool zh = text_locale_lang(req->locale) == LANG_ZH;

    view_text(v, "Rule", zh ? row->name_zh : row->name_en);
    view_text(v, "Method", lead_method_word(req, row->method));
    view_text(v, "Chosen", row->chosen_name);
    view_text(v, "Overridden", lead_why_word(req, row->overridden));
    view_text(v, "Who", row->user_name);
    view_text(v, "Reason", row->reason_text);
    page_at(req, v, "At", row->made_at);
    view_text(v, "Summary",
              trf(req, N_("%1$s partners looked at, %2$s of them fit."),
                  text_number(req->locale, req->arena, row->looked_at),
                  text_number(req->locale, req->arena, row->fitting)));
    show_looked_at(req, v, row);
}

static struct err *show_traces(struct request *req, struct view *v, const struct lead *lead)
{
    struct lead_trace_row *rows;
    size_t count;

    TRY(db_list(req->db, req->arena, &lead_staff_traces, DB_ARGS(DB_I(lead->id)), &rows, &count));
    for (size_t i = 0; i < count; i++) {
        struct view *r = view_row(v, "Traces");

        view_int(r, "No", (int64_t)i + 1);
        show_trace(req, r, &rows[i]);
    }
    return NULL;
}

/* -- what else belongs to it ---------------------------------------------------------------------
 */

static const struct status_row verdicts[] = {
    { "same", "bad", "equal", N_("The same") },
    { "possible", "wait", "help-circle", N_("Possibly the same") },
    { 0 },
};

static struct err *show_matches(struct request *req, struct view *v, const struct lead *lead)
{
    const struct db_arg low = DB_I(req->actor->department_low),
                        high = DB_I(req->actor->department_high);
    struct lead_match_row *rows;
    size_t count;

    TRY(db_list(req->db, req->arena, &lead_staff_matches,
                DB_ARGS(low, high, DB_I(lead->id), low, high, DB_I(lead->id)), &rows, &count));
    for (size_t i = 0; i < count; i++) {
        struct view *r = view_row(v, "Matches");
        const bool is_lead = str_eq(rows[i].kind, LEAD_KIND);

        view_text(r, "Name", rows[i].name);
        view_text(r, "Kind", tr(req, is_lead ? N_("Lead") : N_("End customer")));
        view_text(r, "Href",
                  is_lead ? arena_number(req->arena, "/staff/leads/LD-", rows[i].other_id)
                  : actor_may(req->actor, PERM_ACCOUNT_VIEW)
                      ? arena_number(req->arena, "/staff/accounts/", rows[i].other_id)
                      : "");
        page_status(req, r, "Verdict", verdicts, rows[i].verdict);
        view_text(r, "Score", text_percent(req->locale, req->arena, rows[i].score * 10));
    }
    return NULL;
}

static struct err *show_wishes(struct request *req, struct view *v, const struct lead *lead)
{
    struct lead_wish_row *rows;
    size_t count;

    TRY(db_list(req->db, req->arena, &lead_staff_wishes, DB_ARGS(DB_I(lead->id)), &rows, &count));
    for (size_t i = 0; i < count; i++) {
        struct view *r = view_row(v, "Wishes");

        view_int(r, "Id", rows[i].account_id);
        view_text(r, "Name", rows[i].name);
        view_text(r, "Who", rows[i].user_name);
        view_text(r, "Words", rows[i].words);
        page_at(req, r, "At", rows[i].wished_at);
    }
    return NULL;
}

static struct err *show_steps(struct request *req, struct view *v, const struct lead *lead)
{
    struct lead_step_row *rows;
    size_t count;

    TRY(db_list(req->db, req->arena, &lead_staff_steps, DB_ARGS(DB_I(lead->id)), &rows, &count));
    lead_show_history(req, v, rows, count, true);
    return NULL;
}

static struct err *show_words(struct request *req, struct view *v, const struct lead *lead)
{
    struct comment *rows;
    size_t count;

    TRY(comment_list(req->db, req->arena, LEAD_KIND, lead->id, &rows, &count));
    comment_show(req, v, "Comments", rows, count);
    TRY(comment_list_notes(req->db, req->arena, LEAD_KIND, lead->id, &rows, &count));
    comment_show(req, v, "Notes", rows, count);
    form_show_as(req, "Comment", &comment_form, NULL);
    return NULL;
}

/* -- what may be done ----------------------------------------------------------------------------
 */

static struct err *show_assign(struct request *req, struct view *v, const struct lead *lead)
{
    const struct lead_assign_input stored = { .row_version = lead->row_version, .reason = "" };
    const bool typed = req->route->form == &lead_assign_form && req->input != NULL;
    struct lead_partner_row *rows;
    size_t count;

    form_show_as(req, "Assign", &lead_assign_form, typed ? req->input : &stored);
    TRY(db_list(req->db, req->arena, &lead_staff_partners, DB_NO_ARGS, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        struct view *option =
            view_row(view_at(view_at(view_at(req->page, "Assign"), "F"), "account_id"), "Options");

        view_int(option, "Value", rows[i].id);
        view_text(option, "Label", rows[i].name);
    }
    view_flag(v, "MayOverride", actor_may(req->actor, PERM_LEAD_OVERRIDE));
    return NULL;
}

static struct err *show_may(struct request *req, struct view *v, const struct lead *lead)
{
    const bool free = lead_state_phase(lead->state) == LEAD_NOBODYS;
    const bool assign = actor_may(req->actor, PERM_LEAD_ASSIGN);
    const bool edit = actor_may(req->actor, PERM_LEAD_EDIT);
    struct view *may = view_at(v, "May");
    const struct lead_reason_input reason = { .row_version = lead->row_version,
                                              .reason = "",
                                              .text = "" };

    view_flag(may, "Edit", edit && lead_state_phase(lead->state) != LEAD_CLOSED);
    view_flag(may, "Assign", assign && free);
    view_flag(may, "Route", assign && free && *lead->held == '\0' && *lead->pool == '\0');
    view_flag(may, "Release", assign && free && *lead->held != '\0');
    view_flag(may, "Pool", assign && free && *lead->pool == '\0');
    view_flag(may, "Unpool", assign && free && *lead->pool != '\0');
    view_flag(may, "Recall", assign && lead_can(lead->state, LEAD_RECALL, LEAD_BY_STAFF));
    view_flag(may, "Disqualify", edit && free);
    view_flag(may, "Reopen", edit && lead_can(lead->state, LEAD_REOPEN, LEAD_BY_STAFF));
    view_flag(may, "Write", edit || assign);
    form_show_as(req, "Disqualify", &lead_disqualify_form, &reason);
    form_show_as(req, "Recall", &lead_recall_form, &reason);
    form_show_as(req, "Pool", &lead_pool_form,
                 &(struct lead_pool_input){ .row_version = lead->row_version, .how = "take" });
    return assign && free ? err_pass(show_assign(req, v, lead)) : NULL;
}

static void show_facts(struct request *req, struct view *v, const struct lead *lead)
{
    view_text(v, "Href", arena_number(req->arena, "/staff/leads/LD-", lead->id));
    view_int(v, "Version", lead->row_version);
    view_text(v, "Partner", lead->partner_name);
    if (lead->account_id != 0 && actor_may(req->actor, PERM_ACCOUNT_VIEW))
        view_text(v, "PartnerHref", arena_number(req->arena, "/staff/accounts/", lead->account_id));
    view_text(v, "Held", lead->held);
    view_text(v, "Pool", lead->pool);
    page_at(req, v, "Pooled", lead->pooled_at);
    page_at(req, v, "Accepted", lead->accepted_at);
    page_at(req, v, "Created", lead->created_at);
    view_text(v, "ReasonWord", lead_reason(req, lead->reason_code));
    view_text(v, "ReasonText", lead->reason_text);
    if (lead->deal_id != 0)
        view_text(v, "Deal", arena_number(req->arena, "DR-", lead->deal_id));
    if (lead->opportunity_id != 0)
        view_text(v, "Opportunity", arena_number(req->arena, "OP-", lead->opportunity_id));
}

struct err *lead_staff_show(struct request *req)
{
    const struct lead *lead = req->object;
    struct view *v = view_at(req->page, "Lead");
    int64_t now;

    TRY(db_now(req->db, &now));
    TRY(lead_show_head(req, lead));
    page_crumb(req, tr(req, N_("Leads")), "/staff/leads");
    show_facts(req, v, lead);
    TRY(lead_show_content(req, v, lead));
    lead_show_clock(req, v, lead, now);
    TRY(show_traces(req, v, lead));
    TRY(show_matches(req, v, lead));
    TRY(show_wishes(req, v, lead));
    TRY(show_steps(req, v, lead));
    TRY(show_words(req, v, lead));
    return err_pass(show_may(req, v, lead));
}
