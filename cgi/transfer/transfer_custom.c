/* transfer/transfer_custom.c - the vendor's own fields as columns behind those of a data set.
 *
 * An import remembers which they were when its file came, by their keys: a field that is defined or
 * turned off while it is at work moves no column. */
#include "base/str.h"
#include "custom/custom_form.h"
#include "custom/custom_sheet.h"
#include "text/norm.h"
#include "transfer/transfer_inside.h"

#include <string.h>

/* -- a set with them -----------------------------------------------------------------------------
 */

struct err *transfer_custom_codes(struct db *db, struct arena *a, const struct transfer_set *set,
                                  const char **json_out)
{
    struct custom_set fields = { 0 };
    const char **codes;

    if (set->has_custom)
        TRY(custom_fields(db, a, set->custom, CUSTOM_STAFF, &fields));
    codes = arena_array(a, fields.count + 1, sizeof(*codes));
    for (size_t i = 0; i < fields.count; i++)
        codes[i] = fields.fields[i].code;
    *json_out = transfer_texts_json(a, codes, fields.count);
    return NULL;
}

static const struct custom_field *find(const struct custom_set *set, const char *code)
{
    for (size_t i = 0; i < set->count; i++)
        if (str_eq(set->fields[i].code, code))
            return &set->fields[i];
    return NULL;
}

static const char *aliases(struct arena *a, const struct custom_field *field)
{
    return arena_join(a, field->code, "|", text_fold(a, field->name_en), "|",
                      text_fold(a, field->name_zh), "|", NULL);
}

/* A field that was turned off since keeps its column, and nothing is done with it. */
static void add_column(struct arena *a, enum lang lang, const struct custom_field *field,
                       const char *code, struct transfer_column *column, struct field *as)
{
    *as = (struct field){ .name = arena_join(a, FORM_MORE, code, NULL),
                          .label = code,
                          .kind = FIELD_TEXT,
                          .said = true };
    *column = (struct transfer_column){ .field = as->name, .aliases = "" };
    if (field == NULL)
        return;
    as->label = custom_name(field, lang);
    as->required = field->required;
    column->aliases = aliases(a, field);
    column->takes = custom_takes(a, field, lang);
}

struct err *transfer_set_with(struct db *db, struct arena *a, enum lang lang,
                              const struct transfer_set *set, const char *codes_json,
                              const struct transfer_set **out)
{
    const size_t own = transfer_column_count(set);
    struct transfer_set *with = arena_alloc(a, sizeof(*with));
    const struct custom_field **of;
    struct transfer_column *columns;
    struct custom_set fields;
    struct field *more;
    const char **codes;
    size_t count;

    *out = set;
    codes = transfer_texts_read(a, codes_json, &count);
    if (!set->has_custom || count == 0)
        return NULL;
    TRY(custom_fields(db, a, set->custom, CUSTOM_STAFF, &fields));
    columns = arena_array(a, own + count + 1, sizeof(*columns));
    more = arena_array(a, count + 1, sizeof(*more));
    of = arena_array(a, count + 1, sizeof(struct custom_field *));
    memcpy(columns, set->columns, own * sizeof(*columns));
    for (size_t i = 0; i < count; i++) {
        of[i] = find(&fields, codes[i]);
        add_column(a, lang, of[i], codes[i], &columns[own + i], &more[i]);
    }
    *with = *set;
    with->columns = columns;
    with->more = more;
    with->more_of = of;
    *out = with;
    return NULL;
}

const struct custom_field *transfer_custom_of(const struct transfer_set *set, size_t column)
{
    for (size_t i = 0; set->more != NULL && set->more[i].name != NULL; i++)
        if (set->more[i].name == set->columns[column].field)
            return set->more_of[i];
    return NULL;
}

struct err *transfer_set_of(struct request *req, const struct transfer *t,
                            const struct transfer_set **out)
{
    const struct transfer_set *set = transfer_set_find(t->dataset);

    *out = NULL;
    return set == NULL
               ? NULL
               : err_pass(transfer_set_with(req->db, req->arena, text_locale_lang(req->locale), set,
                                            t->custom_json, out));
}

struct err *transfer_set_now(struct request *req, const struct transfer_set *set,
                             const struct transfer_set **out)
{
    const char *codes;

    TRY(transfer_custom_codes(req->db, req->arena, set, &codes));
    return err_pass(
        transfer_set_with(req->db, req->arena, text_locale_lang(req->locale), set, codes, out));
}

/* -- rows ----------------------------------------------------------------------------------------
 */

static const struct form_more *typed_of(const struct transfer_work *w,
                                        const struct transfer_item *item)
{
    return (const void *)((const char *)item->input + w->set->form->more_offset);
}

static const struct form_value *typed_in(const struct form_more *more, const char *name)
{
    for (size_t i = 0; i < more->count; i++)
        if (str_eq(more->fields[i].name, name))
            return &more->values[i];
    return NULL;
}

static void check_options(struct transfer_work *w, const struct custom_set *fields,
                          struct transfer_item *item)
{
    for (size_t i = 0; i < fields->count; i++) {
        const char *name = custom_field_name(w->a, &fields->fields[i]);
        const struct form_value *typed = typed_in(typed_of(w, item), name);

        if (typed != NULL && custom_is_off(&fields->fields[i], typed->text))
            transfer_fault_add(w, item, name, custom_off_words);
    }
}

struct err *transfer_custom_check(struct transfer_work *w, struct transfer_item *items,
                                  size_t count)
{
    struct custom_set fields;

    TRY(custom_fields(w->db, w->a, w->set->custom, CUSTOM_STAFF, &fields));
    for (size_t i = 0; i < count && fields.count > 0; i++)
        if (items[i].fault_count == 0)
            check_options(w, &fields, &items[i]);
    return NULL;
}

static size_t changes_of(const struct transfer_work *w, const struct custom_set *fields,
                         const struct transfer_item *item, struct custom_change *out)
{
    size_t n = 0;

    for (size_t i = 0; i < fields->count; i++) {
        const struct custom_field *field = &fields->fields[i];
        const struct form_value *typed =
            typed_in(typed_of(w, item), custom_field_name(w->a, field));

        if (typed != NULL && *typed->text != '\0')
            out[n++] =
                (struct custom_change){ .field = field,
                                        .value = custom_value_of(field, item->object_id, typed) };
    }
    return n;
}

struct err *transfer_custom_write(struct transfer_work *w, const struct transfer_item *items,
                                  size_t count)
{
    struct custom_set fields;
    struct custom_change *changes;
    size_t n = 0;

    TRY(custom_fields(w->db, w->a, w->set->custom, CUSTOM_STAFF, &fields));
    if (fields.count == 0)
        return NULL;
    changes = arena_array(w->a, fields.count * count + 1, sizeof(*changes));
    for (size_t i = 0; i < count; i++)
        n += changes_of(w, &fields, &items[i], &changes[n]);
    return err_pass(custom_put(w->db, &fields, changes, n));
}

struct err *transfer_custom_forget(struct transfer_work *w, const struct transfer_item *items,
                                   size_t count)
{
    int64_t *ids = arena_array(w->a, count + 1, sizeof(*ids));
    size_t n = 0;

    for (size_t i = 0; i < count; i++)
        if (str_is_empty(items[i].kept))
            ids[n++] = items[i].object_id;
    return err_pass(custom_forget_many(w->db, w->set->custom, ids, n));
}
