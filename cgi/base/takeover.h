/* base/takeover.h - how a program that runs for long becomes what lies at its path now: a new
 * binary, with new catalogues, templates and options.  The process stays, and so do its number, its
 * socket and its children, which finish what they do.
 *
 * The successor is tried first, beside the process, as "PROGRAM --check".  Only when that says that
 * it could start does the process become it. */
#pragma once

#include "base/err.h"

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

enum { TAKEOVER_CHILDREN = 512 };

/* What goes on in the successor's hands. */
struct takeover {
    int fd; /* the socket that is listened on; -1: none */
    size_t count;
    pid_t children[TAKEOVER_CHILDREN];
};

/* Where the successor lies: ARGV0 when it is a path, else the binary that runs.  The text stays. */
const char *takeover_path(const char *argv0);

/* Starts PATH --check as a child, with the signal mask MASK and without FD (-1: none).  It says in
 * the log what is wrong with it, and exits with 0 when nothing is.  -1, with a line in the log: no
 * process. */
pid_t takeover_try(const char *path, const sigset_t *mask, int fd);

/* Becomes PATH, called without arguments.  Signals that are blocked stay blocked and pending.
 * Returns only when that failed, with everything as it was. */
struct err *takeover_become(const char *path, const struct takeover *left);

/* What a predecessor of this process left; false, with *found untouched, when there was none.
 * Answers once: what is started from here on does not find it. */
bool takeover_found(struct takeover *found);
