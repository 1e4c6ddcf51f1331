/* receipt/log_verify.c - makes the whole tree again from events and statements, and compares. */
#include "receipt/log_verify.h"

#include "base/str.h"
#include "crypt/hash.h"
#include "receipt/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* An event bears the time at which its transaction began, and none of ours lasts that long. */
#define TRANSACTION_MAX CLOCK_HOUR

enum { BATCH = 4096 };

struct head {
    int64_t size;
    struct bytes edge;
};
static const struct db_field head_fields[] = {
    DB_FIELD(struct head, size, DB_I64, 0),
    DB_FIELD(struct head, edge, DB_BYTES, MERKLE_LEVELS *MERKLE_HASH_BYTES),
    { 0 },
};
static const struct db_stmt read_head = {
    .name = "log.head",
    .sql = "SELECT size, edge FROM log_head WHERE id = 1",
    .binds = "",
    .fields = head_fields,
    .row_bytes = sizeof(struct head),
};

struct leaf {
    int64_t leaf_index, source_id, at;
    const char *kind, *statement;
    struct bytes leaf_hash, hash;
};
static const struct db_field leaf_fields[] = {
    DB_FIELD(struct leaf, leaf_index, DB_I64, 0),
    DB_FIELD(struct leaf, kind, DB_TEXT, 8),
    DB_FIELD(struct leaf, source_id, DB_I64, 0),
    DB_FIELD(struct leaf, leaf_hash, DB_BYTES, MERKLE_HASH_BYTES),
    DB_NULLABLE(struct leaf, hash, DB_BYTES, SHA256_BYTES),
    DB_NULLABLE(struct leaf, at, DB_AT, 0),
    DB_NULLABLE(struct leaf, statement, DB_TEXT, 1000),
    { 0 },
};
static const struct db_stmt list_leaves = {
    .name = "log.leaves_with_sources",
    .sql = "SELECT l.leaf_index, l.kind, l.source_id, l.leaf_hash, e.hash, e.at, r.statement"
           " FROM log_leaf l"
           " LEFT JOIN audit_event e ON l.kind = 'audit' AND e.id = l.source_id"
           " LEFT JOIN receipt r ON l.kind = 'receipt' AND r.id = l.source_id"
           " WHERE l.leaf_index >= ? AND l.leaf_index < ? ORDER BY l.leaf_index",
    .binds = "ii",
    .fields = leaf_fields,
    .row_bytes = sizeof(struct leaf),
    .flags = DB_LISTS,
};

struct node {
    int64_t node_index;
    struct bytes hash;
};
static const struct db_field node_fields[] = {
    DB_FIELD(struct node, node_index, DB_I64, 0),
    DB_FIELD(struct node, hash, DB_BYTES, MERKLE_HASH_BYTES),
    { 0 },
};
static const struct db_stmt list_nodes = {
    .name = "log.nodes_of_level",
    .sql = "SELECT node_index, hash FROM log_node"
           " WHERE level = ? AND node_index >= ? AND node_index < ? ORDER BY node_index",
    .binds = "iii",
    .fields = node_fields,
    .row_bytes = sizeof(struct node),
    .flags = DB_LISTS,
};

struct signed_head {
    int64_t size, at;
    struct bytes root;
    const char *note;
};
static const struct db_field signed_fields[] = {
    DB_FIELD(struct signed_head, size, DB_I64, 0),
    DB_FIELD(struct signed_head, root, DB_BYTES, MERKLE_HASH_BYTES),
    DB_FIELD(struct signed_head, note, DB_TEXT, 1024),
    DB_FIELD(struct signed_head, at, DB_AT, 0),
    { 0 },
};
/* The next one may be far away: leaves before it wait for its time. */
static const struct db_stmt next_signed = {
    .name = "log.next_checkpoint",
    .sql = "SELECT size, root, note, at FROM log_checkpoint WHERE size > ? ORDER BY size LIMIT 1",
    .binds = "i",
    .fields = signed_fields,
    .row_bytes = sizeof(struct signed_head),
};

struct waiting {
    int64_t n, oldest_at;
};
static const struct db_field waiting_fields[] = { DB_FIELD(struct waiting, n, DB_I64, 0),
                                                  DB_NULLABLE(struct waiting, oldest_at, DB_AT, 0),
                                                  { 0 } };
