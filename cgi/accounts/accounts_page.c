/* accounts/accounts_page.c - one company with everything that the portal knows of it. */
#include "account/account_merge.h"
#include "accounts/accounts_inside.h"
#include "accounts/accounts_parts.h"
#include "base/str.h"
#include "custom/custom_form.h"
#include "deal/deal_view.h"
#include "web/audit_words.h"

struct err *accounts_load(struct request *req, int64_t id, const void **object_out)
{
    struct account *account;

    TRY(account_of_staff(req->db, req->arena, req->actor->department_low,
                         req->actor->department_high, id, &account));
    *object_out = account;
    return NULL;
}

const struct status_row accounts_standings[] = {
    { "active", "good", "circle-check", N_("Active") },
    { "onboarding", "info", "list-check", N_("Onboarding") },
    { "suspended", "wait", "alert-triangle", N_("Suspended") },
    { "ended", "neutral", "x", N_("Ended") },
    { 0 },
};

const struct object_kind accounts_kind = { .name = "account", .prefix = "", .load = accounts_load };

const char *accounts_href(struct request *req, int64_t id)
{
    return arena_number(req->arena, "/staff/accounts/", id);
}

void accounts_fact(struct request *req, struct view *v, const char *label, const char *value)
{
    struct view *row;

    if (str_is_empty(value))
        return;
    row = view_row(v, "Facts");
    view_text(row, "Label", tr(req, label));
    view_text(row, "Value", value);
}

/* The numbers of those that were merged into it. */
static struct err *show_numbers(struct request *req, struct view *v, const struct account *a)
{
    struct account_number *rows;
    const char *list = "";
    size_t count;

    TRY(account_numbers(req->db, req->arena, a->id, &rows, &count));
    for (size_t i = 0; i < count; i++)
        list = arena_printf(req->arena, "%s%s%lld", list, i > 0 ? ", " : "", (long long)rows[i].id);
    accounts_fact(req, v, N_("Earlier numbers"), list);
    return NULL;
}

static struct err *show_facts(struct request *req, struct view *v, const struct account *a)
{
    const enum lang lang = text_locale_lang(req->locale);
    struct accounts_names names;

    TRY(db_get(req->db, req->arena, &accounts_names, DB_ARGS(DB_I(a->id)), &names));
    TRY(show_numbers(req, v, a));
    accounts_fact(req, v, N_("Tier"), accounts_word(req, names.tier_en, names.tier_zh));
    accounts_fact(req, v, N_("Owner"), names.owner);
    accounts_fact(req, v, N_("Department"),
                  accounts_word(req, names.department_en, names.department_zh));
    accounts_fact(req, v, N_("Country"), text_country_name(lang, a->country));
    accounts_fact(req, v, N_("State or province"), a->region);
    accounts_fact(req, v, N_("City"), a->city);
    accounts_fact(req, v, N_("Address"), a->address);
    accounts_fact(req, v, N_("Web site"), a->website);
    accounts_fact(req, v, N_("Phone"), a->phone);
    accounts_fact(req, v, N_("Tax number"), a->tax_number);
    accounts_fact(req, v, N_("Time zone"), a->zone);
    accounts_fact(req, v, N_("Currency"), text_currency_name(lang, a->currency));
    page_at(req, v, "Updated", a->updated_at);
    return err_pass(custom_show(req, v, "Facts", CUSTOM_ACCOUNT, a->id));
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
        view_text(row, "Href", accounts_href(req, rows[i].id));
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
        view_text(row, "Href", accounts_href(req, rows[i].id));
        page_status(req, row, "Decision", deal_verdict_statuses, rows[i].decision);
        view_text(row, "Who", rows[i].decided_name);
        page_at(req, row, "At", rows[i].decided_at);
    }
    return NULL;
}

static const struct {
    const char *action, *words, *icon;
} actions[] = {
    { "account.create", N_("Made"), "plus" },
    { "account.delete", N_("Deleted to the bin"), "trash" },
    { "account.fields", N_("Custom fields changed"), "pencil" },
    { "account.merge", N_("Merged with another account"), "arrows-join" },
    { "account.restore", N_("Restored from the bin"), "restore" },
    { "account.update", N_("Changed"), "pencil" },
    { "account.pair", N_("Marked with another account"), "link" },
    { "account.parent", N_("Placed among other accounts"), "sitemap" },
    { "accounts.tag", N_("Tag put on"), "tag" },
    { "accounts.tag_off", N_("Tag taken off"), "tag-off" },
    { "accounts.file_drop", N_("File removed"), "trash" },
    { "accounts.files", N_("Files added"), "paperclip" },
    { "contact.delete", N_("Contact deleted"), "user-off" },
    { "contact.edit", N_("Contact changed"), "user" },
    { "contact.fields", N_("Custom fields of a contact changed"), "user" },
    { "contact.new", N_("Contact entered"), "user-plus" },
    { "contact.purge", N_("Contact removed for good"), "user-off" },
    { "contact.restore", N_("Contact restored from the bin"), "user" },
};

