/* lead/lead_view.c */
#include "lead/lead_view.h"

#include "base/str.h"
#include "deal/deal_names.h"
#include "deal/deal_view.h"
#include "lead/lead_forms.h"
#include "lead/lead_inside.h"

#include <stdio.h>
#include <string.h>

const struct status_row lead_staff_statuses[] = {
#define X(id, code, phase, tone, icon, word) { code, tone, icon, word },
    LEAD_STATES(X)
#undef X
        { 0 },
};

#define OWN_WORD(id, word) (LEAD_##id == LEAD_ASSIGNED ? LANG_N("For you") : (word))
const struct status_row lead_partner_statuses[] = {
#define X(id, code, phase, tone, icon, word) { code, tone, icon, OWN_WORD(id, word) },
    LEAD_STATES(X)
#undef X
        { 0 },
};

const struct status_row lead_outcome_statuses[] = {
    { "offered", "wait", "user-check", N_("Offered") },
    { "accepted", "active", "check", N_("Accepted") },
    { "declined", "off", "x", N_("Declined") },
    { "timed_out", "bad", "clock-off", N_("Timed out") },
    { "recalled", "wait", "arrow-back-up", N_("Taken back") },
    { "converted", "good", "arrows-exchange", N_("Converted") },
    { "disqualified", "off", "x", N_("Disqualified") },
    { 0 },
};

static const struct status_row *statuses(const struct request *req)
{
    return req->actor->audience == AUD_PARTNER ? lead_partner_statuses : lead_staff_statuses;
}

int64_t lead_typed_number(const char *text)
{
    int64_t id;

    if ((text[0] == 'L' || text[0] == 'l') && (text[1] == 'D' || text[1] == 'd'))
        text += text[2] == '-' || text[2] == ' ' ? 3 : 2;
    return str_to_i64(text, &id) && id > 0 ? id : 0;
}

const char *lead_place(const struct request *req, const char *city, const char *region,
                       const char *country)
{
    const char *land =
        str_is_empty(country) ? "" : text_country_name(text_locale_lang(req->locale), country);
    const char *near = str_is_empty(city) ? region : city;

    if (str_is_empty(near) || str_is_empty(land))
        return str_is_empty(near) ? land : near;
    return trf(req, N_("%1$s, %2$s"), near, land);
}

/* -- head and content ----------------------------------------------------------------------------
 */

static struct err *line_name(struct request *req, int64_t id, const char **name_out)
{
    const struct deal_names *names;
    char space[STR_I64_BYTES];

    *name_out = "";
    if (id == 0)
        return NULL;
    TRY(deal_names_read(req, &names));
    *name_out = deal_names_lines(req, req->arena, names, str_from_i64(id, space));
    return NULL;
}

struct err *lead_show_head(struct request *req, const struct lead *lead)
{
    const char *line;

    TRY(line_name(req, lead->product_line_id, &line));
    page_title(req, str_is_empty(lead->company_name) ? lead_number(req->arena, lead->id)
                                                     : lead->company_name);
    page_status(req, view_at(req->page, "Page"), "Status", statuses(req),
                lead_state_code(lead->state));
    page_fact(req, lead_number(req->arena, lead->id));
    page_fact(req, line);
    page_fact(req, lead_place(req, lead->city, lead->region, lead->country));
    return NULL;
}

static void add(struct request *req, struct view *v, const char *list, const char *label,
                const char *value)
{
    struct view *row;

    if (str_is_empty(value))
        return;
    row = view_row(v, list);
    view_text(row, "Label", tr(req, label));
    view_text(row, "Value", value);
}

struct err *lead_show_content(struct request *req, struct view *v, const struct lead *lead)
{
    const char *line;

    TRY(line_name(req, lead->product_line_id, &line));
    add(req, v, "Content", N_("Where"), lead_place(req, lead->city, lead->region, lead->country));
    add(req, v, "Content", N_("Web site"), lead->website);
    add(req, v, "Content", N_("Product line"), line);
    add(req, v, "Content", N_("Budget"), lead_choice(req, lead_budgets, lead->budget));
    add(req, v, "Content", N_("When"), lead_choice(req, lead_timeframes, lead->timeframe));
    add(req, v, "Content", N_("Source"), lead_choice(req, lead_sources, lead->source));
    add(req, v, "Content", N_("Campaign"), lead->campaign);
    add(req, v, "Content", N_("Language"), lead_choice(req, lead_langs, lead->lang));
    add(req, v, "Content", N_("Score"),
        trf(req, N_("%1$s of %2$s"), text_number(req->locale, req->arena, lead->score),
            text_number(req->locale, req->arena, LEAD_SCORE_MOST)));
    add(req, v, "Person", N_("Name"), lead->person_name);
    add(req, v, "Person", N_("Job title"), lead->person_title);
    add(req, v, "Person", N_("E-mail"), lead->email);
    add(req, v, "Person", N_("Phone"), lead->phone);
    view_text(v, "Note", lead->note);
    view_text(v, "ConsentText", lead->consent_text);
    page_at(req, v, "Consent", lead->consent_at);
    return NULL;
}

