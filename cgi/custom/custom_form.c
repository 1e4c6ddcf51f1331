/* custom/custom_form.c */
#include "custom/custom_form.h"

#include "base/str.h"

#include <string.h>

static const struct choice flags[] = { { "yes", N_("Yes") }, { "no", N_("No") }, { 0 } };

static const enum field_kind kinds[CUSTOM_TYPE_COUNT] = {
    [CUSTOM_TEXT] = FIELD_TEXT,     [CUSTOM_LINES] = FIELD_LINES, [CUSTOM_INT] = FIELD_INT,
    [CUSTOM_AMOUNT] = FIELD_MONEY,  [CUSTOM_DAY] = FIELD_DAY,     [CUSTOM_FLAG] = FIELD_CHOICE,
    [CUSTOM_CHOICE] = FIELD_CHOICE,
};

/* -- a definition as a field of a form -----------------------------------------------------------
 */

enum custom_eyes custom_eyes_of(const struct request *req)
{
    return req->actor->audience == AUD_STAFF ? CUSTOM_STAFF : CUSTOM_PARTNER;
}

const char *custom_field_name(struct arena *a, const struct custom_field *field)
{
    return arena_join(a, FORM_MORE, field->code, NULL);
}

static const struct choice *flag_choices(struct request *req)
{
    struct choice *list = arena_array(req->arena, ARRAY_LEN(flags), sizeof(*list));

    for (size_t i = 0; flags[i].value != NULL; i++)
        list[i] = (struct choice){ flags[i].value, tr(req, flags[i].label) };
    return list;
}

/* Those that are offered, and OWN; all of them with ALL. */
static const struct choice *option_choices(struct request *req, const struct custom_field *field,
                                           const char *own, bool all)
{
    const bool chinese = text_locale_lang(req->locale) == LANG_ZH;
    struct choice *list = arena_array(req->arena, field->option_count + 1, sizeof(*list));
    size_t n = 0;

    for (size_t i = 0; i < field->option_count; i++) {
        const struct custom_option *o = &field->options[i];

        if (all || o->active || str_eq(o->code, own))
            list[n++] = (struct choice){ o->code, chinese ? o->name_zh : o->name_en };
    }
    return list;
}

static struct field as_field(struct request *req, const struct custom_field *field, const char *own,
                             bool all)
{
    const bool chinese = text_locale_lang(req->locale) == LANG_ZH;
    const bool limited = field->type != CUSTOM_DAY || field->limits.own;
    const bool drafted = custom_kinds[field->kind].drafted;

    return (struct field){
        .name = custom_field_name(req->arena, field),
        .label = custom_name(field, text_locale_lang(req->locale)),
        .hint = chinese ? field->hint_zh : field->hint_en,
        .kind = kinds[field->type],
        .required = field->required && !drafted,
        .wanted = field->required && drafted,
        .needed = N_("Fill this in."),
        .min = limited ? field->limits.least : 0,
        .max = limited ? field->limits.most : 0,
        .choices = field->type == CUSTOM_FLAG     ? flag_choices(req)
                   : field->type == CUSTOM_CHOICE ? option_choices(req, field, own, all)
                                                  : NULL,
        .said = true,
        .fixed = true,
    };
}

/* What may come in: an option that is not offered any more is known, and judged when it is saved.
 */
static struct err *more_some(struct request *req, enum custom_kind kind, enum custom_part part,
                             struct form_more *more_out)
{
    struct custom_set set;
    struct field *fields;

    TRY(custom_fields(req->db, req->arena, kind, custom_eyes_of(req), &set));
    fields = arena_array(req->arena, set.count + 1, sizeof(*fields));
    *more_out = (struct form_more){ .fields = fields };
    for (size_t i = 0; i < set.count; i++)
        if (custom_is_of(&set.fields[i], part))
            fields[more_out->count++] = as_field(req, &set.fields[i], "", true);
    return NULL;
}

static struct err *more_of(struct request *req, enum custom_kind kind, struct form_more *more_out)
{
    return err_pass(more_some(req, kind, CUSTOM_ALL, more_out));
}

struct err *custom_more_account(struct request *req, struct form_more *more_out)
{
    return err_pass(more_of(req, CUSTOM_ACCOUNT, more_out));
}

struct err *custom_more_contact(struct request *req, struct form_more *more_out)
{
    return err_pass(more_of(req, CUSTOM_CONTACT, more_out));
}

struct err *custom_more_opportunity(struct request *req, struct form_more *more_out)
{
    return err_pass(more_of(req, CUSTOM_OPPORTUNITY, more_out));
}

struct err *custom_more_deal(struct request *req, struct form_more *more_out)
{
    return err_pass(more_of(req, CUSTOM_DEAL, more_out));
}

struct err *custom_more_deal_vendor(struct request *req, struct form_more *more_out)
{
    return err_pass(more_some(req, CUSTOM_DEAL, CUSTOM_VENDOR, more_out));
}

