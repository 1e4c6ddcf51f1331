/* transfer/transfer_contacts.c - people of companies as a data set. */
#include "account/contact.h"
#include "account/match_name.h"
#include "base/str.h"
#include "custom/custom_form.h"
#include "custom/custom_sheet.h"
#include "text/latin.h"
#include "transfer/transfer_inside.h"

#include <string.h>

struct contact_row {
    const char *name, *account, *title, *email, *phone, *language, *remark;
    struct form_more custom;
};

static const struct choice langs[] = { { "en", N_("English") },
                                       { "zh-CN", N_("简体中文") },
                                       { 0 } };

#define AT(member) .offset = offsetof(struct contact_row, member)
static const struct field fields[] = {
    { .name = "name",
      .label = N_("Name"),
      .kind = FIELD_TEXT,
      .required = true,
      .needed = N_("Enter the person’s name."),
      .min = 1,
      .max = 120,
      AT(name) },
    { .name = "account",
      .label = N_("Account"),
      .kind = FIELD_TEXT,
      .required = true,
      .needed = N_("Enter the name or the number of an account."),
      .min = 1,
      .max = 200,
      AT(account) },
    { .name = "title", .label = N_("Job title"), .kind = FIELD_TEXT, .max = 120, AT(title) },
    { .name = "email", .label = N_("E-mail"), .kind = FIELD_EMAIL, AT(email) },
    { .name = "phone", .label = N_("Phone"), .kind = FIELD_PHONE, AT(phone) },
    { .name = "language",
      .label = N_("Language"),
      .kind = FIELD_CHOICE,
      .choices = langs,
      AT(language) },
    { .name = "remark", .label = N_("Note"), .kind = FIELD_LINES, .max = 2000, AT(remark) },
    { 0 },
};
static const struct form form = { .name = "transfer_contacts",
                                  .fields = fields,
                                  .size_bytes = sizeof(struct contact_row),
                                  .more = custom_more_contact,
                                  .more_offset = offsetof(struct contact_row, custom) };

static const struct transfer_column columns[] = {
    { "name", "contact|contact name|full name|person|姓名|联系人|联系人姓名|", NULL },
    { "account", "company|company name|account name|customer|公司|公司名称|客户名称|",
      N_("The name or number of an account") },
    { "title", "position|role|职位|职务|", NULL },
    { "email", "mail|e-mail address|email address|邮箱|电子邮箱|", NULL },
    { "phone", "telephone|tel|mobile|phone number|电话|手机|", NULL },
    { "language", "lang|语言|", NULL },
    { "remark", "note|notes|comment|备注|", NULL },
    { 0 },
};

static const struct db_field sheet_fields[] = {
    TRANSFER_SHEET(0, "name", 240),
    TRANSFER_SHEET(1, "account", 300),
    TRANSFER_SHEET(2, "title", 240),
    TRANSFER_SHEET(3, "email", 254),
    TRANSFER_SHEET(4, "phone", 80),
    TRANSFER_SHEET(5, "language", 8),
    TRANSFER_SHEET(6, "remark", 600),
    TRANSFER_SHEET_CUSTOM,
    { 0 },
};
static const struct db_stmt contact_sheet = {
    .name = "transfer.contact_sheet",
    .sql =
        "SELECT c.name, a.name AS account, c.title, c.email, c.phone, c.lang AS language, "
        "c.note AS remark, " CUSTOM_SHEET(
            "contact", "c.id") " FROM contact c JOIN account a ON a.id = c.account_id "
                               "WHERE c.deleted_at IS NULL AND a.deleted_at IS NULL ORDER BY c.id",
    .binds = "",
    .fields = sheet_fields,
    .row_bytes = sizeof(struct transfer_sheet_row),
    .flags = DB_LISTS | DB_WHOLE_TABLE,
};
const struct db_stmt transfer_contact_names = {
    .name = "transfer.contact_names",
    .sql = "SELECT c.id, c.name, CONCAT(c.account_id, '/contacts/', c.id) AS path "
           "FROM account a JOIN contact c ON c.account_id = a.id WHERE (a.department_id BETWEEN ? "
           "AND ? OR a.department_id IS NULL) AND a.deleted_at IS NULL AND c.deleted_at IS NULL "
           "AND c.id IN (SELECT j.id FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT PATH '$')) j)",
    .binds = "iis",
    .fields = transfer_name_fields,
    .row_bytes = sizeof(struct transfer_name),
    .flags = DB_STAFF_SCOPE,
};

/* -- what rows name ------------------------------------------------------------------------------
 */

/* The company of each row without faults. */
static struct err *look_up(struct transfer_work *w, struct transfer_item *items, size_t count,
                           struct contact *contacts)
{
    const char **typed = arena_array(w->a, count + 1, sizeof(*typed));
    int64_t *ids = arena_array(w->a, count + 1, sizeof(*ids));

