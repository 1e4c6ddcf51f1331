/* deal/deal_view.c - the facts of a registration as values of a page; what stands in tables of its
 * own is read and shown by deal_view_rows.c. */
#include "deal/deal_view.h"
#include "base/str.h"
#include "deal/deal_forms.h"

#include <stdio.h>
#include <string.h>

/* -- statuses ------------------------------------------------------------------------------------
 */

/* The partner reads who did it: the words of three states differ. */
#define OWN_WORD(id, word)                                      \
    (DEAL_##id == DEAL_RETURNED    ? LANG_N("Returned to you")  \
     : DEAL_##id == DEAL_ENDED     ? LANG_N("Ended by you")     \
     : DEAL_##id == DEAL_WITHDRAWN ? LANG_N("Withdrawn by you") \
                                   : (word))

const struct status_row deal_partner_statuses[] = {
#define X(id, code, phase, tone, icon, word) { code, tone, icon, OWN_WORD(id, word) },
    DEAL_STATES(X)
#undef X
        { 0 },
};

const struct status_row deal_staff_statuses[] = {
#define X(id, code, phase, tone, icon, word) { code, tone, icon, word },
    DEAL_STATES(X)
#undef X
        { 0 },
};

const struct status_row deal_answer_statuses[] = {
    { "free", "good", "circle-check", N_("Free") },
    { "taken", "bad", "lock", N_("Taken") },
    { "look", "wait", "user-search", N_("A person must look") },
    { 0 },
};

const struct status_row deal_verdict_statuses[] = {
    { "same", "bad", "equal", N_("Same customer") },
    { "possible", "wait", "help-circle", N_("Possibly the same") },
    { "different", "good", "equal-not", N_("Different customer") },
    { 0 },
};

const struct status_row deal_extension_statuses[] = {
    { "asked", "wait", "calendar-plus", N_("Asked") },
    { "granted", "good", "check", N_("Granted") },
    { "refused", "off", "x", N_("Refused") },
    { 0 },
};

const struct status_row deal_receipt_statuses[] = {
    { "pending", "info", "clock", N_("Being signed") },
    { "signed", "good", "rosette-discount-check", N_("Signed") },
    { 0 },
};

const struct status_row *deal_statuses(const struct request *req)
{
    return req->actor->audience == AUD_PARTNER ? deal_partner_statuses : deal_staff_statuses;
}

static const struct status_row *status_of(const struct request *req, enum deal_state state)
{
    return &deal_statuses(req)[state];
}

/* -- small words ---------------------------------------------------------------------------------
 */

const char *deal_number(struct arena *a, int64_t id)
{
    return arena_number(a, "DR-", id);
}

int64_t deal_typed_number(const char *text)
{
    int64_t id;

    if ((text[0] == 'D' || text[0] == 'd') && (text[1] == 'R' || text[1] == 'r'))
        text += text[2] == '-' || text[2] == ' ' ? 3 : 2;
    return str_to_i64(text, &id) && id > 0 ? id : 0;
}

const char *deal_line_name(const struct request *req, const struct deal_line *line)
{
    return text_locale_lang(req->locale) == LANG_ZH ? line->name_zh : line->name_en;
}

const char *deal_choice(const struct request *req, const struct choice *choices, const char *value)
{
    if (str_is_empty(value))
        return "";
    for (; choices->value != NULL; choices++)
        if (str_eq(choices->value, value))
            return tr(req, choices->label);
    return "";
}

const char *deal_minutes(const struct request *req, int64_t minutes)
{
    const long long hours = minutes / 60, rest = minutes % 60;

    if (hours == 0)
        return trf(req, N_("%lld m"), rest);
    return trf(req, N_("%1$lld h %2$02lld m"), hours, rest);
}

/* UNTIL_AT is a midnight of the partner's zone, so that whole days before it begin and end at that
 * zone's midnights, whoever reads. */
int deal_days_left(int64_t now, int64_t until_at)
{
    return until_at > now ? (int)((until_at - now - 1) / CLOCK_DAY) : 0;
}

