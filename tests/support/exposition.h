/* support/exposition.h - reads Prometheus' text format as strictly as its documentation says, and
 * answers what stands there. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

enum { EXPOSITION_LABELS = 6, EXPOSITION_SAMPLES = 4000 };

struct exposition_label {
    char name[32], value[64];
};
struct exposition_sample {
    char family[80], name[96];
    struct exposition_label labels[EXPOSITION_LABELS];
    size_t label_count;
    double value;
};
struct exposition {
    struct exposition_sample samples[EXPOSITION_SAMPLES];
    size_t count;
};

/* Fails the test, with the line, when TEXT is no exposition, when a family has samples in two
 * places, a series stands there twice, a counter's name does not end in _total, or a histogram's
 * buckets do not add up. */
void exposition_read(const char *text, struct exposition *out);
/* The value of the series, "fairway_up{program=\"partner\"}"; fails the test when it is not there.
 */
double exposition_value(const char *text, const char *series);
bool exposition_has(const char *text, const char *series);
