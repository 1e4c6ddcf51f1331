/* deal/deal_amend_answer.c - changes to an approved registration as both sides see them, before and
 * after, and staff's answer. */
#include "base/str.h"
#include "crypt/canon.h"
#include "deal/deal_amend.h"
#include "deal/deal_amend_pages.h"
#include "deal/deal_choices.h"
#include "deal/deal_inside.h"
#include "deal/deal_names.h"
#include "deal/deal_staff.h"
#include "deal/deal_steps.h"
#include "deal/deal_view.h"
#include "deal/deal_words.h"
#include "web/form_fields.h"

#include <string.h>

/* -- before and after ----------------------------------------------------------------------------
 */

struct amendment_row {
    int64_t id, asked_at, round;
    const char *state, *before_json, *after_json, *asked_name, *decided_name, *reason_text;
};
static const struct db_field list_fields[] = {
    DB_FIELD(struct amendment_row, id, DB_I64, 0),
    DB_FIELD(struct amendment_row, asked_at, DB_AT, 0),
    DB_NULLABLE(struct amendment_row, round, DB_I64, 0),
    DB_FIELD(struct amendment_row, state, DB_TEXT, 10),
    DB_FIELD(struct amendment_row, before_json, DB_TEXT, 1000),
    DB_FIELD(struct amendment_row, after_json, DB_TEXT, 1000),
    DB_FIELD(struct amendment_row, asked_name, DB_TEXT, 120),
    DB_FIELD(struct amendment_row, decided_name, DB_TEXT, 120),
    DB_FIELD(struct amendment_row, reason_text, DB_TEXT, 400),
    { 0 },
};
static const struct db_stmt list = {
    .name = "deal.amend.list",
    .sql = "SELECT id, asked_at, round, state, before_json, after_json, asked_name, decided_name, "
           "reason_text FROM deal_amendment WHERE deal_id = ? ORDER BY id DESC LIMIT 20",
    .binds = "i",
    .fields = list_fields,
    .row_bytes = sizeof(struct amendment_row),
    .flags = DB_LISTS,
};
db_stmt_table deal_amend_show_statements[] = { &list, NULL };

static const struct status_row statuses[] = {
    { "made", "info", "pencil", N_("Changed") },
    { "asked", "wait", "clock", N_("Being decided") },
    { "approved", "good", "check", N_("Approved") },
    { "rejected", "bad", "x", N_("Rejected") },
    { "withdrawn", "off", "arrow-bar-left", N_("Withdrawn") },
    { "over", "off", "clock-off", N_("Not decided") },
    { 0 },
};

static const char *lines_words(struct request *req, const struct deal_names *names,
                               const char *currency, const char *text)
{
    const char *words = "";
    size_t count;
    char **rows = str_split(req->arena, text, ',', &count);

    for (size_t i = 0; i < count; i++) {
        size_t parts;
        char **part = str_split(req->arena, rows[i], ':', &parts);
        int64_t quantity, value;

        if (parts != 3 || !str_to_i64(part[1], &quantity) || !str_to_i64(part[2], &value))
            continue;
        words = arena_printf(req->arena, "%s%s%s", words, *words != '\0' ? "; " : "",
                             trf(req, N_("%1$s × %2$s, %3$s"),
                                 deal_names_lines(req, req->arena, names, part[0]),
                                 text_number(req->locale, req->arena, quantity),
                                 deal_total_text(req, value, currency)));
    }
    return words;
}

static const char *text_words(struct request *req, const char *name, const char *text)
{
    if (str_eq(name, "country") && *text != '\0')
        return text_country_name(text_locale_lang(req->locale), text);
    if (str_eq(name, "sales_stage"))
        return deal_choice(req, deal_stages, text);
    if (str_eq(name, "budget") || str_eq(name, "decision_maker"))
        return deal_choice(req, deal_known, text);
    return text;
}

