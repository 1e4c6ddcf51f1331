/* view/engine.c - what ClearSilver does most often, done in fewer steps.
 *
 * Half of a page's instructions went into finding values by name, copying names, and building
 * escaped texts of values that hold nothing to escape.  The build gives the engine the functions
 * view_lib_* in the place of its own (Makefile, NEO_RENAME); each does the plain case and leaves
 * the others to the engine's.  Where the build leaves the libraries as they are (sanitizers),
 * nobody calls them. */
#include "view/hdf.h"

#include <stdlib.h>
#include <string.h>

NEOERR *view_lib_var_escape(NEOS_ESCAPE context, const char *in, char **out);
char *view_lib_get_value(HDF *place, const char *name, const char *missing);
HDF *view_lib_get_obj(HDF *place, const char *name);
void *view_lib_malloc(size_t size);
void *view_lib_calloc(size_t count, size_t size);
char *view_lib_strdup(const char *text);

/* -- escaping -----------------------------------------------------------------------------------
 */

/* What neos_html_escape() changes. */
static const bool special[256] = {
    ['&'] = true, ['<'] = true, ['>'] = true, ['"'] = true, ['\''] = true, ['\r'] = true
};

static size_t plain_len(const char *text)
{
    size_t len = 0;

    while (text[len] != '\0' && !special[(unsigned char)text[len]])
        len++;
    return len;
}

static bool is_plain(const char *text)
{
    return text[plain_len(text)] == '\0';
}

/* The engine's own names of what it changes. */
void view_escape(struct buf *out, const char *text)
{
    static const char *const names[256] = { ['&'] = "&amp;",  ['<'] = "&lt;",   ['>'] = "&gt;",
                                            ['"'] = "&quot;", ['\''] = "&#39;", ['\r'] = "" };

    while (*text != '\0') {
        const size_t len = plain_len(text);

        buf_add(out, text, len);
        text += len;
        if (*text != '\0')
            buf_puts(out, names[(unsigned char)*text++]);
    }
}

NEOERR *view_lib_var_escape(NEOS_ESCAPE context, const char *in, char **out)
{
    if (context != NEOS_ESCAPE_HTML || !is_plain(in))
        return nerr_pass(neos_var_escape(context, in, out));
    *out = view_lib_strdup(in);
    return *out != NULL ? STATUS_OK : nerr_raise(NERR_NOMEM, "no memory for a value");
}

/* -- finding values -----------------------------------------------------------------------------
 */

static int part_len(const char *name)
{
    int len = 0;

    while (name[len] != '\0' && name[len] != '.')
        len++;
    return len;
}

static HDF *find_child(const HDF *parent, const char *name, int len)
{
    HDF *child = parent->child;

    while (child != NULL && (child->name_len != len || child->name[0] != name[0] ||
                             memcmp(child->name, name, (size_t)len) != 0))
        child = child->next;
    return child;
}

/* The engine looks through a link, and into a table of a place with many children. */
static bool is_simple(const HDF *place)
{
    return place->link == 0 && place->hash == NULL;
}

HDF *view_lib_get_obj(HDF *place, const char *name)
{
    if (name == NULL)
        return hdf_get_obj(place, name);
    while (place != NULL && is_simple(place) && *name != '\0') {
        const int len = part_len(name);

        place = find_child(place, name, len);
        name += len + (name[len] == '.');
    }
    return place == NULL || (*name == '\0' && place->link == 0) ? place : hdf_get_obj(place, name);
}

char *view_lib_get_value(HDF *place, const char *name, const char *missing)
{
    const HDF *found = view_lib_get_obj(place, name);

    return found != NULL && found->value != NULL ? found->value : (char *)missing;
}

/* -- new values ---------------------------------------------------------------------------------
 */

HDF *view_engine_find(HDF *parent, const char *name)
{
    const int len = part_len(name);

    return name[len] == '\0' && is_simple(parent) ? find_child(parent, name, len) : NULL;
}

HDF *view_engine_add(HDF *parent, const char *name, const char *text)
{
    const int len = part_len(name);
    HDF *child;

    if (name[len] != '\0' || !is_simple(parent))
        return NULL;
    child = view_lib_calloc(1, sizeof(*child));
    if (child == NULL)
        return NULL;
    child->name = view_lib_strdup(name);
    child->name_len = len;
    child->value = text != NULL ? view_lib_strdup(text) : NULL;
    child->alloc_value = text != NULL;
    child->top = parent->top;
    if (child->name == NULL || (text != NULL && child->value == NULL))
        return NULL; /* of a region, with which it goes */
    if (parent->child == NULL)
        parent->child = child;
    else
        parent->last_child->next = child;
    parent->last_child = child;
    return child;
}
