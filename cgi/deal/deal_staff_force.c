/* deal/deal_staff_force.c - two steps with permissions of their own, each asked for on a page of
 * its own: overruling an earlier rank or a taken claim, and revoking a protection. */
#include "base/str.h"
#include "deal/deal_appeal.h"
#include "deal/deal_staff.h"
#include "deal/deal_steps.h"
#include "deal/deal_view.h"
#include "web/form_fields.h"

#include <stdio.h>
#include <string.h>

enum { TEXT_LEAST = 5, TEXT_MOST = 1000 };

/* -- forms ---------------------------------------------------------------------------------------
 */

/* Both are ends of somebody's protection, and have the same list of reasons. */
static const struct choice *reasons(struct request *req)
{
    struct deal_reason_choice *rows;
    struct choice *list;
    size_t count = 0, n = 0;
    struct err *e = db_kept(req->db, &deal_staff_reasons, &rows, &count);

    /* The transaction is dead now: whatever comes next meets the same error and reports it. */
    if (e != NULL)
        count = 0;
    err_ignore(e);
    list = arena_array(req->arena, count + 1, sizeof(*list));
    for (size_t i = 0; i < count; i++)
        if (str_eq(rows[i].use_for, "revoke"))
            list[n++] = (struct choice){ rows[i].code,
                                         deal_staff_word(req, rows[i].text_en, rows[i].text_zh) };
    return list;
}

#define FORCE_FIELDS                                                                      \
    FORM_VERSION_NEEDED(struct deal_force_input),                                         \
        { .name = "reason",                                                               \
          .label = N_("Reason"),                                                          \
          .kind = FIELD_CHOICE,                                                           \
          .required = true,                                                               \
          .needed = N_("Choose a reason."),                                               \
          .choices_of = reasons,                                                          \
          .offset = offsetof(struct deal_force_input, reason) },                          \
    {                                                                                     \
        .name = "text", .label = N_("In words"), .kind = FIELD_LINES, .required = true,   \
        .needed = N_("Say why, in your own words."), .min = TEXT_LEAST, .max = TEXT_MOST, \
        .offset = offsetof(struct deal_force_input, text)                                 \
    }

static const struct field revoke_fields[] = { FORCE_FIELDS, { 0 } };
const struct form deal_revoke_form = { .name = "deal_revoke",
                                       .fields = revoke_fields,
                                       .size_bytes = sizeof(struct deal_force_input) };

/* "claim 10423 2 17 1": kind, registration, product line, claim and its version, as shown. */
static const struct field overrule_fields[] = {
    FORCE_FIELDS,
    { .name = "shown",
      .label = N_("What was shown"),
      .kind = FIELD_TEXT,
      .list = true,
      .max = 120,
      .offset = offsetof(struct deal_force_input, shown) },
    { 0 },
};
const struct form deal_overrule_form = { .name = "deal_overrule",
                                         .fields = overrule_fields,
                                         .size_bytes = sizeof(struct deal_force_input) };

static const char *obstacle_text(struct request *req, const struct deal_obstacle *o)
{
    return arena_printf(req->arena, "%s %lld %lld %lld %lld", o->kind, (long long)o->other_deal_id,
                        (long long)o->product_line_id, (long long)o->claim_id,
                        (long long)o->claim_version);
}

/* What cannot be read is an obstacle that nobody was shown: the rule then refuses. */
static struct deal_obstacle *read_shown(struct request *req, const struct value_list *shown)
{
    static const char *const kinds[] = { "rank", "claim" };
    struct deal_obstacle *list = arena_array(req->arena, shown->count + 1, sizeof(*list));

    for (size_t i = 0; i < shown->count; i++) {
        size_t parts;
        char **part = str_split(req->arena, shown->texts[i], ' ', &parts);
        struct deal_obstacle *o = &list[i];

        o->kind = "";
        for (size_t k = 0; k < ARRAY_LEN(kinds); k++)
            if (parts == 5 && str_eq(part[0], kinds[k]) && str_to_i64(part[1], &o->other_deal_id) &&
                str_to_i64(part[2], &o->product_line_id) && str_to_i64(part[3], &o->claim_id) &&
                str_to_i64(part[4], &o->claim_version))
                o->kind = kinds[k];
    }
    return list;
}

