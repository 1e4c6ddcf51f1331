/* settings/field_options.c - what a field of the vendor's own offers to choose from.  An option is
 * never deleted: records that chose it keep it. */
#include "base/str.h"
#include "identity/identity.h"
#include "settings/fields_inside.h"
#include "settings/settings.h"
#include "settings/setup.h"
#include "web/form_fields.h"

#define PAGE "settings/field_option.cs"
enum { SORT_MOST = 30000 };

/* -- statements ----------------------------------------------------------------------------------
 */

struct row {
    int64_t id, sort, row_version;
    const char *code, *name_en, *name_zh;
    bool active;
};
static const struct db_field row_fields[] = {
    DB_FIELD(struct row, id, DB_I64, 0),
    DB_FIELD(struct row, code, DB_TEXT, CUSTOM_CODE_MOST),
    DB_FIELD(struct row, name_en, DB_TEXT, 4 * CUSTOM_NAME_MOST),
    DB_FIELD(struct row, name_zh, DB_TEXT, 4 * CUSTOM_NAME_MOST),
    DB_FIELD(struct row, active, DB_BOOL, 0),
    DB_FIELD(struct row, sort, DB_I64, 0),
    DB_FIELD(struct row, row_version, DB_I64, 0),
    { 0 },
};
#define COLUMNS "SELECT id, code, name_en, name_zh, active, sort, row_version FROM custom_option "
static const struct db_stmt list_all = {
    .name = "fields.options",
    .sql = COLUMNS "WHERE field_id = ? ORDER BY sort, id LIMIT 200",
    .binds = "i",
    .fields = row_fields,
    .row_bytes = sizeof(struct row),
    .flags = DB_LISTS,
};
static const struct db_stmt find_one = {
    .name = "fields.option",
    .sql = COLUMNS "WHERE field_id = ? AND id = ?",
    .binds = "ii",
    .fields = row_fields,
    .row_bytes = sizeof(struct row),
};
static const struct db_stmt add_one = {
    .name = "fields.option_add",
    .sql = "INSERT INTO custom_option (field_id, code, name_en, name_zh, sort, active) "
           "VALUES (?, ?, ?, ?, ?, ?)",
    .binds = "isssii",
    .flags = DB_WRITE,
};
static const struct db_stmt change_one = {
    .name = "fields.option_change",
    .sql = "UPDATE custom_option SET name_en = ?, name_zh = ?, sort = ?, active = ?, "
           "row_version = row_version + 1 WHERE id = ? AND row_version = ?",
    .binds = "ssiiii",
    .flags = DB_WRITE,
};
db_stmt_table field_option_statements[] = { &list_all, &find_one, &add_one, &change_one, NULL };

/* -- forms ---------------------------------------------------------------------------------------
 */

struct input {
    int64_t row_version, sort;
    const char *code, *name_en, *name_zh;
    bool active;
};
#define AT(member) .offset = offsetof(struct input, member)
#define WORDS                                                                                 \
    FORM_NAMES_OF(struct input, CUSTOM_NAME_MOST), FORM_ORDER(struct input, sort, SORT_MOST), \
        FORM_IN_USE(struct input)
static const struct field new_fields[] = { { .name = "code",
                                             .label = N_("Key"),
                                             .kind = FIELD_TEXT,
                                             .required = true,
                                             .needed = N_("Enter a key, such as gold."),
                                             .min = 1,
                                             .max = CUSTOM_CODE_MOST,
                                             AT(code) },
                                           WORDS,
                                           { 0 } };
static const struct field edit_fields[] = { FORM_VERSION(struct input), WORDS, { 0 } };
#undef AT
static const struct form new_form = { .name = "fields.option_new",
                                      .fields = new_fields,
                                      .size_bytes = sizeof(struct input) };
static const struct form edit_form = { .name = "fields.option_edit",
                                       .fields = edit_fields,
                                       .size_bytes = sizeof(struct input) };

/* -- pages ---------------------------------------------------------------------------------------
 */

static bool is_choice(const struct fields_row *field)
{
    return str_eq(field->type, custom_types[CUSTOM_CHOICE].code);
}

static struct err *find_field(struct request *req, struct fields_row *out)
{
    TRY(fields_find(req, out));
    return is_choice(out) ? NULL
                          : err_raise(ERR_NOT_FOUND, "field %lld is no choice", (long long)out->id);
}

struct err *fields_show_options(struct request *req, const struct fields_row *field)
{
    const char *href = arena_join(req->arena, fields_href(req->arena, field), "/options/", NULL);
    struct row *rows;
    size_t count;

    if (!is_choice(field))
        return NULL;
    TRY(db_list(req->db, req->arena, &list_all, DB_ARGS(DB_I(field->id)), &rows, &count));
    view_text(req->page, "NewOption", arena_join(req->arena, href, "new", NULL));
    for (size_t i = 0; i < count; i++) {
        struct view *v = view_row(req->page, "Options");

        view_text(v, "Name", setup_name(req, rows[i].name_en, rows[i].name_zh));
        view_text(v, "Code", rows[i].code);
        page_int(req, v, "Sort", rows[i].sort);
        setup_switch(req, v, rows[i].active);
        view_text(v, "Href", arena_printf(req->arena, "%s%lld", href, (long long)rows[i].id));
    }
    return NULL;
}

