/* attachment/store.c - writes a file in pieces over a connection of its own. */
#include "attachment/inside.h"

#include "base/fault.h"
#include "base/str.h"
#include "crypt/hash.h"
#include "crypt/random.h"

#include <stdlib.h>

enum { PUBLIC_ID_BYTES = 16 };

struct attachment_store {
    const struct conf *conf;
    const char *program;
    struct db *db; /* NULL: not opened yet */
};

static const struct db_stmt insert_file = {
    .name = "attachment.insert_file",
    .sql =
        "INSERT INTO file (public_id, name, mime, size_bytes, sha256, scan, created_by, created_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, UTC_TIMESTAMP(6))",
    .binds = "bssibsi",
    .flags = DB_WRITE,
};

static const struct db_stmt insert_part = {
    .name = "attachment.insert_part",
    .sql = "INSERT INTO file_chunk (file_id, part, data) VALUES (?, ?, ?)",
    .binds = "iib",
    .flags = DB_WRITE,
};

db_stmt_table attachment_store_statements[] = { &insert_file, &insert_part, NULL };

static db_stmt_table *const tables[] = { attachment_store_statements, NULL };

struct attachment_store *attachment_store_new(const struct conf *conf, const char *program)
{
    struct attachment_store *store = calloc(1, sizeof(*store));

    if (store != NULL)
        *store = (struct attachment_store){ .conf = conf, .program = program };
    return store;
}

void attachment_store_free(struct attachment_store *store)
{
    if (store == NULL)
        return;
    db_close(store->db);
    free(store);
}

/* What a step of storing needs; set anew by whoever runs it again. */
struct storing {
    const struct upload *file;
    const struct attachment_owner *owner;
    const char *scan;
    unsigned char public_id[PUBLIC_ID_BYTES], sha256[SHA256_BYTES];
    int64_t file_id;
    int64_t part;
};

/* Each run has an id of its own: after a lost answer the row of the first run may be there, which
 * then is a file of nobody, and goes with the next purge. */
static struct err *write_file_row(struct db *db, void *arg)
{
    struct storing *s = arg;

    crypt_random(s->public_id, sizeof(s->public_id));
    return err_pass(db_insert(db, &insert_file,
                              DB_ARGS(DB_B(s->public_id, sizeof(s->public_id)), DB_S(s->file->name),
                                      DB_S(s->file->mime), DB_I((int64_t)s->file->len),
                                      DB_B(s->sha256, sizeof(s->sha256)), DB_S(s->scan),
                                      DB_I(s->owner->user_id)),
                              &s->file_id));
}

/* After a lost answer the piece may be there already: the same piece, since only we write this
 * file. */
static struct err *write_part(struct db *db, void *arg)
{
    const struct storing *s = arg;
    size_t at = (size_t)s->part * ATTACHMENT_PART_BYTES;
    size_t len = s->file->len - at;
    struct err *e;

    if (len > ATTACHMENT_PART_BYTES)
        len = ATTACHMENT_PART_BYTES;
    if (FAULT(FAULT_FILE))
        return err_raise(ERR_IO, "piece %lld failed on purpose", (long long)s->part);
    e = db_exec(db, &insert_part,
                DB_ARGS(DB_I(s->file_id), DB_I(s->part), DB_B(s->file->data + at, len)), NULL);
    if (!err_is(e, ERR_DUPLICATE))
        return err_pass(e);
    err_ignore(e); /* see above */
    return NULL;
}

static struct err *write_all(struct db *db, struct storing *s)
{
    int64_t parts = (int64_t)((s->file->len + ATTACHMENT_PART_BYTES - 1) / ATTACHMENT_PART_BYTES);

    TRY(db_transaction(db, write_file_row, s));
    for (s->part = 0; s->part < parts; s->part++)
        TRY(db_transaction(db, write_part, s));
    return NULL;
}

static struct err *store_file(struct attachment_store *store, struct storing *s)
{
    if (store->db == NULL)
        TRY(db_open_conf(store->conf, store->program, tables, &store->db));
    s->scan = str_is_empty(store->conf->clamd_socket) ? "none" : "waiting";
    sha256(s->file->data, s->file->len, s->sha256);
    return err_pass(write_all(store->db, s));
}

/* -- the owning row ---------------------------------------------------------------- */

