/* text/format.c - ICU's formatters by language, a calendar for each zone.
 *
 * A zone only shifts an instant: the formatters all work in UTC on a shifted instant, so that there
 * is one set for each language and a zone costs a calendar.  They are opened once and kept in this
 * file for the life of the process (a process has one thread), since opening costs milliseconds and
 * every page formats something. */
#include "text/format.h"

#include "base/log.h"
#include "base/str.h"
#include "text/inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/ucal.h>
#include <unicode/ures.h>
#include <unicode/udat.h>
#include <unicode/unum.h>
#include <unicode/ustring.h>

enum pattern { PATTERN_DAY, PATTERN_MONTH, PATTERN_DAY_SHORT, PATTERN_COUNT };
enum { ZONE_ID_BYTES = 64, DATE_UNITS = 80, MS_US = 1000 };
enum {
    SIGN_BYTES = 8,
    NUMBER_BYTES = 160,
    DAY_BYTES = 36,
    DAYS_KEPT = 1024,
    TIME_BYTES = 6,
    SPANS_KEPT = 4
};

static const char *const patterns[LANG_COUNT][PATTERN_COUNT] = {
    [LANG_EN] = { "d MMM y", "MMM y", "d MMM" },
    [LANG_ZH] = { "y年M月d日", "y年M月", "M月d日" },
};
static const char *const locale_ids[LANG_COUNT] = { "en", "zh_CN" };

/* A zone keeps its distance from UTC for months: from FROM_US until UNTIL_US it is OFFSET_US. */
struct offset_span {
    int64_t from_us, until_us, offset_us;
};

struct text_locale {
    enum lang lang;
    char zone[ZONE_ID_BYTES];
    UCalendar *calendar;       /* NULL for UTC */
    struct offset_span *spans; /* SPANS_KEPT of them, what was asked last first */
    struct text_locale *next;
};

/* ICU takes some ten thousand instructions for a number, a day or a zone's offset, and a list shows
 * dozens of each.  So numbers are put together here of the signs that ICU names, and days and
 * offsets are kept: those of a list lie close together. */
struct day_memo {
    int32_t day;
    char text[DAY_BYTES]; /* "" for nothing kept */
};

static struct {
    char group[SIGN_BYTES], point[SIGN_BYTES], minus[SIGN_BYTES];
    int group_digits;
    UDateFormat *date[PATTERN_COUNT];
    struct day_memo days[PATTERN_COUNT][DAYS_KEPT];
} formatters[LANG_COUNT];
static struct text_locale *locales[LANG_COUNT];
static struct text_locale utc[LANG_COUNT] = {
    [LANG_EN] = { .lang = LANG_EN, .zone = "UTC" },
    [LANG_ZH] = { .lang = LANG_ZH, .zone = "UTC" },
};

const char *text_locale_id(enum lang lang)
{
    return locale_ids[lang];
}

static UDateFormat *open_pattern(enum lang lang, const char *pattern, UErrorCode *status)
{
    UChar text[32], zone[8];
    int32_t len = 0;

    u_strFromUTF8(text, (int32_t)ARRAY_LEN(text), &len, pattern, -1, status);
    u_uastrcpy(zone, "UTC");
    return udat_open(UDAT_PATTERN, UDAT_PATTERN, locale_ids[lang], zone, -1, text, len, status);
}

static void read_sign(const UNumberFormat *format, UNumberFormatSymbol symbol, char out[SIGN_BYTES],
                      UErrorCode *status)
{
    UChar text[SIGN_BYTES];
    int32_t len = unum_getSymbol(format, symbol, text, (int32_t)ARRAY_LEN(text), status);

    u_strToUTF8(out, SIGN_BYTES, NULL, text, len, status);
}

static void read_signs(enum lang lang, UErrorCode *status)
{
    UNumberFormat *format = unum_open(UNUM_DECIMAL, NULL, 0, locale_ids[lang], NULL, status);

    if (U_FAILURE(*status))
        return;
    read_sign(format, UNUM_GROUPING_SEPARATOR_SYMBOL, formatters[lang].group, status);
    read_sign(format, UNUM_DECIMAL_SEPARATOR_SYMBOL, formatters[lang].point, status);
    read_sign(format, UNUM_MINUS_SIGN_SYMBOL, formatters[lang].minus, status);
    formatters[lang].group_digits = unum_getAttribute(format, UNUM_GROUPING_SIZE);
    unum_close(format);
}

struct err *text_format_init(void)
{
    UErrorCode status = U_ZERO_ERROR;

