/* db/prepare.c - the statements of a connection: each prepared and checked once, before the first
 * request, and found again by its address. */
#include "db/inside.h"

#include "base/fault.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_SLOTS = 64 };

static void forget(struct prepared *p)
{
    if (p->handle != NULL)
        mysql_stmt_close(p->handle);
    if (p->memory != NULL)
        arena_free(p->memory);
    *p = (struct prepared){ 0 };
}

static struct err *send_text(struct db *db, struct prepared *p)
{
    const struct db_stmt *st = p->st;
    struct err *e, *answer;

    p->handle = mysql_stmt_init(db->mysql);
    if (p->handle == NULL)
        return err_raise(ERR_DB, "statement %s: no memory", st->name);
    TRY(db_fault(db, st->name));
    if (mysql_stmt_prepare(p->handle, st->sql, strlen(st->sql)) == 0)
        return NULL;
    e = db_server_error(db, p->handle, st->name);
    if (!err_is(e, ERR_DB))
        return e;
    answer = err_raise(ERR_CONFIG, "statement %s", err_message(e));
    err_free(e);
    return answer;
}

static struct err *prepare(struct db *db, const struct db_stmt *st, struct prepared *p)
{
    struct err *e;

    *p = (struct prepared){ .st = st, .memory = arena_new(1024) };
    TRY_TO(failed, e, send_text(db, p));
    TRY_TO(failed, e, db_params_make(p));
    TRY_TO(failed, e, db_columns_make(p));
    return NULL;
failed:
    forget(p);
    return e;
}

/* -- slots ---------------------------------------------------------------------------------------
 */
static struct prepared *slot_of(struct prepared *slots, size_t count, const struct db_stmt *st)
{
    /* Statements are static structs: their low bits say little, a product spreads the others. */
    size_t i = (size_t)(((uintptr_t)st >> 3) * 0x9E3779B97F4A7C15u >> 20) & (count - 1);

    while (slots[i].st != NULL && slots[i].st != st)
        i = (i + 1) & (count - 1);
    return &slots[i];
}

static struct err *make_room(struct db *db)
{
    size_t count = db->slot_count == 0 ? FIRST_SLOTS : db->slot_count * 2;
    struct prepared *slots;

    if (db->slot_used * 2 < db->slot_count)
        return NULL;
    slots = calloc(count, sizeof(*slots));
    if (slots == NULL)
        return err_raise(ERR_IO, "no memory for statements");
    for (size_t i = 0; i < db->slot_count; i++)
        if (db->slots[i].st != NULL)
            *slot_of(slots, count, db->slots[i].st) = db->slots[i];
    free(db->slots);
    db->slots = slots;
    db->slot_count = count;
    return NULL;
}

static struct err *prepare_once(struct db *db, const struct db_stmt *st)
{
    struct prepared *slot;

    TRY(make_room(db));
    slot = slot_of(db->slots, db->slot_count, st);
    if (slot->st != NULL)
        return NULL;
    TRY(prepare(db, st, slot));
    db->slot_used++;
    return NULL;
}

static struct err *prepare_table(struct db *db, db_stmt_table *table)
{
    for (size_t i = 0; table[i] != NULL; i++)
        TRY(prepare_once(db, table[i]));
    return NULL;
}

struct err *db_prepare_all(struct db *db)
{
    TRY(prepare_table(db, db_own_statements));
    for (size_t i = 0; db->tables != NULL && db->tables[i] != NULL; i++)
        TRY(prepare_table(db, db->tables[i]));
    return NULL;
}

void db_forget_all(struct db *db)
{
    for (size_t i = 0; i < db->slot_count; i++)
        forget(&db->slots[i]);
    db->slot_used = 0;
}

struct err *db_prepared(struct db *db, const struct db_stmt *st, struct prepared **p_out)
{
    *p_out = slot_of(db->slots, db->slot_count, st);
    if ((*p_out)->st != NULL)
        return NULL;
    if (!db->lazy)
        return err_raise(ERR_BUG, "statement %s stands in no table of this program", st->name);
    TRY(prepare_once(db, st));
    *p_out = slot_of(db->slots, db->slot_count, st);
    return NULL;
}
