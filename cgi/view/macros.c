/* view/macros.c */
#include "view/macros.h"

#include "base/arena.h"
#include "base/log.h"
#include "base/str.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_FIRST_BYTES = 16 * 1024, ARENA_BYTES = 64 * 1024 };

static const char def_begin[] = "<?cs def:", def_end[] = "<?cs /def ?>";

struct name {
    const char *text;
    struct name *next;
};

struct macro {
    const char *name, *body;
    size_t body_len;
    struct macro *next;
};

struct macros {
    struct arena *arena;
    struct name *files;
    struct macro *defined;
    macros_read *read;
    void *arg;
};

/* A definition within a text. */
struct def {
    const char *begin, *name, *body, *end; /* END is behind its last tag */
    size_t name_len, body_len;
};

static size_t name_len(const char *text)
{
    size_t len = 0;

    while (isalnum((unsigned char)text[len]) || text[len] == '_')
        len++;
    return len;
}

static bool next_def(const char *text, struct def *out)
{
    const char *end, *begin = strstr(text, def_begin);

    if (begin == NULL)
        return false;
    end = strstr(begin, def_end);
    if (end == NULL)
        return false;
    out->begin = begin;
    out->name = begin + strlen(def_begin);
    out->name_len = name_len(out->name);
    out->body = out->name + out->name_len;
    out->body_len = (size_t)(end - out->body);
    out->end = end + strlen(def_end);
    return true;
}

/* False when it was there. */
static bool add_file(struct macros *m, const char *text)
{
    struct name *name;

    for (const struct name *known = m->files; known != NULL; known = known->next)
        if (str_eq(known->text, text))
            return false;
    name = arena_alloc(m->arena, sizeof(*name));
    name->text = arena_dup(m->arena, text);
    name->next = m->files;
    m->files = name;
    return true;
}

/* -- reading ------------------------------------------------------------------------------------
 */

static void read_includes(struct macros *m, const char *text)
{
    static const char include[] = "include:";

    for (const char *p = strstr(text, include); p != NULL; p = strstr(p, include)) {
        p += strlen(include);
        if (*p == '"')
            macros_read_file(m, arena_dup_bytes(m->arena, p + 1, strcspn(p + 1, "\"")));
    }
}

static void note_defs(struct macros *m, const char *text)
{
    struct def def;

    for (; next_def(text, &def); text = def.end) {
        struct macro *macro = arena_alloc(m->arena, sizeof(*macro));

        macro->name = arena_dup_bytes(m->arena, def.name, def.name_len);
        macro->body = def.body;
        macro->body_len = def.body_len;
        macro->next = m->defined;
        m->defined = macro;
    }
}

void macros_read_file(struct macros *m, const char *name)
{
    struct buf text;
    struct err *e;

    if (!add_file(m, name))
        return;
    buf_init(&text, FILE_FIRST_BYTES, 0);
    e = m->read(m->arg, name, &text);
    if (e == NULL) {
        const char *kept = arena_dup(m->arena, text.data);

        note_defs(m, kept);
        read_includes(m, kept);
    }
    err_free(e);
    buf_free(&text);
}

struct macros *macros_new(macros_read *read, void *arg)
{
    struct macros *m = calloc(1, sizeof(*m));

    if (m == NULL)
        log_die("no memory for templates");
    *m = (struct macros){ .arena = arena_new(ARENA_BYTES), .read = read, .arg = arg };
    return m;
}

void macros_free(struct macros *m)
{
    if (m == NULL)
        return;
    arena_free(m->arena);
    free(m);
}

/* -- folding ------------------------------------------------------------------------------------
 */

/* A call as  <?cs call:NAME("WORD") ?>. */
struct call {
    const char *begin, *name, *word, *end; /* END is behind its tag */
    size_t name_len, word_len;
};

static const char call_begin[] = "<?cs call:", word_begin[] = "(\"", word_end[] = "\") ?>";

/* Letters that no context escapes. */
static size_t plain_word_len(const char *text)
{
    return strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-");
}

/* The next call of this kind; others are passed over. */
static bool next_call(const char *text, struct call *out)
{
    while ((text = strstr(text, call_begin)) != NULL) {
        *out = (struct call){ .begin = text, .name = text + strlen(call_begin) };
        out->name_len = name_len(out->name);
        text = out->name + out->name_len;
        if (!str_starts(text, word_begin))
            continue;
        out->word = text + strlen(word_begin);
        out->word_len = plain_word_len(out->word);
        text = out->word + out->word_len;
        out->end = text + strlen(word_end);
        if (out->word_len > 0 && str_starts(text, word_end))
            return true;
    }
    return false;
}

static const struct macro *macro_of(const struct macros *m, const struct call *call)
{
    const struct macro *macro = m->defined;

    while (macro != NULL && (strlen(macro->name) != call->name_len ||
                             memcmp(macro->name, call->name, call->name_len) != 0))
        macro = macro->next;
    return macro;
}

/* "(PARAMETER) ?>" at the front of a body: where the text behind it begins, and the tag that
 * writes the parameter; false when there are none or more. */
static bool parameter_of(struct arena *a, const struct macro *macro, const char **tag_out,
                         const char **text_out)
{
    const size_t len = macro->body[0] == '(' ? name_len(macro->body + 1) : 0;

    if (len == 0 || !str_starts(macro->body + 1 + len, ") ?>"))
        return false;
    *text_out = macro->body + 1 + len + strlen(") ?>");
    *tag_out = arena_join(a, "<?cs var:", arena_dup_bytes(a, macro->body + 1, len), " ?>", NULL);
    return true;
}

/* The body with WORD for its parameter; NULL when there is more to it than that. */
static const char *written_out(struct arena *a, const struct macro *macro, const char *word)
{
    const char *tag, *text, *end = macro->body + macro->body_len, *out = "";

    if (!parameter_of(a, macro, &tag, &text))
        return NULL;
    while (text < end) {
        const char *next = memmem(text, (size_t)(end - text), "<?cs", 4);
        const size_t plain = (size_t)((next != NULL ? next : end) - text);

        out = arena_join(a, out, arena_dup_bytes(a, text, plain), next != NULL ? word : "", NULL);
        text += plain;
        if (next != NULL && !str_starts(next, tag))
            return NULL;
        text += next != NULL ? strlen(tag) : 0;
    }
    return strchr(out, '\n') == NULL ? out : NULL;
}

void macros_fold(const struct macros *m, const char *text, struct buf *out)
{
    struct call call;

    for (; next_call(text, &call); text = call.end) {
        const struct macro *macro = macro_of(m, &call);
        const char *word = arena_dup_bytes(m->arena, call.word, call.word_len);
        const char *written = macro != NULL ? written_out(m->arena, macro, word) : NULL;

        buf_add(out, text, (size_t)(call.begin - text));
        if (written != NULL)
            buf_puts(out, written);
        else
            buf_add(out, call.begin, (size_t)(call.end - call.begin));
    }
    buf_puts(out, text);
}
