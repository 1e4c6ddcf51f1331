/* db/prepare.c - the statements of a connection, found by their addresses.  Before the first
 * request each is prepared once, checked, and let go again: a worker uses some dozens of the
 * hundreds that its program knows, and each that is held takes 16 KB here and as much in the
 * server.  What is used is prepared then, and held. */
#include "db/inside.h"

#include "base/fault.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_SLOTS = 64 };

/* Its slot stays. */
void db_unprepare(struct prepared *p)
{
    if (p->handle != NULL)
        mysql_stmt_close(p->handle);
    if (p->memory != NULL)
        arena_free(p->memory);
    *p = (struct prepared){ .st = p->st };
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

static struct err *prepare(struct db *db, struct prepared *p)
{
    struct err *e;

    p->memory = arena_new(1024);
    TRY_TO(failed, e, send_text(db, p));
    TRY_TO(failed, e, db_params_make(p));
    TRY_TO(failed, e, db_columns_make(p));
    return NULL;
failed:
    db_unprepare(p);
    return e;
}

struct err *db_prepare_apart(struct db *db, const struct db_stmt *st, struct prepared *p)
{
    *p = (struct prepared){ .st = st };
    return err_pass(prepare(db, p));
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

static struct err *add_slot(struct db *db, const struct db_stmt *st, struct prepared **p_out)
{
    TRY(make_room(db));
    *p_out = slot_of(db->slots, db->slot_count, st);
    if ((*p_out)->st == NULL) {
        (*p_out)->st = st;
        db->slot_used++;
    }
    return NULL;
}

static struct err *check_table(struct db *db, db_stmt_table *table)
{
    for (size_t i = 0; table[i] != NULL; i++) {
        struct prepared *p;

        TRY(add_slot(db, table[i], &p));
        if (p->handle == NULL)
            TRY(prepare(db, p));
        db_unprepare(p);
    }
    return NULL;
}

struct err *db_check_all(struct db *db)
{
    if (db->checked)
        return NULL;
    TRY(check_table(db, db_own_statements));
    for (size_t i = 0; db->tables != NULL && db->tables[i] != NULL; i++)
        TRY(check_table(db, db->tables[i]));
    db->checked = true;
    return NULL;
}

void db_let_go_all(struct db *db)
{
    for (size_t i = 0; i < db->slot_count; i++)
        db_unprepare(&db->slots[i]);
}

struct err *db_prepared(struct db *db, const struct db_stmt *st, struct prepared **p_out)
{
    *p_out = slot_of(db->slots, db->slot_count, st);
    if ((*p_out)->st == NULL) {
        if (!db->lazy)
            return err_raise(ERR_BUG, "statement %s stands in no table of this program", st->name);
        TRY(add_slot(db, st, p_out));
    }
    return (*p_out)->handle != NULL ? NULL : err_pass(prepare(db, *p_out));
}
