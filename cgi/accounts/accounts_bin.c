/* accounts/accounts_bin.c - a company or a contact is deleted to the bin, restored, removed for
 * good. */
#include "account/account_bin.h"
#include "access/parameter.h"
#include "account/contact.h"
#include "accounts/accounts_inside.h"
#include "base/str.h"
#include "deal/deal_rooms.h"
#include "web/form_fields.h"

#define BIN "/staff/accounts/bin"

struct err *accounts_load_any(struct request *req, int64_t id, const void **object_out)
{
    struct account *account;

    TRY(account_any_of_staff(req->db, req->arena, req->actor->department_low,
                             req->actor->department_high, id, &account));
    if (account != NULL && account->deleted_at != 0 && !account->in_bin &&
        account->merged_into == 0)
        account = NULL;
    *object_out = account;
    return NULL;
}
const struct object_kind accounts_any_kind = { .name = "account",
                                               .prefix = "",
                                               .load = accounts_load_any };

/* -- forms ---------------------------------------------------------------------------------------
 */

struct delete_input {
    int64_t row_version;
    const char *reason;
};
static const struct field delete_fields[] = {
    FORM_VERSION_NEEDED(struct delete_input),
    { .name = "reason",
      .label = N_("Reason"),
      .kind = FIELD_TEXT,
      .max = 300,
      .offset = offsetof(struct delete_input, reason) },
    { 0 },
};
const struct form accounts_delete_form = { .name = "accounts_delete",
                                           .fields = delete_fields,
                                           .size_bytes = sizeof(struct delete_input) };
static const struct field version_fields[] = { FORM_VERSION_NEEDED(struct accounts_version_input),
                                               { 0 } };
const struct form accounts_version_form = { .name = "accounts_version",
                                            .fields = version_fields,
                                            .size_bytes = sizeof(struct accounts_version_input) };

/* -- what hangs on it ----------------------------------------------------------------------------
 */

#define HANGS(member) offsetof(struct account_hangs, member)
static const struct {
    const char *label, *part; /* part: of the company's page, where they are listed; "" for none */
    size_t at;
    bool against;
} hanging[] = {
    { N_("People who may log in"), "/users", HANGS(people), true },
    { N_("Open registrations"), "/deals", HANGS(deals), true },
    { N_("Claims"), "/deals", HANGS(claims), true },
    { N_("Open opportunities"), "/opportunities", HANGS(opportunities), true },
    { N_("Leads that it works on"), "/leads", HANGS(leads), true },
    { N_("Accounts that stand below it"), "#tree", HANGS(below), true },
    { N_("Contacts"), "", HANGS(contacts), false },
    { N_("Files"), "", HANGS(files), false },
    { N_("Closed registrations"), "", HANGS(closed_deals), false },
    { N_("Closed opportunities"), "", HANGS(closed_opportunities), false },
    { N_("Closed leads"), "", HANGS(closed_leads), false },
};

void accounts_show_hanging(struct request *req, struct view *v, const struct account *a,
                           const struct account_hangs *hangs)
{
    for (size_t i = 0; i < ARRAY_LEN(hanging); i++) {
        const int64_t n = *(const int64_t *)((const char *)hangs + hanging[i].at);
        struct view *row;

        if (n == 0)
            continue;
        row = view_row(v, hanging[i].against ? "Against" : "Kept");
        view_text(row, "Label", tr(req, hanging[i].label));
        page_int(req, row, "Value", n);
        if (hanging[i].against)
            view_text(row, "Href",
                      arena_join(req->arena, accounts_href(req, a->id), hanging[i].part, NULL));
    }
}

/* -- deleting ------------------------------------------------------------------------------------
 */

struct err *accounts_delete_show(struct request *req)
{
    const struct account *a = req->object;
    const struct delete_input stored = { .row_version = a->row_version, .reason = "" };
    struct view *v = view_at(req->page, "Account");
    struct account_hangs hangs;

    page_title(req, tr(req, N_("Delete account")));
    page_crumb(req, tr(req, N_("Accounts")), "/staff/accounts");
    page_crumb(req, a->name, accounts_href(req, a->id));
    view_text(v, "Name", a->name);
    view_text(v, "Href", accounts_href(req, a->id));
    view_int(v, "Version", a->row_version);
    TRY(account_hangs_read(req->db, req->arena, a->id, &hangs));
    accounts_show_hanging(req, v, a, &hangs);
    form_show(req, &accounts_delete_form, &stored);
    return NULL;
}

static struct audit_who who_of(const struct request *req)
{
    return (struct audit_who){ .actor = req->actor, .address = req->remote_addr };
}

static struct err *refuse(struct request *req, const char *field, struct err *e)
{
    const bool hangs = str_eq(err_detail(e), "hangs");

    if (!err_is(e, ERR_CONFLICT))
        return err_pass(e);
    err_free(e);
    if (!hangs)
        return err_pass(form_refuse_changed(req, field));
    return err_pass(form_refuse_at(
        req, field, tr(req, N_("It was not deleted: what stands against it is listed here."))));
}

struct err *accounts_delete_post(struct request *req)
{
    const struct delete_input *in = req->input;
    const struct deal_rooms *rooms = req->rooms;
    const struct audit_who who = who_of(req);
    struct account account = *(const struct account *)req->object;
    struct err *e;

    account.row_version = in->row_version;
    e = account_delete(req->db, req->arena, rooms->names, &who, &account, in->reason);
    if (e != NULL)
        return err_pass(refuse(req, "reason", e));
    return err_pass(reply_redirect(req, "binned", "/staff/accounts/%lld", (long long)account.id));
}

