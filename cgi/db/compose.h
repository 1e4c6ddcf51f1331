/* db/compose.h - a SELECT that is put together when it is wanted: which columns, conditions and
 * groups a person chose.
 *
 * Its text is made of constants of the program alone: db_compose_add() looks whether a piece lies
 * in the program's own image, and what does not - everything that came in, or was made - makes the
 * statement one that is never run.  Values are bound.  So what somebody typed cannot become SQL, by
 * mistake either.
 *
 * Such a statement is prepared for one execution and cannot be checked at start as others are
 * (db/stmt.h): whoever composes has a test that prepares every piece. */
#pragma once

#include "db/db.h"

struct db_compose;

/* NAME as for a statement, constant; everything lives in A. */
struct db_compose *db_compose_new(struct arena *a, const char *name);
void db_compose_add(struct db_compose *c, const char *piece);
/* LEN bytes of a longer piece. */
void db_compose_part(struct db_compose *c, const char *piece, size_t len);
/* A "?" and its value. */
void db_compose_value(struct db_compose *c, struct db_arg arg);
/* The value of a "?" that stands in a piece that was added: one call for each, in their order,
 * directly after it. */
void db_compose_bind(struct db_compose *c, struct db_arg arg);
/* The next column that comes; its name must be a constant, too. */
void db_compose_column(struct db_compose *c, struct db_field field);

/* What was composed, with a ? for each value; the values, COUNT of them. */
const char *db_compose_sql(const struct db_compose *c);
const struct db_arg *db_compose_args(const struct db_compose *c, size_t *count);

/* Prepares it and no more: ERR_CONFIG for one that does not fit the schema. */
struct err *db_compose_check(struct db *db, const struct db_compose *c, size_t row_bytes);
/* As db_list() and db_each().  The server gives up after SECONDS: then *late_out is set, there are
 * no (more) rows, and the transaction can be gone on with. */
struct err *db_compose_list(struct db *db, struct arena *a, const struct db_compose *c,
                            size_t row_bytes, unsigned seconds, void *rows_out, size_t *count_out,
                            bool *late_out);
struct err *db_compose_each(struct db *db, const struct db_compose *c, size_t row_bytes,
                            unsigned seconds, struct err *(*fn)(void *arg, const void *row),
                            void *arg, bool *late_out);
