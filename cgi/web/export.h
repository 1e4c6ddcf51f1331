/* web/export.h - a list as a CSV file, sent as it is read: memory stays the same at any length. */
#pragma once

#include "db/stmt.h"
#include "web/request.h"

/* More rows than any list has: the limit of a statement that reads all of them. */
enum { EXPORT_ALL_ROWS = 1000000000 };

struct export;

struct export_spec {
    const char *file_name;
    const char *const *heads; /* English message ids, ended by NULL */
    /* One row of the statement: calls export_cells() with a text for each head.  What it makes for
     * that goes to export_arena(): the request's arena would grow with each row. */
    void (*row)(struct export *x, struct request *req, const void *row);
};

/* Answers the request with the rows of a statement; ARG is for the rows' function. */
struct err *export_list(struct request *req, const struct export_spec *spec,
                        const struct db_stmt *stmt, const struct db_arg *args, const void *arg);
void export_cells(struct export *x, const char *const *cells, size_t count);
struct arena *export_arena(struct export *x); /* empty at each row */
const void *export_arg(const struct export *x);
