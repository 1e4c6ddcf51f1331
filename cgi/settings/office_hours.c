/* settings/office_hours.c */
#include "settings/office_hours.h"

#include "base/str.h"

#include <string.h>

enum { MINUTES_OF_HOUR = 60, MINUTES_OF_DAY = 1440, LONGEST = 100 };

/* What a sign of another keyboard stands for. */
static const struct {
    const char *sign;
    char plain;
} signs[] = {
    { "\xe2\x80\x93", '-' }, /* en dash */
    { "\xe2\x80\x94", '-' }, /* em dash */
    { "\xef\xbd\x9e", '-' }, /* full-width tilde */
    { "~", '-' },
    { "\xef\xbc\x9a", ':' }, /* full-width colon */
    { "\xef\xbc\x8c", ',' }, /* full-width comma */
    { "\xe3\x80\x81", ',' }, /* enumeration comma */
    { ";", ',' },
};

/* Plain signs, without spaces.  False when it does not fit. */
static bool plain(const char *text, char out[LONGEST])
{
    size_t len = 0;

    while (*text != '\0') {
        size_t i = 0;

        if (len + 1 == LONGEST)
            return false;
        if (*text == ' ') {
            text++;
            continue;
        }
        while (i < ARRAY_LEN(signs) && !str_starts(text, signs[i].sign))
            i++;
        if (i < ARRAY_LEN(signs)) {
            out[len++] = signs[i].plain;
            text += strlen(signs[i].sign);
        } else {
            out[len++] = *text++;
        }
    }
    out[len] = '\0';
    return true;
}

/* One or two digits. */
static bool read_digits(const char **at, int *out)
{
    size_t digits = strspn(*at, "0123456789");

    if (digits < 1 || digits > 2)
        return false;
    *out = 0;
    for (; digits > 0; digits--)
        *out = *out * 10 + (*(*at)++ - '0');
    return true;
}

/* "9:30", "09:30" or "9". */
static bool read_minute(const char **at, int *out)
{
    int hour, minute = 0;

    if (!read_digits(at, &hour))
        return false;
    if (**at == ':') {
        ++*at;
        if (!read_digits(at, &minute) || minute >= MINUTES_OF_HOUR)
            return false;
    }
    *out = hour * MINUTES_OF_HOUR + minute;
    return *out <= MINUTES_OF_DAY;
}

static bool read_span(const char **at, struct office_span *out)
{
    if (!read_minute(at, &out->from_minute) || **at != '-')
        return false;
    ++*at;
    return read_minute(at, &out->until_minute) && out->from_minute < out->until_minute;
}

bool office_hours_read(const char *text, struct office_span spans[OFFICE_SPANS], size_t *count_out)
{
    char signs_only[LONGEST] = "";
    const char *at = signs_only;
    size_t count = 0;

    *count_out = 0;
    if (!plain(text, signs_only))
        return false;
    while (*at != '\0') {
        if (count == OFFICE_SPANS || !read_span(&at, &spans[count]) ||
            (count > 0 && spans[count].from_minute < spans[count - 1].until_minute))
            return false;
        count++;
        if (*at == ',' && at[1] != '\0')
            at++;
        else if (*at != '\0')
            return false;
    }
    *count_out = count;
    return true;
}

char *office_hours_text(struct arena *a, const struct office_span *spans, size_t count)
{
    char *text = arena_dup(a, "");

    for (size_t i = 0; i < count; i++)
        text = arena_printf(
            a, "%s%s%02d:%02d-%02d:%02d", text, i > 0 ? ", " : "",
            spans[i].from_minute / MINUTES_OF_HOUR, spans[i].from_minute % MINUTES_OF_HOUR,
            spans[i].until_minute / MINUTES_OF_HOUR, spans[i].until_minute % MINUTES_OF_HOUR);
    return text;
}
