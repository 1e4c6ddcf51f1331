/* transfer/transfer_sql.c */
#include "transfer/transfer_sql.h"
#include "transfer/transfer.h"

static const struct db_field transfer_fields[] = {
    DB_FIELD(struct transfer, id, DB_I64, 0),
    DB_FIELD(struct transfer, dataset, DB_TEXT, 20),
    DB_FIELD(struct transfer, user_id, DB_I64, 0),
    DB_FIELD(struct transfer, user_name, DB_TEXT, 480),
    DB_FIELD(struct transfer, file_name, DB_TEXT, 400),
    DB_FIELD(struct transfer, state, DB_TEXT, 10),
    DB_FIELD(struct transfer, mode, DB_TEXT, 4),
    DB_FIELD(struct transfer, twins, DB_BOOL, 0),
    DB_FIELD(struct transfer, mails, DB_BOOL, 0),
    DB_FIELD(struct transfer, heads_json, DB_TEXT, 2000),
    DB_FIELD(struct transfer, sample_json, DB_TEXT, 2000),
    DB_FIELD(struct transfer, columns_json, DB_TEXT, 400),
    DB_FIELD(struct transfer, custom_json, DB_TEXT, 400),
    DB_FIELD(struct transfer, heads_hash, DB_BYTES, 32),
    DB_FIELD(struct transfer, message, DB_TEXT, 400),
    DB_FIELD(struct transfer, place, DB_I64, 0),
    DB_FIELD(struct transfer, row_count, DB_I64, 0),
    DB_FIELD(struct transfer, good_count, DB_I64, 0),
    DB_FIELD(struct transfer, fault_count, DB_I64, 0),
    DB_FIELD(struct transfer, twin_count, DB_I64, 0),
    DB_FIELD(struct transfer, made_count, DB_I64, 0),
    DB_FIELD(struct transfer, failed_count, DB_I64, 0),
    DB_FIELD(struct transfer, undone_count, DB_I64, 0),
    DB_FIELD(struct transfer, kept_count, DB_I64, 0),
    DB_FIELD(struct transfer, created_at, DB_AT, 0),
    DB_NULLABLE(struct transfer, checked_at, DB_AT, 0),
    DB_NULLABLE(struct transfer, begun_at, DB_AT, 0),
    DB_NULLABLE(struct transfer, ended_at, DB_AT, 0),
    DB_FIELD(struct transfer, row_version, DB_I64, 0),
    { 0 },
};
#define COLUMNS                                                                                   \
    "id, dataset, user_id, user_name, file_name, state, mode, twins, mails, heads_json, "         \
    "sample_json, columns_json, custom_json, heads_hash, message, place, row_count, good_count, " \
    "fault_count, twin_count, made_count, failed_count, undone_count, kept_count, "               \
    "created_at, checked_at, begun_at, ended_at, row_version"
#define ONE(ident, name_, where, binds_)                                                   \
    const struct db_stmt ident = { .name = name_,                                          \
                                   .sql = "SELECT " COLUMNS " FROM transfer WHERE " where, \
                                   .binds = binds_,                                        \
                                   .fields = transfer_fields,                              \
                                   .row_bytes = sizeof(struct transfer) }
#define LIST(ident, name_, where, order, binds_)                                          \
    const struct db_stmt ident = { .name = name_,                                         \
                                   .sql = "SELECT " COLUMNS " FROM transfer WHERE " where \
                                          " ORDER BY id " order " LIMIT ?",               \
                                   .binds = binds_,                                       \
                                   .fields = transfer_fields,                             \
                                   .row_bytes = sizeof(struct transfer),                  \
                                   .flags = DB_LISTS }
#define WRITE(ident, name_, text, binds_) \
    const struct db_stmt ident = { .name = name_, .sql = text, .binds = binds_, .flags = DB_WRITE }

/* -- staff's pages -------------------------------------------------------------------------------
 */

