/* accounts/accounts_list.c - the list of companies: last changed first, or by the beginning of a
 * name.
 */
#include "accounts/accounts_inside.h"
#include "base/str.h"
#include "web/export.h"

#include <string.h>

#define ADDRESS "/staff/accounts"

static const struct list_view views[] = {
    { "partner", N_("Partners") },
    { "customer", N_("Customers") },
    { "prospect", N_("Prospects") },
    { "all", N_("All") },
    { 0 },
};
static const struct list_column columns[] = { { "updated", false, false }, { 0 } };
struct accounts_query {
    struct list_input list;
    const char *country, *tier, *tag;
    struct form_more custom;
};
static const struct field query_fields[] = {
    LIST_FIELDS(struct accounts_query),
    { .name = "country",
      .label = N_("Country"),
      .kind = FIELD_TEXT,
      .max = 2,
      .offset = offsetof(struct accounts_query, country) },
    { .name = "tier",
      .label = N_("Tier"),
      .kind = FIELD_TEXT,
      .max = 12,
      .offset = offsetof(struct accounts_query, tier) },
    { .name = "tag",
      .label = N_("Tag"),
      .kind = FIELD_TEXT,
      .max = 12,
      .offset = offsetof(struct accounts_query, tag) },
    { 0 },
};
const struct form accounts_query_form = { .name = "accounts_query",
                                          .fields = query_fields,
                                          .size_bytes = sizeof(struct accounts_query),
                                          .more = custom_filter_account,
                                          .more_offset = offsetof(struct accounts_query, custom) };

const struct status_row accounts_kinds[] = {
    { "partner", "good", "building-store", N_("Partner") },
    { "customer", "info", "building", N_("Customer") },
    { "prospect", "neutral", "user-search", N_("Prospect") },
    { 0 },
};

const char *accounts_word(const struct request *req, const char *en, const char *zh)
{
    return text_locale_lang(req->locale) == LANG_ZH ? zh : en;
}

/* -- filters, whose choices are data -------------------------------------------------------------
 */

static const struct choice *countries(struct request *req)
{
    const struct text_choice *rows;
    struct choice *list;
    size_t count;

    rows = text_countries(text_locale_lang(req->locale), &count);
    list = arena_array(req->arena, count + 2, sizeof(*list));
    list[0] = (struct choice){ "", tr(req, N_("All countries")) };
    for (size_t i = 0; i < count; i++)
        list[i + 1] = (struct choice){ rows[i].value, rows[i].label };
    return list;
}

static struct err *tiers(struct request *req, const struct choice **list_out)
{
    struct accounts_tier *rows;
    struct choice *list;
    size_t count;

    TRY(db_list(req->db, req->arena, &accounts_tiers, DB_NO_ARGS, &rows, &count));
    list = arena_array(req->arena, count + 2, sizeof(*list));
    list[0] = (struct choice){ "", tr(req, N_("All tiers")) };
    for (size_t i = 0; i < count; i++)
        list[i + 1] = (struct choice){ arena_number(req->arena, "", rows[i].id),
                                       accounts_word(req, rows[i].name_en, rows[i].name_zh) };
    *list_out = list;
    return NULL;
}

static struct err *tags(struct request *req, const struct choice **list_out)
{
    struct accounts_tag *rows;
    struct choice *list;
    size_t count;

    TRY(db_list(req->db, req->arena, &accounts_all_tags, DB_NO_ARGS, &rows, &count));
    list = arena_array(req->arena, count + 2, sizeof(*list));
    list[0] = (struct choice){ "", tr(req, N_("All tags")) };
    for (size_t i = 0; i < count; i++)
        list[i + 1] = (struct choice){ arena_number(req->arena, "", rows[i].id), rows[i].name };
    *list_out = list;
    return NULL;
}

static struct err *make_spec(struct request *req, struct list_spec *spec)
{
    const struct accounts_query *in = req->input;
    struct list_filter *filters =
        arena_array(req->arena, 4 + CUSTOM_FILTERS_MOST, sizeof(*filters));

