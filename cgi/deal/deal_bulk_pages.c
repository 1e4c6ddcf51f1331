/* deal/deal_bulk_pages.c - registering from a list: the file, what is wrong with its rows and what
 * was found, the choice, and what became of each row. */
#include "access/parameter.h"
#include "base/str.h"
#include "custom/custom_sheet.h"
#include "deal/deal_bulk.h"
#include "deal/deal_bulk_sql.h"
#include "deal/deal_bulk_view.h"
#include "deal/deal_choices.h"
#include "deal/deal_partner.h"
#include "deal/deal_view.h"
#include "web/export.h"

#include <string.h>

#define ADDRESS "/partner/deals/bulk"

/* -- whose ---------------------------------------------------------------------------------------
 */

static struct err *load(struct request *req, int64_t id, const void **object_out)
{
    struct deal_bulk *list = arena_alloc(req->arena, sizeof(*list));
    bool found;

    TRY(db_one(req->db, req->arena, &bulk_sql_of_account,
               DB_ARGS(DB_I(req->actor->account_id), DB_I(id)), list, &found));
    *object_out = found ? list : NULL;
    return NULL;
}
const struct object_kind deal_bulk_object = { .name = "deal_bulk", .prefix = "", .load = load };

/* -- the file ------------------------------------------------------------------------------------
 */

enum { FILE_BYTES_MOST = 8 * 1024 * 1024, FORM_BYTES = 4096, NAME_LETTERS_MOST = 200 };

struct bulk_input {
    struct upload_list file;
};
static const struct field bulk_fields[] = {
    { .name = "file",
      .label = N_("File"),
      .kind = FIELD_FILES,
      .required = true,
      .any_kind = true,
      .offset = offsetof(struct bulk_input, file) },
    { 0 },
};
const struct form deal_bulk_form = { .name = "deal_bulk",
                                     .fields = bulk_fields,
                                     .size_bytes = sizeof(struct bulk_input),
                                     .body_max_bytes = FILE_BYTES_MOST + FORM_BYTES,
                                     .lists_max = 1 };

static void show_last(struct request *req, const struct deal_bulk *list)
{
    struct view *row = view_row(view_at(req->page, "Bulk"), "Last");

    view_text(row, "Href", arena_number(req->arena, ADDRESS "/", list->id));
    view_text(row, "File", list->file_name);
    view_text(row, "Who", list->user_name);
    page_at(req, row, "At", list->created_at);
    page_int(req, row, "Rows", list->row_count);
    page_status(req, row, "Status", deal_bulk_statuses, list->state);
}

/* What a column may hold, for whoever fills it in: the names of a list, or nothing. */
static struct err *choices_words(struct request *req, const struct deal_bulk_column *column,
                                 const char **words_out)
{
    const struct field *field = deal_bulk_field(column);
    const struct choice *c = field->choices_of != NULL ? field->choices_of(req) : field->choices;
    struct deal_product *products;
    size_t count;

    *words_out = "";
    for (; field->kind == FIELD_CHOICE && c->value != NULL; c++)
        if (*c->value != '\0')
            *words_out =
                arena_printf(req->arena, "%s%s%s", *words_out, **words_out != '\0' ? " · " : "",
                             field->choices_of != NULL ? c->value : tr(req, c->label));
    if (!str_eq(column->field, "line"))
        return NULL;
    TRY(deal_products(req, &products, &count));
    for (size_t i = 0; i < count; i++)
        *words_out =
            arena_printf(req->arena, "%s%s%s", *words_out, **words_out != '\0' ? " · " : "",
                         deal_product_name(req, &products[i]));
    return NULL;
}

static const char *kind_words(struct request *req, const struct field *field)
{
    switch (field->kind) {
    case FIELD_COUNTRY:
        return tr(req, N_("Name or two-letter code"));
    case FIELD_DAY:
        return tr(req, N_("A date such as 2026-11-21"));
    case FIELD_ID:
        return tr(req, N_("The name of somebody of your company; you, when it is empty"));
    default:
        break;
    }
    if (str_eq(field->name, "quantity"))
        return tr(req, N_("A whole number"));
    if (str_eq(field->name, "value"))
        return tr(req, custom_takes_amount);
    return "";
}

static const char *hint_of(const struct custom_field *field, enum lang lang)
{
    return lang == LANG_ZH ? field->hint_zh : field->hint_en;
}

