/* text/xlsx_value.c - stored numbers as the text that somebody typed: plain digits, days, times. */
#include "text/xlsx_inside.h"

#include "base/clock.h"
#include "base/str.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    DIGITS_KEPT = 15, /* of a number in any spreadsheet program */
    PLAIN_MOST = 20,  /* places before and behind the point that are written out */
    ZEROS_MOST = 30,
    DAY_SECONDS = 86400,
    LAST_SERIAL = 2958465,       /* 9999-12-31 */
    FIRST_SERIAL_1904 = 1462,    /* of 1904-01-01, counted from 1900 */
    SERIAL_OF_NO_DAY = 60,       /* 1900-02-29, which there was not */
    SERIAL_OF_UNIX_EPOCH = 25569 /* 1970-01-01 */
};

/* -- formats -------------------------------------------------------------------------------------
 */

/* What 1 to 58 mean in every language; those of East Asia have days under 27 to 36 and 50 to 58. */
unsigned char xlsx_format_builtin(long id)
{
    static const struct {
        long from, to;
        enum xlsx_format format;
    } known[] = { { 14, 17, XLSX_DATE }, { 18, 21, XLSX_TIME }, { 22, 22, XLSX_DATE },
                  { 27, 31, XLSX_DATE }, { 32, 35, XLSX_TIME }, { 36, 36, XLSX_DATE },
                  { 45, 47, XLSX_TIME }, { 50, 58, XLSX_DATE } };

    for (size_t i = 0; i < ARRAY_LEN(known); i++)
        if (id >= known[i].from && id <= known[i].to)
            return (unsigned char)known[i].format;
    return XLSX_GENERAL;
}

static const char *past(const char *code, char end)
{
    const char *at = strchr(code, end);

    return at != NULL ? at + 1 : code + strlen(code);
}

/* [h] is hours beyond a day; [Red], [$-804], [>100] are none. */
static const char *past_bracket(const char *code, bool *time)
{
    const char first = (char)(code[1] | 32);

    if ((first == 'h' || first == 'm' || first == 's') &&
        (code[2] == ']' || (code[2] | 32) == first))
        *time = true;
    return past(code + 1, ']');
}

/* The next letter of a code that is no quoted or escaped text; 0: the end of its first section. */
static char next_letter(const char **code, bool *time)
{
    while (**code != '\0' && **code != ';') {
        const char c = *(*code)++;

        if (c == '"')
            *code = past(*code, '"');
        else if (c == '[')
            *code = past_bracket(*code - 1, time);
        else if (c == '\\' || c == '_' || c == '*')
            *code += **code != '\0';
        else
            return c;
    }
    return '\0';
}

unsigned char xlsx_format_of_code(const char *code)
{
    bool day = false, month = false, time = false, other = false;
    size_t zeros = 0;
    char c;

    if (strncasecmp(code, "General", 7) == 0)
        return XLSX_GENERAL;
    while ((c = next_letter(&code, &time)) != '\0') {
        const char letter = (char)(c | 32);

        day = day || letter == 'y' || letter == 'd' || letter == 'e';
        month = month || letter == 'm';
        time = time || letter == 'h' || letter == 's';
        zeros += c == '0';
        other = other || c != '0';
    }
    if (zeros > 1 && zeros <= ZEROS_MOST && !other && *code == '\0')
        return (unsigned char)(XLSX_ZEROS + zeros);
    if (zeros > 0 && !time)
        return XLSX_GENERAL;
    return day || (month && !time) ? XLSX_DATE : time ? XLSX_TIME : XLSX_GENERAL;
}

/* -- numbers -------------------------------------------------------------------------------------
 */

/* Digits without leading zeros; the point stands before digit POINT. */
struct decimal {
    char digits[40];
    int count, point;
    bool negative;
};

static void add_digit(struct decimal *d, char c, bool behind_point)
{
    const bool leading = c == '0' && d->count == 0;

    if (!leading && d->count < (int)sizeof(d->digits))
        d->digits[d->count++] = c;
    else if (!leading)
        d->point += !behind_point;
    if (leading)
        d->point -= behind_point;
}

