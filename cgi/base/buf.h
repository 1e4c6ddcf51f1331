/* base/buf.h - a growing buffer with a sticky error: add as often as you like, ask once at the end.
 * Always NUL-terminated, so that data can be used as text.  Heap memory, so that one buffer can be
 * reused for request after request without growing again. */
#pragma once

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

struct buf {
    char *data; /* never NULL after buf_init */
    size_t len;
    size_t cap;
    size_t max;  /* adding beyond it sets failed; 0: no limit */
    bool failed; /* something did not fit; what is there is complete up to a call's boundary */
};

void buf_init(struct buf *b, size_t first_bytes, size_t max_bytes);
void buf_free(struct buf *b);
void buf_reset(struct buf *b); /* empty again, memory kept */
void buf_add(struct buf *b, const void *data, size_t len);
void buf_puts(struct buf *b, const char *text);
void buf_putc(struct buf *b, char c);
void buf_printf(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* TEXT as a JSON string with its quotes.  Control characters are escaped, UTF-8 passes. */
void buf_json(struct buf *b, const char *text);
/* TEXT escaped for HTML content and attributes. */
void buf_html(struct buf *b, const char *text);
