/* web/form_show.c - a form on its page: each field with its value, its limits and its choices, and
 * the faults of what was sent. */
#include "web/form.h"

#include "base/str.h"
#include "web/field.h"
#include "web/inside.h"

#include <stdio.h>
#include <string.h>

struct showing {
    struct serve *s;
    const struct form *form;
    const void *stored;
    bool typed; /* this form came in with the request: show what was typed */
    struct view *fields;
    struct form_more more; /* what STORED has of them */
};

static const char *fault_at(const struct showing *show, const char *field, int index)
{
    if (!show->typed)
        return NULL;
    for (const struct fault *fault = show->s->faults; fault != NULL; fault = fault->next)
        if (fault->index == index && str_eq(fault->field, field))
            return fault->message;
    return NULL;
}

static void show_choice(struct view *options, const char *value, const char *label)
{
    struct view *row = view_row(options, "Options");

    view_text(row, "Value", value);
    view_text(row, "Label", label);
}

static void show_text_choices(struct view *v, const struct text_choice *choices, size_t count)
{
    for (size_t i = 0; i < count; i++)
        show_choice(v, choices[i].value, choices[i].label);
}

static void show_options(const struct showing *show, const struct field *field, struct view *v)
{
    struct request *req = &show->s->req;
    enum lang lang = text_locale_lang(req->locale);
    const struct text_choice *choices;
    size_t count;

    if (field->kind == FIELD_COUNTRY) {
        choices = text_countries(lang, &count);
        show_text_choices(v, choices, count);
    } else if (field->kind == FIELD_CURRENCY) {
        choices = text_currencies(lang, &count);
        show_text_choices(v, choices, count);
    } else if (field->choices_of != NULL) {
        for (const struct choice *c = field->choices_of(req); c->value != NULL; c++)
            show_choice(v, c->value, c->label);
    } else if (field->choices != NULL) {
        for (const struct choice *c = field->choices; c->value != NULL; c++)
            show_choice(v, c->value, field->said ? c->label : tr(req, c->label));
    }
}

