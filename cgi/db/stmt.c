/* db/stmt.c - statements as data: prepared and checked once, then run with arguments, their rows
 * read into structs.  Nothing is allocated for an execution but the rows themselves. */
#include "db/inside.h"

#include "base/fault.h"
#include "base/money.h"
#include "base/str.h"

#include <mysqld_error.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_SLOTS = 64, TEXT_CAP_BYTES = 1024, NUMBER_BYTES = 32, BINARY_CHARSET = 63 };
enum { FIRST_ROWS = 32 };

struct now_row {
    int64_t at;
};
static const struct db_field now_fields[] = { DB_FIELD(struct now_row, at, DB_AT, 0), { 0 } };
static const struct db_stmt now_stmt = { .name = "db.now",
                                         .sql = "SELECT UTC_TIMESTAMP(6) AS at",
                                         .binds = "",
                                         .fields = now_fields,
                                         .row_bytes = sizeof(struct now_row) };
db_stmt_table db_own_statements[] = { &now_stmt, NULL };

struct db_arg db_arg_text(const char *text)
{
    return (struct db_arg){ .kind = 's', .data = text, .len = text != NULL ? strlen(text) : 0 };
}

/* -- what may arrive as what ---------------------------------------------------------------------
 */

static bool is_whole_number(const MYSQL_FIELD *f)
{
    switch (f->type) {
    case MYSQL_TYPE_TINY:
    case MYSQL_TYPE_SHORT:
    case MYSQL_TYPE_INT24:
    case MYSQL_TYPE_LONG:
    case MYSQL_TYPE_LONGLONG:
    case MYSQL_TYPE_YEAR:
        return true;
    case MYSQL_TYPE_NEWDECIMAL: /* SUM() of whole numbers */
        return f->decimals == 0;
    default:
        return false;
    }
}

static bool is_string(const MYSQL_FIELD *f)
{
    return f->type == MYSQL_TYPE_VAR_STRING || f->type == MYSQL_TYPE_STRING ||
           f->type == MYSQL_TYPE_BLOB || f->type == MYSQL_TYPE_TINY_BLOB ||
           f->type == MYSQL_TYPE_MEDIUM_BLOB || f->type == MYSQL_TYPE_LONG_BLOB;
}

static bool is_text(const MYSQL_FIELD *f)
{
    return is_string(f) && f->charsetnr != BINARY_CHARSET;
}

static bool is_bytes(const MYSQL_FIELD *f)
{
    return is_string(f) && f->charsetnr == BINARY_CHARSET;
}

static bool is_instant(const MYSQL_FIELD *f)
{
    return f->type == MYSQL_TYPE_DATETIME || f->type == MYSQL_TYPE_TIMESTAMP;
}

static bool is_day(const MYSQL_FIELD *f)
{
    return f->type == MYSQL_TYPE_DATE;
}

static bool is_decimal(const MYSQL_FIELD *f)
{
    return f->type == MYSQL_TYPE_NEWDECIMAL && f->decimals <= 4;
}

static void put_i64(void *member, const MYSQL_BIND *column)
{
    *(int64_t *)member = *(const long long *)column->buffer;
}

static void put_bool(void *member, const MYSQL_BIND *column)
{
    *(bool *)member = *(const long long *)column->buffer != 0;
}

static void put_at(void *member, const MYSQL_BIND *column)
{
    const MYSQL_TIME *t = column->buffer;
    struct civil c = { .year = (int)t->year,
                       .month = (int)t->month,
                       .day = (int)t->day,
                       .hour = (int)t->hour,
                       .minute = (int)t->minute,
                       .second = (int)t->second,
                       .microsecond = (int)t->second_part };

    *(int64_t *)member = civil_to_us(&c);
}

static void put_day(void *member, const MYSQL_BIND *column)
{
    const MYSQL_TIME *t = column->buffer;

    *(int32_t *)member = day_from_civil((int)t->year, (int)t->month, (int)t->day);
}

