/* approval/business_clock.h - time that counts only while an office is open: targets in business
 * hours, due times, what is left.
 *
 * An office is open in the hours of its calendar, in the calendar's zone, but not on holidays; a
 * day that is worked although its weekday is free has the hours of Monday.  Real time is counted:
 * an hour that a change of clocks takes away does not count, one that it gives counts.  A clock may
 * be paused; pauses are intervals, so that what was counted can always be explained. */
#pragma once

#include "base/arena.h"
#include "db/db.h"
#include "text/format.h"

extern db_stmt_table business_calendar_statements[];

struct business_hours {
    int weekday;                   /* 1: Monday .. 7: Sunday */
    int from_minute, until_minute; /* of the local day: from, until before; 1440 is its end */
};

struct business_day {
    int32_t day;
    bool working; /* worked although its weekday is free; else a holiday */
};

struct business_calendar {
    const struct text_locale *locale;   /* only its zone matters */
    const struct business_hours *hours; /* by weekday, then by minute; not overlapping */
    size_t hours_count;
    const struct business_day *days; /* ascending */
    size_t days_count;
};

/* The calendar called CODE ("CN"), with all its days.  ERR_NOT_FOUND when there is none. */
struct err *business_calendar_load(struct db *db, struct arena *a, const char *code,
                                   struct business_calendar *calendar_out);

/* Not counted from FROM_AT until before UNTIL_AT; UNTIL_AT 0: still.  In the order of their
 * beginning. */
struct business_pause {
    int64_t from_at, until_at;
};

/* Business time between two instants without the pauses, in microseconds; 0 when UNTIL is not after
 * FROM. */
int64_t business_used_us(const struct business_calendar *calendar, int64_t from_at,
                         int64_t until_at, const struct business_pause *pauses, size_t pause_count);
/* The instant at which TARGET_US of business time have passed since FROM_AT.  0 ("none") while a
 * pause is open before that, and when the office does not open for that long within ten years. */
int64_t business_due_at(const struct business_calendar *calendar, int64_t from_at,
                        int64_t target_us, const struct business_pause *pauses, size_t pause_count);
bool business_is_open(const struct business_calendar *calendar, int64_t at);
/* AT itself while the office is open, else when it opens next; 0: never. */
int64_t business_opens_at(const struct business_calendar *calendar, int64_t at);
/* The end of the N-th business day after the local day of AT ("within 10 business days"): the first
 * instant that is no longer in it.  0: there are not that many within ten years. */
int64_t business_days_end_at(const struct business_calendar *calendar, int64_t at, int days);
