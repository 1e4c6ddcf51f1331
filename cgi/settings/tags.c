/* settings/tags.c - the words that staff put on companies: renamed, and two of them made one. */
#include "account/tag.h"
#include "base/str.h"
#include "identity/identity.h"
#include "settings/settings.h"
#include "settings/setup.h"
#include "web/form_fields.h"

#define ADDRESS "/staff/setup/tags"
#define PAGE    "settings/tag.cs"

enum { SHARED_MOST = 1000 };

struct tag {
    int64_t id, row_version, accounts;
    const char *name;
};

/* -- statements ----------------------------------------------------------------------------------
 */

static const struct db_field tag_fields[] = {
    DB_FIELD(struct tag, id, DB_I64, 0),
    DB_FIELD(struct tag, row_version, DB_I64, 0),
    DB_FIELD(struct tag, accounts, DB_I64, 0),
    DB_FIELD(struct tag, name, DB_TEXT, 4 * TAG_NAME_MOST),
    { 0 },
};
#define COLUMNS "SELECT id, row_version, accounts, name FROM tag"
static const struct db_stmt list_all = {
    .name = "tags.list",
    .sql = COLUMNS " ORDER BY name_key LIMIT 500",
    .binds = "",
    .fields = tag_fields,
    .row_bytes = sizeof(struct tag),
    .flags = DB_LISTS | DB_WHOLE_TABLE,
};
static const struct db_stmt find_one = {
    .name = "tags.one",
    .sql = COLUMNS " WHERE id = ?",
    .binds = "i",
    .fields = tag_fields,
    .row_bytes = sizeof(struct tag),
};
static const struct db_stmt rename_one = {
    .name = "tags.rename",
    .sql = "UPDATE tag SET name = ?, name_key = ?, row_version = row_version + 1"
           " WHERE id = ? AND row_version = ?",
    .binds = "ssii",
    .flags = DB_WRITE,
};
/* Both rows are held by it until the end. */
static const struct db_stmt hold = {
    .name = "tags.hold",
    .sql = "UPDATE tag SET row_version = row_version + 1 WHERE id = ? AND row_version = ?",
    .binds = "ii",
    .flags = DB_WRITE,
};
static const struct db_stmt put_on = {
    .name = "tags.put_on",
    .sql = "INSERT IGNORE INTO account_tag (account_id, tag_id)"
           " SELECT account_id, ? FROM account_tag WHERE tag_id = ?",
    .binds = "ii",
    .flags = DB_WRITE,
};
static const struct db_stmt take_off = {
    .name = "tags.take_off",
    .sql = "DELETE FROM account_tag WHERE tag_id = ?",
    .binds = "i",
    .flags = DB_WRITE,
};
static const struct db_stmt drop = {
    .name = "tags.drop",
    .sql = "DELETE FROM tag WHERE id = ?",
    .binds = "i",
    .flags = DB_WRITE,
};
struct number_row {
    int64_t n;
};
static const struct db_field number_fields[] = { DB_FIELD(struct number_row, n, DB_I64, 0), { 0 } };
static const struct db_stmt shared = {
    .name = "tags.shared",
    .sql =
        "SELECT COUNT(*) AS n FROM (SELECT x.account_id FROM account_tag x JOIN account_tag y"
        " ON y.account_id = x.account_id AND y.tag_id = ? WHERE x.tag_id = ? LIMIT ?) AS both_tags",
    .binds = "iii",
    .fields = number_fields,
    .row_bytes = sizeof(struct number_row),
};
db_stmt_table tags_statements[] = { &list_all, &find_one, &rename_one, &hold, &put_on,
                                    &take_off, &drop,     &shared,     NULL };

/* -- forms ---------------------------------------------------------------------------------------
 */

struct rename_input {
    int64_t row_version;
    const char *name;
};
#define AT(member) .offset = offsetof(struct rename_input, member)
static const struct field rename_fields[] = {
    FORM_VERSION(struct rename_input),
    { .name = "name",
      .label = N_("Tag"),
      .kind = FIELD_TEXT,
      .required = true,
      .needed = N_("Enter a tag."),
      .min = 1,
      .max = TAG_NAME_MOST,
      AT(name) },
    { 0 },
};
#undef AT
static const struct form rename_form = { .name = "tags.rename",
                                         .fields = rename_fields,
                                         .size_bytes = sizeof(struct rename_input) };