    text_format_end();
    for (int i = 0; i < LANG_COUNT; i++) {
        read_signs((enum lang)i, &status);
        for (int p = 0; p < PATTERN_COUNT; p++)
            formatters[i].date[p] = open_pattern((enum lang)i, patterns[i][p], &status);
        if (U_FAILURE(status)) {
            text_format_end();
            return err_raise(ERR_CONFIG, "ICU cannot format %s: %s", locale_ids[i],
                             u_errorName(status));
        }
    }
    return NULL;
}

void text_format_end(void)
{
    for (int i = 0; i < LANG_COUNT; i++) {
        memset(formatters[i].days, 0, sizeof(formatters[i].days));
        for (int p = 0; p < PATTERN_COUNT; p++) {
            udat_close(formatters[i].date[p]);
            formatters[i].date[p] = NULL;
        }
        while (locales[i] != NULL) {
            struct text_locale *next = locales[i]->next;

            ucal_close(locales[i]->calendar);
            free(locales[i]->spans);
            free(locales[i]);
            locales[i] = next;
        }
    }
    text_choices_end();
}

/* ---- zones ---- */

bool text_zone_valid(const char *zone)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar id[ZONE_ID_BYTES], canonical[ZONE_ID_BYTES];
    UBool is_system = 0;

    if (zone == NULL || zone[0] == '\0' || strlen(zone) >= ZONE_ID_BYTES)
        return false;
    if (strcmp(zone, "UTC") == 0)
        return true;
    /* Three letters are ambiguous or old names ("CST", "EST"): only Area/Place is offered. */
    for (const char *p = zone; *p != '\0'; p++)
        if ((unsigned char)*p >= 0x80)
            return false;
    if (strchr(zone, '/') == NULL)
        return false;
    u_uastrcpy(id, zone);
    ucal_getCanonicalTimeZoneID(id, -1, canonical, ZONE_ID_BYTES, &is_system, &status);
    return U_SUCCESS(status) && is_system;
}

static struct text_locale *open_locale(enum lang lang, const char *zone)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar id[ZONE_ID_BYTES];
    struct text_locale *loc = calloc(1, sizeof(*loc));

    if (loc != NULL)
        loc->spans = calloc(SPANS_KEPT, sizeof(*loc->spans));
    if (loc == NULL || loc->spans == NULL)
        log_die("out of memory");
    loc->lang = lang;
    snprintf(loc->zone, sizeof(loc->zone), "%s", zone);
    u_uastrcpy(id, zone);
    loc->calendar = ucal_open(id, -1, "en", UCAL_GREGORIAN, &status);
    if (U_FAILURE(status)) {
        free(loc->spans);
        free(loc);
        return NULL;
    }
    /* Of a local time that occurs twice the earlier, of a skipped one the later instant. */
    ucal_setAttribute(loc->calendar, UCAL_REPEATED_WALL_TIME, UCAL_WALLTIME_FIRST);
    ucal_setAttribute(loc->calendar, UCAL_SKIPPED_WALL_TIME, UCAL_WALLTIME_LAST);
    loc->next = locales[lang];
    locales[lang] = loc;
    return loc;
}

const struct text_locale *text_locale_get(enum lang lang, const char *zone)
{
    struct text_locale **at = &locales[lang];

    if (zone == NULL || strcmp(zone, "UTC") == 0)
        return &utc[lang];
    for (; *at != NULL; at = &(*at)->next) {
        if (strcmp((*at)->zone, zone) == 0) {
            struct text_locale *found = *at;

            /* To the front: a process serves few zones. */
            *at = found->next;
            found->next = locales[lang];
            locales[lang] = found;
            return found;
        }
    }
    struct text_locale *opened = text_zone_valid(zone) ? open_locale(lang, zone) : NULL;
    return opened != NULL ? opened : &utc[lang];
}

enum lang text_locale_lang(const struct text_locale *loc)
{
    return loc->lang;
}

const char *text_locale_zone(const struct text_locale *loc)
{
    return loc->zone;
}

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

/* The zone's next or last change of its offset as seen from the calendar's instant; NONE_US if
 * there is none. */
static int64_t change_at(const UCalendar *calendar, UTimeZoneTransitionType which, int64_t none_us,
                         UErrorCode *status)
{
    UDate ms = 0;

    return ucal_getTimeZoneTransitionDate(calendar, which, &ms, status) ? (int64_t)ms * MS_US
                                                                        : none_us;
}