struct err *custom_stored_part(struct request *req, enum custom_kind kind, enum custom_part part,
                               int64_t object_id, struct form_more *more_out)
{
    struct custom_value *values;
    struct custom_set set;
    struct field *fields;

    TRY(custom_fields(req->db, req->arena, kind, custom_eyes_of(req), &set));
    TRY(custom_values(req->db, req->arena, &set, object_id, &values));
    fields = arena_array(req->arena, set.count + 1, sizeof(*fields));
    *more_out = (struct form_more){ .fields = fields,
                                    .values = arena_array(req->arena, set.count + 1,
                                                          sizeof(*more_out->values)) };
    for (size_t i = 0; i < set.count; i++) {
        const char *text = custom_text(req->arena, &set.fields[i], &values[i]);

        if (!custom_is_of(&set.fields[i], part))
            continue;
        fields[more_out->count] = as_field(req, &set.fields[i], text, false);
        more_out->values[more_out->count++].text = text;
    }
    return NULL;
}

struct err *custom_stored(struct request *req, enum custom_kind kind, int64_t object_id,
                          struct form_more *more_out)
{
    return err_pass(custom_stored_part(req, kind, CUSTOM_ALL, object_id, more_out));
}

/* -- drafts --------------------------------------------------------------------------------------
 */

#define KEEP ".keep"

static const struct choice keeps[] = {
    { "", "" },
    { "yours", N_("Yours") },
    { "theirs", N_("Saved meanwhile") },
    { 0 },
};

const char *custom_keep_name(struct arena *a, const char *name)
{
    return arena_join(a, name, KEEP, NULL);
}

struct err *custom_more_deal_merge(struct request *req, struct form_more *more_out)
{
    struct form_more own;
    struct field *fields;

    TRY(more_of(req, CUSTOM_DEAL, &own));
    fields = arena_array(req->arena, 2 * own.count + 1, sizeof(*fields));
    for (size_t i = 0; i < own.count; i++) {
        fields[i] = own.fields[i];
        fields[own.count + i] =
            (struct field){ .name = custom_keep_name(req->arena, own.fields[i].name),
                            .label = "",
                            .kind = FIELD_CHOICE,
                            .choices = keeps };
    }
    *more_out = (struct form_more){ .count = 2 * own.count, .fields = fields };
    return NULL;
}

static bool is_left(struct arena *a, const struct form_more *more, size_t i)
{
    const char *keep = custom_keep_name(a, more->fields[i].name);

    for (size_t k = 0; k < more->count; k++)
        if (str_eq(more->fields[k].name, keep))
            return str_eq(more->values[k].text, keeps[2].value);
    return false;
}

void custom_leave(struct arena *a, struct form_more *more)
{
    struct field *fields = arena_array(a, more->count + 1, sizeof(*fields));
    struct form_value *values = arena_array(a, more->count + 1, sizeof(*values));
    size_t n = 0;

    for (size_t i = 0; i < more->count; i++) {
        if (str_ends(more->fields[i].name, KEEP) || is_left(a, more, i))
            continue;
        fields[n] = more->fields[i];
        values[n++] = more->values[i];
    }
    *more = (struct form_more){ .count = n, .fields = fields, .values = values };
}

void custom_demand(struct request *req, const struct form_more *more)
{
    for (size_t i = 0; i < more->count; i++)
        if (more->fields[i].wanted && *more->values[i].text == '\0' &&
            !is_left(req->arena, more, i))
            form_fault(req, more->fields[i].name, -1, tr(req, more->fields[i].needed));
}

/* -- on the record's page ------------------------------------------------------------------------
 */

static const char *option_name(struct request *req, const struct custom_field *field,
                               const char *code)
{
    const struct custom_option *option = custom_option_named(field, code);

    if (option == NULL)
        return "";
    return text_locale_lang(req->locale) == LANG_ZH ? option->name_zh : option->name_en;
}

const char *custom_said(struct request *req, const struct custom_field *field,
                        const struct custom_value *value)
{
    const char *text = custom_text(req->arena, field, value);

    if (value->field_id == 0)
        return "";
    switch (field->type) {
    case CUSTOM_INT:
    case CUSTOM_AMOUNT:
        return text_decimal(req->locale, req->arena, value->e4, strchr(text, '.') != NULL ? 2 : 0,
                            4);
    case CUSTOM_DAY:
        return text_day(req->locale, req->arena, value->day);
    case CUSTOM_FLAG:
        return tr(req, value->e4 != 0 ? N_("Yes") : N_("No"));
    case CUSTOM_CHOICE:
        return option_name(req, field, text);
    case CUSTOM_TEXT:
    case CUSTOM_LINES:
    case CUSTOM_TYPE_COUNT:
        break;
    }
    return text;
}

struct err *custom_show(struct request *req, struct view *v, const char *name,
                        enum custom_kind kind, int64_t object_id)
{
    struct custom_value *values;
    struct custom_set set;

    TRY(custom_fields(req->db, req->arena, kind, custom_eyes_of(req), &set));
    TRY(custom_values(req->db, req->arena, &set, object_id, &values));
    for (size_t i = 0; i < set.count; i++) {
        struct view *row;

        if (values[i].field_id == 0)
            continue;
        row = view_row(v, name);
        view_text(row, "Label", custom_name(&set.fields[i], text_locale_lang(req->locale)));
        view_text(row, "Value", custom_said(req, &set.fields[i], &values[i]));
    }
    return NULL;
}
