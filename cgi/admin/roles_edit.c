/* admin/roles_edit.c - a role made (as a copy, if wanted), named, given its reach, and deleted when
 * nobody has it. */
#include "admin/roles.h"

#include "admin/users_sql.h"
#include "base/str.h"
#include "identity/identity.h"
#include "web/form_fields.h"
#include "web/request.h"

#include <ctype.h>
#include <string.h>

#define ADDRESS "/staff/roles"
enum { CODE_BYTES = 40 };

/* -- statements ---------------------------------------------------------------------- */

struct role {
    int64_t id, row_version, people;
    const char *audience, *code, *name_en, *name_zh, *scope;
    bool builtin;
};
static const struct db_field role_fields[] = {
    DB_FIELD(struct role, id, DB_I64, 0),         DB_FIELD(struct role, row_version, DB_I64, 0),
    DB_FIELD(struct role, people, DB_I64, 0),     DB_FIELD(struct role, audience, DB_TEXT, 10),
    DB_FIELD(struct role, code, DB_TEXT, 40),     DB_FIELD(struct role, name_en, DB_TEXT, 480),
    DB_FIELD(struct role, name_zh, DB_TEXT, 480), DB_FIELD(struct role, scope, DB_TEXT, 12),
    DB_FIELD(struct role, builtin, DB_BOOL, 0),   { 0 },
};
static const struct db_stmt role_by_id = {
    .name = "roles.by_id",
    .sql = "SELECT r.id, r.row_version, (SELECT COUNT(*) FROM user_role ur WHERE ur.role_id = r.id)"
           " AS people, r.audience, r.code, r.name_en, r.name_zh, r.scope, r.builtin FROM role r"
           " WHERE r.id = ?",
    .binds = "i",
    .fields = role_fields,
    .row_bytes = sizeof(struct role),
};
static const struct db_stmt role_add = {
    .name = "roles.add",
    .sql = "INSERT INTO role (audience, code, name_en, name_zh, scope) VALUES (?, ?, ?, ?, ?)",
    .binds = "sssss",
    .flags = DB_WRITE,
};
static const struct db_stmt role_home = {
    .name = "roles.add_home",
    .sql = "INSERT INTO role_permission (role_id, permission) VALUES (?, 'home')",
    .binds = "i",
    .flags = DB_WRITE,
};
static const struct db_stmt role_copy = {
    .name = "roles.copy",
    .sql = "INSERT INTO role_permission (role_id, permission) SELECT ?, p.permission FROM"
           " role_permission p JOIN role r ON r.id = p.role_id WHERE p.role_id = ?"
           " AND r.audience = ? AND p.permission <> 'home'",
    .binds = "iis",
    .flags = DB_WRITE,
};
static const struct db_stmt role_change = {
    .name = "roles.change",
    .sql = "UPDATE role SET name_en = ?, name_zh = ?, scope = ?, row_version = row_version + 1"
           " WHERE id = ? AND row_version = ?",
    .binds = "sssii",
    .flags = DB_WRITE,
};
static const struct db_stmt role_empty = {
    .name = "roles.empty",
    .sql = "DELETE FROM role_permission WHERE role_id = ?",
    .binds = "i",
    .flags = DB_WRITE,
};
static const struct db_stmt role_drop = {
    .name = "roles.drop",
    .sql = "DELETE FROM role WHERE id = ? AND row_version = ? AND builtin = 0"
           " AND NOT EXISTS (SELECT 1 FROM user_role ur WHERE ur.role_id = role.id)",
    .binds = "ii",
    .flags = DB_WRITE,
};
db_stmt_table roles_edit_statements[] = { &role_by_id,  &role_add,   &role_home, &role_copy,
                                          &role_change, &role_empty, &role_drop, NULL };

/* -- forms --------------------------------------------------------------------------- */

struct role_query {
    const char *audience;
    int64_t from;
};
struct role_input {
    int64_t row_version, from;
    const char *audience, *name_en, *name_zh, *scope;
};

static const struct choice audiences[] = {
    { "staff", N_("Staff") }, { "partner", N_("Partners") }, { "customer", N_("Customers") }, { 0 }
};
static const struct choice scopes[] = {
    { "", N_("As set at the person") }, { "own", N_("Own records") },
    { "team", N_("Own department") },   { "department", N_("Own department and below") },
    { "all", N_("Everything") },        { 0 },
};

#define AT(type, member) .offset = offsetof(struct type, member)
static const struct field query_fields[] = {
    { .name = "audience",
      .label = N_("Audience"),
      .kind = FIELD_CHOICE,
      .choices = audiences,
      AT(role_query, audience) },
    { .name = "from", .label = N_("Copy of"), .kind = FIELD_ID, AT(role_query, from) },
    { 0 },
};
static const struct form query_form = { .name = "roles.new_query",
                                        .fields = query_fields,
                                        .size_bytes = sizeof(struct role_query) };

#define FIELDS                                                                         \
    FORM_NAMES_OF(struct role_input, 60),                                              \
                                                                                       \
    {                                                                                  \
        .name = "scope", .label = N_("Sees"), .kind = FIELD_CHOICE, .choices = scopes, \
        AT(role_input, scope)                                                          \
    }
