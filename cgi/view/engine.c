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

/* -- escaping -----------------------------------------------------------------------------------
 */

/* What neos_html_escape() changes. */
static const char special[] = "&<>\"'\r";

/* The engine's own names of what it changes. */
void view_escape(struct buf *out, const char *text)
{
    static const char *const names[256] = { ['&'] = "&amp;",  ['<'] = "&lt;",   ['>'] = "&gt;",
                                            ['"'] = "&quot;", ['\''] = "&#39;", ['\r'] = "" };

    while (*text != '\0') {
        const size_t len = strcspn(text, special);

        buf_add(out, text, len);
        text += len;
        if (*text != '\0')
            buf_puts(out, names[(unsigned char)*text++]);
    }
}

/* The engine prints *OUT and gives it back, which is nothing while a page is rendered. */
NEOERR *view_lib_var_escape(NEOS_ESCAPE context, const char *in, char **out)
{
    const bool as_it_is = context == NEOS_ESCAPE_NONE ||
                          (context == NEOS_ESCAPE_HTML && in[strcspn(in, special)] == '\0');

    if (!as_it_is || !view_memory_is_entered())
        return nerr_pass(neos_var_escape(context, in, out));
    *out = (char *)in;
    return STATUS_OK;
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

/* A child with its name and value behind it, in one piece of the region with which it goes. */
static HDF *new_child(HDF *parent, const char *name, int len, const char *text)
{
    const size_t text_size = text != NULL ? strlen(text) + 1 : 0;
    HDF *child = view_lib_malloc(sizeof(*child) + (size_t)len + 1 + text_size);
    char *space;

    if (child == NULL)
        return NULL;
    space = (char *)(child + 1);
    *child = (HDF){ .name = space, .name_len = len, .top = parent->top };
    memcpy(space, name, (size_t)len + 1);
    if (text == NULL)
        return child;
    child->value = memcpy(space + len + 1, text, text_size);
    child->alloc_value = 1;
    return child;
}

HDF *view_engine_add(HDF *parent, const char *name, const char *text)
{
    const int len = part_len(name);
    HDF *child;

    if (name[len] != '\0' || !is_simple(parent))
        return NULL;
    child = new_child(parent, name, len, text);
    if (child == NULL)
        return NULL;
    if (parent->child == NULL)
        parent->child = child;
    else
        parent->last_child->next = child;
    parent->last_child = child;
    return child;
}

bool view_engine_lend(HDF *parent, const char *name, const char *text)
{
    HDF *child = view_engine_find(parent, name);

    if (child == NULL)
        child = view_engine_add(parent, name, NULL);
    if (child == NULL)
        return false;
    child->value = (char *)text;
    child->alloc_value = 0;
    return true;
}
