/* admin/users_edit.c - one person: his page, his roles, and what an administrator may do about him.
 */
#include "admin/users_inside.h"

#include "access/session.h"
#include "admin/see_as.h"
#include "base/str.h"
#include "crypt/canon.h"
#include "identity/identity.h"
#include "job/values.h"

static bool is_staff(const struct request *req)
{
    return req->actor->audience == AUD_STAFF;
}

const char *users_address(struct request *req, const struct user_row *user)
{
    return arena_printf(req->arena, "/%s/users/%lld", audience_name(req->actor->audience),
                        (long long)user->id);
}

struct err *users_load(struct request *req, int64_t id, const void **object_out)
{
    struct user_row *row = arena_alloc(req->arena, sizeof(*row));
    bool found;

    if (is_staff(req))
        TRY(db_one(req->db, req->arena, &users_staff_by_id, DB_ARGS(DB_I(id)), row, &found));
    else
        TRY(db_one(req->db, req->arena, &users_company_by_id,
                   DB_ARGS(DB_I(req->actor->account_id), DB_I(id)), row, &found));
    *object_out = found ? row : NULL;
    return NULL;
}

const struct object_kind users_kind = { .name = "user", .prefix = "", .load = users_load };

/* -- the page ------------------------------------------------------------------------ */

static struct value_list typed_roles(struct arena *a, struct users_roles roles)
{
    struct value_list list = { .count = roles.count,
                               .texts = arena_array(a, roles.count + 1, sizeof(*list.texts)),
                               .numbers = arena_array(a, roles.count + 1, sizeof(*list.numbers)) };

    for (size_t i = 0; i < roles.count; i++) {
        list.texts[i] = arena_number(a, "", roles.ids[i]);
        list.numbers[i] = roles.ids[i];
    }
    return list;
}

static void show_facts(struct request *req, const struct user_row *user)
{
    struct view *v = view_at(req->page, "User");

    view_text(v, "Name", user->name);
    view_text(v, "Email", user->email);
    view_text(v, "Account", user->account_name);
    view_text(v, "Href", users_address(req, user));
    view_text(v, "EmailHref", arena_printf(req->arena, "%s/email", users_address(req, user)));
    view_int(v, "Version", user->row_version);
    view_flag(v, "Self", user->id == req->actor->user_id);
    view_flag(v, "Staff", str_eq(user->audience, "staff"));
    view_flag(v, "MayManage", actor_may(req->actor, PERM_USERS_MANAGE));
    view_flag(v,
              user->status[0] == 'i'   ? "Invited"
              : user->status[0] == 'a' ? "Active"
                                       : "Disabled",
              true);
    page_at(req, v, "Seen", user->last_login_at);
    page_status(req, view_at(req->page, "Page"), "Status", identity_user_status, user->status);
}

static void show_manager(struct request *req, const struct users_manager *manager)
{
    struct view *v = view_at(view_at(req->page, "User"), "Manager");

    view_text(v, "Name", manager->name);
    view_text(v, "Href", arena_number(req->arena, "/staff/users/", manager->id));
}

static struct err *show_staff_parts(struct request *req, const struct user_row *user,
                                    const struct users_manager *manager)
{
    struct users_factor factor;
    bool may;

    TRY(users_show_departments(req));
    TRY(users_show_managers(req, user->id, manager));
    if (manager->id != 0)
        show_manager(req, manager);
    TRY(db_get(req->db, req->arena, &users_factor_find, DB_ARGS(DB_I(user->id)), &factor));
    view_flag(view_at(req->page, "User"), "HasFactor", factor.confirmed);
    view_flag(view_at(req->page, "User"), "ByStaff", true);
    TRY(see_as_may(req, user, &may));
    view_flag(view_at(req->page, "User"), "MaySeeAs", may);
    return NULL;
}

/* Staff alone have one, and read of it. */
static struct err *manager_of(struct request *req, const struct user_row *user,
                              struct users_manager *out)
{
    *out = (struct users_manager){ .name = "", .email = "" };
    if (!is_staff(req) || !str_eq(user->audience, "staff"))
        return NULL;
    return err_pass(users_manager_of(req->db, req->arena, user->id, out));
}

