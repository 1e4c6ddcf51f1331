/* admin/departments.c - departments are made, named, moved, and deleted when nothing is in them.
 *
 * Each change is made against the tree that was seen: a number that every change raises.  A
 * department's ids change when it moves, and with them every record of it (ON UPDATE CASCADE) and
 * what people who are logged in see; its number stays. */
#include "admin/departments.h"

#include "access/session.h"
#include "admin/departments_tree.h"
#include "base/str.h"
#include "identity/identity.h"
#include "web/form_fields.h"
#include "web/request.h"

#define ADDRESS "/staff/departments"

/* -- statements ---------------------------------------------------------------------- */

struct department {
    int64_t id, last_id, parent_id, number, row_version, people;
    const char *name_en, *name_zh;
};
static const struct db_field fields[] = {
    DB_FIELD(struct department, id, DB_I64, 0),
    DB_FIELD(struct department, last_id, DB_I64, 0),
    DB_FIELD(struct department, parent_id, DB_I64, 0),
    DB_FIELD(struct department, number, DB_I64, 0),
    DB_FIELD(struct department, row_version, DB_I64, 0),
    DB_FIELD(struct department, people, DB_I64, 0),
    DB_FIELD(struct department, name_en, DB_TEXT, 480),
    DB_FIELD(struct department, name_zh, DB_TEXT, 480),
    { 0 },
};
static const struct db_stmt list_all = {
    .name = "departments.list",
    .sql = "SELECT d.id, d.last_id, IFNULL(d.parent_id, 0) AS parent_id, d.number, d.row_version,"
           " (SELECT COUNT(*) FROM user u WHERE u.department_id = d.id) AS people, d.name_en,"
           " d.name_zh FROM department d ORDER BY d.id",
    .binds = "",
    .fields = fields,
    .row_bytes = sizeof(struct department),
    .flags = DB_LISTS | DB_WHOLE_TABLE,
};
struct version {
    int64_t value;
};
static const struct db_field version_fields[] = { DB_FIELD(struct version, value, DB_I64, 0),
                                                  { 0 } };
static const struct db_stmt tree_version = {
    .name = "departments.version",
    .sql = "SELECT value FROM counter WHERE name = 'department.tree'",
    .binds = "",
    .fields = version_fields,
    .row_bytes = sizeof(struct version),
};
static const struct db_stmt tree_take = {
    .name = "departments.take",
    .sql = "UPDATE counter SET value = value + 1 WHERE name = 'department.tree' AND value = ?",
    .binds = "i",
    .flags = DB_WRITE,
};
static const struct db_stmt add = {
    .name = "departments.add",
    .sql = "INSERT INTO department (id, last_id, name_en, name_zh) VALUES (?, ?, ?, ?)",
    .binds = "iiss",
    .flags = DB_WRITE,
};
static const struct db_stmt rename_one = {
    .name = "departments.rename",
    .sql = "UPDATE department SET name_en = ?, name_zh = ?, row_version = row_version + 1"
           " WHERE id = ?",
    .binds = "ssi",
    .flags = DB_WRITE,
};
static const struct db_stmt let_go = {
    .name = "departments.let_go",
    .sql = "UPDATE department SET parent_id = NULL WHERE id = ?",
    .binds = "i",
    .flags = DB_WRITE,
};
static const struct db_stmt renumber = {
    .name = "departments.renumber",
    .sql = "UPDATE department SET id = ?, last_id = ?, row_version = row_version + 1 WHERE id = ?",
    .binds = "iii",
    .flags = DB_WRITE,
};
static const struct db_stmt hang = {
    .name = "departments.hang",
    .sql = "UPDATE department SET parent_id = ? WHERE id = ?",
    .binds = "ii",
    .flags = DB_WRITE,
};
static const struct db_stmt drop = {
    .name = "departments.drop",
    .sql = "DELETE FROM department WHERE id = ?",
    .binds = "i",
    .flags = DB_WRITE,
};
struct use {
    bool used;
};
static const struct db_field use_fields[] = { DB_FIELD(struct use, used, DB_BOOL, 0), { 0 } };
#define IS_IN(table, column) "EXISTS (SELECT 1 FROM " table " WHERE " column " = d.id)"
#define OR_IN(table)         " OR " IS_IN(table, "department_id")
static const struct db_stmt is_used = {
    .name = "departments.used",
    .sql = "SELECT (" IS_IN("department", "parent_id") OR_IN("user") OR_IN("account") OR_IN("deal")
        OR_IN("opportunity") OR_IN("territory") OR_IN("application")
            OR_IN("lead") ") AS used FROM department d WHERE d.id = ?",
    .binds = "i",
    .fields = use_fields,
    .row_bytes = sizeof(struct use),
};
db_stmt_table departments_statements[] = { &list_all,   &tree_version, &tree_take, &add,
                                           &rename_one, &let_go,       &renumber,  &hang,
                                           &drop,       &is_used,      NULL };

