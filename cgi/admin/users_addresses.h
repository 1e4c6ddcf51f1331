/* admin/users_addresses.h - whose log-ins a list of e-mail addresses is, in one statement. */
#pragma once

#include "base/arena.h"
#include "db/db.h"

#include <stdint.h>

struct users_address_row {
    int64_t place, id;
};
extern const struct db_field users_address_fields[];
/* The statement of those that CONDITION, "" or "AND u. ...", leaves. */
#define USERS_OF_ADDRESSES(name_, condition)                                                  \
    {                                                                                         \
        .name = name_,                                                                        \
        .sql = "SELECT STRAIGHT_JOIN j.place, u.id FROM JSON_TABLE(?, '$[*]' COLUMNS (place " \
               "INT PATH '$[0]', email VARCHAR(400) CHARACTER SET utf8mb4 PATH '$[1]')) j "   \
               "JOIN user u ON u.email_key = j.email COLLATE utf8mb4_bin " condition,         \
        .binds = "s", .fields = users_address_fields,                                         \
        .row_bytes = sizeof(struct users_address_row)                                         \
    }
/* IDS_OUT has a place for each of EMAILS, some hundreds; 0: nobody's. */
struct err *users_addresses_find(struct db *db, struct arena *a, const struct db_stmt *stmt,
                                 const char *const *emails, size_t count, int64_t *ids_out);