/* How each kind is received.  Strings have no PUT: they are copied to the arena. */
static const struct {
    const char *name;
    bool (*fits)(const MYSQL_FIELD *field);
    enum enum_field_types type;
    size_t buffer_bytes; /* 0: the cap of the column */
    void (*put)(void *member, const MYSQL_BIND *column);
} kinds[DB_KIND_COUNT] = {
    [DB_I64] = { "whole number", is_whole_number, MYSQL_TYPE_LONGLONG, sizeof(long long), put_i64 },
    [DB_BOOL] = { "bool", is_whole_number, MYSQL_TYPE_LONGLONG, sizeof(long long), put_bool },
    [DB_TEXT] = { "text", is_text, MYSQL_TYPE_STRING, 0, NULL },
    [DB_BYTES] = { "bytes", is_bytes, MYSQL_TYPE_STRING, 0, NULL },
    [DB_AT] = { "instant", is_instant, MYSQL_TYPE_DATETIME, sizeof(MYSQL_TIME), put_at },
    [DB_DAY] = { "day", is_day, MYSQL_TYPE_DATE, sizeof(MYSQL_TIME), put_day },
    [DB_E4] = { "DECIMAL with at most 4 decimals", is_decimal, MYSQL_TYPE_STRING, NUMBER_BYTES,
                NULL },
};

static void put_null(void *member, enum db_kind kind)
{
    switch (kind) {
    case DB_BOOL:
        *(bool *)member = false;
        break;
    case DB_TEXT:
        *(const char **)member = NULL;
        break;
    case DB_BYTES:
        *(struct bytes *)member = (struct bytes){ NULL, 0 };
        break;
    case DB_DAY:
        *(int32_t *)member = DAY_NONE;
        break;
    default:
        *(int64_t *)member = 0;
        break;
    }
}

/* -- preparing -----------------------------------------------------------------------------------
 */

static size_t count_fields(const struct db_stmt *st)
{
    size_t n = 0;

    while (st->fields != NULL && st->fields[n].column != NULL)
        n++;
    return n;
}

static struct err *check_column(const struct db_stmt *st, const struct db_field *want,
                                const MYSQL_FIELD *got)
{
    if (want->kind <= 0 || want->kind >= DB_KIND_COUNT)
        return err_raise(ERR_CONFIG, "statement %s: column %s has no kind", st->name, want->column);
    if (strcmp(want->column, got->name) != 0)
        return err_raise(ERR_CONFIG, "statement %s: column %s comes where %s is expected", st->name,
                         got->name, want->column);
    if (!kinds[want->kind].fits(got))
        return err_raise(ERR_CONFIG,
                         "statement %s: column %s is no %s (type %d, %u decimals, charset %u)",
                         st->name, want->column, kinds[want->kind].name, (int)got->type,
                         got->decimals, got->charsetnr);
    return NULL;
}

static size_t buffer_bytes(const struct db_field *field, const MYSQL_FIELD *column)
{
    size_t bytes = kinds[field->kind].buffer_bytes;

    if (bytes != 0)
        return bytes;
    if (field->cap_bytes != 0)
        return field->cap_bytes;
    return column->length < TEXT_CAP_BYTES ? column->length + 1 : TEXT_CAP_BYTES;
}

static struct err *bind_columns(struct prepared *p, const MYSQL_FIELD *columns)
{
    struct arena *a = p->memory;

