/* deal/deal_bulk.h - registrations from a list: a sheet (CSV or XLSX) is read, each of its rows
 * judged as the form would judge it, checked for conflicts as the form checks, and sent when its
 * partner says so.
 *
 * The page reads the file and keeps its cells (deal_bulk_read.c); the worker does the rest row by
 * row, each row in a transaction of its own (deal_bulk_jobs.c), so that whoever goes on after a
 * worker that died finds what is left.  deal_bulk_columns.c says what a row may hold. */
#pragma once

#include "custom/custom.h"
#include "deal/deal.h"
#include "deal/deal_rooms.h"
#include "job/queue.h"
#include "text/sheet.h"
#include "web/form.h"

/* -- columns -------------------------------------------------------------------------------------
 */

enum { DEAL_BULK_LINES = 3, DEAL_BULK_COLUMNS = 24 + 3 * DEAL_BULK_LINES };

struct deal_bulk_column {
    const char *field;   /* of deal_form */
    int index;           /* of a list; -1: a plain field */
    const char *heading; /* English message id */
};
extern const struct deal_bulk_column deal_bulk_columns[DEAL_BULK_COLUMNS];

/* What stands beside the rows of a file that is to be corrected: read over when it comes back. */
extern const char *const deal_bulk_row_heading, *const deal_bulk_fault_heading;

/* The vendor's own fields that partners change, as they are now.  Behind the form's columns each is
 * one more: DEAL_BULK_COLUMNS and its place here. */
struct deal_bulk_own {
    const struct custom_field *fields;
    size_t count;
};
struct err *deal_bulk_own_fields(struct request *req, struct deal_bulk_own *out);

enum { DEAL_BULK_UNKNOWN = -1, DEAL_BULK_REMARK = -2 };
/* The column that a file calls TEXT, in any language or by the field's own name. */
int deal_bulk_column_find(struct arena *a, const struct deal_bulk_own *own, const char *text);
/* What files call it: the words of LANG, or a key where another column is called so, too. */
const char *deal_bulk_heading(struct arena *a, const struct deal_bulk_own *own, int column,
                              enum lang lang);
/* Where the fault of a field of the form is shown. */
int deal_bulk_column_of(const char *field, int index);
/* The column's field. */
const struct field *deal_bulk_field(const struct deal_bulk_column *column);

/* What cells may name instead of numbering it. */
struct deal_bulk_known {
    struct deal_product *products;
    size_t product_count;
    struct deal_person *people;
    size_t people_count;
};
/* A cell as the form wants it: the code of a country or a choice that is written out, the number of
 * a product line.  What is not known stays, for the form to refuse. */
const char *deal_bulk_value(struct arena *a, const struct deal_bulk_known *known, int column,
                            const char *cell);

/* -- reading -------------------------------------------------------------------------------------
 */

struct deal_bulk_line {
    int64_t line_no; /* in the file; the headings stand in line 1 as a rule */
    /* JSON: a list of DEAL_BULK_COLUMNS texts, or [enum text_cell_kind, text] of odd cells; behind
     * them the same of the vendor's own fields, an object by their keys, where the file has any. */
    const char *cells;
};
struct deal_bulk_file {
    const char *fault; /* NULL: it could be read; else in the visitor's language */
    const char *sheet; /* of several the one that was read; "" */
    struct deal_bulk_line *lines;
    size_t count;
};
struct err *deal_bulk_read(struct request *req, const struct deal_bulk_own *own, const void *data,
                           size_t len, int64_t most_rows, struct deal_bulk_file *out);
/* The texts of deal_bulk_line.cells, and what kinds of cells they stood in. */
struct deal_bulk_cell {
    const char *code, *text; /* of a field of the vendor's own; its key */
    enum text_cell_kind kind;
};
struct deal_bulk_cells {
    const char *texts[DEAL_BULK_COLUMNS];
    enum text_cell_kind kinds[DEAL_BULK_COLUMNS];
    struct deal_bulk_cell *own;
    size_t own_count;
};
struct err *deal_bulk_cells_read(struct arena *a, const char *json, struct deal_bulk_cells *out);
/* The cell of that key; NULL: the file has none. */
const struct deal_bulk_cell *deal_bulk_cell_of(const struct deal_bulk_cells *cells,
                                               const char *code);

/* -- judging -------------------------------------------------------------------------------------
 */

struct deal_bulk_fault {
    int column; /* DEAL_BULK_COLUMNS and more: of a field of the vendor's own */
    const char *text;
    const char *code, *name; /* of such a field, as it was called then; NULL: of the form's */
};
struct deal_bulk_judged {
    struct deal deal; /* whole only without faults */
    struct deal_bulk_fault *faults;
    size_t fault_count;
    /* For custom_save(), of a row without faults. */
    struct request *req;
    const struct form_more *own;
};
/* CELLS as the form would judge them when they were typed and submitted by ACTOR. */
struct err *deal_bulk_judge(struct db *db, struct arena *a, const struct actor *actor,
                            enum lang lang, const struct deal_bulk_cells *cells,
                            struct deal_bulk_judged *out);
/* Faults as they are kept, for readers of each language. */
const char *deal_bulk_faults_json(struct arena *a,
                                  const struct deal_bulk_judged by_lang[LANG_COUNT]);
struct err *deal_bulk_faults_read(struct arena *a, const char *json, enum lang lang,
                                  struct deal_bulk_fault **list_out, size_t *count_out);
/* The words above the column where it stands. */
const char *deal_bulk_fault_place(const struct deal_bulk_fault *fault, enum lang lang);

/* -- the worker ----------------------------------------------------------------------------------
 */

extern db_stmt_table deal_bulk_worker_statements[];
/* One slice of the list JOB names; asks for the next when there is more to do.  ROOMS are
 * deal_rooms_open()'s. */
struct err *deal_bulk_run(struct job_context *ctx, const struct job *job,
                          const struct deal_rooms *rooms);
