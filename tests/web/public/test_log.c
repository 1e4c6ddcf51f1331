/* What people type where secrets are typed, and what the log says of it: also when the database
 * fails in the middle, since then it says more. */
#include "support/test.h"
#include "fixture/fixture_login.h"

#include "base/fault.h"
#include "base/log.h"
#include "base/str.h"
#include "program/program.h"

#include <stdlib.h>

#define TYPED_WRONG "SeCrEt-typed-wrong-57"
#define TYPED_NEW   "SeCrEt+quiet+herons"

enum { FAULTS = 14 };

static struct webtest *w;
static struct buf logged;

static void keep(const char *line)
{
    buf_puts(&logged, line);
    buf_putc(&logged, '\n');
}

static int open_all(void **state)
{
    (void)state;
    buf_init(&logged, 64 * 1024, 0);
    log_set_sink(keep);
    w = webtest_open(&program_public, NULL);
    return 0;
}

static int close_all(void **state)
{
    (void)state;
    webtest_close(w);
    log_set_sink(NULL);
    buf_free(&logged);
    return 0;
}

static int begin(void **state)
{
    (void)state;
    buf_reset(&logged);
    return 0;
}

static void assert_absent(const char *secret)
{
    assert_true(strlen(secret) > 3);
    if (strstr(logged.data, secret) == NULL)
        return;
    print_error("the log holds %s:\n%s", secret, logged.data);
    fail();
}

/* Whether there was something to look through: LINES requests, and faults with their traces. */
static void assert_said(int lines)
{
    int count = 0;

    for (const char *at = logged.data; (at = strstr(at, "\"event\":\"request\"")) != NULL; at++)
        count++;
    assert_true(count >= lines);
    assert_non_null(strstr(logged.data, "failed on purpose"));
}

static void assert_no_cookie(const struct visitor *v)
{
    int count = 0;

    for (size_t i = 0; i < VISITOR_COOKIES; i++)
        if (strlen(v->cookies[i].value) > 20) {
            assert_absent(v->cookies[i].value);
            count++;
        }
    assert_true(count > 0);
}

/* Sends BODY to PATH with the page's token, while the N-th call to the database fails. */
static void post_failing(struct visitor *v, const char *path, const char *body, int n)
{
    char whole[600];

    snprintf(whole, sizeof(whole), "form_token=%s&%s", webtest_token(w, v, path), body);
    fault_arm(FAULT_DB, n);
    webtest_post_bare(w, v, path, whole);
    fault_arm(FAULT_DB, 0);
}

static void test_log__holds_nothing_that_is_typed_at_logging_in(void **state)
{
    struct fixture_person p = fixture_person(w, AUD_STAFF, 0, NULL, true);
    struct visitor v = { .address = "192.0.2.157" };
    char token[200], secret[80];

    (void)state;
    snprintf(token, sizeof(token), "%s", webtest_token(w, &v, "/login"));
    for (int n = 1; n <= FAULTS; n++) {
        struct visitor other = { .address = "192.0.2.158" };
        char body[200];

        snprintf(body, sizeof(body), "email=%s&password=%s", p.email,
                 n % 2 == 0 ? "an+otter+in+the+rain+41" : TYPED_WRONG);
        post_failing(&other, "/login", body, n);
    }
    fixture_log_in(w, &v, &p, TYPED_WRONG);
    fixture_enter(w, &v, &p);
    webtest_get(w, &v, "/account?password=" TYPED_WRONG);
    assert_said(FAULTS);
    assert_absent("SeCrEt");
    assert_absent(FIXTURE_PASSWORD);
    assert_absent("otter");
    assert_absent("code=");
    assert_absent(token);
    assert_absent(p.email);
    str_hex(p.secret, sizeof(p.secret), secret);
    assert_absent(secret);
    assert_no_cookie(&v);
}

static void test_log__holds_neither_a_links_secret_nor_the_password_that_it_sets(void **state)
{
    struct fixture_person p = fixture_person(w, AUD_PARTNER, 0, NULL, false);
    struct visitor v = { .address = "192.0.2.159" };
    char path[300];

    (void)state;
    snprintf(path, sizeof(path), "%s", fixture_link(w, "reset", p.id));
    for (int n = 1; n <= FAULTS; n++)
        post_failing(&v, path, "password=SeCrEt", n); /* too short */
    assert_int_equal(webtest_post(w, &v, path, path, "password=" TYPED_NEW).status, 303);
    assert_said(FAULTS);
    assert_absent(strrchr(path, '/') + 1);
    assert_absent("SeCrEt");
    assert_absent("herons");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_log__holds_nothing_that_is_typed_at_logging_in, begin),
        cmocka_unit_test_setup(test_log__holds_neither_a_links_secret_nor_the_password_that_it_sets,
                               begin),
    };

    return cmocka_run_group_tests(tests, open_all, close_all);
}
