/* support/counted.c */
#include "support/counted.h"

#include "support/test.h"

#include "base/metric_read.h"
#include "support/folder.h"

static struct folder folder;
static char path[FOLDER_PATH_BYTES];
static const char *const *kinds_of_jobs;

void counted_begin(enum metric_source source, const char *const *kinds)
{
    folder_make(&folder);
    snprintf(path, sizeof(path), "%s/test.metrics", folder.path);
    kinds_of_jobs = kinds;
    assert_ok(metric_open(
        &(struct metric_start){ .path = path, .source = source, .kinds = kinds, .workers = 1 }));
}

static int64_t sum(enum metric_id id, size_t a, size_t b, size_t parts)
{
    struct arena *arena = arena_new(4096);
    struct metric_file file;
    int64_t n = 0;

    assert_ok(metric_file_read(arena, path, kinds_of_jobs, &file));
    assert_true(file.counted);
    for (size_t part = 0; part < parts; part++)
        n += metric_file_value(&file, id, a, b, part);
    arena_free(arena);
    return n;
}

int64_t counted(enum metric_id id, size_t a, size_t b)
{
    return sum(id, a, b, 1);
}

int64_t counted_times(enum metric_id id, size_t a)
{
    return sum(id, a, 0, METRIC_BUCKETS);
}

void counted_end(void)
{
    metric_close();
    folder_remove(&folder);
}