static struct offset_span find_span(UCalendar *calendar, int64_t at_us)
{
    UErrorCode status = U_ZERO_ERROR;
    struct offset_span span;

    ucal_setMillis(calendar, (double)floor_div(at_us, MS_US), &status);
    span.offset_us = (ucal_get(calendar, UCAL_ZONE_OFFSET, &status) +
                      (int64_t)ucal_get(calendar, UCAL_DST_OFFSET, &status)) *
                     MS_US;
    span.from_us = change_at(calendar, UCAL_TZ_TRANSITION_PREVIOUS_INCLUSIVE, INT64_MIN, &status);
    span.until_us = change_at(calendar, UCAL_TZ_TRANSITION_NEXT, INT64_MAX, &status);
    return U_SUCCESS(status) ? span : (struct offset_span){ at_us, at_us + 1, 0 };
}

/* How far local time is ahead of UTC at an instant. */
static int64_t offset_us(const struct text_locale *loc, int64_t at_us)
{
    struct offset_span *spans = loc->spans, found;
    int i = 0;

    if (loc->calendar == NULL)
        return 0;
    while (i < SPANS_KEPT && (at_us < spans[i].from_us || at_us >= spans[i].until_us))
        i++;
    if (i == 0)
        return spans[0].offset_us;
    found = i < SPANS_KEPT ? spans[i] : find_span(loc->calendar, at_us);
    memmove(spans + 1, spans, (size_t)(i < SPANS_KEPT ? i : SPANS_KEPT - 1) * sizeof(*spans));
    spans[0] = found;
    return found.offset_us;
}

/* ---- numbers ---- */

/* Written from its end: AT is where the text begins that stands so far. */
static char *put_before(char *at, const char *text)
{
    size_t len = strlen(text);

    /* NOLINTNEXTLINE(bugprone-not-null-terminated-result): the text at AT has its end already */
    return memcpy(at - len, text, len);
}

static char *put_grouped(enum lang lang, char *at, uint64_t whole)
{
    for (int digits = 0; digits == 0 || whole != 0; digits++, whole /= 10) {
        if (digits > 0 && digits % formatters[lang].group_digits == 0)
            at = put_before(at, formatters[lang].group);
        *--at = (char)('0' + whole % 10);
    }
    return at;
}

char *text_decimal(const struct text_locale *loc, struct arena *a, int64_t e4, int min_digits,
                   int max_digits)
{
    static const uint64_t tens[] = { 1, 10, 100, 1000, 10000 };
    uint64_t unit = tens[4 - max_digits];
    uint64_t size = ((e4 < 0 ? 0 - (uint64_t)e4 : (uint64_t)e4) + unit / 2) / unit;
    uint64_t whole = size / tens[max_digits], rest = size % tens[max_digits];
    char text[NUMBER_BYTES], *at = text + sizeof(text) - 1;
    int digits = max_digits;

    *at = '\0';
    for (; digits > min_digits && rest % 10 == 0; digits--)
        rest /= 10;
    for (int i = 0; i < digits; i++, rest /= 10)
        *--at = (char)('0' + rest % 10);
    if (digits > 0)
        at = put_before(at, formatters[loc->lang].point);
    at = put_grouped(loc->lang, at, whole);
    if (e4 < 0)
        at = put_before(at, formatters[loc->lang].minus);
    return arena_dup(a, at);
}

char *text_number(const struct text_locale *loc, struct arena *a, int64_t number)
{
    char text[NUMBER_BYTES], *at = text + sizeof(text) - 1;

    *at = '\0';
    at = put_grouped(loc->lang, at, number < 0 ? 0 - (uint64_t)number : (uint64_t)number);
    if (number < 0)
        at = put_before(at, formatters[loc->lang].minus);
    return arena_dup(a, at);
}

static int digits_used(int64_t e4)
{
    int digits = 4;

    while (digits > 0 && e4 % 10 == 0) {
        e4 /= 10;
        digits--;
    }
    return digits;
}

char *text_money(const struct text_locale *loc, struct arena *a, struct money amount)
{
    int digits = money_digits(amount.currency), used = digits_used(amount.e4);
    int most = used > digits ? used : digits;

    return arena_join(a, amount.currency, " ", text_decimal(loc, a, amount.e4, digits, most), NULL);
}

char *text_percent(const struct text_locale *loc, struct arena *a, int64_t basis_points)
{
    /* A basis point is a hundredth of a percent, so 100 ten-thousandths of the number shown. */
    return arena_join(a, text_decimal(loc, a, basis_points * 100, 0, 2), "%", NULL);
}