struct err *users_show(struct request *req)
{
    const struct user_row *user = req->object;
    struct users_roles roles = users_roles_read(req->arena, user->role_ids);
    struct users_input stored = { .name = user->name,
                                  .title = user->title,
                                  .phone = user->phone,
                                  .roles = typed_roles(req->arena, roles),
                                  .row_version = user->row_version,
                                  .department = user->department_id,
                                  .scope = user->scope,
                                  .factor_needed = user->factor_needed };
    struct users_manager manager;
    struct role_list list;

    TRY(manager_of(req, user, &manager));
    stored.manager = manager.id;
    TRY(role_list_read(req->db, req->arena, user->audience, &list));
    TRY(users_limit_filter(req, &list, roles));
    form_show(req, is_staff(req) ? &users_edit_staff_form : &users_edit_form, &stored);
    users_show_options(req, &list);
    show_facts(req, user);
    if (is_staff(req))
        TRY(show_staff_parts(req, user, &manager));
    page_title(req, user->name);
    page_crumb(req, tr(req, N_("Users")),
               arena_printf(req->arena, "/%s/users", audience_name(req->actor->audience)));
    return NULL;
}

/* -- what every change asks first ---------------------------------------------------- */

/* Refused as a conflict: the page offers none of these to whom the rules forbid it. */
struct err *users_need(enum users_verdict verdict)
{
    if (verdict == USERS_OK)
        return NULL;
    return err_raise(ERR_CONFLICT, "%s", users_verdicts[verdict].message);
}

struct err *users_may_touch(struct request *req, const struct user_row *user,
                            struct role_list *list, enum users_verdict *verdict)
{
    TRY(role_list_read(req->db, req->arena, user->audience, list));
    *verdict = users_touch_check(req->arena, list, audience_find(user->audience),
                                 &req->actor->permissions, user);
    if (*verdict == USERS_OK)
        TRY(users_still_admin(req->db, req->actor->user_id, verdict));
    return NULL;
}

static struct err *ask_worker(struct request *req, const char *kind, const struct user_row *user,
                              struct users_roles roles)
{
    struct arena *a = req->arena;
    const struct mail_value values[] = {
        { .name = "By", .value = arena_number(a, "", req->actor->user_id) },
        { .name = "Account", .value = arena_number(a, "", req->actor->account_id) },
        { .name = "Address", .value = req->remote_addr },
        { .name = "Roles", .value = users_roles_text(a, roles) },
        { 0 },
    };

    return err_pass(job_add(req->db, kind, user->id, 0, values_write(a, values), NULL));
}

/* -- profile and roles --------------------------------------------------------------- */

static bool same_roles(struct users_roles a, struct users_roles b)
{
    bool same = a.count == b.count;

    for (size_t i = 0; same && i < a.count; i++) {
        bool found = false;

        for (size_t k = 0; k < b.count; k++)
            found = found || a.ids[i] == b.ids[k];
        same = found;
    }
    return same;
}

static struct err *store(struct request *req, const struct user_row *user,
                         const struct users_input *in, int64_t *affected)
{
    if (!is_staff(req))
        return err_pass(
            db_exec(req->db, &users_company_update,
                    DB_ARGS(DB_S(in->name), DB_S(in->title), DB_S(in->phone),
                            DB_I(req->actor->account_id), DB_I(user->id), DB_I(in->row_version)),
                    affected));
    return err_pass(
        db_exec(req->db, &users_staff_update,
                DB_ARGS(DB_S(in->name), DB_S(in->title), DB_S(in->phone), DB_ID(in->department),
                        DB_S(str_is_empty(in->scope) ? "own" : in->scope), DB_I(in->factor_needed),
                        DB_I(user->id), DB_I(in->row_version)),
                affected));
}

/* What of a person is changed here, for the trail; companies change the first three. */
static struct err *facts_of(struct request *req, const struct users_input *in, const char *manager,
                            const char **text_out)
{
    const struct canon facts[] = {
        CANON_T("name", in->name),
        CANON_T("title", in->title),
        CANON_T("phone", in->phone),
        CANON_N("department", in->department),
        CANON_T("scope", str_is_empty(in->scope) ? "own" : in->scope),
        CANON_N("second_factor_needed", in->factor_needed),
        CANON_T("manager", manager),
    };

    return err_pass(canon_text(req->arena, facts, is_staff(req) ? ARRAY_LEN(facts) : 3, text_out));
}

