/* web/field.h - one typed value: from text to what its kind says, or the fault in it.  Used by
 * form.c. */
#pragma once

#include "web/request.h"

struct field_value {
    const char *text; /* FIELD_TEXT and its like, cleaned; never NULL */
    int64_t number;   /* FIELD_INT, FIELD_MONEY, FIELD_ID, FIELD_DAY, FIELD_FLAG */
};

/* Reads what was typed at FIELD.  NULL when all is well, else the fault in the visitor's language.
 * Nothing typed gives no fault: whether it is required the form decides. */
const char *field_read(struct request *req, const struct field *field, const char *typed,
                       size_t len, struct field_value *value_out);
/* The value as a person would type it, for a form that is shown. */
const char *field_text(struct request *req, const struct field *field, const void *stored);
/* What a required field without a value lacks: "Enter the company's name.", or the words of its
 * kind. */
const char *field_needed(struct request *req, const struct field *field);
bool field_says_need(const struct field *field);
/* "text", "date": how layout/form.cs calls the kind. */
const char *field_type(enum field_kind kind);
/* Limits in effect: those of the field, or its kind's own. */
void field_limits(const struct field *field, int64_t *min_out, int64_t *max_out);
/* A limit of FIELD_DAY as a date; "" when the field has no such limit. */
const char *field_day_limit(struct request *req, const struct field *field, int64_t days,
                            bool is_set);