/* -- forms --------------------------------------------------------------------------- */

struct query {
    int64_t below;
};
struct input {
    int64_t tree, below; /* the number of a department; 0: none above it */
    const char *name_en, *name_zh;
};
#define AT(type, member) .offset = offsetof(struct type, member)
static const struct field query_fields[] = {
    { .name = "below", .label = N_("Below"), .kind = FIELD_ID, AT(query, below) },
    { 0 },
};
static const struct form query_form = { .name = "departments.query",
                                        .fields = query_fields,
                                        .size_bytes = sizeof(struct query) };
#define TREE                                                                         \
    {                                                                                \
        .name = "tree", .label = N_("Version"), .kind = FIELD_INT, .max = INT64_MAX, \
        AT(input, tree)                                                              \
    }
#define BELOW                                                                     \
    {                                                                             \
        .name = "below", .label = N_("Below"), .kind = FIELD_ID, AT(input, below) \
    }
static const struct field new_fields[] = { TREE, BELOW, FORM_NAMES(struct input), { 0 } };
static const struct field delete_fields[] = { TREE, { 0 } };
#define FORM(name_, fields_)                                                 \
    {                                                                        \
        .name = name_, .fields = fields_, .size_bytes = sizeof(struct input) \
    }
static const struct form new_form = FORM("departments.save", new_fields);
static const struct form delete_form = FORM("departments.delete", delete_fields);

/* -- reading ------------------------------------------------------------------------- */

struct tree {
    struct department *rows;
    size_t count;
    int64_t version;
};

static struct err *read_tree(struct request *req, struct tree *t)
{
    struct version version;

    TRY(db_get(req->db, req->arena, &tree_version, DB_NO_ARGS, &version));
    t->version = version.value;
    return err_pass(db_list(req->db, req->arena, &list_all, DB_NO_ARGS, &t->rows, &t->count));
}

static const char *name_of(const struct request *req, const struct department *d)
{
    return text_locale_lang(req->locale) == LANG_ZH ? d->name_zh : d->name_en;
}

/* COUNT when there is none. */
static size_t find_number(const struct tree *t, int64_t number)
{
    size_t i = 0;

    while (i < t->count && t->rows[i].number != number)
        i++;
    return i;
}

static size_t find_id(const struct tree *t, int64_t id)
{
    size_t i = 0;

    while (i < t->count && t->rows[i].id != id)
        i++;
    return i;
}

static int64_t depth_of(const struct tree *t, size_t i)
{
    int64_t depth = 0;

    for (size_t k = 0; k < t->count; k++)
        depth +=
            k != i && t->rows[k].id < t->rows[i].id && t->rows[k].last_id >= t->rows[i].last_id;
    return depth;
}

static struct err *read_one(struct request *req, struct tree *t, size_t *at_out)
{
    int64_t number;

    TRY(read_tree(req, t));
    if (!str_to_i64(request_param(req, "department"), &number))
        number = 0;
    *at_out = find_number(t, number);
    return *at_out < t->count ? NULL : err_raise(ERR_NOT_FOUND, "no such department");
}

/* -- pages --------------------------------------------------------------------------- */

