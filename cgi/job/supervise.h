/* job/supervise.h - keeps the worker's processes there: as many as asked for, started again when
 * one dies, ended and replaced when told to. */
#pragma once

#include <signal.h>

/* What one process does from its fork to its end: returns its exit status soon after *STOP is set.
 */
typedef int supervise_child(void *arg, const volatile int *stop);

/* Runs COUNT children until SIGTERM or SIGINT, and gives them half a minute to finish then. SIGHUP:
 * the program becomes what lies at PATH now, when that could start (base/takeover.h); its children
 * take the places of ours, as each finishes what it does.  Children that die young are started
 * again more and more slowly.  Returns the exit status. */
int supervise(const char *path, int count, supervise_child *child, void *arg);