void lead_show_clock(struct request *req, struct view *v, const struct lead *lead, int64_t now)
{
    const bool offered = lead->state == LEAD_ASSIGNED;
    const struct deal_clock_span span = { .since_at = offered ? lead->updated_at : lead->worked_at,
                                          .due_at = lead->due_at,
                                          .now = now };

    deal_show_due(req, v, "Clock",
                  offered ? N_("answer by %s") : N_("taken back on %s if not worked on"), span);
}

struct lead_left lead_time_left(const struct request *req, int64_t now, int64_t due_at)
{
    struct text_span span;

    if (due_at == 0)
        return (struct lead_left){ "", "" };
    span = text_span_between(req->locale, now, due_at);
    if (span.past)
        return (struct lead_left){ "bad", tr(req, N_("over")) };
    if (span.days > 0)
        return (struct lead_left){ span.days < 2 ? "wait" : "info",
                                   trf(req, N_("%1$lld d %2$d h left"), (long long)span.days,
                                       span.hours) };
    return (struct lead_left){ span.hours < 6 ? "bad" : "wait",
                               trf(req, N_("%1$d h %2$02d m left"), span.hours, span.minutes) };
}

/* -- history -------------------------------------------------------------------------------------
 */

static const struct {
    const char *action, *words, *icon;
} actions[] = {
    { "lead.create", N_("Came in"), "sparkles" },
    { "lead.edit", N_("Changed"), "pencil" },
    { "lead.assign", N_("Offered"), "user-check" },
    { "lead.accept", N_("Accepted"), "check" },
    { "lead.decline", N_("Declined"), "x" },
    { "lead.time_out", N_("Not answered in time"), "clock-off" },
    { "lead.take", N_("Taken from the pool"), "hand-grab" },
    { "lead.contact", N_("Contacted"), "phone" },
    { "lead.qualify", N_("Qualified"), "circle-check" },
    { "lead.disqualify", N_("Disqualified"), "x" },
    { "lead.convert", N_("Converted"), "arrows-exchange" },
    { "lead.recall", N_("Taken back"), "arrow-back-up" },
    { "lead.reopen", N_("Opened again"), "refresh" },
    { "lead.pool", N_("Put into the pool"), "users" },
    { "lead.unpool", N_("Out of the pool"), "arrow-bar-left" },
};

static const char *reason_of(const struct request *req, const struct lead_step_row *row)
{
    const char *word = lead_reason(req, row->reason_code);

    if (str_is_empty(row->reason_text) || str_is_empty(word))
        return str_is_empty(word) ? row->reason_text : word;
    return trf(req, N_("%1$s: %2$s"), word, row->reason_text);
}

static const char *who_of(const struct request *req, const struct lead_step_row *row, bool names)
{
    if (str_eq(row->audience, "system"))
        return tr(req, N_("by the rules"));
    if (str_eq(row->audience, "public"))
        return tr(req, N_("by the web form"));
    return names || str_eq(row->audience, "partner") ? row->user_name : "";
}

void lead_show_history(struct request *req, struct view *v, const struct lead_step_row *rows,
                       size_t count, bool names)
{
    for (size_t i = 0; i < count; i++) {
        struct view *r = view_row(v, "History");
        const char *reason = reason_of(req, &rows[i]);

        view_text(r, "Tone", "info");
        for (size_t k = 0; k < ARRAY_LEN(actions); k++)
            if (str_eq(actions[k].action, rows[i].action)) {
                view_text(r, "Icon", actions[k].icon);
                view_text(r, "Title", tr(req, actions[k].words));
            }
        view_text(r, "Text",
                  !names || str_is_empty(rows[i].account_name) ? reason
                  : str_is_empty(reason)
                      ? rows[i].account_name
                      : trf(req, N_("%1$s: %2$s"), rows[i].account_name, reason));
        view_text(r, "Who", who_of(req, &rows[i], names));
        page_at(req, r, "At", rows[i].at);
    }
}

/* -- refusals ------------------------------------------------------------------------------------
 */

static const struct {
    const char *detail, *words;
} refusals[] = {
    { "limit", N_("Your company has as many open leads as it may take. Finish some first.") },
    { "gone", N_("Somebody else has taken this lead.") },
    { "pool", N_("This lead is not taken but asked for.") },
};

struct err *lead_refuse(struct request *req, const struct lead *lead, const char *detail)
{
    struct view *v = view_at(req->page, "Refused");
    const bool partner = req->actor->audience == AUD_PARTNER;
    const char *words =
        N_("This lead has changed since you opened it. Look at it again before you go on.");

    for (size_t i = 0; i < ARRAY_LEN(refusals); i++)
        if (str_eq(refusals[i].detail, detail))
            words = refusals[i].words;
    page_title(req, lead_number(req->arena, lead->id));
    view_text(v, "Message", tr(req, words));
    view_text(v, "Href",
              lead->account_id == 0 && partner
                  ? "/partner/leads/pool"
                  : arena_printf(req->arena, "/%s/leads/LD-%lld",
                                 audience_name(req->actor->audience), (long long)lead->id));
    return err_pass(reply_conflict(req, "lead/refused.cs"));
}