static struct err *list_show(struct request *req)
{
    struct tree t;

    TRY(read_tree(req, &t));
    page_title(req, tr(req, N_("Departments")));
    page_crumb(req, tr(req, N_("Users")), "/staff/users");
    view_flag(req->page, "MayEdit", actor_may(req->actor, PERM_DEPARTMENTS_MANAGE));
    for (size_t i = 0; i < t.count; i++) {
        struct view *v = view_row(req->page, "Rows");

        view_text(v, "Name", name_of(req, &t.rows[i]));
        view_int(v, "Depth", depth_of(&t, i));
        for (int64_t k = 0; k < depth_of(&t, i); k++)
            view_text(view_row(v, "Steps"), "Step", "");
        page_int(req, v, "People", t.rows[i].people);
        view_text(v, "Href", arena_number(req->arena, ADDRESS "/", t.rows[i].number));
        view_text(v, "Below", arena_number(req->arena, ADDRESS "/new?below=", t.rows[i].number));
    }
    return NULL;
}

static void show_places(struct request *req, const struct tree *t, size_t but)
{
    struct view *field = view_at(view_at(view_at(req->page, "Form"), "F"), "below");

    for (size_t i = 0; i < t->count; i++) {
        struct view *option;

        if (but < t->count && t->rows[i].id >= t->rows[but].id &&
            t->rows[i].id <= t->rows[but].last_id)
            continue;
        option = view_row(field, "Options");
        view_int(option, "Value", t->rows[i].number);
        view_text(option, "Label",
                  arena_printf(req->arena, "%.*s%s", (int)(3 * depth_of(t, i)),
                               "– – – – – – – – – – – – ", name_of(req, &t->rows[i])));
    }
}

static void show_head(struct request *req, const struct tree *t, const char *title)
{
    page_title(req, title);
    page_crumb(req, tr(req, N_("Departments")), ADDRESS);
    view_int(view_at(req->page, "Department"), "Tree", t->version);
}

static struct err *new_show(struct request *req)
{
    const struct query *query = req->route->query != NULL ? req->input : NULL;
    struct input empty = { .name_en = "", .name_zh = "" };
    struct tree t;

    TRY(read_tree(req, &t));
    empty.below = query != NULL ? query->below : form_typed_id(req, "below");
    show_head(req, &t, tr(req, N_("New department")));
    view_flag(view_at(req->page, "Department"), "IsNew", true);
    view_text(view_at(req->page, "Department"), "Action", ADDRESS "/new");
    form_show(req, &new_form, &empty);
    show_places(req, &t, t.count);
    return NULL;
}

static struct err *one_show(struct request *req)
{
    struct view *v = view_at(req->page, "Department");
    struct input stored;
    struct tree t;
    size_t at, above;

    TRY(read_one(req, &t, &at));
    above = find_id(&t, t.rows[at].parent_id);
    stored = (struct input){ .name_en = t.rows[at].name_en,
                             .name_zh = t.rows[at].name_zh,
                             .below = above < t.count ? t.rows[above].number : 0 };
    show_head(req, &t, name_of(req, &t.rows[at]));
    page_fact(req, trn(req, N_("%s person"), N_("%s people"), t.rows[at].people));
    view_text(v, "Action", arena_number(req->arena, ADDRESS "/", t.rows[at].number));
    form_show(req, &new_form, &stored);
    show_places(req, &t, at);
    return NULL;
}

/* -- writing ------------------------------------------------------------------------- */

static struct err *take_tree(struct request *req, const struct tree *t, int64_t seen)
{
    int64_t taken = 0;

    if (t->version == seen)
        TRY(db_exec(req->db, &tree_take, DB_ARGS(DB_I(seen)), &taken));
    if (taken == 1)
        return NULL;
    return err_pass(form_refuse_at(
        req, "name_en",
        tr(req,
           N_("Somebody changed the departments meanwhile. Look at the tree, and save again."))));
}

static struct department_node *nodes_of(struct request *req, const struct tree *t)
{
    struct department_node *nodes = arena_array(req->arena, t->count + 1, sizeof(*nodes));

