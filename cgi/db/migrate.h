/* db/migrate.h - brings a database to the schema of this program: sql/migrations/NNNN_name.sql in order,
 * each once, each with its checksum remembered; a file that changed after it was applied stops it.
 * Then the grants of every program from sql/grants/PROGRAM.sql. */
#pragma once

#include "base/arena.h"
#include "db/db.h"

/* SAY (may be NULL) is called with one line per step. */
struct err *migrate_run(struct db *db, struct arena *a, const char *sql_dir,
                        void (*say)(const char *line));
/* Replaces the rights of fw_PROGRAM by those of the file, for every file in sql/grants. */
struct err *migrate_grants(struct db *db, struct arena *a, const char *sql_dir, const char *db_name,
                           void (*say)(const char *line));
/* ERR_CONFIG when the database is older than the newest file, or newer than this program. */
struct err *migrate_check(struct db *db, struct arena *a, const char *sql_dir);
