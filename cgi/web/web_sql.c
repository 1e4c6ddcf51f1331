/* web/web_sql.c - the statements of the gates. */
#include "web/web_sql.h"

#include "access/brand.h"

const struct db_stmt form_use_record = {
    .name = "web.form_use_record",
    .sql = "INSERT INTO form_use (token_hash, user_id, route, body_hash, result, used_at)"
           " VALUES (?, ?, ?, ?, '', UTC_TIMESTAMP(6))",
    .binds = "bisb",
    .flags = DB_WRITE,
};

const struct db_stmt form_use_result = {
    .name = "web.form_use_result",
    .sql = "UPDATE form_use SET result = ? WHERE token_hash = ?",
    .binds = "sb",
    .flags = DB_WRITE,
};

static const struct db_field form_use_fields[] = {
    DB_FIELD(struct form_use_row, route, DB_TEXT, 60),
    DB_FIELD(struct form_use_row, result, DB_TEXT, 2000),
    DB_FIELD(struct form_use_row, user_id, DB_I64, 0),
    DB_FIELD(struct form_use_row, body_hash, DB_BYTES, 32),
    { 0 },
};

const struct db_stmt form_use_find = {
    .name = "web.form_use_find",
    .sql = "SELECT route, result, user_id, body_hash FROM form_use WHERE token_hash = ?",
    .binds = "b",
    .fields = form_use_fields,
    .row_bytes = sizeof(struct form_use_row),
};

/* Two statements instead of ON DUPLICATE KEY UPDATE, which asks for the right to change every
 * column that it inserts, while staff.fcgi may only change last_at. */
const struct db_stmt opened_insert = {
    .name = "web.opened_insert",
    .sql = "INSERT INTO opened (kind, object_id, user_id, day, user_name, first_at, last_at)"
           " VALUES (?, ?, ?, UTC_DATE(), ?, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))",
    .binds = "siis",
    .flags = DB_WRITE,
};

/* A row that was touched a moment ago stays as it is: a reload then writes nothing. */
const struct db_stmt opened_touch = {
    .name = "web.opened_touch",
    .sql = "UPDATE opened SET last_at = UTC_TIMESTAMP(6) WHERE kind = ? AND object_id = ?"
           " AND user_id = ? AND day = UTC_DATE()"
           " AND last_at < UTC_TIMESTAMP(6) - INTERVAL 1 MINUTE",
    .binds = "sii",
    .flags = DB_WRITE,
};

db_stmt_table web_statements[] = { &form_use_record, &form_use_result, &form_use_find,
                                   &brand_statement, NULL };
db_stmt_table opened_statements[] = { &opened_insert, &opened_touch, NULL };
