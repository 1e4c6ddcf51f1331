/* accounts/accounts_edit.c - a company made, changed under its version, and declared to be one end
 * customer with another, or not. */
#include "accounts/accounts_inside.h"
#include "base/str.h"
#include "custom/custom_form.h"
#include "deal/deal_resolve.h"
#include "deal/deal_rooms.h"
#include "web/form_fields.h"

/* -- forms ---------------------------------------------------------------------------------------
 */

static const struct choice kinds[] = {
    { "prospect", N_("Prospect") },
    { "customer", N_("Customer") },
    { "partner", N_("Partner") },
    { 0 },
};

#define AT(member) .offset = offsetof(struct accounts_input, member)
#define TEXT(member, label_, most)                                                    \
    {                                                                                 \
        .name = #member, .label = label_, .kind = FIELD_TEXT, .max = most, AT(member) \
    }
#define FIELDS                                                                                  \
    FORM_VERSION(struct accounts_input),                                                        \
        { .name = "name",                                                                       \
          .label = N_("Company name"),                                                          \
          .kind = FIELD_TEXT,                                                                   \
          .required = true,                                                                     \
          .needed = N_("Enter the company’s name."),                                            \
          .min = 1,                                                                             \
          .max = 200,                                                                           \
          AT(name) },                                                                           \
        { .name = "country",                                                                    \
          .label = N_("Country"),                                                               \
          .kind = FIELD_COUNTRY,                                                                \
          .required = true,                                                                     \
          AT(country) },                                                                        \
        TEXT(region, N_("State or province"), 80), TEXT(city, N_("City"), 80),                  \
        TEXT(address, N_("Address"), 300),                                                      \
        { .name = "website", .label = N_("Web site"), .kind = FIELD_URL, AT(website) },         \
        TEXT(tax_number, N_("Tax number"), 40),                                                 \
        { .name = "phone", .label = N_("Phone"), .kind = FIELD_PHONE, AT(phone) },              \
        { .name = "zone",                                                                       \
          .label = N_("Time zone"),                                                             \
          .kind = FIELD_CHOICE,                                                                 \
          .required = true,                                                                     \
          .needed = N_("Choose a time zone."),                                                  \
          .choices_of = form_zones,                                                             \
          AT(zone) },                                                                           \
        { .name = "currency",                                                                   \
          .label = N_("Currency"),                                                              \
          .kind = FIELD_CURRENCY,                                                               \
          .required = true,                                                                     \
          AT(currency) },                                                                       \
        { .name = "tier_id", .label = N_("Tier"), .kind = FIELD_ID, AT(tier_id) },              \
        { .name = "department_id",                                                              \
          .label = N_("Department"),                                                            \
          .kind = FIELD_ID,                                                                     \
          AT(department_id) },                                                                  \
        { .name = "owner_user_id", .label = N_("Owner"), .kind = FIELD_ID, AT(owner_user_id) }, \
    {                                                                                           \
        .name = "named",                                                                        \
        .label = N_("Named account: served directly, kept out of "                              \
                    "registrations"),                                                           \
        .kind = FIELD_FLAG, AT(named)                                                           \
    }

static const struct field new_fields[] = {
    FIELDS,
    { .name = "kind",
      .label = N_("Kind"),
      .kind = FIELD_CHOICE,
      .required = true,
      .needed = N_("Choose what kind of account it is."),
      .choices = kinds,
      AT(kind) },
    { 0 },
};
static const struct field edit_fields[] = { FIELDS, { 0 } };
const struct form accounts_new_form = { .name = "accounts.new",
                                        .fields = new_fields,
                                        .size_bytes = sizeof(struct accounts_input),
                                        .more = custom_more_account,
                                        .more_offset = offsetof(struct accounts_input, custom) };
const struct form accounts_edit_form = { .name = "accounts.edit",
                                         .fields = edit_fields,
                                         .size_bytes = sizeof(struct accounts_input),
                                         .more = custom_more_account,
                                         .more_offset = offsetof(struct accounts_input, custom) };

