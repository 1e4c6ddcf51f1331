/* transfer/transfer_page.c - one import in each of its states: its columns, its rows with what is
 * wrong with them or what they are like, the choice, and what became of it. */
#include "access/parameter.h"
#include "base/buf.h"
#include "base/str.h"
#include "transfer/transfer_inside.h"
#include "web/export.h"

#include <string.h>

enum { PAGE_ROWS = 50 };

/* -- forms ---------------------------------------------------------------------------------------
 */

struct show_query {
    const char *show;
    int64_t after;
};
static const struct choice shows[] = { { "", "" },       { "good", "" }, { "twin", "" },
                                       { "fault", "" },  { "made", "" }, { "failed", "" },
                                       { "undone", "" }, { "kept", "" }, { 0 } };
static const struct field show_fields[] = {
    { .name = "show",
      .label = "",
      .kind = FIELD_CHOICE,
      .choices = shows,
      .offset = offsetof(struct show_query, show) },
    { .name = "after",
      .label = "",
      .kind = FIELD_INT,
      .offset = offsetof(struct show_query, after) },
    { 0 },
};
const struct form transfer_show_query = { .name = "transfer_show",
                                          .fields = show_fields,
                                          .size_bytes = sizeof(struct show_query) };

static const struct status_row row_states[] = {
    { "waiting", "neutral", "clock", N_("Waiting") },
    { "good", "good", "check", N_("Good") },
    { "twin", "wait", "copy", N_("Like another") },
    { "fault", "bad", "alert-circle", N_("Fault") },
    { "made", "good", "check", N_("Written") },
    { "failed", "bad", "x", N_("Failed") },
    { "undone", "off", "arrow-back-up", N_("Taken back") },
    { "kept", "wait", "lock", N_("Kept") },
    { 0 },
};
/* Why a record stayed when its import was taken back. */
static const struct {
    const char *code, *words;
} kept_words[] = {
    { "changed", N_("It was changed since the import.") },
    { "used", N_("Something belongs to it: people, registrations, opportunities or leads.") },
    { "worked",
      N_("Somebody worked on it: an activity, a task, a comment, a file, or it was shared.") },
    { "seen", N_("The person has logged in since.") },
    { "paired", N_("It was marked with another account, or is in a group with one.") },
    { "gone", N_("It is not there any more.") },
    { "failed", N_("The portal could not take it back. Its log says why.") },
};

/* -- its columns ---------------------------------------------------------------------------------
 */

static void show_options(struct request *req, const struct transfer_set *set)
{
    struct view *v = view_at(req->page, "Map");

    for (int i = 0; set->columns[i].field != NULL; i++) {
        struct view *option = view_row(v, "Options");
        const struct field *field = transfer_field(set, i);

        view_text(option, "Value", field->name);
        view_text(option, "Label",
                  field->required ? trf(req, N_("%s (needed)"), tr(req, field->label))
                                  : tr(req, field->label));
    }
}

static const char *sample_cell(const char *const *rows, size_t row_count, size_t row, size_t column,
                               struct arena *a)
{
    size_t count;
    const char **cells;

    if (row >= row_count)
        return "";
    cells = transfer_texts_read(a, rows[row], &count);
    return column < count ? cells[column] : "";
}

static void show_map(struct request *req, const struct transfer *t, const struct transfer_set *set)
{
    const bool came_back = req->route->method == HTTP_POST && req->input != NULL;
    const struct transfer_map_input *in = came_back ? req->input : NULL;
    struct view *v = view_at(req->page, "Map");
    size_t head_count, column_count, sample_count;
    const char **heads = transfer_texts_read(req->arena, t->heads_json, &head_count);
    const int *columns = transfer_numbers_read(req->arena, t->columns_json, &column_count);
    const char **samples = transfer_rows_read(req->arena, t->sample_json, &sample_count);

    for (size_t i = 0; i < head_count; i++) {
        const int column = i < column_count ? columns[i] : -1;
        struct view *row = view_row(v, "Columns");

        view_text(row, "Head", heads[i]);
        view_text(row, "Id", i == 0 ? "column" : arena_printf(req->arena, "column-%zu", i + 1));
        view_text(row, "Value",
                  in != NULL && i < in->column.count ? in->column.texts[i]
                  : column >= 0                      ? set->columns[column].field
                                                     : "");
        for (size_t s = 0; s < sample_count; s++)
            view_text(view_row(row, "Samples"), "Text",
                      sample_cell(samples, sample_count, s, i, req->arena));
    }
    show_options(req, set);
    view_flag(v, "Shown", true);
    form_show(req, &transfer_map_form,
              &(struct transfer_map_input){ .row_version = t->row_version, .column = { 0 } });
}

