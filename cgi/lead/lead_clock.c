/* lead/lead_clock.c - how long a partner has, by the business hours of its own country. */
#include "access/parameter.h"
#include "deal/deal_clock.h"
#include "lead/lead_inside.h"

struct country_row {
    const char *country;
};
static const struct db_field country_fields[] = {
    DB_FIELD(struct country_row, country, DB_TEXT, 4),
    { 0 },
};
static const struct db_stmt country_of = {
    .name = "lead.partner_country",
    .sql = "SELECT country FROM account WHERE id = ?",
    .binds = "i",
    .fields = country_fields,
    .row_bytes = sizeof(struct country_row),
};

db_stmt_table lead_clock_statements[] = { &country_of, NULL };

static struct err *calendar_of(struct db *db, struct arena *a, int64_t account_id,
                               struct business_calendar *calendar_out)
{
    struct country_row row;

    TRY(db_get(db, a, &country_of, DB_ARGS(DB_I(account_id)), &row));
    return err_pass(deal_calendar(db, a, row.country, calendar_out));
}

struct err *lead_clock_answer(struct db *db, struct arena *a, int64_t account_id,
                              int64_t *due_at_out, int64_t *warn_at_out)
{
    struct business_calendar calendar;
    int64_t now, hours;

    TRY(db_now(db, &now));
    TRY(calendar_of(db, a, account_id, &calendar));
    TRY(parameter_now(db, a, PARAM_LEAD_ANSWER_HOURS, &hours));
    *due_at_out = business_due_at(&calendar, now, hours * CLOCK_HOUR, NULL, 0);
    *warn_at_out = business_due_at(&calendar, now, hours * CLOCK_HOUR * 3 / 4, NULL, 0);
    return NULL;
}

struct err *lead_clock_work(struct db *db, struct arena *a, int64_t account_id, int64_t *due_at_out,
                            int64_t *warn_at_out)
{
    struct business_calendar calendar;
    int64_t now, days, before;

    TRY(db_now(db, &now));
    TRY(calendar_of(db, a, account_id, &calendar));
    TRY(parameter_now(db, a, PARAM_LEAD_IDLE_DAYS, &days));
    TRY(parameter_now(db, a, PARAM_LEAD_WARN_DAYS, &before));
    *due_at_out = business_days_end_at(&calendar, now, (int)days);
    *warn_at_out = days > before ? business_days_end_at(&calendar, now, (int)(days - before)) : now;
    return NULL;
}

struct err *lead_clock_minutes(struct db *db, struct arena *a, int64_t account_id, int64_t from_at,
                               int64_t until_at, int64_t *minutes_out)
{
    struct business_calendar calendar;

    TRY(calendar_of(db, a, account_id, &calendar));
    *minutes_out = business_used_us(&calendar, from_at, until_at, NULL, 0) / CLOCK_MINUTE;
    return NULL;
}
