/* transfer/transfer_accounts.c - companies as a data set. */
#include "account/account_many.h"
#include "base/str.h"
#include "custom/custom_form.h"
#include "custom/custom_sheet.h"
#include "identity/identity.h"
#include "transfer/transfer_inside.h"

#include <string.h>

struct account_row {
    const char *name, *country, *kind, *region, *city, *address, *website, *tax_number, *phone,
        *zone, *currency, *department, *owner;
    struct form_more custom;
};

static const struct choice kinds[] = {
    { "prospect", N_("Prospect") },
    { "customer", N_("Customer") },
    { "partner", N_("Partner") },
    { 0 },
};

#define AT(member) .offset = offsetof(struct account_row, member)
static const struct field fields[] = {
    { .name = "name",
      .label = N_("Company name"),
      .kind = FIELD_TEXT,
      .required = true,
      .needed = N_("Enter the company’s name."),
      .min = 1,
      .max = 200,
      AT(name) },
    { .name = "country",
      .label = N_("Country"),
      .kind = FIELD_COUNTRY,
      .required = true,
      AT(country) },
    { .name = "kind", .label = N_("Kind"), .kind = FIELD_CHOICE, .choices = kinds, AT(kind) },
    TRANSFER_TEXT(region, N_("State or province"), 80),
    TRANSFER_TEXT(city, N_("City"), 80),
    TRANSFER_TEXT(address, N_("Address"), 300),
    { .name = "website", .label = N_("Web site"), .kind = FIELD_URL, AT(website) },
    TRANSFER_TEXT(tax_number, N_("Tax number"), 40),
    { .name = "phone", .label = N_("Phone"), .kind = FIELD_PHONE, AT(phone) },
    { .name = "zone",
      .label = N_("Time zone"),
      .kind = FIELD_CHOICE,
      .choices_of = form_zones,
      AT(zone) },
    { .name = "currency", .label = N_("Currency"), .kind = FIELD_CURRENCY, AT(currency) },
    TRANSFER_TEXT(department, N_("Department"), 120),
    { .name = "owner", .label = N_("Owner"), .kind = FIELD_EMAIL, AT(owner) },
    { 0 },
};
static const struct form form = { .name = "transfer_accounts",
                                  .fields = fields,
                                  .size_bytes = sizeof(struct account_row),
                                  .more = custom_more_account,
                                  .more_offset = offsetof(struct account_row, custom) };

static const struct transfer_column columns[] = {
    { "name", "company|account|account name|customer|公司|公司名称|客户名称|", NULL },
    { "country", "country code|country/region|国家/地区|", NULL },
    { "kind", "type|account type|类型|", NULL },
    { "region", "state|province|state/province|省|省份|", NULL },
    { "city", "town|城市|", NULL },
    { "address", "street|street address|地址|", NULL },
    { "website", "web|url|web address|homepage|网站|网址|", NULL },
    { "tax_number", "tax id|vat|vat number|vat id|tax no|税号|统一社会信用代码|", NULL },
    { "phone", "telephone|tel|phone number|电话|", NULL },
    { "zone", "timezone|", N_("A name such as Asia/Shanghai") },
    { "currency", "currency code|币种|", NULL },
    { "department", "team|部门|",
      N_("The name or number of a department; yours, when it is empty") },
    { "owner", "account owner|owner email|负责人|",
      N_("The e-mail address of somebody of the vendor") },
    { 0 },
};

static const struct db_field sheet_fields[] = {
    TRANSFER_SHEET(0, "name", 300),
    TRANSFER_SHEET(1, "country", 4),
    TRANSFER_SHEET(2, "kind", 12),
    TRANSFER_SHEET(3, "region", 160),
    TRANSFER_SHEET(4, "city", 160),
    TRANSFER_SHEET(5, "address", 400),
    TRANSFER_SHEET(6, "website", 200),
    TRANSFER_SHEET(7, "tax_number", 80),
    TRANSFER_SHEET(8, "phone", 80),
    TRANSFER_SHEET(9, "zone", 60),
    TRANSFER_SHEET(10, "currency", 4),
    TRANSFER_SHEET(11, "department", 120),
    TRANSFER_SHEET(12, "owner", 254),
    TRANSFER_SHEET_CUSTOM,
    { 0 },
};
static const struct db_stmt account_sheet = {
    .name = "transfer.account_sheet",
    .sql =
        "SELECT a.name, a.country, a.kind, a.region, a.city, a.address, a.website, a.tax_number, "
        "a.phone, a.zone, a.currency, d.name_en AS department, u.email AS owner, " CUSTOM_SHEET(
            "account",
            "a.id") " FROM account a "
                    "LEFT JOIN department d ON d.id = a.department_id LEFT JOIN user u ON u.id = "
                    "a.owner_user_id WHERE a.deleted_at IS NULL ORDER BY a.id",
    .binds = "",
    .fields = sheet_fields,
    .row_bytes = sizeof(struct transfer_sheet_row),
    .flags = DB_LISTS | DB_WHOLE_TABLE,
};

