/* programme/programme_items.c - questions to applicants and steps of the checklist, as staff set
 * them up: two tables of one shape, one editor.  What was answered, or ticked, is no longer used
 * instead of deleted. */
#include "base/str.h"
#include "identity/identity.h"
#include "programme/programme_inside.h"
#include "programme/programme_setup.h"
#include "web/form_fields.h"

#include <string.h>

enum { IN_USE_MOST = 40, SORT_MOST = 30000, TEXT_MOST = 300 };

/* -- statements ----------------------------------------------------------------------------------
 */

struct item {
    int64_t id, sort, row_version;
    const char *text_en, *text_zh;
    bool required, active, used;
};
static const struct db_field item_fields[] = {
    DB_FIELD(struct item, id, DB_I64, 0),
    DB_FIELD(struct item, sort, DB_I64, 0),
    DB_FIELD(struct item, row_version, DB_I64, 0),
    DB_FIELD(struct item, text_en, DB_TEXT, 1200),
    DB_FIELD(struct item, text_zh, DB_TEXT, 1200),
    DB_FIELD(struct item, required, DB_BOOL, 0),
    DB_FIELD(struct item, active, DB_BOOL, 0),
    DB_FIELD(struct item, used, DB_BOOL, 0),
    { 0 },
};

#define USE(uses, column) "EXISTS (SELECT 1 FROM " uses " x WHERE x." column " = i.id)"
#define LIST(name_, table, uses, column)                                                \
    {                                                                                   \
        .name = name_ "_list",                                                          \
        .sql = "SELECT i.id, i.sort, i.row_version, i.text_en, i.text_zh, i.required, " \
               "i.active, " USE(uses, column) " AS used FROM " table " i ORDER BY "     \
                                              "i.active DESC, i.sort, i.id",            \
        .binds = "", .fields = item_fields, .row_bytes = sizeof(struct item),           \
        .flags = DB_LISTS | DB_WHOLE_TABLE,                                             \
    }
#define ADD(name_, table)                                                                 \
    {                                                                                     \
        .name = name_ "_add",                                                             \
        .sql = "INSERT INTO " table " (text_en, text_zh, sort, required, active) VALUES " \
               "(?, ?, ?, ?, ?)",                                                         \
        .binds = "ssiii", .flags = DB_WRITE,                                              \
    }
#define CHANGE(name_, table)                                                                 \
    {                                                                                        \
        .name = name_ "_change",                                                             \
        .sql = "UPDATE " table " SET text_en = ?, text_zh = ?, sort = ?, required = ?, "     \
               "active = ?, row_version = row_version + 1 WHERE id = ? AND row_version = ?", \
        .binds = "ssiiiii", .flags = DB_WRITE,                                               \
    }
#define DROP(name_, table)                                                                      \
    {                                                                                           \
        .name = name_ "_drop", .sql = "DELETE FROM " table " WHERE id = ? AND row_version = ?", \
        .binds = "ii", .flags = DB_WRITE,                                                       \
    }
static const struct db_stmt question_list =
    LIST("programme.question", "application_question", "application_answer", "question_id");
static const struct db_stmt question_add = ADD("programme.question", "application_question");
static const struct db_stmt question_change = CHANGE("programme.question", "application_question");
static const struct db_stmt question_drop = DROP("programme.question", "application_question");
static const struct db_stmt step_list =
    LIST("programme.checklist", "onboarding_step", "onboarding_done", "step_id");
static const struct db_stmt step_add = ADD("programme.checklist", "onboarding_step");
static const struct db_stmt step_change = CHANGE("programme.checklist", "onboarding_step");
static const struct db_stmt step_drop = DROP("programme.checklist", "onboarding_step");
db_stmt_table programme_item_statements[] = {
    &question_list, &question_add, &question_change, &question_drop, &step_list,
    &step_add,      &step_change,  &step_drop,       NULL,
};

/* -- the two of them -----------------------------------------------------------------------------
 */

