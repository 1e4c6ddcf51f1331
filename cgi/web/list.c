/* web/list.c */
#include "web/list.h"
#include "base/str.h"
#include "web/rows.h"

#include <string.h>

/* -- reading the address -------------------------------------------------------------------------
 */

/* A key in an address is NUMBER.ID, or ID.TEXT for a text column. */
static bool key_read(struct arena *a, const struct list_column *column, const char *text,
                     struct list_key *key_out)
{
    const char *dot = strchr(text, '.');
    const char *head;

    if (dot == NULL)
        return false;
    head = arena_dup_bytes(a, text, (size_t)(dot - text));
    if (column->text_key) {
        key_out->text = arena_dup(a, dot + 1);
        return str_to_i64(head, &key_out->id);
    }
    return str_to_i64(head, &key_out->number) && str_to_i64(dot + 1, &key_out->id);
}

static const char *key_text(struct arena *a, const struct list_column *column,
                            const struct list_key *key)
{
    if (column->text_key)
        return arena_printf(a, "%lld.%s", (long long)key->id, key->text);
    return arena_printf(a, "%lld.%lld", (long long)key->number, (long long)key->id);
}

static size_t view_find(const struct list_view *views, const char *code)
{
    for (size_t i = 0; views[i].code != NULL; i++)
        if (strcmp(views[i].code, code) == 0)
            return i;
    return 0;
}

static size_t column_find(const struct list_column *columns, const char *code)
{
    for (size_t i = 0; columns[i].code != NULL; i++)
        if (strcmp(columns[i].code, code) == 0)
            return i;
    return 0;
}

struct err *list_begin(struct request *req, const struct list_spec *spec,
                       const struct list_input *input, struct list *list_out)
{
    const char *at;

    *list_out = (struct list){ .spec = spec, .input = input, .fetch = LIST_ROWS + 1 };
    if (spec->views != NULL) {
        list_out->view_no = view_find(spec->views, input->view);
        list_out->view = &spec->views[list_out->view_no];
    }
    list_out->column_no = column_find(spec->columns, input->sort);
    list_out->direction = !str_is_empty(input->older)   ? LIST_OLDER
                          : !str_is_empty(input->newer) ? LIST_NEWER
                                                        : LIST_FIRST;
    if (list_out->direction == LIST_FIRST)
        return NULL;
    at = list_out->direction == LIST_OLDER ? input->older : input->newer;
    if (!key_read(req->arena, &spec->columns[list_out->column_no], at, &list_out->key))
        return err_raise(ERR_MALFORMED, "no key of this list");
    return NULL;
}

/* -- the rows ------------------------------------------------------------------------------------
 */

static void turn_round(struct arena *a, unsigned char *rows, size_t row_bytes, size_t count)
{
    unsigned char *spare = arena_alloc(a, row_bytes);

    for (size_t i = 0; i < count / 2; i++) {
        unsigned char *x = rows + i * row_bytes, *y = rows + (count - 1 - i) * row_bytes;

        memcpy(spare, x, row_bytes);
        memcpy(x, y, row_bytes);
        memcpy(y, spare, row_bytes);
    }
}

void list_end(struct request *req, struct list *list, void *rows, size_t row_bytes, size_t *count)
{
    list->more = *count > LIST_ROWS;
    if (list->more)
        *count = LIST_ROWS;
    if (list->direction == LIST_NEWER)
        turn_round(req->arena, rows, row_bytes, *count);
}

/* -- addresses -----------------------------------------------------------------------------------
 */

struct query_param {
    const char *name, *value;
};

static char *put_escaped(char *to, const char *text)
{
    static const char digits[] = "0123456789ABCDEF";

    for (; *text != '\0'; text++) {
        const unsigned char c = (unsigned char)*text;

        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
            (c != '\0' && strchr("-_.~", c) != NULL)) {
            *to++ = (char)c;
            continue;
        }
        *to++ = '%';
        *to++ = digits[c >> 4];
        *to++ = digits[c & 15];
    }
    return to;
}