/* -- what rows name ------------------------------------------------------------------------------
 */

const struct db_stmt transfer_account_names = {
    .name = "transfer.account_names",
    .sql =
        "SELECT a.id, a.name, CAST(a.id AS CHAR) AS path FROM account a WHERE (a.department_id BETWEEN ? AND ? "
        "OR a.department_id IS NULL) AND a.deleted_at IS NULL AND a.id IN (SELECT j.id "
        "FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT PATH '$')) j)",
    .binds = "iis",
    .fields = transfer_name_fields,
    .row_bytes = sizeof(struct transfer_name),
    .flags = DB_STAFF_SCOPE,
};
static struct err *look_up_department(struct transfer_work *w, struct transfer_item *item,
                                      struct account *account)
{
    const struct account_row *in = item->input;

    account->department_id = w->actor.department_id;
    if (str_is_empty(in->department))
        return NULL;
    TRY(transfer_department_of(w, in->department, &account->department_id));
    if (account->department_id == 0)
        transfer_fault_add(w, item, "department", N_("Choose one of your departments."));
    return NULL;
}

static struct err *look_up_owners(struct transfer_work *w, struct transfer_item *items,
                                  size_t count, struct account *accounts)
{
    const char **emails = arena_array(w->a, count + 1, sizeof(*emails));
    int64_t *ids = arena_array(w->a, count + 1, sizeof(*ids));

    for (size_t i = 0; i < count; i++)
        if (items[i].fault_count == 0)
            emails[i] = ((const struct account_row *)items[i].input)->owner;
    TRY(transfer_staff_of(w, emails, count, ids));
    for (size_t i = 0; i < count; i++) {
        accounts[i].owner_user_id = ids[i];
        if (!str_is_empty(emails[i]) && ids[i] == 0)
            transfer_fault_add(w, &items[i], "owner", N_("Nobody of the vendor has this address."));
    }
    return NULL;
}

/* Department and owner of rows without faults. */
static struct err *look_up(struct transfer_work *w, struct transfer_item *items, size_t count,
                           struct account *accounts)
{
    for (size_t i = 0; i < count; i++)
        if (items[i].fault_count == 0)
            TRY(look_up_department(w, &items[i], &accounts[i]));
    return err_pass(look_up_owners(w, items, count, accounts));
}

static void to_account(const struct transfer_item *item, struct account *account)
{
    const struct account_row *in = item->input;

    *account = (struct account){
        .kind = str_is_empty(in->kind) ? "prospect" : in->kind,
        .name = in->name,
        .country = in->country,
        .region = in->region,
        .city = in->city,
        .address = in->address,
        .website = in->website,
        .tax_number = in->tax_number,
        .phone = in->phone,
        .zone = str_is_empty(in->zone) ? "UTC" : in->zone,
        .currency = str_is_empty(in->currency) ? "USD" : in->currency,
    };
}

/* -- what they are like --------------------------------------------------------------------------
 */

static struct match_party party_of(const struct transfer_item *item)
{
    const struct account_row *in = item->input;

    return (struct match_party){ .name = in->name,
                                 .country = in->country,
                                 .tax_number = in->tax_number,
                                 .website = in->website,
                                 .phone = in->phone,
                                 .address = in->address };
}

static bool is_partner(const struct transfer_item *item)
{
    const struct account_row *in = item->input;

    return str_eq(in->kind, "partner");
}

static struct err *find_partners(struct transfer_work *w, struct transfer_item *items, size_t count)
{
    struct transfer_item **of = arena_array(w->a, count + 1, sizeof(struct transfer_item *));
    const char **names = arena_array(w->a, count + 1, sizeof(*names));
    int64_t *ids = arena_array(w->a, count + 1, sizeof(*ids));
    size_t n = 0;

