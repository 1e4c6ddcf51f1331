/* deal/deal_staff_figures.c - figures of the partners within the visitor's departments, from the
 * months that the worker keeps (table deal_figure), and the cards of the staff's home page.
 *
 * A median of several partners cannot be made from theirs: what stands here is the mean of the
 * monthly medians, each weighed by its decisions, and is called so. */
#include "base/str.h"
#include "deal/deal_figures.h"
#include "deal/deal_reviewers.h"
#include "deal/deal_staff.h"
#include "deal/deal_view.h"

#include <string.h>

enum { MONTHS = 12, CARD_MONTHS = 6, CARD_ROWS = 8 };

/* The list that has as many rows as a figure says. */
#define LISTED "/staff/deals?view=all&place=within"

/* -- statements ----------------------------------------------------------------------------------
 */

#define SUMS                                                                                      \
    "CAST(SUM(f.submitted) AS INT) AS submitted, CAST(SUM(f.approved) AS INT) AS approved, "      \
    "CAST(SUM(f.rejected) AS INT) AS rejected, CAST(SUM(f.won) AS INT) AS won, "                  \
    "CAST(SUM(f.lost) AS INT) AS lost, CAST(SUM(f.median_minutes * (f.approved + f.rejected)) / " \
    "NULLIF(SUM(IF(f.median_minutes IS NULL, 0, f.approved + f.rejected)), 0) AS INT) "           \
    "AS median_minutes "
/* Of the registration's department; 0 is none. */
#define WITHIN                                                  \
    "(f.department_id BETWEEN ? AND ? OR f.department_id = 0) " \
    "AND f.month > UTC_DATE() - INTERVAL ? MONTH "

#define SUM_FIELDS(type)                                                       \
    DB_FIELD(type, submitted, DB_I64, 0), DB_FIELD(type, approved, DB_I64, 0), \
        DB_FIELD(type, rejected, DB_I64, 0), DB_FIELD(type, won, DB_I64, 0),   \
        DB_FIELD(type, lost, DB_I64, 0), DB_NULLABLE(type, median_minutes, DB_I64, 0)

static const struct db_field month_fields[] = {
    DB_FIELD(struct deal_figure_row, month, DB_DAY, 0),
    SUM_FIELDS(struct deal_figure_row),
    { 0 },
};
static const struct db_stmt by_month = {
    .name = "deal.figures.by_month",
    .sql = "SELECT f.month, " SUMS "FROM deal_scope_figure f WHERE " WITHIN
           "AND f.account_id = 0 AND f.product_line_id = 0 GROUP BY f.month ORDER BY f.month DESC",
    .binds = "iii",
    .fields = month_fields,
    .row_bytes = sizeof(struct deal_figure_row),
    .flags = DB_STAFF_SCOPE | DB_LISTS,
};

struct named_row {
    int64_t id, submitted, approved, rejected, won, lost, median_minutes;
    const char *name_en, *name_zh;
};
static const struct db_field named_fields[] = {
    DB_NULLABLE(struct named_row, id, DB_I64, 0),
    DB_FIELD(struct named_row, name_en, DB_TEXT, 200),
    DB_FIELD(struct named_row, name_zh, DB_TEXT, 200),
    SUM_FIELDS(struct named_row),
    { 0 },
};
#define NAMED(ident, name_, columns, from, of, group, order)                                \
    static const struct db_stmt ident = {                                                   \
        .name = name_,                                                                      \
        .sql = "SELECT " columns ", " SUMS "FROM deal_scope_figure f " from "WHERE " WITHIN \
               "AND " of " GROUP BY " group " ORDER BY " order,                             \
        .binds = "iii",                                                                     \
        .fields = named_fields,                                                             \
        .row_bytes = sizeof(struct named_row),                                              \
        .flags = DB_STAFF_SCOPE | DB_LISTS,                                                 \
    }