    filters[0] = (struct list_filter){
        .name = "country", .said = true, .label = tr(req, N_("Country")), .choices = countries(req)
    };
    filters[1] = (struct list_filter){ .name = "tier", .said = true, .label = tr(req, N_("Tier")) };
    TRY(tiers(req, &filters[1].choices));
    filters[2] = (struct list_filter){ .name = "tag", .said = true, .label = tr(req, N_("Tag")) };
    TRY(tags(req, &filters[2].choices));
    (void)custom_filter_rows(req, &in->custom, &filters[3]);
    *spec = (struct list_spec){ .address = ADDRESS,
                                .views = views,
                                .columns = columns,
                                .filters = filters,
                                .search_label = N_("Beginning of the name, or number") };
    return NULL;
}

/* -- reading -------------------------------------------------------------------------------------
 */

/* TEXT as a beginning: what LIKE takes for a wildcard is only a sign here. */
static const char *beginning(struct arena *a, const char *text)
{
    char *out = arena_alloc(a, 2 * strlen(text) + 2), *at = out;

    for (; *text != '\0'; text++) {
        if (strchr("%_\\", *text) != NULL)
            *at++ = '\\';
        *at++ = *text;
    }
    *at++ = '%';
    *at = '\0';
    return out;
}

static const char *kind_of(const struct list *list)
{
    return str_eq(list->view->code, "all") ? "" : list->view->code;
}

/* What a filter of ids was set to: 0 for all, -1 for what is no id. */
static int64_t id_of(const char *typed)
{
    int64_t id = 0;

    return str_is_empty(typed) || str_to_i64(typed, &id) ? id : -1;
}

static void filter_of(struct request *req, const struct list *list, const struct accounts_query *in,
                      struct accounts_filter *out)
{
    *out = (struct accounts_filter){ .kind = kind_of(list),
                                     .country = list_code(in->country),
                                     .name = beginning(req->arena, in->list.q),
                                     .tier = id_of(in->tier),
                                     .tag = id_of(in->tag),
                                     .fetch = list->fetch,
                                     .direction = list->direction,
                                     .key = list->key };
    out->test_count = custom_tests(req, &in->custom, out->tests);
}

static struct err *search_rows(struct request *req, const struct accounts_filter *f,
                               struct accounts_row **rows, size_t *count)
{
    return err_pass(db_list(
        req->db, req->arena, &accounts_search,
        DB_ARGS(DB_I(req->actor->department_low), DB_I(req->actor->department_high), DB_S(f->kind),
                DB_S(f->kind), DB_S(f->country), DB_S(f->country), DB_I(f->tier), DB_I(f->tier),
                DB_I(f->tag), DB_I(f->tag), DB_S(f->name), DB_I(4 * LIST_ROWS)),
        rows, count));
}

static struct err *read_rows(struct request *req, const struct list *list,
                             const struct accounts_query *in, struct accounts_row **rows,
                             size_t *count)
{
    const char *kind = kind_of(list);
    const int64_t tier = id_of(in->tier), tag = id_of(in->tag);
    struct db_arg args[16] = { DB_I(req->actor->department_low),
                               DB_I(req->actor->department_high) };
    size_t n = 2;

    if (tag != 0)
        args[n++] = DB_I(tag);
    for (int i = 0; i < (tag != 0 ? 2 : *kind != '\0'); i++)
        args[n++] = DB_S(kind);
    for (int i = 0; i < 2; i++)
        args[n++] = DB_S(list_code(in->country));
    for (int i = 0; i < 2; i++)
        args[n++] = DB_I(tier);
    for (int i = 0; i < 2 && list->direction != LIST_FIRST; i++)
        args[n++] = DB_T(list->key.number);
    if (list->direction != LIST_FIRST)
        args[n++] = DB_I(list->key.id);
    args[n] = DB_I(list->fetch);
    return err_pass(db_list(req->db, req->arena,
                            tag != 0 ? accounts_tagged(list->direction)
                                     : accounts_list(*kind != '\0', list->direction),
                            args, rows, count));
}

