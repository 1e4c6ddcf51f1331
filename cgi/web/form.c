/* web/form.c - a body against its table of fields: unknown names refused, every fault found at
 * once, what was typed kept for showing it again (form_show.c). */
#include "web/form.h"

#include "base/str.h"
#include "web/field.h"
#include "web/inside.h"

enum { LISTS_DEFAULT = 50 };

/* -- which names
 * --------------------------------------------------------------------------------------- */

const struct field *form_field(const struct form *form, const char *name)
{
    for (const struct field *field = form->fields; field->name != NULL; field++)
        if (str_eq(field->name, name))
            return field;
    return NULL;
}

/* Names that every body, or every query, may have; they mean nothing to a form. */
static bool is_common_name(const struct serve *s, const char *name)
{
    static const char *const of_post[] = { "form_token", "do", NULL };
    static const char *const of_get[] = { "note", "lang", "do", NULL };

    for (const char *const *at = s->method == HTTP_POST ? of_post : of_get; *at != NULL; at++)
        if (str_eq(*at, name))
            return true;
    return false;
}

/* A field of data that is gone since the page was shown. */
static bool is_left_over(const struct form *form, const char *name)
{
    return form->more != NULL && str_starts(name, FORM_MORE);
}

static const struct field *find_field(const struct form *form, const struct form_more *more,
                                      const char *name)
{
    for (size_t i = 0; i < more->count; i++)
        if (str_eq(more->fields[i].name, name))
            return &more->fields[i];
    return form_field(form, name);
}

static bool may_repeat(const struct field *field)
{
    return field != NULL && (field->list || field->kind == FIELD_FILES);
}

static struct err *check_names(struct serve *s, const struct form *form,
                               const struct form_more *more, const struct http_pairs *pairs)
{
    for (size_t i = 0; i < pairs->count; i++) {
        const struct http_pair *pair = &pairs->items[i];
        const struct field *field = find_field(form, more, pair->name);

        if (field == NULL && !is_common_name(s, pair->name) && !is_left_over(form, pair->name))
            return err_raise(ERR_MALFORMED, "form %s has no field of that name", form->name);
        if (!may_repeat(field) && http_find(pairs, pair->name) != pair)
            return err_raise(ERR_MALFORMED, "a field of form %s twice", form->name);
        if ((pair->file_name != NULL) != (field != NULL && field->kind == FIELD_FILES) &&
            (pair->file_name != NULL || pair->len > 0))
            return err_raise(ERR_MALFORMED, "form %s: a file and no file mixed up", form->name);
    }
    return NULL;
}

/* -- values
 * -------------------------------------------------------------------------------------------- */

struct reading {
    struct serve *s;
    const struct form *form;
    const struct http_pairs *pairs;
    bool draft; /* the button that needs nothing was pressed */
    char *input;
};

static void *member_of(const struct reading *r, const struct field *field)
{
    return r->input + field->offset;
}

static void store(const struct reading *r, const struct field *field,
                  const struct field_value *value)
{
    void *member = member_of(r, field);

    switch (field->kind) {
    case FIELD_INT:
    case FIELD_MONEY:
    case FIELD_ID:
        *(int64_t *)member = value->number;
        break;
    case FIELD_DAY:
        *(int32_t *)member = (int32_t)value->number;
        break;
    case FIELD_FLAG:
        *(bool *)member = value->number != 0;
        break;
    default:
        *(const char **)member = value->text;
    }
}

static bool is_needed(const struct reading *r, const struct field *field)
{
    return field->required && !r->draft;
}

static bool is_nothing(const struct field *field, const struct field_value *value)
{
    return field->kind == FIELD_FLAG ? value->number == 0 : value->text[0] == '\0';
}

static void take_plain(struct reading *r, const struct field *field, struct field_value *out)
{
    struct request *req = &r->s->req;
    const struct http_pair *pair = http_find(r->pairs, field->name);
    const char *fault =
        field_read(req, field, pair != NULL ? pair->value : "", pair != NULL ? pair->len : 0, out);

    if (fault == NULL && is_needed(r, field) && is_nothing(field, out))
        fault = field_needed(req, field);
    if (fault != NULL)
        form_fault(req, field->name, -1, fault);
}

