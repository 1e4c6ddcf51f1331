/* opportunity/opportunity_pages.c - the page of one opportunity: its facts, where it stands and has
 * stood, what was said about it; and moving it from stage to stage. */
#include "opportunity/opportunity_pages.h"

#include "account/territory.h"
#include "base/str.h"
#include "custom/custom_form.h"
#include "comment/comment.h"
#include "deal/deal_view.h"
#include "opportunity/opportunity_files.h"
#include "opportunity/opportunity_share_pages.h"
#include "opportunity/opportunity_view.h"
#include "opportunity/opportunity_work_pages.h"

#define KIND "opportunity"

static bool is_staff(const struct request *req)
{
    return req->actor->audience == AUD_STAFF;
}

static struct err *load(struct request *req, int64_t id, const void **object_out)
{
    struct opportunity *o;

    TRY(opportunity_find(req, id, &o));
    *object_out = o;
    return NULL;
}
const struct object_kind opportunity_partner_object = { .name = KIND,
                                                        .prefix = "OP-",
                                                        .load = load };
const struct object_kind opportunity_staff_object = { .name = KIND, .prefix = "OP-", .load = load };

/* -- where it stood ------------------------------------------------------------------------------
 */

struct step_row {
    int64_t stage_id, from_stage_id, at, until_at;
    bool back;
    const char *user_name, *audience, *reason_code, *reason_text;
};
static const struct db_field step_fields[] = {
    DB_FIELD(struct step_row, stage_id, DB_I64, 0),
    DB_NULLABLE(struct step_row, from_stage_id, DB_I64, 0),
    DB_FIELD(struct step_row, at, DB_AT, 0),
    DB_NULLABLE(struct step_row, until_at, DB_AT, 0),
    DB_FIELD(struct step_row, back, DB_BOOL, 0),
    DB_FIELD(struct step_row, user_name, DB_TEXT, 200),
    DB_FIELD(struct step_row, audience, DB_TEXT, 10),
    DB_FIELD(struct step_row, reason_code, DB_TEXT, 20),
    DB_FIELD(struct step_row, reason_text, DB_TEXT, 400),
    { 0 },
};
/* Another partner's person is named to those alone who may see others. */
static const struct db_stmt steps = {
    .name = "opportunity.steps",
    .sql = "SELECT st.stage_id, st.from_stage_id, st.at, st.until_at, st.back, "
           "IF(? = 1 OR st.audience <> 'partner' OR u.account_id <=> ?, st.user_name, '') AS "
           "user_name, st.audience, st.reason_code, st.reason_text FROM opportunity_step st "
           "LEFT JOIN user u ON u.id = st.user_id WHERE st.opportunity_id = ? "
           "ORDER BY st.seq DESC LIMIT 40",
    .binds = "iii",
    .fields = step_fields,
    .row_bytes = sizeof(struct step_row),
    .flags = DB_LISTS,
};

static const struct db_field comment_fields[] = {
    DB_FIELD(struct comment, id, DB_I64, 0),
    DB_FIELD(struct comment, user_id, DB_I64, 0),
    DB_FIELD(struct comment, user_name, DB_TEXT, 480),
    DB_FIELD(struct comment, audience, DB_TEXT, 10),
    DB_FIELD(struct comment, body, DB_TEXT, 2000),
    DB_FIELD(struct comment, created_at, DB_AT, 0),
    { 0 },
};
/* The vendor's and the own company's: what other partners wrote is for who may see them. */
static const struct db_stmt comments_apart = {
    .name = "opportunity.comments_apart",
    .sql = "SELECT c.id, c.user_id, c.user_name, c.audience, c.body, c.created_at FROM comment c "
           "JOIN user u ON u.id = c.user_id WHERE c.kind = 'opportunity' AND c.object_id = ? "
           "AND (c.audience = 'staff' OR u.account_id = ?) ORDER BY c.id DESC LIMIT ?",
    .binds = "iii",
    .fields = comment_fields,
    .row_bytes = sizeof(struct comment),
    .flags = DB_LISTS,
};
db_stmt_table opportunity_page_statements[] = { &steps, &comments_apart, NULL };

