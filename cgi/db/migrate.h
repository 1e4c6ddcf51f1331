/* db/migrate.h - brings a database to the schema of this program: sql/migrations/NNNN_name.sql in
 * order, each once, each with its checksum remembered; a file that changed after it was applied
 * stops it.  Then the rights of every program's account, from sql/grants/PROGRAM.sql.
 *
 * MariaDB cannot take back a change of the schema.  A file that fails half-way is therefore
 * remembered up to its last statement that worked: it may be corrected from there on, and the next
 * run goes on after that statement. */
#pragma once

#include "base/arena.h"
#include "db/db.h"

/* What migrate_check() runs: for a program that does not open lazily. */
extern db_stmt_table migrate_check_statements[];

/* Applies what is missing; DB is lazily opened and not inside a transaction.  SAY (may be NULL) is
 * called with one line per step.  Of two at once the second waits for the first. */
struct err *migrate_run(struct db *db, struct arena *a, const char *sql_dir,
                        void (*say)(const char *line));
/* Replaces the rights that each account fw_PROGRAM has in the schema DB_NAME by those of its file,
 * on every host that it has an account for.  In a file, @DB@ stands for the schema and @ACCOUNT@
 * for the account.  What is as it should be already is left alone. */
struct err *migrate_grants(struct db *db, struct arena *a, const char *sql_dir, const char *db_name,
                           void (*say)(const char *line));
/* Whether every account has the rights of its file: calls SAY for each that has not, and counts
 * them. Changes nothing. */
struct err *migrate_grants_check(struct db *db, struct arena *a, const char *sql_dir,
                                 const char *db_name, void (*say)(const char *line),
                                 int *differing_out);
/* ERR_CONFIG when the database is older than the newest file, or newer than this program, or when a
 * file was changed after it was applied. */
struct err *migrate_check(struct db *db, struct arena *a, const char *sql_dir);
