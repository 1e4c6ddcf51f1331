/* admin/users_list.c - the list of users: of the own account for companies, of one audience at a
 * time for staff. */
#include "admin/users_inside.h"

#include "base/str.h"
#include "identity/identity.h"
#include "text/norm.h"
#include "web/export.h"

#include <string.h>

static const struct list_column columns[] = { { .code = "name", .text_key = true }, { 0 } };
static const struct list_filter filters[] = {
    { .name = "status", .label = N_("Status"), .choices = users_statuses }, { 0 }
};
static const struct list_view staff_views[] = {
    { "staff", N_("Staff") }, { "partner", N_("Partners") }, { "customer", N_("Customers") }, { 0 }
};

#define SPEC(where, views_)                                                        \
    {                                                                              \
        .address = where, .views = views_, .columns = columns, .filters = filters, \
        .search_label = N_("Name or e-mail")                                       \
    }

static const struct list_spec specs[AUD_COUNT] = {
    [AUD_PARTNER] = SPEC("/partner/users", NULL),
    [AUD_CUSTOMER] = SPEC("/customer/users", NULL),
    [AUD_STAFF] = SPEC("/staff/users", staff_views),
};

/* TEXT anywhere; what LIKE takes for a wildcard is only a sign here. */
static const char *like(struct arena *a, const char *text)
{
    char *out = arena_alloc(a, 2 * strlen(text) + 3), *at = out;

    *at++ = '%';
    for (; *text != '\0'; text++) {
        if (*text == '%' || *text == '_' || *text == '\\')
            *at++ = '\\';
        *at++ = *text;
    }
    *at = '%';
    return out;
}

static struct err *read_page(struct request *req, const struct list *list, const char *status,
                             struct user_row **rows, size_t *count)
{
    bool staff = req->actor->audience == AUD_STAFF;
    bool newer = list->direction == LIST_NEWER;
    const char *q = text_fold(req->arena, list->input->q), *pattern = like(req->arena, q);
    const char *key = list->direction == LIST_FIRST ? "" : list->key.text;
    const struct db_stmt *const statements[2][2] = {
        { &users_company_older, &users_company_newer },
        { &users_staff_older, &users_staff_newer },
    };
    struct db_arg whose = staff ? DB_S(list->view->code) : DB_I(req->actor->account_id);

    return err_pass(
        db_list(req->db, req->arena, statements[staff][newer],
                DB_ARGS(whose, DB_S(key), DB_S(key), DB_I(list->key.id), DB_S(q), DB_S(pattern),
                        DB_S(pattern), DB_S(status), DB_S(status), DB_I(list->fetch)),
                rows, count));
}

static const char *role_names(struct request *req, const struct role_list *list, const char *ids)
{
    struct users_roles roles = users_roles_read(req->arena, ids);
    bool chinese = text_locale_lang(req->locale) == LANG_ZH;
    const char *text = "";

    for (size_t i = 0; i < roles.count; i++) {
        const struct role_row *role = role_list_find(list, roles.ids[i]);

        if (role != NULL)
            text = arena_printf(req->arena, "%s%s%s", text, *text == '\0' ? "" : tr(req, N_(", ")),
                                chinese ? role->name_zh : role->name_en);
    }
    return text;
}

static void show_row(struct request *req, const struct role_list *roles, const struct user_row *row)
{
    struct view *v = view_row(req->page, "Users");

    view_text(v, "Name", row->name);
    view_text(v, "Email", row->email);
    view_text(v, "Account", row->account_name);
    view_text(v, "Roles", role_names(req, roles, row->role_ids));
    view_text(v, "Href",
              arena_printf(req->arena, "%s/%lld", specs[req->actor->audience].address,
                           (long long)row->id));
    page_status(req, v, "Status", identity_user_status, row->status);
    page_at(req, v, "Seen", row->last_login_at);
}

