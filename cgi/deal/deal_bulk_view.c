/* deal/deal_bulk_view.c - the page of one list, in each of its states. */
#include "deal/deal_bulk_view.h"
#include "base/str.h"
#include "deal/deal_bulk.h"
#include "deal/deal_bulk_sql.h"
#include "deal/deal_partner.h"
#include "deal/deal_view.h"
#include "web/export.h"

#define ADDRESS "/partner/deals/bulk"

enum { PAGE_ROWS = 50 };

const struct status_row deal_bulk_statuses[] = {
    { "checking", "active", "loader", N_("Being checked") },
    { "preview", "wait", "eye", N_("Waits for you") },
    { "sending", "active", "loader", N_("Being sent") },
    { "done", "good", "check", N_("Done") },
    { "dropped", "off", "x", N_("Cancelled") },
    { "stopped", "bad", "x", N_("Stopped") },
    { 0 },
};

static const struct status_row row_statuses[] = {
    { "waiting", "neutral", "clock", N_("Waiting") },
    { "free", "good", "check", N_("Ready") },
    { "look", "wait", "user-search", N_("A person must look") },
    { "unasked", "neutral", "help-circle", N_("Not checked") },
    { "own", "wait", "copy", N_("Yours") },
    { "fault", "bad", "alert-circle", N_("Fault") },
    { "failed", "bad", "x", N_("Failed") },
    { 0 },
};

const char *const deal_bulk_failed_words =
    N_("This row failed, and nothing of it was kept. Upload it again.");

/* -- the address ---------------------------------------------------------------------------------
 */

struct show_query {
    const char *show;
    int64_t after;
};
/* Each with the two states that it shows. */
static const struct shown {
    const char *code, *label;
    enum deal_bulk_state states[2];
} views[] = {
    { "", N_("All"), { BULK_WAITING, BULK_WAITING } },
    { "faults", N_("Faults"), { BULK_FAULT, BULK_FAILED } },
    { "look", N_("A person must look"), { BULK_LOOK, BULK_LOOK } },
};
static const struct choice shows[] = { { "", "" }, { "faults", "" }, { "look", "" }, { 0 } };
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
const struct form deal_bulk_query = { .name = "deal_bulk_query",
                                      .fields = show_fields,
                                      .size_bytes = sizeof(struct show_query) };

/* -- counts --------------------------------------------------------------------------------------
 */

struct counts {
    int64_t of[BULK_STATE_COUNT], all;
};

static struct err *read_counts(struct request *req, const struct deal_bulk *list,
                               struct counts *out)
{
    struct deal_bulk_count *rows;
    size_t count;

    *out = (struct counts){ 0 };
    TRY(db_list(req->db, req->arena, &bulk_sql_counts, DB_ARGS(DB_I(list->id)), &rows, &count));
    for (size_t i = 0; i < count; i++)
        for (int state = 0; state < BULK_STATE_COUNT; state++)
            if (str_eq(rows[i].state, deal_bulk_states[state])) {
                out->of[state] = rows[i].count;
                out->all += rows[i].count;
            }
    return NULL;
}

static int64_t sendable(const struct counts *c)
{
    return c->of[BULK_FREE] + c->of[BULK_LOOK] + c->of[BULK_UNASKED];
}

static int64_t refused(const struct counts *c)
{
    return c->of[BULK_FAULT] + c->of[BULK_FAILED];
}

static void add_stat(struct request *req, const char *label, int64_t value, const char *note)
{
    struct view *row = view_row(view_at(req->page, "Bulk"), "Stats");

    view_text(row, "Label", tr(req, label));
    view_text(row, "Value", text_number(req->locale, req->arena, value));
    view_text(row, "Note", tr(req, note));
}

