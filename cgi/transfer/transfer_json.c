/* transfer/transfer_json.c - lists of texts and faults as they are kept in rows. */
#include "base/buf.h"
#include "base/str.h"
#include "transfer/transfer_inside.h"

#include <jansson.h>
#include <stdlib.h>

/* -- cells: a list of texts, or [enum text_cell_kind, text] of odd ones --------------------------
 */

void transfer_cells_write(struct buf *out, const struct transfer_cells *cells, size_t count)
{
    buf_putc(out, '[');
    for (size_t i = 0; i < count; i++) {
        const bool odd = cells->kinds[i] != CELL_PLAIN;

        if (i > 0)
            buf_putc(out, ',');
        if (odd)
            buf_printf(out, "[%d,", (int)cells->kinds[i]);
        buf_json(out, cells->texts[i]);
        if (odd)
            buf_putc(out, ']');
    }
    buf_putc(out, ']');
}

static void read_cell(struct arena *a, const json_t *cell, size_t i, struct transfer_cells *out)
{
    const bool odd = json_is_array(cell);

    out->texts[i] = arena_dup(a, json_string_value(odd ? json_array_get(cell, 1) : cell));
    out->kinds[i] =
        odd ? (enum text_cell_kind)json_integer_value(json_array_get(cell, 0)) : CELL_PLAIN;
    if (out->kinds[i] >= CELL_KIND_COUNT)
        out->kinds[i] = CELL_ERROR;
}

struct err *transfer_cells_read(struct arena *a, const char *json, size_t count,
                                struct transfer_cells *out)
{
    json_t *list = json_loads(json, 0, NULL);

    if (json_array_size(list) != count || count > TRANSFER_COLUMNS_MOST) {
        json_decref(list);
        return err_raise(ERR_PARSE, "cells of an import that are none");
    }
    for (size_t i = 0; i < count; i++)
        read_cell(a, json_array_get(list, i), i, out);
    json_decref(list);
    return NULL;
}

/* -- faults: [[column, "in English", "in Chinese"], …] -------------------------------------------
 */

static const char *taken(struct arena *a, struct buf *out)
{
    const char *json = arena_dup_bytes(a, out->data, out->len);

    buf_free(out);
    return json;
}

const char *transfer_faults_json(struct arena *a, const struct transfer_item *item)
{
    struct buf out;

    if (item->fault_count == 0)
        return "";
    buf_init(&out, 256, 0);
    for (size_t i = 0; i < item->fault_count; i++) {
        buf_printf(&out, "%s[%d", i == 0 ? "[" : ",", item->faults[i].column);
        for (int lang = 0; lang < LANG_COUNT; lang++) {
            buf_putc(&out, ',');
            buf_json(&out, item->faults[i].texts[lang]);
        }
        buf_putc(&out, ']');
    }
    buf_putc(&out, ']');
    return taken(a, &out);
}

struct err *transfer_faults_read(struct arena *a, const char *json, struct transfer_fault **out,
                                 size_t *count_out)
{
    json_t *list = *json != '\0' ? json_loads(json, 0, NULL) : json_array();

    if (list == NULL)
        return err_raise(ERR_PARSE, "faults of an import that are none");
    *count_out = json_array_size(list);
    *out = arena_array(a, *count_out + 1, sizeof(**out));
    for (size_t i = 0; i < *count_out; i++) {
        const json_t *one = json_array_get(list, i);

        (*out)[i].column = (int)json_integer_value(json_array_get(one, 0));
        for (int lang = 0; lang < LANG_COUNT; lang++)
            (*out)[i].texts[lang] =
                arena_dup(a, json_string_value(json_array_get(one, (size_t)lang + 1)));
    }
    json_decref(list);
    return NULL;
}

/* -- plain lists ---------------------------------------------------------------------------------
 */

const char *transfer_texts_json(struct arena *a, const char *const *texts, size_t count)
{
    struct buf out;

    buf_init(&out, 256, 0);
    buf_putc(&out, '[');
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            buf_putc(&out, ',');
        buf_json(&out, texts[i]);
    }
    buf_putc(&out, ']');
    return taken(a, &out);
}

const char **transfer_texts_read(struct arena *a, const char *json, size_t *count_out)
{
    json_t *list = json_loads(json, 0, NULL);
    const char **texts;

    *count_out = json_array_size(list);
    texts = arena_array(a, *count_out + 1, sizeof(*texts));
    for (size_t i = 0; i < *count_out; i++)
        texts[i] = arena_dup(a, json_string_value(json_array_get(list, i)));
    json_decref(list);
    return texts;
}

const char **transfer_rows_read(struct arena *a, const char *json, size_t *count_out)
{
    json_t *list = json_loads(json, 0, NULL);
    const char **rows;

    *count_out = json_array_size(list);
    rows = arena_array(a, *count_out + 1, sizeof(*rows));
    for (size_t i = 0; i < *count_out; i++) {
        char *dumped = json_dumps(json_array_get(list, i), JSON_COMPACT);

        rows[i] = arena_dup(a, dumped);
        free(dumped);
    }
    json_decref(list);
    return rows;
}

const char *transfer_numbers_json(struct arena *a, const int *numbers, size_t count)
{
    struct buf out;

    buf_init(&out, 256, 0);
    buf_putc(&out, '[');
    for (size_t i = 0; i < count; i++)
        buf_printf(&out, "%s%d", i > 0 ? "," : "", numbers[i]);
    buf_putc(&out, ']');
    return taken(a, &out);
}

int *transfer_numbers_read(struct arena *a, const char *json, size_t *count_out)
{
    json_t *list = json_loads(json, 0, NULL);
    int *numbers;

    *count_out = json_array_size(list);
    numbers = arena_array(a, *count_out + 1, sizeof(*numbers));
    for (size_t i = 0; i < *count_out; i++)
        numbers[i] = (int)json_integer_value(json_array_get(list, i));
    json_decref(list);
    return numbers;
}