static void show_own(struct request *req, const struct deal_bulk_own *own, size_t i)
{
    const enum lang lang = text_locale_lang(req->locale);
    const struct custom_field *field = &own->fields[i];
    struct view *row = view_row(view_at(req->page, "Bulk"), "Columns");
    const char *words = custom_takes(req->arena, field, lang);

    view_text(row, "Heading", deal_bulk_heading(req->arena, own, DEAL_BULK_COLUMNS + (int)i, lang));
    view_text(row, "Takes", words != NULL ? words : hint_of(field, lang));
    view_flag(row, "Needed", field->required);
}

/* The second and third product line are like the first. */
static struct err *show_columns(struct request *req)
{
    struct deal_bulk_own own;

    for (size_t i = 0; i < DEAL_BULK_COLUMNS; i++) {
        const struct deal_bulk_column *column = &deal_bulk_columns[i];
        const struct field *field = deal_bulk_field(column);
        struct view *row;
        const char *words;

        if (column->index > 0)
            continue;
        row = view_row(view_at(req->page, "Bulk"), "Columns");
        TRY(choices_words(req, column, &words));
        view_text(row, "Heading", tr(req, column->heading));
        view_text(row, "Takes", *words != '\0' ? words : kind_words(req, field));
        view_flag(row, "Needed", field->wanted || str_eq(column->field, "line"));
    }
    TRY(deal_bulk_own_fields(req, &own));
    for (size_t i = 0; i < own.count; i++)
        show_own(req, &own, i);
    return NULL;
}

struct err *deal_bulk_show(struct request *req)
{
    struct view *v = view_at(req->page, "Bulk");
    struct deal_bulk *rows;
    int64_t most;
    size_t count;

    page_title(req, tr(req, N_("Register from a list")));
    page_fact(req, tr(req, N_("Nothing is submitted before you have seen every row.")));
    deal_partner_crumbs(req, NULL);
    TRY(parameter_now(req->db, req->arena, PARAM_DEAL_BULK_ROWS, &most));
    view_text(v, "Limits",
              trf(req, N_("XLSX or CSV, at most %1$s rows and %2$s."),
                  text_number(req->locale, req->arena, most),
                  text_bytes(req->locale, req->arena, FILE_BYTES_MOST)));
    TRY(db_list(req->db, req->arena, &bulk_sql_last, DB_ARGS(DB_I(req->actor->account_id)), &rows,
                &count));
    for (size_t i = 0; i < count; i++)
        show_last(req, &rows[i]);
    form_show(req, &deal_bulk_form, NULL);
    return err_pass(show_columns(req));
}

static bool ends_so(const char *name, const char *const *endings)
{
    for (; *endings != NULL; endings++) {
        const size_t len = strlen(*endings), all = strlen(name);

        if (all > len && strcasecmp(name + all - len, *endings) == 0)
            return true;
    }
    return false;
}

/* What the file is, its bytes say; a name only spares a guess why it cannot be read. */
static const char *name_fault(struct request *req, const char *name)
{
    static const char *const sheets[] = { ".xlsx", ".csv", ".txt", ".tsv", NULL };
    static const char *const books[] = { ".xls", ".ods", ".numbers", NULL };

    if (ends_so(name, sheets))
        return NULL;
    if (ends_so(name, books))
        return trf(req, N_("“%s” is a workbook of another kind. Save it as XLSX or CSV."), name);
    return trf(req, N_("“%s” is neither XLSX nor CSV."), name);
}

static struct err *refuse_file(struct request *req, const char *message)
{
    return err_pass(form_refuse_at(req, "file", message));
}

static struct err *keep_file(struct request *req, const char *name,
                             const struct deal_bulk_file *file, int64_t *id_out)
{
    const struct actor *who = req->actor;
    int64_t now;

    TRY(db_now(req->db, &now));
    TRY(db_insert(req->db, &bulk_sql_insert,
                  DB_ARGS(DB_I(who->account_id), DB_I(who->user_id), DB_S(name),
                          DB_I((int64_t)file->count), DB_T(now)),
                  id_out));
    for (size_t i = 0; i < file->count; i++)
        TRY(db_exec(
            req->db, &bulk_sql_row_insert,
            DB_ARGS(DB_I(*id_out), DB_I(file->lines[i].line_no), DB_S(file->lines[i].cells)),
            NULL));
    TRY(request_audit(req, "deal_bulk", *id_out, NULL, NULL));
    return err_pass(job_add(req->db, "deal.bulk", *id_out, 0, NULL, NULL));
}

/* Of several sheets the name says which was read: "deals.xlsx › May". */
static const char *name_with_sheet(struct request *req, const char *name, const char *sheet)
{
    const char *both;

    if (*sheet == '\0')
        return name;
    both = arena_join(req->arena, name, " › ", sheet, NULL);
    return utf8_count(both) <= NAME_LETTERS_MOST ? both : name;
}

