/* admin/roles.c - which role may do what: shown as a matrix, its changes reviewed, then saved with
 * their audit, and carried into the sessions of everybody concerned in the same transaction. */
#include "admin/roles.h"

#include "access/session.h"
#include "admin/users_sql.h"
#include "base/str.h"
#include "identity/identity.h"
#include "web/request.h"

#include <stdio.h>
#include <string.h>

/* -- statements ---------------------------------------------------------------------- */

struct people_row {
    int64_t role_id, people;
};
static const struct db_field people_fields[] = { DB_FIELD(struct people_row, role_id, DB_I64, 0),
                                                 DB_FIELD(struct people_row, people, DB_I64, 0),
                                                 { 0 } };
static const struct db_stmt people_of = {
    .name = "roles.people",
    .sql =
        "SELECT ur.role_id, COUNT(*) AS people FROM role r JOIN user_role ur ON ur.role_id = r.id"
        " JOIN user u ON u.id = ur.user_id AND u.status = 'active'"
        " WHERE r.audience = ? GROUP BY ur.role_id",
    .binds = "s",
    .fields = people_fields,
    .row_bytes = sizeof(struct people_row),
    .flags = DB_LISTS,
};
static const struct db_stmt role_touch = {
    .name = "roles.touch",
    .sql = "UPDATE role SET row_version = row_version + 1 WHERE id = ? AND row_version = ?",
    .binds = "ii",
    .flags = DB_WRITE,
};
static const struct db_stmt permission_add_row = {
    .name = "roles.permission_add",
    .sql = "INSERT INTO role_permission (role_id, permission) VALUES (?, ?)",
    .binds = "is",
    .flags = DB_WRITE,
};
static const struct db_stmt permission_drop_row = {
    .name = "roles.permission_drop",
    .sql = "DELETE FROM role_permission WHERE role_id = ? AND permission = ?",
    .binds = "is",
    .flags = DB_WRITE,
};
struct user_id_row {
    int64_t user_id;
};
static const struct db_field user_id_fields[] = { DB_FIELD(struct user_id_row, user_id, DB_I64, 0),
                                                  { 0 } };
static const struct db_stmt logged_in_with = {
    .name = "roles.logged_in_with",
    .sql = "SELECT DISTINCT s.user_id FROM user_role ur JOIN session s ON s.user_id = ur.user_id"
           " WHERE ur.role_id = ? AND s.ended_at IS NULL AND s.expires_at > UTC_TIMESTAMP(6)",
    .binds = "i",
    .fields = user_id_fields,
    .row_bytes = sizeof(struct user_id_row),
    .flags = DB_LISTS,
};

db_stmt_table roles_staff_statements[] = {
    &people_of, &role_touch, &permission_add_row, &permission_drop_row, &logged_in_with, NULL,
};

/* -- form ---------------------------------------------------------------------------- */

struct roles_query {
    const char *audience;
};
struct roles_input {
    const char *audience;
    int64_t version;
    struct value_list grant; /* "5:deal.view": a cell that is ticked */
};

static const struct choice audiences[] = {
    { "staff", N_("Staff") }, { "partner", N_("Partners") }, { "customer", N_("Customers") }, { 0 }
};

static const struct field query_fields[] = {
    { .name = "audience",
      .label = N_("Audience"),
      .kind = FIELD_CHOICE,
      .choices = audiences,
      .offset = offsetof(struct roles_query, audience) },
    { 0 },
};
static const struct form query_form = { .name = "roles.query",
                                        .fields = query_fields,
                                        .size_bytes = sizeof(struct roles_query) };

static const struct field roles_fields[] = {
    { .name = "audience",
      .label = N_("Audience"),
      .kind = FIELD_CHOICE,
      .required = true,
      .needed = N_("Choose who may have the role."),
      .choices = audiences,
      .offset = offsetof(struct roles_input, audience) },
    { .name = "version",
      .label = N_("Version"),
      .kind = FIELD_INT,
      .required = true,
      .min = 0,
      .max = INT64_MAX,
      .offset = offsetof(struct roles_input, version) },
    { .name = "grant",
      .label = N_("Permissions"),
      .kind = FIELD_TEXT,
      .list = true,
      .max = 64,
      .offset = offsetof(struct roles_input, grant) },
    { 0 },
};
static const struct form roles_form = { .name = "roles.save",
                                        .fields = roles_fields,
                                        .size_bytes = sizeof(struct roles_input),
                                        .body_max_bytes = 256 * 1024,
                                        .lists_max = 4000 };