static struct err *show_history(struct request *req, struct view *v, const struct account *a)
{
    struct accounts_event *rows;
    size_t count;

    TRY(db_list(req->db, req->arena, &accounts_events, DB_ARGS(DB_I(a->id)), &rows, &count));
    for (size_t i = 0; i < count; i++) {
        struct view *row = view_row(v, "History");
        const char *words = audit_action_word(req, rows[i].action), *icon = "history";

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

static void show_head(struct request *req, struct view *v, const struct account *a)
{
    page_title(req, a->name);
    page_status(req, view_at(req->page, "Page"), "Status", accounts_kinds, a->kind);
    page_crumb(req, tr(req, N_("Accounts")), "/staff/accounts");
    page_fact(req, trf(req, N_("Number %lld"), (long long)a->id));
    if (!str_eq(a->status, "active"))
        page_fact(req, page_status_word(req, accounts_standings, a->status));
    page_fact(req, a->city);
    page_fact(req, text_country_name(text_locale_lang(req->locale), a->country));
    view_text(v, "Href", accounts_href(req, a->id));
}

static void show_may(struct request *req, struct view *v, const struct account *a)
{
    const bool partner = str_eq(a->kind, "partner");

    view_flag(v, "IsPartner", partner);
    if (partner && actor_may(req->actor, PERM_PROGRAMME_VIEW))
        view_text(v, "PartnerHref", arena_number(req->arena, "/staff/partners/", a->id));
    if (actor_may(req->actor, PERM_WHO_SEES_VIEW))
        view_text(v, "WhoHref", arena_number(req->arena, "/staff/who-sees/account-", a->id));
    if (actor_may(req->actor, PERM_AUDIT_VIEW))
        view_text(v, "AuditHref", arena_number(req->arena, "/staff/audit/account-", a->id));
    view_flag(v, "Named", a->named);
    view_int(v, "Version", a->row_version);
    view_flag(v, "MayEdit", actor_may(req->actor, PERM_ACCOUNT_EDIT));
    if (actor_may(req->actor, PERM_ACCOUNT_DELETE))
        view_text(v, "DeleteHref",
                  arena_join(req->arena, accounts_href(req, a->id), "/delete", NULL));
    if (actor_may(req->actor, PERM_ACCOUNT_MERGE))
        view_text(v, "MergeHref",
                  arena_join(req->arena, accounts_href(req, a->id), "/merge", NULL));
    view_flag(v, "MayPair", !partner && actor_may(req->actor, PERM_ACCOUNT_MERGE));
    if (actor_may(req->actor, PERM_ACCOUNT_EDIT))
        view_text(v, "CopyHref", arena_number(req->arena, "/staff/accounts/new?from=", a->id));
    if (actor_may(req->actor, PERM_ACCOUNT_EDIT))
        view_text(v, "NewContact", accounts_contact_href(req, a->id, 0));
}

static struct err *show_all(struct request *req)
{
    const struct account *a = req->object;
    struct view *v = view_at(req->page, "Account");

    show_head(req, v, a);
    show_may(req, v, a);
    form_show(req, &accounts_pair_form, NULL);
    TRY(show_facts(req, v, a));
    TRY(accounts_show_tags(req, v, a));
    TRY(accounts_show_figures(req, v, a));
    TRY(accounts_show_parts(req, v, a));
    TRY(accounts_show_tree(req, v, a));
    TRY(accounts_show_activities(req, v, a));
    TRY(accounts_show_files(req, v, a));
    if (!str_eq(a->kind, "partner")) {
        TRY(show_group(req, v, a));
        TRY(show_pairs(req, v, a));
    }
    return err_pass(show_history(req, v, a));
}

/* The address of one that was deleted says so. */
struct err *accounts_show(struct request *req)
{
    const struct account *a = req->object;

    if (a->deleted_at == 0)
        return err_pass(show_all(req));
    if (a->merged_into != 0)
        return err_pass(
            reply_redirect(req, NULL, "/staff/accounts/%lld", (long long)a->merged_into));
    TRY(accounts_binned_show(req));
    return err_pass(reply_page(req, "account/binned.cs"));
}