static const struct items {
    const char *prefix; /* of its routes */
    const char *kind;   /* of the audit */
    const char *address, *title, *help, *one, *add;
    const char *required, *required_help; /* what it means that one is required */
    const char *kept;                     /* why one that is used is not deleted */
    const char *none, *none_help, *icon;
    const struct db_stmt *list, *insert, *change, *drop;
} all[] = {
    { .prefix = "question.",
      .kind = "application_question",
      .address = PROGRAMME_SETUP "/questions",
      .title = N_("Questions to applicants"),
      .help = N_("They stand on the form of companies that want to become partners. What was "
                 "answered keeps the words of its time."),
      .one = N_("The question"),
      .add = N_("New question"),
      .required = N_("An answer is required"),
      .required_help = N_("Without it the application is not sent."),
      .kept = N_("It was answered: it is no longer asked, and stays with the answers."),
      .none = N_("No questions"),
      .none_help = N_("Applicants give their company, a person and documents. Ask for more here."),
      .icon = "message-question",
      .list = &question_list,
      .insert = &question_add,
      .change = &question_change,
      .drop = &question_drop },
    { .prefix = "checklist.",
      .kind = "onboarding_step",
      .address = PROGRAMME_SETUP "/checklist",
      .title = N_("Onboarding checklist"),
      .help = N_("A partner that has accepted the agreement ticks these steps, and staff verify "
                 "them."),
      .one = N_("The step"),
      .add = N_("New step"),
      .required = N_("Required"),
      .required_help = N_("The partner is not activated before it is verified."),
      .kept = N_("It was ticked: it leaves the checklist, and stays with those who ticked it."),
      .none = N_("No steps"),
      .none_help = N_("Partners can be activated as soon as they have accepted the agreement."),
      .icon = "list-check",
      .list = &step_list,
      .insert = &step_add,
      .change = &step_change,
      .drop = &step_drop },
};

/* Those that the route is about. */
static const struct items *items_of(const struct request *req)
{
    const struct items *items = all;

    while (strncmp(req->route->name, items->prefix, strlen(items->prefix)) != 0)
        items++;
    return items;
}

static const char *address_of(struct request *req, int64_t id)
{
    return arena_printf(req->arena, "%s/%lld", items_of(req)->address, (long long)id);
}

/* -- forms ---------------------------------------------------------------------------------------
 */

struct item_input {
    int64_t row_version, sort;
    const char *text_en, *text_zh;
    bool required, active;
};
#define AT(member) .offset = offsetof(struct item_input, member)
static const struct field edit_fields[] = {
    FORM_VERSION(struct item_input),
    { .name = "text_en",
      .label = N_("In English"),
      .kind = FIELD_TEXT,
      .required = true,
      .needed = N_("Enter it in English."),
      .min = 1,
      .max = TEXT_MOST,
      AT(text_en) },
    { .name = "text_zh",
      .label = N_("In Chinese"),
      .kind = FIELD_TEXT,
      .required = true,
      .needed = N_("Enter it in Chinese."),
      .min = 1,
      .max = TEXT_MOST,
      AT(text_zh) },
    FORM_ORDER(struct item_input, sort, SORT_MOST),
    { .name = "required", .label = N_("Required"), .kind = FIELD_FLAG, AT(required) },
    FORM_IN_USE(struct item_input),
    { 0 },
};
static const struct field remove_fields[] = { FORM_VERSION(struct item_input), { 0 } };
#undef AT
static const struct form edit_form = { .name = "programme.item",
                                       .fields = edit_fields,
                                       .size_bytes = sizeof(struct item_input) };
static const struct form remove_form = { .name = "programme.item_remove",
                                         .fields = remove_fields,
                                         .size_bytes = sizeof(struct item_input) };

/* -- pages ---------------------------------------------------------------------------------------
 */

struct item_list {
    struct item *rows;
    size_t count, at; /* at: the one that the address names */
};

static struct err *read_list(struct request *req, struct item_list *list)
{
    return err_pass(
        db_list(req->db, req->arena, items_of(req)->list, DB_NO_ARGS, &list->rows, &list->count));
}

static struct err *find(struct request *req, struct item_list *list)
{
    int64_t id;

    TRY(read_list(req, list));
    if (str_to_i64(request_param(req, "item"), &id))
        for (list->at = 0; list->at < list->count; list->at++)
            if (list->rows[list->at].id == id)
                return NULL;
    return err_raise(ERR_NOT_FOUND, "no such question or step");
}

static struct err *items_show(struct request *req)
{
    const struct items *items = items_of(req);
    struct view *v = view_at(req->page, "Items");
    struct item_list list;

