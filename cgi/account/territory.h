/* account/territory.h - territories form a tree: what holds for one holds for all that stand below
 * it. */
#pragma once

#include "db/db.h"

enum { TERRITORY_DEEP = 8 }; /* levels at most */

extern db_stmt_table territory_statements[];

struct territory_path {
    int64_t ids[TERRITORY_DEEP]; /* the territory itself, then each that it stands below */
    size_t count;                /* 0: none */
};

/* The way up from TERRITORY_ID; 0, and what is none, has none. */
struct err *territory_path_read(struct db *db, int64_t territory_id, struct territory_path *out);
/* Whether TERRITORY_ID stands on the way. */
bool territory_path_has(const struct territory_path *path, int64_t territory_id);
