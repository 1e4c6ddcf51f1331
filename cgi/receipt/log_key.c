/* receipt/log_key.c - where the keys of the log are kept, and how one follows another. */
#include "receipt/log_key.h"

#include "base/str.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct db_field key_fields[] = {
    DB_FIELD(struct log_key_row, key_id, DB_I64, 0),
    DB_FIELD(struct log_key_row, name, DB_TEXT, 800),
    DB_FIELD(struct log_key_row, public_key, DB_BYTES, SIGN_PUBLIC_BYTES),
    DB_FIELD(struct log_key_row, valid_from, DB_AT, 0),
    DB_NULLABLE(struct log_key_row, retired_at, DB_AT, 0),
    { 0 },
};
static const struct db_stmt list_keys = {
    .name = "log.keys",
    .sql = "SELECT key_id, name, public_key, valid_from, retired_at FROM sign_key"
           " ORDER BY valid_from, key_id",
    .binds = "",
    .fields = key_fields,
    .row_bytes = sizeof(struct log_key_row),
    .flags = DB_WHOLE_TABLE,
};
db_stmt_table log_key_statements[] = { &list_keys, NULL };

static const struct db_stmt add_key = {
    .name = "log.key_add",
    .sql = "INSERT INTO sign_key (key_id, name, public_key, valid_from)"
           " VALUES (?, ?, ?, UTC_TIMESTAMP(6))",
    .binds = "isb",
    .flags = DB_WRITE,
};
static const struct db_stmt retire_others = {
    .name = "log.key_retire",
    .sql = "UPDATE sign_key SET retired_at = UTC_TIMESTAMP(6)"
           " WHERE key_id <> ? AND retired_at IS NULL",
    .binds = "i",
    .flags = DB_WRITE,
};

struct err *log_keys_read(struct db *db, struct arena *a, struct log_key_row **rows_out,
                          struct note_key **keys_out, size_t *count_out)
{
    struct log_key_row *rows = NULL;

    TRY(db_list(db, a, &list_keys, DB_NO_ARGS, &rows, count_out));
    *rows_out = rows;
    if (keys_out == NULL)
        return NULL;
    *keys_out = arena_array(a, *count_out + 1, sizeof(**keys_out));
    for (size_t i = 0; i < *count_out; i++)
        TRY(note_key_make(rows[i].name, rows[i].public_key.data, &(*keys_out)[i]));
    return NULL;
}

/* -- the file ------------------------------------------------------------------------------------
 */

const char *log_key_path(struct arena *a, const struct conf *conf)
{
    return str_is_empty(conf->sign_key_file) ? arena_printf(a, "%s/keys/log.key", conf->var)
                                             : conf->sign_key_file;
}

static struct err *name_key(const struct sign_key *key, const struct conf *conf,
                            struct note_key *key_out)
{
    unsigned char public_key[SIGN_PUBLIC_BYTES];

    sign_key_public(key, public_key);
    if (!note_name_valid(conf->log_origin))
        return err_raise(ERR_CONFIG, "log_origin: %s is no name of a key", conf->log_origin);
    return err_pass(note_key_make(conf->log_origin, public_key, key_out));
}

struct err *log_signer_open(struct arena *a, const struct conf *conf, struct log_signer *out)
{
    struct err *e;

    TRY(sign_key_read(log_key_path(a, conf), &out->key));
    e = err_pass(name_key(out->key, conf, &out->known));
    if (e != NULL)
        log_signer_close(out);
    return e;
}

void log_signer_close(struct log_signer *signer)
{
    sign_key_free(signer->key);
    signer->key = NULL;
}

struct err *log_signer_check(struct db *db, struct arena *a, const struct log_signer *signer)
{
    struct log_key_row *rows = NULL;
    size_t count;

    TRY(log_keys_read(db, a, &rows, NULL, &count));
    for (size_t i = 0; i < count; i++)
        if (rows[i].key_id == signer->known.id && rows[i].retired_at == 0 &&
            memcmp(rows[i].public_key.data, signer->known.public_key, SIGN_PUBLIC_BYTES) == 0)
            return NULL;
    return err_raise(ERR_CONFIG, "the key of %s (%08x) is not in use: see fairwayctl key list",
                     signer->known.name, signer->known.id);
}

/* -- a new one -----------------------------------------------------------------------------------
 */

static struct err *insert_key(struct db *db, void *arg)
{
    const struct note_key *key = arg;

    return err_pass(db_exec(
        db, &add_key,
        DB_ARGS(DB_I(key->id), DB_S(key->name), DB_B(key->public_key, SIGN_PUBLIC_BYTES)), NULL));
}

static struct err *retire(struct db *db, void *arg)
{
    const struct note_key *key = arg;

    return err_pass(db_exec(db, &retire_others, DB_ARGS(DB_I(key->id)), NULL));
}

/* The folder of the key, for its owner alone. */
static struct err *make_folder(struct arena *a, const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *folder;

    if (slash == NULL || slash == path)
        return NULL;
    folder = arena_dup_bytes(a, path, (size_t)(slash - path));
    if (mkdir(folder, 0700) != 0 && errno != EEXIST)
        return err_raise(ERR_IO, "cannot make %s: %s", folder, strerror(errno));
    return NULL;
}

/* Writes a new key to PATH and enters it into the table; without the row, no file stays. */
static struct err *make_key(struct db *db, struct arena *a, const struct conf *conf,
                            const char *path, struct note_key *key_out)
{
    struct sign_key *key;
    struct err *e;

    TRY(make_folder(a, path));
    TRY(sign_key_new(&key));
    e = err_pass(name_key(key, conf, key_out));
    if (e == NULL)
        e = err_pass(sign_key_write(key, path));
    if (e == NULL) {
        e = err_pass(db_transaction(db, insert_key, key_out));
        if (e != NULL)
            unlink(path);
    }
    sign_key_free(key);
    return e;
}

struct err *log_key_new(struct db *db, struct arena *a, const struct conf *conf,
                        struct note_key *key_out)
{
    return err_pass(make_key(db, a, conf, log_key_path(a, conf), key_out));
}

struct err *log_key_rotate(struct db *db, struct arena *a, const struct conf *conf,
                           struct note_key *key_out)
{
    const char *path = log_key_path(a, conf);
    const char *fresh = arena_printf(a, "%s.new", path);

    if (access(path, F_OK) != 0)
        return err_raise(ERR_CONFIG, "there is no key at %s: fairwayctl key new", path);
    /* Left by a rotation that was cut short: its key never signed anything. */
    if (unlink(fresh) != 0 && errno != ENOENT)
        return err_raise(ERR_IO, "cannot remove %s: %s", fresh, strerror(errno));
    TRY(make_key(db, a, conf, fresh, key_out));
    if (rename(fresh, path) != 0)
        return err_raise(ERR_IO, "cannot put the new key at %s: %s", path, strerror(errno));
    return err_pass(db_transaction(db, retire, key_out));
}
