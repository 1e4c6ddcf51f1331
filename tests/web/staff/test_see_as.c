/* Staff see the portal as another person does: who may, what it shows, and that nothing can be
 * changed. */
#include "support/test.h"
#include "fixture/fixture.h"
#include "fixture/fixture_login.h"

#include "base/str.h"
#include "program/program.h"

#include <string.h>

static struct webtest *w, *public, *partner;
static struct arena *a;

static int open_all(void **state)
{
    (void)state;
    w = webtest_open(&program_staff, NULL);
    public = webtest_open(&program_public, w);
    partner = webtest_open(&program_partner, w);
    a = arena_new(65536);
    return 0;
}

static int close_all(void **state)
{
    (void)state;
    arena_free(a);
    webtest_close(partner);
    webtest_close(public);
    webtest_close(w);
    return 0;
}

static struct visitor staff(bool everything, bool see_as)
{
    struct permission_set set = { 0 };
    struct visitor v = { 0 };

    permission_add(&set, PERM_HOME);
    permission_add(&set, PERM_USERS_VIEW);
    permission_add(&set, PERM_ACCOUNT_VIEW);
    if (see_as)
        permission_add(&set, PERM_USERS_SEE_AS);
    webtest_sign_in(w, &v, AUD_STAFF, &set, 0);
    fixture_run(w,
                everything ? "UPDATE session SET department_low = 0, department_high ="
                             " 9223372036854775807 WHERE user_id = ?"
                           : "UPDATE session SET department_low = 0, department_high = -1"
                             " WHERE user_id = ?",
                v.user_id);
    return v;
}

static struct answer ask(struct visitor *v, int64_t user_id)
{
    return webtest_post(w, v, "/staff/",
                        arena_printf(a, "/staff/users/%lld/see-as", (long long)user_id), "");
}

/* Looks as a partner's person from now on. */
static const char *begin(struct visitor *v, int64_t user_id)
{
    struct answer got = ask(v, user_id);
    const char *path;

    assert_int_equal(got.status, 303);
    path = arena_dup(a, answer_header(&got, "Location"));
    assert_true(str_starts(path, "/see-as/"));
    got = webtest_get(public, v, path);
    assert_int_equal(got.status, 200);
    got = webtest_post(public, v, path, path, "");
    assert_int_equal(got.status, 303);
    return path;
}

static void test_see_as__shows_the_other_person_s_portal_and_says_so(void **state)
{
    const struct fixture_person p = fixture_person(w, AUD_PARTNER, 0, NULL, false);
    struct visitor v = staff(true, true);
    struct answer got;

    (void)state;
    begin(&v, p.id);
    got = webtest_get(partner, &v, "/partner/");
    assert_int_equal(got.status, 200);
    assert_true(answer_has(&got, "You see the portal as"));
    got = webtest_get(partner, &v, "/partner/users");
    assert_true(answer_has(&got, "You see the portal as"));
    assert_true(answer_has(&got, p.email));
}

static void test_see_as__is_audited_at_both_ends(void **state)
{
    const struct fixture_person p = fixture_person(w, AUD_PARTNER, 0, NULL, false);
    struct visitor v = staff(true, true);

    (void)state;
    begin(&v, p.id);
    assert_int_equal(webtest_post(public, &v, "/verify", "/see-as/end", "").status, 303);
    assert_int_equal(fixture_number(w,
                                    "SELECT COUNT(*) AS n FROM audit_event WHERE kind = 'user'"
                                    " AND action IN ('users.see_as', 'see_as.begin',"
                                    " 'see_as.end') AND object_id = ?",
                                    p.id),
                     3);
    assert_int_equal(webtest_get(partner, &v, "/partner/").status, 303);
    assert_int_equal(webtest_get(w, &v, "/staff/").status, 200);
}

static const char *path_of(const struct route *route)
{
    const char *colon, *path = route->path;

    while ((colon = strchr(path, ':')) != NULL)
        path = arena_printf(a, "%.*s1%s", (int)(colon - path), path, colon + strcspn(colon, "/"));
    return path;
}

