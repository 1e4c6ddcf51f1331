/* deal/deal_staff.c - a registration as its reviewer sees it: everything that a decision needs on
 * one page, and the decision beside it. */
#include "deal/deal_staff.h"
#include "approval/delegate.h"
#include "attachment/attachment.h"
#include "base/str.h"
#include "comment/comment.h"
#include "custom/custom_form.h"
#include "deal/deal_amend_pages.h"
#include "deal/deal_appeal.h"
#include "deal/deal_clock.h"
#include "deal/deal_inside.h"
#include "deal/deal_mute.h"
#include "deal/deal_names.h"
#include "deal/deal_sql.h"
#include "deal/deal_steps.h"
#include "deal/deal_term.h"
#include "deal/deal_view.h"
#include "notification/notification.h"
#include "web/audit_words.h"

#include <string.h>

/* -- what every page here shares -----------------------------------------------------------------
 */

static struct err *load(struct request *req, int64_t id, const void **object_out)
{
    struct deal *deal;

    TRY(deal_of_staff(req->db, req->arena, req->actor->department_low, req->actor->department_high,
                      req->actor->user_id, id, &deal));
    *object_out = deal;
    return NULL;
}

const struct object_kind deal_staff_object = { .name = "deal", .prefix = "DR-", .load = load };

struct deal *deal_staff_deal(struct request *req)
{
    struct deal *deal = arena_alloc(req->arena, sizeof(*deal));

    *deal = *(const struct deal *)req->object;
    return deal;
}

struct err *deal_staff_actor(struct request *req, const struct deal *deal,
                             struct deal_actor *by_out)
{
    bool may = false;

    *by_out = deal_actor_of(req, BY_STAFF);
    if (!deal->has_delegate || deal->reviewer_id == req->actor->user_id)
        return NULL;
    TRY(delegate_may_decide_for(req->db, req->arena, req->actor->user_id, deal->reviewer_id, &may));
    if (!may)
        return NULL;
    by_out->for_user_name = deal->reviewer_name;
    by_out->who.for_user_id = deal->reviewer_id;
    return NULL;
}

bool deal_staff_sees(const struct request *req, int64_t department_id, int64_t reviewer_id)
{
    const struct actor *actor = req->actor;

    return department_id == 0 || reviewer_id == actor->user_id ||
           (department_id >= actor->department_low && department_id <= actor->department_high);
}

const char *deal_staff_address(struct request *req, int64_t id)
{
    return arena_number(req->arena, "/staff/deals/DR-", id);
}

void deal_staff_crumbs(struct request *req, const struct deal *deal)
{
    page_crumb(req, tr(req, N_("Registration review")), "/staff/deals");
    if (deal != NULL)
        page_crumb(req, deal_number(req->arena, deal->id), deal_staff_address(req, deal->id));
}

const char *deal_staff_word(const struct request *req, const char *en, const char *zh)
{
    return text_locale_lang(req->locale) == LANG_ZH ? zh : en;
}

const char *deal_staff_lines(const struct request *req, const char *names)
{
    const bool zh = text_locale_lang(req->locale) == LANG_ZH;
    char *text = arena_alloc(req->arena, 2 * strlen(names) + 1), *to = text;

    for (size_t n = 0; *names != '\0'; n++) {
        const size_t len = strcspn(names, "\n");

        if (n % 2 == (zh ? 1 : 0)) {
            to = stpcpy(to, to == text ? "" : zh ? "、" : ", ");
            to = mempcpy(to, names, len);
        }
        names += len + (names[len] == '\n');
    }
    *to = '\0';
    return text;
}

const struct status_row deal_conflict_statuses[] = {
    { "same", "bad", "equal", N_("Same customer") },
    { "possible", "wait", "help-circle", N_("Possibly the same") },
    { "different", "good", "circle-check", N_("No conflict") },
    { 0 },
};

/* -- the decision card ---------------------------------------------------------------------------
 */

static struct err *term_of(struct request *req, const struct deal *deal, struct deal_term *term,
                           int32_t *until_out)
{
    const struct text_locale *zone = text_locale_get(LANG_EN, deal->partner_zone);
    int64_t now;

    TRY(db_now(req->db, &now));
    TRY(deal_term_of(req->db, req->arena, deal->account_id, deal->deal_type, term));
    *until_out = text_local_day(zone, now) + (int32_t)term->days;
    return NULL;
}

