/* view/parsed.c - a tree stands on the one around it in two ways.
 *
 * Its calls lead to that one's macros: the engine keeps a parse's macros as a chain, new ones in
 * front, so a parse that begins with another's chain finds them, and gives back its own part only.
 * And a frame is printed around it: the frame's parse has a text of its own where the page belongs,
 * and whoever prints that text prints the page instead.  All includes are resolved at parsing:
 * rendering opens no file. */
#include "view/parsed.h"

#include "base/log.h"
#include "base/str.h"
#include "view/file.h"
#include "view/hdf.h"
#include "view/macros.h"
#include "view/message.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OFFSET_DIGITS_MAX = 9 };

static const char page_place[] = "(page)"; /* what Page.Template is while a frame is parsed */

/* A file that a tree was made of. */
struct source {
    char *name;
    struct stat seen;
    struct message_lines lines; /* while parsing only */
    struct source *next;
};

struct parsed {
    char *folder, *file;
    CSPARSE *cs;
    HDF *skeleton;
    struct source *sources;
    struct parsed *around;
    const char *place; /* of a frame: the text in whose stead the page is printed */
};

/* What a tree is being made with, while ClearSilver asks for files. */
struct loading {
    const struct parsed_input *in;
    struct parsed *tree;
    const struct macros *macros;
    struct err *error; /* ours is better than the engine's */
};

/* -- files
 * ----------------------------------------------------------------------------------------- */

static const struct source *find_source(const struct parsed *tree, const char *name)
{
    const struct source *source = tree->sources;

    while (source != NULL && !str_eq(source->name, name))
        source = source->next;
    return source;
}

/* What a library has is called, not included again; a frame's files hold texts, too. */
static bool is_in_library(const struct parsed *around, const char *name)
{
    for (; around != NULL; around = around->around)
        if (!parsed_is_frame(around) && find_source(around, name) != NULL)
            return true;
    return false;
}

static struct source *add_source(struct parsed *tree, const char *name)
{
    struct source *source = view_need_zeroed(sizeof(*source));

    source->name = view_need_dup(name);
    source->next = tree->sources;
    tree->sources = source;
    return source;
}

/* The text of template NAME with messages and assets put in, to be freed by the engine. */
static struct err *load_file(struct loading *loading, const char *name, char **text_out)
{
    const struct parsed_input *in = loading->in;
    struct source *source = add_source(loading->tree, name);
    struct buf raw, folded, prepared;
    char path[FILE_PATH_BYTES];
    struct err *e;

    buf_init(&raw, 4096, FILE_BYTES_MAX);
    buf_init(&folded, 4096, 2 * FILE_BYTES_MAX);
    buf_init(&prepared, 4096, 2 * FILE_BYTES_MAX);
    TRY_TO(done, e, file_path(in->folder, name, path));
    TRY_TO(done, e, file_read(path, &source->seen, &raw));
    macros_fold(loading->macros, raw.data, &folded);
    TRY_TO(done, e,
           message_prepare(&(struct message_input){ .name = name,
                                                    .text = folded.data,
                                                    .len = folded.len,
                                                    .lang = in->lang,
                                                    .plain = in->plain,
                                                    .asset = in->asset,
                                                    .asset_arg = in->asset_arg },
                           &prepared, &source->lines));
    *text_out = view_need_dup(prepared.data);
done:
    buf_free(&prepared);
    buf_free(&folded);
    buf_free(&raw);
    return e;
}

static NEOERR *load_for_engine(void *arg, HDF *hdf, const char *name, char **contents)
{
    struct loading *loading = arg;
    struct err *e = NULL;

    (void)hdf;
    if (str_eq(name, page_place))
        loading->tree->place = *contents = view_need_dup(page_place);
    else if (is_in_library(loading->in->around, name))
        *contents = view_need_dup("");
    else
        e = load_file(loading, name, contents);
    if (e == NULL)
        return STATUS_OK;
    if (loading->error == NULL)
        loading->error = e;
    else
        err_ignore(e); /* the first fault is the one to mend */
    return nerr_raise(NERR_IO, "%s could not be loaded", name);
}

static bool is_changed(const char *folder, const struct source *source)
{
    char path[FILE_PATH_BYTES];
    struct stat now;

    snprintf(path, sizeof(path), "%s/%s", folder, source->name);
    return stat(path, &now) != 0 || now.st_mtim.tv_sec != source->seen.st_mtim.tv_sec ||
           now.st_mtim.tv_nsec != source->seen.st_mtim.tv_nsec ||
           now.st_size != source->seen.st_size || now.st_ino != source->seen.st_ino;
}

bool parsed_is_outdated(const struct parsed *tree)
{
    for (; tree != NULL; tree = tree->around)
        for (const struct source *source = tree->sources; source != NULL; source = source->next)
            if (is_changed(tree->folder, source))
                return true;
    return false;
}

struct parsed *parsed_around(const struct parsed *tree)
{
    return tree->around;
}

bool parsed_is_frame(const struct parsed *tree)
{
    return tree->place != NULL;
}

/* -- parsing
 * --------------------------------------------------------------------------------------- */

static void forget_lines(struct parsed *tree)
{
    for (struct source *source = tree->sources; source != NULL; source = source->next)
        message_lines_free(&source->lines);
}

/* The engine would free the chain to its end, macros of other trees with it. */
static void leave_macros(struct parsed *tree)
{
    const CS_MACRO *others = tree->around != NULL ? tree->around->cs->macros : NULL;
    CS_MACRO **link = &tree->cs->macros;

    while (*link != NULL && *link != others)
        link = &(*link)->next;
    *link = NULL;
}