    for (size_t i = 0; i < count; i++)
        if (items[i].fault_count == 0)
            typed[i] = ((const struct contact_row *)items[i].input)->account;
    TRY(transfer_accounts_of(w, typed, count, ids));
    for (size_t i = 0; i < count; i++) {
        if (typed[i] != NULL && ids[i] <= 0)
            transfer_fault_add(w, &items[i], "account", transfer_account_fault(ids[i]));
        contacts[i].account_id = ids[i];
    }
    return NULL;
}

static void to_contact(const struct transfer_item *item, struct contact *contact)
{
    const struct contact_row *in = item->input;

    contact->name = in->name;
    contact->title = in->title;
    contact->email = in->email;
    contact->phone = in->phone;
    contact->lang = str_is_empty(in->language) ? "en" : in->language;
    contact->note = in->remark;
}

/* -- what they are like: somebody of the same name or address at the same company ----------------
 */

static void set_keys(struct transfer_work *w, struct transfer_item *item,
                     const struct contact *contact)
{
    const char *at = arena_number(w->a, "", contact->account_id);

    item->keys[0] =
        transfer_hash(text_latin_key(match_names_text(w->names), w->a, contact->name), at);
    if (!str_is_empty(contact->email))
        item->keys[1] = transfer_hash(text_fold(w->a, contact->email), at);
}

static struct err *compare(struct transfer_work *w, struct transfer_item *items, size_t count,
                           struct contact *contacts)
{
    struct contact *asked = arena_array(w->a, count + 1, sizeof(*asked));
    int64_t *ids = arena_array(w->a, count + 1, sizeof(*ids));
    size_t *place = arena_array(w->a, count + 1, sizeof(*place));
    size_t n = 0;

    for (size_t i = 0; i < count; i++) {
        if (items[i].fault_count > 0)
            continue;
        to_contact(&items[i], &contacts[i]);
        set_keys(w, &items[i], &contacts[i]);
        asked[n] = contacts[i];
        place[n++] = i;
    }
    TRY(contact_like_many(w->db, w->a, match_names_text(w->names), asked, n, ids));
    for (size_t i = 0; i < n; i++)
        items[place[i]].twin_id = ids[i];
    return NULL;
}

/* -- the three functions -------------------------------------------------------------------------
 */

static struct err *check(struct transfer_work *w, struct transfer_item *items, size_t count,
                         bool compares)
{
    struct contact *contacts = arena_array(w->a, count + 1, sizeof(*contacts));

    TRY(look_up(w, items, count, contacts));
    TRY(transfer_custom_check(w, items, count));
    return compares ? err_pass(compare(w, items, count, contacts)) : NULL;
}

static struct err *write(struct transfer_work *w, struct transfer_item *items, size_t count)
{
    struct contact *contacts = arena_array(w->a, count + 1, sizeof(*contacts));

    TRY(look_up(w, items, count, contacts));
    for (size_t i = 0; i < count; i++) {
        to_contact(&items[i], &contacts[i]);
        TRY(contact_put(w->db, w->a, match_names_text(w->names), &w->who, &contacts[i]));
        items[i].object_id = contacts[i].id;
        items[i].object_version = contacts[i].row_version;
    }
    return err_pass(transfer_custom_write(w, items, count));
}

static struct err *undo_one(struct transfer_work *w, struct transfer_item *item, const char *reason)
{
    struct contact *contact;
    struct err *e;

    TRY(contact_of_worker(w->db, w->a, item->object_id, &contact));
    if (contact == NULL || contact->row_version != item->object_version) {
        item->kept = contact == NULL ? "gone" : "changed";
        return NULL;
    }
    e = contact_delete(w->db, w->a, &w->who, contact, reason);
    if (!err_is(e, ERR_CONFLICT))
        return err_pass(e);
    err_free(e);
    item->kept = "changed";
    return NULL;
}

static struct err *undo(struct transfer_work *w, struct transfer_item *items, size_t count)
{
    const char *reason = arena_number(w->a, "IM-", w->t.id);

    for (size_t i = 0; i < count; i++)
        TRY(undo_one(w, &items[i], reason));
    return NULL;
}

const struct transfer_set transfer_contacts = {
    .code = "contacts",
    .title = N_("Contacts"),
    .kind = "contact",
    .address = "/staff/accounts/",
    .permission = PERM_CONTACT_IMPORT,
    .has_custom = true,
    .custom = CUSTOM_CONTACT,
    .form = &form,
    .columns = columns,
    .names = &transfer_contact_names,
    .sheet = &contact_sheet,
    .check = check,
    .write = write,
    .undo = undo,
};
