/* deal/deal_figures.c - the partner's own figures, as chart and table of the same numbers. */
#include "deal/deal_figures.h"
#include "base/str.h"
#include "deal/deal_partner.h"
#include "deal/deal_view.h"

static const struct db_field figure_fields[] = {
    DB_FIELD(struct deal_figure_row, month, DB_DAY, 0),
    DB_FIELD(struct deal_figure_row, submitted, DB_I64, 0),
    DB_FIELD(struct deal_figure_row, approved, DB_I64, 0),
    DB_FIELD(struct deal_figure_row, rejected, DB_I64, 0),
    DB_FIELD(struct deal_figure_row, won, DB_I64, 0),
    DB_FIELD(struct deal_figure_row, lost, DB_I64, 0),
    DB_NULLABLE(struct deal_figure_row, median_minutes, DB_I64, 0),
    { 0 },
};
/* The newest months, newest first. */
static const struct db_stmt figures = {
    .name = "deal.figures.own",
    .sql =
        "SELECT month, submitted, approved, rejected, won, lost, median_minutes FROM deal_figure "
        "WHERE account_id = ? ORDER BY month DESC LIMIT ?",
    .binds = "ii",
    .fields = figure_fields,
    .row_bytes = sizeof(struct deal_figure_row),
    .flags = DB_ACCOUNT_FIRST | DB_LISTS,
};

/* -- the chart: layout/chart.cs says where things stand ------------------------------------------
 */

enum { LEFT = 24, RIGHT = 360, ZERO_Y = 160, TOP_Y = 25, LINES = 3, LEAST_COLUMNS = 6 };

/* A round number for the topmost line, at least MOST and divisible by the number of lines. */
static int64_t scale_of(int64_t most)
{
    static const int64_t steps[] = { 1, 2, 5 };
    int64_t unit = 1;

    for (;; unit *= 10)
        for (size_t i = 0; i < ARRAY_LEN(steps); i++)
            if (steps[i] * unit * LINES >= most)
                return steps[i] * unit * LINES;
}

static int y_of(int64_t value, int64_t top)
{
    return ZERO_Y - (int)(value * (ZERO_Y - TOP_Y) / top);
}

static void add_grid(struct request *req, struct view *chart, int64_t top)
{
    for (int i = 0; i <= LINES; i++) {
        struct view *grid = view_row(chart, "Grid");

        view_int(grid, "Y", y_of(top * i / LINES, top));
        page_int(req, grid, "Text", top * i / LINES);
    }
}

static void add_series(struct view *chart, const char *class, const char *label)
{
    struct view *series = view_row(chart, "Series");

    view_text(series, "Class", class);
    view_text(series, "Label", label);
}

static void add_bar(struct view *column, const char *class, int x, int width, int64_t value,
                    int64_t top)
{
    struct view *bar = view_row(column, "Bars");

    view_text(bar, "Class", class);
    view_int(bar, "X", x);
    view_int(bar, "Y", y_of(value, top));
    view_int(bar, "Width", width);
    view_int(bar, "Height", ZERO_Y - y_of(value, top));
}

/* The month's number alone: the years stand in the table. */
static const char *month_short(struct request *req, int32_t month)
{
    int year, number, day;

    day_to_civil(month, &year, &number, &day);
    return arena_printf(req->arena, "%02d", number);
}

static const char *month_href(struct request *req, const char *listed, int32_t month)
{
    char iso[DAY_ISO_BYTES];

    if (listed == NULL)
        return "";
    day_iso(month, iso);
    return arena_printf(req->arena, "%s%.7s", listed, iso);
}

/* "Nov 2026: 34 submitted, 7 approved". */
static const char *column_label(struct request *req, const struct deal_figure_row *row)
{
    return trf(req, N_("%1$s: %2$s submitted, %3$s approved"),
               text_month(req->locale, req->arena, row->month),
               text_number(req->locale, req->arena, row->submitted),
               text_number(req->locale, req->arena, row->approved));
}

