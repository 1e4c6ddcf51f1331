/* settings/lines.c - product lines: named, put in order, no longer offered.  A line is never
 * deleted: registrations, opportunities and documents name it. */
#include "base/str.h"
#include "identity/identity.h"
#include "settings/settings.h"
#include "settings/setup.h"
#include "web/form_fields.h"

#include <string.h>

#define ADDRESS "/staff/setup/lines"
enum { SORT_MOST = 30000, CODE_MOST = 40 };

/* -- statements ----------------------------------------------------------------------------------
 */

struct line {
    int64_t id, sort, row_version;
    const char *code, *name_en, *name_zh;
    bool active;
};
static const struct db_field line_fields[] = {
    DB_FIELD(struct line, id, DB_I64, 0),          DB_FIELD(struct line, code, DB_TEXT, 40),
    DB_FIELD(struct line, name_en, DB_TEXT, 480),  DB_FIELD(struct line, name_zh, DB_TEXT, 480),
    DB_FIELD(struct line, sort, DB_I64, 0),        DB_FIELD(struct line, active, DB_BOOL, 0),
    DB_FIELD(struct line, row_version, DB_I64, 0), { 0 },
};
#define COLUMNS "SELECT id, code, name_en, name_zh, sort, active, row_version FROM product_line"
static const struct db_stmt list_all = {
    .name = "lines.list",
    .sql = COLUMNS " ORDER BY sort, id",
    .binds = "",
    .fields = line_fields,
    .row_bytes = sizeof(struct line),
    .flags = DB_LISTS | DB_WHOLE_TABLE,
};
static const struct db_stmt find_one = {
    .name = "lines.one",
    .sql = COLUMNS " WHERE id = ?",
    .binds = "i",
    .fields = line_fields,
    .row_bytes = sizeof(struct line),
};
static const struct db_stmt add_one = {
    .name = "lines.add",
    .sql = "INSERT INTO product_line (code, name_en, name_zh, sort, active) VALUES (?, ?, ?, ?, ?)",
    .binds = "sssii",
    .flags = DB_WRITE,
};
static const struct db_stmt change_one = {
    .name = "lines.change",
    .sql = "UPDATE product_line SET name_en = ?, name_zh = ?, sort = ?, active = ?, row_version ="
           " row_version + 1 WHERE id = ? AND row_version = ?",
    .binds = "ssiiii",
    .flags = DB_WRITE,
};
db_stmt_table lines_statements[] = { &list_all, &find_one, &add_one, &change_one, NULL };

/* -- forms ---------------------------------------------------------------------------------------
 */

struct line_input {
    int64_t row_version, sort;
    const char *code, *name_en, *name_zh;
    bool active;
};
#define AT(member) .offset = offsetof(struct line_input, member)
#define CODE                                                                                 \
    {                                                                                        \
        .name = "code", .label = N_("Code"), .kind = FIELD_TEXT, .required = true,           \
        .needed = N_("Enter a code, such as storage."), .min = 1, .max = CODE_MOST, AT(code) \
    }
#define WORDS                                                                      \
    FORM_NAMES(struct line_input), FORM_ORDER(struct line_input, sort, SORT_MOST), \
        FORM_IN_USE(struct line_input)
static const struct field new_fields[] = { CODE, WORDS, { 0 } };
static const struct field edit_fields[] = { FORM_VERSION(struct line_input), WORDS, { 0 } };
#undef AT
static const struct form new_form = { .name = "lines.new",
                                      .fields = new_fields,
                                      .size_bytes = sizeof(struct line_input) };
static const struct form edit_form = { .name = "lines.edit",
                                       .fields = edit_fields,
                                       .size_bytes = sizeof(struct line_input) };

/* -- pages ---------------------------------------------------------------------------------------
 */

static struct err *list_show(struct request *req)
{
    struct line *rows;
    size_t count;

    TRY(db_list(req->db, req->arena, &list_all, DB_NO_ARGS, &rows, &count));
    setup_head(req, tr(req, N_("Product lines")));
    view_flag(req->page, "MayEdit", setup_may_edit(req));
    for (size_t i = 0; i < count; i++) {
        struct view *v = view_row(req->page, "Rows");

        view_text(v, "Name", setup_name(req, rows[i].name_en, rows[i].name_zh));
        view_text(v, "Code", rows[i].code);
        page_int(req, v, "Sort", rows[i].sort);
        setup_switch(req, v, rows[i].active);
        view_text(v, "Href", arena_number(req->arena, ADDRESS "/", rows[i].id));
    }
    return NULL;
}

static void show_form(struct request *req, const struct form *form, const char *title,
                      const char *action, const struct line_input *stored)
{
    setup_head(req, title);
    page_crumb(req, tr(req, N_("Product lines")), ADDRESS);
    view_text(view_at(req->page, "Line"), "Action", action);
    form_show(req, form, stored);
}

