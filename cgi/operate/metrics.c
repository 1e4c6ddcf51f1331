/* operate/metrics.c - the table of base/metrics.def from top to bottom. */
#include "operate/metrics_inside.h"

db_stmt_table *const metrics_statements[] = { figures_statements, NULL };

void metrics_write(const struct metrics_place *place, struct arena *a, struct buf *out)
{
    struct metrics *m = arena_alloc(a, sizeof(*m));

    *m = (struct metrics){ .place = place, .a = a, .out = out };
    metrics_find(m);
    metrics_read_rows(m);
    for (enum metric_id id = 0; id < METRIC_COUNT; id++) {
        metrics_family(m, id);
        (metrics[id].source == METRIC_ASKED ? metrics_asked : metrics_counted)(m, id);
    }
}
