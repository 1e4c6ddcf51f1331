/* operate/metrics.h - all that is measured, in Prometheus' text format (version 0.0.4): what the
 * programs counted in their files (base/metric.h), what waits at their sockets, and what stands in
 * the database. */
#pragma once

#include "base/arena.h"
#include "base/buf.h"
#include "base/conf.h"
#include "db/db.h"

/* What the account fw_metrics runs. */
extern db_stmt_table *const metrics_statements[];

struct metrics_place {
    const struct conf *conf;
    struct db *db;            /* with metrics_statements, or NULL: it is away */
    const char *const *kinds; /* of jobs, ended by NULL */
};
/* Adds everything to OUT.  A program's file that cannot be read is an error of it alone: a comment
 * says so. */
void metrics_write(const struct metrics_place *place, struct arena *a, struct buf *out);
