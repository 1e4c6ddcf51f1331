/* base/fault.c */
#include "base/fault.h"

#ifdef FAIRWAY_FAULTS
#include <unistd.h>

static struct {
    int armed, calls;
} faults[FAULT_KIND_COUNT];

static unsigned slow_us;

void fault_slow(unsigned us)
{
    slow_us = us;
}

bool fault_hit(enum fault_kind kind)
{
    if (kind == FAULT_DB && slow_us > 0)
        usleep(slow_us);
    return ++faults[kind].calls == faults[kind].armed;
}

void fault_arm(enum fault_kind kind, int n)
{
    faults[kind].armed = n;
    faults[kind].calls = 0;
}

int fault_calls(enum fault_kind kind)
{
    return faults[kind].calls;
}

static enum fault_way chosen_way;

void fault_set_way(enum fault_way way)
{
    chosen_way = way;
}

enum fault_way fault_way(void)
{
    return chosen_way;
}
#else
typedef int fault_unit_is_not_empty;
#endif