/* -- rows ----------------------------------------------------------------------------------------
 */

struct rows {
    struct transfer_row *list;
    size_t count;
    struct transfer_name *names;
    size_t name_count;
};

static void put_id(struct buf *ids, int64_t id)
{
    if (id != 0)
        buf_printf(ids, "%s%lld", ids->len > 1 ? "," : "", (long long)id);
}

/* Of what rows are like, and of what became of them. */
static struct err *read_names(struct request *req, const struct transfer_set *set,
                              struct rows *rows)
{
    struct buf ids;
    struct err *e;

    buf_init(&ids, 256, 0);
    buf_putc(&ids, '[');
    for (size_t i = 0; i < rows->count; i++) {
        put_id(&ids, rows->list[i].twin_id);
        put_id(&ids, rows->list[i].object_id);
    }
    buf_putc(&ids, ']');
    e = db_list(req->db, req->arena, set->names,
                DB_ARGS(DB_I(req->actor->department_low), DB_I(req->actor->department_high),
                        DB_S(ids.data)),
                &rows->names, &rows->name_count);
    buf_free(&ids);
    return err_pass(e);
}

/* NULL: the reader does not see it. */
static const struct transfer_name *name_of(const struct rows *rows, int64_t id)
{
    for (size_t i = 0; id != 0 && i < rows->name_count; i++)
        if (rows->names[i].id == id)
            return &rows->names[i];
    return NULL;
}

static const char *href_of(struct request *req, const struct transfer_set *set,
                           const struct transfer_name *name)
{
    return arena_join(req->arena, set->address, name->path, NULL);
}

/* What a row is like: never a record that the reader does not see. */
static void show_twin(struct request *req, struct view *v, const struct transfer_set *set,
                      const struct rows *rows, const struct transfer_row *row)
{
    const struct transfer_name *name = name_of(rows, row->twin_id);

    if (row->twin_line != 0)
        view_text(v, "Twin",
                  trf(req, N_("Like row %s of this file"),
                      text_number(req->locale, req->arena, row->twin_line)));
    else if (name != NULL) {
        view_text(v, "Twin", tr(req, N_("Like a record that is there:")));
        view_text(v, "TwinName", name->name);
        view_text(v, "TwinHref", href_of(req, set, name));
    } else if (row->twin_id != 0)
        view_text(v, "Twin", tr(req, N_("Like a record of another department")));
}

static struct err *show_faults(struct request *req, struct view *v, const struct transfer_set *set,
                               const struct transfer_row *row, const struct transfer_cells *cells)
{
    struct transfer_fault *list;
    size_t count;

    TRY(transfer_faults_read(req->arena, row->faults_json, &list, &count));
    for (size_t i = 0; i < count; i++) {
        struct view *fault = view_row(v, "Faults");
        const int column = list[i].column;

        view_text(fault, "Column", column >= 0 ? tr(req, transfer_field(set, column)->label) : "");
        view_text(fault, "Typed", column >= 0 ? cells->texts[column] : "");
        view_text(fault, "Text", list[i].texts[text_locale_lang(req->locale)]);
    }
    return NULL;
}

static struct err *show_row(struct request *req, const struct transfer_set *set,
                            const struct rows *rows, const struct transfer_row *row)
{
    struct view *v = view_row(view_at(req->page, "Import"), "Rows");
    const struct transfer_name *made = name_of(rows, row->object_id);
    struct transfer_cells cells;

    TRY(transfer_cells_read(req->arena, row->cells_json, transfer_column_count(set), &cells));
    page_int(req, v, "Line", row->line_no);
    view_text(v, "Title", cells.texts[0]);
    page_status(req, v, "Status", row_states, row->state);
    if (made != NULL && !str_eq(row->state, "undone"))
        view_text(v, "Href", href_of(req, set, made));
    for (size_t i = 0; i < ARRAY_LEN(kept_words); i++)
        if (str_eq(kept_words[i].code, row->kept))
            view_text(v, "Kept", tr(req, kept_words[i].words));
    show_twin(req, v, set, rows, row);
    return err_pass(show_faults(req, v, set, row, &cells));
}