/* Name of a flag below Chosen: only values of letters and digits have one. */
static bool is_plain_word(const char *text)
{
    size_t len = strlen(text);

    return len > 0 && len <= 40 &&
           strspn(text, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_") == len;
}

static void show_item(const struct showing *show, const struct field *field, struct view *v,
                      int index, const char *value)
{
    const char *fault = fault_at(show, field->name, index);
    struct view *row;

    if (field->kind == FIELD_CHOICE || field->kind == FIELD_ID) {
        if (is_plain_word(value))
            view_flag(view_at(v, "Chosen"), value, true);
        return;
    }
    row = view_row(v, "Items");
    view_text(row, "Value", value);
    if (fault != NULL)
        view_text(row, "Fault", fault);
}

static const char *list_text(const struct showing *show, const struct field *field,
                             const struct value_list *list, size_t i)
{
    if (field->kind == FIELD_ID || field->kind == FIELD_INT)
        return arena_number(show->s->req.arena, "", list->numbers[i]);
    return list->texts[i];
}

static void show_list(const struct showing *show, const struct field *field, struct view *v)
{
    const struct http_pairs *pairs = form_pairs(show->s);
    int index = 0;

    if (!show->typed) {
        const struct value_list *list =
            show->stored != NULL ? (const void *)((const char *)show->stored + field->offset)
                                 : NULL;

        for (size_t i = 0; list != NULL && i < list->count; i++)
            show_item(show, field, v, (int)i, list_text(show, field, list, i));
        return;
    }
    for (size_t i = 0; i < pairs->count; i++)
        if (str_eq(pairs->items[i].name, field->name))
            show_item(show, field, v, index++, pairs->items[i].value);
}

static const char *typed_value(const struct showing *show, const struct field *field)
{
    const struct http_pair *pair = http_find(form_pairs(show->s), field->name);

    if (pair == NULL)
        return "";
    return field->kind == FIELD_FLAG && !str_eq(pair->value, "0") ? "1" : pair->value;
}

static const char *shown_value(const struct showing *show, const struct field *field)
{
    if (field->kind == FIELD_SECRET || field->kind == FIELD_FILES)
        return "";
    if (!show->typed)
        return show->stored != NULL ? field_text(&show->s->req, field, show->stored) : "";
    return typed_value(show, field);
}

static void show_limits(const struct showing *show, const struct field *field, struct view *v)
{
    struct request *req = &show->s->req;
    int64_t min, max;

    field_limits(field, &min, &max);
    if (field->kind == FIELD_DAY) {
        bool is_set = field->min != 0 || field->max != 0;

        view_text(v, "Min", field_day_limit(req, field, min, is_set));
        view_text(v, "Most", field_day_limit(req, field, max, is_set));
    } else if (max > 0 && field->kind != FIELD_INT && field->kind != FIELD_MONEY) {
        view_int(v, "Max", max);
    }
}

static void show_plain(const struct showing *show, const struct field *field, struct view *v)
{
    struct request *req = &show->s->req;
    const char *fault = fault_at(show, field->name, -1);

    view_text(v, "Name", field->name);
    view_text(v, "Label", field->said ? field->label : tr(req, field->label));
    view_text(v, "Type", field_type(field->kind));
    view_flag(v, "Optional", !field->required && !field->wanted && field->kind != FIELD_FLAG);
    if (fault != NULL)
        view_text(v, "Fault", fault);
    show_limits(show, field, v);
    show_options(show, field, v);
}

static void show_field(const struct showing *show, const struct field *field)
{
    struct view *v = view_at(show->fields, field->name);

    show_plain(show, field, v);
    if (field->list)
        show_list(show, field, v);
    else
        view_text(v, "Value", shown_value(show, field));
    view_flag(v, "Many", field->kind == FIELD_FILES && show->form->lists_max != 1);
}

static void show_more(const struct showing *show, struct view *form_view)
{
    for (size_t i = 0; i < show->more.count; i++) {
        const struct field *field = &show->more.fields[i];
        struct view *v = view_row(form_view, "More");

        show_plain(show, field, v);
        view_text(v, "Hint", field->hint);
        view_text(v, "Value", show->typed ? typed_value(show, field) : show->more.values[i].text);
    }
}

/* The id of the input that a fault is about. */
static const char *fault_target(struct arena *a, const struct fault *fault)
{
    if (fault->index < 0)
        return fault->field;
    return arena_printf(a, "%s-%d", fault->field, fault->index);
}

static const char *fault_label(struct request *req, const struct form *form,
                               const struct form_more *more, const char *name)
{
    const struct field *field = form != NULL ? form_field(form, name) : NULL;

    for (size_t i = 0; field == NULL && i < more->count; i++)
        if (str_eq(more->fields[i].name, name))
            return more->fields[i].label;
    return field != NULL ? tr(req, field->label) : "";
}

static const char *faults_title(struct request *req, int count)
{
    if (!actor_is_signed_in(req->actor))
        return trn(req, "%s field needs a correction.", "%s fields need a correction.", count);
    if (str_eq(form_button(req), "submit"))
        return trn(req, "Not sent yet: %s field needs a correction.",
                   "Not sent yet: %s fields need a correction.", count);
    return trn(req, "Not saved yet: %s field needs a correction.",
               "Not saved yet: %s fields need a correction.", count);
}

static void show_faults(struct serve *s, const struct form_more *more, struct view *form_view)
{
    struct view *v = view_at(form_view, "Faults");
    struct request *req = &s->req;
    int count = 0;

    for (const struct fault *fault = s->faults; fault != NULL; fault = fault->next, count++) {
        struct view *row = view_row(v, "Items");

        view_text(row, "Field", fault_target(req->arena, fault));
        view_text(row, "Label", fault_label(req, s->typed_form, more, fault->field));
        view_text(row, "Text", fault->message);
    }
    view_int(v, "Count", count);
    view_text(v, "Title", faults_title(req, count));
}

void form_show_faults(struct serve *s)
{
    static const struct form_more none = { 0 };

    if (s->faults != NULL)
        show_faults(s, &none, view_at(s->req.page, "Form"));
}

void form_show_as(struct request *req, const char *name, const struct form *form,
                  const void *stored)
{
    struct serve *s = req->serve;
    struct view *form_view = view_at(req->page, name);
    struct showing show = { .s = s,
                            .form = form,
                            .stored = stored,
                            .typed = s->typed_form == form && (s->refused || s->faults != NULL),
                            .fields = view_at(form_view, "F") };

    if (form->more != NULL && stored != NULL)
        show.more =
            *(const struct form_more *)(const void *)((const char *)stored + form->more_offset);

    for (const struct field *field = form->fields; field->name != NULL; field++)
        show_field(&show, field);
    show_more(&show, form_view);
    if (show.typed) {
        show_faults(s, &show.more, form_view);
        s->form_shown = true;
    }
    (void)form_token(req);
}

const char *form_token(struct request *req)
{
    struct view *form = view_at(req->page, "Form");

    if (!req->serve->token_shown)
        view_text(form, "Token", serve_form_token(req->serve));
    return view_get(form, "Token");
}

void form_show(struct request *req, const struct form *form, const void *stored)
{
    form_show_as(req, "Form", form, stored);
}
