/* accounts/accounts_contacts.c - the people of a company: entered, changed under their version,
 * deleted to the bin. */
#include "account/contact.h"
#include "accounts/accounts_inside.h"
#include "base/str.h"
#include "custom/custom_form.h"
#include "deal/deal_rooms.h"
#include "deal/deal_view.h"
#include "web/form_fields.h"

struct input {
    int64_t row_version;
    const char *name, *title, *email, *phone, *lang, *note;
    struct form_more custom;
};
#define AT(member) .offset = offsetof(struct input, member)
static const struct choice langs[] = { { "en", N_("English") },
                                       { "zh-CN", N_("简体中文") },
                                       { 0 } };
static const struct field fields[] = {
    FORM_VERSION(struct input),
    { .name = "name",
      .label = N_("Name"),
      .kind = FIELD_TEXT,
      .required = true,
      .needed = N_("Enter the person’s name."),
      .min = 1,
      .max = 120,
      AT(name) },
    { .name = "title", .label = N_("Job title"), .kind = FIELD_TEXT, .max = 120, AT(title) },
    { .name = "email", .label = N_("E-mail"), .kind = FIELD_EMAIL, AT(email) },
    { .name = "phone", .label = N_("Phone"), .kind = FIELD_PHONE, AT(phone) },
    { .name = "language",
      .label = N_("Language"),
      .kind = FIELD_CHOICE,
      .required = true,
      .needed = N_("Choose a language."),
      .choices = langs,
      AT(lang) },
    { .name = "remark", .label = N_("Note"), .kind = FIELD_LINES, .max = 2000, AT(note) },
    { 0 },
};
const struct form accounts_contact_form = { .name = "accounts_contact",
                                            .fields = fields,
                                            .size_bytes = sizeof(struct input),
                                            .more = custom_more_contact,
                                            .more_offset = offsetof(struct input, custom) };

struct drop_input {
    int64_t row_version;
};
static const struct field drop_fields[] = {
    FORM_VERSION_NEEDED(struct drop_input),
    { 0 },
};
const struct form accounts_contact_drop_form = { .name = "accounts_contact_drop",
                                                 .fields = drop_fields,
                                                 .size_bytes = sizeof(struct drop_input) };

/* CONTACT 0: a new one. */
const char *accounts_contact_href(struct request *req, int64_t account, int64_t contact)
{
    const char *base =
        arena_printf(req->arena, "/staff/accounts/%lld/contacts/", (long long)account);

    return contact == 0 ? arena_join(req->arena, base, "new", NULL)
                        : arena_printf(req->arena, "%s%lld", base, (long long)contact);
}

struct err *accounts_find_contact(struct request *req, struct contact **contact_out)
{
    int64_t id;

    *contact_out = NULL;
    if (str_to_i64(request_param(req, "contact"), &id) && id > 0)
        TRY(contact_any_of_account(req->db, req->arena, req->object_id, id, contact_out));
    return *contact_out != NULL ? NULL : err_raise(ERR_NOT_FOUND, "no such contact");
}

/* The one of the address, which is not deleted. */
static struct err *find(struct request *req, struct contact **contact_out)
{
    TRY(accounts_find_contact(req, contact_out));
    return (*contact_out)->deleted_at == 0 ? NULL
                                           : err_raise(ERR_NOT_FOUND, "the contact is deleted");
}

/* -- pages ---------------------------------------------------------------------------------------
 */

static struct err *show(struct request *req, const char *title, int64_t id, struct input *stored)
{
    const struct account *a = req->object;
    struct view *v = view_at(req->page, "Contact");

    TRY(custom_stored(req, CUSTOM_CONTACT, id, &stored->custom));
    page_title(req, title);
    page_crumb(req, tr(req, N_("Accounts")), "/staff/accounts");
    page_crumb(req, a->name, accounts_href(req, a->id));
    page_crumb(req, tr(req, N_("Contacts")),
               arena_join(req->arena, accounts_href(req, a->id), "/contacts", NULL));
    view_text(v, "Action", accounts_contact_href(req, a->id, id));
    view_flag(v, "IsNew", id == 0);
    view_int(v, "Version", stored->row_version);
    view_flag(v, "MayEdit", actor_may(req->actor, PERM_ACCOUNT_EDIT));
    form_show(req, &accounts_contact_form, stored);
    return NULL;
}