static const struct db_stmt count_waiting = {
    .name = "log.count_waiting",
    .sql = "SELECT COUNT(*) AS n, MIN(e.at) AS oldest_at FROM audit_event e"
           " LEFT JOIN log_leaf l ON l.kind = 'audit' AND l.source_id = e.id"
           " WHERE l.leaf_index IS NULL",
    .binds = "",
    .fields = waiting_fields,
    .row_bytes = sizeof(struct waiting),
    .flags = DB_WHOLE_TABLE,
};
static const struct db_field count_fields[] = { DB_FIELD(struct waiting, n, DB_I64, 0), { 0 } };
static const struct db_stmt count_beyond = {
    .name = "log.count_beyond",
    .sql = "SELECT COUNT(*) AS n FROM log_leaf WHERE leaf_index >= ?",
    .binds = "i",
    .fields = count_fields,
    .row_bytes = sizeof(struct waiting),
};
db_stmt_table log_verify_statements[] = {
    &read_head, &list_leaves, &list_nodes, &next_signed, &count_waiting, &count_beyond, NULL,
};

struct verifier {
    struct db *db;
    struct arena *a;     /* of the whole run */
    struct arena *heads; /* of the head that comes next */
    struct arena *batch; /* of a few thousand leaves */
    const struct log_verify *how;
    struct log_report *report;
    struct note_key *keys;
    size_t key_count;
    struct merkle_edge edge;                  /* made anew from events and statements */
    struct signed_head next;                  /* size 0: none comes any more */
    int64_t before_at, before_size;           /* of the head before it; 0: there is none */
    struct merkle_hash *nodes[MERKLE_LEVELS]; /* that became complete in this batch */
    int64_t first[MERKLE_LEVELS];             /* index of the first of them */
};