static struct list_key key_of(const struct user_row *row)
{
    return (struct list_key){ .text = row->name_key, .id = row->id };
}

/* -- the same as a file, for staff ---------------------------------------------------------------
 */

static void export_row(struct export *x, struct request *req, const void *row_)
{
    const struct user_row *row = row_;
    char seen[CLOCK_ISO_BYTES] = "";
    const char *cells[] = { row->email,
                            row->name,
                            row->title,
                            row->account_name != NULL ? row->account_name : "",
                            role_names(req, export_arg(x), row->role_ids),
                            row->lang,
                            page_status_word(req, identity_user_status, row->status),
                            seen };

    if (row->last_login_at != 0)
        clock_iso(row->last_login_at, seen);
    export_cells(x, cells);
}

static const struct text_xlsx_column export_columns[] = {
    { N_("E-mail"), XLSX_TEXT, 32 },
    { N_("Name"), XLSX_TEXT, 24 },
    { N_("Job title"), XLSX_TEXT, 24 },
    { N_("Company"), XLSX_TEXT, 32 },
    { N_("Roles"), XLSX_TEXT, 32 },
    { N_("Language"), XLSX_TEXT, 10 },
    { N_("Status"), XLSX_TEXT, 12 },
    { N_("Last log-in"), XLSX_INSTANT, 0 },
    { 0 },
};
static const struct export_spec export_spec = {
    .file_name = "users",
    .title = N_("Users"),
    .columns = export_columns,
    .row = export_row,
};

struct err *users_export(struct request *req)
{
    const struct users_query *query = req->input;
    struct role_list roles;
    struct list list;
    const char *q, *pattern;

    TRY(list_begin(req, &specs[AUD_STAFF], &query->list, &list));
    TRY(role_list_read(req->db, req->arena, list.view->code, &roles));
    q = text_fold(req->arena, query->list.q);
    pattern = like(req->arena, q);
    return err_pass(export_list(req, &export_spec, &users_staff_older,
                                DB_ARGS(DB_S(list.view->code), DB_S(""), DB_S(""), DB_I(0), DB_S(q),
                                        DB_S(pattern), DB_S(pattern), DB_S(query->status),
                                        DB_S(query->status), DB_I(EXPORT_ALL_ROWS)),
                                &roles));
}

/* -- the page ------------------------------------------------------------------------------------
 */

struct err *users_list_show(struct request *req)
{
    const struct users_query *query = req->input;
    const struct list_spec *spec = &specs[req->actor->audience];
    struct role_list roles;
    struct user_row *rows;
    struct list list;
    size_t count;

    TRY(list_begin(req, spec, &query->list, &list));
    TRY(read_page(req, &list, query->status, &rows, &count));
    TRY(role_list_read(req->db, req->arena,
                       list.view != NULL ? list.view->code : audience_name(req->actor->audience),
                       &roles));
    list_end(req, &list, rows, sizeof(*rows), &count);
    for (size_t i = 0; i < count; i++)
        show_row(req, &roles, &rows[i]);
    page_title(req, tr(req, N_("Users")));
    view_flag(req->page, "ShowAccount", list.view != NULL && !str_eq(list.view->code, "staff"));
    view_flag(req->page, "MayManage", actor_may(req->actor, PERM_USERS_MANAGE));
    view_text(req->page, "New", arena_printf(req->arena, "%s/new", spec->address));
    const struct list_key first = count > 0 ? key_of(&rows[0]) : (struct list_key){ 0 };
    const struct list_key last = count > 0 ? key_of(&rows[count - 1]) : (struct list_key){ 0 };

    list_show(req, &list, count > 0 ? &first : NULL, count > 0 ? &last : NULL);
    if (actor_may(req->actor, PERM_USERS_EXPORT))
        export_offer(req, view_at(req->page, "Files"), "/staff/users",
                     view_get(view_at(req->page, "List"), "Here"));
    return NULL;
}
