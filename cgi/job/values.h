/* job/values.h - named values on their way to a reader whose language and time zone the writer does
 * not know: kept as JSON in a row (outbox, notification), made into text when it is read. */
#pragma once

#include "base/arena.h"
#include "base/err.h"
#include "text/format.h"

#include <stdint.h>

enum value_kind {
    VALUE_TEXT = 0, /* value: as it is */
    VALUE_MESSAGE,  /* value: an English message id, translated for the reader */
    VALUE_NUMBER,   /* number, grouped */
    VALUE_MONEY,    /* number: ten-thousandths; value: the currency */
    VALUE_AT,       /* number: an instant; date and time in the reader's zone */
    VALUE_DAY,      /* number: a day */
    VALUE_FORMAT,   /* value: an English message id with %1$s .. %9$s, filled with the list's values
                     */
    VALUE_KIND_COUNT
};

struct mail_value {
    const char *name; /* letters and digits; NULL ends a list */
    const char *value;
    enum value_kind kind;
    int64_t number;
};

/* A JSON object in the arena; "{}" for NULL. */
char *values_write(struct arena *a, const struct mail_value *values);
/* The list, ended by a value without name, in the arena.  ERR_PARSE for anything that
 * values_write() does not write. */
struct err *values_read(struct arena *a, const char *json, struct mail_value **values_out);
/* The raw value called NAME; "" when there is none. */
const char *values_named(const struct mail_value *values, const char *name);
/* VALUE as its reader sees it, in the arena; VALUES is the list that it is in. */
char *values_text(const struct text_locale *loc, struct arena *a, const struct mail_value *values,
                  const struct mail_value *value);
/* FORMAT, already translated, with %1$s .. %9$s replaced by the values in their order; %% is a per
 * cent sign.  A place without a value becomes nothing. */
char *values_fill(const struct text_locale *loc, struct arena *a, const char *format,
                  const struct mail_value *values);
