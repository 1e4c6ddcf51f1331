/* custom/custom_inside.h - what the ways to write values share: changes are gathered together with
 * what the trail says of them. */
#pragma once

#include "access/audit.h"
#include "base/buf.h"
#include "custom/custom.h"

struct custom_saving {
    struct db *db;
    struct arena *a;
    struct audit_who who;
    const struct custom_set *set;
    struct custom_change *changes;
    size_t count;
    struct buf before, after; /* of the trail: members of an object */
};
/* Ended by custom_saving_write(), or custom_saving_free() alone. */
void custom_saving_begin(struct custom_saving *s, const struct custom_set *set);
void custom_saving_free(struct custom_saving *s);
/* A value of a record that had HAD; nothing where they are the same. */
void custom_saving_add(struct custom_saving *s, const struct custom_field *field,
                       const struct custom_value *had, struct custom_value value);
/* By PUT, custom_put() or custom_add(), with an event in the trail of record AUDIT_ID. */
struct err *custom_saving_write(struct custom_saving *s, int64_t object_id, int64_t audit_id,
                                struct err *(*put)(struct db *db, const struct custom_set *set,
                                                   const struct custom_change *changes,
                                                   size_t count));

/* As custom_put(), of values where there are none.  ERR_AGAIN where there is one all the same. */
struct err *custom_add(struct db *db, const struct custom_set *set,
                       const struct custom_change *changes, size_t count);
