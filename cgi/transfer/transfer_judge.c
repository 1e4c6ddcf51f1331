/* transfer/transfer_judge.c - a row through the form of its data set: the same kinds of fields, the
 * same checks, the same words as when it is typed. */
#include "base/str.h"
#include "custom/custom_sheet.h"
#include "text/format.h"
#include "text/norm.h"
#include "transfer/transfer_inside.h"
#include "web/judge.h"
#include "web/sheet.h"

#include <ctype.h>
#include <string.h>

/* -- cells as the form wants them ----------------------------------------------------------------
 */

static bool same(struct arena *a, const char *folded, const char *text)
{
    return str_eq(folded, text_fold(a, text));
}

static const char *by_choice(struct arena *a, const struct choice *choices, const char *cell)
{
    const char *folded = text_fold(a, cell);

    for (const struct choice *c = choices; c->value != NULL; c++) {
        if (str_eq(cell, c->value) || same(a, folded, c->value))
            return c->value;
        for (int lang = 0; lang < LANG_COUNT; lang++)
            if (same(a, folded, lang_tr((enum lang)lang, c->label)))
                return c->value;
    }
    return cell;
}

static const char *upper(struct arena *a, const char *cell)
{
    char *copy = arena_dup(a, cell);

    for (char *p = copy; *p != '\0'; p++)
        *p = (char)toupper((unsigned char)*p);
    return copy;
}

static const char *by_country(struct arena *a, const char *cell)
{
    const char *folded;

    if (strlen(cell) == 2)
        return upper(a, cell);
    folded = text_fold(a, cell);
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        size_t count;
        const struct text_choice *list = text_countries((enum lang)lang, &count);

        for (size_t i = 0; i < count; i++)
            if (same(a, folded, list[i].label))
                return list[i].value;
    }
    return cell;
}

static const char *value_of(struct arena *a, const struct transfer_set *set, size_t column,
                            const char *cell)
{
    const struct custom_field *custom = transfer_custom_of(set, column);
    const struct field *field = transfer_field(set, (int)column);
    const char *text = str_trim(a, cell);

    if (custom != NULL)
        return custom_cell(a, custom, cell);
    switch (field->kind) {
    case FIELD_CHOICE:
        return field->choices != NULL ? by_choice(a, field->choices, text) : text;
    case FIELD_COUNTRY:
        return by_country(a, text);
    case FIELD_CURRENCY:
        return upper(a, text);
    case FIELD_DAY:
        return sheet_day(a, text);
    default:
        return text;
    }
}

/* -- faults --------------------------------------------------------------------------------------
 */

static struct transfer_fault *new_fault(struct arena *a, struct transfer_item *item, int column)
{
    struct transfer_fault *list = arena_array(a, item->fault_count + 1, sizeof(*list));

    if (item->fault_count > 0)
        memcpy(list, item->faults, item->fault_count * sizeof(*list));
    item->faults = list;
    list[item->fault_count] = (struct transfer_fault){ .column = column };
    return &list[item->fault_count++];
}

void transfer_fault_add(struct transfer_work *w, struct transfer_item *item, const char *field,
                        const char *message)
{
    struct transfer_fault *fault = new_fault(w->a, item, transfer_column_of(w->set, field));

    for (int lang = 0; lang < LANG_COUNT; lang++)
        fault->texts[lang] = lang_tr((enum lang)lang, message);
}

/* Each language finds the same faults in the same order. */
static void take_faults(struct transfer_work *w, struct transfer_item *item, enum lang lang,
                        const struct judge_fault *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct transfer_fault *fault =
            i < item->fault_count
                ? &item->faults[i]
                : new_fault(w->a, item, transfer_column_of(w->set, list[i].field));

        for (int k = lang; k < LANG_COUNT; k++)
            fault->texts[k] = list[i].message;
    }
}

static struct err *judge_in(struct transfer_work *w, struct transfer_item *item, enum lang lang,
                            const struct judge_value *values, size_t count)
{
    struct request *req = judge_request(w->a, w->db, &w->actor, lang);
    const struct judge_fault *list;
    size_t fault_count;

    TRY(judge_form(req, w->set->form, values, count, &item->input));
    list = judge_faults(req, &fault_count);
    take_faults(w, item, lang, list, fault_count);
    return NULL;
}

/* Of a cell that holds no value that alone is said. */
static bool judge_kinds(struct transfer_work *w, struct transfer_item *item,
                        const struct transfer_cells *cells, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (cells->kinds[i] != CELL_PLAIN)
            transfer_fault_add(w, item, w->set->columns[i].field,
                               sheet_cell_faults[cells->kinds[i]]);
    return item->fault_count == 0;
}

struct err *transfer_judge(struct transfer_work *w, struct transfer_item *item)
{
    const size_t count = transfer_column_count(w->set);
    struct judge_value values[TRANSFER_COLUMNS_MOST];
    struct transfer_cells cells;
    size_t given = 0;

    item->faults = NULL;
    item->fault_count = 0;
    TRY(transfer_cells_read(w->a, item->cells_json, count, &cells));
    if (!judge_kinds(w, item, &cells, count))
        return NULL;
    for (size_t i = 0; i < count; i++)
        if (*cells.texts[i] != '\0')
            values[given++] = (struct judge_value){ w->set->columns[i].field,
                                                    value_of(w->a, w->set, i, cells.texts[i]) };
    TRY(judge_in(w, item, LANG_EN, values, given));
    for (int lang = LANG_EN + 1; lang < LANG_COUNT && item->fault_count > 0; lang++)
        TRY(judge_in(w, item, (enum lang)lang, values, given));
    if (item->fault_count > 0)
        item->input = NULL;
    return NULL;
}
