/* view/message.c - see message.h.  Knows as little of ClearSilver's language as it can: where a tag
 * begins and ends, and which tags print nothing. */
#include "view/message.h"

#include "base/log.h"
#include "base/str.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define TAG_BEGIN "<?cs"
#define TAG_END   "?>"

enum { MESSAGE_VALUES_MAX = 9, LINES_FIRST = 128 };

static const char *const silent_tags[] = { "if",    "elif",  "else",  "each",    "loop",
                                           "with",  "def",   "set",   "include", "/if",
                                           "/each", "/loop", "/with", "/def",    "/escape" };

struct message_parts {
    char *text; /* owned; values[] point into it */
    const char *values[MESSAGE_VALUES_MAX];
    int value_count;
};

struct prepare {
    const struct message_input *in;
    const char *at, *end;
    struct buf *out;
    struct message_lines *lines;
    int line;
    bool tag_open;
    /* the line so far */
    bool has_text, has_silent_tag;
    bool indenting; /* nothing but blanks yet */
    bool after_def; /* a macro's end is the last thing on it */
};

static struct err *fault(const struct prepare *p, const char *what, const char *about)
{
    return err_raise(ERR_CONFIG, "%s:%d: %s%s", p->in->name, p->line, what, about);
}

static void line_begins(struct prepare *p)
{
    struct message_lines *lines = p->lines;

    p->line++;
    if (lines == NULL)
        return;
    if (lines->count == lines->cap) {
        lines->cap = lines->cap != 0 ? 2 * lines->cap : LINES_FIRST;
        lines->offsets = reallocarray(lines->offsets, lines->cap, sizeof(*lines->offsets));
        if (lines->offsets == NULL)
            log_die("no memory for a template");
    }
    lines->offsets[lines->count++] = p->out->len;
}

static bool looking_at(const struct prepare *p, const char *word)
{
    size_t len = strlen(word);

    return (size_t)(p->end - p->at) >= len && memcmp(p->at, word, len) == 0;
}

static const char *tag_word(const char *tag)
{
    return tag + strspn(tag, " \t\r\n");
}

static bool tag_is_silent(const char *tag)
{
    size_t len;

    tag = tag_word(tag);
    len = strcspn(tag, ": \t\r\n?");
    for (size_t i = 0; i < ARRAY_LEN(silent_tags); i++)
        if (strlen(silent_tags[i]) == len && memcmp(silent_tags[i], tag, len) == 0)
            return true;
    return false;
}

/* -- messages
 * -------------------------------------------------------------------------------------- */

/* What stands between the braces, its line breaks and runs of spaces made one space. */
static char *folded(const char *begin, const char *end)
{
    char *text = malloc((size_t)(end - begin) + 1);
    char *to = text;

    if (text == NULL)
        log_die("no memory for a template");
    for (const char *from = begin; from < end; from++) {
        bool space = isspace((unsigned char)*from);
        if (space && (to == text || to[-1] == ' '))
            continue;
        *to++ = space ? ' ' : *from;
    }
    while (to > text && to[-1] == ' ')
        to--;
    *to = '\0';
    return text;
}

static bool is_value_name(const char *name)
{
    for (const char *c = name; *c != '\0'; c++)
        if (!isalnum((unsigned char)*c) && *c != '_' && *c != '.')
            return false;
    return *name != '\0';
}

/* Splits "Sent by %s|Deal.Sender". */
static struct err *split(const struct prepare *p, struct message_parts *parts)
{
    char *rest = parts->text;
    char *name;

    strsep(&rest, "|");
    while ((name = strsep(&rest, "|")) != NULL) {
        if (parts->value_count == MESSAGE_VALUES_MAX)
            return fault(p, "more values than a message may have: ", parts->text);
        if (!is_value_name(name))
            return fault(p, "no name of a value: ", name);
        parts->values[parts->value_count++] = name;
    }
    return NULL;
}

static void add_char(struct prepare *p, char c)
{
    char text[2] = { c, '\0' };

    if (p->tag_open || p->in->plain)
        buf_putc(p->out, c);
    else
        buf_html(p->out, text);
}

static void add_value(struct prepare *p, const char *name)
{
    if (p->tag_open)
        buf_printf(p->out, "\" + %s + \"", name);
    else
        buf_printf(p->out, TAG_BEGIN " var:%s " TAG_END, name);
}

/* One placeholder, "%s" or "%2$s"; *AT is moved behind it. */
static struct err *add_placeholder(struct prepare *p, const struct message_parts *parts,
                                   const char **at, int *next)
{
    const char *c = *at + 1;
    int index = *next;

    if (*c == '%') {
        add_char(p, '%');
        *at = c + 1;
        return NULL;
    }
    if (*c >= '1' && *c <= '9' && c[1] == '$') {
        index = *c - '1';
        c += 2;
    } else {
        (*next)++;
    }
    if (*c != 's' || index >= parts->value_count)
        return fault(p, "a placeholder without its value: ", parts->text);
    add_value(p, parts->values[index]);
    *at = c + 1;
    return NULL;
}

