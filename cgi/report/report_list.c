/* report/report_list.c - the reports that a person may open, and where a new one begins. */
#include "report/report_inside.h"

#include "base/str.h"

static const struct list_view views[] = {
    { "all", N_("All") },
    { "mine", N_("Mine") },
    { "shared", N_("Shared by others") },
    { "ready", N_("Ready-made") },
    { 0 },
};
static const struct list_column columns[] = { { "changed", false, false }, { 0 } };
static const struct list_spec spec = {
    .address = REPORT_ADDRESS,
    .views = views,
    .columns = columns,
    .search_label = N_("Search: name"),
};
struct query_input {
    struct list_input list;
};
static const struct field query_fields[] = { LIST_FIELDS(struct query_input), { 0 } };
const struct form report_list_query = { .name = "report.query",
                                        .fields = query_fields,
                                        .size_bytes = sizeof(struct query_input) };

enum { LIST_ARGS = 24 };

static struct err *read_rows(struct request *req, const struct list *list, struct report **rows,
                             size_t *count)
{
    const int64_t me = req->actor->user_id;
    const char *pattern = list_searches(list) ? list_pattern(req->arena, list) : "";
    struct db_arg args[LIST_ARGS] = { DB_I(me), DB_I(me), DB_I(me) };
    size_t n = 3;

    for (size_t i = 0; i < REPORT_LIST_SETS; i++)
        args[n++] = DB_S(report_set_may(req->actor, &report_sets[i]) ? report_sets[i].name : "");
    args[n++] = DB_I((int64_t)list->view_no);
    args[n++] = DB_I((int64_t)list->view_no);
    args[n++] = DB_I(me);
    args[n++] = DB_I((int64_t)list->view_no);
    args[n++] = DB_I(me);
    args[n++] = DB_I((int64_t)list->view_no);
    for (int i = 0; i < 3; i++)
        args[n++] = DB_S(pattern);
    if (list->direction != LIST_FIRST) {
        args[n++] = DB_T(list->key.number);
        args[n++] = DB_T(list->key.number);
        args[n++] = DB_I(list->key.id);
    }
    args[n] = DB_I(list->fetch);
    return err_pass(
        db_list(req->db, req->arena, report_sql_list(list->direction), args, rows, count));
}

/* Whose it is, and who sees it beside him. */
static const char *whose(struct request *req, const struct report *r)
{
    if (r->owner_id == 0)
        return tr(req, N_("ready-made"));
    if (!r->own)
        return r->owner_name;
    return str_eq(r->share, "private") ? tr(req, N_("you alone")) : tr(req, N_("you, shared"));
}

static void show_row(struct request *req, struct view *row, const struct report *r)
{
    const struct report_set *set = report_set_find(r->data_set);

    view_text(row, "Name", report_name(req, r));
    view_text(row, "Text", report_description(req, r));
    view_text(row, "Href", arena_number(req->arena, REPORT_ADDRESS "/", r->id));
    view_text(row, "Set", set != NULL ? tr(req, set->label) : "");
    view_text(row, "Icon", set != NULL ? set->icon : "");
    view_text(row, "Whose", whose(req, r));
    page_at(req, row, "Changed", r->updated_at);
}

static struct list_key key_of(const struct report *r)
{
    return (struct list_key){ .number = r->updated_at, .id = r->id };
}

struct err *report_list_show(struct request *req)
{
    const struct query_input *in = req->input;
    struct view *v = view_at(req->page, "Reports");
    struct list_key first = { 0 }, last = { 0 };
    struct report *rows;
    struct list list;
    size_t count;

    TRY(list_begin(req, &spec, &in->list, &list));
    page_title(req, tr(req, N_("Reports")));
    TRY(read_rows(req, &list, &rows, &count));
    list_end(req, &list, rows, sizeof(*rows), &count);
    for (size_t i = 0; i < count; i++)
        show_row(req, view_row(v, "Rows"), &rows[i]);
    if (count > 0) {
        first = key_of(&rows[0]);
        last = key_of(&rows[count - 1]);
    }
    list_show(req, &list, count > 0 ? &first : NULL, count > 0 ? &last : NULL);
    view_flag(v, "MayWrite", actor_may(req->actor, PERM_REPORT_EDIT));
    view_flag(v, "IsFiltered", list_searches(&list));
    return NULL;
}

struct err *report_new_show(struct request *req)
{
    struct view *v = view_at(req->page, "Reports");

    page_title(req, tr(req, N_("New report")));
    page_crumb(req, tr(req, N_("Reports")), REPORT_ADDRESS);
    for (const struct report_set *set = report_sets; set->name != NULL; set++) {
        struct view *row;

        if (!report_set_may(req->actor, set))
            continue;
        row = view_row(v, "Sets");
        view_text(row, "Label", tr(req, set->label));
        view_text(row, "Help", tr(req, set->help));
        view_text(row, "Icon", set->icon);
        view_text(row, "Href", arena_join(req->arena, REPORT_ADDRESS "/new/", set->name, NULL));
    }
    return NULL;
}
