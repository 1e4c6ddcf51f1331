/* The tree of paths, and the rules that a table must keep. */
#include "support/test.h"

#include "web/route_check.h"
#include "web/route_index.h"

#include <string.h>

static struct err *handler(struct request *req)
{
    (void)req;
    return NULL;
}

static struct err *load(struct request *req, int64_t id, const void **object_out)
{
    (void)req;
    (void)id;
    *object_out = NULL;
    return NULL;
}

static const struct object_kind kind = { .name = "deal", .prefix = "DR-", .load = load };

/* A route without fault, which each test spoils in one place. */
static const struct route good = { .name = "deal.show",
                                   .method = HTTP_GET,
                                   .path = "/partner/deals/:id",
                                   .audience = AUD_PARTNER,
                                   .permission = PERM_DEAL_VIEW,
                                   .object = &kind,
                                   .handler = handler };
static const struct route good_post = { .name = "deal.save",
                                        .method = HTTP_POST,
                                        .path = "/partner/deals/:id",
                                        .audience = AUD_PARTNER,
                                        .permission = PERM_DEAL_EDIT,
                                        .object = &kind,
                                        .handler = handler,
                                        .form = &form_empty };

static struct err *check_two(const struct route *one, const struct route *two)
{
    const struct route table[] = { *one, two != NULL ? *two : (struct route){ 0 }, { 0 } };
    const struct route *const tables[] = { table, NULL };
    const struct object_kind *const objects[] = { &kind, NULL };
    const struct program program = { .name = "partner",
                                     .prefix = "/partner",
                                     .audience = AUD_PARTNER,
                                     .routes = tables,
                                     .objects = objects };

    return route_check(&program);
}

static void refused(const struct route *route)
{
    assert_err_kind(check_two(route, NULL), ERR_CONFIG);
}

static void test_route_check__takes_good_tables(void **state)
{
    (void)state;
    assert_ok(check_two(&good, &good_post));
}

#define SPOILT(from, ...)          \
    do {                           \
        struct route route = from; \
        __VA_ARGS__;               \
        refused(&route);           \
    } while (0)

static void test_route_check__a_forgotten_member_refuses(void **state)
{
    (void)state;
    SPOILT(good, route.method = HTTP_UNSET);
    SPOILT(good, route.path = NULL);
    SPOILT(good, route.audience = AUD_UNSET);
    SPOILT(good, route.permission = PERM_UNSET);
    SPOILT(good, route.object = NULL);
    SPOILT(good, route.handler = NULL);
    SPOILT(good_post, route.form = NULL);
}

static void test_route_check__a_wrong_member_refuses(void **state)
{
    static const struct object_kind unlisted = { .name = "x", .prefix = "", .load = load };

    (void)state;
    SPOILT(good, route.name = "Deal Show");
    SPOILT(good, route.path = "/staff/deals/:id");
    SPOILT(good, route.path = "/partnership/:id");
    SPOILT(good, route.path = "/partner/deals");
    SPOILT(good, route.audience = AUD_STAFF);
    SPOILT(good, route.permission = PERM_PUBLIC);
    SPOILT(good, route.permission = PERM_SELF);
    SPOILT(good, route.permission = PERM_DEAL_DECIDE);
    SPOILT(good, route.object = &unlisted);
    SPOILT(good, route.form = &form_empty);
    SPOILT(good, route.no_token = "a reason in words");
    SPOILT(good, route.retry = handler);
    SPOILT(good_post, route.no_token = "so");
    SPOILT(good_post, route.page = "deal/show.cs");
}

static void test_route_check__forms_are_whole(void **state)
{
    static const struct field twice[] = { { .name = "a", .label = "", .kind = FIELD_TEXT },
                                          { .name = "a", .label = "", .kind = FIELD_TEXT },
                                          { 0 } };
    static const struct field ours[] = { { .name = "do", .label = "", .kind = FIELD_TEXT }, { 0 } };
    static const struct field outside[] = {
        { .name = "a", .label = "", .kind = FIELD_TEXT, .offset = 4 }, { 0 }
    };
    static const struct field no_kind[] = { { .name = "a", .label = "" }, { 0 } };
    static const struct field no_choices[] = { { .name = "a", .label = "", .kind = FIELD_CHOICE },
                                               { 0 } };
    static const struct field says_nothing[] = {
        { .name = "a", .label = "", .kind = FIELD_TEXT, .required = true }, { 0 }
    };
    static const struct field *const bad[] = { twice,   ours,       outside,
                                               no_kind, no_choices, says_nothing };

    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        const struct form form = { .name = "f", .fields = bad[i], .size_bytes = 8 };

        SPOILT(good_post, route.form = &form);
    }
}

