/* transfer/transfer_users.c - people as a data set: those of companies, and from the shell those of
 * the vendor, whom the worker's database account cannot make.  They are mailed an invitation when
 * who imports them says so; else they wait for one. */
#include "admin/users_manager.h"
#include "admin/users_many.h"
#include "base/buf.h"
#include "base/str.h"
#include "identity/identity.h"
#include "identity/identity_forms.h"
#include "transfer/transfer_inside.h"

#include <string.h>

struct user_input {
    const char *email, *name, *title, *company, *roles, *department, *language, *zone, *manager;
};

#define AT(member) .offset = offsetof(struct user_input, member)
static const struct field fields[] = {
    { .name = "email",
      .label = N_("E-mail"),
      .kind = FIELD_EMAIL,
      .required = true,
      .needed = N_("Enter an e-mail address."),
      AT(email) },
    { .name = "name",
      .label = N_("Name"),
      .kind = FIELD_TEXT,
      .required = true,
      .needed = N_("Enter the person’s name."),
      .min = 1,
      .max = 120,
      AT(name) },
    TRANSFER_TEXT(title, N_("Job title"), 120),
    TRANSFER_TEXT(company, N_("Company"), 200),
    { .name = "roles",
      .label = N_("Roles"),
      .kind = FIELD_TEXT,
      .required = true,
      .needed = N_("Enter at least one role."),
      .min = 1,
      .max = 400,
      AT(roles) },
    TRANSFER_TEXT(department, N_("Department"), 120),
    { .name = "language",
      .label = N_("Language"),
      .kind = FIELD_CHOICE,
      .choices = identity_langs,
      AT(language) },
    { .name = "zone",
      .label = N_("Time zone"),
      .kind = FIELD_CHOICE,
      .choices_of = form_zones,
      AT(zone) },
    { .name = "manager", .label = N_("Manager"), .kind = FIELD_EMAIL, AT(manager) },
    { 0 },
};
static const struct form form = { .name = "transfer_users",
                                  .fields = fields,
                                  .size_bytes = sizeof(struct user_input) };

static const struct transfer_column columns[] = {
    { "email", "mail|e-mail address|email address|login|邮箱|电子邮箱|", NULL },
    { "name", "full name|person|user|姓名|", NULL },
    { "title", "position|职位|职务|", NULL },
    { "company", "account|company name|partner|公司|公司名称|",
      N_("The name or number of a partner or customer. Without one it is somebody of the vendor, whom "
         "the operator alone imports") },
    { "roles", "role|角色|", N_("Names or codes of roles that you may give, with commas between") },
    { "department", "team|部门|", N_("The name or number of a department, for staff") },
    { "language", "lang|语言|", NULL },
    { "zone", "timezone|", N_("A name such as Asia/Shanghai") },
    { "manager", "reports to|line manager|经理|上级|直属上级|",
      N_("The e-mail address of somebody of the vendor who is a user already, for staff") },
    { 0 },
};

static const struct db_field sheet_fields[] = {
    TRANSFER_SHEET(0, "email", 1016),   TRANSFER_SHEET(1, "name", 480),
    TRANSFER_SHEET(2, "title", 480),    TRANSFER_SHEET(3, "company", 800),
    TRANSFER_SHEET(4, "roles", 800),    TRANSFER_SHEET(5, "department", 480),
    TRANSFER_SHEET(6, "language", 8),   TRANSFER_SHEET(7, "zone", 60),
    TRANSFER_SHEET(8, "manager", 1016), { 0 },
};
static const struct db_stmt user_sheet = {
    .name = "transfer.user_sheet",
    .sql =
        "SELECT u.email, u.name, u.title, a.name AS company, (SELECT GROUP_CONCAT(r.code ORDER "
        "BY r.id SEPARATOR ', ') FROM user_role ur JOIN role r ON r.id = ur.role_id WHERE "
        "ur.user_id = u.id) AS roles, d.name_en AS department, u.lang AS language, u.zone, m.email AS manager "
        "FROM user u LEFT JOIN user m ON m.id = u.manager_id LEFT JOIN account a ON a.id = u.account_id "
        "LEFT JOIN department d ON d.id = u.department_id "
        "WHERE u.audience IN ('staff', 'partner', 'customer') ORDER BY u.id",
    .binds = "",
    .fields = sheet_fields,
    .row_bytes = sizeof(struct transfer_sheet_row),
    .flags = DB_LISTS | DB_WHOLE_TABLE,
};
const struct db_stmt transfer_user_names = {
    .name = "transfer.user_names",
    .sql = "SELECT u.id, u.name, CAST(u.id AS CHAR) AS path FROM user u "
           "WHERE (u.department_id BETWEEN ? AND ? OR u.department_id IS NULL) AND u.id IN "
           "(SELECT j.id FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT PATH '$')) j)",
    .binds = "iis",
    .fields = transfer_name_fields,
    .row_bytes = sizeof(struct transfer_name),
    .flags = DB_STAFF_SCOPE,
};

