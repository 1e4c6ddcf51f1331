/* match/bench_match.c - how many variants the conflict check finds among made-up companies, without
 * a database: keys and packed names in memory, candidates chosen as match_find() does.
 *
 *     bench_match [companies] [checks of each kind]
 *
 * FAIRWAY_SETS names the folder of name lists.  The time is of one check: taking the name apart,
 * choosing and judging candidates. */
#include "account/match_keys.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/str.h"
#include "match/variants.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CANDIDATES = 60, ROWS_ENOUGH = 400, DF_MOST = 8000, GRAMS_FIRST = 3 };

struct entry {
    uint32_t gram, id;
};

struct world {
    struct text_ctx *ctx;
    struct match_names *names;
    struct variants *variants;
    struct arena *keep, *arena;
    const char **packed;
    uint32_t count;
    struct entry *entries;
    size_t entry_count, entry_room;
    float *score; /* of a candidate, 0 for none; index is the id */
    uint32_t *touched;
    size_t touched_count;
    uint32_t best; /* of the last check: who made it so, and how much */
    double best_score;
};

static void *get_memory(size_t count, size_t size)
{
    void *memory = calloc(count, size);

    if (memory == NULL)
        log_die("out of memory");
    return memory;
}

static void stop(struct err *e)
{
    if (e != NULL)
        log_die(err_message(e));
}

/* ---- keeping ---- */

static int by_gram(const void *x, const void *y)
{
    const struct entry *a = x, *b = y;

    return a->gram != b->gram ? (a->gram > b->gram) - (a->gram < b->gram)
                              : (a->id > b->id) - (a->id < b->id);
}

static void keep_entries(struct world *w, uint32_t id, const struct match_keys *keys)
{
    if (w->entry_count + keys->count > w->entry_room) {
        w->entry_room = 2 * w->entry_room + MATCH_GRAMS_MAX;
        w->entries = realloc(w->entries, w->entry_room * sizeof(*w->entries));
        if (w->entries == NULL)
            log_die("out of memory");
    }
    for (size_t k = 0; k < keys->count; k++)
        w->entries[w->entry_count++] = (struct entry){ keys->gram[k], id };
}

static void build(struct world *w)
{
    struct match_name *name = get_memory(1, sizeof(*name));
    int64_t began = clock_monotonic_us();

    for (uint32_t i = 0; i < w->count; i++) {
        struct match_keys keys;

        match_name_read(w->names, w->arena, variants_name(w->variants, w->arena, i), name);
        match_keys_read(w->arena, name, &keys);
        w->packed[i] = arena_dup(w->keep, text_company_pack(w->arena, &name->part));
        keep_entries(w, i, &keys);
        arena_clear(w->arena);
    }
    double us = (double)(clock_monotonic_us() - began) / w->count;
    qsort(w->entries, w->entry_count, sizeof(*w->entries), by_gram);
    printf("%u companies, %.1f keys each, %.1f us each to take apart\n", w->count,
           (double)w->entry_count / w->count, us);
    free(name);
}

/* ---- asking ---- */

struct range {
    size_t first, df;
};

