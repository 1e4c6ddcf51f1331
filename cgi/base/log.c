/* base/log.c - builds a line on the stack and writes it with one write(), so that the lines of
 * several processes on one descriptor never mix. */
#include "base/log.h"
#include "base/clock.h"
#include "base/str.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* KEPT_BYTES of a line are for the members after a value that had to be cut. */
enum { LINE_BYTES = 4096, KEPT_BYTES = 300 };

static const char *const level_names[] = { "debug", "info", "warn", "error" };
static enum log_level least_level = LOG_INFO;
static const char *program_name = "fairway";
static void (*line_sink)(const char *line);

struct line {
    char text[LINE_BYTES];
    size_t len;
};

/* Room is kept for the closing brace, the line end and the end mark. */
static void add(struct line *l, const char *text, size_t len)
{
    size_t room = sizeof(l->text) - 4 - l->len;

    if (len > room)
        len = room;
    memcpy(l->text + l->len, text, len);
    l->len += len;
}

/* The bytes of the code point at P; 0 when none begins there. */
static size_t point_bytes(const unsigned char *p)
{
    const size_t left = strnlen((const char *)p, 4);

    for (size_t bytes = 1; bytes <= left; bytes++)
        if (utf8_valid((const char *)p, bytes))
            return bytes;
    return 0;
}

/* Adds the code point at P, escaped where JSON wants it; what is no UTF-8 becomes U+FFFD. */
static void add_point(struct line *l, const unsigned char *p, size_t bytes)
{
    char escaped[8];

    if (bytes == 0) {
        add(l, "\\ufffd", 6);
    } else if (*p == '"' || *p == '\\') {
        add(l, (char[]){ '\\', (char)*p }, 2);
    } else if (*p < 0x20 || *p == 0x7f) {
        snprintf(escaped, sizeof(escaped), "\\u%04x", *p);
        add(l, escaped, 6);
    } else {
        add(l, (const char *)p, bytes);
    }
}

static void add_quoted(struct line *l, const char *text)
{
    const unsigned char *p = (const unsigned char *)text;

    add(l, "\"", 1);
    while (*p != '\0') {
        const size_t bytes = point_bytes(p);

        if (l->len > sizeof(l->text) - KEPT_BYTES) {
            add(l, "...", 3);
            break;
        }
        add_point(l, p, bytes);
        p += bytes == 0 ? 1 : bytes;
    }
    add(l, "\"", 1);
}

static void add_value(struct line *l, const struct log_value *v)
{
    char number[STR_I64_BYTES];

    /* the key, and at the least a cut value or a number: a line is never cut inside a member */
    if (strlen(v->key) + 40 > sizeof(l->text) - 4 - l->len)
        return;
    add(l, ",\"", 2);
    add(l, v->key, strlen(v->key)); /* keys are ours: plain words */
    add(l, "\":", 2);
    if (v->text != NULL) {
        add_quoted(l, v->text);
    } else {
        const char *digits = str_from_i64(v->number, number);

        add(l, digits, strlen(digits));
    }
}

static void emit(struct line *l)
{
    ssize_t written;

    l->text[l->len++] = '}';
    l->text[l->len] = '\0';
    if (line_sink != NULL) {
        line_sink(l->text);
        return;
    }
    l->text[l->len++] = '\n';
    written = write(STDERR_FILENO, l->text, l->len);
    (void)written; /* a log that cannot be written is nothing to fail a request for */
}

void log_values(enum log_level level, const char *event, const struct log_value *values)
{
    struct line l = { .len = 0 };
    char at[CLOCK_ISO_BYTES];

    if (level < least_level)
        return;
    clock_iso(clock_now_us(), at);
    add(&l, "{\"at\":", 6);
    add_quoted(&l, at);
    add_value(&l, &LOG_S("level", level_names[level]));
    add_value(&l, &LOG_S("program", program_name));
    add_value(&l, &LOG_I("pid", getpid()));
    add_value(&l, &LOG_S("event", event));
    for (; values->key != NULL; values++)
        add_value(&l, values);
    emit(&l);
}

void log_set_level(enum log_level least)
{
    least_level = least;
}

void log_set_program(const char *name)
{
    program_name = name;
}

void log_set_sink(void (*fn)(const char *line))
{
    line_sink = fn;
}

void log_die(const char *why)
{
    log_event(LOG_ERROR, "die", LOG_S("message", why));
    _exit(70);
}