static void show_chart(struct request *req, struct view *chart, const struct deal_figure_row *rows,
                       size_t count, const char *listed)
{
    int64_t most = 1, top;
    const int step = (RIGHT - LEFT) / (int)(count > LEAST_COLUMNS ? count : LEAST_COLUMNS);
    const int width = step * 3 / 10;

    for (size_t i = 0; i < count; i++)
        most = rows[i].submitted > most ? rows[i].submitted : most;
    top = scale_of(most);
    view_text(chart, "Label",
              tr(req, N_("Registrations submitted and approved by month; the numbers stand in the "
                         "table beside it")));
    view_flag(chart, "Linked", listed != NULL);
    add_series(chart, "c1", tr(req, N_("Submitted")));
    add_series(chart, "c3", tr(req, N_("Approved")));
    add_grid(req, chart, top);
    for (size_t i = 0; i < count; i++) {
        const struct deal_figure_row *row = &rows[count - 1 - i];
        struct view *column = view_row(chart, "Columns");
        const int middle = LEFT + step * (int)i + step / 2;

        view_int(column, "X", middle);
        view_text(column, "Text", month_short(req, row->month));
        view_text(column, "Href", month_href(req, listed, row->month));
        view_text(column, "Label", column_label(req, row));
        add_bar(column, "c1", middle - width - 1, width, row->submitted, top);
        add_bar(column, "c3", middle + 1, width, row->approved, top);
    }
}

static void show_table(struct request *req, struct view *v, const struct deal_figure_row *rows,
                       size_t count, const char *listed)
{
    for (size_t i = 0; i < count; i++) {
        const struct deal_figure_row *row = &rows[i];
        struct view *r = view_row(v, "Months");

        view_text(r, "Month", text_month(req->locale, req->arena, row->month));
        view_text(r, "Href", month_href(req, listed, row->month));
        page_int(req, r, "Submitted", row->submitted);
        page_int(req, r, "Approved", row->approved);
        page_int(req, r, "Won", row->won);
        page_int(req, r, "Lost", row->lost);
        view_text(r, "WinRate",
                  text_share(req->locale, req->arena, row->won, row->won + row->lost));
        view_text(r, "Median",
                  row->median_minutes > 0 ? deal_minutes(req, row->median_minutes) : "–");
    }
}

void deal_figures_fill(struct request *req, struct view *v, const struct deal_figure_row *rows,
                       size_t count, const char *listed)
{
    show_chart(req, view_at(v, "Chart"), rows, count, listed);
    show_table(req, v, rows, count, listed);
}

static struct err *show_months(struct request *req, struct view *v, int64_t months,
                               size_t *count_out)
{
    struct deal_figure_row *rows;

    TRY(db_list(req->db, req->arena, &figures, DB_ARGS(DB_I(req->actor->account_id), DB_I(months)),
                &rows, count_out));
    if (*count_out == 0)
        return NULL;
    deal_figures_fill(req, v, rows, *count_out, NULL);
    return NULL;
}

struct err *deal_figures_show(struct request *req)
{
    size_t count;

    page_title(req, tr(req, N_("Your figures")));
    deal_partner_crumbs(req, NULL);
    return err_pass(show_months(req, view_at(req->page, "Figures"), 12, &count));
}

/* -- cards of the home page ----------------------------------------------------------------------
 */

struct card_row {
    int64_t id, due_at, answer_due_at, submitted_at, protected_from_at, protected_until_at;
    const char *state_code, *company_name, *project_name, *reason_text, *reviewer_name;
};
static const struct db_field card_fields[] = {
    DB_FIELD(struct card_row, id, DB_I64, 0),
    DB_FIELD(struct card_row, state_code, DB_TEXT, 12),
    DB_FIELD(struct card_row, company_name, DB_TEXT, 200),
    DB_FIELD(struct card_row, project_name, DB_TEXT, 200),
    DB_FIELD(struct card_row, reason_text, DB_TEXT, 400),
    DB_FIELD(struct card_row, reviewer_name, DB_TEXT, 120),
    DB_NULLABLE(struct card_row, due_at, DB_AT, 0),
    DB_NULLABLE(struct card_row, answer_due_at, DB_AT, 0),
    DB_NULLABLE(struct card_row, submitted_at, DB_AT, 0),
    DB_NULLABLE(struct card_row, protected_from_at, DB_AT, 0),
    DB_NULLABLE(struct card_row, protected_until_at, DB_AT, 0),
    { 0 },
};
/* Of the newest two thousand in a phase those that are due first; what is due never stands last.
 * The list's index gives the eight, their own rows the rest. */