static bool has_value(const struct query_param *param)
{
    return param->value != NULL && param->value[0] != '\0';
}

/* ADDRESS with those of the parameters that have a value. */
static const char *with_params(struct arena *a, const char *address,
                               const struct query_param *params, size_t count)
{
    size_t size = strlen(address) + 1;
    char *text, *to, sign = '?';

    for (size_t i = 0; i < count; i++)
        if (has_value(&params[i]))
            size += strlen(params[i].name) + 3 * strlen(params[i].value) + 2;
    text = arena_alloc(a, size);
    to = stpcpy(text, address);
    for (size_t i = 0; i < count; i++) {
        if (!has_value(&params[i]))
            continue;
        *to++ = sign;
        sign = '&';
        to = stpcpy(to, params[i].name);
        *to++ = '=';
        to = put_escaped(to, params[i].value);
    }
    *to = '\0';
    return text;
}

/* The fields of struct list_input that an address is made of; what is NULL is left out. */
struct address {
    const char *view, *q, *sort, *older, *newer;
    const char *without; /* a filter that is left out; "*": every one */
};

/* Of a filter that comes from data. */
static const char *more_value(const struct request *req, const char *name)
{
    const struct form *form = req->route->query;
    const struct form_more *more = (const void *)((const char *)req->input + form->more_offset);

    for (size_t i = 0; form->more != NULL && i < more->count; i++)
        if (str_eq(more->fields[i].name, name))
            return more->values[i].text;
    return "";
}

static const char *filter_value(const struct request *req, const struct list_filter *filter)
{
    for (const struct field *f = req->route->query->fields; f->name != NULL; f++)
        if (strcmp(f->name, filter->name) == 0)
            return *(const char *const *)((const char *)req->input + f->offset);
    return more_value(req, filter->name);
}

static const char *address_make(struct request *req, const struct list *list,
                                const struct address *x)
{
    enum { OWN_PARAMS = 5, FILTERS_MAX = 16 };
    const struct list_filter *filter = list->spec->filters;
    struct query_param params[OWN_PARAMS + FILTERS_MAX] = {
        { "view", x->view },
        { "q", x->q },
        { "sort", x->sort },
    };
    size_t n = 3;

    for (; filter != NULL && filter->name != NULL && n < OWN_PARAMS - 2 + FILTERS_MAX; filter++)
        if (x->without == NULL ||
            (strcmp(x->without, "*") != 0 && strcmp(x->without, filter->name) != 0))
            params[n++] = (struct query_param){ filter->name, filter_value(req, filter) };
    params[n++] = (struct query_param){ "older", x->older };
    params[n++] = (struct query_param){ "newer", x->newer };
    return with_params(req->arena, list->spec->address, params, n);
}

void list_turn_to(struct list *list, const char *code)
{
    list->view_no = view_find(list->spec->views, code);
    list->view = &list->spec->views[list->view_no];
}

bool list_searches(const struct list *list)
{
    return !str_is_empty(list->input->q);
}

const char *list_code(const char *typed)
{
    return typed == NULL || str_is_ascii(typed) ? typed : "?";
}

const char *list_pattern(struct arena *a, const struct list *list)
{
    const char *text = list->input->q;
    char *pattern = arena_alloc(a, 2 * strlen(text) + 3), *to = pattern;

    *to++ = '%';
    for (; *text != '\0'; text++) {
        if (strchr("%_\\", *text) != NULL)
            *to++ = '\\';
        *to++ = *text;
    }
    *to++ = '%';
    *to = '\0';
    return pattern;
}

/* -- the page's values ---------------------------------------------------------------------------
 */

static void show_views(struct request *req, const struct list *list, struct view *v)
{
    const struct list_view *row = list->spec->views;

    for (; row != NULL && row->code != NULL; row++) {
        struct view *r = view_row(v, "Views");

        view_text(r, "Label", tr(req, row->label));
        view_text(r, "Href",
                  address_make(req, list, &(struct address){ .view = row->code, .without = "*" }));
        view_flag(r, "Current", row == list->view);
    }
}

