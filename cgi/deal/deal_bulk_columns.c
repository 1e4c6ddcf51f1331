/* deal/deal_bulk_columns.c - what a list of registrations may hold: its columns, what they are
 * called, and how what people write there becomes what the form takes. */
#include "base/str.h"
#include "custom/custom_form.h"
#include "deal/deal_bulk.h"
#include "deal/deal_choices.h"
#include "deal/deal_forms.h"
#include "text/latin.h"
#include "web/sheet.h"

#include <ctype.h>
#include <string.h>

#define PLAIN(field, heading) \
    {                         \
        field, -1, heading    \
    }
#define LINE(index, line, quantity, value)                    \
    { "line", index, line }, { "quantity", index, quantity }, \
    {                                                         \
        "value", index, value                                 \
    }

const struct deal_bulk_column deal_bulk_columns[DEAL_BULK_COLUMNS] = {
    PLAIN("company_name", LANG_N("Company name")),
    PLAIN("country", LANG_N("Country")),
    PLAIN("region", LANG_N("State or province")),
    PLAIN("city", LANG_N("City")),
    PLAIN("address", LANG_N("Address")),
    PLAIN("website", LANG_N("Web site")),
    PLAIN("tax_number", LANG_N("Tax number")),
    PLAIN("phone", LANG_N("Company phone")),
    LINE(0, LANG_N("Product line"), LANG_N("Quantity"), LANG_N("Estimated value")),
    LINE(1, LANG_N("Product line 2"), LANG_N("Quantity 2"), LANG_N("Estimated value 2")),
    LINE(2, LANG_N("Product line 3"), LANG_N("Quantity 3"), LANG_N("Estimated value 3")),
    PLAIN("currency", LANG_N("Currency")),
    PLAIN("expected_close", LANG_N("Expected close date")),
    PLAIN("contact_name", LANG_N("Contact at the customer")),
    PLAIN("contact_title", LANG_N("Title of the contact")),
    PLAIN("contact_email", LANG_N("E-mail of the contact")),
    PLAIN("contact_phone", LANG_N("Phone of the contact")),
    PLAIN("project_name", LANG_N("Project name")),
    PLAIN("description", LANG_N("Description")),
    PLAIN("deal_type", LANG_N("Deal type")),
    PLAIN("competitors", LANG_N("Competitors")),
    PLAIN("sales_stage", LANG_N("Sales stage")),
    PLAIN("budget", LANG_N("Is there a budget?")),
    PLAIN("decision_maker", LANG_N("Do you know who decides?")),
    PLAIN("done_so_far", LANG_N("What you have done so far")),
    PLAIN("distributor", LANG_N("Distributor")),
    PLAIN("sales_user_id", LANG_N("Sales person")),
};

const char *const deal_bulk_row_heading = LANG_N("Row");
const char *const deal_bulk_fault_heading = LANG_N("What to correct");

/* -- headings ------------------------------------------------------------------------------------
 */

static bool is_called(struct arena *a, const char *folded, const char *heading)
{
    for (int lang = 0; lang < LANG_COUNT; lang++)
        if (str_eq(folded, text_fold(a, lang_tr((enum lang)lang, heading))))
            return true;
    return false;
}

static bool is_field_name(struct arena *a, const char *text, const struct deal_bulk_column *column)
{
    if (column->index <= 0)
        return str_eq(text, column->field);
    return str_eq(text, arena_printf(a, "%s_%d", column->field, column->index + 1));
}

static int form_column(struct arena *a, const char *folded)
{
    for (int i = 0; i < DEAL_BULK_COLUMNS; i++)
        if (is_called(a, folded, deal_bulk_columns[i].heading) ||
            is_field_name(a, folded, &deal_bulk_columns[i]))
            return i;
    if (is_called(a, folded, deal_bulk_row_heading) ||
        is_called(a, folded, deal_bulk_fault_heading))
        return DEAL_BULK_REMARK;
    return DEAL_BULK_UNKNOWN;
}

static bool has_name(struct arena *a, const char *folded, const struct custom_field *field)
{
    return str_eq(folded, field->code) || str_eq(folded, text_fold(a, field->name_en)) ||
           str_eq(folded, text_fold(a, field->name_zh));
}

/* What the vendor calls a field may be the heading of another column: its name in the form is its
 * own. */
