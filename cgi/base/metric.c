/* base/metric.c - the table, and adding to a number. */
#include "base/metric_inside.h"

#include "base/str.h"

#include <string.h>

#define LABEL(id, name, ...) static const char *const values_##id[] = { __VA_ARGS__, NULL };
#include "base/metrics.def"
#undef LABEL

const struct metric_label metric_labels[LABEL_COUNT] = {
#define LABEL(id, name, ...) { name, values_##id },
#include "base/metrics.def"
#undef LABEL
};

const struct metric metrics[METRIC_COUNT] = {
#define METRIC(id, name, type, source, a, b, help) \
    { name, help, METRIC_##type, METRIC_##source, { LABEL_##a, LABEL_##b } },
#include "base/metrics.def"
#undef METRIC
};

const int64_t metric_bounds_us[METRIC_BUCKETS - 1] = { 1000,    2500,    5000,    10000,  25000,
                                                       50000,   100000,  250000,  500000, 1000000,
                                                       2500000, 5000000, 10000000 };

int64_t *metric_mine;
struct metric_layout metric_layout;

/* -- the layout ----------------------------------------------------------------------------------
 */

size_t metric_parts(const struct metric *m)
{
    return m->type == METRIC_HISTOGRAM ? METRIC_BUCKETS + 1 : 1;
}

static const char *const *values_of(const struct metric_layout *layout, enum metric_label_id label)
{
    return label == LABEL_KIND ? layout->kinds : metric_labels[label].values;
}

size_t metric_label_values(const struct metric_layout *layout, enum metric_label_id label)
{
    const char *const *values = values_of(layout, label);
    size_t count = 0;

    if (label == LABEL_NONE)
        return 1;
    while (values != NULL && values[count] != NULL)
        count++;
    return count;
}

/* FNV-1a: names the table's state, and guards against nobody. */
static void mix(uint64_t *mark, const char *text)
{
    for (; *text != '\0'; text++)
        *mark = (*mark ^ (unsigned char)*text) * 0x100000001b3U;
    *mark = (*mark ^ 0xffU) * 0x100000001b3U;
}

static void mix_metric(struct metric_layout *out, const struct metric *m)
{
    mix(&out->mark, m->name);
    mix(&out->mark, m->type == METRIC_HISTOGRAM ? "histogram" : "number");
    for (size_t i = 0; i < ARRAY_LEN(m->labels); i++) {
        const char *const *values = values_of(out, m->labels[i]);

        for (; values != NULL && *values != NULL; values++)
            mix(&out->mark, *values);
        mix(&out->mark, "");
    }
}

void metric_layout_make(struct metric_layout *out, enum metric_source source,
                        const char *const *kinds)
{
    *out = (struct metric_layout){ .kinds = kinds, .mark = 0xcbf29ce484222325U };
    for (size_t i = 0; i < METRIC_COUNT; i++) {
        const struct metric *m = &metrics[i];

        out->first[i] = out->count;
        if ((m->source & source) == 0)
            continue;
        out->width[i] = metric_label_values(out, m->labels[1]);
        out->cells[i] = metric_label_values(out, m->labels[0]) * out->width[i] * metric_parts(m);
        out->count += out->cells[i];
        mix_metric(out, m);
    }
}

size_t metric_slot_bytes(const struct metric_layout *layout)
{
    const size_t line = 64, bytes = sizeof(struct metric_slot) + layout->count * sizeof(int64_t);

    return (bytes + line - 1) / line * line;
}

/* -- counting ------------------------------------------------------------------------------------
 */

/* Adding is one instruction, since a master may take a slot's numbers away at any moment. */
static void add(size_t cell, int64_t n)
{
    __atomic_fetch_add(&metric_mine[cell], n, __ATOMIC_RELAXED);
}

void metric_add(enum metric_id id, size_t a, size_t b, int64_t n)
{
    const size_t at = a * metric_layout.width[id] + b;

    if (metric_mine != NULL && at < metric_layout.cells[id])
        add(metric_layout.first[id] + at, n);
}

void metric_set(enum metric_id id, int64_t value)
{
    if (metric_mine != NULL && metric_layout.cells[id] != 0)
        __atomic_store_n(&metric_mine[metric_layout.first[id]], value, __ATOMIC_RELAXED);
}

void metric_observe(enum metric_id id, size_t a, int64_t us)
{
    const size_t parts = METRIC_BUCKETS + 1;
    size_t bucket = 0;

    if (metric_mine == NULL || (a + 1) * parts > metric_layout.cells[id])
        return;
    while (bucket < METRIC_BUCKETS - 1 && us > metric_bounds_us[bucket])
        bucket++;
    add(metric_layout.first[id] + a * parts + bucket, 1);
    add(metric_layout.first[id] + a * parts + METRIC_BUCKETS, us);
}
