/* custom/custom_sheet.c */
#include "custom/custom_sheet.h"

#include "base/money.h"
#include "base/str.h"
#include "text/norm.h"
#include "web/sheet.h"

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

/* -- cells that somebody wrote -------------------------------------------------------------------
 */

static bool is_yes(struct arena *a, const char *folded, const char *word)
{
    for (int lang = 0; lang < LANG_COUNT; lang++)
        if (str_eq(folded, text_fold(a, lang_tr((enum lang)lang, word))))
            return true;
    return false;
}

static const char *flag_of(struct arena *a, const char *cell)
{
    const char *folded = text_fold(a, cell);

    if (is_yes(a, folded, N_("Yes")))
        return "yes";
    return is_yes(a, folded, N_("No")) ? "no" : cell;
}

static bool is_called(struct arena *a, const char *folded, const struct custom_option *option)
{
    return str_eq(folded, text_fold(a, option->name_en)) ||
           str_eq(folded, text_fold(a, option->name_zh));
}

/* What one is called another's key may be: the key is asked first, as files have it. */
static const char *option_of(struct arena *a, const struct custom_field *field, const char *cell)
{
    const char *folded = text_fold(a, cell);

    for (size_t i = 0; i < field->option_count; i++)
        if (str_eq(folded, field->options[i].code))
            return field->options[i].code;
    for (int offered = 1; offered >= 0; offered--)
        for (size_t i = 0; i < field->option_count; i++)
            if (field->options[i].active == (bool)offered &&
                is_called(a, folded, &field->options[i]))
                return field->options[i].code;
    return cell;
}

const char *custom_cell(struct arena *a, const struct custom_field *field, const char *cell)
{
    const char *text = str_trim(a, cell);

    if (*text == '\0')
        return "";
    switch (field->type) {
    case CUSTOM_FLAG:
        return flag_of(a, text);
    case CUSTOM_CHOICE:
        return option_of(a, field, text);
    case CUSTOM_DAY:
        return sheet_day(a, text);
    case CUSTOM_TEXT:
    case CUSTOM_LINES:
    case CUSTOM_INT:
    case CUSTOM_AMOUNT:
    case CUSTOM_TYPE_COUNT:
        break;
    }
    return cell;
}

const char *const custom_takes_number = N_("A whole number such as 12");
const char *const custom_takes_amount = N_("An amount such as 1234.50");
const char *const custom_takes_day = N_("A date such as 2026-11-21");

static const char *option_names(struct arena *a, const struct custom_field *field, enum lang lang)
{
    const char *words = NULL;

    for (size_t i = 0; i < field->option_count; i++) {
        const struct custom_option *o = &field->options[i];
        const char *name = lang == LANG_ZH ? o->name_zh : o->name_en;

        if (o->active)
            words = words == NULL ? name : arena_join(a, words, " · ", name, NULL);
    }
    return words;
}

const char *custom_takes(struct arena *a, const struct custom_field *field, enum lang lang)
{
    switch (field->type) {
    case CUSTOM_INT:
        return lang_tr(lang, custom_takes_number);
    case CUSTOM_AMOUNT:
        return lang_tr(lang, custom_takes_amount);
    case CUSTOM_DAY:
        return lang_tr(lang, custom_takes_day);
    case CUSTOM_FLAG:
        return arena_join(a, lang_tr(lang, N_("Yes")), " · ", lang_tr(lang, N_("No")), NULL);
    case CUSTOM_CHOICE:
        return option_names(a, field, lang);
    case CUSTOM_TEXT:
    case CUSTOM_LINES:
    case CUSTOM_TYPE_COUNT:
        break;
    }
    return NULL;
}