static const char *words(struct request *req, const struct deal_names *names,
                         const struct deal *deal, const struct deal_amend_field *field,
                         const char *text)
{
    const char *space = strchr(text, ' ');
    int32_t day;

    switch (field->type) {
    case AMEND_TEXT:
        return text_words(req, field->name, text);
    case AMEND_DAY:
        return day_parse(text, &day) ? text_day(req->locale, req->arena, day) : "";
    case AMEND_PERSON:
        return space != NULL ? space + 1 : "";
    case AMEND_LINES:
        return lines_words(req, names, deal->currency, text);
    }
    return text;
}

static struct err *show_changes(struct request *req, struct view *v, const struct deal *deal,
                                const struct deal_names *names, const struct amendment_row *row)
{
    struct canon *before, *after;
    size_t before_count, after_count;

    TRY(canon_read_flat(req->arena, row->before_json, strlen(row->before_json), &before,
                        &before_count));
    TRY(canon_read_flat(req->arena, row->after_json, strlen(row->after_json), &after,
                        &after_count));
    for (const struct deal_amend_field *f = deal_amend_fields; f->name != NULL; f++) {
        const struct canon *was = canon_find(before, before_count, f->name);
        const struct canon *is = canon_find(after, after_count, f->name);
        struct view *change;

        if (was == NULL || is == NULL)
            continue;
        change = view_row(v, "Changes");
        view_text(change, "Label", tr(req, f->label));
        view_text(change, "Before", words(req, names, deal, f, was->text));
        view_text(change, "After", words(req, names, deal, f, is->text));
    }
    return NULL;
}

/* Of staff: the newest round, which belongs to one of these, or none. */
static struct err *read_round(struct request *req, const struct deal *deal,
                              const struct amendment_row *rows, size_t count, struct approval *out)
{
    *out = (struct approval){ 0 };
    for (size_t i = 0; i < count && req->actor->audience == AUD_STAFF; i++)
        if (rows[i].round != 0)
            return err_pass(approval_read(req->db, req->arena, DEAL_ROUND_AMEND, deal->id, out));
    return NULL;
}

static struct err *show_one(struct request *req, struct view *row, const struct deal *deal,
                            const struct amendment_row *m, bool waits)
{
    const bool over = !waits && str_eq(m->state, "asked");
    const struct deal_names *names;

    TRY(deal_names_read(req, &names));
    view_int(row, "Id", m->id);
    view_text(row, "Who", m->asked_name);
    page_at(req, row, "At", m->asked_at);
    page_status(req, row, "Status", statuses, over ? "over" : m->state);
    view_text(row, "DecidedName", m->decided_name);
    view_text(row, "Reason", m->reason_text);
    view_flag(row, "Waits", waits);
    if (waits && m->round != 0 && req->actor->audience == AUD_PARTNER)
        TRY(deal_amend_progress_show(req, row, deal));
    return err_pass(show_changes(req, row, deal, names, m));
}

struct err *deal_show_amendments(struct request *req, struct view *v, const struct deal *deal,
                                 struct deal_amend_shown *shown)
{
    struct amendment_row *rows;
    size_t count;

    *shown = (struct deal_amend_shown){ 0 };
    if (!deal->has_amendments)
        return NULL;
    TRY(db_list(req->db, req->arena, &list, DB_ARGS(DB_I(deal->id)), &rows, &count));
    TRY(read_round(req, deal, rows, count, &shown->round));
    for (size_t i = 0; i < count; i++) {
        const bool waits = str_eq(rows[i].state, "asked") && deal->state == DEAL_APPROVED;
        struct view *row = view_row(v, "Amendments");

        TRY(show_one(req, row, deal, &rows[i], waits));
        if (shown->round.count > 0 && rows[i].round == shown->round.steps[0].round)
            deal_round_show(req, row, &shown->round);
        if (waits)
            shown->pending = rows[i].id;
    }
    return NULL;
}

/* -- staff's answer ------------------------------------------------------------------------------
 */

