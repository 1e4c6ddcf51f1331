/* attachment/jobs.c - the worker's part: scanning, and removing what belongs to nobody. */
#include "attachment/inside.h"

#include "access/parameter.h"
#include "base/log.h"

enum { BATCH = 20, SCAN_RETRIES = 8, INCOMPLETE_DAYS = 1 };

static const struct db_stmt set_scan = {
    .name = "attachment.set_scan",
    .sql = "UPDATE file SET scan = ? WHERE id = ?",
    .binds = "si",
    .flags = DB_WRITE,
};

struct file_row {
    int64_t id;
};
static const struct db_field file_fields[] = { DB_FIELD(struct file_row, id, DB_I64, 0), { 0 } };

static const struct db_stmt list_incomplete = {
    .name = "attachment.incomplete",
    .sql = "SELECT id FROM file WHERE complete = 0"
           " AND created_at < UTC_TIMESTAMP(6) - INTERVAL ? DAY ORDER BY created_at LIMIT ?",
    .binds = "ii",
    .fields = file_fields,
    .row_bytes = sizeof(struct file_row),
    .flags = DB_LISTS,
};

static const struct db_stmt list_removed = {
    .name = "attachment.removed",
    .sql = "SELECT file_id AS id FROM attachment"
           " WHERE removed_at < UTC_TIMESTAMP(6) - INTERVAL ? DAY ORDER BY removed_at LIMIT ?",
    .binds = "ii",
    .fields = file_fields,
    .row_bytes = sizeof(struct file_row),
    .flags = DB_LISTS,
};

static const struct db_stmt delete_attachment = {
    .name = "attachment.delete",
    .sql = "DELETE FROM attachment WHERE file_id = ?",
    .binds = "i",
    .flags = DB_WRITE,
};
static const struct db_stmt delete_parts = {
    .name = "attachment.delete_parts",
    .sql = "DELETE FROM file_chunk WHERE file_id = ? ORDER BY part LIMIT 4",
    .binds = "i",
    .flags = DB_WRITE,
};
static const struct db_stmt delete_file = {
    .name = "attachment.delete_file",
    .sql = "DELETE FROM file WHERE id = ?",
    .binds = "i",
    .flags = DB_WRITE,
};

db_stmt_table attachment_job_statements[] = {
    &set_scan,     &list_incomplete, &list_removed,          &delete_attachment,
    &delete_parts, &delete_file,     &attachment_list_parts, NULL
};

/* -- scanning ---------------------------------------------------------------------- */

struct scanned {
    int64_t file_id;
    const char *scan;
};

static struct err *write_result(struct db *db, void *arg)
{
    const struct scanned *s = arg;

    return err_pass(db_exec(db, &set_scan, DB_ARGS(DB_S(s->scan), DB_I(s->file_id)), NULL));
}

/* A scanner that is away is tried again like any failed job; the last try marks the file. */
static struct err *scan_file(struct job_context *ctx, const struct job *job)
{
    static const char *const names[] = {
        [SCAN_CLEAN] = "clean", [SCAN_FOUND] = "found", [SCAN_FAILED] = "failed"
    };
    struct scanned s = { .file_id = job->ref };
    enum scan_result result;
    struct err *e;
    char what[128];

    TRY(db_begin_read(ctx->db));
    e = attachment_scan(ctx->db, job->ref, ctx->conf->clamd_socket, &result, what);
    db_rollback(ctx->db);
    TRY(e);
    s.scan = names[result];
    if (result == SCAN_FOUND)
        log_event(LOG_WARN, "attachment.found", LOG_I("file", job->ref), LOG_S("what", what));
    if (result != SCAN_FAILED || job->tries > SCAN_RETRIES)
        TRY(db_transaction(ctx->db, write_result, &s));
    if (result == SCAN_FAILED)
        return err_raise(ERR_IO, "file %lld is not scanned: %s", (long long)job->ref, what);
    return NULL;
}

/* -- removing ---------------------------------------------------------------------- */

struct removal {
    int64_t file_id, parts;
};

static struct err *delete_some_parts(struct db *db, void *arg)
{
    struct removal *r = arg;

    return err_pass(db_exec(db, &delete_parts, DB_ARGS(DB_I(r->file_id)), &r->parts));
}

static struct err *delete_rest(struct db *db, void *arg)
{
    const struct removal *r = arg;

    TRY(db_exec(db, &delete_attachment, DB_ARGS(DB_I(r->file_id)), NULL));
    return err_pass(db_exec(db, &delete_file, DB_ARGS(DB_I(r->file_id)), NULL));
}

/* A few MiB at a time: a cluster refuses a larger change.  What makes it listed goes last, so that
 * a removal that was interrupted is taken up again. */
static struct err *delete_one(struct db *db, int64_t file_id)
{
    struct removal r = { .file_id = file_id };

    do
        TRY(db_transaction(db, delete_some_parts, &r));
    while (r.parts > 0);
    return err_pass(db_transaction(db, delete_rest, &r));
}

static struct err *delete_listed(struct job_context *ctx, const struct db_stmt *st, int64_t days,
                                 size_t *count)
{
    struct file_row *files;
    struct err *e;

    TRY(db_begin_read(ctx->db));
    e = db_list(ctx->db, ctx->arena, st, DB_ARGS(DB_I(days), DB_I(BATCH)), &files, count);
    db_rollback(ctx->db);
    TRY(e);
    for (size_t i = 0; i < *count; i++)
        TRY(delete_one(ctx->db, files[i].id));
    return NULL;
}

static struct err *delete_older(struct job_context *ctx, const struct db_stmt *st, int64_t days)
{
    size_t count;

    do
        TRY(delete_listed(ctx, st, days, &count));
    while (count == BATCH);
    return NULL;
}

static struct err *purge_files(struct job_context *ctx, const struct job *job)
{
    int64_t days;

    (void)job;
    TRY(db_begin_read(ctx->db));
    TRY(parameter_now(ctx->db, ctx->arena, PARAM_KEEP_REMOVED_FILES, &days));
    TRY(db_commit(ctx->db));
    TRY(delete_older(ctx, &list_incomplete, INCOMPLETE_DAYS));
    return err_pass(delete_older(ctx, &list_removed, days));
}

const struct job_kind attachment_jobs[] = {
    { .name = "attachment.scan",
      .handler = scan_file,
      .retries = SCAN_RETRIES,
      .timeout_seconds = 180 },
    { .name = "attachment.purge",
      .handler = purge_files,
      .retries = 0,
      .timeout_seconds = 600,
      .every_seconds = 3600 },
    { 0 },
};
