/* backup/inside.h - what the files of this room share; nobody else includes it. */
#pragma once

#include "backup/backup.h"
#include "base/proc.h"

/* -- backup_sql.c: what is asked of the server */

struct server_row {
    const char *datadir, *log_base, *version; /* log_base: NULL without a binary log */
};
struct count_row {
    int64_t n;
};
struct log_row {
    const char *name;
    int64_t size;
};
extern const struct db_stmt backup_server, backup_migration, backup_tables, backup_logs;

/* -- backup_log.c */

/* "binlog.000012" -> 12; -1 when it has no number. */
int64_t backup_log_number(const char *name);

/* -- restore_server.c: a server of our own on restored data */

struct restore_server {
    struct proc proc;
    const char *socket, *data, *log;
};
/* Starts it on the folder DATA, reachable by its socket alone, without accounts. */
struct err *restore_server_start(const struct backup_job *job, const char *data,
                                 struct restore_server *server);
/* Ends it in order; ERR_IO when it did not. */
struct err *restore_server_stop(struct restore_server *server);
/* Runs the binary logs of the backup on it.  UNTIL 0: to their end. */
struct err *restore_replay(const struct backup_job *job, const struct restore_server *server,
                           const struct manifest *m, int64_t until);

/* -- restore_check.c */

/* Counts and checks what the server has; says what it finds, and how many faults there are. */
struct err *restore_check(const struct backup_job *job, const struct restore_server *server,
                          const struct manifest *m, int64_t *faults_out);
