/* custom/custom_filter.c */
#include "custom/custom_filter.h"

#include "base/money.h"
#include "base/str.h"

#include <string.h>

enum { TYPED_MOST = 80 };

/* -- what may come in ----------------------------------------------------------------------------
 */

static struct err *filtering(struct request *req, enum custom_kind kind, struct custom_set *out)
{
    struct custom_set all;

    TRY(custom_fields(req->db, req->arena, kind, custom_eyes_of(req), &all));
    *out = all;
    out->count = 0;
    for (size_t i = 0; i < all.count && out->count < CUSTOM_FILTERS_MOST; i++)
        if (all.fields[i].filterable)
            out->fields[out->count++] = all.fields[i];
    return NULL;
}

static struct err *more_of(struct request *req, enum custom_kind kind, struct form_more *more_out)
{
    struct custom_set *set = arena_alloc(req->arena, sizeof(*set));
    struct field *fields;

    TRY(filtering(req, kind, set));
    fields = arena_array(req->arena, set->count + 1, sizeof(*fields));
    for (size_t i = 0; i < set->count; i++)
        fields[i] =
            (struct field){ .name = custom_field_name(req->arena, &set->fields[i]),
                            .label = custom_name(&set->fields[i], text_locale_lang(req->locale)),
                            .kind = FIELD_TEXT,
                            .max = TYPED_MOST,
                            .said = true };
    *more_out = (struct form_more){ .count = set->count, .fields = fields, .of = set };
    return NULL;
}

struct err *custom_filter_account(struct request *req, struct form_more *more_out)
{
    return err_pass(more_of(req, CUSTOM_ACCOUNT, more_out));
}

struct err *custom_filter_opportunity(struct request *req, struct form_more *more_out)
{
    return err_pass(more_of(req, CUSTOM_OPPORTUNITY, more_out));
}

struct err *custom_filter_deal(struct request *req, struct form_more *more_out)
{
    return err_pass(more_of(req, CUSTOM_DEAL, more_out));
}

/* -- what they offer -----------------------------------------------------------------------------
 */

static const struct choice *choices_of(struct request *req, const struct custom_field *field,
                                       const char *label)
{
    const bool chinese = text_locale_lang(req->locale) == LANG_ZH;
    struct choice *list = arena_array(req->arena, field->option_count + 4, sizeof(*list));
    size_t n = 0;

    list[n++] = (struct choice){ "", trf(req, N_("%s: all"), label) };
    for (size_t i = 0; i < field->option_count; i++)
        list[n++] = (struct choice){ field->options[i].code, chinese ? field->options[i].name_zh
                                                                     : field->options[i].name_en };
    if (field->type == CUSTOM_FLAG) {
        list[n++] = (struct choice){ "yes", trf(req, N_("%s: yes"), label) };
        list[n++] = (struct choice){ "no", trf(req, N_("%s: no"), label) };
    }
    return list;
}

size_t custom_filter_rows(struct request *req, const struct form_more *typed,
                          struct list_filter *rows)
{
    const struct custom_set *set = typed->of;

    for (size_t i = 0; i < set->count; i++) {
        const struct custom_field *field = &set->fields[i];
        const char *label = custom_name(field, text_locale_lang(req->locale));
        const bool chosen = field->type == CUSTOM_CHOICE || field->type == CUSTOM_FLAG;
        const bool words = field->type == CUSTOM_TEXT || field->type == CUSTOM_LINES;

        rows[i] = (struct list_filter){
            .name = custom_field_name(req->arena, field),
            .label = chosen || words ? label : trf(req, N_("%s: from..to"), label),
            .choices = chosen ? choices_of(req, field, label) : NULL,
            .said = true,
        };
    }
    return set->count;
}

void custom_filter_spec(struct request *req, const struct form_more *typed,
                        const struct list_spec *spec, struct list_spec *with_out)
{
    struct list_filter *filters =
        arena_array(req->arena, CUSTOM_FILTERS_MOST + 1, sizeof(*filters));

    (void)custom_filter_rows(req, typed, filters);
    *with_out = *spec;
    with_out->filters = filters;
}

/* -- what was typed, as a question to the table --------------------------------------------------
 */