void parsed_free(struct parsed *tree)
{
    if (tree == NULL)
        return;
    if (tree->cs != NULL)
        leave_macros(tree);
    cs_destroy(&tree->cs);
    hdf_destroy(&tree->skeleton);
    forget_lines(tree);
    while (tree->sources != NULL) {
        struct source *source = tree->sources;
        tree->sources = source->next;
        free(source->name);
        free(source);
    }
    free(tree->folder);
    free(tree->file);
    free(tree);
}

/* The engine says "[layout/form.cs:1234]" or "[layout/form.cs:~1234]" and counts bytes of the
 * prepared text: adds the line that people see. */
static struct err *with_line(const struct parsed *tree, struct err *engine_error)
{
    const char *text = err_message(engine_error);
    size_t offset;
    struct err *e;

    for (const struct source *source = tree->sources; source != NULL; source = source->next) {
        const char *place = strstr(text, source->name);
        const char *digits = place != NULL ? place + strlen(source->name) : "";
        if (digits[0] != ':')
            continue;
        digits += digits[1] == '~' ? 2 : 1;
        if (*digits < '0' || *digits > '9' || strspn(digits, "0123456789") > OFFSET_DIGITS_MAX)
            continue;
        /* It looks behind the tag that it complains of. */
        offset = strtoul(digits, NULL, 10);
        e = err_raise(ERR_CONFIG, "%s:%d: %s", source->name,
                      message_line_at(&source->lines, offset > 0 ? offset - 1 : 0), text);
        err_free(engine_error);
        return e;
    }
    return engine_error;
}

static struct err *parse(struct loading *loading)
{
    struct parsed *tree = loading->tree;
    struct err *e;

    TRY(view_err(hdf_init(&tree->skeleton)));
    TRY(view_err(hdf_set_value(tree->skeleton, "Page.Template", page_place)));
    TRY(view_err(hdf_set_value(tree->skeleton, "Config.VarEscapeMode",
                               loading->in->plain ? "none" : "html")));
    TRY(view_err(cs_init(&tree->cs, tree->skeleton))); /* reads the escape mode now or never */
    if (tree->around != NULL)
        tree->cs->macros = tree->around->cs->macros;
    cs_register_fileload(tree->cs, loading, load_for_engine);
    e = view_err(cs_parse_file(tree->cs, tree->file));
    if (e != NULL && loading->error != NULL) {
        err_free(e);
        return err_pass(loading->error);
    }
    return e != NULL ? err_pass(with_line(tree, e)) : NULL;
}

static struct err *read_raw(void *folder, const char *name, struct buf *out)
{
    char path[FILE_PATH_BYTES];
    struct stat seen;

    TRY(file_path(folder, name, path));
    return err_pass(file_read(path, &seen, out));
}

/* The outermost first: what is defined there is called within. */
static void read_macros(struct macros *m, const struct parsed *tree)
{
    if (tree->around != NULL)
        read_macros(m, tree->around);
    macros_read_file(m, tree->file);
}

struct err *parsed_new(const struct parsed_input *in, struct parsed **out)
{
    struct parsed *tree = view_need_zeroed(sizeof(*tree));
    struct macros *macros;
    struct err *e;

    tree->folder = view_need_dup(in->folder);
    tree->file = view_need_dup(in->file);
    tree->around = in->around;
    macros = macros_new(read_raw, tree->folder);
    read_macros(macros, tree);
    e = parse(&(struct loading){ .in = in, .tree = tree, .macros = macros });
    macros_free(macros);
    forget_lines(tree);
    if (e != NULL) {
        parsed_free(tree);
        return err_pass(e);
    }
    *out = tree;
    return NULL;
}

/* -- rendering
 * ------------------------------------------------------------------------------------- */

struct rendering {
    struct buf *out;
    HDF *values;
    struct parsed *page; /* NULL: a file without a frame, or the page of one */
    const char *place;
};

static NEOERR *write_piece(void *arg, char *text);

static NEOERR *render_with(struct parsed *tree, struct rendering *rendering)
{
    NEOERR *e;

    tree->cs->hdf = rendering->values;
    tree->cs->locals = NULL; /* a render that failed may have left some */
    e = cs_render(tree->cs, rendering, write_piece);
    tree->cs->hdf = tree->skeleton;
    return nerr_pass(e);
}

/* The text is compared by its address: no value has it. */
static NEOERR *write_piece(void *arg, char *text)
{
    struct rendering *rendering = arg;

    if (text != rendering->place) {
        buf_puts(rendering->out, text);
        return STATUS_OK;
    }
    return nerr_pass(
        render_with(rendering->page,
                    &(struct rendering){ .out = rendering->out, .values = rendering->values }));
}

static bool has_frame(const struct parsed *tree)
{
    return tree->around != NULL && parsed_is_frame(tree->around);
}

struct err *parsed_render(struct parsed *tree, struct view *values, struct buf *out)
{
    struct rendering rendering = { .out = out, .values = view_hdf(values) };
    size_t before = out->len;
    struct err *e;

    TRY(view_take_error(values));
    if (has_frame(tree)) {
        rendering.page = tree;
        rendering.place = tree->around->place;
    }
    view_memory_enter(view_memory_of(values));
    e = view_err(render_with(has_frame(tree) ? tree->around : tree, &rendering));
    view_memory_leave();
    if (e == NULL && out->failed)
        e = err_raise(ERR_TOO_LARGE, "the page does not fit its buffer");
    if (e == NULL)
        return NULL;
    if (!out->failed) {
        out->len = before;
        out->data[before] = '\0';
    }
    return err_pass(e);
}