static const struct choice marks[] = {
    { "same", N_("Same customer") },
    { "different", N_("Different for good") },
    { 0 },
};
static const struct field pair_fields[] = {
    { .name = "other",
      .label = N_("Number of the other account"),
      .kind = FIELD_TEXT,
      .required = true,
      .needed = N_("Enter the number of the other account."),
      .max = 20,
      .offset = offsetof(struct accounts_pair_input, other) },
    { .name = "mark",
      .label = N_("Your mark"),
      .kind = FIELD_CHOICE,
      .required = true,
      .needed = N_("Choose whether they are the same or different."),
      .choices = marks,
      .offset = offsetof(struct accounts_pair_input, mark) },
    { 0 },
};
const struct form accounts_pair_form = { .name = "accounts.pair",
                                         .fields = pair_fields,
                                         .size_bytes = sizeof(struct accounts_pair_input) };

/* -- the form as a page --------------------------------------------------------------------------
 */

static void add_option(struct view *fields, const char *name, int64_t id, const char *label)
{
    struct view *option = view_row(view_at(fields, name), "Options");

    view_int(option, "Value", id);
    view_text(option, "Label", label);
}

/* A department may be chosen where the visitor is at home himself. */
static bool may_choose(const struct request *req, const struct accounts_department *d)
{
    return d->id >= req->actor->department_low && d->id <= req->actor->department_high;
}

struct err *accounts_show_options(struct request *req)
{
    struct view *fields = view_at(view_at(req->page, "Form"), "F");
    struct accounts_department *departments;
    struct accounts_tier *tiers;
    size_t count;

    TRY(db_list(req->db, req->arena, &accounts_tiers, DB_NO_ARGS, &tiers, &count));
    for (size_t i = 0; i < count; i++)
        add_option(fields, "tier_id", tiers[i].id,
                   accounts_word(req, tiers[i].name_en, tiers[i].name_zh));
    TRY(db_list(req->db, req->arena, &accounts_departments, DB_NO_ARGS, &departments, &count));
    for (size_t i = 0; i < count; i++)
        if (may_choose(req, &departments[i]))
            add_option(fields, "department_id", departments[i].id,
                       accounts_word(req, departments[i].name_en, departments[i].name_zh));
    return NULL;
}

struct copy_query {
    const char *from;
};
static const struct field copy_fields[] = {
    { .name = "from",
      .label = N_("Number of the account to copy"),
      .kind = FIELD_TEXT,
      .max = 20,
      .offset = offsetof(struct copy_query, from) },
    { 0 },
};
const struct form accounts_copy_query = { .name = "accounts_copy",
                                          .fields = copy_fields,
                                          .size_bytes = sizeof(struct copy_query) };

static struct accounts_input input_of(const struct account *a)
{
    return (struct accounts_input){ .row_version = a->row_version,
                                    .tier_id = a->tier_id,
                                    .department_id = a->department_id,
                                    .owner_user_id = a->owner_user_id,
                                    .kind = a->kind,
                                    .name = a->name,
                                    .country = a->country,
                                    .region = a->region,
                                    .city = a->city,
                                    .address = a->address,
                                    .website = a->website,
                                    .tax_number = a->tax_number,
                                    .phone = a->phone,
                                    .zone = a->zone,
                                    .currency = a->currency,
                                    .named = a->named };
}

/* Of a copy everything is filled in but what two companies do not have in common. */
static struct err *copy_from(struct request *req, struct accounts_input *in)
{
    const struct copy_query *query = req->input;
    const void *from = NULL;
    int64_t id;

    TRY(custom_stored(req, CUSTOM_ACCOUNT, 0, &in->custom));
    if (req->route->method != HTTP_GET || !str_to_i64(query->from, &id) || id <= 0)
        return NULL;
    TRY(accounts_load(req, id, &from));
    if (from == NULL)
        return NULL;
    *in = input_of(from);
    in->row_version = 0;
    in->tax_number = "";
    return err_pass(custom_stored(req, CUSTOM_ACCOUNT, id, &in->custom));
}

