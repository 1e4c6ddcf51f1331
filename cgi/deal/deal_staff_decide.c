/* deal/deal_staff_decide.c - what a reviewer does to a registration: takes it, gives it to another,
 * marks a match, decides it, answers an extension.
 *
 * Each form names the version that was shown.  What has changed since is shown instead of being
 * overwritten (409); what is lost between this check and the write runs again as a whole, and then
 * shows the same. */
#include "account/account.h"
#include "approval/delegate.h"
#include "base/str.h"
#include "comment/comment.h"
#include "deal/deal_appeal.h"
#include "deal/deal_grant.h"
#include "deal/deal_inside.h"
#include "deal/deal_resolve.h"
#include "deal/deal_staff.h"
#include "deal/deal_steps.h"
#include "deal/deal_view.h"
#include "notification/notification.h"
#include "web/form_fields.h"

/* -- forms ---------------------------------------------------------------------------------------
 */

enum { REASON_MAX = 1000 };

static const struct {
    const char *code;
    enum deal_verb verb;
    const char *use_for; /* of its reason; NULL: needs none */
} verbs[] = {
    { "approve", DEAL_APPROVE, NULL },
    { "return", DEAL_RETURN, "return" },
    { "reject", DEAL_REJECT, "reject" },
    { "duplicate", DEAL_MARK_DUPLICATE, NULL },
};

static const struct choice verb_choices[] = {
    { "approve", N_("Approve") },
    { "return", N_("Return for information") },
    { "reject", N_("Reject") },
    { "duplicate", N_("Duplicate of…") },
    { 0 },
};

static const struct choice *reason_choices(struct request *req)
{
    struct deal_reason_choice *rows;
    struct choice *list;
    size_t count = 0;
    struct err *e = db_kept(req->db, &deal_staff_reasons, &rows, &count);

    /* The transaction is dead now: whatever comes next meets the same error and reports it. */
    if (e != NULL)
        count = 0;
    err_ignore(e);
    list = arena_array(req->arena, count + 2, sizeof(*list));
    list[0] = (struct choice){ "", "" };
    for (size_t i = 0; i < count; i++)
        list[i + 1] =
            (struct choice){ rows[i].code, deal_staff_word(req, rows[i].text_en, rows[i].text_zh) };
    return list;
}

static const struct field decision_fields[] = {
    FORM_VERSION_NEEDED(struct deal_decision_input),
    { .name = "verb",
      .label = N_("Decision"),
      .kind = FIELD_CHOICE,
      .required = true,
      .needed = N_("Choose a decision."),
      .choices = verb_choices,
      .offset = offsetof(struct deal_decision_input, verb) },
    { .name = "reason",
      .label = N_("Reason"),
      .kind = FIELD_CHOICE,
      .choices_of = reason_choices,
      .offset = offsetof(struct deal_decision_input, reason) },
    { .name = "text",
      .label = N_("Message to the partner"),
      .kind = FIELD_LINES,
      .max = REASON_MAX,
      .offset = offsetof(struct deal_decision_input, text) },
    { .name = "duplicate_of",
      .label = N_("Number of the other registration"),
      .kind = FIELD_TEXT,
      .max = 20,
      .offset = offsetof(struct deal_decision_input, duplicate_of) },
    { .name = "staff_note",
      .label = N_("Staff-only note"),
      .kind = FIELD_LINES,
      .max = COMMENT_MAX_CHARS,
      .offset = offsetof(struct deal_decision_input, staff_note) },
    { 0 },
};

static void check_decision(struct request *req, void *input)
{
    const struct deal_decision_input *in = input;

    if ((str_eq(in->verb, "return") || str_eq(in->verb, "reject")) && str_is_empty(in->reason))
        form_fault(req, "reason", -1, tr(req, N_("Choose a reason.")));
    if (str_eq(in->verb, "duplicate") && deal_typed_number(in->duplicate_of) == 0)
        form_fault(req, "duplicate_of", -1, tr(req, N_("Type a number such as DR-10423.")));
}

