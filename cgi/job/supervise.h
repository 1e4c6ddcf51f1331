/* job/supervise.h - keeps the worker's processes there: as many as asked for, started again when
 * one dies, ended and replaced when told to. */
#pragma once

#include <signal.h>

/* What one process does from its fork to its end: returns its exit status soon after *STOP is set.
 */
typedef int supervise_child(void *arg, const volatile int *stop);

/* Runs COUNT children until SIGTERM or SIGINT, and gives them half a minute to finish then. SIGHUP:
 * each is told to finish and a fresh one takes its place, which reads configuration and templates
 * anew. Children that die young are started again more and more slowly.  Returns the exit status.
 */
int supervise(int count, supervise_child *child, void *arg);
