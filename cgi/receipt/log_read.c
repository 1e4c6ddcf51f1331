/* receipt/log_read.c - heads, proofs and tiles, from what the worker stored. */
#include "receipt/log.h"

#include <string.h>

static const struct db_field checkpoint_fields[] = {
    DB_FIELD(struct log_checkpoint_row, size, DB_I64, 0),
    DB_FIELD(struct log_checkpoint_row, note, DB_TEXT, 1024),
    DB_FIELD(struct log_checkpoint_row, at, DB_AT, 0),
    { 0 },
};
static const struct db_stmt newest = {
    .name = "log.checkpoint_newest",
    .sql = "SELECT size, note, at FROM log_checkpoint ORDER BY size DESC LIMIT 1",
    .binds = "",
    .fields = checkpoint_fields,
    .row_bytes = sizeof(struct log_checkpoint_row),
};
static const struct db_stmt first_of = {
    .name = "log.checkpoint_of",
    .sql = "SELECT size, note, at FROM log_checkpoint WHERE size > ? ORDER BY size LIMIT 1",
    .binds = "i",
    .fields = checkpoint_fields,
    .row_bytes = sizeof(struct log_checkpoint_row),
};

struct hash_row {
    struct bytes hash;
};
static const struct db_field hash_fields[] = {
    DB_FIELD(struct hash_row, hash, DB_BYTES, MERKLE_HASH_BYTES),
    { 0 },
};
static const struct db_stmt read_leaves = {
    .name = "log.leaves",
    .sql = "SELECT leaf_hash AS hash FROM log_leaf WHERE leaf_index >= ? AND leaf_index < ?"
           " ORDER BY leaf_index",
    .binds = "ii",
    .fields = hash_fields,
    .row_bytes = sizeof(struct hash_row),
    .flags = DB_LISTS,
};
static const struct db_stmt read_nodes = {
    .name = "log.nodes",
    .sql = "SELECT hash FROM log_node WHERE level = ? AND node_index >= ? AND node_index < ?"
           " ORDER BY node_index",
    .binds = "iii",
    .fields = hash_fields,
    .row_bytes = sizeof(struct hash_row),
    .flags = DB_LISTS,
};

struct place {
    int64_t leaf_index;
};
static const struct db_field place_fields[] = { DB_FIELD(struct place, leaf_index, DB_I64, 0),
                                                { 0 } };
static const struct db_stmt find_leaf = {
    .name = "log.find_receipt",
    .sql = "SELECT l.leaf_index FROM receipt r JOIN log_leaf l ON l.leaf_index = r.leaf_index"
           " WHERE r.deal_id = ? AND l.leaf_hash = ? LIMIT 1",
    .binds = "ib",
    .fields = place_fields,
    .row_bytes = sizeof(struct place),
};
db_stmt_table log_read_statements[] = { &newest, &first_of, &read_leaves, &read_nodes, NULL };
db_stmt_table log_find_statements[] = { &find_leaf, NULL };

static struct err *read_checkpoint(struct db *db, struct arena *a, const struct db_stmt *stmt,
                                   const struct db_arg *args, struct log_checkpoint_row **out)
{
    struct log_checkpoint_row *row = arena_alloc(a, sizeof(*row));
    bool found;

    TRY(db_one(db, a, stmt, args, row, &found));
    *out = found ? row : NULL;
    return NULL;
}

struct err *log_checkpoint_newest(struct db *db, struct arena *a, struct log_checkpoint_row **out)
{
    return err_pass(read_checkpoint(db, a, &newest, DB_NO_ARGS, out));
}

struct err *log_checkpoint_of(struct db *db, struct arena *a, int64_t leaf_index,
                              struct log_checkpoint_row **out)
{
    return err_pass(read_checkpoint(db, a, &first_of, DB_ARGS(DB_I(leaf_index)), out));
}

/* -- nodes ---------------------------------------------------------------------------------------
 */

/* COUNT complete nodes of LEVEL from FIRST on; false when one of them is not there. */
static struct err *read_hashes(struct db *db, struct arena *a, int level, uint64_t first,
                               size_t count, struct merkle_hash *hashes_out, bool *found_out)
{
    const struct db_arg from = DB_I((int64_t)first), until = DB_I((int64_t)(first + count));
    struct hash_row *rows;
    size_t got;

    if (level == 0)
        TRY(db_list(db, a, &read_leaves, DB_ARGS(from, until), &rows, &got));
    else
        TRY(db_list(db, a, &read_nodes, DB_ARGS(DB_I(level), from, until), &rows, &got));
    *found_out = got == count;
    for (size_t i = 0; i < got; i++) {
        if (rows[i].hash.len != MERKLE_HASH_BYTES)
            return err_raise(ERR_DB, "a node of the log has %zu bytes", rows[i].hash.len);
        memcpy(hashes_out[i].bytes, rows[i].hash.data, MERKLE_HASH_BYTES);
    }
    return NULL;
}

static struct err *read_node(void *arg, int level, uint64_t index, struct merkle_hash *hash_out)
{
    const struct log_reader *r = arg;
    bool found;

    TRY(read_hashes(r->db, r->a, level, index, 1, hash_out, &found));
    return found ? NULL
                 : err_raise(ERR_DB, "the log has no node %llu at level %d",
                             (unsigned long long)index, level);
}

void log_reader_init(struct log_reader *r, struct db *db, struct arena *a)
{
    *r = (struct log_reader){ .db = db, .a = a, .reader = { .read = read_node, .arg = r } };
}

struct err *log_proof(struct db *db, struct arena *a, int64_t leaf_index, struct tlog_proof *out)
{
    struct log_checkpoint_row *head;
    struct log_reader r;

    TRY(log_checkpoint_newest(db, a, &head));
    if (head == NULL || leaf_index < 0 || leaf_index >= head->size)
        return err_raise(ERR_NOT_FOUND, "no leaf %lld", (long long)leaf_index);
    *out = (struct tlog_proof){ .index = (uint64_t)leaf_index };
    TRY(note_parse(a, head->note, strlen(head->note), &out->checkpoint_note));
    TRY(tlog_checkpoint_parse(out->checkpoint_note.text, out->checkpoint_note.text_len,
                              &out->checkpoint));
    log_reader_init(&r, db, a);
    return err_pass(
        merkle_inclusion(&r.reader, (uint64_t)leaf_index, out->checkpoint.size, &out->inclusion));
}

struct err *log_find_receipt(struct db *db, struct arena *a, int64_t deal_id, const char *statement,
                             size_t len, int64_t *leaf_index_out)
{
    const struct merkle_hash leaf = merkle_leaf(statement, len);
    struct place place = { .leaf_index = -1 };
    bool found;

    TRY(db_one(db, a, &find_leaf, DB_ARGS(DB_I(deal_id), DB_B(leaf.bytes, MERKLE_HASH_BYTES)),
               &place, &found));
    *leaf_index_out = place.leaf_index;
    return NULL;
}

struct err *log_tile(struct db *db, struct arena *a, const struct tlog_tile *tile,
                     struct merkle_hash *hashes_out, bool *found_out)
{
    const int level = TLOG_TILE_HEIGHT * tile->level;

    /* Beyond what any size has: the product would overflow. */
    *found_out = tile->index < MERKLE_SIZE_MAX / TLOG_TILE_WIDTH;
    if (!*found_out)
        return NULL;
    return err_pass(read_hashes(db, a, level, tile->index * TLOG_TILE_WIDTH, (size_t)tile->width,
                                hashes_out, found_out));
}
