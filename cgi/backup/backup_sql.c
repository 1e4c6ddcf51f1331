/* backup/backup_sql.c - what a backup asks the server. */
#include "backup/inside.h"

const struct db_stmt backup_server = {
    .name = "backup.server",
    .sql = "SELECT @@datadir AS datadir, @@log_bin_basename AS log_base, @@version AS version",
    .binds = "",
    .fields = (const struct db_field[]){ DB_FIELD(struct server_row, datadir, DB_TEXT, 1000),
                                         DB_NULLABLE(struct server_row, log_base, DB_TEXT, 1000),
                                         DB_FIELD(struct server_row, version, DB_TEXT, 200),
                                         { 0 } },
    .row_bytes = sizeof(struct server_row),
};

static const struct db_field count_fields[] = { DB_FIELD(struct count_row, n, DB_I64, 0), { 0 } };

const struct db_stmt backup_migration = {
    .name = "backup.migration",
    .sql = "SELECT MAX(number) AS n FROM schema_migration WHERE applied_at IS NOT NULL",
    .binds = "",
    .fields = count_fields,
    .row_bytes = sizeof(struct count_row),
};

/* Where the binary log stands: whole transactions up to there. */
const struct db_stmt backup_logs = {
    .name = "backup.logs",
    .sql = "SHOW BINARY LOGS",
    .binds = "",
    .fields =
        (const struct db_field[]){
            { "Log_name", DB_TEXT, offsetof(struct log_row, name), 255, false },
            { "File_size", DB_I64, offsetof(struct log_row, size), 0, false },
            { 0 } },
    .row_bytes = sizeof(struct log_row),
};