static const char *step_icon(const struct opportunity_stage *stage, const struct step_row *row)
{
    if (row->back)
        return "arrow-back-up";
    return str_eq(stage->kind, "won")    ? "trophy"
           : str_eq(stage->kind, "lost") ? "flag-off"
           : row->from_stage_id == 0     ? "plus"
                                         : "arrow-right";
}

static const char *step_tone(const struct opportunity_stage *stage, const struct step_row *row)
{
    if (row->back)
        return "wait";
    return str_eq(stage->kind, "won") ? "good" : str_eq(stage->kind, "lost") ? "off" : "info";
}

/* "12 days here" is known when it was left. */
static const char *step_text(struct request *req, const struct step_row *row)
{
    const char *reason =
        *row->reason_code != '\0' ? opportunity_reason_name(req, row->reason_code) : "";
    const char *between = *reason != '\0' && *row->reason_text != '\0' ? ": " : "";

    if (*reason != '\0' || *row->reason_text != '\0')
        return arena_join(req->arena, reason, between, row->reason_text, NULL);
    if (row->until_at == 0)
        return "";
    return trn(req, "%s day in this stage", "%s days in this stage",
               (row->until_at - row->at) / CLOCK_DAY);
}

static void show_step(struct request *req, struct view *row, const struct step_row *step,
                      const struct opportunity_stage *stage)
{
    const char *name = opportunity_stage_name(req, stage);

    view_text(row, "Title", step->back ? trf(req, N_("Back to %s"), name) : name);
    view_text(row, "Tone", step_tone(stage, step));
    view_text(row, "Icon", step_icon(stage, step));
    view_text(row, "Text", step_text(req, step));
    view_text(row, "Who", step->user_name);
    page_at(req, row, "At", step->at);
}

/* Stages and what was done, as one list by time. */
static struct err *show_history(struct request *req, struct view *v, const struct opportunity *o,
                                const struct opportunity_stages *stages,
                                const struct opportunity_activity *done, size_t done_count)
{
    struct step_row *rows;
    size_t count, next = 0;

    TRY(db_list(req->db, req->arena, &steps,
                DB_ARGS(DB_I(o->sees_others), DB_I(req->actor->account_id), DB_I(o->id)), &rows,
                &count));
    for (size_t i = 0; i < count; i++) {
        const struct opportunity_stage *stage = opportunity_stage_find(stages, rows[i].stage_id);

        for (; next < done_count && done[next].at >= rows[i].at; next++)
            opportunity_show_activity_event(req, view_row(v, "History"), &done[next]);
        if (stage != NULL)
            show_step(req, view_row(v, "History"), &rows[i], stage);
    }
    for (; next < done_count; next++)
        opportunity_show_activity_event(req, view_row(v, "History"), &done[next]);
    return NULL;
}

/* -- where it stands -----------------------------------------------------------------------------
 */

static void show_track(struct request *req, struct view *v, const struct opportunity *o,
                       const struct opportunity_stages *stages)
{
    const struct opportunity_stage *now = opportunity_stage_find(stages, o->stage_id);

    for (size_t i = 0; now != NULL && i < stages->count; i++) {
        const struct opportunity_stage *stage = &stages->rows[i];
        struct view *row;

        if (stage->pipeline_id != o->pipeline_id || (!stage->active && stage != now))
            continue;
        if (!str_eq(stage->kind, "open") &&
            str_eq(stage->kind, "lost") != str_eq(now->kind, "lost"))
            continue;
        row = view_row(v, "Track");
        view_text(row, "Label", opportunity_stage_name(req, stage));
        view_flag(row, "Done", stage->sort < now->sort);
        view_flag(row, "Current", stage == now);
    }
}

static void show_move(struct request *req, const struct opportunity *o,
                      const struct opportunity_stages *stages)
{
    const struct opportunity_move_input stored = { .row_version = o->row_version };
    struct view *field;

    form_show_as(req, "Move", &opportunity_move_form, &stored);
    field = view_at(view_at(view_at(req->page, "Move"), "F"), "stage");
    for (size_t i = 0; i < stages->count; i++) {
        const struct opportunity_stage *stage = &stages->rows[i];
        struct view *option;

        if (stage->pipeline_id != o->pipeline_id || !stage->active || stage->id == o->stage_id)
            continue;
        option = view_row(field, "Options");
        view_int(option, "Value", stage->id);
        view_text(option, "Label", opportunity_stage_name(req, stage));
    }
}

