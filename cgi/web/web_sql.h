/* web/web_sql.h - the statements of the gates: one-time tokens and who opened what. */
#pragma once

#include "db/stmt.h"

extern db_stmt_table web_statements[]; /* every program that serves pages */
extern db_stmt_table
    opened_statements[]; /* staff.fcgi: its staff are whom partners are told about */

struct form_use_row {
    const char *route, *result;
    int64_t user_id;
    struct bytes body_hash;
};

extern const struct db_stmt form_use_record; /* hash, user, route, body hash */
extern const struct db_stmt form_use_result; /* result, hash */
extern const struct db_stmt form_use_find;   /* hash -> struct form_use_row */
extern const struct db_stmt opened_insert;   /* kind, object, user, name */
extern const struct db_stmt opened_touch;    /* kind, object, user */