static void show_row(struct request *req, const struct accounts_row *row)
{
    struct view *v = view_row(view_at(req->page, "Accounts"), "Rows");

    view_int(v, "Id", row->id);
    view_text(v, "Href", arena_number(req->arena, ADDRESS "/", row->id));
    view_text(v, "Name", row->name);
    page_status(req, v, "Kind", accounts_kinds, row->kind);
    view_text(v, "Country", text_country_name(text_locale_lang(req->locale), row->country));
    view_text(v, "City", row->city);
    view_text(v, "Tier", accounts_word(req, row->tier_en, row->tier_zh));
    if (row->group_size > 1)
        page_int(req, v, "Group", row->group_size);
    view_flag(v, "Named", row->named);
    page_at(req, v, "Updated", row->updated_at);
}

static struct list_key key_of(const struct accounts_row *row)
{
    return (struct list_key){ .number = row->updated_at, .id = row->id };
}

/* A number leads to its account. */
static struct err *open_number(struct request *req, const char *typed, bool *opened_out)
{
    const void *account = NULL;
    int64_t id;

    *opened_out = false;
    if (!str_to_i64(typed, &id) || id <= 0)
        return NULL;
    TRY(accounts_load_any(req, id, &account));
    if (account == NULL)
        return NULL;
    *opened_out = true;
    return err_pass(reply_redirect(req, NULL, ADDRESS "/%lld", (long long)id));
}

struct err *accounts_list_show(struct request *req)
{
    const struct accounts_query *in = req->input;
    struct view *v = view_at(req->page, "Accounts");
    struct accounts_filter filter;
    struct accounts_row *rows;
    struct list_spec spec;
    struct list list;
    size_t count;
    bool opened;

    TRY(make_spec(req, &spec));
    TRY(list_begin(req, &spec, &in->list, &list));
    TRY(open_number(req, in->list.q, &opened));
    if (opened)
        return NULL;
    page_title(req, tr(req, N_("Accounts")));
    view_flag(v, "MayEdit", actor_may(req->actor, PERM_ACCOUNT_EDIT));
    view_text(v, "View", list.view->code);
    filter_of(req, &list, in, &filter);
    if (filter.test_count > 0)
        TRY(accounts_filtered(req, &filter, &rows, &count));
    else if (!str_is_empty(in->list.q))
        TRY(search_rows(req, &filter, &rows, &count));
    else
        TRY(read_rows(req, &list, in, &rows, &count));
    if (str_is_empty(in->list.q) || filter.test_count > 0)
        list_end(req, &list, rows, sizeof(*rows), &count);
    for (size_t i = 0; i < count; i++)
        show_row(req, &rows[i]);
    const struct list_key first = count > 0 ? key_of(&rows[0]) : (struct list_key){ 0 };
    const struct list_key last = count > 0 ? key_of(&rows[count - 1]) : (struct list_key){ 0 };

    list_show(req, &list, count > 0 ? &first : NULL, count > 0 ? &last : NULL);
    if (actor_may(req->actor, PERM_ACCOUNT_EXPORT))
        export_offer(req, v, ADDRESS, view_get(view_at(req->page, "List"), "Here"));
    return NULL;
}

/* -- as a file, which an import reads again ------------------------------------------------------
 */

struct sheet {
    const struct custom_set *custom;
    const struct accounts_filter *filter;
    const struct db_arg *args; /* of the statement */
    size_t arg_count;
    struct export *x;
    struct request *req;
};

static void fill_cells(struct request *req, struct arena *a, const struct accounts_sheet_row *row,
                       const struct custom_set *custom, const char **cells)
{
    char created[CLOCK_ISO_BYTES], updated[CLOCK_ISO_BYTES];

    clock_iso(row->created_at, created);
    clock_iso(row->updated_at, updated);
    const char *const own[] = {
        arena_number(a, "", row->id),
        row->name,
        row->country,
        page_status_word(req, accounts_kinds, row->kind),
        row->region,
        row->city,
        row->address,
        row->website,
        row->tax_number,
        row->phone,
        row->zone,
        row->currency,
        accounts_word(req, row->department_en, row->department_zh),
        row->owner,
        accounts_word(req, row->tier_en, row->tier_zh),
        row->named ? tr(req, N_("Named account")) : "",
        arena_dup(a, created),
        arena_dup(a, updated),
    };

    memcpy(cells, own, sizeof(own));
    custom_sheet_cells(a, custom, row->custom, &cells[ARRAY_LEN(own)]);
}

