/* report/report_mail.c - a person chooses when a report comes to him by mail; to nobody else. */
#include "report/report_mail.h"

#include "base/str.h"
#include "identity/identity.h"
#include "report/report_inside.h"

enum { SEARCHED_DAYS = 64, FIRST_MONDAY = 4, DEFAULT_HOUR = 7 };

struct mail_row {
    int64_t hour, next_at;
    const char *every;
};
static const struct db_field mail_fields[] = {
    DB_FIELD(struct mail_row, hour, DB_I64, 0),
    DB_FIELD(struct mail_row, next_at, DB_AT, 0),
    DB_FIELD(struct mail_row, every, DB_TEXT, 8),
    { 0 },
};
static const struct db_stmt mail_one = {
    .name = "report.mail_one",
    .sql = "SELECT hour, next_at, every FROM report_mail WHERE report_id = ? AND user_id = ?",
    .binds = "ii",
    .fields = mail_fields,
    .row_bytes = sizeof(struct mail_row),
};
static const struct db_stmt mail_set = {
    .name = "report.mail_set",
    .sql = "INSERT INTO report_mail (report_id, user_id, every, hour, next_at) VALUES "
           "(?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE every = VALUES(every), hour = VALUES(hour), "
           "next_at = VALUES(next_at)",
    .binds = "iisit",
    .flags = DB_WRITE,
};
static const struct db_stmt mail_end = {
    .name = "report.mail_end",
    .sql = "DELETE FROM report_mail WHERE report_id = ? AND user_id = ?",
    .binds = "ii",
    .flags = DB_WRITE,
};
db_stmt_table report_mail_statements[] = { &mail_one, &mail_set, &mail_end, NULL };

/* -- when ----------------------------------------------------------------------------------------
 */

static bool is_day_of(const char *every, int32_t day)
{
    int year, month, mday;

    day_to_civil(day, &year, &month, &mday);
    if (str_eq(every, "week"))
        return (day - FIRST_MONDAY) % 7 == 0;
    return !str_eq(every, "month") || mday == 1;
}

int64_t report_next_at(const struct text_locale *loc, const char *every, int hour, int64_t now)
{
    const int32_t today = text_local_day(loc, now);

    for (int32_t day = today; day < today + SEARCHED_DAYS; day++) {
        struct civil c = { .hour = hour };
        int64_t at;

        day_to_civil(day, &c.year, &c.month, &c.day);
        at = text_instant(loc, &c);
        if (at > now && is_day_of(every, day))
            return at;
    }
    return now + CLOCK_DAY; /* no calendar comes here */
}

/* -- the form ------------------------------------------------------------------------------------
 */

struct mail_input {
    const char *every, *hour;
};
static const struct choice times[] = {
    { "", N_("Never") },
    { "day", N_("Every day") },
    { "week", N_("Every Monday") },
    { "month", N_("On the first of each month") },
    { 0 },
};

static const struct choice *hour_choices(struct request *req)
{
    struct choice *hours = arena_array(req->arena, 25, sizeof(*hours));

    for (int i = 0; i < 24; i++)
        hours[i] = (struct choice){ arena_printf(req->arena, "%d", i),
                                    arena_printf(req->arena, "%02d:00", i) };
    return hours;
}

static const struct field fields[] = {
    { .name = "every",
      .label = N_("How often"),
      .kind = FIELD_CHOICE,
      .wanted = true,
      .choices = times,
      .offset = offsetof(struct mail_input, every) },
    { .name = "hour",
      .label = N_("At what time"),
      .kind = FIELD_CHOICE,
      .wanted = true,
      .choices_of = hour_choices,
      .offset = offsetof(struct mail_input, hour) },
    { 0 },
};
const struct form report_mail_form = { .name = "report_mail",
                                       .fields = fields,
                                       .size_bytes = sizeof(struct mail_input) };

struct err *report_mail_show(struct request *req, struct view *v)
{
    const struct report *r = req->object;
    struct mail_row row = { .every = "", .hour = DEFAULT_HOUR };
    struct mail_input stored;
    bool found;

    TRY(db_one(req->db, req->arena, &mail_one, DB_ARGS(DB_I(r->id), DB_I(req->actor->user_id)),
               &row, &found));
    stored = (struct mail_input){ row.every, arena_printf(req->arena, "%d", (int)row.hour) };
    form_show_as(req, "Mail", &report_mail_form, &stored);
    view_flag(v, "MayMail", true);
    if (found)
        page_at(req, v, "NextMail", row.next_at);
    return NULL;
}

struct err *report_mail_post(struct request *req)
{
    const struct mail_input *in = req->input;
    const struct report *r = req->object;
    const int64_t me = req->actor->user_id;
    int64_t hour = DEFAULT_HOUR, now;

    if (*in->every == '\0') {
        TRY(db_exec(req->db, &mail_end, DB_ARGS(DB_I(r->id), DB_I(me)), NULL));
    } else {
        str_to_i64(in->hour, &hour);
        TRY(db_now(req->db, &now));
        TRY(db_exec(req->db, &mail_set,
                    DB_ARGS(DB_I(r->id), DB_I(me), DB_S(in->every), DB_I(hour),
                            DB_T(report_next_at(req->locale, in->every, (int)hour, now))),
                    NULL));
    }
    TRY(request_audit(
        req, REPORT_KIND, r->id, NULL,
        identity_json(req->arena, JSON_PAIRS({ "by_mail", in->every }, { "hour", in->hour }))));
    return err_pass(reply_redirect(req, "saved", REPORT_ADDRESS "/%lld", (long long)r->id));
}
