/* receipt/log.h - the transparency log in the database: appending, its heads, proofs and tiles.
 *
 * Leaves are audit events (the 32 bytes of the event's hash) and statements of receipts; nothing
 * but hashes of leaves ever leaves the portal.  A head is signed in the transaction that made it,
 * so that the log never has a size without one. */
#pragma once

#include "crypt/tlog.h"
#include "receipt/log_key.h"

extern db_stmt_table log_append_statements[]; /* the worker */
extern db_stmt_table log_read_statements[];   /* programs that show proofs */
extern db_stmt_table log_find_statements[];   /* log_find_receipt() */

enum log_kind { LOG_AUDIT, LOG_RECEIPT };
const char *log_kind_name(enum log_kind kind);

/* -- appending -----------------------------------------------------------------------------------
 */

/* Part of the log's form: a head with so many leaves more than the one before it may have left
 * older events to the next, and every other head has all that were there.  Whoever changes it makes
 * heads of before look otherwise. */
enum { LOG_BATCH = 1000 };

/* Signs statements that are not signed yet, the oldest first, at most LOG_BATCH; in the open write
 * transaction. */
struct err *log_sign_receipts(struct db *db, struct arena *a, const struct log_signer *signer,
                              int64_t *count_out);
/* Appends what is no leaf yet, at most LOG_BATCH of it, and signs the new head; in the open write
 * transaction.  Events come in the order of their ids, except where a transaction with a lower id
 * was committed later; none is skipped.  Two at once: the second waits, or gets ERR_AGAIN. */
struct err *log_append(struct db *db, struct arena *a, const struct log_signer *signer,
                       int64_t *count_out);
/* Whether a statement waits for its signature: one look into an index. */
struct err *log_waits_for_signature(struct db *db, struct arena *a, bool *waits_out);

/* -- reading -------------------------------------------------------------------------------------
 */

struct log_checkpoint_row {
    int64_t size;
    const char *note; /* signed */
    int64_t at;
};

/* The newest head; NULL while the log is empty. */
struct err *log_checkpoint_newest(struct db *db, struct arena *a, struct log_checkpoint_row **out);
/* The oldest head that has leaf INDEX: it was signed when the leaf was added. */
struct err *log_checkpoint_of(struct db *db, struct arena *a, int64_t leaf_index,
                              struct log_checkpoint_row **out);
/* Complete nodes, for proofs.  READ is struct log_reader's; keep it as long as the reader. */
struct log_reader {
    struct db *db;
    struct arena *a;
    struct merkle_reader reader;
};
void log_reader_init(struct log_reader *r, struct db *db, struct arena *a);
/* A proof that leaf INDEX is in the log of the newest head.  ERR_NOT_FOUND when that is smaller. */
struct err *log_proof(struct db *db, struct arena *a, int64_t leaf_index, struct tlog_proof *out);
/* Which leaf a statement about a registration is; -1 when it is none (yet). */
struct err *log_find_receipt(struct db *db, struct arena *a, int64_t deal_id, const char *statement,
                             size_t len, int64_t *leaf_index_out);
/* The hashes of a tile, TILE->width of them; false when the log is too small for it.  A partial
 * tile is there in every width that the log has reached, for readers with an older head. */
struct err *log_tile(struct db *db, struct arena *a, const struct tlog_tile *tile,
                     struct merkle_hash *hashes_out, bool *found_out);
