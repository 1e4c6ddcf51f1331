/* report/report_edit.c - a report is written, changed under its version, copied, deleted. */
#include "report/report_inside.h"

#include "base/str.h"
#include "identity/identity.h"

static struct err *go_to(struct request *req, int64_t id, const char *note)
{
    return err_pass(reply_redirect(req, note, REPORT_ADDRESS "/%lld", (long long)id));
}

/* -- the form ------------------------------------------------------------------------------------
 */

struct err *report_role_options(struct request *req, const char *form, const char *field)
{
    struct view *place = view_at(view_at(view_at(req->page, form), "F"), field);
    struct report_role *rows;
    size_t count;

    TRY(db_list(req->db, req->arena, &report_sql_roles, DB_NO_ARGS, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        const bool zh = text_locale_lang(req->locale) == LANG_ZH;
        struct view *option = view_row(place, "Options");

        view_int(option, "Value", rows[i].id);
        view_text(option, "Label", zh ? rows[i].name_zh : rows[i].name_en);
    }
    return NULL;
}

/* The fields of one filter and of one group stand side by side: the template repeats over them. */
static void show_rows(struct request *req, struct view *v, const char *list, size_t count)
{
    for (size_t i = 1; i <= count; i++)
        view_text(view_row(v, list), "N", arena_printf(req->arena, "%zu", i));
}

/* What the fields with words take: one line a field. */
static void show_words(struct request *req, struct view *v, const struct report_set *set)
{
    for (const struct report_field *f = set->fields; f->name != NULL; f++) {
        struct view *row;

        if (f->type != REPORT_CODE || !report_field_may(req->actor, f))
            continue;
        row = view_row(v, "Words");
        view_text(row, "Label", tr(req, f->label));
        view_text(row, "Words", report_code_words(req, f));
    }
}

static struct err *show_form(struct request *req, const struct report_set *set,
                             struct report_input *stored)
{
    struct view *v = view_at(req->page, "Report");

    for (size_t i = 0; i < REPORT_FILTERS; i++)
        stored->filter_value[i] =
            report_value_typed(req, set, stored->filter_field[i], stored->filter_value[i]);
    form_show(req, &report_form, stored);
    TRY(report_role_options(req, "Form", "roles"));
    show_rows(req, v, "Columns", REPORT_COLUMNS);
    show_rows(req, v, "Filters", REPORT_FILTERS);
    show_rows(req, v, "Groups", REPORT_GROUPS);
    show_rows(req, v, "Figures", REPORT_FIGURES);
    show_words(req, v, set);
    view_text(v, "Set", tr(req, set->label));
    page_fact(req, tr(req, set->label));
    return NULL;
}

static void empty_input(struct report_input *in)
{
    *in = (struct report_input){
        .name = "", .description = "", .share = "private", .chart = "", .sort = "", .order = ""
    };
    for (size_t i = 0; i < REPORT_COLUMNS; i++)
        in->column[i] = "";
    for (size_t i = 0; i < REPORT_FILTERS; i++)
        in->filter_field[i] = in->filter_op[i] = in->filter_value[i] = "";
    for (size_t i = 0; i < REPORT_GROUPS; i++)
        in->group[i] = in->span[i] = "";
    for (size_t i = 0; i < REPORT_FIGURES; i++)
        in->figure[i] = "";
}

struct err *report_new_set_show(struct request *req)
{
    const struct report_set *set = report_asked_set(req);
    struct report_input stored;
    size_t n = 0;

    if (set == NULL)
        return err_raise(ERR_NOT_FOUND, "no data set of that name");
    page_title(req, tr(req, N_("New report")));
    page_crumb(req, tr(req, N_("Reports")), REPORT_ADDRESS);
    empty_input(&stored);
    for (const struct report_field *f = set->fields; f->name != NULL && n < 5; f++)
        if (report_field_may(req->actor, f))
            stored.column[n++] = f->name;
    view_text(view_at(req->page, "Report"), "Action",
              arena_join(req->arena, REPORT_ADDRESS "/new/", set->name, NULL));
    view_text(view_at(req->page, "Report"), "Back", REPORT_ADDRESS);
    return err_pass(show_form(req, set, &stored));
}

static struct err *read_roles(struct request *req, int64_t id, struct value_list *out)
{
    struct report_role *rows;
    size_t count;

    TRY(db_list(req->db, req->arena, &report_sql_roles_of, DB_ARGS(DB_I(id)), &rows, &count));
    *out = (struct value_list){ .numbers = arena_array(req->arena, count + 1, sizeof(int64_t)) };
    for (size_t i = 0; i < count; i++)
        out->numbers[out->count++] = rows[i].id;
    return NULL;
}

static struct err *open_for_edit(struct request *req)
{
    const struct report *r = req->object;

    if (report_may_edit(req->actor, r))
        return NULL;
    return err_raise(ERR_NOT_FOUND, "report %lld is not this person's to change", (long long)r->id);
}

struct err *report_edit_show(struct request *req)
{
    const struct report *r = req->object;
    struct view *v = view_at(req->page, "Report");
    struct report_input stored = { 0 };
    const char *address = arena_number(req->arena, REPORT_ADDRESS "/", r->id);

