/* receipt/log_verify.h - the log against what it is the log of: every leaf against its event or
 * statement, every node, every head ever signed.  With access/audit.h's audit_verify(), which
 * checks each record's own chain, it finds what was changed, removed, added afterwards or
 * rewritten. */
#pragma once

#include "crypt/tlog.h"
#include "receipt/log_key.h"

extern db_stmt_table log_verify_statements[];

struct log_report {
    int64_t leaves, heads;
    int64_t pending; /* events that are not in the log yet: written since its newest head */
    int64_t faults;
    char first[200]; /* the first fault in words, for the operator */
};

struct log_verify {
    const char *origin;                 /* name of the log */
    const struct tlog_checkpoint *kept; /* a head that somebody kept elsewhere; NULL: none */
    void (*progress)(int64_t done, int64_t size); /* after each few thousand leaves; NULL: none */
};

/* Reads the whole log in the open transaction, in constant memory.  Faults are no error. */
struct err *log_verify(struct db *db, const struct log_verify *how, struct log_report *report_out);
