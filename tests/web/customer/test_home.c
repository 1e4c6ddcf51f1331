/* A customer's first pages, under customer.fcgi's own rights. */
#include "support/test.h"
#include "fixture/fixture_login.h"

#include "program/program.h"

static struct webtest *w, *public;

static int open_all(void **state)
{
    (void)state;
    w = webtest_open(&program_customer, NULL);
    public = webtest_open(&program_public, w);
    return 0;
}

static int close_all(void **state)
{
    (void)state;
    webtest_close(public);
    webtest_close(w);
    return 0;
}

static void test_home__a_customer_sees_his_company_and_its_people(void **state)
{
    struct fixture_person p = fixture_person(w, AUD_CUSTOMER, 0, NULL, false);
    struct visitor v = { 0 };
    struct answer a;

    (void)state;
    fixture_enter(public, &v, &p);
    a = webtest_get(w, &v, "/customer/");
    assert_int_equal(a.status, 200);
    assert_true(answer_has(&a, "Your company"));
    a = webtest_get(w, &v, "/customer/users");
    assert_int_equal(a.status, 200);
    assert_true(answer_has(&a, p.email));
}

static void test_c21__a_buyer_is_no_administrator(void **state)
{
    struct fixture_person p = fixture_person(w, AUD_CUSTOMER, 0, "buyer", false);
    struct visitor v = { 0 };
    struct answer a;

    (void)state;
    fixture_enter(public, &v, &p);
    a = webtest_get(w, &v, "/customer/");
    assert_int_equal(a.status, 200);
    assert_false(answer_has(&a, "/customer/users"));
    assert_int_equal(webtest_get(w, &v, "/customer/users").status, 404);
}

static void test_c21__a_partners_session_is_none_here(void **state)
{
    struct fixture_person p = fixture_person(w, AUD_PARTNER, 0, NULL, false);
    struct visitor v = { 0 };

    (void)state;
    fixture_enter(public, &v, &p);
    assert_int_equal(webtest_get(w, &v, "/customer/").status, 303);
    webtest_use_token(&v, AUD_CUSTOMER, visitor_cookie(&v, "fw-partner"));
    assert_int_equal(webtest_get(w, &v, "/customer/").status, 303);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_home__a_customer_sees_his_company_and_its_people),
        cmocka_unit_test(test_c21__a_buyer_is_no_administrator),
        cmocka_unit_test(test_c21__a_partners_session_is_none_here),
    };

    return cmocka_run_group_tests(tests, open_all, close_all);
}
