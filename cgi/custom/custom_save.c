/* custom/custom_save.c - what was typed, or chosen of two records, becomes values; what changed
 * stands in the trail. */
#include "custom/custom_form.h"
#include "custom/custom_inside.h"

#include "base/money.h"
#include "base/str.h"

/* -- saving --------------------------------------------------------------------------------------
 */

static const struct form_value *typed_in(const struct form_more *more, const char *name)
{
    for (size_t i = 0; i < more->count; i++)
        if (str_eq(more->fields[i].name, name))
            return &more->values[i];
    return NULL;
}

struct custom_value custom_value_of(const struct custom_field *field, int64_t object_id,
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

void custom_saving_begin(struct custom_saving *s, const struct custom_set *set)
{
    s->set = set;
    s->changes = arena_array(s->a, set->count + 1, sizeof(*s->changes));
    buf_init(&s->before, 256, 0);
    buf_init(&s->after, 256, 0);
}

void custom_saving_free(struct custom_saving *s)
{
    buf_free(&s->before);
    buf_free(&s->after);
}

static void put_member(struct buf *object, const char *code, const char *text)
{
    buf_puts(object, object->len > 0 ? "," : "{");
    buf_json(object, code);
    buf_putc(object, ':');
    buf_json(object, text);
}

void custom_saving_add(struct custom_saving *s, const struct custom_field *field,
                       const struct custom_value *had, struct custom_value value)
{
    const char *before = custom_text(s->a, field, had);
    const char *after = custom_text(s->a, field, &value);

    if (str_eq(before, after))
        return;
    s->changes[s->count++] = (struct custom_change){ .field = field, .value = value };
    put_member(&s->before, field->code, before);
    put_member(&s->after, field->code, after);
}

static struct err *note(struct custom_saving *s, int64_t object_id, int64_t audit_id)
{
    const struct custom_kind_row *kind = &custom_kinds[s->set->kind];

    /* What hangs on a record says which one it is. */
    if (audit_id != object_id) {
        const char *number = arena_number(s->a, "", object_id);

        put_member(&s->before, kind->code, number);
        put_member(&s->after, kind->code, number);
    }
    buf_putc(&s->before, '}');
    buf_putc(&s->after, '}');
    return err_pass(audit_write(s->db, s->a, &s->who,
                                &(struct audit_change){ .kind = kind->audit_kind,
                                                        .object_id = audit_id,
                                                        .action = kind->action,
                                                        .before = s->before.data,
                                                        .after = s->after.data }));
}

struct err *custom_saving_write(struct custom_saving *s, int64_t object_id, int64_t audit_id,
                                struct err *(*put)(struct db *db, const struct custom_set *set,
                                                   const struct custom_change *changes,
                                                   size_t count))
{
    if (s->count == 0)
        return NULL;
    TRY(put(s->db, s->set, s->changes, s->count));
    return err_pass(note(s, object_id, audit_id));
}

const char *const custom_off_words = N_("This is not offered any more. Choose another.");

bool custom_is_off(const struct custom_field *field, const char *code)
{
    const struct custom_option *option = custom_option_named(field, code);

    return field->type == CUSTOM_CHOICE && option != NULL && !option->active;
}

/* An option that is not offered any more stays where it is, and comes nowhere else. */
static void judge_option(struct request *req, const struct custom_field *field,
                         const struct custom_value *had, const struct custom_value *value)
{
    if (custom_is_off(field, custom_text(req->arena, field, value)) &&
        (had->field_id == 0 || had->e4 != value->e4))
        form_fault(req, custom_field_name(req->arena, field), -1, tr(req, custom_off_words));
}

struct both {
    struct custom_set set;
    struct custom_value *had, *others;
};

static struct err *begin(struct request *req, enum custom_kind kind, int64_t object_id,
                         int64_t other_id, struct both *b, struct custom_saving *s)
{
    TRY(custom_fields(req->db, req->arena, kind, custom_eyes_of(req), &b->set));
    TRY(custom_values(req->db, req->arena, &b->set, object_id, &b->had));
    TRY(custom_values(req->db, req->arena, &b->set, other_id, &b->others));
    *s = (struct custom_saving){ .db = req->db,
                                 .a = req->arena,
                                 .who = { .actor = req->actor, .address = req->remote_addr } };
    custom_saving_begin(s, &b->set);
    return NULL;
}

static struct err *end(struct request *req, int64_t object_id, int64_t audit_id,
                       struct custom_saving *s)
{
    struct err *e = form_has_faults(req) ? form_refuse(req)
                                         : custom_saving_write(s, object_id, audit_id, custom_put);

    custom_saving_free(s);
    return err_pass(e);
}

struct err *custom_save(struct request *req, enum custom_kind kind, int64_t object_id,
                        int64_t audit_id, const struct form_more *more)
{
    struct custom_saving s;
    struct both b;

    TRY(begin(req, kind, object_id, 0, &b, &s));
    for (size_t i = 0; i < b.set.count; i++) {
        const struct custom_field *field = &b.set.fields[i];
        const struct form_value *typed = typed_in(more, custom_field_name(req->arena, field));
        struct custom_value value;

        if (typed == NULL)
            continue;
        value = custom_value_of(field, object_id, typed);
        judge_option(req, field, &b.had[i], &value);
        custom_saving_add(&s, field, &b.had[i], value);
    }
    return err_pass(end(req, object_id, audit_id, &s));
}

struct err *custom_copy(struct request *req, enum custom_kind kind, int64_t from, int64_t to)
{
    struct custom_saving s;
    struct both b;

    TRY(begin(req, kind, to, from, &b, &s));
    for (size_t i = 0; i < b.set.count; i++) {
        const struct custom_field *field = &b.set.fields[i];
        struct custom_value value = b.others[i];

        value.object_id = to;
        if (field->editable && !custom_is_off(field, custom_text(req->arena, field, &value)))
            custom_saving_add(&s, field, &b.had[i], value);
    }
    return err_pass(end(req, to, to, &s));
}

/* -- of two records that become one --------------------------------------------------------------
 */

struct err *custom_picks(struct request *req, enum custom_kind kind, const struct choice *sides,
                         struct form_more *more_out)
{
    struct custom_set set;
    struct field *fields;

    TRY(custom_fields(req->db, req->arena, kind, CUSTOM_STAFF, &set));
    fields = arena_array(req->arena, set.count + 1, sizeof(*fields));
    for (size_t i = 0; i < set.count; i++)
        fields[i] =
            (struct field){ .name = custom_field_name(req->arena, &set.fields[i]),
                            .label = custom_name(&set.fields[i], text_locale_lang(req->locale)),
                            .kind = FIELD_CHOICE,
                            .choices = sides,
                            .said = true };
    *more_out = (struct form_more){ .count = set.count, .fields = fields };
    return NULL;
}

static bool takes_other(const struct form_value *picked, const char *word,
                        const struct custom_value *had, const struct custom_value *other)
{
    if (picked != NULL && *picked->text != '\0')
        return str_eq(picked->text, word);
    return had->field_id == 0 && other->field_id != 0;
}

struct err *custom_merge(struct request *req, enum custom_kind kind, int64_t kept, int64_t gone,
                         const struct form_more *picks, const char *word)
{
    struct custom_saving s;
    struct both b;

    TRY(begin(req, kind, kept, gone, &b, &s));
    for (size_t i = 0; i < b.set.count; i++) {
        const struct custom_field *field = &b.set.fields[i];
        struct custom_value value = b.others[i];

        value.object_id = kept;
        if (takes_other(typed_in(picks, custom_field_name(req->arena, field)), word, &b.had[i],
                        &value))
            custom_saving_add(&s, field, &b.had[i], value);
    }
    return err_pass(end(req, kept, kept, &s));
}
