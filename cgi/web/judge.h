/* web/judge.h - a form that no browser sent: the row of a file, read and judged by the same table
 * of fields and the same checks as what is typed.  Needs no server, so the worker judges as the
 * pages do. */
#pragma once

#include "web/request.h"

struct judge_value {
    const char *name, *value; /* "do" is the button */
};

struct judge_fault {
    const char *field;
    int index; /* -1: a plain field */
    const char *message;
};

/* A request that nobody sent, as ACTOR, with faults in LANG; everything lives in A.  A transaction
 * must be open for forms whose choices come from data. */
struct request *judge_request(struct arena *a, struct db *db, const struct actor *actor,
                              enum lang lang);
/* Reads VALUES as a body of FORM, once for each request.  *input_out is NULL when there are faults;
 * ERR_MALFORMED for a name that the form does not have. */
struct err *judge_form(struct request *req, const struct form *form,
                       const struct judge_value *values, size_t count, const void **input_out);
/* The faults so far, those of form_fault() among them. */
const struct judge_fault *judge_faults(const struct request *req, size_t *count_out);