const char *deal_days_until(struct request *req, int64_t now, int64_t until_at)
{
    const int left = deal_days_left(now, until_at);

    return left == 0 ? tr(req, N_("less than a day")) : trn(req, "%s day", "%s days", left);
}

/* -- head and content ----------------------------------------------------------------------------
 */

const char *deal_total_text(const struct request *req, int64_t total_e4, const char *currency)
{
    struct money total = { .e4 = total_e4 };

    memcpy(total.currency, currency, strnlen(currency, 3));
    return text_money(req->locale, req->arena, total);
}

static const char *total_text(const struct request *req, const struct deal *deal)
{
    return deal_total_text(req, deal->total, deal->currency);
}

void deal_show_head(struct request *req, const struct deal *deal)
{
    struct view *page = view_at(req->page, "Page");

    page_title(req, str_is_empty(deal->company_name) ? tr(req, N_("Draft without a company"))
                                                     : deal->company_name);
    page_status(req, page, "Status", deal_statuses(req), deal_state_code(deal->state));
    page_fact(req, deal_number(req->arena, deal->id));
    page_fact(req, deal->project_name);
    if (deal->total > 0)
        page_fact(req, total_text(req, deal));
    if (!str_is_empty(deal->sales_name))
        page_fact(req, trf(req, N_("Sales person %s"), deal->sales_name));
}

static void add_content(struct request *req, struct view *v, const char *label, const char *value)
{
    struct view *row;

    if (str_is_empty(value))
        return;
    row = view_row(v, "Content");
    view_text(row, "Label", tr(req, label));
    view_text(row, "Value", value);
}

/* "Chengdu, Sichuan": what is there of the two. */
static const char *place(struct request *req, const struct deal *deal)
{
    if (str_is_empty(deal->city) || str_is_empty(deal->region))
        return str_is_empty(deal->city) ? deal->region : deal->city;
    return trf(req, N_("%1$s, %2$s"), deal->city, deal->region);
}

static const char *contact(struct request *req, const struct deal *deal)
{
    if (str_is_empty(deal->contact_name) || str_is_empty(deal->contact_title))
        return deal->contact_name;
    return trf(req, N_("%1$s, %2$s"), deal->contact_name, deal->contact_title);
}

static const char *country(struct request *req, const char *code)
{
    return str_is_empty(code) ? "" : text_country_name(text_locale_lang(req->locale), code);
}

void deal_show_content(struct request *req, struct view *v, const struct deal *deal)
{
    add_content(req, v,
                str_eq(deal->country, "CN") ? N_("Unified social credit code") : N_("Tax number"),
                deal->tax_number);
    add_content(req, v, N_("Country"), country(req, deal->country));
    add_content(req, v, N_("City"), place(req, deal));
    add_content(req, v, N_("Address"), deal->address);
    add_content(req, v, N_("Web site"), deal->website);
    add_content(req, v, N_("Phone"), deal->phone);
    add_content(req, v, N_("Contact"), contact(req, deal));
    add_content(req, v, N_("Contact’s e-mail"), deal->contact_email);
    add_content(req, v, N_("Contact’s phone"), deal->contact_phone);
    add_content(req, v, N_("Deal type"), deal_choice(req, deal_types, deal->deal_type));
    add_content(req, v, N_("Expected close date"),
                text_day(req->locale, req->arena, deal->expected_close));
    add_content(req, v, N_("Sales stage"), deal_choice(req, deal_stages, deal->sales_stage));
    add_content(req, v, N_("Is there a budget?"), deal_choice(req, deal_known, deal->budget));
    add_content(req, v, N_("Do you know who decides?"),
                deal_choice(req, deal_known, deal->decision_maker));
    add_content(req, v, N_("Competitors"), deal->competitors);
    add_content(req, v, N_("Distributor"), deal->distributor);
    view_text(v, "Description", deal->description);
    view_text(v, "DoneSoFar", deal->done_so_far);
}

