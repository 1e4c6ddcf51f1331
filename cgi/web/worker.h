/* web/worker.h - one worker process of a program, from fork to end.  Used by master.c. */
#pragma once

#include "web/load.h"

enum {
    WORKER_DONE = 0,
    WORKER_RUNAWAY = 71, /* one request took too much of the processor */
    WORKER_UNFIT = 78    /* configuration, tables, templates or statements are at fault */
};

/* Whether a worker could begin with LOADED: opens what one opens, and gives it up again.  A
 * database that is away is no fault.  The process is in the sandbox afterwards. */
struct err *worker_check(const struct program *program, struct loaded *loaded);

/* LOADED was loaded before the fork.  Serves on LISTEN_FD until SIGTERM; writes one byte to
 * READY_FD when it begins.  Returns the exit status. */
int worker_main(const struct program *program, struct loaded *loaded, int listen_fd, int ready_fd,
                int parent_pid);