static void export_row(struct export *x, struct request *req, const void *row)
{
    const struct sheet *sheet = export_arg(x);
    const char *cells[XLSX_COLUMNS_MOST];

    fill_cells(req, export_arena(x), row, sheet->custom, cells);
    export_cells(x, cells);
}

static const struct text_xlsx_column export_columns[] = {
    { N_("Number"), XLSX_NUMBER, 0 },
    { N_("Name"), XLSX_TEXT, 40 },
    { N_("Country"), XLSX_TEXT, 0 },
    { N_("Kind"), XLSX_TEXT, 0 },
    { N_("State or province"), XLSX_TEXT, 0 },
    { N_("City"), XLSX_TEXT, 0 },
    { N_("Address"), XLSX_TEXT, 30 },
    { N_("Web site"), XLSX_TEXT, 0 },
    { N_("Tax number"), XLSX_TEXT, 0 },
    { N_("Phone"), XLSX_TEXT, 0 },
    { N_("Time zone"), XLSX_TEXT, 0 },
    { N_("Currency"), XLSX_TEXT, 0 },
    { N_("Department"), XLSX_TEXT, 0 },
    { N_("Owner"), XLSX_TEXT, 0 },
    { N_("Tier"), XLSX_TEXT, 0 },
    { N_("Named account"), XLSX_TEXT, 0 },
    { N_("Made"), XLSX_INSTANT, 0 },
    { N_("Changed"), XLSX_INSTANT, 0 },
    { .head = NULL },
};
static struct err *put_filtered(void *arg, const void *row)
{
    const struct sheet *sheet = arg;
    const char *cells[XLSX_COLUMNS_MOST];

    arena_clear(export_arena(sheet->x));
    fill_cells(sheet->req, export_arena(sheet->x), row, sheet->custom, cells);
    return err_pass(export_put(sheet->x, cells));
}

static struct err *fill_filtered(struct export *x, void *arg)
{
    struct sheet *sheet = arg;
    bool late;

    sheet->x = x;
    TRY(accounts_sheet_filtered(sheet->req, sheet->args, sheet->arg_count, sheet->filter,
                                put_filtered, sheet, &late));
    return late ? err_pass(export_late(x)) : NULL;
}

/* What the filters of the list show, all of it. */
struct err *accounts_export(struct request *req)
{
    const struct accounts_query *in = req->input;
    struct export_spec to = {
        .file_name = "accounts", .title = N_("Accounts"), .as_is = true, .row = export_row
    };
    struct accounts_filter f;
    struct custom_set custom;
    struct list_spec spec;
    struct list list;

    TRY(make_spec(req, &spec));
    TRY(list_begin(req, &spec, &in->list, &list));
    filter_of(req, &list, in, &f);
    TRY(custom_fields(req->db, req->arena, CUSTOM_ACCOUNT, CUSTOM_STAFF, &custom));
    to.columns = custom_sheet_columns(req, export_columns, &custom);
    const struct db_arg args[] = { DB_I(req->actor->department_low),
                                   DB_I(req->actor->department_high),
                                   DB_S(f.kind),
                                   DB_S(f.kind),
                                   DB_S(f.country),
                                   DB_S(f.country),
                                   DB_I(f.tier),
                                   DB_I(f.tier),
                                   DB_I(f.tag),
                                   DB_I(f.tag),
                                   DB_S(f.name),
                                   DB_I(EXPORT_ALL_ROWS),
                                   { 0 } };
    struct sheet sheet = {
        .custom = &custom, .filter = &f, .args = args, .arg_count = ARRAY_LEN(args) - 2, .req = req
    };

    return f.test_count > 0 ? err_pass(export_filled(req, &to, fill_filtered, &sheet))
                            : err_pass(export_list(req, &to, &accounts_sheet, args, &sheet));
}
