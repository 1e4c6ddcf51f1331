/* publishing/library_pages.c - the library as a partner sees it: what it may have, newest first,
 * and its files, each in its newest version. */
#include "publishing/library_inside.h"

#include "attachment/attachment.h"
#include "base/str.h"

#define ADDRESS "/partner/library"

struct library_input {
    struct list_input list;
    const char *category, *language, *line;
};
#define AT(member) .offset = offsetof(struct library_input, member)
static const struct field query_fields[] = {
    LIST_FIELDS(struct library_input),
    { .name = "category", .label = N_("Category"), .kind = FIELD_TEXT, .max = 16, AT(category) },
    { .name = "language", .label = N_("Language"), .kind = FIELD_TEXT, .max = 16, AT(language) },
    { .name = "line", .label = N_("Product line"), .kind = FIELD_TEXT, .max = 19, AT(line) },
    { 0 },
};
const struct form library_query = { .name = "library.query",
                                    .fields = query_fields,
                                    .size_bytes = sizeof(struct library_input) };

static const struct list_column columns[] = { { "new", false, false }, { 0 } };

/* LIST with a first choice of its own, which stands for all. */
static const struct choice *with_all(struct request *req, const char *all, const struct choice *of)
{
    struct choice *list;
    size_t count = 0;

    while (of[count].value != NULL)
        count++;
    list = arena_array(req->arena, count + 2, sizeof(*list));
    list[0] = (struct choice){ "", all };
    for (size_t i = 0; i < count; i++)
        list[i + 1] = of[i];
    return list;
}

static void make_spec(struct request *req, struct list_spec *spec)
{
    struct list_filter *filters = arena_array(req->arena, 4, sizeof(*filters));

    filters[0] =
        (struct list_filter){ .name = "category",
                              .label = N_("Category"),
                              .choices = with_all(req, N_("All categories"), library_categories) };
    filters[1] = (struct list_filter){ .name = "language",
                                       .label = N_("Language"),
                                       .choices = library_languages };
    filters[2] = (struct list_filter){ .name = "line",
                                       .label = N_("Product line"),
                                       .choices = library_line_choices(req) };
    *spec = (struct list_spec){ .address = ADDRESS,
                                .columns = columns,
                                .filters = filters,
                                .search_label = N_("Search: name, description") };
}

static struct err *read_reader(struct request *req, struct document_reader *reader)
{
    return err_pass(db_get(req->db, req->arena, &library_sql_reader,
                           DB_ARGS(DB_I(req->actor->account_id)), reader));
}

static struct err *read_rows(struct request *req, const struct list *list,
                             const struct library_input *in, struct document_offer **rows,
                             size_t *count)
{
    const char *pattern = list_searches(list) ? list_pattern(req->arena, list) : "";
    const char *category = library_known(library_categories, in->category);
    const char *language = library_known(library_languages, in->language);
    const int64_t line = library_number(in->line);
    struct document_reader reader;
    struct db_arg args[18] = { 0 };
    size_t n = 0;

    TRY(read_reader(req, &reader));
    args[n++] = DB_I(reader.tier_rank);
    args[n++] = DB_S(reader.country);
    for (int i = 0; i < 2; i++)
        args[n++] = DB_S(category);
    for (int i = 0; i < 2; i++)
        args[n++] = DB_S(language);
    for (int i = 0; i < 2; i++)
        args[n++] = DB_I(line);
    for (int i = 0; i < 5; i++)
        args[n++] = DB_S(pattern);
    if (list->direction != LIST_FIRST) {
        args[n++] = DB_T(list->key.number);
        args[n++] = DB_T(list->key.number);
        args[n++] = DB_I(list->key.id);
    }
    args[n] = DB_I(list->fetch);
    return err_pass(
        db_list(req->db, req->arena, library_sql_offers(list->direction), args, rows, count));
}

static bool is_safe(const struct document_offer *d)
{
    return str_eq(d->scan, "none") || str_eq(d->scan, "clean");
}