const char *text_share(const struct text_locale *loc, struct arena *a, int64_t part, int64_t whole)
{
    return whole == 0 ? "–" : text_percent(loc, a, (part * 100 + whole / 2) / whole * 100);
}

char *text_bytes(const struct text_locale *loc, struct arena *a, int64_t size_bytes)
{
    static const char *const units[] = { "B", "KB", "MB", "GB", "TB" };
    int64_t scale = 1;
    size_t unit = 0;

    while (size_bytes / scale >= 1024 && unit + 1 < ARRAY_LEN(units)) {
        scale *= 1024;
        unit++;
    }
    int64_t whole = size_bytes / scale, rest = size_bytes % scale;
    int64_t e4 = whole * MONEY_SCALE + (int64_t)((double)rest * MONEY_SCALE / (double)scale);
    return arena_printf(a, "%s %s", text_decimal(loc, a, e4, 0, whole < 100 && unit > 0 ? 1 : 0),
                        units[unit]);
}

/* ---- dates ---- */

/* Lives until the next day is asked for. */
static const char *day_text(const struct text_locale *loc, int32_t day, enum pattern pattern)
{
    struct day_memo *kept = &formatters[loc->lang].days[pattern][(uint32_t)day % DAYS_KEPT];
    UErrorCode status = U_ZERO_ERROR;
    UChar units[DATE_UNITS];
    const int64_t day_ms = CLOCK_DAY / MS_US;

    if (day == DAY_NONE)
        return "";
    if (kept->day == day && kept->text[0] != '\0')
        return kept->text;
    int32_t len = udat_format(formatters[loc->lang].date[pattern], (double)(day * day_ms), units,
                              DATE_UNITS, NULL, &status);
    u_strToUTF8(kept->text, DAY_BYTES, NULL, units, len, &status);
    kept->day = day;
    if (U_FAILURE(status))
        kept->text[0] = '\0';
    return kept->text;
}

char *text_day(const struct text_locale *loc, struct arena *a, int32_t day)
{
    return arena_dup(a, day_text(loc, day, PATTERN_DAY));
}

char *text_month(const struct text_locale *loc, struct arena *a, int32_t day)
{
    return arena_dup(a, day_text(loc, day, PATTERN_MONTH));
}

char *text_date(const struct text_locale *loc, struct arena *a, int64_t at_us)
{
    return at_us == 0 ? arena_dup(a, "") : text_day(loc, a, text_local_day(loc, at_us));
}

static int year_of(int64_t local_us)
{
    int year, month, day;

    day_to_civil((int32_t)floor_div(local_us, CLOCK_DAY), &year, &month, &day);
    return year;
}

/* "09:05" */
static void put_time(int64_t local_us, char out[TIME_BYTES])
{
    const int minutes =
        (int)((local_us - floor_div(local_us, CLOCK_DAY) * CLOCK_DAY) / CLOCK_MINUTE);
    const int hour = minutes / 60, minute = minutes % 60;

    out[0] = (char)('0' + hour / 10);
    out[1] = (char)('0' + hour % 10);
    out[2] = ':';
    out[3] = (char)('0' + minute / 10);
    out[4] = (char)('0' + minute % 10);
    out[5] = '\0';
}

char *text_time(const struct text_locale *loc, struct arena *a, int64_t at_us)
{
    char text[TIME_BYTES];

    if (at_us == 0)
        return arena_dup(a, "");
    put_time(at_us + offset_us(loc, at_us), text);
    return arena_dup(a, text);
}

static char *date_and_time(const struct text_locale *loc, struct arena *a, int64_t local_us,
                           enum pattern pattern)
{
    const int32_t day = (int32_t)floor_div(local_us, CLOCK_DAY);
    char time[TIME_BYTES];

    put_time(local_us, time);
    return arena_join(a, day_text(loc, day, pattern), loc->lang == LANG_ZH ? " " : ", ", time,
                      NULL);
}

char *text_date_time(const struct text_locale *loc, struct arena *a, int64_t at_us)
{
    return at_us == 0 ? arena_dup(a, "")
                      : date_and_time(loc, a, at_us + offset_us(loc, at_us), PATTERN_DAY);
}