static const struct field new_fields[] = {
    FIELDS,
    { .name = "audience",
      .label = N_("Audience"),
      .kind = FIELD_CHOICE,
      .required = true,
      .needed = N_("Choose who may have the role."),
      .choices = audiences,
      AT(role_input, audience) },
    { .name = "from", .label = N_("Copy of"), .kind = FIELD_ID, AT(role_input, from) },
    { 0 },
};
static const struct field edit_fields[] = {
    FIELDS,
    FORM_VERSION(struct role_input),
    { 0 },
};
static const struct field delete_fields[] = {
    FORM_VERSION(struct role_input),
    { 0 },
};
#define FORM(name_, fields_)                                                      \
    {                                                                             \
        .name = name_, .fields = fields_, .size_bytes = sizeof(struct role_input) \
    }
static const struct form new_form = FORM("roles.new", new_fields);
static const struct form edit_form = FORM("roles.edit", edit_fields);
static const struct form delete_form = FORM("roles.delete", delete_fields);

/* -- showing ------------------------------------------------------------------------- */

static const char *name_of(const struct request *req, const char *en, const char *zh)
{
    return text_locale_lang(req->locale) == LANG_ZH ? zh : en;
}

static void crumbs(struct request *req, const char *audience)
{
    page_crumb(req, tr(req, N_("Roles and permissions")),
               arena_printf(req->arena, ADDRESS "?audience=%s", audience));
}

static struct err *show_sources(struct request *req, const char *audience)
{
    struct view *field = view_at(view_at(view_at(req->page, "Form"), "F"), "from");
    struct role_list roles;

    TRY(role_list_read(req->db, req->arena, audience, &roles));
    for (size_t i = 0; i < roles.count; i++) {
        struct view *option = view_row(field, "Options");

        view_int(option, "Value", roles.rows[i].id);
        view_text(option, "Label", name_of(req, roles.rows[i].name_en, roles.rows[i].name_zh));
    }
    return NULL;
}

static const char *asked_audience(struct request *req)
{
    const struct role_query *query =
        req->route->query != NULL ? (const struct role_query *)req->input : NULL;
    const char *audience = query != NULL ? query->audience : form_typed(req, "audience");

    return audience_find(audience) >= AUD_PARTNER && audience_find(audience) <= AUD_STAFF ? audience
                                                                                          : "staff";
}

static struct err *new_show(struct request *req)
{
    const char *audience = asked_audience(req);
    const struct role_input empty = { .audience = audience,
                                      .name_en = "",
                                      .name_zh = "",
                                      .scope = "",
                                      .from = req->route->query != NULL && req->input != NULL
                                                  ? ((const struct role_query *)req->input)->from
                                                  : 0 };
    struct view *v = view_at(req->page, "Role");

    page_title(req, tr(req, N_("New role")));
    crumbs(req, audience);
    view_flag(v, "IsNew", true);
    view_flag(v, "IsStaff", str_eq(audience, "staff"));
    view_text(v, "Audience", audience);
    view_text(v, "Action", ADDRESS "/new");
    form_show(req, &new_form, &empty);
    return err_pass(show_sources(req, audience));
}

static struct err *find(struct request *req, struct role *role)
{
    bool found = false;
    int64_t id;

    if (str_to_i64(request_param(req, "role"), &id))
        TRY(db_one(req->db, req->arena, &role_by_id, DB_ARGS(DB_I(id)), role, &found));
    return found ? NULL : err_raise(ERR_NOT_FOUND, "no such role");
}

static struct err *one_show(struct request *req)
{
    struct view *v = view_at(req->page, "Role");
    struct role_input stored;
    struct role role;

    TRY(find(req, &role));
    stored = (struct role_input){ .row_version = role.row_version,
                                  .name_en = role.name_en,
                                  .name_zh = role.name_zh,
                                  .scope = role.scope };
    page_title(req, name_of(req, role.name_en, role.name_zh));
    crumbs(req, role.audience);
    page_fact(req, trn(req, N_("%s person has it"), N_("%s people have it"), role.people));
    view_flag(v, "IsStaff", str_eq(role.audience, "staff"));
    view_flag(v, "Builtin", role.builtin);
    view_flag(v, "Used", role.people > 0);
    view_int(v, "Version", role.row_version);
    view_text(v, "Action", arena_number(req->arena, ADDRESS "/", role.id));
    view_text(v, "Copy",
              arena_printf(req->arena, ADDRESS "/new?audience=%s&from=%lld", role.audience,
                           (long long)role.id));
    form_show(req, &edit_form, &stored);
    return NULL;
}

/* -- writing ------------------------------------------------------------------------- */

/* The name in small letters and underscores: what stands in files and audits. */
static const char *code_of(struct arena *a, const char *name)
{
    char *code = arena_alloc(a, CODE_BYTES), *at = code;

    for (; *name != '\0' && at < code + CODE_BYTES - 1; name++) {
        if (isalnum((unsigned char)*name))
            *at++ = (char)tolower((unsigned char)*name);
        else if (at > code && at[-1] != '_')
            *at++ = '_';
    }
    *at = '\0';
    return *code != '\0' ? code : "role";
}

