/* lead/lead_link.c - an offer answered from its mail.  A link is a random token, of which only the
 * hash is kept; it answers one offer, for one person, once.  A GET shows the page and changes
 * nothing, since mail scanners follow links. */
#include "lead/lead_public.h"

#include "access/role.h"
#include "base/clock.h"
#include "base/str.h"
#include "crypt/hash.h"
#include "crypt/random.h"
#include "lead/lead_forms.h"
#include "lead/lead_inside.h"
#include "lead/lead_view.h"
#include "notification/notification.h"
#include "web/request.h"

#include <string.h>

/* -- made when the mail goes out -----------------------------------------------------------------
 */

struct offer_row {
    int64_t offer_id, due_at;
};
static const struct db_field offer_fields[] = {
    DB_FIELD(struct offer_row, offer_id, DB_I64, 0),
    DB_NULLABLE(struct offer_row, due_at, DB_AT, 0),
    { 0 },
};
static const struct db_stmt offer_for = {
    .name = "lead.offer_for",
    .sql =
        "SELECT o.id AS offer_id, l.due_at FROM lead l JOIN lead_offer o ON o.lead_id = l.id AND "
        "o.live = 1 JOIN user u ON u.account_id = o.account_id WHERE l.id = ? AND u.id = ? AND "
        "l.phase = 2",
    .binds = "ii",
    .fields = offer_fields,
    .row_bytes = sizeof(struct offer_row),
};
static const struct db_stmt add_link = {
    .name = "lead.add_link",
    .sql = "INSERT INTO lead_link (token_hash, lead_id, offer_id, user_id, created_at, expires_at) "
           "VALUES (?, ?, ?, ?, UTC_TIMESTAMP(6), ?)",
    .binds = "biiit",
    .flags = DB_WRITE,
};

db_stmt_table lead_link_make_statements[] = { &offer_for, &add_link, NULL };

struct err *lead_fill_offer(struct db *db, struct arena *a, struct outbox_reading *mail)
{
    unsigned char hash[SHA256_BYTES];
    char token[CRYPT_TOKEN_BYTES];
    struct offer_row offer;
    bool found;

    TRY(notification_fill_event(db, a, mail));
    TRY(db_one(db, a, &offer_for, DB_ARGS(DB_I(mail->object_id), DB_I(mail->user_id)), &offer,
               &found));
    if (!found || offer.due_at == 0)
        return NULL;
    crypt_token(token);
    sha256(token, strlen(token), hash);
    TRY(db_exec(db, &add_link,
                DB_ARGS(DB_B(hash, sizeof(hash)), DB_I(mail->object_id), DB_I(offer.offer_id),
                        DB_I(mail->user_id), DB_T(offer.due_at)),
                NULL));
    view_text(mail->view, "Answer",
              arena_printf(a, "%s/lead/%s?lang=%s", mail->base, token,
                           text_locale_lang(mail->locale) == LANG_ZH ? "zh" : "en"));
    return NULL;
}

/* -- followed ------------------------------------------------------------------------------------
 */

struct link_row {
    int64_t lead_id, offer_id, user_id, account_id;
    const char *user_name;
};
static const struct db_field link_fields[] = {
    DB_FIELD(struct link_row, lead_id, DB_I64, 0),
    DB_FIELD(struct link_row, offer_id, DB_I64, 0),
    DB_FIELD(struct link_row, user_id, DB_I64, 0),
    DB_FIELD(struct link_row, account_id, DB_I64, 0),
    DB_FIELD(struct link_row, user_name, DB_TEXT, 200),
    { 0 },
};
static const struct db_stmt find_link = {
    .name = "lead.find_link",
    .sql =
        "SELECT k.lead_id, k.offer_id, k.user_id, u.account_id, u.name AS user_name FROM "
        "lead_link k JOIN user u ON u.id = k.user_id JOIN account a ON a.id = u.account_id WHERE "
        "k.token_hash = ? AND k.used_at IS NULL AND k.expires_at > UTC_TIMESTAMP(6) AND u.status "
        "= 'active' AND u.audience = 'partner' AND a.status = 'active'",
    .binds = "b",
    .fields = link_fields,
    .row_bytes = sizeof(struct link_row),
};
static const struct db_stmt use_link = {
    .name = "lead.use_link",
    .sql =
        "UPDATE lead_link SET used_at = UTC_TIMESTAMP(6) WHERE token_hash = ? AND used_at IS NULL",
    .binds = "b",
    .flags = DB_WRITE,
};

db_stmt_table lead_link_statements[] = { &find_link, &use_link, NULL };

