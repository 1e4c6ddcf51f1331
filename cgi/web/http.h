/* web/http.h - the bytes of a request as names and values.  Pure: no state, no surroundings; every
 * function here reads what a stranger sent, and is fuzzed.
 *
 * All refusals are ERR_MALFORMED (400) or ERR_TOO_LARGE (413).  Text is valid UTF-8 without NUL
 * when it leaves these functions; only the bytes of a file may be anything.  Results live in the
 * arena. */
#pragma once

#include "base/arena.h"
#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>

enum {
    HTTP_PATH_MAX = 1024,     /* bytes, decoded */
    HTTP_QUERY_MAX = 4096,    /* bytes, as sent */
    HTTP_HEADER_MAX = 8192,   /* bytes of one header's value */
    HTTP_SEGMENTS_MAX = 12,   /* parts of a path */
    HTTP_PAIRS_MAX = 1000,    /* names and values of a body or query */
    HTTP_NAME_MAX = 64,       /* bytes of a name */
    HTTP_PARTS_MAX = 200,     /* parts of a multipart body */
    HTTP_PART_HEAD_MAX = 1024 /* bytes of a part's headers */
};

struct http_pair {
    const char *name;
    const char *value; /* ended by NUL; a file may hold more NULs before */
    size_t len;
    const char *file_name; /* what the visitor's browser called it; NULL: no file */
};

struct http_pairs {
    struct http_pair *items; /* in the order of the body */
    size_t count;
};

/* application/x-www-form-urlencoded, strict: name=value joined by &, each % followed by two digits.
 */
struct err *http_read_urlencoded(struct arena *a, const char *data, size_t len,
                                 struct http_pairs *pairs_out);
/* multipart/form-data (RFC 7578) whole in memory.  A file part without name and bytes, which
 * browsers send for an empty file input, is left out. */
struct err *http_read_multipart(struct arena *a, const char *boundary, const char *data, size_t len,
                                struct http_pairs *pairs_out);
/* The boundary of "multipart/form-data; boundary=x"; NULL when it is no such type, or a bad one. */
const char *http_boundary(struct arena *a, const char *content_type);
/* True for "application/x-www-form-urlencoded", with or without parameters. */
bool http_is_urlencoded(const char *content_type);

/* The cookies that are ours: their names begin with fw- or __Host-fw-.  Others are skipped, however
 * odd: a neighbour's cookie must not lock anybody out. */
void http_read_cookies(struct arena *a, const char *header, struct http_pairs *pairs_out);

/* Digits only, no sign, no leading zeros, at most 18 digits. */
bool http_read_length(const char *text, size_t *len_out);

/* A path that is decoded already: begins with a slash, no empty or dotted parts, no control
 * characters, no backslash.  Its parts in SEGMENTS; "/" has none, and a last empty part
 * ("/partner/") is kept. */
struct err *http_read_path(struct arena *a, const char *path,
                           const char *segments[HTTP_SEGMENTS_MAX], size_t *count_out);

/* The first pair of this name, or NULL. */
const struct http_pair *http_find(const struct http_pairs *pairs, const char *name);

/* True for an address of this portal that a redirect may take: begins with exactly one slash, no
 * backslash, no control characters or spaces, also after decoding once and twice. */
bool http_is_local_address(const char *address);

/* TEXT with everything but unreserved characters (and the slash, when KEEP_SLASH) as %XX. */
char *http_encode(struct arena *a, const char *text, bool keep_slash);

/* The address without the pair NAME in its query, then with NAME=VALUE unless VALUE is NULL. */
char *http_with_param(struct arena *a, const char *path, const char *query, const char *name,
                      const char *value);
