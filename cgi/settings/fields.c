/* settings/fields.c - fields that the vendor adds to its records: defined, put in order, no longer
 * asked for.  A field is never deleted: values and the trail name it. */
#include "base/str.h"
#include "identity/identity.h"
#include "settings/fields_inside.h"
#include "settings/settings.h"
#include "settings/setup.h"
#include "web/form_fields.h"

#include <string.h>

#define PAGE "settings/field.cs"
enum { SORT_MOST = 30000, ROWS_MOST = 1000 };

/* -- statements ----------------------------------------------------------------------------------
 */

static const struct db_field row_fields[] = {
    DB_FIELD(struct fields_row, id, DB_I64, 0),
    DB_FIELD(struct fields_row, kind, DB_TEXT, 12),
    DB_FIELD(struct fields_row, code, DB_TEXT, CUSTOM_CODE_MOST),
    DB_FIELD(struct fields_row, type, DB_TEXT, 8),
    DB_FIELD(struct fields_row, name_en, DB_TEXT, 4 * CUSTOM_NAME_MOST),
    DB_FIELD(struct fields_row, name_zh, DB_TEXT, 4 * CUSTOM_NAME_MOST),
    DB_FIELD(struct fields_row, hint_en, DB_TEXT, 4 * CUSTOM_HINT_MOST),
    DB_FIELD(struct fields_row, hint_zh, DB_TEXT, 4 * CUSTOM_HINT_MOST),
    DB_FIELD(struct fields_row, least, DB_TEXT, CUSTOM_LIMIT_MOST),
    DB_FIELD(struct fields_row, most, DB_TEXT, CUSTOM_LIMIT_MOST),
    DB_FIELD(struct fields_row, audience, DB_TEXT, 8),
    DB_FIELD(struct fields_row, required, DB_BOOL, 0),
    DB_FIELD(struct fields_row, filterable, DB_BOOL, 0),
    DB_FIELD(struct fields_row, active, DB_BOOL, 0),
    DB_FIELD(struct fields_row, used, DB_BOOL, 0),
    DB_FIELD(struct fields_row, sort, DB_I64, 0),
    DB_FIELD(struct fields_row, row_version, DB_I64, 0),
    { 0 },
};
#define COLUMNS                                                                      \
    "SELECT id, kind, code, type, name_en, name_zh, hint_en, hint_zh, least, most, " \
    "audience, required, filterable, active, used, sort, row_version FROM custom_field"
static const struct db_stmt list_all = {
    .name = "fields.list",
    .sql = COLUMNS " ORDER BY kind, active DESC, sort, id LIMIT 1000",
    .binds = "",
    .fields = row_fields,
    .row_bytes = sizeof(struct fields_row),
    .flags = DB_LISTS | DB_WHOLE_TABLE,
};
static const struct db_stmt find_one = {
    .name = "fields.one",
    .sql = COLUMNS " WHERE id = ?",
    .binds = "i",
    .fields = row_fields,
    .row_bytes = sizeof(struct fields_row),
};
struct count_row {
    int64_t n, filters;
};
static const struct db_field count_fields[] = { DB_FIELD(struct count_row, n, DB_I64, 0),
                                                DB_FIELD(struct count_row, filters, DB_I64, 0),
                                                { 0 } };
static const struct db_stmt count_active = {
    .name = "fields.active",
    .sql =
        "SELECT COUNT(*) AS n, COUNT(IF(filterable = 1, 1, NULL)) AS filters FROM custom_field WHERE kind = ? AND active = 1 AND id <> ?",
    .binds = "si",
    .fields = count_fields,
    .row_bytes = sizeof(struct count_row),
};
static const struct db_stmt add_one = {
    .name = "fields.add",
    .sql =
        "INSERT INTO custom_field (kind, code, type, name_en, name_zh, hint_en, hint_zh, least, "
        "most, audience, required, filterable, sort, active) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
        "?, ?, ?, ?)",
    .binds = "ssssssssssiiii",
    .flags = DB_WRITE,
};
/* A field that has values keeps its type. */
static const struct db_stmt change_one = {
    .name = "fields.change",
    .sql =
        "UPDATE custom_field SET type = ?, name_en = ?, name_zh = ?, hint_en = ?, hint_zh = ?, "
        "least = ?, most = ?, audience = ?, required = ?, filterable = ?, sort = ?, active = ?, row_version = row_version + 1 "
        "WHERE id = ? AND row_version = ? AND (used = 0 OR type = ?)",
    .binds = "ssssssssiiiiiis",
    .flags = DB_WRITE,
};
db_stmt_table fields_statements[] = { &list_all, &find_one,   &count_active,
                                      &add_one,  &change_one, NULL };