/* -- its facts -----------------------------------------------------------------------------------
 */

static const struct choice sources[] = {
    { "deal", N_("Deal registration") },
    { "lead", N_("Lead") },
    { "partner", N_("The partner") },
    { "staff", N_("The vendor") },
    { 0 },
};

static void fact(struct request *req, struct view *v, const char *label, const char *value)
{
    struct view *row;

    if (str_is_empty(value))
        return;
    row = view_row(v, "Content");
    view_text(row, "Label", tr(req, label));
    view_text(row, "Value", value);
}

static const char *next_text(struct request *req, const struct opportunity *o)
{
    if (o->next_step_on == DAY_NONE)
        return o->next_step;
    return trf(req, N_("%1$s, on %2$s"), o->next_step,
               text_day(req->locale, req->arena, o->next_step_on));
}

static const char *country_text(struct request *req, const struct opportunity *o)
{
    if (str_is_empty(o->customer_country))
        return "";
    return text_country_name(text_locale_lang(req->locale), o->customer_country);
}

/* How the vendor divides the world is his own matter. */
static struct err *territory_text(struct request *req, const struct opportunity *o,
                                  const char **text_out)
{
    const struct territory *rows, *one;
    size_t count;

    *text_out = "";
    if (req->actor->audience != AUD_STAFF || o->territory_id == 0)
        return NULL;
    TRY(territories_read(req->db, &rows, &count));
    one = territory_find(rows, count, o->territory_id);
    if (one != NULL)
        *text_out = territory_name(one, text_locale_lang(req->locale));
    return NULL;
}

static struct err *show_facts(struct request *req, struct view *v, const struct opportunity *o)
{
    const char *territory;

    TRY(territory_text(req, o, &territory));
    fact(req, v, N_("End customer"), o->customer_name);
    fact(req, v, N_("Country"), country_text(req, o));
    fact(req, v, N_("Territory"), territory);
    fact(req, v, N_("Partner"), o->partner_name);
    fact(req, v, N_("Amount"), deal_total_text(req, o->amount, o->currency));
    fact(req, v, N_("Probability"), text_percent(req->locale, req->arena, o->probability * 100));
    fact(req, v, N_("Forecast"), page_status_word(req, opportunity_categories, o->category));
    fact(req, v, N_("Expected close date"), text_day(req->locale, req->arena, o->expected_close));
    fact(req, v, N_("Owner"), o->owner_name);
    fact(req, v, N_("Next step"), next_text(req, o));
    fact(req, v, N_("Competitors"), o->competitors);
    TRY(custom_show(req, v, "Content", CUSTOM_OPPORTUNITY, o->id));
    fact(req, v, N_("Source"), deal_choice(req, sources, o->source));
    fact(req, v, N_("Last worked on"), text_date_time(req->locale, req->arena, o->worked_at));
    fact(req, v, N_("Closed"), text_date_time(req->locale, req->arena, o->closed_at));
    if (!str_is_empty(o->reason_code))
        fact(req, v, N_("Reason"), opportunity_reason_name(req, o->reason_code));
    fact(req, v, N_("Lost to"), o->lost_to);
    fact(req, v, N_("What decided it"), o->close_reason);
    return NULL;
}

/* The registration is its partner's own: no other partner is led there. */
static void show_deal(struct request *req, struct view *v, const struct opportunity *o)
{
    if (o->deal_id == 0 || (!is_staff(req) && o->account_id != req->actor->account_id))
        return;
    view_text(v, "Deal", deal_number(req->arena, o->deal_id));
    view_text(v, "DealHref",
              arena_printf(req->arena, "/%s/deals/DR-%lld", is_staff(req) ? "staff" : "partner",
                           (long long)o->deal_id));
}

