/* view/view.c - values of a page, kept in ClearSilver's data set (HDF).  Nothing here escapes: that
 * is the template engine's, for every variable. */
#include "view/view.h"

#include "base/arena.h"
#include "base/log.h"
#include "base/str.h"
#include "view/hdf.h"
#include "view/memory.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LIST_MEMO = 4, SHORT_TEXT_BYTES = 256, HANDLES_BYTES = 8 * 1024 };

/* How many rows a list has, so that adding one is not counting them all. */
struct list_memo {
    HDF *list;
    int rows;
};

struct view_root;

struct view {
    HDF *node;
    struct view_root *root;
};

struct view_root {
    struct view view; /* first: the root is a view */
    struct arena *handles;
    struct view_memory *memory;
    bool in_region; /* the build gave the engine our malloc */
    struct err *error;
    struct list_memo memo[LIST_MEMO];
    unsigned next_memo;
};

struct err *view_err(NEOERR *e)
{
    STRING text;
    struct err *out;

    if (e == STATUS_OK)
        return NULL;
    string_init(&text);
    nerr_error_string(e, &text);
    out = err_raise(ERR_BUG, "template engine: %s", text.buf != NULL ? text.buf : "no memory");
    string_clear(&text);
    nerr_ignore(&e);
    return out;
}

char *view_need_dup(const char *text)
{
    char *copy = strdup(text);

    if (copy == NULL)
        log_die("no memory for templates");
    return copy;
}

void *view_need_zeroed(size_t size)
{
    void *p = calloc(1, size);

    if (p == NULL)
        log_die("no memory for templates");
    return p;
}

HDF *view_hdf(const struct view *v)
{
    return v->node;
}

struct view_memory *view_memory_of(const struct view *v)
{
    return v->root->memory;
}

struct err *view_take_error(struct view *v)
{
    struct err *e = v->root->error;

    v->root->error = NULL;
    return e;
}

static void keep_error(struct view_root *root, struct err *e)
{
    if (root->error == NULL)
        root->error = e;
    else
        err_ignore(e); /* the first one says why the rest went wrong */
}

void view_fail(struct view *v, struct err *e)
{
    if (e != NULL)
        keep_error(v->root, e);
}

/* In tests every name is looked at; a release build trusts its literals. */
static bool name_is_fine(const char *name)
{
#ifdef FAIRWAY_FAULTS
    bool part_begins = true;

    for (const char *p = name; *p != '\0'; p++) {
        if (*p == '.' ? part_begins : !isalnum((unsigned char)*p) && *p != '_')
            return false;
        part_begins = *p == '.';
    }
    return !part_begins;
#else
    (void)name;
    return true;
#endif
}

bool view_name_is_html(const char *name)
{
    return str_ends(name, "Html");
}

static bool kind_is_fine(const char *name, bool is_html)
{
#ifdef FAIRWAY_FAULTS
    return is_html == view_name_is_html(name);
#else
    (void)name;
    (void)is_html;
    return true;
#endif
}

static NEOERR *put(const struct view *v, const char *name, const char *text)
{
    if (v->root->in_region && view_engine_find(v->node, name) == NULL &&
        view_engine_add(v->node, name, text) != NULL)
        return STATUS_OK;
    return nerr_pass(hdf_set_value(v->node, name, text));
}

static void set(struct view *v, const char *name, const char *text, bool is_html)
{
    NEOERR *e;

    if (!name_is_fine(name) || !kind_is_fine(name, is_html)) {
        keep_error(v->root, err_raise(ERR_BUG, "\"%s\" is no name of a value", name));
        return;
    }
    view_memory_enter(v->root->memory);
    e = put(v, name, text);
    view_memory_leave();
    if (e != STATUS_OK)
        keep_error(v->root, view_err(e));
}

static void set_value(struct view *v, const char *name, const char *text)
{
    set(v, name, text, false);
}

void view_html(struct view *v, const char *name, const struct view_html *html)
{
    set(v, name, html->text, true);
}

void view_html_lent(struct view *v, const char *name, const char *html)
{
    if (!v->root->in_region || !kind_is_fine(name, true)) {
        set(v, name, html, true);
        return;
    }
    view_memory_enter(v->root->memory);
    if (!view_engine_lend(v->node, name, html))
        keep_error(v->root, err_raise(ERR_BUG, "\"%s\" is no name of a value", name));
    view_memory_leave();
}