static void show_form(struct request *req, const struct fields_row *field, const struct form *form,
                      const char *title, const char *last, const struct input *stored)
{
    setup_head(req, title);
    page_crumb(req, tr(req, N_("Custom fields")), FIELDS_ADDRESS);
    page_crumb(req, setup_name(req, field->name_en, field->name_zh),
               fields_href(req->arena, field));
    view_text(view_at(req->page, "Option"), "Action",
              arena_join(req->arena, fields_href(req->arena, field), "/options/", last, NULL));
    form_show(req, form, stored);
}

static struct err *new_show(struct request *req)
{
    const struct input empty = {
        .code = "", .name_en = "", .name_zh = "", .sort = 10, .active = true
    };
    struct fields_row field;

    TRY(find_field(req, &field));
    show_form(req, &field, &new_form, tr(req, N_("New choice")), "new", &empty);
    view_flag(view_at(req->page, "Option"), "IsNew", true);
    return NULL;
}

static struct err *find(struct request *req, struct fields_row *field, struct row *out)
{
    int64_t id;

    TRY(find_field(req, field));
    if (!str_to_i64(request_param(req, "option"), &id))
        return err_raise(ERR_NOT_FOUND, "no such option");
    return err_pass(
        db_get(req->db, req->arena, &find_one, DB_ARGS(DB_I(field->id), DB_I(id)), out));
}

static struct err *one_show(struct request *req)
{
    struct fields_row field;
    struct row row;

    TRY(find(req, &field, &row));
    const struct input stored = { .row_version = row.row_version,
                                  .name_en = row.name_en,
                                  .name_zh = row.name_zh,
                                  .sort = row.sort,
                                  .active = row.active };

    show_form(req, &field, &edit_form, setup_name(req, row.name_en, row.name_zh),
              arena_number(req->arena, "", row.id), &stored);
    page_fact(req, row.code);
    return NULL;
}

/* -- writing -------------------------------------------------------------------------------------
 */

static const char *in_words(struct arena *a, const char *code, const struct input *in)
{
    return identity_json(a, JSON_PAIRS({ "option", code }, { "name_en", in->name_en },
                                       { "name_zh", in->name_zh },
                                       { "sort", arena_number(a, "", in->sort) },
                                       { "active", in->active ? "yes" : "no" }));
}

static struct err *done(struct request *req, const struct fields_row *field, const char *before,
                        const char *after)
{
    TRY(request_audit(req, "custom_field", field->id, before, after));
    return err_pass(reply_redirect(req, "saved", FIELDS_ADDRESS "/%lld", (long long)field->id));
}

static struct err *judge_new(struct request *req, const struct fields_row *field,
                             const struct input *in)
{
    struct row *rows;
    size_t count;

    TRY(db_list(req->db, req->arena, &list_all, DB_ARGS(DB_I(field->id)), &rows, &count));
    if (!fields_is_code(in->code))
        form_fault(req, "code", -1,
                   tr(req, N_("Small letters, digits and underscores only, a letter first.")));
    else if (count >= CUSTOM_OPTIONS_MOST)
        form_fault(req, "code", -1,
                   trn(req, N_("A field has no more than %s choice."),
                       N_("A field has no more than %s choices."), CUSTOM_OPTIONS_MOST));
    return form_has_faults(req) ? err_pass(form_refuse(req)) : NULL;
}

static struct err *new_post(struct request *req)
{
    const struct input *in = req->input;
    struct fields_row field;
    struct err *e;
    int64_t id;

    TRY(find_field(req, &field));
    TRY(judge_new(req, &field, in));
    e = db_insert(req->db, &add_one,
                  DB_ARGS(DB_I(field.id), DB_S(in->code), DB_S(in->name_en), DB_S(in->name_zh),
                          DB_I(in->sort), DB_I(in->active)),
                  &id);
    if (err_is(e, ERR_DUPLICATE)) {
        err_free(e);
        return err_pass(
            form_refuse_at(req, "code", tr(req, N_("The field has a choice of that key."))));
    }
    TRY(e);
    return err_pass(done(req, &field, NULL, in_words(req->arena, in->code, in)));
}

static struct err *edit_post(struct request *req)
{
    const struct input *in = req->input;
    struct fields_row field;
    struct row row;
    int64_t changed;

    TRY(find(req, &field, &row));
    TRY(db_exec(req->db, &change_one,
                DB_ARGS(DB_S(in->name_en), DB_S(in->name_zh), DB_I(in->sort), DB_I(in->active),
                        DB_I(row.id), DB_I(in->row_version)),
                &changed));
    if (changed != 1)
        return err_pass(form_refuse_changed(req, "name_en"));
    return err_pass(done(req, &field,
                         in_words(req->arena, row.code,
                                  &(struct input){ .name_en = row.name_en,
                                                   .name_zh = row.name_zh,
                                                   .sort = row.sort,
                                                   .active = row.active }),
                         in_words(req->arena, row.code, in)));
}

#define ROUTE(name_, method_, path_)                                                   \
    .name = name_, .method = method_, .path = FIELDS_ADDRESS "/:field/options/" path_, \
    .audience = AUD_STAFF, .permission = PERM_FIELDS_MANAGE

const struct route field_option_routes[] = {
    { ROUTE("fields.option_new_page", HTTP_GET, "new"), .handler = new_show, .page = PAGE },
    { ROUTE("fields.option_new", HTTP_POST, "new"), .form = &new_form, .handler = new_post,
      .retry = new_show, .retry_page = PAGE },
    { ROUTE("fields.option", HTTP_GET, ":option"), .handler = one_show, .page = PAGE },
    { ROUTE("fields.option_edit", HTTP_POST, ":option"), .form = &edit_form, .handler = edit_post,
      .retry = one_show, .retry_page = PAGE },
    { 0 },
};