/* "-12.50E+3".  False for anything else, and for what no double holds. */
static bool parse_decimal(const char *text, struct decimal *out)
{
    bool behind_point = false, any = false;
    int64_t exponent = 0;
    int whole = 0;

    *out = (struct decimal){ .negative = *text == '-' };
    for (text += *text == '-'; (*text >= '0' && *text <= '9') || *text == '.'; text++) {
        if (*text == '.' && behind_point)
            return false;
        if (*text == '.') {
            behind_point = true;
            continue;
        }
        any = true;
        add_digit(out, *text, behind_point);
        whole += !behind_point && out->count > 0;
    }
    if (*text == 'e' || *text == 'E') {
        text += text[1] == '+' ? 2 : 1;
        if (!str_to_i64(*text == '0' && text[1] != '\0' ? text + 1 : text, &exponent))
            return false;
        text = "";
    }
    if (exponent < -400 || exponent > 400)
        return false;
    out->point = (behind_point && whole == 0 ? out->point : whole) + (int)exponent;
    return any && *text == '\0';
}

static void cut_zeros(struct decimal *d)
{
    while (d->count > 0 && d->digits[d->count - 1] == '0')
        d->count--;
    if (d->count == 0)
        *d = (struct decimal){ .digits = "0", .count = 1, .point = 1 };
}

/* What a double adds behind the fifteenth digit was never typed. */
static void round_decimal(const char *stored, struct decimal *d)
{
    char text[40];

    cut_zeros(d);
    if (d->count <= DIGITS_KEPT)
        return;
    snprintf(text, sizeof(text), "%.*e", DIGITS_KEPT - 1, strtod(stored, NULL));
    parse_decimal(text, d);
    cut_zeros(d);
}

static void put_decimal(const struct decimal *d, int least_digits, char *out)
{
    const int last = d->count > d->point ? d->count : d->point;

    if (d->negative)
        *out++ = '-';
    for (int i = d->point < 1 ? 1 : d->point; i < least_digits; i++)
        *out++ = '0';
    if (d->point < 1)
        *out++ = '0';
    for (int at = d->point < 1 ? d->point : 0; at < last; at++) {
        if (at == d->point)
            *out++ = '.';
        *out++ = at >= 0 && at < d->count ? d->digits[at] : '0';
    }
    *out = '\0';
}

/* -- days ----------------------------------------------------------------------------------------
 */

static bool put_moment(double serial, unsigned char format, bool from_1904, char *out)
{
    const double whole = floor(serial);
    int64_t day = (int64_t)whole, second = llround((serial - whole) * DAY_SECONDS);
    char time[16] = "", iso[DAY_ISO_BYTES];

    day += (from_1904 ? FIRST_SERIAL_1904 : 0) + second / DAY_SECONDS;
    second %= DAY_SECONDS;
    if (second != 0 || format == XLSX_TIME)
        snprintf(time, sizeof(time), second % 60 != 0 ? "%02d:%02d:%02d" : "%02d:%02d",
                 (int)(second / 3600), (int)(second / 60 % 60), (int)(second % 60));
    if (format == XLSX_TIME && whole == 0) {
        memcpy(out, time, sizeof(time));
        return true;
    }
    if (day < 1 || day > LAST_SERIAL || day == SERIAL_OF_NO_DAY)
        return false;
    day_iso((int32_t)(day - SERIAL_OF_UNIX_EPOCH + (day < SERIAL_OF_NO_DAY)), iso);
    snprintf(out, XLSX_NUMBER_BYTES, "%s%s%s", iso, *time != '\0' ? " " : "", time);
    return true;
}

enum text_cell_kind xlsx_number(const char *stored, unsigned char format, bool from_1904,
                                char out[XLSX_NUMBER_BYTES])
{
    struct decimal d;

    snprintf(out, XLSX_NUMBER_BYTES, "%s", stored);
    if (!parse_decimal(stored, &d))
        return CELL_PLAIN;
    if ((format == XLSX_DATE || format == XLSX_TIME) && !d.negative && d.point < 8 &&
        put_moment(strtod(stored, NULL), format, from_1904, out))
        return CELL_PLAIN;
    round_decimal(stored, &d);
    if (d.point <= PLAIN_MOST && d.point >= -PLAIN_MOST)
        put_decimal(&d, format > XLSX_ZEROS ? format - XLSX_ZEROS : 0, out);
    return d.point > DIGITS_KEPT ? CELL_ROUNDED : CELL_PLAIN;
}

void xlsx_iso(const char *stored, char out[XLSX_NUMBER_BYTES])
{
    char *time;

    snprintf(out, XLSX_NUMBER_BYTES, "%s", stored);
    time = strchr(out, 'T');
    if (time == NULL)
        return;
    *time = strspn(time + 1, "0:.Z") == strlen(time + 1) ? '\0' : ' ';
}