static struct err *audit_facts(struct request *req, const struct user_row *user,
                               const struct users_input *in, const struct users_manager *led_by)
{
    const struct users_input had = { .name = user->name,
                                     .title = user->title,
                                     .phone = user->phone,
                                     .department = user->department_id,
                                     .scope = user->scope,
                                     .factor_needed = user->factor_needed };
    const char *before, *after;
    struct users_manager now;

    TRY(manager_of(req, user, &now));
    TRY(facts_of(req, &had, led_by->name, &before));
    TRY(facts_of(req, in, now.name, &after));
    return err_pass(request_audit(req, "user", user->id, before, after));
}

static struct err *change_roles(struct request *req, const struct user_row *user,
                                const struct role_list *list, struct users_roles before,
                                struct users_roles after)
{
    const struct audit_who who = { .actor = req->actor, .address = req->remote_addr };

    if (same_roles(before, after))
        return is_staff(req) ? err_pass(session_refresh(req->db, req->arena, user->id)) : NULL;
    if (!is_staff(req))
        return err_pass(ask_worker(req, "users.roles", user, after));
    return err_pass(users_roles_set(req->db, req->arena, &who, list, user->id, before, after));
}

/* Of staff, and when somebody else was chosen. */
static struct err *change_manager(struct request *req, const struct user_row *user,
                                  const struct users_manager *had, enum users_verdict *verdict)
{
    const struct users_input *in = req->input;
    enum users_lead lead;

    if (!is_staff(req) || !str_eq(user->audience, "staff") || in->manager == had->id)
        return NULL;
    TRY(users_manager_set(req->db, req->arena, user->id, in->manager, &lead));
    *verdict = users_lead_verdict(lead);
    return NULL;
}

struct err *users_update(struct request *req)
{
    const struct user_row *user = req->object;
    const struct users_input *in = req->input;
    struct users_roles before = users_roles_read(req->arena, user->role_ids);
    struct users_roles after = { in->roles.count, in->roles.numbers };
    struct users_manager manager;
    enum users_verdict verdict;
    struct role_list list;
    int64_t affected;

    TRY(manager_of(req, user, &manager));
    TRY(users_may_touch(req, user, &list, &verdict));
    if (verdict == USERS_OK)
        verdict = users_roles_check(&list, audience_find(user->audience), &req->actor->permissions,
                                    req->actor->user_id, user->id, after);
    if (verdict == USERS_OK && is_staff(req))
        TRY(users_department_check(req, in->department, &verdict));
    if (verdict == USERS_OK)
        TRY(users_limit_check(req->db, req->arena,
                              &(struct users_limit){ .audience = req->actor->audience,
                                                     .account_id = req->actor->account_id },
                              after, &verdict));
    if (verdict == USERS_OK)
        TRY(change_manager(req, user, &manager, &verdict));
    if (verdict != USERS_OK)
        return users_fault(req, verdict);
    TRY(store(req, user, in, &affected));
    if (affected != 1) {
        return err_pass(form_refuse_at(
            req, "name",
            tr(req, N_("Somebody changed this person meanwhile. What is stored stands beside"
                       " the form; save again to keep what you typed."))));
    }
    TRY(audit_facts(req, user, in, &manager));
    TRY(change_roles(req, user, &list, before, after));
    return reply_redirect(req, same_roles(before, after) || is_staff(req) ? "saved" : "roles_asked",
                          "%s", users_address(req, user));
}

/* -- in and out ---------------------------------------------------------------------- */

static struct err *set_status(struct request *req, const struct user_row *user, const char *status)
{
    int64_t affected;

    if (is_staff(req))
        TRY(db_exec(req->db, &users_staff_status,
                    DB_ARGS(DB_S(status), DB_I(user->id), DB_S(user->status)), &affected));
    else
        TRY(db_exec(
            req->db, &users_company_status,
            DB_ARGS(DB_S(status), DB_I(req->actor->account_id), DB_I(user->id), DB_S(user->status)),
            &affected));
    if (affected != 1)
        return err_raise(ERR_CONFLICT, "the person was changed meanwhile");
    return err_pass(request_audit(req, "user", user->id,
                                  identity_json(req->arena, JSON_PAIRS({ "status", user->status })),
                                  identity_json(req->arena, JSON_PAIRS({ "status", status }))));
}

static struct err *end_sessions(struct request *req, const struct user_row *user)
{
    if (is_staff(req))
        return err_pass(session_end_all(req->db, user->id, req->actor->session_id));
    return err_pass(ask_worker(req, "users.end_sessions", user, (struct users_roles){ 0 }));
}