static void show_lines(struct request *req, struct view *v, const struct opportunity *o)
{
    const bool zh = text_locale_lang(req->locale) == LANG_ZH;

    for (size_t i = 0; i < o->line_count; i++) {
        const struct opportunity_line *line = &o->lines[i];
        struct view *row = view_row(v, "Lines");

        view_text(row, "Name", zh ? line->name_zh : line->name_en);
        page_int(req, row, "Quantity", line->quantity);
        page_money(req, row, "Price", line->price, o->currency);
        page_money(req, row, "Sum", line->price * line->quantity, o->currency);
    }
    page_money(req, v, "Total", o->amount, o->currency);
}

static void show_warnings(struct request *req, struct view *v, const struct opportunity *o,
                          int64_t now)
{
    const int32_t today = text_local_day(req->locale, now);

    if (!str_eq(o->state, "open"))
        return;
    view_flag(v, "Late", o->expected_close != DAY_NONE && o->expected_close < today);
    view_flag(v, "Stale", o->stale_on != DAY_NONE && o->stale_on <= today);
}

/* -- what was said -------------------------------------------------------------------------------
 */

static void turn_round(struct comment *rows, size_t count)
{
    for (size_t low = 0, high = count; low + 1 < high; low++) {
        const struct comment other = rows[--high];

        rows[high] = rows[low];
        rows[low] = other;
    }
}

static struct err *show_comments(struct request *req, struct view *v, const struct opportunity *o)
{
    struct comment *rows;
    size_t count;

    if (o->sees_others)
        TRY(comment_list(req->db, req->arena, KIND, o->id, &rows, &count));
    else
        TRY(db_list(req->db, req->arena, &comments_apart,
                    DB_ARGS(DB_I(o->id), DB_I(req->actor->account_id), DB_I(COMMENTS_SHOWN)), &rows,
                    &count));
    if (!o->sees_others)
        turn_round(rows, count);
    comment_show(req, v, "Comments", rows, count);
    form_show_as(req, "Comment", &comment_form, NULL);
    return NULL;
}

/* What the vendor's people say among themselves: neither of these is read for a partner. */
static struct err *show_inside(struct request *req, struct view *v, const struct opportunity *o)
{
    const char *note;

    if (!is_staff(req))
        return NULL;
    view_flag(v, "IsStaff", true);
    TRY(opportunity_note_read(req, o->id, &note));
    view_text(v, "Note", note);
    return err_pass(opportunity_show_staff_notes(req, v, o->id));
}

/* -- the page ------------------------------------------------------------------------------------
 */

static void show_may(struct request *req, struct view *v, const struct opportunity *o)
{
    const bool open = str_eq(o->state, "open");
    struct view *may = view_at(v, "May");

    view_flag(may, "Edit", open && opportunity_may_edit(req, o));
    view_flag(may, "Move", open && opportunity_may_lead(req, o));
    view_flag(may, "Write", opportunity_may_edit(req, o));
}

struct err *opportunity_show(struct request *req)
{
    struct opportunity *o = opportunity_of_request(req);
    struct view *v = view_at(req->page, "Opportunity");
    struct opportunity_activity *done;
    struct opportunity_stages stages;
    size_t done_count;
    int64_t now;

    TRY(db_now(req->db, &now));
    TRY(opportunity_stages_read(req->db, &stages));
    TRY(opportunity_load_lines(req->db, req->arena, o));
    opportunity_show_head(req, o);
    opportunity_crumbs(req, NULL);
    page_crumb(req, opportunity_number(req->arena, o->id), "");
    view_text(v, "Href", opportunity_href(req, o->id));
    show_track(req, v, o, &stages);
    TRY(show_facts(req, v, o));
    show_deal(req, v, o);
    show_lines(req, v, o);
    show_warnings(req, v, o, now);
    show_may(req, v, o);
    show_move(req, o, &stages);
    TRY(opportunity_show_work(req, v, o, &done, &done_count));
    TRY(show_history(req, v, o, &stages, done, done_count));
    TRY(show_comments(req, v, o));
    TRY(opportunity_show_files(req, v, o));
    TRY(opportunity_show_shares(req, v, o));
    return err_pass(show_inside(req, v, o));
}

/* -- doing ---------------------------------------------------------------------------------------
 */