#define CARD(ident, name_, key)                                                                  \
    static const struct db_stmt ident = {                                                        \
        .name = name_,                                                                           \
        .sql = "SELECT d.id, d.state AS state_code, d.company_name, d.project_name, "            \
               "d.reason_text, d.reviewer_name, d.due_at, d.answer_due_at, d.submitted_at, "     \
               "d.protected_from_at, d.protected_until_at FROM (SELECT id, " key ", updated_at " \
               "FROM (SELECT id, " key ", updated_at FROM deal FORCE INDEX (deal_own_phase) "    \
               "WHERE account_id = ? AND phase = ? ORDER BY updated_at DESC, id DESC "           \
               "LIMIT 2000) newest ORDER BY " key " IS NULL, " key ", updated_at DESC LIMIT 8) " \
               "first JOIN deal d ON d.id = first.id "                                           \
               "ORDER BY first." key " IS NULL, first." key ", first.updated_at DESC",           \
        .binds = "ii",                                                                           \
        .fields = card_fields,                                                                   \
        .row_bytes = sizeof(struct card_row),                                                    \
        .flags = DB_ACCOUNT_FIRST | DB_LISTS,                                                    \
    }
CARD(card_yours, "deal.home.yours", "answer_due_at");
CARD(card_vendor, "deal.home.vendor", "due_at");
CARD(card_ending, "deal.home.ending", "protected_until_at");

db_stmt_table deal_figure_statements[] = { &figures, &card_yours, &card_vendor, &card_ending,
                                           NULL };

static const char *card_title(const struct request *req, const struct card_row *row)
{
    return str_is_empty(row->company_name) ? tr(req, N_("Draft without a company"))
                                           : row->company_name;
}

static const char *card_address(const struct request *req, const struct card_row *row)
{
    return arena_printf(req->arena, "/partner/deals/%s", deal_number(req->arena, row->id));
}

/* "DR-10423 · returned: “Which plant?”", else the project. */
static const char *card_text(const struct request *req, const struct card_row *row)
{
    const char *number = deal_number(req->arena, row->id);

    if (deal_state_find(row->state_code) == DEAL_RETURNED && !str_is_empty(row->reason_text))
        return trf(req, N_("%1$s · returned: “%2$s”"), number, row->reason_text);
    return str_is_empty(row->project_name)
               ? number
               : arena_printf(req->arena, "%s · %s", number, row->project_name);
}

static struct err *read_cards(struct request *req, const struct db_stmt *stmt,
                              enum deal_phase phase, struct card_row **rows_out, size_t *count_out)
{
    return err_pass(db_list(req->db, req->arena, stmt,
                            DB_ARGS(DB_I(req->actor->account_id), DB_I(phase)), rows_out,
                            count_out));
}

static void show_yours(struct request *req, struct view *card, const struct card_row *row,
                       int64_t now)
{
    const bool returned = deal_state_find(row->state_code) == DEAL_RETURNED;
    const bool edits = actor_may(req->actor, PERM_DEAL_EDIT);
    const char *address = card_address(req, row);
    struct view *v = home_work(
        card, &(struct home_work){
                  .tone = returned ? "wait" : "neutral",
                  .icon = returned ? "arrow-back-up" : "pencil",
                  .title = card_title(req, row),
                  .text = card_text(req, row),
                  .address = edits ? arena_printf(req->arena, "%s/edit", address) : address,
                  .action = !edits     ? tr(req, N_("Look"))
                            : returned ? tr(req, N_("Answer"))
                                       : tr(req, N_("Continue")),
              });

    deal_show_next(req, v, deal_state_find(row->state_code), row->due_at, row->answer_due_at, 0,
                   now);
}

static struct err *fill_yours(struct request *req, struct view *card)
{
    struct card_row *rows;
    size_t count;
    int64_t now;

