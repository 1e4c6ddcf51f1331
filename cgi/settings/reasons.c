/* settings/reasons.c - the reasons that staff give for decisions on registrations: worded, put in
 * order, no longer offered.  A reason is never deleted: registrations name it. */
#include "base/str.h"
#include "identity/identity.h"
#include "settings/settings.h"
#include "settings/setup.h"
#include "web/form_fields.h"

#define ADDRESS "/staff/setup/reasons"
#define PAGE    "settings/reason.cs"
enum { SORT_MOST = 30000, TEXT_MOST = 120 };

/* -- statements ----------------------------------------------------------------------------------
 */

struct reason {
    int64_t id, sort, row_version;
    const char *use_for, *text_en, *text_zh;
    bool active;
    bool named; /* by an automatic rule that is on */
};
static const struct db_field reason_fields[] = {
    DB_FIELD(struct reason, id, DB_I64, 0),
    DB_FIELD(struct reason, use_for, DB_TEXT, 10),
    DB_FIELD(struct reason, text_en, DB_TEXT, 480),
    DB_FIELD(struct reason, text_zh, DB_TEXT, 480),
    DB_FIELD(struct reason, sort, DB_I64, 0),
    DB_FIELD(struct reason, active, DB_BOOL, 0),
    DB_FIELD(struct reason, row_version, DB_I64, 0),
    DB_FIELD(struct reason, named, DB_BOOL, 0),
    { 0 },
};
static const struct db_stmt list_all = {
    .name = "reasons.list",
    .sql = "SELECT r.id, r.use_for, r.text_en, r.text_zh, r.sort, r.active, r.row_version, EXISTS "
           "(SELECT 1 FROM deal_rule d WHERE d.active = 1 AND d.reason_code = r.code) AS named "
           "FROM deal_reason r ORDER BY r.use_for, r.sort, r.code",
    .binds = "",
    .fields = reason_fields,
    .row_bytes = sizeof(struct reason),
    .flags = DB_LISTS | DB_WHOLE_TABLE,
};
static const struct db_stmt add_one = {
    .name = "reasons.add",
    .sql = "INSERT INTO deal_reason (code, use_for, text_en, text_zh, sort, active) SELECT "
           "CONCAT('reason_', n.next), ?, ?, ?, ?, ? FROM (SELECT IFNULL(MAX(id), 0) + 1 AS next "
           "FROM deal_reason) n",
    .binds = "sssii",
    .flags = DB_WRITE,
};
static const struct db_stmt change_one = {
    .name = "reasons.change",
    .sql = "UPDATE deal_reason SET text_en = ?, text_zh = ?, sort = ?, active = ?, row_version = "
           "row_version + 1 WHERE id = ? AND row_version = ?",
    .binds = "ssiiii",
    .flags = DB_WRITE,
};
/* The rows that are counted are written, so that of two who switch off the last two one waits. */
static const struct db_stmt touch_others = {
    .name = "reasons.others",
    .sql = "UPDATE deal_reason SET row_version = row_version + 1 WHERE use_for = ? AND active = 1 "
           "AND id <> ? ORDER BY id LIMIT 1",
    .binds = "si",
    .flags = DB_WRITE,
};
db_stmt_table reasons_statements[] = { &list_all, &add_one, &change_one, &touch_others, NULL };

/* -- forms ---------------------------------------------------------------------------------------
 */

struct reason_input {
    int64_t row_version, sort;
    const char *use_for, *text_en, *text_zh;
    bool active;
};
static const struct choice uses[] = {
    { "reject", N_("Rejecting") },
    { "return", N_("Returning for information") },
    { "revoke", N_("Ending a protection: revoking, overruling") },
    { 0 },
};
#define AT(member) .offset = offsetof(struct reason_input, member)
#define TEXT_OF(member, label_)                                                   \
    {                                                                             \
        .name = #member, .label = (label_), .kind = FIELD_TEXT, .required = true, \
        .needed = N_("Enter the reason."), .min = 1, .max = TEXT_MOST, AT(member) \
    }
#define WORDS                                                                             \
    TEXT_OF(text_en, N_("Reason in English")), TEXT_OF(text_zh, N_("Reason in Chinese")), \
        FORM_ORDER(struct reason_input, sort, SORT_MOST), FORM_IN_USE(struct reason_input)
