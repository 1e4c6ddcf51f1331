/* custom/custom_filter.h - the vendor's own fields as filters of a list.
 *
 * A list's query form has .more = custom_filter_KIND; its spec gets custom_filter_rows() behind its
 * own filters, of the fields that its reader sees.  When any of them is set, the list's statement
 * is composed (custom/custom_list.h). */
#pragma once

#include "custom/custom_form.h"
#include "db/compose.h"
#include "web/list.h"

struct err *custom_filter_account(struct request *req, struct form_more *more_out);
struct err *custom_filter_opportunity(struct request *req, struct form_more *more_out);
struct err *custom_filter_deal(struct request *req, struct form_more *more_out);

/* A row for each field that filters, into ROWS, which has room for CUSTOM_FILTERS_MOST; returns how
 * many.  TYPED is what the query form took in. */
size_t custom_filter_rows(struct request *req, const struct form_more *typed,
                          struct list_filter *rows);
/* SPEC, which has no filters of its own, with those. */
void custom_filter_spec(struct request *req, const struct form_more *typed,
                        const struct list_spec *spec, struct list_spec *with_out);

struct custom_test {
    const char
        *piece; /* what is asked of a row of custom_value: constant, with a ? for each value */
    struct db_arg args[3];
    int arg_count;
};
/* The filters that are set, of what came in. */
size_t custom_tests(struct request *req, const struct form_more *typed, struct custom_test *tests);
/* The piece and its values. */
void custom_test_add(struct db_compose *c, const struct custom_test *test);
