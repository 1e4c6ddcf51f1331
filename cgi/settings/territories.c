/* settings/territories.c - territories: a tree of countries and regions, each looked after by a
 * department.  Each change is made against the tree that was seen: a number that every change
 * raises. */
#include "account/territory.h"
#include "base/str.h"
#include "identity/identity.h"
#include "job/queue.h"
#include "settings/areas.h"
#include "settings/settings.h"
#include "settings/setup.h"
#include "web/form_fields.h"

#include <string.h>

#define ADDRESS "/staff/setup/territories"
enum { CODE_MOST = 20, AREAS_CHARS = 20000 };

/* -- statements ----------------------------------------------------------------------------------
 */

struct territory_row {
    int64_t id, parent_id, department; /* department: its number; 0: none */
    const char *code, *name_en, *name_zh, *department_en, *department_zh;
    int64_t areas;
};
static const struct db_field territory_fields[] = {
    DB_FIELD(struct territory_row, id, DB_I64, 0),
    DB_FIELD(struct territory_row, parent_id, DB_I64, 0),
    DB_FIELD(struct territory_row, department, DB_I64, 0),
    DB_FIELD(struct territory_row, code, DB_TEXT, 20),
    DB_FIELD(struct territory_row, name_en, DB_TEXT, 480),
    DB_FIELD(struct territory_row, name_zh, DB_TEXT, 480),
    DB_FIELD(struct territory_row, department_en, DB_TEXT, 480),
    DB_FIELD(struct territory_row, department_zh, DB_TEXT, 480),
    DB_FIELD(struct territory_row, areas, DB_I64, 0),
    { 0 },
};
static const struct db_stmt list_all = {
    .name = "territories.list",
    .sql = "SELECT t.id, IFNULL(t.parent_id, 0) AS parent_id, IFNULL(d.number, 0) AS department,"
           " t.code, t.name_en, t.name_zh, IFNULL(d.name_en, '') AS department_en,"
           " IFNULL(d.name_zh, '') AS department_zh, (SELECT COUNT(*) FROM territory_area a WHERE"
           " a.territory_id = t.id) AS areas FROM territory t LEFT JOIN department d ON d.id ="
           " t.department_id ORDER BY t.name_en, t.id",
    .binds = "",
    .fields = territory_fields,
    .row_bytes = sizeof(struct territory_row),
    .flags = DB_LISTS | DB_WHOLE_TABLE,
};
struct number {
    int64_t value;
};
static const struct db_field number_fields[] = { DB_FIELD(struct number, value, DB_I64, 0), { 0 } };
static const struct db_stmt tree_version = {
    .name = "territories.version",
    .sql = "SELECT value FROM counter WHERE name = 'territory.tree'",
    .binds = "",
    .fields = number_fields,
    .row_bytes = sizeof(struct number),
};
static const struct db_stmt tree_take = {
    .name = "territories.take",
    .sql = "UPDATE counter SET value = value + 1 WHERE name = 'territory.tree' AND value = ?",
    .binds = "i",
    .flags = DB_WRITE,
};
#define SETS                                                                                \
    "code = ?, name_en = ?, name_zh = ?, parent_id = NULLIF(?, 0), department_id = (SELECT" \
    " d.id FROM department d WHERE d.number = ?)"
static const struct db_stmt add_one = {
    .name = "territories.add",
    .sql = "INSERT INTO territory SET " SETS,
    .binds = "sssii",
    .flags = DB_WRITE,
};
static const struct db_stmt change_one = {
    .name = "territories.change",
    .sql = "UPDATE territory SET " SETS " WHERE id = ?",
    .binds = "sssiii",
    .flags = DB_WRITE,
};
static const struct db_stmt drop_one = {
    .name = "territories.drop",
    .sql = "DELETE FROM territory WHERE id = ?",
    .binds = "i",
    .flags = DB_WRITE,
};
static const struct db_stmt is_used = {
    .name = "territories.used",
    .sql = "SELECT (EXISTS (SELECT 1 FROM territory WHERE parent_id = t.id) OR EXISTS (SELECT 1"
           " FROM lead_rule WHERE territory_id = t.id)) AS value FROM territory t WHERE t.id = ?",
    .binds = "i",
    .fields = number_fields,
    .row_bytes = sizeof(struct number),
};
static const struct db_field area_fields[] = { DB_FIELD(struct area, country, DB_TEXT, 4),
                                               DB_FIELD(struct area, region, DB_TEXT, 320),
                                               { 0 } };
