/* deal/deal_calendar.c - see deal_calendar.h.
 *
 * A protection ends on a day of the partner, which is what stands here for everybody; an answer is
 * due at an instant, which falls on a day of the reader.  So a month is asked for with a day more
 * on either side, and what falls outside is left out. */
#include "deal/deal_calendar.h"

#include "base/str.h"
#include "deal/deal_names.h"
#include "deal/deal_partner.h"
#include "deal/deal_staff.h"
#include "deal/deal_view.h"

#include <stdlib.h>
#include <string.h>

enum { ROWS_MAX = 500, WEEK_DAYS = 7, YEAR_LEAST = 2000, YEAR_MOST = 2200 };

/* -- statements ------------------------------------------------------------------------------ */

struct end_row {
    int64_t id, account_id, at;
    int32_t day; /* DAY_NONE: that of AT, where the reader is */
    const char *state_code, *company_name, *line_ids, *partner_name;
};
static const struct db_field end_fields[] = {
    DB_FIELD(struct end_row, id, DB_I64, 0),
    DB_FIELD(struct end_row, account_id, DB_I64, 0),
    DB_FIELD(struct end_row, state_code, DB_TEXT, 12),
    DB_FIELD(struct end_row, company_name, DB_TEXT, 200),
    DB_FIELD(struct end_row, line_ids, DB_TEXT, 1000),
    DB_FIELD(struct end_row, at, DB_AT, 0),
    DB_NULLABLE(struct end_row, day, DB_DAY, 0),
    DB_FIELD(struct end_row, partner_name, DB_TEXT, 200),
    { 0 },
};

#define OF_LINE      "(? = 0 OR FIND_IN_SET(?, d.line_ids) > 0) "
#define OF_PARTNER   "(? = 0 OR d.account_id = ?) "
#define BETWEEN(key) key " >= ? AND " key " < ? "
#define COLUMNS(at, day)                                                                \
    "SELECT d.id, d.account_id, d.state AS state_code, d.company_name, d.line_ids, " at \
    " AS at, " day " AS day, "
#define REST(name_, binds_, flags_)                                                              \
    .name = (name_), .binds = binds_, .fields = end_fields, .row_bytes = sizeof(struct end_row), \
    .flags = (flags_) | DB_LISTS

#define OWN(name_, phase, state, at, day)                                                          \
    {                                                                                              \
        REST(name_, "ittiii", DB_ACCOUNT_FIRST),                                                   \
            .sql = COLUMNS(at, day) "'' AS partner_name FROM deal d FORCE INDEX (deal_own_phase) " \
                                    "WHERE d.account_id = ? AND d.phase = " phase                  \
                                    " AND d.state IN (" state                                      \
                                    ") AND " BETWEEN(at) "AND " OF_LINE "ORDER BY " at             \
                                                         ", d.id LIMIT ?",                         \
    }
#define STAFF(name_, index, state, at, day)                                                        \
    {                                                                                              \
        REST(name_, "iiittiiiii", DB_STAFF_SCOPE),                                                 \
            .sql = COLUMNS(at, day) "a.name AS partner_name FROM deal d FORCE INDEX (" index       \
                                    ") STRAIGHT_JOIN account a ON a.id = d.account_id WHERE "      \
                                    "(d.department_id BETWEEN ? AND ? OR d.department_id IS NULL " \
                                    "OR d.reviewer_id = ?) AND d.state IN (" state                 \
                                    ") AND " BETWEEN(at) "AND " OF_LINE "AND " OF_PARTNER          \
                                                         "ORDER BY " at ", d.id LIMIT ?",          \
    }

static const struct db_stmt own_ends = OWN("deal.calendar.own_ends", "3", "'approved', 'converted'",
                                           "d.protected_until_at", "d.protected_until");
static const struct db_stmt own_answers =
    OWN("deal.calendar.own_answers", "1", "'returned'", "d.answer_due_at", "CAST(NULL AS DATE)");