/* -- forms ---------------------------------------------------------------------------------------
 */

struct input {
    int64_t row_version, sort;
    const char *kind, *code, *type, *name_en, *name_zh, *hint_en, *hint_zh, *least, *most,
        *audience;
    bool required, filterable, active;
};

/* What a table of codes and labels offers. */
static const struct choice *kind_choices(struct request *req)
{
    struct choice *list = arena_array(req->arena, CUSTOM_KIND_COUNT + 1, sizeof(*list));

    for (int i = 0; i < CUSTOM_KIND_COUNT; i++)
        list[i] = (struct choice){ custom_kinds[i].code, tr(req, custom_kinds[i].label) };
    return list;
}

static const struct choice *type_choices(struct request *req)
{
    struct choice *list = arena_array(req->arena, CUSTOM_TYPE_COUNT + 1, sizeof(*list));

    for (int i = 0; i < CUSTOM_TYPE_COUNT; i++)
        list[i] = (struct choice){ custom_types[i].code, tr(req, custom_types[i].label) };
    return list;
}

static const struct choice audiences[] = {
    { "staff", N_("The vendor’s staff alone") },
    { "reads", N_("Partners with the record read it") },
    { "edits", N_("Partners with the record read and change it") },
    { 0 },
};

#define AT(member) .offset = offsetof(struct input, member)
#define TEXT(member, label_, most_)                                                    \
    {                                                                                  \
        .name = #member, .label = label_, .kind = FIELD_TEXT, .max = most_, AT(member) \
    }
#define WORDS                                                   \
    FORM_NAMES_OF(struct input, CUSTOM_NAME_MOST),              \
        TEXT(hint_en, N_("Hint in English"), CUSTOM_HINT_MOST), \
        TEXT(hint_zh, N_("Hint in Chinese"), CUSTOM_HINT_MOST), \
        { .name = "type",                                       \
          .label = N_("Type"),                                  \
          .kind = FIELD_CHOICE,                                 \
          .required = true,                                     \
          .choices_of = type_choices,                           \
          AT(type) },                                           \
        TEXT(least, N_("At least"), CUSTOM_LIMIT_MOST),         \
        TEXT(most, N_("At most"), CUSTOM_LIMIT_MOST),           \
        { .name = "required",                                   \
          .label = N_("Every record needs a value"),            \
          .kind = FIELD_FLAG,                                   \
          AT(required) },                                       \
        { .name = "audience",                                   \
          .label = N_("Who sees it"),                           \
          .kind = FIELD_CHOICE,                                 \
          .choices = audiences,                                 \
          AT(audience) },                                       \
        { .name = "filterable",                                 \
          .label = N_("Lists can be filtered by it"),           \
          .kind = FIELD_FLAG,                                   \
          AT(filterable) },                                     \
        FORM_ORDER(struct input, sort, SORT_MOST), FORM_IN_USE(struct input)
static const struct field new_fields[] = {
    { .name = "kind",
      .label = N_("Records"),
      .kind = FIELD_CHOICE,
      .required = true,
      .choices_of = kind_choices,
      AT(kind) },
    { .name = "code",
      .label = N_("Key"),
      .kind = FIELD_TEXT,
      .required = true,
      .needed = N_("Enter a key, such as contract_end."),
      .min = 1,
      .max = CUSTOM_CODE_MOST,
      AT(code) },
    WORDS,
    { 0 },
};
static const struct field edit_fields[] = { FORM_VERSION(struct input), WORDS, { 0 } };
#undef AT
static const struct form new_form = { .name = "fields.new",
                                      .fields = new_fields,
                                      .size_bytes = sizeof(struct input) };
static const struct form edit_form = { .name = "fields.edit",
                                       .fields = edit_fields,
                                       .size_bytes = sizeof(struct input) };

struct query {
    const char *kind;
};
static const struct field query_fields[] = { { .name = "kind",
                                               .label = N_("Records"),
                                               .kind = FIELD_TEXT,
                                               .max = 20,
                                               .offset = offsetof(struct query, kind) },
                                             { 0 } };
static const struct form new_query = { .name = "fields.new_query",
                                       .fields = query_fields,
                                       .size_bytes = sizeof(struct query) };

bool fields_is_code(const char *text)
{
    return *text >= 'a' && *text <= 'z' &&
           strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789_") == strlen(text);
}

/* -- pages ---------------------------------------------------------------------------------------
 */