    for (size_t i = 0; i < count; i++) {
        if (items[i].fault_count > 0 || !is_partner(&items[i]))
            continue;
        names[n] = ((const struct account_row *)items[i].input)->name;
        of[n++] = &items[i];
    }
    TRY(account_partners_named(w->db, w->a, names, n, ids));
    for (size_t i = 0; i < n; i++)
        of[i]->twin_id = ids[i];
    return NULL;
}

/* End customers by the conflict check, partners by their names. */
static struct err *compare(struct transfer_work *w, struct transfer_item *items, size_t count)
{
    struct match_party *parties = arena_array(w->a, count + 1, sizeof(*parties));
    struct match_entry *entries = arena_array(w->a, count + 1, sizeof(*entries));
    struct match_best *best = arena_array(w->a, count + 1, sizeof(*best));
    struct transfer_item **of = arena_array(w->a, count + 1, sizeof(struct transfer_item *));
    struct match_entry alone;
    size_t n = 0;

    for (size_t i = 0; i < count; i++) {
        const struct account_row *in = items[i].input;
        struct match_entry *entry;

        if (items[i].fault_count > 0)
            continue;
        entry = is_partner(&items[i]) ? &alone : &entries[n];
        parties[n] = party_of(&items[i]);
        match_entry_make(w->names, w->a, &parties[n], entry);
        items[i].keys[0] =
            entry->core_hash ^ transfer_hash(in->country, is_partner(&items[i]) ? "p" : "");
        items[i].keys[1] =
            *entry->fields.tax_id != '\0' ? transfer_hash(entry->fields.tax_id, in->country) : 0;
        if (!is_partner(&items[i]))
            of[n++] = &items[i];
    }
    TRY(find_partners(w, items, count));
    TRY(match_find_many(w->db, w->a, w->names, parties, entries, n, best));
    for (size_t i = 0; i < n; i++)
        if (best[i].evidence.verdict == MATCH_SAME)
            of[i]->twin_id = best[i].party_id;
    return NULL;
}

/* -- the three functions -------------------------------------------------------------------------
 */

static struct err *check(struct transfer_work *w, struct transfer_item *items, size_t count,
                         bool compares)
{
    struct account *accounts = arena_array(w->a, count + 1, sizeof(*accounts));

    TRY(look_up(w, items, count, accounts));
    TRY(transfer_custom_check(w, items, count));
    return compares ? err_pass(compare(w, items, count)) : NULL;
}

static struct err *write(struct transfer_work *w, struct transfer_item *items, size_t count)
{
    struct account *list = arena_array(w->a, count + 1, sizeof(*list));

    for (size_t i = 0; i < count; i++)
        to_account(&items[i], &list[i]);
    TRY(look_up(w, items, count, list));
    TRY(account_create_many(w->db, w->a, w->names, &w->who, list, count));
    for (size_t i = 0; i < count; i++) {
        items[i].object_id = list[i].id;
        items[i].object_version = list[i].row_version;
    }
    return err_pass(transfer_custom_write(w, items, count));
}

static struct err *undo(struct transfer_work *w, struct transfer_item *items, size_t count)
{
    static const char *const words[ACCOUNT_KEPT_COUNT] = { [ACCOUNT_UNDONE] = "",
                                                           [ACCOUNT_GONE] = "gone",
                                                           [ACCOUNT_CHANGED] = "changed",
                                                           [ACCOUNT_USED] = "used",
                                                           [ACCOUNT_PAIRED] = "paired" };
    struct account_undo *list = arena_array(w->a, count + 1, sizeof(*list));

    for (size_t i = 0; i < count; i++)
        list[i] = (struct account_undo){ .id = items[i].object_id,
                                         .row_version = items[i].object_version };
    TRY(account_undo_many(w->db, w->a, w->names, &w->who, list, count));
    for (size_t i = 0; i < count; i++)
        items[i].kept = words[list[i].kept];
    return err_pass(transfer_custom_forget(w, items, count));
}

/* How many parties hold a gram has changed a lot. */
static struct err *finish(struct transfer_work *w)
{
    return err_pass(job_add(w->db, "match.count", 0, 0, NULL, "match.count"));
}

const struct transfer_set transfer_accounts = {
    .code = "accounts",
    .title = N_("Accounts"),
    .kind = "account",
    .address = "/staff/accounts/",
    .permission = PERM_ACCOUNT_IMPORT,
    .has_custom = true,
    .custom = CUSTOM_ACCOUNT,
    .form = &form,
    .columns = columns,
    .names = &transfer_account_names,
    .sheet = &account_sheet,
    .check = check,
    .write = write,
    .undo = undo,
    .finish = finish,
};