static const struct choice answers[] = {
    { "approve", N_("Approve") },
    { "reject", N_("Reject") },
    { 0 },
};
static const struct field answer_fields[] = {
    FORM_VERSION_NEEDED(struct deal_amend_answer_input),
    { .name = "amendment_id",
      .label = N_("Change"),
      .kind = FIELD_ID,
      .required = true,
      .offset = offsetof(struct deal_amend_answer_input, amendment_id) },
    { .name = "answer",
      .label = N_("Answer"),
      .kind = FIELD_CHOICE,
      .required = true,
      .needed = N_("Choose an answer."),
      .choices = answers,
      .offset = offsetof(struct deal_amend_answer_input, answer) },
    { .name = "text",
      .label = N_("Reason for the partner"),
      .kind = FIELD_LINES,
      .max = 1000,
      .offset = offsetof(struct deal_amend_answer_input, text) },
    { 0 },
};

static void check_answer(struct request *req, void *input)
{
    const struct deal_amend_answer_input *in = input;

    if (str_eq(in->answer, "reject") && str_is_empty(in->text))
        form_fault(req, "text", -1, tr(req, N_("Tell the partner why.")));
}

const struct form deal_amend_answer_form = { .name = "deal_amend_answer",
                                             .fields = answer_fields,
                                             .size_bytes = sizeof(struct deal_amend_answer_input),
                                             .check = check_answer };

static const struct deal_words conflicts[] = {
    { "decided", N_("This change is decided already.") },
    { "state", N_("This registration is no longer protected: nothing of it is changed.") },
    { "approver", N_("This step waits for others to decide. Nothing was recorded.") },
    { "version", N_("This registration is not what it was when the change was asked for.") },
    { "match", N_("Not approved: a match is still to be resolved. Mark it as the same customer or "
                  "as different first.") },
    { "rank", N_("Not approved: a registration that came before this change waits for one of these "
                 "product lines.") },
    { "claim", N_("Not approved: one of these product lines is protected by another "
                  "registration.") },
    { 0 },
};

static const char *conflict_words(const char *detail)
{
    return deal_words(conflicts, detail);
}

struct err *deal_amend_answer_post(struct request *req)
{
    const struct deal_amend_answer_input *in = req->input;
    const struct deal_amend_answer answer = { in->amendment_id, str_eq(in->answer, "approve"),
                                              in->text };
    struct deal *deal = deal_staff_deal(req);
    const struct deal_refusal changed = {
        tr(req, N_("This registration has changed since you opened it. Nothing was recorded; this "
                   "is how it stands now.")),
        in->row_version
    };
    struct deal_actor by;
    struct err *e;
    bool decided;

    if (in->row_version != deal->row_version)
        return err_pass(deal_review_refuse(req, deal, &changed));
    TRY(deal_staff_actor(req, deal, &by));
    e = deal_amend_give(req->db, req->arena, &by, deal, &answer, &decided);
    if (err_is(e, ERR_CONFLICT)) {
        form_fault(req, "answer", -1, tr(req, conflict_words(err_detail(e))));
        err_free(e);
        return err_pass(form_refuse(req));
    }
    TRY(e);
    return err_pass(reply_redirect(req, decided ? "deal_decided" : "deal_step_approved",
                                   "/staff/deals/DR-%lld", (long long)deal->id));
}

struct err *deal_show_amend_answer(struct request *req, struct view *v, const struct deal *deal)
{
    const bool typed = req->route->form == &deal_amend_answer_form && req->input != NULL;
    struct deal_amend_answer_input stored = { .row_version = deal->row_version,
                                              .answer = "",
                                              .text = "" };
    struct deal_amend_shown shown;
    struct deal_vote vote;

    TRY(deal_show_amendments(req, v, deal, &shown));
    if (shown.pending == 0 || !actor_may(req->actor, PERM_DEAL_DECIDE))
        return NULL;
    TRY(deal_round_vote(req->db, req->arena, &shown.round, req->actor->user_id, &vote));
    view_flag(v, "AskedOfOthers", !vote.may);
    view_flag(v, "AskedOfSeveral", vote.may && !vote.last);
    stored.amendment_id = shown.pending;
    view_int(v, "Asked", shown.pending);
    form_show_as(req, "Amend", &deal_amend_answer_form, typed ? req->input : &stored);
    return NULL;
}
