/* web/form_field.c - a field of any form of the program, for pages that tell what was typed. */
#include "web/inside.h"

#include "base/str.h"

static const struct form *form_of_route(const struct program *program, const char *name)
{
    for (const struct route *const *table = program->routes; *table != NULL; table++)
        for (const struct route *route = *table; route->name != NULL; route++)
            if (route->form != NULL && str_eq(route->name, name))
                return route->form;
    return NULL;
}

const struct field *form_field_of(const struct request *req, const char *route, const char *name)
{
    const struct form *form = form_of_route(req->serve->state->program, route);

    if (form == NULL)
        return NULL;
    for (const struct field *field = form->fields; field->name != NULL; field++)
        if (str_eq(field->name, name) && field->label != NULL && !field->said)
            return field;
    return NULL;
}
