/* attachment/attachment.h - files that hang on a record.
 *
 * A file stands in rows of 1 MiB, each written in a transaction of its own, since one large
 * transaction would hold up every other writer of a cluster.  So it is written over a second
 * connection before it belongs to anything; the row that makes it somebody's is part of the
 * caller's transaction.  What never came to belong to anything is removed after a day.
 *
 * Who may see a file is decided by who may see its record: callers load the record first and then
 * ask by (kind, object_id), so a file's own number is of no use to anybody else. */
#pragma once

#include "base/arena.h"
#include "base/conf.h"
#include "db/db.h"
#include "job/queue.h"
#include "web/request.h"

enum { ATTACHMENT_ID_BYTES = 33, ATTACHMENTS_PER_RECORD = 100, ATTACHMENT_PART_BYTES = 1 << 20 };

extern db_stmt_table attachment_statements[];      /* programs that show and take files */
extern db_stmt_table attachment_take_statements[]; /* programs that take files and never show any */
extern db_stmt_table attachment_store_statements[]; /* the second connection; the worker */
extern db_stmt_table attachment_job_statements[];   /* the worker */
extern const struct job_kind attachment_jobs[];

/* The second connection of a program, opened when the first file comes. */
struct attachment_store;
/* PROGRAM is that of its account; CONF must outlive the store. */
struct attachment_store *attachment_store_new(const struct conf *conf, const char *program);
void attachment_store_free(struct attachment_store *store); /* NULL is allowed */

/* What the record is, and who brings the file. */
struct attachment_owner {
    const char *kind;
    int64_t object_id;
    int64_t comment_id; /* 0: of the record itself */
    int64_t user_id;
};

/* Stores FILE and hangs it on OWNER in the open transaction of DB.  ERR_TOO_LARGE above the limit
 * (conf.upload_max_bytes), ERR_CONFLICT when the record has ATTACHMENTS_PER_RECORD already.  With a
 * scanner it can be downloaded when the scanner has found it clean. */
struct err *attachment_add(struct attachment_store *store, struct db *db, struct arena *a,
                           const struct attachment_owner *owner, const struct upload *file);

struct attachment {
    int64_t id, file_id, size_bytes, comment_id, created_by, created_at;
    const char *public_id; /* 32 hexadecimal digits: how it is called in addresses */
    const char *name, *mime;
    const char *scan; /* "none" (no scanner), "waiting", "clean", "found", "failed" */
};

/* The files of a record, oldest first. */
struct err *attachment_list(struct db *db, struct arena *a, const char *kind, int64_t object_id,
                            struct attachment **rows_out, size_t *count_out);
/* One of them by its public id; ERR_NOT_FOUND when the record has no such file. */
struct err *attachment_get(struct db *db, struct arena *a, const char *kind, int64_t object_id,
                           const char *public_id, struct attachment *row_out);
/* True when it may be handed out. */
bool attachment_is_safe(const struct attachment *row);
/* Answers with the file, piece by piece.  ERR_CONFLICT while it waits for the scanner,
 * ERR_NOT_FOUND when something was found in it. */
struct err *attachment_send(struct request *req, const struct attachment *row);
/* Takes it off its record; the file goes a month later.  ERR_NOT_FOUND when it is not there. */
struct err *attachment_remove(struct db *db, const char *kind, int64_t object_id,
                              const char *public_id);

/* All of them, for a record that is purged. */
extern db_stmt_table attachment_remove_statements[];
struct err *attachment_remove_all(struct db *db, const char *kind, int64_t object_id);

/* Fills LIST in V: .Name, .Size, .Href (BASE and the public id), .Scan, .At. */
void attachment_show(struct request *req, struct view *v, const char *list,
                     const struct attachment *rows, size_t count, const char *base);
