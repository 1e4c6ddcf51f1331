/* base/err.h - errors as a chain: the place that failed, then each function that passed it on.
 *
 * A function that can fail returns NULL when all went well and otherwise an error, which the caller
 * either passes on (err_pass, TRY), answers itself (err_kind, then err_free), or drops on purpose
 * (err_ignore, with a comment that says why).  An error is logged once, by whoever stops it.
 *
 * A refusal is an answer that the visitor caused; every other kind is our fault or our
 * surroundings'.  Refusals carry no trace worth reading and are not logged as errors. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct err;

enum err_kind {
    ERR_NONE = 0,
    /* refusals */
    ERR_NOT_FOUND,   /* absent, or not this actor's to see: 404 */
    ERR_DENIED,      /* form token missing or wrong, foreign Origin: 403 */
    ERR_METHOD,      /* the path exists, the method does not: 405 */
    ERR_CONFLICT,    /* changed by somebody else since it was read, or the state forbids it: 409 */
    ERR_INVALID,     /* input did not pass its form: 422 */
    ERR_MALFORMED,   /* bytes that are no request of ours: 400 */
    ERR_TOO_LARGE,   /* 413 */
    ERR_TOO_MANY,    /* rate limit: 429 */
    ERR_SIGNED_OUT,  /* a session is needed and there is none: the log-in page */
    ERR_UNAVAILABLE, /* the database is away or too busy: 503 with Retry-After */
    ERR_LAST_REFUSAL = ERR_UNAVAILABLE,
    /* faults */
    ERR_AGAIN,     /* this transaction lost; run it again as a whole on the same connection */
    ERR_RECONNECT, /* the connection is gone; run the transaction again on a new one */
    ERR_DUPLICATE, /* a unique key was hit; err_detail() names the key */
    ERR_DB,        /* any other database error */
    ERR_IO,
    ERR_PARSE, /* bytes from outside that do not follow their format */
    ERR_CONFIG,
    ERR_BUG,
    ERR_KIND_COUNT
};

/* Begins a chain.  The message is for the log, in English, without secrets.  Never returns NULL. */
#define err_raise(kind, ...) err_raise_at((kind), __FILE__, __LINE__, __func__, __VA_ARGS__)
/* Adds this place to the chain.  NULL stays NULL. */
#define err_pass(e) err_pass_at((e), __FILE__, __LINE__, __func__)

#ifdef __clang_analyzer__
/* What a static analyzer cannot see from a header: an error is one from the start and stays one. */
#undef err_raise
#undef err_pass
#define err_raise(kind, ...)                                                                   \
    ({                                                                                         \
        struct err *raised_ = err_raise_at((kind), __FILE__, __LINE__, __func__, __VA_ARGS__); \
        if (raised_ == NULL)                                                                   \
            __builtin_unreachable();                                                           \
        raised_;                                                                               \
    })
#define err_pass(e) (e)
#endif

/* Leaves the function with the error of CALL, if it has one. */
#define TRY(call)                      \
    do {                               \
        struct err *try_err_ = (call); \
        if (try_err_ != NULL)          \
            return err_pass(try_err_); \
    } while (0)

/* The same for functions that have something to undo: sets E and goes to LABEL. */
#define TRY_TO(label, e, call) \
    do {                       \
        (e) = (call);          \
        if ((e) != NULL) {     \
            (e) = err_pass(e); \
            goto label;        \
        }                      \
    } while (0)

struct err *err_raise_at(enum err_kind kind, const char *file, int line, const char *function,
                         const char *fmt, ...)
    __attribute__((format(printf, 5, 6), returns_nonnull));
struct err *err_pass_at(struct err *e, const char *file, int line, const char *function);

/* Attaches a short machine-readable word: the key that was hit, the field that is wrong.  Copied,
 * cut at 63 bytes.  Returns E, so that it can stand in a return statement. */
struct err *err_with_detail(struct err *e, const char *detail);

enum err_kind err_kind(const struct err *e);  /* ERR_NONE for NULL */
const char *err_message(const struct err *e); /* lives as long as E */
const char *err_detail(const struct err *e);  /* "" when none was attached */
bool err_is(const struct err *e, enum err_kind kind);
bool err_is_refusal(const struct err *e);
int err_http_status(enum err_kind kind);       /* 500 for anything that is no refusal */
const char *err_kind_name(enum err_kind kind); /* "not_found": for logs */

/* One line: "message; from a.c:10 f < b.c:20 g".  Writes at most SIZE bytes with the end mark. */
void err_trace(const struct err *e, char *out, size_t size);

void err_free(struct err *e); /* NULL is allowed */
/* Drops an error on purpose; the caller says why in a comment. */
void err_ignore(struct err *e);