static const struct db_stmt areas_of = {
    .name = "territories.areas",
    .sql = "SELECT country, region FROM territory_area WHERE territory_id = ? ORDER BY country,"
           " region",
    .binds = "i",
    .fields = area_fields,
    .row_bytes = sizeof(struct area),
    .flags = DB_LISTS,
};
static const struct db_stmt area_owner = {
    .name = "territories.area_owner",
    .sql = "SELECT territory_id AS value FROM territory_area WHERE country = ? AND region = ?",
    .binds = "ss",
    .fields = number_fields,
    .row_bytes = sizeof(struct number),
};
static const struct db_stmt areas_drop = {
    .name = "territories.areas_drop",
    .sql = "DELETE FROM territory_area WHERE territory_id = ?",
    .binds = "i",
    .flags = DB_WRITE,
};
static const struct db_stmt area_add = {
    .name = "territories.area_add",
    .sql = "INSERT INTO territory_area (country, region, territory_id) VALUES (?, ?, ?)",
    .binds = "ssi",
    .flags = DB_WRITE,
};
struct department {
    int64_t number, depth;
    const char *name_en, *name_zh;
};
static const struct db_field department_fields[] = {
    DB_FIELD(struct department, number, DB_I64, 0),
    DB_FIELD(struct department, depth, DB_I64, 0),
    DB_FIELD(struct department, name_en, DB_TEXT, 480),
    DB_FIELD(struct department, name_zh, DB_TEXT, 480),
    { 0 },
};
static const struct db_stmt departments = {
    .name = "territories.departments",
    .sql = "SELECT d.number, (SELECT COUNT(*) FROM department o WHERE o.id < d.id AND o.last_id >="
           " d.last_id) AS depth, d.name_en, d.name_zh FROM department d ORDER BY d.id",
    .binds = "",
    .fields = department_fields,
    .row_bytes = sizeof(struct department),
    .flags = DB_WHOLE_TABLE,
};
db_stmt_table territories_statements[] = { &list_all,   &tree_version, &tree_take, &add_one,
                                           &change_one, &drop_one,     &is_used,   &areas_of,
                                           &area_owner, &areas_drop,   &area_add,  &departments,
                                           NULL };

/* -- forms ---------------------------------------------------------------------------------------
 */

struct territory_input {
    int64_t tree, below, department;
    const char *code, *name_en, *name_zh, *areas;
};
#define AT(member) .offset = offsetof(struct territory_input, member)
#define TREE                                                                                  \
    {                                                                                         \
        .name = "tree", .label = N_("Version"), .kind = FIELD_INT, .max = INT64_MAX, AT(tree) \
    }
static const struct field edit_fields[] = {
    TREE,
    { .name = "code",
      .label = N_("Code"),
      .kind = FIELD_TEXT,
      .required = true,
      .needed = N_("Enter a code, such as DACH."),
      .min = 1,
      .max = CODE_MOST,
      AT(code) },
    FORM_NAMES(struct territory_input),
    { .name = "below", .label = N_("Below"), .kind = FIELD_ID, AT(below) },
    { .name = "department", .label = N_("Department"), .kind = FIELD_ID, AT(department) },
    { .name = "areas",
      .label = N_("Countries and regions"),
      .kind = FIELD_LINES,
      .max = AREAS_CHARS,
      AT(areas) },
    { 0 },
};
static const struct field delete_fields[] = { TREE, { 0 } };
#undef AT
#define FORM(name_, fields_)                                                           \
    {                                                                                  \
        .name = name_, .fields = fields_, .size_bytes = sizeof(struct territory_input) \
    }