static struct err *show_term(struct request *req, struct view *v, const struct deal *deal)
{
    struct deal_term term;
    int32_t until = DAY_NONE;

    TRY(term_of(req, deal, &term, &until));
    view_text(v, "Term",
              term.discount_bp == 0
                  ? trf(req, N_("Protects %1$s for %2$s, until %3$s."),
                        trn(req, "%s product line", "%s product lines", (int64_t)deal->line_count),
                        trn(req, "%s day", "%s days", term.days),
                        text_day(req->locale, req->arena, until))
                  : trf(req, N_("Protects %1$s for %2$s, until %3$s; deal discount %4$s."),
                        trn(req, "%s product line", "%s product lines", (int64_t)deal->line_count),
                        trn(req, "%s day", "%s days", term.days),
                        text_day(req->locale, req->arena, until),
                        text_percent(req->locale, req->arena, term.discount_bp)));
    return NULL;
}

/* Reasons of the decisions that need one, grouped as the select shows them. */
static struct err *show_reasons(struct request *req, struct view *v, const char *const *uses)
{
    struct deal_reason_choice *rows;
    size_t count;

    TRY(db_kept(req->db, &deal_staff_reasons, &rows, &count));
    for (; *uses != NULL; uses++)
        for (size_t i = 0; i < count; i++) {
            struct view *row;

            if (!str_eq(rows[i].use_for, *uses))
                continue;
            row = view_row(v, str_eq(*uses, "return") ? "Returns" : "Rejects");
            view_text(row, "Value", rows[i].code);
            view_text(row, "Label", deal_staff_word(req, rows[i].text_en, rows[i].text_zh));
        }
    return NULL;
}

static bool is_among(const int64_t barred[DEAL_APPEAL_BARRED], int64_t user_id)
{
    for (size_t i = 0; i < DEAL_APPEAL_BARRED; i++)
        if (barred[i] == user_id)
            return true;
    return false;
}

static struct err *show_reviewers(struct request *req, struct view *v, const struct deal *deal)
{
    int64_t barred[DEAL_APPEAL_BARRED];
    struct deal_reviewer_row *rows;
    size_t count;

    TRY(deal_appeal_barred(req->db, req->arena, deal, barred));

    TRY(db_kept(req->db, &deal_staff_reviewers, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        struct view *row;

        if (rows[i].id == deal->reviewer_id || is_among(barred, rows[i].id))
            continue;
        row = view_row(v, "Reviewers");
        view_int(row, "Value", rows[i].id);
        view_text(row, "Label", rows[i].name);
    }
    return NULL;
}

/* Whose it is, and in whose name the visitor decides. */
static struct err *show_holder(struct request *req, struct view *v, const struct deal *deal)
{
    struct deal_actor by;

    TRY(deal_staff_actor(req, deal, &by));
    view_text(v, "Reviewer", deal->reviewer_name);
    view_flag(v, "IsMine", deal->reviewer_id == req->actor->user_id);
    view_text(v, "DecidesFor", by.for_user_name);
    return NULL;
}

static const char *const decision_reasons[] = { "return", "reject", NULL };

static struct err *show_decision(struct request *req, struct view *v, const struct deal *deal)
{
    const bool decide = actor_may(req->actor, PERM_DEAL_DECIDE);
    const char *forbidden;
    bool open = deal_can(deal->state, DEAL_APPROVE, BY_STAFF);
    struct deal_decision_input empty = { .row_version = deal->row_version,
                                         .verb = "",
                                         .reason = "",
                                         .text = "",
                                         .duplicate_of = "",
                                         .staff_note = "" };
    const bool typed = req->route->form == &deal_decision_form && req->input != NULL;
    struct deal_vote vote = { .may = true, .last = true };

