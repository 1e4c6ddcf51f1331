/* settings/calendars.c - business calendars: where an office is, and when it is open.  Due times
 * that are set already stay; those set from now on follow. */
#include "settings/calendars.h"

#include "base/str.h"
#include "identity/identity.h"
#include "settings/office_hours.h"
#include "settings/settings.h"
#include "web/form_fields.h"

#define ADDRESS CALENDARS_ADDRESS
enum { WEEKDAYS = 7, HOURS_MOST = 60 };

/* -- statements ----------------------------------------------------------------------------------
 */

static const struct db_field calendar_fields[] = {
    DB_FIELD(struct calendar, id, DB_I64, 0),
    DB_FIELD(struct calendar, code, DB_TEXT, 20),
    DB_FIELD(struct calendar, name_en, DB_TEXT, 480),
    DB_FIELD(struct calendar, name_zh, DB_TEXT, 480),
    DB_FIELD(struct calendar, zone, DB_TEXT, 60),
    DB_FIELD(struct calendar, row_version, DB_I64, 0),
    { 0 },
};
#define COLUMNS "SELECT id, code, name_en, name_zh, zone, row_version FROM calendar"
static const struct db_stmt list_all = {
    .name = "calendars.list",
    .sql = COLUMNS " ORDER BY code <> 'default', code",
    .binds = "",
    .fields = calendar_fields,
    .row_bytes = sizeof(struct calendar),
    .flags = DB_LISTS | DB_WHOLE_TABLE,
};
static const struct db_stmt find_one = {
    .name = "calendars.one",
    .sql = COLUMNS " WHERE code = ?",
    .binds = "s",
    .fields = calendar_fields,
    .row_bytes = sizeof(struct calendar),
};
static const struct db_stmt add_one = {
    .name = "calendars.add",
    .sql = "INSERT INTO calendar (code, name_en, name_zh, zone) VALUES (?, ?, ?, ?)",
    .binds = "ssss",
    .flags = DB_WRITE,
};
static const struct db_stmt change_one = {
    .name = "calendars.change",
    .sql = "UPDATE calendar SET name_en = ?, name_zh = ?, zone = ?, row_version = row_version + 1"
           " WHERE id = ? AND row_version = ?",
    .binds = "sssii",
    .flags = DB_WRITE,
};
struct hours_row {
    int64_t weekday, from_minute, until_minute;
};
static const struct db_field hours_fields[] = {
    DB_FIELD(struct hours_row, weekday, DB_I64, 0),
    DB_FIELD(struct hours_row, from_minute, DB_I64, 0),
    DB_FIELD(struct hours_row, until_minute, DB_I64, 0),
    { 0 },
};
static const struct db_stmt hours_of = {
    .name = "calendars.hours",
    .sql = "SELECT weekday, from_minute, until_minute FROM calendar_hours WHERE calendar_id = ?"
           " ORDER BY weekday, from_minute",
    .binds = "i",
    .fields = hours_fields,
    .row_bytes = sizeof(struct hours_row),
    .flags = DB_LISTS,
};
static const struct db_stmt hours_drop = {
    .name = "calendars.hours_drop",
    .sql = "DELETE FROM calendar_hours WHERE calendar_id = ?",
    .binds = "i",
    .flags = DB_WRITE,
};
static const struct db_stmt hours_add = {
    .name = "calendars.hours_add",
    .sql = "INSERT INTO calendar_hours (calendar_id, weekday, from_minute, until_minute) VALUES"
           " (?, ?, ?, ?)",
    .binds = "iiii",
    .flags = DB_WRITE,
};
db_stmt_table calendars_statements[] = { &list_all, &find_one,   &add_one,   &change_one,
                                         &hours_of, &hours_drop, &hours_add, NULL };

/* -- forms ---------------------------------------------------------------------------------------
 */

struct calendar_input {
    int64_t row_version;
    const char *country, *name_en, *name_zh, *zone;
    const char *hours[WEEKDAYS]; /* from Monday on */
};
static const char *const weekdays[WEEKDAYS] = { N_("Monday"),   N_("Tuesday"), N_("Wednesday"),
                                                N_("Thursday"), N_("Friday"),  N_("Saturday"),
                                                N_("Sunday") };
