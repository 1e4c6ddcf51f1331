/* crypt/canon.h - JSON in its canonical form (RFC 8785, restricted to texts, whole numbers, lists
 * and objects), so that equal content has equal bytes and can be hashed and signed: names in
 * ascending order, no white space, UTF-8 as it is, numbers within 2^53 - 1. */
#pragma once

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

#include <stddef.h>
#include <stdint.h>

enum canon_kind { CANON_TEXT, CANON_NUMBER, CANON_LIST, CANON_OBJECT };
#define CANON_NUMBER_MAX (((int64_t)1 << 53) - 1)

/* A member of an object, or an item of a list (then without a name). */
struct canon {
    const char *name; /* [a-z0-9_]+ */
    enum canon_kind kind;
    const char *text;
    int64_t number;
    const struct canon *items; /* of a list or an object */
    size_t item_count;
};

#define CANON_T(n, t) ((struct canon){ .name = (n), .kind = CANON_TEXT, .text = (t) })
#define CANON_N(n, v) ((struct canon){ .name = (n), .kind = CANON_NUMBER, .number = (v) })
#define CANON_L(n, i, c) \
    ((struct canon){ .name = (n), .kind = CANON_LIST, .items = (i), .item_count = (c) })
#define CANON_O(n, i, c) \
    ((struct canon){ .name = (n), .kind = CANON_OBJECT, .items = (i), .item_count = (c) })

/* Adds the object of MEMBERS, in any order.  ERR_INVALID for a repeated or ill-formed name, text
 * that is no UTF-8, a number out of range, or more than 8 levels. */
struct err *canon_write(const struct canon *members, size_t count, struct buf *out);
/* The same as a text in the arena, for a row.  On an error *TEXT_OUT stays. */
struct err *canon_text(struct arena *a, const struct canon *members, size_t count,
                       const char **text_out);
/* Reads an object of texts and numbers alone, without levels; texts live in the arena.  ERR_PARSE
 * unless writing it again gives the same bytes. */
struct err *canon_read_flat(struct arena *a, const char *data, size_t len,
                            struct canon **members_out, size_t *count_out);
/* The member called NAME, or NULL. */
const struct canon *canon_find(const struct canon *members, size_t count, const char *name);