/* -- the pages -----------------------------------------------------------------------------------
 */

static const struct deal_force_input empty = { .reason = "", .text = "" };

static struct err *begin_page(struct request *req, struct deal *deal, const struct form *form,
                              const char *path)
{
    struct view *v = view_at(req->page, "Deal");
    const bool typed = req->route->form == form && req->input != NULL;

    TRY(deal_load_lines(req->db, req->arena, deal));
    deal_show_head(req, deal);
    deal_staff_crumbs(req, deal);
    deal_show_lines(req, v, deal);
    view_text(v, "Href", deal_staff_address(req, deal->id));
    view_text(v, "Action",
              arena_printf(req->arena, "%s/%s", deal_staff_address(req, deal->id), path));
    view_int(v, "Version", deal->row_version);
    form_show(req, form, typed ? req->input : &empty);
    return NULL;
}

static bool was_shown(const struct deal_obstacle *now, const struct deal_overrule *over)
{
    for (size_t i = 0; i < over->count; i++)
        if (str_eq(over->shown[i].kind, now->kind) &&
            over->shown[i].other_deal_id == now->other_deal_id &&
            over->shown[i].product_line_id == now->product_line_id &&
            over->shown[i].claim_id == now->claim_id &&
            over->shown[i].claim_version == now->claim_version)
            return true;
    return false;
}

/* What is new since the page was made is marked; OVER is NULL on a page that is opened. */
static struct err *fill_overrule(struct request *req, struct deal *deal,
                                 const struct deal_overrule *over)
{
    struct view *v = view_at(req->page, "Deal");
    struct deal_obstacle *list;
    bool settles = true;
    size_t count;

    TRY(begin_page(req, deal, &deal_overrule_form, "overrule"));
    TRY(deal_obstacles(req->db, req->arena, deal, &list, &count));
    TRY(deal_obstacles_show(req, v, deal, list, count));
    for (size_t i = 0; i < count; i++) {
        struct view *row = view_row(v, "Shown");

        view_text(row, "Value", obstacle_text(req, &list[i]));
        view_flag(view_at(view_at(v, "Obstacles"), arena_printf(req->arena, "%zu", i)), "New",
                  over != NULL && !was_shown(&list[i], over));
        settles = settles && !str_eq(list[i].kind, "match");
    }
    view_flag(v, "Gone", over != NULL && count < over->count);
    view_flag(v, "MayOverrule",
              settles && count > 0 && deal_can(deal->state, DEAL_APPROVE, BY_STAFF));
    return NULL;
}

struct err *deal_overrule_show(struct request *req)
{
    return err_pass(fill_overrule(req, deal_staff_deal(req), NULL));
}

static struct err *refuse_overrule(struct request *req, struct deal *deal,
                                   const struct deal_overrule *over, const char *message)
{
    view_text(view_at(req->page, "Deal"), "Refused", message);
    TRY(fill_overrule(req, deal, over));
    return err_pass(reply_conflict(req, "deal/staff_overrule.cs"));
}

static struct err *obstacles_as_shown(struct request *req, const struct deal *deal,
                                      const struct deal_overrule *over, bool *same_out)
{
    struct deal_obstacle *list;
    size_t count;

    TRY(deal_obstacles(req->db, req->arena, deal, &list, &count));
    *same_out = count == over->count && count > 0;
    for (size_t i = 0; i < count; i++)
        *same_out = *same_out && was_shown(&list[i], over);
    return NULL;
}

/* The rule asks the same once more when it writes; losing there runs all of this again. */
static struct err *overrule(struct request *req, struct deal *deal,
                            const struct deal_overrule *over)
{
    struct deal_actor by;
    struct err *e;

    TRY(deal_staff_actor(req, deal, &by));
    e = deal->has_steps ? deal_steps_give(req->db, req->arena, &by, deal) : NULL;
    if (e == NULL)
        e = deal_overrule(req->db, req->arena, &by, deal, over);
    if (err_is(e, ERR_CONFLICT)) {
        err_free(e);
        return err_raise(ERR_AGAIN, "a claim changed while it was overruled");
    }
    TRY(e);
    return err_pass(
        reply_redirect(req, "deal_overruled", "/staff/deals/DR-%lld", (long long)deal->id));
}

