/* custom/custom.h - fields that the vendor adds to its records: which there are, and their values.
 *
 * A definition is data: the kind of record that has the field, its type, what it is called in both
 * languages, and what it takes.  A value is a row of its record and field, in the column of its
 * type; who may see it is decided by who may see its record, and callers load the record first.
 * Definitions are kept by a worker for a second; a record's values are one statement, and none
 * where the kind has no fields. */
#pragma once

#include "base/arena.h"
#include "db/db.h"
#include "text/lang.h"

#include <stdbool.h>

extern db_stmt_table custom_staff_statements[];   /* who shows and changes values */
extern db_stmt_table custom_partner_statements[]; /* the same of those that partners see */
extern db_stmt_table custom_forget_statements[];  /* who removes records for good */

enum custom_kind {
    CUSTOM_ACCOUNT,
    CUSTOM_CONTACT,
    CUSTOM_OPPORTUNITY,
    CUSTOM_DEAL,
    CUSTOM_KIND_COUNT
};
struct custom_kind_row {
    const char *code;       /* in tables and addresses */
    const char *label;      /* of its records, English message id */
    const char *audit_kind; /* the record whose trail its changes stand in */
    const char *action;     /* what they are called there */
    bool listed;            /* has a list that its fields can filter */
    bool shared;            /* partners see such records */
    bool drafted;           /* begins as a draft: what is required is asked for when it is sent */
};
extern const struct custom_kind_row custom_kinds[CUSTOM_KIND_COUNT];
bool custom_kind_find(const char *code, enum custom_kind *kind_out);

enum custom_type {
    CUSTOM_TEXT,
    CUSTOM_LINES,
    CUSTOM_INT,
    CUSTOM_AMOUNT,
    CUSTOM_DAY,
    CUSTOM_FLAG,
    CUSTOM_CHOICE,
    CUSTOM_TYPE_COUNT
};
struct custom_type_row {
    const char *code, *label; /* label: English message id */
    bool limited;             /* has a least and a most */
};
extern const struct custom_type_row custom_types[CUSTOM_TYPE_COUNT];
bool custom_type_find(const char *code, enum custom_type *type_out);

enum {
    CUSTOM_FIELDS_MOST = 40, /* in use at once, of a kind */
    CUSTOM_FILTERS_MOST = 8, /* of them those that filter a list */
    CUSTOM_OPTIONS_MOST = 100,
    CUSTOM_CODE_MOST = 30,
    CUSTOM_NAME_MOST = 80,
    CUSTOM_HINT_MOST = 200,
    CUSTOM_LIMIT_MOST = 20,
    CUSTOM_TEXT_MOST = 500,
    CUSTOM_LINES_MOST = 4000
};
#define CUSTOM_NUMBER_MOST INT64_C(99999999999999) /* whole, and of an amount */

/* What a value may be, by type: characters of a text, a whole number, ten-thousandths, a day. */
struct custom_limits {
    int64_t least, most;
    bool own; /* something else than the type's own */
};
/* From what was typed, "" for none.  False for what the type cannot have, *LEAST_BAD_OUT says which
 * of the two it is; also when the least is above the most. */
bool custom_limits_read(enum custom_type type, const char *least, const char *most,
                        struct custom_limits *out, bool *least_bad_out);

struct custom_option {
    int64_t id;
    const char *code, *name_en, *name_zh;
    bool active;
};
struct custom_field {
    int64_t id;
    enum custom_kind kind;
    enum custom_type type;
    const char *code, *name_en, *name_zh, *hint_en, *hint_zh;
    struct custom_limits limits;
    bool required, filterable, used;
    bool editable;                 /* for whose eyes it was read */
    bool shared, theirs;           /* partners see it, and change it */
    struct custom_option *options; /* of a choice, those that are not offered any more, too */
    size_t option_count;
};
/* Who looks: partners see some fields, and may change some of these. */
enum custom_eyes { CUSTOM_STAFF, CUSTOM_PARTNER, CUSTOM_EYES };
struct custom_set {
    enum custom_kind kind;
    enum custom_eyes eyes;
    struct custom_field *fields; /* in their order */
    size_t count;
};
/* Those of KIND that are in use, in A.  A choice without options is not among them. */
struct err *custom_fields(struct db *db, struct arena *a, enum custom_kind kind,
                          enum custom_eyes eyes, struct custom_set *set_out);
/* All that its reader may change; or what partners do not, as the vendor adds it to a record that
 * is its partner's own word. */
enum custom_part { CUSTOM_ALL, CUSTOM_VENDOR };
bool custom_is_of(const struct custom_field *field, enum custom_part part);
const char *custom_name(const struct custom_field *field, enum lang lang);
const struct custom_option *custom_option_named(const struct custom_field *field, const char *code);

/* What a record has in a field. */
struct custom_value {
    int64_t object_id, field_id;
    const char *text; /* of a text */
    int64_t e4;       /* of a number; 1 for yes, 0 for no; of a choice the id of its option */
    int32_t day;
};
/* All values of a record in fields of SET, a place for each field; without one field_id is 0.  No
 * statement for an empty set. */
struct err *custom_values(struct db *db, struct arena *a, const struct custom_set *set,
                          int64_t object_id, struct custom_value **values_out);
/* As files and the trail have it, and as a person would type it: "12", "1234.50", "2026-11-21",
 * "yes", the code of an option.  "" for no value. */
const char *custom_text(struct arena *a, const struct custom_field *field,
                        const struct custom_value *value);

/* Writes values of any number of records and removes others, in three statements at most.  In a
 * transaction that holds the records.  ERR_AGAIN when a field's type was changed at this moment. */
struct custom_change {
    const struct custom_field *field;
    struct custom_value value; /* object_id; field_id 0: removed */
};
struct err *custom_put(struct db *db, const struct custom_set *set,
                       const struct custom_change *changes, size_t count);
/* All values of a record that is removed for good. */
struct err *custom_forget(struct db *db, enum custom_kind kind, int64_t object_id);
/* Of any number of them. */
struct err *custom_forget_many(struct db *db, enum custom_kind kind, const int64_t *ids,
                               size_t count);
/* Of all contacts of a company that is. */
struct err *custom_forget_contacts(struct db *db, int64_t account_id);
