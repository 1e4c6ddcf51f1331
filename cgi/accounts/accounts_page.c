/* accounts/accounts_page.c - one company with everything that the portal knows of it. */
#include "accounts/accounts_inside.h"
#include "base/str.h"
#include "deal/deal_staff.h"
#include "deal/deal_view.h"
#include "identity/identity.h"

#include <string.h>

struct err *accounts_load(struct request *req, int64_t id, const void **object_out)
{
    struct account *account;

    TRY(account_of_staff(req->db, req->arena, req->actor->department_low,
                         req->actor->department_high, id, &account));
    *object_out = account;
    return NULL;
}

const struct object_kind accounts_kind = { .name = "account", .prefix = "", .load = accounts_load };

static void add_fact(struct request *req, struct view *v, const char *label, const char *value)
{
    struct view *row;

    if (str_is_empty(value))
        return;
    row = view_row(v, "Facts");
    view_text(row, "Label", tr(req, label));
    view_text(row, "Value", value);
}

static struct err *show_facts(struct request *req, struct view *v, const struct account *a)
{
    const enum lang lang = text_locale_lang(req->locale);
    struct accounts_department *departments;
    struct accounts_tier *tiers;
    size_t count;

    add_fact(req, v, N_("Country"), text_country_name(lang, a->country));
    add_fact(req, v, N_("State or province"), a->region);
    add_fact(req, v, N_("City"), a->city);
    add_fact(req, v, N_("Address"), a->address);
    add_fact(req, v, N_("Web site"), a->website);
    add_fact(req, v, N_("Phone"), a->phone);
    add_fact(req, v, N_("Tax number"), a->tax_number);
    TRY(db_list(req->db, req->arena, &accounts_tiers, DB_NO_ARGS, &tiers, &count));
    for (size_t i = 0; i < count; i++)
        if (tiers[i].id == a->tier_id)
            add_fact(req, v, N_("Tier"), accounts_word(req, tiers[i].name_en, tiers[i].name_zh));
    TRY(db_list(req->db, req->arena, &accounts_departments, DB_NO_ARGS, &departments, &count));
    for (size_t i = 0; i < count; i++)
        if (departments[i].id == a->department_id)
            add_fact(req, v, N_("Department"),
                     accounts_word(req, departments[i].name_en, departments[i].name_zh));
    add_fact(req, v, N_("Time zone"), a->zone);
    add_fact(req, v, N_("Currency"), text_currency_name(lang, a->currency));
    page_at(req, v, "Updated", a->updated_at);
    return NULL;
}

static struct err *show_group(struct request *req, struct view *v, const struct account *a)
{
    struct accounts_member *rows;
    size_t count;

    TRY(db_list(req->db, req->arena, &accounts_members, DB_ARGS(DB_I(a->group_id), DB_I(a->id)),
                &rows, &count));
    for (size_t i = 0; i < count; i++) {
        struct view *row = view_row(v, "Members");

        view_text(row, "Name", rows[i].name);
        view_text(row, "Href",
                  arena_printf(req->arena, "/staff/accounts/%lld", (long long)rows[i].id));
        view_text(row, "Country",
                  text_country_name(text_locale_lang(req->locale), rows[i].country));
        page_status(req, row, "Kind", accounts_kinds, rows[i].kind);
    }
    return NULL;
}

static struct err *show_pairs(struct request *req, struct view *v, const struct account *a)
{
    struct accounts_pair *rows;
    size_t count;

    TRY(db_list(req->db, req->arena, &accounts_pairs, DB_ARGS(DB_I(a->id), DB_I(a->id)), &rows,
                &count));
    for (size_t i = 0; i < count; i++) {
        struct view *row = view_row(v, "Pairs");

        view_text(row, "Name", rows[i].name);
        view_text(row, "Href",
                  arena_printf(req->arena, "/staff/accounts/%lld", (long long)rows[i].id));
        page_status(req, row, "Decision", deal_verdict_statuses, rows[i].decision);
        view_text(row, "Who", rows[i].decided_name);
        page_at(req, row, "At", rows[i].decided_at);
    }
    return NULL;
}

static struct err *show_people(struct request *req, struct view *v, const struct account *a)
{
    struct accounts_person *rows;
    size_t count;

    if (!actor_may(req->actor, PERM_USERS_VIEW))
        return NULL;
    TRY(db_list(req->db, req->arena, &accounts_people, DB_ARGS(DB_I(a->id)), &rows, &count));
    view_flag(v, "ShowPeople", count > 0 || str_eq(a->kind, "partner"));
    for (size_t i = 0; i < count; i++) {
        struct view *row = view_row(v, "People");

        view_text(row, "Name", rows[i].name);
        view_text(row, "Email", rows[i].email);
        view_text(row, "Href",
                  arena_printf(req->arena, "/staff/users/%lld", (long long)rows[i].id));
        page_status(req, row, "Status", identity_user_status, rows[i].status);
    }
    return NULL;
}