static struct err *new_show(struct request *req)
{
    const struct line_input empty = {
        .code = "", .name_en = "", .name_zh = "", .sort = 1, .active = true
    };

    show_form(req, &new_form, tr(req, N_("New product line")), ADDRESS "/new", &empty);
    view_flag(view_at(req->page, "Line"), "IsNew", true);
    return NULL;
}

static struct err *find(struct request *req, struct line *out)
{
    int64_t id;

    if (!str_to_i64(request_param(req, "line"), &id))
        return err_raise(ERR_NOT_FOUND, "no such product line");
    return err_pass(db_get(req->db, req->arena, &find_one, DB_ARGS(DB_I(id)), out));
}

static struct err *one_show(struct request *req)
{
    struct line line;

    TRY(find(req, &line));
    const struct line_input stored = { .row_version = line.row_version,
                                       .name_en = line.name_en,
                                       .name_zh = line.name_zh,
                                       .sort = line.sort,
                                       .active = line.active };

    show_form(req, &edit_form, setup_name(req, line.name_en, line.name_zh),
              arena_number(req->arena, ADDRESS "/", line.id), &stored);
    page_fact(req, line.code);
    return NULL;
}

/* -- writing -------------------------------------------------------------------------------------
 */

static const char *in_words(struct arena *a, const char *name_en, const char *name_zh, int64_t sort,
                            bool active)
{
    return identity_json(a, JSON_PAIRS({ "name_en", name_en }, { "name_zh", name_zh },
                                       { "sort", arena_number(a, "", sort) },
                                       { "active", active ? "yes" : "no" }));
}

static const char *typed_in_words(struct request *req)
{
    const struct line_input *in = req->input;

    return in_words(req->arena, in->name_en, in->name_zh, in->sort, in->active);
}

/* Small letters, digits and hyphens: it stands in files and addresses. */
static bool is_code(const char *text)
{
    return strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen(text);
}

static struct err *new_post(struct request *req)
{
    const struct line_input *in = req->input;
    struct err *e;
    int64_t id;

    if (!is_code(in->code))
        return err_pass(form_refuse_at(
            req, "code",
            tr(req, N_("Small letters, digits and hyphens only, such as storage-1."))));
    e = db_insert(req->db, &add_one,
                  DB_ARGS(DB_S(in->code), DB_S(in->name_en), DB_S(in->name_zh), DB_I(in->sort),
                          DB_I(in->active)),
                  &id);
    if (err_is(e, ERR_DUPLICATE)) {
        err_free(e);
        return err_pass(
            form_refuse_at(req, "code", tr(req, N_("There is a product line of that code."))));
    }
    TRY(e);
    TRY(request_audit(req, "product_line", id, NULL, typed_in_words(req)));
    return err_pass(reply_redirect(req, "saved", ADDRESS));
}

static struct err *edit_post(struct request *req)
{
    const struct line_input *in = req->input;
    struct line line;
    int64_t changed;

    TRY(find(req, &line));
    TRY(db_exec(req->db, &change_one,
                DB_ARGS(DB_S(in->name_en), DB_S(in->name_zh), DB_I(in->sort), DB_I(in->active),
                        DB_I(line.id), DB_I(in->row_version)),
                &changed));
    if (changed != 1)
        return err_pass(form_refuse_changed(req, "name_en"));
    TRY(request_audit(req, "product_line", line.id,
                      in_words(req->arena, line.name_en, line.name_zh, line.sort, line.active),
                      typed_in_words(req)));
    return err_pass(reply_redirect(req, "saved", ADDRESS));
}

#define ROUTE(name_, method_, path_, perm)                                          \
    .name = name_, .method = method_, .path = ADDRESS path_, .audience = AUD_STAFF, \
    .permission = perm

const struct route lines_staff_routes[] = {
    { ROUTE("lines.list", HTTP_GET, "", PERM_SETTINGS_VIEW), .handler = list_show,
      .page = "settings/lines.cs" },
    { ROUTE("lines.new_page", HTTP_GET, "/new", PERM_SETTINGS_MANAGE), .handler = new_show,
      .page = "settings/line.cs" },
    { ROUTE("lines.new", HTTP_POST, "/new", PERM_SETTINGS_MANAGE), .form = &new_form,
      .handler = new_post, .retry = new_show, .retry_page = "settings/line.cs" },
    { ROUTE("lines.one", HTTP_GET, "/:line", PERM_SETTINGS_MANAGE), .handler = one_show,
      .page = "settings/line.cs" },
    { ROUTE("lines.edit", HTTP_POST, "/:line", PERM_SETTINGS_MANAGE), .form = &edit_form,
      .handler = edit_post, .retry = one_show, .retry_page = "settings/line.cs" },
    { 0 },
};
