/* db/stmt.h - a statement is data: its text, what goes in, what comes out.
 *
 * Every statement that a program may run stands in a table of its room and is prepared at start-up,
 * on the program's own database account: a statement that does not fit the schema, or that the
 * account may not run, stops the program before its first request.  Tests walk the same tables.
 *
 * INSERT ... RETURNING cannot stand in one: the server tells its columns only when it runs. */
#pragma once

#include "base/clock.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How a column arrives in its struct member.  A NULL is an error unless the field says nullable. */
enum db_kind {
    DB_I64 = 1, /* int64_t; NULL gives 0 */
    DB_BOOL,    /* bool, from TINYINT(1); NULL gives false */
    DB_TEXT,    /* const char *, copied to the arena; NULL gives NULL */
    DB_BYTES,   /* struct bytes, copied to the arena; NULL gives { NULL, 0 } */
    DB_AT,      /* int64_t, DATETIME(6) in UTC as microseconds; NULL gives 0 */
    DB_DAY,     /* int32_t, DATE as days; NULL gives DAY_NONE */
    DB_E4,      /* int64_t, DECIMAL(19,4) as ten-thousandths; NULL gives 0 */
    DB_KIND_COUNT
};

struct bytes {
    const void *data;
    size_t len;
};

struct db_field {
    const char *column; /* its name in the result; checked at start-up */
    enum db_kind kind;
    size_t offset;
    uint32_t cap_bytes; /* DB_TEXT, DB_BYTES: room kept for it; longer values are fetched apart */
    bool nullable;
};

/* DB_FIELD(struct deal, title, DB_TEXT, 800): member and column share their name. */
#define DB_FIELD(type, member, kind_, cap)                                                       \
    {                                                                                            \
        .column = #member, .kind = (kind_), .offset = offsetof(type, member), .cap_bytes = (cap) \
    }
#define DB_NULLABLE(type, member, kind_, cap)                                                     \
    {                                                                                             \
        .column = #member, .kind = (kind_), .offset = offsetof(type, member), .cap_bytes = (cap), \
        .nullable = true                                                                          \
    }

enum db_flag {
    DB_WRITE = 1, /* needs a read-write transaction */
    DB_ACCOUNT_FIRST =
        2,              /* the first parameter is the actor's account: scope is part of the text */
    DB_STAFF_SCOPE = 4, /* the first two parameters are the actor's department range */
    DB_LISTS = 8,       /* reads a list: a test looks at its plan */
    DB_WHOLE_TABLE = 16 /* a small table read whole, on purpose */
};

struct db_stmt {
    const char *name;              /* "deal.by_id", as in logs and tests */
    const char *sql;               /* constant text, values only as ? */
    const char *binds;             /* a letter per ?: see DB_I .. DB_M; "" for none */
    const struct db_field *fields; /* the columns in order, ended by { 0 }; NULL when none come */
    size_t row_bytes;              /* sizeof the struct that the fields fill; 0 without fields */
    unsigned flags;
};

/* A room's statements: pointers, ended by NULL. */
typedef const struct db_stmt *const db_stmt_table;

struct db_arg {
    char
        kind; /* i integer, s text (NULL: SQL NULL), b bytes, t instant, d day, m ten-thousandths */
    int64_t i; /* t: 0 is SQL NULL; d: DAY_NONE is SQL NULL */
    const void *data;
    size_t len;
};

#define DB_I(v)    ((struct db_arg){ .kind = 'i', .i = (v) })
#define DB_S(v)    db_arg_text(v)
#define DB_B(p, n) ((struct db_arg){ .kind = 'b', .data = (p), .len = (n) })
#define DB_T(v)    ((struct db_arg){ .kind = 't', .i = (v) })
#define DB_D(v)    ((struct db_arg){ .kind = 'd', .i = (v) })
#define DB_M(v)    ((struct db_arg){ .kind = 'm', .i = (v) })
#define DB_NULL_I  ((struct db_arg){ .kind = 'n' }) /* SQL NULL for any letter */
/* An id that may be absent: 0 is stored as NULL. */
#define DB_ID(v)     ((struct db_arg){ .kind = (v) == 0 ? 'n' : 'i', .i = (v) })
#define DB_ARGS(...) ((const struct db_arg[]){ __VA_ARGS__, { 0 } })
#define DB_NO_ARGS   ((const struct db_arg[]){ { 0 } })

struct db_arg db_arg_text(const char *text);