/* -- in the bin ----------------------------------------------------------------------------------
 */

static const struct status_row binned[] = { { "binned", "off", "trash", N_("In the bin") }, { 0 } };

static struct err *show_deleted(struct request *req, struct view *v, int64_t at, const char *who,
                                const char *reason)
{
    int64_t days;

    TRY(parameter_now(req->db, req->arena, PARAM_KEEP_BIN, &days));
    page_status(req, view_at(req->page, "Page"), "Status", binned, "binned");
    page_at(req, v, "At", at);
    page_at(req, v, "PurgedAt", at + days * CLOCK_DAY);
    view_text(v, "Who", str_is_empty(who) ? tr(req, N_("automatically")) : who);
    view_text(v, "Reason", reason);
    view_flag(v, "MayPurge", actor_may(req->actor, PERM_ACCOUNT_PURGE));
    form_show(req, &accounts_version_form, NULL);
    return NULL;
}

struct err *accounts_binned_show(struct request *req)
{
    const struct account *a = req->object;
    struct view *v = view_at(req->page, "Account");
    struct account_hangs hangs;

    page_title(req, a->name);
    page_crumb(req, tr(req, N_("Accounts")), "/staff/accounts");
    if (actor_may(req->actor, PERM_ACCOUNT_EDIT))
        page_crumb(req, tr(req, N_("Bin")), BIN);
    page_fact(req, trf(req, N_("Number %lld"), (long long)a->id));
    page_fact(req, page_status_word(req, accounts_kinds, a->kind));
    page_fact(req, a->city);
    page_fact(req, text_country_name(text_locale_lang(req->locale), a->country));
    view_text(v, "Href", accounts_href(req, a->id));
    view_int(v, "Version", a->row_version);
    view_flag(v, "MayRestore", actor_may(req->actor, PERM_ACCOUNT_DELETE));
    TRY(account_hangs_read(req->db, req->arena, a->id, &hangs));
    accounts_show_hanging(req, v, a, &hangs);
    return err_pass(show_deleted(req, v, a->deleted_at, a->deleted_name, a->deleted_reason));
}

struct err *accounts_restore_post(struct request *req)
{
    const struct accounts_version_input *in = req->input;
    const struct deal_rooms *rooms = req->rooms;
    const struct audit_who who = who_of(req);
    struct account account = *(const struct account *)req->object;
    struct err *e = NULL;

    account.row_version = in->row_version;
    if (account.in_bin)
        e = account_restore(req->db, req->arena, rooms->names, &who, &account);
    if (e != NULL)
        return err_pass(refuse(req, "row_version", e));
    return err_pass(reply_redirect(req, "restored", "/staff/accounts/%lld", (long long)account.id));
}

/* What was restored meanwhile is shown as it is. */
struct err *accounts_purge_post(struct request *req)
{
    const struct accounts_version_input *in = req->input;
    const struct account *a = req->object;
    const struct audit_who who = who_of(req);
    struct err *e;

    if (!a->in_bin)
        return err_pass(reply_redirect(req, NULL, "/staff/accounts/%lld", (long long)a->id));
    e = account_purge(req->db, req->arena, &who, a->id, in->row_version);
    if (e != NULL)
        return err_pass(refuse(req, "row_version", e));
    return err_pass(reply_redirect(
        req, "purged", actor_may(req->actor, PERM_ACCOUNT_EDIT) ? BIN : "/staff/accounts"));
}

/* -- contacts ------------------------------------------------------------------------------------
 */

struct err *accounts_contact_binned_show(struct request *req)
{
    const struct account *a = req->object;
    struct view *v = view_at(req->page, "Contact");
    struct contact *c;

    TRY(accounts_find_contact(req, &c));
    page_title(req, c->name);
    page_crumb(req, tr(req, N_("Accounts")), "/staff/accounts");
    page_crumb(req, a->name, accounts_href(req, a->id));
    page_fact(req, c->title);
    page_fact(req, c->email);
    view_text(v, "Href", accounts_contact_href(req, a->id, c->id));
    view_int(v, "Version", c->row_version);
    view_flag(v, "MayRestore", actor_may(req->actor, PERM_ACCOUNT_EDIT));
    return err_pass(show_deleted(req, v, c->deleted_at, c->deleted_name, c->deleted_reason));
}

struct err *accounts_contact_restore_post(struct request *req)
{
    const struct accounts_version_input *in = req->input;
    const struct audit_who who = who_of(req);
    struct contact *c;
    struct err *e = NULL;

    TRY(accounts_find_contact(req, &c));
    if (c->deleted_at != 0) {
        c->row_version = in->row_version;
        e = contact_restore(req->db, req->arena, &who, c);
    }
    if (e != NULL)
        return err_pass(refuse(req, "row_version", e));
    return err_pass(reply_redirect(req, "restored", "/staff/accounts/%lld/contacts/%lld",
                                   (long long)c->account_id, (long long)c->id));
}

struct err *accounts_contact_purge_post(struct request *req)
{
    const struct accounts_version_input *in = req->input;
    const struct audit_who who = who_of(req);
    struct contact *c;
    struct err *e;

    TRY(accounts_find_contact(req, &c));
    if (c->deleted_at == 0)
        return err_pass(reply_redirect(req, NULL, "/staff/accounts/%lld/contacts/%lld",
                                       (long long)c->account_id, (long long)c->id));
    c->row_version = in->row_version;
    e = contact_purge(req->db, req->arena, &who, c);
    if (e != NULL)
        return err_pass(refuse(req, "row_version", e));
    return err_pass(
        reply_redirect(req, "purged", "/staff/accounts/%lld", (long long)c->account_id));
}
