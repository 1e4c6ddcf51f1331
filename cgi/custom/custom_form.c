/* custom/custom_form.c */
#include "custom/custom_form.h"

#include "access/audit.h"
#include "base/buf.h"
#include "base/money.h"
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

static const char *name_of(struct arena *a, const struct custom_field *field)
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

    return (struct field){
        .name = name_of(req->arena, field),
        .label = custom_name(field, text_locale_lang(req->locale)),
        .hint = chinese ? field->hint_zh : field->hint_en,
        .kind = kinds[field->type],
        .required = field->required,
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
static struct err *more_of(struct request *req, enum custom_kind kind, struct form_more *more_out)
{
    struct custom_set set;
    struct field *fields;

    TRY(custom_fields(req->db, req->arena, kind, &set));
    fields = arena_array(req->arena, set.count + 1, sizeof(*fields));
    for (size_t i = 0; i < set.count; i++)
        fields[i] = as_field(req, &set.fields[i], "", true);
    *more_out = (struct form_more){ .count = set.count, .fields = fields };
    return NULL;
}

struct err *custom_more_account(struct request *req, struct form_more *more_out)
{
    return err_pass(more_of(req, CUSTOM_ACCOUNT, more_out));
}

struct err *custom_more_contact(struct request *req, struct form_more *more_out)
{
    return err_pass(more_of(req, CUSTOM_CONTACT, more_out));
}

struct err *custom_stored(struct request *req, enum custom_kind kind, int64_t object_id,
                          struct form_more *more_out)
{
    struct custom_value *values;
    struct custom_set set;
    struct field *fields;

    TRY(custom_fields(req->db, req->arena, kind, &set));
    TRY(custom_values(req->db, req->arena, kind, object_id, &set, &values));
    fields = arena_array(req->arena, set.count + 1, sizeof(*fields));
    *more_out = (struct form_more){ .count = set.count,
                                    .fields = fields,
                                    .values = arena_array(req->arena, set.count + 1,
                                                          sizeof(*more_out->values)) };
    for (size_t i = 0; i < set.count; i++) {
        more_out->values[i].text = custom_text(req->arena, &set.fields[i], &values[i]);
        fields[i] = as_field(req, &set.fields[i], more_out->values[i].text, false);
    }
    return NULL;
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

static const char *said(struct request *req, const struct custom_field *field,
                        const struct custom_value *value)
{
    const char *text = custom_text(req->arena, field, value);

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

    TRY(custom_fields(req->db, req->arena, kind, &set));
    TRY(custom_values(req->db, req->arena, kind, object_id, &set, &values));
    for (size_t i = 0; i < set.count; i++) {
        struct view *row;

        if (values[i].field_id == 0)
            continue;
        row = view_row(v, name);
        view_text(row, "Label", custom_name(&set.fields[i], text_locale_lang(req->locale)));
        view_text(row, "Value", said(req, &set.fields[i], &values[i]));
    }
    return NULL;
}

/* -- saving --------------------------------------------------------------------------------------
 */

static const struct form_value *typed_in(const struct form_more *more, const char *name)
{
    for (size_t i = 0; i < more->count; i++)
        if (str_eq(more->fields[i].name, name))
            return &more->values[i];
    return NULL;
}

static struct custom_value value_of(const struct custom_field *field, int64_t object_id,
                                    const struct form_value *typed)
{
    struct custom_value value = { .object_id = object_id, .text = "", .day = DAY_NONE };
    const struct custom_option *option;

    if (*typed->text == '\0')
        return value;
    value.field_id = field->id;
    switch (field->type) {
    case CUSTOM_INT:
        value.e4 = typed->number * MONEY_SCALE;
        break;
    case CUSTOM_AMOUNT:
        value.e4 = typed->number;
        break;
    case CUSTOM_DAY:
        value.day = (int32_t)typed->number;
        break;
    case CUSTOM_FLAG:
        value.e4 = str_eq(typed->text, "yes") ? MONEY_SCALE : 0;
        break;
    case CUSTOM_CHOICE:
        option = custom_option_named(field, typed->text);
        value.field_id = option != NULL ? field->id : 0;
        value.e4 = option != NULL ? option->id * MONEY_SCALE : 0;
        break;
    case CUSTOM_TEXT:
    case CUSTOM_LINES:
    case CUSTOM_TYPE_COUNT:
        value.text = typed->text;
    }
    return value;
}

struct saving {
    struct custom_change *changes;
    size_t count;
    struct buf before, after; /* of the trail: members of an object */
};

static void put_member(struct buf *object, const char *code, const char *text)
{
    buf_puts(object, object->len > 0 ? "," : "{");
    buf_json(object, code);
    buf_putc(object, ':');
    buf_json(object, text);
}

static bool may_be_chosen(const struct custom_field *field, const char *code)
{
    const struct custom_option *option = custom_option_named(field, code);

    return field->type != CUSTOM_CHOICE || option == NULL || option->active;
}

static void save_one(struct request *req, const struct custom_field *field,
                     const struct custom_value *had, struct custom_value value, struct saving *s)
{
    const char *before = custom_text(req->arena, field, had);
    const char *after = custom_text(req->arena, field, &value);

    if (str_eq(before, after))
        return;
    if (!may_be_chosen(field, after))
        form_fault(req, name_of(req->arena, field), -1,
                   tr(req, N_("This is not offered any more. Choose another.")));
    s->changes[s->count++] = (struct custom_change){ .field = field, .value = value };
    put_member(&s->before, field->code, before);
    put_member(&s->after, field->code, after);
}

static struct err *note(struct request *req, enum custom_kind kind, int64_t object_id,
                        int64_t audit_id, struct saving *s)
{
    const struct audit_who who = { .actor = req->actor, .address = req->remote_addr };

    /* What hangs on a record says which one it is. */
    if (audit_id != object_id) {
        const char *number = arena_printf(req->arena, "%lld", (long long)object_id);

        put_member(&s->before, custom_kinds[kind].code, number);
        put_member(&s->after, custom_kinds[kind].code, number);
    }
    buf_putc(&s->before, '}');
    buf_putc(&s->after, '}');
    return err_pass(audit_write(req->db, req->arena, &who,
                                &(struct audit_change){ .kind = custom_kinds[kind].audit_kind,
                                                        .object_id = audit_id,
                                                        .action = custom_kinds[kind].action,
                                                        .before = s->before.data,
                                                        .after = s->after.data }));
}

static struct err *write_all(struct request *req, enum custom_kind kind, int64_t object_id,
                             int64_t audit_id, struct saving *s)
{
    if (form_has_faults(req))
        return err_pass(form_refuse(req));
    if (s->count == 0)
        return NULL;
    TRY(custom_put(req->db, kind, s->changes, s->count));
    return err_pass(note(req, kind, object_id, audit_id, s));
}

struct err *custom_save(struct request *req, enum custom_kind kind, int64_t object_id,
                        int64_t audit_id, const struct form_more *more)
{
    struct custom_value *had;
    struct custom_set set;
    struct saving s = { 0 };
    struct err *e;

    TRY(custom_fields(req->db, req->arena, kind, &set));
    TRY(custom_values(req->db, req->arena, kind, object_id, &set, &had));
    s.changes = arena_array(req->arena, set.count + 1, sizeof(*s.changes));
    buf_init(&s.before, 256, 0);
    buf_init(&s.after, 256, 0);
    for (size_t i = 0; i < set.count; i++) {
        const struct form_value *typed = typed_in(more, name_of(req->arena, &set.fields[i]));

        if (typed != NULL)
            save_one(req, &set.fields[i], &had[i], value_of(&set.fields[i], object_id, typed), &s);
    }
    e = write_all(req, kind, object_id, audit_id, &s);
    buf_free(&s.before);
    buf_free(&s.after);
    return err_pass(e);
}
