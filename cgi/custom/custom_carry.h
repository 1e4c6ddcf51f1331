/* custom/custom_carry.h - what a record has in the vendor's own fields, for another kind of record
 * that is made of it. */
#pragma once

#include "access/audit.h"
#include "custom/custom.h"

struct custom_carried {
    enum custom_kind from, to;
    int64_t from_id, to_id;
};
/* A value goes to the field of the same key and type, where that has none and takes it: within its
 * limits, of a choice an option of the same key that is offered; and never from a field that only
 * staff see to one that partners see.  Writes PART of what EYES may, with an event in the trail of
 * the record it comes to.  ERR_AGAIN when somebody wrote there meanwhile. */
struct err *custom_carry(struct db *db, struct arena *a, const struct audit_who *who,
                         enum custom_eyes eyes, enum custom_part part,
                         const struct custom_carried *carried);