const char *fields_href(struct arena *a, const struct fields_row *row)
{
    return arena_number(a, FIELDS_ADDRESS "/", row->id);
}

static const char *type_word(const struct request *req, const char *code)
{
    enum custom_type type;

    return custom_type_find(code, &type) ? tr(req, custom_types[type].label) : code;
}

static void show_row(struct request *req, struct view *of_kind, const struct fields_row *row)
{
    struct view *v = view_row(of_kind, "Rows");

    view_text(v, "Name", setup_name(req, row->name_en, row->name_zh));
    view_text(v, "Code", row->code);
    view_text(v, "Type", type_word(req, row->type));
    view_flag(v, "Required", row->required);
    page_int(req, v, "Sort", row->sort);
    setup_switch(req, v, row->active);
    view_text(v, "Href", fields_href(req->arena, row));
}

static struct err *list_show(struct request *req)
{
    struct fields_row *rows;
    size_t count;

    TRY(db_list(req->db, req->arena, &list_all, DB_NO_ARGS, &rows, &count));
    setup_head(req, tr(req, N_("Custom fields")));
    view_flag(req->page, "MayEdit", actor_may(req->actor, PERM_FIELDS_MANAGE));
    for (int kind = 0; kind < CUSTOM_KIND_COUNT; kind++) {
        struct view *v = view_row(req->page, "Kinds");

        view_text(v, "Code", custom_kinds[kind].code);
        view_text(v, "Label", tr(req, custom_kinds[kind].label));
        view_text(
            v, "New",
            arena_join(req->arena, FIELDS_ADDRESS "/new?kind=", custom_kinds[kind].code, NULL));
        for (size_t i = 0; i < count; i++)
            if (str_eq(rows[i].kind, custom_kinds[kind].code))
                show_row(req, v, &rows[i]);
    }
    return NULL;
}

static void show_form(struct request *req, const struct form *form, const char *title,
                      const char *action, const struct input *stored)
{
    setup_head(req, title);
    page_crumb(req, tr(req, N_("Custom fields")), FIELDS_ADDRESS);
    view_text(view_at(req->page, "Field"), "Action", action);
    form_show(req, form, stored);
}

/* What is said of registrations and of what they become. */
static bool is_carried(enum custom_kind kind)
{
    return kind == CUSTOM_DEAL || kind == CUSTOM_OPPORTUNITY;
}

static struct err *new_show(struct request *req)
{
    const struct query *query = req->route->query == &new_query ? req->input : NULL;
    enum custom_kind kind = CUSTOM_ACCOUNT;
    struct input empty = { .code = "",
                           .type = custom_types[CUSTOM_TEXT].code,
                           .name_en = "",
                           .name_zh = "",
                           .hint_en = "",
                           .hint_zh = "",
                           .least = "",
                           .most = "",
                           .audience = audiences[0].value,
                           .sort = 10,
                           .active = true };

    if (query != NULL)
        (void)custom_kind_find(query->kind, &kind);
    empty.kind = custom_kinds[kind].code;
    view_flag(view_at(req->page, "Field"), "Carried", is_carried(kind));
    show_form(req, &new_form, tr(req, N_("New field")), FIELDS_ADDRESS "/new", &empty);
    view_flag(view_at(req->page, "Field"), "IsNew", true);
    view_flag(view_at(req->page, "Field"), "Listed", true);
    view_flag(view_at(req->page, "Field"), "Shared", true);
    return NULL;
}

struct err *fields_find(struct request *req, struct fields_row *out)
{
    int64_t id;

    if (!str_to_i64(request_param(req, "field"), &id))
        return err_raise(ERR_NOT_FOUND, "no such field");
    return err_pass(db_get(req->db, req->arena, &find_one, DB_ARGS(DB_I(id)), out));
}

static struct err *one_show(struct request *req)
{
    struct view *v = view_at(req->page, "Field");
    enum custom_kind kind;
    enum custom_type type;
    struct fields_row row;

    TRY(fields_find(req, &row));
    const struct input stored = { .row_version = row.row_version,
                                  .type = row.type,
                                  .name_en = row.name_en,
                                  .name_zh = row.name_zh,
                                  .hint_en = row.hint_en,
                                  .hint_zh = row.hint_zh,
                                  .least = row.least,
                                  .most = row.most,
                                  .audience = row.audience,
                                  .required = row.required,
                                  .filterable = row.filterable,
                                  .sort = row.sort,
                                  .active = row.active };

