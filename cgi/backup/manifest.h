/* backup/manifest.h - what a backup holds, written beside it: lines "name = value", an empty line,
 * then "SHA-256 SIZE PATH" a file, and as the last line the hash of all lines before it. */
#pragma once

#include "base/tree.h"

#include <stdbool.h>

enum { MANIFEST_FORM = 1 };

struct manifest_file {
    struct tree_file file;
    const char *sha256; /* 64 digits */
};

struct manifest {
    int64_t at;           /* when it was complete */
    const char *server;   /* MariaDB's version */
    const char *database; /* the portal's schema */
    int64_t migration;    /* number of the newest one that it has */
    int64_t tables;       /* of the schema */
    const char *log_name; /* file of the binary log; "": the server kept none */
    int64_t log_at;       /* the place in it up to which the backup goes */
    const char *key;      /* id of the key that signs the log; "": it was not there to be copied */
    struct manifest_file *files;
    size_t count;
};

typedef void manifest_progress(int64_t done, int64_t all);

/* Reads every file below FOLDER and fills M's list. */
struct err *manifest_hash(struct arena *a, const char *folder, struct manifest *m,
                          manifest_progress *progress);
/* Writes FOLDER/manifest. */
struct err *manifest_write(struct arena *a, const char *folder, const struct manifest *m);
/* ERR_PARSE when it is not what was written, ERR_IO when there is none. */
struct err *manifest_read(struct arena *a, const char *folder, struct manifest *m_out);
/* Compares every file of the list with what lies there: ERR_CONFLICT names the first that differs.
 */
struct err *manifest_check(struct arena *a, const char *folder, const struct manifest *m,
                           manifest_progress *progress);
