/* transfer/transfer_sql.h - the statements of imports: a table for staff's pages and one for the
 * worker. */
#pragma once

#include "db/stmt.h"

struct transfer {
    int64_t id, user_id, row_version, place;
    const char *dataset, *user_name, *file_name, *state, *mode, *heads_json, *sample_json,
        *columns_json, *message, *custom_json;
    struct bytes heads_hash;
    bool twins, mails;
    int64_t row_count, good_count, fault_count, twin_count, made_count, failed_count, undone_count,
        kept_count;
    int64_t created_at, checked_at, begun_at, ended_at;
};
/* Who brought it. */
struct transfer_person {
    int64_t department_id, department_last_id;
    const char *name, *email, *lang, *zone, *scopes;
    bool active;
};
struct transfer_row {
    int64_t line_no, twin_id, twin_line, object_id, object_version;
    const char *state, *cells_json, *faults_json, *kept;
};
struct transfer_earlier {
    int64_t place, line_no;
};
struct transfer_file {
    int64_t file_id, size_bytes;
    const char *scan;
};
struct transfer_part {
    struct bytes data;
};
struct transfer_columns {
    const char *columns_json;
};
struct transfer_running {
    int64_t running_id, written_at;
};

/* The actor's own, or of all with 1. */
extern const struct db_stmt transfer_sql_of_staff, transfer_sql_list, transfer_sql_list_older,
    transfer_sql_list_newer;
extern const struct db_stmt transfer_sql_insert, transfer_sql_mapping_get, transfer_sql_mapping_put,
    transfer_sql_map, transfer_sql_choose, transfer_sql_drop, transfer_sql_undo, transfer_sql_again;
extern const struct db_stmt transfer_sql_rows, transfer_sql_rows_of, transfer_sql_faulty;
extern const struct db_stmt transfer_sql_running, transfer_sql_run_take, transfer_sql_run_drop;

extern const struct db_stmt transfer_sql_work, transfer_sql_person, transfer_sql_file,
    transfer_sql_parts, transfer_sql_file_done, transfer_sql_stage, transfer_sql_staged,
    transfer_sql_next, transfer_sql_earlier, transfer_sql_mark, transfer_sql_step,
    transfer_sql_phase, transfer_sql_old, transfer_sql_old_rows, transfer_sql_old_drop,
    transfer_sql_all_rows;
