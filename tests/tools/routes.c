/* tools/routes.c - prints every route of every program, for walks from outside: a line each, with
 * tabs between
 *
 *     PROGRAM NAME METHOD AUDIENCE PATH OBJECT QUERY FORM
 *
 * OBJECT is the kind behind ":id", QUERY and FORM are names of fields with commas between; "-" says
 * none. */
#include "access/permission.h"
#include "program/program.h"
#include "web/route.h"

#include <stdio.h>

static void print_fields(const struct form *form)
{
    const char *comma = "";

    putchar('\t');
    if (form == NULL || form->fields == NULL || form->fields->name == NULL) {
        putchar('-');
        return;
    }
    for (const struct field *field = form->fields; field->name != NULL; field++, comma = ",")
        printf("%s%s", comma, field->name);
}

static void print_route(const struct program *program, const struct route *route)
{
    printf("%s\t%s\t%s\t%s\t%s\t%s", program->name, route->name,
           route->method == HTTP_GET ? "GET" : "POST",
           route->audience == AUD_SIGNED_IN ? "signed-in" : audience_name(route->audience),
           route->path, route->object != NULL ? route->object->name : "-");
    print_fields(route->query);
    print_fields(route->form);
    putchar('\n');
}

int main(void)
{
    for (const struct program *const *program = programs; *program != NULL; program++)
        for (const struct route *const *table = (*program)->routes; *table != NULL; table++)
            for (const struct route *route = *table; route->name != NULL; route++)
                print_route(*program, route);
    return 0;
}
