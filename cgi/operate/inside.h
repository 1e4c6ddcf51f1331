/* operate/inside.h - what the files of this room share; nobody else includes it. */
#pragma once

#include "operate/check.h"
#include "operate/figures.h"

/* A line of the question at hand.  TODO "" when all is well. */
void check_add(struct check *c, enum check_level level, const char *todo, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));
/* A transaction for a question's statements: its own, or the page's. */
struct err *check_begin(struct check *c);
struct err *check_end(struct check *c);
/* FAIL from FAIL_AT on, WARN from WARN_AT on. */
enum check_level check_above(int64_t value, int64_t warn_at, int64_t fail_at);
/* Of a disk with so much left, in per cent. */
enum check_level check_room(int64_t free_percent);

/* Questions: an error is a failure, and its message what was found. */
struct err *check_options(struct check *c);     /* check_files.c */
struct err *check_secrets(struct check *c);     /* check_files.c */
struct err *check_key(struct check *c);         /* check_files.c */
struct err *check_backup(struct check *c);      /* check_files.c */
struct err *check_disk(struct check *c);        /* check_files.c */
struct err *check_certificate(struct check *c); /* check_files.c */
struct err *check_schema(struct check *c);      /* check_rows.c */
struct err *check_rights(struct check *c);      /* check_rows.c */
struct err *check_clock(struct check *c);       /* check_rows.c */
struct err *check_jobs(struct check *c);        /* check_rows.c */
struct err *check_mails(struct check *c);       /* check_rows.c */
struct err *check_log(struct check *c);         /* check_rows.c */
struct err *check_programs(struct check *c);    /* check_programs.c */
