/* db/column.c - how a result arrives: each kind's column is checked and given a buffer when its
 * statement is prepared, and put into the member of the caller's struct when a row comes. */
#include "db/inside.h"

#include "base/money.h"

#include <string.h>

enum { TEXT_CAP_BYTES = 1024, NUMBER_BYTES = 32, BINARY_CHARSET = 63 };

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

/* -- when it is prepared */

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

struct err *db_columns_make(struct prepared *p)
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

/* -- when a row comes */

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

struct err *db_columns_read(struct db *db, struct prepared *p, struct arena *a, void *row)
{
    for (size_t i = 0; i < p->field_count; i++)
        TRY(read_column(db, p, i, a, row));
    return NULL;
}