/* Out from his next request on, since a session finds active people only; his sessions are ended so
 * that none revives when he is allowed in again. */
struct err *users_disable(struct request *req)
{
    const struct user_row *user = req->object;
    enum users_verdict verdict;
    struct role_list list;

    TRY(users_may_touch(req, user, &list, &verdict));
    TRY(users_need(user->id == req->actor->user_id ? USERS_SELF : verdict));
    if (str_eq(user->status, "disabled"))
        return err_raise(ERR_CONFLICT, "the person is disabled already");
    TRY(set_status(req, user, "disabled"));
    if (is_staff(req))
        TRY(users_manager_leaves(
            req->db, req->arena,
            &(struct audit_who){ .actor = req->actor, .address = req->remote_addr }, user->id));
    TRY(end_sessions(req, user));
    return reply_redirect(req, "user_disabled", "%s", users_address(req, user));
}

struct err *users_enable(struct request *req)
{
    const struct user_row *user = req->object;
    enum users_verdict verdict;
    struct role_list list;

    TRY(users_may_touch(req, user, &list, &verdict));
    TRY(users_need(verdict));
    if (!str_eq(user->status, "disabled"))
        return err_raise(ERR_CONFLICT, "the person is not disabled");
    TRY(users_limit_check(req->db, req->arena,
                          &(struct users_limit){ .audience = req->actor->audience,
                                                 .account_id = req->actor->account_id,
                                                 .one_more = true,
                                                 .hold = true },
                          (struct users_roles){ 0 }, &verdict));
    if (verdict == USERS_FULL)
        return reply_redirect(req, "users_full", "%s", users_address(req, user));
    TRY(set_status(req, user, user->last_login_at != 0 ? "active" : "invited"));
    return reply_redirect(req, "user_enabled", "%s", users_address(req, user));
}

/* A mail with a link that opens a log-in is the worker's to write, unless staff ask for it. */
static struct err *invite_again(struct request *req, const struct user_row *user)
{
    if (is_staff(req))
        return err_pass(users_invite_send(req->db, req->arena, user, req->actor->name));
    return err_pass(ask_worker(req, "users.reinvite", user, (struct users_roles){ 0 }));
}

struct err *users_reinvite(struct request *req)
{
    const struct user_row *user = req->object;
    enum users_verdict verdict;
    struct role_list list;

    TRY(users_may_touch(req, user, &list, &verdict));
    TRY(users_need(verdict));
    if (!str_eq(user->status, "invited"))
        return err_raise(ERR_CONFLICT, "the person is not invited");
    TRY(invite_again(req, user));
    TRY(request_audit(req, "user", user->id, NULL, NULL));
    return reply_redirect(req, "invited", "%s", users_address(req, user));
}

struct err *users_end_sessions(struct request *req)
{
    const struct user_row *user = req->object;
    enum users_verdict verdict;
    struct role_list list;

    TRY(users_may_touch(req, user, &list, &verdict));
    TRY(users_need(verdict));
    TRY(end_sessions(req, user));
    TRY(request_audit(req, "user", user->id, NULL, NULL));
    return reply_redirect(req, "sessions_over", "%s", users_address(req, user));
}

/* For somebody who lost both phone and recovery codes.  The password alone then leads to setting up
 * a new one, so that only staff who proved themselves just now may do it. */
struct err *users_factor_reset(struct request *req)
{
    const struct user_row *user = req->object;
    enum users_verdict verdict;
    struct role_list list;
    bool asked;

    TRY(users_ask_proof(req, users_address(req, user), &asked));
    if (asked)
        return NULL;
    TRY(users_may_touch(req, user, &list, &verdict));
    TRY(users_need(verdict));
    TRY(db_exec(req->db, &users_codes_drop, DB_ARGS(DB_I(user->id)), NULL));
    TRY(db_exec(req->db, &users_pending_drop, DB_ARGS(DB_I(user->id)), NULL));
    TRY(db_exec(req->db, &users_factor_drop, DB_ARGS(DB_I(user->id)), NULL));
    TRY(session_end_all(req->db, user->id, 0));
    TRY(request_audit(req, "user", user->id, NULL, NULL));
    TRY(identity_mail_about(req->db, req->arena, user->id, "identity/factor_off",
                            N_("The second factor of your log-in was turned off.")));
    return reply_redirect(req, "factor_reset", "%s", users_address(req, user));
}