static struct err *show_rows(struct request *req, const struct transfer *t,
                             const struct transfer_set *set, const char *show, int64_t after)
{
    struct view *v = view_at(req->page, "Import");
    struct rows rows = { 0 };

    if (*show == '\0')
        TRY(db_list(req->db, req->arena, &transfer_sql_rows,
                    DB_ARGS(DB_I(t->id), DB_I(after), DB_I(PAGE_ROWS + 1)), &rows.list,
                    &rows.count));
    else
        TRY(db_list(req->db, req->arena, &transfer_sql_rows_of,
                    DB_ARGS(DB_I(t->id), DB_S(show), DB_I(after), DB_I(PAGE_ROWS + 1)), &rows.list,
                    &rows.count));
    TRY(read_names(req, set, &rows));
    for (size_t i = 0; i < rows.count && i < PAGE_ROWS; i++)
        TRY(show_row(req, set, &rows, &rows.list[i]));
    if (after > 0)
        view_text(v, "First",
                  arena_printf(req->arena, "%s?show=%s", transfer_address(req->arena, t), show));
    if (rows.count > PAGE_ROWS)
        view_text(v, "Next",
                  arena_printf(req->arena, "%s?show=%s&after=%lld", transfer_address(req->arena, t),
                               show, (long long)rows.list[PAGE_ROWS - 1].line_no));
    return NULL;
}

/* -- figures -------------------------------------------------------------------------------------
 */

struct figure {
    const char *show, *label;
    int64_t count;
};

/* How many rows are in which state now, without counting them. */
static size_t figures_of(const struct transfer *t, struct figure out[8])
{
    const bool before = t->made_count + t->failed_count == 0;
    const bool undone = str_eq(t->state, "undone") || str_eq(t->state, "undoing");
    size_t n = 0;

    out[n++] = (struct figure){ "", N_("All"), t->row_count };
    if (before) {
        out[n++] = (struct figure){ "good", N_("Good"), t->good_count };
        out[n++] = (struct figure){ "twin", N_("Like another"), t->twin_count };
    } else {
        out[n++] = (struct figure){ "made", N_("Written"),
                                    t->made_count - t->undone_count - t->kept_count };
        out[n++] =
            (struct figure){ "twin", N_("Like another, left out"), t->twins ? 0 : t->twin_count };
    }
    out[n++] = (struct figure){ "fault", N_("Faults"), t->fault_count };
    out[n++] = (struct figure){ "failed", N_("Failed"), t->failed_count };
    if (undone) {
        out[n++] = (struct figure){ "undone", N_("Taken back"), t->undone_count };
        out[n++] = (struct figure){ "kept", N_("Kept"), t->kept_count };
    }
    return n;
}

static void show_figures(struct request *req, const struct transfer *t, const char *show)
{
    struct view *v = view_at(req->page, "Import");
    struct figure figures[8];
    const size_t count = figures_of(t, figures);

    for (size_t i = 0; i < count; i++) {
        struct view *chip;

        if (i > 0 && figures[i].count == 0)
            continue;
        chip = view_row(v, "Chips");
        view_text(chip, "Label", tr(req, figures[i].label));
        page_int(req, chip, "Count", figures[i].count);
        view_text(chip, "Href",
                  arena_printf(req->arena, "%s%s%s", transfer_address(req->arena, t),
                               i == 0 ? "" : "?show=", figures[i].show));
        view_flag(chip, "Current", str_eq(figures[i].show, show));
    }
}

static int64_t to_write(const struct transfer *t)
{
    return t->good_count + (t->twins ? t->twin_count : 0);
}

static void show_progress(struct request *req, const struct transfer *t)
{
    struct view *v = view_at(req->page, "Import");
    int64_t done = 0, most = t->row_count;

    if (str_eq(t->state, "checking"))
        done = t->good_count + t->twin_count + t->fault_count;
    if (str_eq(t->state, "running")) {
        done = t->made_count + t->failed_count;
        most = to_write(t);
    }
    if (str_eq(t->state, "undoing")) {
        done = t->undone_count + t->kept_count;
        most = t->made_count;
    }
    view_flag(v, "Runs", true);
    view_int(v, "Done", done);
    view_int(v, "Most", most > 0 ? most : 1);
    if (str_eq(t->state, "reading")) {
        view_text(v, "Progress", trn(req, "%s row read", "%s rows read", t->row_count));
        view_flag(v, "Reads", true);
        return;
    }
    view_text(v, "Progress",
              trf(req, N_("%1$s of %2$s rows"), text_number(req->locale, req->arena, done),
                  text_number(req->locale, req->arena, most)));
}

