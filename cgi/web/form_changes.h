/* web/form_changes.h - what a form changed, for the audit trail: the fields that differ between
 * what was stored and what was typed, each as a JSON object under the fields' own names. */
#pragma once

#include "web/request.h"

struct form_changes {
    const char *before, *after; /* "{}" both when nothing differs; BEFORE NULL: it was made */
};
/* Of which form, and which fields are told though they did not change, since they say what it is:
 * names separated by spaces; NULL: none. */
struct form_of {
    const struct form *form;
    const char *named;
};

/* BEFORE and AFTER are structs of the form's shape, BEFORE NULL for what was not there: then all
 * that has a value is told.  Texts stay as they are, days are "2026-11-29", amounts "12.5", flags 0
 * or 1, repeated fields lists of what was typed; what is empty is "".  Versions, secrets and files
 * are left out, and so are fields that come from data; of long texts the first 2000 bytes are told.
 */
struct err *form_changes(struct arena *a, struct form_of of, const void *before, const void *after,
                         struct form_changes *out);
/* request_audit() of that, by the route's name. */
struct err *form_audit(struct request *req, const char *kind, int64_t object_id, struct form_of of,
                       const void *before, const void *after);
