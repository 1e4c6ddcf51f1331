/* support/testdb.h - where the tests' private MariaDB is.
 *
 * tests/run starts it, applies sql/ to it and says where it is in the environment.  The account is
 * the server's administrator, known by its unix user: tests may make schemas and accounts of their
 * own. */
#pragma once

/* Path of the unix socket.  The program ends with advice when there is none. */
const char *testdb_socket(void);
/* Name of the administrator's account; it has no password. */
const char *testdb_admin(void);
/* Name of the migrated database. */
const char *testdb_name(void);
/* Path of the file with the password of fw_ACCOUNT ("partner", "owner", ...); static, until the
 * next call. */
const char *testdb_password_file(const char *account);
