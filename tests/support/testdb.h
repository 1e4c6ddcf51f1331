/* support/testdb.h - databases for tests, on the private server behind FAIRWAY_TEST_DB_SOCKET (the
 * calling unix user must be its administrator), or on a cluster when there are several sockets with
 * commas between them: each connection goes to the next.
 *
 * Most tests work in the shared schema, which is migrated once, inside a transaction that they roll
 * back.  A test that must commit, or that uses two connections, takes a schema of its own. */
#pragma once

#include "db/db.h"

/* Opens the shared schema.  TABLES NULL: lazily. */
struct db *testdb_open(db_stmt_table *const *tables);

/* Makes an empty copy of the shared schema, with its seed rows; gone after testdb_drop(). */
struct testdb {
    char name[64];
};
void testdb_copy(struct testdb *copy_out);
/* An empty schema without tables. */
void testdb_empty(struct testdb *empty_out);
void testdb_drop(const struct testdb *schema);

/* A connection as the server's administrator to a schema. */
struct db *testdb_connect(const char *schema, db_stmt_table *const *tables);
/* The same without this house's layer, for questions whose text is made by the test. */
struct st_mysql *testdb_dial(const char *schema);
/* A connection as the account of PROGRAM ("partner") with its rights; an error of opening is given
 * back, since that is what some tests ask for. */
struct err *testdb_connect_as(const char *schema, const char *program, db_stmt_table *const *tables,
                              struct db **db_out);
/* A file with the password of the program's account, for code that opens connections of its own;
 * whoever asked unlinks it unless FAIRWAY_TEST_SECRETS is set. */
const char *testdb_password_file(const char *program);
/* Name of the shared schema, migrated and with the programs' rights. */
const char *testdb_shared(void);
const char *testdb_socket(void); /* of the private server, or of the cluster's first node */
/* The folder sql/ of the sources. */
const char *testdb_sql_dir(void);
