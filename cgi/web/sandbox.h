/* web/sandbox.h - what a process gives up for good once it has everything it needs: new privileges,
 * core files, being traced by its equals, memory and files without end, and every system call that
 * its work does not use. */
#pragma once

#include "base/err.h"

enum sandbox_kind {
    SANDBOX_SERVER, /* answers requests: reads files, writes those without a name, speaks to the
                       database */
    SANDBOX_WORKER  /* also writes files below VAR and connects to mail servers and webhooks */
};

/* For the whole process and for good.  FAIRWAY_NO_SANDBOX=1 in the environment leaves all of it
 * out, for debuggers and valgrind; a build with AddressSanitizer only has the limits. */
struct err *sandbox_enter(enum sandbox_kind kind);
