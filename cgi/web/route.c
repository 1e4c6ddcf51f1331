/* web/route.c - the tree of paths. */
#include "web/route_index.h"

#include "base/str.h"

#include <string.h>

const struct form form_empty = { .name = "empty",
                                 .fields = (const struct field[]){ { 0 } },
                                 .size_bytes = 1 };

struct node {
    const char *segment; /* NULL: a variable part */
    struct node *children, *next;
    const struct route *routes[HTTP_METHOD_COUNT];
};

struct route_index {
    struct node root;
};

const char *http_method_name(enum http_method method)
{
    static const char *const names[HTTP_METHOD_COUNT] = { "", "GET", "POST" };

    return names[method];
}

static struct node *node_child(struct arena *a, struct node *parent, const char *segment)
{
    struct node **at = &parent->children;
    const char *fixed = segment[0] == ':' ? NULL : segment;

    /* Variable parts stand last, so that fixed ones are tried first. */
    while (*at != NULL && !((*at)->segment == NULL && fixed != NULL)) {
        if (str_eq((*at)->segment, fixed))
            return *at;
        at = &(*at)->next;
    }
    struct node *made = arena_alloc(a, sizeof(*made));

    made->segment = fixed;
    made->next = *at;
    *at = made;
    return made;
}

static void index_add(struct arena *a, struct route_index *index, const struct route *route)
{
    struct node *node = &index->root;

    if (route->path[1] != '\0') {
        size_t count;
        char **parts = str_split(a, route->path + 1, '/', &count);

        for (size_t i = 0; i < count; i++)
            node = node_child(a, node, parts[i]);
    }
    node->routes[route->method] = route;
}

struct route_index *route_index_new(struct arena *a, const struct route *const *tables)
{
    struct route_index *index = arena_alloc(a, sizeof(*index));

    for (; *tables != NULL; tables++)
        for (const struct route *route = *tables; route->name != NULL; route++)
            index_add(a, index, route);
    return index;
}

static unsigned node_methods(const struct node *node)
{
    unsigned methods = 0;

    for (int m = 0; m < HTTP_METHOD_COUNT; m++)
        if (node->routes[m] != NULL)
            methods |= 1u << m;
    return methods;
}

/* The depth of recursion is that of a path, at most HTTP_SEGMENTS_MAX. */
static const struct node *node_find(const struct node *node, const char *const *segments,
                                    size_t count)
{
    if (count == 0)
        return node_methods(node) != 0 ? node : NULL;
    for (const struct node *child = node->children; child != NULL; child = child->next) {
        const struct node *found = NULL;

        if (child->segment == NULL ? segments[0][0] != '\0' : str_eq(child->segment, segments[0]))
            found = node_find(child, segments + 1, count - 1);
        if (found != NULL)
            return found;
    }
    return NULL;
}

static void match_params(struct route_match *match, const char *const *segments)
{
    const char *at = match->route->path;

    for (size_t i = 0; *at == '/'; i++) {
        const char *part = at + 1;

        at = strchr(part, '/');
        if (at == NULL)
            at = "";
        if (strncmp(part, ":id", 3) == 0 && (part[3] == '/' || part[3] == '\0')) {
            match->object_text = segments[i];
        } else if (part[0] == ':' && match->param_count < ROUTE_PARAMS_MAX) {
            match->names[match->param_count] = part + 1;
            match->values[match->param_count++] = segments[i];
        }
    }
}

void route_index_find(const struct route_index *index, enum http_method method,
                      const char *const *segments, size_t count, struct route_match *match_out)
{
    const struct node *node = node_find(&index->root, segments, count);

    *match_out = (struct route_match){ 0 };
    if (node == NULL)
        return;
    match_out->methods = node_methods(node);
    match_out->route = node->routes[method];
    if (match_out->route != NULL)
        match_params(match_out, segments);
}