static const struct form edit_form = FORM("territories.save", edit_fields);
static const struct form delete_form = FORM("territories.delete", delete_fields);

/* -- the tree ------------------------------------------------------------------------------------
 */

struct tree {
    struct territory_row *rows; /* each behind the one that it stands below */
    size_t *depth;
    size_t count;
    int64_t version;
};

/* Those below PARENT, each followed by its own. */
static void put_below(struct tree *t, const struct territory_row *rows, size_t count,
                      int64_t parent, size_t depth)
{
    for (size_t i = 0; i < count; i++) {
        if (rows[i].parent_id != parent || depth == TERRITORY_DEEP)
            continue;
        t->depth[t->count] = depth;
        t->rows[t->count++] = rows[i];
        put_below(t, rows, count, rows[i].id, depth + 1);
    }
}

static struct err *read_tree(struct request *req, struct tree *t)
{
    struct territory_row *rows;
    struct number version;
    size_t count;

    TRY(db_get(req->db, req->arena, &tree_version, DB_NO_ARGS, &version));
    TRY(db_list(req->db, req->arena, &list_all, DB_NO_ARGS, &rows, &count));
    *t = (struct tree){ .rows = arena_array(req->arena, count + 1, sizeof(*t->rows)),
                        .depth = arena_array(req->arena, count + 1, sizeof(*t->depth)),
                        .version = version.value };
    put_below(t, rows, count, 0, 0);
    return NULL;
}

/* COUNT when there is none. */
static size_t find_id(const struct tree *t, int64_t id)
{
    size_t i = 0;

    while (i < t->count && t->rows[i].id != id)
        i++;
    return i;
}

/* The first behind AT that does not stand below it. */
static size_t end_of(const struct tree *t, size_t at)
{
    size_t i = at + 1;

    while (i < t->count && t->depth[i] > t->depth[at])
        i++;
    return i;
}

/* How many levels AT and what stands below it take. */
static size_t height_of(const struct tree *t, size_t at)
{
    size_t height = 1;

    for (size_t i = at; i < end_of(t, at); i++)
        if (t->depth[i] - t->depth[at] + 1 > height)
            height = t->depth[i] - t->depth[at] + 1;
    return height;
}

static struct err *read_one(struct request *req, struct tree *t, size_t *at_out)
{
    int64_t id;

    TRY(read_tree(req, t));
    if (!str_to_i64(request_param(req, "territory"), &id))
        id = 0;
    *at_out = find_id(t, id);
    return *at_out < t->count ? NULL : err_raise(ERR_NOT_FOUND, "no such territory");
}

static const char *name_of(const struct request *req, const struct territory_row *row)
{
    return setup_name(req, row->name_en, row->name_zh);
}

/* -- pages ---------------------------------------------------------------------------------------
 */

static struct err *list_show(struct request *req)
{
    struct tree t;

    TRY(read_tree(req, &t));
    setup_head(req, tr(req, N_("Territories")));
    view_flag(req->page, "MayEdit", setup_may_edit(req));
    for (size_t i = 0; i < t.count; i++) {
        struct view *v = view_row(req->page, "Rows");

        view_text(v, "Name", name_of(req, &t.rows[i]));
        view_text(v, "Code", t.rows[i].code);
        view_text(v, "Department",
                  setup_name(req, t.rows[i].department_en, t.rows[i].department_zh));
        page_int(req, v, "Areas", t.rows[i].areas);
        view_int(v, "Depth", (int64_t)t.depth[i]);
        for (size_t k = 0; k < t.depth[i]; k++)
            view_text(view_row(v, "Steps"), "Step", "");
        view_text(v, "Href", arena_number(req->arena, ADDRESS "/", t.rows[i].id));
    }
    return NULL;
}

static void add_option(struct request *req, struct view *field, int64_t value, size_t depth,
                       const char *name)
{
    struct view *option = view_row(field, "Options");

    view_int(option, "Value", value);
    view_text(option, "Label",
              arena_printf(req->arena, "%.*s%s", (int)(strlen("– ") * depth),
                           "– – – – – – – – – – – – ", name));
}