/* -- the matrix ---------------------------------------------------------------------- */

struct matrix {
    enum audience audience;
    struct role_list roles;
    struct permission_set *wanted; /* a set for each role */
    int64_t version;               /* grows with each change of any of these roles */
    int64_t affected;              /* people whose roles change */
};

/* What no click may take away: everybody's home, and that somebody can undo all this. */
static bool is_locked(const struct matrix *m, const struct role_row *role, enum permission p)
{
    if (p == PERM_HOME)
        return true;
    if (!str_eq(role->code, "administrator"))
        return false;
    return m->audience == AUD_STAFF || p == PERM_USERS_VIEW || p == PERM_USERS_MANAGE;
}

static bool is_offered(const struct matrix *m, const struct permission_row *row)
{
    return (row->audiences >> m->audience & 1) != 0;
}

static struct err *count_people(struct request *req, struct matrix *m, const char *audience)
{
    struct people_row *people;
    size_t count;

    TRY(db_list(req->db, req->arena, &people_of, DB_ARGS(DB_S(audience)), &people, &count));
    for (size_t i = 0; i < m->roles.count; i++) {
        for (size_t k = 0; k < count; k++) {
            if (people[k].role_id == m->roles.rows[i].id)
                m->roles.rows[i].people = people[k].people;
        }
    }
    return NULL;
}

static struct err *matrix_read(struct request *req, const char *audience, struct matrix *m)
{
    *m = (struct matrix){ .audience = audience_find(audience) };
    TRY(role_list_read(req->db, req->arena, audience, &m->roles));
    TRY(count_people(req, m, audience));
    m->wanted = arena_array(req->arena, m->roles.count + 1, sizeof(*m->wanted));
    for (size_t i = 0; i < m->roles.count; i++) {
        m->wanted[i] = m->roles.rows[i].permissions;
        m->version += m->roles.rows[i].row_version;
    }
    return NULL;
}

static bool is_ticked(const struct value_list *grant, int64_t role_id, const char *permission)
{
    char cell[96];

    snprintf(cell, sizeof(cell), "%lld:%s", (long long)role_id, permission);
    for (size_t i = 0; i < grant->count; i++) {
        if (str_eq(grant->texts[i], cell))
            return true;
    }
    return false;
}

static void matrix_want(struct matrix *m, const struct value_list *grant)
{
    for (size_t i = 0; i < m->roles.count; i++) {
        const struct role_row *role = &m->roles.rows[i];

        m->wanted[i] = (struct permission_set){ 0 };
        for (const struct permission_row *p = permission_rows; p->name != NULL; p++) {
            if (is_offered(m, p) &&
                (is_locked(m, role, p->permission) || is_ticked(grant, role->id, p->name)))
                permission_add(&m->wanted[i], p->permission);
        }
    }
}

static bool is_changed(const struct matrix *m, size_t role, enum permission p)
{
    return permission_has(&m->roles.rows[role].permissions, p) !=
           permission_has(&m->wanted[role], p);
}

/* -- showing it ---------------------------------------------------------------------- */

/* By the first part of their names; a group without a name of its own goes to the last. */
static const struct {
    const char *prefix, *title;
} groups[] = {
    { "home", N_("Portal") },
    { "users.", N_("Users and roles") },
    { "roles.", N_("Users and roles") },
    { "account.", N_("Accounts") },
    { "deal.", N_("Deal registrations") },
    { "opportunity.", N_("Opportunities") },
    { "lead.", N_("Leads") },
    { "programme.", N_("Partner programme") },
    { "library.", N_("Partner programme") },
    { "announcements.", N_("Partner programme") },
    { "", N_("Administration") },
};

static const char *group_of(const char *permission)
{
    size_t i = 0;

    while (!str_starts(permission, groups[i].prefix))
        i++;
    return groups[i].title;
}

static const char *role_name(const struct request *req, const struct role_row *role)
{
    return text_locale_lang(req->locale) == LANG_ZH ? role->name_zh : role->name_en;
}

