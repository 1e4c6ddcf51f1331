/* text/format.h - numbers, money, dates and times as people of a language and a time zone read
 * them.
 *
 * Instants are microseconds UTC and days are days since 1970 (base/clock.h); nothing is stored in
 * local time.  A text_locale is opened once for each language and zone and stays for the life of
 * the process: opening costs milliseconds, using it a microsecond.  All results are UTF-8 in the
 * caller's arena. */
#pragma once

#include "base/arena.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/money.h"
#include "text/lang.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct text_locale;

/* Opens the formatters of every language, once, at start-up.  ERR_CONFIG when ICU lacks its data.
 */
struct err *text_format_init(void);
void text_format_end(void);

/* The locale of a language and a zone ("Asia/Shanghai").  Never NULL, owned by the process.  An
 * unknown zone counts as UTC: what people may choose is checked by text_zone_valid() when they
 * choose it. */
const struct text_locale *text_locale_get(enum lang lang, const char *zone);
enum lang text_locale_lang(const struct text_locale *loc);
const char *text_locale_zone(const struct text_locale *loc); /* "UTC" for an unknown one */

/* ---- numbers ---- */

char *text_number(const struct text_locale *loc, struct arena *a, int64_t number); /* "1,234" */
/* Ten-thousandths with MIN_DIGITS to MAX_DIGITS decimals, rounded half away from zero: "1,234.5".
 */
char *text_decimal(const struct text_locale *loc, struct arena *a, int64_t e4, int min_digits,
                   int max_digits);
/* "USD 1,234.00": the digits of the currency, or more when the amount has more.  "-" stands before
 * the number: "USD -5.00".  The same in both languages. */
char *text_money(const struct text_locale *loc, struct arena *a, struct money amount);
/* Basis points as percent: 1250 is "12.5%", 800 is "8%". */
char *text_percent(const struct text_locale *loc, struct arena *a, int64_t basis_points);
/* PART of WHOLE in whole per cents, rounded: "67%"; "–" of nothing. */
const char *text_share(const struct text_locale *loc, struct arena *a, int64_t part, int64_t whole);
/* A file's size in binary steps: "512 B", "14.2 KB", "3 MB". */
char *text_bytes(const struct text_locale *loc, struct arena *a, int64_t size_bytes);

/* ---- dates and times: "" for the instant 0 and for DAY_NONE ---- */

char *text_day(const struct text_locale *loc, struct arena *a, int32_t day);   /* "21 Nov 2026" */
char *text_month(const struct text_locale *loc, struct arena *a, int32_t day); /* "Nov 2026" */
char *text_date(const struct text_locale *loc, struct arena *a,
                int64_t at_us); /* local day of it */
char *text_time(const struct text_locale *loc, struct arena *a, int64_t at_us); /* "14:32" */
/* "21 Nov 2026, 14:32"; "2026年11月21日 14:32". */
char *text_date_time(const struct text_locale *loc, struct arena *a, int64_t at_us);
/* The same without the year when it is the local year of NOW_US: "21 Nov, 14:32"; "11月21日 14:32".
 */
char *text_date_time_short(const struct text_locale *loc, struct arena *a, int64_t at_us,
                           int64_t now_us);
/* How far the zone is from UTC at an instant: "UTC+08:00". */
char *text_zone_offset(const struct text_locale *loc, struct arena *a, int64_t at_us);

/* The parts of a relative or remaining time; callers make the words ("3 h 15 m", "41 days"). */
struct text_span {
    bool past;         /* TO lies before FROM; the parts are then how long ago */
    int64_t days;      /* whole times 24 hours */
    int hours;         /* 0..23, what is left */
    int minutes;       /* 0..59, what is left; less than a minute is 0 */
    int calendar_days; /* local midnights between the two: 1 is tomorrow, -1 was yesterday */
};
struct text_span text_span_between(const struct text_locale *loc, int64_t from_us, int64_t to_us);

/* ---- calendar of the zone ---- */

int32_t text_local_day(const struct text_locale *loc, int64_t at_us);
struct civil text_local_civil(const struct text_locale *loc, int64_t at_us);
/* The instant of a local wall-clock time.  A time that is skipped when clocks go forward is moved
 * on by the gap, one that occurs twice is the earlier. */
int64_t text_instant(const struct text_locale *loc, const struct civil *local);
/* The first instant of a local day: midnight, or the first minute after it where clocks skip
 * midnight. */
int64_t text_day_starts_at(const struct text_locale *loc, int32_t day);
/* The first instant that is no longer in the day, "24:00": what a protection that ends on DAY ends
 * at. */
int64_t text_day_ends_at(const struct text_locale *loc, int32_t day);

/* The first day of a week in the country of the zone, or where the language is spoken; Monday is 0.
 */
int text_week_starts(const struct text_locale *loc);

/* ---- choices ---- */

struct text_choice {
    const char *value; /* "CN", "EUR", "Asia/Shanghai" */
    const char *label; /* in the language; zones: "Asia/Shanghai (UTC+08:00)" */
};
/* True for a zone of the tz database by its full name, and "UTC". */
bool text_zone_valid(const char *zone);
bool text_country_valid(const char *iso2);
bool text_currency_valid(const char *iso3);
/* The lists are made on first use for a language and stay for the life of the process; sorted by
 * label. */
const struct text_choice *text_countries(enum lang lang, size_t *count_out);
const struct text_choice *text_currencies(enum lang lang, size_t *count_out);
const struct text_choice *text_zones(enum lang lang, size_t *count_out);
/* The name of a country or currency; the code itself when it is unknown. */
const char *text_country_name(enum lang lang, const char *iso2);
const char *text_currency_name(enum lang lang, const char *iso3);

/* ---- sorting ---- */

/* Orders names as people of the language expect: Chinese by pinyin.  <0, 0, >0. */
int text_compare(enum lang lang, const char *a, const char *b);
/* The same order as bytes for memcmp() and for a column; at most MAX_BYTES (the rest is cut off).
 */
char *text_sort_key(enum lang lang, struct arena *a, const char *text, size_t max_bytes,
                    size_t *bytes_out);
