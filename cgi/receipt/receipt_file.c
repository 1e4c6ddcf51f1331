/* receipt/receipt_file.c - a row of table receipt, its signature and its proof as one file. */
#include "receipt/receipt_file.h"

#include "base/str.h"
#include "receipt/log.h"

#include <string.h>

static const struct db_field fields[] = {
    DB_FIELD(struct receipt_row, id, DB_I64, 0),
    DB_FIELD(struct receipt_row, leaf_index, DB_I64, 0),
    DB_FIELD(struct receipt_row, event, DB_TEXT, 14),
    DB_FIELD(struct receipt_row, statement, DB_TEXT, 1000),
    DB_NULLABLE(struct receipt_row, note, DB_TEXT, 1200),
    DB_FIELD(struct receipt_row, salt, DB_BYTES, RECEIPT_SALT_BYTES),
    DB_FIELD(struct receipt_row, made_at, DB_AT, 0),
    DB_NULLABLE(struct receipt_row, signed_at, DB_AT, 0),
    { 0 },
};
#define COLUMNS \
    "id, COALESCE(leaf_index, -1) AS leaf_index, event, statement, note, salt, made_at, signed_at"

static const struct db_stmt list_rows = {
    .name = "receipt.of_deal",
    .sql = "SELECT " COLUMNS " FROM receipt WHERE deal_id = ? ORDER BY id DESC",
    .binds = "i",
    .fields = fields,
    .row_bytes = sizeof(struct receipt_row),
    .flags = DB_LISTS,
};
static const struct db_stmt one_row = {
    .name = "receipt.one_of_deal",
    .sql = "SELECT " COLUMNS " FROM receipt WHERE deal_id = ? AND id = ?",
    .binds = "ii",
    .fields = fields,
    .row_bytes = sizeof(struct receipt_row),
};
db_stmt_table receipt_file_statements[] = { &list_rows, &one_row, NULL };

struct err *receipts_of_deal(struct db *db, struct arena *a, int64_t deal_id,
                             struct receipt_row **rows_out, size_t *count_out)
{
    return err_pass(db_list(db, a, &list_rows, DB_ARGS(DB_I(deal_id)), rows_out, count_out));
}

struct err *receipt_of_deal(struct db *db, struct arena *a, int64_t deal_id, int64_t id,
                            struct receipt_row **out)
{
    struct receipt_row *row = arena_alloc(a, sizeof(*row));
    bool found;

    TRY(db_one(db, a, &one_row, DB_ARGS(DB_I(deal_id), DB_I(id)), row, &found));
    *out = found ? row : NULL;
    return NULL;
}

struct err *receipt_make(struct db *db, struct arena *a, const struct receipt_row *row,
                         struct receipt *out)
{
    if (str_is_empty(row->note))
        return err_raise(ERR_CONFLICT, "receipt %lld is not signed yet", (long long)row->id);
    if (row->salt.len != RECEIPT_SALT_BYTES)
        return err_raise(ERR_DB, "receipt %lld has no salt", (long long)row->id);
    TRY(receipt_parse_statement(a, row->note, strlen(row->note), out));
    memcpy(out->salt, row->salt.data, RECEIPT_SALT_BYTES);
    out->has_salt = true;
    if (row->leaf_index < 0)
        return NULL;
    out->pending = false;
    return err_pass(log_proof(db, a, row->leaf_index, &out->proof));
}

const char *receipt_file_name(struct arena *a, int64_t deal_id, const struct receipt_row *row)
{
    return arena_printf(a, "DR-%lld-%s-%lld" RECEIPT_EXTENSION, (long long)deal_id, row->event,
                        (long long)row->id);
}