struct count_row {
    int64_t n;
};
static const struct db_field count_fields[] = { DB_FIELD(struct count_row, n, DB_I64, 0), { 0 } };

static const struct db_stmt count_of_record = {
    .name = "attachment.count",
    .sql = "SELECT COUNT(*) AS n FROM attachment"
           " WHERE kind = ? AND object_id = ? AND removed_at IS NULL",
    .binds = "si",
    .fields = count_fields,
    .row_bytes = sizeof(struct count_row),
};

static const struct db_stmt insert_attachment = {
    .name = "attachment.insert",
    .sql = "INSERT INTO attachment (kind, object_id, file_id, comment_id, created_at)"
           " VALUES (?, ?, ?, ?, UTC_TIMESTAMP(6))",
    .binds = "siii",
    .flags = DB_WRITE,
};

static const struct db_stmt complete_file = {
    .name = "attachment.complete",
    .sql = "UPDATE file SET complete = 1 WHERE id = ?",
    .binds = "i",
    .flags = DB_WRITE,
};

#define ROW_COLUMNS                                                                                \
    "a.id, a.file_id, LOWER(HEX(f.public_id)) AS public_id, f.name, f.mime, f.size_bytes, f.scan," \
    " a.comment_id, f.created_by, a.created_at"

static const struct db_field row_fields[] = {
    DB_FIELD(struct attachment, id, DB_I64, 0),
    DB_FIELD(struct attachment, file_id, DB_I64, 0),
    DB_FIELD(struct attachment, public_id, DB_TEXT, 128),
    DB_FIELD(struct attachment, name, DB_TEXT, 800),
    DB_FIELD(struct attachment, mime, DB_TEXT, 100),
    DB_FIELD(struct attachment, size_bytes, DB_I64, 0),
    DB_FIELD(struct attachment, scan, DB_TEXT, 8),
    DB_NULLABLE(struct attachment, comment_id, DB_I64, 0),
    DB_FIELD(struct attachment, created_by, DB_I64, 0),
    DB_FIELD(struct attachment, created_at, DB_AT, 0),
    { 0 },
};

static const struct db_stmt list_rows = {
    .name = "attachment.list",
    .sql = "SELECT " ROW_COLUMNS " FROM attachment a JOIN file f ON f.id = a.file_id"
           " WHERE a.kind = ? AND a.object_id = ? AND a.removed_at IS NULL ORDER BY a.id",
    .binds = "si",
    .fields = row_fields,
    .row_bytes = sizeof(struct attachment),
    .flags = DB_LISTS,
};

static const struct db_stmt get_row = {
    .name = "attachment.get",
    .sql = "SELECT " ROW_COLUMNS " FROM file f JOIN attachment a ON a.file_id = f.id"
           " WHERE f.public_id = ? AND a.kind = ? AND a.object_id = ? AND a.removed_at IS NULL",
    .binds = "bsi",
    .fields = row_fields,
    .row_bytes = sizeof(struct attachment),
};

static const struct db_stmt remove_row = {
    .name = "attachment.remove",
    .sql = "UPDATE attachment SET removed_at = UTC_TIMESTAMP(6) WHERE kind = ? AND object_id = ?"
           " AND removed_at IS NULL AND file_id = (SELECT id FROM file WHERE public_id = ?)",
    .binds = "sib",
    .flags = DB_WRITE,
};

static const struct db_stmt remove_all = {
    .name = "attachment.remove_all",
    .sql = "UPDATE attachment SET removed_at = UTC_TIMESTAMP(6) WHERE kind = ? AND object_id = ?"
           " AND removed_at IS NULL",
    .binds = "si",
    .flags = DB_WRITE,
};

db_stmt_table attachment_remove_statements[] = { &remove_all, NULL };
db_stmt_table attachment_take_statements[] = { &count_of_record, &insert_attachment, &complete_file,
                                               NULL };
db_stmt_table attachment_statements[] = {
    &count_of_record, &insert_attachment, &complete_file,         &list_rows,
    &get_row,         &remove_row,        &attachment_list_parts, NULL
};