struct followed {
    unsigned char hash[SHA256_BYTES];
    struct link_row row;
    struct lead *lead;
};

/* The link lives, its person may answer, and the offer is the one that the lead has now. */
static struct err *follow(struct request *req, struct followed *f, bool *good_out)
{
    const char *token = request_param(req, "token");
    struct permission_set permissions;
    struct lead_offer_row offer;
    bool found;

    *good_out = false;
    sha256(token, strlen(token), f->hash);
    TRY(db_one(req->db, req->arena, &find_link, DB_ARGS(DB_B(f->hash, sizeof(f->hash))), &f->row,
               &found));
    if (!found)
        return NULL;
    TRY(role_permissions(req->db, req->arena, f->row.user_id, &permissions));
    TRY(lead_of_link(req->db, req->arena, f->row.account_id, f->row.lead_id, &f->lead));
    if (f->lead == NULL || f->lead->state != LEAD_ASSIGNED ||
        !permission_has(&permissions, PERM_LEAD_WORK))
        return NULL;
    TRY(db_one(req->db, req->arena, &lead_sql_offer_live,
               DB_ARGS(DB_I(f->row.account_id), DB_I(f->row.lead_id)), &offer, &found));
    *good_out = found && offer.id == f->row.offer_id;
    return NULL;
}

static struct err *show_dead(struct request *req)
{
    page_title(req, tr(req, N_("This link no longer works")));
    return err_pass(reply_page(req, "lead/link_dead.cs"));
}

struct err *lead_link_show(struct request *req)
{
    struct view *v = view_at(req->page, "Lead");
    const struct lead_reason_input reason = { .reason = "", .text = "" };
    struct followed f;
    bool good;
    int64_t now;

    TRY(follow(req, &f, &good));
    if (!good)
        return err_pass(show_dead(req));
    TRY(db_now(req->db, &now));
    page_title(req, lead_number(req->arena, f.lead->id));
    view_text(v, "Number", lead_number(req->arena, f.lead->id));
    view_text(v, "Company", f.lead->company_name);
    view_text(v, "Place", lead_place(req, f.lead->city, f.lead->region, f.lead->country));
    page_int(req, v, "Score", f.lead->score);
    view_text(v, "Who", f.row.user_name);
    lead_show_clock(req, v, f.lead, now);
    view_text(v, "Href", arena_printf(req->arena, "/lead/%s", request_param(req, "token")));
    form_show_as(req, "Decline", &lead_decline_form, &reason);
    form_token(req);
    return NULL;
}

/* In the name of the person whom the mail went to: the session makes actors, and there is none. */
static struct actor person_of(const struct followed *f)
{
    struct actor actor = actor_nobody(LANG_EN);

    actor.audience = AUD_PARTNER;
    actor.user_id = f->row.user_id;
    actor.account_id = f->row.account_id;
    actor.name = f->row.user_name;
    return actor;
}

static struct err *answer(struct request *req, const struct lead_change *change)
{
    struct followed f;
    struct actor actor;
    struct lead_actor by = { .as = LEAD_BY_PARTNER };
    int64_t changed;
    bool good;

    TRY(follow(req, &f, &good));
    if (!good)
        return err_raise(ERR_NOT_FOUND, "no link to answer by");
    TRY(db_exec(req->db, &use_link, DB_ARGS(DB_B(f.hash, sizeof(f.hash))), &changed));
    if (changed != 1)
        return err_raise(ERR_AGAIN, "a link was used while it was used");
    actor = person_of(&f);
    by.who = (struct audit_who){ .actor = &actor, .address = req->remote_addr };
    TRY(lead_apply(req->db, req->arena, &by, f.lead, change));
    page_title(req,
               tr(req, change->verb == LEAD_ACCEPT ? N_("The lead is yours") : N_("Declined")));
    view_text(view_at(req->page, "Lead"), "Number", lead_number(req->arena, f.lead->id));
    view_flag(view_at(req->page, "Lead"), "Accepted", change->verb == LEAD_ACCEPT);
    return err_pass(reply_page(req, "lead/link_done.cs"));
}

struct err *lead_link_accept(struct request *req)
{
    const struct lead_change change = { .verb = LEAD_ACCEPT };

    return err_pass(answer(req, &change));
}

struct err *lead_link_decline(struct request *req)
{
    const struct lead_reason_input *in = req->input;
    const struct lead_change change = { .verb = LEAD_DECLINE,
                                        .reason_code = in->reason,
                                        .reason_text = in->text };

    return err_pass(answer(req, &change));
}