    TRY(show_holder(req, v, deal));
    TRY(deal_appeal_words(req, deal, &forbidden));
    view_text(view_at(v, "Appeal"), "Forbidden", decide ? forbidden : NULL);
    TRY(deal_steps_show(req, v, deal));
    if (open)
        TRY(deal_steps_vote(req->db, req->arena, deal, req->actor->user_id, &vote));
    view_flag(v, "NotMyStep", open && decide && !vote.may);
    view_flag(v, "OneOfSteps", open && vote.may && !vote.last);
    open = open && forbidden == NULL && vote.may;
    form_show(req, &deal_decision_form, typed ? req->input : &empty);
    if (!decide)
        return NULL;
    view_flag(v, "MayDecide", open);
    view_flag(v, "MayTake",
              open && (deal_can(deal->state, DEAL_TAKE, BY_STAFF) || deal->reviewer_id == 0));
    view_flag(v, "MayWrite", true);
    view_flag(v, "MayRevoke",
              actor_may(req->actor, PERM_DEAL_REVOKE) &&
                  deal_can(deal->state, DEAL_REVOKE, BY_STAFF));
    view_flag(v, "MayConvert",
              actor_may(req->actor, PERM_OPPORTUNITY_EDIT) &&
                  deal_can(deal->state, DEAL_CONVERT, BY_STAFF));
    form_show_as(req, "Pair", &deal_pair_form, NULL);
    form_show_as(req, "Assign", &deal_assign_form, NULL);
    if (!open)
        return NULL;
    TRY(show_term(req, v, deal));
    TRY(show_reasons(req, v, decision_reasons));
    return err_pass(show_reviewers(req, v, deal));
}

/* -- what stands against it ----------------------------------------------------------------------
 */

static const struct {
    const char *kind, *tone, *icon, *words;
} obstacle_words[] = {
    { "match", "wait", "help-circle", N_("A match that nobody has resolved yet") },
    { "rank", "wait", "clock", N_("Earlier in line and undecided") },
    { "claim", "bad", "shield-check", N_("Holds the protection of this line") },
};

static void show_obstacle(struct request *req, struct view *row, const struct deal_obstacle *o,
                          const struct deal_obstacle_words_row *other)
{
    for (size_t i = 0; i < ARRAY_LEN(obstacle_words); i++)
        if (str_eq(obstacle_words[i].kind, o->kind)) {
            view_text(row, "Tone", obstacle_words[i].tone);
            view_text(row, "Icon", obstacle_words[i].icon);
            view_text(row, "Text", tr(req, obstacle_words[i].words));
        }
    if (o->other_deal_id == 0)
        return;
    view_text(row, "Number", deal_number(req->arena, o->other_deal_id));
    view_text(row, "Company", other->company_name);
    view_text(row, "Partner", other->partner_name);
    page_status(req, row, "Status", deal_staff_statuses, other->state_code);
    if (other->rank_no != 0)
        view_text(row, "Rank", text_number(req->locale, req->arena, other->rank_no));
    page_at(req, row, "Submitted", other->submitted_at);
    view_text(row, "Until", text_day(req->locale, req->arena, other->protected_until));
    if (deal_staff_sees(req, other->department_id, other->reviewer_id))
        view_text(row, "Href", deal_staff_address(req, o->other_deal_id));
}

static const char *line_of(const struct request *req, const struct deal *deal, int64_t id)
{
    for (size_t i = 0; i < deal->line_count; i++)
        if (deal->lines[i].product_line_id == id)
            return deal_line_name(req, &deal->lines[i]);
    return "";
}

/* Accounts of one customer bring one registration each: it stands against the approval once. */
static bool stands_already(const struct deal_obstacle *list, size_t i)
{
    for (size_t k = 0; k < i && list[i].other_deal_id != 0; k++)
        if (str_eq(list[k].kind, list[i].kind) && list[k].other_deal_id == list[i].other_deal_id &&
            list[k].product_line_id == list[i].product_line_id)
            return true;
    return false;
}

struct err *deal_obstacles_show(struct request *req, struct view *v, const struct deal *deal,
                                const struct deal_obstacle *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct deal_obstacle_words_row other = {
            .company_name = "", .partner_name = "", .state_code = "", .protected_until = DAY_NONE
        };
        struct view *row;

        if (stands_already(list, i))
            continue;
        row = view_row(v, "Obstacles");
        if (list[i].other_deal_id != 0)
            TRY(db_get(req->db, req->arena, &deal_staff_other, DB_ARGS(DB_I(list[i].other_deal_id)),
                       &other));
        show_obstacle(req, row, &list[i], &other);
        view_text(row, "Line", line_of(req, deal, list[i].product_line_id));
    }
    return NULL;
}

