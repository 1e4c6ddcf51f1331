/* Every route of every program, without knowing any: who is kept out before its handler, which
 * writes need a token, whose objects are not there. */
#include "support/test.h"
#include "support/testdb.h"
#include "support/webtest.h"

#include "base/log.h"
#include "base/str.h"
#include "fixture/fixture.h"
#include "fixture/objects.h"
#include "program/program.h"
#include "web/form.h"
#include "web/token.h"

#include <stdlib.h>

enum { PROGRAMS = 4, PATH_BYTES = 300 };

/* -- the portal
 * --------------------------------------------------------------------------------------------- */

static struct webtest *webtests[PROGRAMS];
static int statements_run; /* of the last request, from its log line */

static void watch_log(const char *line)
{
    const char *at = strstr(line, "\"statements\":");

    if (at != NULL)
        statements_run = atoi(at + strlen("\"statements\":"));
    if (getenv("TEST_LOG") != NULL)
        print_message("%s\n", line);
}

static int set_up(void **state)
{
    (void)state;
    log_set_sink(watch_log);
    for (int i = 0; i < PROGRAMS; i++)
        webtests[i] = webtest_open(programs[i], webtests[0]);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    for (int i = PROGRAMS - 1; i >= 0; i--)
        webtest_close(webtests[i]);
    return 0;
}

/* -- walking
 * --------------------------------------------------------------------------------------------------
 */

struct at {
    const struct program *program;
    const struct route *route;
    struct webtest *w;
    int faults;
};

static int walk(void (*fn)(struct at *at))
{
    int faults = 0;

    for (int i = 0; i < PROGRAMS; i++)
        for (const struct route *const *table = programs[i]->routes; *table != NULL; table++)
            for (const struct route *route = *table; route->name != NULL; route++) {
                struct at at = { .program = programs[i], .route = route, .w = webtests[i] };

                fn(&at);
                faults += at.faults;
            }
    return faults;
}

static void expect(struct at *at, bool ok, const char *what, int status)
{
    if (ok)
        return;
    print_error("%s (%s %s): %s: %d\n", at->route->name,
                at->route->method == HTTP_GET ? "GET" : "POST", at->route->path, what, status);
    at->faults++;
}

/* The route's path with ID for ":id" and "x" for the rest. */
static void fill_path(const struct route *route, int64_t id, char out[PATH_BYTES])
{
    size_t n = 0;

    for (const char *c = route->path; *c != '\0' && n < PATH_BYTES - 40; c++) {
        size_t len = strcspn(c, "/");

        if (*c != ':') {
            out[n++] = *c;
            continue;
        }
        if (route->object != NULL && len == 3 && strncmp(c, ":id", 3) == 0)
            n += (size_t)sprintf(out + n, "%s%lld", route->object->prefix, (long long)id);
        else
            out[n++] = 'x';
        c += len - 1;
    }
    out[n] = '\0';
}

static struct permission_set all_of(enum audience audience)
{
    struct permission_set set = { { 0 } };

    for (const struct permission_row *row = permission_rows; row->name != NULL; row++)
        if ((row->audiences & (1u << audience)) != 0)
            permission_add(&set, row->permission);
    return set;
}

static struct permission_set all_but(enum audience audience, enum permission permission)
{
    struct permission_set set = { { 0 } };

    for (const struct permission_row *row = permission_rows; row->name != NULL; row++)
        if ((row->audiences & (1u << audience)) != 0 && row->permission != permission)
            permission_add(&set, row->permission);
    return set;
}

/* Of the route's own audience: for AUD_SIGNED_IN any will do. */
static enum audience own_audience(const struct route *route)
{
    return route->audience == AUD_SIGNED_IN ? AUD_PARTNER : route->audience;
}

static struct answer ask(struct at *at, struct visitor *v, int64_t id, const char *token)
{
    char path[PATH_BYTES], body[200];

    fill_path(at->route, id, path);
    if (at->route->method == HTTP_GET)
        return webtest_get(at->w, v, path);
    snprintf(body, sizeof(body), "form_token=%s", token);
    return webtest_post_bare(at->w, v, path, token[0] != '\0' ? body : "");
}

static bool is_log_in(const struct answer *a)
{
    const char *location = answer_header(a, "Location");

    return a->status == 303 && location != NULL && str_starts(location, "/login");
}

/* -- tests
 * -------------------------------------------------------------------------------------------------------
 */

static void guest_is_kept_out(struct at *at)
{
    struct visitor guest = { 0 };
    struct answer a;

    if (at->route->audience == AUD_PUBLIC)
        return;
    a = ask(at, &guest, 1, "");
    expect(at, is_log_in(&a), "a guest was let in", a.status);
}

static void test_routes__guests_are_asked_to_log_in(void **state)
{
    (void)state;
    assert_int_equal(walk(guest_is_kept_out), 0);
}

static struct visitor people[AUD_COUNT]; /* with every permission of their audience */