const struct form deal_decision_form = { .name = "deal_decision",
                                         .fields = decision_fields,
                                         .size_bytes = sizeof(struct deal_decision_input),
                                         .check = check_decision };

static const struct field take_fields[] = { FORM_VERSION_NEEDED(struct deal_take_input), { 0 } };
const struct form deal_take_form = { .name = "deal_take",
                                     .fields = take_fields,
                                     .size_bytes = sizeof(struct deal_take_input) };

static const struct field assign_fields[] = {
    FORM_VERSION_NEEDED(struct deal_assign_input),
    { .name = "user_id",
      .label = N_("Reviewer"),
      .kind = FIELD_ID,
      .required = true,
      .needed = N_("Choose a reviewer."),
      .offset = offsetof(struct deal_assign_input, user_id) },
    { 0 },
};
const struct form deal_assign_form = { .name = "deal_assign",
                                       .fields = assign_fields,
                                       .size_bytes = sizeof(struct deal_assign_input) };

static const struct choice marks[] = {
    { "same", N_("Same customer") },
    { "different", N_("Different for good") },
    { 0 },
};
static const struct field pair_fields[] = {
    { .name = "party_id",
      .label = N_("Match"),
      .kind = FIELD_ID,
      .required = true,
      .offset = offsetof(struct deal_pair_input, party_id) },
    { .name = "mark",
      .label = N_("Your mark"),
      .kind = FIELD_CHOICE,
      .required = true,
      .needed = N_("Choose whether they are the same or different."),
      .choices = marks,
      .offset = offsetof(struct deal_pair_input, mark) },
    { 0 },
};
const struct form deal_pair_form = { .name = "deal_pair",
                                     .fields = pair_fields,
                                     .size_bytes = sizeof(struct deal_pair_input) };

static const struct choice answers[] = {
    { "grant", N_("Grant") },
    { "refuse", N_("Refuse") },
    { 0 },
};
static const struct field grant_fields[] = {
    FORM_VERSION_NEEDED(struct deal_grant_input),
    { .name = "extension_id",
      .label = N_("Extension"),
      .kind = FIELD_ID,
      .required = true,
      .offset = offsetof(struct deal_grant_input, extension_id) },
    { .name = "answer",
      .label = N_("Answer"),
      .kind = FIELD_CHOICE,
      .required = true,
      .needed = N_("Choose an answer."),
      .choices = answers,
      .offset = offsetof(struct deal_grant_input, answer) },
    { .name = "until",
      .label = N_("New last day"),
      .kind = FIELD_DAY,
      .min = 0,
      .max = 3 * 365,
      .offset = offsetof(struct deal_grant_input, until) },
    { .name = "text",
      .label = N_("Reason for the partner"),
      .kind = FIELD_LINES,
      .max = REASON_MAX,
      .offset = offsetof(struct deal_grant_input, text) },
    { 0 },
};

static void check_grant(struct request *req, void *input)
{
    const struct deal_grant_input *in = input;

    if (str_eq(in->answer, "grant") && in->until == DAY_NONE)
        form_fault(req, "until", -1, tr(req, N_("Choose the new last day.")));
    if (str_eq(in->answer, "refuse") && str_is_empty(in->text))
        form_fault(req, "text", -1, tr(req, N_("Tell the partner why.")));
}

const struct form deal_grant_form = { .name = "deal_grant",
                                      .fields = grant_fields,
                                      .size_bytes = sizeof(struct deal_grant_input),
                                      .check = check_grant };

/* -- refusals ------------------------------------------------------------------------------------
 */

static const struct {
    const char *detail, *message;
} conflicts[] = {
    { "match", N_("Not approved: a match is still to be resolved. Mark it as the same customer or "
                  "as different first.") },
    { "rank", N_("Not approved: a registration that came earlier is still undecided for one of "
                 "these product lines.") },
    { "claim", N_("Not approved: one of these product lines is protected by another "
                  "registration.") },
};

const char *deal_conflict_words(const struct request *req, const struct err *e)
{
    for (size_t i = 0; err_is(e, ERR_CONFLICT) && i < ARRAY_LEN(conflicts); i++)
        if (str_eq(err_detail(e), conflicts[i].detail))
            return tr(req, conflicts[i].message);
    return NULL;
}

