/* base/fault.h - places where tests make a call fail.  Compiled in only with FAIRWAY_FAULTS; a
 * release build has nothing of it. */
#pragma once

#include <stdbool.h>

/* FAULT_ANSWER: a commit is done, and the connection is lost before it says so.  FAULT_MEMORY: a
 * piece of an arena, or more room for a buffer. */
enum fault_kind { FAULT_DB, FAULT_MAIL, FAULT_FILE, FAULT_ANSWER, FAULT_MEMORY, FAULT_KIND_COUNT };

#ifdef FAIRWAY_FAULTS
/* True when the armed call of this kind is reached. */
bool fault_hit(enum fault_kind kind);
/* The N-th call from now (1 is the next one) fails once; 0 disarms and sets the count to nothing.
 */
void fault_arm(enum fault_kind kind, int n);
int fault_calls(enum fault_kind kind); /* calls since the last arming */

/* What a call to the database fails with: an error of its own, a deadlock (the server has taken the
 * transaction back), a connection that is gone. */
enum fault_way { FAULT_ERROR, FAULT_DEADLOCK, FAULT_LOST, FAULT_WAY_COUNT };
void fault_set_way(enum fault_way way);
enum fault_way fault_way(void);
/* Each call to the database takes so much longer from now on. */
void fault_slow(unsigned us);
#define FAULT(kind) fault_hit(kind)
#else
#define FAULT(kind) false
#endif
