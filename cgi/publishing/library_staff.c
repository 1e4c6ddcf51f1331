/* publishing/library_staff.c - staff's pages of the library: the list by state, a document with
 * its versions and who downloaded them, and the forms. */
#include "publishing/library_staff.h"

#include "attachment/attachment.h"
#include "base/str.h"

#define ADDRESS "/staff/library"

/* -- the list ------------------------------------------------------------------------------------
 */

struct staff_input {
    struct list_input list;
    const char *category;
};
static const struct field query_fields[] = {
    LIST_FIELDS(struct staff_input),
    { .name = "category",
      .label = N_("Category"),
      .kind = FIELD_TEXT,
      .max = 16,
      .offset = offsetof(struct staff_input, category) },
    { 0 },
};
const struct form library_staff_query = { .name = "library.staff_query",
                                          .fields = query_fields,
                                          .size_bytes = sizeof(struct staff_input) };

static const struct list_view views[] = {
    { "published", N_("Published") }, { "draft", N_("Drafts") }, { "retired", N_("Retired") }, { 0 }
};
static const struct list_column columns[] = { { "updated", false, false }, { 0 } };
static const struct choice categories[] = {
    { "", N_("All categories") },
    { "datasheet", N_("Data sheet") },
    { "brochure", N_("Brochure") },
    { "presentation", N_("Slides") },
    { "prices", N_("Price list") },
    { "training", N_("Training") },
    { "brand", N_("Logos and pictures") },
    { "other", N_("Other material") },
    { 0 },
};
static const struct list_filter filters[] = {
    { .name = "category", .label = N_("Category"), .choices = categories }, { 0 }
};
static const struct list_spec spec = { .address = ADDRESS,
                                       .views = views,
                                       .columns = columns,
                                       .filters = filters,
                                       .search_label = N_("Search: name") };

static struct err *read_rows(struct request *req, const struct list *list, const char *category,
                             struct document **rows, size_t *count)
{
    const char *pattern = list_searches(list) ? list_pattern(req->arena, list) : "";
    struct db_arg args[11] = { DB_S(list->view->code), DB_S(category), DB_S(category),
                               DB_S(pattern),          DB_S(pattern),  DB_S(pattern) };
    size_t n = 6;

    if (list->direction != LIST_FIRST) {
        args[n++] = DB_T(list->key.number);
        args[n++] = DB_T(list->key.number);
        args[n++] = DB_I(list->key.id);
    }
    args[n] = DB_I(list->fetch);
    return err_pass(
        db_list(req->db, req->arena, library_sql_list(list->direction), args, rows, count));
}

static const char *for_whom(const struct request *req, const struct document *d)
{
    const char *where = library_country_names(req, d->countries);
    const char *who = d->tier_en != NULL
                          ? trf(req, N_("From %s"), library_word(req, d->tier_en, d->tier_zh))
                          : tr(req, N_("Every partner"));

    return *where == '\0' ? who : arena_printf(req->arena, "%s · %s", who, where);
}

static void show_row(struct request *req, struct view *row, const struct document *d)
{
    view_text(row, "Name", library_word(req, d->name_en, d->name_zh));
    view_text(row, "Href", arena_number(req->arena, ADDRESS "/", d->id));
    view_text(row, "Category", library_choice_word(req, library_categories, d->category));
    view_text(row, "Language", library_choice_word(req, library_languages, d->lang));
    view_text(row, "For", for_whom(req, d));
    page_int(req, row, "Version", d->version_no);
    page_at(req, row, "Updated", d->updated_at);
}

static struct list_key key_of(const struct document *d)
{
    return (struct list_key){ .number = d->updated_at, .id = d->id };
}

struct err *library_staff_list_show(struct request *req)
{
    const struct staff_input *in = req->input;
    struct list_key first = { 0 }, last = { 0 };
    struct view *v = view_at(req->page, "Library");
    struct document *rows;
    struct list list;
    size_t count;

    TRY(list_begin(req, &spec, &in->list, &list));
    page_title(req, tr(req, N_("Library")));
    TRY(read_rows(req, &list, library_known(library_categories, in->category), &rows, &count));
    list_end(req, &list, rows, sizeof(*rows), &count);
    for (size_t i = 0; i < count; i++)
        show_row(req, view_row(v, "Rows"), &rows[i]);
    if (count > 0) {
        first = key_of(&rows[0]);
        last = key_of(&rows[count - 1]);
    }
    list_show(req, &list, count > 0 ? &first : NULL, count > 0 ? &last : NULL);
    view_flag(v, "MayEdit", actor_may(req->actor, PERM_LIBRARY_MANAGE));
    view_flag(v, "IsFiltered", list_searches(&list) || !str_is_empty(in->category));
    return NULL;
}

/* -- one document --------------------------------------------------------------------------------
 */