static void show_cell(struct request *req, const struct matrix *m, struct view *row, size_t i,
                      const struct permission_row *p)
{
    const struct role_row *role = &m->roles.rows[i];
    struct view *v = view_row(row, "Cells");

    view_text(v, "Value", arena_printf(req->arena, "%lld:%s", (long long)role->id, p->name));
    view_text(v, "Role", role_name(req, role));
    view_flag(v, "On", permission_has(&m->wanted[i], p->permission));
    view_flag(v, "Locked", is_locked(m, role, p->permission));
    view_flag(v, "Changed", is_changed(m, i, p->permission));
}

static void show_permission(struct request *req, const struct matrix *m, struct view *row,
                            const struct permission_row *p)
{
    view_text(row, "Name", p->name);
    view_text(row, "Help", tr(req, p->help));
    for (size_t i = 0; i < m->roles.count; i++)
        show_cell(req, m, row, i, p);
}

static void show_group(struct request *req, const struct matrix *m, struct view *v,
                       const char *title)
{
    struct view *group = NULL;

    for (const struct permission_row *p = permission_rows; p->name != NULL; p++) {
        if (!is_offered(m, p) || !str_eq(group_of(p->name), title))
            continue;
        if (group == NULL) {
            group = view_row(v, "Groups");
            view_text(group, "Title", tr(req, title));
        }
        show_permission(req, m, view_row(group, "Rows"), p);
    }
}

static void show_rows(struct request *req, const struct matrix *m, struct view *v)
{
    for (size_t i = 0; i < ARRAY_LEN(groups); i++)
        if (i == 0 || !str_eq(groups[i].title, groups[i - 1].title))
            show_group(req, m, v, groups[i].title);
}

static void show_changes(struct request *req, struct matrix *m, struct view *v)
{
    int64_t changes = 0;

    for (size_t i = 0; i < m->roles.count; i++) {
        bool touched = false;

        for (const struct permission_row *p = permission_rows; p->name != NULL; p++) {
            if (!is_offered(m, p) || !is_changed(m, i, p->permission))
                continue;
            view_text(view_row(v, "Changes"), "Text",
                      permission_has(&m->wanted[i], p->permission)
                          ? trf(req, N_("%1$s gains “%2$s”."), role_name(req, &m->roles.rows[i]),
                                tr(req, p->help))
                          : trf(req, N_("%1$s loses “%2$s”."), role_name(req, &m->roles.rows[i]),
                                tr(req, p->help)));
            touched = true;
            changes++;
        }
        m->affected += touched ? m->roles.rows[i].people : 0;
    }
    view_flag(v, "Changed", changes > 0);
    view_text(v, "Count", trn(req, N_("Save %s change"), N_("Save %s changes"), changes));
    view_text(v, "Affected",
              trn(req, N_("%s person is affected."), N_("%s people are affected."), m->affected));
}

static void show_tabs(struct request *req, const struct matrix *m)
{
    for (const struct choice *c = audiences; c->value != NULL; c++) {
        struct view *tab = view_row(req->page, "Tabs");

        view_text(tab, "Label", tr(req, c->label));
        view_text(tab, "Href", arena_printf(req->arena, "/staff/roles?audience=%s", c->value));
        view_flag(tab, "Current", m->audience == audience_find(c->value));
    }
}

static void show_matrix(struct request *req, struct matrix *m)
{
    struct view *v = view_at(req->page, "Matrix");

    page_title(req, tr(req, N_("Roles and permissions")));
    page_crumb(req, tr(req, N_("Users")), "/staff/users");
    view_flag(view_at(req->page, "Page"), "Wide", true);
    show_tabs(req, m);
    view_text(v, "Audience", audience_name(m->audience));
    view_int(v, "Version", m->version);
    view_int(v, "Columns", (int64_t)m->roles.count + 1);
    view_flag(v, "MayEdit", actor_may(req->actor, PERM_ROLES_MANAGE));
    for (size_t i = 0; i < m->roles.count; i++) {
        struct view *role = view_row(v, "Roles");
        int64_t people = m->roles.rows[i].people;

        view_text(role, "Name", role_name(req, &m->roles.rows[i]));
        view_text(role, "Href", arena_number(req->arena, "/staff/roles/", m->roles.rows[i].id));
        view_text(role, "People", trn(req, N_("%s person"), N_("%s people"), people));
    }
    show_rows(req, m, v);
    show_changes(req, m, v);
}

/* With the token alone: the cells of this form are drawn from the matrix. */
static void show_form(struct request *req)
{
    form_show(req, &roles_form, NULL);
}

