/* db/kept.c - small tables that change seldom, read once in a while.
 *
 * A list of rows stays for the transaction that used it, so that nothing is freed under whoever
 * holds a row; the next transaction reads it anew when it has become too old. */
#include "db/inside.h"

#include "base/clock.h"
#include "base/log.h"

#include <stdlib.h>
#include <string.h>

enum { ARENA_BYTES = 2048 };

struct db_kept {
    const struct db_stmt *st;
    struct arena *arena;
    void *rows;
    size_t count;
    int64_t until_us; /* of the monotonic clock */
    int64_t used_in;  /* the transaction, by its number */
    struct db_kept *next;
};

void db_keep_for(struct db *db, int64_t us)
{
    db->keep_us = us;
}

bool db_keeps(const struct db *db)
{
    return db->keep_us > 0;
}

void db_kept_free(struct db *db)
{
    while (db->kept != NULL) {
        struct db_kept *kept = db->kept;

        db->kept = kept->next;
        arena_free(kept->arena);
        free(kept);
    }
}

static struct db_kept *place_of(struct db *db, const struct db_stmt *st)
{
    struct db_kept *kept = db->kept;

    while (kept != NULL && kept->st != st)
        kept = kept->next;
    if (kept != NULL)
        return kept;
    kept = calloc(1, sizeof(*kept));
    if (kept == NULL)
        log_die("out of memory");
    kept->st = st;
    kept->arena = arena_new(ARENA_BYTES);
    kept->next = db->kept;
    db->kept = kept;
    return kept;
}

/* A transaction that writes sees what it wrote, and what it reads may be taken back: nothing goes
 * into it or out of it. */
static bool is_young(const struct db *db, const struct db_kept *kept)
{
    return db->state != DB_WRITES && clock_monotonic_us() < kept->until_us;
}

static struct err *read_again(struct db *db, struct db_kept *kept)
{
    arena_clear(kept->arena);
    kept->until_us = kept->used_in = 0;
    TRY(db_list(db, kept->arena, kept->st, DB_NO_ARGS, &kept->rows, &kept->count));
    kept->until_us = clock_monotonic_us() + (db->state == DB_WRITES ? 0 : db->keep_us);
    return NULL;
}

struct err *db_kept(struct db *db, const struct db_stmt *st, void *rows_out, size_t *count_out)
{
    struct db_kept *kept = place_of(db, st);

    TRY(db_latched(db));
    if (db->state == DB_IDLE)
        return err_raise(ERR_BUG, "statement %s outside a transaction", st->name);
    if (kept->used_in != db->transaction && !is_young(db, kept))
        TRY(read_again(db, kept));
    kept->used_in = db->transaction;
    /* rows_out points to a pointer to the caller's struct, whatever that is. */
    memcpy(rows_out, &kept->rows, sizeof(kept->rows));
    *count_out = kept->count;
    return NULL;
}