static void show_deal(struct request *req, struct view *v, const struct accounts_deal *d)
{
    struct view *row = view_row(v, "Deals");
    struct money total = { .e4 = d->total };

    memcpy(total.currency, d->currency, strnlen(d->currency, 3));
    view_text(row, "Number", deal_number(req->arena, d->id));
    if (deal_staff_sees(req, d->department_id, d->reviewer_id))
        view_text(row, "Href", deal_staff_address(req, d->id));
    view_text(row, "Company", d->company_name);
    view_text(row, "Partner", d->partner_name);
    view_text(row, "Total", text_money(req->locale, req->arena, total));
    page_status(req, row, "Status", deal_staff_statuses, d->state_code);
    page_at(req, row, "Updated", d->updated_at);
}

/* A partner's own, or those that partners registered for an end customer. */
static struct err *show_deals(struct request *req, struct view *v, const struct account *a)
{
    const bool partner = str_eq(a->kind, "partner");
    struct accounts_deal *rows;
    size_t count;

    if (!actor_may(req->actor, PERM_DEAL_VIEW))
        return NULL;
    view_flag(v, "ShowDeals", true);
    TRY(db_list(req->db, req->arena, partner ? &accounts_deals_by : &accounts_deals_for,
                DB_ARGS(DB_I(partner ? a->id : a->group_id)), &rows, &count));
    for (size_t i = 0; i < count; i++)
        show_deal(req, v, &rows[i]);
    return NULL;
}

static const struct {
    const char *action, *words, *icon;
} actions[] = {
    { "account.create", N_("Made"), "plus" },
    { "account.update", N_("Changed"), "pencil" },
    { "account.pair", N_("Marked with another account"), "link" },
};

static struct err *show_history(struct request *req, struct view *v, const struct account *a)
{
    struct accounts_event *rows;
    size_t count;

    TRY(db_list(req->db, req->arena, &accounts_events, DB_ARGS(DB_I(a->id)), &rows, &count));
    for (size_t i = 0; i < count; i++) {
        struct view *row = view_row(v, "History");
        const char *words = rows[i].action, *icon = "history";

        for (size_t k = 0; k < ARRAY_LEN(actions); k++)
            if (str_eq(actions[k].action, rows[i].action)) {
                words = tr(req, actions[k].words);
                icon = actions[k].icon;
            }
        view_text(row, "Tone", "neutral");
        view_text(row, "Icon", icon);
        view_text(row, "Title", words);
        view_text(row, "Who",
                  str_is_empty(rows[i].user_name) ? tr(req, N_("automatically"))
                                                  : rows[i].user_name);
        page_at(req, row, "At", rows[i].at);
    }
    return NULL;
}

struct err *accounts_show(struct request *req)
{
    const struct account *a = req->object;
    const bool partner = str_eq(a->kind, "partner");
    struct view *v = view_at(req->page, "Account");

    page_title(req, a->name);
    page_status(req, view_at(req->page, "Page"), "Status", accounts_kinds, a->kind);
    page_crumb(req, tr(req, N_("Accounts")), "/staff/accounts");
    page_fact(req, trf(req, N_("Number %lld"), (long long)a->id));
    page_fact(req, a->city);
    page_fact(req, text_country_name(text_locale_lang(req->locale), a->country));
    view_text(v, "Href", arena_printf(req->arena, "/staff/accounts/%lld", (long long)a->id));
    view_flag(v, "IsPartner", partner);
    if (actor_may(req->actor, PERM_WHO_SEES_VIEW))
        view_text(v, "WhoHref",
                  arena_printf(req->arena, "/staff/who-sees/account-%lld", (long long)a->id));
    if (actor_may(req->actor, PERM_AUDIT_VIEW))
        view_text(v, "AuditHref",
                  arena_printf(req->arena, "/staff/audit/account-%lld", (long long)a->id));
    view_flag(v, "Named", a->named);
    view_flag(v, "MayEdit", actor_may(req->actor, PERM_ACCOUNT_EDIT));
    view_flag(v, "MayPair", !partner && actor_may(req->actor, PERM_ACCOUNT_MERGE));
    form_show(req, &accounts_pair_form, NULL);
    TRY(show_facts(req, v, a));
    TRY(show_deals(req, v, a));
    TRY(show_people(req, v, a));
    if (!partner) {
        TRY(show_group(req, v, a));
        TRY(show_pairs(req, v, a));
    }
    return err_pass(show_history(req, v, a));
}