static struct err *add_message(struct prepare *p, const struct message_parts *parts)
{
    const char *text = lang_tr(p->in->lang, parts->text);
    int next = 0;

    if (parts->text[0] == '\0')
        return fault(p, "an empty message", "");
    if (p->tag_open && (strchr(text, '"') != NULL || strstr(text, TAG_END) != NULL))
        return fault(p, "a quotation mark in a message within a tag: ", text);
    while (*text != '\0') {
        if (*text == '%' && parts->value_count > 0)
            TRY(add_placeholder(p, parts, &text, &next));
        else
            add_char(p, *text++);
    }
    return NULL;
}

static struct err *add_asset(struct prepare *p, const char *name)
{
    const char *address = p->in->asset(p->in->asset_arg, name);

    if (address == NULL)
        return fault(p, "no such asset: ", name);
    buf_puts(p->out, address);
    return NULL;
}

static struct err *read_braces(struct prepare *p)
{
    const char *begin = p->at + 2;
    const char *close = memmem(begin, (size_t)(p->end - begin), "}}", 2);
    struct message_parts parts = { 0 };
    struct err *e;

    if (close == NULL)
        return fault(p, "a message without its end", "");
    parts.text = folded(begin, close);
    if (str_starts(parts.text, "asset:"))
        e = add_asset(p, parts.text + strlen("asset:"));
    else if ((e = split(p, &parts)) == NULL)
        e = add_message(p, &parts);
    free(parts.text);
    for (; p->at < close + 2; p->at++)
        if (*p->at == '\n')
            line_begins(p);
    p->has_text = true;
    p->indenting = false;
    return err_pass(e);
}

/* -- tags and text
 * --------------------------------------------------------------------------------- */

static struct err *read_tag(struct prepare *p)
{
    const char *inner = p->at + strlen(TAG_BEGIN);
    const char *close = memmem(inner, (size_t)(p->end - inner), TAG_END, strlen(TAG_END));
    bool comment;

    if (close == NULL)
        return fault(p, "a tag without its end", "");
    close += strlen(TAG_END);
    comment = *tag_word(inner) == '#';
    if (comment || tag_is_silent(inner))
        p->has_silent_tag = true;
    else
        p->has_text = true;
    p->tag_open = true;
    p->indenting = false;
    while (p->at < close) {
        if (!comment && looking_at(p, "{{")) {
            TRY(read_braces(p));
            continue;
        }
        if (!comment)
            buf_putc(p->out, *p->at);
        if (*p->at++ == '\n')
            line_begins(p);
    }
    p->tag_open = false;
    p->after_def = str_starts(tag_word(inner), "/def");
    return NULL;
}

static void read_newline(struct prepare *p)
{
    bool needless = p->after_def || (!p->has_text && (p->has_silent_tag || !p->in->plain));

    if (!needless)
        buf_putc(p->out, '\n');
    p->at++;
    line_begins(p);
    p->has_text = p->has_silent_tag = p->after_def = false;
    p->indenting = true;
}

static void read_char(struct prepare *p)
{
    bool blank = *p->at == ' ' || *p->at == '\t';

    p->indenting = p->indenting && blank;
    /* Indentation is for whoever reads the template. */
    if (!p->indenting || p->in->plain)
        buf_putc(p->out, *p->at);
    p->has_text = p->has_text || !blank;
    p->after_def = p->after_def && blank;
    p->at++;
}

struct err *message_prepare(const struct message_input *in, struct buf *out,
                            struct message_lines *lines)
{
    struct prepare p = {
        .in = in, .at = in->text, .end = in->text + in->len, .out = out, .lines = lines
    };

    line_begins(&p);
    p.indenting = true;
    while (p.at < p.end) {
        if (looking_at(&p, TAG_BEGIN))
            TRY(read_tag(&p));
        else if (looking_at(&p, "{{"))
            TRY(read_braces(&p));
        else if (*p.at == '\n')
            read_newline(&p);
        else
            read_char(&p);
    }
    return out->failed ? err_raise(ERR_CONFIG, "%s is too long for a template", in->name) : NULL;
}

int message_line_at(const struct message_lines *lines, size_t offset)
{
    size_t line = lines->count;

    while (line > 1 && lines->offsets[line - 1] > offset)
        line--;
    return line > 0 ? (int)line : 1;
}

void message_lines_free(struct message_lines *lines)
{
    free(lines->offsets);
    *lines = (struct message_lines){ 0 };
}
