/* operate/metrics_text.c - Prometheus' text format, version 0.0.4: a family's HELP and TYPE, then
 * its samples. */
#include "operate/metrics_inside.h"

#include <string.h>

/* HELP escapes the backslash and the line's end, a label's value also the quote. */
static void add_escaped(struct buf *out, const char *text, bool quoted)
{
    for (; *text != '\0'; text++) {
        if (*text == '\\' || (quoted && *text == '"'))
            buf_putc(out, '\\');
        if (*text == '\n')
            buf_puts(out, "\\n");
        else
            buf_putc(out, *text);
    }
}

void metrics_family(struct metrics *m, enum metric_id id)
{
    static const char *const types[] = { [METRIC_COUNTER] = "counter",
                                         [METRIC_SECONDS] = "counter",
                                         [METRIC_GAUGE] = "gauge",
                                         [METRIC_HISTOGRAM] = "histogram" };

    buf_printf(m->out, "# HELP %s ", metrics[id].name);
    add_escaped(m->out, metrics[id].help, false);
    buf_printf(m->out, "\n# TYPE %s %s\n", metrics[id].name, types[metrics[id].type]);
}

void metrics_sample(struct metrics *m, enum metric_id id, const char *suffix,
                    const struct metrics_pair *pairs, const char *value)
{
    const char *before = "{";

    buf_puts(m->out, metrics[id].name);
    buf_puts(m->out, suffix);
    for (; pairs->name != NULL; pairs++) {
        buf_printf(m->out, "%s%s=\"", before, pairs->name);
        add_escaped(m->out, pairs->value, true);
        buf_putc(m->out, '"');
        before = ",";
    }
    buf_printf(m->out, "%s %s\n", *before == ',' ? "}" : "", value);
}

const char *metrics_number(struct arena *a, int64_t n)
{
    return arena_number(a, "", n);
}

const char *metrics_seconds(struct arena *a, int64_t us)
{
    const char *sign = us < 0 ? "-" : "";
    const uint64_t n = us < 0 ? 0 - (uint64_t)us : (uint64_t)us;
    char *text = arena_printf(a, "%s%llu.%06llu", sign, (unsigned long long)(n / 1000000),
                              (unsigned long long)(n % 1000000));
    size_t len = strlen(text);

    while (text[len - 1] == '0')
        text[--len] = '\0';
    if (text[len - 1] == '.')
        text[len - 1] = '\0';
    return text;
}
