/* custom/custom_sheet.h - the vendor's own fields as columns of a file. */
#pragma once

#include "custom/custom.h"
#include "text/xlsx_write.h"
#include "web/request.h"

/* All values v of a record, for custom_sheet_cells(). */
#define CUSTOM_SHEET_VALUES                                                             \
    "JSON_ARRAYAGG(JSON_ARRAY(v.field_id, v.text_value, CAST(v.number_value AS CHAR), " \
    "CAST(v.day_value AS CHAR)))"
/* The same as a column of a statement over records with an id. */
#define CUSTOM_SHEET(kind, id)                                                      \
    "IF(EXISTS (SELECT 1 FROM custom_field f WHERE f.kind = '" kind                 \
    "'), (SELECT " CUSTOM_SHEET_VALUES " FROM custom_value v WHERE v.kind = '" kind \
    "' AND v.object_id = " id "), NULL) AS custom"

/* The columns of a file with those of SET behind them, translated; for a spec that is .as_is. */
const struct text_xlsx_column *custom_sheet_columns(struct request *req,
                                                    const struct text_xlsx_column *own,
                                                    const struct custom_set *set);
/* A text for each field of SET; JSON may be NULL. */
void custom_sheet_cells(struct arena *a, const struct custom_set *set, const char *json,
                        const char **cells);

/* A cell as the form wants it: of a choice its key for what it is called in either language.  What
 * is not known stays, for the form to refuse. */
const char *custom_cell(struct arena *a, const struct custom_field *field, const char *cell);
/* What a cell may hold, in LANG; NULL: any text. */
const char *custom_takes(struct arena *a, const struct custom_field *field, enum lang lang);
/* The same of own fields of these kinds; English message ids. */
extern const char *const custom_takes_number, *const custom_takes_amount, *const custom_takes_day;