static const char *const hour_fields[WEEKDAYS] = { "monday", "tuesday",  "wednesday", "thursday",
                                                   "friday", "saturday", "sunday" };
#define AT(member) .offset = offsetof(struct calendar_input, member)
#define HOURS(name_, label_, n)                                                                \
    {                                                                                          \
        .name = name_, .label = label_, .kind = FIELD_TEXT, .wanted = true, .max = HOURS_MOST, \
        AT(hours[n])                                                                           \
    }
#define BODY                                                                          \
    FORM_NAMES(struct calendar_input),                                                \
        { .name = "zone",                                                             \
          .label = N_("Time zone"),                                                   \
          .kind = FIELD_CHOICE,                                                       \
          .required = true,                                                           \
          .needed = N_("Choose the time zone of the office."),                        \
          .choices_of = form_zones,                                                   \
          AT(zone) },                                                                 \
        HOURS("monday", N_("Monday"), 0), HOURS("tuesday", N_("Tuesday"), 1),         \
        HOURS("wednesday", N_("Wednesday"), 2), HOURS("thursday", N_("Thursday"), 3), \
        HOURS("friday", N_("Friday"), 4), HOURS("saturday", N_("Saturday"), 5),       \
        HOURS("sunday", N_("Sunday"), 6)
static const struct field new_fields[] = {
    { .name = "country",
      .label = N_("Country"),
      .kind = FIELD_COUNTRY,
      .required = true,
      .needed = N_("Choose the country of the office."),
      AT(country) },
    BODY,
    { 0 },
};
static const struct field edit_fields[] = {
    FORM_VERSION(struct calendar_input),
    BODY,
    { 0 },
};
#undef AT
/* Hours that can be read, and at least one day on which the office is open. */
static void check_hours(struct request *req, void *input)
{
    const struct calendar_input *in = input;
    struct office_span spans[OFFICE_SPANS];
    size_t count, open = 0;

    for (size_t day = 0; day < WEEKDAYS; day++) {
        if (!office_hours_read(in->hours[day], spans, &count))
            form_fault(req, hour_fields[day], -1,
                       tr(req, N_("Write hours such as 09:00-12:00, 13:00-18:00.")));
        open += count;
    }
    if (open == 0 && !form_has_faults(req))
        form_fault(req, "monday", -1, tr(req, N_("Enter the hours of one day at least.")));
}
static const struct form new_form = { .name = "calendars.new",
                                      .fields = new_fields,
                                      .size_bytes = sizeof(struct calendar_input),
                                      .check = check_hours };
static const struct form edit_form = { .name = "calendars.edit",
                                       .fields = edit_fields,
                                       .size_bytes = sizeof(struct calendar_input),
                                       .check = check_hours };

/* -- pages ---------------------------------------------------------------------------------------
 */

const char *calendar_address(struct arena *a, const struct calendar *calendar)
{
    return arena_join(a, ADDRESS "/", calendar->code, NULL);
}

struct err *calendar_find(struct request *req, struct calendar *out)
{
    const char *code = request_param(req, "calendar");

    if (!str_is_ascii(code))
        return err_raise(ERR_NOT_FOUND, "no such calendar");
    return err_pass(db_get(req->db, req->arena, &find_one, DB_ARGS(DB_S(code)), out));
}

/* The country, or that it holds where no other does. */
static const char *place_of(struct request *req, const struct calendar *calendar)
{
    if (str_eq(calendar->code, "default"))
        return tr(req, N_("Countries without a calendar of their own"));
    return text_country_name(text_locale_lang(req->locale), calendar->code);
}

static struct err *list_show(struct request *req)
{
    struct calendar *rows;
    size_t count;

    TRY(db_list(req->db, req->arena, &list_all, DB_NO_ARGS, &rows, &count));
    setup_head(req, tr(req, N_("Business calendars")));
    view_flag(req->page, "MayEdit", setup_may_edit(req));
    for (size_t i = 0; i < count; i++) {
        struct view *v = view_row(req->page, "Rows");

        view_text(v, "Name", setup_name(req, rows[i].name_en, rows[i].name_zh));
        view_text(v, "Place", place_of(req, &rows[i]));
        view_text(v, "Zone", rows[i].zone);
        view_text(v, "Href", calendar_address(req->arena, &rows[i]));
    }
    return NULL;
}