#define NAMES(of)   of ".id, " of ".name_en, " of ".name_zh"
#define OF_PARTNERS "f.product_line_id = 0 AND f.account_id > 0"
NAMED(by_partner, "deal.figures.by_partner", "a.id, a.name AS name_en, a.name AS name_zh",
      "JOIN account a ON a.id = f.account_id ", OF_PARTNERS, "a.id, a.name",
      "submitted DESC, a.id LIMIT 50");
NAMED(by_tier, "deal.figures.by_tier", NAMES("t"),
      "JOIN account a ON a.id = f.account_id JOIN tier t ON t.id = a.tier_id ", OF_PARTNERS,
      NAMES("t") ", t.rank", "t.rank DESC");
NAMED(by_line, "deal.figures.by_line", NAMES("p"),
      "JOIN product_line p ON p.id = f.product_line_id ",
      "f.account_id = 0 AND f.product_line_id > 0", NAMES("p"), "submitted DESC, p.id LIMIT 50");

db_stmt_table deal_staff_figure_statements[] = { &by_month, &by_partner, &by_tier, &by_line, NULL };

/* -- the page ------------------------------------------------------------------------------------
 */

static struct err *show_months(struct request *req, struct view *v, int64_t months,
                               size_t *count_out)
{
    struct deal_figure_row *rows;

    TRY(db_list(
        req->db, req->arena, &by_month,
        DB_ARGS(DB_I(req->actor->department_low), DB_I(req->actor->department_high), DB_I(months)),
        &rows, count_out));
    if (*count_out > 0)
        deal_figures_fill(req, v, rows, *count_out, LISTED "&month=");
    return NULL;
}

/* Submitted, and of these approved, upon the most that a row has. */
static void show_bar(struct request *req, struct view *row, const struct named_row *r, int64_t most)
{
    struct view *bar = view_at(row, "Bar"), *part;

    view_int(bar, "Max", most);
    view_text(bar, "Label",
              trf(req, N_("%1$s: %2$s submitted, %3$s approved"),
                  deal_staff_word(req, r->name_en, r->name_zh),
                  text_number(req->locale, req->arena, r->submitted),
                  text_number(req->locale, req->arena, r->approved)));
    part = view_row(bar, "Parts");
    view_text(part, "Class", "c1");
    view_int(part, "X", 0);
    view_int(part, "Width", r->submitted);
    part = view_row(bar, "Parts");
    view_text(part, "Class", "c3");
    view_int(part, "X", 0);
    view_int(part, "Width", r->approved);
}

static int64_t most_of(const struct named_row *rows, size_t count)
{
    int64_t most = 1;

    for (size_t i = 0; i < count; i++)
        most = rows[i].submitted > most ? rows[i].submitted : most;
    return most;
}

static struct err *show_named(struct request *req, struct view *v, const char *list,
                              const struct db_stmt *stmt, const char *address)
{
    struct named_row *rows;
    int64_t most;
    size_t count;

    TRY(db_list(
        req->db, req->arena, stmt,
        DB_ARGS(DB_I(req->actor->department_low), DB_I(req->actor->department_high), DB_I(MONTHS)),
        &rows, &count));
    most = most_of(rows, count);
    for (size_t i = 0; i < count; i++) {
        const struct named_row *r = &rows[i];
        struct view *row = view_row(v, list);

        view_text(row, "Name", deal_staff_word(req, r->name_en, r->name_zh));
        view_text(row, "Href", arena_printf(req->arena, "%s%lld", address, (long long)r->id));
        show_bar(req, row, r, most);
        page_int(req, row, "Submitted", r->submitted);
        page_int(req, row, "Approved", r->approved);
        view_text(row, "ApprovalRate",
                  text_share(req->locale, req->arena, r->approved, r->approved + r->rejected));
        page_int(req, row, "Won", r->won);
        view_text(row, "WinRate", text_share(req->locale, req->arena, r->won, r->won + r->lost));
        view_text(row, "Median",
                  r->median_minutes > 0 ? deal_minutes(req, r->median_minutes) : "–");
    }
    return NULL;
}

