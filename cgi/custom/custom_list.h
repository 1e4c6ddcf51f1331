/* custom/custom_list.h - a list that the vendor's own fields filter, and its files with a column
 * for each of them.
 *
 * A list reads by a statement of a table: "SELECT ... WHERE ... ORDER BY ... LIMIT ?".  Without
 * such a filter that statement runs as it is.  With one the same text is composed anew
 * (db/compose.h) with what is asked of values before its last ORDER BY; a file has one column more
 * at its front. Whoever reads as a partner reads the views of what partners see. */
#pragma once

#include "custom/custom_filter.h"
#include "web/export.h"

struct custom_list {
    enum custom_kind kind;
    const struct db_stmt *stmt;
    const struct db_arg *args;
    const char *id;    /* of the records where they are chosen, constant: "d.id" */
    const char *shown; /* where their columns are read; NULL: the same */
    /* "deal d", when the statement reads FROM it by an index that may leave very many: then the
     * values of the first field lead instead.  NULL: the statement's own order stays. */
    const char *led;
    const struct form_more *typed; /* the filters that came in */
};

/* As db_list(), for rows of the statement.  ERR_UNAVAILABLE when it takes too long. */
struct err *custom_list_rows(struct request *req, const struct custom_list *l, void *rows_out,
                             size_t *count_out);
/* As export_list(); SPEC's heads are message ids, those of fields come behind them. */
struct err *custom_list_export(struct request *req, const struct custom_list *l,
                               const struct export_spec *spec, const void *arg);