static const struct db_stmt staff_ends =
    STAFF("deal.calendar.staff_ends", "deal_protection", "'approved', 'converted'",
          "d.protected_until_at", "d.protected_until");
static const struct db_stmt staff_answers =
    STAFF("deal.calendar.staff_answers", "deal_answer", "'returned'", "d.answer_due_at",
          "CAST(NULL AS DATE)");

db_stmt_table deal_own_calendar_statements[] = { &own_ends, &own_answers, NULL };
db_stmt_table deal_staff_calendar_statements[] = { &staff_ends, &staff_answers, NULL };

/* -- what was asked -------------------------------------------------------------------------- */

struct calendar_input {
    const char *month; /* "2026-11"; anything else is this month */
    int64_t line, partner;
};
#define INPUT_FIELDS                                                   \
    { .name = "month",                                                 \
      .label = N_("Month"),                                            \
      .kind = FIELD_TEXT,                                              \
      .offset = offsetof(struct calendar_input, month) },              \
    {                                                                  \
        .name = "line", .label = N_("Product line"), .kind = FIELD_ID, \
        .offset = offsetof(struct calendar_input, line)                \
    }
static const struct field own_fields[] = { INPUT_FIELDS, { 0 } };
static const struct field staff_fields[] = {
    INPUT_FIELDS,
    { .name = "partner",
      .label = N_("Partner"),
      .kind = FIELD_ID,
      .offset = offsetof(struct calendar_input, partner) },
    { 0 },
};
const struct form deal_calendar_query = { .name = "deal_calendar",
                                          .fields = own_fields,
                                          .size_bytes = sizeof(struct calendar_input) };
const struct form deal_staff_calendar_query = { .name = "deal_staff_calendar",
                                                .fields = staff_fields,
                                                .size_bytes = sizeof(struct calendar_input) };

struct calendar {
    struct request *req;
    const struct calendar_input *in;
    const struct deal_names *names;
    const char *address;
    int32_t first, next, today; /* of this month and of the next */
    struct end_row *rows;       /* of the month, by day */
    size_t count;
    bool more; /* than are shown */
};

static int32_t month_begin(int32_t day)
{
    int year, month, mday;

    day_to_civil(day, &year, &month, &mday);
    return day_from_civil(year, month, 1);
}

/* Some day of the month after, and of the month before. */
static int32_t month_after(int32_t first)
{
    return month_begin(first + 31);
}
static int32_t month_before(int32_t first)
{
    return month_begin(first - 1);
}

static int32_t month_asked(const struct calendar *c)
{
    int32_t day;

    if (strlen(c->in->month) != strlen("2026-11") ||
        !day_parse(arena_printf(c->req->arena, "%s-01", c->in->month), &day) ||
        day < day_from_civil(YEAR_LEAST, 1, 1) || day >= day_from_civil(YEAR_MOST, 1, 1))
        return month_begin(c->today);
    return day;
}

static struct err *begin(struct calendar *c)
{
    int64_t now;

    TRY(db_now(c->req->db, &now));
    c->today = text_local_day(c->req->locale, now);
    c->first = month_asked(c);
    c->next = month_after(c->first);
    return err_pass(deal_names_read(c->req, &c->names));
}

/* -- reading --------------------------------------------------------------------------------- */

/* The day behind a protection's last instant begins where the protection ends. */
static void add_rows(struct calendar *c, const struct end_row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct end_row row = rows[i];

        if (row.day == DAY_NONE)
            row.day = text_local_day(c->req->locale, row.at);
        if (row.day >= c->first && row.day < c->next)
            c->rows[c->count++] = row;
    }
    c->more = c->more || count == ROWS_MAX;
}

static int by_day(const void *a, const void *b)
{
    const struct end_row *x = a, *y = b;

    if (x->day != y->day)
        return x->day < y->day ? -1 : 1;
    return x->id < y->id ? -1 : x->id > y->id;
}

