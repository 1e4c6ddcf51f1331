/* report/report_period.h - from which day until which a comparison of dates goes. */
#pragma once

#include "report/report_inside.h"

/* Both included; DAY_NONE: without an end on that side. */
struct report_period {
    int32_t from, until;
};
/* TODAY is the reader's. */
struct report_period report_period_of(const struct report_filter *f, int32_t today);
