/* view/template.c - pages by name: a tree for each page, language and, for mails, form. */
#include "view/template.h"

#include "base/log.h"
#include "base/str.h"
#include "view/file.h"
#include "view/hdf.h"
#include "view/parsed.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FRAME_BYTES = 32 };

static const char library_file[] = "layout/macros.cs";

struct asset {
    char *name, *address;
};

struct frame {
    char name[FRAME_BYTES];
    struct parsed *trees[LANG_COUNT];
    struct frame *next;
};

struct page {
    char *name;
    bool is_mail;
    struct parsed
        *trees[MAIL_PART_COUNT][LANG_COUNT]; /* a page that is no mail has the first part */
};

struct templates {
    char *folder;
    bool watch;
    struct asset *assets; /* by name */
    size_t asset_count;
    struct parsed *libraries[LANG_COUNT]; /* the macros of all pages that are no mails */
    struct frame *frames;
    struct page **pages; /* by name */
    size_t page_count;
};

static const struct {
    const char *frame;
    bool plain;
} mail_frames[MAIL_PART_COUNT] = {
    [MAIL_HTML] = { "mail_html", false },
    [MAIL_TEXT] = { "mail_text", true },
    [MAIL_SUBJECT] = { "mail_subject", true },
};

/* -- trees
 * ----------------------------------------------------------------------------------------- */

static const char *find_asset(void *arg, const char *name)
{
    return template_asset(arg, name);
}

static struct err *parse(struct templates *t, const char *file, enum lang lang, bool plain,
                         struct parsed *around, struct parsed **out)
{
    return err_pass(parsed_new(&(struct parsed_input){ .folder = t->folder,
                                                       .file = file,
                                                       .lang = lang,
                                                       .plain = plain,
                                                       .around = around,
                                                       .asset = find_asset,
                                                       .asset_arg = t },
                               out));
}

/* The library of a language, parsed when its first page is. */
static struct err *get_library(struct templates *t, enum lang lang, struct parsed **out)
{
    if (t->libraries[lang] == NULL)
        TRY(parse(t, library_file, lang, false, NULL, &t->libraries[lang]));
    *out = t->libraries[lang];
    return NULL;
}

static struct frame *get_frame(struct templates *t, const char *name)
{
    struct frame *frame = t->frames;

    while (frame != NULL && !str_eq(frame->name, name))
        frame = frame->next;
    if (frame != NULL)
        return frame;
    frame = view_need_zeroed(sizeof(*frame));
    snprintf(frame->name, sizeof(frame->name), "%s", name);
    frame->next = t->frames;
    t->frames = frame;
    return frame;
}

/* A frame of mails has macros of its own, each form others. */
static struct err *get_frame_tree(struct templates *t, const char *name, enum lang lang, bool mail,
                                  bool plain, struct parsed **out)
{
    struct parsed *library = NULL, **tree = &get_frame(t, name)->trees[lang];
    char file[FILE_PATH_BYTES];

    if (*tree == NULL) {
        snprintf(file, sizeof(file), "layout/frame_%s.cs", name);
        if (!mail)
            TRY(get_library(t, lang, &library));
        TRY(parse(t, file, lang, plain, library, tree));
    }
    if (!parsed_is_frame(*tree))
        return err_raise(ERR_CONFIG, "layout/frame_%s.cs has no place for its page", name);
    *out = *tree;
    return NULL;
}

/* The frame that the first line of a page names. */
static struct err *find_frame(const struct templates *t, const char *page, char out[FRAME_BYTES])
{
    char path[FILE_PATH_BYTES];
    struct stat seen;
    struct buf text;
    struct err *e;
    int end = 0;

    buf_init(&text, 4096, FILE_BYTES_MAX);
    TRY_TO(done, e, file_path(t->folder, page, path));
    TRY_TO(done, e, file_read(path, &seen, &text));
    if (sscanf(text.data, "<?cs # frame: %31[a-z_] ?>%n", out, &end) != 1 || end == 0)
        e = err_raise(ERR_CONFIG, "%s:1: the first line must be <?cs # frame: NAME ?>", page);
done:
    buf_free(&text);
    return e;
}

