/* base/metric_read.h - the counters of a program, as somebody outside sees them. */
#pragma once

#include "base/arena.h"
#include "base/metric.h"

struct metric_file {
    const char *program; /* "partner": the file's name */
    bool up;             /* its master is there */
    bool counted;        /* false: it is of another release, and its numbers mean something else */
    enum metric_source source;
    const char *const *kinds;
    const char *build;
    int64_t began_at, workers;
    const int64_t *sums; /* of all slots */
};

/* Reads PATH, which may hold anything: the program whose file it is is not trusted.  KINDS are
 * those of jobs, for a file of the worker. */
struct err *metric_file_read(struct arena *a, const char *path, const char *const *kinds,
                             struct metric_file *out);

/* A number of the file: PART is a bucket of a histogram, METRIC_BUCKETS its sum, else 0. */
int64_t metric_file_value(const struct metric_file *file, enum metric_id id, size_t a, size_t b,
                          size_t part);
/* The A-th value of a label; NULL after the last. */
const char *metric_file_label(const struct metric_file *file, enum metric_label_id label, size_t a);