static struct err *show_obstacles(struct request *req, struct view *v, const struct deal *deal)
{
    struct deal_obstacle *list;
    bool settles = true;
    size_t count;

    if (!deal_can(deal->state, DEAL_APPROVE, BY_STAFF))
        return NULL;
    TRY(deal_obstacles(req->db, req->arena, deal, &list, &count));
    TRY(deal_obstacles_show(req, v, deal, list, count));
    for (size_t i = 0; i < count; i++)
        settles = settles && !str_eq(list[i].kind, "match");
    view_flag(v, "Blocked", count > 0);
    view_flag(v, "MayOverrule",
              count > 0 && settles && *view_get(v, "Appeal.Forbidden") == '\0' &&
                  *view_get(v, "NotMyStep") == '\0' && *view_get(v, "OneOfSteps") == '\0' &&
                  actor_may(req->actor, PERM_DEAL_DECIDE) &&
                  actor_may(req->actor, PERM_DEAL_OVERRULE));
    return NULL;
}

/* -- the rest of the page ------------------------------------------------------------------------
 */

static struct err *show_facts(struct request *req, struct view *v, const struct deal *deal)
{
    struct deal_staff_row facts = { .rule_en = "", .rule_zh = "", .on_behalf_name = "" };
    const struct deal_names *names;

    TRY(deal_names_read(req, &names));
    if (deal->has_staff || deal->on_behalf_by != 0)
        TRY(db_get(req->db, req->arena, &deal_staff_facts, DB_ARGS(DB_I(deal->id)), &facts));
    view_text(v, "Partner", deal->partner_name);
    view_text(v, "PartnerHref", arena_number(req->arena, "/staff/accounts/", deal->account_id));
    view_text(v, "Tier", deal_names_tier(req, names, deal->partner_tier_id));
    view_text(v, "OnBehalf", facts.on_behalf_name);
    view_text(v, "Rule", deal_staff_word(req, facts.rule_en, facts.rule_zh));
    if (facts.duplicate_of != 0) {
        view_text(v, "DuplicateOf", deal_number(req->arena, facts.duplicate_of));
        view_text(v, "DuplicateHref", deal_staff_address(req, facts.duplicate_of));
    }
    if (deal->opportunity_id != 0 && actor_may(req->actor, PERM_OPPORTUNITY_VIEW)) {
        view_text(v, "Opportunity", arena_number(req->arena, "OP-", deal->opportunity_id));
        view_text(v, "OpportunityHref",
                  arena_number(req->arena, "/staff/opportunities/OP-", deal->opportunity_id));
    }
    if (deal->end_customer_id != 0)
        view_text(v, "CustomerHref",
                  arena_number(req->arena, "/staff/accounts/", deal->end_customer_id));
    page_fact(req, *view_get(v, "Tier") == '\0'
                       ? deal->partner_name
                       : trf(req, N_("%1$s · %2$s"), deal->partner_name, view_get(v, "Tier")));
    if (deal->rank_no != 0)
        page_fact(req, trf(req, N_("submitted %1$s, rank %2$s"),
                           text_date_time(req->locale, req->arena, deal->submitted_at),
                           text_number(req->locale, req->arena, deal->rank_no)));
    if (!str_is_empty(deal->verdict))
        page_status(req, v, "Verdict", deal_conflict_statuses, deal->verdict);
    return NULL;
}

static struct err *show_clock(struct request *req, struct view *v, const struct deal *deal)
{
    struct deal_clock clock;

    if (deal_state_phase(deal->state) != DEAL_WITH_VENDOR)
        return NULL;
    TRY(deal_clock_read(req->db, req->arena, deal, &clock));
    deal_show_clock(req, v, &clock);
    return NULL;
}

static struct err *show_talk(struct request *req, struct view *v, const struct deal *deal)
{
    struct comment *comments = NULL, *notes = NULL;
    size_t comment_count = 0, note_count = 0, file_count = 0;
    struct attachment *files = NULL;