static void test_route_check__names_and_paths_are_their_own(void **state)
{
    struct route same_name = good, same_path = good;

    (void)state;
    same_name.path = "/partner/other/:id";
    assert_err_kind(check_two(&good, &same_name), ERR_CONFIG);
    same_path.name = "deal.other";
    assert_err_kind(check_two(&good, &same_path), ERR_CONFIG);
}

/* -- finding
 * ------------------------------------------------------------------------------------------------
 */

static const struct route table[] = {
    { .name = "home", .method = HTTP_GET, .path = "/" },
    { .name = "deals", .method = HTTP_GET, .path = "/deals" },
    { .name = "deal.new", .method = HTTP_GET, .path = "/deals/new" },
    { .name = "deal.show", .method = HTTP_GET, .path = "/deals/:id" },
    { .name = "deal.save", .method = HTTP_POST, .path = "/deals/:id" },
    { .name = "deal.file", .method = HTTP_GET, .path = "/deals/:id/files/:file" },
    { .name = "check", .method = HTTP_GET, .path = "/rules/:rule/tries/:try" },
    { .name = "link", .method = HTTP_GET, .path = "/password/:token" },
    { .name = "slash", .method = HTTP_GET, .path = "/partner/" },
    { 0 },
};

static struct route_match find(struct arena *a, enum http_method method, const char *path)
{
    static const struct route *const tables[] = { table, NULL };
    const char *segments[HTTP_SEGMENTS_MAX];
    struct route_match match;
    size_t count;

    assert_ok(http_read_path(a, path, segments, &count));
    route_index_find(route_index_new(a, tables), method, segments, count, &match);
    return match;
}

static void test_route_find__prefers_fixed_parts_and_names_the_others(void **state)
{
    struct arena *a = arena_new(4096);
    struct route_match match;

    (void)state;
    assert_string_equal(find(a, HTTP_GET, "/").route->name, "home");
    assert_string_equal(find(a, HTTP_GET, "/deals/new").route->name, "deal.new");
    assert_string_equal(find(a, HTTP_GET, "/partner/").route->name, "slash");
    match = find(a, HTTP_GET, "/deals/new/files/7");
    assert_string_equal(match.route->name, "deal.file");
    assert_string_equal(match.object_text, "new");
    assert_int_equal(match.param_count, 1);
    assert_string_equal(match.names[0], "file");
    assert_string_equal(match.values[0], "7");
    match = find(a, HTTP_GET, "/rules/r/tries/2");
    assert_int_equal(match.param_count, 2);
    assert_string_equal(match.names[0], "rule");
    assert_string_equal(match.values[0], "r");
    assert_string_equal(match.names[1], "try");
    match = find(a, HTTP_GET, "/password/abc");
    assert_null(match.object_text);
    assert_string_equal(match.names[0], "token");
    arena_free(a);
}

static void test_route_find__tells_a_missing_path_from_a_missing_method(void **state)
{
    struct arena *a = arena_new(4096);
    struct route_match match;

    (void)state;
    assert_int_equal(find(a, HTTP_GET, "/nothing").methods, 0);
    assert_int_equal(find(a, HTTP_GET, "/deals/").methods, 0);
    assert_int_equal(find(a, HTTP_GET, "/partner").methods, 0);
    match = find(a, HTTP_POST, "/deals");
    assert_null(match.route);
    assert_int_equal(match.methods, 1u << HTTP_GET);
    match = find(a, HTTP_POST, "/deals/DR-1");
    assert_string_equal(match.route->name, "deal.save");
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_route_check__takes_good_tables),
        cmocka_unit_test(test_route_check__a_forgotten_member_refuses),
        cmocka_unit_test(test_route_check__a_wrong_member_refuses),
        cmocka_unit_test(test_route_check__forms_are_whole),
        cmocka_unit_test(test_route_check__names_and_paths_are_their_own),
        cmocka_unit_test(test_route_find__prefers_fixed_parts_and_names_the_others),
        cmocka_unit_test(test_route_find__tells_a_missing_path_from_a_missing_method),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