ONE(transfer_sql_of_staff, "transfer.of_staff", "id = ? AND (user_id = ? OR ? = 1)", "iii");
LIST(transfer_sql_list, "transfer.list", "(user_id = ? OR ? = 1)", "DESC", "iii");
LIST(transfer_sql_list_older, "transfer.list_older", "(user_id = ? OR ? = 1) AND id < ?", "DESC",
     "iiii");
LIST(transfer_sql_list_newer, "transfer.list_newer", "(user_id = ? OR ? = 1) AND id > ?", "ASC",
     "iiii");

WRITE(transfer_sql_insert, "transfer.insert",
      "INSERT INTO transfer (dataset, user_id, user_name, file_name, heads_json, sample_json, "
      "columns_json, custom_json, heads_hash, state, created_at) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      "sissssssbst");

static const struct db_field columns_fields[] = {
    DB_FIELD(struct transfer_columns, columns_json, DB_TEXT, 400),
    { 0 },
};
const struct db_stmt transfer_sql_mapping_get = {
    .name = "transfer.mapping_get",
    .sql = "SELECT columns_json FROM transfer_mapping WHERE dataset = ? AND heads_hash = ?",
    .binds = "sb",
    .fields = columns_fields,
    .row_bytes = sizeof(struct transfer_columns),
};
WRITE(transfer_sql_mapping_put, "transfer.mapping_put",
      "INSERT INTO transfer_mapping (dataset, heads_hash, columns_json, user_id, used_at) "
      "VALUES (?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE columns_json = VALUES(columns_json), "
      "user_id = VALUES(user_id), used_at = VALUES(used_at)",
      "sbsit");

/* Whoever was first was first: the state is part of the condition, and the version that was seen.
 */
#define STILL "WHERE id = ? AND row_version = ? AND state "
WRITE(
    transfer_sql_map, "transfer.map",
    "UPDATE transfer SET columns_json = ?, state = 'reading', row_version = row_version + 1 " STILL
    "= 'mapping'",
    "sii");
WRITE(
    transfer_sql_choose, "transfer.choose",
    "UPDATE transfer SET mode = ?, twins = ?, mails = ?, begun_at = ?, state = 'running', place = 0, "
    "row_version = row_version + 1 " STILL "= 'preview'",
    "siitii");
WRITE(transfer_sql_again, "transfer.again",
      "UPDATE transfer SET state = 'checking', place = 0, good_count = 0, fault_count = 0, "
      "twin_count = 0, row_version = row_version + 1 " STILL "= 'preview'",
      "ii");
WRITE(transfer_sql_drop, "transfer.drop",
      "UPDATE transfer SET state = 'dropped', row_version = row_version + 1 " STILL
      "IN ('mapping', 'reading', 'checking', 'preview')",
      "ii");
WRITE(transfer_sql_undo, "transfer.undo",
      "UPDATE transfer SET state = 'undoing', place = 0, row_version = row_version + 1 " STILL
      "IN ('done', 'stopped')",
      "ii");

static const struct db_field running_fields[] = {
    DB_NULLABLE(struct transfer_running, running_id, DB_I64, 0),
    DB_NULLABLE(struct transfer_running, written_at, DB_AT, 0),
    { 0 },
};
const struct db_stmt transfer_sql_running = {
    .name = "transfer.running",
    .sql = "SELECT running_id, written_at FROM transfer_set WHERE dataset = ?",
    .binds = "s",
    .fields = running_fields,
    .row_bytes = sizeof(struct transfer_running),
};
WRITE(transfer_sql_run_take, "transfer.run_take",
      "UPDATE transfer_set SET running_id = ? WHERE dataset = ? AND running_id IS NULL", "is");
WRITE(transfer_sql_run_drop, "transfer.run_drop",
      "UPDATE transfer_set SET running_id = NULL, written_at = UTC_TIMESTAMP(6) "
      "WHERE dataset = ? AND running_id = ?",
      "si");

static const struct db_field row_fields[] = {
    DB_FIELD(struct transfer_row, line_no, DB_I64, 0),
    DB_FIELD(struct transfer_row, state, DB_TEXT, 8),
    DB_FIELD(struct transfer_row, cells_json, DB_TEXT, 2000),
    DB_FIELD(struct transfer_row, faults_json, DB_TEXT, 1000),
    DB_NULLABLE(struct transfer_row, twin_id, DB_I64, 0),
    DB_NULLABLE(struct transfer_row, twin_line, DB_I64, 0),
    DB_NULLABLE(struct transfer_row, object_id, DB_I64, 0),
    DB_NULLABLE(struct transfer_row, object_version, DB_I64, 0),
    DB_FIELD(struct transfer_row, kept, DB_TEXT, 10),
    { 0 },
};
#define ROW_COLUMNS                                                            \
    "line_no, state, cells_json, faults_json, twin_id, twin_line, object_id, " \
    "object_version, kept"
#define ROWS(ident, name_, where, more, binds_)                                             \
    const struct db_stmt ident = { .name = name_,                                           \
                                   .sql = "SELECT " ROW_COLUMNS                             \
                                          " FROM transfer_row WHERE transfer_id = ? " where \
                                          "ORDER BY line_no" more,                          \
                                   .binds = binds_,                                         \
                                   .fields = row_fields,                                    \
                                   .row_bytes = sizeof(struct transfer_row),                \
                                   .flags = DB_LISTS }
ROWS(transfer_sql_rows, "transfer.rows", "AND line_no > ? ", " LIMIT ?", "iii");
ROWS(transfer_sql_rows_of, "transfer.rows_of", "AND state = ? AND line_no > ? ", " LIMIT ?",
     "isii");
ROWS(transfer_sql_faulty, "transfer.faulty", "AND state IN ('fault', 'failed') ", "", "i");

db_stmt_table transfer_staff_statements[] = {
    &transfer_sql_of_staff,    &transfer_sql_list,     &transfer_sql_list_older,
    &transfer_sql_list_newer,  &transfer_sql_insert,   &transfer_sql_mapping_get,
    &transfer_sql_mapping_put, &transfer_sql_map,      &transfer_sql_choose,
    &transfer_sql_again,       &transfer_sql_drop,     &transfer_sql_undo,
    &transfer_sql_running,     &transfer_sql_run_take, &transfer_sql_rows,
    &transfer_sql_rows_of,     &transfer_sql_faulty,   NULL,
};

/* -- the worker ----------------------------------------------------------------------------------
 */

ONE(transfer_sql_work, "transfer.work", "id = ?", "i");

static const struct db_field person_fields[] = {
    DB_FIELD(struct transfer_person, name, DB_TEXT, 480),
    DB_FIELD(struct transfer_person, email, DB_TEXT, 254),
    DB_FIELD(struct transfer_person, lang, DB_TEXT, 8),
    DB_FIELD(struct transfer_person, zone, DB_TEXT, 60),
    DB_FIELD(struct transfer_person, scopes, DB_TEXT, 60),
    DB_FIELD(struct transfer_person, active, DB_BOOL, 0),
    DB_FIELD(struct transfer_person, department_id, DB_I64, 0),
    DB_FIELD(struct transfer_person, department_last_id, DB_I64, 0),
    { 0 },
};
const struct db_stmt transfer_sql_person = {
    .name = "transfer.person",
    .sql = "SELECT u.name, u.email, u.lang, u.zone, CONCAT(u.scope, ',', IFNULL((SELECT "
           "GROUP_CONCAT(DISTINCT r.scope) FROM user_role x JOIN role r ON r.id = x.role_id "
           "AND r.audience = 'staff' WHERE x.user_id = u.id), '')) AS scopes, "
           "u.status = 'active' AND u.audience = 'staff' AS active, "
           "IFNULL(d.id, 0) AS department_id, IFNULL(d.last_id, 0) AS department_last_id "
           "FROM user u LEFT JOIN department d ON d.id = u.department_id WHERE u.id = ?",
    .binds = "i",
    .fields = person_fields,
    .row_bytes = sizeof(struct transfer_person),
};

static const struct db_field file_fields[] = {
    DB_FIELD(struct transfer_file, file_id, DB_I64, 0),
    DB_FIELD(struct transfer_file, size_bytes, DB_I64, 0),
    DB_FIELD(struct transfer_file, scan, DB_TEXT, 8),
    { 0 },
};
const struct db_stmt transfer_sql_file = {
    .name = "transfer.file",
    .sql = "SELECT a.file_id, f.size_bytes, f.scan FROM attachment a JOIN file f "
           "ON f.id = a.file_id WHERE a.kind = 'transfer' AND a.object_id = ? "
           "AND a.removed_at IS NULL ORDER BY a.id LIMIT 1",
    .binds = "i",
    .fields = file_fields,
    .row_bytes = sizeof(struct transfer_file),
};
static const struct db_field part_fields[] = {
    DB_FIELD(struct transfer_part, data, DB_BYTES, 1 << 20),
    { 0 },
};
const struct db_stmt transfer_sql_parts = {
    .name = "transfer.parts",
    .sql = "SELECT data FROM file_chunk WHERE file_id = ? ORDER BY part",
    .binds = "i",
    .fields = part_fields,
    .row_bytes = sizeof(struct transfer_part),
};
/* Its cells are rows from now on. */
WRITE(transfer_sql_file_done, "transfer.file_done",
      "UPDATE attachment SET removed_at = UTC_TIMESTAMP(6) WHERE kind = 'transfer' "
      "AND object_id = ? AND removed_at IS NULL",
      "i");

WRITE(transfer_sql_stage, "transfer.stage",
      "INSERT INTO transfer_row (transfer_id, line_no, cells_json) SELECT ?, j.line_no, j.cells "
      "FROM JSON_TABLE(?, '$[*]' COLUMNS (line_no INT PATH '$[0]', "
      "cells MEDIUMTEXT PATH '$[1]')) j",
      "is");
WRITE(transfer_sql_staged, "transfer.staged",
      "UPDATE transfer SET place = ?, row_count = row_count + ? WHERE id = ? "
      "AND state = 'reading' AND place = ?",
      "iiii");

ROWS(transfer_sql_all_rows, "transfer.all_rows", "AND line_no > ? ", " LIMIT ?", "iii");
const struct db_stmt transfer_sql_next = {
    .name = "transfer.next",
    .sql = "SELECT " ROW_COLUMNS " FROM transfer_row FORCE INDEX (PRIMARY) WHERE transfer_id = ? "
           "AND line_no > ? AND state IN (?, ?) ORDER BY line_no LIMIT ?",
    .binds = "iissi",
    .fields = row_fields,
    .row_bytes = sizeof(struct transfer_row),
};

static const struct db_field earlier_fields[] = {
    DB_FIELD(struct transfer_earlier, place, DB_I64, 0),
    DB_FIELD(struct transfer_earlier, line_no, DB_I64, 0),
    { 0 },
};
#define BY_KEY(n)                                                                              \
    "(SELECT r.line_no FROM transfer_row r WHERE r.transfer_id = ? AND r.key_" n " = j.key_" n \
    " AND r.line_no < j.line_no ORDER BY r.line_no LIMIT 1)"
const struct db_stmt transfer_sql_earlier = {
    .name = "transfer.earlier",
    .sql = "SELECT j.place, COALESCE(" BY_KEY("1") ", " BY_KEY(
        "2") ", 0) AS line_no "
             "FROM JSON_TABLE(?, '$[*]' COLUMNS (place INT PATH '$[0]', line_no INT PATH '$[1]', "
             "key_1 BIGINT PATH '$[2]', key_2 BIGINT PATH '$[3]')) j",
    .binds = "iis",
    .fields = earlier_fields,
    .row_bytes = sizeof(struct transfer_earlier),
};
/* All lines are there.  Not an UPDATE that joins the list: a cluster refuses that (4165). */
WRITE(transfer_sql_mark, "transfer.mark",
      "INSERT INTO transfer_row (transfer_id, line_no, cells_json, state, faults_json, key_1, "
      "key_2, twin_id, twin_line, object_id, object_version, kept) SELECT ?, j.line_no, '', "
      "j.state, j.faults, j.key_1, j.key_2, j.twin_id, j.twin_line, j.object_id, "
      "j.object_version, j.kept FROM JSON_TABLE(?, '$[*]' COLUMNS (line_no INT PATH '$[0]', "
      "state VARCHAR(8) PATH '$[1]', faults TEXT PATH '$[2]', key_1 BIGINT PATH '$[3]', "
      "key_2 BIGINT PATH '$[4]', twin_id BIGINT PATH '$[5]', twin_line INT PATH '$[6]', "
      "object_id BIGINT PATH '$[7]', object_version BIGINT PATH '$[8]', "
      "kept VARCHAR(10) PATH '$[9]')) j ON DUPLICATE KEY UPDATE state = VALUES(state), "
      "faults_json = VALUES(faults_json), key_1 = VALUES(key_1), key_2 = VALUES(key_2), "
      "twin_id = VALUES(twin_id), twin_line = VALUES(twin_line), "
      "object_id = VALUES(object_id), object_version = VALUES(object_version), "
      "kept = VALUES(kept)",
      "is");
/* Who comes to this line first does what is behind it; the other finds that it is done. */
WRITE(transfer_sql_step, "transfer.step",
      "UPDATE transfer SET place = ?, good_count = good_count + ?, fault_count = fault_count + ?, "
      "twin_count = twin_count + ?, made_count = made_count + ?, failed_count = failed_count + ?, "
      "undone_count = undone_count + ?, kept_count = kept_count + ? "
      "WHERE id = ? AND state = ? AND place = ?",
      "iiiiiiiiisi");
/* Assigned from left to right: STATE in the conditions is the new one.  A check is as fresh as its
 * beginning: what others wrote meanwhile may not have been seen. */
WRITE(transfer_sql_phase, "transfer.phase",
      "UPDATE transfer SET state = ?, message = ?, place = 0, row_version = row_version + 1, "
      "checked_at = IF(state = 'checking', UTC_TIMESTAMP(6), checked_at), "
      "ended_at = IF(state IN ('done', 'stopped', 'undone'), UTC_TIMESTAMP(6), ended_at) "
      "WHERE id = ? AND state = ?",
      "ssis");

/* -- what is old ---------------------------------------------------------------------------------
 */

const struct db_stmt transfer_sql_old = {
    .name = "transfer.old",
    .sql = "SELECT " COLUMNS " FROM transfer WHERE created_at < UTC_TIMESTAMP(6) - INTERVAL ? DAY "
           "AND state NOT IN ('running', 'undoing') ORDER BY created_at LIMIT 1",
    .binds = "i",
    .fields = transfer_fields,
    .row_bytes = sizeof(struct transfer),
};
WRITE(transfer_sql_old_rows, "transfer.old_rows",
      "DELETE FROM transfer_row WHERE transfer_id = ? LIMIT 1000", "i");
WRITE(transfer_sql_old_drop, "transfer.old_drop", "DELETE FROM transfer WHERE id = ?", "i");

db_stmt_table transfer_work_statements[] = {
    &transfer_sql_work,     &transfer_sql_person,    &transfer_sql_file,
    &transfer_sql_parts,    &transfer_sql_file_done, &transfer_sql_stage,
    &transfer_sql_staged,   &transfer_sql_all_rows,  &transfer_sql_next,
    &transfer_sql_earlier,  &transfer_sql_mark,      &transfer_sql_step,
    &transfer_sql_phase,    &transfer_sql_run_drop,  &transfer_sql_old,
    &transfer_sql_old_rows, &transfer_sql_old_drop,  NULL,
};
