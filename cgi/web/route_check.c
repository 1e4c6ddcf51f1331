/* web/route_check.c - the rules of route tables, one function a rule. */
#include "web/route_check.h"

#include "base/clock.h"
#include "base/str.h"
#include "web/field.h"
#include "web/http.h"
#include "web/route_index.h"

#include <string.h>
#include <time.h>

/* How many times as long as a page took it rests. */
enum { GENTLE_SHARE = 5 };

struct check {
    const struct program *program;
    const struct route *route;
};

static const char *rule_name(const struct check *c)
{
    size_t len = strlen(c->route->name);

    if (len == 0 || len > 40)
        return "its name has 1 to 40 letters (the audit's column)";
    if (strspn(c->route->name, "abcdefghijklmnopqrstuvwxyz0123456789_.") != len)
        return "its name is lower case with dots";
    return NULL;
}

static int count_params(const char *path)
{
    int count = 0;

    for (; *path != '\0'; path++)
        count += path[0] == '/' && path[1] == ':';
    return count;
}

static const char *rule_path(const struct check *c)
{
    const char *prefix = c->program->prefix;
    const char *path = c->route->path;

    if (path == NULL || path[0] != '/')
        return "its path begins with a slash";
    if (!str_starts(path, prefix) || (prefix[0] != '\0' && path[strlen(prefix)] != '/'))
        return "its path lies under the program's prefix";
    if (strstr(path, "//") != NULL || strlen(path) > 200)
        return "its path has no empty parts";
    if (count_params(path) > ROUTE_PARAMS_MAX)
        return "its path has few variable parts";
    return NULL;
}

static const char *rule_method(const struct check *c)
{
    const struct route *r = c->route;

    if (r->method != HTTP_GET && r->method != HTTP_POST)
        return "its method is GET or POST";
    if (r->method == HTTP_POST && r->form == NULL)
        return "a POST has a form, even if it is form_empty";
    if (r->method == HTTP_POST && (r->query != NULL || r->page != NULL))
        return "a POST has no query and no page";
    if (r->method == HTTP_GET && (r->form != NULL || r->no_token != NULL || r->repeatable != NULL))
        return "a GET has no form and no token";
    if (r->method != HTTP_GET && r->noted != NULL)
        return "what is noted behind an answer is of a GET";
    return NULL;
}

static const char *rule_audience(const struct check *c)
{
    enum audience audience = c->route->audience;
    bool public = c->program->audience == AUD_PUBLIC;

    if (audience == AUD_UNSET || audience >= AUD_COUNT)
        return "its audience is set";
    if (public ? audience != AUD_PUBLIC && audience != AUD_SIGNED_IN
               : audience != c->program->audience)
        return "its audience is the program's";
    return NULL;
}

static bool permission_fits(enum permission permission, enum audience audience)
{
    for (const struct permission_row *row = permission_rows; row->name != NULL; row++)
        if (row->permission == permission)
            return audience == AUD_SIGNED_IN || (row->audiences & (1u << audience)) != 0;
    return false;
}

static const char *rule_permission(const struct check *c)
{
    enum permission permission = c->route->permission;
    enum audience audience = c->route->audience;

    if (permission == PERM_UNSET)
        return "its permission is set";
    if ((permission == PERM_PUBLIC) != (audience == AUD_PUBLIC))
        return "PERM_PUBLIC goes with AUD_PUBLIC, both ways";
    if (permission == PERM_SELF && audience != AUD_SIGNED_IN)
        return "PERM_SELF goes only with AUD_SIGNED_IN";
    if (permission != PERM_PUBLIC && permission != PERM_SELF &&
        !permission_fits(permission, audience))
        return "its permission is one that its audience may have";
    return NULL;
}

static bool has_object(const struct program *program, const struct object_kind *kind)
{
    for (const struct object_kind *const *at = program->objects; at != NULL && *at != NULL; at++)
        if (*at == kind)
            return true;
    return false;
}

static const char *rule_object(const struct check *c)
{
    const struct object_kind *kind = c->route->object;
    const char *id = strstr(c->route->path, "/:id");
    bool wants = id != NULL && (id[4] == '/' || id[4] == '\0');

    if (wants != (kind != NULL))
        return "it has an object exactly when its path has :id";
    if (kind == NULL)
        return c->route->opened != NULL ? "what is opened is an object" : NULL;
    if (kind->name == NULL || kind->prefix == NULL || kind->load == NULL)
        return "its object kind is complete";
    if (!has_object(c->program, kind))
        return "its object kind stands in the program's list";
    return NULL;
}

static const char *rule_handler(const struct check *c)
{
    const struct route *r = c->route;

    if (r->handler == NULL)
        return "it has a handler";
    if ((r->retry != NULL) != (r->retry_page != NULL))
        return "retry and retry_page go together";
    if ((r->no_token != NULL && strlen(r->no_token) < 10) ||
        (r->repeatable != NULL && strlen(r->repeatable) < 10))
        return "an exemption gives its reason in words";
    if (r->rate != NULL && (r->rate->limit <= 0 || r->rate->seconds <= 0))
        return "its rate is complete";
    return NULL;
}

static size_t member_bytes(const struct field *field)
{
    static const size_t sizes[FIELD_KIND_COUNT] = {
        [FIELD_INT] = sizeof(int64_t), [FIELD_MONEY] = sizeof(int64_t),
        [FIELD_ID] = sizeof(int64_t),  [FIELD_DAY] = sizeof(int32_t),
        [FIELD_FLAG] = sizeof(bool),   [FIELD_FILES] = sizeof(struct upload_list),
    };

    if (field->list)
        return sizeof(struct value_list);
    return sizes[field->kind] != 0 ? sizes[field->kind] : sizeof(const char *);
}