static struct err *read_rows(struct calendar *c, const struct db_stmt *const stmts[2])
{
    const struct actor *actor = c->req->actor;
    const int64_t from = (c->first - 1) * CLOCK_DAY, to = (c->next + 2) * CLOCK_DAY;
    struct end_row *rows;
    size_t count;

    c->rows = arena_array(c->req->arena, 2 * ROWS_MAX, sizeof(*c->rows));
    for (int i = 0; i < 2; i++) {
        const struct db_arg line = DB_I(c->in->line), partner = DB_I(c->in->partner);

        if (actor->audience == AUD_STAFF)
            TRY(db_list(c->req->db, c->req->arena, stmts[i],
                        DB_ARGS(DB_I(actor->department_low), DB_I(actor->department_high),
                                DB_I(actor->user_id), DB_T(from), DB_T(to), line, line, partner,
                                partner, DB_I(ROWS_MAX)),
                        &rows, &count));
        else
            TRY(db_list(
                c->req->db, c->req->arena, stmts[i],
                DB_ARGS(DB_I(actor->account_id), DB_T(from), DB_T(to), line, line, DB_I(ROWS_MAX)),
                &rows, &count));
        add_rows(c, rows, count);
    }
    qsort(c->rows, c->count, sizeof(*c->rows), by_day);
    return NULL;
}

/* -- showing --------------------------------------------------------------------------------- */

static const char *month_code(struct calendar *c, int32_t first)
{
    int year, month, day;

    day_to_civil(first, &year, &month, &day);
    return arena_printf(c->req->arena, "%04d-%02d", year, month);
}

static const char *month_address(struct calendar *c, int32_t first)
{
    const char *text = arena_printf(c->req->arena, "%s?month=%s", c->address, month_code(c, first));

    if (c->in->line != 0)
        text = arena_printf(c->req->arena, "%s&line=%lld", text, (long long)c->in->line);
    if (c->in->partner != 0)
        text = arena_printf(c->req->arena, "%s&partner=%lld", text, (long long)c->in->partner);
    return text;
}

static void show_head(struct calendar *c, struct view *v)
{
    page_title(c->req, tr(c->req, N_("What ends when")));
    view_text(v, "Address", c->address);
    view_text(v, "Month", month_code(c, c->first));
    view_text(v, "Title", text_month(c->req->locale, c->req->arena, c->first));
    view_text(v, "Before", month_address(c, month_before(c->first)));
    view_text(v, "After", month_address(c, c->next));
    view_text(v, "Now", month_address(c, month_begin(c->today)));
    view_flag(v, "More", c->more);
    page_int(c->req, v, "Most", ROWS_MAX);
}

/* Monday is 0. */
static int weekday_of(int32_t day)
{
    const int monday_based = (int)((day + 3) % WEEK_DAYS);

    return monday_based < 0 ? monday_based + WEEK_DAYS : monday_based;
}

static void show_weekdays(struct calendar *c, struct view *v, int start)
{
    static const char *const names[] = { N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"),
                                         N_("Fri"), N_("Sat"), N_("Sun") };

    for (int i = 0; i < WEEK_DAYS; i++)
        view_text(view_row(v, "Weekdays"), "Name", tr(c->req, names[(start + i) % WEEK_DAYS]));
}

static void show_day(struct calendar *c, struct view *cell, int32_t day)
{
    char iso[DAY_ISO_BYTES];
    int64_t n = 0;

    if (day < c->first || day >= c->next)
        return;
    day_iso(day, iso);
    for (size_t i = 0; i < c->count; i++)
        n += c->rows[i].day == day;
    view_int(cell, "Number", day - c->first + 1);
    view_text(cell, "Id", iso);
    view_text(cell, "Label", text_day(c->req->locale, c->req->arena, day));
    view_flag(cell, "Today", day == c->today);
    if (n > 0)
        view_text(cell, "Count",
                  arena_printf(c->req->arena, "%s", trn(c->req, "%s date", "%s dates", n)));
}

