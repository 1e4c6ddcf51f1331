/* crypt/canon.c */
#include "crypt/canon.h"
#include "base/str.h"

#include <stdlib.h>
#include <string.h>

enum { LEVELS_MAX = 8, FLAT_MEMBERS_MAX = 64 };

/* RFC 8785, 3.2.2.2: short escapes where JSON has them, \u00xx for the other control characters. */
static const struct {
    char plain, escaped;
} short_escapes[] = {
    { '"', '"' },  { '\\', '\\' }, { '\b', 'b' }, { '\f', 'f' },
    { '\n', 'n' }, { '\r', 'r' },  { '\t', 't' },
};

static void write_character(char c, struct buf *out)
{
    for (size_t i = 0; i < ARRAY_LEN(short_escapes); i++)
        if (short_escapes[i].plain == c) {
            buf_add(out, (char[]){ '\\', short_escapes[i].escaped }, 2);
            return;
        }
    if ((unsigned char)c < 0x20)
        buf_printf(out, "\\u%04x", (unsigned)c);
    else
        buf_putc(out, c);
}

static struct err *write_text(const char *text, struct buf *out)
{
    if (text == NULL || !utf8_valid(text, strlen(text)))
        return err_raise(ERR_INVALID, "a text is no UTF-8");
    buf_putc(out, '"');
    for (; *text != '\0'; text++)
        write_character(*text, out);
    buf_putc(out, '"');
    return NULL;
}

static bool name_valid(const char *name)
{
    return name != NULL && *name != '\0' &&
           name[strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_")] == '\0';
}

static struct err *write_object(const struct canon *members, size_t count, int level,
                                struct buf *out);

static struct err *write_list(const struct canon *items, size_t count, int level, struct buf *out);

static struct err *write_value(const struct canon *c, int level, struct buf *out)
{
    switch (c->kind) {
    case CANON_TEXT:
        return err_pass(write_text(c->text, out));
    case CANON_NUMBER:
        if (c->number > CANON_NUMBER_MAX || c->number < -CANON_NUMBER_MAX)
            return err_raise(ERR_INVALID, "number beyond 2^53");
        buf_printf(out, "%lld", (long long)c->number);
        return NULL;
    case CANON_LIST:
        return err_pass(write_list(c->items, c->item_count, level + 1, out));
    case CANON_OBJECT:
        return err_pass(write_object(c->items, c->item_count, level + 1, out));
    }
    return err_raise(ERR_BUG, "no such kind of value");
}

static struct err *write_list(const struct canon *items, size_t count, int level, struct buf *out)
{
    if (level > LEVELS_MAX)
        return err_raise(ERR_INVALID, "more than %d levels", LEVELS_MAX);
    buf_putc(out, '[');
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            buf_putc(out, ',');
        TRY(write_value(&items[i], level, out));
    }
    buf_putc(out, ']');
    return NULL;
}

static int compare_names(const void *a, const void *b)
{
    const struct canon *const *left = a, *const *right = b;

    return strcmp((*left)->name, (*right)->name);
}

static struct err *write_sorted(const struct canon **sorted, size_t count, int level,
                                struct buf *out)
{
    buf_putc(out, '{');
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && strcmp(sorted[i - 1]->name, sorted[i]->name) == 0)
            return err_raise(ERR_INVALID, "name %s twice", sorted[i]->name);
        buf_printf(out, "%s\"%s\":", i > 0 ? "," : "", sorted[i]->name);
        TRY(write_value(sorted[i], level, out));
    }
    buf_putc(out, '}');
    return NULL;
}

static struct err *write_object(const struct canon *members, size_t count, int level,
                                struct buf *out)
{
    struct arena *scratch;
    const struct canon **sorted;
    struct err *e;

    if (level > LEVELS_MAX)
        return err_raise(ERR_INVALID, "more than %d levels", LEVELS_MAX);
    for (size_t i = 0; i < count; i++)
        if (!name_valid(members[i].name))
            return err_raise(ERR_INVALID, "ill-formed name of a member");
    scratch = arena_new(1024);
    sorted = arena_array(scratch, count + 1, sizeof(*sorted));
    for (size_t i = 0; i < count; i++)
        sorted[i] = &members[i];
    qsort(sorted, count, sizeof(*sorted), compare_names);
    e = err_pass(write_sorted(sorted, count, level, out));
    arena_free(scratch);
    return e;
}

