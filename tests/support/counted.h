/* support/counted.h - what the code under test counted. */
#pragma once

#include "base/metric.h"

/* From here on this process counts, from 0, as a program of SOURCE; KINDS of jobs or NULL. */
void counted_begin(enum metric_source source, const char *const *kinds);
int64_t counted(enum metric_id id, size_t a, size_t b);
/* How many times a histogram holds. */
int64_t counted_times(enum metric_id id, size_t a);
/* Nothing is counted any more. */
void counted_end(void);
