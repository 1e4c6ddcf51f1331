/* operate/metrics_files.c - what programs counted.  A file's name is its program's; in production
 * each lies in a folder of its own. */
#include "base/str.h"
#include "operate/metrics_inside.h"

#include <glob.h>

/* -- finding them --------------------------------------------------------------------------------
 */

static bool is_known(const struct metrics *m, const char *program)
{
    for (size_t i = 0; i < m->program_count; i++)
        if (str_eq(m->programs[i].program, program))
            return true;
    return false;
}

/* What is wrong with a file is told where an operator looks, and is not for machines. */
static void say_unread(struct metrics *m, struct err *e)
{
    const char *words = err_message(e);

    buf_puts(m->out, "# ");
    for (; *words != '\0'; words++)
        buf_putc(m->out, *words == '\n' ? ' ' : *words);
    buf_putc(m->out, '\n');
    err_free(e);
}

static void read_file(struct metrics *m, const char *path)
{
    struct metric_file file;
    struct err *e = metric_file_read(m->a, path, m->place->kinds, &file);

    if (e != NULL)
        say_unread(m, e);
    else if (m->program_count < METRICS_PROGRAMS_MAX && !is_known(m, file.program))
        m->programs[m->program_count++] = file;
}

static void read_matching(struct metrics *m, const char *dir, const char *pattern)
{
    glob_t found = { 0 };

    if (glob(arena_printf(m->a, "%s/%s", dir, pattern), 0, NULL, &found) == 0)
        for (size_t i = 0; i < found.gl_pathc; i++)
            read_file(m, found.gl_pathv[i]);
    globfree(&found);
}

void metrics_find(struct metrics *m)
{
    const struct conf *conf = m->place->conf;
    const char *dir = str_is_empty(conf->metrics_dir) ? arena_printf(m->a, "%s/run", conf->var)
                                                      : conf->metrics_dir;

    read_matching(m, dir, "*.metrics");
    read_matching(m, dir, "*/*.metrics");
}

/* -- showing them --------------------------------------------------------------------------------
 */

/* One pair of labels' values of one program. */
struct shown {
    const struct metric_file *file;
    enum metric_id id;
    size_t a, b;
};

static void add_pair(struct metrics_pair *pairs, const char *name, const char *value)
{
    while (pairs->name != NULL)
        pairs++;
    *pairs = (struct metrics_pair){ name, value };
}

static void make_pairs(const struct shown *s, struct metrics_pair pairs[METRICS_PAIRS + 1])
{
    const struct metric *metric = &metrics[s->id];
    const size_t at[] = { s->a, s->b };

    pairs[0] = (struct metrics_pair){ 0 };
    add_pair(pairs, "program", s->file->program);
    for (size_t i = 0; i < ARRAY_LEN(at); i++)
        if (metric->labels[i] != LABEL_NONE)
            add_pair(pairs, metric_labels[metric->labels[i]].name,
                     metric_file_label(s->file, metric->labels[i], at[i]));
}

static void show_buckets(struct metrics *m, const struct shown *s,
                         struct metrics_pair pairs[METRICS_PAIRS + 1])
{
    int64_t below = 0;
    size_t le = 0;

    while (pairs[le].name != NULL)
        le++;
    for (size_t i = 0; i < METRIC_BUCKETS; i++) {
        below += metric_file_value(s->file, s->id, s->a, s->b, i);
        pairs[le] = (struct metrics_pair){ "le", i < METRIC_BUCKETS - 1
                                                     ? metrics_seconds(m->a, metric_bounds_us[i])
                                                     : "+Inf" };
        metrics_sample(m, s->id, "_bucket", pairs, metrics_number(m->a, below));
    }
    pairs[le] = (struct metrics_pair){ 0 };
    metrics_sample(
        m, s->id, "_sum", pairs,
        metrics_seconds(m->a, metric_file_value(s->file, s->id, s->a, s->b, METRIC_BUCKETS)));
    metrics_sample(m, s->id, "_count", pairs, metrics_number(m->a, below));
}

static void show_one(struct metrics *m, const struct shown *s)
{
    struct metrics_pair pairs[METRICS_PAIRS + 1] = { 0 };
    const int64_t value = metric_file_value(s->file, s->id, s->a, s->b, 0);

    make_pairs(s, pairs);
    if (metrics[s->id].type == METRIC_HISTOGRAM)
        show_buckets(m, s, pairs);
    else
        metrics_sample(m, s->id, "", pairs,
                       metrics[s->id].type == METRIC_SECONDS ? metrics_seconds(m->a, value)
                                                             : metrics_number(m->a, value));
}

static bool has_value(const struct metric_file *file, enum metric_label_id label, size_t at)
{
    return label == LABEL_NONE ? at == 0 : metric_file_label(file, label, at) != NULL;
}

static void show_program(struct metrics *m, enum metric_id id, const struct metric_file *file)
{
    const struct metric *metric = &metrics[id];

    for (size_t a = 0; has_value(file, metric->labels[0], a); a++)
        for (size_t b = 0; has_value(file, metric->labels[1], b); b++)
            show_one(m, &(struct shown){ file, id, a, b });
}

void metrics_counted(struct metrics *m, enum metric_id id)
{
    for (size_t i = 0; i < m->program_count; i++)
        if (m->programs[i].counted && (metrics[id].source & m->programs[i].source) != 0)
            show_program(m, id, &m->programs[i]);
}
