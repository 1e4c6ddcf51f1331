/* web/form.h - what a body, or a query, may contain.  Fields that are not in the table, and
 * repeated ones that are no list, are refused; all faults of a form are found at once, each at its
 * field, and what was typed is kept. */
#pragma once

#include "base/arena.h"
#include "base/err.h"
#include "view/view.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct request;

enum field_kind {
    FIELD_TEXT =
        1, /* const char *: one line, NFC, trimmed, no control characters; min..max code points */
    FIELD_LINES,  /* const char *: several lines, \n kept */
    FIELD_SECRET, /* const char *: bytes as typed, never trimmed, never shown again, never logged */
    FIELD_INT,    /* int64_t: min..max */
    FIELD_MONEY,  /* int64_t ten-thousandths: min..max */
    FIELD_DAY,    /* int32_t days; min, max: days from today, 0..0 for no limit */
    FIELD_EMAIL,  /* const char *, folded to lower case in its domain */
    FIELD_PHONE,  /* const char * */
    FIELD_URL,    /* const char *: http, https or a bare host name; kept with its scheme */
    FIELD_CHOICE, /* const char *: one of .choices, or of .choices_of() */
    FIELD_FLAG,   /* bool: a check box */
    FIELD_ID, /* int64_t: a positive id of ours; who may use it the handler's statement decides */
    FIELD_COUNTRY,  /* const char *: ISO 3166-1 alpha-2 */
    FIELD_CURRENCY, /* const char *: one of the portal's currencies */
    FIELD_FILES,    /* struct upload_list */
    FIELD_KIND_COUNT
};

struct choice {
    const char *value; /* NULL ends a list */
    const char *label; /* English message id */
};

struct field {
    const char *name;  /* in the body */
    const char *label; /* English message id, for the list of faults */
    enum field_kind kind;
    bool required;
    /* The fault of a required field without a value, an English message id: "Enter the company's
     * name."  NULL: the words of its kind; kinds of text have none. */
    const char *needed;
    bool wanted; /* needed in the end, though not of a draft: the form does not call it optional */
    int64_t min, max; /* see the kind; both 0: the kind's own limits (text: 0..200) */
    const struct choice *choices;
    size_t offset; /* of the member that takes the value */
    bool list;     /* may be repeated: the member is a struct value_list */
    bool any_kind; /* FIELD_FILES: whatever it holds; the handler reads it and names its faults */
    /* Choices that come from data; their labels are shown as they are.  Ended by a NULL value. */
    const struct choice *(*choices_of)(struct request *req);
    bool said;        /* the labels of field and .choices are in the visitor's language already */
    const char *hint; /* of a field that comes from data, in his language; NULL: none */
    bool fixed;       /* FIELD_DAY: min, max are days themselves */
};

/* Fields that come from data: one form has more of them today than yesterday.  Their names begin
 * with FORM_MORE; what comes in under such a name that no field has any more is left alone. */
#define FORM_MORE "custom_"
struct form_value {
    const char *text; /* as typed, cleaned */
    int64_t number;   /* as field_kind says */
};
struct form_more {
    size_t count;
    const struct field *fields; /* offsets mean nothing */
    struct form_value *values;  /* of a stored record: texts as a person would type them */
    const void *of;             /* its maker's own, which comes back with what was typed; or NULL */
};

/* A repeated field: values in the order of the body, converted as its kind says. */
struct value_list {
    size_t count;
    const char **texts; /* what was typed, always */
    int64_t *numbers;   /* FIELD_INT, FIELD_MONEY, FIELD_ID, FIELD_DAY */
};

struct upload {
    const char *name; /* the visitor's file name, last part, cleaned */
    const char *mime; /* found from content, never from the visitor's word */
    const unsigned char *data;
    size_t len;
};

struct upload_list {
    size_t count;
    const struct upload *items;
};

struct form {
    const char *name;
    const struct field *fields; /* ended by { 0 } */
    size_t size_bytes;
    /* Faults that need more than one field; may be NULL.  Adds them by form_fault(). */
    void (*check)(struct request *req, void *input);
    size_t body_max_bytes; /* 0: 64 KiB; more only where files are taken */
    unsigned lists_max;    /* values of a repeated field; 0: 50 */
    /* More fields than .fields, read after them; NULL: none.  Their values are taken into the
     * struct form_more at more_offset of the input; a form that is shown takes them from there,
     * too, and puts them under Form.More.n as a field each. */
    struct err *(*more)(struct request *req, struct form_more *more_out);
    size_t more_offset;
    /* The button (value of "do") that keeps a draft: required fields may then be empty.  NULL:
     * none. */
    const char *draft_button;
};

/* For .choices_of: the time zones, by name in the visitor's language. */
const struct choice *form_zones(struct request *req);

/* Names that every form may carry besides its fields: form_token, do (the button pressed).
 *
 * What was not typed: texts are "", numbers and amounts 0, days DAY_NONE, flags false, lists empty;
 * form_given() tells a 0 that was typed from one that was not. */
bool form_given(const struct request *req, const char *field);

/* What came in at a field, raw, for a .retry that needs it to fill its page again; "" when nothing
 * did, and 0 when it is no id.  Nothing was checked: who may use it a statement decides. */
const char *form_typed(const struct request *req, const char *field);
int64_t form_typed_id(const struct request *req, const char *field);

/* The field NAME of the form that is sent to ROUTE, by the route's name, in this program; NULL: it
 * has none, or one that comes from data. */
const struct field *form_field_of(const struct request *req, const char *route, const char *name);

/* A fault at FIELD, in the visitor's language already (tr()).  INDEX counts a list's values from 0;
 * -1 for a plain field. */
void form_fault(struct request *req, const char *field, int index, const char *message);
bool form_has_faults(const struct request *req);
/* What a handler returns after form_fault(): rolled back, the route's .retry shows the form, 422.
 */
struct err *form_refuse(struct request *req);
/* form_fault() at a plain field, and form_refuse(). */
struct err *form_refuse_at(struct request *req, const char *field, const char *message);
/* The same for what somebody else changed since it was opened: the form keeps what was typed. */
struct err *form_refuse_changed(struct request *req, const char *field);
/* "save", "submit": the button; "" when there was none. */
const char *form_button(const struct request *req);
/* Puts values, faults and the token under Form in the page, for layout/form.cs (its values stand in
 * templates/layout/README.md): typed values if this form came back, else those of STORED (a struct
 * of the form's shape; NULL: empty). */
void form_show(struct request *req, const struct form *form, const void *stored);
/* The same under another name than Form, for a page with several forms; the token stays Form.Token.
 */
void form_show_as(struct request *req, const char *name, const struct form *form,
                  const void *stored);
/* The page's one-time token, which is Form.Token from then on. */
const char *form_token(struct request *req);
