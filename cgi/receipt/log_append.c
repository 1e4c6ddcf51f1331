/* receipt/log_append.c - the worker's part of the log: signatures, leaves, and signed heads. */
#include "base/str.h"
#include "crypt/hash.h"
#include "crypt/receipt.h"
#include "receipt/log.h"

#include <string.h>

/* No transaction stays open nearly as long: an id that was given out before this and is not there
 * by now never will be. */
enum { FLOOR_AGE_HOURS = 6, AUDIT_HASH_BYTES = SHA256_BYTES };

struct head {
    int64_t size, audit_floor;
    struct bytes edge;
};
static const struct db_field head_fields[] = {
    DB_FIELD(struct head, size, DB_I64, 0),
    DB_FIELD(struct head, edge, DB_BYTES, MERKLE_LEVELS *MERKLE_HASH_BYTES),
    DB_FIELD(struct head, audit_floor, DB_I64, 0),
    { 0 },
};
static const struct db_stmt take_head = {
    .name = "log.head_take",
    .sql = "SELECT size, edge, audit_floor FROM log_head WHERE id = 1 FOR UPDATE",
    .binds = "",
    .fields = head_fields,
    .row_bytes = sizeof(struct head),
};
static const struct db_stmt set_head = {
    .name = "log.head_set",
    .sql = "UPDATE log_head SET size = ?, edge = ?, audit_floor = ? WHERE id = 1 AND size = ?",
    .binds = "ibii",
    .flags = DB_WRITE,
};

struct entry {
    int64_t id;
    struct bytes hash;
    const char *statement;
};
static const struct db_field event_fields[] = {
    DB_FIELD(struct entry, id, DB_I64, 0),
    DB_FIELD(struct entry, hash, DB_BYTES, AUDIT_HASH_BYTES),
    { 0 },
};
static const struct db_stmt list_events = {
    .name = "log.new_events",
    .sql = "SELECT e.id, e.hash FROM audit_event e"
           " LEFT JOIN log_leaf l ON l.kind = 'audit' AND l.source_id = e.id"
           " WHERE e.id > ? AND l.leaf_index IS NULL ORDER BY e.id LIMIT ?",
    .binds = "ii",
    .fields = event_fields,
    .row_bytes = sizeof(struct entry),
    .flags = DB_LISTS,
};
static const struct db_field floor_fields[] = { DB_FIELD(struct entry, id, DB_I64, 0), { 0 } };
static const struct db_stmt find_floor = {
    .name = "log.floor",
    .sql = "SELECT id FROM audit_event WHERE at < UTC_TIMESTAMP(6) - INTERVAL ? HOUR"
           " ORDER BY at DESC, id DESC LIMIT 1",
    .binds = "i",
    .fields = floor_fields,
    .row_bytes = sizeof(struct entry),
};
static const struct db_field receipt_fields[] = {
    DB_FIELD(struct entry, id, DB_I64, 0),
    DB_FIELD(struct entry, statement, DB_TEXT, 2000),
    { 0 },
};
static const struct db_stmt list_receipts = {
    .name = "log.new_receipts",
    .sql = "SELECT id, statement FROM receipt WHERE leaf_index IS NULL AND signed_at IS NOT NULL"
           " ORDER BY id LIMIT ?",
    .binds = "i",
    .fields = receipt_fields,
    .row_bytes = sizeof(struct entry),
    .flags = DB_LISTS,
};
static const struct db_stmt list_unsigned = {
    .name = "log.unsigned",
    .sql = "SELECT id, statement FROM receipt WHERE signed_at IS NULL ORDER BY id LIMIT ?",
    .binds = "i",
    .fields = receipt_fields,
    .row_bytes = sizeof(struct entry),
    .flags = DB_LISTS,
};
static const struct db_stmt set_signature = {
    .name = "log.sign",
    .sql = "UPDATE receipt SET note = ?, signed_at = UTC_TIMESTAMP(6)"
           " WHERE id = ? AND signed_at IS NULL",
    .binds = "si",
    .flags = DB_WRITE,
};
static const struct db_stmt set_place = {
    .name = "log.place",
    .sql = "UPDATE receipt SET leaf_index = ? WHERE id = ?",
    .binds = "ii",
    .flags = DB_WRITE,
};
static const struct db_stmt add_leaf = {
    .name = "log.leaf_add",
    .sql = "INSERT INTO log_leaf (leaf_index, kind, source_id, leaf_hash) VALUES (?, ?, ?, ?)",
    .binds = "isib",
    .flags = DB_WRITE,
};
static const struct db_stmt add_node = {
    .name = "log.node_add",
    .sql = "INSERT INTO log_node (level, node_index, hash) VALUES (?, ?, ?)",
    .binds = "iib",
    .flags = DB_WRITE,
};
static const struct db_stmt add_checkpoint = {
    .name = "log.checkpoint_add",
    .sql = "INSERT INTO log_checkpoint (size, root, key_id, note, at)"
           " VALUES (?, ?, ?, ?, UTC_TIMESTAMP(6))",
    .binds = "ibis",
    .flags = DB_WRITE,
};
db_stmt_table log_append_statements[] = {
    &take_head,     &set_head,  &list_events, &find_floor, &list_receipts,  &list_unsigned,
    &set_signature, &set_place, &add_leaf,    &add_node,   &add_checkpoint, NULL,
};