/* -- lines ---------------------------------------------------------------------------------------
 */

void deal_show_lines(struct request *req, struct view *v, const struct deal *deal)
{
    for (size_t i = 0; i < deal->line_count; i++) {
        const struct deal_line *line = &deal->lines[i];
        struct view *row = view_row(v, "Lines");

        view_text(row, "Name", deal_line_name(req, line));
        page_int(req, row, "Quantity", line->quantity);
        page_money(req, row, "Value", line->value, deal->currency);
        if (line->discount_bp > 0)
            view_text(row, "Discount", text_percent(req->locale, req->arena, line->discount_bp));
        view_flag(row, "Lost", line->lost_at != 0);
    }
    view_text(v, "Total", total_text(req, deal));
}

/* -- progress ------------------------------------------------------------------------------------
 */

static void add_step(struct request *req, struct view *v, const char *label, const char *when,
                     bool done, bool current)
{
    struct view *row = view_row(v, "Track");

    view_text(row, "Label", tr(req, label));
    view_text(row, "When", when);
    view_flag(row, "Done", done);
    view_flag(row, "Current", current);
}

static const char *decided_when(struct request *req, const struct deal *deal, int64_t now)
{
    const char *at = text_date_time_short(req->locale, req->arena, deal->decided_at, now);

    if (deal->decision_minutes == 0)
        return at;
    return trf(req, N_("%1$s · in %2$s"), at, deal_minutes(req, deal->decision_minutes));
}

/* Ended before there was a protection: what it came to stands where the decision would. */
static bool ended_early(const struct deal *deal)
{
    return deal_state_phase(deal->state) == DEAL_CLOSED && deal->protected_from_at == 0;
}

static void show_decision_step(struct request *req, struct view *v, const struct deal *deal,
                               int64_t now)
{
    const bool waits = deal->protected_from_at == 0 && !ended_early(deal);

    if (ended_early(deal))
        add_step(req, v, status_of(req, deal->state)->label,
                 deal->decided_at != 0
                     ? decided_when(req, deal, now)
                     : text_date_time_short(req->locale, req->arena, deal->updated_at, now),
                 false, true);
    else if (waits)
        add_step(req, v,
                 deal->state == DEAL_DRAFT ? N_("Decided") : status_of(req, deal->state)->label, "",
                 false, deal->state == DEAL_REVIEW || deal->state == DEAL_RETURNED);
    else
        add_step(req, v, N_("Approved"), decided_when(req, deal, now), true, false);
}

static const char *protected_when(struct request *req, const struct deal *deal, int64_t now)
{
    if (deal->protected_until_at == 0 || deal_state_phase(deal->state) != DEAL_PROTECTED)
        return "";
    return trn(req, "%s day left", "%s days left", deal_days_left(now, deal->protected_until_at));
}

void deal_show_track(struct request *req, struct view *v, const struct deal *deal, int64_t now)
{
    const bool converted = deal->opportunity_id != 0;

    add_step(req, v, deal->submitted_at != 0 ? N_("Submitted") : N_("Draft"),
             text_date_time_short(req->locale, req->arena,
                                  deal->submitted_at != 0 ? deal->submitted_at : deal->created_at,
                                  now),
             deal->submitted_at != 0, deal->state == DEAL_DRAFT || deal->state == DEAL_SUBMITTED);
    if (deal->state == DEAL_SUBMITTED)
        add_step(req, v, N_("Decided"), "", false, false);
    else
        show_decision_step(req, v, deal, now);
    if (ended_early(deal))
        return;
    add_step(req, v, N_("Protected"), protected_when(req, deal, now),
             deal->protected_from_at != 0 && deal->state != DEAL_APPROVED,
             deal->state == DEAL_APPROVED);
    add_step(req, v, N_("Converted"), "", converted && deal->state != DEAL_CONVERTED,
             deal->state == DEAL_CONVERTED);
    add_step(req, v,
             deal_state_phase(deal->state) == DEAL_CLOSED ? status_of(req, deal->state)->label
                                                          : N_("Won or lost"),
             "", false, deal_state_phase(deal->state) == DEAL_CLOSED);
}