static int sign_in_people(void **state)
{
    (void)state;
    for (enum audience audience = AUD_PARTNER; audience <= AUD_STAFF; audience++) {
        struct permission_set all = all_of(audience);

        people[audience] = (struct visitor){ 0 };
        webtest_sign_in(webtests[0], &people[audience], audience, &all, 0);
    }
    return 0;
}

static void other_audiences_are_kept_out(struct at *at)
{
    if (at->route->audience == AUD_PUBLIC || at->route->audience == AUD_SIGNED_IN)
        return;
    for (enum audience audience = AUD_PARTNER; audience <= AUD_STAFF; audience++) {
        struct visitor v = people[audience];
        struct answer a;

        if (audience == at->route->audience)
            continue;
        /* His own cookie, and the same token under the name that this program looks for. */
        a = ask(at, &v, 1, "");
        expect(at, is_log_in(&a), "another audience was let in", a.status);
        char name[40];

        snprintf(name, sizeof(name), "fw-%s", audience_name(audience));
        webtest_use_token(&v, at->route->audience, visitor_cookie(&v, name));
        a = ask(at, &v, 1, "");
        expect(at, is_log_in(&a), "another audience was let in by a renamed cookie", a.status);
    }
}

static void test_routes__other_audiences_are_kept_out(void **state)
{
    (void)state;
    assert_int_equal(walk(other_audiences_are_kept_out), 0);
}

/* Only the session look-up may have run: the refusal came before the object and the handler. */
static void missing_permission_is_not_found(struct at *at)
{
    enum audience audience = own_audience(at->route);
    struct permission_set set = all_but(audience, at->route->permission);
    struct visitor v = { 0 };
    struct answer a;

    if (at->route->permission == PERM_PUBLIC || at->route->permission == PERM_SELF)
        return;
    webtest_sign_in(at->w, &v, audience, &set, 0);
    a = ask(at, &v, 1, webtest_own_token(at->w, &v, audience));
    expect(at, a.status == 404, "the permission was not asked for", a.status);
    expect(at, at->route->rate != NULL || statements_run <= 1, "statements before the refusal",
           statements_run);
}

static void test_routes__without_the_permission_there_is_no_page(void **state)
{
    (void)state;
    assert_int_equal(walk(missing_permission_is_not_found), 0);
}

static void write_needs_its_token(struct at *at)
{
    enum audience audience = own_audience(at->route);
    struct visitor v = { 0 }, other = { 0 };
    struct permission_set all;
    struct answer a;
    char token[TOKEN_TEXT_BYTES];

    if (at->route->method != HTTP_POST)
        return;
    if (at->route->no_token != NULL) {
        print_message("# %s has no token: %s\n", at->route->name, at->route->no_token);
        return;
    }
    if (audience == AUD_PUBLIC) {
        a = ask(at, &v, 1, "");
        expect(at, a.status == 403, "no token was needed", a.status);
        audience = AUD_PARTNER;
    }
    all = all_of(audience);
    webtest_sign_in(at->w, &v, audience, &all, 0);
    webtest_sign_in(at->w, &other, audience, &all, 0);
    a = ask(at, &v, 1, "");
    expect(at, a.status == 403 || a.status == 429, "no token was needed", a.status);
    snprintf(token, sizeof(token), "%s", webtest_own_token(at->w, &other, audience));
    a = ask(at, &v, 1, token);
    expect(at, a.status == 403 || a.status == 429, "another session's token was taken", a.status);
    snprintf(token, sizeof(token), "%s", webtest_own_token(at->w, &v, audience));
    clock_set_us(clock_now_us() + 8 * CLOCK_DAY);
    a = ask(at, &v, 1, token);
    clock_set_us(0);
    expect(at, a.status == 403 || a.status == 429, "a stale token was taken", a.status);
    v.origin = "https://evil.example";
    a = ask(at, &v, 1, token);
    expect(at, a.status == 403 || a.status == 429, "a foreign origin was taken", a.status);
}

static void test_c51__every_write_needs_a_token_of_its_session(void **state)
{
    (void)state;
    assert_int_equal(walk(write_needs_its_token), 0);
}

/* -- objects
 * ---------------------------------------------------------------------------------------------------
 */

struct foreign {
    const struct object_fixture *fixture;
    enum audience audience;
    int64_t id;
};

static struct err *make_foreign(struct db *db, void *arg)
{
    struct foreign *f = arg;
    const char *kind = audience_name(f->audience);
    int64_t account = f->audience == AUD_STAFF ? 0 : fixture_account(db, kind, NULL);
    struct fixture_user user = { .audience = f->audience, .account_id = account };

    f->id = f->fixture->make(db, account, fixture_user(db, &user));
    return NULL;
}

static const struct object_fixture *find_fixture(const char *kind)
{
    for (const struct object_fixture *f = object_fixtures; f->kind != NULL; f++)
        if (str_eq(f->kind, kind))
            return f;
    return NULL;
}

/* Staff see by scope, which is the features' own tests'; that a row is absent holds for them as
 * well. */