/* NULL when VERB may be done to what was shown. */
static const char *stale_words(const struct request *req, const struct deal *deal,
                               enum deal_verb verb, int64_t shown_version)
{
    if (shown_version != deal->row_version)
        return tr(req, N_("This registration has changed since you opened it. Nothing was "
                          "recorded; this is how it stands now."));
    if (!deal_can(deal->state, verb, BY_STAFF))
        return trf(req, N_("This registration is now “%s”: that cannot be done any more."),
                   tr(req, deal_staff_statuses[deal->state].label));
    return NULL;
}

static struct err *refuse(struct request *req, struct deal *deal, const char *message,
                          int64_t shown_version)
{
    const struct deal_refusal refusal = { message, shown_version };

    return err_pass(deal_review_refuse(req, deal, &refusal));
}

/* Somebody was faster between reading and writing: run again, this time it shows. */
static struct err *again_if_lost(struct err *e)
{
    if (!err_is(e, ERR_CONFLICT))
        return err_pass(e);
    err_free(e);
    return err_raise(ERR_AGAIN, "a registration changed while it was decided");
}

static struct err *back(struct request *req, const struct deal *deal, const char *note)
{
    return err_pass(reply_redirect(req, note, "/staff/deals/DR-%lld", (long long)deal->id));
}

/* -- taking and giving ---------------------------------------------------------------------------
 */

struct err *deal_take_post(struct request *req)
{
    const struct deal_take_input *in = req->input;
    const struct deal_decision decision = { .verb = DEAL_TAKE };
    struct deal *deal = deal_staff_deal(req);
    struct deal_actor by = deal_actor_of(req, BY_STAFF);
    const bool is_free = deal->state == DEAL_REVIEW && deal->reviewer_id == 0;
    const char *stale, *refusal;

    TRY(deal_appeal_words(req, deal, &refusal));
    stale = stale_words(req, deal, is_free ? DEAL_APPROVE : DEAL_TAKE, in->row_version);
    if (stale != NULL || refusal != NULL)
        return err_pass(refuse(req, deal, stale != NULL ? stale : refusal, in->row_version));
    TRY(again_if_lost(is_free ? deal_assign_self(req->db, req->arena, &by, deal)
                              : deal_decide(req->db, req->arena, &by, deal, &decision)));
    return err_pass(back(req, deal, "deal_taken"));
}

static struct err *tell_reviewer(struct request *req, const struct deal *deal, int64_t user_id)
{
    const struct mail_value values[] = {
        { .name = "number", .value = deal_number(req->arena, deal->id) },
        { .name = "company", .value = deal->company_name },
        { .name = "due", .kind = VALUE_AT, .number = deal->due_at },
        { 0 },
    };
    const struct notification word = {
        .event = "deal.to_decide", .kind = "deal", .object_id = deal->id, .values = values
    };

    return err_pass(notification_send(req->db, req->arena, &word, &user_id, 1));
}

static struct err *reviewer_name(struct request *req, int64_t user_id, const char **name_out)
{
    struct deal_reviewer_row *rows;
    size_t count;

    *name_out = NULL;
    TRY(db_list(req->db, req->arena, &deal_staff_reviewers, DB_NO_ARGS, &rows, &count));
    for (size_t i = 0; i < count; i++)
        if (rows[i].id == user_id)
            *name_out = rows[i].name;
    return NULL;
}

/* What was only submitted is in review from then on: somebody has it. */
struct err *deal_assign_post(struct request *req)
{
    const struct deal_decision take = { .verb = DEAL_TAKE };
    const struct deal_assign_input *in = req->input;
    struct deal *deal = deal_staff_deal(req);
    struct deal_actor by = deal_actor_of(req, BY_STAFF);
    const char *stale = stale_words(req, deal, DEAL_APPROVE, in->row_version), *name;
    bool allows;

