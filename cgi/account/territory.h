/* account/territory.h - territories form a tree: what holds for one holds for all that stand below
 * it. */
#pragma once

#include "db/db.h"
#include "text/lang.h"

enum { TERRITORY_DEEP = 8 }; /* levels at most */

extern db_stmt_table territory_statements[];

/* The job that follows a change of territories: what stands in one is placed anew. */
#define TERRITORY_CHANGED "opportunity.territories"

struct territory {
    int64_t id, parent_id; /* parent 0: none */
    const char *name_en, *name_zh;
    bool placed; /* has places of its own, so that something may stand in it */
};
/* All of them, by name; kept as db_kept() does. */
struct err *territories_read(struct db *db, const struct territory **rows_out, size_t *count_out);
const struct territory *territory_find(const struct territory *rows, size_t count, int64_t id);
const char *territory_name(const struct territory *t, enum lang lang);

struct territory_path {
    int64_t ids[TERRITORY_DEEP]; /* the territory itself, then each that it stands below */
    size_t count;                /* 0: none */
};

/* The way up from TERRITORY_ID; 0, and what is none, has none. */
struct err *territory_path_read(struct db *db, int64_t territory_id, struct territory_path *out);
/* Whether TERRITORY_ID stands on the way. */
bool territory_path_has(const struct territory_path *path, int64_t territory_id);
