/* access/permission.h - what a person may do.  One list, access/permissions.def, makes the enum,
 * the names in the database, the role editor and the tests.  Numbers are fixed for good: they stand
 * as bits in session rows. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

enum audience {
    AUD_UNSET = 0, /* a forgotten member: refused at start-up */
    AUD_PUBLIC,    /* anyone, also somebody who is logged in */
    AUD_PARTNER,
    AUD_CUSTOMER,
    AUD_STAFF,
    AUD_SIGNED_IN, /* for routes: any of partner, customer, staff */
    AUD_COUNT
};

enum permission {
    PERM_UNSET = 0,
    PERM_PUBLIC = 1, /* for routes that need none: only with AUD_PUBLIC */
    PERM_SELF = 2,   /* what everybody may do to his own profile: only with AUD_SIGNED_IN */
#define PERM(number, id, name, audiences, help) PERM_##id = (number),
#include "access/permissions.def"
#undef PERM
    PERM_LIMIT = 256
};

struct permission_set {
    uint64_t bits[PERM_LIMIT / 64];
};

struct permission_row {
    enum permission permission;
    const char *name;   /* "deal.submit" */
    unsigned audiences; /* bits 1 << AUD_x: whose roles may have it */
    const char *help;   /* English message id */
};

extern const struct permission_row permission_rows[]; /* ended by { 0 } */

bool permission_has(const struct permission_set *set, enum permission p);
void permission_add(struct permission_set *set, enum permission p);
/* NULL when there is none of that name. */
const struct permission_row *permission_find(const char *name);
const char *audience_name(enum audience audience); /* "partner" */
enum audience audience_find(const char *name);     /* AUD_UNSET when unknown */