struct err *accounts_new_show(struct request *req)
{
    struct accounts_input in = { .kind = "prospect",
                                 .name = "",
                                 .country = "",
                                 .region = "",
                                 .city = "",
                                 .address = "",
                                 .website = "",
                                 .tax_number = "",
                                 .phone = "",
                                 .zone = req->actor->zone,
                                 .currency = "USD",
                                 .department_id = req->actor->department_id,
                                 .owner_user_id = req->actor->user_id };
    struct view *v = view_at(req->page, "Account");

    TRY(copy_from(req, &in));
    page_title(req, tr(req, N_("New account")));
    page_crumb(req, tr(req, N_("Accounts")), "/staff/accounts");
    view_text(v, "Action", "/staff/accounts/new");
    view_flag(v, "IsNew", true);
    form_show(req, &accounts_new_form, &in);
    TRY(accounts_show_owners(req, NULL));
    return err_pass(accounts_show_options(req));
}

static const char *address_of(struct request *req, int64_t id)
{
    return arena_number(req->arena, "/staff/accounts/", id);
}

struct err *accounts_edit_show(struct request *req)
{
    const struct account *a = req->object;
    struct accounts_input stored = input_of(a);
    struct view *v = view_at(req->page, "Account");

    TRY(custom_stored(req, CUSTOM_ACCOUNT, a->id, &stored.custom));
    page_title(req, a->name);
    page_crumb(req, tr(req, N_("Accounts")), "/staff/accounts");
    page_crumb(req, a->name, address_of(req, a->id));
    view_text(v, "Action", arena_printf(req->arena, "%s/edit", address_of(req, a->id)));
    view_int(v, "Version", a->row_version);
    view_flag(v, "IsPartner", str_eq(a->kind, "partner"));
    form_show(req, &accounts_edit_form, &stored);
    TRY(accounts_show_owners(req, a));
    return err_pass(accounts_show_options(req));
}

/* -- writing -------------------------------------------------------------------------------------
 */

/* What was not there to choose may not be chosen. */
static struct err *judge(struct request *req, const struct accounts_input *in, const char *kind,
                         const struct account *had)
{
    struct accounts_department *departments;
    struct accounts_tier *tiers;
    bool tier = in->tier_id == 0, department = in->department_id == had->department_id;
    size_t count;

    TRY(accounts_judge_owner(req, in->owner_user_id, had->owner_user_id));
    TRY(db_list(req->db, req->arena, &accounts_tiers, DB_NO_ARGS, &tiers, &count));
    for (size_t i = 0; i < count; i++)
        tier = tier || tiers[i].id == in->tier_id;
    TRY(db_list(req->db, req->arena, &accounts_departments, DB_NO_ARGS, &departments, &count));
    for (size_t i = 0; i < count; i++)
        department = department ||
                     (departments[i].id == in->department_id && may_choose(req, &departments[i]));
    if (!tier || (in->tier_id != 0 && !str_eq(kind, "partner")))
        form_fault(req, "tier_id", -1, tr(req, N_("Only partners have a tier of the list.")));
    if (!department)
        form_fault(req, "department_id", -1, tr(req, N_("Choose one of your departments.")));
    return form_has_faults(req) ? err_pass(form_refuse(req)) : NULL;
}

static void take_input(const struct accounts_input *in, struct account *account)
{
    account->name = in->name;
    account->country = in->country;
    account->region = in->region;
    account->city = in->city;
    account->address = in->address;
    account->website = in->website;
    account->tax_number = in->tax_number;
    account->phone = in->phone;
    account->zone = in->zone;
    account->currency = in->currency;
    account->tier_id = in->tier_id;
    account->department_id = in->department_id;
    account->owner_user_id = in->owner_user_id;
    account->named = in->named;
    account->row_version = in->row_version;
}

