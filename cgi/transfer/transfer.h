/* transfer/transfer.h - import: records of a data set come as a file (CSV or XLSX), are judged row
 * by row as their form would judge them, compared with what is there, and written when their person
 * says so; all of it can be taken back as one.
 *
 * A data set is a table of fields with three functions (struct transfer_set); everything else - the
 * file, its columns, rows, progress, faults, pages, the shell - is the same for all of them. */
#pragma once

#include "access/audit.h"
#include "account/match_name.h"
#include "base/conf.h"
#include "job/queue.h"
#include "text/lang.h"
#include "web/route.h"

#include <stdio.h>

extern const struct route transfer_staff_routes[];
extern const struct object_kind transfer_object;
extern db_stmt_table transfer_staff_statements[];
extern db_stmt_table transfer_work_statements[]; /* the worker, fairwayctl */
extern db_stmt_table transfer_lookup_statements[];
extern db_stmt_table transfer_lead_statements[];
extern db_stmt_table transfer_opportunity_statements[];
extern db_stmt_table transfer_name_statements[]; /* staff.fcgi */
extern const struct job_kind transfer_jobs[];    /* timers */

/* One slice of the import that JOB names; asks for the next when there is more to do. */
struct err *transfer_run(struct job_context *ctx, const struct job *job, struct match_names *names);

/* -- from the shell ------------------------------------------------------------------------------
 */

struct transfer_order {
    const char *dataset, *file_name;
    const void *data;
    size_t len;
    bool dry_run;        /* judge and count, write nothing */
    bool good_rows_only; /* leave out faulty rows; else all or none */
    bool skip_twins;     /* leave out rows that are like a record that is there */
    bool mails;          /* invite the people that are made */
    const char *vendor;  /* what mails call it */
    void (*progress)(int64_t done, int64_t all); /* may be NULL */
    FILE *faults; /* a line of CSV for each fault: line, column, fault */
};
struct transfer_result {
    int64_t id, rows, good, faulty, twins, written;
};
/* ERR_PARSE when the file is no sheet or lacks a column; ERR_CONFLICT when rows are faulty and not
 * good_rows_only: nothing is written. */
struct err *transfer_shell(struct db *db, struct match_names *names,
                           const struct transfer_order *order, struct transfer_result *result_out);
/* Every record as CSV, in the columns that an import takes, heads are their names. */
struct err *transfer_shell_export(struct db *db, const char *dataset, FILE *out);
/* Takes an import back.  *kept_out counts the records that stay since they were changed or used. */
struct err *transfer_shell_undo(struct db *db, struct match_names *names, int64_t id,
                                int64_t *undone_out, int64_t *kept_out);
