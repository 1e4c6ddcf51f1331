/* job/inside.h - what the files of this room share; nobody else includes it. */
#pragma once

#include "base/arena.h"
#include "db/db.h"

/* One statement in a transaction of its own.  *changed_out: it changed exactly one row. */
struct err *job_change(struct db *db, const struct db_stmt *st, const struct db_arg *args,
                       bool *changed_out);
/* The rows of one statement in a reading transaction of its own; as db_list(). */
struct err *job_list(struct db *db, struct arena *a, const struct db_stmt *st,
                     const struct db_arg *args, void *rows_out, size_t *count_out);