int deal_bulk_column_find(struct arena *a, const struct deal_bulk_own *own, const char *text)
{
    const char *folded = text_fold(a, str_trim(a, text));
    int column;

    for (size_t i = 0; i < own->count; i++)
        if (str_eq(folded, custom_field_name(a, &own->fields[i])))
            return DEAL_BULK_COLUMNS + (int)i;
    column = form_column(a, folded);
    for (size_t i = 0; column == DEAL_BULK_UNKNOWN && i < own->count; i++)
        if (has_name(a, folded, &own->fields[i]))
            column = DEAL_BULK_COLUMNS + (int)i;
    return column;
}

const char *deal_bulk_heading(struct arena *a, const struct deal_bulk_own *own, int column,
                              enum lang lang)
{
    const struct custom_field *field;

    if (column < DEAL_BULK_COLUMNS)
        return lang_tr(lang, deal_bulk_columns[column].heading);
    field = &own->fields[column - DEAL_BULK_COLUMNS];
    return deal_bulk_column_find(a, own, custom_name(field, lang)) == column
               ? custom_name(field, lang)
               : custom_field_name(a, field);
}

struct err *deal_bulk_own_fields(struct request *req, struct deal_bulk_own *out)
{
    struct custom_field *fields;
    struct custom_set set;

    TRY(custom_fields(req->db, req->arena, CUSTOM_DEAL, custom_eyes_of(req), &set));
    fields = arena_array(req->arena, set.count + 1, sizeof(*fields));
    *out = (struct deal_bulk_own){ .fields = fields };
    for (size_t i = 0; i < set.count; i++)
        if (set.fields[i].editable)
            fields[out->count++] = set.fields[i];
    return NULL;
}

int deal_bulk_column_of(const char *field, int index)
{
    for (int i = 0; i < DEAL_BULK_COLUMNS; i++)
        if (str_eq(deal_bulk_columns[i].field, field) &&
            (deal_bulk_columns[i].index == index || index < 0))
            return i;
    return 0;
}

const struct field *deal_bulk_field(const struct deal_bulk_column *column)
{
    const struct field *field = deal_form.fields;

    while (field->name != NULL && !str_eq(field->name, column->field))
        field++;
    return field;
}

/* -- cells ---------------------------------------------------------------------------------------
 */

/* A word for "none of the list" that no list has and no number is. */
static const char none[] = "?";

static bool same(struct arena *a, const char *folded, const char *text)
{
    return str_eq(folded, text_fold(a, text));
}

static const char *by_choice(struct arena *a, const struct choice *choices, const char *cell)
{
    const char *folded = text_fold(a, cell);

    for (const struct choice *c = choices; c->value != NULL; c++) {
        if (same(a, folded, c->value))
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
    const char *folded = text_fold(a, cell);

    if (strlen(cell) == 2)
        return upper(a, cell);
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        size_t count;
        const struct text_choice *list = text_countries((enum lang)lang, &count);

        for (size_t i = 0; i < count; i++)
            if (same(a, folded, list[i].label))
                return list[i].value;
    }
    return cell;
}

static const char *number_text(struct arena *a, int64_t number)
{
    return arena_number(a, "", number);
}

static const char *by_product(struct arena *a, const struct deal_bulk_known *known,
                              const char *cell)
{
    const char *folded = text_fold(a, cell);

    for (size_t i = 0; i < known->product_count; i++) {
        const struct deal_product *p = &known->products[i];

        if (same(a, folded, p->code) || same(a, folded, p->name_en) || same(a, folded, p->name_zh))
            return number_text(a, p->id);
    }
    return none;
}

/* A name that two people bear names nobody. */
static const char *by_person(struct arena *a, const struct deal_bulk_known *known, const char *cell)
{
    const char *folded = text_fold(a, cell), *found = NULL;

    for (size_t i = 0; i < known->people_count; i++) {
        if (!same(a, folded, known->people[i].name))
            continue;
        if (found != NULL)
            return none;
        found = number_text(a, known->people[i].id);
    }
    return found != NULL ? found : none;
}

const char *deal_bulk_value(struct arena *a, const struct deal_bulk_known *known, int column,
                            const char *cell)
{
    const struct deal_bulk_column *c = &deal_bulk_columns[column];
    const struct field *field = deal_bulk_field(c);
    const char *text = str_trim(a, cell);

    if (*text == '\0')
        return "";
    if (str_eq(c->field, "line"))
        return by_product(a, known, text);
    switch (field->kind) {
    case FIELD_CHOICE:
        return field->choices != NULL ? by_choice(a, field->choices, text) : upper(a, text);
    case FIELD_COUNTRY:
        return by_country(a, text);
    case FIELD_DAY:
        return sheet_day(a, text);
    case FIELD_ID:
        return by_person(a, known, text);
    default:
        return cell;
    }
}