static struct err *roles_show(struct request *req)
{
    const struct roles_query *query = req->input;
    const char *audience =
        query != NULL && !str_is_empty(query->audience) ? query->audience : "staff";
    struct matrix m;

    TRY(matrix_read(req, audience, &m));
    show_matrix(req, &m);
    show_form(req);
    return NULL;
}

/* -- saving it ----------------------------------------------------------------------- */

static struct err *save_cell(struct request *req, const struct matrix *m, size_t i,
                             const struct permission_row *p)
{
    bool gains = permission_has(&m->wanted[i], p->permission);

    return err_pass(db_exec(req->db, gains ? &permission_add_row : &permission_drop_row,
                            DB_ARGS(DB_I(m->roles.rows[i].id), DB_S(p->name)), NULL));
}

struct err *roles_refresh_sessions(struct request *req, int64_t role_id)
{
    struct user_id_row *users;
    size_t count;

    TRY(db_list(req->db, req->arena, &logged_in_with, DB_ARGS(DB_I(role_id)), &users, &count));
    for (size_t i = 0; i < count; i++)
        TRY(session_refresh(req->db, req->arena, users[i].user_id));
    return NULL;
}

static struct err *touch_role(struct request *req, const struct role_row *role)
{
    int64_t affected;

    TRY(db_exec(req->db, &role_touch, DB_ARGS(DB_I(role->id), DB_I(role->row_version)), &affected));
    if (affected != 1)
        return err_raise(ERR_CONFLICT, "the role was changed meanwhile");
    return NULL;
}

static struct err *save_role(struct request *req, const struct matrix *m, size_t i)
{
    const struct role_row *role = &m->roles.rows[i];
    const char *lost = "", *gained = "";

    for (const struct permission_row *p = permission_rows; p->name != NULL; p++) {
        bool gains = permission_has(&m->wanted[i], p->permission);
        const char **words = gains ? &gained : &lost;

        if (!is_offered(m, p) || !is_changed(m, i, p->permission))
            continue;
        TRY(save_cell(req, m, i, p));
        *words = arena_printf(req->arena, "%s%s%s", *words, **words != '\0' ? ", " : "", p->name);
    }
    if (*lost == '\0' && *gained == '\0')
        return NULL;
    TRY(touch_role(req, role));
    TRY(request_audit(req, "role", role->id,
                      identity_json(req->arena, JSON_PAIRS({ "lost", lost })),
                      identity_json(req->arena, JSON_PAIRS({ "gained", gained }))));
    return err_pass(roles_refresh_sessions(req, role->id));
}

/* What was asked for is what is stored: by an earlier run of this request, or by somebody else. */
static bool stands_already(const struct matrix *m)
{
    for (size_t i = 0; i < m->roles.count; i++)
        for (const struct permission_row *p = permission_rows; p->name != NULL; p++)
            if (is_offered(m, p) && is_changed(m, i, p->permission))
                return false;
    return true;
}

static struct err *roles_save(struct request *req)
{
    const struct roles_input *in = req->input;
    struct matrix m;

    TRY(matrix_read(req, in->audience, &m));
    matrix_want(&m, &in->grant);
    if (!str_eq(form_button(req), "save") || (m.version != in->version && !stands_already(&m))) {
        show_matrix(req, &m);
        show_form(req);
        view_flag(view_at(req->page, "Matrix"), "Stale", m.version != in->version);
        return reply_page(req, "admin/roles.cs");
    }
    for (size_t i = 0; i < m.roles.count; i++)
        TRY(save_role(req, &m, i));
    return reply_redirect(req, "saved", "/staff/roles?audience=%s", in->audience);
}

const struct route roles_staff_routes[] = {
    { .name = "roles.page",
      .method = HTTP_GET,
      .path = "/staff/roles",
      .audience = AUD_STAFF,
      .permission = PERM_ROLES_VIEW,
      .query = &query_form,
      .handler = roles_show,
      .page = "admin/roles.cs" },
    { .name = "roles.save",
      .method = HTTP_POST,
      .path = "/staff/roles",
      .audience = AUD_STAFF,
      .permission = PERM_ROLES_MANAGE,
      .form = &roles_form,
      .handler = roles_save,
      .repeatable = "a review changes nothing, and saving compares the version first" },
    { 0 },
};