    show_form(req, &edit_form, setup_name(req, row.name_en, row.name_zh),
              fields_href(req->arena, &row), &stored);
    if (custom_kind_find(row.kind, &kind))
        page_fact(req, tr(req, custom_kinds[kind].label));
    page_fact(req, row.code);
    page_fact(req, type_word(req, row.type));
    view_flag(v, "Used", row.used);
    view_flag(v, "NoLimits",
              row.used && custom_type_find(row.type, &type) && !custom_types[type].limited);
    view_flag(v, "Listed", custom_kind_find(row.kind, &kind) && custom_kinds[kind].listed);
    view_flag(v, "Shared", custom_kind_find(row.kind, &kind) && custom_kinds[kind].shared);
    view_flag(v, "Carried", custom_kind_find(row.kind, &kind) && is_carried(kind));
    return err_pass(fields_show_options(req, &row));
}

/* -- writing -------------------------------------------------------------------------------------
 */

static const char *yes_no(bool is)
{
    return is ? "yes" : "no";
}

static const char *seen_by(const struct input *in)
{
    return str_is_empty(in->audience) ? audiences[0].value : in->audience;
}

static const char *in_words(struct arena *a, const struct input *in)
{
    return identity_json(
        a,
        JSON_PAIRS({ "type", in->type }, { "name_en", in->name_en }, { "name_zh", in->name_zh },
                   { "hint_en", in->hint_en }, { "hint_zh", in->hint_zh }, { "least", in->least },
                   { "most", in->most }, { "audience", seen_by(in) },
                   { "required", yes_no(in->required) }, { "filterable", yes_no(in->filterable) },
                   { "sort", arena_number(a, "", in->sort) }, { "active", yes_no(in->active) }));
}

static const char *row_in_words(struct arena *a, const struct fields_row *row)
{
    return in_words(a, &(struct input){ .type = row->type,
                                        .name_en = row->name_en,
                                        .name_zh = row->name_zh,
                                        .hint_en = row->hint_en,
                                        .hint_zh = row->hint_zh,
                                        .least = row->least,
                                        .most = row->most,
                                        .audience = row->audience,
                                        .required = row->required,
                                        .filterable = row->filterable,
                                        .sort = row->sort,
                                        .active = row->active });
}

/* How the limits of each type are typed. */
static const char *limit_words(enum custom_type type)
{
    static const char *const words[CUSTOM_TYPE_COUNT] = {
        [CUSTOM_TEXT] = N_("Enter how many characters, from 0 to 500."),
        [CUSTOM_LINES] = N_("Enter how many characters, from 0 to 4000."),
        [CUSTOM_INT] = N_("Enter a whole number, such as 12."),
        [CUSTOM_AMOUNT] = N_("Enter an amount such as 1234.50."),
        [CUSTOM_DAY] = N_("Enter a date such as 2026-11-21."),
        [CUSTOM_FLAG] = N_("A field of this type has no limits."),
        [CUSTOM_CHOICE] = N_("A field of this type has no limits."),
    };

    return words[type];
}

static void judge_limits(struct request *req, const struct input *in, enum custom_type type)
{
    struct custom_limits limits;
    bool least_bad;

    if (custom_limits_read(type, in->least, in->most, &limits, &least_bad))
        return;
    form_fault(req, least_bad ? "least" : "most", -1,
               limits.least > limits.most ? tr(req, N_("The least is more than the most."))
                                          : tr(req, limit_words(type)));
}

static void judge_filter(struct request *req, const char *kind_code, int64_t others)
{
    enum custom_kind kind;

    if (custom_kind_find(kind_code, &kind) && !custom_kinds[kind].listed)
        form_fault(req, "filterable", -1, tr(req, N_("There is no list of these to filter.")));
    else if (others >= CUSTOM_FILTERS_MOST)
        form_fault(req, "filterable", -1,
                   trn(req, N_("No more than %s field filters a list."),
                       N_("No more than %s fields filter a list."), CUSTOM_FILTERS_MOST));
}

static void judge_audience(struct request *req, const struct input *in, const char *kind_code)
{
    enum custom_kind kind;

    if (!str_eq(seen_by(in), audiences[0].value) && custom_kind_find(kind_code, &kind) &&
        !custom_kinds[kind].shared)
        form_fault(req, "audience", -1, tr(req, N_("Partners do not see these records.")));
}

static struct err *judge(struct request *req, const struct input *in, const char *kind, int64_t id)
{
    enum custom_type type = CUSTOM_TEXT;
    struct count_row others = { 0 };