struct err *deal_bulk_post(struct request *req)
{
    const struct bulk_input *in = req->input;
    const struct upload *upload = &in->file.items[0];
    const char *fault = name_fault(req, upload->name);
    struct deal_bulk_own own;
    struct deal_bulk_file file;
    int64_t most, id;

    if (fault != NULL)
        return err_pass(refuse_file(req, fault));
    if (upload->len > FILE_BYTES_MOST)
        return err_pass(
            refuse_file(req, trf(req, N_("At most %s in one file. Split it into several."),
                                 text_bytes(req->locale, req->arena, FILE_BYTES_MOST))));
    TRY(parameter_now(req->db, req->arena, PARAM_DEAL_BULK_ROWS, &most));
    TRY(deal_bulk_own_fields(req, &own));
    TRY(deal_bulk_read(req, &own, upload->data, upload->len, most, &file));
    if (file.fault != NULL)
        return err_pass(refuse_file(req, file.fault));
    TRY(keep_file(req, name_with_sheet(req, upload->name, file.sheet), &file, &id));
    return err_pass(reply_redirect(req, NULL, ADDRESS "/%lld", (long long)id));
}

/* -- files to download ---------------------------------------------------------------------------
 */

struct template_query {
    const char *headings;
};
static const struct choice languages[] = { { "en", N_("English") },
                                           { "zh", N_("Chinese") },
                                           { 0 } };
static const struct field template_fields[] = {
    { .name = "headings",
      .label = N_("Language"),
      .kind = FIELD_CHOICE,
      .choices = languages,
      .offset = offsetof(struct template_query, headings) },
    { 0 },
};
const struct form deal_bulk_template_query = { .name = "deal_bulk_template",
                                               .fields = template_fields,
                                               .size_bytes = sizeof(struct template_query) };

/* One template for both; MORE are the columns beside it. */
static const struct text_xlsx_column *headings(struct request *req, const struct deal_bulk_own *own,
                                               enum lang lang, const char *const *more)
{
    const size_t taken = DEAL_BULK_COLUMNS + own->count;
    struct text_xlsx_column *columns;
    size_t count = 0;

    for (size_t i = 0; more[i] != NULL; i++)
        count++;
    columns = arena_array(req->arena, taken + count + 1, sizeof(*columns));
    for (size_t i = 0; i < taken; i++)
        columns[i].head = deal_bulk_heading(req->arena, own, (int)i, lang);
    for (size_t i = 0; i < count; i++)
        columns[taken + i].head = lang_tr(lang, more[i]);
    return columns;
}

static struct err *no_rows(struct export *x, void *arg)
{
    (void)x, (void)arg;
    return NULL;
}

struct err *deal_bulk_template(struct request *req)
{
    const struct template_query *query = req->input;
    struct export_spec spec = { .file_name = "registrations-template",
                                .title = N_("Deal registrations"),
                                .as_is = true };
    enum lang lang = text_locale_lang(req->locale);
    struct deal_bulk_own own;

    lang_from_code(query->headings, &lang);
    TRY(deal_bulk_own_fields(req, &own));
    spec.columns = headings(req, &own, lang, (const char *const[]){ NULL });
    return err_pass(export_filled(req, &spec, no_rows, NULL));
}

static const char *all_faults(struct request *req, const struct deal_bulk_row *row,
                              const struct deal_bulk_fault *list, size_t count)
{
    const char *text =
        str_eq(row->state, deal_bulk_states[BULK_FAILED]) ? tr(req, deal_bulk_failed_words) : "";

    for (size_t i = 0; i < count; i++)
        text = arena_printf(req->arena, "%s%s%s: %s", text, *text != '\0' ? " | " : "",
                            deal_bulk_fault_place(&list[i], text_locale_lang(req->locale)),
                            list[i].text);
    return text;
}

struct refused {
    struct request *req;
    struct deal_bulk_own own;
    struct deal_bulk_row *rows;
    size_t count;
};

