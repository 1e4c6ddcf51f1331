/* base/clock.h - time as numbers.  An instant is microseconds since 1970-01-01 00:00 UTC (int64_t,
 * names end in _at or _us; 0 means "none"); a day is days since 1970-01-01 (int32_t, names end in
 * _day; DAY_NONE means "none").  What is stored takes the database's time; this clock is for logs,
 * time limits and tokens. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#define CLOCK_SECOND ((int64_t)1000000)
#define CLOCK_MINUTE (60 * CLOCK_SECOND)
#define CLOCK_HOUR   (60 * CLOCK_MINUTE)
#define CLOCK_DAY    (24 * CLOCK_HOUR)
#define DAY_NONE     INT32_MIN

enum { CLOCK_ISO_BYTES = 32, DAY_ISO_BYTES = 16 };

struct civil {
    int year, month, day; /* month 1..12, day 1..31 */
    int hour, minute, second, microsecond;
};

int64_t clock_now_us(void);
/* Never goes back; for measuring how long something took. */
int64_t clock_monotonic_us(void);
/* Tests: from now on clock_now_us() gives AT_US; 0 restores the real clock. */
void clock_set_us(int64_t at_us);

struct civil civil_from_us(int64_t at_us);
int64_t civil_to_us(const struct civil *c);
int32_t day_from_civil(int year, int month, int day);
void day_to_civil(int32_t day, int *year_out, int *month_out, int *mday_out);
/* False unless TEXT is exactly YYYY-MM-DD and names a day of the calendar from year 1 to 9999. */
bool day_parse(const char *text, int32_t *day_out);
void day_iso(int32_t day, char out[DAY_ISO_BYTES]);       /* "2026-11-21"; "" for DAY_NONE */
void clock_iso(int64_t at_us, char out[CLOCK_ISO_BYTES]); /* "2026-11-21T09:30:00.123456Z" */
/* The other way: date and time of UTC with T or a space between them, six digits of a second if
 * any, Z if any.  False for everything else. */
bool clock_parse(const char *text, int64_t *at_us_out);