static void read_plain(struct reading *r, const struct field *field)
{
    struct field_value value;

    take_plain(r, field, &value);
    store(r, field, &value);
}

static void read_more(struct reading *r, struct form_more *more)
{
    if (r->form->more == NULL)
        return;
    more->values = arena_array(r->s->req.arena, more->count + 1, sizeof(*more->values));
    for (size_t i = 0; i < more->count; i++) {
        struct field_value value;

        take_plain(r, &more->fields[i], &value);
        more->values[i] = (struct form_value){ .text = value.text, .number = value.number };
    }
    *(struct form_more *)(void *)(r->input + r->form->more_offset) = *more;
}

static size_t count_pairs(const struct http_pairs *pairs, const char *name)
{
    size_t count = 0;

    for (size_t i = 0; i < pairs->count; i++)
        count += str_eq(pairs->items[i].name, name);
    return count;
}

static struct err *read_list(struct reading *r, const struct field *field)
{
    struct request *req = &r->s->req;
    size_t most = r->form->lists_max != 0 ? r->form->lists_max : LISTS_DEFAULT;
    struct value_list *list = member_of(r, field);
    size_t count = count_pairs(r->pairs, field->name);
    bool any = false;

    if (count > most)
        return err_raise(ERR_MALFORMED, "form %s: %zu values of one field", r->form->name, count);
    list->texts = arena_array(req->arena, count + 1, sizeof(*list->texts));
    list->numbers = arena_array(req->arena, count + 1, sizeof(*list->numbers));
    for (size_t i = 0; i < r->pairs->count; i++) {
        const struct http_pair *pair = &r->pairs->items[i];
        struct field_value value;
        const char *fault;

        if (!str_eq(pair->name, field->name))
            continue;
        fault = field_read(req, field, pair->value, pair->len, &value);
        if (fault != NULL)
            form_fault(req, field->name, (int)list->count, fault);
        any = any || !is_nothing(field, &value);
        list->texts[list->count] = value.text;
        list->numbers[list->count++] = value.number;
    }
    if (!any && is_needed(r, field))
        form_fault(req, field->name, -1, field_needed(req, field));
    return NULL;
}

static const char *upload_fault(struct request *req, enum upload_verdict verdict, const char *name)
{
    if (verdict == UPLOAD_EMPTY)
        return trf(req, N_("“%s” is empty."), name);
    return trf(
        req,
        N_("“%s” is of a kind that is not taken. Send PDF, images, Office files, text or CSV."),
        name);
}

static enum upload_verdict take_file(const struct reading *r, const struct field *field,
                                     const struct http_pair *pair, struct upload *out)
{
    struct arena *a = r->s->req.arena;

    if (!field->any_kind || pair->len == 0)
        return upload_read(r->s->state->magic, a, pair->file_name, pair->value, pair->len, out);
    *out = (struct upload){ .name = upload_clean_name(a, pair->file_name),
                            .mime = "application/octet-stream",
                            .data = (const unsigned char *)pair->value,
                            .len = pair->len };
    return UPLOAD_OK;
}

static struct err *read_files(struct reading *r, const struct field *field)
{
    struct request *req = &r->s->req;
    size_t most = r->form->lists_max != 0 ? r->form->lists_max : LISTS_DEFAULT;
    struct upload_list *list = member_of(r, field);
    size_t count = count_pairs(r->pairs, field->name);
    struct upload *items = arena_array(req->arena, count + 1, sizeof(*items));