    if (deal->has_comments)
        TRY(comment_list(req->db, req->arena, "deal", deal->id, &comments, &comment_count));
    comment_show(req, v, "Comments", comments, comment_count);
    if (deal->has_notes)
        TRY(comment_list_notes(req->db, req->arena, "deal", deal->id, &notes, &note_count));
    comment_show(req, v, "Notes", notes, note_count);
    form_show_as(req, "Comment", &comment_form, NULL);
    if (deal->has_files)
        TRY(attachment_list(req->db, req->arena, "deal", deal->id, &files, &file_count));
    attachment_show(req, v, "Files", files, file_count,
                    arena_printf(req->arena, "/staff/deals/DR-%lld/files/", (long long)deal->id));
    return NULL;
}

static struct err *show_audit(struct request *req, struct view *v, const struct deal *deal)
{
    struct deal_audit_row *rows;
    size_t count;

    if (!actor_may(req->actor, PERM_AUDIT_VIEW))
        return NULL;
    TRY(db_list(req->db, req->arena, &deal_staff_audit, DB_ARGS(DB_I(deal->id)), &rows, &count));
    for (size_t i = 0; i < count; i++) {
        struct view *row = view_row(v, "Audit");

        view_text(row, "Word", audit_action_word(req, rows[i].action));
        view_text(row, "Who",
                  str_is_empty(rows[i].user_name) ? tr(req, N_("automatically"))
                                                  : rows[i].user_name);
        page_at(req, row, "At", rows[i].at);
    }
    return NULL;
}

static struct err *show_extension_form(struct request *req, struct view *v, const struct deal *deal)
{
    enum { FIRST_OFFER_DAYS = 30 };
    const bool typed = req->route->form == &deal_grant_form && req->input != NULL;
    struct deal_grant_input stored = { .row_version = deal->row_version,
                                       .answer = "",
                                       .text = "",
                                       .until = deal->protected_until + FIRST_OFFER_DAYS };
    int64_t pending;

    if (deal->protected_from_at == 0) /* nothing is extended that was never protected */
        return NULL;
    TRY(deal_show_extensions(req, v, deal, &pending));
    if (pending == 0 || !actor_may(req->actor, PERM_DEAL_DECIDE))
        return NULL;
    stored.extension_id = pending;
    view_int(v, "Pending", pending);
    form_show_as(req, "Grant", &deal_grant_form, typed ? req->input : &stored);
    return NULL;
}

/* What happened to it since the visitor's page was made. */
static void show_refusal(struct request *req, struct view *v, const struct deal *deal,
                         const struct deal_refusal *refusal)
{
    if (refusal == NULL || refusal->message == NULL)
        return;
    view_text(v, "Refused", refusal->message);
    if (refusal->shown_version == 0 || refusal->shown_version == deal->row_version)
        return;
    for (size_t i = 0; i < deal->step_count; i++) {
        const struct deal_step *step = &deal->steps[i];
        struct view *row;

        if (step->seq <= refusal->shown_version)
            continue;
        row = view_row(v, "Changes");
        page_status(req, row, "Status", deal_staff_statuses, step->state);
        view_text(row, "Who",
                  str_is_empty(step->user_name) ? tr(req, N_("automatically")) : step->user_name);
        page_at(req, row, "At", step->from_at);
    }
}

/* Whom it may not go to, by name. */
static struct err *show_appeal_not(struct request *req, struct view *v, const struct deal *deal)
{
    struct deal_appeal_not_row row;

    if (!deal->has_appeal)
        return NULL;
    TRY(db_get(req->db, req->arena, &deal_staff_appeal_not, DB_ARGS(DB_I(deal->id)), &row));
    view_text(view_at(v, "Appeal"), "Not", row.names);
    return NULL;
}

/* What stands above the columns, and the record as its partner wrote it. */
static struct err *show_record(struct request *req, struct view *v, struct deal *deal)
{
    int64_t now;

