/* receipt/receipt_file.h - stored receipts of a registration as the files that people keep. */
#pragma once

#include "crypt/receipt.h"
#include "db/db.h"

extern db_stmt_table receipt_file_statements[];

struct receipt_row {
    int64_t id, leaf_index;               /* leaf_index: -1 until it is in the log */
    const char *event, *statement, *note; /* note: signed; NULL until then */
    struct bytes salt;
    int64_t made_at, signed_at;
};

/* All receipts of a registration, the newest first.  Whose it is the caller knows. */
struct err *receipts_of_deal(struct db *db, struct arena *a, int64_t deal_id,
                             struct receipt_row **rows_out, size_t *count_out);
/* One of them; NULL when it is not that registration's. */
struct err *receipt_of_deal(struct db *db, struct arena *a, int64_t deal_id, int64_t id,
                            struct receipt_row **out);
/* The receipt with its proof, or pending.  ERR_CONFLICT when it is not signed yet. */
struct err *receipt_make(struct db *db, struct arena *a, const struct receipt_row *row,
                         struct receipt *out);
/* "DR-10423-submitted-71.fairway-receipt" */
const char *receipt_file_name(struct arena *a, int64_t deal_id, const struct receipt_row *row);
