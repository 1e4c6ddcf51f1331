/* admin/users_invite.c - inviting somebody. */
#include "admin/users_inside.h"

#include "base/str.h"
#include "job/values.h"

/* -- what both kinds of form show ---------------------------------------------------- */

void users_show_options(struct request *req, const struct role_list *roles)
{
    struct view *field = view_at(view_at(view_at(req->page, "Form"), "F"), "roles");
    bool chinese = text_locale_lang(req->locale) == LANG_ZH;

    for (size_t i = 0; i < roles->count; i++) {
        const struct role_row *role = &roles->rows[i];
        struct view *option = view_row(field, "Options");

        view_text(option, "Value", arena_number(req->arena, "", role->id));
        view_text(option, "Label", chinese ? role->name_zh : role->name_en);
    }
}

struct err *users_show_departments(struct request *req)
{
    struct view *field = view_at(view_at(view_at(req->page, "Form"), "F"), "department");
    bool chinese = text_locale_lang(req->locale) == LANG_ZH;
    struct department_row *rows;
    size_t count;

    TRY(db_list(req->db, req->arena, &users_departments, DB_NO_ARGS, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        struct view *option = view_row(field, "Options");

        view_text(option, "Value", arena_number(req->arena, "", rows[i].id));
        view_text(option, "Label", chinese ? rows[i].name_zh : rows[i].name_en);
    }
    return NULL;
}

static void show_manager(struct request *req, struct view *field, const struct users_manager *row)
{
    struct view *option = view_row(field, "Options");

    view_text(option, "Value", arena_number(req->arena, "", row->id));
    view_text(option, "Label", row->name);
}

struct err *users_show_managers(struct request *req, int64_t user_id,
                                const struct users_manager *has)
{
    struct view *field = view_at(view_at(view_at(req->page, "Form"), "F"), "manager");
    struct users_manager *rows;
    bool offered = has->id == 0;
    size_t count;

    TRY(users_managers(req->db, req->arena, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        offered = offered || rows[i].id == has->id;
        if (rows[i].id != user_id)
            show_manager(req, field, &rows[i]);
    }
    if (!offered)
        show_manager(req, field, has);
    return NULL;
}

struct err *users_department_check(struct request *req, int64_t department_id,
                                   enum users_verdict *verdict_out)
{
    struct department_row *rows;
    size_t count;

    *verdict_out = department_id == 0 ? USERS_OK : USERS_NO_DEPARTMENT;
    TRY(db_list(req->db, req->arena, &users_departments, DB_NO_ARGS, &rows, &count));
    for (size_t i = 0; i < count; i++)
        if (rows[i].id == department_id)
            *verdict_out = USERS_OK;
    return NULL;
}

struct err *users_fault(struct request *req, enum users_verdict verdict)
{
    return err_pass(form_refuse_at(req, users_verdicts[verdict].field,
                                   tr(req, users_verdicts[verdict].message)));
}

static bool is_staff(const struct request *req)
{
    return req->actor->audience == AUD_STAFF;
}

/* -- for whom ------------------------------------------------------------------------ */

struct target {
    const char *audience, *account_name, *zone;
    int64_t account_id;
};

/* A company administrator invites to his own account; staff to the one they came from, or as staff.
 */
static struct err *find_target(struct request *req, int64_t account, struct target *out)
{
    struct user_account row;

    *out = (struct target){ .audience = audience_name(req->actor->audience),
                            .account_id = req->actor->account_id,
                            .account_name =
                                is_staff(req) ? req->conf->vendor_name : req->actor->account_name,
                            .zone = req->actor->zone };
    if (!is_staff(req) || account == 0)
        return NULL;
    TRY(db_get(req->db, req->arena, &users_account_by_id, DB_ARGS(DB_I(account)), &row));
    *out = (struct target){ row.kind, row.name, row.zone, row.id };
    return NULL;
}

/* What stands in the form: the account asked for, or the one that came back with a fault. */
static int64_t shown_account(struct request *req)
{
    struct view *field = view_at(view_at(view_at(req->page, "Form"), "F"), "account");
    int64_t account;

    return str_to_i64(view_get(field, "Value"), &account) ? account : 0;
}

static struct err *invite_page(struct request *req, int64_t account)
{
    const struct form *form = is_staff(req) ? &users_invite_staff_form : &users_invite_form;
    struct users_input stored = { .language = lang_code(text_locale_lang(req->locale)),
                                  .account = account,
                                  .scope = "own" };
    struct role_list roles;
    struct target target;

    form_show(req, form, &stored);
    TRY(find_target(req, shown_account(req), &target));
    TRY(role_list_read(req->db, req->arena, target.audience, &roles));
    TRY(users_limit_filter(req, &roles, (struct users_roles){ 0 }));
    users_show_options(req, &roles);
    if (is_staff(req)) {
        TRY(users_show_departments(req));
        TRY(users_show_managers(req, 0, &(struct users_manager){ 0 }));
    }
    page_title(req, tr(req, N_("Invite a person")));
    page_crumb(req, tr(req, N_("Users")),
               arena_printf(req->arena, "/%s/users", audience_name(req->actor->audience)));
    view_text(view_at(req->page, "Invite"), "Account", target.account_name);
    view_flag(view_at(req->page, "Invite"), "Staff", str_eq(target.audience, "staff"));
    return NULL;
}

struct err *users_new_show(struct request *req)
{
    const struct users_new_query *query = req->input;

    return err_pass(invite_page(req, is_staff(req) && query != NULL ? query->account : 0));
}

/* -- doing it ------------------------------------------------------------------------ */

static struct err *ask_worker(struct request *req, const struct users_input *in,
                              struct users_roles roles)
{
    struct arena *a = req->arena;
    const struct mail_value values[] = {
        { .name = "By", .value = arena_number(a, "", req->actor->user_id) },
        { .name = "Account", .value = arena_number(a, "", req->actor->account_id) },
        { .name = "Address", .value = req->remote_addr },
        { .name = "Email", .value = in->email },
        { .name = "Name", .value = in->name },
        { .name = "Title", .value = in->title },
        { .name = "Language", .value = in->language },
        { .name = "Roles", .value = users_roles_text(a, roles) },
        { 0 },
    };

    TRY(job_add(req->db, "users.invite", req->actor->account_id, 0, values_write(a, values), NULL));
    return reply_redirect(req, "invited", "/%s/users", audience_name(req->actor->audience));
}

static struct err *invite_now(struct request *req, const struct users_input *in,
                              const struct target *target, struct users_roles roles)
{
    const struct audit_who who = { .actor = req->actor, .address = req->remote_addr };
    bool staff = target->account_id == 0;
    const struct users_invite invite = {
        .audience = target->audience,
        .email = in->email,
        .name = in->name,
        .title = in->title,
        .language = in->language,
        .zone = target->zone,
        .scope = staff && !str_is_empty(in->scope) ? in->scope : "own",
        .account_id = target->account_id,
        .department_id = staff ? in->department : 0,
        .manager_id = staff ? in->manager : 0,
        .roles = roles,
        .by_name = req->actor->name,
        .account_name = target->account_name,
    };
    enum users_verdict verdict;
    int64_t user_id;

    TRY(users_invite_add(req->db, req->arena, &who, &invite, &verdict, &user_id));
    if (verdict != USERS_OK)
        return users_fault(req, verdict);
    return reply_redirect(req, "invited", "/staff/users/%lld", (long long)user_id);
}

/* Nobody new leads anybody yet. */
static struct err *manager_check(struct request *req, int64_t manager_id,
                                 enum users_verdict *verdict)
{
    struct users_manager *rows;
    size_t count;

    TRY(users_managers(req->db, req->arena, &rows, &count));
    *verdict = manager_id == 0 ? USERS_OK : USERS_NO_MANAGER;
    for (size_t i = 0; i < count; i++)
        if (rows[i].id == manager_id)
            *verdict = USERS_OK;
    return NULL;
}

struct err *users_new(struct request *req)
{
    const struct users_input *in = req->input;
    struct users_roles roles = { in->roles.count, in->roles.numbers };
    enum users_verdict verdict;
    struct role_list list;
    struct target target;

    TRY(find_target(req, in->account, &target));
    TRY(role_list_read(req->db, req->arena, target.audience, &list));
    verdict = users_roles_check(&list, audience_find(target.audience), &req->actor->permissions,
                                req->actor->user_id, 0, roles);
    if (verdict == USERS_OK && is_staff(req))
        TRY(users_department_check(req, in->department, &verdict));
    if (verdict == USERS_OK && is_staff(req))
        TRY(manager_check(req, in->manager, &verdict));
    if (verdict == USERS_OK)
        TRY(users_limit_check(req->db, req->arena,
                              &(struct users_limit){ .audience = req->actor->audience,
                                                     .account_id = req->actor->account_id,
                                                     .one_more = true },
                              roles, &verdict));
    if (verdict == USERS_OK)
        TRY(users_still_admin(req->db, req->actor->user_id, &verdict));
    if (verdict != USERS_OK)
        return users_fault(req, verdict);
    return is_staff(req) ? err_pass(invite_now(req, in, &target, roles))
                         : err_pass(ask_worker(req, in, roles));
}
