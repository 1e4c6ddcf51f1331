/* opportunity/opportunity_setup_sql.c */
#include "opportunity/opportunity_setup_sql.h"

#include "opportunity/opportunity_setup.h"

static const struct db_field stage_fields[] = {
    DB_FIELD(struct stage_row, id, DB_I64, 0),
    DB_FIELD(struct stage_row, name_en, DB_TEXT, 240),
    DB_FIELD(struct stage_row, name_zh, DB_TEXT, 240),
    DB_FIELD(struct stage_row, sort, DB_I64, 0),
    DB_FIELD(struct stage_row, kind, DB_TEXT, 8),
    DB_FIELD(struct stage_row, probability, DB_I64, 0),
    DB_FIELD(struct stage_row, category, DB_TEXT, 10),
    DB_FIELD(struct stage_row, needed, DB_TEXT, 200),
    DB_FIELD(struct stage_row, stale_days, DB_I64, 0),
    DB_FIELD(struct stage_row, active, DB_BOOL, 0),
    DB_FIELD(struct stage_row, row_version, DB_I64, 0),
    { 0 },
};
/* Not the kept copy: what is written stands on what is stored. */
const struct db_stmt opportunity_setup_stages = {
    .name = "opportunity.setup_stages",
    .sql = "SELECT id, name_en, name_zh, sort, kind, probability, category, needed, stale_days, "
           "active, row_version FROM opportunity_stage WHERE pipeline_id = ? ORDER BY sort, id",
    .binds = "i",
    .fields = stage_fields,
    .row_bytes = sizeof(struct stage_row),
    .flags = DB_WHOLE_TABLE,
};
static const struct db_field use_fields[] = {
    DB_FIELD(struct use_row, used, DB_BOOL, 0),
    DB_FIELD(struct use_row, open, DB_BOOL, 0),
    { 0 },
};
const struct db_stmt opportunity_setup_use = {
    .name = "opportunity.setup_use",
    .sql = "SELECT EXISTS (SELECT 1 FROM opportunity_step WHERE stage_id = ?) OR EXISTS (SELECT 1 "
           "FROM opportunity_step WHERE from_stage_id = ?) OR EXISTS (SELECT 1 FROM opportunity "
           "WHERE stage_id = ?) AS used, EXISTS (SELECT 1 FROM opportunity WHERE stage_id = ? AND "
           "state = 'open') AS open",
    .binds = "iiii",
    .fields = use_fields,
    .row_bytes = sizeof(struct use_row),
};
const struct db_stmt opportunity_setup_stage_insert = {
    .name = "opportunity.setup_stage_insert",
    .sql = "INSERT INTO opportunity_stage (id, pipeline_id, code, name_en, name_zh, sort, kind, "
           "probability, category, needed, stale_days, active) SELECT n.next, ?, "
           "CONCAT('stage_', n.next), ?, ?, ?, 'open', ?, ?, ?, ?, ? FROM (SELECT MAX(id) + 1 AS "
           "next FROM opportunity_stage) n",
    .binds = "issiissii",
    .flags = DB_WRITE,
};
const struct db_stmt opportunity_setup_stage_update = {
    .name = "opportunity.setup_stage_update",
    .sql = "UPDATE opportunity_stage SET name_en = ?, name_zh = ?, probability = ?, category = ?, "
           "needed = ?, stale_days = ?, active = ?, row_version = row_version + 1 WHERE id = ? AND "
           "row_version = ?",
    .binds = "ssissiiii",
    .flags = DB_WRITE,
};
const struct db_stmt opportunity_setup_stage_sort = {
    .name = "opportunity.setup_stage_sort",
    .sql = "UPDATE opportunity_stage SET sort = ?, row_version = row_version + 1 WHERE id = ? AND "
           "row_version = ?",
    .binds = "iii",
    .flags = DB_WRITE,
};
const struct db_stmt opportunity_setup_stage_delete = {
    .name = "opportunity.setup_stage_delete",
    .sql = "DELETE FROM opportunity_stage WHERE id = ? AND row_version = ? AND kind = 'open'",
    .binds = "ii",
    .flags = DB_WRITE,
};

static const struct db_field reason_fields[] = {
    DB_FIELD(struct reason_row, code, DB_TEXT, 20),
    DB_FIELD(struct reason_row, kind, DB_TEXT, 8),
    DB_FIELD(struct reason_row, text_en, DB_TEXT, 480),
    DB_FIELD(struct reason_row, text_zh, DB_TEXT, 480),
    DB_FIELD(struct reason_row, sort, DB_I64, 0),
    DB_FIELD(struct reason_row, active, DB_BOOL, 0),
    DB_FIELD(struct reason_row, row_version, DB_I64, 0),
    { 0 },
};
const struct db_stmt opportunity_setup_reasons = {
    .name = "opportunity.setup_reasons",
    .sql = "SELECT code, kind, text_en, text_zh, sort, active, row_version FROM "
           "opportunity_reason ORDER BY kind, sort, code",
    .binds = "",
    .fields = reason_fields,
    .row_bytes = sizeof(struct reason_row),
    .flags = DB_WHOLE_TABLE,
};
const struct db_stmt opportunity_setup_reason_insert = {
    .name = "opportunity.setup_reason_insert",
    .sql = "INSERT INTO opportunity_reason (code, kind, text_en, text_zh, sort, active) SELECT "
           "CONCAT('reason_', n.next), ?, ?, ?, ?, ? FROM (SELECT COUNT(*) + 1 AS next FROM "
           "opportunity_reason) n",
    .binds = "sssii",
    .flags = DB_WRITE,
};
const struct db_stmt opportunity_setup_reason_update = {
    .name = "opportunity.setup_reason_update",
    .sql = "UPDATE opportunity_reason SET text_en = ?, text_zh = ?, sort = ?, active = ?, "
           "row_version = row_version + 1 WHERE code = ? AND row_version = ?",
    .binds = "ssiisi",
    .flags = DB_WRITE,
};
db_stmt_table opportunity_setup_statements[] = {
    &opportunity_setup_stages,        &opportunity_setup_use,
    &opportunity_setup_stage_insert,  &opportunity_setup_stage_update,
    &opportunity_setup_stage_sort,    &opportunity_setup_stage_delete,
    &opportunity_setup_reasons,       &opportunity_setup_reason_insert,
    &opportunity_setup_reason_update, NULL,
};