static void foreign_object_is_not_found(struct at *at)
{
    enum audience audience = own_audience(at->route);
    struct foreign foreign = { .audience = audience };
    struct visitor v = { 0 };
    struct permission_set all = all_of(audience);
    struct answer a;

    if (at->route->object == NULL || audience == AUD_PUBLIC)
        return;
    foreign.fixture = find_fixture(at->route->object->name);
    expect(at, foreign.fixture != NULL, "its object kind has no line in fixture/objects.c", 0);
    if (foreign.fixture == NULL)
        return;
    webtest_sign_in(at->w, &v, audience, &all, 0);
    a = ask(at, &v, INT64_C(987654321987), webtest_own_token(at->w, &v, audience));
    expect(at, a.status == 404, "an absent row was found", a.status);
    if (audience == AUD_STAFF)
        return;
    assert_ok(db_transaction(webtest_admin(at->w), make_foreign, &foreign));
    a = ask(at, &v, foreign.id, webtest_own_token(at->w, &v, audience));
    expect(at, a.status == 404, "a row of another account was found", a.status);
}

static void test_c20__rows_of_other_accounts_are_not_there(void **state)
{
    (void)state;
    assert_int_equal(walk(foreign_object_is_not_found), 0);
}

/* -- pages
 * ------------------------------------------------------------------------------------------------------
 */

static void page_answers(struct at *at)
{
    struct visitor guest = { 0 };
    struct visitor *v =
        at->route->audience == AUD_PUBLIC ? &guest : &people[own_audience(at->route)];
    struct answer a;

    if (at->route->method != HTTP_GET || at->route->object != NULL)
        return;
    a = ask(at, v, 0, "");
    expect(at, a.status < 500, "a page failed", a.status);
    if (a.status == 200 && strstr(a.headers, "text/html") != NULL)
        expect(at, strstr(a.body, "<title>") != NULL && strstr(a.body, "<title></title>") == NULL,
               "a page without a title", a.status);
    if (a.status == 200 && v != &guest)
        expect(at, str_eq(answer_header(&a, "Cache-Control"), "no-store"),
               "a page that others may keep", a.status);
    expect(at, answer_header(&a, "Content-Security-Policy") != NULL, "no policy", a.status);
}

static void sheet_is_limited(struct at *at)
{
    if (str_ends(at->route->path, ".csv") || str_ends(at->route->path, ".xlsx"))
        expect(at, at->route->rate != NULL, "everything at once, as often as one likes", 0);
}

static void test_c42__every_sheet_has_a_limit(void **state)
{
    (void)state;
    assert_int_equal(walk(sheet_is_limited), 0);
}

/* A form that is refused shows the page again, and so runs the report once more. */
static void report_is_limited(struct at *at)
{
    static const char page[] = "report/show.cs";
    const struct route *route = at->route;

    if ((route->page != NULL && str_eq(route->page, page)) ||
        (route->retry_page != NULL && str_eq(route->retry_page, page)))
        expect(at, route->rate != NULL, "a statement of any weight, as often as one likes", 0);
}

static void test_c42__every_run_of_a_report_has_a_limit(void **state)
{
    (void)state;
    assert_int_equal(walk(report_is_limited), 0);
}

static void test_routes__every_page_answers(void **state)
{
    (void)state;
    assert_int_equal(walk(page_answers), 0);
}

/* Mass assignment: what no form has changes nothing, since the request is refused as a whole. */
static void unknown_fields_are_refused(struct at *at)
{
    enum audience audience = own_audience(at->route);
    struct visitor v = { 0 };
    struct permission_set all;
    char path[PATH_BYTES], body[300];
    struct answer a;

    if (at->route->method != HTTP_POST || at->route->object != NULL || audience == AUD_PUBLIC ||
        at->route->no_token != NULL)
        return;
    all = all_of(audience);
    webtest_sign_in(at->w, &v, audience, &all, 0);
    fill_path(at->route, 0, path);
    snprintf(body, sizeof(body), "form_token=%s&account_id_x=2&role_x=admin&credit_x=1e9",
             webtest_own_token(at->w, &v, audience));
    a = webtest_post_bare(at->w, &v, path, body);
    expect(at, a.status == 400 || a.status == 429, "unknown fields were taken", a.status);
}

static void test_c22__unknown_fields_are_refused_everywhere(void **state)
{
    (void)state;
    assert_int_equal(walk(unknown_fields_are_refused), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_routes__guests_are_asked_to_log_in),
        cmocka_unit_test_setup(test_routes__other_audiences_are_kept_out, sign_in_people),
        cmocka_unit_test(test_routes__without_the_permission_there_is_no_page),
        cmocka_unit_test(test_c51__every_write_needs_a_token_of_its_session),
        cmocka_unit_test(test_c20__rows_of_other_accounts_are_not_there),
        cmocka_unit_test_setup(test_routes__every_page_answers, sign_in_people),
        cmocka_unit_test_setup(test_c42__every_sheet_has_a_limit, sign_in_people),
        cmocka_unit_test_setup(test_c42__every_run_of_a_report_has_a_limit, sign_in_people),
        cmocka_unit_test(test_c22__unknown_fields_are_refused_everywhere),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