static size_t lower_bound(const struct world *w, uint64_t gram)
{
    size_t low = 0, high = w->entry_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (w->entries[middle].gram < gram)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static int by_df(const void *x, const void *y)
{
    const struct range *a = x, *b = y;

    return (a->df > b->df) - (a->df < b->df);
}

static void add_range(struct world *w, const struct range *range)
{
    float weight = (float)log(1e6 / (double)range->df);

    for (size_t k = range->first; k < range->first + range->df; k++) {
        uint32_t id = w->entries[k].id;

        if (w->score[id] == 0)
            w->touched[w->touched_count++] = id;
        w->score[id] += weight;
    }
}

static void gather(struct world *w, const struct match_keys *keys)
{
    struct range ranges[MATCH_GRAMS_MAX];
    size_t count = 0, rows = 0;

    for (size_t k = 0; k < keys->count; k++) {
        struct range r = { .first = lower_bound(w, keys->gram[k]) };

        r.df = lower_bound(w, (uint64_t)keys->gram[k] + 1) - r.first;
        if (r.df > 0)
            ranges[count++] = r;
    }
    qsort(ranges, count, sizeof(*ranges), by_df);
    for (size_t k = 0; k < count; k++) {
        if (k > 0 && ranges[k].df > DF_MOST)
            break;
        if (k >= GRAMS_FIRST && rows + ranges[k].df > ROWS_ENOUGH)
            break;
        rows += ranges[k].df;
        add_range(w, &ranges[k]);
    }
}

static const float *sort_score;

static int by_score(const void *x, const void *y)
{
    uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;

    if (sort_score[a] != sort_score[b])
        return sort_score[a] > sort_score[b] ? -1 : 1;
    return (a > b) - (a < b);
}

/* The verdict of the best candidate; *right_out says whether the company meant is among those
 * flagged. */
static enum match_verdict check(struct world *w, const char *typed, uint32_t meant, bool *right_out)
{
    enum match_verdict best = MATCH_DIFFERENT;
    struct match_name *asked = arena_alloc(w->arena, 2 * sizeof(*asked)), *kept = asked + 1;
    struct match_keys keys;

    match_name_read(w->names, w->arena, typed, asked);
    match_keys_read(w->arena, asked, &keys);
    gather(w, &keys);
    sort_score = w->score;
    qsort(w->touched, w->touched_count, sizeof(*w->touched), by_score);
    *right_out = false;
    for (size_t i = 0; i < w->touched_count; i++) {
        struct match_evidence evidence;
        uint32_t id = w->touched[i];

        w->score[id] = 0;
        if (i >= CANDIDATES || !match_name_unpack(w->names, w->arena, w->packed[id], kept))
            continue;
        match_score(asked, NULL, kept, NULL, &evidence);
        if (evidence.verdict > best) {
            best = evidence.verdict;
            w->best = id;
            w->best_score = evidence.score;
        }
        *right_out = *right_out || (id == meant && evidence.verdict != MATCH_DIFFERENT);
    }
    w->touched_count = 0;
    return best;
}

static int by_time(const void *x, const void *y)
{
    int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;

    return (a > b) - (a < b);
}

static void measure(struct world *w, enum variant kind, uint32_t checks)
{
    uint32_t flagged = 0, same = 0, right = 0;
    int64_t *times = get_memory(checks, sizeof(*times));
    const char *shown = getenv("MATCH_SHOW");
    bool show = shown != NULL && atoi(shown) == (int)kind;

    assert(w->count >= 2); /* main() refuses fewer */
    for (uint32_t k = 0; k < checks; k++) {
        uint32_t id = (uint32_t)((uint64_t)k * 2654435761u % (w->count / 2)) * 2 +
                      (variant_is_chinese(kind) ? 1 : 0);
        const char *typed = variants_make(w->variants, w->arena, id, kind);
        int64_t began = clock_monotonic_us();
        bool is_right;
        enum match_verdict verdict = check(w, typed, id, &is_right);

        times[k] = clock_monotonic_us() - began;
        flagged += verdict != MATCH_DIFFERENT;
        same += verdict == MATCH_SAME;
        right += is_right;
        if (show && (verdict != MATCH_DIFFERENT) == variant_is_new(kind))
            printf(
                "    %s (from %s; best %s %.2f)\n", typed, variants_name(w->variants, w->arena, id),
                verdict == MATCH_DIFFERENT ? "none" : variants_name(w->variants, w->arena, w->best),
                verdict == MATCH_DIFFERENT ? 0 : w->best_score);
        arena_clear(w->arena);
    }
    qsort(times, checks, sizeof(*times), by_time);
    printf("%-28s flagged %.4f  same %.4f  the one meant %.4f  p50 %lld us  p99 %lld us\n",
           variant_name(kind), (double)flagged / checks, (double)same / checks,
           variant_is_new(kind) ? 0 : (double)right / checks, (long long)times[checks / 2],
           (long long)times[checks - checks / 100 - 1]);
    free(times);
}

int main(int argc, char **argv)
{
    struct world w = { .count = argc > 1 ? (uint32_t)atoi(argv[1]) : 20000 };
    uint32_t checks = argc > 2 ? (uint32_t)atoi(argv[2]) : 500;

    if (w.count < 2 || checks < 1)
        return 2;
    stop(text_ctx_new(&w.ctx));
    stop(match_names_new(w.ctx, &w.names));
    w.variants = variants_new(20261121, getenv("FAIRWAY_SETS"));
    w.keep = arena_new(1 << 20);
    w.arena = arena_new(1 << 18);
    w.packed = get_memory(w.count, sizeof(*w.packed));
    w.score = get_memory(w.count, sizeof(*w.score));
    w.touched = get_memory(w.count, sizeof(*w.touched));
    build(&w);
    for (int kind = 0; kind < VARIANT_COUNT; kind++)
        measure(&w, (enum variant)kind, checks);
    free(w.packed);
    free(w.score);
    free(w.touched);
    free(w.entries);
    arena_free(w.keep);
    arena_free(w.arena);
    variants_free(w.variants);
    match_names_free(w.names);
    text_ctx_free(w.ctx);
    return 0;
}
