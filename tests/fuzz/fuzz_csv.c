/* fuzz/fuzz_csv.c - any bytes as CSV: rows or a refusal, within the limits; and what was read can
 * be written and read again. */
#include "text/csv.h"

#include <stdlib.h>
#include <string.h>

enum { ROWS = 200, COLUMNS = 20, CELL_BYTES = 200 };

static const struct text_csv_limits limits = { ROWS, COLUMNS, CELL_BYTES };

struct input {
    const uint8_t *data;
    size_t len, at;
};

static struct err *read_input(void *arg, char *buffer, size_t size, size_t *got_out)
{
    struct input *in = arg;
    size_t n = in->len - in->at < size ? in->len - in->at : size;

    memcpy(buffer, in->data + in->at, n);
    in->at += n;
    *got_out = n;
    return NULL;
}

static void check_row(const struct text_csv_row *row)
{
    if (row->count < 1 || row->count > COLUMNS || row->line < 1)
        abort();
    for (size_t i = 0; i < row->count; i++)
        if (strlen(row->cells[i]) > CELL_BYTES)
            abort();
}

static void read_rows(const uint8_t *data, size_t len, struct buf *copy)
{
    struct input in = { data, len, 0 };
    struct text_csv *csv = NULL;
    struct text_csv_row row;
    bool found = true;
    struct err *e = text_csv_open((struct text_csv_source){ read_input, &in }, &limits, &csv);

    while (e == NULL && found) {
        e = text_csv_read(csv, &row, &found);
        if (e != NULL || !found)
            break;
        check_row(&row);
        if (copy != NULL)
            text_csv_write(copy, row.cells, row.count);
    }
    err_free(e);
    text_csv_close(csv);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    struct buf copy;

    buf_init(&copy, 256, 0);
    read_rows(data, len, &copy);
    read_rows((const uint8_t *)copy.data, copy.len, NULL);
    buf_free(&copy);
    return 0;
}