    if (count > most)
        return err_raise(ERR_MALFORMED, "form %s: %zu files", r->form->name, count);
    for (size_t i = 0; i < r->pairs->count; i++) {
        const struct http_pair *pair = &r->pairs->items[i];
        enum upload_verdict verdict;

        if (!str_eq(pair->name, field->name) || pair->file_name == NULL)
            continue;
        verdict = take_file(r, field, pair, &items[list->count]);
        if (verdict == UPLOAD_OK)
            list->count++;
        else
            form_fault(req, field->name, -1,
                       upload_fault(req, verdict, upload_clean_name(req->arena, pair->file_name)));
    }
    list->items = items;
    if (count == 0 && is_needed(r, field))
        form_fault(req, field->name, -1, field_needed(req, field));
    return NULL;
}

static struct err *read_field(struct reading *r, const struct field *field)
{
    if (field->kind == FIELD_FILES)
        return err_pass(read_files(r, field));
    if (field->list)
        return err_pass(read_list(r, field));
    read_plain(r, field);
    return NULL;
}

struct err *form_read(struct serve *s, const struct form *form, const struct http_pairs *pairs,
                      const void **input_out)
{
    struct reading r = { .s = s, .form = form, .pairs = pairs };
    struct form_more more = { 0 };

    if (form->more != NULL)
        TRY(form->more(&s->req, &more));
    TRY(check_names(s, form, &more, pairs));
    r.draft = form->draft_button != NULL && str_eq(form->draft_button, form_button(&s->req));
    r.input = arena_alloc(s->req.arena, form->size_bytes);
    for (const struct field *field = form->fields; field->name != NULL; field++)
        TRY(read_field(&r, field));
    read_more(&r, &more);
    if (form->check != NULL)
        form->check(&s->req, r.input);
    if (s->faults != NULL)
        return err_raise(ERR_INVALID, "form %s has faults", form->name);
    *input_out = r.input;
    return NULL;
}

/* -- what handlers ask
 * ----------------------------------------------------------------------------------- */

const struct http_pairs *form_pairs(const struct serve *s)
{
    return s->method == HTTP_POST ? &s->body : &s->query;
}

bool form_given(const struct request *req, const char *field)
{
    const struct http_pair *pair = http_find(form_pairs(req->serve), field);

    return pair != NULL && pair->len > 0;
}

const char *form_typed(const struct request *req, const char *field)
{
    const struct http_pair *pair = http_find(form_pairs(req->serve), field);

    return pair != NULL ? pair->value : "";
}

int64_t form_typed_id(const struct request *req, const char *field)
{
    int64_t id;

    return str_to_i64(form_typed(req, field), &id) && id > 0 ? id : 0;
}

const char *form_button(const struct request *req)
{
    const struct http_pair *pair = http_find(form_pairs(req->serve), "do");

    return pair != NULL ? pair->value : "";
}

/* Faults outlive the run that found them: the page is shown again by another. */
void form_fault(struct request *req, const char *field, int index, const char *message)
{
    struct arena *kept = req->serve->state->kept;
    struct fault *fault = arena_alloc(kept, sizeof(*fault));
    struct fault **at = &req->serve->faults;

    *fault = (struct fault){ .field = arena_dup(kept, field),
                             .index = index,
                             .message = arena_dup(kept, message) };
    while (*at != NULL)
        at = &(*at)->next;
    *at = fault;
}

bool form_has_faults(const struct request *req)
{
    return req->serve->faults != NULL;
}

const struct choice *form_zones(struct request *req)
{
    size_t count;
    const struct text_choice *zones = text_zones(text_locale_lang(req->locale), &count);
    struct choice *choices = arena_array(req->arena, count + 1, sizeof(*choices));

    for (size_t i = 0; i < count; i++)
        choices[i] = (struct choice){ zones[i].value, zones[i].label };
    return choices;
}

struct err *form_refuse(struct request *req)
{
    return err_raise(ERR_INVALID, "%s: refused by its handler", req->route->name);
}

struct err *form_refuse_at(struct request *req, const char *field, const char *message)
{
    form_fault(req, field, -1, message);
    return err_pass(form_refuse(req));
}

struct err *form_refuse_changed(struct request *req, const char *field)
{
    return err_pass(form_refuse_at(
        req, field,
        tr(req, N_("Somebody changed this since you opened it. The form shows what you typed; go "
                   "back to read what is stored."))));
}
