/* access/standing.h - what a company's place in the programme takes away from all of its people.
 * One table, asked whenever an actor is made: no route, page or button has to know. */
#pragma once

#include "access/actor.h"

/* STATUS is that of the account; AGREEMENT_DUE: a newer agreement waits for its acceptance. */
enum standing standing_of(const char *status, bool agreement_due);
/* Takes out of SET what this standing does not leave. */
void standing_limit(enum standing standing, struct permission_set *set);