static void show_stats(struct request *req, const struct deal_bulk *list, const struct counts *c)
{
    if (str_eq(list->state, "preview")) {
        add_stat(req, N_("Ready"), c->of[BULK_FREE], N_("first in line when sent"));
        add_stat(req, N_("A person must look"), c->of[BULK_LOOK], N_("can be submitted"));
        if (c->of[BULK_UNASKED] > 0)
            add_stat(req, N_("Not checked"), c->of[BULK_UNASKED],
                     N_("the checks of this hour are used; submitting checks them"));
        add_stat(req, N_("Faults"), refused(c), N_("left out"));
        return;
    }
    if (str_eq(list->action, "submit"))
        add_stat(req, N_("Submitted"), c->of[BULK_MADE], N_("each with its number and receipt"));
    else
        add_stat(req, N_("Drafts"), c->of[BULK_MADE], N_("each with its number"));
    add_stat(req, N_("Left out"), refused(c), N_("correct them and upload them again"));
    if (sendable(c) + c->of[BULK_WAITING] > 0)
        add_stat(req, N_("Not sent"), sendable(c) + c->of[BULK_WAITING], "");
}

static void show_chips(struct request *req, const struct deal_bulk *list, const struct counts *c,
                       const char *shown)
{
    for (size_t i = 0; i < ARRAY_LEN(views); i++) {
        const int64_t count = i == 0 ? c->all : i == 1 ? refused(c) : c->of[BULK_LOOK];
        struct view *chip;

        if (i > 0 && count == 0)
            continue;
        chip = view_row(view_at(req->page, "Bulk"), "Chips");
        view_text(chip, "Label", tr(req, views[i].label));
        page_int(req, chip, "Count", count);
        view_text(chip, "Href",
                  arena_printf(req->arena, ADDRESS "/%lld%s%s", (long long)list->id,
                               i == 0 ? "" : "?show=", views[i].code));
        view_flag(chip, "Current", str_eq(views[i].code, shown));
    }
}

/* -- rows ----------------------------------------------------------------------------------------
 */

static const char *cell_of(const char *const *cells, const char *field, int index)
{
    return cells[deal_bulk_column_of(field, index)];
}

static const char *products_words(struct request *req, const char *const *cells)
{
    const char *words = "";

    for (int i = 0; i < DEAL_BULK_LINES; i++) {
        const char *line = cell_of(cells, "line", i);

        if (*line != '\0')
            words = arena_printf(req->arena, "%s%s%s", words, *words != '\0' ? " · " : "", line);
    }
    return words;
}

/* As it stands in the file: it may be no amount at all. */
static const char *value_words(struct request *req, const char *const *cells)
{
    const char *words = "";

    for (int i = 0; i < DEAL_BULK_LINES; i++) {
        const char *value = cell_of(cells, "value", i);

        if (*value != '\0')
            words = arena_printf(req->arena, "%s%s%s", words, *words != '\0' ? " + " : "", value);
    }
    return *words != '\0' ? arena_printf(req->arena, "%s %s", cell_of(cells, "currency", -1), words)
                          : "";
}

/* What stands at the fault, shortened: cells may be long. */
static const char *shortened(struct arena *a, const char *text)
{
    const size_t most = 80, bytes = utf8_prefix_bytes(text, most);

    return arena_printf(a, "%.*s%s", (int)bytes, text, text[bytes] != '\0' ? "…" : "");
}

static const char *typed_at(const struct deal_bulk_cells *cells,
                            const struct deal_bulk_fault *fault)
{
    const struct deal_bulk_cell *cell =
        fault->code != NULL ? deal_bulk_cell_of(cells, fault->code) : NULL;

    if (fault->code == NULL)
        return cells->texts[fault->column];
    return cell != NULL ? cell->text : "";
}

