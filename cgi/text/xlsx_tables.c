/* text/xlsx_tables.c - what cells name by number: the texts that they share, and their formats. */
#include "text/xlsx_inside.h"

#include "base/log.h"
#include "base/str.h"

#include <stdlib.h>
#include <string.h>

enum { STYLES_BYTES_MOST = 16 * 1024 * 1024, CUSTOM_FORMATS_MOST = 1000 };

/* -- escapes -------------------------------------------------------------------------------------
 */

static int hex_of(char c)
{
    const char *digits = "0123456789abcdef",
               *at = strchr(digits, c | ('A' <= c && c <= 'F' ? 32 : 0));

    return c != '\0' && at != NULL ? (int)(at - digits) : -1;
}

/* The code of "_x000D_" at TEXT, or -1. */
static int escaped(const char *text)
{
    int code = 0;

    if (text[0] != '_' || text[1] != 'x')
        return -1;
    for (int i = 2; i < 6; i++) {
        const int digit = hex_of(text[i]);

        if (digit < 0)
            return -1;
        code = 16 * code + digit;
    }
    return text[6] == '_' ? code : -1;
}

/* At most three bytes of UTF-8, where seven stood. */
static char *put_code(char *to, int code)
{
    if (code < 0x80) {
        if (code >= 0x20 || code == '\t' || code == '\n')
            *to++ = (char)code;
    } else if (code < 0x800) {
        *to++ = (char)(0xC0 | code >> 6);
        *to++ = (char)(0x80 | (code & 0x3F));
    } else {
        *to++ = (char)(0xE0 | code >> 12);
        *to++ = (char)(0x80 | (code >> 6 & 0x3F));
        *to++ = (char)(0x80 | (code & 0x3F));
    }
    return to;
}

void xlsx_unescape(char *text)
{
    char *to = text;

    while (*text != '\0') {
        const int code = escaped(text);

        if (code < 0 || (code >= 0xD800 && code <= 0xDFFF)) {
            *to++ = *text++;
            continue;
        }
        to = put_code(to, code);
        text += 7;
    }
    *to = '\0';
}

/* -- shared texts --------------------------------------------------------------------------------
 */

struct texts {
    struct xlsx_strings *kept;
    bool in_item, in_text;
    int phonetic; /* how to read the text: no part of it */
};

static void start_item(struct texts *t)
{
    struct xlsx_strings *kept = t->kept;

    if (kept->count == kept->room) {
        kept->room = kept->room == 0 ? 256 : 2 * kept->room;
        kept->starts = realloc(kept->starts, kept->room * sizeof(*kept->starts));
        if (kept->starts == NULL)
            log_die("out of memory");
    }
    kept->starts[kept->count++] = (uint32_t)kept->text.len;
    t->in_item = true;
}

static void start_texts(struct xlsx_part *part, const char *name, const char **attributes)
{
    struct texts *t = part->arg;

    (void)attributes;
    if (str_eq(name, "si")) {
        t->kept->cut = t->kept->count == XLSX_STRINGS_MOST;
        if (t->kept->cut)
            xlsx_part_stop(part);
        else if (!t->in_item)
            start_item(t);
    }
    t->phonetic += str_eq(name, "rPh");
    t->in_text = t->in_item && t->phonetic == 0 && str_eq(name, "t");
}

static void end_texts(struct xlsx_part *part, const char *name)
{
    struct texts *t = part->arg;

    t->in_text = false;
    t->phonetic -= str_eq(name, "rPh");
    if (!str_eq(name, "si") || !t->in_item)
        return;
    t->in_item = false;
    buf_putc(&t->kept->text, '\0');
}

static void add_text(struct xlsx_part *part, const char *text, size_t len)
{
    struct texts *t = part->arg;

    if (!t->in_text)
        return;
    if (t->kept->text.len + len < XLSX_STRING_BYTES_MOST) {
        buf_add(&t->kept->text, text, len);
        return;
    }
    t->kept->count--;
    t->kept->cut = true;
    xlsx_part_stop(part);
}

static const struct xlsx_handlers texts = { start_texts, end_texts, add_text, XLSX_UNPACKED_MOST };

struct err *xlsx_strings_read(struct text_xlsx *x)
{
    struct texts t = { .kept = &x->strings };
    bool found;

    buf_init(&x->strings.text, 4096, 0);
    if (x->strings_path == NULL)
        return NULL;
    TRY(xlsx_part_read(x, x->strings_path, &texts, &t, &found));
    return NULL;
}

/* -- styles --------------------------------------------------------------------------------------
 */

struct custom {
    long id;
    unsigned char format;
};

struct styles {
    struct text_xlsx *x;
    struct custom *customs;
    size_t custom_count, custom_room, room;
    bool in_cells; /* not in the formats of named styles */
};

static void *grown(void *list, size_t count, size_t *room, size_t bytes)
{
    if (count < *room)
        return list;
    *room = *room == 0 ? 64 : 2 * *room;
    list = realloc(list, *room * bytes);
    if (list == NULL)
        log_die("out of memory");
    return list;
}

static void add_custom(struct styles *s, const char *id, const char *code)
{
    if (id == NULL || code == NULL || s->custom_count == CUSTOM_FORMATS_MOST)
        return;
    s->customs = grown(s->customs, s->custom_count, &s->custom_room, sizeof(*s->customs));
    s->customs[s->custom_count++] =
        (struct custom){ strtol(id, NULL, 10), xlsx_format_of_code(code) };
}

static unsigned char format_of(const struct styles *s, const char *id_text)
{
    const long id = id_text != NULL ? strtol(id_text, NULL, 10) : 0;

    for (size_t i = s->custom_count; i > 0; i--)
        if (s->customs[i - 1].id == id)
            return s->customs[i - 1].format;
    return xlsx_format_builtin(id);
}

static void start_styles(struct xlsx_part *part, const char *name, const char **attributes)
{
    struct styles *s = part->arg;
    struct text_xlsx *x = s->x;

    if (str_eq(name, "numFmt"))
        add_custom(s, xlsx_attribute(attributes, "numFmtId"),
                   xlsx_attribute(attributes, "formatCode"));
    s->in_cells = s->in_cells || str_eq(name, "cellXfs");
    if (!s->in_cells || !str_eq(name, "xf") || x->format_count == XLSX_STYLES_MOST)
        return;
    x->formats = grown(x->formats, x->format_count, &s->room, 1);
    x->formats[x->format_count++] = format_of(s, xlsx_attribute(attributes, "numFmtId"));
}

static void end_styles(struct xlsx_part *part, const char *name)
{
    struct styles *s = part->arg;

    if (str_eq(name, "cellXfs"))
        s->in_cells = false;
}

static const struct xlsx_handlers styles = { start_styles, end_styles, NULL, STYLES_BYTES_MOST };

struct err *xlsx_styles_read(struct text_xlsx *x)
{
    struct styles s = { .x = x };
    struct err *e = NULL;
    bool found;

    if (x->styles_path != NULL)
        e = xlsx_part_read(x, x->styles_path, &styles, &s, &found);
    free(s.customs);
    return err_pass(e);
}
