/* base/buf.c */
#include "base/buf.h"
#include "base/fault.h"
#include "base/log.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* No more than the limit and the end mark. */
static size_t capped(const struct buf *b, size_t cap)
{
    return b->max != 0 && cap > b->max + 1 ? b->max + 1 : cap;
}

void buf_init(struct buf *b, size_t first_bytes, size_t max_bytes)
{
    *b = (struct buf){ .max = max_bytes };
    b->cap = capped(b, first_bytes < 64 ? 64 : first_bytes);
    b->data = malloc(b->cap);
    if (b->data == NULL)
        log_die("out of memory");
    b->data[0] = '\0';
}

void buf_free(struct buf *b)
{
    free(b->data);
    *b = (struct buf){ 0 };
}

void buf_reset(struct buf *b)
{
    b->len = 0;
    b->failed = false;
    b->data[0] = '\0';
}

static bool grow(struct buf *b, size_t len)
{
    size_t cap = b->cap;

    if (b->failed)
        return false;
    if (len > SIZE_MAX / 4 || (b->max != 0 && len > b->max - b->len)) {
        b->failed = true;
        return false;
    }
    while (len >= cap - b->len)
        cap *= 2;
    cap = capped(b, cap);
    b->data = realloc(b->data, cap);
    if (b->data == NULL || FAULT(FAULT_MEMORY))
        log_die("out of memory");
    b->cap = cap;
    return true;
}

/* True when LEN more bytes and the end mark have room; CAP is at most MAX and the end mark. */
static inline bool make_room(struct buf *b, size_t len)
{
    return (len < b->cap - b->len && !b->failed) || grow(b, len);
}

void buf_add(struct buf *b, const void *data, size_t len)
{
    if (len == 0 || !make_room(b, len))
        return;
    memcpy(b->data + b->len, data, len);
    b->len += len;
    b->data[b->len] = '\0';
}

void buf_puts(struct buf *b, const char *text)
{
    buf_add(b, text, strlen(text));
}

void buf_putc(struct buf *b, char c)
{
    buf_add(b, &c, 1);
}

void buf_printf(struct buf *b, const char *fmt, ...)
{
    const size_t room = b->cap - b->len;
    va_list ap;
    int len;

    /* Most find room at once, and need not be written a second time. */
    va_start(ap, fmt);
    len = vsnprintf(b->data + b->len, room, fmt, ap);
    va_end(ap);
    if (len < 0 || !make_room(b, (size_t)len)) {
        b->data[b->len] = '\0';
        b->failed = true;
        return;
    }
    if ((size_t)len >= room) {
        va_start(ap, fmt);
        vsnprintf(b->data + b->len, (size_t)len + 1, fmt, ap);
        va_end(ap);
    }
    b->len += (size_t)len;
}

void buf_json(struct buf *b, const char *text)
{
    buf_putc(b, '"');
    for (const unsigned char *p = (const unsigned char *)text; *p != '\0'; p++) {
        if (*p == '"' || *p == '\\')
            buf_add(b, (char[]){ '\\', (char)*p }, 2);
        else if (*p < 0x20 || *p == 0x7f)
            buf_printf(b, "\\u%04x", *p);
        else
            buf_putc(b, (char)*p);
    }
    buf_putc(b, '"');
}

static const char *html_entity(char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return NULL;
    }
}

void buf_html(struct buf *b, const char *text)
{
    const char *start = text;

    for (; *text != '\0'; text++) {
        const char *entity = html_entity(*text);

        if (entity == NULL)
            continue;
        buf_add(b, start, (size_t)(text - start));
        buf_puts(b, entity);
        start = text + 1;
    }
    buf_add(b, start, (size_t)(text - start));
}