void list_leave_view(struct request *req, const struct list *list)
{
    struct view *views = view_at(view_at(req->page, "List"), "Views");
    char number[STR_I64_BYTES];

    if (list->view != NULL)
        view_text(view_at(views, str_from_i64((int64_t)list->view_no, number)), "Current", "");
}

static void show_search(struct request *req, const struct list *list, struct view *v)
{
    struct view *s;

    if (list->spec->search_label == NULL)
        return;
    s = view_at(v, "Search");
    view_text(s, "Name", "q");
    view_text(s, "Value", list->input->q);
    view_text(s, "Label", tr(req, list->spec->search_label));
}

static const char *choice_label(const struct choice *choices, const char *value)
{
    for (; choices->value != NULL; choices++)
        if (strcmp(choices->value, value) == 0)
            return choices->label;
    return value;
}

enum { SIZE_LEAST = 12, SIZE_MOST = 40 };

/* How wide an input is in which TEXT stands whole: a sign of Chinese takes two places. */
static int64_t columns_of(const char *text)
{
    int64_t n = 1;

    for (const unsigned char *c = (const unsigned char *)text; *c != '\0'; c++)
        n += *c < 0x80 ? 1 : *c >= 0xE0 ? 2 : *c >= 0xC0;
    return n < SIZE_LEAST ? SIZE_LEAST : n > SIZE_MOST ? SIZE_MOST : n;
}

static const char *said_of(struct request *req, const struct list_filter *filter, const char *label)
{
    return filter->said ? label : tr(req, label);
}

/* The values of a choice, as part/option.cs prints them. */
enum { OPTION_VALUE, OPTION_LABEL, OPTION_CHOSEN, OPTION_VALUES };
static const char *const option_names[OPTION_VALUES + 1] = {
    [OPTION_VALUE] = "Value",
    [OPTION_LABEL] = "Label",
    [OPTION_CHOSEN] = "Chosen",
};
static const struct rows_part option_part = { "part/option.cs", option_names };

static struct mould_value choices_html(struct request *req, const struct list_filter *filter,
                                       const char *value)
{
    rows_begin(req, &option_part);
    for (const struct choice *c = filter->choices; c != NULL && c->value != NULL; c++)
        rows_add(req, (const struct mould_value[OPTION_VALUES]){
                          [OPTION_VALUE] = mould_text(c->value),
                          [OPTION_LABEL] = mould_text(said_of(req, filter, c->label)),
                          [OPTION_CHOSEN] = mould_text(strcmp(c->value, value) == 0 ? "1" : ""),
                      });
    return rows_take(req);
}

/* The values of a filter, as part/filter.cs prints them. */
enum { FILTER_NAME, FILTER_LABEL, FILTER_VALUE, FILTER_SIZE, FILTER_OPTIONS, FILTER_VALUES };
static const char *const filter_names[FILTER_VALUES + 1] = {
    [FILTER_NAME] = "Name", [FILTER_LABEL] = "Label",         [FILTER_VALUE] = "Value",
    [FILTER_SIZE] = "Size", [FILTER_OPTIONS] = "OptionsHtml",
};
static const struct rows_part filter_part = { "part/filter.cs", filter_names };

static void show_field(struct request *req, struct view *f, const struct list_filter *filter,
                       const char *label, const char *value)
{
    const struct mould_value options = choices_html(req, filter, value);
    char size[STR_I64_BYTES];

    rows_begin(req, &filter_part);
    rows_add(req, (const struct mould_value[FILTER_VALUES]){
                      [FILTER_NAME] = mould_text(filter->name),
                      [FILTER_LABEL] = mould_text(label),
                      [FILTER_VALUE] = mould_text(value),
                      [FILTER_SIZE] = mould_text(str_from_i64(columns_of(label), size)),
                      [FILTER_OPTIONS] = options,
                  });
    rows_show(req, f, "FieldHtml");
}

