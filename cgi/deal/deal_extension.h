/* deal/deal_extension.h - an extension of a protection: a record of its own, asked for by the
 * partner before the end, decided by staff.  The registration stays approved meanwhile. */
#pragma once

#include "deal/deal.h"
#include "web/form.h"

extern db_stmt_table deal_extension_statements[]; /* asking: the partner's program */

struct deal_extension_input {
    int64_t row_version;
    const char *progress, *days;
};
extern const struct form deal_extension_form;

struct deal_extension_ask {
    const char *progress;
    const char *days; /* of the form's choices */
};
/* ERR_CONFLICT with the detail "state", "pending", "most" or "over" when it may not be asked. */
struct err *deal_extension_ask(struct db *db, struct arena *a, const struct deal_actor *by,
                               struct deal *deal, const struct deal_extension_ask *ask);
/* An English message id for a detail of the above. */
const char *deal_extension_refusal(const char *detail);
