/* account/match_pairs.c - a file of pairs in, the same with verdicts out. */
#include "account/match_pairs.h"

#include "account/match_keys.h"
#include "base/buf.h"
#include "base/str.h"
#include "text/csv.h"

#include <string.h>

enum { FIELD_COUNT = 4, SIDE_COUNT = 2, NO_COLUMN = -1 };

static const char *const field_names[FIELD_COUNT] = { "tax_id", "domain", "phone", "address" };

struct columns {
    int name[SIDE_COUNT];
    int field[SIDE_COUNT][FIELD_COUNT];
};

struct run {
    struct text_ctx *ctx;
    struct match_names *names;
    struct arena *arena;
    struct text_csv *csv;
    struct columns columns;
    struct buf line;
    FILE *out;
};

static int find_column(struct arena *a, const struct text_csv_row *header, const char *name)
{
    for (size_t i = 0; i < header->count; i++)
        if (strcmp(text_fold(a, header->cells[i]), name) == 0)
            return (int)i;
    return NO_COLUMN;
}

static struct err *read_header(struct run *run, const struct text_csv_row *header)
{
    struct columns *c = &run->columns;

    if (header->count < SIDE_COUNT)
        return err_raise(ERR_PARSE, "CSV line %lld: two columns are needed",
                         (long long)header->line);
    c->name[0] = find_column(run->arena, header, "a");
    c->name[1] = find_column(run->arena, header, "b");
    if (c->name[0] == NO_COLUMN || c->name[1] == NO_COLUMN) {
        c->name[0] = 0;
        c->name[1] = 1;
    }
    for (int side = 0; side < SIDE_COUNT; side++)
        for (int f = 0; f < FIELD_COUNT; f++)
            c->field[side][f] = find_column(
                run->arena, header, arena_printf(run->arena, "%s_%c", field_names[f], "ab"[side]));
    return NULL;
}

static const char *cell(const struct text_csv_row *row, int column)
{
    return column >= 0 && (size_t)column < row->count ? row->cells[column] : "";
}

static struct err *write_line(struct run *run, const char *const *cells, size_t count)
{
    buf_reset(&run->line);
    text_csv_write(&run->line, cells, count);
    if (fwrite(run->line.data, 1, run->line.len, run->out) != run->line.len)
        return err_raise(ERR_IO, "the result cannot be written");
    return NULL;
}

static struct err *judge(struct run *run, const struct text_csv_row *row)
{
    struct arena *a = run->arena;
    struct match_name *names = arena_array(a, SIDE_COUNT, sizeof(*names));
    struct match_fields fields[SIDE_COUNT];
    struct match_evidence evidence;

    for (int side = 0; side < SIDE_COUNT; side++) {
        const int *f = run->columns.field[side];

        match_name_read(run->names, a, cell(row, run->columns.name[side]), &names[side]);
        match_fields_read(a, cell(row, f[0]), cell(row, f[1]), cell(row, f[2]), cell(row, f[3]),
                          &fields[side]);
    }
    match_score(&names[0], &fields[0], &names[1], &fields[1], &evidence);
    const char *cells[] = { cell(row, run->columns.name[0]), cell(row, run->columns.name[1]),
                            arena_printf(a, "%.3f", evidence.score),
                            match_verdict_name(evidence.verdict),
                            match_evidence_text(a, &evidence) };
    return err_pass(write_line(run, cells, ARRAY_LEN(cells)));
}

static struct err *run_all(struct run *run, FILE *in)
{
    static const struct text_csv_limits limits = { .max_rows = INT64_MAX,
                                                   .max_columns = 64,
                                                   .max_cell_bytes = 4096 };
    static const char *const header[] = { "a", "b", "score", "verdict", "evidence" };
    struct text_csv_row row;
    bool found;

    TRY(text_ctx_new(&run->ctx));
    TRY(match_names_new(run->ctx, &run->names));
    TRY(text_csv_open(text_csv_from_file(in), &limits, &run->csv));
    TRY(text_csv_read(run->csv, &row, &found));
    if (!found)
        return err_raise(ERR_PARSE, "CSV line 1: the file is empty");
    TRY(read_header(run, &row));
    TRY(write_line(run, header, ARRAY_LEN(header)));
    for (;;) {
        TRY(text_csv_read(run->csv, &row, &found));
        if (!found)
            break;
        TRY(judge(run, &row));
        arena_clear(run->arena);
    }
    return fflush(run->out) == 0 ? NULL : err_raise(ERR_IO, "the result cannot be written");
}

struct err *match_pairs_run(FILE *in, FILE *out)
{
    struct run run = { .arena = arena_new(65536), .out = out };

    buf_init(&run.line, 1024, 0);
    struct err *e = run_all(&run, in);
    text_csv_close(run.csv);
    match_names_free(run.names);
    text_ctx_free(run.ctx);
    buf_free(&run.line);
    arena_free(run.arena);
    return err_pass(e);
}
