/* support/testdb.c */
#include "support/testdb.h"

#include <stdio.h>
#include <stdlib.h>

static const char *from_environment(const char *name)
{
    const char *value = getenv(name);

    if (value != NULL && *value != '\0')
        return value;
    fprintf(stderr,
            "%s is not set: database tests are run by tests/run, for example "
            "make test T=tests/db\n",
            name);
    exit(2);
}

const char *testdb_socket(void)
{
    return from_environment("FAIRWAY_TEST_DB_SOCKET");
}

const char *testdb_admin(void)
{
    return from_environment("FAIRWAY_TEST_DB_USER");
}

const char *testdb_name(void)
{
    return from_environment("FAIRWAY_TEST_DB_NAME");
}

const char *testdb_password_file(const char *account)
{
    static char path[512]; /* of the caller until the next call: tests have one thread */

    snprintf(path, sizeof(path), "%s/db_%s", from_environment("FAIRWAY_TEST_SECRETS"), account);
    return path;
}
