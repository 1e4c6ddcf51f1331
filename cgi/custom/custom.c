/* custom/custom.c - kinds of records, types of fields, and what a field takes. */
#include "custom/custom.h"

#include "base/money.h"
#include "base/str.h"
#include "web/request.h"

#include <string.h>

const struct custom_kind_row custom_kinds[CUSTOM_KIND_COUNT] = {
    [CUSTOM_ACCOUNT] = { "account", N_("Accounts"), "account", "account.fields", true, false,
                         false },
    [CUSTOM_CONTACT] = { "contact", N_("Contacts"), "account", "contact.fields", false, false,
                         false },
    [CUSTOM_OPPORTUNITY] = { "opportunity", N_("Opportunities"), "opportunity",
                             "opportunity.fields", true, true, false },
    [CUSTOM_DEAL] = { "deal", N_("Deal registrations"), "deal", "deal.fields", true, true, true },
};

const struct custom_type_row custom_types[CUSTOM_TYPE_COUNT] = {
    [CUSTOM_TEXT] = { "text", N_("Text"), true },
    [CUSTOM_LINES] = { "lines", N_("Long text"), true },
    [CUSTOM_INT] = { "int", N_("Whole number"), true },
    [CUSTOM_AMOUNT] = { "amount", N_("Amount"), true },
    [CUSTOM_DAY] = { "day", N_("Day"), true },
    [CUSTOM_FLAG] = { "flag", N_("Yes or no"), false },
    [CUSTOM_CHOICE] = { "choice", N_("Choice of a list"), false },
};

bool custom_kind_find(const char *code, enum custom_kind *kind_out)
{
    for (int i = 0; i < CUSTOM_KIND_COUNT; i++)
        if (str_eq(custom_kinds[i].code, code)) {
            *kind_out = (enum custom_kind)i;
            return true;
        }
    return false;
}

bool custom_type_find(const char *code, enum custom_type *type_out)
{
    for (int i = 0; i < CUSTOM_TYPE_COUNT; i++)
        if (str_eq(custom_types[i].code, code)) {
            *type_out = (enum custom_type)i;
            return true;
        }
    return false;
}

const char *custom_name(const struct custom_field *field, enum lang lang)
{
    return lang == LANG_ZH ? field->name_zh : field->name_en;
}

bool custom_is_of(const struct custom_field *field, enum custom_part part)
{
    return field->editable && (part == CUSTOM_ALL || !field->theirs);
}

const struct custom_option *custom_option_named(const struct custom_field *field, const char *code)
{
    for (size_t i = 0; i < field->option_count; i++)
        if (str_eq(field->options[i].code, code))
            return &field->options[i];
    return NULL;
}

/* -- limits --------------------------------------------------------------------------------------
 */

static bool read_whole(const char *text, int64_t *out)
{
    return str_to_i64(text, out);
}

static bool read_day(const char *text, int64_t *out)
{
    int32_t day;

    if (!day_parse(text, &day))
        return false;
    *out = day;
    return true;
}

/* The widest that each type takes, and how its limits are typed. */
static const struct {
    bool (*read)(const char *text, int64_t *out);
    int64_t least, most;
} widest[CUSTOM_TYPE_COUNT] = {
    [CUSTOM_TEXT] = { read_whole, 0, CUSTOM_TEXT_MOST },
    [CUSTOM_LINES] = { read_whole, 0, CUSTOM_LINES_MOST },
    [CUSTOM_INT] = { read_whole, -CUSTOM_NUMBER_MOST, CUSTOM_NUMBER_MOST },
    [CUSTOM_AMOUNT] = { money_parse_e4, 0, CUSTOM_NUMBER_MOST *MONEY_SCALE },
    [CUSTOM_DAY] = { read_day, -25567, 376199 }, /* of the years 1900 to 2999 */
};

static bool read_limit(enum custom_type type, const char *text, int64_t *out)
{
    int64_t limit;

    if (*text == '\0')
        return true;
    if (widest[type].read == NULL || !widest[type].read(text, &limit) ||
        limit < widest[type].least || limit > widest[type].most)
        return false;
    *out = limit;
    return true;
}

bool custom_limits_read(enum custom_type type, const char *least, const char *most,
                        struct custom_limits *out, bool *least_bad_out)
{
    *out = (struct custom_limits){ .least = widest[type].least,
                                   .most = widest[type].most,
                                   .own = *least != '\0' || *most != '\0' };
    *least_bad_out = !read_limit(type, least, &out->least);
    if (*least_bad_out || !read_limit(type, most, &out->most))
        return false;
    *least_bad_out = out->least > out->most;
    return !*least_bad_out;
}

/* -- values as text ------------------------------------------------------------------------------
 */

static const char *option_code(const struct custom_field *field, int64_t id)
{
    for (size_t i = 0; i < field->option_count; i++)
        if (field->options[i].id == id)
            return field->options[i].code;
    return "";
}

static const char *amount_text(struct arena *a, int64_t e4)
{
    const int digits = e4 % MONEY_SCALE == 0 ? 0 : e4 % 100 == 0 ? 2 : 4;
    char text[MONEY_TEXT_BYTES];

    money_text(e4, digits, text);
    return arena_dup(a, text);
}

const char *custom_text(struct arena *a, const struct custom_field *field,
                        const struct custom_value *value)
{
    char iso[DAY_ISO_BYTES];

    if (value->field_id == 0)
        return "";
    switch (field->type) {
    case CUSTOM_INT:
        return arena_number(a, "", (value->e4 / MONEY_SCALE));
    case CUSTOM_AMOUNT:
        return amount_text(a, value->e4);
    case CUSTOM_DAY:
        day_iso(value->day, iso);
        return arena_dup(a, iso);
    case CUSTOM_FLAG:
        return value->e4 != 0 ? "yes" : "no";
    case CUSTOM_CHOICE:
        return option_code(field, value->e4 / MONEY_SCALE);
    case CUSTOM_TEXT:
    case CUSTOM_LINES:
    case CUSTOM_TYPE_COUNT:
        break;
    }
    return value->text != NULL ? value->text : "";
}