    TRY(read_list(req, &list));
    programme_setup_head(req, tr(req, items->title));
    view_text(v, "Help", tr(req, items->help));
    view_text(v, "Add", tr(req, items->add));
    view_text(v, "New", arena_join(req->arena, items->address, "/new", NULL));
    view_text(v, "None", tr(req, items->none));
    view_text(v, "NoneHelp", tr(req, items->none_help));
    view_text(v, "Icon", items->icon);
    view_flag(v, "MayEdit", programme_setup_may_edit(req));
    for (size_t i = 0; i < list.count; i++) {
        struct view *row = view_row(v, "Rows");

        view_text(row, "Text", programme_word(req, list.rows[i].text_en, list.rows[i].text_zh));
        page_int(req, row, "Sort", list.rows[i].sort);
        view_flag(row, "Required", list.rows[i].required);
        programme_setup_switch(req, row, list.rows[i].active);
        view_text(row, "Href", address_of(req, list.rows[i].id));
    }
    return NULL;
}

static void show_form(struct request *req, const char *title, const char *action,
                      const struct item_input *stored)
{
    const struct items *items = items_of(req);
    struct view *v = view_at(req->page, "Item");

    programme_setup_head(req, title);
    page_crumb(req, tr(req, items->title), items->address);
    view_text(v, "Action", action);
    view_text(v, "One", tr(req, items->one));
    view_text(v, "RequiredHelp", tr(req, items->required_help));
    form_show(req, &edit_form, stored);
    view_text(view_at(view_at(view_at(req->page, "Form"), "F"), "required"), "Label",
              tr(req, items->required));
}

static struct err *new_show(struct request *req)
{
    const struct items *items = items_of(req);
    struct item_input empty = { .text_en = "", .text_zh = "", .sort = 10, .active = true };
    struct item_list list;

    TRY(read_list(req, &list));
    for (size_t i = 0; i < list.count; i++)
        if (list.rows[i].sort >= empty.sort && list.rows[i].sort + 10 <= SORT_MOST)
            empty.sort = list.rows[i].sort + 10;
    show_form(req, tr(req, items->add), arena_join(req->arena, items->address, "/new", NULL),
              &empty);
    view_flag(view_at(req->page, "Item"), "IsNew", true);
    return NULL;
}

static struct err *one_show(struct request *req)
{
    struct view *v = view_at(req->page, "Item");
    struct item_list list;

    TRY(find(req, &list));
    const struct item *item = &list.rows[list.at];
    const struct item_input stored = { .row_version = item->row_version,
                                       .text_en = item->text_en,
                                       .text_zh = item->text_zh,
                                       .sort = item->sort,
                                       .required = item->required,
                                       .active = item->active };

    show_form(req, programme_word(req, item->text_en, item->text_zh), address_of(req, item->id),
              &stored);
    view_int(v, "Version", item->row_version);
    view_flag(v, "IsUsed", item->used);
    view_flag(v, "MayRemove", !item->used || item->active);
    view_text(v, "Kept", item->used ? tr(req, items_of(req)->kept) : "");
    return NULL;
}

/* -- writing -------------------------------------------------------------------------------------
 */

static const char *in_words(struct arena *a, const struct item_input *in)
{
    return identity_json(a, JSON_PAIRS({ "text_en", in->text_en }, { "text_zh", in->text_zh },
                                       { "sort", arena_number(a, "", in->sort) },
                                       { "required", programme_setup_flag(in->required) },
                                       { "active", programme_setup_flag(in->active) }));
}

static const char *stored_in_words(struct arena *a, const struct item *item)
{
    return in_words(a, &(struct item_input){ .text_en = item->text_en,
                                             .text_zh = item->text_zh,
                                             .sort = item->sort,
                                             .required = item->required,
                                             .active = item->active });
}

/* As many as a form can take are in use; ID: but for this one. */
static struct err *judge_many(struct request *req, const struct item_list *list, int64_t id)
{
    const struct item_input *in = req->input;
    size_t active = 0;

    for (size_t i = 0; i < list->count; i++)
        active += list->rows[i].active && list->rows[i].id != id;
    if (!in->active || active < IN_USE_MOST)
        return NULL;
    return err_pass(form_refuse_at(
        req, "active", trf(req, N_("%d are in use already, and no more fit."), IN_USE_MOST)));
}

static struct err *done(struct request *req, const char *note)
{
    return err_pass(reply_redirect(req, note, "%s", items_of(req)->address));
}

static struct err *new_post(struct request *req)
{
    const struct items *items = items_of(req);
    const struct item_input *in = req->input;
    struct item_list list;
    int64_t id;

