/* custom/custom_carry.c */
#include "custom/custom_carry.h"
#include "custom/custom_inside.h"

#include "base/money.h"
#include "base/str.h"

static bool is_within(const struct custom_field *field, const struct custom_value *value)
{
    int64_t size = 0;

    switch (field->type) {
    case CUSTOM_TEXT:
    case CUSTOM_LINES:
        size = (int64_t)utf8_count(value->text);
        break;
    case CUSTOM_INT:
        size = value->e4 / MONEY_SCALE;
        break;
    case CUSTOM_AMOUNT:
        size = value->e4;
        break;
    case CUSTOM_DAY:
        size = value->day;
        break;
    case CUSTOM_FLAG:
    case CUSTOM_CHOICE:
    case CUSTOM_TYPE_COUNT:
        return true;
    }
    return size >= field->limits.least && size <= field->limits.most;
}

/* The option of the same key becomes the value; false: none is offered. */
static bool take_option(struct arena *a, const struct custom_field *from,
                        const struct custom_field *to, struct custom_value *value)
{
    const struct custom_option *option = custom_option_named(to, custom_text(a, from, value));

    if (option == NULL || !option->active)
        return false;
    value->e4 = option->id * MONEY_SCALE;
    return true;
}

static bool becomes(struct arena *a, const struct custom_field *from, const struct custom_field *to,
                    struct custom_value *value)
{
    if (value->field_id == 0 || from->type != to->type || (to->shared && !from->shared) ||
        (to->type == CUSTOM_CHOICE && !take_option(a, from, to, value)))
        return false;
    value->field_id = to->id;
    return is_within(to, value);
}

/* Where the value for a field comes from; the count of SET: nowhere. */
static size_t source_of(const struct custom_set *set, const struct custom_field *to)
{
    size_t i = 0;

    while (i < set->count && !str_eq(set->fields[i].code, to->code))
        i++;
    return i;
}

struct side {
    struct custom_set set;
    struct custom_value *values;
};

static struct err *read_side(struct db *db, struct arena *a, enum custom_kind kind,
                             enum custom_eyes eyes, int64_t id, struct side *out)
{
    TRY(custom_fields(db, a, kind, eyes, &out->set));
    return err_pass(custom_values(db, a, &out->set, id, &out->values));
}

struct err *custom_carry(struct db *db, struct arena *a, const struct audit_who *who,
                         enum custom_eyes eyes, enum custom_part part,
                         const struct custom_carried *carried)
{
    struct custom_saving s = { .db = db, .a = a, .who = *who };
    struct side from, to;
    struct err *e;

    TRY(read_side(db, a, carried->from, eyes, carried->from_id, &from));
    TRY(read_side(db, a, carried->to, eyes, carried->to_id, &to));
    custom_saving_begin(&s, &to.set);
    for (size_t i = 0; i < to.set.count; i++) {
        const struct custom_field *field = &to.set.fields[i];
        const size_t at = source_of(&from.set, field);
        struct custom_value value;

        if (at == from.set.count || to.values[i].field_id != 0 || !custom_is_of(field, part))
            continue;
        value = from.values[at];
        value.object_id = carried->to_id;
        if (becomes(a, &from.set.fields[at], field, &value))
            custom_saving_add(&s, field, &to.values[i], value);
    }
    e = custom_saving_write(&s, carried->to_id, carried->to_id, custom_add);
    custom_saving_free(&s);
    return err_pass(e);
}
