/* db/inside.h - what the files of this room share; nobody else includes it. */
#pragma once

#include "base/arena.h"
#include "db/db.h"

#include <mysql.h>

enum db_state {
    DB_IDLE,   /* no transaction */
    DB_READS,  /* the connection's own read-only one, opened by its first statement */
    DB_WRITES, /* START TRANSACTION READ WRITE */
};

enum { DB_LATCH_BYTES = 256 };

/* A value on its way to the server, in the form that the connector reads. */
union param_value {
    long long number;
    MYSQL_TIME time;
    char decimal[32];
};

/* One statement on this connection.  Buffers are allocated once, when it is prepared. */
struct prepared {
    const struct db_stmt *st; /* NULL: an empty slot */
    MYSQL_STMT *handle;       /* NULL: not prepared */
    struct arena *memory;     /* everything below */
    size_t param_count, field_count;
    MYSQL_BIND *params;
    union param_value *values;
    MYSQL_BIND *columns;
    unsigned long *lengths;
    my_bool *nulls, *errors;
};

struct db {
    struct db_settings settings;
    db_stmt_table *const *tables; /* NULL: opened lazily */
    bool lazy;
    bool checked;    /* every statement of the tables fits */
    bool cluster;    /* Galera: a commit may wait for other nodes */
    bool broken;     /* must be opened again before the next transaction */
    int64_t away_us; /* monotonic: since when it cannot be opened; 0: it can */
    bool see_all;    /* wanted, and ... */
    bool sees_all;   /* ... what the server was told */
    MYSQL *mysql;
    /* Slots by the statement's address, open addressing, a power of two. */
    struct prepared *slots;
    size_t slot_count, slot_used;
    enum db_state state;
    /* The first error of the transaction: it cannot be committed any more. */
    enum err_kind latch_kind;
    char latch_message[DB_LATCH_BYTES];
    int64_t now_us; /* of this transaction; 0: not asked yet */
    int statements;
    int64_t transaction; /* how many have begun */
    struct db_kept *kept;
    int64_t keep_us;
    struct arena *rows; /* text of the row that db_each() shows */
};

/* -- db.c */

/* The error of the connection (STMT NULL) or of a statement, as ours: kind by its number, WHAT in
 * front of the server's words. */
struct err *db_server_error(struct db *db, MYSQL_STMT *stmt, const char *what);
/* A call that a test makes fail, in the way that it chose; else NULL (base/fault.h). */
#ifdef FAIRWAY_FAULTS
struct err *db_fault(struct db *db, const char *what);
#else
#define db_fault(db, what) ((struct err *)NULL)
#endif
/* Runs text without results. */
struct err *db_text(struct db *db, const char *sql, size_t len, const char *what);

/* After how many seconds the server ends a statement: before we stop listening. */
unsigned db_statement_seconds(const struct db *db);
/* Closes the connection, whatever state it is in; the next transaction opens it again. */
void db_hang_up(struct db *db);

/* -- prepare.c */

/* Prepares every statement of the tables once and checks it: ERR_CONFIG, with its name, for one
 * that does not fit the schema or that the account may not run.  Nothing when all were found to
 * fit. */
struct err *db_check_all(struct db *db);
/* Closes all statements: they are prepared again when they are used. */
void db_let_go_all(struct db *db);
/* ST as it is prepared on this connection, now if it was not yet; good until the next one is.
 * ERR_BUG when ST stands in no table of a program that was not opened lazily. */
struct err *db_prepared(struct db *db, const struct db_stmt *st, struct prepared **p_out);
/* One that stands in no table (db/compose.h), for one execution; db_unprepare() ends it. */
struct err *db_prepare_apart(struct db *db, const struct db_stmt *st, struct prepared *p);
void db_unprepare(struct prepared *p);

/* -- param.c */

/* Checks the letters of binds against what the server counts, and makes room for the values. */
struct err *db_params_make(struct prepared *p);
/* Binds ARGS for the next execution.  Text is not copied: it must outlive the execution. */
struct err *db_params_bind(struct prepared *p, const struct db_arg *args);

/* -- column.c */

/* Checks the columns that come against those described, and gives each its buffer. */
struct err *db_columns_make(struct prepared *p);
/* The fetched row into ROW, a struct as P's statement describes it; text and bytes go to A. */
struct err *db_columns_read(struct db *db, struct prepared *p, struct arena *a, void *row);

/* -- stmt.c */

extern db_stmt_table db_own_statements[];
/* The three steps of a statement that gives rows, for one that is prepared already. */
struct err *db_execute(struct db *db, struct prepared *p, const struct db_arg *args);
struct err *db_rows_read(struct db *db, struct prepared *p, struct arena *a, void **rows_out,
                         size_t *count_out);
struct err *db_rows_show(struct db *db, struct prepared *p,
                         struct err *(*fn)(void *arg, const void *row), void *arg);

/* -- kept.c */

void db_kept_free(struct db *db);

/* -- tx.c */
/* Makes the transaction dead unless E is one that leaves it usable.  Returns E. */
struct err *db_latch(struct db *db, struct err *e);

/* -- script.c */

/* The next statement of *TEXT, without its semicolon, comments and white space around it; *len_out
 * is 0 at the end.  Knows quotes, back-quotes and the three forms of comments. */
const char *db_script_next(const char **text, size_t *len_out);

/* -- migrate.c */

/* The names in FOLDER that end in .sql, in their order; ended by NULL. */
struct err *db_list_files(struct arena *a, const char *folder, char ***names_out,
                          size_t *count_out);
/* A whole file as text. */
struct err *db_read_file(struct arena *a, const char *path, char **text_out);
/* Runs FN while no other migration runs; waits for one that does. */
struct err *db_with_lease(struct db *db, struct err *(*fn)(struct db *db, void *arg), void *arg,
                          void (*say)(const char *line));