struct err *canon_write(const struct canon *members, size_t count, struct buf *out)
{
    TRY(write_object(members, count, 1, out));
    return out->failed ? err_raise(ERR_INVALID, "longer than its limit") : NULL;
}

struct err *canon_text(struct arena *a, const struct canon *members, size_t count,
                       const char **text_out)
{
    struct buf out;
    struct err *e;

    buf_init(&out, 256, 0);
    e = canon_write(members, count, &out);
    if (e == NULL)
        *text_out = arena_dup_bytes(a, out.data, out.len);
    buf_free(&out);
    return err_pass(e);
}

/* Reading: a place in the bytes.  Each step returns false when what stands there is something else.
 */
struct reader {
    const char *at, *end;
    struct arena *arena;
};

static bool take(struct reader *r, char c)
{
    if (r->at == r->end || *r->at != c)
        return false;
    r->at++;
    return true;
}

static bool take_escape(struct reader *r, char *out)
{
    unsigned char byte;
    char digits[3];

    for (size_t i = 0; i < ARRAY_LEN(short_escapes); i++)
        if (take(r, short_escapes[i].escaped)) {
            *out = short_escapes[i].plain;
            return true;
        }
    if (r->end - r->at < 5 || memcmp(r->at, "u00", 3) != 0)
        return false;
    memcpy(digits, r->at + 3, 2);
    digits[2] = '\0';
    if (!str_unhex(digits, &byte, 1) || byte == 0)
        return false;
    r->at += 5;
    *out = (char)byte;
    return true;
}

/* Bytes up to the closing quote: room for the text, since escapes only shrink. */
static size_t quoted_bytes(const struct reader *r)
{
    const char *p = r->at;

    while (p < r->end && *p != '"')
        p += *p == '\\' && p + 1 < r->end ? 2 : 1;
    return (size_t)(p - r->at);
}

static bool take_text(struct reader *r, const char **text_out)
{
    char *text;
    size_t n = 0;

    if (!take(r, '"'))
        return false;
    text = arena_alloc(r->arena, quoted_bytes(r) + 1);
    while (r->at < r->end && *r->at != '"' && *r->at != '\0') {
        text[n] = *r->at++;
        if (text[n] == '\\' && !take_escape(r, &text[n]))
            return false;
        n++;
    }
    *text_out = text;
    return take(r, '"');
}

static bool take_number(struct reader *r, int64_t *number_out)
{
    char digits[24];
    size_t n = 0;

    while (r->at < r->end && (*r->at == '-' || (*r->at >= '0' && *r->at <= '9'))) {
        if (n == sizeof(digits) - 1)
            return false;
        digits[n++] = *r->at++;
    }
    digits[n] = '\0';
    return str_to_i64(digits, number_out);
}

static bool take_member(struct reader *r, struct canon *member)
{
    if (!take_text(r, &member->name) || !take(r, ':') || r->at == r->end)
        return false;
    member->kind = *r->at == '"' ? CANON_TEXT : CANON_NUMBER;
    return member->kind == CANON_TEXT ? take_text(r, &member->text)
                                      : take_number(r, &member->number);
}

static bool take_members(struct reader *r, struct canon *members, size_t *count_out)
{
    size_t count = 0;

    if (!take(r, '{'))
        return false;
    if (!take(r, '}')) {
        do {
            if (count == FLAT_MEMBERS_MAX || !take_member(r, &members[count]))
                return false;
            count++;
        } while (take(r, ','));
        if (!take(r, '}'))
            return false;
    }
    *count_out = count;
    return r->at == r->end;
}

struct err *canon_read_flat(struct arena *a, const char *data, size_t len,
                            struct canon **members_out, size_t *count_out)
{
    struct canon *members = arena_array(a, FLAT_MEMBERS_MAX, sizeof(*members));
    struct reader r = { data, data + len, a };
    struct err *e;
    struct buf again;
    bool same;

    if (!take_members(&r, members, count_out))
        return err_raise(ERR_PARSE, "no canonical JSON near byte %zu", (size_t)(r.at - data));
    buf_init(&again, len + 1, 0);
    e = canon_write(members, *count_out, &again);
    same = e == NULL && again.len == len && memcmp(again.data, data, len) == 0;
    buf_free(&again);
    err_ignore(e); /* what cannot be written is not canonical: that is the answer */
    if (!same)
        return err_raise(ERR_PARSE, "the JSON is not in its canonical form");
    *members_out = members;
    return NULL;
}

const struct canon *canon_find(const struct canon *members, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(members[i].name, name) == 0)
            return &members[i];
    return NULL;
}