    p->columns = arena_array(a, p->field_count, sizeof(*p->columns));
    p->lengths = arena_array(a, p->field_count, sizeof(*p->lengths));
    p->nulls = arena_array(a, p->field_count, sizeof(*p->nulls));
    p->errors = arena_array(a, p->field_count, sizeof(*p->errors));
    for (size_t i = 0; i < p->field_count; i++) {
        const struct db_field *field = &p->st->fields[i];
        size_t bytes;

        TRY(check_column(p->st, field, &columns[i]));
        bytes = buffer_bytes(field, &columns[i]);
        p->columns[i] = (MYSQL_BIND){ .buffer_type = kinds[field->kind].type,
                                      .buffer = arena_alloc(a, bytes),
                                      .buffer_length = bytes,
                                      .length = &p->lengths[i],
                                      .is_null = &p->nulls[i],
                                      .error = &p->errors[i] };
    }
    if (mysql_stmt_bind_result(p->handle, p->columns) != 0)
        return err_raise(ERR_CONFIG, "statement %s: %s", p->st->name, mysql_stmt_error(p->handle));
    return NULL;
}

static struct err *check_columns(struct prepared *p)
{
    const struct db_stmt *st = p->st;
    MYSQL_RES *meta = mysql_stmt_result_metadata(p->handle);
    size_t count = meta != NULL ? mysql_num_fields(meta) : 0;
    struct err *e = NULL;

    p->field_count = count_fields(st);
    if (count != p->field_count)
        e = err_raise(ERR_CONFIG, "statement %s: %zu columns come, %zu are described", st->name,
                      count, p->field_count);
    else if (count != 0 && st->row_bytes == 0)
        e = err_raise(ERR_CONFIG, "statement %s: row_bytes is not set", st->name);
    else if (count == 0 && (st->flags & DB_WRITE) == 0)
        e = err_raise(ERR_CONFIG, "statement %s: without columns and without DB_WRITE", st->name);
    else if (count != 0)
        e = err_pass(bind_columns(p, mysql_fetch_fields(meta)));
    if (meta != NULL)
        mysql_free_result(meta);
    return e;
}

static struct err *check_params(struct prepared *p)
{
    const struct db_stmt *st = p->st;

    p->param_count = mysql_stmt_param_count(p->handle);
    if (p->param_count != strlen(st->binds))
        return err_raise(ERR_CONFIG, "statement %s: %zu parameters, binds is \"%s\"", st->name,
                         p->param_count, st->binds);
    if (strspn(st->binds, "isbtdm") != p->param_count)
        return err_raise(ERR_CONFIG, "statement %s: unknown letter in binds \"%s\"", st->name,
                         st->binds);
    p->params = arena_array(p->memory, p->param_count + 1, sizeof(*p->params));
    p->values = arena_array(p->memory, p->param_count + 1, sizeof(*p->values));
    return NULL;
}

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
    if (FAULT(FAULT_DB))
        return err_raise(ERR_DB, "statement %s: failed on purpose", st->name);
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
    TRY_TO(failed, e, check_params(p));
    TRY_TO(failed, e, check_columns(p));
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

static struct err *find(struct db *db, const struct db_stmt *st, struct prepared **p_out)
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

/* -- running -------------------------------------------------------------------------------------
 */

static MYSQL_BIND bind_instant(union param_value *value, int64_t at_us)
{
    struct civil c = civil_from_us(at_us);

    value->time = (MYSQL_TIME){ .year = (unsigned)c.year,
                                .month = (unsigned)c.month,
                                .day = (unsigned)c.day,
                                .hour = (unsigned)c.hour,
                                .minute = (unsigned)c.minute,
                                .second = (unsigned)c.second,
                                .second_part = (unsigned long)c.microsecond,
                                .time_type = MYSQL_TIMESTAMP_DATETIME };
    return (MYSQL_BIND){ .buffer_type = MYSQL_TYPE_DATETIME, .buffer = &value->time };
}

static MYSQL_BIND bind_day(union param_value *value, int32_t day)
{
    int year, month, mday;

    day_to_civil(day, &year, &month, &mday);
    value->time = (MYSQL_TIME){ .year = (unsigned)year,
                                .month = (unsigned)month,
                                .day = (unsigned)mday,
                                .time_type = MYSQL_TIMESTAMP_DATE };
    return (MYSQL_BIND){ .buffer_type = MYSQL_TYPE_DATE, .buffer = &value->time };
}

