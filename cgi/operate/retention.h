/* operate/retention.h - how long each table's rows stay.  A table that is not named here fails
 * tests/tables/test_retention.c: whoever makes one says what becomes of its rows. */
#pragma once

enum retention_kind {
    KEPT_A_TIME = 1, /* removed by the worker */
    KEPT_WITH,       /* removed or replaced with what they belong to */
    KEPT_SET_UP,     /* what staff set up: grows with the vendor, not with use */
    KEPT_EVER        /* business records and evidence */
};

struct retention {
    const char *table; /* NULL ends the list */
    enum retention_kind kind;
    const char *how; /* a purge's statement or parameter, an owner, or why */
};

extern const struct retention retention_rows[];
const char *retention_kind_name(enum retention_kind kind);
