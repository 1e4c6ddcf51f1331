/* programme/programme_limit_pages.c - staff set what a partner's own administrators may do: how
 * many people may have a log-in, and which roles may be given. */
#include "programme/programme_inside.h"
#include "programme/programme_limit.h"

#include "base/str.h"
#include "web/form_fields.h"
#include "web/form_changes.h"

struct limit_input {
    int64_t row_version, users_most;
    bool roles_limited;
    struct value_list roles;
};
#define AT(member) .offset = offsetof(struct limit_input, member)
static const struct field fields[] = {
    FORM_VERSION(struct limit_input),
    { .name = "users_most",
      .label = N_("Users at most"),
      .kind = FIELD_INT,
      .min = 0,
      .max = 100000,
      AT(users_most) },
    { .name = "roles_limited",
      .label = N_("Only these roles may be given"),
      .kind = FIELD_FLAG,
      AT(roles_limited) },
    { .name = "roles", .label = N_("Roles"), .kind = FIELD_ID, .list = true, AT(roles) },
    { 0 },
};
const struct form partner_limit_form = { .name = "partner.limits",
                                         .fields = fields,
                                         .size_bytes = sizeof(struct limit_input) };

/* -- the card ------------------------------------------------------------------------------------
 */

static struct value_list listed(struct arena *a, const struct partner_limit *limit)
{
    struct value_list list = {
        .count = limit->role_count,
        .texts = arena_array(a, limit->role_count + 1, sizeof(*list.texts)),
        .numbers = arena_array(a, limit->role_count + 1, sizeof(*list.numbers)),
    };

    for (size_t i = 0; i < limit->role_count; i++) {
        list.numbers[i] = limit->roles[i];
        list.texts[i] = arena_number(a, "", limit->roles[i]);
    }
    return list;
}

static struct limit_input as_input(struct arena *a, const struct partner_limit *limit)
{
    return (struct limit_input){ .row_version = limit->row_version,
                                 .users_most = limit->users_most,
                                 .roles_limited = limit->roles_limited,
                                 .roles = listed(a, limit) };
}

static struct err *show_roles(struct request *req)
{
    struct view *field = view_at(view_at(view_at(req->page, "Limit"), "F"), "roles");
    struct programme_choice *rows;
    size_t count;

    TRY(db_list(req->db, req->arena, &programme_sql_partner_roles, DB_NO_ARGS, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        struct view *option = view_row(field, "Options");

        view_int(option, "Value", rows[i].id);
        view_text(option, "Label", programme_word(req, rows[i].name_en, rows[i].name_zh));
    }
    return NULL;
}

struct err *partner_limit_show(struct request *req, struct view *v, int64_t account_id)
{
    struct limit_input stored;
    struct partner_limit limit;

    TRY(partner_limit_read(req->db, req->arena, account_id, &limit));
    if (limit.users_most > 0)
        view_text(v, "Users",
                  trf(req, N_("%1$s of %2$s"), text_number(req->locale, req->arena, limit.users),
                      text_number(req->locale, req->arena, limit.users_most)));
    else
        page_int(req, v, "Users", limit.users);
    view_flag(v, "MayLimit", actor_may(req->actor, PERM_PROGRAMME_MANAGE));
    stored = as_input(req->arena, &limit);
    form_show_as(req, "Limit", &partner_limit_form, &stored);
    return err_pass(show_roles(req));
}

/* -- saving --------------------------------------------------------------------------------------
 */

/* *stored_out is false when somebody else has set them meanwhile. */
static struct err *store(struct request *req, int64_t account_id, const struct limit_input *in,
                         bool *stored_out)
{
    int64_t changed = 1;
    struct err *e;

    *stored_out = true;
    if (in->row_version > 0) {
        TRY(db_exec(req->db, &programme_sql_limit_set,
                    DB_ARGS(DB_I(in->users_most), DB_I(in->roles_limited), DB_I(account_id),
                            DB_I(in->row_version)),
                    &changed));
        *stored_out = changed == 1;
        return NULL;
    }
    e = db_exec(req->db, &programme_sql_limit_add,
                DB_ARGS(DB_I(account_id), DB_I(in->users_most), DB_I(in->roles_limited)), NULL);
    if (!err_is(e, ERR_DUPLICATE))
        return err_pass(e);
    err_free(e);
    *stored_out = false;
    return NULL;
}

static struct err *store_roles(struct request *req, int64_t account_id,
                               const struct limit_input *in)
{
    TRY(db_exec(req->db, &programme_sql_limit_role_clear, DB_ARGS(DB_I(account_id)), NULL));
    for (size_t i = 0; i < in->roles.count; i++) {
        struct err *e = db_exec(req->db, &programme_sql_limit_role_add,
                                DB_ARGS(DB_I(account_id), DB_I(in->roles.numbers[i])), NULL);

        if (err_is(e, ERR_DUPLICATE)) { /* named twice */
            err_ignore(e);
            continue;
        }
        TRY(e);
    }
    return NULL;
}

struct err *partner_limit_post(struct request *req)
{
    const struct limit_input *in = req->input;
    const struct partner_account *p = req->object;
    struct partner_limit limit;
    struct limit_input before;
    bool stored;

    TRY(partner_limit_read(req->db, req->arena, p->id, &limit));
    before = as_input(req->arena, &limit);
    TRY(store(req, p->id, in, &stored));
    if (!stored)
        return err_pass(form_refuse_at(
            req, "row_version", tr(req, N_("Somebody changed this since you opened the page."))));
    TRY(store_roles(req, p->id, in));
    TRY(form_audit(req, "account", p->id, (struct form_of){ &partner_limit_form, NULL }, &before,
                   in));
    return err_pass(reply_redirect(req, "saved", "/staff/partners/%lld", (long long)p->id));
}