struct merge_input {
    int64_t row_version, into_version, into;
};
#define AT(member) .offset = offsetof(struct merge_input, member)
static const struct field merge_fields[] = {
    FORM_VERSION(struct merge_input),
    { .name = "into_version",
      .label = N_("Version"),
      .kind = FIELD_INT,
      .max = INT64_MAX,
      AT(into_version) },
    { .name = "into",
      .label = N_("Into"),
      .kind = FIELD_ID,
      .required = true,
      .needed = N_("Choose the tag that stays."),
      AT(into) },
    { 0 },
};
#undef AT
static const struct form merge_form = { .name = "tags.merge",
                                        .fields = merge_fields,
                                        .size_bytes = sizeof(struct merge_input) };

/* -- pages ---------------------------------------------------------------------------------------
 */

static const char *companies(struct request *req, int64_t count)
{
    return trn(req, "%s company", "%s companies", count);
}

static struct err *list_show(struct request *req)
{
    struct tag *rows;
    size_t count;

    TRY(db_list(req->db, req->arena, &list_all, DB_NO_ARGS, &rows, &count));
    setup_head(req, tr(req, N_("Tags")));
    view_flag(req->page, "MayEdit", actor_may(req->actor, PERM_TAGS_MANAGE));
    for (size_t i = 0; i < count; i++) {
        struct view *v = view_row(req->page, "Rows");

        view_text(v, "Name", rows[i].name);
        page_int(req, v, "Accounts", rows[i].accounts);
        view_text(v, "Href", arena_number(req->arena, ADDRESS "/", rows[i].id));
    }
    return NULL;
}

static struct err *find(struct request *req, struct tag *out)
{
    int64_t id;

    if (!str_to_i64(request_param(req, "tag"), &id))
        return err_raise(ERR_NOT_FOUND, "no such tag");
    return err_pass(db_get(req->db, req->arena, &find_one, DB_ARGS(DB_I(id)), out));
}

/* The others, to choose from. */
static struct err *show_others(struct request *req, const struct tag *tag)
{
    struct view *into = view_at(view_at(view_at(req->page, "Merge"), "F"), "into");
    struct tag *rows;
    size_t count;

    TRY(db_list(req->db, req->arena, &list_all, DB_NO_ARGS, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        struct view *option;

        if (rows[i].id == tag->id)
            continue;
        option = view_row(into, "Options");
        view_int(option, "Value", rows[i].id);
        view_text(option, "Label",
                  trf(req, N_("%1$s (%2$s)"), rows[i].name, companies(req, rows[i].accounts)));
    }
    return NULL;
}

static struct err *show(struct request *req, const struct tag *tag)
{
    const struct rename_input at = { .row_version = tag->row_version, .name = tag->name };
    const struct merge_input merge = { .row_version = tag->row_version };
    struct view *v = view_at(req->page, "Tag");

    setup_head(req, tag->name);
    page_crumb(req, tr(req, N_("Tags")), ADDRESS);
    page_fact(req, companies(req, tag->accounts));
    view_text(v, "Href", arena_number(req->arena, ADDRESS "/", tag->id));
    view_text(v, "Accounts", arena_number(req->arena, "/staff/accounts?view=all&tag=", tag->id));
    view_int(v, "Version", tag->row_version);
    form_show(req, &rename_form, &at);
    form_show_as(req, "Merge", &merge_form, &merge);
    return err_pass(show_others(req, tag));
}

static struct err *one_show(struct request *req)
{
    struct tag tag;

    TRY(find(req, &tag));
    return err_pass(show(req, &tag));
}

/* -- another name --------------------------------------------------------------------------------
 */

static const char *name_json(struct arena *a, const char *name)
{
    return identity_json(a, JSON_PAIRS({ "name", name }));
}

static struct err *one_post(struct request *req)
{
    const struct rename_input *in = req->input;
    const char *key = tag_key(req->arena, in->name);
    int64_t changed = 0;
    struct tag tag;
    struct err *e;

    TRY(find(req, &tag));
    if (key == NULL)
        return err_pass(form_refuse_at(req, "name", tr(req, N_("Enter a tag."))));
    e = db_exec(req->db, &rename_one,
                DB_ARGS(DB_S(in->name), DB_S(key), DB_I(tag.id), DB_I(in->row_version)), &changed);
    if (err_is(e, ERR_DUPLICATE)) {
        err_free(e);
        return err_pass(form_refuse_at(
            req, "name", tr(req, N_("There is such a tag already: merge the two instead."))));
    }
    TRY(e);
    if (changed != 1)
        return err_pass(form_refuse_changed(req, "name"));
    TRY(request_audit(req, "tag", tag.id, name_json(req->arena, tag.name),
                      name_json(req->arena, in->name)));
    return err_pass(reply_redirect(req, "saved", ADDRESS));
}

/* -- two made one --------------------------------------------------------------------------------
 */

/* What pressing the button would do, in figures. */
static struct err *show_effect(struct request *req, const struct tag *tag, const struct tag *into)
{
    struct view *v = view_at(view_at(req->page, "Tag"), "Effect");
    struct number_row both;
    const char *which;