    if (stale == NULL)
        TRY(deal_appeal_words(req, deal, &stale));
    if (stale != NULL)
        return err_pass(refuse(req, deal, stale, in->row_version));
    TRY(reviewer_name(req, in->user_id, &name));
    TRY(deal_appeal_allows(req->db, req->arena, deal, in->user_id, &allows));
    if (name == NULL || !allows)
        return err_pass(
            form_refuse_at(req, "user_id", tr(req, N_("Choose somebody who may decide."))));
    if (deal->state == DEAL_SUBMITTED)
        TRY(again_if_lost(deal_decide(req->db, req->arena, &by, deal, &take)));
    TRY(deal_assign(req->db, req->arena, &by, deal, in->user_id, name));
    TRY(request_audit(req, "deal", deal->id, NULL,
                      arena_printf(req->arena, "{\"reviewer\":%lld}", (long long)in->user_id)));
    if (in->user_id != req->actor->user_id)
        TRY(tell_reviewer(req, deal, in->user_id));
    return err_pass(back(req, deal, "deal_assigned"));
}

/* -- matches -------------------------------------------------------------------------------------
 */

struct err *deal_pair_post(struct request *req)
{
    const struct deal_pair_input *in = req->input;
    struct deal *deal = deal_staff_deal(req);
    struct deal_actor by;
    struct err *e;

    TRY(deal_staff_actor(req, deal, &by));
    e = deal_resolve(req->db, req->arena, &by, deal, in->party_id,
                     str_eq(in->mark, "same") ? PAIR_SAME : PAIR_DIFFERENT);
    if (err_is(e, ERR_CONFLICT)) {
        form_fault(req, "mark", -1, tr(req, deal_resolve_refusal(err_detail(e))));
        err_free(e);
        return err_pass(form_refuse(req));
    }
    TRY(e);
    return err_pass(back(req, deal, "deal_marked"));
}

/* -- the decision --------------------------------------------------------------------------------
 */

static size_t verb_of(const char *code)
{
    size_t i = 0;

    while (i + 1 < ARRAY_LEN(verbs) && !str_eq(verbs[i].code, code))
        i++;
    return i;
}

/* A reason of the list belongs to the decision that it is for. */
static struct err *judge_reason(struct request *req, const struct deal_decision_input *in,
                                const char *use_for)
{
    struct deal_reason_choice *rows;
    bool found = false;
    size_t count;

    if (use_for == NULL)
        return NULL;
    TRY(db_kept(req->db, &deal_staff_reasons, &rows, &count));
    for (size_t i = 0; i < count; i++)
        found = found || (str_eq(rows[i].code, in->reason) && str_eq(rows[i].use_for, use_for));
    if (!found)
        form_fault(req, "reason", -1, tr(req, N_("This reason belongs to another decision.")));
    return NULL;
}

/* Only what the visitor may see can be named. */
static struct err *judge_duplicate(struct request *req, const struct deal *deal,
                                   const struct deal_decision_input *in, int64_t *of_out)
{
    const struct actor *actor = req->actor;
    struct deal *other = NULL;

    *of_out = deal_typed_number(in->duplicate_of);
    if (*of_out != deal->id)
        TRY(deal_of_staff(req->db, req->arena, actor->department_low, actor->department_high,
                          actor->user_id, *of_out, &other));
    if (other == NULL)
        form_fault(req, "duplicate_of", -1,
                   tr(req, N_("There is no other registration of this number.")));
    return NULL;
}

static struct err *refuse_obstacles(struct request *req, struct deal *deal,
                                    const char **message_out)
{
    struct deal_obstacle *list;
    size_t count;

    *message_out = NULL;
    TRY(deal_load_lines(req->db, req->arena, deal));
    TRY(deal_obstacles(req->db, req->arena, deal, &list, &count));
    for (size_t i = 0; count > 0 && i < ARRAY_LEN(conflicts); i++)
        if (str_eq(list[0].kind, conflicts[i].detail))
            *message_out = tr(req, conflicts[i].message);
    return NULL;
}