/* -- what rows name ------------------------------------------------------------------------------
 */

/* A row in the making; in NULL: it has faults. */
struct making {
    struct transfer_item *item;
    const struct user_input *in;
    struct users_new user;
};

static bool names_company(const struct making *m)
{
    return m->in != NULL && !str_is_empty(m->in->company);
}

static void take_typed(struct transfer_work *w, struct making *m)
{
    const struct user_input *in = m->in;

    m->user = (struct users_new){
        .audience = "staff",
        .email = in->email,
        .name = in->name,
        .title = in->title,
        .language = transfer_or(in->language, lang_code(w->actor.lang)),
        .zone = transfer_or(in->zone, transfer_or(w->actor.zone, "UTC")),
        .roles = in->roles,
        .account_name = w->vendor,
    };
}

static void take_company(struct transfer_work *w, struct making *m,
                         const struct transfer_company *row)
{
    m->user.account_id = row->id;
    m->user.audience = row->kind;
    m->user.account_name = row->name;
    m->user.zone = transfer_or(m->in->zone, row->zone);
    if (!str_eq(row->kind, "partner") && !str_eq(row->kind, "customer"))
        transfer_fault_add(w, m->item, "company",
                           N_("Only people of partners and of customers can log in."));
    if (!str_is_empty(m->in->department))
        transfer_fault_add(w, m->item, "department",
                           N_("Only people of the vendor belong to a department."));
}

static struct err *look_up_companies(struct transfer_work *w, struct making *list, size_t count)
{
    const char **typed = arena_array(w->a, count + 1, sizeof(*typed));
    int64_t *ids = arena_array(w->a, count + 1, sizeof(*ids));
    struct transfer_company *rows;
    size_t row_count;

    for (size_t i = 0; i < count; i++)
        typed[i] = names_company(&list[i]) ? list[i].in->company : NULL;
    TRY(transfer_accounts_of(w, typed, count, ids));
    TRY(transfer_companies_read(w, ids, count, &rows, &row_count));
    for (size_t i = 0; i < count; i++) {
        if (typed[i] != NULL && ids[i] <= 0)
            transfer_fault_add(w, list[i].item, "company", transfer_account_fault(ids[i]));
        for (size_t r = 0; r < row_count; r++)
            if (names_company(&list[i]) && rows[r].id == ids[i])
                take_company(w, &list[i], &rows[r]);
    }
    return NULL;
}

static struct err *look_up_department(struct transfer_work *w, struct making *m)
{
    if (names_company(m) || str_is_empty(m->in->department))
        return NULL;
    TRY(transfer_department_of(w, m->in->department, &m->user.department_id));
    if (m->user.department_id == 0)
        transfer_fault_add(w, m->item, "department", N_("Choose one of your departments."));
    return NULL;
}

static struct err *look_up_managers(struct transfer_work *w, struct making *list, size_t count)
{
    const char **typed = arena_array(w->a, count + 1, sizeof(*typed));
    int64_t *ids = arena_array(w->a, count + 1, sizeof(*ids));

    for (size_t i = 0; i < count; i++)
        typed[i] = list[i].in != NULL ? list[i].in->manager : NULL;
    TRY(users_managers_of_addresses(w->db, w->a, typed, count, ids));
    for (size_t i = 0; i < count; i++) {
        if (str_is_empty(typed[i]))
            continue;
        list[i].user.manager_id = ids[i];
        if (names_company(&list[i]))
            transfer_fault_add(w, list[i].item, "manager",
                               N_("Only people of the vendor have a manager."));
        else if (ids[i] == 0)
            transfer_fault_add(w, list[i].item, "manager",
                               N_("Nobody of the vendor has this address, or not any more."));
    }
    return NULL;
}

