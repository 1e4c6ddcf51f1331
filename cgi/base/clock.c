/* base/clock.c - the proleptic Gregorian calendar by integer arithmetic, without the C library's
 * time zones.  The conversion counts years from March, so that the leap day is the last of its
 * year. */
#include "base/clock.h"

#include <string.h>
#include <time.h>

static int64_t fixed_us;

static int64_t read_clock(clockid_t id)
{
    struct timespec ts;

    clock_gettime(id, &ts);
    return (int64_t)ts.tv_sec * CLOCK_SECOND + ts.tv_nsec / 1000;
}

int64_t clock_now_us(void)
{
    return fixed_us != 0 ? fixed_us : read_clock(CLOCK_REALTIME);
}

int64_t clock_monotonic_us(void)
{
    return read_clock(CLOCK_MONOTONIC);
}

void clock_set_us(int64_t at_us)
{
    fixed_us = at_us;
}

static int64_t floor_div(int64_t a, int64_t b)
{
    int64_t q = a / b;

    return a % b < 0 ? q - 1 : q;
}

int32_t day_from_civil(int year, int month, int day)
{
    const int64_t y = month <= 2 ? year - 1 : year;
    const int64_t era = floor_div(y, 400);
    const int64_t year_of_era = y - era * 400;
    const int64_t month_from_march = (month + 9) % 12;
    const int64_t day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
    const int64_t day_of_era =
        year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

    return (int32_t)(era * 146097 + day_of_era - 719468);
}

void day_to_civil(int32_t day, int *year_out, int *month_out, int *mday_out)
{
    const int64_t z = (int64_t)day + 719468;
    const int64_t era = floor_div(z, 146097);
    const int64_t doe = z - era * 146097;
    const int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    const int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    const int64_t mp = (5 * doy + 2) / 153;

    *mday_out = (int)(doy - (153 * mp + 2) / 5 + 1);
    *month_out = (int)(mp < 10 ? mp + 3 : mp - 9);
    *year_out = (int)(yoe + era * 400 + (*month_out <= 2 ? 1 : 0));
}

struct civil civil_from_us(int64_t at_us)
{
    const int64_t day = floor_div(at_us, CLOCK_DAY);
    int64_t rest = at_us - day * CLOCK_DAY;
    struct civil c = { 0 };

    day_to_civil((int32_t)day, &c.year, &c.month, &c.day);
    c.hour = (int)(rest / CLOCK_HOUR);
    rest %= CLOCK_HOUR;
    c.minute = (int)(rest / CLOCK_MINUTE);
    rest %= CLOCK_MINUTE;
    c.second = (int)(rest / CLOCK_SECOND);
    c.microsecond = (int)(rest % CLOCK_SECOND);
    return c;
}

int64_t civil_to_us(const struct civil *c)
{
    return day_from_civil(c->year, c->month, c->day) * CLOCK_DAY + c->hour * CLOCK_HOUR +
           c->minute * CLOCK_MINUTE + c->second * CLOCK_SECOND + c->microsecond;
}

static int digits(const char *text, int count)
{
    int value = 0;

    for (int i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9')
            return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

static int days_in_month(int year, int month)
{
    static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    return month == 2 && leap ? 29 : lengths[month - 1];
}

bool day_parse(const char *text, int32_t *day_out)
{
    int year, month, day;

    if (strlen(text) != 10 || text[4] != '-' || text[7] != '-')
        return false;
    year = digits(text, 4);
    month = digits(text + 5, 2);
    day = digits(text + 8, 2);
    if (year < 1 || month < 1 || month > 12 || day < 1 || day > days_in_month(year, month))
        return false;
    *day_out = day_from_civil(year, month, day);
    return true;
}

/* The last COUNT digits of NUMBER; gives the place behind them. */
static char *put_digits(char *out, int number, int count)
{
    unsigned rest = (unsigned)number;

    for (int i = count; i-- > 0; rest /= 10)
        out[i] = (char)('0' + rest % 10);
    return out + count;
}

static char *put_day(char *out, int year, int month, int mday)
{
    out = put_digits(out, year, 4);
    *out++ = '-';
    out = put_digits(out, month, 2);
    *out++ = '-';
    return put_digits(out, mday, 2);
}

void day_iso(int32_t day, char out[DAY_ISO_BYTES])
{
    int year, month, mday;

    out[0] = '\0';
    if (day == DAY_NONE)
        return;
    day_to_civil(day, &year, &month, &mday);
    *put_day(out, year, month, mday) = '\0';
}

void clock_iso(int64_t at_us, char out[CLOCK_ISO_BYTES])
{
    const struct civil c = civil_from_us(at_us);

    out = put_day(out, c.year, c.month, c.day);
    *out++ = 'T';
    out = put_digits(out, c.hour, 2);
    *out++ = ':';
    out = put_digits(out, c.minute, 2);
    *out++ = ':';
    out = put_digits(out, c.second, 2);
    *out++ = '.';
    out = put_digits(out, c.microsecond, 6);
    *out++ = 'Z';
    *out = '\0';
}

/* "09:30:00", and what follows it comes to *REST_OUT. */
static bool time_parse(const char *text, int64_t *us_out, const char **rest_out)
{
    int hour, minute, second;

    if (strlen(text) < 8 || text[2] != ':' || text[5] != ':')
        return false;
    hour = digits(text, 2);
    minute = digits(text + 3, 2);
    second = digits(text + 6, 2);
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59)
        return false;
    *us_out = hour * CLOCK_HOUR + minute * CLOCK_MINUTE + second * CLOCK_SECOND;
    *rest_out = text + 8;
    return true;
}

bool clock_parse(const char *text, int64_t *at_us_out)
{
    char date[DAY_ISO_BYTES] = "";
    int fraction = 0;
    int64_t time_us;
    int32_t day;

    if (strlen(text) < 19 || (text[10] != 'T' && text[10] != ' '))
        return false;
    memcpy(date, text, 10);
    if (!day_parse(date, &day) || !time_parse(text + 11, &time_us, &text))
        return false;
    if (*text == '.') {
        fraction = strlen(text) < 7 ? -1 : digits(text + 1, 6);
        text += fraction < 0 ? 0 : 7;
    }
    if (strcmp(text, "") != 0 && strcmp(text, "Z") != 0)
        return false;
    *at_us_out = day * CLOCK_DAY + time_us + fraction;
    return true;
}
