/* job/values.c */
#include "job/values.h"

#include "base/buf.h"
#include "base/str.h"

#include <ctype.h>
#include <jansson.h>
#include <string.h>

/* Names in the JSON; VALUE_TEXT is a plain string. */
static const char *const kind_names[VALUE_KIND_COUNT] = {
    [VALUE_MESSAGE] = "message", [VALUE_NUMBER] = "number", [VALUE_MONEY] = "money",
    [VALUE_AT] = "at",           [VALUE_DAY] = "day",       [VALUE_FORMAT] = "format",
};

static void write_value(struct buf *b, const struct mail_value *v)
{
    buf_json(b, v->name);
    buf_putc(b, ':');
    if (v->kind == VALUE_TEXT) {
        buf_json(b, v->value != NULL ? v->value : "");
        return;
    }
    buf_printf(b, "{\"kind\":\"%s\",\"number\":%lld,\"value\":", kind_names[v->kind],
               (long long)v->number);
    buf_json(b, v->value != NULL ? v->value : "");
    buf_putc(b, '}');
}

char *values_write(struct arena *a, const struct mail_value *values)
{
    struct buf b;
    char *json;

    buf_init(&b, 256, 0);
    buf_putc(&b, '{');
    for (const struct mail_value *v = values; v != NULL && v->name != NULL; v++) {
        if (v != values)
            buf_putc(&b, ',');
        write_value(&b, v);
    }
    buf_putc(&b, '}');
    json = arena_dup_bytes(a, b.data, b.len);
    buf_free(&b);
    return json;
}

static bool name_is_good(const char *name)
{
    if (!isalpha((unsigned char)*name))
        return false;
    for (; *name != '\0'; name++)
        if (!isalnum((unsigned char)*name))
            return false;
    return true;
}

static struct err *read_kind(const json_t *object, enum value_kind *kind_out)
{
    const char *name = json_string_value(json_object_get(object, "kind"));

    for (int kind = 1; kind < VALUE_KIND_COUNT; kind++)
        if (name != NULL && str_eq(kind_names[kind], name)) {
            *kind_out = (enum value_kind)kind;
            return NULL;
        }
    return err_raise(ERR_PARSE, "a value of an unknown kind");
}

static struct err *read_value(struct arena *a, const char *name, const json_t *json,
                              struct mail_value *v)
{
    const json_t *text = json_is_object(json) ? json_object_get(json, "value") : json;

    if (!name_is_good(name))
        return err_raise(ERR_PARSE, "a value has no proper name");
    if (!json_is_string(text))
        return err_raise(ERR_PARSE, "value %s is no text", name);
    v->name = arena_dup(a, name);
    v->value = arena_dup(a, json_string_value(text));
    if (!json_is_object(json))
        return NULL;
    if (!json_is_integer(json_object_get(json, "number")))
        return err_raise(ERR_PARSE, "value %s has no number", name);
    v->number = json_integer_value(json_object_get(json, "number"));
    return err_pass(read_kind(json, &v->kind));
}

static struct err *read_object(struct arena *a, json_t *root, struct mail_value **values_out)
{
    struct mail_value *v;
    const char *name;
    json_t *member;

    if (!json_is_object(root))
        return err_raise(ERR_PARSE, "values are no JSON object");
    *values_out = v = arena_array(a, json_object_size(root) + 1, sizeof(*v));
    json_object_foreach(root, name, member) TRY(read_value(a, name, member, v++));
    return NULL;
}

struct err *values_read(struct arena *a, const char *json, struct mail_value **values_out)
{
    json_error_t where;
    json_t *root = json_loads(json, JSON_REJECT_DUPLICATES, &where);
    struct err *e;

    if (root == NULL)
        return err_raise(ERR_PARSE, "values, byte %d: %s", where.position, where.text);
    e = read_object(a, root, values_out); /* jansson keeps the order of the text */
    json_decref(root);
    return err_pass(e);
}

char *values_text(const struct text_locale *loc, struct arena *a, const struct mail_value *values,
                  const struct mail_value *value)
{
    struct money money = { .e4 = value->number };

    switch (value->kind) {
    case VALUE_MESSAGE:
        return arena_dup(a, lang_tr(text_locale_lang(loc), value->value));
    case VALUE_NUMBER:
        return text_number(loc, a, value->number);
    case VALUE_MONEY:
        memcpy(money.currency, value->value, strnlen(value->value, sizeof(money.currency) - 1));
        return text_money(loc, a, money);
    case VALUE_AT:
        return text_date_time(loc, a, value->number);
    case VALUE_DAY:
        return text_day(loc, a, (int32_t)value->number);
    case VALUE_FORMAT:
        return values_fill(loc, a, lang_tr(text_locale_lang(loc), value->value), values);
    default:
        return arena_dup(a, value->value);
    }
}

static const struct mail_value *nth(const struct mail_value *values, int n)
{
    while (n > 0 && values != NULL && values->name != NULL) {
        values++;
        n--;
    }
    return values != NULL && values->name != NULL ? values : NULL;
}

const char *values_named(const struct mail_value *values, const char *name)
{
    for (; values->name != NULL; values++)
        if (str_eq(values->name, name))
            return values->value;
    return "";
}

char *values_fill(const struct text_locale *loc, struct arena *a, const char *format,
                  const struct mail_value *values)
{
    struct buf b;
    char *text;

    buf_init(&b, 128, 0);
    for (const char *p = format; *p != '\0'; p++) {
        if (*p == '%' && p[1] == '%') {
            buf_putc(&b, *++p);
        } else if (*p == '%' && p[1] >= '1' && p[1] <= '9' && p[2] == '$' && p[3] == 's') {
            const struct mail_value *v = nth(values, p[1] - '1');

            if (v != NULL && v->kind != VALUE_FORMAT) /* a format in a format might not end */
                buf_puts(&b, values_text(loc, a, values, v));
            p += 3;
        } else {
            buf_putc(&b, *p);
        }
    }
    text = arena_dup_bytes(a, b.data, b.len);
    buf_free(&b);
    return text;
}
