/* program/ctl.h - fairwayctl: what an operator does from the shell.  A command is a row of a table;
 * the connection is the owner's, and everything that is changed stands in the audit trail. */
#pragma once

#include "base/arena.h"
#include "base/conf.h"
#include "base/err.h"
#include "db/db.h"

#include <stdio.h>

struct ctl {
    struct conf conf;
    struct arena *a;
    struct db *db; /* opened for commands that need it */
    FILE *in, *out;
    const char *name; /* of the command, as its table has it */
    int argc;         /* of what follows the command's name */
    char **argv;
    int status; /* to exit with when the command did what it should */
};

struct ctl_command {
    const char *name;  /* one or two words: "user add" */
    const char *usage; /* what follows it */
    const char *help;
    bool needs_db;
    /* ERR_INVALID: it was called the wrong way. */
    struct err *(*handler)(struct ctl *ctl);
};

/* Tables, ended by { 0 }. */
extern const struct ctl_command ctl_account_commands[], ctl_deal_commands[], ctl_user_commands[],
    ctl_receipt_commands[], ctl_key_commands[], ctl_audit_commands[], ctl_backup_commands[],
    ctl_operate_commands[];

/* A small file, whole, in the arena; ERR_TOO_LARGE beyond MAX_BYTES. */
struct err *ctl_read_file(struct arena *a, const char *path, size_t max_bytes,
                          const char **data_out, size_t *len_out);

/* Runs a command line.  0: done; 1: failed, with one line on standard error; 2: called the wrong
 * way. */
int ctl_main(int argc, char **argv);

/* An option of a command: "--name VALUE" or a flag. */
struct ctl_option {
    const char *name;   /* without the dashes; NULL ends a list */
    const char **value; /* gets the word after it; "" for a flag that is there */
    bool flag;
};
/* Reads options and words, in any order; words that are left over come to *word_out (NULL: none
 * may). ERR_INVALID names what is unknown, missing or twice. */
struct err *ctl_options(struct ctl *ctl, const struct ctl_option *options, const char **word_out);

/* On standard error: a bar on a terminal, a line every tenth elsewhere. */
void ctl_show_progress(int64_t done, int64_t all);
