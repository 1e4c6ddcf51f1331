/* operate/metrics_inside.h - an exposition under way. */
#pragma once

#include "base/metric_read.h"
#include "operate/figures.h"
#include "operate/metrics.h"

enum { METRICS_PROGRAMS_MAX = 32, METRICS_PAIRS = 4 };

struct metrics {
    const struct metrics_place *place;
    struct arena *a;
    struct buf *out;
    struct metric_file programs[METRICS_PROGRAMS_MAX];
    size_t program_count;
    bool has_rows; /* the database answered */
    struct figures figures;
    struct figures_jobs *jobs;
    struct figures_mails *mails;
    size_t job_count, mail_count;
};

/* Labels of a sample, in their order; a name of NULL ends them. */
struct metrics_pair {
    const char *name, *value;
};

/* metrics_text.c: the format.  SUFFIX "" or "_bucket" and its like. */
void metrics_family(struct metrics *m, enum metric_id id);
void metrics_sample(struct metrics *m, enum metric_id id, const char *suffix,
                    const struct metrics_pair *pairs, const char *value);
/* A number of microseconds, as seconds. */
const char *metrics_seconds(struct arena *a, int64_t us);
const char *metrics_number(struct arena *a, int64_t n);

/* metrics_files.c: finds and reads the programs' files. */
void metrics_find(struct metrics *m);
/* Everything of a metric that programs count. */
void metrics_counted(struct metrics *m, enum metric_id id);

/* metrics_queue.c: how much waits at a listening socket; false: nobody listens there. */
bool metrics_queue(const char *socket, int64_t *waiting_out, int64_t *room_out);

/* metrics_rows.c */
void metrics_read_rows(struct metrics *m);
void metrics_asked(struct metrics *m, enum metric_id id);
