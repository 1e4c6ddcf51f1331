/* lead/lead_many.h - leads as an import makes them and takes them back. */
#pragma once

#include "lead/lead.h"

extern db_stmt_table lead_many_statements[]; /* the worker, fairwayctl */

/* What finds a lead again: the core of its company's name, and the address of its person. */
struct lead_key {
    int64_t core_hash;
    const char *country, *email;
};
struct lead_key lead_key_of(struct arena *a, struct match_names *names, const struct lead *lead);
/* The latest lead of the same company or person that was not thrown away; 0: none.  COUNT is some
 * hundreds. */
struct err *lead_like_many(struct db *db, struct arena *a, const struct lead_key *keys,
                           size_t count, int64_t *ids_out);

enum lead_kept { LEAD_ENDED, LEAD_GONE, LEAD_CHANGED, LEAD_USED };
struct lead_undone {
    int64_t id, row_version; /* as it was made */
    const char *import;      /* "IM-12" */
};
/* Ends a lead that is as it was made and that nobody did anything with: what happened to it stays.
 */
struct err *lead_undo(struct db *db, struct arena *a, const struct lead_actor *by,
                      const struct lead_undone *undone, enum lead_kept *kept_out);