/* Each weekday's hours as they are written in the form. */
static struct err *read_hours(struct request *req, const struct calendar *calendar,
                              const char *hours_out[WEEKDAYS])
{
    struct office_span spans[WEEKDAYS][OFFICE_SPANS];
    size_t counts[WEEKDAYS] = { 0 }, count;
    struct hours_row *rows;

    TRY(db_list(req->db, req->arena, &hours_of, DB_ARGS(DB_I(calendar->id)), &rows, &count));
    for (size_t i = 0; i < count; i++) {
        const size_t day = (size_t)(rows[i].weekday - 1) % WEEKDAYS;

        if (counts[day] < OFFICE_SPANS)
            spans[day][counts[day]++] =
                (struct office_span){ .from_minute = (int)rows[i].from_minute,
                                      .until_minute = (int)rows[i].until_minute };
    }
    for (size_t day = 0; day < WEEKDAYS; day++)
        hours_out[day] = office_hours_text(req->arena, spans[day], counts[day]);
    return NULL;
}

static void show_hours(struct request *req, struct view *v, const char *const hours[WEEKDAYS])
{
    for (size_t day = 0; day < WEEKDAYS; day++) {
        struct view *row = view_row(v, "Week");

        view_text(row, "Weekday", tr(req, weekdays[day]));
        view_text(row, "Hours", hours[day]);
    }
}

struct err *calendar_page(struct request *req)
{
    struct view *v = view_at(req->page, "Calendar");
    struct calendar calendar;
    struct calendar_input stored;

    TRY(calendar_find(req, &calendar));
    stored = (struct calendar_input){ .row_version = calendar.row_version,
                                      .name_en = calendar.name_en,
                                      .name_zh = calendar.name_zh,
                                      .zone = calendar.zone };
    TRY(read_hours(req, &calendar, stored.hours));
    setup_head(req, setup_name(req, calendar.name_en, calendar.name_zh));
    page_crumb(req, tr(req, N_("Business calendars")), ADDRESS);
    page_fact(req, place_of(req, &calendar));
    page_fact(req, calendar.zone);
    view_flag(v, "MayEdit", setup_may_edit(req));
    view_text(v, "Action", calendar_address(req->arena, &calendar));
    show_hours(req, v, stored.hours);
    form_show(req, &edit_form, &stored);
    return err_pass(calendar_days_show(req, &calendar));
}

static struct err *new_show(struct request *req)
{
    static const char open[] = "09:00-17:00";
    const struct calendar_input usual = { .name_en = "",
                                          .name_zh = "",
                                          .zone = "",
                                          .country = "",
                                          .hours = { open, open, open, open, open, "", "" } };

    setup_head(req, tr(req, N_("New business calendar")));
    page_crumb(req, tr(req, N_("Business calendars")), ADDRESS);
    form_show(req, &new_form, &usual);
    return NULL;
}

/* -- writing -------------------------------------------------------------------------------------
 */

static struct err *write_hours(struct request *req, int64_t id)
{
    const struct calendar_input *in = req->input;
    struct office_span spans[OFFICE_SPANS];
    size_t count;

    TRY(db_exec(req->db, &hours_drop, DB_ARGS(DB_I(id)), NULL));
    for (size_t day = 0; day < WEEKDAYS; day++) {
        if (!office_hours_read(in->hours[day], spans, &count))
            return err_raise(ERR_BUG, "hours that the form let through");
        for (size_t i = 0; i < count; i++)
            TRY(db_exec(req->db, &hours_add,
                        DB_ARGS(DB_I(id), DB_I((int64_t)day + 1), DB_I(spans[i].from_minute),
                                DB_I(spans[i].until_minute)),
                        NULL));
    }
    return NULL;
}