    for (size_t i = 0; i < t->count; i++)
        nodes[i] = (struct department_node){ .id = t->rows[i].id,
                                             .last_id = t->rows[i].last_id,
                                             .parent_id = t->rows[i].parent_id };
    nodes[t->count] = (struct department_node){ 0 };
    return nodes;
}

static bool is_changed(const struct department_node *n)
{
    return n->id != n->new_id || n->last_id != n->new_last_id;
}

/* Nothing may name a department as its parent while that changes its id: the database does not
 * follow a reference into the same table. */
static struct err *let_go_all(struct request *req, const struct department_node *nodes,
                              size_t count, size_t moved)
{
    for (size_t i = 0; i < count; i++)
        if (nodes[i].id > 0 && nodes[i].parent_id != 0 && (is_changed(&nodes[i]) || i == moved))
            TRY(db_exec(req->db, &let_go, DB_ARGS(DB_I(nodes[i].id)), NULL));
    return NULL;
}

static int64_t new_id_of(const struct department_node *nodes, size_t count, int64_t id)
{
    for (size_t i = 0; i < count; i++)
        if (nodes[i].id == id)
            return nodes[i].new_id;
    return 0;
}

static struct err *hang_all(struct request *req, const struct department_node *nodes, size_t count,
                            size_t moved, int64_t below)
{
    for (size_t i = 0; i < count; i++) {
        const int64_t parent = i == moved ? below : nodes[i].parent_id;

        if (parent != 0 && (is_changed(&nodes[i]) || i == moved))
            TRY(db_exec(req->db, &hang,
                        DB_ARGS(DB_I(new_id_of(nodes, count, parent)), DB_I(nodes[i].new_id)),
                        NULL));
    }
    return NULL;
}

/* The new one's row is written in between, where ids are free. */
static struct err *store(struct request *req, struct department_node *nodes, size_t count,
                         size_t moved, int64_t below)
{
    const struct input *in = req->input;

    TRY(let_go_all(req, nodes, count, moved));
    for (size_t i = 0; i < count; i++) {
        const struct department_node *n = &nodes[i];

        if (n->id < 0)
            TRY(db_exec(req->db, &add,
                        DB_ARGS(DB_I(n->new_id), DB_I(n->new_last_id), DB_S(in->name_en),
                                DB_S(in->name_zh)),
                        NULL));
        else if (is_changed(n))
            TRY(db_exec(req->db, &renumber,
                        DB_ARGS(DB_I(n->new_id), DB_I(n->new_last_id), DB_I(n->id)), NULL));
    }
    TRY(hang_all(req, nodes, count, moved, below));
    return err_pass(session_refresh_departments(req->db));
}

/* The department that was chosen above it; *below_out 0: none. */
static struct err *read_below(struct request *req, const struct tree *t, int64_t *below_out)
{
    const struct input *in = req->input;
    const size_t at = find_number(t, in->below);

    *below_out = at < t->count ? t->rows[at].id : 0;
    if (in->below != 0 && at == t->count)
        return err_pass(form_refuse_at(req, "below", tr(req, N_("Choose one of the list."))));
    return NULL;
}

static struct err *audit(struct request *req, int64_t number, const char *before, const char *after)
{
    return err_pass(request_audit(req, "department", number, before, after));
}

static const char *words(struct request *req, const struct tree *t, const char *en, const char *zh,
                         int64_t below)
{
    const size_t above = find_id(t, below);

    return identity_json(req->arena,
                         JSON_PAIRS({ "name_en", en }, { "name_zh", zh },
                                    { "below", above < t->count ? t->rows[above].name_en : "" }));
}

static struct err *new_post(struct request *req)
{
    const struct input *in = req->input;
    struct department_node *nodes;
    int64_t below, id;
    struct tree t;

