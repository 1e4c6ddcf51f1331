/* base/err.c - the error chain.  One allocation an error; the frames stand in it. */
#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FRAMES_MAX = 24, MESSAGE_BYTES = 512, DETAIL_BYTES = 64 };

struct frame {
    const char *file;
    const char *function;
    int line;
};

struct err {
    enum err_kind kind;
    int frame_count; /* may exceed FRAMES_MAX: the rest was not kept */
    struct frame frames[FRAMES_MAX];
    char message[MESSAGE_BYTES];
    char detail[DETAIL_BYTES];
};

static const struct {
    const char *name;
    int http_status;
} kinds[ERR_KIND_COUNT] = {
    [ERR_NONE] = { "none", 200 },
    [ERR_NOT_FOUND] = { "not_found", 404 },
    [ERR_DENIED] = { "denied", 403 },
    [ERR_METHOD] = { "method", 405 },
    [ERR_CONFLICT] = { "conflict", 409 },
    [ERR_INVALID] = { "invalid", 422 },
    [ERR_MALFORMED] = { "malformed", 400 },
    [ERR_TOO_LARGE] = { "too_large", 413 },
    [ERR_TOO_MANY] = { "too_many", 429 },
    [ERR_SIGNED_OUT] = { "signed_out", 303 },
    [ERR_UNAVAILABLE] = { "unavailable", 503 },
    [ERR_AGAIN] = { "again", 500 },
    [ERR_RECONNECT] = { "reconnect", 500 },
    [ERR_DUPLICATE] = { "duplicate", 500 },
    [ERR_DB] = { "db", 500 },
    [ERR_IO] = { "io", 500 },
    [ERR_PARSE] = { "parse", 500 },
    [ERR_CONFIG] = { "config", 500 },
    [ERR_BUG] = { "bug", 500 },
};

static void add_frame(struct err *e, const char *file, int line, const char *function)
{
    if (e->frame_count < FRAMES_MAX)
        e->frames[e->frame_count] = (struct frame){ file, function, line };
    e->frame_count++;
}

struct err *err_raise_at(enum err_kind kind, const char *file, int line, const char *function,
                         const char *fmt, ...)
{
    struct err *e = calloc(1, sizeof(*e));
    va_list ap;

    if (e == NULL)
        abort(); /* no memory for a report of 1 KB: the supervisor starts a fresh process */
    e->kind = kind > ERR_NONE && kind < ERR_KIND_COUNT ? kind : ERR_BUG;
    va_start(ap, fmt);
    vsnprintf(e->message, sizeof(e->message), fmt, ap);
    va_end(ap);
    add_frame(e, file, line, function);
    return e;
}

struct err *err_pass_at(struct err *e, const char *file, int line, const char *function)
{
    if (e != NULL)
        add_frame(e, file, line, function);
    return e;
}

struct err *err_with_detail(struct err *e, const char *detail)
{
    if (e != NULL)
        snprintf(e->detail, sizeof(e->detail), "%s", detail);
    return e;
}

enum err_kind err_kind(const struct err *e)
{
    return e == NULL ? ERR_NONE : e->kind;
}

const char *err_message(const struct err *e)
{
    return e == NULL ? "" : e->message;
}

const char *err_detail(const struct err *e)
{
    return e == NULL ? "" : e->detail;
}

bool err_is(const struct err *e, enum err_kind kind)
{
    return err_kind(e) == kind;
}

bool err_is_refusal(const struct err *e)
{
    return e != NULL && e->kind <= ERR_LAST_REFUSAL;
}

int err_http_status(enum err_kind kind)
{
    return kind >= ERR_NONE && kind < ERR_KIND_COUNT ? kinds[kind].http_status : 500;
}

const char *err_kind_name(enum err_kind kind)
{
    return kind >= ERR_NONE && kind < ERR_KIND_COUNT ? kinds[kind].name : "unknown";
}

void err_trace(const struct err *e, char *out, size_t size)
{
    size_t used;
    int kept;

    if (size == 0)
        return;
    out[0] = '\0';
    if (e == NULL)
        return;
    snprintf(out, size, "%s", e->message);
    kept = e->frame_count < FRAMES_MAX ? e->frame_count : FRAMES_MAX;
    for (int i = 0; i < kept; i++) {
        used = strlen(out);
        snprintf(out + used, size - used, "%s%s:%d %s", i == 0 ? "; from " : " < ",
                 e->frames[i].file, e->frames[i].line, e->frames[i].function);
    }
    if (e->frame_count > kept) {
        used = strlen(out);
        snprintf(out + used, size - used, " < %d more", e->frame_count - kept);
    }
}

void err_free(struct err *e)
{
    free(e);
}

void err_ignore(struct err *e)
{
    free(e);
}