/* -- protection ----------------------------------------------------------------------------------
 */

enum { SOON_DAYS = 14, VERY_SOON_DAYS = 7 };

static const char *days_tone(int left)
{
    return left <= VERY_SOON_DAYS ? "bad" : left <= SOON_DAYS ? "wait" : "good";
}

const char *deal_days_tone(int64_t now, int64_t until_at)
{
    return days_tone(deal_days_left(now, until_at));
}

/* The days that its decision gave: those after the day of the decision. */
static int days_given(const struct deal *deal)
{
    return deal->protected_until -
           text_local_day(text_locale_get(LANG_EN, deal->partner_zone), deal->protected_from_at);
}

static void show_protected_lines(struct request *req, struct view *v, const struct deal *deal)
{
    for (size_t i = 0; i < deal->line_count; i++) {
        const struct deal_line *line = &deal->lines[i];
        const char *name = deal_line_name(req, line);
        const bool lost = line->lost_at != 0;
        struct view *row = view_row(v, "Lines");

        view_text(row, "Tone", lost ? "off" : "good");
        view_text(row, "Icon", lost ? "shield-off" : "shield-check");
        view_text(row, "Label", lost ? trf(req, N_("%s: no longer protected"), name) : name);
    }
}

void deal_show_protection(struct request *req, struct view *v, const struct deal *deal, int64_t now)
{
    struct view *p, *bar;
    int left, all;

    if (deal->protected_until_at == 0 ||
        (deal_state_phase(deal->state) != DEAL_PROTECTED && deal->state != DEAL_WON))
        return;
    all = days_given(deal);
    left = deal_days_left(now, deal->protected_until_at);
    left = left < all ? left : all;
    p = view_at(v, "Protection");
    view_flag(p, "Shown", true);
    view_text(p, "Left", trf(req, N_("%1$d of %2$d days left"), left, all));
    view_text(p, "Tone", days_tone(left));
    bar = view_at(p, "Bar");
    view_text(bar, "Tone", days_tone(left));
    view_int(bar, "Value", all - left);
    view_int(bar, "Max", all > 0 ? all : 1);
    view_text(bar, "Label", trf(req, N_("Protection: %1$d of %2$d days used"), all - left, all));
    view_text(bar, "From", text_date(req->locale, req->arena, deal->protected_from_at));
    view_text(
        bar, "Until",
        trf(req, N_("%1$s, 24:00 (%2$s, %3$s)"),
            text_day(req->locale, req->arena, deal->protected_until), deal->partner_zone,
            text_zone_offset(text_locale_get(text_locale_lang(req->locale), deal->partner_zone),
                             req->arena, deal->protected_until_at - CLOCK_MINUTE)));
    show_protected_lines(req, p, deal);
}

/* -- clocks --------------------------------------------------------------------------------------
 */

static const char *span_tone(struct deal_clock_span span)
{
    const int64_t left = span.due_at - span.now, all = span.due_at - span.since_at;

    if (left < 6 * CLOCK_HOUR || left < all / 8)
        return "bad";
    return left < all / 2 ? "wait" : "info";
}

/* TEXT with VALUE in the place of its %s. */
static const char *put_in(struct request *req, const char *text, const char *value)
{
    const char *place = strstr(text, "%s");

    if (place == NULL)
        return text;
    return arena_join(req->arena, arena_dup_bytes(req->arena, text, (size_t)(place - text)), value,
                      place + 2, NULL);
}

/* FORMAT NULL: the time alone. */
static struct deal_next next_of_span(struct request *req, const char *format,
                                     struct deal_clock_span span)
{
    const char *when = text_date_time_short(req->locale, req->arena, span.due_at, span.now);

    if (span.due_at == 0)
        return (struct deal_next){ 0 };
    return (struct deal_next){
        .tone = span_tone(span),
        .icon = span.due_at <= span.now ? "flame" : "clock",
        .text = format != NULL ? put_in(req, tr(req, format), when) : when,
    };
}