static void show_month(struct calendar *c, struct view *v)
{
    const int start = text_week_starts(c->req->locale);
    int32_t day = c->first - (weekday_of(c->first) - start + WEEK_DAYS) % WEEK_DAYS;

    show_weekdays(c, v, start);
    while (day < c->next) {
        struct view *week = view_row(v, "Weeks");

        for (int i = 0; i < WEEK_DAYS; i++, day++)
            show_day(c, view_row(week, "Days"), day);
    }
}

static void show_row(struct calendar *c, struct view *row, const struct end_row *end)
{
    const bool staff = c->req->actor->audience == AUD_STAFF;
    const bool answer = strcmp(end->state_code, "returned") == 0;

    view_text(row, "Number", deal_number(c->req->arena, end->id));
    view_text(row, "Href",
              arena_printf(c->req->arena, "%s/deals/DR-%lld", staff ? "/staff" : "/partner",
                           (long long)end->id));
    view_text(row, "Company", end->company_name);
    view_text(row, "Partner", end->partner_name);
    view_text(row, "Lines", deal_names_lines(c->req, c->req->arena, c->names, end->line_ids));
    view_text(row, "Tone", answer ? "wait" : "info");
    view_text(row, "Icon", answer ? "arrow-back-up" : "shield-off");
    view_text(row, "What",
              answer ? tr(c->req, N_("Answer due")) : tr(c->req, N_("Protection ends")));
    view_text(row, "Time", answer ? text_time(c->req->locale, c->req->arena, end->at) : "");
}

static void show_list(struct calendar *c, struct view *v)
{
    struct view *day = NULL;

    for (size_t i = 0; i < c->count; i++) {
        if (i == 0 || c->rows[i].day != c->rows[i - 1].day) {
            char iso[DAY_ISO_BYTES];

            day_iso(c->rows[i].day, iso);
            day = view_row(v, "Ends");
            view_text(day, "Id", iso);
            view_text(day, "Title", text_day(c->req->locale, c->req->arena, c->rows[i].day));
            view_flag(day, "Today", c->rows[i].day == c->today);
        }
        show_row(c, view_row(day, "Items"), &c->rows[i]);
    }
}

/* Partners of the month: those that the list names. */
static void show_partners(struct calendar *c, struct view *v)
{
    for (size_t i = 0; i < c->count; i++) {
        struct view *option;
        size_t j = 0;

        while (j < i && c->rows[j].account_id != c->rows[i].account_id)
            j++;
        if (j < i)
            continue;
        option = view_row(v, "Partners");
        view_int(option, "Value", c->rows[i].account_id);
        view_text(option, "Label", c->rows[i].partner_name);
        view_flag(option, "Chosen", c->rows[i].account_id == c->in->partner);
    }
}

static struct err *show(struct request *req, const char *address,
                        const struct db_stmt *const stmts[2])
{
    struct calendar c = { .req = req, .in = req->input, .address = address };
    struct view *v = view_at(req->page, "Calendar");

    TRY(begin(&c));
    TRY(read_rows(&c, stmts));
    show_head(&c, v);
    show_month(&c, v);
    show_list(&c, v);
    deal_names_options(req, c.names, v, c.in->line);
    view_flag(v, "Filtered", c.in->line != 0 || c.in->partner != 0);
    if (req->actor->audience == AUD_STAFF) {
        view_flag(v, "IsStaff", true);
        show_partners(&c, v);
    }
    return NULL;
}

struct err *deal_calendar_show(struct request *req)
{
    static const struct db_stmt *const stmts[2] = { &own_ends, &own_answers };

    deal_partner_crumbs(req, NULL);
    return err_pass(show(req, "/partner/deals/calendar", stmts));
}

struct err *deal_staff_calendar_show(struct request *req)
{
    static const struct db_stmt *const stmts[2] = { &staff_ends, &staff_answers };

    deal_staff_crumbs(req, NULL);
    return err_pass(show(req, "/staff/deals/calendar", stmts));
}