const char *log_kind_name(enum log_kind kind)
{
    return kind == LOG_AUDIT ? "audit" : "receipt";
}

/* -- signing -------------------------------------------------------------------------------------
 */

static struct err *note_text(struct arena *a, const struct note *note, const char **text_out)
{
    struct buf out;
    struct err *e;

    buf_init(&out, 1024, 0);
    e = err_pass(note_encode(note, &out));
    if (e == NULL)
        *text_out = arena_dup_bytes(a, out.data, out.len);
    buf_free(&out);
    return e;
}

struct err *log_waits_for_signature(struct db *db, struct arena *a, bool *waits_out)
{
    struct entry row;

    return err_pass(db_one(db, a, &list_unsigned, DB_ARGS(DB_I(1)), &row, waits_out));
}

/* Whatever is signed has the form of a statement: nothing else gets the vendor's name under it. */
static struct err *sign_one(struct db *db, struct arena *a, const struct log_signer *signer,
                            const struct entry *entry)
{
    struct canon *members;
    struct note note;
    const char *text;
    size_t count;

    TRY(canon_read_flat(a, entry->statement, strlen(entry->statement), &members, &count));
    TRY(receipt_sign(a, entry->statement, signer->known.name, signer->key, &note));
    TRY(note_text(a, &note, &text));
    return err_pass(db_exec(db, &set_signature, DB_ARGS(DB_S(text), DB_I(entry->id)), NULL));
}

struct err *log_sign_receipts(struct db *db, struct arena *a, const struct log_signer *signer,
                              int64_t *count_out)
{
    struct entry *rows;
    size_t count;

    *count_out = 0;
    TRY(db_list(db, a, &list_unsigned, DB_ARGS(DB_I(LOG_BATCH)), &rows, &count));
    if (count > 0)
        TRY(log_signer_check(db, a, signer));
    for (size_t i = 0; i < count; i++)
        TRY(sign_one(db, a, signer, &rows[i]));
    *count_out = (int64_t)count;
    return NULL;
}

/* -- appending -----------------------------------------------------------------------------------
 */

struct appending {
    struct db *db;
    struct arena *a;
    struct merkle_edge edge;
};

static struct err *read_edge(const struct head *head, struct merkle_edge *edge_out)
{
    edge_out->size = (uint64_t)head->size;
    if (head->edge.len != (size_t)merkle_edge_count(edge_out->size) * MERKLE_HASH_BYTES)
        return err_raise(ERR_DB, "the log has %lld leaves and an edge of %zu bytes",
                         (long long)head->size, head->edge.len);
    if (head->edge.len != 0)
        memcpy(edge_out->hashes, head->edge.data, head->edge.len);
    return NULL;
}

/* A row that is there already was written by another worker since the size was read. */
static struct err *lost_race(struct db *db, struct err *e)
{
    if (!err_is(e, ERR_DUPLICATE))
        return err_pass(e);
    err_free(e);
    return db_doom(db, err_raise(ERR_AGAIN, "the log grew meanwhile"));
}

