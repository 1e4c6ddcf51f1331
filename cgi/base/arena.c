/* base/arena.c - a list of blocks, filled from the front of the newest. */
#include "base/arena.h"
#include "base/fault.h"
#include "base/log.h"
#include "base/str.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A text of a format is first written to the stack: most are shorter. */
enum { SHORT_BYTES = 256 };

struct block {
    struct block *older;
    size_t size, used;
    alignas(max_align_t) unsigned char data[];
};

struct callback {
    struct callback *older;
    void (*fn)(void *arg);
    void *arg;
};

struct arena {
    struct block *newest;
    struct callback *callbacks;
    size_t chunk_bytes;
    size_t used_bytes;
};

static void *need(void *memory)
{
    if (memory == NULL)
        log_die("out of memory");
    return memory;
}

static struct block *block_new(size_t size, struct block *older)
{
    struct block *b = need(malloc(sizeof(*b) + size));

    b->older = older;
    b->size = size;
    b->used = 0;
    return b;
}

struct arena *arena_new(size_t chunk_bytes)
{
    struct arena *a = need(calloc(1, sizeof(*a)));

    a->chunk_bytes = chunk_bytes < 256 ? 256 : chunk_bytes;
    a->newest = block_new(a->chunk_bytes, NULL);
    return a;
}

/* Not zeroed. */
static void *take(struct arena *a, size_t size_bytes)
{
    const size_t align = alignof(max_align_t);
    struct block *b = a->newest;
    size_t start = (b->used + align - 1) & ~(align - 1);

    if (size_bytes > SIZE_MAX / 4)
        log_die("arena: absurd size");
    if (FAULT(FAULT_MEMORY))
        need(NULL);
    if (start > b->size || size_bytes > b->size - start) {
        b = block_new(size_bytes > a->chunk_bytes ? size_bytes : a->chunk_bytes, b);
        a->newest = b;
        start = 0;
    }
    b->used = start + size_bytes;
    a->used_bytes += size_bytes;
    return b->data + start;
}

void *arena_alloc(struct arena *a, size_t size_bytes)
{
    return memset(take(a, size_bytes), 0, size_bytes);
}

void *arena_array(struct arena *a, size_t count, size_t size_bytes)
{
    size_t total;

    if (__builtin_mul_overflow(count, size_bytes, &total))
        log_die("arena: absurd count");
    return arena_alloc(a, total);
}

char *arena_dup_bytes(struct arena *a, const void *data, size_t size_bytes)
{
    char *copy = take(a, size_bytes + 1);

    if (size_bytes > 0)
        memcpy(copy, data, size_bytes);
    copy[size_bytes] = '\0';
    return copy;
}

char *arena_dup(struct arena *a, const char *text)
{
    return text == NULL ? arena_alloc(a, 1) : arena_dup_bytes(a, text, strlen(text));
}

char *arena_join(struct arena *a, const char *first, ...)
{
    size_t len = strlen(first);
    const char *text;
    char *out, *to;
    va_list ap;

    va_start(ap, first);
    while ((text = va_arg(ap, const char *)) != NULL)
        len += strlen(text);
    va_end(ap);
    out = take(a, len + 1);
    to = stpcpy(out, first);
    va_start(ap, first);
    while ((text = va_arg(ap, const char *)) != NULL)
        to = stpcpy(to, text);
    va_end(ap);
    return out;
}

char *arena_number(struct arena *a, const char *before, int64_t number)
{
    char digits[STR_I64_BYTES];

    return arena_join(a, before, str_from_i64(number, digits), NULL);
}

char *arena_vprintf(struct arena *a, const char *fmt, va_list ap)
{
    char text[SHORT_BYTES];
    va_list again;
    char *out;
    int len;

    /* The sanitizers' own checks make gcc take a null for possible here. */
    if (fmt == NULL)
        log_die("arena: no format");
    va_copy(again, ap);
    len = vsnprintf(text, sizeof(text), fmt, again);
    va_end(again);
    if (len < 0)
        log_die("arena: format");
    if ((size_t)len < sizeof(text))
        return arena_dup_bytes(a, text, (size_t)len);
    out = take(a, (size_t)len + 1);
    vsnprintf(out, (size_t)len + 1, fmt, ap);
    return out;
}

char *arena_printf(struct arena *a, const char *fmt, ...)
{
    va_list ap;
    char *out;

    va_start(ap, fmt);
    out = arena_vprintf(a, fmt, ap);
    va_end(ap);
    return out;
}

void arena_on_clear(struct arena *a, void (*fn)(void *arg), void *arg)
{
    struct callback *c = arena_alloc(a, sizeof(*c));

    *c = (struct callback){ a->callbacks, fn, arg };
    a->callbacks = c;
}

static void run_callbacks(struct arena *a)
{
    while (a->callbacks != NULL) {
        struct callback *c = a->callbacks;

        a->callbacks = c->older;
        c->fn(c->arg);
    }
}

void arena_clear(struct arena *a)
{
    run_callbacks(a);
    while (a->newest->older != NULL) {
        struct block *b = a->newest;

        a->newest = b->older;
        free(b);
    }
    a->newest->used = 0;
    a->used_bytes = 0;
}

void arena_free(struct arena *a)
{
    if (a == NULL)
        return;
    arena_clear(a);
    free(a->newest);
    free(a);
}

size_t arena_used_bytes(const struct arena *a)
{
    return a->used_bytes;
}