static struct err *load(struct request *req, int64_t id, const void **object_out)
{
    struct document *d = arena_alloc(req->arena, sizeof(*d));
    bool found;

    TRY(db_one(req->db, req->arena, &library_sql_document, DB_ARGS(DB_I(id)), d, &found));
    *object_out = found ? d : NULL;
    return NULL;
}

const struct object_kind library_staff_object = { .name = "document", .prefix = "", .load = load };

static struct err *show_versions(struct request *req, struct view *v, const struct document *d)
{
    struct document_version *rows;
    size_t count;

    TRY(db_list(req->db, req->arena, &library_sql_versions,
                DB_ARGS(DB_I(d->id), DB_I(LIBRARY_SHOWN)), &rows, &count));
    for (size_t i = 0; i < count; i++) {
        struct view *row = view_row(v, "Versions");

        page_int(req, row, "No", rows[i].no);
        view_text(row, "Href",
                  arena_printf(req->arena, ADDRESS "/%lld/files/%lld", (long long)d->id,
                               (long long)rows[i].no));
        view_text(row, "Note", rows[i].note);
        view_text(row, "Who", rows[i].created_name);
        page_int(req, row, "Downloads", rows[i].downloads);
        page_at(req, row, "At", rows[i].created_at);
        view_flag(row, "IsCurrent", rows[i].no == d->version_no);
    }
    return NULL;
}

static struct err *show_downloads(struct request *req, struct view *v, const struct document *d)
{
    struct document_download *rows;
    size_t count;

    TRY(db_list(req->db, req->arena, &library_sql_downloads,
                DB_ARGS(DB_I(d->id), DB_I(LIBRARY_DOWNLOADS_SHOWN)), &rows, &count));
    for (size_t i = 0; i < count; i++) {
        struct view *row = view_row(v, "Downloads");

        view_text(row, "Company", rows[i].account_name);
        view_text(row, "Who", rows[i].user_name);
        page_int(req, row, "No", rows[i].version_no);
        page_at(req, row, "At", rows[i].at);
    }
    return NULL;
}

static const char *number_or_none(struct arena *a, int64_t id)
{
    return id == 0 ? "" : arena_number(a, "", id);
}

static void show_forms(struct request *req, const struct document *d)
{
    const struct document_input stored = { .row_version = d->row_version,
                                           .name_en = d->name_en,
                                           .name_zh = d->name_zh,
                                           .text_en = d->text_en,
                                           .text_zh = d->text_zh,
                                           .category = d->category,
                                           .language = d->lang,
                                           .tier = number_or_none(req->arena, d->tier_id),
                                           .line = number_or_none(req->arena, d->product_line_id),
                                           .countries = d->countries };

    form_show(req, &library_edit_form, &stored);
    form_show_as(req, "Next", &library_version_form, NULL);
}

struct err *library_staff_show(struct request *req)
{
    const struct document *d = req->object;
    struct view *v = view_at(req->page, "Document");

    page_title(req, library_word(req, d->name_en, d->name_zh));
    page_status(req, view_at(req->page, "Page"), "Status", library_states, d->state);
    page_crumb(req, tr(req, N_("Library")), ADDRESS);
    page_fact(req, library_choice_word(req, library_categories, d->category));
    page_fact(req, trf(req, N_("Version %lld"), (long long)d->version_no));
    page_fact(req, for_whom(req, d));
    view_text(v, "Action", arena_number(req->arena, ADDRESS "/", d->id));
    view_int(v, "Version", d->row_version);
    view_text(v, "State", d->state);
    view_flag(v, "MayEdit", actor_may(req->actor, PERM_LIBRARY_MANAGE));
    show_forms(req, d);
    TRY(show_versions(req, v, d));
    return err_pass(show_downloads(req, v, d));
}

struct err *library_new_show(struct request *req)
{
    const struct document_input stored = { .category = "datasheet" };

    page_title(req, tr(req, N_("New document")));
    page_crumb(req, tr(req, N_("Library")), ADDRESS);
    form_show(req, &library_new_form, &stored);
    return NULL;
}

/* Any version, for staff alone. */
struct err *library_version_file_show(struct request *req)
{
    const struct document *d = req->object;
    struct document_version version;
    struct attachment *rows;
    bool found;
    size_t count = 0;

    TRY(db_one(req->db, req->arena, &library_sql_version,
               DB_ARGS(DB_I(d->id), DB_I(library_number(request_param(req, "version")))), &version,
               &found));
    if (found)
        TRY(attachment_list(req->db, req->arena, LIBRARY_KIND, version.id, &rows, &count));
    if (count == 0)
        return err_raise(ERR_NOT_FOUND, "document %lld has no such version", (long long)d->id);
    return err_pass(attachment_send(req, &rows[0]));
}
