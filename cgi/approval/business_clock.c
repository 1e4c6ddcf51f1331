/* approval/business_clock.c - walks over the open intervals of a calendar. */
#include "approval/business_clock.h"

#include <stdlib.h>
#include <string.h>

enum { HORIZON_DAYS = 3660, MINUTES_OF_DAY = 1440, MONDAY = 1 };

/* -- the calendar ---------------------------------------------------------------------- */

struct calendar_row {
    int64_t id;
    const char *code, *zone;
};
static const struct db_field calendar_fields[] = {
    DB_FIELD(struct calendar_row, id, DB_I64, 0),
    DB_FIELD(struct calendar_row, code, DB_TEXT, 40),
    DB_FIELD(struct calendar_row, zone, DB_TEXT, 60),
    { 0 },
};
static const struct db_stmt list_calendars = {
    .name = "calendar.all",
    .sql = "SELECT id, code, zone FROM calendar ORDER BY id",
    .binds = "",
    .fields = calendar_fields,
    .row_bytes = sizeof(struct calendar_row),
    .flags = DB_WHOLE_TABLE,
};

struct hours_row {
    int64_t calendar_id, weekday, from_minute, until_minute;
};
static const struct db_field hours_fields[] = {
    DB_FIELD(struct hours_row, calendar_id, DB_I64, 0),
    DB_FIELD(struct hours_row, weekday, DB_I64, 0),
    DB_FIELD(struct hours_row, from_minute, DB_I64, 0),
    DB_FIELD(struct hours_row, until_minute, DB_I64, 0),
    { 0 },
};
static const struct db_stmt list_hours = {
    .name = "calendar.hours",
    .sql = "SELECT calendar_id, weekday, from_minute, until_minute FROM calendar_hours"
           " ORDER BY calendar_id, weekday, from_minute",
    .binds = "",
    .fields = hours_fields,
    .row_bytes = sizeof(struct hours_row),
    .flags = DB_WHOLE_TABLE,
};

struct day_row {
    int64_t calendar_id;
    int32_t day;
    bool working;
};
static const struct db_field day_fields[] = {
    DB_FIELD(struct day_row, calendar_id, DB_I64, 0),
    DB_FIELD(struct day_row, day, DB_DAY, 0),
    DB_FIELD(struct day_row, working, DB_BOOL, 0),
    { 0 },
};
static const struct db_stmt list_days = {
    .name = "calendar.days",
    .sql = "SELECT calendar_id, day, working FROM holiday ORDER BY calendar_id, day",
    .binds = "",
    .fields = day_fields,
    .row_bytes = sizeof(struct day_row),
    .flags = DB_WHOLE_TABLE,
};

db_stmt_table business_calendar_statements[] = { &list_calendars, &list_hours, &list_days, NULL };

static struct err *take_hours(struct db *db, struct arena *a, int64_t id,
                              struct business_calendar *calendar)
{
    struct business_hours *hours;
    const struct hours_row *rows;
    size_t count;

    TRY(db_kept(db, &list_hours, &rows, &count));
    calendar->hours = hours = arena_array(a, count + 1, sizeof(*hours));
    for (size_t i = 0; i < count; i++)
        if (rows[i].calendar_id == id)
            hours[calendar->hours_count++] =
                (struct business_hours){ .weekday = (int)rows[i].weekday,
                                         .from_minute = (int)rows[i].from_minute,
                                         .until_minute = (int)rows[i].until_minute };
    return NULL;
}

static struct err *take_days(struct db *db, struct arena *a, int64_t id,
                             struct business_calendar *calendar)
{
    struct business_day *days;
    const struct day_row *rows;
    size_t count;

    TRY(db_kept(db, &list_days, &rows, &count));
    calendar->days = days = arena_array(a, count + 1, sizeof(*days));
    for (size_t i = 0; i < count; i++)
        if (rows[i].calendar_id == id)
            days[calendar->days_count++] =
                (struct business_day){ .day = rows[i].day, .working = rows[i].working };
    return NULL;
}

/* The calendars of a portal are few and change seldom: each program keeps them for a moment. */
struct err *business_calendar_load(struct db *db, struct arena *a, const char *code,
                                   struct business_calendar *calendar_out)
{
    const struct calendar_row *rows;
    size_t count, i = 0;

    TRY(db_kept(db, &list_calendars, &rows, &count));
    while (i < count && strcmp(rows[i].code, code) != 0)
        i++;
    if (i == count)
        return err_raise(ERR_NOT_FOUND, "there is no calendar %s", code);
    *calendar_out = (struct business_calendar){ .locale = text_locale_get(LANG_EN, rows[i].zone) };
    TRY(take_hours(db, a, rows[i].id, calendar_out));
    return err_pass(take_days(db, a, rows[i].id, calendar_out));
}

/* -- its open intervals ---------------------------------------------------------------- */

static int compare_days(const void *key, const void *row)
{
    int32_t day = *(const int32_t *)key, other = ((const struct business_day *)row)->day;

    return (day > other) - (day < other);
}

/* The weekday whose hours hold on DAY; 0: it is free. */
static int hours_of(const struct business_calendar *c, int32_t day)
{
    const struct business_day *special =
        c->days_count == 0 ? NULL
                           : bsearch(&day, c->days, c->days_count, sizeof(*c->days), compare_days);
    int weekday = (int)(((day + 3) % 7 + 7) % 7) + 1; /* day 0 was a Thursday */

    if (special == NULL)
        return weekday;
    return special->working ? MONDAY : 0;
}