static struct view *show_next(struct view *v, const char *name, struct deal_next next)
{
    struct view *clock = view_at(v, name);

    view_text(clock, "Tone", next.tone);
    view_text(clock, "Icon", next.icon);
    view_text(clock, "Text", next.text);
    return clock;
}

void deal_show_due(struct request *req, struct view *v, const char *name, const char *format,
                   struct deal_clock_span span)
{
    char iso[CLOCK_ISO_BYTES];

    if (span.due_at == 0)
        return;
    clock_iso(span.due_at, iso);
    view_text(show_next(v, name, next_of_span(req, format, span)), "Iso", iso);
}

static struct deal_next next_of_protection(struct request *req, int64_t until_at, int64_t now,
                                           bool in_cell)
{
    const int left = deal_days_left(now, until_at);
    const char *text = in_cell     ? deal_days_until(req, now, until_at)
                       : left == 0 ? tr(req, N_("protected less than a day"))
                                   : trn(req, "protected %s day", "protected %s days", left);

    return (struct deal_next){ days_tone(left), "clock", text };
}

/* What is not known here, since when it waits, is taken as a business day and two. */
static struct deal_next next_of(struct request *req, enum deal_state state, struct deal_dates at,
                                int64_t now, bool in_cell)
{
    if (state == DEAL_RETURNED)
        return next_of_span(
            req, in_cell ? NULL : N_("answer by %s"),
            (struct deal_clock_span){ at.answer_due - 5 * CLOCK_DAY, at.answer_due, now });
    if (deal_state_phase(state) == DEAL_WITH_VENDOR)
        return next_of_span(req, in_cell ? NULL : N_("decision by %s"),
                            (struct deal_clock_span){ at.due - 2 * CLOCK_DAY, at.due, now });
    if (deal_state_phase(state) == DEAL_PROTECTED && at.protected_until != 0)
        return next_of_protection(req, at.protected_until, now, in_cell);
    return (struct deal_next){ 0 };
}

struct deal_next deal_next_in_cell(struct request *req, enum deal_state state, struct deal_dates at,
                                   int64_t now)
{
    return next_of(req, state, at, now, true);
}

void deal_show_next(struct request *req, struct view *v, enum deal_state state, int64_t due_at,
                    int64_t answer_due_at, int64_t protected_until_at, int64_t now)
{
    const struct deal_dates at = { due_at, answer_due_at, protected_until_at };
    const struct deal_next next = next_of(req, state, at, now, false);

    if (next.text != NULL)
        show_next(v, "Next", next);
}

static const char *left_tone(int64_t left, int64_t all)
{
    if (left <= 0 || left * 8 < all)
        return "bad";
    return left * 2 < all ? "wait" : "info";
}

void deal_show_clock(struct request *req, struct view *v, const struct deal_clock *clock)
{
    const int64_t used = clock->used_us / CLOCK_MINUTE, all = clock->target_us / CLOCK_MINUTE;
    const int64_t left = all - used;
    struct view *c;

    if (clock->due_at == 0)
        return;
    c = view_at(v, "Clock");
    view_text(c, "Tone", left_tone(left, all));
    view_text(c, "Icon", left <= 0 ? "flame" : clock->running ? "clock" : "player-pause");
    view_text(c, "Text",
              left > 0 ? trf(req, N_("%1$s left of %2$s"), deal_minutes(req, left),
                             deal_minutes(req, all))
                       : trf(req, N_("late by %s"), deal_minutes(req, -left)));
    view_int(c, "Max", all);
    view_int(c, "Value", left > 0 ? used : all);
    view_text(c, "Label",
              trf(req, N_("%1$s of %2$s of business time used"), deal_minutes(req, used),
                  deal_minutes(req, all)));
    page_at(req, v, "ClockDue", clock->due_at);
    page_at(req, v, "ClockOpens", clock->opens_at);
}
