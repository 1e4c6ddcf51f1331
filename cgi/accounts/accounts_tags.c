/* accounts/accounts_tags.c - words that staff put on a company, and take off. */
#include "account/tag.h"
#include "accounts/accounts_inside.h"
#include "base/str.h"

enum { TAG_MOST = 20 };

/* -- statements ----------------------------------------------------------------------------------
 */

static const struct db_field tag_fields[] = {
    DB_FIELD(struct accounts_tag, id, DB_I64, 0),
    DB_FIELD(struct accounts_tag, name, DB_TEXT, 160),
    { 0 },
};
const struct db_stmt accounts_all_tags = {
    .name = "accounts.tags",
    .sql = "SELECT t.id, t.name FROM tag t WHERE EXISTS (SELECT 1 FROM account_tag x WHERE "
           "x.tag_id = t.id) ORDER BY t.name_key LIMIT 500",
    .binds = "",
    .fields = tag_fields,
    .row_bytes = sizeof(struct accounts_tag),
    .flags = DB_WHOLE_TABLE,
};
static const struct db_stmt tags_of = {
    .name = "accounts.tags_of",
    .sql = "SELECT t.id, t.name FROM account_tag x JOIN tag t ON t.id = x.tag_id "
           "WHERE x.account_id = ? ORDER BY t.name_key",
    .binds = "i",
    .fields = tag_fields,
    .row_bytes = sizeof(struct accounts_tag),
    .flags = DB_LISTS,
};
static const struct db_stmt find_tag = {
    .name = "accounts.tag_find",
    .sql = "SELECT id, name FROM tag WHERE name_key = ?",
    .binds = "s",
    .fields = tag_fields,
    .row_bytes = sizeof(struct accounts_tag),
};
static const struct db_stmt make_tag = {
    .name = "accounts.tag_make",
    .sql = "INSERT IGNORE INTO tag (name, name_key) VALUES (?, ?)",
    .binds = "ss",
    .flags = DB_WRITE,
};
static const struct db_stmt put_on = {
    .name = "accounts.tag_on",
    .sql = "INSERT IGNORE INTO account_tag (account_id, tag_id) VALUES (?, ?)",
    .binds = "ii",
    .flags = DB_WRITE,
};
static const struct db_stmt take_off = {
    .name = "accounts.tag_off",
    .sql = "DELETE FROM account_tag WHERE account_id = ? AND tag_id = ?",
    .binds = "ii",
    .flags = DB_WRITE,
};
db_stmt_table accounts_tag_statements[] = {
    &accounts_all_tags, &tags_of, &find_tag, &make_tag, &put_on, &take_off, NULL
};

/* -- on the page ---------------------------------------------------------------------------------
 */

struct tag_input {
    const char *tag;
};
static const struct field fields[] = {
    { .name = "tag",
      .label = N_("Tag"),
      .kind = FIELD_TEXT,
      .required = true,
      .needed = N_("Enter a tag."),
      .min = 1,
      .max = TAG_NAME_MOST,
      .offset = offsetof(struct tag_input, tag) },
    { 0 },
};
const struct form accounts_tag_form = { .name = "accounts_tag",
                                        .fields = fields,
                                        .size_bytes = sizeof(struct tag_input) };

struct err *accounts_show_tags(struct request *req, struct view *v, const struct account *a)
{
    struct accounts_tag *rows;
    size_t count;

    TRY(db_list(req->db, req->arena, &tags_of, DB_ARGS(DB_I(a->id)), &rows, &count));
    for (size_t i = 0; i < count; i++) {
        struct view *row = view_row(v, "Tags");

        view_text(row, "Name", rows[i].name);
        view_text(row, "Href",
                  arena_number(req->arena, "/staff/accounts?view=all&tag=", rows[i].id));
        view_text(row, "Off",
                  arena_printf(req->arena, "/staff/accounts/%lld/tags/%lld/delete",
                               (long long)a->id, (long long)rows[i].id));
    }
    if (actor_may(req->actor, PERM_ACCOUNT_EDIT)) {
        TRY(db_list(req->db, req->arena, &accounts_all_tags, DB_NO_ARGS, &rows, &count));
        for (size_t i = 0; i < count; i++)
            view_text(view_row(v, "Known"), "Name", rows[i].name);
    }
    form_show_as(req, "Tag", &accounts_tag_form, NULL);
    return NULL;
}

/* -- writing -------------------------------------------------------------------------------------
 */

/* Two who make the same word at once make one. */
static struct err *find_or_make(struct request *req, const char *name, const char *key,
                                int64_t *id_out)
{
    struct accounts_tag tag;

    TRY(db_exec(req->db, &make_tag, DB_ARGS(DB_S(name), DB_S(key)), NULL));
    TRY(db_get(req->db, req->arena, &find_tag, DB_ARGS(DB_S(key)), &tag));
    *id_out = tag.id;
    return NULL;
}

static struct err *back(struct request *req)
{
    return err_pass(
        reply_redirect(req, "saved", "/staff/accounts/%lld", (long long)req->object_id));
}

static const char *json_of(struct request *req, int64_t tag)
{
    return arena_printf(req->arena, "{\"tag\":%lld}", (long long)tag);
}

struct err *accounts_tag_post(struct request *req)
{
    const struct tag_input *in = req->input;
    const char *key = tag_key(req->arena, in->tag);
    struct accounts_tag *rows;
    int64_t id = 0, changed;
    size_t count;

    if (key == NULL)
        return err_pass(form_refuse_at(req, "tag", tr(req, N_("Enter a tag."))));
    TRY(db_list(req->db, req->arena, &tags_of, DB_ARGS(DB_I(req->object_id)), &rows, &count));
    if (count >= TAG_MOST)
        return err_pass(form_refuse_at(
            req, "tag", tr(req, N_("It has twenty tags already. Take one off first."))));
    TRY(find_or_make(req, in->tag, key, &id));
    TRY(db_exec(req->db, &put_on, DB_ARGS(DB_I(req->object_id), DB_I(id)), &changed));
    if (changed == 1)
        TRY(request_audit(req, "account", req->object_id, NULL, json_of(req, id)));
    return err_pass(back(req));
}

struct err *accounts_tag_off_post(struct request *req)
{
    int64_t id = 0, changed;

    if (!str_to_i64(request_param(req, "tag"), &id))
        return err_raise(ERR_NOT_FOUND, "no such tag");
    TRY(db_exec(req->db, &take_off, DB_ARGS(DB_I(req->object_id), DB_I(id)), &changed));
    if (changed == 1)
        TRY(request_audit(req, "account", req->object_id, json_of(req, id), NULL));
    return err_pass(back(req));
}