static struct err *audit(struct request *req, int64_t id, const char *before, const char *after)
{
    return err_pass(request_audit(req, "role", id, before, after));
}

static const char *words(struct request *req, const char *en, const char *zh, const char *scope)
{
    return identity_json(req->arena,
                         JSON_PAIRS({ "name_en", en }, { "name_zh", zh }, { "scope", scope }));
}

static struct err *new_post(struct request *req)
{
    const struct role_input *in = req->input;
    const char *scope = str_eq(in->audience, "staff") ? in->scope : "";
    int64_t id = 0;
    struct err *e;

    e = db_insert(req->db, &role_add,
                  DB_ARGS(DB_S(in->audience), DB_S(code_of(req->arena, in->name_en)),
                          DB_S(in->name_en), DB_S(in->name_zh), DB_S(scope)),
                  &id);
    if (err_is(e, ERR_DUPLICATE)) {
        err_free(e);
        return err_pass(
            form_refuse_at(req, "name_en", tr(req, N_("There is a role of that name already."))));
    }
    TRY(e);
    TRY(db_exec(req->db, &role_home, DB_ARGS(DB_I(id)), NULL));
    if (in->from != 0)
        TRY(db_exec(req->db, &role_copy, DB_ARGS(DB_I(id), DB_I(in->from), DB_S(in->audience)),
                    NULL));
    TRY(audit(req, id, NULL, words(req, in->name_en, in->name_zh, scope)));
    return err_pass(reply_redirect(req, "role_made", ADDRESS "?audience=%s", in->audience));
}

static struct err *refuse(struct request *req, const char *message)
{
    return err_pass(form_refuse_at(req, "name_en", tr(req, message)));
}

static struct err *edit_post(struct request *req)
{
    const struct role_input *in = req->input;
    const char *scope;
    struct role role;
    int64_t affected;

    TRY(find(req, &role));
    scope = str_eq(role.audience, "staff") ? in->scope : "";
    TRY(db_exec(req->db, &role_change,
                DB_ARGS(DB_S(in->name_en), DB_S(in->name_zh), DB_S(scope), DB_I(role.id),
                        DB_I(in->row_version)),
                &affected));
    if (affected != 1)
        return err_pass(refuse(req, N_("Somebody changed this role meanwhile. Reload the page.")));
    TRY(audit(req, role.id, words(req, role.name_en, role.name_zh, role.scope),
              words(req, in->name_en, in->name_zh, scope)));
    TRY(roles_refresh_sessions(req, role.id));
    return err_pass(reply_redirect(req, "saved", ADDRESS "/%lld", (long long)role.id));
}

/* What was taken from it comes back when it may not go: the refusal rolls everything back. */
static struct err *delete_post(struct request *req)
{
    const struct role_input *in = req->input;
    struct role role;
    int64_t affected;

    TRY(find(req, &role));
    if (role.builtin)
        return err_pass(refuse(req, N_("Roles of the portal itself stay.")));
    if (role.people > 0)
        return err_pass(
            refuse(req, N_("Somebody has this role. Give these people another first.")));
    TRY(db_exec(req->db, &role_empty, DB_ARGS(DB_I(role.id)), NULL));
    TRY(db_exec(req->db, &role_drop, DB_ARGS(DB_I(role.id), DB_I(in->row_version)), &affected));
    if (affected != 1)
        return err_pass(refuse(req, N_("Somebody changed this role meanwhile. Reload the page.")));
    TRY(audit(req, role.id, words(req, role.name_en, role.name_zh, role.scope), NULL));
    return err_pass(reply_redirect(req, "deleted", ADDRESS "?audience=%s", role.audience));
}

#define GET_(name_, path_, query_, handler_)                                             \
    {                                                                                    \
        .name = name_, .method = HTTP_GET, .path = ADDRESS path_, .audience = AUD_STAFF, \
        .permission = PERM_ROLES_MANAGE, .query = query_, .handler = handler_,           \
        .page = "admin/role.cs"                                                          \
    }
#define POST_(name_, path_, form_, handler_, retry_)                                          \
    {                                                                                         \
        .name = name_, .method = HTTP_POST, .path = ADDRESS path_, .audience = AUD_STAFF,     \
        .permission = PERM_ROLES_MANAGE, .form = form_, .handler = handler_, .retry = retry_, \
        .retry_page = "admin/role.cs"                                                         \
    }
const struct route roles_edit_routes[] = {
    GET_("roles.new_page", "/new", &query_form, new_show),
    POST_("roles.new", "/new", &new_form, new_post, new_show),
    GET_("roles.one", "/:role", NULL, one_show),
    POST_("roles.edit", "/:role", &edit_form, edit_post, one_show),
    POST_("roles.delete", "/:role/delete", &delete_form, delete_post, one_show),
    { 0 },
};
