/* web/list.h - a list page as data: its views, filters, sort columns, and paging by key.
 *
 * A list is read newest first (or by another column) in pages of LIST_ROWS, without OFFSET and
 * without a count: a page ends at a key, and the next begins behind it.  The feature's part is to
 * choose one of its statements by view, sort and direction, and to say what the key of a row is.
 *
 *   struct deal_list_input { struct list_input list; const char *state; };
 *   ... .query = &deal_list_query, whose fields begin with LIST_FIELDS(struct deal_list_input) ...
 *
 *   struct list list;
 *   list_begin(req, &deal_list, &in->list, &list);
 *   db_list(..., list.older ? ... , DB_I(list.fetch) ...)
 *   list_end(req, &list, rows, sizeof(*rows), &count);
 *   list_show(req, &list, key of the first row, key of the last row);
 *
 * Values in the page: List, as templates/layout/README.md says. */
#pragma once

#include "web/form.h"
#include "web/request.h"

enum { LIST_ROWS = 25 };

/* What a list's address may carry, whatever the list. */
struct list_input {
    const char *view, *q, *sort, *older, *newer;
};
#define LIST_FIELD(type, name_, label_, most)                                 \
    {                                                                         \
        .name = #name_, .label = (label_), .kind = FIELD_TEXT, .max = (most), \
        .offset = offsetof(type, list.name_)                                  \
    }
#define LIST_FIELDS(type)                                                                  \
    LIST_FIELD(type, view, N_("View"), 40), LIST_FIELD(type, q, N_("Search"), 100),        \
        LIST_FIELD(type, sort, N_("Order"), 40), LIST_FIELD(type, older, N_("Page"), 600), \
        LIST_FIELD(type, newer, N_("Page"), 600)

struct list_view {
    const char *code, *label; /* label: English message id; NULL code ends a table */
};

struct list_column {
    const char *code; /* "updated": NULL ends a table; the first is the list's own order */
    bool text_key;    /* the key is text, else a number */
    bool ascending;   /* smallest first, as texts always are */
};

struct list_filter {
    const char *name, *label;     /* NULL name ends a table; also a field of the query form */
    const struct choice *choices; /* the first has the value "" and stands for all; NULL: typed */
    bool said;                    /* labels are in the visitor's language already */
};

struct list_spec {
    const char *address;           /* "/partner/deals" */
    const struct list_view *views; /* the first is shown when none is asked for; NULL: no views */
    const struct list_column *columns;
    const struct list_filter *filters; /* NULL: none */
    const char *search_label;          /* English message id; NULL: no search box */
};

/* Where a page begins: the last key that was seen. */
struct list_key {
    int64_t number;
    const char *text; /* for a text column */
    int64_t id;
};

enum list_direction { LIST_FIRST, LIST_OLDER, LIST_NEWER };

struct list {
    const struct list_spec *spec;
    const struct list_input *input;
    const struct list_view *view; /* NULL without views */
    size_t view_no, column_no;
    enum list_direction direction;
    struct list_key key; /* with LIST_OLDER and LIST_NEWER */
    int64_t fetch;       /* how many rows the statement asks for: one more than a page */
    bool more;           /* set by list_end(): there is another page in this direction */
};

/* Reads the address.  ERR_MALFORMED for a key that this list never gave; an unknown view or sort is
 * the first one, so that old addresses go on working. */
struct err *list_begin(struct request *req, const struct list_spec *spec,
                       const struct list_input *input, struct list *list_out);
bool list_searches(const struct list *list); /* something was typed into the search box */
/* Makes CODE the view that is shown: that in which everything is that a search looks through. */
void list_turn_to(struct list *list, const char *code);
/* A code that was typed into an address: what is no ASCII is none, and fits nothing.  Beside a
 * column of ASCII the server would take it for an error (1267). */
const char *list_code(const char *typed);
/* What was typed, wherever it stands in a text: a pattern for LIKE. */
const char *list_pattern(struct arena *a, const struct list *list);
/* Cuts the surplus row and turns a page that was read backwards round.  ROWS points to the array.
 */
void list_end(struct request *req, struct list *list, void *rows, size_t row_bytes, size_t *count);
/* Fills List: views, filters, sort links, Older and Newer; List.Here is its query without a page,
 * "" for the list as it opens.  FIRST and LAST are the keys of the
 * first and last row shown; NULL when there is no row. */
void list_show(struct request *req, const struct list *list, const struct list_key *first,
               const struct list_key *last);
/* After list_show(): the view that the address names is not the current one, a saved one is. */
void list_leave_view(struct request *req, const struct list *list);
