/* account/account_import.h - companies from a CSV file.
 *
 * The file is read twice: first every row is checked, then rows are written.  Columns by name: name
 * and country are needed; kind (prospect when it is missing), region, city, address, website,
 * tax_number and phone may be there; any other column is refused, so that nothing is lost unseen.
 * Memory is constant. */
#pragma once

#include "account/account.h"

#include <stdio.h>

struct import_options {
    bool dry_run;        /* check and count, write nothing */
    bool good_rows_only; /* leave out faulty rows, in transactions of some hundred rows; else all or
                            none, in one */
    void (*progress)(int64_t done, int64_t all); /* may be NULL */
};

struct import_result {
    int64_t rows, good, faulty, written;
    int64_t duplicates; /* good rows that are the same as an account that is there: written all the
                           same */
};

/* IN must be seekable.  Each fault is one line of CSV on FAULTS: line, column, fault.  ERR_PARSE
 * when the file is no CSV or lacks a column; ERR_CONFLICT when rows are faulty and not
 * good_rows_only: nothing is written. */
struct err *account_import(struct db *db, struct match_names *names, FILE *in, FILE *faults,
                           const struct import_options *options, struct import_result *result_out);