struct err *deal_overrule_post(struct request *req)
{
    const struct deal_force_input *in = req->input;
    const struct deal_overrule over = { .shown = read_shown(req, &in->shown),
                                        .count = in->shown.count,
                                        .reason_code = in->reason,
                                        .reason_text = in->text };
    struct deal *deal = deal_staff_deal(req);
    struct deal_vote vote;
    const char *forbidden;
    bool same = false;

    TRY(deal_load_lines(req->db, req->arena, deal));
    if (in->row_version != deal->row_version || !deal_can(deal->state, DEAL_APPROVE, BY_STAFF))
        return err_pass(refuse_overrule(
            req, deal, &over,
            trf(req,
                N_("This registration has changed since you opened it: it is now “%s”. "
                   "Nothing was overruled."),
                tr(req, deal_staff_statuses[deal->state].label))));
    TRY(deal_appeal_words(req, deal, &forbidden));
    if (forbidden != NULL)
        return err_pass(refuse_overrule(req, deal, &over, forbidden));
    TRY(deal_steps_vote(req->db, req->arena, deal, req->actor->user_id, &vote));
    if (!vote.may || !vote.last)
        return err_pass(refuse_overrule(
            req, deal, &over,
            tr(req, N_("Others have to approve this registration first. Nothing was overruled."))));
    TRY(obstacles_as_shown(req, deal, &over, &same));
    if (!same)
        return err_pass(refuse_overrule(
            req, deal, &over,
            tr(req, N_("What stands against this registration has changed since you opened the "
                       "page. Nothing was overruled; look at it again."))));
    return err_pass(overrule(req, deal, &over));
}

/* -- revoking ------------------------------------------------------------------------------------
 */

static struct err *fill_revoke(struct request *req, struct deal *deal)
{
    struct view *v = view_at(req->page, "Deal");
    int64_t now;

    TRY(db_now(req->db, &now));
    TRY(begin_page(req, deal, &deal_revoke_form, "revoke"));
    view_flag(v, "MayRevoke", deal_can(deal->state, DEAL_REVOKE, BY_STAFF));
    view_text(v, "Figures",
              trf(req, N_("%1$s of protection for %2$s are taken away."),
                  deal_days_until(req, now, deal->protected_until_at),
                  trn(req, "%s product line", "%s product lines", (int64_t)deal->line_count)));
    return NULL;
}

struct err *deal_revoke_show(struct request *req)
{
    return err_pass(fill_revoke(req, deal_staff_deal(req)));
}

struct err *deal_revoke_post(struct request *req)
{
    const struct deal_force_input *in = req->input;
    const struct deal_decision decision = { .verb = DEAL_REVOKE,
                                            .reason_code = in->reason,
                                            .reason_text = in->text };
    struct deal *deal = deal_staff_deal(req);
    struct deal_actor by;
    struct err *e;

    if (in->row_version != deal->row_version || !deal_can(deal->state, DEAL_REVOKE, BY_STAFF)) {
        view_text(view_at(req->page, "Deal"), "Refused",
                  trf(req,
                      N_("This registration has changed since you opened it: it is now “%s”. "
                         "Nothing was revoked."),
                      tr(req, deal_staff_statuses[deal->state].label)));
        TRY(fill_revoke(req, deal));
        return err_pass(reply_conflict(req, "deal/staff_revoke.cs"));
    }
    TRY(deal_staff_actor(req, deal, &by));
    e = deal_decide(req->db, req->arena, &by, deal, &decision);
    if (err_is(e, ERR_CONFLICT)) {
        err_free(e);
        return err_raise(ERR_AGAIN, "a registration changed while it was revoked");
    }
    TRY(e);
    return err_pass(
        reply_redirect(req, "deal_revoked", "/staff/deals/DR-%lld", (long long)deal->id));
}
