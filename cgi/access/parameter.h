/* access/parameter.h - system parameters: what staff may change while the portal runs.  One list,
 * access/parameters.def, makes the enum, the page and the defaults; the table system_parameter
 * holds only what differs from its default. */
#pragma once

#include "base/arena.h"
#include "db/db.h"

extern db_stmt_table parameter_read_statements[];  /* every program that asks */
extern db_stmt_table parameter_write_statements[]; /* staff.fcgi */

enum parameter_kind { PARAMETER_NUMBER, PARAMETER_FLAG, PARAMETER_TEXT };

enum parameter {
#define PARAMETER(id, name, kind, fallback, unit, least, most, help) PARAM_##id,
#include "access/parameters.def"
#undef PARAMETER
    PARAM_COUNT
};

struct parameter_row {
    const char *name; /* "session.staff_idle" */
    enum parameter_kind kind;
    const char *fallback;
    const char *unit; /* English message id; "" for none */
    int64_t least, most;
    const char *help; /* English message id */
};

extern const struct parameter_row parameter_rows[PARAM_COUNT];

/* PARAM_COUNT when there is none of that name. */
enum parameter parameter_find(const char *name);
/* True when VALUE may be set. */
bool parameter_check(enum parameter parameter, const char *value);

/* One value for a page, NUMBER and FLAG: as it is, or was a moment ago (db_kept()); in a
 * transaction. */
struct err *parameter_kept(struct db *db, enum parameter parameter, int64_t *value_out);
/* The same of a TEXT; *value_out lives as long as A. */
struct err *parameter_kept_text(struct db *db, struct arena *a, enum parameter parameter,
                                const char **value_out);
/* One value as it is now, for what is written, in the open transaction; NUMBER and FLAG. */
struct err *parameter_now(struct db *db, struct arena *a, enum parameter parameter,
                          int64_t *value_out);
/* What is stored of each, for the page that changes them.  In the open transaction. */
struct parameter_stored {
    const char *value; /* the default where nothing, or nothing that may be, is stored */
    int64_t id;        /* 0: never changed */
    int64_t row_version, updated_at;
};
struct err *parameters_stored(struct db *db, struct arena *a,
                              struct parameter_stored stored_out[PARAM_COUNT]);
/* Sets a value under the version that was seen (0: never changed), in the open transaction.
 * *id_out is its number; *changed_out false: somebody else was faster, and nothing is changed.
 * ERR_INVALID for what parameter_check() refuses. */
struct err *parameter_change(struct db *db, struct arena *a, enum parameter parameter,
                             const char *value, int64_t row_version, int64_t *id_out,
                             bool *changed_out);
/* Sets a value that parameter_check() accepts (else ERR_INVALID), in the open transaction. */
struct err *parameter_set(struct db *db, enum parameter parameter, const char *value);