struct err *accounts_contact_new_show(struct request *req)
{
    const struct account *a = req->object;
    struct input empty = { .name = "",
                           .title = "",
                           .email = "",
                           .phone = "",
                           .lang = str_eq(a->country, "CN") ? "zh-CN" : "en",
                           .note = "" };

    return err_pass(show(req, tr(req, N_("New contact")), 0, &empty));
}

static void show_facts(struct request *req, const struct contact *c)
{
    const struct {
        const char *label, *value;
    } facts[] = {
        { N_("Job title"), c->title }, { N_("E-mail"), c->email },
        { N_("Phone"), c->phone },     { N_("Language"), deal_choice(req, langs, c->lang) },
        { N_("Note"), c->note },
    };
    struct view *v = view_at(req->page, "Contact");

    for (size_t i = 0; i < ARRAY_LEN(facts); i++)
        accounts_fact(req, v, facts[i].label, facts[i].value);
    page_at(req, v, "Updated", c->updated_at);
}

static struct err *show_one(struct request *req, const struct contact *c)
{
    TRY(show(req, c->name, c->id,
             &(struct input){ .row_version = c->row_version,
                              .name = c->name,
                              .title = c->title,
                              .email = c->email,
                              .phone = c->phone,
                              .lang = c->lang,
                              .note = c->note }));
    show_facts(req, c);
    return err_pass(
        custom_show(req, view_at(req->page, "Contact"), "Facts", CUSTOM_CONTACT, c->id));
}

/* The address of one that was deleted says so. */
struct err *accounts_contact_show(struct request *req)
{
    struct contact *c;

    TRY(accounts_find_contact(req, &c));
    if (c->deleted_at == 0)
        return err_pass(show_one(req, c));
    TRY(accounts_contact_binned_show(req));
    return err_pass(reply_page(req, "account/binned_contact.cs"));
}

/* -- writing -------------------------------------------------------------------------------------
 */

static struct audit_who who_of(const struct request *req)
{
    return (struct audit_who){ .actor = req->actor, .address = req->remote_addr };
}

static struct err *put(struct request *req, int64_t id)
{
    const struct input *in = req->input;
    const struct deal_rooms *rooms = req->rooms;
    const struct audit_who who = who_of(req);
    struct contact c = { .id = id,
                         .account_id = req->object_id,
                         .row_version = in->row_version,
                         .name = in->name,
                         .title = in->title,
                         .email = in->email,
                         .phone = in->phone,
                         .lang = in->lang,
                         .note = in->note };

    TRY(contact_put(req->db, req->arena, rooms->text, &who, &c));
    return err_pass(custom_save(req, CUSTOM_CONTACT, c.id, c.account_id, &in->custom));
}

static struct err *done(struct request *req, const char *note)
{
    return err_pass(
        reply_redirect(req, note, "/staff/accounts/%lld/contacts", (long long)req->object_id));
}

struct err *accounts_contact_new_post(struct request *req)
{
    TRY(put(req, 0));
    return err_pass(done(req, "saved"));
}

/* What is stored stands beside the form, what was typed in it. */
static struct err *refuse_changed(struct request *req, struct err *e)
{
    if (!err_is(e, ERR_CONFLICT))
        return err_pass(e);
    err_free(e);
    return err_pass(form_refuse_at(
        req, "name",
        tr(req, N_("Somebody changed this person since you opened the page. The form shows "
                   "what you typed; save again to keep it."))));
}

struct err *accounts_contact_post(struct request *req)
{
    struct contact *c;
    struct err *e;

    TRY(find(req, &c));
    e = put(req, c->id);
    return e != NULL ? err_pass(refuse_changed(req, e)) : err_pass(done(req, "saved"));
}

struct err *accounts_contact_drop_post(struct request *req)
{
    const struct drop_input *in = req->input;
    const struct audit_who who = who_of(req);
    struct contact *c;
    struct err *e;

    TRY(find(req, &c));
    c->row_version = in->row_version;
    e = contact_delete(req->db, req->arena, &who, c, "");
    return e != NULL ? err_pass(refuse_changed(req, e)) : err_pass(done(req, "deleted"));
}