static struct err *append_one(struct appending *to, enum log_kind kind, int64_t source_id,
                              const void *data, size_t len)
{
    const struct merkle_hash leaf = merkle_leaf(data, len);
    const int64_t index = (int64_t)to->edge.size;
    struct merkle_node nodes[MERKLE_LEVELS];
    size_t count;

    TRY(merkle_append(&to->edge, &leaf, nodes, &count));
    TRY(lost_race(to->db, db_exec(to->db, &add_leaf,
                                  DB_ARGS(DB_I(index), DB_S(log_kind_name(kind)), DB_I(source_id),
                                          DB_B(leaf.bytes, MERKLE_HASH_BYTES)),
                                  NULL)));
    for (size_t i = 1; i < count; i++)
        TRY(lost_race(to->db, db_exec(to->db, &add_node,
                                      DB_ARGS(DB_I(nodes[i].level), DB_I((int64_t)nodes[i].index),
                                              DB_B(nodes[i].hash.bytes, MERKLE_HASH_BYTES)),
                                      NULL)));
    return NULL;
}

/* *AUDIT_FLOOR moves only when no event is left: below it there is then nothing that is no leaf. */
static struct err *append_events(struct appending *to, int64_t *audit_floor, size_t *count_out)
{
    struct entry *rows, settled = { .id = *audit_floor };
    bool found;

    TRY(db_list(to->db, to->a, &list_events, DB_ARGS(DB_I(*audit_floor), DB_I(LOG_BATCH)), &rows,
                count_out));
    for (size_t i = 0; i < *count_out; i++)
        TRY(append_one(to, LOG_AUDIT, rows[i].id, rows[i].hash.data, rows[i].hash.len));
    if (*count_out == LOG_BATCH)
        return NULL;
    TRY(db_one(to->db, to->a, &find_floor, DB_ARGS(DB_I(FLOOR_AGE_HOURS)), &settled, &found));
    if (settled.id > *audit_floor)
        *audit_floor = settled.id;
    return NULL;
}

static struct err *append_receipts(struct appending *to, size_t most, size_t *count_out)
{
    struct entry *rows;

    TRY(db_list(to->db, to->a, &list_receipts, DB_ARGS(DB_I((int64_t)most)), &rows, count_out));
    for (size_t i = 0; i < *count_out; i++) {
        const int64_t index = (int64_t)to->edge.size;

        TRY(append_one(to, LOG_RECEIPT, rows[i].id, rows[i].statement, strlen(rows[i].statement)));
        TRY(db_exec(to->db, &set_place, DB_ARGS(DB_I(index), DB_I(rows[i].id)), NULL));
    }
    return NULL;
}

static struct err *sign_head(struct appending *to, const struct log_signer *signer)
{
    struct tlog_checkpoint cp = { .size = to->edge.size, .root = merkle_edge_root(&to->edge) };
    struct note note;
    const char *text;

    memcpy(cp.origin, signer->known.name, sizeof(cp.origin));
    TRY(log_signer_check(to->db, to->a, signer));
    TRY(tlog_checkpoint_sign(to->a, &cp, signer->key, &note));
    TRY(note_text(to->a, &note, &text));
    return err_pass(lost_race(
        to->db, db_exec(to->db, &add_checkpoint,
                        DB_ARGS(DB_I((int64_t)cp.size), DB_B(cp.root.bytes, MERKLE_HASH_BYTES),
                                DB_I(signer->known.id), DB_S(text)),
                        NULL)));
}

struct err *log_append(struct db *db, struct arena *a, const struct log_signer *signer,
                       int64_t *count_out)
{
    struct appending to = { .db = db, .a = a };
    size_t events, receipts;
    struct head head;
    int64_t changed;

    *count_out = 0;
    TRY(db_get(db, a, &take_head, DB_NO_ARGS, &head));
    TRY(read_edge(&head, &to.edge));
    TRY(append_events(&to, &head.audit_floor, &events));
    TRY(append_receipts(&to, LOG_BATCH - events, &receipts));
    if (events + receipts == 0)
        return NULL;
    TRY(sign_head(&to, signer));
    TRY(db_exec(
        db, &set_head,
        DB_ARGS(DB_I((int64_t)to.edge.size),
                DB_B(to.edge.hashes, (size_t)merkle_edge_count(to.edge.size) * MERKLE_HASH_BYTES),
                DB_I(head.audit_floor), DB_I(head.size)),
        &changed));
    if (changed != 1)
        return db_doom(db, err_raise(ERR_AGAIN, "the log grew meanwhile"));
    *count_out = (int64_t)(events + receipts);
    return NULL;
}