static const char *field_fault(const struct form *form, const struct field *field, bool query)
{
    static const char *const reserved[] = { "form_token", "do", "note", "lang" };
    size_t len = strlen(field->name);

    if (len == 0 || len > HTTP_NAME_MAX ||
        (strspn(field->name, "abcdefghijklmnopqrstuvwxyz0123456789_") != len &&
         !str_eq(field->name, "List-Unsubscribe"))) /* the one name that others chose: RFC 8058 */
        return "a field's name is lower case";
    for (size_t i = 0; i < ARRAY_LEN(reserved); i++)
        if (str_eq(field->name, reserved[i]))
            return "a field has a name of our own";
    if (field->kind <= 0 || field->kind >= FIELD_KIND_COUNT)
        return "a field has a kind";
    if (field->label == NULL)
        return "a field has a label";
    if (field->offset + member_bytes(field) > form->size_bytes)
        return "a field lies within its struct";
    if (field->kind == FIELD_CHOICE && field->choices == NULL && field->choices_of == NULL)
        return "a choice has choices";
    if (query && (field->kind == FIELD_FILES || field->kind == FIELD_SECRET))
        return "no file and no secret in a query";
    if (field->list &&
        (field->kind == FIELD_FILES || field->kind == FIELD_FLAG || field->kind == FIELD_SECRET))
        return "a field of this kind is no list";
    if (field->required && !field_says_need(field))
        return "a required field says what is needed";
    for (const struct field *other = form->fields; other < field; other++)
        if (str_eq(other->name, field->name))
            return "two fields share a name";
    return NULL;
}

static const char *form_rule(const struct form *form, bool query)
{
    if (form == NULL)
        return NULL;
    if (form->name == NULL || form->fields == NULL || form->size_bytes == 0)
        return "its form is complete";
    for (const struct field *field = form->fields; field->name != NULL; field++) {
        const char *fault = field_fault(form, field, query);

        if (fault != NULL)
            return fault;
    }
    return NULL;
}

static const char *rule_form(const struct check *c)
{
    const char *fault = form_rule(c->route->form, false);

    return fault != NULL ? fault : form_rule(c->route->query, true);
}

static const char *(*const rules[])(const struct check *c) = {
    rule_name,       rule_path,   rule_method,  rule_audience,
    rule_permission, rule_object, rule_handler, rule_form,
};

/* Paths are the same when their fixed parts are, whatever the variable ones are called. */
static bool same_path(const char *a, const char *b)
{
    while (*a == *b && *a != '\0') {
        if (*a == ':') {
            a += strcspn(a, "/");
            b += strcspn(b, "/");
        } else {
            a++;
            b++;
        }
    }
    return *a == *b;
}

static const char *find_twin(const struct program *program, const struct route *route)
{
    for (const struct route *const *table = program->routes; *table != NULL; table++)
        for (const struct route *other = *table; other->name != NULL; other++) {
            if (other == route)
                return NULL;
            if (str_eq(other->name, route->name))
                return "its name is its own";
            if (other->method == route->method && same_path(other->path, route->path))
                return "its method and path are its own";
        }
    return NULL;
}

static struct err *check_route(const struct program *program, const struct route *route)
{
    struct check c = { .program = program, .route = route };

    for (size_t i = 0; i < ARRAY_LEN(rules); i++) {
        const char *fault = rules[i](&c);

        if (fault != NULL)
            return err_raise(ERR_CONFIG, "route %s of %s: not so: %s", route->name, program->name,
                             fault);
    }
    const char *twin = find_twin(program, route);

    if (twin != NULL)
        return err_raise(ERR_CONFIG, "route %s of %s: not so: %s", route->name, program->name,
                         twin);
    return NULL;
}

static struct err *load_pages(struct templates *templates, const struct route *route)
{
    if (route->page != NULL)
        TRY(template_load(templates, route->page));
    if (route->retry_page != NULL)
        TRY(template_load(templates, route->retry_page));
    return NULL;
}

/* What any request may need. */
static struct err *load_common_pages(struct templates *templates)
{
    static const char *const faults[] = {
        "fault/400.cs", "fault/403.cs", "fault/404.cs", "fault/405.cs", "fault/409.cs",
        "fault/413.cs", "fault/422.cs", "fault/429.cs", "fault/500.cs", "fault/503.cs",
    };

    for (size_t i = 0; i < ARRAY_LEN(faults); i++)
        TRY(template_load(templates, faults[i]));
    return err_pass(templates_load(templates, "part/*.cs"));
}

static void rest(int64_t us)
{
    nanosleep(
        &(struct timespec){ .tv_sec = us / CLOCK_SECOND, .tv_nsec = us % CLOCK_SECOND * 1000 },
        NULL);
}

struct err *pages_load(const struct program *program, struct templates *templates, bool gently)
{
    for (const struct route *const *table = program->routes; *table != NULL; table++)
        for (const struct route *route = *table; route->name != NULL; route++) {
            const int64_t began_us = clock_monotonic_us();

            TRY(load_pages(templates, route));
            if (gently)
                rest(GENTLE_SHARE * (clock_monotonic_us() - began_us));
        }
    return err_pass(load_common_pages(templates));
}

struct err *route_check(const struct program *program)
{
    for (const struct route *const *table = program->routes; *table != NULL; table++)
        for (const struct route *route = *table; route->name != NULL; route++)
            TRY(check_route(program, route));
    return NULL;
}
