/* accounts/accounts_tree.c - which company stands below which, as its page shows it and as staff
 * change it.  What stands outside the reader's departments is left out. */
#include "account/account_tree.h"
#include "accounts/accounts_inside.h"
#include "base/str.h"
#include "web/form_fields.h"

struct tree_row {
    int64_t id, level; /* level: 1 the parent, 2 its parent ...; 0 a child */
    bool seen;
    const char *name, *kind, *country;
};
static const struct db_field fields[] = {
    DB_FIELD(struct tree_row, seen, DB_BOOL, 0),
    DB_FIELD(struct tree_row, id, DB_I64, 0),
    DB_FIELD(struct tree_row, level, DB_I64, 0),
    DB_FIELD(struct tree_row, name, DB_TEXT, 400),
    DB_FIELD(struct tree_row, kind, DB_TEXT, 12),
    DB_FIELD(struct tree_row, country, DB_TEXT, 4),
    { 0 },
};
#define COLUMNS(level)                                                                          \
    "SELECT (x.department_id BETWEEN ? AND ? OR x.department_id IS NULL) AS seen, x.id, " level \
    " AS level, x.name, x.kind, x.country "
static const struct db_stmt above = {
    .name = "accounts.above",
    .sql =
        COLUMNS("k.level") "FROM (WITH RECURSIVE up AS (SELECT parent_id AS id, 1 AS level "
                           "FROM account WHERE id = ? UNION ALL SELECT p.parent_id, u.level + 1 "
                           "FROM up u JOIN account p ON p.id = u.id WHERE u.level < 20 "
                           "AND p.parent_id IS NOT NULL) SELECT id, level FROM up) k "
                           "JOIN account x ON x.id = k.id AND x.deleted_at IS NULL HAVING seen = 1 "
                           "ORDER BY level DESC",
    .binds = "iii",
    .fields = fields,
    .row_bytes = sizeof(struct tree_row),
    .flags = DB_STAFF_SCOPE | DB_LISTS,
};
enum { CHILDREN_SHOWN = 50 };
static const struct db_stmt below = {
    .name = "accounts.below",
    .sql = COLUMNS("0") "FROM account x FORCE INDEX (account_parent_name) WHERE x.parent_id = ? "
                        "AND x.deleted_at IS NULL HAVING seen = 1 ORDER BY x.name, x.id LIMIT ?",
    .binds = "iiii",
    .fields = fields,
    .row_bytes = sizeof(struct tree_row),
    .flags = DB_STAFF_SCOPE | DB_LISTS,
};
db_stmt_table accounts_tree_statements[] = { &above, &below, NULL };

static void show_row(struct request *req, struct view *v, const char *list,
                     const struct tree_row *row)
{
    struct view *at = view_row(v, list);

    view_text(at, "Name", row->name);
    view_text(at, "Href", accounts_href(req, row->id));
    view_text(at, "Country", text_country_name(text_locale_lang(req->locale), row->country));
    page_status(req, at, "Kind", accounts_kinds, row->kind);
}

struct err *accounts_show_tree(struct request *req, struct view *v, const struct account *a)
{
    const struct db_arg low = DB_I(req->actor->department_low),
                        high = DB_I(req->actor->department_high);
    const struct accounts_parent_input stored = { .row_version = a->row_version };
    struct tree_row *rows;
    size_t count = 0;

    if (a->parent_id != 0)
        TRY(db_list(req->db, req->arena, &above, DB_ARGS(low, high, DB_I(a->id)), &rows, &count));
    for (size_t i = 0; i < count; i++)
        show_row(req, v, "Above", &rows[i]);
    view_flag(v, "HasParent", a->parent_id != 0);
    TRY(db_list(req->db, req->arena, &below, DB_ARGS(low, high, DB_I(a->id), DB_I(CHILDREN_SHOWN)),
                &rows, &count));
    for (size_t i = 0; i < count; i++)
        show_row(req, v, "Below", &rows[i]);
    form_show_as(req, "Parent", &accounts_parent_form, &stored);
    return NULL;
}

/* -- changing it ---------------------------------------------------------------------------------
 */

static const struct field parent_fields[] = {
    FORM_VERSION_NEEDED(struct accounts_parent_input),
    { .name = "parent",
      .label = N_("Number of the parent account"),
      .kind = FIELD_TEXT,
      .max = 20,
      .offset = offsetof(struct accounts_parent_input, parent) },
    { 0 },
};
const struct form accounts_parent_form = { .name = "accounts_parent",
                                           .fields = parent_fields,
                                           .size_bytes = sizeof(struct accounts_parent_input) };

static bool same_side(const struct account *a, const struct account *b)
{
    return str_eq(a->kind, "partner") == str_eq(b->kind, "partner");
}

/* 0: none.  Partners stand below partners, end customers below end customers. */
static struct err *find_parent(struct request *req, const struct account *own, const char *typed,
                               int64_t *id_out)
{
    const void *parent = NULL;

    *id_out = 0;
    if (str_is_empty(typed))
        return NULL;
    if (str_to_i64(typed, id_out) && *id_out > 0)
        TRY(accounts_load(req, *id_out, &parent));
    if (parent == NULL)
        form_fault(req, "parent", -1, tr(req, N_("There is no account of this number.")));
    else if (!same_side(own, parent))
        form_fault(req, "parent", -1,
                   tr(req, N_("A partner stands below a partner, a customer below a customer.")));
    return NULL;
}

static const struct {
    const char *detail, *words;
} refusals[] = {
    { "circle", N_("That account is this one, or stands below it.") },
    { "depth", N_("No more than twenty accounts stand above each other.") },
    { "gone", N_("There is no account of this number.") },
    { "version", N_("Somebody changed this account meanwhile. Look at it, and try again.") },
};

static struct err *refuse(struct request *req, struct err *e)
{
    for (size_t i = 0; i < ARRAY_LEN(refusals); i++)
        if (str_eq(refusals[i].detail, err_detail(e)))
            form_fault(req, "parent", -1, tr(req, refusals[i].words));
    if (!form_has_faults(req))
        return err_pass(e);
    err_free(e);
    return err_pass(form_refuse(req));
}

struct err *accounts_parent_post(struct request *req)
{
    const struct accounts_parent_input *in = req->input;
    const struct audit_who who = { .actor = req->actor, .address = req->remote_addr };
    struct account account = *(const struct account *)req->object;
    int64_t parent;
    struct err *e;

    TRY(find_parent(req, &account, in->parent, &parent));
    if (form_has_faults(req))
        return err_pass(form_refuse(req));
    account.row_version = in->row_version;
    e = account_set_parent(req->db, req->arena, &who, &account, parent);
    if (err_is(e, ERR_CONFLICT))
        return err_pass(refuse(req, e));
    TRY(e);
    return err_pass(reply_redirect(req, "saved", "/staff/accounts/%lld", (long long)account.id));
}
