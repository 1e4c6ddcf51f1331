/* base/arena.h - memory that lives as long as one request, one job, one command.
 *
 * Everything is zeroed, aligned for any type, and freed together.  No call returns NULL: with no
 * memory left the process logs one line and exits, its open transaction rolls back, and its master
 * starts a fresh worker.  (A library may not do that; a supervised program can, and thereby loses
 * thousands of branches that nobody could test.) */
#pragma once

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

/* CHUNK_BYTES is the size of the first block, which is kept through arena_clear(). */
struct arena *arena_new(size_t chunk_bytes);
void arena_free(struct arena *a); /* NULL is allowed */

void *arena_alloc(struct arena *a, size_t size_bytes);
void *arena_array(struct arena *a, size_t count, size_t size_bytes); /* checks the product */
char *arena_dup(struct arena *a, const char *text);                  /* NULL gives "" */
char *arena_dup_bytes(struct arena *a, const void *data, size_t size_bytes); /* adds an end mark */
/* The texts one after another: what pages say thousands of times, printf() would read anew each
 * time. arena_join(a, "/partner/deals/", number, "/take", NULL) */
char *arena_join(struct arena *a, const char *first, ...) __attribute__((sentinel));
/* BEFORE, which may be "", and the number behind it: arena_number(a, "OP-", id) */
char *arena_number(struct arena *a, const char *before, int64_t number);
char *arena_printf(struct arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
char *arena_vprintf(struct arena *a, const char *fmt, va_list ap)
    __attribute__((format(printf, 2, 0)));

/* FN(ARG) runs when the arena is cleared or freed; the last one added runs first. */
void arena_on_clear(struct arena *a, void (*fn)(void *arg), void *arg);
/* Runs the callbacks, gives back every block but the first. */
void arena_clear(struct arena *a);
size_t arena_used_bytes(const struct arena *a);