static const struct field new_fields[] = { { .name = "use_for",
                                             .label = N_("Given when"),
                                             .kind = FIELD_CHOICE,
                                             .required = true,
                                             .needed = N_("Choose what the reason is for."),
                                             .choices = uses,
                                             AT(use_for) },
                                           WORDS,
                                           { 0 } };
static const struct field edit_fields[] = { FORM_VERSION_NEEDED(struct reason_input),
                                            WORDS,
                                            { 0 } };
#undef AT
static const struct form new_form = { .name = "reasons.new",
                                      .fields = new_fields,
                                      .size_bytes = sizeof(struct reason_input) };
static const struct form edit_form = { .name = "reasons.edit",
                                       .fields = edit_fields,
                                       .size_bytes = sizeof(struct reason_input) };

/* -- pages ---------------------------------------------------------------------------------------
 */

struct reasons {
    struct reason *rows;
    size_t count;
};

static struct err *read_all(struct request *req, struct reasons *out)
{
    return err_pass(db_list(req->db, req->arena, &list_all, DB_NO_ARGS, &out->rows, &out->count));
}

static void show_group(struct request *req, const struct choice *use, const struct reasons *all)
{
    struct view *group = view_row(req->page, "Groups");

    view_text(group, "Title", tr(req, use->label));
    view_text(group, "Id", use->value);
    for (size_t i = 0; i < all->count; i++) {
        const struct reason *reason = &all->rows[i];
        struct view *v;

        if (!str_eq(reason->use_for, use->value))
            continue;
        v = view_row(group, "Rows");
        view_text(v, "Text", setup_name(req, reason->text_en, reason->text_zh));
        page_int(req, v, "Sort", reason->sort);
        setup_switch(req, v, reason->active);
        view_text(v, "Href", arena_number(req->arena, ADDRESS "/", reason->id));
    }
}

static struct err *list_show(struct request *req)
{
    struct reasons all;

    TRY(read_all(req, &all));
    setup_head(req, tr(req, N_("Reasons of decisions")));
    view_flag(req->page, "MayEdit", setup_may_edit(req));
    for (const struct choice *use = uses; use->value != NULL; use++)
        show_group(req, use, &all);
    return NULL;
}

static void show_form(struct request *req, const struct form *form, const char *title,
                      const char *action, const struct reason_input *stored)
{
    setup_head(req, title);
    page_crumb(req, tr(req, N_("Reasons of decisions")), ADDRESS);
    view_text(view_at(req->page, "Reason"), "Action", action);
    view_flag(view_at(req->page, "Reason"), "IsNew", form == &new_form);
    form_show(req, form, stored);
}

static struct err *new_show(struct request *req)
{
    const struct reason_input empty = {
        .use_for = "reject", .text_en = "", .text_zh = "", .sort = 5, .active = true
    };

    show_form(req, &new_form, tr(req, N_("New reason")), ADDRESS "/new", &empty);
    return NULL;
}

static struct err *find(struct request *req, struct reason *out)
{
    struct reasons all;
    int64_t id;

    TRY(read_all(req, &all));
    if (str_to_i64(request_param(req, "reason"), &id))
        for (size_t i = 0; i < all.count; i++)
            if (all.rows[i].id == id) {
                *out = all.rows[i];
                return NULL;
            }
    return err_raise(ERR_NOT_FOUND, "no such reason");
}

static const char *use_word(struct request *req, const char *use_for)
{
    for (const struct choice *use = uses; use->value != NULL; use++)
        if (str_eq(use->value, use_for))
            return tr(req, use->label);
    return use_for;
}

static struct err *one_show(struct request *req)
{
    struct reason reason;

    TRY(find(req, &reason));
    const struct reason_input stored = { .row_version = reason.row_version,
                                         .text_en = reason.text_en,
                                         .text_zh = reason.text_zh,
                                         .sort = reason.sort,
                                         .active = reason.active };

    show_form(req, &edit_form, setup_name(req, reason.text_en, reason.text_zh),
              arena_number(req->arena, ADDRESS "/", reason.id), &stored);
    page_fact(req, use_word(req, reason.use_for));
    return NULL;
}

