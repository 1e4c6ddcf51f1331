/* view/template.c - pages as parsed trees: one for each page, language and, for mails, form.
 *
 * A frame includes its page by Page.Template, which stands in the small data set that a tree is
 * parsed with; includes are resolved then, so a tree is complete and rendering opens no file. */
#include "view/template.h"

#include "base/log.h"
#include "base/str.h"
#include "view/hdf.h"
#include "view/macros.h"
#include "view/message.h"

#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    PATH_BYTES = 512,
    FILE_BYTES_MAX = 1024 * 1024,
    FRAME_BYTES = 32,
    OFFSET_DIGITS_MAX = 9,
};

struct asset {
    char *name, *address;
};

/* A file that a tree was made of. */
struct source {
    char *name;
    struct stat seen;
    struct message_lines lines; /* while parsing only */
    struct source *next;
};

struct tree {
    CSPARSE *cs;
    HDF *skeleton;
    struct source *sources;
};

struct page {
    char *name;
    bool is_mail;
    struct tree *trees[MAIL_PART_COUNT][LANG_COUNT]; /* a page that is no mail has the first part */
};

struct templates {
    char *folder;
    bool watch;
    struct asset *assets; /* by name */
    size_t asset_count;
    struct page **pages; /* by name */
    size_t page_count;
};

/* What a tree is being made with, while ClearSilver asks for files. */
struct loading {
    struct templates *templates;
    struct tree *tree;
    enum lang lang;
    bool plain;
    const struct macros *macros;
    struct err *error; /* ours is better than the engine's */
};

static const struct {
    const char *frame;
    bool plain;
} mail_frames[MAIL_PART_COUNT] = {
    [MAIL_HTML] = { "mail_html", false },
    [MAIL_TEXT] = { "mail_text", true },
    [MAIL_SUBJECT] = { "mail_subject", true },
};

static char *need_dup(const char *text)
{
    char *copy = strdup(text);

    if (copy == NULL)
        log_die("no memory for templates");
    return copy;
}

static void *need_zeroed(size_t size)
{
    void *p = calloc(1, size);

    if (p == NULL)
        log_die("no memory for templates");
    return p;
}

/* -- files
 * ----------------------------------------------------------------------------------------- */

static struct err *read_file(const char *path, struct stat *seen_out, struct buf *out)
{
    char piece[16 * 1024];
    struct err *e = NULL;
    ssize_t n;
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    if (fd < 0)
        return err_raise(ERR_CONFIG, "%s: %s", path, strerror(errno));
    if (fstat(fd, seen_out) != 0) {
        e = err_raise(ERR_IO, "%s: %s", path, strerror(errno));
        goto done;
    }
    while ((n = read(fd, piece, sizeof(piece))) > 0)
        buf_add(out, piece, (size_t)n);
    if (n < 0)
        e = err_raise(ERR_IO, "%s: %s", path, strerror(errno));
    else if (out->failed || strlen(out->data) != out->len)
        e = err_raise(ERR_CONFIG, "%s: too long, or no text", path);
done:
    close(fd);
    return e;
}

static struct err *path_of(const struct templates *t, const char *name, char out[PATH_BYTES])
{
    int len = snprintf(out, PATH_BYTES, "%s/%s", t->folder, name);

    if (name[0] == '/' || strstr(name, "..") != NULL || len >= PATH_BYTES)
        return err_raise(ERR_BUG, "\"%s\" is no name of a template", name);
    return NULL;
}

static struct err *read_by_name(void *templates, const char *name, struct buf *out)
{
    char path[PATH_BYTES];
    struct stat seen;

    TRY(path_of(templates, name, path));
    return err_pass(read_file(path, &seen, out));
}

static const char *find_asset(void *arg, const char *name)
{
    return template_asset(arg, name);
}

