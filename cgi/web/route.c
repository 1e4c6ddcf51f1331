/* web/route.c - the tree of paths. */
#include "web/route_index.h"

#include "base/str.h"

#include <string.h>

const struct form form_empty = { .name = "empty",
                                 .fields = (const struct field[]){ { 0 } },
                                 .size_bytes = 1 };

/* A route with the places of its variable parts. */
struct target {
    const struct route *route;
    int object_at; /* which part is ":id"; -1: none */
    size_t param_count;
    const char *names[ROUTE_PARAMS_MAX]; /* without the colon */
    size_t places[ROUTE_PARAMS_MAX];
};

struct node {
    const char *segment; /* NULL: a variable part */
    struct node *children, *next;
    const struct target *targets[HTTP_METHOD_COUNT];
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

static struct target *target_new(struct arena *a, const struct route *route, char **parts,
                                 size_t count)
{
    struct target *target = arena_alloc(a, sizeof(*target));

    *target = (struct target){ .route = route, .object_at = -1 };
    for (size_t i = 0; i < count; i++) {
        if (str_eq(parts[i], ":id")) {
            target->object_at = (int)i;
        } else if (parts[i][0] == ':' && target->param_count < ROUTE_PARAMS_MAX) {
            target->names[target->param_count] = parts[i] + 1;
            target->places[target->param_count++] = i;
        }
    }
    return target;
}

static void index_add(struct arena *a, struct route_index *index, const struct route *route)
{
    struct node *node = &index->root;
    size_t count = 0;
    char **parts = NULL;

    if (route->path[1] != '\0')
        parts = str_split(a, route->path + 1, '/', &count);
    for (size_t i = 0; i < count; i++)
        node = node_child(a, node, parts[i]);
    node->targets[route->method] = target_new(a, route, parts, count);
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
        if (node->targets[m] != NULL)
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

static void match_params(const struct target *target, const char *const *segments,
                         struct route_match *match)
{
    match->route = target->route;
    match->param_count = target->param_count;
    if (target->object_at >= 0)
        match->object_text = segments[target->object_at];
    for (size_t i = 0; i < target->param_count; i++) {
        match->names[i] = target->names[i];
        match->values[i] = segments[target->places[i]];
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
    if (node->targets[method] != NULL)
        match_params(node->targets[method], segments, match_out);
}
