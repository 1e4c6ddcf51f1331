/* settings/calendar_days.c - the days of a calendar on which its weekdays do not hold: holidays,
 * and days that are worked although their weekday is free. */
#include "base/str.h"
#include "identity/identity.h"
#include "settings/calendars.h"

enum { SPAN_MOST = 31, NAME_MOST = 120, YEARS_BACK = 1, YEARS_ON = 2, DAYS_FAR = 3660 };

/* -- statements ----------------------------------------------------------------------------------
 */

struct special_day {
    int32_t day;
    bool working;
    const char *name_en, *name_zh;
};
static const struct db_field day_fields[] = {
    DB_FIELD(struct special_day, day, DB_DAY, 0),
    DB_FIELD(struct special_day, working, DB_BOOL, 0),
    DB_FIELD(struct special_day, name_en, DB_TEXT, 480),
    DB_FIELD(struct special_day, name_zh, DB_TEXT, 480),
    { 0 },
};
static const struct db_stmt list_year = {
    .name = "calendars.days",
    .sql = "SELECT day, working, name_en, name_zh FROM holiday WHERE calendar_id = ? AND day >= ?"
           " AND day < ? ORDER BY day",
    .binds = "idd",
    .fields = day_fields,
    .row_bytes = sizeof(struct special_day),
    .flags = DB_LISTS,
};
static const struct db_stmt add_day = {
    .name = "calendars.day_add",
    .sql = "INSERT INTO holiday (calendar_id, day, working, name_en, name_zh) VALUES (?, ?, ?, ?,"
           " ?)",
    .binds = "idiss",
    .flags = DB_WRITE,
};
static const struct db_stmt drop_day = {
    .name = "calendars.day_drop",
    .sql = "DELETE FROM holiday WHERE calendar_id = ? AND day = ?",
    .binds = "id",
    .flags = DB_WRITE,
};
db_stmt_table calendar_days_statements[] = { &list_year, &add_day, &drop_day, NULL };

/* -- forms ---------------------------------------------------------------------------------------
 */

struct year_input {
    int64_t year;
};
static const struct field year_fields[] = { { .name = "year",
                                              .label = N_("Year"),
                                              .kind = FIELD_INT,
                                              .min = 2000,
                                              .max = 2100,
                                              .offset = offsetof(struct year_input, year) },
                                            { 0 } };
const struct form calendar_year_query = { .name = "calendars.year",
                                          .fields = year_fields,
                                          .size_bytes = sizeof(struct year_input) };

struct days_input {
    int32_t day, until;
    const char *kind, *name_en, *name_zh;
};
static const struct choice day_kinds[] = { { "holiday", N_("Closed: a holiday") },
                                           { "worked", N_("Open, with the hours of Monday") },
                                           { 0 } };
#define AT(member) .offset = offsetof(struct days_input, member)
static const struct field days_fields[] = {
    { .name = "day",
      .label = N_("Day"),
      .kind = FIELD_DAY,
      .required = true,
      .needed = N_("Choose a day."),
      .min = -DAYS_FAR,
      .max = DAYS_FAR,
      AT(day) },
    { .name = "until",
      .label = N_("Until and with"),
      .kind = FIELD_DAY,
      .min = -DAYS_FAR,
      .max = DAYS_FAR,
      AT(until) },
    { .name = "kind",
      .label = N_("Office"),
      .kind = FIELD_CHOICE,
      .required = true,
      .choices = day_kinds,
      AT(kind) },
    { .name = "holiday_en",
      .label = N_("Name in English"),
      .kind = FIELD_TEXT,
      .required = true,
      .needed = N_("Enter a name in English."),
      .min = 1,
      .max = NAME_MOST,
      AT(name_en) },
    { .name = "holiday_zh",
      .label = N_("Name in Chinese"),
      .kind = FIELD_TEXT,
      .required = true,
      .needed = N_("Enter a name in Chinese."),
      .min = 1,
      .max = NAME_MOST,
      AT(name_zh) },
    { 0 },
};
#undef AT
static void check_span(struct request *req, void *input)
{
    const struct days_input *in = input;

    if (in->day == DAY_NONE || in->until == DAY_NONE)
        return;
    if (in->until < in->day)
        form_fault(req, "until", -1, tr(req, N_("This is before the first day.")));
    else if (in->until - in->day >= SPAN_MOST)
        form_fault(req, "until", -1, tr(req, N_("At most 31 days at once.")));
}
const struct form calendar_days_form = { .name = "calendars.days",
                                         .fields = days_fields,
                                         .size_bytes = sizeof(struct days_input),
                                         .check = check_span };
struct gone_input {
    int32_t day;
};
static const struct field gone_fields[] = { { .name = "gone",
                                              .label = N_("Day"),
                                              .kind = FIELD_DAY,
                                              .required = true,
                                              .offset = offsetof(struct gone_input, day) },
                                            { 0 } };