static int passed(struct webtest *at, struct visitor *v, const struct program *program)
{
    int count = 0;

    for (const struct route *const *table = program->routes; *table != NULL; table++)
        for (const struct route *r = *table; r->name != NULL; r++) {
            const char *token = webtest_own_token(at, v, AUD_PARTNER);
            struct answer got;

            if (r->method != HTTP_POST || r->seen != NULL)
                continue;
            got = webtest_post_bare(at, v, path_of(r), arena_printf(a, "form_token=%s", token));
            if (got.status == 403)
                continue;
            print_error("%s: %d\n", r->name, got.status);
            count++;
        }
    return count;
}

static void test_see_as__no_post_passes(void **state)
{
    const struct fixture_person p = fixture_person(w, AUD_PARTNER, 0, NULL, false);
    struct visitor v = staff(true, true);

    (void)state;
    begin(&v, p.id);
    assert_int_equal(passed(partner, &v, &program_partner), 0);
    assert_int_equal(passed(public, &v, &program_public), 0);
}

static void test_see_as__shows_nothing_of_the_other_s_own_log_in(void **state)
{
    static const char *const own[] = { "/account", "/account/sessions", "/account/second-factor" };
    const struct fixture_person p = fixture_person(w, AUD_PARTNER, 0, NULL, false);
    struct visitor v = staff(true, true);

    (void)state;
    begin(&v, p.id);
    for (size_t i = 0; i < ARRAY_LEN(own); i++)
        assert_int_equal(webtest_get(public, &v, own[i]).status, 404);
}

static void test_see_as__a_link_works_once(void **state)
{
    const struct fixture_person p = fixture_person(w, AUD_PARTNER, 0, NULL, false);
    struct visitor v = staff(true, true), other = { 0 };
    const char *path = begin(&v, p.id);
    struct answer got = webtest_get(public, &other, path);

    (void)state;
    assert_true(answer_has(&got, "This link no longer works"));
}

static void test_see_as__ends_with_the_session_of_who_looks(void **state)
{
    const struct fixture_person p = fixture_person(w, AUD_PARTNER, 0, NULL, false);
    struct visitor v = staff(true, true);

    (void)state;
    begin(&v, p.id);
    assert_int_equal(webtest_get(partner, &v, "/partner/").status, 200);
    fixture_run(w, "UPDATE session SET ended_at = UTC_TIMESTAMP(6) WHERE user_id = ?", v.user_id);
    assert_int_equal(webtest_get(partner, &v, "/partner/").status, 303);
}

static void test_see_as__is_for_who_may_and_within_his_departments(void **state)
{
    const struct fixture_person p = fixture_person(w, AUD_PARTNER, 0, NULL, false);
    struct visitor without = staff(true, false), narrow = staff(false, true);

    (void)state;
    assert_int_equal(ask(&without, p.id).status, 404);
    fixture_run(w,
                "INSERT IGNORE INTO department (id, last_id, name_en, name_zh) VALUES"
                " (?, 780000001, 'Far', '远')",
                780000001);
    fixture_run(w, "UPDATE account SET department_id = 780000001 WHERE id = ?", p.account_id);
    assert_int_equal(ask(&narrow, p.id).status, 404);
}

static void test_see_as__nobody_looks_through_eyes_that_see_more(void **state)
{
    const struct fixture_person boss = fixture_person(w, AUD_STAFF, 0, NULL, true);
    struct visitor v = staff(true, true);

    (void)state;
    assert_int_equal(ask(&v, boss.id).status, 404);
    assert_int_equal(ask(&v, v.user_id).status, 404);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_see_as__shows_the_other_person_s_portal_and_says_so),
        cmocka_unit_test(test_see_as__is_audited_at_both_ends),
        cmocka_unit_test(test_see_as__no_post_passes),
        cmocka_unit_test(test_see_as__shows_nothing_of_the_other_s_own_log_in),
        cmocka_unit_test(test_see_as__a_link_works_once),
        cmocka_unit_test(test_see_as__ends_with_the_session_of_who_looks),
        cmocka_unit_test(test_see_as__is_for_who_may_and_within_his_departments),
        cmocka_unit_test(test_see_as__nobody_looks_through_eyes_that_see_more),
    };

    return cmocka_run_group_tests(tests, open_all, close_all);
}
