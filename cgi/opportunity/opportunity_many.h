/* opportunity/opportunity_many.h - opportunities as an import makes them and takes them back. */
#pragma once

#include "opportunity/opportunity.h"

extern db_stmt_table opportunity_many_statements[]; /* the worker, fairwayctl */

/* A reason_code: the import that made it was taken back.  Nobody chooses it. */
#define OPPORTUNITY_IMPORT_UNDONE "import_undone"

/* What finds an open one again: its customer and its name, whatever its letter case. */
struct opportunity_key {
    int64_t customer_id;
    const char *name;
};
/* The latest open one of the same name for the same customer; 0: none.  COUNT is some hundreds. */
struct err *opportunity_like_many(struct db *db, struct arena *a,
                                  const struct opportunity_key *keys, size_t count,
                                  int64_t *ids_out);
/* What never leaves the vendor, of a new one. */
struct err *opportunity_note_add(struct db *db, const struct deal_actor *by, int64_t id,
                                 const char *note);

enum opportunity_kept {
    OPPORTUNITY_ENDED,
    OPPORTUNITY_GONE,
    OPPORTUNITY_CHANGED,
    OPPORTUNITY_USED
};
struct opportunity_undone {
    int64_t id, row_version; /* as it was made */
    const char *import;      /* "IM-12" */
};
/* Closes one as lost that is as it was made and that nobody did anything with: what happened to it
 * stays. */
struct err *opportunity_undo(struct db *db, struct arena *a, const struct deal_actor *by,
                             const struct opportunity_undone *undone,
                             enum opportunity_kept *kept_out);