static struct err *go_back(struct request *req, const char *note)
{
    return err_pass(
        reply_redirect(req, note, "%s/OP-%lld", opportunity_base(req), (long long)req->object_id));
}

static const struct choice missing_words[] = {
    { "amount", N_("amount") },
    { "next_step", N_("next step") },
    { "competitors", N_("competitors") },
    { "close", N_("expected close date") },
    { 0 },
};

/* The reason must be one of its kind. */
static struct err *judge_reason(struct request *req, const struct opportunity_stages *stages,
                                const struct opportunity_move_input *in)
{
    const struct opportunity_stage *to = opportunity_stage_find(stages, in->stage);
    const struct opportunity_reason *rows;
    size_t count;

    if (to == NULL || str_eq(to->kind, "open") || str_is_empty(in->reason))
        return NULL;
    TRY(opportunity_reasons(req->db, &rows, &count));
    for (size_t i = 0; i < count; i++)
        if (str_eq(rows[i].code, in->reason) && !str_eq(rows[i].kind, to->kind))
            form_fault(req, "reason", -1, tr(req, N_("This reason does not fit the new stage.")));
    return NULL;
}

static struct err *judge_move(struct request *req, const struct opportunity *o,
                              const struct opportunity_move *move)
{
    const char *field, *missing, *fault;
    struct opportunity_stages stages;

    TRY(opportunity_stages_read(req->db, &stages));
    fault = opportunity_move_fault(&stages, o, move, &field, &missing);
    if (fault != NULL && missing != NULL)
        form_fault(req, field, -1,
                   trf(req, N_("Before it goes on, fill in: %s"),
                       deal_choice(req, missing_words, missing)));
    else if (fault != NULL)
        form_fault(req, field, -1, tr(req, fault));
    TRY(judge_reason(req, &stages, req->input));
    return form_has_faults(req) ? err_pass(form_refuse(req)) : NULL;
}

static struct err *changed(struct request *req, const struct opportunity *o)
{
    return err_pass(opportunity_refuse(
        req, o,
        tr(req, N_("This opportunity has changed since you opened it. Nothing was done: look "
                   "at it again first."))));
}

struct err *opportunity_move_post(struct request *req)
{
    const struct opportunity_move_input *in = req->input;
    const struct deal_actor by = opportunity_actor(req);
    struct opportunity *o = opportunity_of_request(req);
    const struct opportunity_move move = { .stage_id = in->stage,
                                           .reason_code = in->reason,
                                           .reason_text = in->text,
                                           .lost_to = in->lost_to };
    struct err *e;

    if (!opportunity_may_lead(req, o))
        return err_raise(ERR_NOT_FOUND, "opportunity %lld is not his to move", (long long)o->id);
    if (in->row_version != o->row_version || !str_eq(o->state, "open"))
        return err_pass(changed(req, o));
    TRY(judge_move(req, o, &move));
    e = opportunity_move(req->db, req->arena, &by, o, &move);
    if (err_is(e, ERR_CONFLICT) && str_eq(err_detail(e), "version")) {
        err_free(e);
        return err_raise(ERR_AGAIN, "an opportunity changed while it was moved");
    }
    TRY(e);
    if (!str_is_empty(in->back))
        return err_pass(reply_redirect(req, "saved", "%s/board%s#OP-%lld", opportunity_base(req),
                                       str_eq(in->back, "mine") ? "?view=mine" : "",
                                       (long long)o->id));
    return err_pass(go_back(req, "saved"));
}

/* What was done, in a few words: keeps the protection of its registration alive. */
struct err *opportunity_comment_post(struct request *req)
{
    const struct comment_input *in = req->input;
    const struct opportunity *o = req->object;
    int64_t id;

    TRY(opportunity_let_write(req, o));
    TRY(comment_add(req->db, req->actor, KIND, o->id, in->body, &id));
    if (str_eq(o->state, "open"))
        TRY(opportunity_worked(req->db, o));
    TRY(request_audit(req, KIND, o->id, NULL, NULL));
    TRY(opportunity_tell_comment(req->db, req->arena, req->actor, o));
    return err_pass(go_back(req, "saved"));
}