static struct audit_who who_of(const struct request *req)
{
    return (struct audit_who){ .actor = req->actor, .address = req->remote_addr };
}

struct err *accounts_new_post(struct request *req)
{
    const struct accounts_input *in = req->input;
    const struct deal_rooms *rooms = req->rooms;
    const struct audit_who who = who_of(req);
    struct account account = { .kind = in->kind };

    TRY(judge(req, in, in->kind, &account));
    take_input(in, &account);
    TRY(account_create(req->db, req->arena, rooms->names, &who, &account));
    TRY(custom_save(req, CUSTOM_ACCOUNT, account.id, account.id, &in->custom));
    return err_pass(reply_redirect(req, "saved", "/staff/accounts/%lld", (long long)account.id));
}

/* Somebody else changed it: what is stored stands in the page, what was typed in the form. */
static struct err *refuse_changed(struct request *req)
{
    return err_pass(form_refuse_at(
        req, "name",
        tr(req, N_("Somebody changed this account since you opened it. The form shows what "
                   "you typed; save again to keep it, or go back to read what is stored."))));
}

struct err *accounts_edit_post(struct request *req)
{
    const struct accounts_input *in = req->input;
    const struct deal_rooms *rooms = req->rooms;
    const struct account *stored = req->object;
    const struct audit_who who = who_of(req);
    struct account account = *stored;
    struct accounts_names had;
    struct err *e;

    TRY(judge(req, in, stored->kind, stored));
    take_input(in, &account);
    TRY(db_get(req->db, req->arena, &accounts_names, DB_ARGS(DB_I(stored->id)), &had));
    e = account_update(req->db, req->arena, rooms->names, &who, &account);
    if (err_is(e, ERR_CONFLICT)) {
        err_free(e);
        return err_pass(refuse_changed(req));
    }
    TRY(e);
    TRY(accounts_note_owner(req, stored, &had, &account));
    TRY(custom_save(req, CUSTOM_ACCOUNT, account.id, account.id, &in->custom));
    return err_pass(reply_redirect(req, "saved", "/staff/accounts/%lld", (long long)account.id));
}

/* -- pairs ---------------------------------------------------------------------------------------
 */

static bool is_end_customer(const struct account *account)
{
    return !str_eq(account->kind, "partner");
}

static struct err *find_other(struct request *req, const struct account *own, const char *typed,
                              const struct account **other_out)
{
    const void *other = NULL;
    int64_t id;

    if (str_to_i64(typed, &id) && id > 0 && id != own->id)
        TRY(accounts_load(req, id, &other));
    *other_out = other;
    if (other == NULL || !is_end_customer(other))
        form_fault(req, "other", -1, tr(req, N_("There is no other customer of this number.")));
    return NULL;
}

struct err *accounts_pair_post(struct request *req)
{
    const struct accounts_pair_input *in = req->input;
    const struct deal_actor by = deal_actor_of(req, BY_STAFF);
    const struct account *own = req->object, *other = NULL;
    struct err *e;

    TRY(find_other(req, own, in->other, &other));
    if (!is_end_customer(own))
        form_fault(req, "mark", -1, tr(req, N_("A partner is no end customer.")));
    if (other == NULL || form_has_faults(req))
        return err_pass(form_refuse(req));
    e = deal_decide_pair(req->db, req->arena, &by, own->id, other->id,
                         str_eq(in->mark, "same") ? PAIR_SAME : PAIR_DIFFERENT);
    if (err_is(e, ERR_CONFLICT)) {
        form_fault(req, "mark", -1, tr(req, deal_resolve_refusal(err_detail(e))));
        err_free(e);
        return err_pass(form_refuse(req));
    }
    TRY(e);
    return err_pass(reply_redirect(req, "deal_marked", "/staff/accounts/%lld", (long long)own->id));
}