static void show_filter(struct request *req, const struct list *list, struct view *v,
                        const struct list_filter *filter)
{
    const char *value = filter_value(req, filter), *label = said_of(req, filter, filter->label);
    struct view *f = view_row(v, "Filters"), *active;

    view_text(f, "Name", filter->name);
    show_field(req, f, filter, label, value);
    if (str_is_empty(value))
        return;
    active = view_row(v, "Active");
    view_text(active, "Label",
              filter->choices != NULL ? said_of(req, filter, choice_label(filter->choices, value))
                                      : arena_join(req->arena, label, ": ", value, NULL));
    view_text(active, "Href",
              address_make(req, list,
                           &(struct address){ list->input->view, list->input->q, list->input->sort,
                                              NULL, NULL, filter->name }));
}

static void show_filters(struct request *req, const struct list *list, struct view *v)
{
    const struct list_filter *filter = list->spec->filters;
    const struct list_input *in = list->input;
    bool any = !str_is_empty(in->q);

    for (; filter != NULL && filter->name != NULL; filter++) {
        show_filter(req, list, v, filter);
        any = any || !str_is_empty(filter_value(req, filter));
    }
    if (any)
        view_text(
            v, "Clear",
            address_make(req, list,
                         &(struct address){ .view = in->view, .sort = in->sort, .without = "*" }));
}

static void show_sorts(struct request *req, const struct list *list, struct view *v)
{
    const struct list_column *columns = list->spec->columns;
    const struct list_input *in = list->input;

    for (size_t i = 0; columns[i].code != NULL; i++) {
        struct view *s = view_at(view_at(v, "Sort"), columns[i].code);

        view_text(s, "Href",
                  address_make(
                      req, list,
                      &(struct address){ .view = in->view, .q = in->q, .sort = columns[i].code }));
        view_text(s, "Dir",
                  i != list->column_no                          ? ""
                  : columns[i].text_key || columns[i].ascending ? "ascending"
                                                                : "descending");
    }
}

static void show_keep(struct view *v, const char *name, const char *value)
{
    struct view *k;

    if (str_is_empty(value))
        return;
    k = view_row(v, "Keep");
    view_text(k, "Name", name);
    view_text(k, "Value", value);
}

/* Newer exists behind a page that was reached by Older, and behind one reached by Newer that was
 * full. */
static void show_paging(struct request *req, const struct list *list, struct view *v,
                        const struct list_key *first, const struct list_key *last)
{
    const struct list_column *column = &list->spec->columns[list->column_no];
    struct address x = { list->input->view, list->input->q, list->input->sort, NULL, NULL, NULL };
    const bool newer =
        list->direction == LIST_OLDER || (list->direction == LIST_NEWER && list->more);
    const bool older = list->direction == LIST_NEWER || list->more;

    if (older && last != NULL) {
        x.older = key_text(req->arena, column, last);
        view_text(v, "Older", address_make(req, list, &x));
        x.older = NULL;
    }
    if (newer && first != NULL) {
        x.newer = key_text(req->arena, column, first);
        view_text(v, "Newer", address_make(req, list, &x));
    }
}

static void show_here(struct request *req, const struct list *list, struct view *v)
{
    const struct list_input *in = list->input;
    const char *query = strchr(
        address_make(req, list, &(struct address){ in->view, in->q, in->sort, NULL, NULL, NULL }),
        '?');

    view_text(v, "Here", query != NULL ? query : "");
}

void list_show(struct request *req, const struct list *list, const struct list_key *first,
               const struct list_key *last)
{
    struct view *v = view_at(req->page, "List");

    view_text(v, "Action", list->spec->address);
    show_here(req, list, v);
    show_views(req, list, v);
    show_search(req, list, v);
    show_filters(req, list, v);
    show_sorts(req, list, v);
    show_keep(v, "view", list->input->view);
    show_keep(v, "sort", list->input->sort);
    show_paging(req, list, v, first, last);
    view_flag(v, "Empty", first == NULL);
}