static struct err *show_faults(struct request *req, struct view *v, const struct deal_bulk_row *row,
                               const struct deal_bulk_cells *cells)
{
    struct deal_bulk_fault *list;
    size_t count;

    TRY(deal_bulk_faults_read(req->arena, row->faults_json, text_locale_lang(req->locale), &list,
                              &count));
    for (size_t i = 0; i < count; i++) {
        struct view *fault = view_row(v, "Faults");

        view_text(fault, "Column", deal_bulk_fault_place(&list[i], text_locale_lang(req->locale)));
        view_text(fault, "Typed", shortened(req->arena, typed_at(cells, &list[i])));
        view_text(fault, "Text", list[i].text);
    }
    if (str_eq(row->state, deal_bulk_states[BULK_FAILED]))
        view_text(v, "Failed", tr(req, deal_bulk_failed_words));
    return NULL;
}

static void show_deal(struct request *req, struct view *v, const char *name, int64_t id)
{
    view_text(v, name, deal_number(req->arena, id));
    view_text(v, arena_printf(req->arena, "%sHref", name),
              arena_number(req->arena, "/partner/deals/DR-", id));
}

static struct err *show_row(struct request *req, const struct deal_bulk_row *row)
{
    struct view *v = view_row(view_at(req->page, "Bulk"), "Rows");
    struct deal_bulk_cells read;
    const char *const *cells = read.texts;

    TRY(deal_bulk_cells_read(req->arena, row->cells_json, &read));
    view_int(v, "Line", row->line_no);
    view_text(v, "Company", shortened(req->arena, cell_of(cells, "company_name", -1)));
    view_text(v, "Products", products_words(req, cells));
    view_text(v, "Value", value_words(req, cells));
    if (row->deal_id != 0) {
        show_deal(req, v, "Number", row->deal_id);
        page_status(req, v, "Status", deal_partner_statuses, row->deal_state);
    } else {
        page_status(req, v, "Status", row_statuses, row->own_id != 0 ? "own" : row->state);
    }
    view_flag(v, "Look", str_eq(row->state, deal_bulk_states[BULK_LOOK]));
    view_flag(v, "Says",
              row->deal_id != 0 || row->own_id != 0 ||
                  (!str_eq(row->state, deal_bulk_states[BULK_FREE]) &&
                   !str_eq(row->state, deal_bulk_states[BULK_UNASKED])));
    if (row->own_id != 0)
        show_deal(req, v, "Own", row->own_id);
    return err_pass(show_faults(req, v, row, &read));
}

static const struct shown *shown_by(const char *code)
{
    for (size_t i = 0; i < ARRAY_LEN(views); i++)
        if (str_eq(views[i].code, code))
            return &views[i];
    return &views[0];
}

static struct err *read_rows(struct request *req, const struct deal_bulk *list,
                             const struct show_query *query, struct deal_bulk_row **rows_out,
                             size_t *count_out)
{
    const struct db_arg account = DB_I(list->account_id), id = DB_I(list->id);
    const struct shown *shown = shown_by(query->show);

    if (shown == &views[0])
        return err_pass(db_list(req->db, req->arena, &bulk_sql_rows,
                                DB_ARGS(account, id, DB_I(query->after), DB_I(PAGE_ROWS + 1)),
                                rows_out, count_out));
    return err_pass(db_list(req->db, req->arena, &bulk_sql_rows_of,
                            DB_ARGS(account, id, DB_S(deal_bulk_states[shown->states[0]]),
                                    DB_S(deal_bulk_states[shown->states[1]]), DB_I(query->after),
                                    DB_I(PAGE_ROWS + 1)),
                            rows_out, count_out));
}

static struct err *show_rows(struct request *req, const struct deal_bulk *list,
                             const struct show_query *query)
{
    struct view *v = view_at(req->page, "Bulk");
    struct deal_bulk_row *rows;
    size_t count;

    TRY(read_rows(req, list, query, &rows, &count));
    for (size_t i = 0; i < count && i < PAGE_ROWS; i++)
        TRY(show_row(req, &rows[i]));
    if (query->after > 0)
        view_text(
            v, "First",
            arena_printf(req->arena, ADDRESS "/%lld?show=%s", (long long)list->id, query->show));
    if (count > PAGE_ROWS)
        view_text(v, "Next",
                  arena_printf(req->arena, ADDRESS "/%lld?show=%s&after=%lld", (long long)list->id,
                               query->show, (long long)rows[PAGE_ROWS - 1].line_no));
    return NULL;
}