static const struct custom_test nothing = { .piece = "1 = 0" };

static struct custom_test of_numbers(int64_t field_id, int64_t from, int64_t to)
{
    return (struct custom_test){ .piece = "x.field_id = ? AND x.number_value BETWEEN ? AND ?",
                                 .args = { DB_I(field_id), DB_M(from), DB_M(to) },
                                 .arg_count = 3 };
}

/* TEXT begins so: what LIKE takes for a wildcard is only a sign here. */
static struct custom_test of_text(struct arena *a, int64_t field_id, const char *text)
{
    char *pattern = arena_alloc(a, 2 * strlen(text) + 2), *to = pattern;

    for (; *text != '\0'; text++) {
        if (strchr("%_\\", *text) != NULL)
            *to++ = '\\';
        *to++ = *text;
    }
    *to++ = '%';
    *to = '\0';
    return (struct custom_test){ .piece = "x.field_id = ? AND x.text_value LIKE ?",
                                 .args = { DB_I(field_id), DB_S(pattern) },
                                 .arg_count = 2 };
}

static bool read_number(const char *text, int64_t *out)
{
    return money_parse_e4(text, out);
}

static bool read_day(const char *text, int64_t *out)
{
    int32_t day = 0;
    const bool is = day_parse(text, &day);

    *out = day;
    return is;
}

/* "5..9", "5..", "..9", "5".  What is left out is FROM and TO as they were. */
static bool read_range(struct arena *a, const char *typed,
                       bool (*read)(const char *text, int64_t *out), int64_t *from, int64_t *to)
{
    const char *dots = strstr(typed, "..");
    const char *first = dots != NULL
                            ? str_trim(a, arena_dup_bytes(a, typed, (size_t)(dots - typed)))
                            : str_trim(a, typed);
    const char *last = dots != NULL ? str_trim(a, dots + 2) : first;

    return (*first == '\0' || read(first, from)) && (*last == '\0' || read(last, to));
}

static struct custom_test of_range(struct arena *a, const struct custom_field *field,
                                   const char *typed)
{
    const bool days = field->type == CUSTOM_DAY;
    int64_t from = days ? -719162 : INT64_MIN / 4, to = days ? 2932896 : INT64_MAX / 4;

    if (!read_range(a, typed, days ? read_day : read_number, &from, &to))
        return nothing;
    if (!days)
        return of_numbers(field->id, from, to);
    return (
        struct custom_test){ .piece = "x.field_id = ? AND x.day_value BETWEEN ? AND ?",
                             .args = { DB_I(field->id), DB_D((int32_t)from), DB_D((int32_t)to) },
                             .arg_count = 3 };
}

static struct custom_test test_of(struct arena *a, const struct custom_field *field,
                                  const char *typed)
{
    const struct custom_option *option;
    int64_t e4;

    switch (field->type) {
    case CUSTOM_INT:
    case CUSTOM_AMOUNT:
    case CUSTOM_DAY:
        return of_range(a, field, typed);
    case CUSTOM_FLAG:
        e4 = str_eq(typed, "yes") ? MONEY_SCALE : 0;
        return of_numbers(field->id, e4, e4);
    case CUSTOM_CHOICE:
        option = custom_option_named(field, typed);
        e4 = option != NULL ? option->id * MONEY_SCALE : 0;
        return option != NULL ? of_numbers(field->id, e4, e4) : nothing;
    case CUSTOM_TEXT:
    case CUSTOM_LINES:
    case CUSTOM_TYPE_COUNT:
        break;
    }
    return of_text(a, field->id, typed);
}

size_t custom_tests(struct request *req, const struct form_more *typed, struct custom_test *tests)
{
    const struct custom_set *set = typed->of;
    size_t count = 0;

    /* They are the fields of the set, in its order. */
    for (size_t i = 0; i < typed->count; i++)
        if (*typed->values[i].text != '\0')
            tests[count++] = test_of(req->arena, &set->fields[i], typed->values[i].text);
    return count;
}

void custom_test_add(struct db_compose *c, const struct custom_test *test)
{
    db_compose_add(c, test->piece);
    for (int i = 0; i < test->arg_count; i++)
        db_compose_bind(c, test->args[i]);
}