/* The text of template NAME with messages and assets put in, to be freed by the engine. */
static struct err *load_file(struct loading *loading, const char *name, char **text_out)
{
    struct source *source = need_zeroed(sizeof(*source));
    struct buf raw, folded, prepared;
    char path[PATH_BYTES];
    struct err *e;

    source->name = need_dup(name);
    source->next = loading->tree->sources;
    loading->tree->sources = source;
    buf_init(&raw, 4096, FILE_BYTES_MAX);
    buf_init(&folded, 4096, 2 * FILE_BYTES_MAX);
    buf_init(&prepared, 4096, 2 * FILE_BYTES_MAX);
    TRY_TO(done, e, path_of(loading->templates, name, path));
    TRY_TO(done, e, read_file(path, &source->seen, &raw));
    macros_drop(loading->macros, raw.data);
    macros_fold(loading->macros, raw.data, &folded);
    TRY_TO(done, e,
           message_prepare(&(struct message_input){ .name = name,
                                                    .text = folded.data,
                                                    .len = folded.len,
                                                    .lang = loading->lang,
                                                    .plain = loading->plain,
                                                    .asset = find_asset,
                                                    .asset_arg = loading->templates },
                           &prepared, &source->lines));
    *text_out = need_dup(prepared.data);
done:
    buf_free(&prepared);
    buf_free(&folded);
    buf_free(&raw);
    return e;
}

static NEOERR *load_for_engine(void *arg, HDF *hdf, const char *name, char **contents)
{
    struct loading *loading = arg;
    struct err *e = load_file(loading, name, contents);

    (void)hdf;
    if (e == NULL)
        return STATUS_OK;
    if (loading->error == NULL)
        loading->error = e;
    else
        err_ignore(e); /* the first fault is the one to mend */
    return nerr_raise(NERR_IO, "%s could not be loaded", name);
}

static bool is_outdated(const struct templates *t, const struct tree *tree)
{
    for (const struct source *source = tree->sources; source != NULL; source = source->next) {
        char path[PATH_BYTES];
        struct stat now;

        snprintf(path, sizeof(path), "%s/%s", t->folder, source->name);
        if (stat(path, &now) != 0 || now.st_mtim.tv_sec != source->seen.st_mtim.tv_sec ||
            now.st_mtim.tv_nsec != source->seen.st_mtim.tv_nsec ||
            now.st_size != source->seen.st_size || now.st_ino != source->seen.st_ino)
            return true;
    }
    return false;
}

/* -- trees
 * ----------------------------------------------------------------------------------------- */

static void forget_lines(struct tree *tree)
{
    for (struct source *source = tree->sources; source != NULL; source = source->next)
        message_lines_free(&source->lines);
}

static void tree_free(struct tree *tree)
{
    if (tree == NULL)
        return;
    cs_destroy(&tree->cs);
    hdf_destroy(&tree->skeleton);
    forget_lines(tree);
    while (tree->sources != NULL) {
        struct source *source = tree->sources;
        tree->sources = source->next;
        free(source->name);
        free(source);
    }
    free(tree);
}

/* The engine says "[layout/form.cs:1234]" or "[layout/form.cs:~1234]" and counts bytes of the
 * prepared text: adds the line that people see. */
static struct err *with_line(const struct tree *tree, struct err *engine_error)
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

static struct err *parse(struct loading *loading, const char *file, const char *page)
{
    struct tree *tree = loading->tree;
    struct err *e;

    TRY(view_err(hdf_init(&tree->skeleton)));
    TRY(view_err(hdf_set_value(tree->skeleton, "Page.Template", page)));
    TRY(view_err(
        hdf_set_value(tree->skeleton, "Config.VarEscapeMode", loading->plain ? "none" : "html")));
    TRY(view_err(cs_init(&tree->cs, tree->skeleton))); /* reads the escape mode now or never */
    cs_register_fileload(tree->cs, loading, load_for_engine);
    e = view_err(cs_parse_file(tree->cs, (char *)file));
    if (e != NULL && loading->error != NULL) {
        err_free(e);
        return err_pass(loading->error);
    }
    return e != NULL ? err_pass(with_line(tree, e)) : NULL;
}