    TRY(read_tree(req, &t));
    TRY(take_tree(req, &t, in->tree));
    TRY(read_below(req, &t, &below));
    nodes = nodes_of(req, &t);
    if (!department_tree_place(nodes, t.count + 1, t.count, below))
        return err_raise(ERR_BUG, "no room for a new department");
    id = nodes[t.count].new_id;
    TRY(store(req, nodes, t.count + 1, t.count, below));
    TRY(read_tree(req, &t));
    TRY(audit(req, t.rows[find_id(&t, id)].number, NULL,
              words(req, &t, in->name_en, in->name_zh, t.rows[find_id(&t, id)].parent_id)));
    return err_pass(reply_redirect(req, "saved", ADDRESS));
}

static struct err *move(struct request *req, const struct tree *t, size_t at, int64_t below)
{
    struct department_node *nodes = nodes_of(req, t);

    if (t->rows[at].parent_id == below)
        return NULL;
    if (!department_tree_place(nodes, t->count, at, below))
        return err_pass(
            form_refuse_at(req, "below", tr(req, N_("A department cannot stand below itself."))));
    return err_pass(store(req, nodes, t->count, at, below));
}

static struct err *edit_post(struct request *req)
{
    const struct input *in = req->input;
    struct tree t;
    int64_t below;
    size_t at;

    TRY(read_one(req, &t, &at));
    TRY(take_tree(req, &t, in->tree));
    TRY(read_below(req, &t, &below));
    TRY(db_exec(req->db, &rename_one,
                DB_ARGS(DB_S(in->name_en), DB_S(in->name_zh), DB_I(t.rows[at].id)), NULL));
    TRY(move(req, &t, at, below));
    TRY(audit(req, t.rows[at].number,
              words(req, &t, t.rows[at].name_en, t.rows[at].name_zh, t.rows[at].parent_id),
              words(req, &t, in->name_en, in->name_zh, below)));
    return err_pass(reply_redirect(req, "saved", ADDRESS));
}

static struct err *delete_post(struct request *req)
{
    const struct input *in = req->input;
    struct tree t;
    struct use use;
    size_t at;

    TRY(read_one(req, &t, &at));
    TRY(take_tree(req, &t, in->tree));
    TRY(db_get(req->db, req->arena, &is_used, DB_ARGS(DB_I(t.rows[at].id)), &use));
    if (use.used)
        return err_pass(form_refuse_at(
            req, "name_en", tr(req, N_("There are people, records or other departments in it."))));
    TRY(db_exec(req->db, &drop, DB_ARGS(DB_I(t.rows[at].id)), NULL));
    TRY(audit(req, t.rows[at].number,
              words(req, &t, t.rows[at].name_en, t.rows[at].name_zh, t.rows[at].parent_id), NULL));
    return err_pass(reply_redirect(req, "deleted", ADDRESS));
}

#define GET_(name_, path_, perm, query_, handler_, page_)                                \
    {                                                                                    \
        .name = name_, .method = HTTP_GET, .path = ADDRESS path_, .audience = AUD_STAFF, \
        .permission = perm, .query = query_, .handler = handler_, .page = page_          \
    }
#define POST_(name_, path_, form_, handler_, retry_)                                      \
    {                                                                                     \
        .name = name_, .method = HTTP_POST, .path = ADDRESS path_, .audience = AUD_STAFF, \
        .permission = PERM_DEPARTMENTS_MANAGE, .form = form_, .handler = handler_,        \
        .retry = retry_, .retry_page = "admin/department.cs"                              \
    }
const struct route departments_staff_routes[] = {
    GET_("departments.list", "", PERM_DEPARTMENTS_VIEW, NULL, list_show, "admin/departments.cs"),
    GET_("departments.new_page", "/new", PERM_DEPARTMENTS_MANAGE, &query_form, new_show,
         "admin/department.cs"),
    POST_("departments.new", "/new", &new_form, new_post, new_show),
    GET_("departments.one", "/:department", PERM_DEPARTMENTS_MANAGE, NULL, one_show,
         "admin/department.cs"),
    POST_("departments.edit", "/:department", &new_form, edit_post, one_show),
    POST_("departments.delete", "/:department/delete", &delete_form, delete_post, one_show),
    { 0 },
};