static struct err *record(struct request *req, struct deal *deal,
                          const struct deal_decision_input *in,
                          const struct deal_decision *decision)
{
    struct deal_actor by;

    TRY(deal_staff_actor(req, deal, &by));
    if (decision->verb == DEAL_APPROVE && deal->has_steps)
        TRY(again_if_lost(deal_steps_give(req->db, req->arena, &by, deal)));
    TRY(again_if_lost(deal_decide(req->db, req->arena, &by, deal, decision)));
    if (!str_is_empty(in->staff_note))
        TRY(comment_add_note(req->db, req->actor, "deal", deal->id, in->staff_note));
    return err_pass(back(req, deal, "deal_decided"));
}

/* NULL when the open step, if there is one, waits for the visitor. */
static struct err *refuse_step(struct request *req, const struct deal *deal, struct deal_vote *vote,
                               const char **message_out)
{
    TRY(deal_steps_vote(req->db, req->arena, deal, req->actor->user_id, vote));
    if (!vote->may)
        *message_out = tr(req, N_("This step waits for others to decide. Nothing was recorded."));
    return NULL;
}

/* One of several approvals: the registration waits for the others. */
static struct err *record_vote(struct request *req, struct deal *deal,
                               const struct deal_decision_input *in)
{
    struct deal_actor by = deal_actor_of(req, BY_STAFF);

    TRY(again_if_lost(deal_steps_give(req->db, req->arena, &by, deal)));
    if (!str_is_empty(in->staff_note))
        TRY(comment_add_note(req->db, req->actor, "deal", deal->id, in->staff_note));
    return err_pass(back(req, deal, "deal_step_approved"));
}

struct err *deal_decide_post(struct request *req)
{
    const struct deal_decision_input *in = req->input;
    const size_t n = verb_of(in->verb);
    struct deal_decision decision = { .verb = verbs[n].verb, .reason_text = in->text };
    struct deal *deal = deal_staff_deal(req);
    const char *refusal = stale_words(req, deal, verbs[n].verb, in->row_version);
    struct deal_vote vote = { .last = true };

    if (refusal == NULL)
        TRY(deal_appeal_words(req, deal, &refusal));
    if (refusal == NULL)
        TRY(refuse_step(req, deal, &vote, &refusal));
    if (refusal != NULL)
        return err_pass(refuse(req, deal, refusal, in->row_version));
    TRY(judge_reason(req, in, verbs[n].use_for));
    if (verbs[n].use_for != NULL)
        decision.reason_code = in->reason;
    if (verbs[n].verb == DEAL_MARK_DUPLICATE)
        TRY(judge_duplicate(req, deal, in, &decision.duplicate_of));
    if (form_has_faults(req))
        return err_pass(form_refuse(req));
    if (verbs[n].verb == DEAL_APPROVE && !vote.last)
        return err_pass(record_vote(req, deal, in));
    if (verbs[n].verb == DEAL_APPROVE)
        TRY(refuse_obstacles(req, deal, &refusal));
    if (refusal != NULL)
        return err_pass(refuse(req, deal, refusal, 0));
    return err_pass(record(req, deal, in, &decision));
}

/* -- extensions ----------------------------------------------------------------------------------
 */

struct err *deal_grant_post(struct request *req)
{
    const struct deal_grant_input *in = req->input;
    const struct deal_extension_answer answer = { .extension_id = in->extension_id,
                                                  .granted = str_eq(in->answer, "grant"),
                                                  .until = in->until,
                                                  .reason = in->text };
    struct deal *deal = deal_staff_deal(req);
    struct deal_actor by;
    struct err *e;

    if (in->row_version != deal->row_version)
        return err_pass(refuse(req, deal,
                               tr(req, N_("This registration has changed since you opened it. "
                                          "Nothing was recorded; this is how it stands now.")),
                               in->row_version));
    TRY(deal_staff_actor(req, deal, &by));
    e = deal_extension_decide(req->db, req->arena, &by, deal, &answer);
    if (err_is(e, ERR_CONFLICT)) {
        form_fault(req, str_eq(err_detail(e), "until") ? "until" : "answer", -1,
                   tr(req, deal_grant_refusal(err_detail(e))));
        err_free(e);
        return err_pass(form_refuse(req));
    }
    TRY(e);
    return err_pass(back(req, deal, "deal_decided"));
}