static struct err *load_tree(struct templates *t, struct page *page, const char *frame,
                             enum mail_part part, enum lang lang)
{
    const bool plain = page->is_mail && mail_frames[part].plain;
    struct parsed *around = NULL, *fresh = NULL;

    TRY(get_frame_tree(t, page->is_mail ? mail_frames[part].frame : frame, lang, page->is_mail,
                       plain, &around));
    TRY(parse(t, page->name, lang, plain, around, &fresh));
    parsed_free(page->trees[part][lang]);
    page->trees[part][lang] = fresh;
    return NULL;
}

static struct err *load_trees(struct templates *t, struct page *page)
{
    char frame[FRAME_BYTES];
    int parts;

    TRY(find_frame(t, page->name, frame));
    page->is_mail = str_eq(frame, "mail");
    parts = page->is_mail ? MAIL_PART_COUNT : 1;
    for (int part = 0; part < parts; part++)
        for (int lang = 0; lang < LANG_COUNT; lang++)
            TRY(load_tree(t, page, frame, (enum mail_part)part, (enum lang)lang));
    return NULL;
}

static void page_forget(struct page *page)
{
    for (int part = 0; part < MAIL_PART_COUNT; part++)
        for (int lang = 0; lang < LANG_COUNT; lang++) {
            parsed_free(page->trees[part][lang]);
            page->trees[part][lang] = NULL;
        }
}

static void page_free(struct page *page)
{
    page_forget(page);
    free(page->name);
    free(page);
}

/* What stands within others goes first. */
static void forget_trees(struct templates *t)
{
    for (size_t i = 0; i < t->page_count; i++)
        page_forget(t->pages[i]);
    while (t->frames != NULL) {
        struct frame *frame = t->frames;

        for (int lang = 0; lang < LANG_COUNT; lang++)
            parsed_free(frame->trees[lang]);
        t->frames = frame->next;
        free(frame);
    }
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        parsed_free(t->libraries[lang]);
        t->libraries[lang] = NULL;
    }
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
    page = view_need_zeroed(sizeof(*page));
    page->name = view_need_dup(name);
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
    TRY_TO(done, e, file_read(path, &seen, &text));
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
            (struct asset){ .name = view_need_dup(name), .address = view_need_dup(address) };
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
    struct templates *t = view_need_zeroed(sizeof(*t));
    struct err *e;

    t->folder = view_need_dup(folder);
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
    forget_trees(t);
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
    char whole[FILE_PATH_BYTES];
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

/* What stands around a page may have changed, and then every page that stands within it; a fault
 * before may have left no tree at all. */
static struct err *follow_changes(struct templates *t, struct page *page, const struct parsed *tree)
{
    if (tree != NULL && parsed_is_outdated(parsed_around(tree)))
        forget_trees(t);
    else if (tree != NULL && !parsed_is_outdated(tree))
        return NULL;
    return err_pass(load_trees(t, page));
}

static struct err *find_tree(struct templates *t, const char *name, enum mail_part part, bool mail,
                             enum lang lang, struct parsed **out)
{
    struct page *page;

    TRY(get_page(t, name, &page));
    if (page->is_mail != mail)
        return err_raise(ERR_BUG, "%s is %s mail", name, mail ? "no" : "a");
    if (t->watch)
        TRY(follow_changes(t, page, page->trees[part][lang]));
    *out = page->trees[part][lang];
    return NULL;
}

struct err *template_render(struct templates *t, const char *page, enum lang lang,
                            struct view *values, struct buf *out)
{
    struct parsed *tree;

    TRY(find_tree(t, page, MAIL_HTML, false, lang, &tree));
    return err_pass(parsed_render(tree, values, out));
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
        html = view_need_zeroed(sizeof(*html));
        html->text = view_need_dup(str_trim(a, text.data));
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
    struct parsed *tree;

    TRY(find_tree(t, page, part, true, lang, &tree));
    TRY(parsed_render(tree, values, out));
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