static struct err *put_refused(struct export *x, const struct refused *refused,
                               const struct deal_bulk_row *row)
{
    const struct deal_bulk_own *own = &refused->own;
    struct request *req = refused->req;
    const size_t taken = DEAL_BULK_COLUMNS + own->count;
    const char **texts = arena_array(req->arena, taken + 2, sizeof(*texts));
    struct deal_bulk_fault *list;
    struct deal_bulk_cells cells;
    size_t count;

    TRY(deal_bulk_cells_read(req->arena, row->cells_json, &cells));
    TRY(deal_bulk_faults_read(req->arena, row->faults_json, text_locale_lang(req->locale), &list,
                              &count));
    memcpy(texts, cells.texts, sizeof(cells.texts));
    for (size_t i = 0; i < own->count; i++) {
        const struct deal_bulk_cell *cell = deal_bulk_cell_of(&cells, own->fields[i].code);

        texts[DEAL_BULK_COLUMNS + i] = cell != NULL ? cell->text : "";
    }
    texts[taken] = arena_number(req->arena, "", row->line_no);
    texts[taken + 1] = all_faults(req, row, list, count);
    return err_pass(export_put(x, texts));
}

static struct err *put_all_refused(struct export *x, void *arg)
{
    const struct refused *refused = arg;

    for (size_t i = 0; i < refused->count; i++)
        TRY(put_refused(x, refused, &refused->rows[i]));
    return NULL;
}

/* To be corrected and sent again: the columns of the template, and beside them what is wrong. */
struct err *deal_bulk_refused(struct request *req)
{
    const char *const more[] = { deal_bulk_row_heading, deal_bulk_fault_heading, NULL };
    const struct deal_bulk *list = req->object;
    struct export_spec spec = { .file_name = "rows-to-correct",
                                .title = N_("Rows with faults"),
                                .as_is = true };
    struct refused refused = { .req = req };

    TRY(db_list(req->db, req->arena, &bulk_sql_refused,
                DB_ARGS(DB_I(list->account_id), DB_I(list->id)), &refused.rows, &refused.count));
    TRY(deal_bulk_own_fields(req, &refused.own));
    spec.columns = headings(req, &refused.own, text_locale_lang(req->locale), more);
    return err_pass(export_filled(req, &spec, put_all_refused, &refused));
}

/* -- the choice ----------------------------------------------------------------------------------
 */

static struct err *choose(struct request *req, const char *action, bool *chosen_out)
{
    const struct deal_bulk *list = req->object;
    const struct deal_version_input *in = req->input;
    int64_t now, changed;

    TRY(db_now(req->db, &now));
    TRY(db_exec(req->db, &bulk_sql_choose,
                DB_ARGS(DB_S(action), DB_T(now), DB_I(list->account_id), DB_I(list->id),
                        DB_I(in->row_version)),
                &changed));
    *chosen_out = changed == 1;
    return *chosen_out ? err_pass(job_add(req->db, "deal.bulk", list->id, 0, NULL, NULL)) : NULL;
}

static struct err *drop(struct request *req, bool *dropped_out)
{
    const struct deal_bulk *list = req->object;
    const struct deal_version_input *in = req->input;
    int64_t changed;

    TRY(db_exec(req->db, &bulk_sql_drop,
                DB_ARGS(DB_I(list->account_id), DB_I(list->id), DB_I(in->row_version)), &changed));
    *dropped_out = changed == 1;
    return *dropped_out
               ? err_pass(db_exec(req->db, &bulk_sql_drop_rows, DB_ARGS(DB_I(list->id)), NULL))
               : NULL;
}

/* Another of the company chose meanwhile, or the check went on: the page as it is now says so. */
static struct err *refuse_choice(struct request *req)
{
    const struct deal_bulk *list = req->object;
    struct view *v = view_at(req->page, "Deal");

    page_title(req, list->file_name);
    deal_partner_crumbs(req, NULL);
    page_crumb(req, tr(req, N_("Register from a list")), ADDRESS);
    view_text(v, "Message", tr(req, N_("This list has moved on since you saw it.")));
    view_text(v, "Href", arena_number(req->arena, ADDRESS "/", list->id));
    return err_pass(reply_conflict(req, "deal/refused.cs"));
}

struct err *deal_bulk_choose(struct request *req)
{
    const struct deal_bulk *list = req->object;
    const char *button = form_button(req);
    bool done = false;

    if (str_eq(button, "cancel"))
        TRY(drop(req, &done));
    else if (str_eq(button, "submit") || str_eq(button, "draft"))
        TRY(choose(req, button, &done));
    else
        return err_raise(ERR_MALFORMED, "a list is submitted, kept as drafts or cancelled");
    if (!done)
        return err_pass(refuse_choice(req));
    TRY(request_audit(req, "deal_bulk", list->id, NULL,
                      arena_printf(req->arena, "{\"action\":\"%s\"}", button)));
    if (str_eq(button, "cancel"))
        return err_pass(reply_redirect(req, "bulk_dropped", ADDRESS));
    return err_pass(reply_redirect(req, NULL, ADDRESS "/%lld", (long long)list->id));
}