/* -- the choice ----------------------------------------------------------------------------------
 */

static void show_choice(struct request *req, const struct transfer *t,
                        const struct transfer_set *set)
{
    const struct transfer_choose_input stored = { .row_version = t->row_version };
    struct view *v = view_at(req->page, "Import");

    view_flag(v, "MayChoose", true);
    view_flag(v, "HasTwins", t->twin_count > 0 && !set->once);
    view_flag(v, "HasMails", set->mails);
    view_flag(v, "HasFaults", t->fault_count > 0);
    view_flag(v, "HasGood", t->good_count + (set->once ? 0 : t->twin_count) > 0);
    view_text(v, "All", trn(req, "Import %s row", "Import %s rows", t->good_count));
    view_text(v, "Good",
              trn(req, "Import %s good row only", "Import %s good rows only", t->good_count));
    view_text(v, "Sentence",
              t->fault_count > 0
                  ? trn(req, "%s row has faults: correct the file, or leave it out.",
                        "%s rows have faults: correct the file, or leave them out.", t->fault_count)
                  : tr(req, N_("All or nothing: when one row fails, all are taken back.")));
    form_show(req, &transfer_choose_form, &stored);
}

void transfer_show_head(struct request *req, const struct transfer *t,
                        const struct transfer_set *set)
{
    page_title(req, arena_number(req->arena, "IM-", t->id));
    transfer_crumbs(req);
    page_status(req, view_at(req->page, "Page"), "Status", transfer_states, t->state);
    page_fact(req, tr(req, set->title));
    page_fact(req, t->file_name);
    if (t->row_count > 0)
        page_fact(req, trn(req, "%s row", "%s rows", t->row_count));
    page_fact(req, t->user_name);
    page_fact(req, text_date_time(req->locale, req->arena, t->created_at));
}

static bool is_at_work(const struct transfer *t)
{
    return str_eq(t->state, "reading") || str_eq(t->state, "checking") ||
           str_eq(t->state, "running") || str_eq(t->state, "undoing");
}

static const char *message_of(struct request *req, const struct transfer *t)
{
    size_t count;
    const char **texts = transfer_texts_read(req->arena, t->message, &count);
    const size_t lang = (size_t)text_locale_lang(req->locale);

    return lang < count ? texts[lang] : "";
}

static struct err *show_result(struct request *req, const struct transfer *t,
                               const struct transfer_set *set)
{
    const struct show_query *query = req->route->method == HTTP_GET ? req->input : NULL;
    const char *show = query != NULL ? query->show : "";
    struct view *v = view_at(req->page, "Import");

    show_figures(req, t, show);
    if (t->fault_count + t->failed_count > 0)
        export_offer(req, view_at(v, "Faulty"),
                     arena_join(req->arena, transfer_address(req->arena, t), "/faults", NULL), "");
    if (str_eq(t->state, "preview"))
        show_choice(req, t, set);
    if ((str_eq(t->state, "done") || str_eq(t->state, "stopped")) && t->made_count > 0) {
        view_flag(v, "MayUndo", true);
        form_show(req, &transfer_undo_form,
                  &(struct transfer_choose_input){ .row_version = t->row_version });
    }
    return err_pass(show_rows(req, t, set, show, query != NULL ? query->after : 0));
}

struct err *transfer_show(struct request *req)
{
    const struct transfer *t = req->object;
    struct view *v = view_at(req->page, "Import");
    const struct transfer_set *set;

    TRY(transfer_set_of(req, t, &set));
    transfer_show_head(req, t, set);
    view_text(v, "Href", transfer_address(req->arena, t));
    view_text(v, "State", t->state);
    view_text(v, "Message", message_of(req, t));
    if (str_eq(t->state, "mapping"))
        show_map(req, t, set);
    else if (is_at_work(t))
        show_progress(req, t);
    else if (!str_eq(t->state, "dropped") && !str_eq(t->state, "refused"))
        TRY(show_result(req, t, set));
    return NULL;
}
