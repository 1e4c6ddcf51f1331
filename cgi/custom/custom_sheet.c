/* custom/custom_sheet.c */
#include "custom/custom_sheet.h"

#include "base/money.h"

#include <jansson.h>

const struct text_xlsx_column *custom_sheet_columns(struct request *req,
                                                    const struct text_xlsx_column *own,
                                                    const struct custom_set *set)
{
    static const enum text_xlsx_kind kinds[CUSTOM_TYPE_COUNT] = {
        [CUSTOM_INT] = XLSX_NUMBER, [CUSTOM_AMOUNT] = XLSX_NUMBER, [CUSTOM_DAY] = XLSX_DAY
    };
    struct text_xlsx_column *columns;
    size_t count = 0;

    while (own[count].head != NULL)
        count++;
    columns = arena_array(req->arena, count + set->count + 1, sizeof(*columns));
    for (size_t i = 0; i < count; i++) {
        columns[i] = own[i];
        columns[i].head = tr(req, own[i].head);
    }
    for (size_t i = 0; i < set->count; i++)
        columns[count + i] = (struct text_xlsx_column){
            .head = custom_name(&set->fields[i], text_locale_lang(req->locale)),
            .kind = kinds[set->fields[i].type],
        };
    return columns;
}

static void take(struct arena *a, const struct custom_field *field, const json_t *row,
                 const char **cell)
{
    const char *text = json_string_value(json_array_get(row, 1));
    const char *number = json_string_value(json_array_get(row, 2));
    const char *day = json_string_value(json_array_get(row, 3));
    struct custom_value value = { .field_id = field->id, .text = text };

    if (number != NULL && !money_parse_e4(number, &value.e4))
        return;
    if (day != NULL && !day_parse(day, &value.day))
        return;
    *cell = arena_dup(a, custom_text(a, field, &value));
}

void custom_sheet_cells(struct arena *a, const struct custom_set *set, const char *json,
                        const char **cells)
{
    json_t *rows = json != NULL ? json_loads(json, 0, NULL) : NULL;
    const json_t *row;
    size_t k;

    for (size_t i = 0; i < set->count; i++)
        cells[i] = "";
    json_array_foreach(rows, k, row) for (size_t i = 0; i < set->count;
                                          i++) if (json_integer_value(json_array_get(row, 0)) ==
                                                   set->fields[i].id)
        take(a, &set->fields[i], row, &cells[i]);
    json_decref(rows);
}
