/* programme/programme_partner.c - /partner/programme: where the company stands, the agreement that
 * its administrator accepts, the checklist, and how it went. */
#include "programme/programme_inside.h"

#include "base/buf.h"
#include "base/str.h"
#include "crypt/hash.h"
#include "identity/identity.h"

#include <string.h>

#define ADDRESS "/partner/programme"

struct page_input {
    int64_t event; /* which notification led here: it changes nothing */
};
static const struct field page_fields[] = {
    { .name = "event",
      .label = N_("Notification"),
      .kind = FIELD_ID,
      .offset = offsetof(struct page_input, event) },
    { 0 },
};
const struct form programme_page_query = { .name = "programme.query",
                                           .fields = page_fields,
                                           .size_bytes = sizeof(struct page_input) };

struct accept_input {
    int64_t agreement;
    bool agree;
};
static const struct field accept_fields[] = {
    { .name = "agreement",
      .label = N_("Agreement"),
      .kind = FIELD_ID,
      .required = true,
      .offset = offsetof(struct accept_input, agreement) },
    { .name = "agree",
      .label = N_("I have read it, and accept it for my company"),
      .kind = FIELD_FLAG,
      .required = true,
      .needed = N_("Mark that you accept it."),
      .offset = offsetof(struct accept_input, agree) },
    { 0 },
};
const struct form agreement_accept_form = { .name = "programme.accept",
                                            .fields = accept_fields,
                                            .size_bytes = sizeof(struct accept_input) };

struct tick_input {
    int64_t step;
};
static const struct field tick_fields[] = {
    { .name = "step",
      .label = N_("Step"),
      .kind = FIELD_ID,
      .required = true,
      .offset = offsetof(struct tick_input, step) },
    { 0 },
};
const struct form programme_tick_form = { .name = "programme.tick",
                                          .fields = tick_fields,
                                          .size_bytes = sizeof(struct tick_input) };

/* -- the page ------------------------------------------------------------------------------------
 */

static struct err *read_own(struct request *req, struct partner_account *own)
{
    return err_pass(db_get(req->db, req->arena, &programme_sql_own,
                           DB_ARGS(DB_I(req->actor->account_id)), own));
}

/* True when the current agreement waits for this company. */
static bool is_asked(const struct partner_account *own)
{
    return own->agreement_due || partner_state_find(own->status) == PARTNER_AGREEMENT;
}

static struct err *show_agreement(struct request *req, struct view *v,
                                  const struct partner_account *own)
{
    struct accept_input stored = { 0 };
    struct agreement g;
    bool found;

    TRY(db_one(req->db, req->arena, &programme_sql_agreement_current, DB_NO_ARGS, &g, &found));
    if (found) {
        stored.agreement = g.id;
        view_text(v, "Title", programme_word(req, g.title_en, g.title_zh));
        view_int(v, "Agreement", g.id);
        programme_show_text(req, v, programme_word(req, g.body_en, g.body_zh));
        view_flag(v, "MayAccept", is_asked(own) && actor_may(req->actor, PERM_PROGRAMME_ACCEPT));
    }
    view_flag(v, "IsAsked", is_asked(own));
    form_show(req, &agreement_accept_form, &stored);
    form_show_as(req, "Tick", &programme_tick_form, NULL);
    return NULL;
}

struct err *programme_page_show(struct request *req)
{
    struct view *v = view_at(req->page, "Programme");
    struct partner_account own;
    size_t open;

    TRY(read_own(req, &own));
    page_title(req, tr(req, N_("Partner programme")));
    page_status(req, view_at(req->page, "Page"), "Status", partner_statuses, own.status);
    page_fact(req, own.name);
    page_fact(req, programme_word(req, own.tier_en, own.tier_zh));
    TRY(show_agreement(req, v, &own));
    view_flag(v, "IsOnboarding", partner_state_find(own.status) == PARTNER_ONBOARDING);
    view_flag(v, "MayTick", actor_may(req->actor, PERM_PROGRAMME_ACCEPT));
    if (partner_state_find(own.status) == PARTNER_ONBOARDING)
        TRY(programme_show_steps(req, v, own.id, &open));
    return err_pass(programme_show_history(req, v, own.id));
}

