/* text/ical.c */
#include "text/ical.h"

#include "base/clock.h"

#include <stdio.h>
#include <string.h>

enum { LINE_BYTES = 75 };

/* A line as it grows: how many bytes stand in its present part. */
struct line {
    struct buf *out;
    size_t used;
};

/* A character of LEN bytes is never divided. */
static void put(struct line *line, const char *c, size_t len)
{
    if (line->used + len > LINE_BYTES) {
        buf_puts(line->out, "\r\n ");
        line->used = 1;
    }
    buf_add(line->out, c, len);
    line->used += len;
}

static size_t char_bytes(const char *text)
{
    size_t len = 1;

    while (((unsigned char)text[len] & 0xC0) == 0x80)
        len++;
    return len;
}

static void put_plain(struct line *line, const char *text)
{
    for (size_t len; *text != '\0'; text += len) {
        len = char_bytes(text);
        put(line, text, len);
    }
}

/* 3.3.11: backslash, semicolon, comma and line ends are written as two characters. */
static void put_escaped(struct line *line, const char *text)
{
    for (size_t len; *text != '\0'; text += len) {
        len = char_bytes(text);
        if (*text == '\n')
            put(line, "\\n", 2);
        else if (strchr("\\;,", *text) != NULL)
            put(line, (const char[]){ '\\', *text }, 2);
        else if (len > 1 || ((unsigned char)*text >= ' ' && *text != 0x7F))
            put(line, text, len);
    }
}

static void end_line(struct line *line)
{
    buf_puts(line->out, "\r\n");
    line->used = 0;
}

static void plain(struct buf *out, const char *name, const char *value)
{
    struct line line = { .out = out };

    put_plain(&line, name);
    put_plain(&line, value);
    end_line(&line);
}

static void text(struct buf *out, const char *name, const char *value)
{
    struct line line = { .out = out };

    if (*value == '\0')
        return;
    put_plain(&line, name);
    put_escaped(&line, value);
    end_line(&line);
}

static void instant(struct buf *out, const char *name, int64_t at)
{
    const struct civil c = civil_from_us(at);
    char value[64];

    snprintf(value, sizeof(value), "%04d%02d%02dT%02d%02d%02dZ", c.year, c.month, c.day, c.hour,
             c.minute, c.second);
    plain(out, name, value);
}

static void day(struct buf *out, const char *name, int32_t day)
{
    int year, month, mday;
    char value[48];

    day_to_civil(day, &year, &month, &mday);
    snprintf(value, sizeof(value), "%04d%02d%02d", year, month, mday);
    plain(out, name, value);
}

void ical_begin(struct buf *out, const char *name)
{
    plain(out, "BEGIN:VCALENDAR", "");
    plain(out, "VERSION:2.0", "");
    plain(out, "PRODID:-//Fairway//Fairway//EN", "");
    plain(out, "CALSCALE:GREGORIAN", "");
    text(out, "X-WR-CALNAME:", name);
}

void ical_add(struct buf *out, const struct ical_event *event)
{
    plain(out, "BEGIN:VEVENT", "");
    text(out, "UID:", event->uid);
    instant(out, "DTSTAMP:", event->changed_at);
    if (event->day != DAY_NONE) {
        day(out, "DTSTART;VALUE=DATE:", event->day);
        day(out, "DTEND;VALUE=DATE:", event->day + 1);
    } else {
        instant(out, "DTSTART:", event->at);
    }
    text(out, "SUMMARY:", event->summary);
    text(out, "DESCRIPTION:", event->description);
    if (*event->url != '\0')
        plain(out, "URL:", event->url);
    plain(out, "TRANSP:TRANSPARENT", "");
    plain(out, "END:VEVENT", "");
}

void ical_end(struct buf *out)
{
    plain(out, "END:VCALENDAR", "");
}