    TRY(db_get(req->db, req->arena, &shared,
               DB_ARGS(DB_I(into->id), DB_I(tag->id), DB_I(SHARED_MOST + 1)), &both));
    which = both.n > SHARED_MOST
                ? trf(req, N_("More than %s of them have it already."),
                      text_number(req->locale, req->arena, SHARED_MOST))
                : trn(req, "%s of them has it already.", "%s of them have it already.", both.n);
    view_text(v, "Text",
              trf(req, N_("%1$s with “%2$s” get “%3$s” instead."), companies(req, tag->accounts),
                  tag->name, into->name));
    view_text(v, "Shared", which);
    view_text(v, "Gone", trf(req, N_("The tag “%s” is then gone for good."), tag->name));
    view_int(v, "Into", into->id);
    view_int(v, "IntoVersion", into->row_version);
    return NULL;
}

/* Who holds the lower number first meets nobody who waits for him. */
static struct err *hold_both(struct request *req, const struct tag *a, int64_t a_version,
                             const struct tag *b, int64_t b_version, bool *held_out)
{
    const bool swap = b->id < a->id;
    int64_t first, second = 0;

    TRY(db_exec(req->db, &hold,
                DB_ARGS(DB_I(swap ? b->id : a->id), DB_I(swap ? b_version : a_version)), &first));
    if (first == 1)
        TRY(db_exec(req->db, &hold,
                    DB_ARGS(DB_I(swap ? a->id : b->id), DB_I(swap ? a_version : b_version)),
                    &second));
    *held_out = first == 1 && second == 1;
    return NULL;
}

static struct err *merge(struct request *req, const struct tag *tag, const struct tag *into)
{
    const struct merge_input *in = req->input;
    bool held = false;

    TRY(hold_both(req, tag, in->row_version, into, in->into_version, &held));
    if (!held)
        return err_pass(form_refuse_at(
            req, "into", tr(req, N_("One of the two was changed meanwhile. Look again."))));
    TRY(db_exec(req->db, &put_on, DB_ARGS(DB_I(into->id), DB_I(tag->id)), NULL));
    TRY(db_exec(req->db, &take_off, DB_ARGS(DB_I(tag->id)), NULL));
    TRY(db_exec(req->db, &drop, DB_ARGS(DB_I(tag->id)), NULL));
    TRY(request_audit(req, "tag", tag->id, name_json(req->arena, tag->name), NULL));
    TRY(request_audit(
        req, "tag", into->id, NULL,
        identity_json(req->arena,
                      JSON_PAIRS({ "name", into->name }, { "merged", tag->name },
                                 { "companies", arena_number(req->arena, "", tag->accounts) }))));
    return err_pass(reply_redirect(req, "saved", ADDRESS "/%lld", (long long)into->id));
}

static struct err *merge_post(struct request *req)
{
    const struct merge_input *in = req->input;
    struct tag tag, into;
    bool found;

    TRY(find(req, &tag));
    TRY(db_one(req->db, req->arena, &find_one, DB_ARGS(DB_I(in->into)), &into, &found));
    if (!found || into.id == tag.id)
        return err_pass(form_refuse_at(req, "into", tr(req, N_("Choose the tag that stays."))));
    if (str_eq(form_button(req), "merge"))
        return err_pass(merge(req, &tag, &into));
    TRY(show(req, &tag));
    TRY(show_effect(req, &tag, &into));
    return err_pass(reply_page(req, PAGE));
}

#define ROUTE(name_, method_, path_, perm)                                          \
    .name = name_, .method = method_, .path = ADDRESS path_, .audience = AUD_STAFF, \
    .permission = perm

const struct route tags_staff_routes[] = {
    { ROUTE("tags.list", HTTP_GET, "", PERM_SETTINGS_VIEW), .handler = list_show,
      .page = "settings/tags.cs" },
    { ROUTE("tags.one", HTTP_GET, "/:tag", PERM_TAGS_MANAGE), .handler = one_show, .page = PAGE },
    { ROUTE("tags.rename", HTTP_POST, "/:tag", PERM_TAGS_MANAGE), .form = &rename_form,
      .handler = one_post, .retry = one_show, .retry_page = PAGE },
    { ROUTE("tags.merge", HTTP_POST, "/:tag/merge", PERM_TAGS_MANAGE), .form = &merge_form,
      .handler = merge_post, .retry = one_show, .retry_page = PAGE },
    { 0 },
};