char *text_date_time_short(const struct text_locale *loc, struct arena *a, int64_t at_us,
                           int64_t now_us)
{
    const int64_t local = at_us + offset_us(loc, at_us), now = now_us + offset_us(loc, now_us);

    if (at_us == 0)
        return arena_dup(a, "");
    return date_and_time(loc, a, local,
                         year_of(local) == year_of(now) ? PATTERN_DAY_SHORT : PATTERN_DAY);
}

char *text_zone_offset(const struct text_locale *loc, struct arena *a, int64_t at_us)
{
    int64_t minutes = offset_us(loc, at_us) / CLOCK_MINUTE;
    int64_t size = minutes < 0 ? -minutes : minutes;

    return arena_printf(a, "UTC%c%02d:%02d", minutes < 0 ? '-' : '+', (int)(size / 60),
                        (int)(size % 60));
}

struct text_span text_span_between(const struct text_locale *loc, int64_t from_us, int64_t to_us)
{
    bool past = to_us < from_us;
    int64_t size = past ? from_us - to_us : to_us - from_us;

    return (struct text_span){
        .past = past,
        .days = size / CLOCK_DAY,
        .hours = (int)(size % CLOCK_DAY / CLOCK_HOUR),
        .minutes = (int)(size % CLOCK_HOUR / CLOCK_MINUTE),
        .calendar_days = text_local_day(loc, to_us) - text_local_day(loc, from_us),
    };
}

/* ---- calendar ---- */

struct civil text_local_civil(const struct text_locale *loc, int64_t at_us)
{
    return civil_from_us(at_us + offset_us(loc, at_us));
}

int32_t text_local_day(const struct text_locale *loc, int64_t at_us)
{
    return (int32_t)floor_div(at_us + offset_us(loc, at_us), CLOCK_DAY);
}

int64_t text_instant(const struct text_locale *loc, const struct civil *local)
{
    UErrorCode status = U_ZERO_ERROR;

    if (loc->calendar == NULL)
        return civil_to_us(local);
    ucal_clear(loc->calendar);
    ucal_setDateTime(loc->calendar, local->year, local->month - 1, local->day, local->hour,
                     local->minute, local->second, &status);
    double ms = ucal_getMillis(loc->calendar, &status);
    return U_SUCCESS(status) ? (int64_t)ms * MS_US + local->microsecond : civil_to_us(local);
}

int64_t text_day_starts_at(const struct text_locale *loc, int32_t day)
{
    struct civil midnight = { 0 };

    day_to_civil(day, &midnight.year, &midnight.month, &midnight.day);
    /* Where clocks skip midnight, text_instant() gives the end of the gap: the first instant there
     * is. */
    return text_instant(loc, &midnight);
}

int64_t text_day_ends_at(const struct text_locale *loc, int32_t day)
{
    return text_day_starts_at(loc, day + 1);
}

/* The country that a zone is of: ICU says so in C++ alone, from this table. */
static bool zone_country(const char *zone, char country[3])
{
    UErrorCode status = U_ZERO_ERROR;
    UResourceBundle *zones = ures_openDirect(NULL, "zoneinfo64", &status);
    UResourceBundle *names = ures_getByKey(zones, "Names", NULL, &status);
    UResourceBundle *countries = ures_getByKey(zones, "Regions", NULL, &status);
    UChar id[ZONE_ID_BYTES];
    bool found = false;

    u_uastrcpy(id, zone);
    for (int32_t i = 0; U_SUCCESS(status) && !found && i < ures_getSize(names); i++) {
        int32_t len;
        const UChar *text;

        if (u_strcmp(ures_getStringByIndex(names, i, &len, &status), id) != 0)
            continue;
        text = ures_getStringByIndex(countries, i, &len, &status);
        found = U_SUCCESS(status) && len == 2; /* "001" is the world */
        if (found)
            u_austrncpy(country, text, 3);
    }
    ures_close(countries);
    ures_close(names);
    ures_close(zones);
    return found;
}

int text_week_starts(const struct text_locale *loc)
{
    UErrorCode status = U_ZERO_ERROR;
    char country[3] = "", id[16];
    UCalendar *calendar;
    int start = 0;

    snprintf(id, sizeof(id), "%s", locale_ids[loc->lang]);
    if (zone_country(loc->zone, country))
        snprintf(id, sizeof(id), "und_%s", country);
    calendar = ucal_open(NULL, 0, id, UCAL_GREGORIAN, &status);
    if (U_SUCCESS(status)) /* Sunday is 1 there */
        start = (ucal_getAttribute(calendar, UCAL_FIRST_DAY_OF_WEEK) + 5) % 7;
    ucal_close(calendar);
    return start;
}