/* A page's import is written by the worker. */
static bool is_for_operator(const struct transfer_work *w, const struct making *m)
{
    return w->who.actor != NULL && !names_company(m);
}

static void judge_roles(struct transfer_work *w, const struct users_giver *giver, struct making *m)
{
    const char *field = "roles", *fault = N_("You are no administrator any more.");

    if (giver != NULL)
        fault = users_new_fault(w->a, giver, &m->user, &field);
    if (fault != NULL)
        transfer_fault_add(w, m->item, field, fault);
}

static struct err *make_all(struct transfer_work *w, struct transfer_item *items, size_t count,
                            const struct users_giver *giver, struct making **list_out)
{
    struct making *list = arena_array(w->a, count + 1, sizeof(*list));

    for (size_t i = 0; i < count; i++) {
        list[i] = (struct making){ .item = &items[i],
                                   .in = items[i].fault_count == 0 ? items[i].input : NULL };
        if (list[i].in != NULL)
            take_typed(w, &list[i]);
    }
    TRY(look_up_companies(w, list, count));
    TRY(look_up_managers(w, list, count));
    for (size_t i = 0; i < count; i++) {
        if (list[i].in == NULL || items[i].fault_count > 0)
            continue;
        TRY(look_up_department(w, &list[i]));
        judge_roles(w, giver, &list[i]);
        if (is_for_operator(w, &list[i]))
            transfer_fault_add(w, &items[i], "company",
                               N_("People of the vendor are invited on the page of users, or "
                                  "imported by the operator: fairwayctl import users."));
    }
    *list_out = list;
    return NULL;
}

/* -- the three functions -------------------------------------------------------------------------
 */

/* An address has one log-in: what is taken when it is written is a fault. */
static struct err *check(struct transfer_work *w, struct transfer_item *items, size_t count,
                         bool compares)
{
    const char **emails = arena_array(w->a, count + 1, sizeof(*emails));
    int64_t *ids = arena_array(w->a, count + 1, sizeof(*ids));
    struct users_giver *giver;
    struct making *list;

    TRY(users_giver_open(w->db, w->a, &w->who, &giver));
    TRY(make_all(w, items, count, giver, &list));
    for (size_t i = 0; i < count; i++)
        emails[i] = items[i].fault_count == 0 ? list[i].user.email : NULL;
    TRY(users_of_addresses(w->db, w->a, emails, count, ids));
    for (size_t i = 0; i < count; i++) {
        if (emails[i] == NULL)
            continue;
        items[i].keys[0] = transfer_hash(identity_email_key(w->a, emails[i]), "");
        if (compares)
            items[i].twin_id = ids[i];
        else if (ids[i] != 0)
            transfer_fault_add(w, &items[i], "email", N_("This address has a log-in already."));
    }
    return NULL;
}

static struct err *write(struct transfer_work *w, struct transfer_item *items, size_t count)
{
    struct users_giver *giver;
    struct making *list;

    if (count == 0)
        return NULL;
    TRY(users_giver_open(w->db, w->a, &w->who, &giver));
    TRY(make_all(w, items, count, giver, &list));
    for (size_t i = 0; i < count; i++) {
        if (giver == NULL || items[i].fault_count > 0)
            return err_raise(ERR_CONFLICT, "what may be given changed just now");
        TRY(users_new_add(w->db, w->a, giver, &list[i].user, w->t.mails, &items[i].object_id));
        items[i].object_version = 1;
    }
    return NULL;
}

static struct err *undo(struct transfer_work *w, struct transfer_item *items, size_t count)
{
    static const char *const words[] = {
        [USERS_OFF] = "", [USERS_LOST] = "gone", [USERS_CHANGED] = "changed", [USERS_SEEN] = "seen"
    };
    const char *import = arena_number(w->a, "IM-", w->t.id);

    for (size_t i = 0; i < count; i++) {
        enum users_kept kept;

        TRY(users_new_undo(w->db, w->a, &w->who, items[i].object_id, items[i].object_version,
                           import, &kept));
        items[i].kept = words[kept];
    }
    return NULL;
}

const struct transfer_set transfer_users = {
    .code = "users",
    .title = N_("Users"),
    .kind = "user",
    .address = "/staff/users/",
    .permission = PERM_USERS_IMPORT,
    .once = true,
    .mails = true,
    .form = &form,
    .columns = columns,
    .names = &transfer_user_names,
    .sheet = &user_sheet,
    .check = check,
    .write = write,
    .undo = undo,
};