    TRY(read_list(req, &list));
    TRY(judge_many(req, &list, 0));
    TRY(db_insert(req->db, items->insert,
                  DB_ARGS(DB_S(in->text_en), DB_S(in->text_zh), DB_I(in->sort), DB_I(in->required),
                          DB_I(in->active)),
                  &id));
    TRY(request_audit(req, items->kind, id, NULL, in_words(req->arena, in)));
    return err_pass(done(req, "saved"));
}

static struct err *change(struct request *req, const struct item *item, int64_t seen,
                          const struct item_input *in, bool *changed_out)
{
    int64_t changed;

    TRY(db_exec(req->db, items_of(req)->change,
                DB_ARGS(DB_S(in->text_en), DB_S(in->text_zh), DB_I(in->sort), DB_I(in->required),
                        DB_I(in->active), DB_I(item->id), DB_I(seen)),
                &changed));
    *changed_out = changed == 1;
    return NULL;
}

static struct err *edit_post(struct request *req)
{
    const struct item_input *in = req->input;
    struct item_list list;
    bool changed;

    TRY(find(req, &list));
    const struct item *item = &list.rows[list.at];

    TRY(judge_many(req, &list, item->id));
    TRY(change(req, item, in->row_version, in, &changed));
    if (!changed)
        return err_pass(form_refuse_changed(req, "text_en"));
    TRY(request_audit(req, items_of(req)->kind, item->id, stored_in_words(req->arena, item),
                      in_words(req->arena, in)));
    return err_pass(done(req, "saved"));
}

/* What is used stays, and is used no more. */
static struct err *retire(struct request *req, const struct item *item, int64_t seen,
                          bool *changed_out)
{
    const struct item_input off = { .text_en = item->text_en,
                                    .text_zh = item->text_zh,
                                    .sort = item->sort,
                                    .required = item->required };

    TRY(change(req, item, seen, &off, changed_out));
    return err_pass(request_audit(req, items_of(req)->kind, item->id,
                                  stored_in_words(req->arena, item), in_words(req->arena, &off)));
}

static struct err *drop(struct request *req, const struct item *item, int64_t seen,
                        bool *changed_out)
{
    int64_t changed;

    TRY(db_exec(req->db, items_of(req)->drop, DB_ARGS(DB_I(item->id), DB_I(seen)), &changed));
    *changed_out = changed == 1;
    return err_pass(
        request_audit(req, items_of(req)->kind, item->id, stored_in_words(req->arena, item), NULL));
}

static struct err *remove_post(struct request *req)
{
    const struct item_input *in = req->input;
    struct item_list list;
    bool changed, used;

    TRY(find(req, &list));
    used = list.rows[list.at].used;
    TRY((used ? retire : drop)(req, &list.rows[list.at], in->row_version, &changed));
    if (!changed)
        return err_pass(form_refuse_changed(req, "text_en"));
    return err_pass(done(req, used ? "retired" : "deleted"));
}

#define ROUTE(name_, method_, path_, perm)                                                  \
    .name = name_, .method = method_, .path = PROGRAMME_SETUP path_, .audience = AUD_STAFF, \
    .permission = perm
#define SHEET       .page = "programme/item.cs"
#define AGAIN(show) .retry = show, .retry_page = "programme/item.cs"
#define ROUTES(name_, path_)                                                                     \
    { ROUTE(name_ ".list", HTTP_GET, path_, PERM_PROGRAMME_VIEW), .handler = items_show,         \
      .page = "programme/items.cs" },                                                            \
        { ROUTE(name_ ".new_page", HTTP_GET, path_ "/new", PERM_PROGRAMME_EDIT),                 \
          .handler = new_show, SHEET },                                                          \
        { ROUTE(name_ ".new", HTTP_POST, path_ "/new", PERM_PROGRAMME_EDIT), .form = &edit_form, \
          .handler = new_post, AGAIN(new_show) },                                                \
        { ROUTE(name_ ".page", HTTP_GET, path_ "/:item", PERM_PROGRAMME_EDIT),                   \
          .handler = one_show, SHEET },                                                          \
        { ROUTE(name_ ".edit", HTTP_POST, path_ "/:item", PERM_PROGRAMME_EDIT),                  \
          .form = &edit_form, .handler = edit_post, AGAIN(one_show) },                           \
    {                                                                                            \
        ROUTE(name_ ".remove", HTTP_POST, path_ "/:item/remove", PERM_PROGRAMME_EDIT),           \
            .form = &remove_form, .handler = remove_post, AGAIN(one_show)                        \
    }

const struct route programme_item_routes[] = {
    ROUTES("question", "/questions"),
    ROUTES("checklist", "/checklist"),
    { 0 },
};
