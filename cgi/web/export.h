/* web/export.h - a table as a file, CSV or XLSX by the ending of the route's path: two routes, one
 * handler.  Memory stays the same at any length: CSV is sent as it is read; a workbook goes to a
 * file without a name first (text/xlsx_write.h) and is sent from there. */
#pragma once

#include "db/stmt.h"
#include "text/xlsx_write.h"
#include "web/request.h"

/* More rows than any list has: the limit of a statement that reads all of them. */
enum { EXPORT_ALL_ROWS = 1000000000 };

struct export;

struct export_spec {
    const char *file_name; /* without an ending */
    const char *title;     /* English message id: the name of the workbook's sheet */
    /* Ended by a head of NULL.  Heads are English message ids, unless they are as they should be.
     */
    const struct text_xlsx_column *columns;
    bool as_is;
    /* One row of the statement: calls export_cells() with a text for each head, in machines' form
     * ("1234.50", "2026-11-21").  What it makes for that goes to export_arena(): the request's
     * arena would grow with each row. */
    void (*row)(struct export *x, struct request *req, const void *row);
    /* Columns behind those that row() knows: how many, and a text for each; NULL: none. */
    size_t more_count;
    void (*more)(const void *more_arg, struct arena *a, const void *row, const char **cells);
    const void *more_arg;
};

/* Answers the request with the rows of a statement; ARG is for the rows' function. */
struct err *export_list(struct request *req, const struct export_spec *spec,
                        const struct db_stmt *stmt, const struct db_arg *args, const void *arg);
/* With rows from elsewhere: FILL calls export_put() for each; spec->row is not needed. */
struct err *export_filled(struct request *req, const struct export_spec *spec,
                          struct err *(*fill)(struct export *x, void *arg), void *arg);
/* With rows of the spec's kind from elsewhere: FILL calls export_put_row() for each; ARG is for the
 * rows' function. */
struct err *export_rows(struct request *req, const struct export_spec *spec,
                        struct err *(*fill)(struct export *x, void *fill_arg), void *fill_arg,
                        const void *arg);
struct err *export_put_row(struct export *x, const void *row);
void export_cells(struct export *x, const char *const *cells);
struct err *export_put(struct export *x, const char *const *cells);
/* FILL ran into its time: ERR_UNAVAILABLE while nothing was sent, and else a last row that says
 * that the file is not complete. */
struct err *export_late(struct export *x);
struct arena *export_arena(struct export *x); /* empty at each row */
const void *export_arg(const struct export *x);
/* Where the page of a list offers its files: V.Csv and V.Xlsx, ADDRESS with an ending and QUERY. */
void export_offer(struct request *req, struct view *v, const char *address, const char *query);