    TRY(db_now(req->db, &now));
    TRY(read_cards(req, &card_yours, DEAL_WITH_PARTNER, &rows, &count));
    for (size_t i = 0; i < count; i++)
        show_yours(req, card, &rows[i], now);
    home_count(req, card, count, tr(req, N_("soonest first")));
    if (count == 0)
        home_empty(card, "circle-check", tr(req, N_("Nothing waits for you")),
                   tr(req, N_("Drafts, and registrations that were returned to you, stand here.")));
    return NULL;
}

static void show_waiting(struct request *req, struct view *card, const struct card_row *row,
                         int64_t now)
{
    struct view *v = view_row(card, "Waiting");

    view_text(v, "Number", deal_number(req->arena, row->id));
    view_text(v, "Href", card_address(req, row));
    view_text(v, "Company", row->company_name);
    view_text(v, "Submitted",
              text_date_time_short(req->locale, req->arena, row->submitted_at, now));
    view_text(v, "With", row->reviewer_name);
    page_status(req, v, "Status", deal_partner_statuses, row->state_code);
    deal_show_next(req, v, deal_state_find(row->state_code), row->due_at, 0, 0, now);
}

static struct err *fill_vendor(struct request *req, struct view *card)
{
    struct card_row *rows;
    size_t count;
    int64_t now;

    TRY(db_now(req->db, &now));
    TRY(read_cards(req, &card_vendor, DEAL_WITH_VENDOR, &rows, &count));
    for (size_t i = 0; i < count; i++)
        show_waiting(req, card, &rows[i], now);
    if (count == 0)
        home_empty(card, "send", tr(req, N_("Nothing waits for a decision")),
                   tr(req, N_("What you submit stands here with its clock.")));
    home_link(card, tr(req, N_("All that wait")), "/partner/deals?view=vendor");
    return NULL;
}

static struct err *fill_ending(struct request *req, struct view *card)
{
    struct card_row *rows;
    size_t count;
    int64_t now;

    TRY(db_now(req->db, &now));
    TRY(read_cards(req, &card_ending, DEAL_PROTECTED, &rows, &count));
    for (size_t i = 0; i < count; i++)
        home_bar(card,
                 &(struct home_bar){
                     .tone = deal_days_tone(now, rows[i].protected_until_at),
                     .title = rows[i].company_name,
                     .address = card_address(req, &rows[i]),
                     .text = deal_days_until(req, now, rows[i].protected_until_at),
                     .label = trf(req, N_("Protection of %s, time used"),
                                  deal_number(req->arena, rows[i].id)),
                     .value = (now - rows[i].protected_from_at) / CLOCK_DAY,
                     .most = (rows[i].protected_until_at - rows[i].protected_from_at) / CLOCK_DAY,
                 });
    if (count == 0)
        home_empty(
            card, "shield-check", tr(req, N_("No protections")),
            tr(req, N_("Approved registrations stand here, the one that ends first on top.")));
    home_link(card, tr(req, N_("All protections")), "/partner/deals?view=protected");
    return NULL;
}

static struct err *fill_months(struct request *req, struct view *card)
{
    size_t count;

    TRY(show_months(req, card, 6, &count));
    if (count == 0)
        home_empty(card, "chart-bar", tr(req, N_("No figures yet")),
                   tr(req, N_("What you submit is counted here by month.")));
    home_link(card, tr(req, N_("All figures")), "/partner/deals/figures");
    return NULL;
}

const struct home_card deal_home_yours = {
    .id = "yours", .title = N_("Needs you"), .permission = PERM_DEAL_VIEW, .fill = fill_yours
};
const struct home_card deal_home_vendor = { .id = "vendor",
                                            .title = N_("Waiting for the vendor"),
                                            .permission = PERM_DEAL_VIEW,
                                            .fill = fill_vendor };
const struct home_card deal_home_ending = { .id = "ending",
                                            .title = N_("Protections ending"),
                                            .column = HOME_SIDE,
                                            .permission = PERM_DEAL_VIEW,
                                            .fill = fill_ending };
const struct home_card deal_home_months = { .id = "months",
                                            .title = N_("Your registrations, last 6 months"),
                                            .permission = PERM_DEAL_FIGURES,
                                            .fill = fill_months };
