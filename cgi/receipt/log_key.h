/* receipt/log_key.h - the keys that sign receipts and heads of the log: the private one in a file
 * that only the worker reads, the public ones, also retired, in the table sign_key. */
#pragma once

#include "base/conf.h"
#include "crypt/note.h"
#include "db/db.h"

extern db_stmt_table log_key_statements[]; /* who checks receipts: reading */

struct log_key_row {
    int64_t key_id;
    const char *name;
    struct bytes public_key;
    int64_t valid_from, retired_at; /* 0: in use */
};

/* All of them, the oldest first, and the same as keys to check notes with.  KEYS_OUT may be NULL.
 */
struct err *log_keys_read(struct db *db, struct arena *a, struct log_key_row **rows_out,
                          struct note_key **keys_out, size_t *count_out);

/* What signs: the file's key, and its name. */
struct log_signer {
    struct sign_key *key;
    struct note_key known; /* its public half, under the name of the log */
};

/* The key's file: conf.sign_key_file, or VAR/keys/log.key. */
const char *log_key_path(struct arena *a, const struct conf *conf);
/* Reads the file.  ERR_CONFIG when it is not there, open to others, or names no log. */
struct err *log_signer_open(struct arena *a, const struct conf *conf, struct log_signer *out);
void log_signer_close(struct log_signer *signer);
/* ERR_CONFIG unless the key stands in the table and is in use: what it signs could not be checked.
 */
struct err *log_signer_check(struct db *db, struct arena *a, const struct log_signer *signer);

/* The first key of an installation: file (0600) and row.  ERR_CONFLICT when there is a file. */
struct err *log_key_new(struct db *db, struct arena *a, const struct conf *conf,
                        struct note_key *key_out);
/* A new key takes the place of the one in the file, which is retired: what it signed stays valid.
 * The new one is known before anything is signed with it. */
struct err *log_key_rotate(struct db *db, struct arena *a, const struct conf *conf,
                           struct note_key *key_out);