const struct form calendar_day_gone_form = { .name = "calendars.day_gone",
                                             .fields = gone_fields,
                                             .size_bytes = sizeof(struct gone_input) };

/* -- the days of a year --------------------------------------------------------------------------
 */

static const struct status_row offices[] = {
    { "holiday", "off", "beach", N_("Closed") },
    { "worked", "good", "briefcase", N_("Open") },
    { 0 },
};

/* The year that the address asks for, else the visitor's own. */
static struct err *year_of(struct request *req, int *this_out, int *year_out)
{
    const struct year_input *in = req->route->query != NULL ? req->input : NULL;
    int month, mday;
    int64_t now;

    TRY(db_now(req->db, &now));
    day_to_civil(text_local_day(req->locale, now), this_out, &month, &mday);
    *year_out = in != NULL && in->year != 0 ? (int)in->year : *this_out;
    return NULL;
}

static void show_years(struct request *req, struct view *v, const char *address, int this, int year)
{
    for (int y = this - YEARS_BACK; y <= this + YEARS_ON; y++) {
        struct view *tab = view_row(v, "Years");

        view_text(tab, "Label", arena_printf(req->arena, "%d", y));
        view_text(tab, "Href", arena_printf(req->arena, "%s?year=%d", address, y));
        view_text(tab, "Count", "");
        view_flag(tab, "Current", y == year);
    }
}

struct err *calendar_days_show(struct request *req, const struct calendar *calendar)
{
    struct view *v = view_at(req->page, "Calendar");
    const char *address = calendar_address(req->arena, calendar);
    struct special_day *rows;
    int this = 0, year = 0;
    size_t count;

    TRY(year_of(req, &this, &year));
    TRY(db_list(req->db, req->arena, &list_year,
                DB_ARGS(DB_I(calendar->id), DB_D(day_from_civil(year, 1, 1)),
                        DB_D(day_from_civil(year + 1, 1, 1))),
                &rows, &count));
    show_years(req, v, address, this, year);
    view_text(v, "Year", arena_printf(req->arena, "%d", year));
    for (size_t i = 0; i < count; i++) {
        struct view *row = view_row(v, "Days");

        page_day(req, row, "Day", rows[i].day);
        view_text(row, "Name", setup_name(req, rows[i].name_en, rows[i].name_zh));
        page_status(req, row, "Office", offices, rows[i].working ? "worked" : "holiday");
        view_text(row, "Iso", setup_iso(req->arena, rows[i].day));
    }
    form_show_as(req, "NewDays", &calendar_days_form, NULL);
    return NULL;
}

/* -- writing -------------------------------------------------------------------------------------
 */

static const char *in_words(struct arena *a, const struct days_input *in, int32_t until)
{
    return identity_json(a, JSON_PAIRS({ "from", setup_iso(a, in->day) },
                                       { "until", setup_iso(a, until) }, { "office", in->kind },
                                       { "name_en", in->name_en }, { "name_zh", in->name_zh }));
}

struct err *calendar_days_add(struct request *req)
{
    const struct days_input *in = req->input;
    const int32_t until = in->until == DAY_NONE ? in->day : in->until;
    struct calendar calendar;

    TRY(calendar_find(req, &calendar));
    for (int32_t day = in->day; day <= until; day++) {
        struct err *e =
            db_exec(req->db, &add_day,
                    DB_ARGS(DB_I(calendar.id), DB_D(day), DB_I(str_eq(in->kind, "worked")),
                            DB_S(in->name_en), DB_S(in->name_zh)),
                    NULL);

        if (err_is(e, ERR_DUPLICATE)) {
            err_free(e);
            return err_pass(form_refuse_at(
                req, "day",
                trf(req, N_("%s is entered already."), text_day(req->locale, req->arena, day))));
        }
        TRY(e);
    }
    TRY(request_audit(req, "calendar", calendar.id, NULL, in_words(req->arena, in, until)));
    return err_pass(reply_redirect(req, "saved", CALENDARS_ADDRESS "/%s", calendar.code));
}

struct err *calendar_day_gone(struct request *req)
{
    const struct gone_input *in = req->input;
    struct calendar calendar;
    int64_t affected;

    TRY(calendar_find(req, &calendar));
    TRY(db_exec(req->db, &drop_day, DB_ARGS(DB_I(calendar.id), DB_D(in->day)), &affected));
    if (affected != 1)
        return err_raise(ERR_NOT_FOUND, "no such day in this calendar");
    TRY(request_audit(
        req, "calendar", calendar.id,
        identity_json(req->arena, JSON_PAIRS({ "day", setup_iso(req->arena, in->day) })), NULL));
    return err_pass(reply_redirect(req, "deleted", CALENDARS_ADDRESS "/%s", calendar.code));
}