static MYSQL_BIND bind_bytes(enum enum_field_types type, const void *data, size_t len)
{
    /* The connector only reads it. */
    return (
        MYSQL_BIND){ .buffer_type = type, .buffer = (void *)(uintptr_t)data, .buffer_length = len };
}

static MYSQL_BIND bind_arg(union param_value *value, const struct db_arg *arg)
{
    static const MYSQL_BIND null = { .buffer_type = MYSQL_TYPE_NULL };

    switch (arg->kind) {
    case 'i':
        value->number = arg->i;
        return (MYSQL_BIND){ .buffer_type = MYSQL_TYPE_LONGLONG, .buffer = &value->number };
    case 's':
        return arg->data == NULL ? null : bind_bytes(MYSQL_TYPE_STRING, arg->data, arg->len);
    case 'b':
        return arg->data == NULL ? null : bind_bytes(MYSQL_TYPE_BLOB, arg->data, arg->len);
    case 't':
        return arg->i == 0 ? null : bind_instant(value, arg->i);
    case 'd':
        return arg->i == DAY_NONE ? null : bind_day(value, (int32_t)arg->i);
    case 'm':
        money_text(arg->i, 4, value->decimal);
        return bind_bytes(MYSQL_TYPE_STRING, value->decimal, strlen(value->decimal));
    default:
        return null;
    }
}

static struct err *bind_args(struct prepared *p, const struct db_arg *args)
{
    for (size_t i = 0; i < p->param_count; i++) {
        if (args[i].kind == 0 || (args[i].kind != 'n' && args[i].kind != p->st->binds[i]))
            return err_raise(ERR_BUG, "statement %s: argument %zu is '%c', not '%c'", p->st->name,
                             i + 1, args[i].kind == 0 ? '-' : args[i].kind, p->st->binds[i]);
        p->params[i] = bind_arg(&p->values[i], &args[i]);
    }
    if (args[p->param_count].kind != 0)
        return err_raise(ERR_BUG, "statement %s: more than %zu arguments", p->st->name,
                         p->param_count);
    if (p->param_count != 0 && mysql_stmt_bind_param(p->handle, p->params) != 0)
        return err_raise(ERR_DB, "statement %s: %s", p->st->name, mysql_stmt_error(p->handle));
    return NULL;
}

static struct err *check_state(const struct db *db, const struct db_stmt *st, bool gives_rows)
{
    TRY(db_latched(db));
    if (db->state == DB_IDLE)
        return err_raise(ERR_BUG, "statement %s outside a transaction", st->name);
    if ((st->flags & DB_WRITE) != 0 && db->state != DB_WRITES)
        return err_raise(ERR_BUG, "statement %s writes in a reading transaction", st->name);
    if (gives_rows != (st->fields != NULL))
        return err_raise(ERR_BUG, "statement %s %s rows", st->name, gives_rows ? "has no" : "has");
    return NULL;
}

static struct err *execute(struct db *db, const struct db_stmt *st, const struct db_arg *args,
                           bool gives_rows, struct prepared **p_out)
{
    TRY(check_state(db, st, gives_rows));
    TRY(find(db, st, p_out));
    TRY(bind_args(*p_out, args));
    db->statements++;
    if (FAULT(FAULT_DB))
        return err_raise(ERR_DB, "statement %s: failed on purpose", st->name);
    if (mysql_stmt_execute((*p_out)->handle) != 0)
        return db_server_error(db, (*p_out)->handle, st->name);
    return NULL;
}