    (void)custom_type_find(in->type, &type);
    judge_limits(req, in, type);
    judge_audience(req, in, kind);
    if (in->active)
        TRY(db_get(req->db, req->arena, &count_active, DB_ARGS(DB_S(kind), DB_I(id)), &others));
    if (others.n >= CUSTOM_FIELDS_MOST)
        form_fault(req, "active", -1,
                   trn(req, N_("No more than %s field is in use at once."),
                       N_("No more than %s fields are in use at once."), CUSTOM_FIELDS_MOST));
    if (in->active && in->filterable)
        judge_filter(req, kind, others.filters);
    return form_has_faults(req) ? err_pass(form_refuse(req)) : NULL;
}

static struct err *insert(struct request *req, const struct input *in, int64_t *id_out)
{
    return err_pass(
        db_insert(req->db, &add_one,
                  DB_ARGS(DB_S(in->kind), DB_S(in->code), DB_S(in->type), DB_S(in->name_en),
                          DB_S(in->name_zh), DB_S(in->hint_en), DB_S(in->hint_zh), DB_S(in->least),
                          DB_S(in->most), DB_S(seen_by(in)), DB_I(in->required),
                          DB_I(in->filterable), DB_I(in->sort), DB_I(in->active)),
                  id_out));
}

static struct err *new_post(struct request *req)
{
    const struct input *in = req->input;
    struct err *e;
    int64_t id;

    if (!fields_is_code(in->code))
        form_fault(req, "code", -1,
                   tr(req, N_("Small letters, digits and underscores only, a letter first.")));
    TRY(judge(req, in, in->kind, 0));
    e = insert(req, in, &id);
    if (err_is(e, ERR_DUPLICATE)) {
        err_free(e);
        return err_pass(form_refuse_at(
            req, "code", tr(req, N_("These records have a field of that key already."))));
    }
    TRY(e);
    TRY(request_audit(req, "custom_field", id, NULL, in_words(req->arena, in)));
    if (str_eq(in->type, custom_types[CUSTOM_CHOICE].code))
        return err_pass(reply_redirect(req, "saved", FIELDS_ADDRESS "/%lld", (long long)id));
    return err_pass(reply_redirect(req, "saved", FIELDS_ADDRESS));
}

static struct err *edit_post(struct request *req)
{
    const struct input *in = req->input;
    struct fields_row row;
    int64_t changed;

    TRY(fields_find(req, &row));
    TRY(judge(req, in, row.kind, row.id));
    if (row.used && !str_eq(row.type, in->type))
        return err_pass(form_refuse_at(
            req, "type", tr(req, N_("Records have values in it: it keeps its type."))));
    TRY(db_exec(req->db, &change_one,
                DB_ARGS(DB_S(in->type), DB_S(in->name_en), DB_S(in->name_zh), DB_S(in->hint_en),
                        DB_S(in->hint_zh), DB_S(in->least), DB_S(in->most), DB_S(seen_by(in)),
                        DB_I(in->required), DB_I(in->filterable), DB_I(in->sort), DB_I(in->active),
                        DB_I(row.id), DB_I(in->row_version), DB_S(in->type)),
                &changed));
    if (changed != 1)
        return err_pass(form_refuse_changed(req, "name_en"));
    TRY(request_audit(req, "custom_field", row.id, row_in_words(req->arena, &row),
                      in_words(req->arena, in)));
    return err_pass(reply_redirect(req, "saved", FIELDS_ADDRESS));
}

#define ROUTE(name_, method_, path_, perm)                                                 \
    .name = name_, .method = method_, .path = FIELDS_ADDRESS path_, .audience = AUD_STAFF, \
    .permission = perm

const struct route fields_staff_routes[] = {
    { ROUTE("fields.list", HTTP_GET, "", PERM_SETTINGS_VIEW), .handler = list_show,
      .page = "settings/fields.cs" },
    { ROUTE("fields.new_page", HTTP_GET, "/new", PERM_FIELDS_MANAGE), .query = &new_query,
      .handler = new_show, .page = PAGE },
    { ROUTE("fields.new", HTTP_POST, "/new", PERM_FIELDS_MANAGE), .form = &new_form,
      .handler = new_post, .retry = new_show, .retry_page = PAGE },
    { ROUTE("fields.one", HTTP_GET, "/:field", PERM_FIELDS_MANAGE), .handler = one_show,
      .page = PAGE },
    { ROUTE("fields.edit", HTTP_POST, "/:field", PERM_FIELDS_MANAGE), .form = &edit_form,
      .handler = edit_post, .retry = one_show, .retry_page = PAGE },
    { 0 },
};
