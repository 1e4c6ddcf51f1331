/* Hours and places as people write them: what is read is written, and read the same again. */
#include "base/arena.h"
#include "settings/areas.h"
#include "settings/office_hours.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_hours(struct arena *a, const char *text)
{
    struct office_span spans[OFFICE_SPANS], again[OFFICE_SPANS];
    size_t count, same;

    if (!office_hours_read(text, spans, &count))
        return;
    if (!office_hours_read(office_hours_text(a, spans, count), again, &same) || same != count ||
        memcmp(spans, again, count * sizeof(*spans)) != 0)
        abort();
}

static void read_areas(struct arena *a, const char *text)
{
    struct area *areas, *again;
    struct area_fault fault;
    size_t count, same;

    if (!areas_read(a, text, &areas, &count, &fault))
        return;
    if (!areas_read(a, areas_text(a, areas, count), &again, &same, &fault) || same != count)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new(4096);
    const char *text = arena_dup_bytes(a, data, size);

    read_hours(a, text);
    read_areas(a, text);
    arena_free(a);
    return 0;
}