static struct err *tree_new(struct templates *t, const char *page, const char *frame, bool plain,
                            enum lang lang, struct tree **out)
{
    struct tree *tree = need_zeroed(sizeof(*tree));
    struct macros *macros;
    char file[PATH_BYTES];
    struct err *e;

    snprintf(file, sizeof(file), "layout/frame_%s.cs", frame);
    macros = macros_find(read_by_name, t, file, page);
    e = parse(
        &(struct loading){
            .templates = t, .tree = tree, .lang = lang, .plain = plain, .macros = macros },
        file, page);
    macros_free(macros);
    forget_lines(tree);
    if (e != NULL) {
        tree_free(tree);
        return err_pass(e);
    }
    *out = tree;
    return NULL;
}

/* The frame that the first line of a page names. */
static struct err *find_frame(const struct templates *t, const char *page, char out[FRAME_BYTES])
{
    char path[PATH_BYTES];
    struct stat seen;
    struct buf text;
    struct err *e;
    int end = 0;

    buf_init(&text, 4096, FILE_BYTES_MAX);
    TRY_TO(done, e, path_of(t, page, path));
    TRY_TO(done, e, read_file(path, &seen, &text));
    if (sscanf(text.data, "<?cs # frame: %31[a-z_] ?>%n", out, &end) != 1 || end == 0)
        e = err_raise(ERR_CONFIG, "%s:1: the first line must be <?cs # frame: NAME ?>", page);
done:
    buf_free(&text);
    return e;
}

static struct err *load_trees(struct templates *t, struct page *page)
{
    char frame[FRAME_BYTES];
    int parts;

    TRY(find_frame(t, page->name, frame));
    page->is_mail = str_eq(frame, "mail");
    parts = page->is_mail ? MAIL_PART_COUNT : 1;
    for (int part = 0; part < parts; part++) {
        for (int lang = 0; lang < LANG_COUNT; lang++) {
            struct tree *fresh = NULL;
            TRY(tree_new(t, page->name, page->is_mail ? mail_frames[part].frame : frame,
                         page->is_mail && mail_frames[part].plain, (enum lang)lang, &fresh));
            tree_free(page->trees[part][lang]);
            page->trees[part][lang] = fresh;
        }
    }
    return NULL;
}

static void page_free(struct page *page)
{
    for (int part = 0; part < MAIL_PART_COUNT; part++)
        for (int lang = 0; lang < LANG_COUNT; lang++)
            tree_free(page->trees[part][lang]);
    free(page->name);
    free(page);
}