/* The text of column I, copied once to where it stays. */
static struct err *copy_string(struct db *db, struct prepared *p, size_t i, struct arena *a,
                               char **data_out)
{
    MYSQL_BIND *column = &p->columns[i];

    if (p->lengths[i] <= column->buffer_length) {
        *data_out = arena_dup_bytes(a, column->buffer, p->lengths[i]);
        return NULL;
    }
    *data_out = arena_alloc(a, p->lengths[i] + 1);
    MYSQL_BIND whole = { .buffer_type = column->buffer_type,
                         .buffer = *data_out,
                         .buffer_length = p->lengths[i],
                         .length = &p->lengths[i],
                         .is_null = &p->nulls[i],
                         .error = &p->errors[i] };
    if (mysql_stmt_fetch_column(p->handle, &whole, (unsigned)i, 0) != 0)
        return db_server_error(db, p->handle, p->st->name);
    p->errors[i] = 0;
    return NULL;
}

static struct err *read_decimal(struct prepared *p, size_t i, int64_t *e4_out)
{
    char text[NUMBER_BYTES];
    size_t len = p->lengths[i];

    if (len < sizeof(text)) {
        memcpy(text, p->columns[i].buffer, len);
        text[len] = '\0';
        if (money_parse_e4(text, e4_out))
            return NULL;
    }
    return err_raise(ERR_DB, "statement %s: column %s does not fit", p->st->name,
                     p->st->fields[i].column);
}

static struct err *read_column(struct db *db, struct prepared *p, size_t i, struct arena *a,
                               void *row)
{
    const struct db_field *field = &p->st->fields[i];
    void *member = (char *)row + field->offset;
    char *data;

    if (p->nulls[i]) {
        if (!field->nullable)
            return err_raise(ERR_DB, "statement %s: column %s is NULL", p->st->name, field->column);
        put_null(member, field->kind);
        return NULL;
    }
    switch (field->kind) {
    case DB_TEXT:
        TRY(copy_string(db, p, i, a, &data));
        *(const char **)member = data;
        return NULL;
    case DB_BYTES:
        TRY(copy_string(db, p, i, a, &data));
        *(struct bytes *)member = (struct bytes){ data, p->lengths[i] };
        return NULL;
    case DB_E4:
        return err_pass(read_decimal(p, i, member));
    default:
        if (p->errors[i])
            return err_raise(ERR_DB, "statement %s: column %s does not fit", p->st->name,
                             field->column);
        kinds[field->kind].put(member, &p->columns[i]);
        return NULL;
    }
}

/* Asks for the next row. */
static struct err *next_row(struct db *db, struct prepared *p, bool *more_out)
{
    int rc = mysql_stmt_fetch(p->handle);

    *more_out = rc == 0 || rc == MYSQL_DATA_TRUNCATED;
    if (rc != 0 && rc != MYSQL_NO_DATA && rc != MYSQL_DATA_TRUNCATED)
        return db_server_error(db, p->handle, p->st->name);
    return NULL;
}

static struct err *read_row(struct db *db, struct prepared *p, struct arena *a, void *row)
{
    for (size_t i = 0; i < p->field_count; i++)
        TRY(read_column(db, p, i, a, row));
    return NULL;
}

static struct err *read_one(struct db *db, struct prepared *p, struct arena *a, void *row,
                            bool *found_out)
{
    bool more;

    TRY(next_row(db, p, found_out));
    if (!*found_out)
        return NULL;
    TRY(read_row(db, p, a, row));
    TRY(next_row(db, p, &more));
    return more ? err_raise(ERR_BUG, "statement %s: more than one row", p->st->name) : NULL;
}

struct err *db_one(struct db *db, struct arena *a, const struct db_stmt *st,
                   const struct db_arg *args, void *row, bool *found_out)
{
    struct prepared *p;
    struct err *e = execute(db, st, args, true, &p);

    *found_out = false;
    if (e != NULL)
        return db_latch(db, err_pass(e));
    e = read_one(db, p, a, row, found_out);
    mysql_stmt_free_result(p->handle);
    return db_latch(db, err_pass(e));
}

struct err *db_get(struct db *db, struct arena *a, const struct db_stmt *st,
                   const struct db_arg *args, void *row)
{
    bool found;

    TRY(db_one(db, a, st, args, row, &found));
    return found ? NULL : err_raise(ERR_NOT_FOUND, "statement %s: no row", st->name);
}