static int64_t instant_of(const struct business_calendar *c, int32_t day, int minute)
{
    struct civil local = { .hour = minute / 60, .minute = minute % 60 };

    if (minute == 0)
        return text_day_starts_at(c->locale, day);
    if (minute >= MINUTES_OF_DAY)
        return text_day_ends_at(c->locale, day);
    day_to_civil(day, &local.year, &local.month, &local.day);
    return text_instant(c->locale, &local);
}

struct interval {
    int64_t from_at, until_at;
};

/* A place in the sequence of open intervals. */
struct walk {
    const struct business_calendar *calendar;
    int32_t day, last_day;
    size_t row; /* next row of hours to look at on this day */
};

static struct walk walk_from(const struct business_calendar *c, int64_t at)
{
    /* A day earlier, so that an interval that a change of clocks has moved is not missed. */
    int32_t day = text_local_day(c->locale, at) - 1;

    return (struct walk){ .calendar = c, .day = day, .last_day = day + HORIZON_DAYS };
}

/* The next interval that is not empty; false at the horizon. */
static bool walk_next(struct walk *w, struct interval *out)
{
    const struct business_calendar *c = w->calendar;

    for (; w->day <= w->last_day; w->day++, w->row = 0) {
        int weekday = hours_of(c, w->day);

        while (weekday != 0 && w->row < c->hours_count) {
            const struct business_hours *h = &c->hours[w->row++];

            if (h->weekday != weekday)
                continue;
            *out = (struct interval){ instant_of(c, w->day, h->from_minute),
                                      instant_of(c, w->day, h->until_minute) };
            if (out->until_at > out->from_at)
                return true;
        }
    }
    return false;
}

/* -- counting -------------------------------------------------------------------------- */

struct count {
    int64_t from_at, until_at; /* the span that is looked at; INT64_MAX: without end */
    int64_t target_us;         /* stop here */
    int64_t used_us;
    int64_t reached_at; /* when the target was reached; 0: it was not */
};

static void count_piece(struct count *n, int64_t from, int64_t until)
{
    if (from < n->from_at)
        from = n->from_at;
    if (until > n->until_at)
        until = n->until_at;
    if (until <= from || n->reached_at != 0)
        return;
    if (n->used_us + (until - from) >= n->target_us)
        n->reached_at = from + (n->target_us - n->used_us);
    n->used_us += until - from;
}

/* An open interval without its pauses. */
static void count_interval(struct count *n, const struct interval *open,
                           const struct business_pause *pauses, size_t pause_count)
{
    int64_t at = open->from_at;

    for (size_t i = 0; i < pause_count && at < open->until_at; i++) {
        int64_t end = pauses[i].until_at == 0 ? INT64_MAX : pauses[i].until_at;

        if (end <= at)
            continue;
        if (pauses[i].from_at >= open->until_at)
            break;
        count_piece(n, at, pauses[i].from_at);
        at = end;
    }
    if (at < open->until_at)
        count_piece(n, at, open->until_at);
}

static void count_all(const struct business_calendar *c, struct count *n,
                      const struct business_pause *pauses, size_t pause_count)
{
    struct walk w = walk_from(c, n->from_at);
    struct interval open;

    while (n->reached_at == 0 && walk_next(&w, &open) && open.from_at < n->until_at)
        count_interval(n, &open, pauses, pause_count);
}

int64_t business_used_us(const struct business_calendar *calendar, int64_t from_at,
                         int64_t until_at, const struct business_pause *pauses, size_t pause_count)
{
    struct count n = { .from_at = from_at, .until_at = until_at, .target_us = INT64_MAX };

    count_all(calendar, &n, pauses, pause_count);
    return n.used_us;
}

int64_t business_due_at(const struct business_calendar *calendar, int64_t from_at,
                        int64_t target_us, const struct business_pause *pauses, size_t pause_count)
{
    struct count n = { .from_at = from_at, .until_at = INT64_MAX, .target_us = target_us };

    if (target_us <= 0)
        return from_at;
    count_all(calendar, &n, pauses, pause_count);
    return n.reached_at;
}

int64_t business_opens_at(const struct business_calendar *calendar, int64_t at)
{
    struct walk w = walk_from(calendar, at);
    struct interval open;

    while (walk_next(&w, &open))
        if (open.until_at > at)
            return open.from_at > at ? open.from_at : at;
    return 0;
}

bool business_is_open(const struct business_calendar *calendar, int64_t at)
{
    return business_opens_at(calendar, at) == at;
}

static bool has_hours(const struct business_calendar *c, int32_t day)
{
    int weekday = hours_of(c, day);

    for (size_t i = 0; weekday != 0 && i < c->hours_count; i++)
        if (c->hours[i].weekday == weekday)
            return true;
    return false;
}

int64_t business_days_end_at(const struct business_calendar *calendar, int64_t at, int days)
{
    int32_t day = text_local_day(calendar->locale, at);
    int32_t last = day + HORIZON_DAYS;

    while (days > 0 && day < last) {
        day++;
        days -= has_hours(calendar, day);
    }
    return days > 0 ? 0 : text_day_ends_at(calendar->locale, day);
}