static void start(struct view_root *root)
{
    NEOERR *e;

    view_memory_enter(root->memory);
    e = hdf_init(&root->view.node);
    view_memory_leave();
    if (e != STATUS_OK)
        log_die("no memory for a page's values");
    root->view.root = root;
    root->in_region = view_memory_is_used(root->memory);
    memset(root->memo, 0, sizeof(root->memo));
}

struct view *view_new(void)
{
    struct view_root *root = calloc(1, sizeof(*root));

    if (root == NULL)
        log_die("no memory for a page's values");
    root->handles = arena_new(HANDLES_BYTES);
    root->memory = view_memory_new();
    start(root);
    return &root->view;
}

void view_free(struct view *view)
{
    struct view_root *root;

    if (view == NULL)
        return;
    root = view->root;
    view_memory_drop(root->memory, &view->node);
    view_memory_free(root->memory);
    arena_free(root->handles);
    err_free(root->error);
    free(root);
}

void view_reset(struct view *view)
{
    struct view_root *root = view->root;

    view_memory_drop(root->memory, &view->node);
    arena_clear(root->handles);
    err_free(root->error);
    root->error = NULL;
    start(root);
}

void view_text(struct view *v, const char *name, const char *text)
{
    set_value(v, name, text != NULL ? text : "");
}

void view_text_n(struct view *v, const char *name, const char *text, size_t len)
{
    char small[SHORT_TEXT_BYTES];

    if (len < sizeof(small)) {
        memcpy(small, text, len);
        small[len] = '\0';
        set_value(v, name, small);
        return;
    }
    set_value(v, name, arena_dup_bytes(v->root->handles, text, len));
}

void view_int(struct view *v, const char *name, int64_t number)
{
    char space[STR_I64_BYTES];

    set_value(v, name, str_from_i64(number, space));
}

void view_flag(struct view *v, const char *name, bool yes)
{
    if (yes) {
        set_value(v, name, "1");
        return;
    }
    /* Absent, not empty: a flag set before must not survive. */
    if (hdf_get_obj(v->node, name) != NULL) {
        view_memory_enter(v->root->memory);
        NEOERR *e = hdf_remove_tree(v->node, name);
        view_memory_leave();
        if (e != STATUS_OK)
            keep_error(v->root, view_err(e));
    }
}

/* The place NAME below V; IS_NEW when nobody can have made it. */
static NEOERR *reach(const struct view *v, const char *name, bool is_new, HDF **out)
{
    *out = v->root->in_region && !is_new ? view_engine_find(v->node, name) : NULL;
    if (*out == NULL && v->root->in_region)
        *out = view_engine_add(v->node, name, NULL);
    return *out != NULL ? STATUS_OK : nerr_pass(hdf_get_node(v->node, name, out));
}

static struct view *handle(struct view *v, const char *name, bool is_new)
{
    struct view *place = arena_alloc(v->root->handles, sizeof(*place));
    NEOERR *e = STATUS_OK;

    place->root = v->root;
    place->node = v->node;
    if (!name_is_fine(name)) {
        keep_error(v->root, err_raise(ERR_BUG, "\"%s\" is no name of a value", name));
        return place;
    }
    view_memory_enter(v->root->memory);
    e = reach(v, name, is_new, &place->node);
    view_memory_leave();
    if (e != STATUS_OK) {
        keep_error(v->root, view_err(e));
        place->node = v->node;
    }
    return place;
}

struct view *view_at(struct view *v, const char *name)
{
    return handle(v, name, false);
}

static struct list_memo *memo_of(struct view_root *root, HDF *list)
{
    struct list_memo *memo;

    for (int i = 0; i < LIST_MEMO; i++)
        if (root->memo[i].list == list)
            return &root->memo[i];
    memo = &root->memo[root->next_memo++ % LIST_MEMO];
    *memo = (struct list_memo){ .list = list };
    for (HDF *row = hdf_obj_child(list); row != NULL; row = hdf_obj_next(row))
        memo->rows++;
    return memo;
}

struct view *view_next(struct view *list)
{
    struct list_memo *memo = memo_of(list->root, list->node);
    char space[STR_I64_BYTES];

    return handle(list, str_from_i64(memo->rows++, space), true);
}

struct view *view_row(struct view *v, const char *name)
{
    return view_next(view_at(v, name));
}

const char *view_get(struct view *v, const char *name)
{
    return hdf_get_value(v->node, name, "");
}