static void *grow(struct arena *a, void *rows, size_t count, size_t *room, size_t row_bytes)
{
    void *more;

    *room = *room == 0 ? FIRST_ROWS : *room * 2;
    more = arena_array(a, *room, row_bytes);
    if (count != 0)
        memcpy(more, rows, count * row_bytes);
    return more;
}

static struct err *read_all(struct db *db, struct prepared *p, struct arena *a, void **rows_out,
                            size_t *count_out)
{
    size_t bytes = p->st->row_bytes, room = 0, count = 0;
    char *rows = grow(a, NULL, 0, &room, bytes);
    bool more;

    for (;;) {
        TRY(next_row(db, p, &more));
        if (!more)
            break;
        if (count == room)
            rows = grow(a, rows, count, &room, bytes);
        TRY(read_row(db, p, a, rows + count * bytes));
        count++;
    }
    *rows_out = rows;
    *count_out = count;
    return NULL;
}

struct err *db_list(struct db *db, struct arena *a, const struct db_stmt *st,
                    const struct db_arg *args, void *rows_out, size_t *count_out)
{
    struct prepared *p;
    void *rows = NULL;
    struct err *e = execute(db, st, args, true, &p);

    if (e != NULL)
        return db_latch(db, err_pass(e));
    e = read_all(db, p, a, &rows, count_out);
    mysql_stmt_free_result(p->handle);
    /* rows_out points to a pointer to the caller's struct, whatever that is. */
    memcpy(rows_out, &rows, sizeof(rows));
    return db_latch(db, err_pass(e));
}

static struct err *show_rows(struct db *db, struct prepared *p,
                             struct err *(*fn)(void *arg, const void *row), void *arg, void *row)
{
    bool more;

    for (;;) {
        TRY(next_row(db, p, &more));
        if (!more)
            return NULL;
        arena_clear(db->rows);
        memset(row, 0, p->st->row_bytes);
        TRY(read_row(db, p, db->rows, row));
        TRY(fn(arg, row));
    }
}

struct err *db_each(struct db *db, const struct db_stmt *st, const struct db_arg *args,
                    struct err *(*fn)(void *arg, const void *row), void *arg)
{
    struct prepared *p;
    struct err *e = execute(db, st, args, true, &p);
    void *row;

    if (e != NULL)
        return db_latch(db, err_pass(e));
    row = calloc(1, st->row_bytes);
    e = row == NULL ? err_raise(ERR_IO, "no memory for a row") : show_rows(db, p, fn, arg, row);
    free(row);
    mysql_stmt_free_result(p->handle);
    return db_latch(db, err_pass(e));
}

struct err *db_exec(struct db *db, const struct db_stmt *st, const struct db_arg *args,
                    int64_t *affected_out)
{
    struct prepared *p;
    struct err *e = execute(db, st, args, false, &p);

    if (e != NULL)
        return db_latch(db, err_pass(e));
    if (affected_out != NULL)
        *affected_out = (int64_t)mysql_stmt_affected_rows(p->handle);
    return NULL;
}

struct err *db_insert(struct db *db, const struct db_stmt *st, const struct db_arg *args,
                      int64_t *id_out)
{
    struct prepared *p;
    struct err *e = execute(db, st, args, false, &p);

    if (e != NULL)
        return db_latch(db, err_pass(e));
    *id_out = (int64_t)mysql_stmt_insert_id(p->handle);
    return NULL;
}

struct err *db_now(struct db *db, int64_t *at_us_out)
{
    struct now_row now = { 0 };
    bool found;

    if (db->now_us == 0) {
        TRY(db_one(db, db->rows, &now_stmt, DB_NO_ARGS, &now, &found));
        db->now_us = now.at;
    }
    *at_us_out = db->now_us;
    return NULL;
}