struct err *attachment_add(struct attachment_store *store, struct db *db, struct arena *a,
                           const struct attachment_owner *owner, const struct upload *file)
{
    struct storing s = { .file = file, .owner = owner };
    struct count_row there = { 0 };

    if ((int64_t)file->len > store->conf->upload_max_bytes)
        return err_raise(ERR_TOO_LARGE, "a file of %zu bytes", file->len);
    TRY(db_get(db, a, &count_of_record, DB_ARGS(DB_S(owner->kind), DB_I(owner->object_id)),
               &there));
    if (there.n >= ATTACHMENTS_PER_RECORD)
        return err_with_detail(
            err_raise(ERR_CONFLICT, "the record has %lld files", (long long)there.n),
            "attachments");
    TRY(store_file(store, &s));
    TRY(db_exec(db, &insert_attachment,
                DB_ARGS(DB_S(owner->kind), DB_I(owner->object_id), DB_I(s.file_id),
                        DB_ID(owner->comment_id)),
                NULL));
    TRY(db_exec(db, &complete_file, DB_ARGS(DB_I(s.file_id)), NULL));
    if (str_eq(s.scan, "waiting"))
        TRY(job_add(db, "attachment.scan", s.file_id, 0, NULL, NULL));
    return NULL;
}

/* -- reading ----------------------------------------------------------------------- */

struct err *attachment_list(struct db *db, struct arena *a, const char *kind, int64_t object_id,
                            struct attachment **rows_out, size_t *count_out)
{
    return err_pass(
        db_list(db, a, &list_rows, DB_ARGS(DB_S(kind), DB_I(object_id)), rows_out, count_out));
}

struct err *attachment_get(struct db *db, struct arena *a, const char *kind, int64_t object_id,
                           const char *public_id, struct attachment *row_out)
{
    unsigned char id[PUBLIC_ID_BYTES];

    if (!str_unhex(public_id, id, sizeof(id)))
        return err_raise(ERR_NOT_FOUND, "no name of a file");
    return err_pass(db_get(db, a, &get_row,
                           DB_ARGS(DB_B(id, sizeof(id)), DB_S(kind), DB_I(object_id)), row_out));
}

struct err *attachment_remove(struct db *db, const char *kind, int64_t object_id,
                              const char *public_id)
{
    unsigned char id[PUBLIC_ID_BYTES];
    int64_t removed = 0;

    if (str_unhex(public_id, id, sizeof(id)))
        TRY(db_exec(db, &remove_row, DB_ARGS(DB_S(kind), DB_I(object_id), DB_B(id, sizeof(id))),
                    &removed));
    return removed == 1 ? NULL : err_raise(ERR_NOT_FOUND, "the record has no such file");
}

bool attachment_is_safe(const struct attachment *row)
{
    return str_eq(row->scan, "none") || str_eq(row->scan, "clean");
}

static struct err *send_part(void *arg, const void *row)
{
    const struct attachment_part *part = row;

    return err_pass(reply_chunk(arg, part->data.data, part->data.len));
}

struct err *attachment_send(struct request *req, const struct attachment *row)
{
    if (str_eq(row->scan, "found"))
        return err_raise(ERR_NOT_FOUND, "file %lld is in quarantine", (long long)row->file_id);
    if (!attachment_is_safe(row))
        return err_with_detail(
            err_raise(ERR_CONFLICT, "file %lld is not scanned yet", (long long)row->file_id),
            "scan");
    TRY(reply_begin(req, row->name, row->mime));
    return err_pass(
        db_each(req->db, &attachment_list_parts, DB_ARGS(DB_I(row->file_id)), send_part, req));
}

struct err *attachment_remove_all(struct db *db, const char *kind, int64_t object_id)
{
    return err_pass(db_exec(db, &remove_all, DB_ARGS(DB_S(kind), DB_I(object_id)), NULL));
}

void attachment_show(struct request *req, struct view *v, const char *list,
                     const struct attachment *rows, size_t count, const char *base)
{
    for (size_t i = 0; i < count; i++) {
        struct view *item = view_row(v, list);

        view_text(item, "Name", rows[i].name);
        view_text(item, "Size", text_bytes(req->locale, req->arena, rows[i].size_bytes));
        view_text(item, "Scan", rows[i].scan);
        view_text(item, "Href",
                  attachment_is_safe(&rows[i])
                      ? arena_printf(req->arena, "%s%s", base, rows[i].public_id)
                      : "");
        page_at(req, item, "At", rows[i].created_at);
    }
}
