/* base/metric.h - counting, for those who watch the portal from outside.
 *
 * A program's master maps a small file before it forks; each worker counts in a slot of its own
 * there, by adding to a number: without a lock, without a system call.  When a worker ends, however
 * it ends, its master adds the slot to the program's totals, so that nothing that was counted is
 * lost; the file also outlives reloads and restarts.  Who wants to know reads the files
 * (base/metric_read.h); nothing waits for him.
 *
 * A process without such a file counts nothing: the calls may stand anywhere. */
#pragma once

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum metric_id {
#define METRIC(id, name, type, source, a, b, help) METRIC_##id,
#include "base/metrics.def"
#undef METRIC
    METRIC_COUNT
};

enum metric_type { METRIC_COUNTER, METRIC_SECONDS, METRIC_GAUGE, METRIC_HISTOGRAM };

/* Who counts; ASKED is nobody. */
enum metric_source { METRIC_ASKED = 0, METRIC_WEB = 1, METRIC_WORKER = 2, METRIC_BOTH = 3 };

enum metric_label_id {
#define LABEL(id, name, ...) LABEL_##id,
#include "base/metrics.def"
#undef LABEL
    LABEL_COUNT
};

struct metric_label {
    const char *name;          /* "" for none */
    const char *const *values; /* ended by NULL; none: they come from elsewhere */
};
extern const struct metric_label metric_labels[LABEL_COUNT];

struct metric {
    const char *name, *help;
    enum metric_type type;
    enum metric_source source;
    enum metric_label_id labels[2];
};
extern const struct metric metrics[METRIC_COUNT];

/* Upper bounds of a histogram's buckets in microseconds; the last has none. */
enum { METRIC_BUCKETS = 14 };
extern const int64_t metric_bounds_us[METRIC_BUCKETS - 1];

/* Classes of requests, in the order of their label. */
enum metric_class { METRIC_PAGE, METRIC_FORM, METRIC_HEALTH, METRIC_NO_ROUTE };
enum { METRIC_BY_SIGNAL, METRIC_BY_STATUS, METRIC_BY_RUNAWAY };
enum { METRIC_LOST_CONFLICT, METRIC_LOST_CONNECTION };
enum { METRIC_JOB_DONE, METRIC_JOB_AGAIN, METRIC_JOB_FAILED };
enum { METRIC_MAIL_SENT, METRIC_MAIL_AGAIN, METRIC_MAIL_FAILED, METRIC_MAIL_DROPPED };

/* Adds N (of SECONDS: microseconds) to the number with the A-th value of the first label and the
 * B-th of the second. */
void metric_add(enum metric_id id, size_t a, size_t b, int64_t n);
/* A gauge without labels. */
void metric_set(enum metric_id id, int64_t value);
/* A histogram's: something took that long. */
void metric_observe(enum metric_id id, size_t a, int64_t us);

/* -- for masters ---------------------------------------------------------------------------------
 */

struct metric_start {
    const char *path;
    enum metric_source source;
    const char *const *kinds; /* of jobs, ended by NULL; or NULL */
    size_t workers; /* as many as shall be there; during a reload there are twice as many */
};
/* The file of this process and of those that it forks.  What is in it already goes on, if the
 * same is counted; children that a predecessor left (base/takeover.h) keep their slots.  After an
 * error nothing is counted. */
struct err *metric_open(const struct metric_start *start);
void metric_close(void);
/* Where the file of PROGRAM ("partner") lies; with SOCKET, beside that. */
void metric_path(char *out, size_t size, const char *configured, const char *socket,
                 const char *var, const char *program);

/* A slot for the next worker, before it is forked; in the worker; and in the master, which learned
 * its number.  A worker that has ended gives its counts to the totals. */
size_t metric_slot(void);
void metric_slot_mine(size_t slot);
void metric_slot_of(size_t slot, pid_t worker);
void metric_slot_end(pid_t worker);