/* All places in the tree but AT and what stands below it. */
static struct err *show_choices(struct request *req, const struct tree *t, size_t at)
{
    struct view *fields = view_at(view_at(req->page, "Form"), "F");
    struct department *rows;
    size_t count;

    for (size_t i = 0; i < t->count; i++)
        if (at == t->count || i < at || i >= end_of(t, at))
            add_option(req, view_at(fields, "below"), t->rows[i].id, t->depth[i],
                       name_of(req, &t->rows[i]));
    TRY(db_list(req->db, req->arena, &departments, DB_NO_ARGS, &rows, &count));
    for (size_t i = 0; i < count; i++)
        add_option(req, view_at(fields, "department"), rows[i].number, (size_t)rows[i].depth,
                   setup_name(req, rows[i].name_en, rows[i].name_zh));
    return NULL;
}

static struct err *show_form(struct request *req, const struct tree *t, size_t at,
                             const char *title, const struct territory_input *stored)
{
    struct view *v = view_at(req->page, "Territory");

    setup_head(req, title);
    page_crumb(req, tr(req, N_("Territories")), ADDRESS);
    view_int(v, "Tree", t->version);
    view_flag(v, "IsNew", at == t->count);
    view_text(v, "Action",
              at == t->count ? ADDRESS "/new"
                             : arena_number(req->arena, ADDRESS "/", t->rows[at].id));
    form_show(req, &edit_form, stored);
    return err_pass(show_choices(req, t, at));
}

static struct err *new_show(struct request *req)
{
    const struct territory_input empty = { .code = "", .name_en = "", .name_zh = "", .areas = "" };
    struct tree t;

    TRY(read_tree(req, &t));
    return err_pass(show_form(req, &t, t.count, tr(req, N_("New territory")), &empty));
}

static struct err *stored_areas(struct request *req, int64_t id, const char **text_out)
{
    struct area *areas;
    size_t count;

    TRY(db_list(req->db, req->arena, &areas_of, DB_ARGS(DB_I(id)), &areas, &count));
    *text_out = areas_text(req->arena, areas, count);
    return NULL;
}

static struct err *one_show(struct request *req)
{
    struct territory_input stored;
    struct tree t;
    size_t at;

    TRY(read_one(req, &t, &at));
    const struct territory_row *row = &t.rows[at];

    stored = (struct territory_input){ .code = row->code,
                                       .name_en = row->name_en,
                                       .name_zh = row->name_zh,
                                       .below = row->parent_id,
                                       .department = row->department };
    TRY(stored_areas(req, row->id, &stored.areas));
    return err_pass(show_form(req, &t, at, name_of(req, row), &stored));
}

/* -- writing -------------------------------------------------------------------------------------
 */

static struct err *take_tree(struct request *req, const struct tree *t, int64_t seen)
{
    int64_t taken = 0;

    if (t->version == seen)
        TRY(db_exec(req->db, &tree_take, DB_ARGS(DB_I(seen)), &taken));
    return taken == 1 ? NULL : err_pass(form_refuse_changed(req, "code"));
}

/* Capital letters, digits and hyphens: it stands in files and rules. */
static struct err *check_code(struct request *req)
{
    const struct territory_input *in = req->input;