static void show_row(struct request *req, struct view *row, const struct document_offer *d,
                     int64_t now)
{
    view_text(row, "Name", library_word(req, d->name_en, d->name_zh));
    view_text(row, "Text", library_word(req, d->text_en, d->text_zh));
    view_text(row, "Category", library_choice_word(req, library_categories, d->category));
    view_text(row, "Language", library_choice_word(req, library_languages, d->lang));
    view_text(row, "Line", library_word(req, d->line_en, d->line_zh));
    view_text(row, "Size", text_bytes(req->locale, req->arena, d->size_bytes));
    view_text(row, "Version", trf(req, N_("Version %lld"), (long long)d->version_no));
    view_text(row, "Href",
              is_safe(d) ? arena_printf(req->arena, ADDRESS "/%lld/file", (long long)d->id) : "");
    view_flag(row, "IsNew", d->published_at > now - LIBRARY_NEW_DAYS * CLOCK_DAY);
    view_text(row, "At", text_date(req->locale, req->arena, d->published_at));
}

static struct list_key key_of(const struct document_offer *d)
{
    return (struct list_key){ .number = d->published_at, .id = d->id };
}

struct err *library_show(struct request *req)
{
    const struct library_input *in = req->input;
    struct list_key first = { 0 }, last = { 0 };
    struct view *v = view_at(req->page, "Library");
    struct document_offer *rows;
    struct list_spec spec;
    struct list list;
    size_t count;
    int64_t now;

    make_spec(req, &spec);
    TRY(list_begin(req, &spec, &in->list, &list));
    page_title(req, tr(req, N_("Library")));
    TRY(db_now(req->db, &now));
    TRY(read_rows(req, &list, in, &rows, &count));
    list_end(req, &list, rows, sizeof(*rows), &count);
    for (size_t i = 0; i < count; i++)
        show_row(req, view_row(v, "Rows"), &rows[i], now);
    if (count > 0) {
        first = key_of(&rows[0]);
        last = key_of(&rows[count - 1]);
    }
    list_show(req, &list, count > 0 ? &first : NULL, count > 0 ? &last : NULL);
    view_flag(v, "IsFiltered",
              list_searches(&list) || !str_is_empty(in->category) || !str_is_empty(in->language) ||
                  !str_is_empty(in->line));
    return NULL;
}

/* -- the file ------------------------------------------------------------------------------------
 */

static struct err *load(struct request *req, int64_t id, const void **object_out)
{
    struct document_offer *d = arena_alloc(req->arena, sizeof(*d));
    struct document_reader reader;
    bool found;

    TRY(read_reader(req, &reader));
    TRY(db_one(req->db, req->arena, &library_sql_offer,
               DB_ARGS(DB_I(reader.tier_rank), DB_S(reader.country), DB_I(id)), d, &found));
    *object_out = found ? d : NULL;
    return NULL;
}

const struct object_kind library_partner_object = { .name = "document",
                                                    .prefix = "",
                                                    .load = load };

struct err *library_file_show(struct request *req)
{
    const struct document_offer *d = req->object;
    struct attachment *rows;
    size_t count;

    TRY(attachment_list(req->db, req->arena, LIBRARY_KIND, d->version_id, &rows, &count));
    if (count == 0)
        return err_raise(ERR_NOT_FOUND, "document %lld has no file", (long long)d->id);
    return err_pass(attachment_send(req, &rows[0]));
}

/* Who got which version, for the vendor. */
struct err *library_noted(struct request *req)
{
    const struct document_offer *d = req->object;
    const struct actor *actor = req->actor;
    int64_t noted;

    TRY(db_exec(req->db, &library_sql_note,
                DB_ARGS(DB_I(d->id), DB_I(d->version_no), DB_I(actor->account_id),
                        DB_S(actor->account_name), DB_I(actor->user_id), DB_S(actor->name),
                        DB_T(d->asked_at)),
                &noted));
    if (noted == 0)
        return NULL;
    return err_pass(db_exec(req->db, &library_sql_count, DB_ARGS(DB_I(d->version_id)), NULL));
}