/* -- the page ------------------------------------------------------------------------------------
 */

static void show_progress(struct request *req, const struct deal_bulk *list, const struct counts *c)
{
    const bool checking = str_eq(list->state, "checking");
    const int64_t left = checking ? c->of[BULK_WAITING] : sendable(c);
    struct view *v = view_at(req->page, "Bulk");

    view_flag(v, "Runs", true);
    view_flag(v, "Checks", checking);
    view_int(v, "Done", c->all - left);
    view_int(v, "Most", c->all > 0 ? c->all : 1);
    view_text(v, "Progress",
              trf(req, N_("%1$s of %2$s rows"), text_number(req->locale, req->arena, c->all - left),
                  text_number(req->locale, req->arena, c->all)));
}

static void show_choice(struct request *req, const struct deal_bulk *list, const struct counts *c)
{
    const struct deal_version_input version = { list->row_version };
    const int64_t good = sendable(c);
    struct view *v = view_at(req->page, "Bulk");

    view_flag(v, "MayChoose", true);
    view_flag(v, "HasGood", good > 0);
    view_text(v, "Submit", trn(req, "Submit %s row", "Submit %s rows", good));
    view_text(v, "Draft", trn(req, "Keep %s draft", "Keep %s drafts", good));
    view_text(v, "Sentence",
              refused(c) > 0
                  ? trn(req,
                        "Each gets its own number and receipt; %s row with faults is left out.",
                        "Each gets its own number and receipt; %s rows with faults are left out.",
                        refused(c))
                  : tr(req, N_("Each gets its own number and receipt.")));
    form_show(req, &deal_version_form, &version);
}

static void show_head(struct request *req, const struct deal_bulk *list)
{
    page_title(req, str_eq(list->state, "preview") ? tr(req, N_("Look before you submit"))
                                                   : tr(req, N_("Register from a list")));
    deal_partner_crumbs(req, NULL);
    page_crumb(req, tr(req, N_("Register from a list")), ADDRESS);
    page_status(req, view_at(req->page, "Page"), "Status", deal_bulk_statuses, list->state);
    page_fact(req, list->file_name);
    page_fact(req, trn(req, "%s row", "%s rows", list->row_count));
    page_fact(req, list->user_name);
    page_fact(req, text_date_time(req->locale, req->arena, list->created_at));
    if (str_eq(list->state, "checking") || str_eq(list->state, "preview"))
        page_fact(req, tr(req, N_("nothing is submitted yet")));
}

struct err *deal_bulk_list_show(struct request *req)
{
    const struct deal_bulk *list = req->object;
    const struct show_query *query = req->input;
    struct view *v = view_at(req->page, "Bulk");
    const char *address = arena_number(req->arena, ADDRESS "/", list->id);
    struct counts c;

    show_head(req, list);
    TRY(read_counts(req, list, &c));
    view_text(v, "Href", address);
    view_flag(v, "Dropped", str_eq(list->state, "dropped"));
    view_flag(v, "Stopped", str_eq(list->state, "stopped"));
    if (str_eq(list->state, "checking") || str_eq(list->state, "sending")) {
        show_progress(req, list, &c);
        return NULL;
    }
    if (str_eq(list->state, "dropped"))
        return NULL;
    show_stats(req, list, &c);
    show_chips(req, list, &c, query->show);
    if (refused(&c) > 0)
        export_offer(req, view_at(v, "Refused"), arena_join(req->arena, address, "/refused", NULL),
                     "");
    if (str_eq(list->state, "preview"))
        show_choice(req, list, &c);
    return err_pass(show_rows(req, list, query));
}