    if (strspn(in->code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") == strlen(in->code))
        return NULL;
    return err_pass(form_refuse_at(
        req, "code", tr(req, N_("Capital letters, digits and hyphens only, such as DACH."))));
}

/* AT is COUNT for one that is new. */
static struct err *check_place(struct request *req, const struct tree *t, size_t at)
{
    const struct territory_input *in = req->input;
    const size_t above = find_id(t, in->below);
    const size_t height = at == t->count ? 1 : height_of(t, at);

    if (in->below == 0)
        return NULL;
    if (above == t->count)
        return err_pass(form_refuse_at(req, "below", tr(req, N_("Choose one of the list."))));
    if (at < t->count && above >= at && above < end_of(t, at))
        return err_pass(
            form_refuse_at(req, "below", tr(req, N_("A territory cannot stand below itself."))));
    if (t->depth[above] + 1 + height > TERRITORY_DEEP)
        return err_pass(
            form_refuse_at(req, "below", tr(req, N_("Territories have eight levels at most."))));
    return NULL;
}

static const char *fault_words(struct request *req, const struct area_fault *fault)
{
    static const char *const words[] = {
        [AREA_NO_COUNTRY] =
            N_("“%s”: begin each line with the two letters of a country, such as DE or CN 上海."),
        [AREA_TWICE] = N_("“%s” stands there twice."),
        [AREA_LONG] = N_("“%s” is too long."),
        [AREA_MANY] = N_("“%s” is one too many: 400 lines at most."),
    };

    return trf(req, words[fault->kind], fault->line);
}

/* Somebody else's is named, so that it can be taken away there. */
static struct err *check_owner(struct request *req, const struct tree *t, int64_t id,
                               const struct area *area)
{
    struct number owner;
    bool found;

    TRY(db_one(req->db, req->arena, &area_owner, DB_ARGS(DB_S(area->country), DB_S(area->region)),
               &owner, &found));
    if (!found || owner.value == id || find_id(t, owner.value) == t->count)
        return NULL;
    return err_pass(form_refuse_at(req, "areas",
                                   trf(req, N_("“%1$s” belongs to %2$s already."),
                                       areas_text(req->arena, area, 1),
                                       name_of(req, &t->rows[find_id(t, owner.value)]))));
}

static struct err *read_areas(struct request *req, const struct tree *t, int64_t id,
                              struct area **areas_out, size_t *count_out)
{
    const struct territory_input *in = req->input;
    struct area_fault fault;

    if (!areas_read(req->arena, in->areas, areas_out, count_out, &fault))
        return err_pass(form_refuse_at(req, "areas", fault_words(req, &fault)));
    for (size_t i = 0; i < *count_out; i++)
        TRY(check_owner(req, t, id, &(*areas_out)[i]));
    return NULL;
}

/* What stands in a territory is placed anew, when this is committed. */
static struct err *place_anew(struct request *req)
{
    return err_pass(job_add(req->db, TERRITORY_CHANGED, 0, 0, NULL, TERRITORY_CHANGED));
}

static struct err *write_areas(struct request *req, int64_t id, const struct area *areas,
                               size_t count)
{
    TRY(db_exec(req->db, &areas_drop, DB_ARGS(DB_I(id)), NULL));
    for (size_t i = 0; i < count; i++)
        TRY(db_exec(req->db, &area_add,
                    DB_ARGS(DB_S(areas[i].country), DB_S(areas[i].region), DB_I(id)), NULL));
    return err_pass(place_anew(req));
}

/* A code that another one has. */
static struct err *as_fault(struct request *req, struct err *e)
{
    if (!err_is(e, ERR_DUPLICATE))
        return err_pass(e);
    err_free(e);
    return err_pass(
        form_refuse_at(req, "code", tr(req, N_("There is a territory of that code already."))));
}

static const char *in_words(struct request *req, const struct tree *t,
                            const struct territory_input *in)
{
    const size_t above = find_id(t, in->below);

    return identity_json(req->arena,
                         JSON_PAIRS({ "code", in->code }, { "name_en", in->name_en },
                                    { "name_zh", in->name_zh },
                                    { "below", above < t->count ? t->rows[above].code : "" },
                                    { "areas", in->areas }));
}

static struct err *new_post(struct request *req)
{
    const struct territory_input *in = req->input;
    struct area *areas;
    struct tree t;
    size_t count;
    int64_t id;

    TRY(read_tree(req, &t));
    TRY(check_code(req));
    TRY(take_tree(req, &t, in->tree));
    TRY(check_place(req, &t, t.count));
    TRY(read_areas(req, &t, 0, &areas, &count));
    TRY(as_fault(req, db_insert(req->db, &add_one,
                                DB_ARGS(DB_S(in->code), DB_S(in->name_en), DB_S(in->name_zh),
                                        DB_I(in->below), DB_I(in->department)),
                                &id)));
    TRY(write_areas(req, id, areas, count));
    TRY(request_audit(req, "territory", id, NULL, in_words(req, &t, in)));
    return err_pass(reply_redirect(req, "saved", ADDRESS));
}

static struct err *edit_post(struct request *req)
{
    const struct territory_input *in = req->input;
    struct territory_input before;
    struct area *areas;
    size_t at, count;
    struct tree t;

    TRY(read_one(req, &t, &at));
    TRY(check_code(req));
    TRY(take_tree(req, &t, in->tree));
    TRY(check_place(req, &t, at));
    TRY(read_areas(req, &t, t.rows[at].id, &areas, &count));
    before = (struct territory_input){ .code = t.rows[at].code,
                                       .name_en = t.rows[at].name_en,
                                       .name_zh = t.rows[at].name_zh,
                                       .below = t.rows[at].parent_id };
    TRY(stored_areas(req, t.rows[at].id, &before.areas));
    TRY(as_fault(req, db_exec(req->db, &change_one,
                              DB_ARGS(DB_S(in->code), DB_S(in->name_en), DB_S(in->name_zh),
                                      DB_I(in->below), DB_I(in->department), DB_I(t.rows[at].id)),
                              NULL)));
    TRY(write_areas(req, t.rows[at].id, areas, count));
    TRY(request_audit(req, "territory", t.rows[at].id, in_words(req, &t, &before),
                      in_words(req, &t, in)));
    return err_pass(reply_redirect(req, "saved", ADDRESS));
}

static struct err *delete_post(struct request *req)
{
    const struct territory_input *in = req->input;
    struct number used;
    struct tree t;
    size_t at;

    TRY(read_one(req, &t, &at));
    TRY(take_tree(req, &t, in->tree));
    TRY(db_get(req->db, req->arena, &is_used, DB_ARGS(DB_I(t.rows[at].id)), &used));
    if (used.value != 0)
        return err_pass(form_refuse_at(
            req, "code",
            tr(req, N_("Other territories stand below it, or a routing rule names it."))));
    TRY(db_exec(req->db, &areas_drop, DB_ARGS(DB_I(t.rows[at].id)), NULL));
    TRY(db_exec(req->db, &drop_one, DB_ARGS(DB_I(t.rows[at].id)), NULL));
    TRY(place_anew(req));
    TRY(request_audit(req, "territory", t.rows[at].id,
                      identity_json(req->arena, JSON_PAIRS({ "code", t.rows[at].code })), NULL));
    return err_pass(reply_redirect(req, "deleted", ADDRESS));
}

#define ROUTE(name_, method_, path_, perm)                                          \
    .name = name_, .method = method_, .path = ADDRESS path_, .audience = AUD_STAFF, \
    .permission = perm
#define RETRY(handler_) .retry = handler_, .retry_page = "settings/territory.cs"

const struct route territories_staff_routes[] = {
    { ROUTE("territories.list", HTTP_GET, "", PERM_SETTINGS_VIEW), .handler = list_show,
      .page = "settings/territories.cs" },
    { ROUTE("territories.new_page", HTTP_GET, "/new", PERM_SETTINGS_MANAGE), .handler = new_show,
      .page = "settings/territory.cs" },
    { ROUTE("territories.new", HTTP_POST, "/new", PERM_SETTINGS_MANAGE), .form = &edit_form,
      .handler = new_post, RETRY(new_show) },
    { ROUTE("territories.one", HTTP_GET, "/:territory", PERM_SETTINGS_MANAGE), .handler = one_show,
      .page = "settings/territory.cs" },
    { ROUTE("territories.edit", HTTP_POST, "/:territory", PERM_SETTINGS_MANAGE), .form = &edit_form,
      .handler = edit_post, RETRY(one_show) },
    { ROUTE("territories.delete", HTTP_POST, "/:territory/delete", PERM_SETTINGS_MANAGE),
      .form = &delete_form, .handler = delete_post, RETRY(one_show) },
    { 0 },
};