/* -- accepting -----------------------------------------------------------------------------------
 */

/* Of what stood on the page. */
static void hash_text(const struct request *req, const struct agreement *g,
                      unsigned char out[SHA256_BYTES])
{
    const char *text =
        arena_printf(req->arena, "%s\n\n%s", programme_word(req, g->title_en, g->title_zh),
                     programme_word(req, g->body_en, g->body_zh));

    sha256(text, strlen(text), out);
}

static struct err *write_acceptance(struct request *req, const struct agreement *g)
{
    unsigned char hash[SHA256_BYTES];
    struct err *e;

    hash_text(req, g, hash);
    e = db_exec(req->db, &programme_sql_accept,
                DB_ARGS(DB_I(req->actor->account_id), DB_I(g->id), DB_I(req->actor->user_id),
                        DB_S(req->actor->name), DB_S(req->remote_addr),
                        DB_S(lang_code(text_locale_lang(req->locale))), DB_B(hash, sizeof(hash))),
                NULL);
    if (err_is(e, ERR_DUPLICATE)) {
        err_free(e);
        return err_raise(ERR_CONFLICT, "a colleague accepted it already");
    }
    return err_pass(e);
}

static struct err *move_on(struct request *req, const struct partner_account *own)
{
    const struct audit_who who = { .actor = req->actor, .address = req->remote_addr };
    struct partner_standing at = { own->id, own->row_version, partner_state_find(own->status) };
    int64_t changed = 1;

    if (at.state == PARTNER_AGREEMENT)
        TRY(partner_move_to(req->db, req->arena, &who, BY_COMPANY, &at, PARTNER_ACCEPT, ""));
    if (own->agreement_due)
        TRY(db_exec(req->db, &programme_sql_due_over, DB_ARGS(DB_I(own->id), DB_I(at.row_version)),
                    &changed));
    return changed == 1 ? NULL : err_raise(ERR_AGAIN, "account %lld changed", (long long)own->id);
}

struct err *programme_accept_post(struct request *req)
{
    const struct accept_input *in = req->input;
    struct partner_account own;
    struct agreement g;
    bool found;

    TRY(read_own(req, &own));
    TRY(db_one(req->db, req->arena, &programme_sql_agreement_current, DB_NO_ARGS, &g, &found));
    if (!found || g.id != in->agreement)
        return err_pass(form_refuse_at(
            req, "agree",
            tr(req, N_("There is a newer version than the one you read. Here it is."))));
    if (!is_asked(&own))
        return err_pass(
            form_refuse_at(req, "agree", tr(req, N_("Your company has accepted it already."))));
    TRY(write_acceptance(req, &g));
    TRY(move_on(req, &own));
    TRY(request_audit(req, "account", own.id, NULL,
                      arena_printf(req->arena, "{\"agreement\":%lld}", (long long)g.id)));
    return err_pass(reply_redirect(req, "agreement_accepted", ADDRESS));
}

/* -- the checklist -------------------------------------------------------------------------------
 */

/* Ticked twice is ticked. */
static struct err *write_tick(struct request *req, int64_t step, int64_t *changed_out)
{
    struct err *e = db_exec(
        req->db, &programme_sql_step_tick,
        DB_ARGS(DB_I(req->actor->account_id), DB_S(req->actor->name), DB_I(step)), changed_out);

    if (!err_is(e, ERR_DUPLICATE))
        return err_pass(e);
    err_free(e);
    *changed_out = 1;
    return NULL;
}

struct err *programme_tick_post(struct request *req)
{
    const struct tick_input *in = req->input;
    struct partner_account own;
    int64_t changed = 0;

    TRY(read_own(req, &own));
    if (partner_state_find(own.status) == PARTNER_ONBOARDING)
        TRY(write_tick(req, in->step, &changed));
    if (changed != 1)
        return err_pass(
            form_refuse_at(req, "step", tr(req, N_("There is no such step any more."))));
    TRY(request_audit(req, "account", own.id, NULL,
                      arena_printf(req->arena, "{\"step\":%lld}", (long long)in->step)));
    return err_pass(reply_redirect(req, "saved", ADDRESS));
}