    TRY(open_for_edit(req));
    page_title(req, trf(req, N_("Change: %s"), report_name(req, r)));
    page_crumb(req, tr(req, N_("Reports")), REPORT_ADDRESS);
    page_crumb(req, report_name(req, r), address);
    empty_input(&stored);
    TRY(report_load_input(req, r, &stored));
    TRY(read_roles(req, r->id, &stored.roles));
    view_text(v, "Action", arena_join(req->arena, address, "/edit", NULL));
    view_text(v, "Back", address);
    view_text(v, "Delete", arena_join(req->arena, address, "/delete", NULL));
    return err_pass(show_form(req, r->set, &stored));
}

/* -- writing -------------------------------------------------------------------------------------
 */

static struct err *save_roles(struct request *req, int64_t id, const struct report_input *in)
{
    TRY(db_exec(req->db, &report_sql_roles_gone, DB_ARGS(DB_I(id)), NULL));
    for (size_t i = 0; str_eq(in->share, "roles") && i < in->roles.count; i++)
        TRY(db_exec(req->db, &report_sql_role_add, DB_ARGS(DB_I(id), DB_I(in->roles.numbers[i])),
                    NULL));
    return NULL;
}

static const char *share_of(const struct report_input *in)
{
    return *in->share != '\0' ? in->share : "private";
}

static const char *audit_text(struct request *req, const char *name, const char *share)
{
    return identity_json(req->arena, JSON_PAIRS({ "name", name }, { "share", share }));
}

static struct err *add(struct request *req, const struct report_set *set, struct report_input *in,
                       int64_t *id_out)
{
    TRY(db_insert(req->db, &report_sql_add,
                  DB_ARGS(DB_I(req->actor->user_id), DB_S(req->actor->name), DB_S(set->name),
                          DB_S(in->name), DB_S(in->description), DB_S(share_of(in))),
                  id_out));
    TRY(report_parts_save(req, *id_out, in));
    TRY(save_roles(req, *id_out, in));
    return err_pass(
        request_audit(req, REPORT_KIND, *id_out, NULL, audit_text(req, in->name, share_of(in))));
}

struct err *report_new_post(struct request *req)
{
    const struct report_set *set = report_asked_set(req);
    struct report_input in = *(const struct report_input *)req->input;
    int64_t id;

    if (set == NULL)
        return err_raise(ERR_NOT_FOUND, "no data set of that name");
    TRY(add(req, set, &in, &id));
    return err_pass(go_to(req, id, "saved"));
}

struct err *report_edit_post(struct request *req)
{
    const struct report *r = req->object;
    struct report_input in = *(const struct report_input *)req->input;
    int64_t changed;

    TRY(open_for_edit(req));
    TRY(db_exec(req->db, &report_sql_set,
                DB_ARGS(DB_S(in.name), DB_S(in.description), DB_S(share_of(&in)), DB_I(r->id),
                        DB_I(in.row_version)),
                &changed));
    if (changed != 1)
        return err_raise(ERR_CONFLICT, "report %lld was changed meanwhile", (long long)r->id);
    TRY(report_parts_save(req, r->id, &in));
    TRY(save_roles(req, r->id, &in));
    TRY(request_audit(req, REPORT_KIND, r->id, audit_text(req, r->name, r->share),
                      audit_text(req, in.name, share_of(&in))));
    return err_pass(go_to(req, r->id, "saved"));
}

/* One's own, seen by nobody else at first. */
struct err *report_copy_post(struct request *req)
{
    const struct report *r = req->object;
    struct report_input in = { 0 };
    int64_t id;

    empty_input(&in);
    TRY(report_load_input(req, r, &in));
    in.name = trf(req, N_("Copy of %s"), report_name(req, r));
    in.name = arena_dup_bytes(req->arena, in.name, utf8_prefix_bytes(in.name, 120));
    in.share = "private";
    TRY(add(req, r->set, &in, &id));
    return err_pass(reply_redirect(req, "saved", REPORT_ADDRESS "/%lld/edit", (long long)id));
}

struct err *report_gone_show(struct request *req)
{
    const struct report *r = req->object;
    const struct report_gone_input stored = { r->row_version };
    struct view *v = view_at(req->page, "Report");
    const char *address = arena_number(req->arena, REPORT_ADDRESS "/", r->id);

    TRY(open_for_edit(req));
    page_title(req, tr(req, N_("Delete a report")));
    page_crumb(req, tr(req, N_("Reports")), REPORT_ADDRESS);
    page_crumb(req, report_name(req, r), address);
    view_text(v, "Name", report_name(req, r));
    view_text(v, "Text", report_description(req, r));
    view_text(v, "Action", arena_join(req->arena, address, "/delete", NULL));
    view_text(v, "Back", address);
    form_show(req, &report_gone_form, &stored);
    return NULL;
}

struct err *report_gone_post(struct request *req)
{
    const struct report_gone_input *in = req->input;
    const struct report *r = req->object;
    int64_t changed;

    TRY(open_for_edit(req));
    TRY(db_exec(req->db, &report_sql_roles_gone, DB_ARGS(DB_I(r->id)), NULL));
    TRY(db_exec(req->db, &report_sql_parts_gone, DB_ARGS(DB_I(r->id)), NULL));
    TRY(db_exec(req->db, &report_sql_gone, DB_ARGS(DB_I(r->id), DB_I(in->row_version)), &changed));
    if (changed != 1)
        return err_raise(ERR_CONFLICT, "report %lld was changed meanwhile", (long long)r->id);
    TRY(request_audit(req, REPORT_KIND, r->id, audit_text(req, r->name, r->share), NULL));
    return err_pass(reply_redirect(req, "deleted", REPORT_ADDRESS));
}