static const char *in_words(struct arena *a, const struct calendar_input *in)
{
    const char *week = "";

    for (size_t day = 0; day < WEEKDAYS; day++)
        if (!str_is_empty(in->hours[day]))
            week = arena_join(a, week, *week != '\0' ? "; " : "", hour_fields[day], " ",
                              in->hours[day], NULL);
    return identity_json(a, JSON_PAIRS({ "name_en", in->name_en }, { "name_zh", in->name_zh },
                                       { "zone", in->zone }, { "hours", week }));
}

static struct err *new_post(struct request *req)
{
    const struct calendar_input *in = req->input;
    struct err *e;
    int64_t id;

    e = db_insert(req->db, &add_one,
                  DB_ARGS(DB_S(in->country), DB_S(in->name_en), DB_S(in->name_zh), DB_S(in->zone)),
                  &id);
    if (err_is(e, ERR_DUPLICATE)) {
        err_free(e);
        return err_pass(
            form_refuse_at(req, "country", tr(req, N_("This country has a calendar already."))));
    }
    TRY(e);
    TRY(write_hours(req, id));
    TRY(request_audit(req, "calendar", id, NULL, in_words(req->arena, in)));
    return err_pass(reply_redirect(req, "saved", ADDRESS "/%s", in->country));
}

static struct err *edit_post(struct request *req)
{
    const struct calendar_input *in = req->input;
    struct calendar_input before = { 0 };
    struct calendar calendar;
    int64_t changed;

    TRY(calendar_find(req, &calendar));
    before = (struct calendar_input){ .name_en = calendar.name_en,
                                      .name_zh = calendar.name_zh,
                                      .zone = calendar.zone };
    TRY(db_exec(req->db, &change_one,
                DB_ARGS(DB_S(in->name_en), DB_S(in->name_zh), DB_S(in->zone), DB_I(calendar.id),
                        DB_I(in->row_version)),
                &changed));
    if (changed != 1)
        return err_pass(form_refuse_changed(req, "name_en"));
    TRY(read_hours(req, &calendar, before.hours));
    TRY(write_hours(req, calendar.id));
    TRY(request_audit(req, "calendar", calendar.id, in_words(req->arena, &before),
                      in_words(req->arena, in)));
    return err_pass(reply_redirect(req, "saved", ADDRESS "/%s", calendar.code));
}

#define ROUTE(name_, method_, path_, perm)                                          \
    .name = name_, .method = method_, .path = ADDRESS path_, .audience = AUD_STAFF, \
    .permission = perm
#define RETRY(handler_, page_) .retry = handler_, .retry_page = page_

const struct route calendars_staff_routes[] = {
    { ROUTE("calendars.list", HTTP_GET, "", PERM_SETTINGS_VIEW), .handler = list_show,
      .page = "settings/calendars.cs" },
    { ROUTE("calendars.new_page", HTTP_GET, "/new", PERM_SETTINGS_MANAGE), .handler = new_show,
      .page = "settings/calendar_new.cs" },
    { ROUTE("calendars.new", HTTP_POST, "/new", PERM_SETTINGS_MANAGE), .form = &new_form,
      .handler = new_post, RETRY(new_show, "settings/calendar_new.cs") },
    { ROUTE("calendars.one", HTTP_GET, "/:calendar", PERM_SETTINGS_VIEW),
      .query = &calendar_year_query, .handler = calendar_page, .page = "settings/calendar.cs" },
    { ROUTE("calendars.edit", HTTP_POST, "/:calendar", PERM_SETTINGS_MANAGE), .form = &edit_form,
      .handler = edit_post, RETRY(calendar_page, "settings/calendar.cs") },
    { ROUTE("calendars.days", HTTP_POST, "/:calendar/days", PERM_SETTINGS_MANAGE),
      .form = &calendar_days_form, .handler = calendar_days_add,
      RETRY(calendar_page, "settings/calendar.cs") },
    { ROUTE("calendars.day_gone", HTTP_POST, "/:calendar/days/delete", PERM_SETTINGS_MANAGE),
      .form = &calendar_day_gone_form, .handler = calendar_day_gone,
      RETRY(calendar_page, "settings/calendar.cs") },
    { 0 },
};