/* -- writing -------------------------------------------------------------------------------------
 */

static const char *in_words(struct arena *a, const char *text_en, const char *text_zh, int64_t sort,
                            bool active)
{
    return identity_json(a, JSON_PAIRS({ "text_en", text_en }, { "text_zh", text_zh },
                                       { "sort", arena_number(a, "", sort) },
                                       { "active", active ? "yes" : "no" }));
}

static const char *typed_in_words(struct request *req)
{
    const struct reason_input *in = req->input;

    return in_words(req->arena, in->text_en, in->text_zh, in->sort, in->active);
}

static struct err *new_post(struct request *req)
{
    const struct reason_input *in = req->input;
    struct err *e;
    int64_t id;

    e = db_insert(req->db, &add_one,
                  DB_ARGS(DB_S(in->use_for), DB_S(in->text_en), DB_S(in->text_zh), DB_I(in->sort),
                          DB_I(in->active)),
                  &id);
    if (err_is(e, ERR_DUPLICATE)) {
        err_free(e);
        return err_raise(ERR_AGAIN, "two reasons were made at once");
    }
    TRY(e);
    TRY(request_audit(req, "deal_reason", id, NULL, typed_in_words(req)));
    return err_pass(reply_redirect(req, "saved", ADDRESS));
}

/* What a rule gives stays, and one is left for each decision. */
static struct err *judge_off(struct request *req, const struct reason *reason)
{
    const struct reason_input *in = req->input;
    int64_t others;

    if (in->active || !reason->active)
        return NULL;
    if (reason->named)
        return err_pass(form_refuse_at(
            req, "active",
            tr(req, N_("An automatic rule rejects with it: choose another reason there first."))));
    TRY(db_exec(req->db, &touch_others, DB_ARGS(DB_S(reason->use_for), DB_I(reason->id)), &others));
    if (others == 1)
        return NULL;
    return err_pass(form_refuse_at(
        req, "active", tr(req, N_("One reason must be left: nobody could decide so any more."))));
}

static struct err *edit_post(struct request *req)
{
    const struct reason_input *in = req->input;
    struct reason reason;
    int64_t changed;

    TRY(find(req, &reason));
    if (in->row_version != reason.row_version)
        return err_pass(form_refuse_changed(req, "text_en"));
    TRY(judge_off(req, &reason));
    TRY(db_exec(req->db, &change_one,
                DB_ARGS(DB_S(in->text_en), DB_S(in->text_zh), DB_I(in->sort), DB_I(in->active),
                        DB_I(reason.id), DB_I(in->row_version)),
                &changed));
    if (changed != 1)
        return err_pass(form_refuse_changed(req, "text_en"));
    TRY(request_audit(
        req, "deal_reason", reason.id,
        in_words(req->arena, reason.text_en, reason.text_zh, reason.sort, reason.active),
        typed_in_words(req)));
    return err_pass(reply_redirect(req, "saved", ADDRESS));
}

#define ROUTE(name_, method_, path_, perm)                                          \
    .name = name_, .method = method_, .path = ADDRESS path_, .audience = AUD_STAFF, \
    .permission = perm

const struct route reasons_staff_routes[] = {
    { ROUTE("reasons.list", HTTP_GET, "", PERM_SETTINGS_VIEW), .handler = list_show,
      .page = "settings/reasons.cs" },
    { ROUTE("reasons.new_page", HTTP_GET, "/new", PERM_SETTINGS_MANAGE), .handler = new_show,
      .page = PAGE },
    { ROUTE("reasons.new", HTTP_POST, "/new", PERM_SETTINGS_MANAGE), .form = &new_form,
      .handler = new_post, .retry = new_show, .retry_page = PAGE },
    { ROUTE("reasons.one", HTTP_GET, "/:reason", PERM_SETTINGS_MANAGE), .handler = one_show,
      .page = PAGE },
    { ROUTE("reasons.edit", HTTP_POST, "/:reason", PERM_SETTINGS_MANAGE), .form = &edit_form,
      .handler = edit_post, .retry = one_show, .retry_page = PAGE },
    { 0 },
};