struct err *deal_staff_figures_show(struct request *req)
{
    struct view *v = view_at(req->page, "Figures");
    size_t count;

    page_title(req, tr(req, N_("Figures of deal registration")));
    deal_staff_crumbs(req, NULL);
    TRY(show_months(req, v, MONTHS, &count));
    TRY(deal_reviewers_show(req, v));
    TRY(show_named(req, v, "Tiers", &by_tier, LISTED "&month=year&tier="));
    TRY(show_named(req, v, "Products", &by_line, LISTED "&month=year&line="));
    return err_pass(show_named(req, v, "Partners", &by_partner, LISTED "&month=year&partner="));
}

/* -- cards of the home page ----------------------------------------------------------------------
 */

static const struct status_row *verdict_of(const char *code)
{
    const struct status_row *status = deal_conflict_statuses;

    while (status->code != NULL && !str_eq(status->code, code))
        status++;
    return status;
}

/* "DR-10441 · Brightwater Systems Ltd · possibly the same" */
static void show_work(struct request *req, struct view *card, const struct deal_queue_row *row,
                      int64_t now)
{
    const struct status_row *verdict = verdict_of(row->verdict);
    const char *number = deal_number(req->arena, row->id);
    struct view *v = home_work(
        card, &(struct home_work){
                  .tone = verdict->code != NULL ? verdict->tone : "info",
                  .icon = verdict->code != NULL ? verdict->icon : "shield-check",
                  .title = row->company_name,
                  .text = verdict->code == NULL
                              ? arena_printf(req->arena, "%s · %s", number, row->partner_name)
                              : arena_printf(req->arena, "%s · %s · %s", number, row->partner_name,
                                             tr(req, verdict->label)),
                  .address = deal_staff_address(req, row->id),
                  .action = tr(req, N_("Review")),
              });

    deal_show_next(req, v, deal_state_find(row->state_code), row->due_at, row->answer_due_at,
                   row->protected_until_at, now);
}

static struct err *fill_work(struct request *req, struct view *card)
{
    const struct actor *actor = req->actor;
    struct deal_queue_row *rows;
    size_t count;
    int64_t now;

    TRY(db_now(req->db, &now));
    TRY(db_list(req->db, req->arena, deal_queue_list(DEAL_QUEUE_MINE, LIST_FIRST),
                DB_ARGS(DB_I(actor->department_low), DB_I(actor->department_high),
                        DB_I(actor->user_id), DB_I(actor->user_id), DB_I(CARD_ROWS)),
                &rows, &count));
    for (size_t i = 0; i < count; i++)
        show_work(req, card, &rows[i], now);
    home_count(req, card, count, tr(req, N_("soonest first")));
    if (count == 0)
        home_empty(card, "circle-check", tr(req, N_("Nothing waits for you")),
                   tr(req, N_("Registrations that you take, or that are given to you, stand here, "
                              "soonest deadline first.")));
    home_link(card, tr(req, N_("Approvals that wait for you")), "/staff/deals/approvals");
    home_link(card, tr(req, N_("What nobody has")), "/staff/deals?view=unassigned");
    return NULL;
}

static struct err *fill_time(struct request *req, struct view *card)
{
    size_t count;

    TRY(show_months(req, card, CARD_MONTHS, &count));
    if (count == 0)
        home_empty(card, "chart-bar", tr(req, N_("No figures yet")),
                   tr(req, N_("What partners submit is counted here by month.")));
    home_link(card, tr(req, N_("All figures")), "/staff/deals/figures");
    return NULL;
}

const struct home_card deal_card_work = {
    .id = "work", .title = N_("Needs you"), .permission = PERM_DEAL_DECIDE, .fill = fill_work
};
const struct home_card deal_card_time = { .id = "months",
                                          .title = N_("Registrations, last 6 months"),
                                          .permission = PERM_DEAL_FIGURES,
                                          .fill = fill_time };