static void fault(struct verifier *v, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

static void fault(struct verifier *v, const char *fmt, ...)
{
    va_list ap;

    if (v->report->faults++ > 0)
        return;
    va_start(ap, fmt);
    vsnprintf(v->report->first, sizeof(v->report->first), fmt, ap);
    va_end(ap);
}

/* -- heads ---------------------------------------------------------------------------------------
 */

static struct err *read_next(struct verifier *v, int64_t after)
{
    bool found;

    v->next = (struct signed_head){ .size = 0 };
    return err_pass(db_one(v->db, v->heads, &next_signed, DB_ARGS(DB_I(after)), &v->next, &found));
}

static bool is_signed(struct verifier *v, const struct signed_head *head,
                      struct tlog_checkpoint *cp_out)
{
    struct err *e;
    struct note note;
    bool good;

    e = note_parse(v->heads, head->note, strlen(head->note), &note);
    if (e == NULL)
        e = tlog_checkpoint_parse(note.text, note.text_len, cp_out);
    good = e == NULL && note_verify(&note, v->keys, v->key_count) == NOTE_VALID &&
           str_eq(cp_out->origin, v->how->origin);
    err_ignore(e); /* the answer is that nobody signed it */
    return good;
}

static void check_head(struct verifier *v, const struct merkle_hash *root)
{
    const struct signed_head *head = &v->next;
    struct tlog_checkpoint cp = { .size = 0 };

    v->report->heads++;
    if (!is_signed(v, head, &cp))
        fault(v, "head of %lld leaves: not signed with a key of this log", (long long)head->size);
    else if (cp.size != (uint64_t)head->size || head->root.len != MERKLE_HASH_BYTES ||
             memcmp(head->root.data, cp.root.bytes, MERKLE_HASH_BYTES) != 0)
        fault(v, "head of %lld leaves: the row says something else than what was signed",
              (long long)head->size);
    else if (memcmp(&cp.root, root, sizeof(*root)) != 0)
        fault(v, "head of %lld leaves: the log was rewritten since it was signed",
              (long long)head->size);
}

/* Of a backlog larger than a batch a head has the oldest: what comes behind it is older than it. */
static bool has_all(const struct verifier *v)
{
    return v->next.size - v->before_size < LOG_BATCH;
}

static struct err *pass_heads(struct verifier *v)
{
    const struct tlog_checkpoint *kept = v->how->kept;
    struct merkle_hash root;

    if (v->next.size != (int64_t)v->edge.size && (kept == NULL || kept->size != v->edge.size))
        return NULL;
    root = merkle_edge_root(&v->edge);
    if (kept != NULL && kept->size == v->edge.size && memcmp(&kept->root, &root, sizeof(root)) != 0)
        fault(v, "the kept head of %llu leaves is not of this log", (unsigned long long)kept->size);
    if (v->next.size != (int64_t)v->edge.size)
        return NULL;
    check_head(v, &root);
    if (has_all(v))
        v->before_at = v->next.at;
    v->before_size = v->next.size;
    arena_clear(v->heads);
    return err_pass(read_next(v, v->before_size));
}

/* -- leaves --------------------------------------------------------------------------------------
 */

/* Between the head that does not have it and the one that has, or it came with a wrong time. */
static void check_time(struct verifier *v, const struct leaf *leaf)
{
    if (v->before_at != 0 && leaf->at < v->before_at - TRANSACTION_MAX)
        fault(v, "audit event %lld: is older than a head that does not have it: backdated",
              (long long)leaf->source_id);
    if (v->next.size != 0 && leaf->at > v->next.at + TRANSACTION_MAX)
        fault(v, "audit event %lld: is younger than the head that has it",
              (long long)leaf->source_id);
}

/* The hash of what the leaf stands for; as it was logged when that is gone, so that one fault does
 * not show as many. */
static struct merkle_hash check_leaf(struct verifier *v, const struct leaf *leaf)
{
    const bool is_event = str_eq(leaf->kind, "audit");
    const char *what = is_event ? "audit event" : "receipt";
    struct merkle_hash hash = { { 0 } }, now;

    if (leaf->leaf_hash.len == MERKLE_HASH_BYTES)
        memcpy(hash.bytes, leaf->leaf_hash.data, MERKLE_HASH_BYTES);
    if (is_event ? leaf->hash.data == NULL : leaf->statement == NULL) {
        fault(v, "%s %lld: is in the log and not there any more", what, (long long)leaf->source_id);
        return hash;
    }
    if (is_event)
        check_time(v, leaf);
    now = is_event ? merkle_leaf(leaf->hash.data, leaf->hash.len)
                   : merkle_leaf(leaf->statement, strlen(leaf->statement));
    if (memcmp(&now, &hash, sizeof(now)) != 0)
        fault(v, "%s %lld: was changed after it was logged", what, (long long)leaf->source_id);
    return hash;
}

static struct err *add_leaf(struct verifier *v, const struct leaf *leaf)
{
    const struct merkle_hash hash = check_leaf(v, leaf);
    struct merkle_node nodes[MERKLE_LEVELS];
    size_t count;

    TRY(merkle_append(&v->edge, &hash, nodes, &count));
    for (size_t i = 1; i < count; i++)
        v->nodes[i][(int64_t)nodes[i].index - v->first[i]] = nodes[i].hash;
    return err_pass(pass_heads(v));
}

/* -- nodes ---------------------------------------------------------------------------------------
 */

static void begin_nodes(struct verifier *v, int64_t from, int64_t until)
{
    for (int level = 1; level < MERKLE_LEVELS; level++) {
        v->first[level] = from >> level;
        v->nodes[level] = arena_array(v->batch, (size_t)((until >> level) - (from >> level)) + 1,
                                      sizeof(struct merkle_hash));
    }
}

static struct err *compare_level(struct verifier *v, int level, int64_t until)
{
    const int64_t first = v->first[level], end = until >> level;
    struct node *rows = NULL;
    size_t count;

    if (first == end)
        return NULL;
    TRY(db_list(v->db, v->batch, &list_nodes, DB_ARGS(DB_I(level), DB_I(first), DB_I(end)), &rows,
                &count));
    for (size_t i = 0; i < count; i++)
        if (rows[i].hash.len != MERKLE_HASH_BYTES ||
            memcmp(rows[i].hash.data, v->nodes[level][rows[i].node_index - first].bytes,
                   MERKLE_HASH_BYTES) != 0)
            fault(v, "node %lld of level %d is wrong", (long long)rows[i].node_index, level);
    if (count != (size_t)(end - first))
        fault(v, "nodes of level %d are missing", level);
    return NULL;
}

/* -- the whole -----------------------------------------------------------------------------------
 */

static struct err *check_batch(struct verifier *v, int64_t from, int64_t until)
{
    struct leaf *leaves = NULL;
    size_t count;

    TRY(db_list(v->db, v->batch, &list_leaves, DB_ARGS(DB_I(from), DB_I(until)), &leaves, &count));
    if (count != (size_t)(until - from)) {
        fault(v, "leaves between %lld and %lld are missing", (long long)from, (long long)until);
        return NULL;
    }
    begin_nodes(v, from, until);
    for (size_t i = 0; i < count; i++)
        TRY(add_leaf(v, &leaves[i]));
    for (int level = 1; level < MERKLE_LEVELS; level++)
        TRY(compare_level(v, level, until));
    return NULL;
}

/* A leaf that is missing ends it: whatever follows would be wrong because of it. */
static struct err *check_leaves(struct verifier *v, int64_t size)
{
    for (int64_t from = 0; from < size && (int64_t)v->edge.size == from; from += BATCH) {
        const int64_t until = size - from < BATCH ? size : from + BATCH;
        struct err *e;

        v->batch = arena_new(256 * 1024);
        e = err_pass(check_batch(v, from, until));
        arena_free(v->batch);
        if (e != NULL)
            return e;
        v->report->leaves = (int64_t)v->edge.size;
        if (v->how->progress != NULL)
            v->how->progress(v->report->leaves, size);
    }
    return NULL;
}

static struct err *check_end(struct verifier *v, const struct head *head)
{
    struct waiting waiting = { .n = 0 }, beyond = { .n = 0 };
    const size_t edge_bytes = (size_t)merkle_edge_count(v->edge.size) * MERKLE_HASH_BYTES;

    if ((int64_t)v->edge.size != head->size)
        return NULL; /* told already */
    if (head->edge.len != edge_bytes ||
        (edge_bytes != 0 && memcmp(head->edge.data, v->edge.hashes, edge_bytes) != 0))
        fault(v, "the log's right edge is not that of its leaves");
    if (v->before_size != head->size)
        fault(v, "the newest head, of %lld leaves, is missing", (long long)head->size);
    if (v->next.size != 0)
        fault(v, "head of %lld leaves: the log has only %lld", (long long)v->next.size,
              (long long)head->size);
    if (v->how->kept != NULL && v->how->kept->size > v->edge.size)
        fault(v, "the kept head has %llu leaves, the log only %lld",
              (unsigned long long)v->how->kept->size, (long long)head->size);
    TRY(db_get(v->db, v->a, &count_beyond, DB_ARGS(DB_I(head->size)), &beyond));
    if (beyond.n != 0)
        fault(v, "%lld leaves stand behind the end of the log", (long long)beyond.n);
    TRY(db_get(v->db, v->a, &count_waiting, DB_NO_ARGS, &waiting));
    v->report->pending = waiting.n;
    if (waiting.n > 0 && v->before_at != 0 && waiting.oldest_at < v->before_at - TRANSACTION_MAX)
        fault(v, "an audit event is older than the newest head and not in the log: backdated");
    return NULL;
}

static struct err *check_all(struct verifier *v)
{
    struct log_key_row *rows;
    struct head head;

    TRY(log_keys_read(v->db, v->a, &rows, &v->keys, &v->key_count));
    TRY(db_get(v->db, v->a, &read_head, DB_NO_ARGS, &head));
    TRY(read_next(v, 0));
    TRY(check_leaves(v, head.size));
    return err_pass(check_end(v, &head));
}

struct err *log_verify(struct db *db, const struct log_verify *how, struct log_report *report_out)
{
    struct verifier v = { .db = db, .how = how, .report = report_out };
    struct err *e;

    *report_out = (struct log_report){ 0 };
    v.a = arena_new(64 * 1024);
    v.heads = arena_new(16 * 1024);
    e = err_pass(check_all(&v));
    arena_free(v.heads);
    arena_free(v.a);
    return e;
}
