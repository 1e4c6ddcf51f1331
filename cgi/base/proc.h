/* base/proc.h - other people's programs, run by ours: without a shell, waited for, and ended when
 * we end. */
#pragma once

#include "base/err.h"

#include <stdbool.h>
#include <sys/types.h>

struct proc {
    pid_t pid; /* 0: it has ended */
    const char *name;
};

/* What it reads and writes; 0: nothing. */
struct proc_io {
    int in, out, err;
};

/* ARGV ends with NULL; its first word is looked for in PATH and kept as the name. */
struct err *proc_start(struct proc *p, const char *const *argv, struct proc_io io);
/* Whether it has ended; ERR_IO says that it ended badly, and how. */
struct err *proc_poll(struct proc *p, bool *ended_out);
struct err *proc_wait(struct proc *p);
/* Asks it to end and waits for that; how it ends does not matter.  What has ended is left alone. */
void proc_end(struct proc *p);
