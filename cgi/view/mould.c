/* view/mould.c */
#include "view/mould.h"

#include "base/arena.h"
#include "base/log.h"
#include "view/hdf.h"

#include <stdlib.h>
#include <string.h>

/* The mark of value i is the code point U+E000 + i, of the private use area: no text of a template
 * has it, and nothing escapes it. */
enum { MARK_BYTES = 3, CASTS_BYTES = 4096, NO_VALUE = -1 };

struct piece {
    const char *text;
    size_t len;
    int value; /* what follows the text; NO_VALUE behind the last */
};

struct cast {
    enum lang lang;
    uint32_t there; /* bit i: value i is not empty */
    struct piece *pieces;
    size_t count;
    struct cast *next;
};

struct mould {
    struct templates *templates;
    const char *page;
    const char *const *names;
    int name_count;
    struct arena *arena; /* of the casts */
    struct cast *casts;
};

struct mould_value mould_text(const char *text)
{
    return (struct mould_value){ text, false };
}

struct mould_value mould_html(const struct view_html *html)
{
    return (struct mould_value){ html != NULL ? html->text : NULL, true };
}

struct mould *mould_new(struct templates *t, const char *page, const char *const *names)
{
    struct mould *m = calloc(1, sizeof(*m));

    if (m == NULL)
        log_die("no memory for a mould");
    m->templates = t;
    m->page = page;
    m->names = names;
    while (names[m->name_count] != NULL && m->name_count < MOULD_VALUES_MAX)
        m->name_count++;
    m->arena = arena_new(CASTS_BYTES);
    return m;
}

void mould_free(struct mould *m)
{
    if (m == NULL)
        return;
    arena_free(m->arena);
    free(m);
}

void mould_forget(struct mould *m)
{
    arena_clear(m->arena);
    m->casts = NULL;
}

/* -- casting ------------------------------------------------------------------------------------
 */

static void put_mark(int value, char out[MARK_BYTES + 1])
{
    out[0] = '\xee';
    out[1] = '\x80';
    out[2] = (char)(0x80 + value);
    out[3] = '\0';
}

static int mark_at(const char *text)
{
    const int value = (unsigned char)text[0] == 0xee && (unsigned char)text[1] == 0x80
                          ? (unsigned char)text[2] - 0x80
                          : NO_VALUE;

    return value >= 0 && value < MOULD_VALUES_MAX ? value : NO_VALUE;
}

static void set_marks(const struct mould *m, uint32_t there, struct view *scratch)
{
    struct view *row = view_at(scratch, "row");
    char mark[MARK_BYTES + 1];

    for (int i = 0; i < m->name_count; i++) {
        if ((there >> i & 1) == 0)
            continue;
        put_mark(i, mark);
        if (view_name_is_html(m->names[i]))
            view_html(row, m->names[i], &(struct view_html){ mark });
        else
            view_text(row, m->names[i], mark);
    }
}

/* Cuts TEXT at its marks. */
static void cut(struct arena *a, const char *text, struct cast *cast)
{
    const char *from = text, *at = text;
    size_t marks = 0;

    for (const char *p = text; *p != '\0'; p++)
        marks += mark_at(p) != NO_VALUE;
    cast->pieces = arena_array(a, marks + 1, sizeof(*cast->pieces));
    for (; *at != '\0'; at++) {
        const int value = mark_at(at);

        if (value == NO_VALUE)
            continue;
        cast->pieces[cast->count++] = (struct piece){ from, (size_t)(at - from), value };
        from = at + MARK_BYTES;
        at = from - 1;
    }
    cast->pieces[cast->count++] = (struct piece){ from, (size_t)(at - from), NO_VALUE };
}

static struct err *make_cast(struct mould *m, enum lang lang, uint32_t there, struct view *scratch,
                             struct cast **out)
{
    struct view_html *html = NULL;
    struct cast *cast;

    view_reset(scratch);
    set_marks(m, there, scratch);
    TRY(template_part(m->templates, m->page, lang, scratch, &html));
    cast = arena_alloc(m->arena, sizeof(*cast));
    cast->lang = lang;
    cast->there = there;
    cut(m->arena, arena_dup(m->arena, html->text), cast);
    cast->next = m->casts;
    m->casts = cast;
    view_html_free(html);
    *out = cast;
    return NULL;
}

/* To the front: rows that look alike follow each other. */
static struct err *find_cast(struct mould *m, enum lang lang, uint32_t there, struct view *scratch,
                             struct cast **out)
{
    for (struct cast **at = &m->casts; *at != NULL; at = &(*at)->next) {
        struct cast *cast = *at;

        if (cast->there != there || cast->lang != lang)
            continue;
        *at = cast->next;
        cast->next = m->casts;
        m->casts = cast;
        *out = cast;
        return NULL;
    }
    return err_pass(make_cast(m, lang, there, scratch, out));
}

/* -- filling ------------------------------------------------------------------------------------
 */

static void put_value(struct buf *out, const struct mould_value *value)
{
    if (value->is_html)
        buf_puts(out, value->text);
    else
        view_escape(out, value->text);
}

struct err *mould_fill(struct mould *m, enum lang lang, const struct mould_value *values,
                       struct view *scratch, struct buf *out)
{
    struct cast *cast = NULL;
    uint32_t there = 0;

    for (int i = 0; i < m->name_count; i++)
        if (values[i].text != NULL && values[i].text[0] != '\0')
            there |= 1U << i;
    TRY(find_cast(m, lang, there, scratch, &cast));
    for (size_t i = 0; i < cast->count; i++) {
        buf_add(out, cast->pieces[i].text, cast->pieces[i].len);
        if (cast->pieces[i].value != NO_VALUE)
            put_value(out, &values[cast->pieces[i].value]);
    }
    return out->failed ? err_raise(ERR_TOO_LARGE, "the rows do not fit their buffer") : NULL;
}
