/* web/form_changes.c - see form_changes.h. */
#include "web/form_changes.h"

#include "base/clock.h"
#include "base/money.h"
#include "base/str.h"
#include "crypt/canon.h"

#include <string.h>

enum { AMOUNT_DIGITS = 2, TEXT_BYTES_MOST = 2000 };

static const void *member_of(const void *input, const struct field *field)
{
    return (const char *)input + field->offset;
}

static const char *text_of(const char *text)
{
    return text != NULL ? text : "";
}

static struct canon list_of(struct arena *a, const char *name, const struct value_list *list)
{
    struct canon *items = arena_array(a, list->count + 1, sizeof(*items));

    for (size_t i = 0; i < list->count; i++)
        items[i] = CANON_T(NULL, text_of(list->texts[i]));
    return CANON_L(name, items, list->count);
}

static struct canon amount_of(struct arena *a, const char *name, int64_t e4)
{
    char text[MONEY_TEXT_BYTES];

    money_text(e4, AMOUNT_DIGITS, text);
    return CANON_T(name, arena_dup(a, text));
}

static struct canon day_of(struct arena *a, const char *name, int32_t day)
{
    char text[DAY_ISO_BYTES];

    day_iso(day, text);
    return CANON_T(name, arena_dup(a, text));
}

/* False for what stands in no trail. */
static bool value_of(struct arena *a, const struct field *field, const void *input,
                     struct canon *out)
{
    const void *at = member_of(input, field);

    if (str_eq(field->name, "row_version") || field->kind == FIELD_SECRET ||
        field->kind == FIELD_FILES)
        return false;
    if (field->list) {
        *out = list_of(a, field->name, at);
        return true;
    }
    switch (field->kind) {
    case FIELD_INT:
    case FIELD_ID:
        *out = CANON_N(field->name, *(const int64_t *)at);
        break;
    case FIELD_MONEY:
        *out = amount_of(a, field->name, *(const int64_t *)at);
        break;
    case FIELD_DAY:
        *out = day_of(a, field->name, *(const int32_t *)at);
        break;
    case FIELD_FLAG:
        *out = CANON_N(field->name, *(const bool *)at ? 1 : 0);
        break;
    default:
        *out = CANON_T(field->name, text_of(*(const char *const *)at));
        break;
    }
    return true;
}

static bool is_same(const struct canon *x, const struct canon *y)
{
    if (x->kind == CANON_NUMBER)
        return x->number == y->number;
    if (x->kind == CANON_TEXT)
        return str_eq(x->text, y->text);
    if (x->item_count != y->item_count)
        return false;
    for (size_t i = 0; i < x->item_count; i++)
        if (!str_eq(x->items[i].text, y->items[i].text))
            return false;
    return true;
}

static bool is_empty(const struct canon *value)
{
    return value->kind == CANON_NUMBER ? value->number == 0
           : value->kind == CANON_TEXT ? str_is_empty(value->text)
                                       : value->item_count == 0;
}

/* A trail is no archive: of a contract its beginning says which one it was. */
static void shorten(struct arena *a, struct canon *members, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (members[i].kind == CANON_TEXT && strlen(members[i].text) > TEXT_BYTES_MOST)
            members[i].text =
                arena_printf(a, "%.*s…", (int)utf8_prefix_bytes(members[i].text, TEXT_BYTES_MOST),
                             members[i].text);
}

static struct err *in_words(struct arena *a, struct canon *members, size_t count,
                            const char **text_out)
{
    shorten(a, members, count);
    return err_pass(canon_text(a, members, count, text_out));
}

static bool is_named(const char *named, const char *name)
{
    const size_t size = strlen(name);

    for (const char *at = named; at != NULL && *at != '\0'; at += strspn(at, " ")) {
        if (strncmp(at, name, size) == 0 && strchr(" ", at[size]) != NULL)
            return true;
        at += strcspn(at, " ");
    }
    return false;
}

struct err *form_changes(struct arena *a, struct form_of of, const void *before, const void *after,
                         struct form_changes *out)
{
    const struct form *form = of.form;
    struct canon *was, *is;
    size_t fields = 0, count = 0;

    while (form->fields[fields].name != NULL)
        fields++;
    was = arena_array(a, fields + 1, sizeof(*was));
    is = arena_array(a, fields + 1, sizeof(*is));
    for (size_t i = 0; i < fields; i++) {
        if (!value_of(a, &form->fields[i], after, &is[count]))
            continue;
        if (before != NULL)
            (void)value_of(a, &form->fields[i], before, &was[count]);
        count += is_named(of.named, is[count].name) ||
                 (before != NULL ? !is_same(&was[count], &is[count]) : !is_empty(&is[count]));
    }
    out->before = NULL;
    if (before != NULL)
        TRY(in_words(a, was, count, &out->before));
    return err_pass(in_words(a, is, count, &out->after));
}

struct err *form_audit(struct request *req, const char *kind, int64_t object_id, struct form_of of,
                       const void *before, const void *after)
{
    struct form_changes changes;

    TRY(form_changes(req->arena, of, before, after, &changes));
    return err_pass(request_audit(req, kind, object_id, changes.before, changes.after));
}