/* Where NAME is, or would stand, among the pages. */
static size_t page_place(const struct templates *t, const char *name, bool *found_out)
{
    size_t low = 0, high = t->page_count;

    *found_out = false;
    while (low < high && !*found_out) {
        size_t middle = (low + high) / 2;
        int order = strcmp(t->pages[middle]->name, name);
        *found_out = order == 0;
        if (order == 0)
            low = middle;
        else if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static struct err *get_page(struct templates *t, const char *name, struct page **out)
{
    struct page *page;
    struct err *e;
    bool found;
    size_t place = page_place(t, name, &found);

    if (found) {
        *out = t->pages[place];
        return NULL;
    }
    page = need_zeroed(sizeof(*page));
    page->name = need_dup(name);
    e = load_trees(t, page);
    if (e != NULL) {
        page_free(page);
        return err_pass(e);
    }
    t->pages = reallocarray(t->pages, t->page_count + 1, sizeof(*t->pages));
    if (t->pages == NULL)
        log_die("no memory for templates");
    memmove(t->pages + place + 1, t->pages + place, (t->page_count - place) * sizeof(*t->pages));
    t->pages[place] = page;
    t->page_count++;
    *out = page;
    return NULL;
}

/* -- assets
 * ---------------------------------------------------------------------------------------- */

static int compare_assets(const void *a, const void *b)
{
    return strcmp(((const struct asset *)a)->name, ((const struct asset *)b)->name);
}

static struct err *read_manifest(struct templates *t, const char *path)
{
    struct stat seen;
    struct buf text;
    struct err *e;
    char *line, *rest;

    buf_init(&text, 4096, FILE_BYTES_MAX);
    TRY_TO(done, e, read_file(path, &seen, &text));
    rest = text.data;
    while ((line = strsep(&rest, "\n")) != NULL) {
        char *address = line;
        char *name = strsep(&address, " ");
        if (*name == '\0')
            continue;
        if (address == NULL || *address != '/') {
            e = err_raise(ERR_CONFIG, "%s: \"%s\" is not \"name /address\"", path, name);
            goto done;
        }
        t->assets = reallocarray(t->assets, t->asset_count + 1, sizeof(*t->assets));
        if (t->assets == NULL)
            log_die("no memory for templates");
        t->assets[t->asset_count++] =
            (struct asset){ .name = need_dup(name), .address = need_dup(address) };
    }
    if (t->asset_count > 0)
        qsort(t->assets, t->asset_count, sizeof(*t->assets), compare_assets);
done:
    buf_free(&text);
    return e;
}

const char *template_asset(const struct templates *t, const char *name)
{
    struct asset wanted = { .name = (char *)name };
    const struct asset *found = t->asset_count > 0 ? bsearch(&wanted, t->assets, t->asset_count,
                                                             sizeof(*t->assets), compare_assets)
                                                   : NULL;

    return found != NULL ? found->address : NULL;
}

/* -- the room's face
 * ------------------------------------------------------------------------------- */

struct err *templates_new(const char *folder, const char *manifest_path, bool watch_changes,
                          struct templates **out)
{
    struct templates *t = need_zeroed(sizeof(*t));
    struct err *e;

    t->folder = need_dup(folder);
    t->watch = watch_changes;
    e = view_err(nerr_init()); /* before any page: what it takes stays */
    if (e == NULL)
        e = read_manifest(t, manifest_path);
    if (e != NULL) {
        templates_free(t);
        return err_pass(e);
    }
    *out = t;
    return NULL;
}

void templates_free(struct templates *t)
{
    if (t == NULL)
        return;
    for (size_t i = 0; i < t->page_count; i++)
        page_free(t->pages[i]);
    for (size_t i = 0; i < t->asset_count; i++) {
        free(t->assets[i].name);
        free(t->assets[i].address);
    }
    free(t->pages);
    free(t->assets);
    free(t->folder);
    free(t);
}

struct err *template_load(struct templates *t, const char *page)
{
    struct page *loaded;

    TRY(get_page(t, page, &loaded));
    return NULL;
}

struct err *templates_load(struct templates *t, const char *pattern)
{
    const size_t folder = strlen(t->folder) + 1;
    char whole[PATH_BYTES];
    struct err *e = NULL;
    glob_t files = { 0 };

    snprintf(whole, sizeof(whole), "%s/%s", t->folder, pattern);
    if (glob(whole, 0, NULL, &files) != 0)
        e = err_raise(ERR_CONFIG, "there are no templates %s", whole);
    for (size_t i = 0; i < files.gl_pathc && e == NULL; i++)
        e = template_load(t, files.gl_pathv[i] + folder);
    globfree(&files);
    return err_pass(e);
}

static NEOERR *write_piece(void *arg, char *text)
{
    buf_puts(arg, text);
    return STATUS_OK;
}

static struct err *find_tree(struct templates *t, const char *name, enum mail_part part, bool mail,
                             enum lang lang, struct tree **out)
{
    struct page *page;

    TRY(get_page(t, name, &page));
    if (page->is_mail != mail)
        return err_raise(ERR_BUG, "%s is %s mail", name, mail ? "no" : "a");
    if (t->watch && is_outdated(t, page->trees[part][lang]))
        TRY(load_trees(t, page));
    *out = page->trees[part][lang];
    return NULL;
}

static struct err *render(struct tree *tree, struct view *values, struct buf *out)
{
    size_t before = out->len;
    struct err *e;

    TRY(view_take_error(values));
    tree->cs->hdf = view_hdf(values);
    tree->cs->locals = NULL; /* a render that failed may have left some */
    view_memory_enter(view_memory_of(values));
    e = view_err(cs_render(tree->cs, out, write_piece));
    view_memory_leave();
    tree->cs->hdf = tree->skeleton;
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

struct err *template_render(struct templates *t, const char *page, enum lang lang,
                            struct view *values, struct buf *out)
{
    struct tree *tree;

    TRY(find_tree(t, page, MAIL_HTML, false, lang, &tree));
    return err_pass(render(tree, values, out));
}

struct err *template_render_bare(struct templates *t, const char *page, enum lang lang,
                                 struct view *values, struct buf *out)
{
    struct err *e;

    view_flag(values, "Page.Bare", true);
    e = template_render(t, page, lang, values, out);
    view_flag(values, "Page.Bare", false);
    return err_pass(e);
}

struct err *template_part(struct templates *t, const char *page, enum lang lang,
                          struct view *values, struct view_html **out)
{
    struct view_html *html;
    struct arena *a;
    struct buf text;
    struct err *e;

    buf_init(&text, 256, 0);
    e = template_render(t, page, lang, values, &text);
    if (e == NULL) {
        a = arena_new(text.len + 1);
        html = need_zeroed(sizeof(*html));
        html->text = need_dup(str_trim(a, text.data));
        arena_free(a);
        *out = html;
    }
    buf_free(&text);
    return err_pass(e);
}

void view_html_free(struct view_html *html)
{
    if (html == NULL)
        return;
    free(html->text);
    free(html);
}

/* Paragraphs with at most one empty line between: tags leave more behind. */
static size_t tidy_paragraphs(char *text, size_t len)
{
    size_t to = 0, breaks = 2;

    for (size_t i = 0; i < len; i++) {
        char c = text[i];
        bool line_begins = to == 0 || text[to - 1] == '\n';
        if (c == '\r' || (c == ' ' && line_begins))
            continue;
        breaks = c == '\n' ? breaks + 1 : 0;
        if (breaks <= 2)
            text[to++] = c;
    }
    while (to > 0 && text[to - 1] == '\n')
        to--;
    text[to++] = '\n';
    return to;
}

/* One line, whatever the values hold: a line break would begin another header of the mail. */
static size_t tidy_line(char *text, size_t len)
{
    size_t to = 0;

    for (size_t i = 0; i < len; i++) {
        bool blank = (unsigned char)text[i] <= ' ' || text[i] == 0x7f;
        if (!blank)
            text[to++] = text[i];
        else if (to > 0 && text[to - 1] != ' ')
            text[to++] = ' ';
    }
    return to > 0 && text[to - 1] == ' ' ? to - 1 : to;
}

struct err *template_render_mail(struct templates *t, const char *page, enum mail_part part,
                                 enum lang lang, struct view *values, struct buf *out)
{
    size_t before = out->len;
    struct tree *tree;

    TRY(find_tree(t, page, part, true, lang, &tree));
    TRY(render(tree, values, out));
    buf_putc(out, '\n'); /* room for the end of the last line */
    if (out->failed)
        return err_raise(ERR_TOO_LARGE, "the mail does not fit its buffer");
    if (part == MAIL_SUBJECT)
        out->len = before + tidy_line(out->data + before, out->len - before);
    else if (part == MAIL_TEXT)
        out->len = before + tidy_paragraphs(out->data + before, out->len - before);
    out->data[out->len] = '\0';
    return NULL;
}