    TRY(db_now(req->db, &now));
    TRY(deal_load_lines(req->db, req->arena, deal));
    TRY(deal_load_steps(req->db, req->arena, deal));
    view_flag(view_at(req->page, "Page"), "Wide", true);
    deal_show_head(req, deal);
    deal_staff_crumbs(req, NULL);
    page_crumb(req, deal_number(req->arena, deal->id), "");
    view_text(v, "Number", deal_number(req->arena, deal->id));
    view_text(v, "Href", deal_staff_address(req, deal->id));
    view_int(v, "Version", deal->row_version);
    page_at(req, v, "ShownAt", now);
    TRY(show_facts(req, v, deal));
    deal_show_content(req, v, deal);
    TRY(custom_show(req, v, "Content", CUSTOM_DEAL, deal->id));
    TRY(deal_fields_offer(req, v));
    deal_show_lines(req, v, deal);
    deal_show_track(req, v, deal, now);
    deal_show_protection(req, v, deal, now);
    TRY(deal_show_appeal(req, v, deal, now));
    return err_pass(show_appeal_not(req, v, deal));
}

struct err *deal_review_fill(struct request *req, struct deal *deal,
                             const struct deal_refusal *refusal)
{
    struct view *v = view_at(req->page, "Deal");

    TRY(show_record(req, v, deal));
    show_refusal(req, v, deal, refusal);
    TRY(show_clock(req, v, deal));
    TRY(show_decision(req, v, deal));
    TRY(show_obstacles(req, v, deal));
    TRY(deal_match_show(req, deal));
    TRY(deal_direct_show(req, deal));
    TRY(show_extension_form(req, v, deal));
    TRY(deal_show_amend_answer(req, v, deal));
    view_flag(v, "MayAmend",
              deal->state == DEAL_APPROVED && actor_may(req->actor, PERM_DEAL_ON_BEHALF));
    TRY(show_talk(req, v, deal));
    deal_show_history(req, v, deal);
    TRY(deal_show_opened(req, v, deal));
    TRY(deal_show_muted(req, v, deal));
    return err_pass(show_audit(req, v, deal));
}

struct err *deal_review_refuse(struct request *req, struct deal *deal,
                               const struct deal_refusal *refusal)
{
    TRY(deal_review_fill(req, deal, refusal));
    return err_pass(reply_conflict(req, "deal/staff_show.cs"));
}

struct err *deal_review_show(struct request *req)
{
    return err_pass(deal_review_fill(req, deal_staff_deal(req), NULL));
}

/* -- files and comments --------------------------------------------------------------------------
 */

struct err *deal_review_file(struct request *req)
{
    const struct deal *deal = req->object;
    struct attachment row;

    TRY(attachment_get(req->db, req->arena, "deal", deal->id, request_param(req, "file"), &row));
    return err_pass(attachment_send(req, &row));
}

/* The partner's people and whoever has taken part, but not the writer himself. */
static struct err *tell_comment(struct request *req, const struct deal *deal, const char *body)
{
    const struct mail_value values[] = {
        { .name = "number", .value = deal_number(req->arena, deal->id) },
        { .name = "who", .value = req->actor->name },
        { .name = "text", .value = body },
        { 0 },
    };
    const struct notification word = {
        .event = "deal.comment", .kind = "deal", .object_id = deal->id, .values = values
    };
    int64_t *writers, *told, *people;
    size_t count, n;

    TRY(comment_writers(req->db, req->arena, "deal", deal->id, &writers, &count));
    TRY(deal_told(req->db, req->arena, deal, &told, &n));
    people = arena_array(req->arena, count + n, sizeof(*people));
    for (size_t i = 0; i < n; i++)
        people[i] = told[i];
    for (size_t i = 0; i < count; i++)
        if (writers[i] != req->actor->user_id)
            people[n++] = writers[i];
    return err_pass(notification_send(req->db, req->arena, &word, people, n));
}

struct err *deal_review_comment(struct request *req)
{
    const struct comment_input *in = req->input;
    const struct deal *deal = req->object;
    int64_t id;

    if (str_eq(form_button(req), "note")) {
        TRY(comment_add_note(req->db, req->actor, "deal", deal->id, in->body));
    } else {
        TRY(comment_add(req->db, req->actor, "deal", deal->id, in->body, &id));
        TRY(tell_comment(req, deal, in->body));
    }
    TRY(request_audit(req, "deal", deal->id, NULL, NULL));
    return err_pass(
        reply_redirect(req, "saved", "/staff/deals/DR-%lld#comments", (long long)deal->id));
}
